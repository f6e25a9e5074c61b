"""Shapes as people draw them, checked before they are kept: each fault is told at its place."""

import re
from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.geo import crs
from gridmap.geo.features import Features, Geometries, as_objects
from gridmap.geo.mend import to_type
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.schema import Table
from gridmap.services import feature_texts as texts
from gridmap.services.values import title
from gridmap.store import edit
from gridmap.store.engine import sqlite
from gridmap.store.rows import get_epsg

_MILLIMETRES = 3
_AROUND_ZONE_DEG = 1.0
_FAR_M = 20_000.0
_LEAST_M2 = 0.01
_SLACK_M2, _SLACK_M = 0.05, 0.1
_AT = re.compile(r"\[(\S+) (\S+)\]")
_PASSAGES = ("passage", "stairs")
_AREA = 2


def ensure_shape(table: Table, shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape (2D, metres, the workspace's CRS) as a table keeps it, on the 1 mm grid.

    Raises:
        RequestError: it is of another kind, crosses itself, or is nothing at all; with the place.
    """
    kind = table.geometry
    if kind is None:
        raise RequestError(texts.table_without_places(table=title(table)))
    xy = shapely.get_coordinates(shape)
    if not len(xy) or not np.isfinite(xy).all():
        raise RequestError(texts.no_place(table=title(table)))
    if kind.dimension is not None and shapely.get_dimensions(shape) != kind.dimension:
        said = {0: texts.wants_point, 1: texts.wants_line, 2: texts.wants_area}[kind.dimension]
        raise RequestError(said(table=title(table)), place=Place(xy=_first(shape)))
    rounded = shapely.transform(shapely.force_2d(shape), lambda at: np.round(at, _MILLIMETRES))
    whole = shapely.remove_repeated_points(rounded)
    if shapely.get_dimensions(whole) > 0 and not shapely.length(whole):
        raise RequestError(texts.no_extent(), place=Place(xy=_first(shape)))
    _ensure_valid(whole)
    (typed, *more), _rows = to_type(as_objects([whole]), kind)
    if more:
        raise RequestError(texts.several_parts(table=title(table)), place=Place(xy=_first(shape)))
    return typed


def _ensure_valid(shape: shapely.Geometry) -> None:
    hull = shapely.area(shapely.convex_hull(shape))  # of what crosses itself the area may be none
    if shapely.get_dimensions(shape) == _AREA and hull < _LEAST_M2:
        raise RequestError(texts.no_area(), place=Place(xy=_first(shape)))
    if shapely.is_valid(shape):
        return
    reason = str(shapely.is_valid_reason(shape))
    at = _AT.search(reason)
    place = Place(xy=(float(at[1]), float(at[2])) if at else _first(shape))
    raise RequestError(texts.crosses_itself(), place=place)


def _first(shape: shapely.Geometry) -> tuple[float, float] | None:
    xy = shapely.get_coordinates(shape)
    return (float(xy[0][0]), float(xy[0][1])) if len(xy) and np.isfinite(xy[0]).all() else None


def ensure_in_zone(reader: sqlite.Connection, shape: shapely.Geometry) -> None:
    """Refuse coordinates that are no metres of this workspace's zone, or far from all it holds.

    A shape without coordinates, or with some that are no numbers, is for ``ensure_shape`` to say.

    Raises:
        RequestError: with the place.
    """
    epsg = get_epsg(reader)
    bounds = shapely.bounds(shape)
    corners = np.array([bounds[:2], bounds[2:]])
    if not np.isfinite(shapely.get_coordinates(shape)).all() or not np.isfinite(corners).all():
        return
    zone = crs.get_crs(epsg).area_of_use
    place = Place(xy=_first(shape))
    if zone is not None:
        lonlat = crs.transform_xy(corners, epsg, crs.WGS84)
        low = np.array([zone.west, zone.south]) - _AROUND_ZONE_DEG
        high = np.array([zone.east, zone.north]) + _AROUND_ZONE_DEG
        is_inside = np.isfinite(lonlat).all() and (lonlat >= low).all() and (lonlat <= high).all()
        if not is_inside:
            raise RequestError(texts.other_zone(epsg=epsg), place=place)
    home = _extent(reader)
    if home is not None:
        gap = float(shapely.distance(shapely.box(*bounds), home))
        if gap > _FAR_M:
            raise RequestError(texts.far_away(kilometres=gap / 1000), place=place)


def _extent(reader: sqlite.Connection) -> shapely.Geometry | None:
    """Return the box of the subdistrict, or of its communities; None where neither is drawn."""
    for table in ("subdistrict", "community"):
        found = edit.read_where(reader, table, (), "t.geom IS NOT NULL").geometry
        if found is not None and len(found):
            return shapely.box(*shapely.total_bounds(found))
    return None


@dataclass(frozen=True)
class _Clash:
    """What a shape must not do to the rows of another table.

    ``is_area`` measures the ground that both cover, else the way through the other one's inside.
    """

    with_table: str
    is_area: bool


_CLASHES: dict[str, tuple[_Clash, ...]] = {
    "building": (_Clash("building", is_area=True),),
    "compound": (_Clash("compound", is_area=True), _Clash("building", is_area=False)),
    "walkway": (_Clash("building", is_area=False),),
}


def ensure_no_clash(
    reader: sqlite.Connection,
    table: Table,
    shape: shapely.Geometry,
    before: shapely.Geometry | None = None,
    row_id: str | None = None,
    kind: str | None = None,
) -> None:
    """Refuse a shape that cuts a building or covers another's ground more than it did before.

    Args:
        reader: where to read.
        table: the table of the shape.
        shape: what is drawn.
        before: the shape that the row has now.
        row_id: the row itself.
        kind: the row's kind; a passage may go through a building.

    Raises:
        RequestError: with the place.
    """
    if table.name == "walkway" and kind in _PASSAGES:
        return
    for clash in _CLASHES.get(table.name, ()):
        other = TABLE_BY_NAME[clash.with_table]
        label = other.label or "id"
        near = edit.read_near(reader, other.name, [tuple(shapely.bounds(shape))], (label,))
        if table.name == other.name:
            near = near.take(near.columns["id"] != row_id)
        _ensure_clear(table, other, clash, shape, before, near)


def _ensure_clear(
    table: Table,
    other: Table,
    clash: _Clash,
    shape: shapely.Geometry,
    before: shapely.Geometry | None,
    near: Features,
) -> None:
    shapes = near.geometry
    if shapes is None or not len(shapes):
        return
    now = _overlaps(shape, shapes, is_area=clash.is_area)
    measure = shapely.area if clash.is_area else shapely.length
    sizes = measure(now)
    if before is not None:
        sizes = sizes - measure(_overlaps(before, shapes, is_area=clash.is_area))
    worst = int(np.argmax(sizes))
    if sizes[worst] <= (_SLACK_M2 if clash.is_area else _SLACK_M):
        return
    said = texts.covers_other if clash.is_area else texts.runs_through
    name = near.columns[other.label or "id"][worst] or ""
    on = shapely.point_on_surface(now[worst])
    place = Place(table=other.name, id=near.columns["id"][worst], xy=(float(on.x), float(on.y)))
    raise RequestError(
        said(table=title(table), other=title(other), name=str(name), size=float(sizes[worst])),
        place=place,
    )


def _overlaps(shape: shapely.Geometry, others: Geometries, *, is_area: bool) -> Geometries:
    """Return the ground that a shape shares with others, or its way through their insides."""
    if is_area:
        return np.asarray(shapely.intersection(shape, others))
    line = shapely.boundary(shape) if shapely.get_dimensions(shape) > 1 else shape
    inside = np.asarray(shapely.intersection(line, others))
    along = shapely.intersection(line, shapely.boundary(others))  # walls may be shared
    return np.asarray(shapely.difference(inside, along))
