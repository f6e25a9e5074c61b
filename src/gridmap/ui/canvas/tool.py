"""What takes over the map's mouse."""

from typing import Protocol

from PySide6.QtGui import QKeyEvent, QMouseEvent


class MapTool(Protocol):
    """Takes over the mouse while it is set; ``True`` says that an event was for the tool."""

    def press(self, xy: tuple[float, float], event: QMouseEvent) -> bool:
        """A button went down at a place."""

    def move(self, xy: tuple[float, float], event: QMouseEvent) -> bool:
        """The pointer moved over a place."""

    def release(self, xy: tuple[float, float], event: QMouseEvent) -> bool:
        """A button was let go at a place."""

    def key(self, event: QKeyEvent) -> bool:
        """A key was pressed."""
