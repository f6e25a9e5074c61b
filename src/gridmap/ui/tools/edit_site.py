"""The ground that an editing tool works on, and what of it is near the pointer; no Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.borders import find_arcs
from gridmap.geo.features import Features
from gridmap.geo.snapping import Kind, Snap, SnapLayer, find_snap, snap_layers
from gridmap.model.cell_edits import XY
from gridmap.services.ground import Ground, load_ground
from gridmap.store.workspace import Workspace

Extent = tuple[float, float, float, float]
GripKind = Literal["vertex", "junction", "edge", "border"]
CELL = "cell"
TAKEN = ("walkway", "compound", "building")
"""What has edges that a border may follow; the first is taken where several lie on each other."""
_NEAR_M = 0.002
_JUNCTION = 3
_ROOM_FOR_HANDLE = 4.0
"""A border gets a handle where one of its edges is so many times longer than the reach."""


@dataclass(frozen=True)
class Grip:
    """What of a border the pointer is over.

    Attributes:
        kind: a vertex, a junction (where three cells meet), a place on an edge, or the handle of
            a whole border.
        xy: the vertex, the place, or the handle.
        cells: which cells have it, in the order of the ground.
        border: (n, 2) the whole border of the first two cells, or the outer one.
    """

    kind: GripKind
    xy: XY
    cells: tuple[str, ...]
    border: NDArray[np.float64]
    handle: XY | None = None


class Site:
    """One ``Ground`` with what can be snapped to; made in a worker, asked while the mouse moves."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        found = (
            *snap_layers(CELL, ground.cells.shapes),
            *_layers("compound", ground.compounds),
            *_layers("building", ground.buildings),
            *_layers("walkway", ground.walkways),
        )
        self.layers: tuple[SnapLayer, ...] = found
        self._cells = [layer for layer in found if layer.name == CELL]
        self._others = [layer for layer in found if layer.name != CELL]
        self._arcs: Callable[[str, str | None], list[shapely.LineString]]
        self._arcs = lru_cache(64)(self._find_arcs)
        _ = self._tree, ground.homes  # here, not at the first move of the mouse

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.ground.cells.shapes)

    def holds(self, xy: XY) -> bool:
        """Return whether a place lies on this ground."""
        xmin, ymin, xmax, ymax = self.ground.extent
        return xmin <= xy[0] <= xmax and ymin <= xy[1] <= ymax

    def snap(
        self, xy: XY, reach_m: float, previous: XY | None, *, is_moving: bool = False
    ) -> Snap | None:
        """Return what a place snaps to.

        What is moving does not snap to the edges of cells, which would hold it where it was.
        """
        if not is_moving:
            return find_snap(self.layers, xy, reach_m, previous=previous)
        found = find_snap(self.layers, xy, reach_m, previous=previous, kinds=("vertex",))
        if found is not None and found.xy != previous:
            return found
        kinds: tuple[Kind, ...] = ("midpoint", "edge", "vertex")
        return find_snap(self._others, xy, reach_m, kinds=kinds)

    def cells_on(self, xy: XY) -> tuple[str, ...]:
        """Return the cells that have a place on their border or within, in their order."""
        found = np.sort(self._tree.query(shapely.Point(xy), predicate="dwithin", distance=_NEAR_M))
        return tuple(self.ground.cells.keys[at] for at in found.tolist())

    def grip(self, xy: XY, reach_m: float) -> Grip | None:
        """Return the vertex, edge or handle of a border near a place."""
        vertex = find_snap(self._cells, xy, reach_m, kinds=("vertex",))
        if vertex is not None:
            cells = self.cells_on(vertex.xy)
            kind: GripKind = "junction" if len(cells) >= _JUNCTION else "vertex"
            return Grip(kind, vertex.xy, cells, np.empty((0, 2)))
        edge = find_snap(self._cells, xy, reach_m, kinds=("edge",))
        if edge is None:
            return None
        cells = self.cells_on(edge.xy)
        border = self.border_at(cells, edge.xy)
        handle = _handle_of(border, reach_m)
        if handle is not None and float(np.hypot(handle[0] - xy[0], handle[1] - xy[1])) <= reach_m:
            return Grip("border", handle, cells, border, handle)
        return Grip("edge", edge.xy, cells, border, handle)

    def border_at(self, cells: tuple[str, ...], xy: XY) -> NDArray[np.float64]:
        """Return (n, 2) the border of two cells (of one: the outer one) that is nearest a place."""
        if not cells:
            return np.empty((0, 2))
        arcs = self._arcs(cells[0], cells[1] if len(cells) > 1 else None)
        if not arcs:
            return np.empty((0, 2))
        at = shapely.Point(xy)
        nearest = min(arcs, key=lambda arc: float(arc.distance(at)))
        border: NDArray[np.float64] = shapely.get_coordinates(nearest)
        return border

    def _find_arcs(self, cell: str, other: str | None) -> list[shapely.LineString]:
        named = [self.ground.cells.shape(key) for key in (cell, other) if key is not None]
        return find_arcs(self.ground.cells.near(named, _NEAR_M), cell, other)


def load_site(workspace: Workspace, extent: Extent, division: str | None) -> Site:
    """Read the ground of an extent, and make it ready to be asked."""
    return Site(load_ground(workspace, extent, division))


def _layers(name: str, features: Features) -> list[SnapLayer]:
    if features.geometry is None or not len(features.geometry):
        return []
    return snap_layers(name, features.geometry)


def _handle_of(border: NDArray[np.float64], reach_m: float) -> XY | None:
    """Return the middle of the longest edge of a border, None where there is no room for it."""
    if len(border) < 2:
        return None
    way = np.diff(border, axis=0)
    length = np.hypot(way[:, 0], way[:, 1])
    at = int(length.argmax())
    if length[at] < _ROOM_FOR_HANDLE * reach_m:
        return None
    middle = border[at] + way[at] / 2
    return float(middle[0]), float(middle[1])
