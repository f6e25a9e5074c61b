"""Small changes that mend torn borders, for a few areas near a place; nothing else moves."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.crs import GRID_M, on_grid
from gridmap.geo.features import Geometries, as_objects
from gridmap.geo.rules_tiling import AREA_M2

GAP_M = 0.01
"""A gap narrower than this is none: its sides lie on the 1 mm grid beside one line."""
_LENGTH_M = 1e-3
_ROUNDS = 4
_LEAST_CORNERS = 4


def areas_of(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry without what has no ground; empty where nothing is left."""
    parts = shapely.get_parts(shape)
    while (shapely.get_type_id(parts) > 3).any():
        parts = shapely.get_parts(parts)
    kept = parts[(shapely.get_dimensions(parts) == 2) & ~shapely.is_empty(parts)]
    return kept[0] if len(kept) == 1 else shapely.multipolygons(kept)


def common_ground(one: shapely.Polygon, other: shapely.Polygon) -> shapely.Geometry | None:
    """Return what two areas both cover, None where it is nothing."""
    common = areas_of(shapely.intersection(one, other))
    return common if shapely.area(common) > AREA_M2 else None


def still_free(gap: shapely.Geometry, shapes: Geometries) -> shapely.Geometry | None:
    """Return what of a gap no area covers, None where that is nothing."""
    free = areas_of(shapely.difference(gap, shapely.union_all(shapes)))
    return free if shapely.area(free) > AREA_M2 else None


def taker_of(ground: shapely.Geometry, shapes: Sequence[shapely.Geometry]) -> int:
    """Return which of some areas has the longest border with ground that one of them shall take.

    Of ground that areas overlap on, the border counts that runs through an area.

    Example:
        >>> strip = shapely.box(10, 0, 11, 10)
        >>> taker_of(strip, [shapely.box(0, 0, 10, 4), shapely.box(11, 0, 20, 10)])
        1
    """
    edge = shapely.boundary(ground)
    inner = [shapely.difference(shape, ground) for shape in shapes]
    # one millimetre wide, for vertices on the grid lie beside the lines that they are on
    near = shapely.buffer(as_objects(inner), 0.002, quad_segs=1, join_style="mitre")
    lengths = shapely.length(shapely.intersection(near, edge))
    return int(np.argmax(lengths))


def rounded(shapes: Geometries) -> Geometries:
    """Return areas on the 1 mm grid, without holes and parts that are nothing there."""
    found = on_grid(shapes)
    parts, whole = shapely.get_parts(found, return_index=True)  # only polygons have rings
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    moves = np.append(True, (xy[1:] != xy[:-1]).any(axis=1) | (ring[1:] != ring[:-1]))
    corners = np.bincount(ring, moves, minlength=len(rings))  # the first one counts twice
    # a loop: rings collapse only where borders lie within one or two millimetres
    for at in np.unique(whole[part[corners < _LEAST_CORNERS]]).tolist():
        left = [one for one in shapely.get_parts(found[at]) if _is_ring(one.exterior)]
        found[at] = areas_of(shapely.multipolygons([_without_holes(one) for one in left]))
    plain: Geometries = shapely.remove_repeated_points(found)
    return plain


def _without_holes(part: shapely.Polygon) -> shapely.Polygon:
    return shapely.Polygon(part.exterior, [ring for ring in part.interiors if _is_ring(ring)])


def _is_ring(ring: shapely.LinearRing) -> bool:
    xy = shapely.get_coordinates(ring)
    return 1 + int((xy[1:] != xy[:-1]).any(axis=1).sum()) >= _LEAST_CORNERS


def without(shape: shapely.Geometry, ground: shapely.Geometry) -> shapely.Geometry:
    """Return an area without some ground, and without the specks that this leaves."""
    left = areas_of(shapely.set_precision(shapely.difference(shape, ground), GRID_M))
    parts = shapely.get_parts(left)
    if len(parts) < 2:
        return left
    kept = parts[shapely.area(parts) > AREA_M2]
    return kept[0] if len(kept) == 1 else shapely.multipolygons(kept)


def matched(
    shapes: Geometries, gap_m: float = GAP_M, *, is_single: bool = True
) -> Geometries | None:
    """Return areas whose borders match vertex by vertex, on the 1 mm grid; None where they cannot.

    Common ground goes to the area that has the longest border with it, and so does a gap.

    Args:
        shapes: areas on the 1 mm grid.
        gap_m: gaps that are nowhere wider are filled.
        is_single: whether each must stay in one part.
    """
    found = shapes
    for _ in range(_ROUNDS):
        cleaned = shapely.coverage_clean(found, snapping_distance=0.0, gap_width=gap_m)
        on_mm = rounded(np.asarray(cleaned, object))
        found = as_objects([areas_of(shape) for shape in on_mm])
        broken = np.flatnonzero(~shapely.is_valid(found))
        if not len(broken) and shapely.coverage_is_valid(found, gap_width=GAP_M):
            break
        # rounding can let a ring touch itself: what that leaves is matched once more
        found[broken] = shapely.set_precision(found[broken], GRID_M)
    is_sound = shapely.is_valid(found) & ~shapely.is_empty(found)
    if is_single:
        is_sound &= shapely.get_type_id(found) == shapely.GeometryType.POLYGON
    if not is_sound.all():
        return None
    keep = are_same(shapes, found)
    found[keep] = shapes[keep]
    return found


def are_same(one: Geometries, other: Geometries) -> NDArray[np.bool_]:
    """Return which areas have the same vertices, wherever their rings begin."""
    same: NDArray[np.bool_] = shapely.equals_exact(_plain(one), _plain(other), 0.0)
    return same


def _plain(shapes: Geometries) -> Geometries:
    """Return areas with their parts and rings in a fixed order; one part is no collection."""
    lone = shapely.get_num_geometries(shapes) == 1
    found = shapes.copy()
    found[lone] = shapely.get_geometry(shapes[lone], 0)
    plain: Geometries = shapely.normalize(found)
    return plain


def is_worse(before: Geometries, after: Geometries) -> bool:
    """Return whether areas match their neighbours worse than before, or overlap more."""
    return _torn(after) > _torn(before) + _LENGTH_M


def _torn(shapes: Geometries) -> float:
    edges = shapely.coverage_invalid_edges(shapes, gap_width=GAP_M)
    return float(np.nansum(shapely.length(edges)))
