"""Which ground goes with buildings: half the way to what stays, along lines fit for borders.

Coordinates are metres in a projected CRS. Nothing here knows of cells; see ``painting.py``.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.errors import GEOSException

from gridmap.geo.coverage import GRID_M
from gridmap.geo.features import Geometries, as_objects

NARROW_M = 2.0
"""Ground narrower than this is nobody's yard: it goes with what lies beside it."""

_SPACING_M, _WIDEST_SPACING_M = 1.0, 8.0
_MOST_POINTS = 220
_STRAIGHT_M = (0.6, 0.2, 0.05)
_WALL_M = 0.03
_AREA = 2
_CORNER_M = 1.5
_INSIDE_M = 0.02
_PAST_M = 0.001


def ground_of(
    area: shapely.Polygon, patches: Geometries, stays: Geometries
) -> list[shapely.Polygon]:
    """Return the parts of an area that lie nearer to patches than to what stays there.

    Borders between them are straightened by up to 0.6 m, begin at corners of the area where one
    is near, and keep clear of ``stays``; strips narrower than 2 m are left to the other side.

    Args:
        area: the ground that is divided.
        patches: areas that take their surroundings with them; those within ``area``.
        stays: areas or lines that keep theirs.

    >>> from gridmap.geo.features import as_objects
    >>> houses = as_objects([shapely.box(10, 5, 20, 15)]), as_objects([shapely.box(30, 5, 40, 15)])
    >>> [part.bounds for part in ground_of(shapely.box(0, 0, 50, 20), *houses)]
    [(0.0, 0.0, 25.0, 20.0)]
    """
    if not len(stays):
        return [area]
    houses = _only_areas(stays)
    nearer = _common(area, _nearer(area, patches, stays))
    nearer = _without(_together([nearer, *patches]), _together(list(houses)))
    given = _common(_without_strips(area, nearer, patches, stays), area)
    walls = shapely.buffer(_together([*patches, *houses]), -_WALL_M)
    faces = faces_of(area, _borders(area, given, walls))
    parts = shapely.area(shapely.intersection(faces, given)) > shapely.area(faces) / 2
    return list(shapely.get_parts(_together(list(faces[parts])))) if parts.any() else []


def faces_of(area: shapely.Polygon, cuts: Sequence[shapely.Geometry]) -> Geometries:
    """Return the pieces into which lines cut an area."""
    work = shapely.union_all([shapely.boundary(area), *cuts])
    faces = shapely.get_parts(shapely.polygonize([work]))
    found: Geometries = faces[shapely.intersects(area, shapely.point_on_surface(faces))]
    return found


def _nearer(area: shapely.Polygon, patches: Geometries, stays: Geometries) -> shapely.Geometry:
    """Return all ground around an area that lies nearer to patches than to what stays."""
    own, others = _points(patches, stays), _points(stays, patches)
    # walls that both have are the patches': the diagram takes each place once
    is_shared = np.isin(others[:, 0] + 1j * others[:, 1], own[:, 0] + 1j * own[:, 1])
    others = others[~is_shared]
    # numbers of seven digits before the point leave the diagram too few behind it
    origin = np.floor(own[0])
    every = shapely.multipoints(np.concatenate([own, others]) - origin)
    around = shapely.buffer(shapely.envelope(area), NARROW_M, join_style="mitre")
    frame = shapely.transform(around, lambda xy: xy - origin)
    regions = shapely.get_parts(shapely.voronoi_polygons(every, extend_to=frame, ordered=True))
    whole = _union(regions[: len(own)])
    return _tidy(shapely.transform(whole, lambda xy: xy + origin))


def _union(regions: Geometries) -> shapely.Geometry:
    """Return the union of regions of a diagram, whose edges now and then do not quite match."""
    try:
        return shapely.coverage_union_all(regions)
    except GEOSException:
        return shapely.union_all(shapely.make_valid(regions))


def _points(shapes: Geometries, across: Geometries) -> np.ndarray:
    """Return points along the outlines of shapes, (n, 2), each place once.

    They are the denser the nearer a shape is to those across, where a border may run between.
    """
    near = shapely.distance(shapes, shapely.union_all(across))
    spacing = np.clip(near / 4, _SPACING_M, _WIDEST_SPACING_M)
    spacing = np.maximum(spacing, shapely.length(shapes) / _MOST_POINTS)
    dense = shapely.segmentize(shapes, spacing)
    return np.unique(np.round(shapely.get_coordinates(dense), 3), axis=0)


