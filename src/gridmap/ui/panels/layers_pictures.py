"""The pictures of the layer tree: what a line of the legend looks like on the map."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from gridmap.report.legend import Entry, paint_sample
from gridmap.ui import theme

SWATCH = QSize(26, 16)


def legend_picture(entry: Entry) -> QIcon:
    """Return what a line explains as an icon, as sharp as the screen."""
    ratio = max(QGuiApplication.primaryScreen().devicePixelRatio(), 1.0)
    picture = QPixmap(round(SWATCH.width() * ratio), round(SWATCH.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    if theme.is_dark():  # symbols are made for the map's paper
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.MAP_PAPER))
        painter.drawRoundedRect(QRectF(QPointF(), SWATCH.toSizeF()), 3, 3)
    box = QRectF(2, 2, SWATCH.width() - 4, SWATCH.height() - 4)
    paint_sample(painter, box, entry, 1.0, is_vector=False)
    painter.end()
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)  # Qt would tint it: its colours are what it says
    return made
