"""Coordinates are where they should be, to the centimetre."""

import numpy as np
import pytest
import shapely

from gridmap.base.errors import RequestError
from gridmap.geo import crs

BEIJING = np.array([[116.447, 39.968]])
IN_4548 = np.array([[452_755.03, 4_426_122.39]])


def test_a_known_point_lies_where_it_should():
    assert crs.transform_xy(BEIJING, 4490, 4548) == pytest.approx(IN_4548, abs=0.01)
    assert crs.transform_xy(IN_4548, 4548, 4490) == pytest.approx(BEIJING, abs=1e-7)


@pytest.mark.parametrize("source", [4326, 4490, "EPSG:4326"])
def test_east_comes_first_whatever_the_crs_says_itself(source):
    (east, north), *_ = crs.transform_xy(BEIJING, source, 4548)
    assert 4e5 < east < 5e5
    assert 4.4e6 < north < 4.5e6


def test_a_hectare_is_measured_on_the_ground_not_on_web_mercator():
    metres = np.array([[0, 0], [100, 0], [100, 100], [0, 100]]) + IN_4548
    there = shapely.polygons(crs.transform_xy(metres, 4548, 3857))
    back = crs.transform(np.array([there, None], object)[:1], 3857, 4548)
    assert shapely.area(there) == pytest.approx(17_020, abs=60)  # inflated by 1.70
    assert shapely.area(back)[0] == pytest.approx(10_000, abs=0.1)


def test_a_cell_of_9989_m2_is_measured_so():
    west, south = IN_4548[0]
    cell = shapely.box(west, south, west + 99.89, south + 100.0)
    lonlat = crs.transform(np.array([cell, None], object)[:1], 4548, 4326)
    again = crs.on_grid(crs.transform(lonlat, 4326, 4548))
    assert shapely.area(again)[0] == pytest.approx(9_989, abs=0.01)


@pytest.mark.parametrize(
    ("longitude", "epsg"),
    [
        (73.5, 4534), (75.0, 4534), (76.4, 4534), (76.6, 4535), (87.6, 4538), (104.06, 4544),
        (113.26, 4547), (116.4, 4548), (115.6, 4548), (118.4, 4548), (118.6, 4549), (121.47, 4549),
        (135.0, 4554), (136.5, 4554),
    ],
)  # fmt: skip
def test_the_zone_is_that_of_the_nearest_meridian(longitude, epsg):
    assert crs.zone_of(longitude) == epsg
    meridian = 75 + 3 * (epsg - 4534)
    assert crs.transform_xy(np.array([[meridian, 40.0]]), 4490, epsg)[0, 0] == pytest.approx(
        500_000
    )


@pytest.mark.parametrize("longitude", [0.0, -116.4, 73.4, 136.6, 180.0, float("nan")])
def test_a_longitude_outside_china_has_no_zone(longitude):
    with pytest.raises(RequestError) as caught:
        crs.zone_of(longitude)
    assert caught.value.code == "geo.longitude_outside_china"


@pytest.mark.parametrize("epsg", [4534, 4548, 4554, 32650, 2383])
def test_projected_systems_in_metres_are_taken(epsg):
    crs.ensure_metric(epsg)


@pytest.mark.parametrize("epsg", [4326, 4490, 3857, 2249])
def test_degrees_feet_and_web_mercator_are_not(epsg):
    with pytest.raises(RequestError) as caught:
        crs.ensure_metric(epsg)
    assert caught.value.code == "geo.crs_not_in_metres"


@pytest.mark.parametrize("name", [0, -1, 999_999, "nonsense", ""])
def test_a_crs_that_does_not_exist_is_named(name):
    with pytest.raises(RequestError) as caught:
        crs.get_crs(name)
    assert caught.value.code == "geo.unknown_crs"


def test_nothing_to_transform_stays_nothing():
    empty = np.empty((0, 2))
    assert crs.transform_xy(empty, 4326, 4548) is empty
    none = np.array([None, None], object)
    assert shapely.is_missing(crs.transform(none, 4326, 4548)).all()


def test_what_cannot_be_transformed_is_infinite():
    assert np.isinf(crs.transform_xy(np.array([[1e9, 1e9]]), 4548, 4326)).all()


def test_heights_are_dropped():
    high = np.array([shapely.Point(116.447, 39.968, 50.0), None], object)[:1]
    assert not shapely.has_z(crs.transform(high, 4326, 4548))[0]


def test_the_grid_is_a_millimetre():
    rough = np.array([shapely.LineString([(0.00049, 1.00051), (1 / 3, 2 / 3)]), None], object)[:1]
    xy = shapely.get_coordinates(crs.on_grid(rough))
    assert xy.tolist() == [[0.0, 1.001], [0.333, 0.667]]
    assert crs.GRID_M == 0.001
