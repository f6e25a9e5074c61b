"""Pins on the map that say where a place is: numbered ones to choose from, or a single one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gridmap.report.fonts import map_font
from gridmap.ui.tools.sketch import CASING, XY, Sketch

if TYPE_CHECKING:
    from gridmap.ui.canvas.view import MapView

COLOURS = (QColor("#0072B2"), QColor("#D55E00"), QColor("#007A5A"))
"""Of pin 1, 2, 3: told apart by all eyes (Okabe and Ito 2008; the last one a little darker)."""
_RADIUS = 12.0
_CHOSEN = 1.3


class Pins(Sketch):
    """Pins; the chosen one stands out and in front."""

    def __init__(self, view: "MapView", places: Sequence[XY], chosen: int = 0) -> None:
        super().__init__(view)
        self.places = tuple(places)
        self.chosen = chosen
        self.refresh()

    def choose(self, number: int) -> None:
        """Let another pin stand out."""
        self.chosen = number
        self.refresh()

    def draw(self, painter: QPainter) -> None:
        """Draw the pins, the chosen one last."""
        numbers = [number for number in range(len(self.places)) if number != self.chosen]
        for number in (*numbers, self.chosen):
            self._draw_pin(painter, number)

    def _draw_pin(self, painter: QPainter, number: int) -> None:
        foot = self.to_pixel(self.places[number])
        radius = _RADIUS * (_CHOSEN if number == self.chosen else 1.0)
        painter.setPen(QPen(CASING, 2.0))
        painter.setBrush(COLOURS[number % len(COLOURS)])
        painter.drawPath(_drop(foot, radius))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(CASING)
        head = foot - QPointF(0, 2 * radius)
        if len(self.places) == 1:
            painter.drawEllipse(head, radius * 0.4, radius * 0.4)
            return
        painter.setPen(CASING)
        painter.setFont(map_font(round(radius * 1.25), is_bold=True))
        box = QRectF(head.x() - radius, head.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))


def _drop(foot: QPointF, radius: float) -> QPainterPath:
    """Return the outline of a pin that points at ``foot``."""
    head = foot - QPointF(0, 2 * radius)
    path = QPainterPath(foot)
    box = QRectF(head.x() - radius, head.y() - radius, 2 * radius, 2 * radius)
    path.arcTo(box, 210, -240)
    path.closeSubpath()
    return path
