"""The outline of a cell, or of a group of cells, that follows a drawn line.

The stretch of the outline between the line's first and last meeting with it is given up, and all
borders between the stretch and the line with it. Borders of others that ended on the stretch are
cut off at the line or go on to it; then each face belongs to whoever's old edges it has.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.errors import RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import MM, OUTSIDE, Borders, Ints, Point, to_metres, to_mm
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import change_of, ensure_no_gap, ensure_sound
from gridmap.geo.edit_faces import Draft, noded
from gridmap.geo.edit_line import SNAP_MM, Segment, Traced, place_of, trace

_Way = NDArray[np.float64]
Nodes = dict[int, tuple[Point, ...]]


@dataclass(frozen=True)
class Meeting:
    """Where a line meets an outline first and last, and the stretches in between.

    ``first`` and ``last`` are positions in the line's path; ``stretch`` are the outline's
    vertices from the one place to the other, in the line's direction.
    """

    first: int
    last: int
    stretch: tuple[Point, ...]

    def stretch_with(self, traced: Traced, used: set[Point]) -> tuple[Point, ...]:
        """Return the stretch with only those of its new vertices that are in use."""
        new = {point for points in traced.nodes.values() for point in points} - used
        return tuple(point for point in self.stretch if point not in new)


def find_meeting(
    borders: Borders, traced: Traced, outlines: Iterable[list[Point]]
) -> Meeting | None:
    """Return the meeting with the outline that the line goes along most, None where with none.

    Of a closed outline it is the stretch that has less ground between itself and the line.
    """
    best: Meeting | None = None
    for outline in outlines:
        chain = noded_chain(borders, traced.nodes, outline)
        on_chain = set(chain)
        met = [at for at, point in enumerate(traced.path) if point in on_chain]
        if len(met) < 2 or traced.path[met[0]] == traced.path[met[-1]]:
            continue
        if best is None or met[-1] - met[0] > best.last - best.first:
            path = traced.path[met[0] : met[-1] + 1]
            best = Meeting(met[0], met[-1], _stretch(chain, path))
    return best


def noded_chain(borders: Borders, nodes: Nodes, outline: list[Point]) -> list[Point]:
    """Return an outline with the new vertices that edges have got."""
    between: dict[Segment, tuple[Point, ...]] = {}
    for edge in nodes:
        chain = noded(borders, nodes, edge)
        between[chain[0], chain[-1]] = tuple(chain[1:-1])
        between[chain[-1], chain[0]] = tuple(chain[-2:0:-1])
    found = [outline[0]]
    for segment in pairwise(outline):
        found += [*between.get(segment, ()), segment[1]]
    return found


def _stretch(chain: list[Point], path: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return the part of a chain between the ends of a path, from its start to its end."""
    is_closed = chain[0] == chain[-1]
    ring = chain[:-1] if is_closed else chain
    start, end = ring.index(path[0]), ring.index(path[-1])
    low, high = sorted((start, end))
    ways = [ring[low : high + 1]]
    if is_closed:
        ways.append([*ring[high:], *ring[: low + 1]][::-1])
    directed = [tuple(way if start < end else way[::-1]) for way in ways]
    return min(directed, key=lambda way: float(shapely.area(_between(way, path))))


def _between(way: tuple[Point, ...], line: Iterable[Point]) -> shapely.Geometry:
    """Return the ground between two lines that have both ends in common."""
    ring = [*line, *way[-2::-1]]
    if len(ring) < 4:
        return shapely.Polygon()
    return shapely.make_valid(shapely.Polygon(to_metres(np.array(ring))))


