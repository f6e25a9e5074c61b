"""The two maps of a change notice: the same ground at the same scale, what changes stands out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gridmap.base.messages import Language
from gridmap.geo.layers import LayerRows
from gridmap.model.style import PIXEL_M, Style
from gridmap.report import furniture, notice_texts, texts
from gridmap.report.fonts import map_font, text_width
from gridmap.report.paint import paint
from gridmap.report.prepared import prepare
from gridmap.report.scalebar import paint_north_arrow, paint_scale_bar, paint_text
from gridmap.report.sheet import round_scale
from gridmap.report.view import Extent, PaintView, fit

Deed = Literal["new", "changed", "ended"]
_COLOURS = {"new": QColor("#007A5A"), "changed": QColor("#0072B2"), "ended": QColor("#D55E00")}
"""Told apart by all eyes (Okabe and Ito 2008)."""
_FRAME, _GROUND = QColor("#3D3A4B"), QColor("#FBFAF7")
_RIM = 0.06
_ALPHA = 46
_SMALLER = 0.7
_LEAST_SPAN_M = 120.0


@dataclass(frozen=True)
class Mark:
    """A cell that stands out on a map, with its short code."""

    shape: shapely.Polygon
    deed: Deed
    label: str


@dataclass(frozen=True)
class NoticeMap:
    """What one map shows: layers, undermost first, and the cells that stand out."""

    layers: Sequence[tuple[Style, LayerRows]]
    marks: Sequence[Mark]


def paint_maps(
    painter: QPainter,
    sides: Sequence[tuple[QRectF, NoticeMap, str]],
    extent: Extent,
    ratio: float,
    language: Language,
    *,
    is_imaginary: bool,
) -> float:
    """Paint maps into frames of one size, each with its heading; return where they end.

    Below them stand scale, bar and what the colours mean. Lengths are device pixels.
    """
    frame = sides[0][0]
    view = _view(extent, frame, ratio)
    for box, held, heading in sides:
        _paint_map(painter, box, held, view)
        at = box.topLeft() - QPointF(0, 6 * ratio)
        furniture.paint_line_of_text(painter, at, heading, size=14 * ratio, is_bold=True)
        if is_imaginary:
            furniture.paint_watermark(painter, box, language, ratio)
        pen = QPen(_FRAME, 1.2 * ratio)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        arrow = QPointF(box.right() - 14 * ratio, box.top() + 32 * ratio)
        paint_north_arrow(painter, arrow, 26 * ratio, ratio=ratio, language=language)
    base = frame.bottom() + 27 * ratio
    paint_scale_bar(
        painter, frame.left() + 4 * ratio, base, resolution=view.resolution, ratio=ratio,
        language=language, longest_px=120,
    )  # fmt: skip
    text = texts.scale(denominator=round(view.denominator)).render(language)
    furniture.paint_line_of_text(
        painter, QPointF(frame.left() + 165 * ratio, base), text, size=12 * ratio
    )
    _paint_key(painter, sides[-1][0].left(), base, ratio, language)
    return base


def _view(extent: Extent, frame: QRectF, ratio: float) -> PaintView:
    """Return the window for a frame, at a round scale, which can be measured on paper."""
    xmin, ymin, xmax, ymax = extent
    span = max(xmax - xmin, ymax - ymin, _LEAST_SPAN_M)
    rim = _RIM * span
    grown = (xmin - rim, ymin - rim, xmax + rim, ymax + rim)
    view = fit(grown, int(frame.width()), int(frame.height()), ratio=ratio)
    least = span / min(frame.width(), frame.height())
    resolution = max(view.resolution, least)
    resolution = round_scale(resolution * ratio / PIXEL_M) * PIXEL_M / ratio
    left = (xmin + xmax - view.width * resolution) / 2
    top = (ymin + ymax + view.height * resolution) / 2
    return replace(view, left=left, top=top, resolution=resolution, is_vector=True)


def _paint_map(painter: QPainter, box: QRectF, held: NoticeMap, view: PaintView) -> None:
    painter.fillRect(box, _GROUND)
    painter.save()
    painter.setClipRect(box)
    painter.translate(box.topLeft())
    paint(painter, view, [prepare(rows, style) for style, rows in held.layers])
    order = {"changed": 0, "new": 1, "ended": 2}
    marks = sorted(held.marks, key=lambda mark: order[mark.deed])
    for mark in marks:
        _paint_mark(painter, mark, view)
    for mark in marks:
        _paint_label(painter, mark, view)
    painter.restore()


def _paint_mark(painter: QPainter, mark: Mark, view: PaintView) -> None:
    ring = shapely.get_coordinates(shapely.get_exterior_ring(mark.shape))
    polygon = QPolygonF([QPointF(x, y) for x, y in view.to_pixels(ring).tolist()])
    colour = _COLOURS[mark.deed]
    ground = QColor(colour)
    ground.setAlpha(_ALPHA)
    pen = QPen(colour, 2.2 * view.ratio)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if mark.deed == "ended":
        pen.setDashPattern([3.0, 1.6])
    painter.setPen(pen)
    painter.setBrush(ground)
    painter.drawPolygon(polygon)


def _paint_label(painter: QPainter, mark: Mark, view: PaintView) -> None:
    """Write the short code of a cell, where it has room for it."""
    on = shapely.point_on_surface(mark.shape)
    (x, y) = view.to_pixels(np.array([[on.x, on.y]]))[0].tolist()
    room = float(shapely.area(mark.shape)) ** 0.5 / view.resolution
    size = 11.5 * view.ratio
    width = text_width(mark.label, map_font(size, is_bold=True))
    if width > room:
        size, width = size * _SMALLER, width * _SMALLER
    if width > room:  # the table tells it
        return
    at = QPointF(x - width / 2, y + size * 0.36)
    paint_text(painter, at, mark.label, font_px=size, rim=2.6 * view.ratio, bold=True)


def _paint_key(
    painter: QPainter, left: float, base: float, ratio: float, language: Language
) -> None:
    """Say what the colours of the cells mean."""
    words = {
        "ended": notice_texts.mark_ended(),
        "changed": notice_texts.mark_changed(),
        "new": notice_texts.mark_new(),
    }
    for deed, said in words.items():
        box = QRectF(left, base - 9 * ratio, 16 * ratio, 10 * ratio)
        colour = QColor(_COLOURS[deed])
        colour.setAlpha(_ALPHA)
        pen = QPen(_COLOURS[deed], 1.8 * ratio)
        if deed == "ended":
            pen.setDashPattern([3.0, 1.6])
        painter.setPen(pen)
        painter.setBrush(colour)
        painter.drawRect(box)
        used = furniture.paint_line_of_text(
            painter, QPointF(box.right() + 5 * ratio, base), said.render(language),
            size=11.5 * ratio,
        )  # fmt: skip
        left = box.right() + used + 16 * ratio
