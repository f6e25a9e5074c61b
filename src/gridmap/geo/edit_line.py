"""A drawn line among borders: checked, and noded where it meets them, on the 1 mm grid."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.errors import Place, RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import MM, Borders, Ints, Point, to_metres, to_mm
from gridmap.geo.coverage import Coverage

TOUCH_MM = 0.7072
"""What lies on a line and is rounded to the grid lies at most half a diagonal of it away."""
SNAP_MM = 10.0
"""Nearer than this a line goes through a vertex, and ends at a border: else a sliver is left."""
FAR_M = 10_000.0
"""No line of a street office goes on for so long beyond its cells; zones lie 100 km apart."""

Line = Sequence[tuple[float, float]]
Segment = tuple[Point, Point]


def place_of(point: Point) -> Place:
    """Return a vertex as the place of an error."""
    return Place(xy=(point[0] / MM, point[1] / MM))


def ensure_here(coverage: Coverage, places: Line) -> None:
    """Refuse coordinates that are no numbers, or far away from a coverage.

    Raises:
        RequestError: naming the place.
    """
    xy = np.asarray(places, np.float64).reshape(-1, 2)
    if not np.isfinite(xy).all():
        raise RequestError(texts.not_finite())
    if not len(coverage) or not len(xy):
        return
    xmin, ymin, xmax, ymax = shapely.total_bounds(coverage.shapes)
    beyond = np.maximum(np.array([xmin, ymin]) - xy, xy - np.array([xmax, ymax])).max(axis=1)
    farthest = int(np.argmax(beyond))
    if beyond[farthest] > FAR_M:
        east, north = xy[farthest].tolist()
        raise RequestError(
            texts.far_away(east, north, float(beyond[farthest]) / 1000.0),
            place=Place(xy=(east, north)),
        )


def ensure_line(coverage: Coverage, line: Line) -> Ints:
    """Return a drawn line in millimetres, each point different from the one before.

    Raises:
        RequestError: it is far away, too short, or crosses itself.
    """
    ensure_here(coverage, line)
    mm = to_mm(np.asarray(line, np.float64).reshape(-1, 2))
    mm = mm[np.append(True, (np.diff(mm, axis=0) != 0).any(axis=1))] if len(mm) else mm
    if len(mm) < 2:
        place = Place(xy=line[0]) if len(line) else None
        raise RequestError(texts.line_too_short(), place=place)
    ensure_simple(mm)
    return mm


def ensure_ring(coverage: Coverage, ring: Line) -> Ints:
    """Return a drawn ring in millimetres, closed; see ``ensure_line``.

    Raises:
        RequestError: it is far away, too short, crosses itself, or has no area.
    """
    ensure_here(coverage, ring)
    closed = [*ring, ring[0]] if len(ring) and ring[0] != ring[-1] else ring
    mm = to_mm(np.asarray(closed, np.float64).reshape(-1, 2))
    mm = mm[np.append(True, (np.diff(mm, axis=0) != 0).any(axis=1))] if len(mm) else mm
    if len(mm) < 4 or _is_flat(mm):
        place = Place(xy=ring[0]) if len(ring) else None
        raise RequestError(texts.ring_without_area(), place=place)
    ensure_simple(mm)
    return mm


def ensure_simple(mm: Ints) -> None:
    """Refuse a line that crosses or touches itself; its ends may meet.

    Raises:
        RequestError: naming the place.
    """
    if shapely.is_simple(shapely.LineString(to_metres(mm))):
        return
    segments = shapely.linestrings(np.stack([to_metres(mm[:-1]), to_metres(mm[1:])], axis=1))
    one, other = shapely.STRtree(segments).query(segments, predicate="intersects")
    last = len(segments) - 1
    closing = (one == 0) & (other == last) & bool((mm[0] == mm[-1]).all())
    apart = np.flatnonzero((other > one + 1) & ~closing)
    place = place_of(_as_point(mm[1]))  # a line that runs back over itself
    if len(apart):
        first = int(apart[0])
        crossing = shapely.intersection(segments[one[first]], segments[other[first]])
        place = Place(xy=tuple(shapely.get_coordinates(crossing)[0].tolist()))
    raise RequestError(texts.line_crosses_itself(), place=place)


def _is_flat(ring: Ints) -> bool:
    """Return whether all points lie on one line."""
    ways = (ring - ring[0]).astype(np.float64)
    farthest = ways[int(np.argmax(np.hypot(*ways.T)))]
    return not _cross(farthest, ways).any()


def _as_point(row: Ints) -> Point:
    return int(row[0]), int(row[1])


@dataclass(frozen=True)
class Piece:
    """A part of a drawn line from border to border; a free end lies inside or outside."""

    points: tuple[Point, ...]
    starts_on: bool
    ends_on: bool

    @property
    def is_ring(self) -> bool:
        """Return whether it comes back to where it began, without an end of its own."""
        return self.points[0] == self.points[-1]

    @property
    def is_through(self) -> bool:
        """Return whether it has no free end."""
        return self.is_ring or (self.starts_on and self.ends_on)

    @property
    def free_end(self) -> Point:
        """Return the end that lies on no border."""
        return self.points[-1] if self.starts_on else self.points[0]

    @property
    def middle(self) -> tuple[float, float]:
        """Return a point in the middle of its longest segment, in metres."""
        mm = np.array(self.points)
        at = int(np.argmax(np.abs(np.diff(mm, axis=0)).sum(axis=1)))
        east, north = to_metres(mm[at : at + 2]).mean(axis=0).tolist()
        return east, north


@dataclass(frozen=True)
class Traced:
    """A line with a vertex wherever it meets a border, and the borders with the same ones.

    ``nodes[i]`` are the new vertices of edge ``i`` (one of each pair of twins) in its direction;
    ``drawn`` are the vertices of the path that were drawn, not found.
    """

    path: tuple[Point, ...]
    is_on: tuple[bool, ...]
    drawn: frozenset[Point]
    nodes: dict[int, tuple[Point, ...]]

    def pieces(self) -> list[Piece]:
        """Return the line cut where it meets borders; a ring begins at one if it meets any."""
        path, is_on = list(self.path), list(self.is_on)
        if path[0] == path[-1] and any(is_on):
            first = is_on.index(True)
            path = path[first:-1] + path[: first + 1]
            is_on = is_on[first:-1] + is_on[: first + 1]
        cuts = [0, *(at for at in range(1, len(path) - 1) if is_on[at]), len(path) - 1]
        return [Piece(tuple(path[a : b + 1]), is_on[a], is_on[b]) for a, b in pairwise(cuts)]

    def nodes_at(self, used: set[Point]) -> dict[int, tuple[Point, ...]]:
        """Return the new vertices of edges, only those that are in use."""
        kept = {
            edge: tuple(point for point in points if point in used)
            for edge, points in self.nodes.items()
        }
        return {edge: points for edge, points in kept.items() if points}


class _Tracer:
    """Finds where a line meets edges; vertices of borders go before points of the line."""

    def __init__(self, borders: Borders, edges: Ints) -> None:
        self._edges = edges
        self._start = borders.mm[edges]
        self._end = borders.mm[borders.after[edges]]
        self._ends = np.concatenate([self._start, self._end])
        self._vertices = set(map(tuple, self._ends.tolist()))
        self._nodes: defaultdict[int, set[Point]] = defaultdict(set)

    def trace(self, mm: Ints) -> Traced:
        points = [self._settled(_as_point(row)) for row in mm]
        is_ring = bool((mm[0] == mm[-1]).all())
        if not is_ring:
            points[0] = self._reaching(points[0])
            points[-1] = self._reaching(points[-1])
        path = [points[0]]
        for one, other in pairwise(points):
            for point in (*self._met(one, other), other):
                if point != path[-1]:
                    path.append(point)
        on = self._vertices.union(*self._nodes.values())
        is_on = tuple(point in on for point in path)
        return Traced(tuple(path), is_on, frozenset(points), self._ordered())

    def _settled(self, point: Point) -> Point:
        """Return the vertex that a point is so near to, or the point, put on edges it lies on."""
        if point in self._vertices:
            return point
        gaps = (self._ends - np.array(point)).astype(np.float64)
        distances = np.hypot(gaps[:, 0], gaps[:, 1])
        nearest = int(np.argmin(distances))
        if distances[nearest] < SNAP_MM:
            return _as_point(self._ends[nearest])
        _, distances = self._feet(point)
        for edge in np.flatnonzero(distances <= TOUCH_MM).tolist():
            self._nodes[edge].add(point)
        return point

    def _reaching(self, end: Point) -> Point:
        """Return an end of the line, on the border if it nearly reaches or just passes it."""
        if end in self._vertices or any(end in points for points in self._nodes.values()):
            return end
        feet, distances = self._feet(end)
        nearest = int(np.argmin(distances))
        if distances[nearest] >= SNAP_MM:
            return end
        foot = _as_point(np.rint(feet[nearest]).astype(np.int64) + np.array(end))
        self._nodes[nearest].add(foot)
        return foot

    def _feet(self, point: Point) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the nearest place on each edge, relative to a point, and how far it is."""
        start = (self._start - np.array(point)).astype(np.float64)
        way = (self._end - self._start).astype(np.float64)
        share = -(start * way).sum(axis=1) / (way * way).sum(axis=1)
        feet = start + way * np.clip(share, 0.0, 1.0)[:, None]
        return feet, np.hypot(feet[:, 0], feet[:, 1])

    def _met(self, one: Point, other: Point) -> list[Point]:
        """Return where a segment meets borders, in its direction; edges get the same vertices."""
        if one == other:
            return []
        origin = np.array(one)
        way = np.array([other[0] - one[0], other[1] - one[1]], np.float64)
        start, end = (
            (self._start - origin).astype(np.float64),
            (self._end - origin).astype(np.float64),
        )
        near = np.flatnonzero(_boxes_meet(start, end, way))
        found: dict[Point, float] = {}
        self._add_vertices(near, origin, way, found)
        self._add_nodes(near, origin, way, found)
        start, end = start[near], end[near]
        along = end - start
        side_start, side_end = _cross(way, start), _cross(way, end)
        denominator = side_start - side_end
        crosses = (side_start * side_end < 0) & (denominator != 0)
        share = np.divide(side_start, denominator, out=np.zeros(len(near)), where=crosses)
        places = start + along * share[:, None]
        t = (places @ way) / (way @ way)
        crosses &= (t > 0) & (t < 1)
        for at in np.flatnonzero(crosses).tolist():
            edge = int(near[at])
            if self._is_met_already(edge, (one, other, *found)):
                continue
            point = _as_point(np.rint(places[at]).astype(np.int64) + origin)
            if point not in (_as_point(self._start[edge]), _as_point(self._end[edge])):
                self._nodes[edge].add(point)
            found[point] = float(t[at])
        return sorted(found, key=lambda point: found[point])

    def _add_vertices(
        self, near: Ints, origin: Ints, way: NDArray[np.float64], found: dict[Point, float]
    ) -> None:
        ends = np.unique(np.concatenate([self._start[near], self._end[near]]), axis=0)
        for point, t in _close(ends, origin, way, SNAP_MM):
            found[point] = t

    def _add_nodes(
        self, near: Ints, origin: Ints, way: NDArray[np.float64], found: dict[Point, float]
    ) -> None:
        """Add vertices that the line has put on edges before and now comes back to."""
        old = {point for edge in near.tolist() for point in self._nodes.get(edge, ())}
        if old:
            for point, t in _close(np.array(sorted(old)), origin, way, TOUCH_MM):
                found[point] = t

    def _is_met_already(self, edge: int, points: Iterable[Point]) -> bool:
        ends = {_as_point(self._start[edge]), _as_point(self._end[edge])}
        return any(point in ends or point in self._nodes.get(edge, ()) for point in points)

    def _ordered(self) -> dict[int, tuple[Point, ...]]:
        ordered = {}
        for at, points in self._nodes.items():
            way = self._end[at] - self._start[at]
            start = self._start[at]
            rank = {point: int(((np.array(point) - start) * way).sum()) for point in points}
            ordered[int(self._edges[at])] = tuple(sorted(points, key=rank.__getitem__))
        return ordered


