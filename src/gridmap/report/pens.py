"""A symbol's colours, lines and hatches as Qt's pens and brushes."""

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

from gridmap.model.style import Hatch, Symbol
from gridmap.report.unlocked import fill_path

HATCH_STEP = 8
"""Style pixels between the lines of a hatch."""
_FADE_BELOW = 24.0
"""Outlines of features smaller than this many style pixels grow fainter, lest they be a mesh."""
_LEAST_FADE = 0.07
_HAIR = 1.4
"""Lines up to this many device pixels are drawn one pixel wide: Qt has a way for those that takes
0.1 ms for 1,200 vertices, where a wider line takes 5 to 18."""
_BROAD = 5.0
"""Device pixels from which a line's joins are round: rounding takes twice the time, and on a
narrower line it cannot be seen."""


@lru_cache(maxsize=512)
def colour(code: str) -> QColor:
    """Return the colour of ``#RRGGBB`` or ``#AARRGGBB``."""
    return QColor(code)


def faded(code: str, share: float) -> QColor:
    """Return the colour with its opacity multiplied by ``share``."""
    result = QColor(colour(code))
    result.setAlphaF(result.alphaF() * share)
    return result


def line_pen(tint: QColor, width: float, dash: tuple[float, ...] = ()) -> QPen:
    """Return a pen ``width`` device pixels wide."""
    if width < _HAIR:
        width = min(width, 1.0)
    pen = QPen(tint, width)
    is_broad = width >= _BROAD
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin if is_broad else Qt.PenJoinStyle.MiterJoin)
    if dash and width > 0:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(list(dash))
    else:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def outline_pen(symbol: Symbol, ratio: float, size: float) -> QPen:
    """Return the pen of an area's outline; ``size`` is that of typical areas, in device pixels.

    Dense outlines get one pixel wide, for which Qt has a way that is many times faster, and
    fainter, so that the tint of the whole stays even from scale to scale.
    """
    code = symbol.outline or "#000000"
    share = (size / ratio / _FADE_BELOW) ** 1.5
    if share >= 1:
        return line_pen(colour(code), symbol.width * ratio, symbol.dash)
    return line_pen(faded(code, max(share, _LEAST_FADE)), 1.0)


def tint_colour(symbol: Symbol) -> QColor:
    """Return the colour of areas too small to be drawn: a filled one is solid, a frame faint."""
    is_frame = symbol.fill is None or colour(symbol.fill).alphaF() < 0.1
    code = symbol.outline or symbol.fill or "#888888"
    return faded(code, 3 * _LEAST_FADE if is_frame else 0.9)


def far_colour(symbol: Symbol) -> QColor:
    """Return the colour of a line seen from far off: that of its casing, where it has one."""
    has_casing = symbol.casing and colour(symbol.casing).alphaF() > 0.5
    return colour((symbol.casing if has_casing else symbol.outline) or "#888888")


@lru_cache(maxsize=256)
def hatch_brush(hatch: Hatch, code: str, ratio: float) -> QBrush:
    """Return a hatch as a texture that repeats without a seam."""
    side = max(4, round(HATCH_STEP * ratio))
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if hatch is Hatch.DOTTED:
        paint_dots(painter, code, side, ratio, [QPointF(side * 0.25, side * 0.25),
                                                QPointF(side * 0.75, side * 0.75)])  # fmt: skip
    else:
        painter.setPen(QPen(colour(code), ratio))
        painter.drawLines(hatch_lines(hatch, 0, 0, side, side, side))
    painter.end()
    return QBrush(image)


def paint_dots(
    painter: QPainter, code: str, side: float, ratio: float, centres: list[QPointF]
) -> None:
    """Paint the dots of a dotted hatch."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(code))
    radius = min(1.1 * ratio, side / 4)
    for centre in centres:
        painter.drawEllipse(centre, radius, radius)


def fill_with_hatch(
    painter: QPainter,
    path: QPainterPath,
    hatch: Hatch,
    code: str,
    ratio: float,
    *,
    is_vector: bool,
    window: QRectF | None = None,
) -> None:
    """Lay a hatch over a path: a texture on the screen, lines (which stay vectors) on paper."""
    if not is_vector:
        fill_path(painter, path, hatch_brush(hatch, code, ratio))
        return
    box = path.boundingRect()
    box = box if window is None else box.intersected(window)
    if box.isEmpty():
        return
    edges = box.left(), box.top(), box.right(), box.bottom()
    step = HATCH_STEP * ratio
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    if hatch is Hatch.DOTTED:
        paint_dots(painter, code, step, ratio, _dot_centres(*edges, step))
    else:
        painter.setPen(line_pen(colour(code), ratio))
        painter.drawLines(hatch_lines(hatch, *edges, step))
    painter.restore()


def _dot_centres(
    left: float, top: float, right: float, bottom: float, step: float
) -> list[QPointF]:
    half = step / 2
    columns = range(int(left // half), int(right // half) + 2)
    rows = range(int(top // half), int(bottom // half) + 2)
    return [QPointF(c * half, r * half) for r in rows for c in columns if (r + c) % 2 == 0]


def hatch_lines(
    hatch: Hatch, left: float, top: float, right: float, bottom: float, step: float
) -> list[QLineF]:
    """Return the lines of a hatch that cross a box; they continue those of any other box."""
    lines: list[QLineF] = []
    height = bottom - top
    if hatch in (Hatch.LEVEL, Hatch.CHECKED):
        lines += [QLineF(left, y, right, y) for y in _steps(top, bottom, step, step / 2)]
    if hatch in (Hatch.UPRIGHT, Hatch.CHECKED):
        lines += [QLineF(x, top, x, bottom) for x in _steps(left, right, step, step / 2)]
    if hatch in (Hatch.FALLING, Hatch.CROSSED):  # x - y = k * step
        starts = _steps(left - bottom, right - top, step, 0)
        lines += [QLineF(k + top, top, k + top + height, bottom) for k in starts]
    if hatch in (Hatch.RISING, Hatch.CROSSED):  # x + y = k * step
        starts = _steps(left + top, right + bottom, step, 0)
        lines += [QLineF(k - bottom, bottom, k - bottom + height, top) for k in starts]
    return lines


def _steps(start: float, end: float, step: float, phase: float) -> list[float]:
    first = int((start - phase) // step)
    return [n * step + phase for n in range(first, int((end - phase) // step) + 2)]
