"""What the brush draws over the map: who gets, what is taken, locks, and the new borders."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from gridmap.ui.tools.sketch import CASING, Sketch
from gridmap.ui.words import translate

if TYPE_CHECKING:
    from gridmap.base.errors import GridmapError
    from gridmap.services.painting import Tried
    from gridmap.services.palette import XY, Kind, Palette
    from gridmap.ui.canvas.view import MapView

_TARGET = QColor("#007A5A")
_TAKEN = QColor("#D9480F")
_LOCKED = QColor("#5F6D7A")
_WRONG = QColor("#C2402F")
_MOST_LOCKED = 400
_CROSS_PX = 8.0


class Brush(Protocol):
    """What is drawn of a brush; positions are those of the things that it takes."""

    palette: "Palette | None"
    kind: "Kind"
    target: str | None
    pointer: "XY | None"
    hovered: tuple[int, ...]
    taken: dict[int, None]
    tried: "Tried | None"
    done: "Tried | None"
    refusal: "GridmapError | None"

    @property
    def brush_m(self) -> float:
        """Return how far the brush reaches."""


class PaintSketch(Sketch):
    """The drawing of one brush; it looks up by itself what there is to draw."""

    def __init__(self, view: "MapView", tool: Brush) -> None:
        super().__init__(view)
        self._tool = tool

    def draw(self, painter: QPainter) -> None:
        """Draw what lies in the window."""
        palette = self._tool.palette
        if palette is None:
            return
        self._draw_locked(painter, palette)
        self._draw_target(painter, palette)
        self._draw_things(painter, palette)
        tried = self._tool.tried or self._tool.done
        if tried is not None:
            self._draw_outlines(painter, tried.shapes, QPen(_TARGET, 2.4))
        self._draw_brush(painter)
        self._draw_refusal(painter)

    def _draw_locked(self, painter: QPainter, palette: "Palette") -> None:
        window = QRectF(self._view.viewport().rect())
        painter.setPen(QPen(_LOCKED, 1.2))
        painter.setBrush(QBrush(_faded(_LOCKED, 90), Qt.BrushStyle.BDiagPattern))
        for shape in palette.locked_shapes[:_MOST_LOCKED]:
            for polygon in self._polygons(shape):
                if not polygon.boundingRect().intersects(window):
                    continue
                painter.drawPolygon(polygon)
                at = shapely.point_on_surface(shape)
                self.write(painter, translate("Paint", "已锁定"), self.to_pixel((at.x, at.y)))

    def _draw_target(self, painter: QPainter, palette: "Palette") -> None:
        target = self._tool.target
        if target is None:
            return
        rows = palette.ground.rows
        members = palette.grids[target].cells if target in palette.grids else {target}
        shapes = [palette.ground.cells.shape(cell) for cell in sorted(members) if cell in rows]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faded(_TARGET, 44))
        for shape in shapes:
            for polygon in self._polygons(shape):
                painter.drawPolygon(polygon)
        style = Qt.PenStyle.DashLine if self._tool.tried is not None else Qt.PenStyle.SolidLine
        self._draw_outlines(painter, shapes, QPen(_TARGET, 2.0, style))

    def _draw_things(self, painter: QPainter, palette: "Palette") -> None:
        tool = self._tool
        shapes = palette.things(tool.kind).shapes
        painter.setPen(QPen(_TAKEN, 1.4))
        for positions, alpha in ((tool.taken, 150), (tool.hovered, 60)):
            painter.setBrush(_faded(_TAKEN, alpha))
            for at in positions:
                for polygon in self._polygons(shapes[at]):
                    painter.drawPolygon(polygon)

    def _draw_outlines(
        self, painter: QPainter, shapes: Iterable[shapely.Geometry], pen: QPen
    ) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        polygons = [polygon for shape in shapes for polygon in self._polygons(shape)]
        for one in (QPen(CASING, pen.widthF() + 2.6), pen):
            painter.setPen(one)
            for polygon in polygons:
                painter.drawPolygon(polygon)

    def _draw_brush(self, painter: QPainter) -> None:
        tool = self._tool
        if tool.pointer is None or tool.target is None or tool.brush_m <= 0:
            return
        camera = self._view.camera
        radius = tool.brush_m / camera.resolution / camera.ratio
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(CASING, 3.6), QPen(_TAKEN, 1.6)):
            painter.setPen(pen)
            painter.drawEllipse(self.to_pixel(tool.pointer), radius, radius)

    def _draw_refusal(self, painter: QPainter) -> None:
        refusal = self._tool.refusal
        if refusal is None or refusal.place.xy is None:
            return
        at = self.to_pixel(refusal.place.xy)
        for pen in (QPen(CASING, 6.0), QPen(_WRONG, 3.0)):
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            for turn in (1, -1):
                way = QPointF(_CROSS_PX, turn * _CROSS_PX)
                painter.drawLine(at - way, at + way)

    def _polygons(self, shape: shapely.Geometry) -> list[QPolygonF]:
        """Return the outer rings of a shape in pixels of the window."""
        rings = shapely.get_exterior_ring(shapely.get_parts(shape))
        return [
            QPolygonF([self.to_pixel((x, y)) for x, y in shapely.get_coordinates(ring).tolist()])
            for ring in rings
        ]


def _faded(colour: QColor, alpha: int) -> QColor:
    faded = QColor(colour)
    faded.setAlpha(alpha)
    return faded
