"""The coordinates of Chinese phone maps: GCJ-02 and BD-09, to WGS 84 and back.

Law has maps for the public shifted: GCJ-02 (高德, 腾讯) moves a place by 100 to 700 m, and BD-09
(百度) moves it again by about 1 km. The formulas are the ones that became public with the open
source projects eviltransform and coordtransform (both after "ChinaMapShift" and the article of
coolypf, 2013). The way back is found by iteration, to less than a millimetre.

BD-09's metres ("bd09mc", in the links of Baidu's map) are tabled polynomials; they are those of a
Mercator projection of Clarke's ellipsoid of 1866, from which they differ by less than 3 cm
between 15° and 45° north (computed from the published tables).
"""

from collections.abc import Callable
from functools import cache
from typing import Literal, get_args

import numpy as np
import pyproj
from numpy.typing import NDArray

Datum = Literal["wgs84", "gcj02", "bd09"]
"""WGS 84 stands for CGCS2000 as well: the two differ by less than a metre."""
DATUMS: tuple[Datum, ...] = get_args(Datum)

_Degrees = NDArray[np.float64]
_AXIS_M = 6378245.0  # of Krasovsky's ellipsoid
_ECCENTRICITY2 = 0.00669342162296594323
_SHIFTED = (72.004, 0.8293, 137.8347, 55.8271)
_TURN = np.pi * 3000.0 / 180.0
_BD09_LON, _BD09_LAT = 0.0065, 0.006
_CLOSE_DEG = 1e-11
_MOST_STEPS = 40


def is_shifted(lonlat: _Degrees) -> NDArray[np.bool_]:
    """Return for each (longitude, latitude) whether GCJ-02 moves it: roughly, in China."""
    west, south, east, north = _SHIFTED
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def from_wgs84(lonlat: _Degrees, datum: Datum) -> _Degrees:
    """Return places of WGS 84, (n, 2) degrees, as another datum has them."""
    if datum == "wgs84":
        return lonlat
    shifted = np.where(is_shifted(lonlat)[:, None], lonlat + _gcj02_shift(lonlat), lonlat)
    return shifted if datum == "gcj02" else _bd09_of_gcj02(shifted)


def to_wgs84(lonlat: _Degrees, datum: Datum) -> _Degrees:
    """Return places of a datum, (n, 2) degrees, in WGS 84."""
    if datum == "wgs84":
        return lonlat
    if datum == "bd09":
        lonlat = _inverted(lambda found: _bd09_of_gcj02(found) - found, lonlat)
    return np.where(is_shifted(lonlat)[:, None], _inverted(_gcj02_shift, lonlat), lonlat)


def bd09_of_metres(xy: _Degrees) -> _Degrees:
    """Return BD-09 degrees of Baidu's metres, both (n, 2), east first."""
    lon, lat = _bd09_mercator()(xy[:, 0], xy[:, 1], inverse=True)
    return np.column_stack([lon, lat])


@cache
def _bd09_mercator() -> pyproj.Proj:
    return pyproj.Proj("+proj=merc +ellps=clrk66")


def _gcj02_shift(lonlat: _Degrees) -> _Degrees:
    """Return by how much GCJ-02 moves places of WGS 84, in degrees."""
    x, y = lonlat[:, 0] - 105.0, lonlat[:, 1] - 35.0
    root = np.sqrt(np.abs(x))
    ripple = 20.0 * (np.sin(6.0 * np.pi * x) + np.sin(2.0 * np.pi * x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (ripple + _waves(y, (20.0, 1.0), (40.0, 3.0), (160.0, 12.0), (320.0, 30.0))) / 1.5
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (ripple + _waves(x, (20.0, 1.0), (40.0, 3.0), (150.0, 12.0), (300.0, 30.0))) / 1.5
    latitude = np.radians(lonlat[:, 1])
    flat = 1.0 - _ECCENTRICITY2 * np.sin(latitude) ** 2
    meridian_m = _AXIS_M * (1.0 - _ECCENTRICITY2) / flat**1.5
    parallel_m = _AXIS_M / np.sqrt(flat) * np.cos(latitude)
    return np.degrees(np.column_stack([east / parallel_m, north / meridian_m]))


def _waves(value: _Degrees, *waves: tuple[float, float]) -> _Degrees:
    total = np.zeros_like(value)
    for height, length in waves:
        total += height * np.sin(value * np.pi / length)
    return total


def _bd09_of_gcj02(lonlat: _Degrees) -> _Degrees:
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _TURN)
    return np.column_stack([radius * np.cos(angle) + _BD09_LON, radius * np.sin(angle) + _BD09_LAT])


def _inverted(shift: Callable[[_Degrees], _Degrees], moved: _Degrees) -> _Degrees:
    """Return the places that ``shift`` moves to ``moved``.

    The shift changes by at most 2 % of the way, so each step is fifty times nearer.
    """
    found = moved
    for _ in range(_MOST_STEPS):
        better = moved - shift(found)
        is_close = bool(np.all(np.abs(better - found) < _CLOSE_DEG))
        found = better
        if is_close:
            break
    return found
