"""Rows drawn and filled in by hand: whole, checked, one intention each, and taken back whole."""

import pytest
import shapely
from tests.store.helpers import content, execute

from gridmap.base.errors import RequestError
from gridmap.services import checks, features, history
from gridmap.services.feature_copies import CopyFeatures, copy_features
from gridmap.services.features import AddFeature, ChangeGeometry, ChangeValues, DeleteFeatures
from gridmap.store import edit


def rows_of(opened, table, *columns, where="1", bound=()):
    with opened.reading() as reader:
        found = edit.read_where(reader, table, columns, where, bound)
    names = ["id", *columns]
    values = zip(*(found.columns[name] for name in names), strict=True)
    held = [dict(zip(names, row, strict=True)) for row in values]
    if found.geometry is not None:
        for row, shape in zip(held, found.geometry, strict=True):
            row["shape"] = shape
    return held


def row_of(opened, table, row_id, *columns):
    (row,) = rows_of(opened, table, *columns, where="t.id = ?", bound=(row_id,))
    return row


@pytest.fixture
def inhabited(sample):
    """Return a building with households, and the official cell and grid that hold it."""
    for building in rows_of(sample, "building", "name", "households", "compound_id"):
        if not building["households"]:
            continue
        on = shapely.point_on_surface(building["shape"])
        for cell in rows_of(sample, "cell", "grid_id", "households", where="t.plan_id IS NULL"):
            if cell["grid_id"] and shapely.intersects(cell["shape"], on):
                return building, cell
    raise AssertionError("the sample has nobody living in a grid")


@pytest.fixture
def lawn(sample):
    """Return a square of 4 m with no building near, inside a cell."""
    buildings = shapely.union_all([one["shape"] for one in rows_of(sample, "building")])
    compounds = [one["shape"] for one in rows_of(sample, "compound")]
    for shape in compounds:
        free = shapely.difference(shapely.buffer(shape, -12), shapely.buffer(buildings, 8))
        for cell in rows_of(sample, "cell", where="t.plan_id IS NULL"):
            inside = shapely.intersection(free, shapely.buffer(cell["shape"], -5))
            if shapely.area(inside) > 60:
                on = shapely.point_on_surface(inside)
                return shapely.box(on.x - 2, on.y - 2, on.x + 2, on.y + 2)
    raise AssertionError("the sample is built up")


def test_a_new_row_is_one_intention_and_undo_gives_the_bytes_of_before_back(sample, lawn):
    before = content(sample)
    request = AddFeature("building", {"name": "新楼", "floors": "6", "use": "住宅"}, lawn)
    outcome = features.add_feature(sample, request)
    made = row_of(sample, "building", outcome.value, "name", "floors", "use", "compound_id")
    assert (made["name"], made["floors"], made["use"]) == ("新楼", 6, "residential")
    assert outcome.touched.rows["building"] == {outcome.value}
    assert str(history.recent(sample, 1).value[0].intention) == "新增建筑 新楼"
    after = content(sample)
    history.undo(sample)
    assert content(sample) == before
    history.redo(sample)
    assert content(sample) == after
    assert checks.check(sample).value == []


def test_what_holds_the_place_is_filled_in(sample, lawn):
    on = shapely.centroid(lawn)
    post = features.add_feature(sample, AddFeature("patrol_post", {"code": "P9"}, on)).value
    cell = row_of(sample, "patrol_post", post, "cell_id")["cell_id"]
    assert shapely.contains(row_of(sample, "cell", cell)["shape"], on)
    building = features.add_feature(sample, AddFeature("building", {}, lawn)).value
    compound = row_of(sample, "building", building, "compound_id")["compound_id"]
    assert shapely.contains(row_of(sample, "compound", compound)["shape"], on)