def _without_strips(
    area: shapely.Polygon, given: shapely.Geometry, patches: Geometries, stays: Geometries
) -> shapely.Geometry:
    """Return given ground without narrow strips, and with those that would be left."""
    rest = _opened(_without(area, given))
    given = _without(area, _held(rest, stays))
    return _together([_held(_opened(given), patches), *patches])


def _opened(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape without what is narrower than 2 m; other corners stay."""
    smaller = shapely.buffer(shape, -NARROW_M / 2, join_style="mitre")
    larger = shapely.buffer(smaller, NARROW_M / 2, join_style="mitre")
    return _common(_tidy(larger), shape)  # mitred buffers cross themselves now and then


def _held(shape: shapely.Geometry, things: Geometries) -> shapely.Geometry:
    """Return the parts of a shape that hold something; lines hold what they run along."""
    parts = shapely.get_parts(shape)
    near = shapely.STRtree(things).query(parts, predicate="dwithin", distance=_INSIDE_M)[0]
    return shapely.multipolygons(parts[np.unique(near)])


# --- areas on the 1 mm grid: nothing of lower dimension is left over, and no overlay fails -------


def _tidy(shape: shapely.Geometry) -> shapely.Geometry:
    whole = shape if shapely.is_valid(shape) else shapely.make_valid(shape)
    areas = shapely.multipolygons(_only_areas(shapely.get_parts(shapely.get_parts(whole))))
    return areas if shapely.is_valid(areas) else shapely.buffer(areas, 0.0)


def _only_areas(shapes: Geometries) -> Geometries:
    found: Geometries = shapes[shapely.get_dimensions(shapes) == _AREA]
    return found


def _common(one: shapely.Geometry, other: shapely.Geometry) -> shapely.Geometry:
    return _tidy(shapely.intersection(one, other, grid_size=GRID_M))


def _without(one: shapely.Geometry, other: shapely.Geometry) -> shapely.Geometry:
    return _tidy(shapely.difference(one, other, grid_size=GRID_M))


def _together(shapes: Sequence[shapely.Geometry]) -> shapely.Geometry:
    return _tidy(shapely.union_all(shapes, grid_size=GRID_M))


# --- borders -------------------------------------------------------------------------------------


def _borders(
    area: shapely.Polygon, given: shapely.Geometry, walls: shapely.Geometry
) -> list[shapely.LineString]:
    """Return the lines within an area where given ground ends, straightened, from edge to edge."""
    outline = shapely.boundary(area)
    inner = shapely.difference(shapely.boundary(given), shapely.buffer(outline, _INSIDE_M))
    lines = shapely.get_parts(shapely.line_merge(inner))
    corners = shapely.points(shapely.get_coordinates(area))
    return [_joined(_straightened(line, walls), outline, corners) for line in lines]


def _straightened(line: shapely.LineString, walls: shapely.Geometry) -> shapely.LineString:
    """Return a line with fewer vertices that goes through no more walls than before."""
    before = shapely.length(shapely.intersection(line, walls))
    for most in _STRAIGHT_M:
        straight = shapely.simplify(line, most)
        if shapely.length(shapely.intersection(straight, walls)) <= before + _INSIDE_M:
            return straight
    return line


def _joined(
    line: shapely.LineString, outline: shapely.Geometry, corners: Geometries
) -> shapely.LineString:
    """Return a line whose free ends reach the outline, at a corner where one is near."""
    if shapely.is_closed(line):
        return line
    xy = shapely.get_coordinates(line)
    return shapely.LineString(
        [_reached(xy[0], outline, corners), *xy[1:-1], _reached(xy[-1], outline, corners)]
    )


def _reached(end: np.ndarray, outline: shapely.Geometry, corners: Geometries) -> np.ndarray:
    at = shapely.Point(end)
    distances = shapely.distance(corners, at)
    nearest = int(distances.argmin())
    if distances[nearest] < _CORNER_M:
        corner: np.ndarray = shapely.get_coordinates(corners[nearest])[0]
        return corner
    foot = shapely.get_coordinates(shapely.shortest_line(at, outline))[-1]
    way = foot - end
    length = float(np.hypot(*way))
    past: np.ndarray = foot + way / length * _PAST_M if length > 0 else foot
    return past


def outlines_beside(area: shapely.Polygon, receiver: shapely.Polygon) -> Geometries:
    """Return the outline of an area where it does not touch the receiver of its ground."""
    far = shapely.difference(shapely.boundary(area), shapely.buffer(receiver, NARROW_M))
    parts = shapely.get_parts(shapely.line_merge(far))
    return as_objects([part for part in parts if shapely.length(part) > NARROW_M])
