"""Coordinate systems: the zone of a place, and transforms with east before north."""

from functools import lru_cache

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError

from gridmap.base.errors import RequestError
from gridmap.geo import texts
from gridmap.geo.features import Geometries

WGS84 = 4326
WEB_MERCATOR = 3857
FIRST_ZONE = 4534  # CGCS2000 / 3-degree Gauss-Kruger CM 75E; one more for each 3 degrees
LAST_ZONE = 4554  # CM 135E
_FIRST_MERIDIAN = 75
_ZONE_WIDTH = 3
GRID_M = 0.001
"""Coordinates are kept on this grid, in metres: borders equal in mathematics but not in the
last bit are found torn (seen: 396 of 10,000 cells)."""


def zone_of(longitude: float) -> int:
    """Return the EPSG code of the CGCS2000 3-degree zone (by meridian) of a longitude.

    Raises:
        RequestError: no zone of China holds the longitude.
    """
    if not 73.5 <= longitude <= 136.5:
        raise RequestError(texts.longitude_outside_china(longitude=longitude))
    return FIRST_ZONE + min(
        round((longitude - _FIRST_MERIDIAN) / _ZONE_WIDTH), LAST_ZONE - FIRST_ZONE
    )


_MERIDIAN_BY_PROVINCE = {  # the zone of the capital; a province may lie in more than one
    "11": 117, "12": 117, "13": 114, "14": 114, "15": 111, "21": 123, "22": 126, "23": 126,
    "31": 120, "32": 120, "33": 120, "34": 117, "35": 120, "36": 117, "37": 117, "41": 114,
    "42": 114, "43": 114, "44": 114, "45": 108, "46": 111, "50": 108, "51": 105, "52": 108,
    "53": 102, "54": 90, "61": 108, "62": 105, "63": 102, "64": 105, "65": 87, "71": 120,
    "81": 114, "82": 114,
}  # fmt: skip
_DEFAULT_MERIDIAN = 117


def zone_of_division(code: str) -> int:
    """Return the EPSG code of the zone in which a division code's province has its capital."""
    meridian = _MERIDIAN_BY_PROVINCE.get(code.strip()[:2], _DEFAULT_MERIDIAN)
    return zone_of(meridian)


@lru_cache(maxsize=64)
def get_crs(crs: int | str) -> pyproj.CRS:
    """Return the CRS of an EPSG code or a WKT text.

    Raises:
        RequestError: the code or text names no CRS.
    """
    try:
        return pyproj.CRS.from_user_input(crs)
    except CRSError as error:
        raise RequestError(texts.unknown_crs(crs=str(crs)[:80])) from error


def ensure_metric(epsg: int) -> None:
    """Refuse a CRS that is not projected in metres.

    Raises:
        RequestError: it is unknown, geographic, or in other units.
    """
    crs = get_crs(epsg)
    is_metric = crs.is_projected and all(axis.unit_name == "metre" for axis in crs.axis_info)
    if not is_metric or epsg == WEB_MERCATOR:  # Web Mercator's metres are not the ground's
        raise RequestError(texts.crs_not_in_metres(epsg=epsg))


@lru_cache(maxsize=64)
def _transformer(source: int | str, target: int | str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(get_crs(source), get_crs(target), always_xy=True)


def transform_xy(
    xy: NDArray[np.float64], source: int | str, target: int | str
) -> NDArray[np.float64]:
    """Return (n, 2) coordinates in ``target``, east (or longitude) first on both sides.

    What cannot be transformed comes back as infinity.
    """
    if source == target or len(xy) == 0:
        return xy
    x, y = _transformer(source, target).transform(xy[:, 0], xy[:, 1])
    return np.column_stack([x, y])


def transform(geometries: Geometries, source: int | str, target: int | str) -> Geometries:
    """Return the geometries in ``target``; Z and M are dropped."""
    moved: Geometries = shapely.transform(geometries, lambda xy: transform_xy(xy, source, target))
    return moved


def on_grid(geometries: Geometries) -> Geometries:
    """Return the geometries with their vertices rounded to the 1 mm grid, none removed."""
    rounded: Geometries = shapely.transform(geometries, lambda xy: np.round(xy, 3))
    return rounded
