"""What must hold after every edit; what does not is refused with a sentence and its place."""

import re
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import Borders, Ints, Point, to_mm
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_faces import Nodes, dissolved, noded, segments_of, with_neighbours
from gridmap.geo.edit_line import place_of
from gridmap.geo.features import as_objects

SLIVER_M = 0.01
"""Ground that is nowhere wider than this is a fault of drawing, not a cell."""
SMALLEST_M2 = 1.0
_PLACE = re.compile(r"\[(\S+) (\S+)\]")
_LENGTH_M = 1e-6


def position(coverage: Coverage, key: Key) -> int:
    """Return where a cell is.

    Raises:
        RequestError: the coverage has no such cell.
    """
    try:
        return coverage.position(key)
    except KeyError:
        raise RequestError(texts.no_such_cell(key)) from None


def positions(coverage: Coverage, keys: tuple[Key, ...]) -> Ints:
    """Return where cells are, each once; see ``position``."""
    found = dict.fromkeys(position(coverage, key) for key in keys)
    return np.array(list(found), np.int64)


def place_in(shape: shapely.Geometry) -> Place:
    """Return a place within a shape as the place of an error."""
    inside = shapely.point_on_surface(shape)
    return Place(xy=(float(inside.x), float(inside.y)))


def is_sliver(shape: shapely.Geometry) -> bool:
    """Return whether ground is too small or too narrow to have been meant."""
    if shapely.area(shape) < SMALLEST_M2:
        return True
    return bool(shapely.is_empty(shapely.buffer(shape, -SLIVER_M / 2, quad_segs=1)))


def ensure_no_sliver(shape: shapely.Geometry) -> None:
    """Refuse ground that is too small or too narrow to have been meant.

    Raises:
        RequestError: naming the place.
    """
    if is_sliver(shape):
        raise RequestError(texts.sliver(float(shapely.area(shape))), place=place_in(shape))


def change_of(
    coverage: Coverage,
    borders: Borders,
    touched: Ints,
    given: Mapping[Key, list[shapely.Polygon]],
    *,
    nodes: Nodes,
    heirs: Mapping[Key, tuple[Key, ...]] | None = None,
) -> Change:
    """Return the change that gives each key its areas, and neighbours the new vertices.

    Touched cells that are not given anything end; what is as before is left out.
    """
    before: dict[Key, shapely.Polygon] = {}
    after: dict[Key, shapely.Polygon] = {}
    for cell in touched.tolist():
        key, shape = coverage.keys[cell], coverage.shapes[cell]
        if key not in given:
            before[key] = shape
            continue
        new = dissolved(given[key])
        if _is_other(borders, cell, new):
            before[key], after[key] = shape, new
    new_keys = [key for key in given if key not in coverage.keys]
    after |= {key: dissolved(given[key]) for key in new_keys}
    for key, shape in with_neighbours(borders, coverage, touched, nodes).items():
        before[key], after[key] = coverage.shape(key), shape
    return Change(before, after, heirs or {})


def _is_other(borders: Borders, cell: int, new: shapely.Geometry) -> bool:
    if shapely.get_type_id(new) != shapely.GeometryType.POLYGON:
        return True
    edges = np.flatnonzero(borders.cell == cell)
    ends = np.hstack([borders.mm[edges], borders.mm[borders.after[edges]]]).tolist()
    old = {((a, b), (c, d)) for a, b, c, d in ends}
    return old != segments_of(shapely.orient_polygons(new))


def ensure_sound(
    coverage: Coverage,
    borders: Borders,
    change: Change,
    *,
    at: Point,
    nodes: Nodes | None = None,
    keeps_union: bool = True,
) -> Change:
    """Return a change if what it leaves is whole: the postcondition of every edit.

    Each changed area is valid, in one part and no sliver, all match their neighbours edge by edge,
    and (``keeps_union``) together they have the outline of before but for ``nodes``. Torn borders
    that were there before may stay as they are.

    Raises:
        RequestError: naming the place, by default ``at``.
    """
    if not change.before and not change.after:
        raise RequestError(texts.nothing_changes(), place=place_of(at))
    for key, shape in change.after.items():
        _ensure_area(shape, change.before.get(key), place_of(at))
    for spike in sorted(_spikes(change.after) - _spikes(change.before)):
        raise RequestError(texts.folds(), place=place_of(spike))
    near = _around(coverage, change)
    after = change.applied(near)
    if not shapely.coverage_is_valid(after.shapes):
        ensure_no_new_tear(near, after)
    if keeps_union:
        _ensure_outline(borders, change, nodes or {}, place_of(at))
    return change


def _around(coverage: Coverage, change: Change, gap_m: float = 0.0) -> Coverage:
    """Return the areas that change, and those whose boxes meet these: what a check must see."""
    boxes = shapely.bounds(as_objects([*change.before.values(), *change.after.values()]))
    x0, y0, x1, y1 = shapely.bounds(coverage.shapes).T[:, :, None]
    low_x, low_y, high_x, high_y = boxes.T + np.array([[-gap_m], [-gap_m], [gap_m], [gap_m]])
    meets = (x0 <= high_x) & (x1 >= low_x) & (y0 <= high_y) & (y1 >= low_y)
    return coverage.take(np.flatnonzero(meets.any(axis=1)))


