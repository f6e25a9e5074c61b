"""Measure on the map: a way leg by leg, or an area by its corners."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from gridmap.services.measure import Measured, area_text, bearing_text, length_text, measure
from gridmap.ui.tools.sketch import CASING, XY, Sketch, stroke
from gridmap.ui.tools.snap import find_vertex
from gridmap.ui.words import translate

if TYPE_CHECKING:
    from gridmap.ui.canvas.view import MapView

_COLOUR = QColor("#D9480F")
_FILL = QColor(217, 72, 15, 38)
_REACH_PX = 9.0
_POINT_PX = 4.0
_FEWEST_CORNERS = 3
_BESIDE_POINTER = QPointF(0, 26)


class MeasureTool:
    """Takes clicks until it is ended; drags, the wheel and keys go on moving the map.

    Args:
        view: the map.
        epsg: the CRS of its metres.
        is_area: whether corners of an area are clicked.
        changed: told of everything that is measured, as it grows.
        ended: told when the user gives the tool back.
        copied: told when the result shall go to the clipboard.
    """

    def __init__(
        self,
        view: "MapView",
        epsg: int,
        *,
        is_area: bool,
        changed: Callable[[Measured], None],
        ended: Callable[[], None],
        copied: Callable[[], None],
    ) -> None:
        self._view = view
        self._epsg = epsg
        self.is_area = is_area
        self._changed, self._ended, self._copied = changed, ended, copied
        self.points: list[XY] = []
        self.pointer: XY | None = None
        self.is_snapped = False
        self.is_finished = False
        self.measured = Measured(is_area)
        self._press: QPoint | None = None
        self._sketch = _MeasureSketch(view, self)

    # --- the mouse -------------------------------------------------------------------------------

    def press(self, _xy: XY, event: QMouseEvent) -> bool:
        """Take a step back, finish, or wait whether this becomes a click or a drag."""
        self._press = None
        if event.button() == Qt.MouseButton.RightButton and not self.is_finished:
            self.step_back()
            return True
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.finish()
            return True
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:  # Shift draws a box to zoom
            self._press = event.position().toPoint()
        return False

    def move(self, xy: XY, event: QMouseEvent) -> bool:
        """Follow the pointer."""
        if not self.is_finished:
            self.pointer = self._snapped(xy, event)
            self._measure()
        return False

    def release(self, xy: XY, event: QMouseEvent) -> bool:
        """Add a point where this was a click."""
        press, self._press = self._press, None
        if press is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        way = event.position().toPoint() - press
        if way.manhattanLength() >= QApplication.startDragDistance():
            return False
        if self.is_finished:
            self.clear()
        at = self._snapped(xy, event)
        if self.is_area and len(self.points) >= _FEWEST_CORNERS and at == self.points[0]:
            self.finish()
        else:
            self.add(at)
        return True

    def key(self, event: QKeyEvent) -> bool:
        """End by Enter, take a step back by Esc or Backspace, copy."""
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copied()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif key == Qt.Key.Key_Backspace:
            self.step_back()
        elif key == Qt.Key.Key_Escape:
            if self.is_finished or not self.points:
                self._ended()
            else:
                self.step_back()
        else:
            return False
        return True

    # --- what is measured ---------------------------------------------------------------------

    def add(self, at: XY) -> None:
        """Add a point; a second one at the same place is none."""
        if not self.points or at != self.points[-1]:
            self.points.append(at)
            self._measure()

    def finish(self) -> None:
        """End the line; what was measured stays on the map."""
        if len(self.points) > 1:
            self.is_finished = True
            self.pointer = None
            self._measure()

    def step_back(self) -> None:
        """Take the end back, then point after point."""
        if self.is_finished:
            self.is_finished = False
        elif self.points:
            self.points.pop()
        else:
            self._ended()
            return
        self._measure()

    def clear(self) -> None:
        """Begin anew."""
        self.points, self.pointer, self.is_finished = [], None, False
        self._measure()

    def remove(self) -> None:
        """Take the drawing off the map."""
        self._sketch.remove()

    @property
    def places(self) -> list[XY]:
        """Return the points, and the pointer as the next one."""
        return self.points if self.pointer is None else [*self.points, self.pointer]

    def _measure(self) -> None:
        places = self.places if self.points else []
        self.measured = measure(places, self._epsg, is_area=self.is_area)
        self._sketch.refresh()
        self._changed(self.measured)

    def _snapped(self, xy: XY, event: QMouseEvent) -> XY:
        """Return the vertex near the pointer, one's own first corner before all others."""
        camera = self._view.camera
        self.is_snapped = False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return xy
        reach_m = _REACH_PX * camera.ratio * camera.resolution
        own = self.points[0] if self.is_area and len(self.points) >= _FEWEST_CORNERS else None
        if own is not None and abs(own[0] - xy[0]) < reach_m and abs(own[1] - xy[1]) < reach_m:
            found: XY | None = own
        else:
            denominator = camera.denominator
            shown = [one for one in self._view.layers.shown() if one.style.is_shown_at(denominator)]
            found = find_vertex(shown, xy, reach_m)
        self.is_snapped = found is not None
        return found or xy