def test_a_row_that_moves_follows_the_cell_unless_a_person_said_another(sample):
    first, second = rows_of(sample, "cell", where="t.plan_id IS NULL AND t.valid_to IS NULL")[:2]
    at, to = (shapely.point_on_surface(one["shape"]) for one in (first, second))
    post = features.add_feature(sample, AddFeature("patrol_post", {}, at)).value
    features.change_geometry(sample, ChangeGeometry("patrol_post", post, to))
    assert row_of(sample, "patrol_post", post, "cell_id")["cell_id"] == second["id"]
    assert str(history.recent(sample, 1).value[0].intention).startswith("移动巡查点")
    third = rows_of(sample, "cell")[5]["id"]
    features.change_values(sample, ChangeValues("patrol_post", {post: {"cell_id": third}}))
    features.change_geometry(sample, ChangeGeometry("patrol_post", post, at))
    assert row_of(sample, "patrol_post", post, "cell_id")["cell_id"] == third


def test_households_follow_their_building_into_cell_and_grid(sample, inhabited):
    building, cell = inhabited

    def counted():
        held = row_of(sample, "cell", cell["id"], "households")["households"]
        return held, row_of(sample, "grid", cell["grid_id"], "households")["households"]

    in_cell, in_grid = counted()
    more = building["households"] + 7
    rows = {building["id"]: {"households": str(more)}}
    features.change_values(sample, ChangeValues("building", rows))
    assert counted() == (in_cell + 7, in_grid + 7)
    features.delete_features(sample, DeleteFeatures("building", (building["id"],)))
    assert counted() == (in_cell + 7 - more, in_grid + 7 - more)
    history.undo(sample)
    history.undo(sample)
    assert counted() == (in_cell, in_grid)


def test_many_rows_get_their_values_at_once_or_none_does(sample):
    ids = [one["id"] for one in rows_of(sample, "component")[:50]]
    outcome = features.change_values(
        sample, ChangeValues.alike("component", ids, {"state": "破损", "keeper": "园林所"})
    )
    assert outcome.value == 50
    changed = [row_of(sample, "component", one, "state", "keeper") for one in ids]
    assert {(one["state"], one["keeper"]) for one in changed} == {("damaged", "园林所")}
    assert str(history.recent(sample, 1).value[0].intention) == "修改 50 个部件的状态、养护单位"
    before = content(sample)
    rows = {one: {"state": "完好"} for one in ids} | {ids[-1]: {"state": "很好"}}
    with pytest.raises(RequestError) as caught:
        features.change_values(sample, ChangeValues("component", rows))
    assert "状态" in str(caught.value)
    assert caught.value.place.id == ids[-1]
    assert content(sample) == before


def test_values_of_several_rows_are_told_as_mixed_where_they_differ(sample):
    buildings = rows_of(sample, "building", "name", "compound_id")
    ids = [one["id"] for one in buildings if one["compound_id"] == buildings[0]["compound_id"]][:3]
    shared = features.shared_values(sample, "building", ids).value
    assert shared["name"].is_mixed
    assert not shared["compound_id"].is_mixed
    compound = row_of(sample, "compound", buildings[0]["compound_id"], "name")
    assert shared["compound_id"].label == compound["name"]


@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        ("building", {"floors": "高"}, "整数"),
        ("building", {"compound_id": "没有这个小区"}, "没有叫"),
        ("building", {"颜色": "红"}, "没有字段"),
        ("cell", {"code": "110105006001999"}, "由程序维护"),
        ("cell", {"grid_id": None}, "由程序维护"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_changes(sample, table, values, said):
    before = content(sample)
    row = rows_of(sample, table)[0]["id"]
    with pytest.raises(RequestError, match=said):
        features.change_values(sample, ChangeValues(table, {row: values}))
    assert content(sample) == before


def test_attributes_of_a_cell_are_changed_but_cells_are_neither_drawn_nor_deleted(sample, lawn):
    cell = rows_of(sample, "cell")[0]
    rows = {cell["id"]: {"responsible_body": "街道办"}}
    features.change_values(sample, ChangeValues("cell", rows))
    assert row_of(sample, "cell", cell["id"], "responsible_body")["responsible_body"] == "街道办"
    for attempt in (
        lambda: features.add_feature(sample, AddFeature("cell", {}, lawn)),
        lambda: features.change_geometry(sample, ChangeGeometry("cell", cell["id"], lawn)),
        lambda: features.delete_features(sample, DeleteFeatures("cell", (cell["id"],))),
    ):
        with pytest.raises(RequestError, match="无缝相接"):
            attempt()


BOW_TIE = [(0, 0), (20, 20), (20, 0), (0, 24), (0, 0)]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda x, y: shapely.Polygon([(x + a, y + b) for a, b in BOW_TIE]), "相交"),
        (lambda x, y: shapely.Polygon([(x, y), (x + 9, y), (x + 18, y)]), "面积是零"),
        (lambda x, y: shapely.Point(x, y), "画成面"),
        (lambda x, y: shapely.LineString([(x, y), (x + 9, y)]), "画成面"),
        (lambda x, y: shapely.box(116.2, 38.8, 116.3, 38.9), "坐标带"),
        (lambda x, y: shapely.box(x + 39e6, y, x + 39e6 + 5, y + 5), "坐标带"),
        (lambda x, y: shapely.box(x - 60_000, y, x - 59_990, y + 5), "公里"),
        (lambda x, y: shapely.Polygon(), "没有|缺失"),
        (lambda x, y: shapely.box(x, y, float("nan"), y + 5), "缺失"),
    ],
)
def test_a_shape_that_is_none_is_refused_at_its_place(sample, lawn, make, said):
    before = content(sample)
    x, y, _, _ = shapely.bounds(lawn)
    with pytest.raises(RequestError, match=said):
        features.add_feature(sample, AddFeature("building", {}, make(x, y)))
    assert content(sample) == before


