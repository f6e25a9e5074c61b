"""Merges of borders, case by case: what goes together, and what is named where it does not."""

import numpy as np
import pytest
import shapely
from tests.geo.sides import by_key
from tests.geo.tilings import at, line, squares

from gridmap.base.errors import RequestError
from gridmap.geo.coverage import Coverage
from gridmap.geo.editing import apply_edit
from gridmap.geo.features import as_objects
from gridmap.geo.merge3 import merge3
from gridmap.model.cell_edits import (
    AddVertex,
    Carve,
    DeleteVertex,
    Extend,
    HandOver,
    Merge,
    MoveVertex,
    Split,
)

CELLS = squares()  # a b c below, d e f above, each of 100 m


def after(*edits, name="m", cells=CELLS):
    numbers = iter(range(99))
    for edit in edits:
        change = apply_edit(cells, edit, new_key=lambda: f"{name}{next(numbers)}")
        cells = change.applied(cells)
    return cells


def merged(mine, theirs, base=CELLS):
    result = merge3(base, mine, theirs)
    assert result.conflicts == ()
    assert result.coverage.is_valid
    return by_key(result.coverage)


def conflicts(mine, theirs, base=CELLS):
    """Return what is named, after looking that the rest is a coverage."""
    result = merge3(base, mine, theirs)
    assert result.coverage.is_valid
    return result.conflicts


def keys(*conflicts):
    return sorted(one.keys for one in conflicts)


def finer(cells):
    """Return the cells with a vertex every 25 m of their borders."""
    return Coverage(cells.keys, shapely.segmentize(cells.shapes, 25))


SPLIT_A = Split(("a",), line((50, -10), (50, 110)))
BEND_AB = AddVertex(at(100, 50), at(104, 50))


def test_a_split_meets_a_border_that_the_other_side_bent():
    cells = merged(after(SPLIT_A), after(BEND_AB))
    assert sorted(cells) == ["b", "c", "d", "e", "f", "m0", "m1"]
    east = max((cells["m0"], cells["m1"]), key=lambda shape: shape.bounds[2])
    assert east.area == 5200  # with the bend's 200
    assert cells["b"].area == 9800


def test_the_end_of_a_split_lies_on_a_border_that_the_other_side_bent_elsewhere():
    mine = after(Split(("a",), line((-10, 20), (110, 20))))
    theirs = after(AddVertex(at(100, 50)), AddVertex(at(100, 75), at(95, 75)))
    cells = merged(mine, theirs)
    assert {at(100, 20), at(95, 75)} <= set(cells["b"].exterior.coords)
    assert cells["d"] is CELLS.shape("d")


def test_both_sides_may_put_vertices_into_the_same_straight_border():
    mine, theirs = (
        after(Split((key,), line((x, y), (x + 120, y))), name=name)
        for key, x, y, name in (("a", -10, 20, "m"), ("b", 90, 70, "t"))
    )
    cells = merged(mine, theirs)
    assert sorted(cells) == ["c", "d", "e", "f", "m0", "m1", "t0", "t1"]


def test_a_vertex_in_a_crooked_grid_position_is_still_on_the_straight_line():
    slanted = Coverage(
        CELLS.keys, shapely.transform(CELLS.shapes, lambda xy: np.round(xy @ TURNED, 3))
    )
    middle = shapely.centroid(slanted.shape("a"))
    way = np.array([70, 13])
    ends = [np.round(np.array(middle.coords[0]) + sign * 2 * way, 3).tolist() for sign in (-1, 1)]
    mine = after(Split(("a",), tuple(map(tuple, ends))), cells=slanted)
    corner = slanted.shape("f").exterior.coords[0]
    theirs = after(MoveVertex(corner, (corner[0] + 3, corner[1] + 3)), cells=slanted)
    assert {"m0", "m1"} <= set(merged(mine, theirs, slanted))


TURNED = np.array([[0.9553, 0.2955], [-0.2955, 0.9553]])


def test_ground_goes_to_the_part_that_it_borders_on():
    theirs = after(HandOver("d", "a", line((-10, 120), (110, 120))))
    cells = merged(after(Split(("a",), line((-10, 40), (110, 40)))), theirs)
    assert sorted(shape.area for key, shape in cells.items() if key[0] == "m") == [4000, 8000]
    assert cells["d"].area == 8000


def test_ground_given_to_a_merged_cell_is_in_what_it_became():
    cells = merged(
        after(Merge(("a", "b"))), after(HandOver("d", "a", line((-10, 120), (110, 120))))
    )
    assert cells["m0"].area == 22_000


