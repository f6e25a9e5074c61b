"""The bar scale: a round length that fits, and its drawing."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gridmap.base.messages import Language
from gridmap.report import texts
from gridmap.report.fonts import map_font, text_width

LONGEST_PX = 150.0
_ROUND = (1.0, 2.0, 5.0)
_DARK = QColor("#3D3A4B")
_HALO = QColor(255, 255, 255, 220)


def round_length_m(longest_m: float) -> float:
    """Return the longest of 1, 2, 5, 10, 20, 50 … metres that is not over ``longest_m``."""
    power = 10.0 ** math.floor(math.log10(longest_m))
    return max(step * power for step in _ROUND if step * power <= longest_m * (1 + 1e-9))


def rounded_scale(denominator: float) -> int:
    """Return a denominator to two figures: no screen's scale is better known."""
    step = 10.0 ** max(len(str(int(denominator))) - 2, 0)
    return round(round(denominator / step) * step)


def length_text(length_m: float, language: Language) -> str:
    """Return a length in words, in metres or kilometres."""
    if length_m >= 1000:
        return texts.kilometres(length=f"{length_m / 1000:g}").render(language)
    return texts.metres(length=f"{length_m:g}").render(language)


def scale_bar_length(*, resolution: float, ratio: float, longest_px: float = LONGEST_PX) -> float:
    """Return how long the bar is, in device pixels."""
    return round_length_m(longest_px * ratio * resolution) / resolution


def paint_scale_bar(
    painter: QPainter,
    left: float,
    bottom: float,
    *,
    resolution: float,
    ratio: float,
    language: Language,
    longest_px: float = LONGEST_PX,
) -> float:
    """Paint a bar whose lower left corner is given; return its length in device pixels.

    ``longest_px`` is in style pixels, all else in device pixels.
    """
    length_m = round_length_m(longest_px * ratio * resolution)
    length = length_m / resolution
    height = 5 * ratio
    top = bottom - height
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    box = QRectF(left, top, length, height)
    painter.fillRect(box.adjusted(-2 * ratio, -2 * ratio, 2 * ratio, 2 * ratio), _HALO)
    painter.fillRect(box, QColor("#FFFFFF"))
    painter.fillRect(QRectF(left, top, length / 2, height), _DARK)
    painter.setPen(QPen(_DARK, ratio))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    font = map_font(10.5 * ratio)
    for share, text in (
        (0.0, "0"),
        (0.5, f"{length_m / 2 / (1000 if length_m >= 1000 else 1):g}"),
        (1.0, length_text(length_m, language)),
    ):
        middle = left + share * length
        width = text_width(text if share < 1 else text.split()[0], font)
        at = QPointF(middle - width / 2, top - 4 * ratio)
        paint_text(painter, at, text, font_px=10.5 * ratio, rim=2.5 * ratio)
    return length


def paint_text(
    painter: QPainter, at: QPointF, text: str, *, font_px: float, rim: float, bold: bool = False
) -> None:
    """Write a text with a pale rim, its baseline starting at ``at``."""
    font = map_font(font_px, is_bold=bold)
    outline = QPainterPath()
    outline.addText(at, font, text)
    pen = QPen(_HALO, rim)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(outline, pen)
    painter.setFont(font)
    painter.setPen(_DARK)
    painter.drawText(at, text)


def paint_north_arrow(
    painter: QPainter, centre: QPointF, size: float, *, ratio: float, language: Language
) -> None:
    """Paint an arrow of ``size`` device pixels that points up, a letter above it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    half, tip, foot = size * 0.3, centre.y() - size / 2, centre.y() + size / 2
    notch = centre.y() + size * 0.28
    for side, fill in ((-1, _DARK), (1, QColor("#FFFFFF"))):
        path = QPainterPath(QPointF(centre.x(), tip))
        path.lineTo(centre.x() + side * half, foot)
        path.lineTo(centre.x(), notch)
        path.closeSubpath()
        painter.strokePath(path, QPen(_HALO, 3 * ratio))
        painter.fillPath(path, fill)
        painter.strokePath(path, QPen(_DARK, ratio))
    letter = texts.north().render(language)
    width = text_width(letter, map_font(11 * ratio, is_bold=True))
    at = QPointF(centre.x() - width / 2, tip - 4 * ratio)
    paint_text(painter, at, letter, font_px=11 * ratio, rim=3 * ratio, bold=True)
