"""Moves the map by the pointer while the space key is held, whatever else the mouse does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

if TYPE_CHECKING:
    from gridmap.ui.canvas.view import MapView


class SpaceGrab(QObject):
    """Watches one map; it belongs to it and goes with it."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view
        self._is_held = False
        self._last: QPointF | None = None
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold and let go by the space key, and move the map in between."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            if kind == QEvent.Type.KeyPress:
                self._hold(is_held=True)
                return True
            if kind == QEvent.Type.KeyRelease and not event.isAutoRepeat():
                self._hold(is_held=False)
                return True
        if kind == QEvent.Type.FocusOut and watched is self._view:
            self._hold(is_held=False)
        if self._is_held and kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._move(event.position())
            return True
        return super().eventFilter(watched, event)

    def _hold(self, *, is_held: bool) -> None:
        if is_held == self._is_held:
            return
        self._is_held, self._last = is_held, None
        if is_held:
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self._view.viewport().unsetCursor()

    def _move(self, position: QPointF) -> None:
        last, self._last = self._last, position
        if last is None:
            return
        camera = self._view.camera
        way = (position - last) * camera.ratio
        middle = camera.to_ground(camera.width / 2 - way.x(), camera.height / 2 - way.y())
        self._view.centre_on(middle)
