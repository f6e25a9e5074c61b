"""Two maps of the same ground: side by side, or one over the other with a divider to drag."""

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from gridmap.ui.compare_parts import Crosshair, Divider, write_captions

if TYPE_CHECKING:
    from gridmap.ui.canvas.view import MapView
    from gridmap.ui.compare_bar import SideBar

_LINE = 4
"""Style pixels between two maps that lie side by side."""
_STRIP = 0.005
_FINEST = 8
"""Screens are scaled by eighths at the finest."""
_LEAST = 0.15
"""Of two maps side by side neither gets smaller than this part."""


class Mode(Enum):
    """How two maps lie."""

    LINKED = auto()
    """Side by side."""
    SWIPE = auto()
    """The second over the first, cut off at the divider."""


class Compare(QWidget):
    """Holds two maps that look at the same ground: what moves one moves the other.

    Args:
        main: the map that all commands act on; it lies left, or on top.
        companion: the other one.
        bars: a line of choices above each.
    """

    leave_wanted = Signal()
    """One map alone is wanted again."""

    def __init__(
        self,
        main: "MapView",
        companion: "MapView",
        bars: "tuple[SideBar, SideBar]",
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.main = main
        self.companion = companion
        self.bars = bars
        self.mode = Mode.LINKED
        self.orientation = Qt.Orientation.Vertical
        self.share = 0.5
        """Which part of the whole lies before the divider."""
        self._is_following = False
        self._pointer: tuple[MapView, QPointF] | None = None
        """Over which map the pointer is, and at which of its device pixels."""
        self._clip = QWidget(self)
        for child in (main, *bars):
            child.setParent(self)
        companion.setParent(self._clip)  # not masked: Qt would not paint what a mask uncovers
        for child in (main, companion, *bars):
            child.show()
        self.divider = Divider(self)
        self.crosshairs = {main: Crosshair(companion), companion: Crosshair(main)}
        """By the map that the pointer is over."""
        self.setFocusProxy(main)
        self._connect()
        companion.follow(main.camera)

    def _connect(self) -> None:
        # methods, not lambdas: Qt forgets them with this widget, and the first map lives longer
        self.main.view_changed.connect(self._on_main_looked)
        self.companion.view_changed.connect(self._on_companion_looked)
        self.main.moved.connect(self._on_main_pointed)
        self.companion.moved.connect(self._on_companion_pointed)
        for view in (self.main, self.companion):
            # somebody listens: else each scene would have the whole window painted for itself
            view.scene().changed.connect(view.updateScene)
        for part in (self.divider, *self.bars):
            part.entered.connect(self._point_nowhere)
        self.divider.moved.connect(self._on_dragged)
        self.divider.stepped.connect(self._on_stepped)
        self.divider.centred.connect(self.centre)

    # --- what is asked of it ----------------------------------------------------------------------

    def lie(self, mode: Mode, orientation: Qt.Orientation) -> None:
        """Lay the maps side by side or over one another, left and right or on top and below."""
        if mode is not self.mode:
            self.share = 0.5
        self.mode, self.orientation = mode, orientation
        self._point_nowhere()
        self._arrange()

    def divide(self, share: float) -> None:
        """Put the divider where this part of the whole lies before it."""
        # a strip of each is always seen: a map that is never painted would wait for its turn
        least = _LEAST if self.mode is Mode.LINKED else _STRIP
        self.share = min(max(share, least), 1 - least)
        self._arrange()

    def centre(self) -> None:
        """Give each map half of the whole."""
        self.divide(0.5)

    def picture(self) -> QPixmap:
        """Return both maps as they are seen, without bars and handle; each says its day."""
        self._point_nowhere()
        ground = self._ground()
        self.divider.show_handle(is_shown=False)
        try:
            picture = self.grab(ground)
        finally:
            self.divider.show_handle(is_shown=True)
        days = [bar.day for bar in self.bars]
        if days[0].moment != days[1].moment:
            sides = self._sides(ground)
            write_captions(
                picture,
                [
                    (side.translated(-ground.topLeft()), day.text)
                    for side, day in zip(sides, days, strict=True)
                ],
            )
        return picture

    def release(self) -> None:
        """Let go of the first map; it is the caller's again."""
        self.main.scene().changed.disconnect(self.main.updateScene)
        for mark in self.crosshairs.values():
            mark.setParent(None)
            mark.deleteLater()

    # --- inside -----------------------------------------------------------------------------------

    def _ground(self) -> QRect:
        """Return where the maps lie."""
        top = max(bar.sizeHint().height() for bar in self.bars)
        return self.rect().adjusted(0, top, 0, 0)

    def _at(self, ground: QRect) -> int:
        """Return where the divider lies, across it."""
        is_upright = self.orientation == Qt.Orientation.Vertical
        start = ground.x() if is_upright else ground.y()
        length = ground.width() if is_upright else ground.height()
        return start + _snapped(length * self.share, self.devicePixelRatioF())

    def _sides(self, ground: QRect) -> tuple[QRect, QRect]:
        """Return where each map is seen."""
        is_upright = self.orientation == Qt.Orientation.Vertical
        before, _line, after = _split(ground, self._at(ground), is_upright=is_upright)
        return before, after

    def _arrange(self) -> None:
        ground = self._ground()
        is_upright = self.orientation == Qt.Orientation.Vertical
        at = self._at(ground)
        before, line, after = _split(ground, at, is_upright=is_upright)
        self._arrange_bars(ground, at if is_upright else ground.center().x())
        if self.mode is Mode.LINKED:
            self.main.setGeometry(before)
            self._clip.setGeometry(after)
            self.companion.setGeometry(QRect(QPoint(), after.size()))
        else:
            rest = QRect(ground)
            rest.setLeft(at) if is_upright else rest.setTop(at)
            self.main.setGeometry(ground)
            self._clip.setGeometry(rest)
            self.companion.setGeometry(ground.translated(-rest.topLeft()))
        self._clip.raise_()
        self.divider.lie(self.orientation, line)
        self.divider.raise_()

    def _arrange_bars(self, ground: QRect, at: int) -> None:
        first, second = self.bars
        height = ground.top()
        if self.mode is Mode.SWIPE:
            at = ground.center().x()
        least, most = first.minimumSizeHint().width(), ground.width()
        at = max(min(at, most - second.minimumSizeHint().width()), least)
        first.setGeometry(0, 0, at, height)
        second.setGeometry(at, 0, most - at, height)

    def _on_dragged(self, at: int) -> None:
        ground = self._ground()
        if self.orientation == Qt.Orientation.Vertical:
            self.divide((at - ground.x()) / max(ground.width(), 1))
        else:
            self.divide((at - ground.y()) / max(ground.height(), 1))

    def _on_stepped(self, step: float) -> None:
        self.divide(self.share + step)

    # --- the cameras ------------------------------------------------------------------------------

    def _on_main_looked(self) -> None:
        self._link(self.main, self.companion)

    def _on_companion_looked(self) -> None:
        self._link(self.companion, self.main)

    def _link(self, view: "MapView", other: "MapView") -> None:
        """Let one map look where the other one does, in the same frame."""
        if self._is_following:
            return
        self._is_following = True
        try:
            other.follow(view.camera)
            for each in (view, other):  # done while painting, it would ask for a second painting
                each.box.updateMatrix()
        finally:
            self._is_following = False
        self._point()

    # --- the pointer ------------------------------------------------------------------------------

    def _on_main_pointed(self, xy: tuple[float, float]) -> None:
        self._on_pointed(self.main, xy)

    def _on_companion_pointed(self, xy: tuple[float, float]) -> None:
        self._on_pointed(self.companion, xy)

    def _on_pointed(self, view: "MapView", xy: tuple[float, float]) -> None:
        self._pointer = view, QPointF(*view.camera.to_pixel(*xy))
        self._point()

    def _point(self) -> None:
        """Mark the pointer's place in the map that it is not over."""
        if self._pointer is None or self.mode is not Mode.LINKED:
            return
        view, pixel = self._pointer
        self.crosshairs[self.companion if view is self.main else self.main].hide()
        other = self.companion if view is self.main else self.main
        x, y = other.camera.to_pixel(*view.camera.to_ground(pixel.x(), pixel.y()))
        ratio = other.camera.ratio
        self.crosshairs[view].point_at(QPointF(x / ratio, y / ratio))

    def _point_nowhere(self) -> None:
        self._pointer = None
        for mark in self.crosshairs.values():
            mark.hide()

    # --- Qt ---------------------------------------------------------------------------------------

    def leaveEvent(self, event: QEvent) -> None:
        """Mark nothing while the pointer is elsewhere."""
        super().leaveEvent(event)
        self._point_nowhere()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the parts."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to one map by Esc; the whole screen is left first."""
        if event.key() == Qt.Key.Key_Escape and not self.window().isFullScreen():
            self.leave_wanted.emit()
        else:
            super().keyPressEvent(event)


def _snapped(position: float, ratio: float) -> int:
    """Return the nearest style pixel that begins with a whole device pixel, so nothing blurs."""
    steps = range(1, _FINEST + 1)
    step = next((n for n in steps if abs(n * ratio - round(n * ratio)) < 1e-6), 1)
    return round(position / step) * step


def _split(ground: QRect, at: int, *, is_upright: bool) -> tuple[QRect, QRect, QRect]:
    """Return what lies before the divider, the divider, and what lies behind it."""
    before, line, after = QRect(ground), QRect(ground), QRect(ground)
    low, high = at - _LINE // 2, at + _LINE // 2
    if is_upright:
        before.setRight(low - 1)
        line.setLeft(low)
        line.setRight(high - 1)
        after.setLeft(high)
    else:
        before.setBottom(low - 1)
        line.setTop(low)
        line.setBottom(high - 1)
        after.setTop(high)
    return before, line, after
