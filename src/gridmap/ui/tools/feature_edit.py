"""Changes the shape of one row: vertex by vertex, moved, turned, or set off."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from gridmap.base.errors import RequestError
from gridmap.geo import construct
from gridmap.geo.outline import Outline, Vertex, outline_of, shifted
from gridmap.geo.snapping import Snap
from gridmap.ui.tools.feature_sketch import COLOUR, GHOST, ShapeSketch
from gridmap.ui.tools.feature_snap import draw_mark, reach_m, snap, words_of
from gridmap.ui.tools.numbers import place_of, read_numbers

if TYPE_CHECKING:
    from gridmap.ui.canvas.view import MapView

XY = tuple[float, float]
Deed = Literal["vertices", "move", "rotate", "offset"]
_GRIP_PX = 5.0


class EditTool:
    """Shows a row's shape with handles; each change is told by ``changed_shape`` and kept at once.

    Args:
        view: the map.
        epsg: the CRS of its metres.
        shape: the row's shape.
        deed: what is done with it.
        changed: told of everything that moves.
        reshaped: given the new shape; the tool waits until ``take``.
        ended: told when the user gives the tool back.
        failed: told of what makes no shape.
    """

    def __init__(
        self,
        view: "MapView",
        epsg: int,
        shape: shapely.Geometry,
        deed: Deed,
        *,
        changed: Callable[[], None],
        reshaped: Callable[[shapely.Geometry], None],
        ended: Callable[[], None],
        failed: Callable[[RequestError], None],
    ) -> None:
        self._view = view
        self.epsg = epsg
        self.deed = deed
        self._shape = shape
        self.outline = outline_of(shape)
        self._changed, self._reshaped, self._ended, self._failed = changed, reshaped, ended, failed
        self.base: XY | None = None
        """Where the move began, or the middle about which is turned."""
        self.held: Vertex | None = None
        self.hovered: Vertex | None = None
        self.foot: tuple[Vertex, XY] | None = None
        """Where a new vertex would be."""
        self.next: shapely.Geometry | None = None
        """What the shape would become."""
        self.pointer: XY | None = None
        self.snapped: Snap | None = None
        self.is_waiting = False
        self._press: QPoint | None = None
        if deed == "rotate":
            middle = shapely.centroid(shape)
            self.base = (float(middle.x), float(middle.y))
        self._sketch = _EditSketch(view, self)

    # --- the mouse -------------------------------------------------------------------------------

    def press(self, xy: XY, event: QMouseEvent) -> bool:
        """Take a vertex, or wait whether this becomes a click."""
        self._press = None
        if event.button() == Qt.MouseButton.RightButton:
            self.step_back()
            return True
        if event.button() != Qt.MouseButton.LeftButton or self.is_waiting:
            return False
        if self.deed != "vertices":
            self._press = event.position().toPoint()
            return False
        reach = reach_m(self._view)
        self.held = self.outline.nearest_vertex(xy, reach)
        if self.held is None:
            foot = self.outline.nearest_leg(xy, reach)
            if foot is not None:
                self.outline = self.outline.added(*foot)
                self.held = Vertex(foot[0].run, foot[0].at + 1)
        if self.held is not None and event.type() == QEvent.Type.MouseButtonDblClick:
            self.delete(self.held)
            return True
        self._tell()
        return self.held is not None

    def move(self, xy: XY, event: QMouseEvent) -> bool:
        """Follow the pointer with what is held."""
        if self.is_waiting:
            return False
        self.pointer = self._placed(xy, event)
        if self.deed == "vertices":
            self._drag(xy)
        else:
            self._follow()
        self._tell()
        return self.held is not None

    def release(self, xy: XY, event: QMouseEvent) -> bool:
        """Keep the vertex where it is let go; or take the click."""
        if self.deed == "vertices":
            held, self.held = self.held, None
            if held is not None:
                self._keep(self.next)
                if self.next is None:  # a click on an edge that moved nothing adds no vertex
                    self.outline = outline_of(self._shape)
            return held is not None
        press, self._press = self._press, None
        if press is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        way = event.position().toPoint() - press
        if way.manhattanLength() >= QApplication.startDragDistance():
            return False
        self.pointer = self._placed(xy, event)
        self.click(self.pointer)
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Take away a vertex by Delete, a step back by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.step_back()
        elif event.key() == Qt.Key.Key_Delete and self.deed == "vertices":
            if self.hovered is not None:
                self.delete(self.hovered)
        else:
            return False
        return True

    # --- what is done ----------------------------------------------------------------------------

    def click(self, xy: XY) -> None:
        """Begin a move, or end what follows the pointer."""
        if self.deed == "move" and self.base is None:
            self.base = xy
            self._tell()
            return
        self.pointer = xy
        self._follow()
        self._keep(self.next)

    def enter(self, text: str) -> bool:
        """Take typed numbers: a way to move, degrees to turn, metres to set off."""
        numbers = read_numbers(text)
        if numbers is None or self.is_waiting or self.deed == "vertices":
            return self._enter_place(text)
        if self.deed == "move":
            start = self.base or self._first
            place = place_of(numbers, start, self.pointer)
            if place is not None:
                by = (place[0] - start[0], place[1] - start[1])
                self._keep(shifted(self._shape, by))
            return place is not None
        amount = numbers.length_m if numbers.length_m is not None else numbers.bearing_deg
        if amount is None or (self.base is None and self.deed == "rotate"):
            return False
        try:
            self._keep(self._turned(amount) if self.deed == "rotate" else self._set_off(amount))
        except RequestError as error:
            self._failed(error)
        return True

    def _enter_place(self, text: str) -> bool:
        """Put the vertex under the pointer at typed coordinates, or at a way from where it is."""
        numbers = read_numbers(text)
        if numbers is None or self.deed != "vertices" or self.hovered is None or self.is_waiting:
            return False
        place = place_of(numbers, self.outline.xy(self.hovered), self.pointer)
        if place is not None:
            self._keep(self.outline.moved(self.hovered, place).shape())
        return place is not None

    def delete(self, vertex: Vertex) -> None:
        """Take a vertex away, if enough are left."""
        self.held = self.hovered = None
        fewer = self.outline.without(vertex)
        if fewer is not None:
            self._keep(fewer.shape())

    def step_back(self) -> None:
        """Let go of what is held, then of the tool."""
        if self.is_waiting:
            return
        if self.held is not None:
            self.held = self.next = None
            self.outline = outline_of(self._shape)
        elif self.deed == "move" and self.base is not None:
            self.base = self.next = None
        else:
            self._ended()
            return
        self._tell()

    def take(self, shape: shapely.Geometry) -> None:
        """Go on with the shape as it was kept, or as it still is."""
        self._shape = shape
        self.outline = outline_of(shape)
        self.held = None
        self.is_waiting = False
        self.next = self.hovered = None
        if self.deed == "move":
            self.base = None
        self._tell()

    def remove(self) -> None:
        """Take the handles off the map."""
        self._sketch.remove()

    @property
    def snap_words(self) -> str:
        """Return what the pointer is snapped to."""
        return words_of(self.snapped) if self.snapped is not None else ""

    @property
    def amount(self) -> str:
        """Return by how much the shape would be turned, set off or moved."""
        if self.pointer is None or self.next is None or self.is_waiting:
            return ""
        if self.deed == "offset":
            return f"{self._signed_distance(self.pointer):+.2f} m"
        if self.base is None:
            return ""
        bearing = construct.bearing_of(self.base, self.pointer)
        if self.deed == "rotate":
            return f"{bearing:.1f}°"
        way = np.subtract(self.pointer, self.base)
        return f"{np.hypot(*way):.2f} m < {bearing:.1f}°"

    @property
    def _first(self) -> XY:
        return self.outline.runs[0][0]

    def _drag(self, xy: XY) -> None:
        reach = reach_m(self._view)
        if self.held is not None and self.pointer is not None:
            self.next = self.outline.moved(self.held, self.pointer).shape()
            return
        self.hovered = self.outline.nearest_vertex(xy, reach)
        self.foot = None if self.hovered is not None else self.outline.nearest_leg(xy, reach)

    def _follow(self) -> None:
        """Work out what the shape would become at the pointer."""
        if self.pointer is None:
            return
        try:
            if self.deed == "move":
                if self.base is not None:
                    by = (self.pointer[0] - self.base[0], self.pointer[1] - self.base[1])
                    self.next = shifted(self._shape, by)
            elif self.deed == "rotate" and self.base is not None:
                self.next = self._turned(construct.bearing_of(self.base, self.pointer))
            elif self.deed == "offset":
                self.next = self._set_off(self._signed_distance(self.pointer))
        except RequestError:  # the pointer is where nothing would be left
            self.next = None

    def _turned(self, by_deg: float) -> shapely.Geometry:
        if self.base is None:
            return self._shape
        return construct.turned(self._shape, self.base, by_deg)

    def _signed_distance(self, at: XY) -> float:
        """Return how far a place is from the shape: outside (of a line, on the left) above zero."""
        point = shapely.Point(at)
        if self.outline.is_closed:
            border = float(shapely.distance(shapely.boundary(self._shape), point))
            return -border if shapely.contains(self._shape, point) else border
        run = np.array(self.outline.runs[0])
        distance = float(shapely.distance(self._shape, point))
        legs = self.outline.nearest_leg(at, np.inf)
        start = run[legs[0].at] if legs is not None else run[0]
        way = (run[legs[0].at + 1] if legs is not None else run[1]) - start
        gap = np.subtract(at, start)
        return distance if way[0] * gap[1] - way[1] * gap[0] > 0 else -distance

    def _set_off(self, by_m: float) -> shapely.Geometry:
        """Return the shape at a distance; of an area outwards above zero, of a line to the left."""
        runs = []
        for number, run in enumerate(self.outline.runs):
            ring = (*run, run[0]) if self.outline.is_closed else run
            is_hole = number > 0 and self._is_hole(number)
            moved = construct.offset(ring, -by_m if is_hole else by_m)
            runs.append(moved[:-1] if self.outline.is_closed else moved)
        whole = Outline(
            self.outline.dimension, tuple(runs), self.outline.polygons, self.outline.is_multi
        )
        return whole.shape()

    def _is_hole(self, number: int) -> bool:
        polygons = self.outline.polygons
        return bool(polygons) and polygons[number] == polygons[number - 1]

    def _keep(self, shape: shapely.Geometry | None) -> None:
        if shape is None or self.is_waiting:
            self._tell()
            return
        self.is_waiting = True
        self.next = shape
        self._tell()
        self._reshaped(shape)

    def _tell(self) -> None:
        self._sketch.refresh()
        self._changed()

    def _placed(self, xy: XY, event: QMouseEvent) -> XY:
        self.snapped = None
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return xy
        if self.deed == "vertices" and self.held is None:
            return xy
        self.snapped = snap(self._view, xy, self.base)
        return self.snapped.xy if self.snapped is not None else xy


class _EditSketch(ShapeSketch):
    """The shape with its handles, and what it would become."""

    def __init__(self, view: "MapView", tool: EditTool) -> None:
        super().__init__(view)
        self._tool = tool

    def draw(self, painter: QPainter) -> None:
        """Draw both shapes, the handles, the measures, and what is snapped to."""
        tool = self._tool
        is_area = tool.outline.is_closed
        colour = GHOST if tool.next is not None else COLOUR
        for run in tool.outline.runs:
            self.draw_run(painter, run, is_area=False, colour=colour)
            if is_area:
                self.draw_run(painter, [run[-1], run[0]], is_area=False, colour=colour)
        shown = outline_of(tool.next) if tool.next is not None else tool.outline
        for run in shown.runs:
            if tool.next is not None:
                self.draw_run(painter, run, is_area=is_area, is_dashed=not tool.is_waiting)
            points = [self.to_pixel(xy) for xy in run]
            if tool.deed == "vertices" or len(points) == 1:
                self.draw_points(painter, points)
            self.write_measures(painter, run, tool.epsg, is_area=is_area)
        self._draw_grips(painter)

    def _draw_grips(self, painter: QPainter) -> None:
        tool = self._tool
        painter.setBrush(COLOUR)
        if tool.hovered is not None and tool.next is None:
            painter.drawEllipse(self.to_pixel(tool.outline.xy(tool.hovered)), _GRIP_PX, _GRIP_PX)
        elif tool.foot is not None and tool.next is None:
            at = self.to_pixel(tool.foot[1])
            painter.drawRect(QRectF(at.x() - 3, at.y() - 3, 6, 6))
        if tool.deed == "rotate" and tool.base is not None:
            centre = self.to_pixel(tool.base)
            painter.drawEllipse(centre, _GRIP_PX, _GRIP_PX)
            if tool.pointer is not None:
                self.draw_run(painter, [tool.base, tool.pointer], is_area=False, is_dashed=True)
        if tool.pointer is not None and tool.snapped is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            draw_mark(painter, self.to_pixel(tool.pointer), tool.snapped)
