"""How shapes in the making look over the map, with their measures beside them."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gridmap.services.measure import area_text, bearing_text, length_text, measure
from gridmap.ui.tools.sketch import CASING, XY, Sketch, stroke

COLOUR = QColor("#C2255C")
GHOST = QColor("#868E96")
_FILL = QColor(194, 37, 92, 40)
_POINT_PX = 4.0
_BESIDE_POINTER = QPointF(0, 28)
_FEWEST_CORNERS = 3
_ROOMY = 0.7


class ShapeSketch(Sketch):
    """Draws runs of points as lines or areas; subclasses say which."""

    def draw_run(
        self,
        painter: QPainter,
        run: Sequence[XY],
        *,
        is_area: bool,
        colour: QColor = COLOUR,
        is_dashed: bool = False,
    ) -> list[QPointF]:
        """Draw a line, or an area with its closing leg; return the points in the window."""
        points = [self.to_pixel(xy) for xy in run]
        if is_area and len(points) >= _FEWEST_CORNERS:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_FILL)
            painter.drawPolygon(QPolygonF(points), Qt.FillRule.OddEvenFill)
            stroke(painter, [*points, points[0]], colour, is_dashed=is_dashed)
        elif len(points) > 1:
            stroke(painter, points, colour, is_dashed=is_dashed)
        return points

    def draw_points(
        self, painter: QPainter, points: Sequence[QPointF], colour: QColor = COLOUR
    ) -> None:
        """Draw handles."""
        painter.setBrush(CASING)
        painter.setPen(QPen(colour, 2.0))
        for point in points:
            painter.drawEllipse(point, _POINT_PX, _POINT_PX)

    def write_measures(
        self, painter: QPainter, run: Sequence[XY], epsg: int, *, is_area: bool, live: int = -1
    ) -> None:
        """Write the length of each leg, that of number ``live`` with its bearing, and the area."""
        if len(run) < 2:
            return
        measured = measure(list(run), epsg, is_area=is_area)
        points = [self.to_pixel(xy) for xy in run]
        taken: list[QRectF] = []
        if measured.is_area and len(run) >= _FEWEST_CORNERS and not measured.is_crossed:
            middle = sum(points, QPointF()) / len(points)
            text = str(area_text(measured.ground_m2))
            taken.append(self.write(painter, text, middle, is_bold=True))
        ends = [*pairwise([*points, points[0]])]
        order = sorted(range(len(measured.legs)), key=lambda number: number != live)
        for number in order:
            leg = measured.legs[number]
            text = str(length_text(leg.ground_m))
            start, end = ends[number]
            centre = (start + end) / 2
            if number == live:
                text = f"{text} · {bearing_text(leg.bearing_deg)}"
                centre = end + _BESIDE_POINTER
            elif (end - start).manhattanLength() < self.size_of(text)[0] * _ROOMY:
                continue
            width, height = self.size_of(text)
            box = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
            if not any(box.intersects(other) for other in taken):
                taken.append(self.write(painter, text, centre))
