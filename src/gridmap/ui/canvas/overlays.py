"""What is drawn over the map and stays where it is in the window."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from gridmap.base.messages import current_language
from gridmap.report import texts
from gridmap.report.fonts import map_font, text_width
from gridmap.report.scalebar import (
    LONGEST_PX,
    paint_north_arrow,
    paint_scale_bar,
    paint_text,
    rounded_scale,
    scale_bar_length,
)
from gridmap.ui.canvas.camera import Camera

_EDGE = 18.0
_SCALE_SHARE = 0.4
"""How much of the window's width the bar of the scale may take."""
_PANEL = QColor(255, 255, 255, 205)
_NOTE = QColor("#8A5A00")
_NOTE_GROUND = QColor(255, 248, 230, 235)
_NOTE_RIM = QColor("#E3C27A")


class Overlays:
    """Keeps the drawing as one picture, and draws it anew only when it changes.

    The interface thread has to share Python's lock with the painters: a dozen small calls can
    each wait for one of theirs, where one call waits once.
    """

    def __init__(self) -> None:
        self._key: object = None
        self._picture = QPixmap()

    def paint(self, painter: QPainter, camera: Camera, size: QSize, *, is_imaginary: bool) -> None:
        """Paint what belongs over the map of a window of ``size`` style pixels."""
        state = (camera.level, camera.ratio, size.width(), size.height(), is_imaginary)
        key = (*state, current_language())
        if key != self._key:
            self._key = key
            self._picture = QPixmap(size * camera.ratio)
            self._picture.setDevicePixelRatio(camera.ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._picture)
            try:
                _paint(inner, camera, size, is_imaginary=is_imaginary)
            finally:
                inner.end()
        painter.drawPixmap(0, 0, self._picture)


def _paint(painter: QPainter, camera: Camera, size: QSize, *, is_imaginary: bool) -> None:
    width = size.width()
    language = current_language()
    resolution = camera.resolution * camera.ratio
    _paint_scale(painter, camera.denominator, size, resolution)
    centre = QPointF(width - _EDGE - 14, _EDGE + 34)
    paint_north_arrow(painter, centre, 32, ratio=1.0, language=language)
    if is_imaginary:
        _paint_note(painter, texts.imaginary().render(language))


def _paint_scale(painter: QPainter, denominator: float, size: QSize, resolution: float) -> None:
    width, height = size.width(), size.height()
    language = current_language()
    scale = texts.about_scale(denominator=rounded_scale(denominator)).render(language)
    longest = min(LONGEST_PX, width * _SCALE_SHARE)
    length = scale_bar_length(resolution=resolution, ratio=1.0, longest_px=longest)
    left, bottom = _EDGE + 6, height - _EDGE - 6
    panel = QRectF(left - 14, bottom - 30, length + text_width(scale, map_font(11)) + 76, 42)
    is_told = panel.right() < width  # else the status bar has to be enough
    if not is_told:
        panel.setWidth(length + 76)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_PANEL)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.drawRoundedRect(panel, 6, 6)
    paint_scale_bar(
        painter, left, bottom, resolution=resolution, ratio=1.0, language=language,
        longest_px=longest,
    )  # fmt: skip
    if is_told:
        paint_text(painter, QPointF(left + length + 44, bottom), scale, font_px=11, rim=3)


def _paint_note(painter: QPainter, text: str) -> None:
    font = map_font(12, is_bold=True)
    width = text_width(text, font)
    box = QRectF(_EDGE, _EDGE, width + 20, 26)
    painter.setPen(QPen(_NOTE_RIM, 1))
    painter.setBrush(_NOTE_GROUND)
    painter.drawRoundedRect(box, 5, 5)
    painter.setFont(font)
    painter.setPen(_NOTE)
    painter.drawText(QPointF(box.left() + 10, box.bottom() - 8.5), text)
