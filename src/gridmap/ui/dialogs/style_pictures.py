"""Pictures for the style dialog: what a choice looks like, instead of what it is called."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPainterPath, QPen, QPixmap

from gridmap.model.schema import Geometry
from gridmap.model.style import Hatch, Marker, Method, Symbol
from gridmap.report import marks, pens
from gridmap.report.legend import paint_swatch
from gridmap.ui import theme
from gridmap.ui.dialogs.style_model import Display, Presence

TILE = QSize(52, 34)
SWATCH = QSize(34, 18)
_KINDS = ("#E69F00", "#56B4E9", "#009E73", "#CC79A7")
_STEPS = ("#FED976", "#FD8D3C", "#E31A1C", "#800026")
_SPOTS = ((0.2, 0.3), (0.35, 0.62), (0.52, 0.25), (0.62, 0.7), (0.8, 0.42))
"""Where points lie in a small picture, as shares of its sides."""
_INK = QColor("#44525F")

Paint = Callable[[QPainter, QRectF], None]


def picture(size: QSize, paint: Paint, *, is_on_paper: bool = True) -> QIcon:
    """Return an icon that ``paint`` fills, as sharp as the screen.

    What belongs on the map lies on the map's paper, which stays light in the dark theme.
    """
    ratio = max(QGuiApplication.primaryScreen().devicePixelRatio(), 1.0)
    pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0, 0, size.width(), size.height())
    if is_on_paper and theme.is_dark():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.MAP_PAPER))
        painter.drawRoundedRect(box, 4, 4)
    paint(painter, box)
    painter.end()
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)  # Qt would tint it: its colours are what it says
    return made


def symbol_picture(symbol: Symbol, geometry: Geometry | None, size: QSize = SWATCH) -> QIcon:
    """Return a symbol as it looks on the map."""

    def paint(painter: QPainter, box: QRectF) -> None:
        inner = box.adjusted(2, 2, -2, -2)
        paint_swatch(painter, inner, symbol, geometry, 1.0, is_vector=False)

    return picture(size, paint)


def hatch_picture(hatch: Hatch, colour: str, size: QSize = SWATCH) -> QIcon:
    """Return a hatch on white."""
    symbol = Symbol(fill="#FFFFFF", hatch=hatch, hatch_colour=colour, outline="#8A97A3")
    return symbol_picture(symbol, Geometry.POLYGON, size)


def marker_picture(marker: Marker, symbol: Symbol, size: QSize = SWATCH) -> QIcon:
    """Return a marker in a symbol's colours."""
    shown = Symbol(fill=symbol.fill, outline=symbol.outline, marker=marker, size=15)
    return symbol_picture(shown, Geometry.POINT, size)


def dash_picture(dash: tuple[float, ...], size: QSize) -> QIcon:
    """Return a line with this dash."""
    symbol = Symbol(outline=_INK.name(), width=2.0, dash=dash)
    return symbol_picture(symbol, Geometry.LINESTRING, size)


def ramp_picture(colours: Sequence[str], size: QSize) -> QIcon:
    """Return colours side by side."""

    def paint(painter: QPainter, box: QRectF) -> None:
        inner = box.adjusted(0.5, 1.5, -0.5, -1.5)
        clip = QPainterPath()
        clip.addRoundedRect(inner, 3, 3)
        painter.setClipPath(clip)
        width = inner.width() / len(colours)
        for place, colour in enumerate(colours):
            left = inner.left() + place * width
            painter.fillRect(QRectF(left, inner.top(), width + 0.5, inner.height()), QColor(colour))

    return picture(size, paint, is_on_paper=False)


def colour_picture(colour: str | None, size: QSize = SWATCH) -> QIcon:
    """Return a colour over a chequered ground, so that its opacity is seen; a stroke for none."""

    def paint(painter: QPainter, box: QRectF) -> None:
        inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
        path = QPainterPath()
        path.addRoundedRect(inner, 4, 4)
        painter.fillPath(path, QColor("#FFFFFF"))
        if colour is None:
            painter.setPen(QPen(QColor(theme.BAD), 1.6))
            painter.drawLine(inner.bottomLeft(), inner.topRight())
        else:
            painter.save()
            painter.setClipPath(path)
            _paint_chequers(painter, inner)
            painter.restore()
            painter.fillPath(path, QColor(colour))
        painter.setPen(QPen(QColor("#9AA6B1"), 1.0))
        painter.drawPath(path)

    return picture(size, paint, is_on_paper=False)


