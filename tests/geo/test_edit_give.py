import numpy as np
import pytest
import shapely
from tests.geo.refusals import areas, points, refused
from tests.geo.tilings import at, line, squares

from gridmap.geo.coverage import Coverage
from gridmap.geo.editing import apply_edit
from gridmap.geo.features import as_objects
from gridmap.model.cell_edits import Carve, CellEdit, Extend, HandOver, Split


def ring(x0: float, y0: float, x1: float, y1: float) -> tuple[tuple[float, float], ...]:
    return line((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))


def test_the_part_that_a_line_cuts_off_goes_to_the_neighbour_that_it_touches() -> None:
    cells = squares()
    change = apply_edit(cells, HandOver("a", "b", line((70, -5), (70, 105))))
    assert areas(change) == {"a": 7_000, "b": 13_000, "d": 10_000}
    assert (70, 100) in points(change.after["d"])
    assert change.applied(cells).is_valid


def test_the_larger_part_goes_where_it_alone_touches_the_neighbour() -> None:
    change = apply_edit(squares(), HandOver("a", "b", line((30, -5), (30, 105))))
    assert areas(change)["a"] == 3_000


def test_where_both_parts_touch_the_neighbour_the_smaller_goes() -> None:
    change = apply_edit(squares(), HandOver("a", "b", line((-5, 70), (105, 70))))
    assert areas(change) == {"a": 7_000, "b": 13_000}


def test_without_a_name_it_goes_to_the_neighbour_along_the_longest_border() -> None:
    change = apply_edit(squares(), HandOver("a", None, line((-5, 80), (105, 80))))
    assert areas(change)["d"] == 12_000


def test_the_part_within_a_ring_goes_over() -> None:
    change = apply_edit(squares(), HandOver("a", "b", ring(80, 20, 120, 60)))
    assert areas(change) == {"a": 9_200, "b": 10_800}
    assert points(change.after["b"]) & points(change.after["a"]) == {
        (100, 0), (100, 20), (80, 20), (80, 60), (100, 60), (100, 100),
    }  # fmt: skip


def test_a_new_cell_is_carved_from_all_that_have_ground_there() -> None:
    cells = squares()
    change = apply_edit(cells, Carve(ring(80, 70, 120, 110)), new_key=lambda: "n")
    assert areas(change)["n"] == 1_600
    assert set(change.heirs["n"]) == {"a", "b", "d", "e"}
    assert change.heirs["n"][:2] in {("a", "b"), ("b", "a")}
    assert change.applied(cells).is_valid


def test_a_cell_carved_from_the_middle_leaves_a_hole() -> None:
    change = apply_edit(squares(), Carve(ring(20, 20, 40, 40)), new_key=lambda: "n")
    assert areas(change) == {"a": 9_600, "n": 400}
    assert len(change.after["a"].interiors) == 1


def test_a_ring_need_not_be_closed_and_may_reach_beyond_all_cells() -> None:
    open_ring = ring(-20, -20, 40, 40)[:-1]
    change = apply_edit(squares(), Carve(open_ring), new_key=lambda: "n")
    assert areas(change) == {"a": 8_400, "n": 1_600}


def test_free_ground_goes_to_a_cell_and_its_neighbour_gets_the_vertex() -> None:
    cells = squares()
    change = apply_edit(cells, Extend(ring(50, -30, 150, 20), "a"))
    assert areas(change) == {"a": 13_000, "b": 10_000}
    assert (150, 0) in points(change.after["b"])
    assert change.applied(cells).is_valid


def test_free_ground_becomes_a_cell() -> None:
    change = apply_edit(squares(), Extend(ring(50, -30, 150, 20)), new_key=lambda: "n")
    assert areas(change)["n"] == 3_000
    assert not change.heirs


def test_the_first_cell_of_all_is_drawn_freely() -> None:
    nothing = Coverage((), as_objects([]))
    change = apply_edit(nothing, Extend(ring(0, 0, 100, 100)), new_key=lambda: "n")
    assert areas(change) == {"n": 10_000}
    assert change.applied(nothing).keys == ("n",)


