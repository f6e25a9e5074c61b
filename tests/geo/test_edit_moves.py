import numpy as np
import pytest
import shapely
from tests.geo.refusals import areas, points, refused
from tests.geo.tilings import EAST, NORTH, at, line, squares

from gridmap.base.errors import RequestError
from gridmap.geo.coverage import Coverage
from gridmap.geo.editing import Homes, apply_edit
from gridmap.geo.features import as_objects
from gridmap.model.cell_edits import (
    AddVertex,
    CellEdit,
    DeleteVertex,
    MoveBorder,
    MoveVertex,
)


def test_every_cell_that_shares_a_junction_follows() -> None:
    cells = squares()
    change = apply_edit(cells, MoveVertex(at(100, 100), at(110, 105)))
    assert set(change.after) == {"a", "b", "d", "e"}
    assert change.applied(cells).is_valid
    for shape in change.after.values():
        assert (110, 105) in points(shape)
        assert (100, 100) not in points(shape)


def test_the_vertex_nearest_to_the_click_is_moved() -> None:
    change = apply_edit(squares(), MoveVertex(at(100.3, 99.8), at(110, 105)))
    assert (110, 105) in points(change.after["a"])


def test_a_vertex_moved_onto_the_next_becomes_one_with_it() -> None:
    cells = apply_edit(squares(), AddVertex(at(100, 40))).applied(squares())
    change = apply_edit(cells, MoveVertex(at(100, 40), at(100, 0)))
    assert len(points(change.after["a"])) == len(points(change.after["b"])) == 4


def test_a_vertex_of_the_outer_edge_moves_the_edge() -> None:
    assert areas(apply_edit(squares(), MoveVertex(at(100, 0), at(100, -10)))) == {
        "a": 10_500, "b": 10_500,
    }  # fmt: skip


def test_a_vertex_is_put_on_the_border_of_both_cells() -> None:
    cells = squares()
    change = apply_edit(cells, AddVertex(at(100.2, 40)))
    assert (100, 40) in points(change.after["a"]) & points(change.after["b"])
    assert change.applied(cells).is_valid


def test_a_new_vertex_is_moved_to_where_it_was_dragged() -> None:
    change = apply_edit(squares(), AddVertex(at(100, 40), at(120, 40)))
    assert areas(change) == {"a": 11_000, "b": 9_000}


def test_a_vertex_is_taken_out_of_both_cells() -> None:
    cells = squares()
    bent = apply_edit(cells, AddVertex(at(100, 40), at(120, 40))).applied(cells)
    change = apply_edit(bent, DeleteVertex(at(120, 40)))
    assert shapely.equals(change.after["a"], cells.shape("a"))
    assert shapely.equals(change.after["b"], cells.shape("b"))


def test_a_border_slides_along_the_borders_that_go_straight_on() -> None:
    cells = squares(3, 3)
    wide = shapely.coverage_union_all(cells.shapes[6:8])
    tee = Coverage(
        (*cells.keys[:6], "w", "i"), as_objects([*cells.shapes[:6], wide, cells.shapes[8]])
    )
    change = apply_edit(tee, MoveBorder("d", "e", (20, 7)))
    after = change.applied(tee)
    assert after.is_valid
    assert areas(change)["w"] == 20_000  # it only gets a vertex
    assert (120, 200) in points(change.after["w"])
    assert (120, 107) in points(change.after["a"])  # borders cross here: they follow


def test_the_ends_of_a_border_stay_on_the_outer_edge() -> None:
    cells = squares(2, 1)
    change = apply_edit(cells, MoveBorder("a", "b", (30, 55)))
    assert areas(change) == {"a": 13_000, "b": 7_000}
    assert shapely.equals(shapely.union_all(change.applied(cells).shapes), box(0, 0, 200, 100))


def test_the_border_of_a_hole_moves_as_a_whole() -> None:
    outer, inner = box(0, 0, 100, 100), box(40, 40, 60, 60)
    cells = Coverage(("o", "i"), as_objects([outer - inner, inner]))
    change = apply_edit(cells, MoveBorder("i", "o", (10, 5)))
    assert shapely.equals(change.after["i"], box(50, 45, 70, 65))


def test_the_outer_border_of_a_cell_moves_with_both_ends() -> None:
    change = apply_edit(squares(3, 1), MoveBorder("a", None, (-10, 0)))
    assert areas(change)["a"] == 10_000 + 0
    assert min(x for x, _ in points(change.after["a"])) == -10


