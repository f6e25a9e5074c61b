"""Where the rows of a ledger are: columns of coordinates, or of WKT, made into geometries."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.messages import Text
from gridmap.exchange import texts
from gridmap.exchange.source import is_none, objects
from gridmap.geo.features import Geometries

_LON = ("lon", "lng", "long", "longitude", "经度", "坐标经度", "中心经度")
_LAT = ("lat", "latitude", "纬度", "坐标纬度", "中心纬度")
_EAST = ("东坐标", "easting", "east", "东", "横坐标")
_NORTH = ("北坐标", "northing", "north", "北", "纵坐标")
_X = ("x", "x坐标", "坐标x", "xcoor", "xcoord", "pointx", "coordx")
_Y = ("y", "y坐标", "坐标y", "ycoor", "ycoord", "pointy", "coordy")
_WKT = ("wkt", "geom", "geometry", "thegeom", "坐标", "几何", "shape")
_DATUM_MARKS = re.compile(r"(wgs84|wgs|gcj02|gcj|bd09|bd09ll|cgcs2000|2000)$")
_WKT_START = re.compile(
    r"\s*(SRID=\d+;)?\s*(POINT|LINESTRING|POLYGON|MULTI|GEOMETRYCOLLECTION)", re.IGNORECASE
)
_DEGREES = re.compile(
    r"""^\s*[NESW东北]?\s*(\d{1,3})\s*[°度]\s*(\d{1,2})\s*['′分]\s*"""
    r"""(\d{1,2}(?:\.\d+)?)?\s*(?:"|″|''|′′|秒)?\s*[NE东北]?\s*$"""
)
# In Chinese surveying X is north. In metres, norths of China are 1.5 to 6.2 million, easts below
# 1 million, or above 13 million with the zone in front; so the two cannot be taken for each other.
_NORTH_RANGE = (1_500_000, 6_200_000)
_EAST_PLAIN = (100_000, 1_000_000)
_EAST_WITH_ZONE = 13_000_000
_LON_OF_CHINA = (70, 140)
_LAT_OF_CHINA = (15, 56)


@dataclass(frozen=True)
class Placed:
    """Geometries of a ledger's rows, which columns they came from, what could not be read."""

    geometry: Geometries | None
    used: tuple[str, ...]
    is_lonlat: bool
    """Whether the columns' names say longitude and latitude."""
    notes: tuple[Text, ...]
    unreadable: Mapping[int, Text]


def place(columns: Mapping[str, NDArray[Any]]) -> Placed:
    """Return the geometries that the columns of a ledger describe, if any do."""
    names = list(columns)
    for xs, ys, is_lonlat, may_swap in (
        (_LON, _LAT, True, False),
        (_EAST, _NORTH, False, False),
        (_X, _Y, False, True),
    ):
        x, y = _find(names, xs), _find(names, ys)
        if x is not None and y is not None:
            return _points(columns, x, y, is_lonlat=is_lonlat, may_swap=may_swap)
    wkt = _find(names, _WKT)
    if wkt is not None and _holds_wkt(columns[wkt]):
        return _shapes(columns[wkt], wkt)
    return Placed(None, (), False, (), {})


def _find(names: Sequence[str], wanted: Sequence[str]) -> str | None:
    plain = {_plain(name): name for name in reversed(names)}
    return next((plain[each] for each in wanted if each in plain), None)


def _plain(name: str) -> str:
    """Return a heading without case, marks, units and the name of a datum."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = re.sub(r"\(.*?\)|[\s_\-.:/]", "", text)
    return _DATUM_MARKS.sub("", text) or text


def _points(
    columns: Mapping[str, NDArray[Any]], x: str, y: str, *, is_lonlat: bool, may_swap: bool
) -> Placed:
    xy = np.column_stack([_numbers(columns[x]), _numbers(columns[y])])
    blank = is_none(columns[x]) & is_none(columns[y])
    notes: list[Text] = [texts.coordinates_from(x=x, y=y)]
    if may_swap and _is_north_first(xy):
        xy = xy[:, ::-1]
        notes.append(texts.north_first(x=x, y=y))
    unread = np.isnan(xy).any(axis=1) & ~blank
    geometry = np.full(len(xy), None, object)
    geometry[~np.isnan(xy).any(axis=1)] = shapely.points(xy[~np.isnan(xy).any(axis=1)])
    unreadable = {
        position: texts.coordinates_unreadable(
            x=_shown(columns[x][position]), y=_shown(columns[y][position])
        )
        for position in np.flatnonzero(unread).tolist()
    }
    return Placed(geometry, (x, y), is_lonlat, tuple(notes), unreadable)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:40]


def _numbers(column: NDArray[Any]) -> NDArray[np.float64]:
    """Return a column as floats, NaN where blank or no number; 116°26′49″ is understood."""
    try:
        return np.array([np.nan if v is None else v for v in column.tolist()], object).astype(
            np.float64
        )
    except (TypeError, ValueError):
        return np.array([_number(value) for value in column.tolist()], np.float64)


def _number(value: Any) -> float:
    if value is None or isinstance(value, bool):
        return float("nan")
    text = unicodedata.normalize("NFKC", str(value)).strip()
    try:
        return float(text)
    except ValueError:
        pass
    degrees = _DEGREES.match(text)
    if degrees is None:
        return float("nan")
    d, m, s = (float(part) if part else 0.0 for part in degrees.groups())
    return d + m / 60 + s / 3600


def _is_north_first(xy: NDArray[np.float64]) -> bool:
    finite = xy[np.isfinite(xy).all(axis=1)]
    if not len(finite):
        return False
    x, y = np.median(finite, axis=0)
    if _LAT_OF_CHINA[0] <= x <= _LAT_OF_CHINA[1] and _LON_OF_CHINA[0] <= y <= _LON_OF_CHINA[1]:
        return True
    is_east = _EAST_PLAIN[0] <= y <= _EAST_PLAIN[1] or y >= _EAST_WITH_ZONE
    return bool(_NORTH_RANGE[0] <= x <= _NORTH_RANGE[1] and is_east)


def _holds_wkt(column: NDArray[Any]) -> bool:
    filled = [value for value in column.tolist() if value is not None][:20]
    return any(isinstance(value, str) and _WKT_START.match(value) for value in filled)


def _shapes(column: NDArray[Any], name: str) -> Placed:
    plain = objects(
        [re.sub(r"^\s*SRID=\d+;", "", str(v)) if v is not None else None for v in column.tolist()]
    )
    geometry = shapely.force_2d(shapely.from_wkt(plain, on_invalid="ignore"))
    unread = np.flatnonzero(shapely.is_missing(geometry) & ~is_none(plain))
    unreadable = {position: texts.geometry_unreadable() for position in unread.tolist()}
    return Placed(geometry, (name,), False, (texts.geometry_from(column=name),), unreadable)
