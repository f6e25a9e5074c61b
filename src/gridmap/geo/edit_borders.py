"""Whole borders moved by a way."""

from itertools import pairwise

import numpy as np
import shapely

from gridmap.base.errors import RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import MM, OUTSIDE, Borders, Ints, Point, to_mm
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import change_of, ensure_sound, place_in, position
from gridmap.geo.edit_faces import Draft, dissolved
from gridmap.geo.edit_line import ensure_here, place_of, trace
from gridmap.geo.edit_moves import moved
from gridmap.model.cell_edits import MoveBorder

STRAIGHT_DEGREES = 20.0
"""Where a border ends on another that goes on this straight, it slides along instead of bending
it."""


def move_border(coverage: Coverage, edit: MoveBorder) -> Change:
    """Return the change that moves the border that two cells share; of several, the longest.

    Its ends slide along the outer edge, and along a border that goes straight on there; other
    junctions move with it, and the cells beyond follow. The outer border of a cell (``other``
    None) moves with both its ends.

    Raises:
        RequestError: they share no border, or one would fold, pass a neighbour, or vanish.

    Example:
        >>> cells = Coverage(("a", "b"), shapely.box([0, 10], [0, 0], [10, 20], [10, 10]))
        >>> change = move_border(cells, MoveBorder("a", "b", (2, 1)))
        >>> {key: float(shape.area) for key, shape in change.after.items()}
        {'a': 120.0, 'b': 80.0}
    """
    cell = position(coverage, edit.cell)
    other = OUTSIDE if edit.other is None else position(coverage, edit.other)
    by = _way(coverage, edit)
    borders = Borders.of(coverage)
    arcs = borders.arcs(cell, other)
    if not arcs:
        sentence = texts.no_outer_border if edit.other is None else texts.no_shared_border
        raise RequestError(sentence(), place=place_in(coverage.shapes[cell]))
    arc = max(arcs, key=lambda run: _length(borders, run))
    path = borders.path(arc)
    at = (path[len(path) // 2][0] + by[0], path[len(path) // 2][1] + by[1])
    ends = () if path[0] == path[-1] or other == OUTSIDE else (0, -1)
    sliding = [end for end in ends if _slides(borders, arc, end)]
    if not sliding:
        vertices = np.unique(borders.vertex[np.append(arc, borders.after[arc[-1]])])
        return moved(coverage, borders, vertices, _places(borders, vertices) + np.array(by), at)
    if len(sliding) == 2:
        return _slid(coverage, borders, (cell, other), path, by, sliding)
    fixed = 0 if sliding == [-1] else -1
    edge = arc[0] if fixed == 0 else borders.after[arc[-1]]
    first = moved(coverage, borders, borders.vertex[[edge]], np.array([_plus(path[fixed], by)]), at)
    between = first.applied(coverage)
    path[fixed] = _plus(path[fixed], by)
    cells = (between.position(edit.cell), between.position(coverage.keys[other]))
    second = _slid(between, Borders.of(between), cells, path, by, sliding)
    return first + second


def _way(coverage: Coverage, edit: MoveBorder) -> Point:
    if not np.isfinite(edit.by).all():
        raise RequestError(texts.not_finite())
    x0, y0, _, _ = shapely.total_bounds(coverage.shapes).tolist()
    ensure_here(coverage, ((x0 + edit.by[0], y0 + edit.by[1]),))
    east, north = to_mm(np.array(edit.by, np.float64)).tolist()
    if (east, north) == (0, 0):
        inside = place_in(coverage.shape(edit.cell))
        raise RequestError(texts.nothing_changes(), place=inside)
    return east, north


def _length(borders: Borders, run: Ints) -> float:
    ways = borders.mm[borders.after[run]] - borders.mm[run]
    return float(np.hypot(*ways.T.astype(np.float64)).sum())


def _places(borders: Borders, vertices: Ints) -> Ints:
    order = np.argsort(borders.vertex, kind="stable")
    places: Ints = borders.mm[order[np.searchsorted(borders.vertex[order], vertices)]]
    return places


def _plus(point: Point, by: Point) -> Point:
    return point[0] + by[0], point[1] + by[1]


def _slides(borders: Borders, arc: Ints, end: int) -> bool:
    """Return whether an end of a border lies on the outer edge, or on one that goes straight on."""
    start = int(arc[0]) if end == 0 else int(borders.after[arc[-1]])
    vertex = borders.vertex[start]
    if borders.degree[vertex] != 3:
        return False
    leaving = np.flatnonzero(borders.vertex == vertex)
    arriving = borders.before[leaving]
    if (borders.twin[leaving] < 0).any() or (borders.twin[arriving] < 0).any():
        return True
    beside = int(arc[0]) if end == 0 else int(arc[-1])
    own = {beside, int(borders.twin[beside])}
    through = [edge for edge in leaving.tolist() if edge not in own]
    ways = (borders.mm[borders.after[through]] - borders.mm[start]).astype(np.float64)
    one, other = ways / np.hypot(ways[:, 0], ways[:, 1])[:, None]
    return bool(one @ other < -np.cos(np.radians(STRAIGHT_DEGREES)))


def _slid(
    coverage: Coverage,
    borders: Borders,
    pair: tuple[int, int],
    path: list[Point],
    by: Point,
    sliding: list[int],
) -> Change:
    """Return the change that moves a border; its ends in ``sliding`` stay on the outline."""
    cells = np.array(pair)
    runs = [run for run in borders.arcs(*pair) if borders.path(run) == path]
    if not runs:  # the end that moved before has met another vertex of the border
        raise RequestError(texts.folds(), place=place_of(path[0]))
    arc = runs[0]
    outline = shapely.boundary(dissolved([coverage.shapes[cell] for cell in pair]))
    points = [_plus(point, by) for point in path]
    for end in {0, -1}.difference(sliding):
        points[end] = path[end]
    way = list(points)
    for end in sliding:
        beside = way[1 if end == 0 else -2]
        points[end] = _on_outline(outline, beside, way[end], path[end])
    at = points[len(points) // 2]
    if points[0] == points[-1]:
        raise RequestError(texts.folds(), place=place_of(at))
    own = [*arc.tolist(), *borders.twin[arc].tolist()]
    traced = trace(borders, np.setdiff1d(borders.around(cells), own), np.array(points))
    for met, point in list(zip(traced.is_on, traced.path, strict=True))[1:-1]:
        if met:
            raise RequestError(texts.passes_neighbour(), place=place_of(point))
    nodes = traced.nodes_at({traced.path[0], traced.path[-1]})
    draft = Draft(coverage, borders, cells, nodes)
    faces = draft.faces([traced.path], frozenset(pairwise(path)))
    given: dict[Key, list[shapely.Polygon]] = {coverage.keys[cell]: [] for cell in pair}
    for face in faces:
        ours = face.owners & set(pair)
        if ours:  # past a corner of the outline a face has some of the other's edges
            owner = max(ours, key=lambda cell: face.lengths[cell])
            given[coverage.keys[owner]].append(face.shape)
    if not all(given.values()):
        raise RequestError(texts.nothing_left(), place=place_of(at))
    change = change_of(coverage, borders, cells, given, nodes=nodes)
    return ensure_sound(coverage, borders, change, at=at, nodes=nodes)


def _on_outline(outline: shapely.Geometry, beside: Point, aim: Point, was: Point) -> Point:
    """Return where a moved border's last segment meets the outline on which it ended."""
    start, end, old = (np.array(point) / MM for point in (beside, aim, was))
    way = end - start
    length = float(np.hypot(*way))
    reach = 2.0 * float(np.hypot(*(end - old))) + 1.0
    foot = shapely.shortest_line(shapely.Point(end), outline).coords[1]
    if length > 0:
        ray = shapely.LineString([start + way / 2, end + way * (reach / length)])
        met = shapely.get_coordinates(shapely.intersection(ray, outline))
        if len(met):
            foot = met[int(np.argmin(np.hypot(*(met - old).T)))]
    east, north = to_mm(np.asarray(foot, np.float64)).tolist()
    return east, north
