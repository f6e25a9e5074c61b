"""The linework of a coverage's versions: edges between numbered vertices, and whose they are.

Vertices are numbered over all versions by their place on the grid. An edge is the number
``first * count + second`` with ``first < second``; its ``sides`` are the keys' numbers on its left
and on its right, seen from first to second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.features import Geometries

OUTSIDE = -1
"""Beside the outer edge; also the ground of cells that no version changes."""
_NEAR = 1.0  # grid units: a vertex put into a straight line is rounded to the grid
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Vertices:
    """All vertices: ``grid`` (n, 2) whole numbers of grid units, ``xy`` (n, 2) as first read."""

    grid: Ints
    xy: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.grid)

    def ends(self, codes: Ints) -> tuple[Ints, Ints]:
        """Return the numbers of the first and of the second vertices of edges."""
        return codes // len(self), codes % len(self)

    def code(self, one: int, other: int) -> int:
        """Return the number of the edge between two vertices."""
        return min(one, other) * len(self) + max(one, other)

    def line(self, codes: Sequence[int]) -> shapely.MultiLineString | shapely.LineString:
        """Return edges as lines, joined where they meet."""
        first, second = self.ends(np.array(sorted(codes), np.int64))
        pairs = np.stack([self.xy[first], self.xy[second]], axis=1)
        return shapely.line_merge(shapely.multilinestrings(shapely.linestrings(pairs)))


@dataclass(frozen=True)
class Lines:
    """The edges of one version: ``codes`` (n,) ascending, ``sides`` (n, 2)."""

    codes: Ints
    sides: Ints

    def __len__(self) -> int:
        return len(self.codes)

    def has(self, codes: Ints) -> Mask:
        """Return which of some edges are there."""
        return _is_in(codes, self.codes)

    def sides_of(self, codes: Ints, missing: int) -> Ints:
        """Return the (n, 2) sides of some edges, ``missing`` where an edge is not there."""
        if not len(self):
            return np.full((len(codes), 2), missing, np.int64)
        at = np.minimum(np.searchsorted(self.codes, codes), len(self) - 1)
        found = self.codes[at] == codes
        return np.where(found[:, None], self.sides[at], missing)

    def sides_at(self, code: int) -> tuple[int, int]:
        """Return the sides of one edge, outside where it is not there."""
        left, right = self.sides_of(np.array([code], np.int64), OUTSIDE)[0].tolist()
        return left, right

    def exchanged(self, gone: Sequence[int], new: Mapping[int, tuple[int, int]]) -> "Lines":
        """Return the edges without some of them, and with others."""
        if not gone and not new:
            return self
        kept = ~_is_in(self.codes, np.array(sorted({*gone, *new}), np.int64))
        codes = np.concatenate([self.codes[kept], np.array([*new], np.int64)])
        sides = np.concatenate(
            [self.sides[kept], np.array([*new.values()], np.int64).reshape(-1, 2)]
        )
        order = np.argsort(codes)
        return Lines(codes[order], sides[order])


def _is_in(values: Ints, ascending: Ints) -> Mask:
    """Return which values are there: quicker than numpy's isin, which sorts both."""
    if not len(ascending):
        return np.zeros(len(values), bool)
    at = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    is_in: Mask = ascending[at] == values
    return is_in


def number_vertices(versions: Sequence[Geometries], grid: float) -> tuple[Vertices, list[Ints]]:
    """Number the vertices of all versions; return them, and the numbers vertex by vertex."""
    each = [shapely.get_coordinates(shapes) for shapes in versions]
    xy = np.concatenate(each)
    rounded = np.rint(xy / grid)
    _, first, number = np.unique(  # whole numbers up to 2**53 in each part: exact
        rounded[:, 0] + 1j * rounded[:, 1], return_index=True, return_inverse=True
    )
    vertices = Vertices(rounded[first].astype(np.int64), xy[first])
    bounds = np.cumsum([len(one) for one in each])[:-1]
    return vertices, [part.astype(np.int64) for part in np.split(number.ravel(), bounds)]