def test_a_cell_carved_out_lies_in_the_part_of_what_was_cut_around_it():
    island = Carve(line((10, 10), (30, 10), (30, 30), (10, 30), (10, 10)))
    cells = merged(after(SPLIT_A), after(island, name="t"))
    assert sorted(round(cells[key].area) for key in ("m0", "m1", "t0")) == [400, 4600, 5000]


def test_ends_of_borders_may_slide_along_the_same_straight_street():
    mine = after(MoveVertex(at(100, 0), at(110, 0)))
    theirs = after(MoveVertex(at(200, 0), at(190, 0)))
    cells = merged(mine, theirs)
    assert [cells[key].area for key in "abc"] == [10_500, 9_000, 10_500]


def test_deleting_a_vertex_and_growing_outwards_go_together():
    bent = after(BEND_AB)
    grown = Extend(line((200, 0), (250, 0), (250, -20), (200, -20), (200, 0)), "c")
    cells = merged(after(DeleteVertex(at(104, 50)), cells=bent), after(grown, cells=bent), bent)
    assert cells["a"].area == 10_000
    assert cells["c"].area == 11_000


def test_one_border_moved_in_two_ways_is_named():
    (only,) = conflicts(after(BEND_AB), after(AddVertex(at(100, 30), at(97, 30))))
    assert only.line == shapely.LineString(line((100, 0), (100, 100)))
    assert only.base_keys == only.mine_keys == only.theirs_keys == ("a", "b")
    assert only.mine.length == pytest.approx(2 * np.hypot(50, 4))
    assert "改得不一样" in str(only.reason)


def test_the_rest_of_both_sides_is_in_the_merge_beside_a_conflict():
    base = finer(CELLS)
    bend = MoveVertex(at(100, 50), at(104, 50))
    mine = after(bend, Split(("f",), line((260, 90), (260, 210))), cells=base)
    theirs = after(MoveVertex(at(100, 50), at(97, 50)), Merge(("d", "e")), name="t", cells=base)
    result = merge3(base, mine, theirs)
    assert keys(*result.conflicts) == [("a", "b")]
    assert sorted(result.coverage.keys) == ["a", "b", "c", "m0", "m1", "t0"]
    assert result.coverage.is_valid
    assert result.coverage.shape("a").area == 10_000


def test_a_border_that_one_side_dissolved_and_the_other_bent_is_named():
    (only,) = conflicts(after(Merge(("a", "b"))), after(BEND_AB))
    assert (only.base_keys, only.mine_keys, only.theirs_keys) == (("a", "b"), ("m0",), ("a", "b"))
    assert "取消" in str(only.reason)


def test_a_split_that_ends_on_a_border_which_the_other_side_moved_is_named():
    (only,) = conflicts(after(Split(("a",), line((-10, 40), (110, 40)))), after(BEND_AB))
    assert only.base_keys == ("a", "b")
    assert "接在" in str(only.reason)


def test_lines_that_cross_are_both_named():
    mine = after(SPLIT_A)
    found = conflicts(mine, after(Split(("a",), line((-10, 40), (110, 40))), name="t"))
    assert {one.base_keys for one in found} == {("a",)}
    assert {one.mine_keys for one in found} >= {("m0", "m1")}
    assert len(found) == 2


def test_a_cell_split_here_and_merged_there_is_named():
    found = conflicts(after(SPLIT_A), after(Merge(("a", "b")), name="t"))
    assert sorted(one.base_keys for one in found) == [("a",), ("a", "b")]
    assert {one.theirs_keys for one in found} == {("t0",)}


def test_a_border_is_named_whose_ground_the_other_side_passed_on():
    base = finer(CELLS)
    mine = after(HandOver("a", "b", line((30, -10), (30, 110))), cells=base)
    theirs = after(MoveVertex(at(75, 100), at(75, 105)), cells=base)
    (only,) = conflicts(mine, theirs, base)
    assert only.base_keys == only.theirs_keys == ("a", "d")
    assert only.mine_keys == ("b", "d")


def test_a_cell_carved_out_of_ground_that_the_other_side_passed_on_is_named():
    island = Carve(line((60, 10), (80, 10), (80, 30), (60, 30), (60, 10)))
    mine = after(HandOver("a", "b", line((30, -10), (30, 110))))
    (only,) = conflicts(mine, after(island, name="t"))
    assert (only.base_keys, only.mine_keys, only.theirs_keys) == (("a",), ("b",), ("a", "t0"))


