"""How far an edit of cells reaches: the cells that it names, and the places where it works."""

from functools import singledispatch

import shapely

from gridmap.geo.features import as_objects
from gridmap.model.cell_edits import (
    AddVertex,
    Assign,
    Carve,
    CellEdit,
    DeleteVertex,
    Extend,
    HandOver,
    Line,
    Merge,
    MoveBorder,
    MoveVertex,
    Reshape,
    ReshapeBetween,
    Split,
    SplitParts,
)
from gridmap.store.edit import Box

NEAR_M = 1.0
"""Cells this close belong to the neighbourhood of what is edited."""


@singledispatch
def named_cells(_edit: CellEdit) -> tuple[str, ...]:
    """Return the ids of the cells that an edit names; those of places alone name none."""
    return ()


@named_cells.register
def _(edit: MoveBorder | Reshape) -> tuple[str, ...]:
    return (edit.cell, *([edit.other] if edit.other is not None else []))


@named_cells.register
def _(edit: ReshapeBetween) -> tuple[str, ...]:
    return (*edit.cells, *edit.others)


@named_cells.register
def _(edit: Split | Merge) -> tuple[str, ...]:
    return edit.cells


@named_cells.register
def _(edit: SplitParts) -> tuple[str, ...]:
    return (edit.cell,)


@named_cells.register
def _(edit: HandOver) -> tuple[str, ...]:
    return (edit.cell, *([edit.to] if edit.to is not None else []))


@named_cells.register
def _(edit: Extend) -> tuple[str, ...]:
    return (edit.cell,) if edit.cell is not None else ()


@named_cells.register
def _(edit: Assign) -> tuple[str, ...]:
    return (edit.to,)


@singledispatch
def worked_places(_edit: CellEdit) -> tuple[Line, ...]:
    """Return the lines (or rings, or single points) where an edit works beside the cells named."""
    return ()


@worked_places.register
def _(edit: MoveVertex) -> tuple[Line, ...]:
    return ((edit.at, edit.to),)


@worked_places.register
def _(edit: AddVertex) -> tuple[Line, ...]:
    return ((edit.at, edit.to or edit.at),)


@worked_places.register
def _(edit: DeleteVertex) -> tuple[Line, ...]:
    return ((edit.at,),)


@worked_places.register
def _(edit: Reshape | ReshapeBetween) -> tuple[Line, ...]:
    return (edit.line,)


@worked_places.register
def _(edit: Carve | Extend) -> tuple[Line, ...]:
    return (edit.ring,)


@worked_places.register
def _(edit: Assign) -> tuple[Line, ...]:
    return edit.patches


def drawn_lines(edit: CellEdit) -> tuple[Line, ...]:
    """Return everything of an edit that was drawn or typed as coordinates."""
    if isinstance(edit, Split | HandOver):
        return (edit.line,)
    return worked_places(edit)


def grown(boxes: list[Box], by_m: float = NEAR_M) -> list[Box]:
    """Return boxes made larger on all sides."""
    return [(x0 - by_m, y0 - by_m, x1 + by_m, y1 + by_m) for x0, y0, x1, y1 in boxes]


def boxes_of(lines: tuple[Line, ...]) -> list[Box]:
    """Return a box for each line; that of a ring or of a path holds what lies within."""
    found: list[Box] = []
    for line in lines:
        xs, ys = [x for x, _ in line], [y for _, y in line]
        found.append((min(xs), min(ys), max(xs), max(ys)))
    return found


def boxes_around(shapes: list[shapely.Geometry]) -> list[Box]:
    """Return the box of each shape."""
    return [(a, b, c, d) for a, b, c, d in shapely.bounds(as_objects(shapes)).tolist()]
