"""Patches of ground given to one cell: buildings with the ground around them, or whole blocks.

A building takes the ground with it that lies nearer to it than to the buildings that stay; a
block goes as it is. What is given must touch the receiver, what stays must hang together.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.geo import painting_texts as texts
from gridmap.geo.borders import to_metres
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import place_in, position
from gridmap.geo.edit_give import hand_over
from gridmap.geo.edit_line import ensure_ring
from gridmap.geo.features import Geometries, as_objects
from gridmap.geo.homes import Homes
from gridmap.geo.patches import ground_of, outlines_beside
from gridmap.model.cell_edits import Assign, HandOver, Line

_LEAST_SHARE, _LEAST_M2 = 0.1, 2.0
_BORDER_M = 1.0
"""Ground that touches the receiver along less than this does not belong to it."""
_SAME_SHARE = 0.7


def assign(coverage: Coverage, edit: Assign, homes: Homes | None = None) -> Change:
    """Return the change that gives patches of ground to a cell.

    Args:
        coverage: the cells that the patches lie in, the receiver, and all that touch them.
        edit: the patches, the receiver, and cells that must not lose anything.
        homes: the buildings around, with their outlines: those that are no patches stay where
            they are, and a patch that is one of them takes ground with it.

    Raises:
        RequestError: a patch lies in a cell to keep or in none, does not reach the receiver even
            with its ground, or a giving cell would fall apart or end.

    Example:
        >>> cells = Coverage(("a", "b"), as_objects(list(shapely.box([0, 50], 0, [50, 99], 20))))
        >>> houses = as_objects(list(shapely.box([10, 30], 5, [20, 40], 15)))
        >>> homes = Homes(shapely.get_coordinates(shapely.centroid(houses)), np.ones(2), houses)
        >>> ring = tuple(map(tuple, shapely.get_coordinates(houses[1]).tolist()))
        >>> change = assign(cells, Assign((ring,), "b"), homes)
        >>> float(change.after["a"].area)
        500.0
    """
    to = position(coverage, edit.to)
    patches = _patches(coverage, edit)
    known = _outlines(homes)
    gifts = _gifts(coverage, edit, to, patches, known)
    if not gifts:
        raise RequestError(texts.nothing_to_paint(), place=place_in(patches[0]))
    return _given(coverage, edit.to, gifts)


def _patches(coverage: Coverage, edit: Assign) -> Geometries:
    if not edit.patches:
        raise RequestError(texts.nothing_to_paint())
    rings = [to_metres(ensure_ring(coverage, ring)) for ring in edit.patches]
    return as_objects([shapely.Polygon(ring) for ring in rings])


def _outlines(homes: Homes | None) -> Geometries:
    """Return the outlines of buildings, valid also where another program drew them."""
    if homes is None or homes.outlines is None:
        return as_objects([])
    found = homes.outlines.copy()
    is_wrong = ~shapely.is_valid(found)
    found[is_wrong] = shapely.make_valid(found[is_wrong])
    return found


@dataclass(frozen=True)
class _Gift:
    """What one cell gives: parts of patches in it, and the buildings of it that stay."""

    key: Key
    patches: Geometries
    stays: Geometries
    is_whole: bool
    """Whether the patches are blocks, which take no other ground with them."""


def _gifts(
    coverage: Coverage, edit: Assign, to: int, patches: Geometries, known: Geometries
) -> list[_Gift]:
    """Return what each cell gives.

    Raises:
        RequestError: a patch lies in a cell that is to be kept, or mostly in none.
    """
    parts = shapely.intersection(patches[:, None], coverage.shapes[None, :])
    areas = shapely.area(parts)
    least = np.minimum(
        np.maximum(_LEAST_M2, _LEAST_SHARE * shapely.area(patches)), shapely.area(patches) / 2
    )
    main = areas.argmax(axis=1)
    kept = np.array([key in edit.keep for key in coverage.keys])
    for at in range(len(patches)):
        if areas[at].sum() < shapely.area(patches[at]) / 2:
            raise RequestError(texts.in_no_cell(), place=place_in(patches[at]))
        if kept[main[at]] and main[at] != to:
            raise RequestError(texts.cell_is_kept(), place=place_in(patches[at]))
    goes = (areas >= least[:, None]) & ~kept[None, :]
    goes[:, to] = False
    is_painted, is_building = _matches(known, patches)
    gifts = []
    for cell in np.flatnonzero(goes.any(axis=0)).tolist():
        given = goes[:, cell]
        own = _polygons(parts[given, cell])
        shape = coverage.shapes[cell]
        inside = shapely.intersection(known[~is_painted & shapely.intersects(known, shape)], shape)
        is_whole = not is_building[given].any()
        gifts.append(_Gift(coverage.keys[cell], own, _polygons(inside), is_whole))
    # who gives first decides what the others can give: it must not hang on which cells were read
    return sorted(gifts, key=lambda gift: (-float(shapely.area(gift.patches).sum()), gift.key))


def _matches(known: Geometries, patches: Geometries) -> tuple[np.ndarray, np.ndarray]:
    """Return which buildings lie in patches, and which patches are buildings."""
    is_painted, is_building = np.zeros(len(known), bool), np.zeros(len(patches), bool)
    if not len(known):
        return is_painted, ~is_building  # nothing is known of them: let them take ground along
    one, other = shapely.STRtree(known).query(patches, predicate="intersects")
    common = shapely.area(shapely.intersection(patches[one], known[other]))
    is_painted[other[common > shapely.area(known[other]) / 2]] = True
    is_building[one[common > _SAME_SHARE * shapely.area(patches[one])]] = True
    return is_painted, is_building


def _polygons(shapes: Geometries) -> Geometries:
    parts = shapely.get_parts(shapes)
    is_area = (shapely.get_dimensions(parts) == 2) & (shapely.area(parts) > 0.01)
    found: Geometries = parts[is_area]
    return found


def _given(coverage: Coverage, to: Key, gifts: list[_Gift]) -> Change:
    """Return the change after which every gift is given, those that touch the receiver first.

    Raises:
        RequestError: what is left to give does not reach the receiver, or leaves a cell in parts.
    """
    total: Change | None = None
    waiting = list(gifts)
    while waiting:
        refused: RequestError | None = None
        for gift in waiting:
            try:
                change = _give(coverage, to, gift)
            except RequestError as error:
                refused = refused or error
                continue
            coverage = change.applied(coverage)
            total = change if total is None else total + change
            waiting.remove(gift)
            break
        else:
            assert refused is not None  # noqa: S101 - each was tried
            raise refused
    assert total is not None  # noqa: S101 - there was a gift
    return total


def _give(coverage: Coverage, to: Key, gift: _Gift) -> Change:
    """Return the change that gives what one cell has to give, in the best way that leaves it whole.

    Raises:
        RequestError: no way does.
    """
    refused: RequestError | None = None
    for parts in _ways(coverage, to, gift):
        try:
            return _handed_over(coverage, to, gift, parts)
        except RequestError as error:
            refused = refused or error
    assert refused is not None  # noqa: S101 - there is always a way to try
    raise refused


def _ways(coverage: Coverage, to: Key, gift: _Gift) -> Iterator[list[shapely.Polygon]]:
    """Yield the ground that may go with the patches of a gift, the best way first."""
    shape = coverage.shape(gift.key)
    if gift.is_whole:
        yield list(shapely.get_parts(shapely.union_all(gift.patches)))
    if len(gift.stays):
        yield ground_of(shape, gift.patches, gift.stays)
    # Strips along the other borders stay, so that the cell holds together around the patches.
    beside = outlines_beside(shape, coverage.shape(to))
    yield ground_of(shape, gift.patches, as_objects([*gift.stays, *beside]))


def _handed_over(coverage: Coverage, to: Key, gift: _Gift, parts: list[shapely.Polygon]) -> Change:
    """Return the change that gives parts of a cell one after another.

    Raises:
        RequestError: one does not reach the receiver, or the cell would fall apart.
    """
    total: Change | None = None
    waiting = [part for part in parts if shapely.intersects(part, gift.patches).any()]
    while waiting:
        near = [part for part in waiting if _touches(part, coverage.shape(to))]
        if not near:
            raise RequestError(texts.not_reached(), place=_place_of(waiting[0], gift))
        part = near[0]
        _ensure_whole(coverage.shape(gift.key), part)
        change = hand_over(coverage, HandOver(gift.key, to, _ring(part)))
        coverage = change.applied(coverage)
        total = change if total is None else total + change
        waiting.remove(part)
    if total is None:
        raise RequestError(texts.not_reached(), place=place_in(gift.patches[0]))
    return total


def _touches(part: shapely.Polygon, receiver: shapely.Polygon) -> bool:
    shared = shapely.intersection(shapely.boundary(receiver), shapely.buffer(part, 0.01))
    return bool(shapely.length(shared) > _BORDER_M)


def _ensure_whole(shape: shapely.Polygon, part: shapely.Polygon) -> None:
    if len(shapely.get_rings(part)) > 1:
        hole = shapely.Polygon(shapely.get_interior_ring(part, 0))
        raise RequestError(texts.left_in_parts(), place=place_in(hole))
    rest = shapely.get_parts(shapely.difference(shape, part))
    rest = rest[shapely.area(rest) > 0.05]
    if not len(rest):
        raise RequestError(texts.nothing_stays(), place=place_in(part))
    if len(rest) > 1:
        smallest = rest[int(shapely.area(rest).argmin())]
        raise RequestError(texts.left_in_parts(), place=place_in(smallest))


def _place_of(part: shapely.Polygon, gift: _Gift) -> Place:
    inside = gift.patches[shapely.intersects(gift.patches, part)]
    return place_in(inside[0])


def _ring(part: shapely.Polygon) -> Line:
    xy = np.round(shapely.get_coordinates(shapely.get_exterior_ring(part)), 3)
    return tuple((float(x), float(y)) for x, y in xy)
