"""The legend: what each symbol means, of those that can be seen on the map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPainterPath

from gridmap.base.messages import Language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.schema import Geometry, Kind
from gridmap.model.style import Gather, Gathering, Hatch, Proportion, Style, Symbol
from gridmap.report import marks, pens, texts
from gridmap.report.clusters import cluster_colour, paint_cluster
from gridmap.report.fonts import map_font, text_width
from gridmap.report.grading import number_text, range_names
from gridmap.report.hexagons import find_hexagons
from gridmap.report.palettes import palettes
from gridmap.report.prepared import PreparedLayer
from gridmap.report.sized import size_of
from gridmap.report.styles import class_names
from gridmap.report.view import PaintView

_INK = QColor("#33313D")
_QUIET = QColor("#8B8894")
_ROW = 18.0
_HEADING = 20.0
_GAP = 4.0
_SWATCH = QRectF(0, 0, 28, 13)
_SWATCH_GAP = 9.0
_TEXT_LEFT = _SWATCH.width() + _SWATCH_GAP
_LEAST_SCALE = 0.6


@dataclass(frozen=True)
class Entry:
    """One line of the legend; a heading has no symbol."""

    text: str
    symbol: Symbol | None = None
    geometry: Geometry | None = None
    count: int | None = None
    is_indented: bool = False
    marker_size: float | None = None
    """Style pixels: the marker as large as on the map, where its size says a number."""
    is_cluster: bool = False
    ramp: tuple[str, ...] = ()
    """Colours from little to much, instead of a symbol."""

    @property
    def is_heading(self) -> bool:
        """Return whether the line only says what follows."""
        return self.symbol is None and not self.ramp

    @property
    def height(self) -> float:
        """Return how much room the line takes, in style pixels."""
        row = _HEADING if self.is_heading else _ROW
        return max(row, (self.marker_size or 0.0) + 4)


def legend_entries(
    layers: Iterable[PreparedLayer], view: PaintView, language: Language
) -> list[Entry]:
    """Return the lines for what the window shows, the uppermost layer first."""
    entries: list[Entry] = []
    for layer in reversed(list(layers)):
        if layer.style.is_shown_at(view.denominator):
            entries += _entries_of(layer.at(view.denominator), view, language)
    return entries


def _entries_of(layer: PreparedLayer, view: PaintView, language: Language) -> list[Entry]:
    table, style = TABLE_BY_NAME[layer.table], layer.style
    title = table.en if language == "en" else table.zh
    counts = _counts(layer, view, len(style.symbols))
    if not counts.any():
        return []
    heading = Entry(title, count=int(counts.sum()))
    if style.gather is not None and style.is_gathered_at(view.denominator):
        return [heading, *_gathered_entries(layer, view, style.gather, language)]
    sizes = _size_entries(style, style.proportion, language) if style.proportion else []
    if not style.classes:
        if sizes:
            return [heading, *sizes]
        return [Entry(title, style.symbols[0], table.geometry, int(counts[0]))]
    names = (*class_names(style, language), texts.other().render(language))
    geometry = Geometry.POINT if sizes else table.geometry
    classes = [
        Entry(name, symbol, geometry, int(count), is_indented=True)
        for name, symbol, count in zip(names, style.symbols, counts, strict=True)
        if count and not marks.is_nothing(symbol)
    ]
    return [heading, *classes, *sizes]


def _size_entries(style: Style, proportion: Proportion, language: Language) -> list[Entry]:
    """Return lines with markers of three sizes, and the numbers that they stand for."""
    field = TABLE_BY_NAME[style.table].get_field(proportion.field)
    name = field.en if language == "en" else field.zh
    steps = [float(f"{proportion.largest / part:.2g}") for part in (1, 4, 16)]
    if field.kind is Kind.INTEGER:
        steps = sorted({float(round(step)) for step in steps if step >= 1}, reverse=True)
    return [
        Entry(
            f"{name} {number_text(number)}",
            style.symbol,
            Geometry.POINT,
            is_indented=True,
            marker_size=size_of(number, proportion),
        )
        for number in steps
    ]


def _gathered_entries(
    layer: PreparedLayer, view: PaintView, gather: Gather, language: Language
) -> list[Entry]:
    what = ""
    if gather.field is not None:
        field = TABLE_BY_NAME[layer.table].get_field(gather.field)
        what = field.en if language == "en" else field.zh
    if gather.kind is not Gathering.HEXAGONS:
        return [_gather_entry(layer.style, gather, language)]
    hexagons = find_hexagons(layer.gathered, layer.style, gather, view)
    text = texts.in_each_hexagon(what=what, size=number_text(hexagons.size_m)).render(language)
    colours = palettes()[gather.palette].sampled(len(hexagons.bounds))
    held = np.bincount(hexagons.classes[hexagons.take(view)], minlength=len(colours))
    names = range_names(hexagons.bounds, language, are_whole=gather.field is None)
    steps = [
        Entry(name, Symbol(fill=colour), Geometry.POLYGON, int(count), is_indented=True)
        for name, colour, count in zip(names, colours, held, strict=True)
    ]
    return [Entry(text), *steps]


def style_entries(style: Style, language: Language) -> list[Entry]:
    """Return the lines that explain a style whatever the map shows, without counts.

    There are none for a style in which all rows look like its one symbol.
    """
    entries: list[Entry] = []
    if style.gather is not None:
        entries.append(_gather_entry(style, style.gather, language))
        if style.gather.min_denominator == 0:
            return entries
    sizes = _size_entries(style, style.proportion, language) if style.proportion else []
    geometry = Geometry.POINT if sizes else TABLE_BY_NAME[style.table].geometry
    entries += [
        Entry(name, class_.symbol, geometry, is_indented=True)
        for name, class_ in zip(class_names(style, language), style.classes, strict=True)
    ]
    return [*entries, *sizes]


def _gather_entry(style: Style, gather: Gather, language: Language) -> Entry:
    what = ""
    if gather.field is not None:
        field = TABLE_BY_NAME[style.table].get_field(gather.field)
        what = field.en if language == "en" else field.zh
    if gather.kind is Gathering.CLUSTERS:
        text = texts.clustered(what=what).render(language)
        return Entry(text, style.symbol, Geometry.POINT, is_cluster=True)
    ramp = palettes()[gather.palette].sampled(8)
    if gather.kind is Gathering.HEAT:
        return Entry(texts.few_to_many(what=what).render(language), ramp=ramp)
    size = number_text(gather.size_m)
    return Entry(texts.in_each_hexagon(what=what, size=size).render(language), ramp=ramp)


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
    return sum(entry.height for entry in entries) + _GAP * sum(e.is_heading for e in entries)


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
        if entry.is_heading:
            top += _GAP * scale
        _paint_entry(painter, QPointF(box.left(), top), entry, box.width(), scale, is_vector)
        top += entry.height * scale
    return top


def _paint_entry(
    painter: QPainter, at: QPointF, entry: Entry, width: float, scale: float, is_vector: bool
) -> None:
    is_title = entry.is_heading and entry.count is not None
    font = map_font((13 if is_title else 12.5) * scale, is_bold=is_title)
    metrics = QFontMetricsF(font)
    middle = at.y() + entry.height * scale / 2
    base = middle + (metrics.ascent() - metrics.descent()) / 2
    left = at.x()
    if not entry.is_heading:
        width_px = max(_SWATCH.width(), entry.marker_size or 0.0)
        swatch = QRectF(
            left, middle - _SWATCH.height() * scale / 2,
            width_px * scale, _SWATCH.height() * scale,
        )  # fmt: skip
        paint_sample(painter, swatch, entry, scale, is_vector=is_vector)
        left += max(_TEXT_LEFT, width_px + _SWATCH_GAP) * scale
    count = "" if entry.count is None else f"{entry.count:,}"
    count_font = map_font(11 * scale)
    room = at.x() + width - text_width(count, count_font)
    painter.setFont(font)
    painter.setPen(_INK)
    text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, room - left - 6 * scale)
    painter.drawText(QPointF(left, base), text)
    painter.setFont(count_font)
    painter.setPen(_QUIET)
    painter.drawText(QPointF(room, base), count)


def paint_sample(
    painter: QPainter, box: QRectF, entry: Entry, scale: float, *, is_vector: bool
) -> None:
    """Paint what a line explains into a box (device pixels).

    It is a ramp, a circle with a count, a marker of a size, or a symbol.
    """
    symbol = entry.symbol
    painter.save()
    if entry.ramp:
        gradient = QLinearGradient(box.topLeft(), box.topRight())
        for n, code in enumerate(entry.ramp):
            gradient.setColorAt(n / (len(entry.ramp) - 1), pens.colour(code))
        painter.fillRect(box, gradient)
    elif symbol is not None and entry.is_cluster:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        radius = box.height() * 0.55
        paint_cluster(painter, box.center(), radius, "12", cluster_colour(symbol), scale)
    elif symbol is not None and entry.marker_size is not None:
        centre = np.array([[box.center().x(), box.center().y()]])
        sizes = np.array([entry.marker_size * scale])
        marks.paint_sized_markers(painter, centre, symbol, sizes=sizes, ratio=scale)
    elif symbol is not None:
        paint_swatch(painter, box, symbol, entry.geometry, scale, is_vector=is_vector)
    painter.restore()


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
