"""Measuring on the ellipsoid, against published values and against the plane."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridmap.geo import crs
from gridmap.geo.geodesic import measure_area, measure_legs

BEIJING = 4548
XY = st.tuples(st.floats(350_000, 650_000), st.floats(2_500_000, 5_800_000))


def test_a_leg_is_as_long_as_the_author_of_the_algorithm_publishes() -> None:
    jfk_to_lhr = np.array([[-73.8, 40.6], [-0.5, 51.6]])  # GeographicLib, GeodSolve's example
    legs = measure_legs(jfk_to_lhr, crs.WGS84)
    assert legs.ground_m[0] == pytest.approx(5_551_759.400, abs=5e-4)
    assert legs.bearings_deg[0] == pytest.approx(51.198882845579824, abs=1e-9)


def test_an_area_is_as_large_as_the_author_of_the_algorithm_publishes() -> None:
    antarctica = [
        (-58, -63.1), (-74, -72.9), (-102, -71.9), (-102, -74.9), (-131, -74.3), (-163, -77.5),
        (163, -77.4), (172, -71.7), (140, -65.9), (113, -65.7), (88, -66.6), (59, -66.9),
        (25, -69.8), (-4, -70.0), (-14, -71.0), (-33, -77.3), (-46, -77.9), (-61, -74.7),
    ]  # fmt: skip
    ring = np.array(antarctica, float)  # GeographicLib, PolygonArea's example
    assert measure_area(ring, crs.WGS84).ground_m2 == pytest.approx(13_662_703_680_020.1, abs=0.1)
    legs = measure_legs(np.vstack([ring, ring[:1]]), crs.WGS84)
    assert legs.ground_m.sum() == pytest.approx(16_831_067.893, abs=5e-4)


def test_on_the_central_meridian_ground_and_map_agree() -> None:
    north = np.array([[500_000, 4_400_000], [500_000, 4_401_000]], float)
    legs = measure_legs(north, BEIJING)
    assert legs.ground_m[0] == pytest.approx(1000, abs=1e-6)
    assert legs.bearings_deg[0] == pytest.approx(0, abs=1e-9)


def test_far_from_the_central_meridian_the_map_is_longer_by_the_known_scale() -> None:
    """Gauss-Krüger's scale is about 1 + d² / 2R², R the mean radius of curvature there."""
    east = 620_000.0
    legs = measure_legs(np.array([[east, 4_400_000], [east + 100, 4_400_000]]), BEIJING)
    scale = 1 + 120_050**2 / (2 * 6_373_000**2)
    assert legs.plane_m[0] / legs.ground_m[0] == pytest.approx(scale, abs=3e-7)


def test_fewer_than_two_places_have_no_legs_and_fewer_than_three_no_area() -> None:
    one = np.array([[500_000, 4_400_000]], float)
    for xy in (one[:0], one):
        assert len(measure_legs(xy, BEIJING).ground_m) == 0
    assert measure_area(np.vstack([one, one]), BEIJING).ground_m2 == 0


def test_a_leg_without_length_has_no_length_and_no_wild_bearing() -> None:
    legs = measure_legs(np.array([[500_000, 4_400_000]] * 2, float), BEIJING)
    assert (legs.ground_m[0], legs.plane_m[0], legs.bearings_deg[0]) == (0, 0, 0)


def test_an_area_does_not_depend_on_where_it_begins_nor_in_which_sense_it_goes() -> None:
    corners = [[0, 0], [300, 10], [280, 220], [40, 180]]
    ring = np.add(corners, (604_000.0, 4_296_000.0))
    sizes = [measure_area(turned, BEIJING).ground_m2 for turned in (ring, ring[::-1])]
    sizes.append(measure_area(np.roll(ring, 1, axis=0), BEIJING).ground_m2)
    assert sizes == pytest.approx([sizes[0]] * 3, rel=1e-9)


@given(XY, XY)
def test_there_and_back_is_equally_long(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    legs = measure_legs(np.array([start, end, start]), BEIJING)
    assert legs.ground_m[0] == pytest.approx(legs.ground_m[1], abs=1e-6)
    assert ((legs.bearings_deg >= 0) & (legs.bearings_deg < 360)).all()
    if legs.ground_m[0] > 0.01:  # never 0.1 % off: a zone is not that wide
        assert legs.plane_m[0] / legs.ground_m[0] == pytest.approx(1, abs=1e-3)
