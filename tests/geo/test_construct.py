import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gridmap.base.errors import RequestError
from gridmap.geo import construct

EAST, NORTH = 500_000.0, 4_420_000.0
PLACES = st.tuples(st.integers(-200, 200), st.integers(-200, 200)).map(
    lambda xy: (EAST + xy[0], NORTH + xy[1])
)


@given(PLACES, PLACES, PLACES)
@settings(max_examples=60, deadline=None)
def test_a_rectangle_has_four_right_angles_and_its_ground_on_the_left(a, b, c):
    side, depth = np.subtract(b, a), np.subtract(c, a)
    if a == b or abs(side[0] * depth[1] - side[1] * depth[0]) < 0.1:
        with pytest.raises(RequestError):
            construct.rectangle(a, b, c)
        return
    ring = construct.rectangle(a, b, c)
    legs = np.diff(np.array(ring), axis=0)
    for one, other in zip(legs, np.roll(legs, -1, axis=0), strict=True):
        assert abs(one @ other) <= 0.002 * (np.hypot(*one) + np.hypot(*other))
    assert shapely.is_ccw(shapely.LinearRing(ring))
    assert {a, b} <= set(ring)


def test_a_rectangle_without_area_is_refused():
    with pytest.raises(RequestError):
        construct.rectangle((0, 0), (5, 0))
    with pytest.raises(RequestError):
        construct.rectangle((0, 0), (5, 5), (9, 9))
    with pytest.raises(RequestError):
        construct.rectangle((1, 1), (1, 1), (9, 9))


@given(PLACES, PLACES, PLACES)
@settings(max_examples=80, deadline=None)
def test_an_arc_goes_through_its_three_points_and_keeps_to_its_circle(a, b, c):
    if a == b or b == c:
        with pytest.raises(RequestError):
            construct.arc(a, b, c)
        return
    line = construct.arc(a, b, c)
    assert (line[0], line[-1]) == (a, c)
    assert b in line
    if a == c:
        centre = np.add(a, b) / 2
    else:
        u, v = np.subtract(b, a), np.subtract(c, a)
        if abs(u[0] * v[1] - u[1] * v[0]) < 1:
            assert line == (a, b, c)
            return
        matrix = 2 * np.array([u, v])
        centre = np.array(a) + np.linalg.solve(matrix, [u @ u, v @ v])
    radius = math.dist(centre, a)
    distances = np.hypot(*(np.array(line) - centre).T)
    assert np.abs(distances - radius).max() < 0.002
    middles = (np.array(line)[1:] + np.array(line)[:-1]) / 2
    if len(line) < 700:
        assert (radius - np.hypot(*(middles - centre).T)).max() < 0.03


def test_an_arc_runs_by_the_side_on_which_the_middle_point_lies():
    north = construct.arc((0, 0), (5, 5), (10, 0))
    south = construct.arc((0, 0), (5, -5), (10, 0))
    assert max(y for _, y in north) == 5
    assert min(y for _, y in north) >= 0
    assert min(y for _, y in south) == -5


def test_an_offset_lies_beside_a_line_and_outside_a_ring():
    line = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0))
    assert construct.offset(line, 2) == ((0.0, 2.0), (8.0, 2.0), (8.0, 10.0))
    assert construct.offset(line, -2) == ((0.0, -2.0), (12.0, -2.0), (12.0, 10.0))
    ring = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
    assert shapely.Polygon(construct.offset(ring, 1)).area == 144
    assert shapely.Polygon(construct.offset(ring[::-1], 1)).area == 144
    assert shapely.Polygon(construct.offset(ring, -1)).area == 64


def test_an_offset_that_leaves_nothing_or_two_parts_is_refused():
    ring = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
    with pytest.raises(RequestError):
        construct.offset(ring, -6)
    waist = [(0, 0), (10, 0), (10, 4), (14, 4), (14, 0), (24, 0), (24, 10), (14, 10), (14, 6)]
    waist += [(10, 6), (10, 10), (0, 10), (0, 0)]
    with pytest.raises(RequestError):
        construct.offset(tuple(waist), -1.5)


@given(PLACES, st.floats(0.01, 500), st.floats(0, 359.9))
@settings(max_examples=60, deadline=None)
def test_a_length_and_a_bearing_lead_where_they_say(start, length, bearing):
    end = construct.point_at(start, length, bearing)
    assert math.dist(start, end) == pytest.approx(length, abs=0.001)
    if length > 1:
        turn = (construct.bearing_of(start, end) - bearing + 180) % 360 - 180
        assert abs(turn) < 0.1


def test_a_turn_is_clockwise_and_a_whole_one_leads_back():
    house = shapely.box(EAST, NORTH, EAST + 20, NORTH + 8)
    about = (EAST, NORTH)
    quarter = construct.turned(house, about, 90)
    assert quarter.bounds == (EAST, NORTH - 20, EAST + 8, NORTH)
    assert construct.turned(quarter, about, 270).equals_exact(house, 0.0)
    assert construct.turned(house, about, 33).area == pytest.approx(160, abs=0.1)


def test_a_leg_is_held_along_or_square_to_the_one_before():
    assert construct.right_angled((0, 0), (10, 0), (15, 1)) == (15, 0)
    assert construct.right_angled((0, 0), (10, 0), (11, -6)) == (10, -6)
    assert construct.right_angled((3, 3), (3, 3), (11, -6)) == (11, -6)


def _edges(*rings):
    return np.concatenate(
        [np.stack([np.array(ring)[:-1], np.array(ring)[1:]], axis=1) for ring in rings]
    )


def test_a_trace_follows_edges_the_shortest_way_or_the_other_way_round():
    ring = [(0.0, 0.0), (8.0, 0.0), (8.0, 6.0), (0.0, 6.0), (0.0, 0.0)]
    near = construct.trace(_edges(ring), (6.0, 0.0), (8.0, 2.0))
    far = construct.trace(_edges(ring), (6.0, 0.0), (8.0, 2.0), is_other_way=True)
    assert near == ((6, 0), (8, 0), (8, 2))
    assert far == ((6, 0), (0, 0), (0, 6), (8, 6), (8, 2))


def test_a_trace_goes_from_ring_to_ring_where_they_touch():
    one = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
    two = [(4.0, 4.0), (9.0, 4.0), (9.0, 9.0), (4.0, 4.0)]
    assert construct.trace(_edges(one, two), (4.0, 1.0), (9.0, 6.0)) == (
        (4, 1),
        (4, 4),
        (9, 4),
        (9, 6),
    )


def test_there_is_no_trace_to_where_no_edge_leads():
    one = [(0.0, 0.0), (4.0, 0.0)]
    two = [(6.0, 0.0), (9.0, 0.0)]
    assert construct.trace(_edges(one, two), (1.0, 0.0), (7.0, 0.0)) is None
    assert construct.trace(_edges(one), (1.0, 0.0), (2.0, 3.0)) is None
    assert construct.trace(np.empty((0, 2, 2)), (1.0, 0.0), (2.0, 3.0)) is None
    assert construct.trace(_edges(one), (1.0, 0.0), (3.0, 0.0), is_other_way=True) is None