def _ensure_area(shape: shapely.Geometry, before: shapely.Polygon | None, place: Place) -> None:
    if shapely.is_empty(shape) or shapely.area(shape) == 0:
        raise RequestError(texts.nothing_left(), place=place)
    if not shapely.is_valid(shape):
        found = _PLACE.search(shapely.is_valid_reason(shape))
        if found:
            place = Place(xy=(float(found[1]), float(found[2])))
        raise RequestError(texts.folds(), place=place)
    parts = shapely.get_parts(shape)
    smallest = parts[int(np.argmin(shapely.area(parts)))]
    is_apart = len(parts) > (1 if before is None else shapely.get_num_geometries(before))
    if is_apart and not is_sliver(smallest):
        raise RequestError(texts.falls_apart(), place=place_in(smallest))
    if before is None or is_apart or not is_sliver(before):
        ensure_no_sliver(smallest)


def _spikes(shapes: Mapping[Key, shapely.Polygon]) -> set[Point]:
    """Return the vertices at which a border turns back along itself, nearer than a sliver."""
    if not shapes:
        return set()
    rings = shapely.get_rings(as_objects(list(shapes.values())))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    xy = xy - xy[:1]
    is_last = np.append(ring[1:] != ring[:-1], True)
    is_first = np.append(True, is_last[:-1])
    before = np.roll(xy, 1, axis=0)
    before[is_first] = np.roll(xy, 1, axis=0)[is_last]  # a ring's last vertex is its first
    at = np.flatnonzero(~is_last)
    there, back = xy[at + 1] - xy[at], before[at] - xy[at]
    lengths = np.hypot(*there.T), np.hypot(*back.T)
    shorter, longer = np.minimum(*lengths), np.maximum(*lengths)
    cross = np.abs(there[:, 0] * back[:, 1] - there[:, 1] * back[:, 0])
    is_spike = (cross < SLIVER_M * longer) & ((there * back).sum(axis=1) > 0) & (shorter > SLIVER_M)
    return {(x, y) for x, y in to_mm(shapely.get_coordinates(rings)[at[is_spike]]).tolist()}


def ensure_no_gap(coverage: Coverage, change: Change) -> None:
    """Refuse a change that leaves a gap between cells too narrow to have been meant.

    Raises:
        RequestError: naming the place.
    """
    near = _around(coverage, change, SLIVER_M)
    after = change.applied(near)
    if not shapely.coverage_is_valid(after.shapes, SLIVER_M):
        ensure_no_new_tear(near, after, SLIVER_M)


def ensure_no_new_tear(before: Coverage, after: Coverage, gap_m: float = 0.0) -> None:
    """Refuse a coverage in which areas match their neighbours worse than they did before.

    Raises:
        RequestError: naming the place.
    """
    torn = shapely.coverage_invalid_edges(after.shapes, gap_m)
    old = shapely.coverage_invalid_edges(before.shapes, gap_m)
    was = {key: float(shapely.length(old[at])) for at, key in enumerate(before.keys)}
    for at, key in enumerate(after.keys):
        if float(shapely.length(torn[at])) > was.get(key, 0.0) + _LENGTH_M:
            middle = shapely.line_interpolate_point(
                shapely.get_parts(torn[at])[0], 0.5, normalized=True
            )
            found = Place(xy=(float(middle.x), float(middle.y)))
            raise RequestError(texts.passes_neighbour(), place=found)


def _ensure_outline(borders: Borders, change: Change, nodes: Nodes, place: Place) -> None:
    """Refuse another outline of all that changes: ground would be lost, won, or covered twice."""
    was, is_ = (
        Borders.of(Coverage(tuple(shapes), as_objects(list(shapes.values())))).outer_codes()
        for shapes in (change.before, change.after)
    )
    chains = [noded(borders, nodes, edge) for edge in nodes]
    between = {(*chain[0], *chain[-1]): chain for chain in chains}
    between |= {(*chain[-1], *chain[0]): chain[::-1] for chain in chains}
    if between:
        rows = []
        for a, b, c, d in was.tolist():
            chain = between.get((a, b, c, d), [(a, b), (c, d)])
            rows += [(*one, *other) for one, other in pairwise(chain)]
        unsorted = np.array(rows, np.int64).reshape(-1, 4)
        was = unsorted[np.lexsort(unsorted.T)]
    if not np.array_equal(was, is_):
        raise RequestError(texts.passes_neighbour(), place=place)


def by_area(shapes: Mapping[Key, shapely.Geometry]) -> tuple[Key, ...]:
    """Return keys, that of the greatest area first."""
    areas = shapely.area(as_objects(list(shapes.values())))
    order = np.argsort(-areas, kind="stable")
    keys = list(shapes)
    return tuple(keys[at] for at in order.tolist())
