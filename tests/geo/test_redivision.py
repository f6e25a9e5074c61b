"""One division beside another: which shapes are the same, what is torn, what goes where."""

import numpy as np
import pytest
import shapely

from gridmap.geo import redivision
from gridmap.geo.features import as_objects
from gridmap.geo.headcount import Homes


def squares(*places):
    return as_objects([shapely.box(x, y, x + 10, y + 10) for x, y in places])


def test_a_ring_that_begins_elsewhere_is_the_same_and_a_millimetre_is_not():
    one = squares((0, 0))[0]
    turned = shapely.Polygon([*one.exterior.coords[2:-1], *one.exterior.coords[:3]])
    moved = shapely.box(0.001, 0, 10.001, 10)
    same = redivision.same_shapes(as_objects([one, one, one]), as_objects([one, turned, moved]))
    assert same.tolist() == [True, True, False]


def test_all_ground_and_all_homes_are_told_once():
    before = dict(zip("ab", squares((0, 0), (10, 0)), strict=True))
    after = {"c": shapely.box(0, 0, 5, 10), "d": shapely.box(5, 0, 20, 10)}
    homes = Homes(
        np.array([[2.0, 2.0], [7.0, 2.0], [15.0, 2.0], [99.0, 2.0]]), np.array([1.0, 2, 4, 8])
    )
    found = {
        (flow.source, flow.target): (flow.area_m2, flow.households)
        for flow in redivision.flows(before, after, homes)
    }
    assert found == {("a", "c"): (50.0, 1), ("a", "d"): (50.0, 2), ("b", "d"): (100.0, 4)}


def test_a_hole_and_an_overlap_are_tears_and_growing_at_the_rim_is_none():
    was = squares(
        (0, 0), (10, 0), (20, 0), (0, 10), (10, 10), (20, 10), (0, 20), (10, 20), (20, 20)
    )
    without_middle = was[[n for n in range(9) if n != 4]]
    torn = redivision.new_tears(was, without_middle)
    assert torn.equals(was[4])
    assert redivision.new_tears(without_middle, without_middle) is None  # it was there before
    larger = was.copy()
    larger[2] = shapely.Polygon([(20, 0), (35, 0), (35, 10), (30, 10), (20, 10)])
    assert redivision.new_tears(was, larger) is None
    over = was.copy()
    over[0] = shapely.box(0, 0, 11, 10)
    assert redivision.new_tears(was, over).distance(shapely.Point(11, 5)) < 6


@pytest.mark.parametrize(("by", "has"), [(0.0, False), (0.01, False), (0.2, True)])
def test_a_cell_has_moved_by_more_than_a_vertex(by, has):
    one = shapely.box(0, 0, 10, 10)
    assert redivision.has_moved(one, shapely.box(0, 0, 10 + by, 10)) is has
