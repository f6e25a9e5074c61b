"""The shared borders of a coverage, derived from its areas: edges, junctions and arcs.

Vertices are compared exactly, as whole millimetres; an arc is a run of edges that two areas share.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.coverage import Coverage, Key

MM = 1000.0
OUTSIDE = -1
Ints = NDArray[np.int64]
Point = tuple[int, int]
"""(east, north) in whole millimetres."""


def to_mm(xy: NDArray[np.float64]) -> Ints:
    """Return metres as whole millimetres."""
    rounded: Ints = np.rint(np.asarray(xy, np.float64) * MM).astype(np.int64)
    return rounded


def to_metres(mm: Ints) -> NDArray[np.float64]:
    """Return whole millimetres as the metres that the workspace stores for them."""
    metres: NDArray[np.float64] = mm / MM
    return metres


def area_of(rings: list[Ints]) -> shapely.Geometry:
    """Return the area within closed rings (k, 2) in millimetres; holes run the other way round."""
    lines = [shapely.LinearRing(to_metres(ring)) for ring in rings]
    shells = [line for line in lines if shapely.is_ccw(line)]
    if len(shells) < 2:
        return shapely.Polygon(lines[0], lines[1:])
    holes = [line for line in lines if not shapely.is_ccw(line)]
    areas = [shapely.Polygon(shell) for shell in shells]
    return shapely.MultiPolygon(
        [
            (shell, [hole for hole in holes if shapely.covers(area, hole)])
            for shell, area in zip(shells, areas, strict=True)
        ]
    )


@dataclass(frozen=True)
class Borders:
    """All directed edges of a coverage, ring after ring, with the area on the left.

    Edge ``i`` goes from ``mm[i]`` (whole millimetres) to ``mm[after[i]]`` and belongs to the area
    at position ``cell[i]``; ``vertex[i]`` numbers the place where it starts, the same number for
    the same place. ``twin[i]`` is the same edge of the neighbour, or -1 on the outer edge.
    """

    mm: Ints
    after: Ints
    cell: Ints
    vertex: Ints
    twin: Ints

    @classmethod
    def of(cls, coverage: Coverage) -> "Borders":
        """Return the borders of a coverage.

        Example:
            >>> squares = shapely.box([0, 1], [0, 0], [1, 2], [1, 1])
            >>> borders = Borders.of(Coverage(("a", "b"), squares))
            >>> len(borders.mm), int((borders.twin >= 0).sum())
            (8, 2)
        """
        if not len(coverage):
            none = np.empty(0, np.int64)
            return cls(np.empty((0, 2), np.int64), none, none, none, none)
        parts, part_of = shapely.get_parts(coverage.shapes, return_index=True)
        rings, part = shapely.get_rings(shapely.orient_polygons(parts), return_index=True)
        owner = part_of[part]
        xy, ring = shapely.get_coordinates(rings, return_index=True)
        is_last = np.append(ring[1:] != ring[:-1], True)
        is_kept = ~is_last  # rings repeat their first vertex
        mm, ring = to_mm(xy[is_kept]), ring[is_kept]
        starts = np.flatnonzero(np.append(True, ring[1:] != ring[:-1]))
        after = np.arange(1, len(mm) + 1)
        after[np.append(starts[1:], len(mm)) - 1] = starts
        vertex = _numbered(mm)
        return cls(mm, after, owner[ring].astype(np.int64), vertex, _twins(vertex, vertex[after]))

    @cached_property
    def before(self) -> Ints:
        """Return for each edge the one that it follows in its ring."""
        before = np.empty_like(self.after)
        before[self.after] = np.arange(len(self.after))
        return before

    @cached_property
    def neighbour(self) -> Ints:
        """Return the position of the area on the right of each edge, -1 outside."""
        if not len(self.twin):
            return self.twin
        found: Ints = np.where(self.twin >= 0, self.cell[self.twin], OUTSIDE)
        return found

    @cached_property
    def degree(self) -> Ints:
        """Return how many edges meet at each numbered vertex; 3 or more make it a junction."""
        one, other = self.vertex, self.vertex[self.after]
        count = int(self.vertex.max()) + 1 if len(self.vertex) else 0
        codes = np.unique(np.minimum(one, other) * count + np.maximum(one, other))
        ends = np.concatenate([codes // max(count, 1), codes % max(count, 1)])
        return np.bincount(ends, minlength=count)

    @cached_property
    def single(self) -> Ints:
        """Return each edge once: those of the outer edge, and one of each pair of twins."""
        found: Ints = np.flatnonzero((self.twin < 0) | (np.arange(len(self.twin)) < self.twin))
        return found

    def around(self, positions: Ints) -> Ints:
        """Return each edge of some areas once, by the number that ``single`` has for it."""
        is_theirs = np.isin(self.cell, positions) | np.isin(self.neighbour, positions)
        found: Ints = self.single[is_theirs[self.single]]
        return found

    def outer_codes(self) -> Ints:
        """Return (n, 4) start and end of the edges of the outer edge, in a fixed order."""
        outer = np.flatnonzero(self.twin < 0)
        rows = np.hstack([self.mm[outer], self.mm[self.after[outer]]])
        return rows[np.lexsort(rows.T)]

    def of_cells(self, positions: Ints) -> Ints:
        """Return the edges of some areas."""
        found: Ints = np.flatnonzero(np.isin(self.cell, positions))
        return found

    def rings(self, position: int) -> list[Ints]:
        """Return the edges of each ring of an area in order, the exterior first."""
        edges = np.flatnonzero(self.cell == position)
        starts = np.flatnonzero(np.append(True, self.before[edges[1:]] != edges[:-1]))
        return np.split(edges, starts[1:])

    def touching(self, position: int) -> Ints:
        """Return the positions of the areas that have a border with one, without -1."""
        found = np.unique(self.neighbour[self.cell == position])
        return found[found >= 0]

    def arcs(self, cell: int, other: int) -> list[Ints]:
        """Return the runs of edges that an area shares with another (-1: with nobody)."""
        is_shared = (self.cell == cell) & (self.neighbour == other)
        shared = np.flatnonzero(is_shared)
        starts = shared[~is_shared[self.before[shared]]].tolist()
        found = [np.array(list(self._run(start, is_shared)), np.int64) for start in starts]
        left = set(shared.tolist()) - {edge for run in found for edge in run.tolist()}
        while left:  # whole rings
            run = list(self._run(min(left), is_shared))
            left -= set(run)
            found.append(np.array(run, np.int64))
        return found

    def _run(self, start: int, is_wanted: NDArray[np.bool_]) -> Iterator[int]:
        edge = start
        while True:
            yield edge
            edge = int(self.after[edge])
            if edge == start or not is_wanted[edge]:
                return

    def path(self, run: Ints) -> list[Point]:
        """Return the vertices of a run of edges, from its start to its end."""
        every = np.append(run, self.after[run[-1]])
        return [(east, north) for east, north in self.mm[every].tolist()]

    def find_vertex(self, place: Point, reach_mm: float) -> int | None:
        """Return an edge that starts at the vertex nearest to a place, within reach."""
        if not len(self.mm):
            return None
        distances = np.hypot(*(self.mm - np.array(place)).T.astype(np.float64))
        nearest = int(np.argmin(distances))
        return nearest if distances[nearest] <= reach_mm else None

    def find_edge(self, place: Point, reach_mm: float) -> tuple[int, Point] | None:
        """Return the edge nearest to a place, within reach, and the foot on it, rounded."""
        if not len(self.mm):
            return None
        start = (self.mm - np.array(place)).astype(np.float64)
        way = (self.mm[self.after] - self.mm).astype(np.float64)
        share = -(start * way).sum(axis=1) / np.maximum((way * way).sum(axis=1), 1.0)
        foot = start + way * np.clip(share, 0.0, 1.0)[:, None]
        distances = np.hypot(foot[:, 0], foot[:, 1])
        nearest = int(np.argmin(distances))
        if distances[nearest] > reach_mm:
            return None
        east, north = np.rint(foot[nearest]).astype(np.int64).tolist()
        return nearest, (place[0] + east, place[1] + north)


def _numbered(mm: Ints) -> Ints:
    """Return a number for each place, the same for the same place."""
    # Two columns are packed into one: sorting rows takes ten times as long.
    packed = mm - mm.min(axis=0)
    _, numbers = np.unique(
        packed[:, 0] * (packed[:, 1].max() + 1) + packed[:, 1], return_inverse=True
    )
    return numbers.astype(np.int64)


def _twins(start: Ints, end: Ints) -> Ints:
    count = int(start.max()) + 1
    codes, wanted = start * count + end, end * count + start
    order = np.argsort(codes, kind="stable")
    at = np.minimum(np.searchsorted(codes[order], wanted), len(codes) - 1)
    found = order[at]
    twins: Ints = np.where(codes[found] == wanted, found, OUTSIDE)
    return twins


def find_arcs(coverage: Coverage, key: Key, other: Key | None) -> list[shapely.LineString]:
    """Return the borders that two areas share, longest first; ``other`` None: the outer edge.

    Raises:
        KeyError: the coverage has no such area.

    Example:
        >>> squares = shapely.box([0, 1], [0, 0], [1, 2], [1, 1])
        >>> find_arcs(Coverage(("a", "b"), squares), "a", "b")
        [<LINESTRING (1 0, 1 1)>]
    """
    borders = Borders.of(coverage)
    second = OUTSIDE if other is None else coverage.position(other)
    runs = borders.arcs(coverage.position(key), second)
    lines = [shapely.LineString(to_metres(np.array(borders.path(run)))) for run in runs]
    return sorted(lines, key=lambda line: -float(line.length))


def find_arc(coverage: Coverage, key: Key, other: Key | None) -> shapely.LineString | None:
    """Return the longest border that two areas share, or None; see ``find_arcs``.

    Example:
        >>> squares = shapely.box([0, 5], [0, 0], [1, 6], [1, 1])
        >>> find_arc(Coverage(("a", "b"), squares), "a", "b") is None
        True
    """
    return next(iter(find_arcs(coverage, key, other)), None)


def junctions(coverage: Coverage) -> NDArray[np.float64]:
    """Return (n, 2) the places where three borders or more meet, in metres.

    Example:
        >>> squares = shapely.box([0, 1], [0, 0], [1, 2], [1, 1])
        >>> junctions(Coverage(("a", "b"), squares)).tolist()
        [[1.0, 0.0], [1.0, 1.0]]
    """
    borders = Borders.of(coverage)
    places = np.empty((len(borders.degree), 2), np.int64)
    places[borders.vertex] = borders.mm
    return to_metres(places[borders.degree >= 3])
