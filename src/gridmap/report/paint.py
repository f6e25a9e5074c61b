"""The painter that canvas and paper share: layers into a window, by arrays.

Every call into Qt is kept short (a few hundred features), because QPainter keeps Python's lock
while it paints, and the interface thread must get its turn in between.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gridmap.geo.shapes import offsets, ranges
from gridmap.model.style import Hatch, Style, Symbol
from gridmap.report import marks, pens
from gridmap.report.paths import culled, path_of, thinned
from gridmap.report.prepared import AREA, LINE, POINT, PreparedLayer, PreparedShapes
from gridmap.report.tint import Tint
from gridmap.report.turns import give_way
from gridmap.report.view import PaintView

SMALL = 2.0
"""Features smaller than this many device pixels are a tint."""
SMALL_LENGTH = 4.0
"""So are areas shorter than this that cover less than a square of ``SMALL``: slabs far away."""
_ROUGH = 8.0
"""Areas smaller than this are filled without antialiasing: 3 ms instead of 34 for a full tile."""
_FILL_CHUNK = 2000  # vertices in one call: about 3 ms of a full tile
_STROKE_CHUNK = 400  # vertices in one call: about 2 ms of a line wider than a pixel
_DENSE_BORDERS = 64.0
"""Borders of areas smaller than this many style pixels are thin and plain."""
_DENSE_LINES, _WHOLE_LINES = 12.0, 70.0
"""Lines shorter than so many style pixels are thin and plain; longer than so many, as styled."""
_MARGIN = 24.0  # style pixels: half of the widest pen or marker, with room to spare


def count_vertices(view: PaintView, layers: Iterable[PreparedLayer]) -> int:
    """Return how many vertices the window shows, of what is not so small as to be a tint."""
    count = 0
    for layer in layers:
        if not layer.style.is_shown_at(view.denominator):
            continue
        for part in layer.parts:
            positions = part.index.query(view.extent)
            box = part.shapes.bounds[positions]
            is_large = (box[:, 2:] - box[:, :2]).max(axis=1) >= SMALL * view.ratio * view.resolution
            first, last = part.shapes.features[:-1], part.shapes.features[1:]
            vertices = part.shapes.runs[last] - part.shapes.runs[first]
            count += int(vertices[positions[is_large]].sum())
    return count


class Pass(Enum):
    """What of a layer is painted: borders come later than grounds, over what lies between."""

    GROUND = "ground"
    BORDER = "border"


def passes(styles: Sequence[Style]) -> list[tuple[Style, Pass]]:
    """Return in which order layers and their borders are painted, undermost first.

    Borders follow the last layer that has any, the strongest (that of the largest areas) on top,
    so that buildings and cells do not hide them.
    """
    bordered = [style for style in styles if style.is_border]
    order: list[tuple[Style, Pass]] = []
    for style in styles:
        order.append((style, Pass.GROUND))
        if bordered and style is bordered[-1]:
            order += [(other, Pass.BORDER) for other in reversed(bordered)]
    return order


def paint(painter: QPainter, view: PaintView, layers: Iterable[PreparedLayer]) -> None:
    """Paint the layers in their order, without labels; the window's top left is (0, 0)."""
    by_table = {layer.table: layer for layer in layers}
    for style, which in passes([layer.style for layer in by_table.values()]):
        paint_layer(painter, view, by_table[style.table], which)


def paint_layer(
    painter: QPainter, view: PaintView, layer: PreparedLayer, which: Pass = Pass.GROUND
) -> bool:
    """Paint one layer; return whether anything of it lies in the window."""
    if not layer.style.is_shown_at(view.denominator):
        return False
    window = view.grown(_MARGIN * view.ratio)
    if which is Pass.BORDER:
        if layer.borders is None:
            return False
        positions = layer.borders.index.query(window)
        if len(positions):
            _LayerPainter(painter, view, layer).paint_borders(layer.borders, positions)
        return len(positions) > 0
    found = [(part, part.index.query(window)) for part in layer.parts]
    if not any(len(positions) for _part, positions in found):
        return False
    _LayerPainter(painter, view, layer).paint(found)
    return True


