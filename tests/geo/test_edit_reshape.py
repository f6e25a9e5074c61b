import numpy as np
import pytest
import shapely
from tests.geo.refusals import areas, points, refused
from tests.geo.tilings import line, squares

from gridmap.geo.coverage import Coverage
from gridmap.geo.edit_between import find_between
from gridmap.geo.editing import apply_edit
from gridmap.geo.features import as_objects
from gridmap.geo.parents import follow
from gridmap.model.cell_edits import Line, Reshape, ReshapeBetween


def long_and_three() -> Coverage:
    """Return a long cell L below three squares d, e, f."""
    cells = squares()
    long = shapely.coverage_union_all(cells.shapes[:3])
    return Coverage(("L", "d", "e", "f"), as_objects([long, *cells.shapes[3:]]))


def test_the_border_takes_the_lines_place() -> None:
    drawn = line((100, 20), (120, 20), (120, 80), (100, 80))
    change = apply_edit(squares(), Reshape("a", "b", drawn))
    assert areas(change) == {"a": 11_200, "b": 8_800}
    assert {(100, 20), (120, 20), (120, 80), (100, 80)} <= points(change.after["a"])


def test_the_ends_beyond_the_border_are_left_off() -> None:
    drawn = line((90, 20), (120, 20), (120, 80), (90, 80))
    change = apply_edit(squares(), Reshape("a", "b", drawn))
    assert areas(change) == {"a": 11_200, "b": 8_800}


def test_a_line_to_and_fro_gives_and_takes() -> None:
    drawn = line((100, 10), (110, 30), (90, 60), (100, 90))
    change = apply_edit(squares(), Reshape("a", "b", drawn))
    assert sum(areas(change).values()) == 20_000
    assert points(change.after["a"]) & points(change.after["b"]) == {
        (100, 0), (100, 10), (110, 30), (90, 60), (100, 90), (100, 100),
    }  # fmt: skip


def test_the_whole_border_from_junction_to_junction_is_replaced() -> None:
    change = apply_edit(squares(), Reshape("a", "b", line((100, 0), (130, 50), (100, 100))))
    assert areas(change) == {"a": 11_500, "b": 8_500}


def test_it_does_not_matter_which_way_the_line_is_drawn_or_who_is_named_first() -> None:
    drawn = line((100, 20), (120, 20), (120, 80), (100, 80))
    changes = [
        apply_edit(squares(), Reshape(one, other, way))
        for one, other in (("a", "b"), ("b", "a"))
        for way in (drawn, drawn[::-1])
    ]
    for change in changes:
        assert areas(change) == {"a": 11_200, "b": 8_800}


def test_a_cell_in_the_hole_of_another_follows_a_line() -> None:
    outer = shapely.Polygon(line((0, 0), (100, 0), (100, 100), (0, 100)))
    inner = shapely.Polygon(line((40, 40), (60, 40), (60, 60), (40, 60)))
    cells = Coverage(("o", "i"), as_objects([outer - inner, inner]))
    drawn = line((60, 45), (70, 45), (70, 55), (60, 55))
    for one, other in (("o", "i"), ("i", "o"), ("i", None)):
        change = apply_edit(cells, Reshape(one, other, drawn))
        assert areas(change) == {"i": 500, "o": 9_500}


def test_ground_that_an_outline_gives_up_goes_to_those_behind_it() -> None:
    cells = long_and_three()
    drawn = line((20, 100), (50, 70), (250, 80), (280, 100))
    change = apply_edit(cells, Reshape("L", None, drawn))
    assert change.applied(cells).is_valid
    assert {key: area - 10_000 > 0 for key, area in areas(change).items() if key != "L"} == {
        "d": True, "e": True, "f": True,
    }  # fmt: skip
    assert {(100, 72.5), (200, 77.5)} <= points(change.after["e"])


def test_ground_beyond_an_outline_comes_from_all_whose_it_is() -> None:
    cells = long_and_three()
    drawn = line((20, 100), (50, 130), (250, 120), (280, 100))
    change = apply_edit(cells, Reshape("L", None, drawn))
    assert change.applied(cells).is_valid
    assert sum(areas(change).values()) == 60_000
    assert {(100, 127.5), (200, 122.5)} <= points(change.after["e"])
    assert (100, 100) not in points(change.after["e"])


def test_an_outline_on_the_outer_edge_moves_it() -> None:
    cells = squares(2, 1)
    out = apply_edit(cells, Reshape("a", None, line((20, 0), (50, -30), (80, 0))))
    assert areas(out) == {"a": 10_900}
    back = apply_edit(cells, Reshape("a", None, line((20, 0), (50, 30), (80, 0))))
    assert areas(back) == {"a": 9_100}


