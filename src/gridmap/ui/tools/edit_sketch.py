"""How an edit looks over the map before it is done, and what it does to each cell."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from gridmap.model.cell_edits import XY
from gridmap.report.fonts import map_font
from gridmap.services.measure import bearing_text, length_text, measure
from gridmap.ui.tools.edit_deeds import Deed, Spot
from gridmap.ui.tools.edit_picture import Box, Picture
from gridmap.ui.tools.edit_site import Grip
from gridmap.ui.tools.edit_words import effect_words, snap_words
from gridmap.ui.tools.feature_snap import draw_mark
from gridmap.ui.tools.sketch import CASING, Sketch, stroke

if TYPE_CHECKING:
    from gridmap.base.errors import GridmapError
    from gridmap.ui.canvas.view import MapView

_DRAWN = QColor("#C2255C")
_NEW = QColor("#0B7285")
_OLD = QColor("#868E96")
_WRONG = QColor("#C92A2A")
_INK = QColor("#2B2320")
_TINTS = (
    QColor(18, 184, 134, 84),
    QColor(76, 110, 245, 84),
    QColor(250, 176, 5, 84),
    QColor(190, 75, 219, 84),
)
_LOST = QColor(134, 142, 150, 84)
_CHOSEN = QColor(11, 114, 133, 40)
_GRIP_PX, _HANDLE_PX, _CROSS_PX = 6.0, 7.0, 8.0
_PAD = 6.0
_BESIDE = QPointF(0, 28)
_ABOVE = QPointF(0, -24)
_WIDEST_PX = 340.0

Points = NDArray[np.float64]


class Shown(Protocol):
    """A tool, as far as it is drawn."""

    @property
    def deed(self) -> Deed:
        """Return what the clicks mean."""

    @property
    def picture(self) -> Picture | None:
        """Return what is drawn of an edit."""

    @property
    def is_done_shown(self) -> bool:
        """Return whether that edit is done."""

    @property
    def error(self) -> "GridmapError | None":
        """Return what is wrong."""

    @property
    def spot(self) -> Spot | None:
        """Return where the pointer is."""

    @property
    def grip(self) -> Grip | None:
        """Return what of a border is held, or could be."""

    @property
    def run(self) -> list[XY]:
        """Return the line that is drawn."""


class EditSketch(Sketch):
    """The drawing of one editing tool; it looks up by itself what there is to draw."""

    def __init__(self, view: "MapView", tool: Shown, epsg: int) -> None:
        super().__init__(view)
        self._tool = tool
        self._epsg = epsg
        self._taken: list[QRectF] = []

    def draw(self, painter: QPainter) -> None:
        """Draw cells that were picked, the edit, the line, and what is snapped to."""
        tool = self._tool
        self._taken = []
        self._draw_chosen(painter)
        picture = tool.picture
        if picture is not None:
            self._draw_picture(painter, picture)
        self._draw_grip(painter)
        self._draw_line(painter)
        if picture is not None:
            for box in picture.boxes:
                self._draw_box(painter, box)
        self._draw_snap(painter)
        if tool.error is not None:
            self._draw_error(painter, tool.error)

    # --- the edit --------------------------------------------------------------------------------

    def _draw_chosen(self, painter: QPainter) -> None:
        tool = self._tool
        site = tool.deed.site
        if site is None or tool.is_done_shown:
            return
        for key in tool.deed.chosen:
            if key not in site.ground.rows:
                continue
            shape = site.ground.cells.shape(key)
            rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shape)]
            self._fill(painter, rings, _CHOSEN)
            for ring in rings:
                self._stroke(painter, ring, _NEW, 2.4)

    def _draw_picture(self, painter: QPainter, picture: Picture) -> None:
        for patch in picture.patches:
            tint = _TINTS[patch.tint % len(_TINTS)] if patch.tint >= 0 else _LOST
            self._fill(painter, patch.rings, tint)
        for line in picture.old_lines:
            self._stroke(painter, line, _OLD, 1.8, is_dashed=True)
        for line in picture.new_lines:
            self._stroke(painter, line, _NEW, 3.4)

    def _fill(self, painter: QPainter, rings: Iterable[Points], colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # the lines cover it
        points: list[QPointF] = []
        for ring in rings:  # joined through their first points: filled odd-even
            run = self._pixels(ring)
            points += run if not points else [*run, points[0]]
        painter.drawPolygon(QPolygonF(points), Qt.FillRule.OddEvenFill)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _stroke(
        self,
        painter: QPainter,
        line: Points,
        colour: QColor,
        width: float,
        *,
        is_dashed: bool = False,
    ) -> None:
        run = QPolygonF(self._pixels(line))
        style = Qt.PenStyle.DashLine if is_dashed else Qt.PenStyle.SolidLine
        for pen in (QPen(CASING, width + 2.6), QPen(colour, width, style)):
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawPolyline(run)

    def _pixels(self, line: Points) -> list[QPointF]:
        return [self.to_pixel((x, y)) for x, y in line.tolist()]

    # --- what is drawn and held ------------------------------------------------------------------

    def _draw_grip(self, painter: QPainter) -> None:
        grip = self._tool.grip
        if grip is None:
            return
        if len(grip.border):
            self._stroke(painter, grip.border, _DRAWN, 2.6)
        if grip.handle is not None:
            at = self.to_pixel(grip.handle)
            side = _HANDLE_PX
            corners = [at + QPointF(*way) for way in ((0, -side), (side, 0), (0, side), (-side, 0))]
            painter.setBrush(_DRAWN if grip.kind == "border" else CASING)
            painter.setPen(QPen(_DRAWN, 2.0))
            painter.drawPolygon(corners)
        painter.setBrush(CASING)
        painter.setPen(QPen(_DRAWN, 2.4))
        at = self.to_pixel(grip.xy)
        box = QRectF(at.x() - _GRIP_PX, at.y() - _GRIP_PX, 2 * _GRIP_PX, 2 * _GRIP_PX)
        if grip.kind == "junction":
            painter.drawEllipse(box)
        elif grip.kind == "vertex":
            painter.drawRect(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_line(self, painter: QPainter) -> None:
        tool = self._tool
        run = tool.run
        if not run:
            return
        points = [self.to_pixel(xy) for xy in run]
        fixed = len(tool.deed.points)
        stroke(painter, points[: fixed or 1], _DRAWN)
        if len(points) > max(fixed, 1):
            stroke(painter, points[max(fixed, 1) - 1 :], _DRAWN, is_dashed=True)
            self._write_leg(painter, run[-2], run[-1])
        painter.setBrush(CASING)
        painter.setPen(QPen(_DRAWN, 2.0))
        for point in points[:fixed]:
            painter.drawEllipse(point, 4.0, 4.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _write_leg(self, painter: QPainter, start: XY, end: XY) -> None:
        if start == end:
            return
        leg = measure([start, end], self._epsg, is_area=False).legs[0]
        text = f"{length_text(leg.ground_m)} · {bearing_text(leg.bearing_deg)}"
        self._taken.append(self.write(painter, text, self.to_pixel(end) + _BESIDE))

    def _draw_snap(self, painter: QPainter) -> None:
        spot = self._tool.spot
        if spot is None or spot.snap is None:
            return
        at = self.to_pixel(spot.xy)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_mark(painter, at, spot.snap)
        self.write(painter, snap_words(spot.snap), at + _ABOVE)

    # --- what is told ----------------------------------------------------------------------------

    def _draw_box(self, painter: QPainter, box: Box) -> None:
        """Write what an edit does to a cell: in red what is out of the limits."""
        title, lines = effect_words(box.effect, box.office)
        font, bold = map_font(12.5), map_font(13.5, is_bold=True)
        rows = [
            (title, bold, _INK),
            *((text, font, _WRONG if bad else _INK) for text, bad in lines),
        ]
        heights = [QFontMetricsF(used).height() for _, used, _ in rows]
        width = max(QFontMetricsF(used).horizontalAdvance(text) for text, used, _ in rows)
        area = QRectF(0, 0, width + 2 * _PAD, sum(heights) + 2 * _PAD)
        area.moveCenter(self.to_pixel(box.xy))
        self._place(area)
        bad = any(is_bad for _, is_bad in lines)
        painter.setPen(QPen(_WRONG if bad else _NEW, 1.6))
        painter.setBrush(QColor(255, 255, 255, 236))
        painter.drawRoundedRect(area, 4, 4)
        top = area.top() + _PAD
        for (text, used, colour), height in zip(rows, heights, strict=True):
            self._text(painter, QPointF(area.left() + _PAD, top), text, used, colour)
            top += height
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _place(self, area: QRectF) -> None:
        """Move a box into the window, and down where another one is already."""
        window = QRectF(self._view.viewport().rect()).adjusted(4, 4, -4, -4)
        area.moveLeft(min(max(area.left(), window.left()), window.right() - area.width()))
        area.moveTop(min(max(area.top(), window.top()), window.bottom() - area.height()))
        for _ in range(len(self._taken) + 1):
            hit = next((one for one in self._taken if one.intersects(area)), None)
            if hit is None:
                break
            area.moveTop(hit.bottom() + 4)
        self._taken.append(area)

    @staticmethod
    def _text(painter: QPainter, at: QPointF, text: str, font: QFont, colour: QColor) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(at + QPointF(0, QFontMetricsF(font).ascent()), text)

    def _draw_error(self, painter: QPainter, error: "GridmapError") -> None:
        """Write why it cannot be done, at the place."""
        spot = self._tool.spot
        place = error.place.xy or (spot.xy if spot is not None else None)
        if place is None:
            return
        at = self.to_pixel(place)
        for pen in (QPen(CASING, 6.0), QPen(_WRONG, 3.0)):
            painter.setPen(pen)
            for turn in (1, -1):
                way = QPointF(_CROSS_PX, turn * _CROSS_PX)
                painter.drawLine(at - way, at + way)
        font = map_font(13.0)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        room = QRectF(0, 0, _WIDEST_PX, 400)
        area = QFontMetricsF(font).boundingRect(room, flags, str(error))
        area.adjust(-_PAD, -_PAD, _PAD, _PAD)
        area.moveTopLeft(at + QPointF(14, 14))
        self._place(area)
        painter.setPen(QPen(_WRONG, 1.6))
        painter.setBrush(QColor(255, 245, 245, 242))
        painter.drawRoundedRect(area, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(font)
        painter.setPen(_WRONG)
        painter.drawText(area.adjusted(_PAD, _PAD, -_PAD, -_PAD), flags, str(error))
