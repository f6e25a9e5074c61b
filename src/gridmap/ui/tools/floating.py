"""A small panel that floats over the map, at the top of it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QWidget

_ABOVE = 14


class Floating(QFrame):
    """Keeps to the middle of the upper edge of what it floats over, whatever its size becomes."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("floating")
        over.installEventFilter(self)

    def place(self) -> None:
        """Take the size that the content needs, and go where the panel belongs."""
        over = self._over
        room = over.width() - 2 * _ABOVE
        self.wrap(is_wrapped=False)
        width = self.sizeHint().width()
        if width > room:
            self.wrap(is_wrapped=True)
            width = room
        is_flowing = self.hasHeightForWidth()
        height = self.heightForWidth(width) if is_flowing else self.sizeHint().height()
        self.setGeometry((over.width() - width) // 2, _ABOVE, width, height)
        self.raise_()

    def wrap(self, *, is_wrapped: bool) -> None:
        """Write long texts in more lines, or in one again; subclasses know which."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what it floats over."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)
