"""What tools draw over the map: in pixels of the window, with texts to be read on any ground."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gridmap.report.fonts import map_font, text_width

if TYPE_CHECKING:
    from gridmap.ui.canvas.view import MapView

XY = tuple[float, float]
CASING = QColor(255, 255, 255, 235)
_PALE = QColor("#FFFFFF")
_INK = QColor("#2B2320")
_EVERYWHERE = QRectF(-1e6, -1e6, 2e6, 2e6)
_RIM = 3.5
_MOST_KEPT = 400
_MOST_PIXELS = 1e5


class Sketch(QGraphicsItem):
    """A drawing over one map; subclasses say by ``draw`` what is on it."""

    def __init__(self, view: "MapView") -> None:
        super().__init__()
        self._view = view
        self._texts: dict[tuple[str, bool, float], QPixmap] = {}
        view.scene().addItem(self)

    def draw(self, painter: QPainter) -> None:
        """Draw in style pixels of the window; ``to_pixel`` tells where a place is."""
        raise NotImplementedError

    def to_pixel(self, xy: XY) -> QPointF:
        """Return where a place (east, north) in metres is in the window, in style pixels.

        What lies far outside is brought nearer: painters do not like millions of pixels.
        """
        camera = self._view.camera
        x, y = camera.to_pixel(*xy)
        return QPointF(_bounded(x / camera.ratio), _bounded(y / camera.ratio))

    def refresh(self) -> None:
        """Draw anew."""
        self._view.viewport().update()

    def remove(self) -> None:
        """Take the drawing off the map."""
        scene = self.scene()
        if scene is not None:
            scene.removeItem(self)
        self.refresh()

    def boundingRect(self) -> QRectF:
        """Return that it may draw anywhere."""
        return _EVERYWHERE

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Draw, undisturbed by the scene's own coordinates."""
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self.draw(painter)
        painter.restore()

    def write(
        self, painter: QPainter, text: str, centre: QPointF, *, is_bold: bool = False
    ) -> QRectF:
        """Write a text with a pale rim, and return the box that it takes."""
        picture = self._picture(text, is_bold=is_bold)
        size = picture.deviceIndependentSize()
        box = QRectF(QPointF(), size)
        box.moveCenter(centre)
        ratio = picture.devicePixelRatio()
        corner = QPointF(round(box.left() * ratio) / ratio, round(box.top() * ratio) / ratio)
        painter.drawPixmap(corner, picture)
        return box

    def size_of(self, text: str, *, is_bold: bool = False) -> tuple[float, float]:
        """Return how wide and high a written text is."""
        size = self._picture(text, is_bold=is_bold).deviceIndependentSize()
        return size.width(), size.height()

    def _picture(self, text: str, *, is_bold: bool) -> QPixmap:
        """Return a text as a picture: stroking the rims of a dozen texts takes whole frames."""
        ratio = self._view.camera.ratio
        key = (text, is_bold, ratio)
        kept = self._texts.get(key)
        if kept is None:
            if len(self._texts) >= _MOST_KEPT:
                self._texts.clear()
            kept = _written(text, ratio, is_bold=is_bold)
            self._texts[key] = kept
        return kept


def _bounded(pixels: float) -> float:
    return min(max(pixels, -_MOST_PIXELS), _MOST_PIXELS)


def _written(text: str, ratio: float, *, is_bold: bool) -> QPixmap:
    font = map_font(15 if is_bold else 12.5, is_bold=is_bold)
    height = font.pixelSize() * 1.25
    width = text_width(text, font)
    picture = QPixmap(round((width + 2 * _RIM) * ratio), round((height + 2 * _RIM) * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    path.addText(QPointF(_RIM, _RIM + font.pixelSize()), font, text)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        rim = QPen(CASING, 2 * _RIM)
        rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, rim)
        painter.fillPath(path, _INK)
    finally:
        painter.end()
    return picture


def stroke(
    painter: QPainter, points: Sequence[QPointF], colour: QColor, *, is_dashed: bool = False
) -> None:
    """Draw a line through some points, with a pale casing; its joints are left to be covered.

    Single opaque lines with flat ends take Qt 0.3 ms for what takes 20 ms as one path.
    """
    lines = [QLineF(start, end) for start, end in pairwise(points)]
    style = Qt.PenStyle.DashLine if is_dashed else Qt.PenStyle.SolidLine
    for pen in (QPen(_PALE, 5.0), QPen(colour, 2.2, style)):
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLines(lines)
