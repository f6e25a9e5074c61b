"""Edits of a coverage: one pure function that takes cells and a request and gives a change."""

from collections.abc import Callable

from gridmap.base.clock import new_id
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_between import reshape_between
from gridmap.geo.edit_borders import move_border
from gridmap.geo.edit_buildings import ensure_no_building_cut
from gridmap.geo.edit_extend import extend
from gridmap.geo.edit_give import carve, hand_over
from gridmap.geo.edit_merge import merge
from gridmap.geo.edit_moves import add_vertex, delete_vertex, move_vertex
from gridmap.geo.edit_reshape import reshape
from gridmap.geo.edit_split import split
from gridmap.geo.homes import Homes as Homes
from gridmap.geo.painting import assign
from gridmap.geo.parts import split_parts
from gridmap.model.cell_edits import (
    AddVertex,
    Assign,
    Carve,
    CellEdit,
    DeleteVertex,
    Extend,
    HandOver,
    Merge,
    MoveBorder,
    MoveVertex,
    Reshape,
    ReshapeBetween,
    Split,
    SplitParts,
)


def apply_edit(
    coverage: Coverage,
    edit: CellEdit,
    *,
    new_key: Callable[[], Key] = new_id,
    homes: Homes | None = None,
) -> Change:
    """Return what an edit changes of a coverage, which itself stays as it is.

    Args:
        coverage: the cells that the edit touches or reaches, and all that touch those, on the
            1 mm grid. Edges that only one of them has count as the outer edge.
        edit: what is asked for.
        new_key: gives the key of each new cell.
        homes: where households live, and the outlines of buildings: wanted for equal parts and
            for painting; and vertices that are dragged stay out of buildings.

    Returns:
        A change after which all cells match edge by edge, each is in one part and no sliver, and
        all cover the same ground as before, unless the outer edge itself was moved.

    Raises:
        RequestError: the edit makes no sense; it says why, and where.

    Example:
        >>> import shapely
        >>> cells = Coverage(("a", "b"), shapely.box([0, 10], [0, 0], [10, 20], [10, 10]))
        >>> change = apply_edit(cells, Merge(("a", "b")), new_key=lambda: "c")
        >>> sorted(change.gone), sorted(change.new)
        (['a', 'b'], ['c'])
    """
    match edit:
        case Split():
            return split(coverage, edit, new_key)
        case Merge():
            return merge(coverage, edit, new_key)
        case SplitParts():
            return split_parts(coverage, edit, new_key, homes)
        case Carve():
            return carve(coverage, edit, new_key)
        case Extend():
            return extend(coverage, edit, new_key)
        case Assign():
            return assign(coverage, edit, homes)
        case Reshape():
            return reshape(coverage, edit)
        case ReshapeBetween():
            return reshape_between(coverage, edit)
        case HandOver():
            return hand_over(coverage, edit)
        case _:
            change = _dragged(coverage, edit)
            if homes is not None and homes.outlines is not None:
                ensure_no_building_cut(change, homes.outlines)
            return change


def _dragged(coverage: Coverage, edit: CellEdit) -> Change:
    """Return what an edit changes that drags vertices."""
    match edit:
        case MoveVertex():
            return move_vertex(coverage, edit)
        case MoveBorder():
            return move_border(coverage, edit)
        case AddVertex():
            return add_vertex(coverage, edit)
        case DeleteVertex():
            return delete_vertex(coverage, edit)
        case _:
            raise TypeError(f"no such edit: {edit!r}")
