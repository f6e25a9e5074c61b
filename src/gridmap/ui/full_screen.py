"""The map alone on the whole screen, and the window afterwards exactly as it was before."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QEasingCurve, QObject, QPropertyAnimation, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDockWidget,
    QGraphicsOpacityEffect,
    QLabel,
    QMainWindow,
    QMenu,
    QToolBar,
    QWidget,
)

_HINT_MS, _FADE_MS = 2600, 900
_HINT_TOP = 28


@dataclass(frozen=True)
class Layout:
    """Where a window and its panels are."""

    geometry: QByteArray
    panels: QByteArray


@dataclass(frozen=True)
class _Before:
    layout: Layout
    state: Qt.WindowState
    hidden: tuple[QWidget, ...]


class FullScreen(QObject):
    """Takes away all around the map, and puts it back."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._before: _Before | None = None
        self._is_settling: QByteArray | None = None
        """The panels to be put back once more, when the window has its old size again."""
        self._hint: Hint | None = None

    @property
    def is_on(self) -> bool:
        """Return whether the map has the whole screen."""
        return self._before is not None

    @property
    def layout(self) -> Layout:
        """Return where window and panels are; on the whole screen, where they will be again."""
        if self._before is not None:
            return self._before.layout
        return Layout(self._window.saveGeometry(), self._window.saveState())

    def toggle(self) -> None:
        """Fill the screen with the map, or go back."""
        if self.is_on:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Fill the screen with the map."""
        window = self._window
        focused = window.focusWidget()
        shown = [
            *(dock for dock in _docks(window) if dock.isVisibleTo(window)),
            *(bar for bar in window.findChildren(QToolBar) if bar.isVisibleTo(window)),
            window.menuBar(),
            window.statusBar(),
        ]
        self._before = _Before(self.layout, window.windowState(), tuple(shown))
        for widget in shown:
            widget.hide()
        # a hidden menu hears no keys: the window itself has to know the commands meanwhile
        window.addActions(_menu_actions(window))
        window.showFullScreen()
        if focused is not None and focused.isVisibleTo(window):
            focused.setFocus()
        self.say(self.tr("按 Esc 或 F11 退出全屏"))

    def leave(self) -> None:
        """Put everything back where it was."""
        before, self._before = self._before, None
        if before is None:
            return
        window = self._window
        self._drop_hint()
        for action in _menu_actions(window):
            window.removeAction(action)
        for widget in before.hidden:
            widget.show()
        window.setWindowState(before.state & ~Qt.WindowState.WindowFullScreen)
        window.restoreState(before.layout.panels)
        # the window manager gives the old size later; until then panels had to be squeezed
        self._is_settling = before.layout.panels

    # --- inside -----------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Say something on the whole screen: there is no status bar."""
        if self.is_on:
            self._drop_hint()
            self._hint = Hint(text, self._window)

    def _drop_hint(self) -> None:
        hint, self._hint = self._hint, None
        if hint is not None:
            hint.stop()

    def settle(self) -> None:
        """Put panels right after the window got its old size, and the hint into the middle."""
        if self._hint is not None:
            self._hint.place()
        panels, self._is_settling = self._is_settling, None
        if panels is not None and not self.is_on:
            self._window.restoreState(panels)


class Hint(QLabel):
    """A line at the top of a window that fades away by itself."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setObjectName("fadingHint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        effect = QGraphicsOpacityEffect(self)
        effect.setOpacity(1.0)
        self.setGraphicsEffect(effect)
        self._fade = QPropertyAnimation(effect, b"opacity", self)
        self._fade.setDuration(_HINT_MS + _FADE_MS)
        self._fade.setKeyValueAt(0.0, 1.0)
        self._fade.setKeyValueAt(_HINT_MS / (_HINT_MS + _FADE_MS), 1.0)
        self._fade.setKeyValueAt(1.0, 0.0)
        self._fade.setEasingCurve(QEasingCurve.Type.Linear)
        self._fade.finished.connect(self.hide)
        self.place()
        self.show()
        self.raise_()
        self._fade.start()

    def place(self) -> None:
        """Keep to the middle of the window's top."""
        self.adjustSize()
        parent = self.parentWidget()
        if parent is not None:
            self.move((parent.width() - self.width()) // 2, _HINT_TOP)

    def stop(self) -> None:
        """Be gone at once."""
        self._fade.stop()
        self.hide()
        self.deleteLater()


def _docks(window: QMainWindow) -> list[QDockWidget]:
    return window.findChildren(QDockWidget)


def _menu_actions(window: QMainWindow) -> list[QAction]:
    """Return every command that stands in a menu and has a key."""
    return [
        action
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
        if not action.shortcut().isEmpty()
    ]
