"""Borders that follow a drawn line."""

from itertools import pairwise

import numpy as np
import shapely

from gridmap.base.errors import RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import Borders, Ints, Point
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import change_of, ensure_sound, position
from gridmap.geo.edit_faces import Draft
from gridmap.geo.edit_line import ensure_line, place_of, trace
from gridmap.geo.edit_outline import ensure_ground_between, find_meeting, follow_line, noded_chain
from gridmap.model.cell_edits import Reshape


def reshape(coverage: Coverage, edit: Reshape) -> Change:
    """Return the change that lets the border between two cells follow a line.

    What the line has beyond its first and last meeting with the border is left off; between them
    it takes the border's place. Where it meets the border there is a new vertex, rounded to 1 mm.

    With ``other`` None it is the outline of the cell that follows: ground that it gives up goes to
    the neighbours behind it, whose borders with each other go on straight to the line, and ground
    beyond comes from whoever has it. Where the outline is the outer edge, so is the line then.

    Raises:
        RequestError: it crosses itself, does not begin and end on one border, meets a third cell,
            leaves nothing or several parts of a cell, or changes nothing.

    Example:
        >>> cells = Coverage(("a", "b"), shapely.box([0, 10], [0, 0], [10, 20], [10, 10]))
        >>> change = reshape(cells, Reshape("a", "b", ((10, 2), (14, 2), (14, 8), (10, 8))))
        >>> {key: float(shape.area) for key, shape in change.after.items()}
        {'a': 124.0, 'b': 76.0}
    """
    cell = position(coverage, edit.cell)
    other = None if edit.other is None else position(coverage, edit.other)
    mm = ensure_line(coverage, edit.line)
    borders = Borders.of(coverage)
    if other is None:
        rings = [borders.path(run) for run in borders.rings(cell)]
        return follow_line(coverage, borders, rings, mm)
    arcs = [borders.path(run) for run in borders.arcs(cell, other)]
    if not arcs:
        raise RequestError(texts.no_shared_border(), place=place_of((int(mm[0][0]), int(mm[0][1]))))
    return _between_two(coverage, borders, np.array([cell, other]), arcs, mm)


def _between_two(
    coverage: Coverage, borders: Borders, cells: Ints, arcs: list[list[Point]], mm: Ints
) -> Change:
    """Return the change that lets one of the arcs between two cells follow a line (k, 2)."""
    traced = trace(borders, borders.around(cells), mm)
    met = find_meeting(borders, traced, arcs)
    if met is None:
        raise RequestError(texts.line_not_on_border(), place=place_of(traced.path[0]))
    path = traced.path[met.first : met.last + 1]
    on_arc = {point for arc in arcs for point in noded_chain(borders, traced.nodes, arc)}
    for point, is_on in zip(path, traced.is_on[met.first : met.last + 1], strict=True):
        if is_on and point not in on_arc:
            raise RequestError(texts.line_meets_third(), place=place_of(point))
        if is_on and point not in met.stretch:  # it would cross what stays of the border
            raise RequestError(texts.folds(), place=place_of(point))
    line = [path[0], *(point for point in path[1:-1] if point in traced.drawn), path[-1]]
    at = line[len(line) // 2]
    nodes = traced.nodes_at({path[0], path[-1]})
    stretch = met.stretch_with(traced, {path[0], path[-1]})
    ensure_ground_between(stretch, line)
    faces = Draft(coverage, borders, cells, nodes).faces([line], frozenset(pairwise(stretch)))
    given: dict[Key, list[shapely.Polygon]] = {coverage.keys[cell]: [] for cell in cells.tolist()}
    for face in faces:
        if face.owners.isdisjoint(cells.tolist()):
            continue  # a hole that is another's, or nobody's
        if len(face.owners) > 1:
            raise RequestError(texts.folds(), place=place_of(at))
        given[coverage.keys[min(face.owners)]].append(face.shape)
    if not all(given.values()):
        raise RequestError(texts.nothing_left(), place=place_of(at))
    change = change_of(coverage, borders, cells, given, nodes=nodes)
    return ensure_sound(coverage, borders, change, at=at, nodes=nodes)
