"""Lengths, bearings and areas on the ground: geodesics of the ellipsoid, beside those of the map.

PROJ's geodesics are Karney's (Algorithms for geodesics, J. Geodesy 87, 2013): exact to 15 nm.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyproj
from numpy.typing import NDArray

from gridmap.geo.crs import WGS84, get_crs, transform_xy


@dataclass(frozen=True)
class Legs:
    """The n - 1 legs of a way of n places: on the ground, in which direction, and on the map.

    ``bearings_deg`` count from true north, clockwise, 0 to 360; a leg without length has 0.
    """

    ground_m: NDArray[np.float64]
    plane_m: NDArray[np.float64]
    bearings_deg: NDArray[np.float64]


@dataclass(frozen=True)
class Area:
    """How large a ring is, on the ground and on the map; its two sides may not cross."""

    ground_m2: float
    plane_m2: float


@lru_cache(maxsize=16)
def _geod(epsg: int) -> pyproj.Geod:
    geod = get_crs(epsg).get_geod()
    if geod is None:  # only a CRS without an ellipsoid has none, and no workspace is in one
        raise ValueError(f"EPSG:{epsg} has no ellipsoid")
    return geod


def _degrees(xy: NDArray[np.float64], epsg: int) -> NDArray[np.float64]:
    """Return longitude and latitude on the CRS's own ellipsoid, as (n, 2)."""
    geodetic = get_crs(epsg).geodetic_crs
    code = geodetic.to_epsg() if geodetic is not None else None
    return transform_xy(xy, epsg, code or WGS84)


def measure_legs(xy: NDArray[np.float64], epsg: int) -> Legs:
    """Measure the legs of a way; ``xy`` is (n, 2), in metres in the CRS ``epsg``."""
    if len(xy) < 2:
        none = np.empty(0, np.float64)
        return Legs(none, none, none)
    lonlat = _degrees(xy, epsg)
    start, end = lonlat[:-1], lonlat[1:]
    forward, _, ground = _geod(epsg).inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    length = np.asarray(ground, np.float64)
    bearings = np.where(length > 0, np.mod(np.asarray(forward, np.float64), 360.0), 0.0)
    way = np.diff(xy, axis=0)
    return Legs(length, np.hypot(way[:, 0], way[:, 1]), bearings)


def measure_area(xy: NDArray[np.float64], epsg: int) -> Area:
    """Measure a ring of n corners, the first not repeated; in metres in the CRS ``epsg``."""
    if len(xy) < 3:
        return Area(0.0, 0.0)
    lonlat = _degrees(xy, epsg)
    signed, _ = _geod(epsg).polygon_area_perimeter(lonlat[:, 0], lonlat[:, 1])
    x, y = (xy - xy[0]).T  # near the origin, or the products would lose the last digits
    plane = abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2
    return Area(abs(float(signed)), plane)
