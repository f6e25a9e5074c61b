"""What a drawn point snaps to: vertices, middles, feet, edges and extensions near the pointer.

Coordinates are metres in a projected CRS. Layers are flat arrays with an index of their boxes, so
that a district answers while the mouse moves.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.features import Geometries
from gridmap.geo.shapes import Shapes, shapes_of

XY = tuple[float, float]
Window = tuple[float, float, float, float]
Kind = Literal["vertex", "midpoint", "perpendicular", "edge", "extension"]
KINDS: tuple[Kind, ...] = ("vertex", "midpoint", "perpendicular", "edge", "extension")
"""The first of these that is near enough wins, among places of one kind the nearest."""

_EXTENDED = 8.0
"""An edge is prolonged by so many tolerances: further away nobody sees what was meant."""
_LONGEST_EXTENSION_M = 60.0
_SHORTEST_M = 0.05
"""Shorter edges have no middle and no direction worth the name."""


@dataclass(frozen=True)
class SnapLayer:
    """Shapes that can be snapped to; ``query`` gives the positions of those in a window."""

    name: str
    shapes: Shapes
    query: Callable[[Window], NDArray[np.int64]]


@dataclass(frozen=True)
class Snap:
    """A place that was snapped to.

    Attributes:
        kind: what the place is.
        xy: the place; of a vertex exactly as stored, else rounded to 1 mm.
        layer: the name of the layer.
        row: the feature's row there.
        segment: both ends of the edge; of a vertex twice the vertex itself.
    """

    kind: Kind
    xy: XY
    layer: str
    row: int
    segment: tuple[XY, XY]


@dataclass(frozen=True)
class Edges:
    """Edges as arrays: ``ends`` (n, 2, 2) metres, and the layer and row of each."""

    ends: NDArray[np.float64]
    layer: NDArray[np.int64]
    row: NDArray[np.int64]


def snap_layers(name: str, geometries: Geometries) -> list[SnapLayer]:
    """Return geometries as layers to snap to, one for each dimension; rows are positions.

    Their boxes are searched one by one: right for some ten thousand, e.g. what a tool holds.
    """
    return [SnapLayer(name, shapes, _scan(shapes)) for shapes in shapes_of(geometries)]


def _scan(shapes: Shapes) -> Callable[[Window], NDArray[np.int64]]:
    low, high = shapes.bounds[:, :2], shapes.bounds[:, 2:]

    def query(window: Window) -> NDArray[np.int64]:
        meets = (low <= window[2:]).all(axis=1) & (high >= window[:2]).all(axis=1)
        found: NDArray[np.int64] = np.flatnonzero(meets)
        return found

    return query


def find_snap(
    layers: Sequence[SnapLayer],
    xy: XY,
    tolerance_m: float,
    *,
    previous: XY | None = None,
    kinds: Iterable[Kind] = KINDS,
) -> Snap | None:
    """Return what a place snaps to within the tolerance, None where nothing is near.

    Args:
        layers: what can be snapped to; of equal finds that of the first layer is taken.
        xy: the pointer.
        tolerance_m: how far away a place may be.
        previous: the point drawn before: its feet on edges are candidates ("perpendicular").
        kinds: what may be snapped to; the order is always that of ``KINDS``.

    >>> import shapely
    >>> square = np.array([shapely.box(0, 0, 10, 10)], dtype=object)
    >>> layers = snap_layers("cell", square)
    >>> find_snap(layers, (9.8, 0.1), 0.5).kind, find_snap(layers, (7.0, 0.1), 0.5).xy
    ('vertex', (7.0, 0.0))
    """
    wanted = frozenset(kinds)
    reach = tolerance_m
    if "extension" in wanted:
        reach = max(reach, min(tolerance_m * _EXTENDED, _LONGEST_EXTENSION_M))
    if "vertex" in wanted:
        found = _nearest_vertex(layers, xy, tolerance_m)
        if found is not None:
            return found
    edges = edges_near(layers, _around(xy, reach))
    if not len(edges.ends):
        return None
    start = edges.ends[:, 0] - xy  # relative: millions of metres leave no digits for millimetres
    way = edges.ends[:, 1] - edges.ends[:, 0]
    length = np.hypot(way[:, 0], way[:, 1])
    is_long = length > _SHORTEST_M
    share = -(start * way).sum(axis=1) / np.maximum(length**2, _SHORTEST_M**2)
    for kind in KINDS[1:]:
        if kind not in wanted:
            continue
        if kind == "midpoint":
            places, may = start + way / 2, is_long
        elif kind == "perpendicular":
            if previous is None:
                continue
            gap = np.asarray(previous) - edges.ends[:, 0]
            at = (gap * way).sum(axis=1) / np.maximum(length**2, _SHORTEST_M**2)
            far = np.abs(gap[:, 0] * way[:, 1] - gap[:, 1] * way[:, 0]) > _SHORTEST_M * length
            places, may = start + way * at[:, None], is_long & far & (at >= 0) & (at <= 1)
        elif kind == "edge":
            places, may = start + way * np.clip(share, 0, 1)[:, None], length > 0
        else:
            beyond = np.maximum(-share, share - 1) * length
            may = is_long & (beyond > 0) & (beyond <= reach)
            places = start + way * share[:, None]
        position = _nearest(places, may, tolerance_m)
        if position is not None:
            return _snap(kind, layers, edges, position, places[position] + xy)
    return None


def edges_near(layers: Sequence[SnapLayer], window: Window) -> Edges:
    """Return the edges of all layers whose boxes meet a window."""
    ends: list[NDArray[np.float64]] = [np.empty((0, 2, 2))]
    numbers: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    rows: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    for number, layer in enumerate(layers):
        if layer.shapes.dimension == 0:
            continue
        found = layer.query(window)
        if not len(found):
            continue
        near = layer.shapes.take(found)
        pairs, owner = _edges_of(near)
        low, high = pairs.min(axis=1), pairs.max(axis=1)
        meets = (low <= window[2:]).all(axis=1) & (high >= window[:2]).all(axis=1)
        ends.append(pairs[meets])
        rows.append(near.rows[owner[meets]])
        numbers.append(np.full(int(meets.sum()), number))
    return Edges(np.concatenate(ends), np.concatenate(numbers), np.concatenate(rows))


def _edges_of(shapes: Shapes) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return all edges (n, 2, 2) of shapes, and the feature of each."""
    is_edge = np.ones(len(shapes.xy), bool)
    is_edge[shapes.runs[1:] - 1] = False  # the last vertex of a run begins no edge
    first = np.flatnonzero(is_edge)
    vertices = shapes.runs[shapes.features]
    owner = np.repeat(np.arange(len(shapes)), np.diff(vertices))
    return np.stack([shapes.xy[first], shapes.xy[first + 1]], axis=1), owner[first]