def _paint_chequers(painter: QPainter, box: QRectF) -> None:
    side = box.height() / 3
    for row in range(3):
        for column in range(row % 2, int(box.width() / side) + 1, 2):
            at = QPointF(box.left() + column * side, box.top() + row * side)
            painter.fillRect(QRectF(at.x(), at.y(), side, side), QColor("#DDE2E7"))


# --- ways to tell rows apart


def display_picture(display: Display, geometry: Geometry | None) -> QIcon:
    """Return four features as this way shows them."""
    dimension = geometry.dimension if geometry else None

    def paint(painter: QPainter, box: QRectF) -> None:
        colours = _colours_of(display)
        if dimension == 1:
            _paint_lines(painter, box, colours)
        elif dimension == 0:
            _paint_points(painter, box, colours)
        else:
            _paint_quarters(painter, box, colours)
        if display is Display.RULES:
            _paint_funnel(painter, box)

    return picture(TILE, paint)


def _colours_of(display: Display) -> tuple[str, ...]:
    if display is Display.SINGLE:
        return ("#8FB8D6",) * 4
    if display is Display.RULES:
        return ("#D5DBE0", "#D5DBE0", "#D55E00", "#D5DBE0")
    return _KINDS if display is Display.CLASSES else _STEPS


def _paint_quarters(painter: QPainter, box: QRectF, colours: Sequence[str]) -> None:
    inner = box.adjusted(5, 3, -5, -3)
    middle = inner.left() + inner.width() * 0.55
    across = inner.top() + inner.height() * 0.45
    corners = (
        (inner.left(), inner.top(), middle, across),
        (middle, inner.top(), inner.right(), inner.center().y() + 3),
        (inner.left(), across, middle, inner.bottom()),
        (middle, inner.center().y() + 3, inner.right(), inner.bottom()),
    )
    painter.setPen(QPen(QColor("#FFFFFF"), 1.4))
    for (left, top, right, bottom), colour in zip(corners, colours, strict=True):
        painter.setBrush(QColor(colour))
        painter.drawRect(QRectF(QPointF(left, top), QPointF(right, bottom)))


def _paint_lines(painter: QPainter, box: QRectF, colours: Sequence[str]) -> None:
    for place, colour in enumerate(colours):
        height = box.top() + box.height() * (place + 1) / (len(colours) + 1)
        path = QPainterPath(QPointF(box.left() + 5, height + 3))
        path.lineTo(box.center().x() - 4, height - 2)
        path.lineTo(box.right() - 5, height + 1)
        painter.strokePath(path, pens.line_pen(QColor(colour), 2.6))


def _paint_points(painter: QPainter, box: QRectF, colours: Sequence[str]) -> None:
    painter.setPen(QPen(QColor("#FFFFFF"), 1.0))
    for place, (x, y) in enumerate(_SPOTS):
        painter.setBrush(QColor(colours[place % len(colours)]))
        painter.drawEllipse(_at(box, x, y), 5, 5)


def _paint_funnel(painter: QPainter, box: QRectF) -> None:
    right, bottom = box.right() - 3, box.bottom() - 2
    path = QPainterPath(QPointF(right - 16, bottom - 15))
    for x, y in ((0, 15), (-6.5, 8), (-6.5, 0), (-9.5, 2), (-9.5, 8)):
        path.lineTo(right + x, bottom - y)
    path.closeSubpath()
    painter.setPen(QPen(QColor("#FFFFFF"), 1.6))
    painter.setBrush(QColor(theme.ACCENT))
    painter.drawPath(path)


# --- ways to show points


