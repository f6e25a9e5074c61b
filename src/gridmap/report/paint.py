"""The painter that canvas and paper share: layers into a window, by arrays.

Every call into Qt is kept short (a few hundred features), because QPainter keeps Python's lock
while it paints, and the interface thread must get its turn in between.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen

from gridmap.model.style import Hatch, Style, Symbol
from gridmap.report import marks, pens
from gridmap.report.figures import figures
from gridmap.report.gather import paint_gathered
from gridmap.report.prepared import AREA, LINE, PreparedLayer, PreparedShapes
from gridmap.report.sized import paint_sized
from gridmap.report.small import (
    PLAIN,
    SMALL,
    SmallFeatures,
    by_class,
    has_markers,
    line_width,
    marker_share_of,
)
from gridmap.report.stamps import stamp_markers
from gridmap.report.turns import give_way
from gridmap.report.unlocked import fill_path, stroke_path
from gridmap.report.view import PaintView

_ROUGH = 8.0
"""Areas smaller than this are filled without antialiasing: 3 ms instead of 34 for a full tile."""
_HIDING = 0.7
"""Style pixels that an outline must be wide, to hide a rim that is filled without antialiasing."""
_FILL_CHUNK = 1000  # vertices in one call: of 2,000 each, it takes twice as long
_STROKE_CHUNK = 1000  # vertices in one call: with fewer, painters wait for one another
_DENSE_BORDERS = 64.0
"""Borders of areas smaller than this many style pixels are thin and plain."""
_DENSE_LINES, _WHOLE_LINES = 12.0, 70.0
"""Lines shorter than so many style pixels are thin and plain; longer than so many, as styled."""
_MARGIN = 24.0  # style pixels: half of the widest pen, with room to spare


def count_vertices(view: PaintView, layers: Iterable[PreparedLayer]) -> int:
    """Return how many vertices the window shows, of what is not so small as to be a tint."""
    count = 0
    for layer in layers:
        style, denominator = layer.style, view.denominator
        if not style.is_shown_at(denominator) or style.is_gathered_at(denominator):
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


def paint(
    painter: QPainter,
    view: PaintView,
    layers: Iterable[PreparedLayer],
    *,
    is_over_ground: bool = False,
) -> None:
    """Paint the layers in their order, without labels; the window's top left is (0, 0).

    ``is_over_ground`` says that a base map lies below.
    """
    by_table = {layer.table: layer for layer in layers}
    for style, which in passes([layer.style for layer in by_table.values()]):
        if not (is_over_ground and hides_ground(style, which)):
            paint_layer(painter, view, by_table[style.table], which)


def hides_ground(style: Style, which: Pass) -> bool:
    """Return whether this is the ground that a border encloses: nothing where a base map lies.

    Colours that say something, and what stands on the ground, stay.
    """
    is_plain = not (style.classes or style.gather or style.proportion)
    return style.is_border and which is Pass.GROUND and is_plain


def paint_layer(
    painter: QPainter, view: PaintView, layer: PreparedLayer, which: Pass = Pass.GROUND
) -> bool:
    """Paint one layer; return whether anything of it lies in the window."""
    style = layer.style
    if not style.is_shown_at(view.denominator):
        return False
    if style.gather is not None and style.is_gathered_at(view.denominator):
        is_ground = which is Pass.GROUND
        return is_ground and paint_gathered(painter, view, layer, style.gather)
    layer = layer.at(view.denominator)
    window = view.grown(marks.reach(style, view.denominator) * view.ratio)
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
        self._sizes = layer.marker_sizes
        self._marker_share = marker_share_of(view, layer)

    def paint(self, found: list[tuple[PreparedShapes, NDArray[np.int64]]]) -> None:
        small = SmallFeatures(self._view, self._layer)
        large = [(part, small.without_small(part, positions)) for part, positions in found]
        small.paint(self._painter)
        for part, positions in large:
            if part.shapes.dimension == AREA:
                self._paint_areas(part, positions)
            elif part.shapes.dimension == LINE:
                self._paint_lines(part, positions)
        for part, positions in found:
            if self._sizes is not None:
                self._paint_sized_markers(self._sizes, part, positions)
            else:
                self._paint_markers(part, positions)

    # --- areas ------------------------------------------------------------------------------------

    def _paint_areas(self, part: PreparedShapes, positions: NDArray[np.int64]) -> None:
        size = part.typical_size_m / self._view.resolution
        figures = self._figures(part, positions, _FILL_CHUNK)
        pieces = [_Piece(path, self._symbols[class_]) for class_, path in figures]
        if self._sizes is None:  # with markers of a size, the fill is the markers'
            for piece in pieces:
                self._antialias(size >= _ROUGH and not self._is_rimmed(piece.symbol))
                self._fill(piece)
                give_way()
        self._antialias(True)
        if self._layer.style.is_border:
            return  # another pass
        for piece in pieces:
            if piece.symbol.outline and not (size < PLAIN and piece.symbol.fill):
                pen = pens.outline_pen(piece.symbol, self._view.ratio, size)
                stroke_path(self._painter, piece.path, pen)
                give_way()

    def _is_rimmed(self, symbol: Symbol) -> bool:
        """Return whether the rim of a fill lies under a line that hides how rough it is."""
        if not symbol.outline or symbol.dash:
            return False
        return symbol.width >= _HIDING and pens.colour(symbol.outline).alphaF() > 0.5

    def _fill(self, piece: _Piece) -> None:
        symbol = piece.symbol
        if symbol.fill:
            fill_path(self._painter, piece.path, pens.colour(symbol.fill))
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
            for class_, chosen in by_class(part.classes[positions])
        ]
        if is_dense:
            for symbol, paths in groups:
                if not marks.is_nothing(symbol):
                    self._strokes(paths, pens.line_pen(pens.far_colour(symbol), 1.0))
            return
        for symbol, paths in groups:
            self._strokes(
                paths, self._casing_pen(symbol, line_width(symbol, self._view, self._line_share))
            )
        for symbol, paths in groups:
            self._strokes(
                paths, self._core_pen(symbol, line_width(symbol, self._view, self._line_share))
            )

    def _strokes(self, paths: list[QPainterPath], pen: QPen | None) -> None:
        if pen is None:
            return
        for path in paths:
            stroke_path(self._painter, path, pen)
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

    def _paint_markers(self, part: PreparedShapes, positions: NDArray[np.int64]) -> None:
        if not self._marker_share or not has_markers(part, self._layer):
            return
        ratio = self._view.ratio
        for class_, chosen in by_class(part.classes[positions]):
            symbol = self._symbols[class_]
            pixels = self._view.to_pixels(part.anchors(positions[chosen]))
            size = symbol.size * ratio * self._marker_share
            paint = marks.paint_markers if self._view.is_vector else stamp_markers
            paint(self._painter, pixels, symbol, size=size, ratio=ratio)

    def _paint_sized_markers(
        self, sizes: NDArray[np.float64], part: PreparedShapes, positions: NDArray[np.int64]
    ) -> None:
        ratio = self._view.ratio
        pixels = self._view.to_pixels(part.anchors(positions))
        widths = sizes[part.shapes.rows[positions]] * ratio
        classes = part.classes[positions]
        paint_sized(
            self._painter, pixels, widths, classes, self._symbols,
            ratio=ratio, is_vector=self._view.is_vector,
        )  # fmt: skip

    # --- paths ------------------------------------------------------------------------------------

    def _paths(self, part: PreparedShapes, positions: NDArray[np.int64]) -> list[QPainterPath]:
        return [path for _class, path in self._figures(part, positions, _STROKE_CHUNK)]

    def _figures(
        self, part: PreparedShapes, positions: NDArray[np.int64], vertices: int
    ) -> list[tuple[int, QPainterPath]]:
        is_area = part.shapes.dimension == AREA
        return figures(
            self._view,
            part.shapes,
            positions,
            part.classes[positions],
            vertices,
            margin=_MARGIN * self._view.ratio,
            is_cullable=not self._has_dashes or (is_area and self._layer.style.is_border),
            alone=None if part.alone is None else part.alone[positions],
        )

    def _antialias(self, wanted: bool) -> None:
        is_on = wanted or self._view.is_vector
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_on)
