"""Geometries as the workspace takes them: on the 1 mm grid, valid, of the table's type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import GEOSException

from gridmap.geo.crs import GRID_M, on_grid
from gridmap.geo.features import Geometries
from gridmap.geo.pieces import slices
from gridmap.model.schema import Geometry

_COLLECTION = int(shapely.GeometryType.GEOMETRYCOLLECTION)
_AREA = 2
_ROUNDS = 4  # rounding a mended shape can break it again; in tests two rounds were enough
_MULTI_OF: dict[int, Callable[..., shapely.Geometry]] = {
    0: shapely.multipoints,
    1: shapely.multilinestrings,
    2: shapely.multipolygons,
}
_MULTI_PIECE = 5_000  # geometries wrapped in one call: about 15 ms
_SINGLE_TYPE = {
    0: int(shapely.GeometryType.POINT),
    1: int(shapely.GeometryType.LINESTRING),
    2: int(shapely.GeometryType.POLYGON),
}


class Flaw(StrEnum):
    """Why a geometry cannot be taken, not even mended."""

    NOT_FINITE = "not_finite"
    EMPTY = "empty"
    WRONG_DIMENSION = "wrong_dimension"
    COLLAPSED = "collapsed"
    """It is smaller than the 1 mm grid, or a heap of lines without an area."""


@dataclass(frozen=True)
class Mended:
    """What ``mend`` gives back.

    ``geometry[i]`` is valid, on the grid and of the wanted dimension, or None where there was
    none or where ``flaws`` (by position) says why it was refused. ``is_mended[i]`` is true where
    more was done than rounding.
    """

    geometry: Geometries
    is_mended: NDArray[np.bool_]
    flaws: Mapping[int, Flaw]


def mend(geometries: Geometries, wanted: Geometry) -> Mended:
    """Round to the grid, check and mend geometries (2D, metres) for a table's geometry type.

    Self-crossing rings become the area that they enclose, overlapping parts are joined, and
    what is left of lower dimension (a spike, a stray point) is dropped. Single and multi are
    not told apart here: see ``to_type``.

    Example:
        >>> bow_tie = shapely.from_wkt("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")
        >>> mended = mend(np.array([bow_tie], object), Geometry.MULTIPOLYGON)
        >>> float(shapely.area(mended.geometry[0])), bool(mended.is_mended[0])
        (2.0, True)
    """
    result = geometries.copy()
    is_mended = np.zeros(len(result), bool)
    flaws: dict[int, Flaw] = {}
    xy = shapely.get_coordinates(result)
    if not np.isfinite(xy).all():
        _refuse(result, flaws, _not_finite(result), Flaw.NOT_FINITE)
    _refuse(result, flaws, shapely.is_empty(result), Flaw.EMPTY)
    _flatten_collections(result, is_mended, flaws, wanted.dimension)
    if wanted.dimension is not None:
        dimensions = shapely.get_dimensions(result)
        wrong = (dimensions != wanted.dimension) & ~shapely.is_missing(result)
        _refuse(result, flaws, wrong, Flaw.WRONG_DIMENSION)
    if not np.array_equal(xy, np.round(xy, 3)):
        result = on_grid(result)
    broken = np.flatnonzero(~shapely.is_valid(result) & ~shapely.is_missing(result))
    if len(broken):
        result[broken] = _made_valid(result[broken])
        is_mended[broken] = True
        lost = broken[shapely.is_missing(result[broken])]
        _refuse(result, flaws, np.isin(np.arange(len(result)), lost), Flaw.COLLAPSED)
    is_mended[list(flaws)] = False
    return Mended(result, is_mended, flaws)


def to_type(geometries: Geometries, wanted: Geometry) -> tuple[Geometries, NDArray[np.int64]]:
    """Return mended geometries as the single or multi type that a table wants.

    Where it wants multi, singles are wrapped. Where it wants single, each part becomes a row of
    its own. The second array says from which position each geometry came; missing ones stay.
    """
    rows = np.arange(len(geometries))
    if wanted is Geometry.ANY or wanted.dimension is None:
        return geometries, rows
    single = _SINGLE_TYPE[wanted.dimension]
    if wanted in (Geometry.MULTIPOLYGON, Geometry.MULTILINESTRING):
        lone = np.flatnonzero(shapely.get_type_id(geometries) == single)
        if not len(lone):
            return geometries, rows
        result = geometries.copy()
        for part in slices(len(lone), _MULTI_PIECE):
            some = lone[part]
            wrapped = _MULTI_OF[wanted.dimension](geometries[some], indices=np.arange(len(some)))
            result[some] = wrapped
        return result, rows
    is_multi = (shapely.get_type_id(geometries) != single) & ~shapely.is_missing(geometries)
    if not is_multi.any():
        return geometries, rows
    parts, owner = shapely.get_parts(geometries, return_index=True)
    missing = np.flatnonzero(shapely.is_missing(geometries))
    every = np.concatenate([parts, np.full(len(missing), None, object)])
    owners = np.concatenate([owner, missing]).astype(np.int64)
    order = np.argsort(owners, kind="stable")
    return every[order], owners[order]


def _refuse(
    result: Geometries, flaws: dict[int, Flaw], which: NDArray[np.bool_], flaw: Flaw
) -> None:
    if which.any():
        flaws.update(dict.fromkeys(np.flatnonzero(which).tolist(), flaw))
        result[which] = None


def _not_finite(geometries: Geometries) -> NDArray[np.bool_]:
    """Return which geometries have a NaN or infinite coordinate."""
    found = np.zeros(len(geometries), bool)
    xy, owner = shapely.get_coordinates(geometries, return_index=True)
    found[owner[~np.isfinite(xy).all(axis=1)]] = True
    return found


def _flatten_collections(
    result: Geometries,
    is_mended: NDArray[np.bool_],
    flaws: dict[int, Flaw],
    dimension: int | None,
) -> None:
    """Take from each collection the parts of ``dimension``, or of its highest one."""
    # A loop: collections are rare, and each costs some 20 microseconds.
    for position in np.flatnonzero(shapely.get_type_id(result) == _COLLECTION).tolist():
        collection = result[position]
        wanted = int(shapely.get_dimensions(collection)) if dimension is None else dimension
        result[position] = _parts_of(collection, wanted)
        is_mended[position] = True
        if result[position] is None:
            flaws[position] = Flaw.WRONG_DIMENSION


def _parts_of(geometry: shapely.Geometry, dimension: int) -> shapely.Geometry | None:
    """Return the parts of ``dimension`` as one geometry that is no collection, or None."""
    parts = shapely.get_parts(geometry)
    while (shapely.get_type_id(parts) > _SINGLE_TYPE[_AREA]).any():
        parts = shapely.get_parts(parts)
    kept = parts[(shapely.get_dimensions(parts) == dimension) & ~shapely.is_empty(parts)]
    if len(kept) == 0:
        return None
    return kept[0] if len(kept) == 1 else _MULTI_OF[dimension](kept)


def _made_valid(broken: Geometries) -> Geometries:
    """Return each invalid geometry made valid on the grid, None where nothing is left."""
    dimensions = shapely.get_dimensions(broken)
    result = np.full(len(broken), None, object)
    todo = np.arange(len(broken))
    shapes = broken
    for _ in range(_ROUNDS):
        shapes = _snapped(shapes)
        parts = [
            None if shape is None else _parts_of(shape, int(dimensions[position]))
            for shape, position in zip(shapes, todo, strict=True)
        ]
        shapes = on_grid(np.array([*parts, None], object)[:-1])
        done = shapely.is_valid(shapes)
        result[todo[done]] = shapes[done]
        again = ~done & ~shapely.is_missing(shapes)
        shapes, todo = shapes[again], todo[again]
        if not len(todo):
            break
    return result


def _snapped(shapes: Geometries) -> Geometries:
    """Return the shapes valid, with every crossing on the grid; None where GEOS gives up."""
    try:
        valid = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
        return np.asarray(shapely.set_precision(valid, GRID_M), object)
    except GEOSException:
        if len(shapes) == 1:
            return np.array([None], object)
        half = len(shapes) // 2
        return np.concatenate([_snapped(shapes[:half]), _snapped(shapes[half:])])
