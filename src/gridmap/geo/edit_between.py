"""The border between two groups of cells, such as communities, that follows a drawn line."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

import numpy as np
import shapely

from gridmap.base.errors import RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import MM, Borders
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import SMALLEST_M2, place_in, positions
from gridmap.geo.edit_faces import dissolved
from gridmap.geo.edit_line import SNAP_MM, ensure_line
from gridmap.geo.edit_outline import follow_line
from gridmap.geo.features import as_objects
from gridmap.model.cell_edits import Line, ReshapeBetween

_AROUND_M = 100.0
"""The border may go this far around what was drawn."""


def reshape_between(coverage: Coverage, edit: ReshapeBetween) -> Change:
    """Return the change that lets the border between two groups of cells follow a line.

    Cells that lose ground end at the line; on the other side the borders between cells go on to
    it. No cell changes its group; communities follow their cells, see ``parents.follow``.

    Raises:
        RequestError: the groups share no border, the line does not begin and end on it, a cell
            would be lost whole or fall into parts, or one of neither group would change.

    Example:
        >>> low, high = [0, 0, 10, 10], [10, 10, 20, 20]
        >>> squares = shapely.box([0, 10, 0, 10], low, [10, 20, 10, 20], high)
        >>> cells = Coverage(("a", "b", "c", "d"), squares)
        >>> line = ((10, 2), (14, 2), (14, 18), (10, 18))
        >>> change = reshape_between(cells, ReshapeBetween(("a", "c"), ("b", "d"), line))
        >>> {key: float(shape.area) for key, shape in sorted(change.after.items())}
        {'a': 132.0, 'b': 68.0, 'c': 132.0, 'd': 68.0}
    """
    one, other = positions(coverage, edit.cells), positions(coverage, edit.others)
    mm = ensure_line(coverage, edit.line)
    groups = [dissolved(list(coverage.shapes[some])) for some in (one, other) if len(some)]
    between = Borders.of(Coverage(("one", "other")[: len(groups)], as_objects(groups)))
    arcs = [between.path(run) for run in between.arcs(0, 1)] if len(groups) == 2 else []
    if not arcs:
        place = place_in(groups[0] if groups else shapely.LineString(edit.line))
        raise RequestError(texts.no_common_border(), place=place)
    change = follow_line(coverage, Borders.of(coverage), arcs, mm)
    _ensure_two(coverage, change, np.union1d(one, other).tolist())
    return change


def _ensure_two(coverage: Coverage, change: Change, allowed: list[int]) -> None:
    for key, shape in change.after.items():
        moved = shapely.symmetric_difference(shape, change.before[key])
        if coverage.position(key) not in allowed and shapely.area(moved) > SMALLEST_M2:
            raise RequestError(texts.line_meets_third(), place=place_in(moved))


def find_between(
    coverage: Coverage, parent_of: Mapping[Key, Key], line: Line
) -> tuple[ReshapeBetween, ...]:
    """Return the reshapes of borders between groups of cells on which a line begins and ends.

    Args:
        coverage: cells, at least those around the line.
        parent_of: the group of each cell, e.g. its community; others are in none.
        line: what was drawn, in metres.

    Example:
        >>> low, high = [0, 0, 10, 10], [10, 10, 20, 20]
        >>> squares = shapely.box([0, 10, 0, 10], low, [10, 20, 10, 20], high)
        >>> cells = Coverage(("a", "b", "c", "d"), squares)
        >>> west_and_east = {"a": "W", "b": "E", "c": "W", "d": "E"}
        >>> line = ((10, 2), (14, 2), (14, 18), (10, 18))
        >>> [(edit.cells, edit.others) for edit in find_between(cells, west_and_east, line)]
        [(('b', 'd'), ('a', 'c'))]
    """
    if len(set(line)) < 2:
        return ()
    drawn = shapely.LineString(line)
    x0, y0, x1, y1 = shapely.bounds(drawn).tolist()
    near = coverage.near([drawn], _AROUND_M + max(x1 - x0, y1 - y0))
    groups: defaultdict[Key, list[int]] = defaultdict(list)
    for at, key in enumerate(near.keys):
        if key in parent_of:
            groups[parent_of[key]].append(at)
    ends = shapely.points([line[0], line[-1]])
    outlines = {}
    for name, members in groups.items():
        whole = dissolved(list(near.shapes[members]))
        outlines[name] = shapely.boundary(whole)
    found = []
    for one, other in combinations(sorted(groups), 2):
        shared = shapely.intersection(outlines[one], outlines[other])
        if (shapely.distance(ends, shared) <= SNAP_MM / MM).all() and shapely.length(shared) > 0:
            a, b = (tuple(near.keys[at] for at in groups[name]) for name in (one, other))
            found.append(ReshapeBetween(a, b, line))
    return tuple(found)
