"""A drawn community fits its neighbours, their cells and the subdistrict, and can be taken back."""

import pytest
import shapely
from tests.services.test_layout import LANES, WEST, X, Y, everything, read

from gridmap.base.errors import RequestError
from gridmap.geo.features import Features, as_objects
from gridmap.services import history, texts
from gridmap.services.checks import check
from gridmap.services.communities import DrawCommunity, draw_community
from gridmap.services.layout import LayOut, lay_out
from gridmap.store import edit, rows


def ring(*points):
    return tuple((X + x, Y + y) for x, y in (*points, points[0]))


FIRST = DrawCommunity(ring((0, 0), (300, 0), (300, 300), (0, 300)), "西里", "119999001001")
SECOND = DrawCommunity(ring((250, -50), (600, 0), (590, 290), (250, 150)), "东里", "119999001002")


def add_lanes(workspace):
    with workspace.transaction(texts.repaired()) as tx:
        multi = rows.get_table("walkway").geometry == "MULTILINESTRING"
        shapes = [shapely.MultiLineString([lane]) if multi else lane for lane in LANES]
        none = as_objects([None] * len(LANES))
        rows.insert(tx, "walkway", Features({"name": none}, as_objects(shapes)))


def shapes_of(workspace, table):
    found = read(workspace, table, ())
    return dict(zip(found.columns["id"], found.geometry, strict=True))


def test_the_first_community_is_the_subdistrict(workspace):
    new = draw_community(workspace, FIRST).value
    communities = shapes_of(workspace, "community")
    assert communities[new].area == WEST.area
    (whole,) = shapes_of(workspace, "subdistrict").values()
    assert whole.equals(WEST)
    assert check(workspace).value == []


def test_the_next_one_takes_only_free_ground_and_shares_the_border(workspace):
    first = draw_community(workspace, FIRST).value
    second = draw_community(workspace, SECOND).value
    communities = shapes_of(workspace, "community")
    assert shapely.coverage_is_valid(list(communities.values()))
    assert communities[first].equals(WEST)
    assert shapely.intersection(communities[second], WEST).area == 0
    (whole,) = shapes_of(workspace, "subdistrict").values()
    assert whole.area == pytest.approx(sum(one.area for one in communities.values()), abs=1e-6)
    assert check(workspace).value == []


def test_cells_beside_it_get_its_vertices(workspace):
    add_lanes(workspace)
    lay_out(workspace, LayOut(draw_community(workspace, FIRST).value))
    before = everything(workspace)
    second = draw_community(workspace, SECOND).value
    assert check(workspace).value == []
    lay_out(workspace, LayOut(second, along_lanes=False))
    assert shapely.coverage_is_valid(read(workspace).geometry)
    assert check(workspace).value == []
    history.undo(workspace)
    history.undo(workspace)
    assert everything(workspace) == before


@pytest.mark.parametrize(
    ("name", "code", "error"),
    [
        (" ", "119999001003", "name_missing"),
        ("北里", "110105006003", "wrong_code"),
        ("北里", "11999900100", "wrong_code"),
        ("北里", "119999001001", "code_taken"),
    ],
)
def test_a_wrong_name_or_code_is_said_and_nothing_changes(workspace, name, code, error):
    draw_community(workspace, FIRST)
    before = everything(workspace)
    with pytest.raises(RequestError) as caught:
        draw_community(workspace, DrawCommunity(SECOND.ring, name, code))
    assert caught.value.code == f"services.community_texts.{error}"
    assert everything(workspace) == before


def test_ground_of_a_community_that_no_cell_has_stays_its_own(workspace):
    first = draw_community(workspace, FIRST).value
    half = shapely.box(X, Y, X + 300, Y + 150)
    with workspace.transaction(texts.repaired()) as tx:
        edit.insert_row(tx, "cell", {"code": FIRST.code + "001", "community_id": first}, half)
    before = everything(workspace)
    over = ring((100, 100), (600, 100), (600, 290), (100, 290))
    with pytest.raises(RequestError, match="西里") as caught:
        draw_community(workspace, DrawCommunity(over, "东里", "119999001002"))
    x, y = caught.value.place.xy
    assert shapely.box(X + 100, Y + 150, X + 300, Y + 290).covers(shapely.Point(x, y))
    assert everything(workspace) == before


def test_ground_that_others_have_already_is_refused(workspace):
    draw_community(workspace, FIRST)
    inner = ring((10, 10), (90, 10), (90, 90))
    with pytest.raises(RequestError) as caught:
        draw_community(workspace, DrawCommunity(inner, "里", "119999001003"))
    assert caught.value.place.xy is not None