def test_a_crossing_is_told_where_it_is(sample, lawn):
    x, y, _, _ = shapely.bounds(lawn)
    bow_tie = shapely.Polygon([(x, y), (x + 2, y + 2), (x + 2, y), (x, y + 2)])
    with pytest.raises(RequestError) as caught:
        features.add_feature(sample, AddFeature("compound", {}, bow_tie))
    assert caught.value.place.xy == pytest.approx((x + 1, y + 1))


def test_a_corner_dragged_through_a_building_is_refused_there(sample):
    one, other = rows_of(sample, "building", "name")[:2]
    middle = shapely.centroid(other["shape"])
    dragged = shapely.convex_hull(shapely.union(one["shape"], middle))
    with pytest.raises(RequestError) as caught:
        features.change_geometry(sample, ChangeGeometry("building", one["id"], dragged))
    assert caught.value.code == "services.feature_texts.covers_other"
    assert caught.value.place.xy is not None
    forced = ChangeGeometry("building", one["id"], dragged, is_forced=True)
    features.change_geometry(sample, forced)


def test_a_compound_whose_border_runs_through_a_building_is_refused(sample):
    compound = next(
        one for one in rows_of(sample, "compound") if shapely.area(one["shape"]) > 5_000
    )
    inside = [
        one["shape"]
        for one in rows_of(sample, "building")
        if shapely.contains(compound["shape"], one["shape"])
    ]
    cut = shapely.difference(compound["shape"], shapely.buffer(shapely.centroid(inside[0]), 1))
    with pytest.raises(RequestError, match="穿过建筑"):
        features.change_geometry(sample, ChangeGeometry("compound", compound["id"], cut))


def test_a_walkway_goes_around_buildings_unless_it_is_a_passage(sample):
    shape = rows_of(sample, "building")[0]["shape"]
    xmin, ymin, xmax, ymax = shapely.bounds(shape)
    middle = (ymin + ymax) / 2
    line = shapely.LineString([(xmin - 3, middle), (xmax + 3, middle)])
    with pytest.raises(RequestError, match="穿过建筑"):
        features.add_feature(sample, AddFeature("walkway", {"kind": "步行道"}, line))
    features.add_feature(sample, AddFeature("walkway", {"kind": "门洞通道"}, line))


def test_what_overlapped_before_may_be_changed_as_long_as_it_is_not_worse(sample):
    one, other = rows_of(sample, "building")[:2]
    overlapping = shapely.union(one["shape"], shapely.buffer(shapely.centroid(other["shape"]), 1))
    forced = ChangeGeometry("building", one["id"], overlapping, is_forced=True)
    features.change_geometry(sample, forced)
    smaller = shapely.union(one["shape"], shapely.buffer(shapely.centroid(other["shape"]), 0.8))
    features.change_geometry(sample, ChangeGeometry("building", one["id"], smaller))
    with pytest.raises(RequestError):
        features.change_geometry(sample, ChangeGeometry("building", one["id"], overlapping))


