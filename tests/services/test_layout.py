"""A community gets its first cells from its lanes; everything tiles and can be taken back."""

import numpy as np
import pytest
import shapely

from gridmap.base.errors import RequestError
from gridmap.geo.features import Features, as_objects
from gridmap.services import history, texts
from gridmap.services.checks import check
from gridmap.services.documents import AddDocument, add_document
from gridmap.services.layout import LayOut, lay_out
from gridmap.services.office import SaveOffice, save_office
from gridmap.store import edit, rows

X, Y = 450_000.0, 4_420_000.0


def at(*points):
    return [(X + x, Y + y) for x, y in points]


WEST = shapely.Polygon(at((0, 0), (300, 0), (300, 300), (0, 300)))
EAST = shapely.Polygon(at((300, 0), (600, 0), (600, 300), (300, 300)))
LANES = [
    shapely.LineString(at((-20, 101.5), (330, 99.5))),
    shapely.LineString(at((0, 200), (300, 203.7))),
    shapely.LineString(at((100, 0), (97, 300))),
    shapely.LineString(at((200, -10), (204, 310))),
    shapely.LineString(at((50, 50), (60, 60))),
]


@pytest.fixture
def two_communities(workspace):
    """West without cells, east with one; lanes in the west."""
    multi = [shapely.MultiPolygon([WEST]), shapely.MultiPolygon([EAST])]
    with workspace.transaction(texts.repaired()) as tx:
        subdistrict = edit.read_where(tx.connection, "subdistrict", (), "1").columns["id"][0]
        whole = shapely.MultiPolygon([shapely.coverage_union(WEST, EAST)])
        edit.update_row(tx, "subdistrict", subdistrict, {}, whole)
        ids = rows.insert(
            tx,
            "community",
            Features(
                {
                    "code": as_objects(["119999001001", "119999001002"]),
                    "name": as_objects(["西里", "东里"]),
                    "subdistrict_id": as_objects([subdistrict] * 2),
                },
                as_objects(multi),
            ),
        )
        cell = {"code": "119999001002001", "community_id": ids[1], "valid_from": "2026-01-01"}
        edit.insert_row(tx, "cell", cell, EAST)
        lanes = [shapely.MultiLineString([lane]) for lane in LANES]
        kind = rows.get_table("walkway").geometry
        rows.insert(
            tx,
            "walkway",
            Features(
                {"name": as_objects([None] * len(LANES))},
                as_objects(LANES if kind == "LINESTRING" else lanes),
            ),
        )
    return workspace, ids


def read(workspace, table="cell", columns=("code", "community_id", "valid_to")):
    with workspace.reading() as reader:
        return rows.read_features(reader, table, columns)


def everything(workspace):
    return {
        table: dict(zip(found.columns["id"], shapely.to_wkb(found.geometry), strict=True))
        for table in ("cell", "community", "subdistrict")
        for found in [read(workspace, table, ())]
    }


def test_a_community_is_cut_into_the_blocks_of_its_lanes(two_communities):
    workspace, (west, _) = two_communities
    before = everything(workspace)
    outcome = lay_out(workspace, LayOut(west))
    cells = read(workspace)
    mine = cells.columns["community_id"] == west
    codes = dict(zip(cells.columns["id"], cells.columns["code"], strict=True))
    assert [codes[key] for key in outcome.value] == [f"119999001001{n:03}" for n in range(1, 10)]
    assert mine.sum() == 9
    assert shapely.coverage_is_valid(cells.geometry)
    assert check(workspace).value == []
    corner = cells.geometry[list(codes.values()).index("119999001001001")]
    assert shapely.centroid(corner).x < X + 100  # the first is in the north-west
    assert shapely.centroid(corner).y > Y + 200
    history.undo(workspace)
    assert everything(workspace) == before
    history.redo(workspace)
    assert check(workspace).value == []


def test_the_sentence_names_the_community_and_the_number_of_cells(two_communities):
    workspace, (west, _) = two_communities
    lay_out(workspace, LayOut(west))
    said = history.recent(workspace, 1).value[0].intention
    assert said.render("zh") == "社区“西里”划分为 9 个单元网格"


def test_one_cell_can_be_made_of_a_whole_community(two_communities):
    workspace, (west, _) = two_communities
    (only,) = lay_out(workspace, LayOut(west, along_lanes=False)).value
    cells = read(workspace)
    shape = cells.geometry[list(cells.columns["id"]).index(only)]
    assert shape.equals_exact(WEST, 0.0, normalize=True)


def test_a_single_cell_that_is_there_ends_and_its_number_is_not_used_again(two_communities):
    workspace, (west, _) = two_communities
    (only,) = lay_out(workspace, LayOut(west, along_lanes=False)).value
    new = lay_out(workspace, LayOut(west)).value
    cells = read(workspace)
    by_id = dict(
        zip(
            cells.columns["id"],
            zip(cells.columns["code"], cells.columns["valid_to"], strict=True),
            strict=True,
        )
    )
    assert by_id[only][1] is not None
    assert min(by_id[key][0] for key in new) == "119999001001002"
    assert check(workspace).value == []


def test_a_community_with_cells_is_refused(two_communities):
    workspace, (west, _) = two_communities
    lay_out(workspace, LayOut(west))
    before = everything(workspace)
    with pytest.raises(RequestError) as caught:
        lay_out(workspace, LayOut(west))
    assert caught.value.code == "services.layout_texts.has_cells"
    assert everything(workspace) == before


def test_it_wants_the_document_that_the_office_wants(two_communities):
    workspace, (west, _) = two_communities
    save_office(workspace, SaveOffice({"needs_document": "true"}))
    before = everything(workspace)
    with pytest.raises(RequestError, match="批文"):
        lay_out(workspace, LayOut(west))
    with pytest.raises(RequestError, match="批文"):
        lay_out(workspace, LayOut(west, document_id="没有"))
    assert everything(workspace) == before
    paper = add_document(workspace, AddDocument("1号")).value
    lay_out(workspace, LayOut(west, document_id=paper))


def test_a_locked_cell_is_not_laid_out(two_communities):
    workspace, (_, east) = two_communities
    with workspace.transaction(texts.repaired()) as tx:
        (cell,) = edit.read_where(tx.connection, "cell", (), "1").columns["id"]
        edit.update_row(tx, "cell", cell, {"locked": 1})
    with pytest.raises(RequestError) as caught:
        lay_out(workspace, LayOut(east))
    assert caught.value.place.id == cell


def test_a_community_whose_lanes_enclose_nothing_is_refused_with_the_place(two_communities):
    workspace, (_, east) = two_communities
    with pytest.raises(RequestError) as caught:
        lay_out(workspace, LayOut(east))
    assert caught.value.code == "geo.block_texts.no_blocks"
    x, y = caught.value.place.xy
    assert shapely.contains(EAST, shapely.Point(x, y))
    assert np.isfinite([x, y]).all()
