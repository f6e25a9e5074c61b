"""The border between two communities: which edit of the cells lets it follow a line."""

from gridmap.base.errors import Place, RequestError
from gridmap.geo.edit_between import find_between
from gridmap.model.cell_edits import Line, ReshapeBetween
from gridmap.services import community_texts as texts
from gridmap.services import reach
from gridmap.services.division import read_cells
from gridmap.store.workspace import Workspace

_AROUND_M = 200.0
"""Cells this near to a line are of the edit."""


def find_edit(opened: Workspace, one: str, other: str, line: Line) -> ReshapeBetween:
    """Return the edit of the official cells near a line that lets a border follow it.

    Args:
        opened: the workspace.
        one: the id of a community.
        other: that of the one beside it.
        line: in metres in the workspace's CRS; it begins and ends on their border.

    Raises:
        RequestError: the line does not begin and end on their border.
    """
    with opened.reading() as reader:
        near = read_cells(reader, reach.grown(reach.boxes_of((line,)), _AROUND_M), None)
    named = {key: name for key, name in near.communities.items() if name in (one, other)}
    found = find_between(near.coverage, named, line)
    if not found:
        raise RequestError(texts.not_between(), place=Place(xy=line[0]))
    return found[0]