def follow_line(
    coverage: Coverage,
    borders: Borders,
    outlines: list[list[Point]],
    mm: Ints,
) -> Change:
    """Return the change that lets an outline follow a line (k, 2) in millimetres.

    Args:
        coverage: the cells on both sides, and all that touch them.
        borders: theirs.
        outlines: chains of vertices, closed where the last is the first: of one cell, or the
            border between two groups of cells.
        mm: the line.

    Raises:
        RequestError: the line does not begin and end on an outline, or what it leaves is not
            whole.
    """
    near = _near(coverage, mm)
    traced = trace(borders, borders.around(near), mm)
    met = find_meeting(borders, traced, outlines)
    if met is None:
        raise RequestError(texts.line_not_on_border(), place=place_of(traced.path[0]))
    line = _line(traced, met)
    at = line[len(line) // 2]
    stretch = met.stretch_with(traced, set(line))
    cells = _near(coverage, np.array([*line, *stretch]))
    nodes = traced.nodes_at(set(line))
    draft = Draft(coverage, borders, cells, nodes)
    ground = ensure_ground_between(stretch, line)
    dropped = _dropped(draft, stretch, line, ground)
    extensions = _extensions(draft, dropped, stretch, line, ground)
    for _, end in extensions:
        line = _with_vertex(line, end)
    drawn = frozenset(pairwise(line))  # where it runs along an edge, that says no more whose it is
    faces = draft.faces([line, *extensions], dropped | drawn)
    ours = set(cells.tolist())
    given: dict[Key, list[shapely.Polygon]] = {coverage.keys[cell]: [] for cell in cells.tolist()}
    for face in faces:
        if face.owners.isdisjoint(ours):
            continue
        if len(face.owners) > 1:
            raise RequestError(texts.folds(), place=place_of(at))
        given[coverage.keys[min(face.owners)]].append(face.shape)
    for key, shapes in given.items():
        if not shapes:
            inside = shapely.point_on_surface(coverage.shape(key))
            east, north = to_mm(shapely.get_coordinates(inside)[0]).tolist()
            raise RequestError(texts.nothing_left(), place=place_of((east, north)))
    change = change_of(coverage, borders, cells, given, nodes=nodes)
    is_outer = any(OUTSIDE in (draft.right.get(one), draft.right.get(one[::-1])) for one in dropped)
    ensure_sound(coverage, borders, change, at=at, nodes=nodes, keeps_union=not is_outer)
    if is_outer:
        ensure_no_gap(coverage, change)
    return change


def ensure_ground_between(stretch: tuple[Point, ...], line: list[Point]) -> shapely.Geometry:
    """Return the ground between a border and a line.

    Raises:
        RequestError: there is none but for rounding; the line runs along the border.
    """
    ground = _between(stretch, line)
    around = float(shapely.length(shapely.LineString(to_metres(np.array(line)))))
    if float(shapely.area(ground)) <= around / MM:
        raise RequestError(texts.line_runs_along(), place=place_of(line[len(line) // 2]))
    return ground


def _near(coverage: Coverage, mm: Ints) -> Ints:
    """Return the cells whose boxes come near to the box of some places."""
    x0, y0 = (mm.min(axis=0) / MM - 1.0).tolist()
    x1, y1 = (mm.max(axis=0) / MM + 1.0).tolist()
    low_x, low_y, high_x, high_y = shapely.bounds(coverage.shapes).T
    meets = (low_x <= x1) & (high_x >= x0) & (low_y <= y1) & (high_y >= y0)
    found: Ints = np.flatnonzero(meets)
    return found


def _line(traced: Traced, met: Meeting) -> list[Point]:
    """Return the line between its meetings, without vertices it has from the stretch alone."""
    new = {point for points in traced.nodes.values() for point in points} - traced.drawn
    new &= set(met.stretch[1:-1])
    return [point for point in traced.path[met.first : met.last + 1] if point not in new]


def _dropped(
    draft: Draft, stretch: tuple[Point, ...], line: list[Point], ground: shapely.Geometry
) -> frozenset[Segment]:
    """Return the segments of the stretch, and those between it and the line."""
    segments = [one for one in draft.right if one[::-1] not in draft.right or one[0] < one[1]]
    middles = np.array([[(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] for a, b in segments]) / MM
    shapely.prepare(ground)
    is_within = shapely.contains_xy(ground, middles[:, 0], middles[:, 1])
    drawn = {*pairwise(line), *pairwise(line[::-1])}
    within = {
        segment
        for segment, inside in zip(segments, is_within.tolist(), strict=True)
        if inside and segment not in drawn
    }
    return frozenset({*pairwise(stretch), *within})


def _extensions(
    draft: Draft,
    dropped: frozenset[Segment],
    stretch: tuple[Point, ...],
    line: list[Point],
    ground: shapely.Geometry,
) -> list[tuple[Point, Point]]:
    """Return where borders of others that ended on the stretch go on to the line."""
    on_line = set(line)
    ends = {point for point in stretch[1:-1] if point not in on_line}
    loose: dict[Point, list[_Way]] = {}
    for a, b in draft.right:
        if (a, b) in dropped or (b, a) in dropped:
            continue
        for end, start in ((a, b), (b, a)):
            if end in ends:
                way = np.array(end, np.float64) - np.array(start, np.float64)
                loose.setdefault(end, []).append(way / np.hypot(*way))
    target = shapely.LineString(to_metres(np.array(line)))
    found = [
        (end, _aim(end, sum(ways, np.zeros(2)), target, ground, straight=True))
        for end, ways in loose.items()
    ]
    if _any_cross(found):
        found = [(end, _aim(end, np.zeros(2), target, ground, straight=False)) for end in loose]
    return found


def _aim(
    end: Point,
    way: _Way,
    target: shapely.LineString,
    ground: shapely.Geometry,
    *,
    straight: bool,
) -> Point:
    """Return where a border that ends at the stretch meets the line: straight on, or nearest."""
    start = np.array(end) / MM
    x0, y0, x1, y1 = shapely.bounds(ground).tolist()
    if straight and np.hypot(*way) > 0:
        reach = way / np.hypot(*way) * (x1 - x0 + y1 - y0)
        met = shapely.get_coordinates(
            shapely.intersection(shapely.LineString([start, start + reach]), target)
        )
        if len(met):
            nearest = met[int(np.argmin(np.hypot(*(met - start).T)))]
            if _is_within(start, nearest, ground):
                return _snapped(nearest, target)
    here = shapely.Point(start)
    parts = shapely.get_parts(ground)
    part = parts[int(np.argmin(shapely.distance(parts, here)))]
    grown = shapely.buffer(part, 1.0 / MM)  # it may run along its edge
    beside = shapely.intersection(target, grown)
    if shapely.is_empty(beside):
        raise RequestError(texts.border_cannot_follow(), place=place_of(end))
    nearest = shapely.get_coordinates(shapely.shortest_line(here, beside))[1]
    if not _is_within(start, nearest, grown):
        raise RequestError(texts.border_cannot_follow(), place=place_of(end))
    return _snapped(nearest, target)


def _is_within(
    start: _Way,
    end: _Way,
    ground: shapely.Geometry,
) -> bool:
    way = shapely.LineString([start, end])
    return bool(shapely.length(shapely.difference(way, ground)) < SNAP_MM / MM)


def _snapped(place: _Way, line: shapely.LineString) -> Point:
    """Return a place in millimetres, or the vertex of the line that is nearly there."""
    vertices = shapely.get_coordinates(line)
    distances = np.hypot(*(vertices - place).T) * MM
    nearest = int(np.argmin(distances))
    east, north = to_mm(vertices[nearest] if distances[nearest] < SNAP_MM else place).tolist()
    return east, north


def _any_cross(segments: list[tuple[Point, Point]]) -> bool:
    lines = [shapely.LineString([one, other]) for one, other in segments]
    return any(
        shapely.intersects(one, other) for at, one in enumerate(lines) for other in lines[:at]
    )


def _with_vertex(line: list[Point], point: Point) -> list[Point]:
    """Return a line with one more vertex on it."""
    if point in line:
        return line
    place = shapely.Point(point)
    segments = [shapely.LineString([a, b]) for a, b in pairwise(line)]
    at = int(np.argmin(shapely.distance(np.array(segments, object), place)))
    return [*line[: at + 1], point, *line[at + 1 :]]
