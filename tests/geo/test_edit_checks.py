"""Coverages that were not whole to begin with can be edited, and get no worse."""

import shapely
from tests.geo.refusals import areas, points, refused
from tests.geo.tilings import at, line, squares

from gridmap.geo.coverage import Coverage
from gridmap.geo.editing import apply_edit
from gridmap.geo.features import as_objects
from gridmap.model.cell_edits import AddVertex, HandOver, Merge, MoveVertex, Reshape, Split


def torn() -> Coverage:
    """Return a b below and d e above, where d keeps 20 cm away from a."""
    cells = squares(2, 2)
    short = shapely.Polygon(line((0, 100.2), (100, 100.2), (100, 200), (0, 200)))
    return Coverage(cells.keys, as_objects([*cells.shapes[:2], short, cells.shapes[3]]))


def test_a_torn_border_elsewhere_does_not_hinder_an_edit() -> None:
    cells = torn()
    assert not cells.is_valid
    change = apply_edit(cells, Split(("b",), line((95, 30), (205, 30))))
    assert sorted(areas(change).values()) == [3_000, 7_000, 10_000]
    assert apply_edit(cells, AddVertex(at(100, 50), at(110, 50))).after
    assert apply_edit(cells, Reshape("a", "b", line((100, 20), (120, 50), (100, 80)))).after


def test_a_tear_is_not_widened() -> None:
    overlapping = MoveVertex(at(50, 100), at(50, 120))
    cells = apply_edit(torn(), AddVertex(at(50, 100))).applied(torn())
    assert refused(cells, overlapping)[0] == "passes_neighbour"


def two_parts() -> Coverage:
    """Return an old cell a of two parts left and right of b, and c above all of them."""
    cells = squares(3, 1)
    split = shapely.MultiPolygon([cells.shapes[0], cells.shapes[2]])
    above = shapely.Polygon(
        line((0, 100), (100, 100), (200, 100), (300, 100), (300, 200), (0, 200))
    )
    return Coverage(("a", "b", "c"), as_objects([split, cells.shapes[1], above]))


def test_an_old_cell_of_two_parts_follows_its_neighbours() -> None:
    cells = two_parts()
    change = apply_edit(cells, Split(("c",), line((50, 90), (50, 210))))
    assert shapely.get_num_geometries(change.after["a"]) == 2
    assert (50, 100) in points(shapely.get_parts(change.after["a"])[0])
    change = apply_edit(cells, MoveVertex(at(100, 100), at(90, 100)))
    assert shapely.area(change.after["a"]) == 19_500
    assert shapely.coverage_is_valid(change.applied(cells).shapes)


def test_an_old_cell_of_two_parts_is_put_together_by_a_merge() -> None:
    change = apply_edit(two_parts(), Merge(("a", "b")), new_key=lambda: "n")
    assert areas(change) == {"n": 30_000}
    assert change.after["n"].geom_type == "Polygon"


def test_an_old_cell_of_two_parts_gives_one_of_them_away() -> None:
    ring = line((-5, -5), (99.5, -5), (99.5, 99), (-5, 99), (-5, -5))
    assert refused(two_parts(), HandOver("a", "b", ring))[0] in {"part_not_adjacent", "sliver"}
    strip = line((20, -5), (20, 105))
    change = apply_edit(two_parts(), HandOver("a", "c", line((-5, 80), (105, 80))))
    assert areas(change)["c"] == 32_000
    assert apply_edit(two_parts(), HandOver("a", "b", strip)).after