def test_a_cell_that_both_together_would_tear_in_two_is_named():
    mine = after(HandOver("a", "b", line((60, -10), (60, 30), (40, 30), (40, -10))))
    theirs = after(Carve(line((40, 30), (60, 30), (60, 100), (40, 100), (40, 30))), name="t")
    assert conflicts(mine, theirs)


def test_a_border_at_the_rim_of_what_changed_is_named_with_its_true_neighbours():
    found = conflicts(
        after(MoveVertex(at(300, 100), at(305, 100))), after(MoveVertex(at(300, 100), at(300, 104)))
    )
    assert keys(*found) == [("c",), ("c", "f"), ("f",)]


def test_the_same_move_on_both_sides_and_one_more_is_no_conflict():
    mine = after(BEND_AB)
    cells = merged(mine, after(BEND_AB, AddVertex(at(100, 150), at(96, 150))))
    assert cells["a"].wkb == mine.shape("a").wkb
    assert cells["d"].area == 9800


def test_a_cell_that_each_side_named_anew_is_named_by_its_borders():
    sides = [Coverage((name, *CELLS.keys[1:]), CELLS.shapes) for name in ("x", "y")]
    found = conflicts(*sides)
    assert keys(*found) == [("a", "b", "x", "y"), ("a", "d", "x", "y"), ("a", "x", "y")]
    assert sorted(merged(sides[0], CELLS)) == ["b", "c", "d", "e", "f", "x"]


def test_cells_of_several_parts_keep_them():
    islands = [shapely.box(500, 0, 510, 10), shapely.box(520, 0, 530, 10)]
    base = Coverage(
        ("x", "y", "z"),
        as_objects([
            shapely.MultiPolygon([shapely.box(0, 0, 10, 10), *islands]),
            shapely.box(10, 0, 20, 10),
            shapely.box(20, 0, 30, 10),
        ]),
    )  # fmt: skip
    shapes = list(base.shapes)
    wider = shapely.box(0, 0, 11, 10), shapely.box(11, 0, 20, 10)
    mine = Coverage(
        base.keys, as_objects([shapely.MultiPolygon([wider[0], *islands]), wider[1], shapes[2]])
    )
    theirs = Coverage(
        base.keys, as_objects([shapes[0], shapely.box(10, 0, 19, 10), shapely.box(19, 0, 30, 10)])
    )
    cells = merged(mine, theirs, base)
    assert shapely.get_num_geometries(cells["x"]) == 3
    assert [cells[key].area for key in "xyz"] == [310, 80, 110]


def test_degrees_have_a_finer_grid():
    small = Coverage(
        CELLS.keys, shapely.transform(CELLS.shapes, lambda xy: xy * 1e-5 + [111.0, -4.0])
    )
    a, b = small.shape("a"), small.shape("b")
    east = a.bounds[2]

    def bent(by):
        far = [(x + by * (abs(x - east) < 1e-9), y) for x, y in a.exterior.coords]
        near = [(x + by * (abs(x - east) < 1e-9), y) for x, y in b.exterior.coords]
        return [shapely.Polygon(far), shapely.Polygon(near)]

    shapes = as_objects([*bent(0), *small.shapes[2:]])
    assert merge3(small, Coverage(small.keys, shapes), small, grid=1e-8).coverage is small


def test_torn_borders_are_refused_with_their_place():
    torn = Coverage(CELLS.keys, CELLS.shapes.copy())
    torn.shapes[0] = shapely.box(*at(0, 0), *at(99, 100))
    with pytest.raises(RequestError) as caught:
        merge3(CELLS, torn, CELLS)
    assert "本方" in str(caught.value)
    assert caught.value.place.xy is not None


def test_torn_borders_elsewhere_do_not_matter():
    torn = Coverage(CELLS.keys, CELLS.shapes.copy())
    torn.shapes[5] = shapely.box(*at(201, 100), *at(300, 200))
    mine = Coverage(CELLS.keys, torn.shapes.copy())
    mine.shapes[0] = shapely.Polygon(line((0, 0), (100, 0), (100, 100), (0, 100), (-10, 50)))
    cells = by_key(merge3(torn, mine, torn).coverage)
    assert cells["a"].area == 10_500
    assert cells["f"] is torn.shapes[5]


def test_a_key_that_stands_twice_is_refused():
    twice = Coverage(("a", "a", *CELLS.keys[2:]), CELLS.shapes)
    with pytest.raises(RequestError, match="a"):
        merge3(CELLS, twice, CELLS)
