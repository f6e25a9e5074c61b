"""Households go with their buildings."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gridmap.geo.headcount import moved_households
from gridmap.geo.homes import Homes

WHOLE = shapely.box(0, 0, 10, 2)
TWO = {"x": shapely.box(0, 0, 5, 2), "y": shapely.box(5, 0, 10, 2)}
HOMES = Homes(np.array([[1.0, 1.0], [9.0, 1.0]]), np.array([10.0, 30.0]))
NOBODY = Homes()


def test_a_count_at_the_door_is_divided_as_the_buildings_are():
    assert moved_households({"a": WHOLE}, TWO, {"a": 40}, HOMES) == {"x": 10, "y": 30}
    assert moved_households({"a": WHOLE}, TWO, {"a": 41}, HOMES) == {"x": 10, "y": 31}


def test_without_a_count_the_buildings_count():
    assert moved_households({"a": WHOLE}, TWO, {"a": None}, HOMES) == {"x": 10, "y": 30}
    assert moved_households({"a": WHOLE}, TWO, {"a": None}, NOBODY) == {"x": None, "y": None}


def test_without_buildings_the_ground_counts():
    parts = {"x": shapely.box(0, 0, 2, 2), "y": shapely.box(2, 0, 10, 2)}
    assert moved_households({"a": WHOLE}, parts, {"a": 41}, NOBODY) == {"x": 8, "y": 33}


def test_an_area_that_keeps_its_buildings_keeps_its_number():
    after = {"x": shapely.box(0, 0, 8, 2), "y": shapely.box(8, 0, 10, 2)}
    assert moved_households(TWO, after, {"x": 7, "y": 100}, HOMES) == {"x": 7, "y": 100}


def test_ground_from_outside_brings_its_buildings():
    assert moved_households({"x": TWO["x"]}, {"x": WHOLE}, {"x": 7}, HOMES) == {"x": 37}
    assert moved_households({}, {"z": WHOLE}, {}, HOMES) == {"z": 40}


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 50)), max_size=12),
    st.integers(0, 500),
    st.floats(0.5, 9.5),
)
def test_nothing_is_lost_or_counted_twice(places, counted, cut):
    homes = Homes(
        np.array([[x + 0.5, 1.0] for x, _ in places]).reshape(-1, 2),
        np.array([people for _, people in places], float),
    )
    parts = {"x": shapely.box(0, 0, cut, 2), "y": shapely.box(cut, 0, 10, 2)}
    split = moved_households({"a": WHOLE}, parts, {"a": counted}, homes)
    assert sum(split.values()) == counted
    merged = moved_households(parts, {"b": WHOLE}, split, homes)
    assert merged == {"b": counted}
