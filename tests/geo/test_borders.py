import numpy as np
import pytest
import shapely
from tests.geo.tilings import EAST, NORTH, district, line, squares

from gridmap.geo.borders import Borders, find_arc, find_arcs, junctions
from gridmap.geo.coverage import Coverage
from gridmap.geo.features import as_objects


def relative(xy: np.ndarray) -> list[tuple[float, float]]:
    return [(round(float(x) - EAST, 3), round(float(y) - NORTH, 3)) for x, y in xy]


def test_twins_are_the_same_edge_the_other_way() -> None:
    borders = Borders.of(district(1))
    inner = np.flatnonzero(borders.twin >= 0)
    twin = borders.twin[inner]
    assert (borders.twin[twin] == inner).all()
    assert (borders.mm[inner] == borders.mm[borders.after[twin]]).all()
    assert (borders.mm[borders.after[inner]] == borders.mm[twin]).all()
    assert (borders.cell[inner] != borders.cell[twin]).all()


def test_the_outer_edge_is_the_outline_of_all() -> None:
    cells = district(2)
    borders = Borders.of(cells)
    outer = np.flatnonzero(borders.twin < 0)
    ways = borders.mm[borders.after[outer]] - borders.mm[outer]
    outline = shapely.boundary(shapely.union_all(cells.shapes))
    assert np.hypot(*ways.T).sum() / 1000 == pytest.approx(float(shapely.length(outline)))


def test_each_edge_follows_the_one_before_it() -> None:
    borders = Borders.of(district(3))
    everyone = np.arange(len(borders.mm))
    assert (borders.after[borders.before] == everyone).all()
    assert (borders.cell[borders.after] == borders.cell).all()
    rings = [ring for cell in range(len(district(3))) for ring in borders.rings(cell)]
    assert sorted(np.concatenate(rings).tolist()) == everyone.tolist()


def test_the_border_of_two_cells_runs_from_junction_to_junction() -> None:
    arc = find_arc(squares(), "a", "b")
    assert arc is not None
    assert relative(shapely.get_coordinates(arc)) == [(100, 0), (100, 100)]


def test_cells_may_share_several_borders_and_the_longest_comes_first() -> None:
    fork = shapely.Polygon(
        line((0, 0), (30, 0), (30, 10), (10, 10), (10, 20), (30, 20), (30, 50), (0, 50))
    )
    tongue = shapely.Polygon(line((30, 0), (60, 0), (60, 50), (30, 50), (30, 20), (30, 10)))
    arcs = find_arcs(Coverage(("f", "t"), as_objects([fork, tongue])), "f", "t")
    assert [arc.length for arc in arcs] == [30, 10]


def test_the_border_of_a_hole_is_a_closed_one() -> None:
    outer = shapely.Polygon(line((0, 0), (100, 0), (100, 100), (0, 100)))
    inner = shapely.Polygon(line((40, 40), (60, 40), (60, 60), (40, 60)))
    arc = find_arc(Coverage(("o", "i"), as_objects([outer - inner, inner])), "o", "i")
    assert arc is not None
    assert arc.is_closed
    assert arc.length == 80


def test_the_outer_edge_of_a_cell_is_found_and_none_where_there_is_none() -> None:
    cells = squares(3, 3)
    outer = find_arc(cells, "b", None)
    assert outer is not None
    assert relative(shapely.get_coordinates(outer)) == [(100, 0), (200, 0)]
    assert find_arc(cells, "e", None) is None
    assert find_arc(cells, "a", "e") is None


def test_junctions_are_where_three_borders_meet() -> None:
    places = relative(junctions(squares()))
    assert sorted(places) == [
        (0, 100), (100, 0), (100, 100), (100, 200), (200, 0), (200, 100), (200, 200), (300, 100),
    ]  # fmt: skip


def test_the_nearest_vertex_and_edge_are_found_within_reach() -> None:
    borders = Borders.of(squares())
    place = (int(EAST * 1000) + 100_300, int(NORTH * 1000) + 40_000)
    assert borders.find_vertex(place, 1_000) is None
    found = borders.find_edge(place, 1_000)
    assert found is not None
    assert found[1] == (place[0] - 300, place[1])
    assert borders.find_edge(place, 200) is None


def test_nothing_has_no_borders() -> None:
    borders = Borders.of(Coverage((), as_objects([])))
    assert len(borders.mm) == len(borders.degree) == len(borders.outer_codes()) == 0
    assert borders.find_vertex((0, 0), 1e9) is None
    assert borders.find_edge((0, 0), 1e9) is None
