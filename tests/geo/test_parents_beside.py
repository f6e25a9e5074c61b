"""A parent whose members stay follows its neighbour on their common border, and only there."""

import numpy as np
import shapely

from gridmap.geo.coverage import Change, Coverage
from gridmap.geo.parents import follow

WEST, EAST = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)
PARENTS = Coverage(("W", "E"), np.array([WEST, EAST], object))
CELLS = Coverage(("w",), np.array([WEST], object))


def split_with(top, low):
    change = Change(
        {"w": WEST},
        {"a": shapely.Polygon(top), "b": shapely.Polygon(low)},
        {"a": ("w",), "b": ("w",)},
    )
    return follow(PARENTS, CELLS, change, dict.fromkeys("wab", "W")).after


def test_a_neighbour_gets_only_the_vertices_on_the_common_border():
    after = split_with(
        [(0, 5), (10, 5), (10, 10), (5, 10), (0, 10)],
        [(0, 0), (5, 0), (10, 0), (10, 5), (0, 5)],
    )
    noded = [(0, 0), (5, 0), (10, 0), (10, 5), (10, 10), (5, 10), (0, 10), (0, 5)]
    assert after["W"].equals_exact(shapely.Polygon(noded), 0.0, normalize=True)
    beside = [(10, 0), (20, 0), (20, 10), (10, 10), (10, 5)]
    assert after["E"].equals_exact(shapely.Polygon(beside), 0.0, normalize=True)


def test_a_neighbour_stays_where_the_common_border_does():
    after = split_with(
        [(5, 0), (10, 0), (10, 10), (5, 10)],
        [(0, 0), (5, 0), (5, 10), (0, 10)],
    )
    assert set(after) == {"W"}


def test_a_neighbour_gets_a_border_that_bends():
    after = split_with(
        [(0, 5), (10, 5), (10, 7), (10, 10), (0, 10)],
        [(0, 0), (10, 0), (10, 3), (10, 5), (0, 5)],
    )
    assert shapely.coverage_is_valid([after["W"], after["E"]])
    assert len(after["E"].exterior.coords) == 8
