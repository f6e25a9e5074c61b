"""Points made from points: rectangles, arcs, offsets, turns, traces, lengths with bearings.

Coordinates are (east, north) in metres in a projected CRS; what comes out lies on the 1 mm grid.
Bearings are those of the map (坐标方位角): degrees from grid north, clockwise.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.errors import Place, RequestError
from gridmap.geo import construct_texts as texts
from gridmap.geo.coverage import GRID_M

XY = tuple[float, float]
Line = tuple[XY, ...]
"""Two points at least; a ring is a line whose last point is its first."""

_DIGITS = 3
_ARC_SAG_M = 0.02
"""How far an arc's chords may be from it: less than a fence is thick."""
_MOST_ARC_POINTS = 721
_TRACE_NEAR_M = 0.01


def rectangle(corner: XY, other: XY, across: XY | None = None) -> Line:
    """Return a rectangle as a ring, from its first corner on, the ground on the left.

    Two points are opposite corners, with sides along the axes of the map. With a third one the
    first two are the ends of one side, and the third tells how deep it is, and on which side.

    Raises:
        RequestError: it would have no area.

    >>> rectangle((0, 0), (4, 2))
    ((0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (0.0, 2.0), (0.0, 0.0))
    >>> rectangle((0, 0), (4, 4), (-2, 2))
    ((0.0, 0.0), (4.0, 4.0), (2.0, 6.0), (-2.0, 2.0), (0.0, 0.0))
    """
    a, b = np.array(corner, float), np.array(other, float)
    if across is None:
        corners = np.array([a, (b[0], a[1]), b, (a[0], b[1])])
    else:
        side = b - a
        length = float(np.hypot(*side))
        if length < GRID_M:
            raise RequestError(texts.no_area(), place=Place(xy=corner))
        normal = np.array([-side[1], side[0]]) / length
        depth = normal * float((np.array(across, float) - a) @ normal)
        corners = np.array([a, b, b + depth, a + depth])
    corners = np.round(corners, _DIGITS)
    area = _twice_area(corners)
    if abs(area) < 2 * GRID_M**2:
        raise RequestError(texts.no_area(), place=Place(xy=corner))
    if area < 0:
        corners = corners[[0, 3, 2, 1]]
    return _as_line(corners[[0, 1, 2, 3, 0]])


def arc(start: XY, through: XY, end: XY, sag_m: float = _ARC_SAG_M) -> Line:
    """Return the arc through three points as a line; of points on one line that line.

    Args:
        start: where the arc begins.
        through: a point on it; it is kept as a vertex.
        end: where it ends; at ``start`` the whole circle with ``through`` opposite.
        sag_m: how far the line may be from the arc.

    Raises:
        RequestError: two of the points are the same (start and end may be).
    """
    a, b, c = (np.array(xy, float) for xy in (start, through, end))
    if _is_same(a, b) or _is_same(b, c):
        raise RequestError(texts.same_points(), place=Place(xy=through))
    centre = (a + b) / 2 if _is_same(a, c) else _centre(a, b, c)
    if centre is None:
        return _as_line(np.round([a, b, c], _DIGITS))
    radius = float(np.hypot(*(a - centre)))
    first, middle, last = (math.atan2(*(p - centre)[::-1]) for p in (a, b, c))
    turn = math.tau
    is_left = _is_same(a, c) or (middle - first) % turn < (last - first) % turn
    sign = 1 if is_left else -1
    one, two = (sign * (middle - first)) % turn, (sign * (last - middle)) % turn
    angles = [first + sign * t for t in _steps(one, radius, sag_m)]
    angles += [first + sign * (one + t) for t in _steps(two, radius, sag_m)[1:]]
    points = centre + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    points[0], points[len(_steps(one, radius, sag_m)) - 1], points[-1] = a, b, c
    return _as_line(np.round(points, _DIGITS))


