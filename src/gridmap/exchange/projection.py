"""Which CRS a file's coordinates are in: said, written, or recognised where that is safe."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError

from gridmap.base.errors import InputError, Place
from gridmap.base.messages import Text
from gridmap.exchange import texts
from gridmap.geo.crs import WGS84, get_crs
from gridmap.geo.features import Geometries

_MIN_CONFIDENCE = 70
_FIRST_3_DEGREE_ZONE, _LAST_3_DEGREE_ZONE = 25, 45
_EPSG_BEFORE_ZONE_25 = 4488  # CGCS2000 / 3-degree Gauss-Kruger zone n is 4488 + n
_MOSTLY = 0.5
# Extent of Beijing's local system, see DOMAIN 3.1: these numbers fit no 3-degree zone.
_LOCAL_EAST = (371_987, 624_459)
_LOCAL_NORTH = (252_921, 423_400)
_GCJ_MARKS = ("gcj", "火星")
_BD_MARKS = ("bd09", "bd-09", "百度", "baidu")


@dataclass(frozen=True)
class CrsDecision:
    """An EPSG code, else WKT; None where nothing has a place. And what to tell."""

    crs: int | str | None
    notes: tuple[Text, ...] = ()


def decide(
    path: Path,
    geometry: Geometries | None,
    *,
    given: int | None,
    found: str | None,
    is_default: bool,
) -> CrsDecision:
    """Decide the CRS of a layer.

    Args:
        path: the file, for the sentences.
        geometry: the layer's geometries.
        given: what the user says; it wins.
        found: what the file says (EPSG:n or WKT).
        is_default: ``found`` is only the format's rule, not this file's word.

    Raises:
        InputError: nobody says it and it cannot be told, or the coordinates cannot be in it.
        RequestError: ``given`` is no CRS.
    """
    bounds = _bounds(geometry)
    if given is not None:
        get_crs(given)
    if bounds is None:
        return CrsDecision(given)
    said = _identify(found)
    notes: tuple[Text, ...] = ()
    if given is not None:
        if said is not None and said != given and not is_default:
            notes = (texts.crs_overridden(given=given, found=_name(said)),)
        crs: int | str = given
    elif said is not None and not (is_default and not _looks_like_lonlat(bounds)):
        crs = said
    elif _looks_like_lonlat(bounds):
        crs, notes = WGS84, (texts.crs_assumed(epsg=WGS84),)
    else:
        raise InputError(_crs_missing(path, bounds), place=Place(file=path))
    if get_crs(crs).is_geographic and not _looks_like_lonlat(bounds):
        x, y = _middle(bounds)
        sentence = texts.crs_does_not_fit(file=path.name, crs=_name(crs), x=x, y=y)
        raise InputError(sentence, place=Place(file=path))
    return CrsDecision(crs, (*notes, *offset_hint([path.stem])))


def offset_hint(names: Sequence[str]) -> tuple[Text, ...]:
    """Return a note where names of files or columns say that positions are GCJ-02 or BD-09."""
    said = " ".join(names).casefold()
    if any(mark in said for mark in _BD_MARKS):
        return (texts.offset_suspected(system="BD-09"),)
    if any(mark in said for mark in _GCJ_MARKS):
        return (texts.offset_suspected(system="GCJ-02"),)
    return ()


def _bounds(geometry: Geometries | None) -> NDArray[np.float64] | None:
    """Return the (n, 4) bounds of the geometries that have finite ones, None where none has."""
    if geometry is None:
        return None
    bounds = shapely.bounds(geometry)
    finite = bounds[np.isfinite(bounds).all(axis=1)]
    return finite if len(finite) else None


def _looks_like_lonlat(bounds: NDArray[np.float64]) -> bool:
    """Return whether more than half of the rows lie where longitudes and latitudes can.

    Not all of them must: a row with a slip of the keyboard is refused later, by itself.
    """
    inside = (np.abs(bounds) <= [180, 90, 180, 90]).all(axis=1)
    return bool(inside.mean() > _MOSTLY)


def _identify(found: str | None) -> int | str | None:
    """Return the EPSG code of what a file says, its WKT where no code fits well, or None."""
    if not found:
        return None
    try:
        crs = pyproj.CRS.from_user_input(found)
    except CRSError:
        return None
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    if crs.is_engineering or crs.name.lower().startswith(("undefined", "unknown engineering")):
        return None
    if crs.is_geocentric:
        return None
    epsg = crs.to_epsg(min_confidence=_MIN_CONFIDENCE)
    return epsg if epsg is not None else crs.to_wkt()


def _name(crs: int | str) -> str:
    return f"EPSG:{crs}" if isinstance(crs, int) else get_crs(crs).name


def _middle(bounds: NDArray[np.float64]) -> tuple[float, float]:
    x, y = np.median(bounds[:, :2], axis=0)
    return float(x), float(y)


def _crs_missing(path: Path, bounds: NDArray[np.float64]) -> Text:
    """Return the sentence that asks for the CRS, with what the numbers look like."""
    x, y = _middle(bounds)
    zone = math.floor(x / 1_000_000)
    if _FIRST_3_DEGREE_ZONE <= zone <= _LAST_3_DEGREE_ZONE:
        epsg = _EPSG_BEFORE_ZONE_25 + zone
        return texts.crs_missing_zone(file=path.name, x=x, y=y, zone=zone, epsg=epsg)
    if _LOCAL_EAST[0] <= x <= _LOCAL_EAST[1] and _LOCAL_NORTH[0] <= y <= _LOCAL_NORTH[1]:
        return texts.crs_missing_local(file=path.name, x=x, y=y)
    return texts.crs_missing(file=path.name, x=x, y=y)
