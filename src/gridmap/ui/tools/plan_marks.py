"""What a plan changes, drawn over the map: cells that end, begin, or get other borders."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gridmap.ui.tools.sketch import CASING, Sketch

if TYPE_CHECKING:
    from gridmap.services.plan_diff import CellChange
    from gridmap.ui.canvas.view import MapView

COLOURS = {
    "new": QColor("#007A5A"),
    "reshaped": QColor("#0072B2"),
    "described": QColor("#0072B2"),
    "ended": QColor("#D55E00"),
}
"""Told apart by all eyes (Okabe and Ito 2008)."""
_MOST = 1_500
_FILL_ALPHA = 36


class PlanMarks(Sketch):
    """The outlines of the cells that change; of an end the old one, dashed."""

    def __init__(self, view: "MapView", changes: "Sequence[CellChange]") -> None:
        super().__init__(view)
        order = {"new": 0, "reshaped": 1, "described": 1, "ended": 2}
        self._marks = [
            (one.deed, shapely.get_coordinates(shapely.get_exterior_ring(one.shape)))
            for one in sorted(changes, key=lambda one: order[one.deed])[:_MOST]
        ]
        self._chosen = ""
        self._keys = [
            one.plan_id or one.official_id or ""
            for one in sorted(changes, key=lambda one: order[one.deed])[:_MOST]
        ]
        self.refresh()

    def choose(self, key: str) -> None:
        """Let one cell stand out."""
        self._chosen = key
        self.refresh()

    def draw(self, painter: QPainter) -> None:
        """Draw what lies in the window."""
        window = QRectF(self._view.viewport().rect())
        for key, (deed, ring) in zip(self._keys, self._marks, strict=True):
            polygon = QPolygonF([self.to_pixel((x, y)) for x, y in ring.tolist()])
            if not polygon.boundingRect().intersects(window):
                continue
            self._draw_one(painter, polygon, deed, is_chosen=key == self._chosen)

    def _draw_one(
        self, painter: QPainter, polygon: QPolygonF, deed: str, *, is_chosen: bool
    ) -> None:
        colour = COLOURS[deed]
        ground = QColor(colour)
        ground.setAlpha(_FILL_ALPHA * (2 if is_chosen else 1))
        is_ended = deed == "ended"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if is_ended else ground)
        painter.drawPolygon(polygon)
        width = 4.0 if is_chosen else 2.4
        style = Qt.PenStyle.DashLine if is_ended else Qt.PenStyle.SolidLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(CASING, width + 2.6), QPen(colour, width, style)):
            painter.setPen(pen)
            painter.drawPolygon(polygon)