def _boxes_meet(
    start: NDArray[np.float64], end: NDArray[np.float64], way: NDArray[np.float64]
) -> NDArray[np.bool_]:
    low, high = np.minimum(way, 0.0) - SNAP_MM, np.maximum(way, 0.0) + SNAP_MM
    meet = (np.minimum(start, end) <= high) & (np.maximum(start, end) >= low)
    return np.asarray(meet.all(axis=1), np.bool_)


def _cross(way: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    crossed: NDArray[np.float64] = way[0] * places[:, 1] - way[1] * places[:, 0]
    return crossed


def _close(
    places: Ints, origin: Ints, way: NDArray[np.float64], reach_mm: float
) -> list[tuple[Point, float]]:
    """Return the places near to the inside of a segment, and how far along it they are."""
    relative = (places - origin).astype(np.float64)
    t = (relative @ way) / (way @ way)
    distance = np.abs(_cross(way, relative)) / np.hypot(*way)
    is_close = (t > 0) & (t < 1) & (distance <= reach_mm)
    return [(_as_point(places[at]), float(t[at])) for at in np.flatnonzero(is_close).tolist()]


def trace(borders: Borders, edges: Ints, mm: Ints) -> Traced:
    """Return a line (k, 2) noded with some edges of a coverage, each named once.

    A crossing is rounded to 1 mm and is a vertex of the line and of the edge. Nearer than 1 cm to
    a vertex of the edges the line goes through it, nearer than 1 cm to a border it ends there.

    Raises:
        RequestError: so noded, it touches itself.
    """
    traced = _Tracer(borders, edges).trace(mm)
    if len(traced.path) < 2:
        raise RequestError(texts.line_too_short(), place=place_of(traced.path[0]))
    ensure_simple(np.array(traced.path))
    return traced
