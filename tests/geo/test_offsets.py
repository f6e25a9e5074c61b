"""GCJ-02 and BD-09: the pairs that others publish, and the way back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridmap.geo.offsets import DATUMS, Datum, bd09_of_metres, from_wgs84, is_shifted, to_wgs84

M_PER_DEGREE = 111_320
WITHIN = st.tuples(st.floats(73.5, 135.5), st.floats(3.5, 53.5))

# the tests of googollee/eviltransform: WGS 84, then GCJ-02
SHIFTED = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),  # wandergis/coordtransform
]


def pair(lonlat: tuple[float, float]) -> np.ndarray:
    return np.array([lonlat], float)


@pytest.mark.parametrize(("wgs84", "gcj02"), SHIFTED)
def test_gcj02_is_what_others_publish(
    wgs84: tuple[float, float], gcj02: tuple[float, float]
) -> None:
    assert from_wgs84(pair(wgs84), "gcj02")[0] == pytest.approx(gcj02, abs=1e-7)
    assert to_wgs84(pair(gcj02), "gcj02")[0] == pytest.approx(wgs84, abs=1e-7)


def test_bd09_is_what_others_publish() -> None:
    """The pair of wandergis/coordtransform, from WGS 84 on to BD-09."""
    bd09 = (116.41662724378733, 39.922699552216216)
    assert from_wgs84(pair((116.404, 39.915)), "bd09")[0] == pytest.approx(bd09, abs=1e-7)
    assert to_wgs84(pair(bd09), "bd09")[0] == pytest.approx((116.404, 39.915), abs=1e-7)


def test_the_metres_of_baidus_links_are_what_others_publish() -> None:
    """The pair of wh1100717/BaiduMapPointConverter."""
    found = bd09_of_metres(np.array([[12_958_160.97, 4_825_907.72]]))[0]
    assert found == pytest.approx((116.403874, 39.914889), abs=5e-7)


@given(WITHIN, st.sampled_from(DATUMS))
def test_the_way_back_is_exact_to_a_millimetre(lonlat: tuple[float, float], datum: Datum) -> None:
    there = from_wgs84(pair(lonlat), datum)
    back = to_wgs84(there, datum)
    assert np.abs(back - pair(lonlat)).max() * M_PER_DEGREE < 1e-3


@given(WITHIN)
def test_the_shift_is_some_hundred_metres_in_the_land_itself(lonlat: tuple[float, float]) -> None:
    shift = (from_wgs84(pair(lonlat), "gcj02") - pair(lonlat))[0] * M_PER_DEGREE
    assert 20 < np.hypot(*shift) < 1_500


def test_other_countries_are_not_shifted() -> None:
    paris = pair((2.35, 48.85))
    assert not is_shifted(paris)[0]
    assert from_wgs84(paris, "gcj02").tolist() == paris.tolist()
    assert to_wgs84(paris, "gcj02").tolist() == paris.tolist()


def test_many_places_are_moved_at_once_as_they_are_one_by_one() -> None:
    many = np.array([wgs84 for wgs84, _ in SHIFTED])
    for datum in DATUMS:
        single = np.vstack([from_wgs84(pair(tuple(one)), datum) for one in many])
        assert from_wgs84(many, datum).tolist() == single.tolist()
