"""What a drawn line can mean: the edits to be tried one after the other; no Qt.

A wish is asked in a worker, with the ground; the first of its edits that can be done is taken.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations

import numpy as np
import shapely

from gridmap.geo.coverage import Coverage
from gridmap.geo.edit_between import find_between
from gridmap.model.cell_edits import (
    CellEdit,
    Extend,
    HandOver,
    Line,
    Reshape,
    Split,
)
from gridmap.services.ground import Ground
from gridmap.ui.tools.edit_shapes import runs_of

Wish = Callable[[Ground], Sequence[CellEdit]]
Lines = Callable[[Ground], Line | None]
"""A line that has to be found on the ground first, such as a lane that was clicked."""
_ON_M = 0.002
_LEAST_M = 0.01
_MOST_TRIED = 8
_BETWEEN = 1.5e6
"""After the border of two cells with both ends of a line, before that with one."""


def only(*edits: CellEdit) -> Wish:
    """Return the wish for edits that need no looking for."""
    return lambda _ground: edits


def of_line(find: Lines, meaning: Callable[[Ground, Line], Sequence[CellEdit]]) -> Wish:
    """Return the wish for what a line means that has to be found first."""

    def wish(ground: Ground) -> Sequence[CellEdit]:
        line = find(ground)
        return meaning(ground, line) if line is not None else ()

    return wish


def drawn(line: Line, meaning: Callable[[Ground, Line], Sequence[CellEdit]]) -> Wish:
    """Return the wish for what a drawn line means."""
    return partial(_swapped, meaning, line)


def _swapped(
    meaning: Callable[[Ground, Line], Sequence[CellEdit]], line: Line, ground: Ground
) -> Sequence[CellEdit]:
    return meaning(ground, line)


def split_edits(ground: Ground, line: Line) -> Sequence[CellEdit]:
    """Return the split of all cells that a line goes through; else of the one it goes furthest in.

    Cells in which it only begins or ends stay whole.
    """
    pieces = list(_pieces(ground, line))
    through = tuple(key for key, length, is_through in pieces if is_through)
    if through:
        return (Split(through, line),)
    if not pieces:
        return ()
    key, _, _ = max(pieces, key=lambda piece: piece[1])
    return (Split((key,), line),)


def reshape_edits(ground: Ground, line: Line) -> Sequence[CellEdit]:
    """Return the reshapes that a line can mean, the likeliest first.

    That is the border of two cells that it meets twice, where it begins and ends if there is one;
    then the border of two communities on which it does; then the outline of one cell.
    """
    shape = _line(line)
    if shape is None:
        return ()
    near = _meeting(ground, shape)
    outlines = dict(zip(near.keys, shapely.boundary(near.shapes), strict=True))
    inside = {key: length for key, length, _ in _pieces(ground, line)}
    pairs: list[tuple[float, CellEdit]] = []
    for a, b in combinations(near.keys, 2):
        shared = shapely.intersection(outlines[a], outlines[b])
        if shapely.length(shared) > 0 and _meets_twice(shared, shape):
            score = _ends_on(shared, line) * 1e6 + inside.get(a, 0.0) + inside.get(b, 0.0)
            pairs.append((score, Reshape(a, b, line)))
    communities = {key: ground.rows[key].get("community_id") for key in ground.cells.keys}
    known = {key: one for key, one in communities.items() if one is not None}
    pairs += [(_BETWEEN, edit) for edit in find_between(ground.cells, known, line)]
    alone: list[tuple[float, CellEdit]] = [
        (inside.get(key, 0.0), Reshape(key, None, line))
        for key in near.keys
        if _meets_twice(outlines[key], shape)
    ]
    ranked = [edit for _, edit in (*_best_first(pairs), *_best_first(alone))]
    if not ranked and near.keys:
        return (Reshape(near.keys[0], None, line),)  # it tells what is wrong with the line
    return ranked[:_MOST_TRIED]


def hand_over_edits(ground: Ground, line: Line, *, to: str) -> Sequence[CellEdit]:
    """Return the hand-overs of what a line or ring has of other cells to the neighbour ``to``."""
    if line[0] == line[-1] and len(line) > 3:
        area = shapely.Polygon(line)
        near = ground.cells.near([area])
        share = shapely.area(shapely.intersection(near.shapes, shapely.make_valid(area)))
        ranked = sorted(zip(share.tolist(), near.keys, strict=True), reverse=True)
        return [HandOver(key, to, line) for part, key in ranked if part > 0 and key != to][:3]
    found = [piece for piece in _pieces(ground, line) if piece[0] != to]
    found.sort(key=lambda piece: (not piece[2], -piece[1]))
    return [HandOver(key, to, line) for key, _, _ in found[:3]]


def extend_edits(ground: Ground, ring: Line, *, cell: str | None) -> Sequence[CellEdit]:
    """Return the one extension: of a cell, or by a new one."""
    del ground
    return (Extend(ring, cell),)


def _pieces(ground: Ground, line: Line) -> Iterator[tuple[str, float, bool]]:
    """Return of each cell how far a line goes in it, and whether it goes through."""
    shape = _line(line)
    if shape is None:
        return
    near = _meeting(ground, shape)
    cut = shapely.intersection(near.shapes, shape)
    for key, cell, piece in zip(near.keys, near.shapes, cut, strict=True):
        length = float(shapely.length(piece))
        outline = shapely.boundary(cell)
        if length < _LEAST_M or shapely.length(shapely.difference(piece, outline)) < _LEAST_M:
            continue
        yield key, length, any(_is_through(part, outline) for part in runs_of(piece))


def _is_through(run: shapely.Geometry, outline: shapely.Geometry) -> bool:
    if shapely.length(run) < _LEAST_M:
        return False
    ends = shapely.points(shapely.get_coordinates(run)[[0, -1]])
    return bool((shapely.distance(ends, outline) <= _ON_M).all())


def _meeting(ground: Ground, shape: shapely.Geometry) -> Coverage:
    near = ground.cells.near([shape], _ON_M)
    return near.take(np.flatnonzero(shapely.dwithin(near.shapes, shape, _ON_M)))


def _line(line: Line) -> shapely.LineString | None:
    return shapely.LineString(line) if len(set(line)) > 1 else None


def _meets_twice(border: shapely.Geometry, line: shapely.Geometry) -> bool:
    met = shapely.get_parts(shapely.intersection(shapely.buffer(border, _ON_M), line))
    return len(shapely.get_parts(shapely.line_merge(shapely.union_all(met)))) > 1


def _ends_on(border: shapely.Geometry, line: Line) -> int:
    ends = shapely.points([line[0], line[-1]])
    return int((shapely.distance(ends, border) <= _ON_M).sum())


def _best_first(found: list[tuple[float, CellEdit]]) -> list[tuple[float, CellEdit]]:
    return sorted(found, key=lambda one: -one[0])