def read_lines(shapes: Geometries, owners: Ints, numbers: Ints, count: int) -> tuple[Lines, Ints]:
    """Return the edges of areas, and the numbers of keys whose edges overlap others'.

    Args:
        shapes: the areas of one version.
        owners: the number of each area's key.
        numbers: the number of each of their vertices.
        count: of all vertices.
    """
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    sizes = shapely.get_num_coordinates(rings)
    ends = np.cumsum(sizes)
    is_last = np.zeros(len(numbers), bool)
    is_last[ends - 1] = True
    start = np.flatnonzero(~is_last)
    one, other = numbers[start], numbers[start + 1]
    ring = np.repeat(np.arange(len(rings)), sizes - 1)
    is_hole = np.ones(len(rings), bool)
    is_hole[np.unique(of_part, return_index=True)[1]] = False
    is_turned = (shapely.is_ccw(rings) == is_hole)[ring]
    one, other = np.where(is_turned, other, one), np.where(is_turned, one, other)
    owner = owners[of_shape[of_part[ring]]]
    kept = one != other
    return _paired(one[kept], other[kept], owner[kept], count)


def _paired(one: Ints, other: Ints, owner: Ints, count: int) -> tuple[Lines, Ints]:
    """Put both directions of each edge together; a spike, with one owner on both sides, goes."""
    codes, at = np.unique(
        np.minimum(one, other) * count + np.maximum(one, other), return_inverse=True
    )
    side = (one > other).astype(np.int64)
    slot = at.ravel() * 2 + side
    flat = np.full(len(codes) * 2, OUTSIDE, np.int64)
    flat[slot] = owner
    is_twice = np.bincount(slot, minlength=len(flat))[slot] > 1
    sides = flat.reshape(-1, 2)
    kept = sides[:, 0] != sides[:, 1]
    return Lines(codes[kept], sides[kept]), np.unique(owner[is_twice])


@dataclass(frozen=True)
class Refined:
    """Versions that have the vertices that only one of them put into a straight line.

    ``inserted`` are the base's edges into which mine, and into which theirs put vertices, and
    what they have instead; ``moved_under`` those into which one side put a vertex where the other
    side moved or dropped them.
    """

    base: Lines
    mine: Lines
    theirs: Lines
    inserted: tuple[frozenset[int], frozenset[int]]
    moved_under: tuple[int, ...]


def refine(vertices: Vertices, base: Lines, mine: Lines, theirs: Lines) -> Refined:
    """Put what a side inserted into a straight line into the same line of the other versions."""
    ways = [_ways(vertices, base, side) for side in (mine, theirs)]
    split = [_Exchange(), _Exchange(), _Exchange()]
    moved_under = []
    # A loop over edges that got a vertex: one or two for each edit, some 30 microseconds each.
    for code in sorted({*ways[0], *ways[1]}):
        start, end = divmod(code, len(vertices))
        own = [one.get(code, ((start,), (end,))) for one in ways]
        points = _in_order(vertices, (start, end), {p for way in own for path in way for p in path})
        split[0].put(vertices, base, (start, end), points)
        for place, side in enumerate((mine, theirs)):
            paths = own[place]
            if side.has(np.array([code]))[0]:
                paths = ((start, end), ())
            for path in paths:
                split[place + 1].put(vertices, side, path, points)
            if paths[1] and points.index(paths[1][0]) - points.index(paths[0][-1]) > 1:
                moved_under.append(code)
    done = [one.applied(lines) for one, lines in zip(split, (base, mine, theirs), strict=True)]
    ours, others = (_inserted(vertices, one) for one in ways)
    return Refined(done[0], *_alike(vertices, *done), (ours, others), tuple(moved_under))


def _inserted(vertices: Vertices, ways: "Mapping[int, _Way]") -> frozenset[int]:
    whole = [code for code, (_, back) in ways.items() if not back]
    parts = [path for way in ways.values() for path in way]
    return frozenset(whole) | {vertices.code(*pair) for path in parts for pair in pairwise(path)}