def box(x0: float, y0: float, x1: float, y1: float) -> shapely.Polygon:
    return shapely.box(EAST + x0, NORTH + y0, EAST + x1, NORTH + y1)


@pytest.mark.parametrize(
    ("edit", "name", "place"),
    [
        (MoveVertex(at(50, 50), at(60, 60)), "no_vertex_here", (50, 50)),
        (MoveVertex(at(100, 100), at(100, 100)), "nothing_changes", (100, 100)),
        (MoveVertex(at(100, 100), at(210, 100)), "folds", None),
        (MoveVertex(at(100, 100), at(150, 220)), "folds", None),
        (MoveVertex(at(100, 100), (39_500_100.0, 4_400_000.0)), "far_away", None),
        (MoveVertex(at(100, 100), (float("inf"), 0.0)), "not_finite", None),
        (AddVertex(at(50, 50)), "no_border_here", (50, 50)),
        (AddVertex(at(100, 0.005)), "vertex_exists", (100, 0.005)),
        (AddVertex(at(100, 50), at(320, 50)), "folds", None),
        (DeleteVertex(at(50, 50)), "no_vertex_here", (50, 50)),
        (DeleteVertex(at(100, 100)), "is_junction", (100, 100)),
        (DeleteVertex(at(100, 0)), "is_junction", (100, 0)),
        (MoveBorder("a", "c", (5, 0)), "no_shared_border", None),
        (MoveBorder("a", "b", (0, 0)), "nothing_changes", None),
        (MoveBorder("a", "b", (120, 0)), "folds", None),
        (MoveBorder("a", "b", (float("nan"), 0)), "not_finite", None),
        (MoveBorder("a", "b", (3e7, 0)), "far_away", None),
    ],
)  # fmt: skip
def test_what_cannot_be_moved_is_refused_at_its_place(
    edit: CellEdit, name: str, place: tuple[float, float] | None
) -> None:
    said, where = refused(squares(), edit)
    assert said == name
    assert place is None or where == place


def test_the_middle_cell_of_nine_has_no_outer_border() -> None:
    assert refused(squares(3, 3), MoveBorder("e", None, (5, 0)))[0] == "no_outer_border"


def test_a_border_does_not_pass_the_next_one() -> None:
    said, _ = refused(squares(3, 1), MoveBorder("a", "b", (110, 0)))
    assert said in {"passes_neighbour", "nothing_left"}


def test_a_triangle_keeps_its_corners() -> None:
    triangle = shapely.Polygon(line((0, 0), (50, 0), (0, 50)))
    assert refused(Coverage(("t",), as_objects([triangle])), DeleteVertex(at(0, 50)))[0] == (
        "nothing_left"
    )


def test_a_cell_dragged_flat_is_refused() -> None:
    triangle = shapely.Polygon(line((0, 0), (50, 0), (0, 50)))
    cells = Coverage(("t",), as_objects([triangle]))
    assert refused(cells, MoveVertex(at(0, 50), at(100, 0)))[0] == "nothing_left"
    assert refused(cells, MoveVertex(at(0, 50), at(25, 0.02)))[0] == "sliver"


@pytest.mark.parametrize(
    "edit",
    [
        MoveVertex(at(100, 100), at(112, 100)),
        AddVertex(at(100, 50), at(112, 50)),
        MoveBorder("a", "b", (12, 0)),
    ],
)
def test_a_border_dragged_through_a_building_is_refused_in_the_building(edit: CellEdit) -> None:
    house = box(103, 40, 115, 90)
    homes = Homes(np.array([at(110, 90)]), np.array([4.0]), as_objects([house]))
    cells = squares()
    with pytest.raises(RequestError) as caught:
        apply_edit(cells, edit, homes=homes)
    assert caught.value.code.endswith("cuts_building")
    assert shapely.covers(house, shapely.Point(caught.value.place.xy))
    beside = Homes(np.array([at(190, 90)]), np.array([4.0]), as_objects([box(185, 40, 195, 60)]))
    assert apply_edit(cells, edit, homes=beside).after


def test_a_border_along_a_wall_cuts_nothing_and_an_old_cut_stays() -> None:
    along = Homes(np.array([at(110, 90)]), np.array([4.0]), as_objects([box(112, 40, 130, 60)]))
    assert apply_edit(squares(2, 1), MoveBorder("a", "b", (12, 0)), homes=along).after
    cut = Homes(np.array([at(110, 90)]), np.array([4.0]), as_objects([box(90, 40, 130, 60)]))
    assert apply_edit(squares(2, 1), MoveBorder("a", "b", (12, 0)), homes=cut).after
