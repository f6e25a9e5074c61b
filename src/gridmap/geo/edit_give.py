"""Ground that goes from cells to a neighbour, or to a new cell."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import pairwise

import numpy as np
import shapely

from gridmap.base.errors import RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import OUTSIDE, Borders, Ints, to_metres
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import (
    by_area,
    change_of,
    ensure_no_sliver,
    ensure_sound,
    place_in,
    position,
)
from gridmap.geo.edit_faces import Face, dissolved, rebuilt
from gridmap.geo.edit_line import ensure_line, ensure_ring, place_of
from gridmap.geo.edit_split import Cut, cut_cells
from gridmap.geo.features import as_objects
from gridmap.model.cell_edits import Carve, HandOver


def hand_over(coverage: Coverage, edit: HandOver) -> Change:
    """Return the change that gives a part of a cell to a neighbour.

    Of a cell that a line cuts, the part that touches ``to`` is given; where both do, or ``to`` is
    None, the smaller one.

    Raises:
        RequestError: no part is cut off, it is a sliver, it does not touch the neighbour, or one
            of the two would fall into parts or vanish.

    Example:
        >>> cells = Coverage(("a", "b"), shapely.box([0, 10], [0, 0], [10, 20], [10, 10]))
        >>> change = hand_over(cells, HandOver("a", "b", ((6, -1), (6, 11))))
        >>> {key: float(shape.area) for key, shape in change.after.items()}
        {'a': 60.0, 'b': 140.0}
    """
    cell = position(coverage, edit.cell)
    to = None if edit.to is None else position(coverage, edit.to)
    if to == cell:
        raise RequestError(texts.part_not_adjacent(), place=place_in(coverage.shapes[cell]))
    is_ring = len(edit.line) > 3 and edit.line[0] == edit.line[-1]
    mm = ensure_ring(coverage, edit.line) if is_ring else ensure_line(coverage, edit.line)
    borders = Borders.of(coverage)
    if is_ring:
        _ensure_some_kept(coverage, cell, mm)
    cut = cut_cells(coverage, borders, np.array([cell]), mm)
    faces = cut.faces_of(cell)
    given = _within(faces, mm) if is_ring else _cut_off(cut, faces, to)
    if not given or len(given) == len(faces):
        raise RequestError(texts.nothing_to_give(), place=place_of(cut.at))
    heir = _heir(cut, given, to)
    for face in given:
        ensure_no_sliver(face.shape)
        if heir not in _border_lengths(cut, [face]):
            raise RequestError(texts.part_not_adjacent(), place=place_in(face.shape))
    nodes = cut.draft.nodes
    shares = {
        coverage.keys[cell]: [face.shape for face in faces if face not in given],
        coverage.keys[heir]: [rebuilt(borders, heir, nodes), *(face.shape for face in given)],
    }
    change = change_of(coverage, borders, np.array([cell, heir]), shares, nodes=nodes)
    return ensure_sound(coverage, borders, change, at=cut.at, nodes=nodes)


def _ensure_some_kept(coverage: Coverage, cell: int, ring: Ints) -> None:
    shape = coverage.shapes[cell]
    if shapely.covers(shapely.Polygon(to_metres(ring)), shape):
        raise RequestError(texts.nothing_left(), place=place_in(shape))


def _within(faces: list[Face], ring: Ints) -> list[Face]:
    area = shapely.Polygon(to_metres(ring))
    shapely.prepare(area)
    return [face for face in faces if shapely.contains(area, face.inside)]


def _cut_off(cut: Cut, faces: list[Face], to: int | None) -> list[Face]:
    """Return the parts on one side of the line: those that touch ``to``, or the smallest."""
    drawn = {segment for line in cut.lines for segment in pairwise(line)}
    drawn |= {segment[::-1] for segment in drawn}
    faces = [face for face in faces if face.segments & drawn]  # an old cell may have more parts
    touching = [face for face in faces if to is None or to in _border_lengths(cut, [face])]
    if touching and len(touching) == len(faces):
        return [min(faces, key=lambda face: float(shapely.area(face.shape)))]
    return touching


def _border_lengths(cut: Cut, faces: list[Face]) -> Mapping[int, float]:
    """Return how long a border faces have with each neighbour of the cell."""
    lengths: defaultdict[int, float] = defaultdict(float)
    for face in faces:
        for a, b in face.segments:
            other = cut.draft.right.get((a, b), OUTSIDE)
            if other != OUTSIDE:
                lengths[other] += float(np.hypot(a[0] - b[0], a[1] - b[1]))
    return lengths


def _heir(cut: Cut, given: list[Face], to: int | None) -> int:
    if to is not None:
        return to
    lengths = _border_lengths(cut, given)
    if not lengths:
        raise RequestError(texts.part_not_adjacent(), place=place_in(given[0].shape))
    return max(lengths, key=lambda other: (lengths[other], -other))


def carve(coverage: Coverage, edit: Carve, new_key: Callable[[], Key]) -> Change:
    """Return the change that makes a new cell of the ground within a ring.

    Ground within the ring that no cell has stays as it is.

    Raises:
        RequestError: no cell has ground there, one would lose all of it or fall into parts, or a
            sliver would be taken.

    Example:
        >>> cells = Coverage(("a", "b"), shapely.box([0, 10], [0, 0], [10, 20], [10, 10]))
        >>> ring = ((8, 2), (13, 2), (13, 6), (8, 6), (8, 2))
        >>> change = carve(cells, Carve(ring), lambda: "c")
        >>> float(change.after["c"].area), dict(change.heirs)
        (20.0, {'c': ('b', 'a')})
    """
    mm = ensure_ring(coverage, edit.ring)
    area = shapely.Polygon(to_metres(mm))
    cells = np.flatnonzero(shapely.relate_pattern(coverage.shapes, area, "T********"))
    if not len(cells):
        raise RequestError(texts.no_cell_within(), place=place_in(area))
    for cell in cells.tolist():
        _ensure_some_kept(coverage, cell, mm)
    borders = Borders.of(coverage)
    cut = cut_cells(coverage, borders, cells, mm)
    taken: dict[Key, shapely.Geometry] = {}
    shares: dict[Key, list[shapely.Polygon]] = {}
    new: list[shapely.Polygon] = []
    for cell in cells.tolist():
        faces, name = cut.faces_of(cell), coverage.keys[cell]
        within = _within(faces, mm)
        for face in within:
            ensure_no_sliver(face.shape)
        if within:
            taken[name] = shapely.multipolygons(as_objects([face.shape for face in within]))
        shares[name] = [face.shape for face in faces if face not in within]
        new += [face.shape for face in within]
        if not shares[name]:
            raise RequestError(texts.nothing_left(), place=place_in(coverage.shapes[cell]))
    key = new_key()
    shares[key] = [dissolved(new)]
    nodes, heirs = cut.draft.nodes, {key: by_area(taken)}
    change = change_of(coverage, borders, cells, shares, nodes=nodes, heirs=heirs)
    return ensure_sound(coverage, borders, change, at=cut.at, nodes=nodes)