def presence_picture(presence: Presence) -> QIcon:
    """Return some points as this way shows them."""
    paints: dict[Presence, Paint] = {
        Presence.PLAIN: lambda painter, box: _paint_points(painter, box, ("#1B6CA8",)),
        Presence.PROPORTIONAL: _paint_sizes,
        Presence.CLUSTERS: _paint_clusters,
        Presence.HEAT: _paint_heat,
        Presence.HEXAGONS: _paint_hexagons,
    }
    return picture(TILE, paints[presence])


def _paint_sizes(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(QColor("#FFFFFF"), 1.0))
    painter.setBrush(QColor("#1B6CA8"))
    for (x, y), radius in zip(_SPOTS, (4, 3, 7, 2.5, 10), strict=True):
        painter.drawEllipse(_at(box, x, y), radius, radius)


def _paint_clusters(painter: QPainter, box: QRectF) -> None:
    font = painter.font()
    font.setPixelSize(10)
    font.setBold(True)
    painter.setFont(font)
    for x, y, radius, text in ((0.3, 0.55, 11, "12"), (0.72, 0.42, 8, "5")):
        centre = _at(box, x, y)
        painter.setPen(QPen(QColor("#BBD5E9"), 3.0))
        painter.setBrush(QColor("#1B6CA8"))
        painter.drawEllipse(centre, radius, radius)
        painter.setPen(QColor("#FFFFFF"))
        around = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(around, Qt.AlignmentFlag.AlignCenter, text)


def _paint_heat(painter: QPainter, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, radius in (("#FFEDA0", 15), ("#FEB24C", 11), ("#FC4E2A", 7), ("#BD0026", 3.5)):
        painter.setBrush(QColor(colour))
        painter.drawEllipse(_at(box, 0.42, 0.52), radius * 1.25, radius)
        painter.drawEllipse(_at(box, 0.78, 0.38), radius * 0.6, radius * 0.5)


def _paint_hexagons(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(QColor("#FFFFFF"), 1.2))
    angle = np.arange(6) * np.pi / 3
    places = ((0.2, 0.32, 0), (0.41, 0.62, 2), (0.41, 0.08, 1), (0.62, 0.32, 3), (0.62, 0.9, 1),
              (0.83, 0.62, 2), (0.2, 0.9, 1), (0.83, 0.08, 0))  # fmt: skip
    painter.setClipRect(box)
    for x, y, step in places:
        centre = _at(box, x, y)
        path = QPainterPath()
        corners = [
            QPointF(centre.x() + 8 * float(np.cos(a)), centre.y() + 8 * float(np.sin(a)))
            for a in angle
        ]
        path.moveTo(corners[0])
        for corner in corners[1:]:
            path.lineTo(corner)
        path.closeSubpath()
        painter.setBrush(QColor(_STEPS[step]))
        painter.drawPath(path)


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())


# --- methods of grading


def method_picture(method: Method) -> QIcon:
    """Return the numbers on a line, and where the method cuts it."""
    numbers = np.array([0.04, 0.08, 0.11, 0.15, 0.2, 0.34, 0.38, 0.43, 0.78, 0.84, 0.92])
    cuts = {
        Method.EQUAL: (0.33, 0.66),
        Method.QUANTILE: (0.18, 0.4),
        Method.NATURAL: (0.27, 0.6),
    }[method]

    def paint(painter: QPainter, box: QRectF) -> None:
        inner = box.adjusted(4, 5, -4, -5)
        base = inner.bottom()
        edges = (0.0, *cuts, 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, colour in enumerate(_STEPS[:3]):
            left, right = (inner.left() + edge * inner.width() for edge in edges[place : place + 2])
            painter.fillRect(QRectF(left, base - 4, right - left, 4), QColor(colour))
        pixels = np.column_stack([
            inner.left() + numbers * inner.width(),
            np.full(len(numbers), base - 10.0),
        ])  # fmt: skip
        dot = Symbol(fill=_INK.name(), outline=_INK.name(), marker=Marker.CIRCLE)
        marks.paint_markers(painter, pixels, dot, size=3.4, ratio=0.3)
        painter.setPen(QPen(_INK, 1.2))
        for cut in cuts:
            x = inner.left() + cut * inner.width()
            painter.drawLine(QPointF(x, inner.top()), QPointF(x, base))

    return picture(TILE, paint)
