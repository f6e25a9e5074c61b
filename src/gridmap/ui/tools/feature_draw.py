"""Draws new points, lines and areas by clicks, with snapping and typed numbers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from gridmap.base.errors import RequestError
from gridmap.geo import construct
from gridmap.geo.snapping import Snap
from gridmap.ui.tools.feature_drawing import Drawing, Way
from gridmap.ui.tools.feature_sketch import ShapeSketch
from gridmap.ui.tools.feature_snap import draw_mark, edges_around, reach_m, snap, words_of
from gridmap.ui.tools.numbers import place_of, read_numbers

if TYPE_CHECKING:
    import shapely

    from gridmap.ui.canvas.view import MapView

XY = tuple[float, float]
_FEWEST_CORNERS = 3
_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Escape)


class DrawTool:
    """Takes clicks until a shape is whole; drags and the wheel go on moving the map.

    Args:
        view: the map.
        epsg: the CRS of its metres.
        dimension: 0 for points, 1 for lines, 2 for areas.
        changed: told of everything that is drawn, and of what is snapped to.
        drawn: given the finished shape; the tool waits until ``clear`` or ``resume``.
        ended: told when the user gives the tool back.
        failed: told of clicks that make no shape.
    """

    def __init__(
        self,
        view: "MapView",
        epsg: int,
        dimension: int,
        *,
        changed: Callable[[], None],
        drawn: "Callable[[shapely.Geometry], None]",
        ended: Callable[[], None],
        failed: Callable[[RequestError], None],
    ) -> None:
        self._view = view
        self.epsg = epsg
        self.drawing = Drawing(dimension, lambda start, end: edges_around(view, start, end))
        self._changed, self._drawn, self._ended, self._failed = changed, drawn, ended, failed
        self.pointer: XY | None = None
        self.snapped: Snap | None = None
        self.is_waiting = False
        self.leads_nowhere = False
        """Whether the last click was on no edge that hangs together with the trace so far."""
        self._press: QPoint | None = None
        self._sketch = _DrawSketch(view, self)

    # --- the mouse -------------------------------------------------------------------------------

    def press(self, _xy: XY, event: QMouseEvent) -> bool:
        """Take a step back, finish, or wait whether this becomes a click or a drag."""
        self._press = None
        if event.button() == Qt.MouseButton.RightButton:
            if not self.is_waiting:
                self.step_back()
            return True
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.finish()
            return True
        self._press = event.position().toPoint()
        return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)  # no box is drawn now

    def move(self, xy: XY, event: QMouseEvent) -> bool:
        """Follow the pointer."""
        if not self.is_waiting:
            self.pointer = self._placed(xy, event)
            self._tell()
        return False

    def release(self, xy: XY, event: QMouseEvent) -> bool:
        """Add a point where this was a click."""
        press, self._press = self._press, None
        if press is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        way = event.position().toPoint() - press
        if way.manhattanLength() >= QApplication.startDragDistance():
            return False
        if not self.is_waiting:
            self.click(self._placed(xy, event))
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Finish by Enter, take a step back by Esc or Backspace, trace the other way by X."""
        key = event.key()
        if self.is_waiting:
            return key == Qt.Key.Key_Escape
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif event.matches(QKeySequence.StandardKey.Undo) or key in _BACK:
            self.step_back()
        elif key == Qt.Key.Key_X and self.drawing.way == "trace":
            self.drawing.is_other_way = not self.drawing.is_other_way
            self._tell()
        else:
            return False
        return True

    # --- the drawing -----------------------------------------------------------------------------

    def click(self, xy: XY) -> None:
        """Add a point; one on the first corner closes an area."""
        drawing = self.drawing
        has_ring = drawing.dimension > 1 and len(drawing.points) >= _FEWEST_CORNERS
        if has_ring and not drawing.pending and xy == drawing.points[0]:
            self.finish()
            return
        try:
            is_added = drawing.add(xy)
            self.leads_nowhere = not is_added and drawing.way == "trace" and xy != drawing.last
        except RequestError as error:
            self._failed(error)
        self._tell()
        if drawing.is_whole:
            self.finish()

    def enter(self, text: str) -> bool:
        """Take a point from typed numbers; return False where they say none."""
        numbers = read_numbers(text)
        if numbers is None or self.is_waiting:
            return False
        place = None
        if numbers.length_m is not None and numbers.bearing_deg is None:
            place = self.drawing.depth_point(numbers.length_m, self.pointer)
        place = place or place_of(numbers, self.drawing.last, self.pointer)
        if place is None:
            return False
        self.click(place)
        return True

    def choose(self, way: Way) -> None:
        """Go on in another way."""
        self.drawing.choose(way)
        self._tell()

    def finish(self) -> None:
        """Hand the shape over, if there is one, and wait what becomes of it."""
        shape = self.drawing.shape()
        if shape is None or self.is_waiting:
            return
        self.is_waiting = True
        self.pointer, self.snapped = None, None
        self._tell()
        self._drawn(shape)

    def step_back(self) -> None:
        """Take back step after step, then the tool itself."""
        if self.drawing.step_back():
            self._tell()
        else:
            self._ended()

    def clear(self) -> None:
        """Begin the next shape."""
        self.drawing.clear()
        self.is_waiting = False
        self._tell()

    def resume(self) -> None:
        """Go on with the same shape, e.g. because it could not be kept."""
        self.is_waiting = False
        if self.drawing.is_whole:
            self.drawing.step_back()
        self._tell()

    def remove(self) -> None:
        """Take the drawing off the map."""
        self._sketch.remove()

    @property
    def preview(self) -> list[XY]:
        """Return the points as they would be after a click."""
        return self.drawing.preview(None if self.is_waiting else self.pointer)

    @property
    def snap_words(self) -> str:
        """Return what the pointer is snapped to."""
        return words_of(self.snapped) if self.snapped is not None else ""

    def _tell(self) -> None:
        self._sketch.refresh()
        self._changed()

    def _placed(self, xy: XY, event: QMouseEvent) -> XY:
        """Return the pointer, snapped; Ctrl does not snap, Shift keeps to right angles."""
        drawing = self.drawing
        self.snapped = None
        keys = event.modifiers()
        if keys & Qt.KeyboardModifier.ShiftModifier and len(drawing.points) > 1:
            return construct.right_angled(drawing.points[-2], drawing.points[-1], xy)
        if keys & Qt.KeyboardModifier.ControlModifier:
            return xy
        first = drawing.points[0] if len(drawing.points) >= _FEWEST_CORNERS else None
        reach = reach_m(self._view)
        is_near = first is not None and max(abs(first[0] - xy[0]), abs(first[1] - xy[1])) < reach
        if first is not None and is_near and drawing.dimension > 1 and not drawing.pending:
            return first
        self.snapped = snap(self._view, xy, drawing.last)
        return self.snapped.xy if self.snapped is not None else xy


class _DrawSketch(ShapeSketch):
    """The shape in the making."""

    def __init__(self, view: "MapView", tool: DrawTool) -> None:
        super().__init__(view)
        self._tool = tool

    def draw(self, painter: QPainter) -> None:
        """Draw the shape, its points, its measures, and what is snapped to."""
        tool, drawing = self._tool, self._tool.drawing
        run = tool.preview
        is_area = drawing.dimension > 1
        self.draw_run(painter, run, is_area=is_area, is_dashed=not tool.is_waiting)
        fixed = [self.to_pixel(xy) for xy in (*drawing.points, *drawing.pending)]
        self.draw_points(painter, fixed)
        live = len(run) - 2 if len(run) == len(drawing.points) + 1 else -1  # one more leg
        self.write_measures(painter, run, tool.epsg, is_area=is_area, live=live)
        if tool.pointer is not None and tool.snapped is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            draw_mark(painter, self.to_pixel(tool.pointer), tool.snapped)
        elif tool.pointer is not None and tool.drawing.is_empty:
            at = self.to_pixel(tool.pointer)
            painter.drawEllipse(QRectF(at.x() - 3, at.y() - 3, 6, 6))