def _nearest_vertex(layers: Sequence[SnapLayer], xy: XY, within_m: float) -> Snap | None:
    best: Snap | None = None
    for layer in layers:
        found = layer.query(_around(xy, within_m))
        if not len(found):
            continue
        near = layer.shapes.take(found)
        distance = np.hypot(near.xy[:, 0] - xy[0], near.xy[:, 1] - xy[1])
        at = int(distance.argmin())
        if distance[at] > within_m or (best is not None and distance[at] >= within_m):
            continue
        within_m = float(distance[at])
        feature = int(np.searchsorted(near.runs[near.features], at, side="right")) - 1
        place = _as_xy(near.xy[at])
        best = Snap("vertex", place, layer.name, int(near.rows[feature]), (place, place))
    return best


def _nearest(places: NDArray[np.float64], may: NDArray[np.bool_], within_m: float) -> int | None:
    """Return the position of the place nearest to the origin, None where none is near enough."""
    distance = np.where(may, np.hypot(places[:, 0], places[:, 1]), np.inf)
    at = int(distance.argmin())
    return at if distance[at] <= within_m else None


def _snap(
    kind: Kind, layers: Sequence[SnapLayer], edges: Edges, at: int, xy: NDArray[np.float64]
) -> Snap:
    start, end = _as_xy(edges.ends[at, 0]), _as_xy(edges.ends[at, 1])
    place = _as_xy(np.round(xy, 3))
    return Snap(kind, place, layers[int(edges.layer[at])].name, int(edges.row[at]), (start, end))


def _as_xy(row: NDArray[np.float64]) -> XY:
    return float(row[0]), float(row[1])


def _around(xy: XY, reach_m: float) -> Window:
    return xy[0] - reach_m, xy[1] - reach_m, xy[0] + reach_m, xy[1] + reach_m
