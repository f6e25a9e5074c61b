"""A cell cut into parts of equal area, or of as equal households as whole buildings allow.

The cell is halved, and each half again, by the straight cut that leaves the most compact parts and
goes through the fewest buildings; each cut is an edit of its own that nodes the neighbours.
"""

from collections.abc import Callable, Iterator
from itertools import count

import numpy as np
import shapely

from gridmap.base.errors import RequestError
from gridmap.geo import part_texts as texts
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import SMALLEST_M2, place_in, position
from gridmap.geo.edit_split import split
from gridmap.geo.features import as_objects
from gridmap.geo.homes import Homes
from gridmap.geo.sweep import Sweep
from gridmap.model.cell_edits import Line, Split, SplitParts

MOST_PARTS = 50
_MOST_TRIED = 40


def split_parts(
    coverage: Coverage,
    edit: SplitParts,
    new_key: Callable[[], Key],
    homes: Homes | None = None,
) -> Change:
    """Return the change that cuts a cell into parts; all of them are new cells.

    Parts of equal area differ from it by less than 1 %. Where homes have outlines, cuts keep to
    the ground between the buildings as far as that allows.

    Args:
        coverage: the cell and all that touch it.
        edit: which cell, how many parts, by what.
        new_key: gives the key of each part; the parts come from west to east.
        homes: where households live; asked for where they are to be equal.

    Raises:
        RequestError: the number of parts makes no sense, there are fewer inhabited buildings than
            parts, or no straight cuts give such parts.

    Example:
        >>> cells = Coverage(("a",), as_objects([shapely.box(0, 0, 100, 100)]))
        >>> names = map(str, count())
        >>> change = split_parts(cells, SplitParts("a", 4), lambda: next(names))
        >>> [float(shape.area) for shape in change.after.values()]
        [2500.0, 2500.0, 2500.0, 2500.0]
    """
    whole = coverage.shapes[position(coverage, edit.cell)]
    here = _homes_in(whole, homes)
    _ensure_possible(edit, whole, here)
    near = coverage.near([whole], distance_m=1.0)
    names = (f"\0{number}" for number in count())  # for the time being
    total: Change | None = None
    waiting, parts = [(edit.cell, edit.parts)], []
    while waiting:
        key, wanted = waiting.pop()
        if wanted == 1:
            parts.append(key)
            continue
        change, halves = _halved(near, edit, (key, wanted), names, here)
        near = change.applied(near)
        total = change if total is None else total + change
        waiting += halves
    assert total is not None  # noqa: S101 - at least two parts were asked for
    return _named(total, edit.cell, parts, new_key)


def _ensure_possible(edit: SplitParts, whole: shapely.Polygon, homes: Homes) -> None:
    place = place_in(whole)
    if not 2 <= edit.parts <= MOST_PARTS:
        raise RequestError(texts.wrong_number(parts=edit.parts, most=MOST_PARTS), place=place)
    if whole.area < 2 * SMALLEST_M2 * edit.parts:
        raise RequestError(texts.too_small(parts=edit.parts, area_m2=whole.area), place=place)
    if edit.by == "households":
        inhabited = int((homes.households > 0).sum())
        if inhabited < edit.parts:
            said = texts.too_few_homes(parts=edit.parts, inhabited=inhabited)
            raise RequestError(said, place=place)


def _halved(
    near: Coverage,
    edit: SplitParts,
    of: tuple[Key, int],
    names: Iterator[str],
    homes: Homes,
) -> tuple[Change, list[tuple[Key, int]]]:
    """Return one cut of a cell that is to become some parts, and its halves with their numbers.

    Raises:
        RequestError: no straight cut leaves two halves with the right share.
    """
    key, wanted = of
    shape = near.shape(key)
    fewer = wanted // 2
    sweep = Sweep(shape, _homes_in(shape, homes), edit.by, wanted, fewer)
    for number, line in enumerate(sweep.cuts()):
        if number >= _MOST_TRIED:
            break
        change = _try(near, key, line, names)
        if change is None or len(change.new) != 2:
            continue
        one, other = change.new
        if sweep.error(change.after[one]) > sweep.error(change.after[other]):
            one, other = other, one
        return change, [(one, fewer), (other, wanted - fewer)]
    raise RequestError(texts.no_equal_parts(parts=edit.parts), place=place_in(shape))


def _try(near: Coverage, key: Key, line: Line, names: Iterator[str]) -> Change | None:
    try:
        return split(near, Split((key,), line), lambda: next(names))
    except RequestError:  # e.g. a sliver would be left at a corner: another cut will do
        return None


def _homes_in(shape: shapely.Polygon, homes: Homes | None) -> Homes:
    if homes is None or not len(homes):
        return Homes()
    inside = np.flatnonzero(shapely.intersects_xy(shape, homes.xy[:, 0], homes.xy[:, 1]))
    return homes.take(inside)


def _named(total: Change, cell: Key, parts: list[Key], new_key: Callable[[], Key]) -> Change:
    """Return a change with lasting keys for the parts, from west to east, then north to south."""
    centres = shapely.centroid(as_objects([total.after[key] for key in parts]))
    order = np.lexsort((-shapely.get_y(centres), np.round(shapely.get_x(centres))))
    new = {parts[at]: new_key() for at in order.tolist()}
    beside = {key: shape for key, shape in total.after.items() if key not in new}
    after = {new[key]: total.after[key] for key in new}
    return Change(total.before, after | beside, dict.fromkeys(new.values(), (cell,)))
