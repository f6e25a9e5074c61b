"""Vertices of shared borders moved, added and taken out: every cell that has one follows."""

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.errors import RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import MM, Borders, Ints, Point, area_of, to_mm
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import change_of, ensure_sound
from gridmap.geo.edit_line import SNAP_MM, ensure_here, place_of
from gridmap.model.cell_edits import XY, AddVertex, DeleteVertex, MoveVertex

REACH_M = 0.5
"""A vertex or border is found this near to where it was asked for."""


def move_vertex(coverage: Coverage, edit: MoveVertex) -> Change:
    """Return the change that moves the vertex nearest to ``at``, in every cell that has it.

    Moved onto the next vertex of a border it becomes one with it. A vertex of the outer edge may
    move; then the union of all cells changes.

    Raises:
        RequestError: there is no vertex within half a metre, or a border would fold, pass a
            neighbour, or enclose nothing.

    Example:
        >>> cells = Coverage(("a", "b"), shapely.box([0, 10], [0, 0], [10, 20], [10, 10]))
        >>> change = move_vertex(cells, MoveVertex((10, 0), (12, 0)))
        >>> {key: float(shape.area) for key, shape in change.after.items()}
        {'a': 110.0, 'b': 90.0}
    """
    ensure_here(coverage, (edit.at, edit.to))
    borders = Borders.of(coverage)
    at, to = point_of(edit.at), point_of(edit.to)
    found = borders.find_vertex(at, REACH_M * MM)
    if found is None:
        raise RequestError(texts.no_vertex_here(REACH_M), place=place_of(at))
    if (borders.mm[found] == np.array(to)).all():
        raise RequestError(texts.nothing_changes(), place=place_of(to))
    vertex = np.array([borders.vertex[found]])
    return moved(coverage, borders, vertex, np.array([to]), to)


def add_vertex(coverage: Coverage, edit: AddVertex) -> Change:
    """Return the change that puts a vertex on the border nearest to ``at``, moved to ``to``.

    Where it stays on the border it is rounded to 1 mm.

    Raises:
        RequestError: there is no border within half a metre, it has a vertex there already, or
            see ``move_vertex``.

    Example:
        >>> cells = Coverage(("a", "b"), shapely.box([0, 10], [0, 0], [10, 20], [10, 10]))
        >>> change = add_vertex(cells, AddVertex((10.2, 5), (12, 5)))
        >>> {key: float(shape.area) for key, shape in change.after.items()}
        {'a': 110.0, 'b': 90.0}
    """
    ensure_here(coverage, (edit.at, edit.to or edit.at))
    borders = Borders.of(coverage)
    at = point_of(edit.at)
    found = borders.find_edge(at, REACH_M * MM)
    if found is None:
        raise RequestError(texts.no_border_here(REACH_M), place=place_of(at))
    edge, foot = found
    if borders.find_vertex(foot, SNAP_MM) is not None:
        raise RequestError(texts.vertex_exists(), place=place_of(foot))
    new = foot if edit.to is None else point_of(edit.to)
    nodes = {edge: (new,)}
    none = np.empty(0, np.int64)
    change = change_of(coverage, borders, none, {}, nodes=nodes)
    is_moved_outer = bool(borders.twin[edge] < 0) and edit.to is not None
    return ensure_sound(
        coverage, borders, change, at=new, nodes=nodes, keeps_union=not is_moved_outer
    )


def delete_vertex(coverage: Coverage, edit: DeleteVertex) -> Change:
    """Return the change that takes a vertex out of every cell that has it.

    Raises:
        RequestError: there is no vertex within half a metre, borders meet in it, or without it a
            border would fold, pass a neighbour, or enclose nothing.

    Example:
        >>> corner = shapely.Polygon([(0, 0), (9, 0), (10, 5), (9, 10), (0, 10)])
        >>> change = delete_vertex(Coverage(("a",), np.array([corner])), DeleteVertex((10, 5)))
        >>> float(change.after["a"].area)
        90.0
    """
    ensure_here(coverage, (edit.at,))
    borders = Borders.of(coverage)
    at = point_of(edit.at)
    found = borders.find_vertex(at, REACH_M * MM)
    if found is None:
        raise RequestError(texts.no_vertex_here(REACH_M), place=place_of(at))
    vertex = int(borders.vertex[found])
    east, north = borders.mm[found].tolist()
    if borders.degree[vertex] > 2:
        raise RequestError(texts.is_junction(), place=place_of((east, north)))
    is_gone = borders.vertex == vertex
    change = changed_rings(
        coverage, borders, np.unique(borders.cell[is_gone]), borders.mm, ~is_gone
    )
    is_outer = bool((borders.twin[is_gone] < 0).any())
    return ensure_sound(coverage, borders, change, at=(east, north), keeps_union=not is_outer)


def point_of(xy: XY) -> Point:
    """Return a place in whole millimetres."""
    east, north = to_mm(np.array(xy, np.float64)).tolist()
    return east, north


def moved(coverage: Coverage, borders: Borders, vertices: Ints, to: Ints, at: Point) -> Change:
    """Return the change that moves numbered vertices to places (n, 2) in millimetres.

    Raises:
        RequestError: what is left is not whole; see ``ensure_sound``.
    """
    places = np.full(int(borders.vertex.max()) + 1, -1, np.int64)
    places[vertices] = np.arange(len(vertices))
    is_moved = places[borders.vertex] >= 0
    mm = borders.mm.copy()
    mm[is_moved] = to[places[borders.vertex[is_moved]]]
    touched = np.unique(borders.cell[is_moved])
    change = changed_rings(coverage, borders, touched, mm, np.ones(len(mm), bool))
    is_outer = is_moved & ((borders.twin < 0) | (borders.twin[borders.before] < 0))
    return ensure_sound(coverage, borders, change, at=at, keeps_union=not is_outer.any())


def changed_rings(
    coverage: Coverage, borders: Borders, touched: Ints, mm: Ints, is_kept: NDArray[np.bool_]
) -> Change:
    """Return the change that gives cells the vertices ``mm`` in place of the borders' own."""
    before: dict[Key, shapely.Polygon] = {}
    after: dict[Key, shapely.Polygon] = {}
    for cell in touched.tolist():
        key = coverage.keys[cell]
        before[key] = coverage.shapes[cell]
        after[key] = _area(borders, cell, mm, is_kept)
    return Change(before, after)


def _area(borders: Borders, cell: int, mm: Ints, is_kept: NDArray[np.bool_]) -> shapely.Polygon:
    """Return an area of the vertices ``mm``; rings that have collapsed make it empty or vanish."""
    rings = []
    for edges in borders.rings(cell):
        ring = mm[edges[is_kept[edges]]]
        ring = ring[(ring != np.roll(ring, 1, axis=0)).any(axis=1)]
        if len(ring) >= 3:
            rings.append(np.vstack([ring, ring[:1]]))
        elif not rings:
            return shapely.Polygon()
    return area_of(rings)
