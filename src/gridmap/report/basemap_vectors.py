"""Squares of a base map that are drawn from vector tiles, quietly: the layers are what matters.

Every call into Qt is kept short, because QPainter keeps Python's lock while it paints.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from gridmap.geo.ground import GroundKind, GroundTile
from gridmap.geo.pyramid import MERCATOR_M, Square, mercator_pyramid
from gridmap.geo.shapes import Shapes
from gridmap.report.paths import culled, path_of, thinned
from gridmap.report.turns import give_way
from gridmap.report.unlocked import fill_path, stroke_path

GroundReader = Callable[[int, int, int], GroundTile | None]
"""(zoom, x, y) to the shapes of a tile; y counts from the north."""
_SIDE = 512
_DEPTH = 6
"""Zooms below the finest that the file has: its shapes are drawn larger."""
_KEPT = 16
_CHUNK = 1500  # vertices in one call
_MARGIN = 24.0
_SMALL_PX = 0.7
_LAND = QColor("#F5F3EE")
_K = GroundKind


@dataclass(frozen=True)
class _Look:
    """``width`` is that of a line at zoom 14, in style pixels; it grows with the zoom."""

    colour: str
    width: float = 0.0
    rim: str = ""
    growth: float = 1.0
    dash: tuple[float, ...] = ()
    from_zoom: float = 0.0


_LOOKS = {
    _K.LAND: _Look("#F5F3EE"),
    _K.AREA: _Look("#EDEAE3", rim="#DDD8CE"),
    _K.BUILT: _Look("#F0ECE4"),
    _K.GREEN: _Look("#E1EBD6"),
    _K.WATER: _Look("#CBDDE8"),
    _K.STREAM: _Look("#BDD3E1", 1.4, growth=1.3),
    _K.PATH: _Look("#D9D2C6", 0.8, growth=1.2, dash=(3, 2), from_zoom=14.5),
    _K.LINE: _Look("#C9C3B8", 1.0, growth=1.15),
    _K.RAIL: _Look("#BEB8B0", 1.2, growth=1.2, dash=(6, 2)),
    _K.LANE: _Look("#FFFFFF", 1.4, rim="#DCD7CC", growth=1.6, from_zoom=13.5),
    _K.STREET: _Look("#FFFFFF", 2.2, rim="#D8D2C6", growth=1.6),
    _K.ROAD: _Look("#FFF6E0", 3.4, rim="#DECFA9", growth=1.5),
    _K.MOTORWAY: _Look("#FBE6C0", 4.2, rim="#D9BE8B", growth=1.45),
    _K.BUILDING: _Look("#E3DED5", rim="#D2CBBF", from_zoom=13.5),
    _K.BORDER: _Look("#B7A9BC", 1.2, dash=(5, 3)),
}
_RIMS_FROM = 15.0
"""The zoom from which areas have outlines."""


class VectorSquares:
    """Squares drawn from the tiles of a vector tile set."""

    is_drawn = True
    most = 9  # each takes some hundredths of a second

    def __init__(self, read: GroundReader, *, min_zoom: int, max_zoom: int) -> None:
        self._read = read
        self._max_zoom = max_zoom
        self.pyramid = mercator_pyramid(
            min_zoom=min_zoom, max_zoom=max_zoom, depth=_DEPTH, side=_SIDE
        )
        self._kept: OrderedDict[Square, GroundTile | None] = OrderedDict()
        self._lock = threading.Lock()

    def picture(self, square: Square, ratio: float) -> QImage | None:
        """Return a square, drawn; None where the file has nothing there."""
        level, column, row = square
        deeper = max(-level, 0)
        ground = self._ground((self._max_zoom - max(level, 0), column >> deeper, row >> deeper))
        if ground is None:
            return None
        side = round(_SIDE * ratio)
        image = QImage(side, side, QImage.Format.Format_RGB32)
        image.fill(_LAND)
        zoom = self._max_zoom - level
        painter = QPainter(image)
        try:
            _draw(painter, ground, _Sheet(column, row, zoom, side, ratio))
        finally:
            painter.end()
        return image

    def is_heavy(self, square: Square) -> bool:  # noqa: ARG002
        """Return True: decoding and drawing take some hundredths of a second."""
        return True

    def _ground(self, tile: tuple[int, int, int]) -> GroundTile | None:
        with self._lock:
            if tile in self._kept:
                self._kept.move_to_end(tile)
                return self._kept[tile]
        ground = self._read(*tile)
        with self._lock:
            self._kept[tile] = ground
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return ground


@dataclass(frozen=True)
class _Sheet:
    """The square that is drawn on."""

    column: int
    row: int
    zoom: int
    side: int
    ratio: float

    def to_pixels(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n, 2) pixels of (n, 2) Web Mercator metres."""
        scale = self.side * 2.0**self.zoom / MERCATOR_M
        left, top = self.column * self.side, self.row * self.side
        x = (xy[:, 0] + MERCATOR_M / 2) * scale - left
        y = (MERCATOR_M / 2 - xy[:, 1]) * scale - top
        return np.column_stack([x, y])