def _centre(
    a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Return the centre of the circle through three points, None where they are on a line."""
    u, v = b - a, c - a
    twice = 2 * float(u[0] * v[1] - u[1] * v[0])
    longest = max(float(np.hypot(*u)), float(np.hypot(*v)))
    if abs(twice) < 2 * GRID_M * longest:
        return None
    uu, vv = float(u @ u), float(v @ v)
    centre: NDArray[np.float64] = (
        a + np.array([v[1] * uu - u[1] * vv, u[0] * vv - v[0] * uu]) / twice
    )
    return centre


def _steps(angle: float, radius: float, sag_m: float) -> list[float]:
    """Return 0 … angle in equal steps, so small that chords keep to the arc."""
    widest = 2 * math.acos(max(1 - sag_m / radius, 0.0)) if radius > sag_m else math.pi / 2
    count = min(max(math.ceil(angle / max(widest, 1e-6)), 1), _MOST_ARC_POINTS)
    return [angle * step / count for step in range(count + 1)]


def offset(line: Line, distance_m: float) -> Line:
    """Return a line (or ring) at a distance: to the left of it, of a ring outwards; minus inwards.

    Corners stay corners.

    Raises:
        RequestError: nothing is left at that distance, or it falls into parts.

    >>> offset(((0, 0), (4, 0), (4, 4), (0, 4), (0, 0)), -1)
    ((1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0))
    """
    is_ring = len(line) > 3 and line[0] == line[-1]
    place = Place(xy=line[0])
    if is_ring:
        grown = shapely.buffer(shapely.Polygon(line), distance_m, join_style="mitre")
        found = shapely.boundary(grown) if grown.geom_type == "Polygon" else grown
    else:
        found = shapely.offset_curve(shapely.LineString(line), distance_m, join_style="mitre")
    found = shapely.set_precision(found, GRID_M)
    if shapely.is_empty(found):
        raise RequestError(texts.nothing_at_distance(distance_m=distance_m), place=place)
    if found.geom_type not in ("LineString", "LinearRing"):
        raise RequestError(texts.falls_into_parts(distance_m=distance_m), place=place)
    if is_ring:
        found = shapely.boundary(shapely.orient_polygons(shapely.Polygon(found)))
    return _as_line(shapely.get_coordinates(found))


def turned(geometry: shapely.Geometry, about: XY, by_deg: float) -> shapely.Geometry:
    """Return a geometry turned about a point, clockwise, on the 1 mm grid.

    >>> turned(shapely.Point(10, 0), (0, 0), 90)
    <POINT (0 -10)>
    """
    angle = math.radians(-by_deg)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    return shapely.transform(
        geometry, lambda xy: np.round((xy - about) @ turn + about, _DIGITS) + 0.0
    )


def bearing_of(start: XY, end: XY) -> float:
    """Return the bearing from one point to another, 0 to 360.

    >>> bearing_of((0, 0), (10, 0))
    90.0
    """
    return math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) % 360.0


def point_at(start: XY, length_m: float, bearing_deg: float) -> XY:
    """Return the point at a length and bearing from another.

    >>> point_at((0, 0), 10, 270)
    (-10.0, -0.0)
    """
    angle = math.radians(bearing_deg)
    east = start[0] + length_m * math.sin(angle)
    north = start[1] + length_m * math.cos(angle)
    return round(east, _DIGITS), round(north, _DIGITS)


def right_angled(previous: XY, start: XY, pointer: XY) -> XY:
    """Return the point nearest to the pointer whose leg is along, or square to, the one before."""
    leg = np.subtract(start, previous)
    length = float(np.hypot(*leg))
    if length < GRID_M:
        return pointer
    along = leg / length
    way = np.subtract(pointer, start)
    across = np.array([-along[1], along[0]])
    axis = along if abs(way @ along) >= abs(way @ across) else across
    east, north = np.round(np.asarray(start) + axis * float(way @ axis), _DIGITS).tolist()
    return east, north


def trace(
    edges: NDArray[np.float64], start: XY, end: XY, *, is_other_way: bool = False
) -> Line | None:
    """Return the shortest way along existing edges between two points on them.

    Args:
        edges: (n, 2, 2) ends of edges; they hang together where their ends are equal to 1 mm.
        start: a point on an edge or vertex, within 1 cm.
        end: another one.
        is_other_way: of a ring the way round the other side: one that shares no edge with the
            shortest.

    Returns:
        The line with every vertex on the way, or None where the points are not on edges or the
        edges between them do not hang together.

    >>> ring = np.array([[(0, 0), (4, 0)], [(4, 0), (4, 3)], [(4, 3), (0, 3)], [(0, 3), (0, 0)]])
    >>> trace(ring, (1, 0), (4, 1))
    ((1.0, 0.0), (4.0, 0.0), (4.0, 1.0))
    """
    mm = np.rint(np.asarray(edges, float) * 1000).astype(np.int64)
    one, other = (_to_mm(xy) for xy in (start, end))
    segments = _with_node(_with_node(_as_segments(mm), one), other)
    path = _shortest(segments, one, other)
    if path is not None and is_other_way:
        used = {frozenset(pair) for pair in pairwise(path)}
        path = _shortest(segments - used, one, other)
    if path is None or len(path) < 2:
        return None
    return tuple((x / 1000, y / 1000) for x, y in path)


_MM = tuple[int, int]
_Segments = frozenset[frozenset[_MM]]


def _to_mm(xy: XY) -> _MM:
    return round(xy[0] * 1000), round(xy[1] * 1000)


def _as_segments(mm: NDArray[np.int64]) -> _Segments:
    pairs = ((tuple(a), tuple(b)) for a, b in mm.tolist())
    return frozenset(frozenset(pair) for pair in pairs if pair[0] != pair[1])


def _with_node(segments: _Segments, node: _MM) -> _Segments:
    """Return segments with those cut that a point lies on."""
    pairs = [tuple(segment) for segment in segments]
    if not pairs or any(node in segment for segment in segments):
        return segments
    lines = shapely.linestrings(np.array(pairs, float) / 1000)
    near = shapely.dwithin(lines, shapely.Point(node[0] / 1000, node[1] / 1000), _TRACE_NEAR_M)
    cut = {frozenset(pairs[at]) for at in np.flatnonzero(near).tolist()}
    halves = {frozenset((node, point)) for segment in cut for point in segment}
    return frozenset((segments - cut) | halves)


def _shortest(segments: _Segments, start: _MM, end: _MM) -> list[_MM] | None:
    beside: defaultdict[_MM, list[_MM]] = defaultdict(list)
    for a, b in (tuple(segment) for segment in segments):
        beside[a].append(b)
        beside[b].append(a)
    from_: dict[_MM, _MM] = {}
    best = {start: 0.0}
    queue = [(0.0, start)]
    while queue:
        length, at = heapq.heappop(queue)
        if at == end:
            return _back(from_, start, end)
        if length > best[at]:
            continue
        for next_ in beside[at]:
            further = length + math.hypot(next_[0] - at[0], next_[1] - at[1])
            if further < best.get(next_, math.inf):
                best[next_], from_[next_] = further, at
                heapq.heappush(queue, (further, next_))
    return None


def _back(from_: dict[_MM, _MM], start: _MM, end: _MM) -> list[_MM]:
    path = [end]
    while path[-1] != start:
        path.append(from_[path[-1]])
    return path[::-1]


def _twice_area(ring: NDArray[np.float64]) -> float:
    east, north = (ring - ring[0]).T
    return float((east * np.roll(north, -1) - np.roll(east, -1) * north).sum())


def _is_same(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
    return float(np.hypot(*(a - b))) < GRID_M


def _as_line(points: NDArray[np.float64] | Sequence[NDArray[np.float64]]) -> Line:
    kept: list[XY] = []
    for east, north in np.asarray(points, float).tolist():
        if not kept or (east, north) != kept[-1]:
            kept.append((east, north))
    return tuple(kept)
