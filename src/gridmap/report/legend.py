"""The legend: what each symbol means, of those that can be seen on the map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath

from gridmap.base.messages import Language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.schema import Geometry
from gridmap.model.style import Hatch, Symbol
from gridmap.report import marks, pens, texts
from gridmap.report.fonts import map_font, text_width
from gridmap.report.prepared import PreparedLayer
from gridmap.report.styles import class_names
from gridmap.report.view import PaintView

_INK = QColor("#33313D")
_QUIET = QColor("#8B8894")
_ROW = 18.0
_HEADING = 20.0
_GAP = 4.0
_SWATCH = QRectF(0, 0, 28, 13)
_TEXT_LEFT = 37.0
_LEAST_SCALE = 0.6


@dataclass(frozen=True)
class Entry:
    """One line of the legend; a heading has no symbol."""

    text: str
    symbol: Symbol | None = None
    geometry: Geometry | None = None
    count: int = 0
    is_indented: bool = False

    @property
    def height(self) -> float:
        """Return how much room the line takes, in style pixels."""
        return _ROW if self.symbol else _HEADING


def legend_entries(
    layers: Iterable[PreparedLayer], view: PaintView, language: Language
) -> list[Entry]:
    """Return the lines for what the window shows, the uppermost layer first."""
    entries: list[Entry] = []
    for layer in reversed(list(layers)):
        if layer.style.is_shown_at(view.denominator):
            entries += _entries_of(layer, view, language)
    return entries


def _entries_of(layer: PreparedLayer, view: PaintView, language: Language) -> list[Entry]:
    table = TABLE_BY_NAME[layer.table]
    title = table.en if language == "en" else table.zh
    symbols = layer.style.symbols
    counts = _counts(layer, view, len(symbols))
    if not counts.any():
        return []
    if not layer.style.classes:
        return [Entry(title, symbols[0], table.geometry, int(counts[0]))]
    names = (*class_names(layer.style, language), texts.other().render(language))
    classes = [
        Entry(name, symbol, table.geometry, int(count), is_indented=True)
        for name, symbol, count in zip(names, symbols, counts, strict=True)
        if count
    ]
    return [Entry(title, count=int(counts.sum())), *classes]


def _counts(
    layer: PreparedLayer, view: PaintView, classes: int
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    counts = np.zeros(classes, np.int64)
    for part in layer.parts:
        seen = part.index.query(view.extent)
        counts += np.bincount(part.classes[seen], minlength=classes)
    return counts


def legend_height(entries: Sequence[Entry]) -> float:
    """Return how much room the lines take at full size, in style pixels."""
    return sum(entry.height for entry in entries) + _GAP * sum(not e.symbol for e in entries)


def paint_legend(
    painter: QPainter, box: QRectF, entries: Sequence[Entry], *, ratio: float, is_vector: bool
) -> float:
    """Paint the lines into a box (device pixels), smaller if they must; return where they end."""
    needed = legend_height(entries) * ratio
    scale = ratio * min(1.0, max(box.height() / max(needed, 1.0), _LEAST_SCALE))
    top = box.top()
    for entry in entries:
        if top + entry.height * scale > box.bottom() + 1:
            break  # even at the smallest size there is no room
        if not entry.symbol:
            top += _GAP * scale
        _paint_entry(painter, QPointF(box.left(), top), entry, box.width(), scale, is_vector)
        top += entry.height * scale
    return top


def _paint_entry(
    painter: QPainter, at: QPointF, entry: Entry, width: float, scale: float, is_vector: bool
) -> None:
    font = map_font((12.5 if entry.symbol else 13) * scale, is_bold=not entry.symbol)
    metrics = QFontMetricsF(font)
    middle = at.y() + entry.height * scale / 2
    base = middle + (metrics.ascent() - metrics.descent()) / 2
    left = at.x()
    if entry.symbol:
        swatch = QRectF(
            left, middle - _SWATCH.height() * scale / 2,
            _SWATCH.width() * scale, _SWATCH.height() * scale,
        )  # fmt: skip
        paint_swatch(painter, swatch, entry.symbol, entry.geometry, scale, is_vector=is_vector)
        left += _TEXT_LEFT * scale
    count = f"{entry.count:,}"
    count_font = map_font(11 * scale)
    room = at.x() + width - text_width(count, count_font)
    painter.setFont(font)
    painter.setPen(_INK)
    text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, room - left - 6 * scale)
    painter.drawText(QPointF(left, base), text)
    painter.setFont(count_font)
    painter.setPen(_QUIET)
    painter.drawText(QPointF(room, base), count)


def paint_swatch(
    painter: QPainter,
    box: QRectF,
    symbol: Symbol,
    geometry: Geometry | None,
    scale: float,
    *,
    is_vector: bool,
) -> None:
    """Paint a symbol as it looks on the map: an area, a line, a marker, or all that it can be."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    dimension = geometry.dimension if geometry else None
    if dimension == 1:
        _paint_line(painter, box, symbol, scale)
    elif dimension != 0:
        _paint_area(painter, box, symbol, scale, is_vector=is_vector)
    if dimension == 0 or (symbol.marker is not None and dimension is None):
        centre = np.array([[box.center().x(), box.center().y()]])
        size = min(symbol.size * scale, box.height() * 1.05)
        marks.paint_markers(painter, centre, symbol, size=size, ratio=scale)
    painter.restore()


def _paint_line(painter: QPainter, box: QRectF, symbol: Symbol, scale: float) -> None:
    path = QPainterPath(QPointF(box.left(), box.center().y()))
    path.lineTo(box.right(), box.center().y())
    width = min(max(symbol.width * scale, symbol.ground_width_m * scale * 0.8), box.height() * 0.5)
    if symbol.casing and symbol.casing_width:
        casing = pens.line_pen(pens.colour(symbol.casing), width + 2 * symbol.casing_width * scale)
        casing.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.strokePath(path, casing)
    pen = pens.line_pen(pens.colour(symbol.outline or "#888888"), width, symbol.dash)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.strokePath(path, pen)


def _paint_area(
    painter: QPainter, box: QRectF, symbol: Symbol, scale: float, *, is_vector: bool
) -> None:
    path = QPainterPath()
    path.addRect(box)
    if symbol.fill:
        painter.fillPath(path, pens.colour(symbol.fill))
    if symbol.hatch is not Hatch.NONE:
        code = symbol.hatch_colour or symbol.outline or "#000000"
        pens.fill_with_hatch(painter, path, symbol.hatch, code, scale, is_vector=is_vector)
    if symbol.outline:
        pen = pens.line_pen(pens.colour(symbol.outline), symbol.width * scale, symbol.dash)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.strokePath(path, pen)
