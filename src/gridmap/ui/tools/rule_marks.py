"""Where the rules of the division do not hold, drawn over the map."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gridmap.ui.tools.sketch import CASING, Sketch

if TYPE_CHECKING:
    from gridmap.services.rule_findings import Finding
    from gridmap.ui.canvas.view import MapView

COLOURS = {"error": QColor("#C8321E"), "warning": QColor("#B26A00"), "info": QColor("#0072B2")}
_MOST_SHAPES = 150
"""Of more findings in the window only the places are drawn."""
_MOST_PLACES = 3_000
_RADIUS = {"error": 6.0, "warning": 5.0, "info": 4.0}
_DOT = 2.5
_LARGE_M2 = 500.0
"""Ground that is seen anyway is only tinted."""


class RuleMarks(Sketch):
    """Rings at the places of open findings, and the ground that is at fault."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._findings: tuple[Finding, ...] = ()
        self._xy = np.empty((0, 2))
        self._chosen: Finding | None = None

    def show_findings(self, findings: "Sequence[Finding]") -> None:
        """Draw these findings; accepted ones are left out."""
        order = {"info": 0, "warning": 1, "error": 2}
        opened = [one for one in findings if one.is_open]
        self._findings = tuple(sorted(opened, key=lambda one: order[one.severity]))
        self._xy = np.array([one.xy for one in self._findings], float).reshape(-1, 2)
        keys = {one.key: one for one in findings}
        self._chosen = keys.get(self._chosen.key) if self._chosen is not None else None
        self.refresh()

    def choose(self, finding: "Finding | None") -> None:
        """Let one finding stand out."""
        self._chosen = finding
        self.refresh()

    def draw(self, painter: QPainter) -> None:
        """Draw what lies in the window."""
        seen = self._seen()
        is_close = len(seen) <= _MOST_SHAPES
        for at in seen[-_MOST_PLACES:]:
            one = self._findings[at]
            if is_close:
                self._draw_ground(painter, one, is_chosen=False)
                self._draw_ring(painter, one, is_chosen=False)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(COLOURS[one.severity])
                painter.drawEllipse(self.to_pixel(one.xy), _DOT, _DOT)
        if self._chosen is not None:
            self._draw_ground(painter, self._chosen, is_chosen=True)
            self._draw_ring(painter, self._chosen, is_chosen=True)

    def _seen(self) -> list[int]:
        """Return which findings lie in the window."""
        x0, y0, x1, y1 = self._view.camera.extent
        x, y = self._xy[:, 0], self._xy[:, 1]
        seen: list[int] = np.flatnonzero((x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)).tolist()
        return seen

    def _draw_ground(self, painter: QPainter, one: "Finding", *, is_chosen: bool) -> None:
        if one.shape is None or shapely.get_dimensions(one.shape) < 2:
            return
        colour = QColor(COLOURS[one.severity])
        fill = QColor(colour)
        is_large = shapely.area(one.shape) > _LARGE_M2
        fill.setAlpha((60 if is_chosen else 25) if is_large else (120 if is_chosen else 70))
        painter.setPen(QPen(colour, 2.4 if is_chosen else 1.4))
        painter.setBrush(fill)
        for part in shapely.get_parts(one.shape):
            ring = shapely.get_coordinates(shapely.get_exterior_ring(part)).tolist()
            painter.drawPolygon(QPolygonF([self.to_pixel((x, y)) for x, y in ring]))

    def _draw_ring(self, painter: QPainter, one: "Finding", *, is_chosen: bool) -> None:
        centre: QPointF = self.to_pixel(one.xy)
        radius = _RADIUS[one.severity] * (2.0 if is_chosen else 1.0)
        width = 3.0 if is_chosen else 2.0
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(CASING, width + 2.4), QPen(COLOURS[one.severity], width)):
            painter.setPen(pen)
            painter.drawEllipse(centre, radius, radius)
