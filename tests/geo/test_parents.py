import numpy as np
import pytest
import shapely
from tests.geo.refusals import areas, points
from tests.geo.tilings import at, line, squares

from gridmap.base.errors import RequestError
from gridmap.geo.coverage import Change, Coverage
from gridmap.geo.editing import apply_edit
from gridmap.geo.features import as_objects
from gridmap.geo.parents import follow
from gridmap.model.cell_edits import (
    AddVertex,
    CellEdit,
    Extend,
    HandOver,
    Merge,
    MoveVertex,
    Split,
)

PARENT_OF = {"a": "W", "b": "W", "e": "W", "f": "W", "c": "E", "d": "E", "g": "E", "h": "E"}


def two() -> tuple[Coverage, Coverage]:
    """Return 4 x 2 cells and the communities W and E that halve them."""
    cells = squares(4, 2)
    return cells, united(cells, ("W", "E"))


def united(cells: Coverage, names: tuple[str, ...]) -> Coverage:
    members = [
        [
            shape
            for key, shape in zip(cells.keys, cells.shapes, strict=True)
            if PARENT_OF[key] == one
        ]
        for one in names
    ]
    return Coverage(names, as_objects([shapely.coverage_union_all(as_objects(m)) for m in members]))


def followed(edit: CellEdit) -> Change:
    cells, parents = two()
    change = apply_edit(cells, edit, new_key=lambda: "n")
    new = {key: PARENT_OF[change.heirs[key][0]] for key in change.new if key in change.heirs}
    return follow(parents, cells, change, {**PARENT_OF, "n": "W", **new})


def test_communities_stay_where_only_borders_within_them_change() -> None:
    assert followed(Merge(("a", "e"))) == Change({}, {})
    assert followed(MoveVertex(at(100, 100), at(110, 110))) == Change({}, {})


def test_both_communities_follow_a_vertex_of_their_border() -> None:
    change = followed(MoveVertex(at(200, 100), at(210, 100)))
    assert areas(change) == {"E": 39_000, "W": 41_000}
    assert (210, 100) in points(change.after["W"]) & points(change.after["E"])


def test_a_new_vertex_on_their_border_is_put_into_both() -> None:
    change = followed(AddVertex(at(200, 40)))
    assert areas(change) == {"E": 40_000, "W": 40_000}
    assert (200, 40) in points(change.after["W"]) & points(change.after["E"])


def test_a_split_up_to_their_border_puts_the_vertex_into_both() -> None:
    cells, parents = two()
    names = iter(("n", "m"))
    change = apply_edit(cells, Split(("b",), line((90, 30), (205, 30))), new_key=names.__next__)
    after = follow(parents, cells, change, {**PARENT_OF, "n": "W", "m": "W"})
    assert (200, 30) in points(after.after["W"]) & points(after.after["E"])


def test_ground_that_cells_hand_over_changes_community() -> None:
    change = followed(HandOver("b", "c", line((170, -5), (170, 105))))
    assert areas(change) == {"E": 43_000, "W": 37_000}


def test_ground_added_outside_belongs_to_the_community_of_its_cell() -> None:
    change = followed(Extend(line((20, -30), (80, -30), (80, 10), (20, 10)), "a"))
    assert areas(change) == {"W": 41_800}


def test_a_community_without_cells_here_follows_its_neighbour() -> None:
    cells, parents = two()
    west = cells.take(np.array([0, 1, 4, 5]))
    change = apply_edit(west, MoveVertex(at(200, 100), at(220, 100)))
    after = follow(parents, west, change, PARENT_OF)
    assert areas(after) == {"E": 38_000, "W": 42_000}
    assert after.applied(parents).is_valid


def test_the_subdistrict_follows_its_communities_in_the_same_way() -> None:
    cells, parents = two()
    change = apply_edit(cells, Extend(line((20, -30), (80, -30), (80, 10), (20, 10)), "a"))
    communities = follow(parents, cells, change, PARENT_OF)
    whole = Coverage(("S",), as_objects([shapely.coverage_union_all(parents.shapes)]))
    after = follow(whole, parents, communities, {"W": "S", "E": "S"})
    assert areas(after) == {"S": 81_800}
    union = shapely.coverage_union_all(communities.applied(parents).shapes)
    assert shapely.equals_exact(shapely.normalize(union), shapely.normalize(after.after["S"]), 0.0)


def test_a_community_with_looser_borders_than_its_cells_stays_as_it_is() -> None:
    cells, _ = two()
    loose = Coverage(("W", "E"), as_objects([box(-50, 200), box(200, 450)]))
    change = apply_edit(cells, Extend(line((20, -30), (80, -30), (80, 10), (20, 10)), "a"))
    assert follow(loose, cells, change, PARENT_OF) == Change({}, {})


def box(x0: float, x1: float) -> shapely.Polygon:
    return shapely.Polygon(line((x0, -50), (x1, -50), (x1, 250), (x0, 250)))


@pytest.mark.parametrize(
    ("edit", "moved_to", "name"),
    [
        (Merge(("a", "b", "e", "f")), "E", "parent_empty"),
        (Merge(("c", "g")), "W", None),
        (Merge(("a", "b")), "E", None),
        (Extend(line((350, -30), (380, -30), (380, 10), (350, 10))), "W", "parent_falls_apart"),
        (Merge(("f", "g")), "W", None),
    ],
)
def test_no_community_loses_all_ground_or_falls_apart(
    edit: CellEdit, moved_to: str, name: str | None
) -> None:
    cells, parents = two()
    change = apply_edit(cells, edit, new_key=lambda: "n")
    given = {**PARENT_OF, "n": moved_to}
    if name is None:
        assert follow(parents, cells, change, given).applied(parents).is_valid
        return
    with pytest.raises(RequestError) as caught:
        follow(parents, cells, change, given)
    assert caught.value.code.endswith(name)
    assert caught.value.place.xy is not None


def test_a_community_cut_in_two_is_refused_in_the_smaller_part() -> None:
    cells = squares(3, 1)
    parents = Coverage(
        ("W", "E"), as_objects([shapely.coverage_union_all(cells.shapes), box(900, 950)])
    )
    change = apply_edit(
        cells, Split(("b",), line((-5, 50), (305, 50))), new_key=iter("nm").__next__
    )
    with pytest.raises(RequestError) as caught:
        follow(parents, cells, change, {"a": "W", "b": "W", "c": "W", "n": "E", "m": "E"})
    assert caught.value.code.endswith("parent_falls_apart")


def test_members_that_do_not_match_their_community_are_mended_first() -> None:
    cells, parents = two()
    west = shapely.Polygon(line((0, 0), (200, 0), (200, 195), (100, 200), (0, 200)))
    torn = Coverage(("W", "E"), as_objects([west, parents.shapes[1]]))
    change = apply_edit(cells, MoveVertex(at(200, 100), at(210, 100)))
    with pytest.raises(RequestError) as caught:
        follow(torn, cells, change, PARENT_OF)
    assert caught.value.code.endswith(("parent_differs", "passes_neighbour"))
