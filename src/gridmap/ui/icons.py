"""The icons, by name, in the colours of the theme."""

from functools import cache, lru_cache

from PySide6.QtCore import QBuffer, QEvent, QRect, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gridmap.base import paths
from gridmap.ui import theme
from gridmap.ui.shades import LIGHT, Shades

_COLOURS = ("ink", "accent", "good", "bad", "caution")
"""What of an icon is drawn in the theme's colours: its strokes, and what they stress."""
_FADED = 0.38
_OWN_COLOURS = frozenset({"gridmap"})
"""The program's own sign looks the same everywhere."""


@cache
def icon(name: str) -> QIcon:
    """Return an icon of ``resources/icons``; it changes with the theme by itself."""
    return QIcon(_Engine(name))


class IconLabel(QLabel):
    """Shows an icon that stays sharp, and changes with the theme."""

    def __init__(self, side: int, parent: QWidget | None = None, name: str = "") -> None:
        super().__init__(parent)
        self._side = side
        self._name = name
        self.show_icon(name)

    def show_icon(self, name: str) -> None:
        """Show an icon; an empty name shows none."""
        self._name = name
        if name:
            self.setPixmap(icon(name).pixmap(QSize(self._side, self._side), self._ratio()))
        else:
            self.clear()

    def _ratio(self) -> float:
        return self.devicePixelRatioF()

    def event(self, event: QEvent) -> bool:
        """Show the icon anew in another theme, or on a screen of another fineness."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.DevicePixelRatioChange):
            self.show_icon(self._name)
        return super().event(event)


class _Engine(QIconEngine):
    """Draws an SVG file in the colours that are worn when it is drawn."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def clone(self) -> QIconEngine:
        """Return the same engine anew."""
        return _Engine(self._name)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into a box."""
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon in device pixels."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        """Return the icon for a screen of ``scale`` device pixels a pixel."""
        side = QSize(round(size.width() * scale), round(size.height() * scale))
        is_faded = mode is QIcon.Mode.Disabled
        image = _image(self._name, side.width(), side.height(), theme.worn(), is_faded)
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(scale)
        return picture


@lru_cache(maxsize=400)
def _image(name: str, width: int, height: int, shades: Shades, is_faded: bool) -> QImage:
    file = paths.resource_dir() / "icons" / f"{name}.svg"
    text = file.read_text(encoding="utf-8")
    if shades is not LIGHT and name not in _OWN_COLOURS:
        for role in _COLOURS:
            text = text.replace(getattr(LIGHT, role), getattr(shades, role))
    buffer = QBuffer()
    buffer.setData(text.encode())
    reader = QImageReader(buffer, b"svg")
    reader.setScaledSize(QSize(width, height))
    reader.setBackgroundColor(QColor(0, 0, 0, 0))
    image = reader.read()
    if is_faded and not image.isNull():
        image = _faded(image)
    return image


def _faded(image: QImage) -> QImage:
    pale = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    pale.fill(0)
    painter = QPainter(pale)
    painter.setOpacity(_FADED)
    painter.drawImage(0, 0, image)
    painter.end()
    return pale