@dataclass(frozen=True)
class _Piece:
    """A path of some features of one class."""

    path: QPainterPath
    symbol: Symbol


class _LayerPainter:
    """Paints one layer into one window."""

    def __init__(self, painter: QPainter, view: PaintView, layer: PreparedLayer) -> None:
        self._painter = painter
        self._view = view
        self._layer = layer
        self._symbols = layer.style.symbols
        self._line_share = 1.0
        self._has_dashes = any(symbol.dash for symbol in self._symbols)
        self._coarse = max(1, round(view.ratio)) if view.is_vector else 1
        self._tint = Tint(-(-view.width // self._coarse), -(-view.height // self._coarse))
        self._small = SMALL * (view.ratio if view.is_vector else 1.0)
        self._marker_share = marks.marker_share(layer.style, view.denominator)

    def paint(self, found: list[tuple[PreparedShapes, NDArray[np.int64]]]) -> None:
        large = [(part, self._without_small(part, positions)) for part, positions in found]
        if not self._tint.is_empty:
            self._paint_tint()
        for part, positions in large:
            if part.shapes.dimension == AREA:
                self._paint_areas(part, positions)
            elif part.shapes.dimension == LINE:
                self._paint_lines(part, positions)
        for part, positions in found:
            self._paint_markers(part, positions)

    def _paint_tint(self) -> None:
        image = self._tint.image()
        side = self._coarse
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        target = QRectF(0, 0, image.width() * side, image.height() * side)
        self._painter.drawImage(target, image)

    # --- the small --------------------------------------------------------------------------------

    def _without_small(
        self, part: PreparedShapes, positions: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Put what is too small to be drawn into the tint, and return the rest."""
        view = self._view
        size = part.shapes.bounds[positions]
        size = (size[:, 2:] - size[:, :2]) / view.resolution
        is_small = (size < self._small).all(axis=1)
        if part.shapes.dimension == AREA:
            is_short = (size < self._small * (SMALL_LENGTH / SMALL)).all(axis=1)
            is_small |= is_short & (size[:, 0] * size[:, 1] < self._small**2)
        small, size = positions[is_small], size[is_small]
        rest: NDArray[np.int64] = positions[~is_small]
        if len(small) == 0:
            return rest
        if self._marker_share and self._has_markers(part):
            return rest  # markers stand for them
        pixels = view.to_pixels((part.shapes.bounds[small, :2] + part.shapes.bounds[small, 2:]) / 2)
        for class_, chosen in _by_class(part.classes[small]):
            symbol = self._symbols[class_]
            weights = self._weights(part, symbol, size[chosen]) / self._coarse**2
            centres = pixels[chosen] / self._coarse
            self._tint.add(centres, weights, self._tint_colour(part, symbol))
        return rest

    def _weights(
        self, part: PreparedShapes, symbol: Symbol, size: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return how many pixels each small feature covers; a thing with a marker is a dot."""
        if symbol.marker is not None or part.shapes.dimension == POINT:
            dot = marks.dot_area(self._layer.style, self._view.denominator)
            return np.full(len(size), dot * self._view.ratio**2)
        if part.shapes.dimension == LINE:
            length: NDArray[np.float64] = np.hypot(size[:, 0], size[:, 1])
            return length * self._line_width(symbol)
        return np.asarray(size[:, 0] * size[:, 1])

    def _tint_colour(self, part: PreparedShapes, symbol: Symbol) -> QColor:
        if symbol.marker is not None:
            return pens.faded("#FF" + (symbol.fill or symbol.outline or "#888888")[-6:], 0.85)
        if part.shapes.dimension == LINE:
            return pens.colour(_far_colour(symbol))
        return pens.tint_colour(symbol)

    # --- areas ------------------------------------------------------------------------------------

    def _paint_areas(self, part: PreparedShapes, positions: NDArray[np.int64]) -> None:
        size = part.typical_size_m / self._view.resolution
        pieces = list(self._area_pieces(part, positions))
        self._antialias(size >= _ROUGH)
        for piece in pieces:
            self._fill(piece)
            give_way()
        self._antialias(True)
        if self._layer.style.is_border:
            return  # another pass
        for piece in pieces:
            if piece.symbol.outline:
                pen = pens.outline_pen(piece.symbol, self._view.ratio, size)
                self._painter.strokePath(piece.path, pen)
                give_way()

    def _area_pieces(self, part: PreparedShapes, positions: NDArray[np.int64]) -> Iterator[_Piece]:
        alone = None if part.alone is None else part.alone[positions]
        for class_, chosen in _by_class(part.classes[positions]):
            symbol = self._symbols[class_]
            joint = chosen if alone is None else chosen & ~alone
            groups = _chunks(part, positions[joint], _FILL_CHUNK)
            if alone is not None:
                groups += [positions[n : n + 1] for n in np.flatnonzero(chosen & alone)]
            for group in groups:
                yield _Piece(self._path(part, group), symbol)

    def _fill(self, piece: _Piece) -> None:
        symbol = piece.symbol
        if symbol.fill:
            self._painter.fillPath(piece.path, pens.colour(symbol.fill))
        if symbol.hatch is Hatch.NONE:
            return
        code = symbol.hatch_colour or symbol.outline or "#000000"
        view = self._view
        if not view.is_vector:
            self._painter.setBrushOrigin(self._hatch_origin())
        window = QRectF(0, 0, view.width, view.height)
        pens.fill_with_hatch(
            self._painter, piece.path, symbol.hatch, code, view.ratio,
            is_vector=view.is_vector, window=window,
        )  # fmt: skip

    def _hatch_origin(self) -> QPointF:
        """Return where the texture starts, such that it runs on from one tile to the next."""
        view = self._view
        side = max(4, round(pens.HATCH_STEP * view.ratio))
        column, row = round(view.left / view.resolution), round(-view.top / view.resolution)
        return QPointF(-(column % side), -(row % side))

    def paint_borders(self, borders: PreparedShapes, positions: NDArray[np.int64]) -> None:
        """Stroke shared borders, each once, with the style's own symbol."""
        symbol = self._layer.style.symbol
        self._antialias(True)
        paths = self._paths(borders, positions)
        size = borders.typical_size_m / self._view.resolution / self._view.ratio
        if size < _DENSE_BORDERS:
            share = float(np.clip(size / _DENSE_BORDERS, 0.3, 1.0))
            self._strokes(paths, pens.line_pen(pens.faded(symbol.outline or "#000000", share), 1.0))
            return
        share = float(np.clip(size / 60, 0.45, 1.0))
        width = symbol.width * share * self._view.ratio
        casing = self._casing_pen(symbol, width)
        if casing is not None and share < 1:
            casing.setColor(pens.faded(symbol.casing or "#000000", share))
        self._strokes(paths, casing)
        self._strokes(paths, self._core_pen(symbol, width))

    # --- lines ------------------------------------------------------------------------------------

    def _paint_lines(self, part: PreparedShapes, positions: NDArray[np.int64]) -> None:
        self._antialias(True)
        size = part.typical_size_m / self._view.resolution / self._view.ratio
        self._line_share = float(np.clip(size / _WHOLE_LINES, 0.45, 1.0))
        is_dense = size < _DENSE_LINES
        groups = [
            (self._symbols[class_], self._paths(part, positions[chosen]))
            for class_, chosen in _by_class(part.classes[positions])
        ]
        if is_dense:
            for symbol, paths in groups:
                self._strokes(paths, pens.line_pen(pens.colour(_far_colour(symbol)), 1.0))
            return
        for symbol, paths in groups:
            self._strokes(paths, self._casing_pen(symbol, self._line_width(symbol)))
        for symbol, paths in groups:
            self._strokes(paths, self._core_pen(symbol, self._line_width(symbol)))

    def _line_width(self, symbol: Symbol) -> float:
        """Return a line's width in device pixels: as on the ground, or as wide as can be seen."""
        ground = symbol.ground_width_m / self._view.resolution
        return max(symbol.width * self._line_share * self._view.ratio, ground)

    def _strokes(self, paths: list[QPainterPath], pen: QPen | None) -> None:
        if pen is None:
            return
        for path in paths:
            self._painter.strokePath(path, pen)
            give_way()

    def _casing_pen(self, symbol: Symbol, width: float) -> QPen | None:
        if not symbol.casing or not symbol.casing_width:
            return None
        whole = width + 2 * symbol.casing_width * self._view.ratio
        return pens.line_pen(pens.colour(symbol.casing), whole)

    def _core_pen(self, symbol: Symbol, width: float) -> QPen | None:
        if not symbol.outline:
            return None
        return pens.line_pen(pens.colour(symbol.outline), width, symbol.dash)

    # --- points and markers -----------------------------------------------------------------------

    def _has_markers(self, part: PreparedShapes) -> bool:
        return part.shapes.dimension == POINT or any(s.marker is not None for s in self._symbols)

    def _paint_markers(self, part: PreparedShapes, positions: NDArray[np.int64]) -> None:
        if not self._marker_share or not self._has_markers(part):
            return
        ratio = self._view.ratio
        for class_, chosen in _by_class(part.classes[positions]):
            symbol = self._symbols[class_]
            pixels = self._view.to_pixels(part.anchors(positions[chosen]))
            size = symbol.size * ratio * self._marker_share
            marks.paint_markers(self._painter, pixels, symbol, size=size, ratio=ratio)

    # --- paths ------------------------------------------------------------------------------------

    def _paths(self, part: PreparedShapes, positions: NDArray[np.int64]) -> list[QPainterPath]:
        return [self._path(part, group) for group in _chunks(part, positions, _STROKE_CHUNK)]

    def _path(self, part: PreparedShapes, positions: NDArray[np.int64]) -> QPainterPath:
        shapes = part.shapes
        run_counts = shapes.features[positions + 1] - shapes.features[positions]
        run_index = ranges(shapes.features[positions], run_counts)
        starts = shapes.runs[run_index]
        vertex_counts = shapes.runs[run_index + 1] - starts
        pixels = self._view.to_pixels(shapes.xy[ranges(starts, vertex_counts)])
        is_area = shapes.dimension == AREA
        runs = offsets(vertex_counts)
        if not self._has_dashes or (is_area and self._layer.style.is_border):
            pixels, runs = self._culled(pixels, runs)
        return path_of(*thinned(pixels, runs, is_closed=is_area))

    def _culled(
        self, pixels: NDArray[np.float64], runs: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        view, margin = self._view, _MARGIN * self._view.ratio
        width, height = view.width + 2 * margin, view.height + 2 * margin
        kept, runs = culled(pixels + margin, runs, width=width, height=height)
        return kept - margin, runs

    def _antialias(self, wanted: bool) -> None:
        is_on = wanted or self._view.is_vector
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_on)


def _far_colour(symbol: Symbol) -> str:
    """Return the colour of a line seen from far off: that of its casing, where it has one."""
    has_casing = symbol.casing and pens.colour(symbol.casing).alphaF() > 0.5
    return (symbol.casing if has_casing else symbol.outline) or "#888888"


def _by_class(classes: NDArray[np.int16]) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Yield each class that occurs, with the mask of its features."""
    for class_ in np.unique(classes):
        yield int(class_), classes == class_


def _chunks(
    part: PreparedShapes, positions: NDArray[np.int64], vertices: int
) -> list[NDArray[np.int64]]:
    """Return the positions in groups of about so many vertices."""
    shapes = part.shapes
    starts = shapes.runs[shapes.features[positions]]
    ends = shapes.runs[shapes.features[positions + 1]]
    group = np.cumsum(ends - starts) // vertices
    return np.split(positions, np.flatnonzero(np.diff(group)) + 1) if len(positions) else []