@pytest.mark.parametrize(
    ("drawn", "name", "place"),
    [
        (line((110, 20), (120, 20), (120, 80), (110, 80)), "line_not_on_border", (110, 20)),
        (line((100, 20), (120, 50)), "line_not_on_border", (100, 20)),
        (line((100, 20), (120, 20), (120, 80), (100, 80), (100, 20)), "line_not_on_border", None),
        (line((100, 20), (190, 110), (150, 110), (100, 80)), "line_meets_third", (180, 100)),
        (line((100, 20), (230, 20), (150, 50), (100, 80)), "line_meets_third", (200, 20)),
        (line((100, 20), (130, 20), (130, 60), (120, 10), (100, 80)), "line_crosses_itself", None),
        (line((100, 20), (100, 50), (100, 80)), "line_runs_along", (100, 50)),
        (line((100, 50), (90, 70), (110, 70), (110, 20), (100, 20)), "folds", (100, 70)),
        (line((100, 0), (0, 0), (0, 100), (100, 100)), "line_meets_third", None),
    ],
)
def test_a_line_that_cannot_be_a_border_is_refused_at_its_place(
    drawn: Line, name: str, place: tuple[float, float] | None
) -> None:
    said, where = refused(squares(), Reshape("a", "b", drawn))
    assert said == name
    assert place is None or where == place


def test_cells_apart_have_no_border_to_reshape() -> None:
    said, _ = refused(squares(), Reshape("a", "c", line((100, 20), (120, 50), (100, 80))))
    assert said == "no_shared_border"


def test_an_outline_does_not_swallow_a_cell() -> None:
    cells = squares(3, 3)
    around = line((100, 20), (210, 20), (210, 110), (190, 190), (90, 110))
    assert refused(cells, Reshape("a", None, around))[0] in {"nothing_left", "line_not_on_border"}
    swallowing = line((100, 10), (220, 10), (220, 220), (90, 220), (90, 100))
    assert refused(cells, Reshape("a", None, swallowing))[0] == "nothing_left"


def two_communities() -> tuple[Coverage, Coverage, dict[str, str]]:
    """Return 4 x 2 cells; the left four are of W, the right four of E."""
    cells = squares(4, 2)
    parent_of = {key: "W" if key in "abef" else "E" for key in cells.keys}
    is_west = np.array([parent_of[key] == "W" for key in cells.keys])
    halves = [shapely.coverage_union_all(cells.shapes[some]) for some in (is_west, ~is_west)]
    return cells, Coverage(("W", "E"), as_objects(halves)), parent_of


WEST, EASTERN = ("a", "b", "e", "f"), ("c", "d", "g", "h")


@pytest.mark.parametrize("sides", [(WEST, EASTERN), (EASTERN, WEST)])
def test_cells_on_both_sides_follow_the_border_of_their_communities(
    sides: tuple[tuple[str, ...], tuple[str, ...]],
) -> None:
    cells, communities, parent_of = two_communities()
    drawn = line((200, 20), (230, 20), (170, 180), (200, 180))
    change = apply_edit(cells, ReshapeBetween(*sides, drawn))
    after = change.applied(cells)
    assert after.is_valid
    assert set(change.after) == {"b", "c", "f", "g"}
    assert (200, 100) in points(change.after["b"])
    followed = follow(communities, cells, change, parent_of)
    assert sum(areas(followed).values()) == 80_000
    west = [shape for key, shape in zip(after.keys, after.shapes, strict=True) if key in WEST]
    assert shapely.equals(shapely.union_all(west), followed.after["W"])


def test_borders_between_cells_go_on_to_the_border_that_was_moved_away() -> None:
    cells, _, _ = two_communities()
    drawn = line((200, 20), (170, 20), (170, 180), (200, 180))
    change = apply_edit(cells, ReshapeBetween(WEST, EASTERN, drawn))
    assert (170, 100) in points(change.after["c"])
    assert (200, 100) in points(change.after["c"])  # a vertex that was there
    assert (200, 100) not in points(change.after["b"])


@pytest.mark.parametrize(
    ("others", "drawn", "name"),
    [
        (EASTERN, line((200, 0), (310, 0), (310, 105), (200, 150)), "nothing_left"),
        (EASTERN, line((210, 20), (230, 20), (230, 80), (210, 80)), "line_not_on_border"),
        (("c",), line((200, 20), (230, 120), (200, 100)), "line_meets_third"),
        (("d", "h"), line((200, 20), (230, 20), (200, 80)), "no_common_border"),
        ((), line((200, 20), (230, 20), (200, 80)), "no_common_border"),
        (EASTERN, line((200, 20), (200, 80)), "line_runs_along"),
    ],
)
def test_a_community_border_that_cannot_be_is_refused_at_its_place(
    others: tuple[str, ...], drawn: Line, name: str
) -> None:
    cells, _, _ = two_communities()
    said, place = refused(cells, ReshapeBetween(WEST, others, drawn))
    assert said == name
    assert place is not None
    assert np.isfinite(place).all()


def test_a_line_means_the_border_of_communities_on_which_it_begins_and_ends() -> None:
    cells, _, parent_of = two_communities()
    on_it = line((200, 20), (210, 50), (210, 150), (200, 180))
    (edit,) = find_between(cells, parent_of, on_it)
    assert {frozenset(edit.cells), frozenset(edit.others)} == {frozenset(WEST), frozenset(EASTERN)}
    assert apply_edit(cells, edit).after
    assert find_between(cells, parent_of, line((200, 20), (210, 50))) == ()
    assert find_between(cells, {}, on_it) == ()
    assert find_between(cells, parent_of, line((200, 20), (200, 20))) == ()
