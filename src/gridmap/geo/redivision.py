"""One division beside another: which areas differ, and what ground goes from which to which."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.coverage import Key
from gridmap.geo.features import as_objects
from gridmap.geo.headcount import Homes, holders_of

_LEAST_M2 = 0.5
"""Less ground than this changing hands is a border drawn anew, not a part given away."""

_GRID_M = 0.001
_HOLE_M2 = 1e-3
"""Coordinates lie on a grid of 1 mm: what is smaller than this is no hole."""


@dataclass(frozen=True)
class Flow:
    """Ground that goes from one area of before to one of after, and the households on it."""

    source: Key
    target: Key
    area_m2: float
    households: int


def same_shapes(one: NDArray[np.object_], other: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which shapes (n,) are equal to the other ones to the bit, wherever a ring begins."""
    same: NDArray[np.bool_] = shapely.equals_exact(one, other, tolerance=0.0)
    rest = np.flatnonzero(~same)
    same[rest] = shapely.equals_exact(
        shapely.normalize(one[rest]), shapely.normalize(other[rest]), tolerance=0.0
    )
    return same


def has_moved(was: shapely.Polygon, is_: shapely.Polygon) -> bool:
    """Return whether an area has other ground, more than by a vertex put on its border."""
    return float(shapely.area(shapely.symmetric_difference(was, is_))) > _LEAST_M2


def flows(
    before: Mapping[Key, shapely.Polygon],
    after: Mapping[Key, shapely.Polygon],
    homes: Homes,
) -> tuple[Flow, ...]:
    """Return which ground of ``before`` lies in which area of ``after``, by source and size.

    Args:
        before: areas that do not overlap, e.g. those that change.
        after: areas that do not overlap either.
        homes: buildings with households on that ground; one belongs to where its point lies.
    """
    if not before or not after:
        return ()
    sources, targets = list(before), list(after)
    was, is_ = as_objects(list(before.values())), as_objects(list(after.values()))
    target_at, source_at = shapely.STRtree(was).query(is_, predicate="intersects")
    area = shapely.area(shapely.intersection(was[source_at], is_[target_at]))
    people = _counted(was, is_, homes)
    found = [
        Flow(sources[s], targets[t], float(ground), people.get((int(s), int(t)), 0))
        for s, t, ground in zip(source_at, target_at, area, strict=True)
        if ground > _LEAST_M2
    ]
    place = {key: n for n, key in enumerate(sources)}
    return tuple(sorted(found, key=lambda flow: (place[flow.source], -flow.area_m2)))


def new_tears(was: NDArray[np.object_], is_: NDArray[np.object_]) -> shapely.Geometry | None:
    """Return what is torn in a coverage and was not before: an edge, or a hole; None for nothing.

    Both are the same neighbourhood, before and after. A coverage may grow and shrink at its rim.
    """
    torn = _lines(shapely.coverage_invalid_edges(is_))
    old = shapely.union_all(_lines(shapely.coverage_invalid_edges(was)))
    for line in torn:
        new = shapely.difference(line, old)
        if not new.is_empty:
            return new
    grown = shapely.difference(_holes(is_), _holes(was))
    return grown if grown.area > _HOLE_M2 else None


def with_vertices(shapes: NDArray[np.object_], points: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return areas (n,) with those of some points (m, 2) as vertices that lie on their edges.

    A crossing was rounded to the 1 mm grid, so a point up to 1 mm beside an edge lies on it.
    """
    found = shapes.copy()
    places = shapely.points(points)
    at, point = shapely.STRtree(shapely.boundary(shapes)).query(
        places, predicate="dwithin", distance=_GRID_M
    )[::-1]
    for n in np.unique(at).tolist():  # the few areas beside what changed
        new = points[point[at == n]]
        rings = [_ring_with(ring, new) for ring in _rings(shapes[n])]
        found[n] = shapely.Polygon(rings[0], rings[1:])
    return found


def _rings(shape: shapely.Polygon) -> list[NDArray[np.float64]]:
    return [shapely.get_coordinates(ring) for ring in (shape.exterior, *shape.interiors)]


def _ring_with(ring: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a closed ring (k, 2) with those points that lie on it and are no vertex of it."""
    edges = shapely.linestrings(np.stack([ring[:-1], ring[1:]], axis=1))
    known = set(map(tuple, ring.tolist()))
    fresh = [xy for xy in dict.fromkeys(map(tuple, points.tolist())) if xy not in known]
    places: list[tuple[int, float, tuple[float, ...]]] = []
    for xy in fresh:
        place = shapely.Point(xy)
        away = shapely.distance(edges, place)
        edge = int(away.argmin())
        if away[edge] <= _GRID_M:
            places.append((edge, float(shapely.line_locate_point(edges[edge], place)), xy))
    if not places:
        return ring
    ordered = sorted(places)
    before = [edge + 1 for edge, _, _ in ordered]
    return np.insert(ring, before, np.array([xy for _, _, xy in ordered]), axis=0)


def _lines(edges: NDArray[np.object_]) -> NDArray[np.object_]:
    lines: NDArray[np.object_] = edges[~(shapely.is_missing(edges) | shapely.is_empty(edges))]
    return lines


def _holes(shapes: NDArray[np.object_]) -> shapely.Geometry:
    """Return the ground inside of a coverage that none of its areas has."""
    whole = shapely.union_all(shapes)
    parts = shapely.get_parts(whole)
    full = shapely.union_all(shapely.polygons(shapely.get_exterior_ring(parts)))
    return shapely.difference(full, whole)


def _counted(
    was: NDArray[np.object_], is_: NDArray[np.object_], homes: Homes
) -> dict[tuple[int, int], int]:
    """Return the households by (position before, position after) of where they live."""
    source, target = holders_of(was, homes), holders_of(is_, homes)
    people: dict[tuple[int, int], int] = {}
    for s, t, count in zip(source.tolist(), target.tolist(), homes.households, strict=True):
        if s >= 0 and t >= 0:
            people[s, t] = people.get((s, t), 0) + round(float(count))
    return people