def _draw(painter: QPainter, ground: GroundTile, sheet: _Sheet) -> None:
    roads: list[tuple[_Look, list[QPainterPath]]] = []
    for kind, shapes in ground.parts:
        look = _LOOKS[kind]
        if sheet.zoom < look.from_zoom:
            continue
        if shapes.dimension == 2:
            _flush(painter, roads, sheet)
            _fill(painter, look, list(_paths(shapes, sheet)), sheet)
        else:
            roads.append((look, list(_paths(shapes, sheet))))
    _flush(painter, roads, sheet)


def _fill(painter: QPainter, look: _Look, paths: list[QPainterPath], sheet: _Sheet) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    colour = QColor(look.colour)
    for path in paths:
        fill_path(painter, path, colour)
        give_way()
    if look.rim and sheet.zoom >= _RIMS_FROM:
        pen = QPen(QColor(look.rim), max(0.8 * sheet.ratio, 1.0))
        for path in paths:
            stroke_path(painter, path, pen)
            give_way()


def _flush(painter: QPainter, roads: list[tuple[_Look, list[QPainterPath]]], sheet: _Sheet) -> None:
    """Draw the lines gathered so far, all rims first, so that crossings are open."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for is_rim in (True, False):
        for look, paths in roads:
            pen = _pen(look, sheet, is_rim=is_rim)
            if pen is None:
                continue
            for path in paths:
                stroke_path(painter, path, pen)
                give_way()
    roads.clear()


def _pen(look: _Look, sheet: _Sheet, *, is_rim: bool) -> QPen | None:
    width = look.width * look.growth ** (sheet.zoom - 14) * sheet.ratio
    if is_rim:
        if not look.rim or width < 2 * sheet.ratio:
            return None
        width += 2 * sheet.ratio
    pen = QPen(QColor(look.rim if is_rim else look.colour), max(width, 0.7 * sheet.ratio))
    if look.rim and not is_rim and width < 2 * sheet.ratio:
        pen.setColor(QColor(look.rim))  # white on pale ground would not be seen
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if look.dash else Qt.PenCapStyle.RoundCap)
    if look.dash:
        pen.setDashPattern(look.dash)
    return pen


def _paths(shapes: Shapes, sheet: _Sheet) -> Iterator[QPainterPath]:
    """Yield the shapes that the sheet shows, as paths of bounded length."""
    low = sheet.to_pixels(shapes.bounds[:, :2])
    high = sheet.to_pixels(shapes.bounds[:, 2:])
    size = np.abs(high - low).max(axis=1)
    is_seen = (
        (size >= _SMALL_PX)
        & (high[:, 0] > -_MARGIN)
        & (low[:, 0] < sheet.side + _MARGIN)
        & (low[:, 1] > -_MARGIN)
        & (high[:, 1] < sheet.side + _MARGIN)
    )
    seen = np.flatnonzero(is_seen)
    if not len(seen):
        return
    vertices = shapes.runs[shapes.features[seen + 1]] - shapes.runs[shapes.features[seen]]
    groups = np.cumsum(vertices) // _CHUNK
    for group in np.split(seen, np.flatnonzero(np.diff(groups)) + 1):
        taken = shapes.take(group)
        pixels, runs = sheet.to_pixels(taken.xy) + _MARGIN, taken.runs
        room = sheet.side + 2 * _MARGIN
        if shapes.dimension == 2:
            pixels, runs = culled(pixels, runs, width=room, height=room)
        pixels, runs = thinned(pixels, runs, is_closed=shapes.dimension == 2)
        yield path_of(pixels - _MARGIN, runs, winding=True)  # areas of a kind may overlap