class _MeasureSketch(Sketch):
    """The line, its points, and what was measured written beside it."""

    def __init__(self, view: "MapView", tool: MeasureTool) -> None:
        super().__init__(view)
        self._tool = tool
        self._taken: list[QRectF] = []

    def draw(self, painter: QPainter) -> None:
        """Draw what is measured."""
        tool = self._tool
        fixed = [self.to_pixel(xy) for xy in tool.points]
        whole = [self.to_pixel(xy) for xy in tool.places]
        self._taken = []
        if tool.is_area and len(whole) >= _FEWEST_CORNERS:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_FILL)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # the line covers it
            painter.drawPolygon(QPolygonF(whole), Qt.FillRule.OddEvenFill)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            stroke(painter, [whole[-1], whole[0]], _COLOUR, is_dashed=not tool.is_finished)
        stroke(painter, fixed, _COLOUR)
        if fixed and tool.pointer is not None:
            stroke(painter, [fixed[-1], whole[-1]], _COLOUR, is_dashed=True)
        self._draw_points(painter, fixed)
        self._write_result(painter, whole)
        self._write_legs(painter, whole)

    def _draw_points(self, painter: QPainter, fixed: list[QPointF]) -> None:
        painter.setBrush(CASING)
        painter.setPen(QPen(_COLOUR, 2.0))
        for point in fixed:
            painter.drawEllipse(point, _POINT_PX, _POINT_PX)
        if self._tool.pointer is not None and self._tool.is_snapped:
            at = self.to_pixel(self._tool.pointer)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for width, colour in ((4.5, CASING), (2.0, _COLOUR)):
                painter.setPen(QPen(colour, width))
                painter.drawRect(QRectF(at.x() - 6, at.y() - 6, 12, 12))

    def _write_legs(self, painter: QPainter, whole: list[QPointF]) -> None:
        """Write the length of each leg; the one at the pointer with its bearing."""
        tool, legs = self._tool, self._tool.measured.legs
        live = len(tool.points) - 1 if tool.pointer is not None else -1
        order = sorted(range(len(legs)), key=lambda number: number != live)
        for number in order:
            text = str(length_text(legs[number].ground_m))
            start, end = whole[number], whole[(number + 1) % len(whole)]
            way = end - start
            middle = (start + end) / 2
            if number == live:
                bearing = bearing_text(legs[number].bearing_deg)
                self._write_free(painter, f"{text} · {bearing}", end + _BESIDE_POINTER)
            elif (way.x() ** 2 + way.y() ** 2) ** 0.5 > self.size_of(text)[0] * 0.7:
                self._write_free(painter, text, middle)

    def _write_result(self, painter: QPainter, whole: list[QPointF]) -> None:
        measured = self._tool.measured
        if measured.is_area:
            if len(whole) >= _FEWEST_CORNERS and not measured.is_crossed:
                middle = sum(whole, QPointF()) / len(whole)
                text = str(area_text(measured.ground_m2))
                self._write_free(painter, text, middle, is_bold=True)
        elif self._tool.is_finished:
            text = translate("Measure", "总长 {length}").format(
                length=length_text(measured.ground_m)
            )
            above = whole[-1] - _BESIDE_POINTER
            self._write_free(painter, text, above, is_bold=True)

    def _write_free(
        self, painter: QPainter, text: str, centre: QPointF, *, is_bold: bool = False
    ) -> None:
        """Write a text where no other one stands already."""
        width, height = self.size_of(text, is_bold=is_bold)
        box = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
        if not any(box.intersects(taken) for taken in self._taken):
            self._taken.append(self.write(painter, text, centre, is_bold=is_bold))