def test_a_gap_between_cells_is_filled() -> None:
    cells = squares(3, 3)
    without = cells.take(np.array([0, 1, 2, 3, 5, 6, 7, 8]))
    change = apply_edit(without, Extend(ring(90, 90, 210, 210)), new_key=lambda: "n")
    assert areas(change) == {"n": 10_000}


@pytest.mark.parametrize(
    ("edit", "name"),
    [
        (HandOver("a", "b", line((70, -5), (70, 60))), "line_ends_inside"),
        (HandOver("a", "f", line((70, -5), (70, 105))), "nothing_to_give"),
        (HandOver("a", "a", line((70, -5), (70, 105))), "part_not_adjacent"),
        (HandOver("a", "b", ring(20, 20, 40, 40)), "part_not_adjacent"),
        (HandOver("a", "b", ring(-10, -10, 110, 110)), "nothing_left"),
        (HandOver("a", "b", ring(110, 20, 140, 60)), "line_does_not_cross"),
        (HandOver("a", "b", line((99.2, -1), (101, 2))), "sliver"),
        (HandOver("a", None, ring(20, 20, 40, 40)), "part_not_adjacent"),
        (HandOver("a", "b", line((40, 20), (60, 20), (60, 60), (50, 10))), "line_crosses_itself"),
        (Carve(ring(-50, -50, -20, -20)), "no_cell_within"),
        (Carve(ring(-10, -10, 110, 110)), "nothing_left"),
        (Carve(ring(40, -10, 60, 110)), "falls_apart"),
        (Carve(line((20, 20), (40, 40), (60, 60), (20, 20))), "ring_without_area"),
        (Carve(line((20, 20), (40, 20))), "ring_without_area"),
        (Carve(line((20, 20), (60, 60), (60, 20), (20, 60), (20, 20))), "line_crosses_itself"),
        (Carve(ring(20, 20, 20.5, 20.5)), "sliver"),
        (Carve(()), "ring_without_area"),
        (Extend(ring(20, 20, 60, 60), "a"), "no_free_ground"),
        (Extend(ring(220, -50, 240, 20), "a"), "ground_not_adjacent"),
        (Extend(ring(-20, 40, -0.5, 60), "a"), "ground_not_adjacent"),
        (Extend(ring(-20, 40, -0.005, 60)), "passes_neighbour"),
        (Extend(line((-20, -0.005), (50, -0.005), (50, 20), (-20, 20))), "sliver"),
        (Extend(ring(3e7, 0, 3e7 + 10, 10), "a"), "far_away"),
    ],
)  # fmt: skip
def test_ground_that_cannot_be_given_is_refused(edit: CellEdit, name: str) -> None:
    said, place = refused(squares(), edit)
    assert said == name
    assert place is not None or edit == Carve(())


def test_a_cell_that_would_be_cut_in_two_is_not_carved_but_the_other_side_tells_where() -> None:
    _, place = refused(squares(), Carve(ring(40, -10, 70, 110)))
    assert place is not None
    assert place[0] > 70  # the smaller part


def test_the_whole_of_a_hole_is_no_free_ground_of_its_neighbour() -> None:
    outer = shapely.Polygon(line((0, 0), (100, 0), (100, 100), (0, 100)))
    inner = shapely.Polygon(line((40, 40), (60, 40), (60, 60), (40, 60)))
    cells = Coverage(("o", "i"), as_objects([outer - inner, inner]))
    assert refused(cells, Extend(ring(30, 30, 70, 70), "o"))[0] == "no_free_ground"
    assert at(0, 0)


def test_a_line_from_the_outline_to_a_hole_cuts_nothing_off() -> None:
    outer = shapely.Polygon(line((0, 0), (100, 0), (100, 100), (0, 100)))
    inner = shapely.Polygon(line((40, 40), (60, 40), (60, 60), (40, 60)))
    cells = Coverage(("o", "i"), as_objects([outer - inner, inner]))
    bridge = line((-5, 50), (50, 50))
    for to in ("i", None):
        assert refused(cells, HandOver("o", to, bridge))[0] == "nothing_to_give"
    assert refused(cells, Split(("o",), bridge))[0] == "line_does_not_cross"