def test_records_keep_what_they_refer_to_and_places_are_let_go(sample):
    cases = rows_of(sample, "case_file", "defect_id", where="t.defect_id IS NOT NULL")
    defect = cases[0]["defect_id"]
    with pytest.raises(RequestError) as caught:
        features.delete_features(sample, DeleteFeatures("defect", (defect,)))
    assert caught.value.code == "services.feature_texts.is_referred_to"
    cleared = DeleteFeatures("defect", (defect,), clears_references=True)
    features.delete_features(sample, cleared)
    assert row_of(sample, "case_file", cases[0]["id"], "defect_id")["defect_id"] is None
    compound = rows_of(sample, "building", "compound_id")[0]["compound_id"]
    referring = rows_of(sample, "building", where="t.compound_id = ?", bound=(compound,))
    features.delete_features(sample, DeleteFeatures("compound", (compound,), True))
    kept = [row_of(sample, "building", one["id"], "compound_id") for one in referring]
    assert referring
    assert {one["compound_id"] for one in kept} == {None}
    assert checks.check(sample).value == []


def test_what_is_part_of_a_row_goes_with_it(sample):
    route = rows_of(sample, "route_stop", "route_id")[0]["route_id"]
    execute(sample, "UPDATE patrol_log SET route_id = NULL")
    before = content(sample)
    features.delete_features(sample, DeleteFeatures("route", (route,)))
    assert rows_of(sample, "route_stop", where="t.route_id = ?", bound=(route,)) == []
    history.undo(sample)
    assert content(sample) == before


def test_rows_are_copied_into_another_layer_with_what_both_have(sample):
    compound = rows_of(sample, "compound", "name", "address")[0]
    copied = copy_features(sample, CopyFeatures("compound", (compound["id"],), "walkway"))
    (made,) = [row_of(sample, "walkway", one, "name") for one in copied.value]
    assert made["name"] == compound["name"]
    assert shapely.equals(made["shape"], shapely.boundary(compound["shape"]))
    back = copy_features(
        sample, CopyFeatures("walkway", tuple(copied.value), "compound", is_forced=True)
    )
    again = row_of(sample, "compound", back.value[0])
    assert shapely.area(shapely.symmetric_difference(again["shape"], compound["shape"])) < 1e-3
    assert str(history.recent(sample, 2).value[1].intention) == "从小区复制 1 个到巡查路网"


def test_an_open_line_does_not_become_an_area(sample):
    walkway = rows_of(sample, "walkway")[0]["id"]
    with pytest.raises(RequestError, match="闭合"):
        copy_features(sample, CopyFeatures("walkway", (walkway,), "compound"))


def test_rows_are_named_by_id_code_or_name(sample):
    compound = rows_of(sample, "compound", "name")[0]
    for word in (compound["id"], compound["name"]):
        assert features.find_rows(sample, "compound", [word]).value == [compound["id"]]
    with pytest.raises(RequestError, match="没有叫"):
        features.find_rows(sample, "compound", ["不在"])
    features.add_feature(sample, AddFeature("officer", {"name": "同名"}))
    features.add_feature(sample, AddFeature("officer", {"name": "同名"}))
    with pytest.raises(RequestError, match="不止一个"):
        features.find_rows(sample, "officer", ["同名"])


def test_references_are_searched_by_a_part_of_the_name(sample):
    compound = rows_of(sample, "compound", "name")[0]
    found = features.find_references(sample, "compound", compound["name"][1:]).value
    assert compound["id"] in [row_id for row_id, _ in found]
    assert features.find_references(sample, "compound", "%").value == []


def test_a_component_is_of_a_category_of_components(sample):
    twice = (
        "SELECT min(code) FROM category WHERE length(code) = 5"
        " GROUP BY standard, code HAVING count(*) > 1"
    )
    with sample.reading() as reader:
        (code,) = reader.execute(twice).fetchone()
    found = features.find_references(sample, "category", code, 50, "component").value
    kinds = {row_of(sample, "category", row_id, "kind")["kind"] for row_id, _ in found}
    assert kinds == {"component"}
    assert len(features.find_references(sample, "category", code, 50).value) > len(found)