def _alike(vertices: Vertices, base: Lines, mine: Lines, theirs: Lines) -> tuple[Lines, Lines]:
    """Give lines that both sides drew anew the vertices that only one of them has on these."""
    result = []
    for one, other in ((mine, theirs), (theirs, mine)):
        drawn = Lines(*(part[~base.has(one.codes)] for part in (one.codes, one.sides)))
        known = Lines(*(part[~base.has(other.codes)] for part in (other.codes, other.sides)))
        split = _Exchange()
        for code, (path, back) in _ways(vertices, drawn, known).items():
            if not back:
                split.put(vertices, one, divmod(code, len(vertices)), path)
        result.append(split.applied(one))
    return result[0], result[1]


_Way = tuple[Sequence[int], Sequence[int]]
"""The vertices of a straight line from its start as far as a side has it, and on to its end from
where the side has it again (none where it has all)."""


class _Exchange:
    """Edges to be taken out of a version, and those that come instead."""

    def __init__(self) -> None:
        self.gone: list[int] = []
        self.new: dict[int, tuple[int, int]] = {}

    def put(
        self,
        vertices: Vertices,
        lines: Lines,
        path: Sequence[int],
        points: Sequence[int],
    ) -> None:
        """Let a path go over points, which are in order and hold the path's."""
        for one, other in pairwise(path):
            between = points[points.index(one) : points.index(other) + 1]
            code = vertices.code(one, other)
            left, right = lines.sides_at(code)
            if one > other:
                left, right = right, left
            self.gone.append(code)
            for start, end in pairwise(between):
                sides = (left, right) if start < end else (right, left)
                self.new[vertices.code(start, end)] = sides

    def applied(self, lines: Lines) -> Lines:
        return lines.exchanged(self.gone, self.new)


def _ways(vertices: Vertices, base: Lines, side: Lines) -> dict[int, _Way]:
    """Return for edges of ``base`` which ``side`` has in several parts, straight on, their ways."""
    missing = base.codes[~side.has(base.codes)]
    new = side.codes[~base.has(side.codes)]
    beside: dict[int, list[int]] = {}
    for one, other in zip(*(end.tolist() for end in vertices.ends(new)), strict=True):
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    first, second = vertices.ends(missing)
    found: dict[int, _Way] = {}
    for code, one, other in zip(missing.tolist(), first.tolist(), second.tolist(), strict=True):
        there = _straight_way(vertices, beside, one, other)
        if there[-1] == other:
            found[code] = (there, ())
            continue
        back = _straight_way(vertices, beside, other, one)[::-1]
        order = _in_order(vertices, (one, other), {*there, *back})
        if order != [*there, *back]:
            back = [other]
        if len(there) > 1 or len(back) > 1:
            found[code] = (there, back)
    return found


def _straight_way(
    vertices: Vertices, beside: Mapping[int, Sequence[int]], start: int, end: int
) -> list[int]:
    """Return the vertices from start towards end along edges that stay on the straight line."""
    origin = vertices.grid[start]
    way = vertices.grid[end] - origin
    length = float(np.hypot(*way))
    path, reached = [start], 0.0
    while path[-1] != end:
        ahead = []
        for vertex in beside.get(path[-1], ()):
            along, across = _along(vertices.grid[vertex] - origin, way, length)
            if vertex == end or (reached < along < length and abs(across) <= _NEAR):
                ahead.append((along, vertex))
        if not ahead:
            break
        reached, vertex = min(ahead)
        path.append(vertex)
    return path


def _along(offset: Ints, way: Ints, length: float) -> tuple[float, float]:
    """Return how far an offset goes along a way, and how far aside."""
    (x, y), (dx, dy) = offset.tolist(), way.tolist()
    return (x * dx + y * dy) / length, (dx * y - dy * x) / length


def _in_order(vertices: Vertices, ends: tuple[int, int], points: set[int]) -> list[int]:
    """Return points in their order along an edge, its ends among them."""
    origin = vertices.grid[ends[0]]
    way = vertices.grid[ends[1]] - origin
    length = float(np.hypot(*way))
    inner = points - set(ends)
    ranked = sorted((_along(vertices.grid[p] - origin, way, length)[0], p) for p in inner)
    return [ends[0], *(point for _, point in ranked), ends[1]]
