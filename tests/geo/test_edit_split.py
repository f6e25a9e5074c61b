from collections.abc import Callable
from itertools import count

import numpy as np
import pytest
import shapely
from tests.geo.refusals import areas, points, refused
from tests.geo.tilings import EAST, at, line, squares

from gridmap.geo.coverage import Coverage
from gridmap.geo.editing import apply_edit
from gridmap.geo.features import as_objects
from gridmap.model.cell_edits import Merge, Split


def namer() -> Callable[[], str]:
    return (f"n{number}" for number in count()).__next__


def test_a_line_cuts_a_cell_in_two_new_ones() -> None:
    change = apply_edit(squares(), Split(("a",), line((-5, 30), (105, 30))), new_key=namer())
    assert change.gone == {"a"}
    assert areas(change) == {"b": 10_000, "n0": 7_000, "n1": 3_000}
    assert dict(change.heirs) == {"n0": ("a",), "n1": ("a",)}


def test_the_neighbour_gets_the_vertex_where_the_line_meets_the_border() -> None:
    change = apply_edit(squares(), Split(("a",), line((-5, 30), (105, 30))))
    assert (100, 30) in points(change.after["b"])


def test_a_crossing_is_rounded_to_a_millimetre_for_both_sides() -> None:
    cells = squares()
    change = apply_edit(cells, Split(("a",), line((-5, 30.00049), (105, 33.33333))))
    xy = shapely.get_coordinates(list(change.after.values()))
    assert np.array_equal(xy, np.round(xy, 3))
    assert change.applied(cells).is_valid


def test_one_line_cuts_several_cells() -> None:
    edit = Split(("a", "b", "c"), line((-5, 50), (305, 60)))
    change = apply_edit(squares(), edit)
    assert change.gone == {"a", "b", "c"}
    assert len(change.new) == 6


def test_what_a_line_has_beyond_its_cells_changes_nothing_there() -> None:
    change = apply_edit(squares(), Split(("b",), line((-5, 40), (305, 40))))
    assert {key: shape for key, shape in change.before.items() if key not in "abc"} == {}
    assert areas(change)["a"] == areas(change)["c"] == 10_000
    assert len(shapely.get_coordinates(change.after["a"])) == 6


def test_a_line_may_end_just_short_of_the_border() -> None:
    change = apply_edit(squares(), Split(("a",), line((0.004, 30), (99.995, 30))))
    assert (100, 30) in points(change.after["b"])


def test_a_line_goes_through_a_vertex_that_it_nearly_meets() -> None:
    change = apply_edit(squares(), Split(("a",), line((-5, -5.006), (110, 110))))
    assert change.after.keys() == change.new
    assert sorted(areas(change).values()) == [5_000, 5_000]


def test_a_line_cuts_a_cell_more_than_once() -> None:
    wave = line((-10, 20), (50, -20), (80, 120), (110, 20))
    change = apply_edit(squares(), Split(("a",), wave))
    assert len(change.new) == 4


def test_a_ring_within_a_cell_leaves_a_cell_with_a_hole() -> None:
    ring = line((20, 20), (60, 20), (60, 60), (20, 60), (20, 20))
    change = apply_edit(squares(), Split(("a",), ring))
    assert sorted(areas(change).values()) == [1_600, 8_400]


def test_a_line_along_a_border_and_then_through_cuts_where_it_goes_through() -> None:
    bent = line((0, 100), (50, 100), (50, 0))
    change = apply_edit(squares(), Split(("a",), bent))
    assert sorted(areas(change).values()) == [5_000, 5_000, 10_000]


def test_a_cell_in_the_hole_of_another_keeps_its_bytes() -> None:
    outer = shapely.box(EAST, 0, EAST + 100, 100)
    inner = shapely.box(EAST + 40, 40, EAST + 60, 60)
    cells = Coverage(("o", "i"), as_objects([outer - inner, inner]))
    across = ((EAST - 5, 20), (EAST + 105, 20))
    change = apply_edit(cells, Split(("o",), across))
    assert "i" not in change.before
    through = ((EAST - 5, 50), (EAST + 105, 50))
    change = apply_edit(cells, Split(("o",), through))
    assert len(change.new) == 2
    assert change.after["i"].area == 400


@pytest.mark.parametrize(
    ("cells", "drawn", "name", "place"),
    [
        (("a",), line((-5, 130), (105, 130)), "line_does_not_cross", (105, 130)),
        (("a", "d"), line((-5, 30), (105, 30)), "line_does_not_cross", (50, 150)),
        (("a",), line((-5, 30), (60, 30)), "line_ends_inside", (60, 30)),
        (("a",), line((30, 30), (60, 30)), "line_ends_inside", (30, 30)),
        (("a",), line((0, 100), (100, 100)), "line_runs_along", (100, 100)),
        (("a",), line((-5, 30), (60, 60), (60, 20), (20, 90)), "line_crosses_itself", None),
        (("a",), line((-5, 30), (50, 30), (20, 30)), "line_crosses_itself", (50, 30)),
        (("a",), line((-1, 2), (2, -1)), "sliver", None),
        (("a",), line((5, 5), (5, 5)), "line_too_short", (5, 5)),
        (("a",), line((-5, 30), (float("nan"), 30)), "not_finite", None),
        (("a",), ((39_500_000.0, 4_400_030.0), (39_500_105.0, 4_400_030.0)), "far_away", None),
        (("x",), line((-5, 30), (105, 30)), "no_such_cell", None),
    ],
)  # fmt: skip
def test_a_line_that_cannot_split_is_refused_at_its_place(
    cells: tuple[str, ...],
    drawn: tuple[tuple[float, float], ...],
    name: str,
    place: tuple[float, float] | None,
) -> None:
    said, where = refused(squares(), Split(cells, drawn))
    assert said == name
    assert place is None or where == place


def test_adjacent_cells_become_one_and_keep_the_vertices_of_their_neighbours() -> None:
    cells = squares()
    change = apply_edit(cells, Merge(("a", "b")), new_key=lambda: "m")
    assert change.gone == {"a", "b"}
    assert areas(change) == {"m": 20_000}
    assert (100, 100) in points(change.after["m"])
    assert change.applied(cells).is_valid


def test_cells_around_another_merge_into_one_with_a_hole() -> None:
    cells = squares(3, 3)
    ring = tuple(key for key in cells.keys if key != "e")
    change = apply_edit(cells, Merge(ring), new_key=lambda: "m")
    assert areas(change) == {"m": 80_000}
    assert len(change.after["m"].interiors) == 1


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (("a",), "merge_needs_two"),
        (("a", "a"), "merge_needs_two"),
        (("a", "c"), "not_adjacent"),
        (("a", "e"), "not_adjacent"),
        (("a", "x"), "no_such_cell"),
    ],
)
def test_cells_that_do_not_hang_together_are_not_merged(cells: tuple[str, ...], name: str) -> None:
    assert refused(squares(), Merge(cells))[0] == name


def test_two_halves_make_the_whole_again_but_for_the_vertices() -> None:
    cells = squares()
    cut = apply_edit(cells, Split(("a",), line((-5, 30), (105, 30))), new_key=namer())
    halves = cut.applied(cells)
    whole = apply_edit(halves, Merge(("n0", "n1")), new_key=lambda: "m").after["m"]
    assert shapely.equals(whole, at_square())
    assert len(whole.exterior.coords) == 7


def at_square() -> shapely.Polygon:
    return shapely.Polygon([at(0, 0), at(100, 0), at(100, 100), at(0, 100)])
