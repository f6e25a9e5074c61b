"""What lies on two compared maps: the divider that is dragged, and the pointer's other place."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from gridmap.report.fonts import map_font, text_width
from gridmap.ui import theme
from gridmap.ui.shades import LIGHT

_GRIP = 38
"""How wide the round handle is: large enough for a finger."""
_STRIP = 12
"""How wide the strip is that takes the mouse beside the handle."""
_LINE = 4
_STEP, _LARGE_STEP = 0.02, 0.1
"""How much of the maps an arrow key moves the divider by; the larger one with Shift."""
_ARROW = 5.0
_RIM = "#781F2A35"
"""Around what is white on the map, which is light in both themes."""
_CAPTION_HEIGHT, _CAPTION_EDGE = 28, 12
_CROSS = 61
_CROSS_RING, _CROSS_ARM = 9.0, 27.0


class Divider(QWidget):
    """The line between two maps, with a handle on it. Arrow keys move it, too.

    It says where it should be by ``moved``: a position of its parent, across the line.
    """

    moved = Signal(int)
    stepped = Signal(float)
    """It should move by so much of the whole."""
    centred = Signal()
    entered = Signal()
    """The pointer came over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.orientation = Qt.Orientation.Vertical
        """How the line runs."""
        self._held: int | None = None
        """How far from the line it was taken hold of."""
        self._line, self._handle = QFrame(self), QLabel(self)
        self._line.setObjectName("dividerLine")
        for part in (self._line, self._handle):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._draw()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("两图的分界"))
        self.setAccessibleDescription(self.tr("方向键移动分界，回车或双击回到正中。"))
        self.setToolTip(self.tr("拖动分界，双击回到正中"))

    @property
    def is_upright(self) -> bool:
        """Return whether one map is left and the other right."""
        return self.orientation == Qt.Orientation.Vertical

    def lie(self, orientation: Qt.Orientation, place: QRect) -> None:
        """Lie along the middle of ``place``, a strip of the parent as thin as the line."""
        is_turned = orientation != self.orientation
        self.orientation = orientation
        shape = Qt.CursorShape.SplitHCursor if self.is_upright else Qt.CursorShape.SplitVCursor
        self.setCursor(shape)
        middle = place.center()
        if self.is_upright:
            self.setGeometry(middle.x() - _GRIP // 2, place.y(), _GRIP, place.height())
        else:
            self.setGeometry(place.x(), middle.y() - _GRIP // 2, place.width(), _GRIP)
        if is_turned:
            self._spread()
            self._draw()

    def _spread(self) -> None:
        """Lay line and handle, and leave what lies beside them to the maps."""
        strip, line = QRect(0, 0, _STRIP, self.height()), QRect(0, 0, _LINE, self.height())
        if not self.is_upright:
            strip, line = QRect(0, 0, self.width(), _STRIP), QRect(0, 0, self.width(), _LINE)
        for rect in (strip, line):
            rect.moveCenter(self.rect().center())
        self._line.setGeometry(line)
        self._handle.setGeometry(self._grip())
        self.setMask(QRegion(strip).united(QRegion(self._grip(), QRegion.RegionType.Ellipse)))

    def _draw(self) -> None:
        self._handle.setPixmap(self._picture())

    def _grip(self) -> QRect:
        grip = QRect(0, 0, _GRIP, _GRIP)
        grip.moveCenter(self.rect().center())
        return grip

    def _across(self, event: QMouseEvent) -> int:
        """Return where the pointer is across the line, as a position of the parent."""
        position = self.mapToParent(event.position().toPoint())
        return position.x() if self.is_upright else position.y()

    def show_handle(self, *, is_shown: bool) -> None:
        """Show the handle, or only the line."""
        self._handle.setVisible(is_shown)

    # --- Qt ---------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return the size of the handle."""
        return QSize(_GRIP, _GRIP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep taking the mouse on line and handle only."""
        super().resizeEvent(event)
        self._spread()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the line."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            middle = self.geometry().center()
            self._held = self._across(event) - (middle.x() if self.is_upright else middle.y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the line with the pointer."""
        if self._held is not None:
            self.moved.emit(self._across(event) - self._held)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let the line go."""
        self._held = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Go to the middle."""
        self._held = None
        self.centred.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrow keys; Return goes to the middle."""
        key = Qt.Key(event.key())
        less, more = (
            (Qt.Key.Key_Left, Qt.Key.Key_Right)
            if self.is_upright
            else (Qt.Key.Key_Up, Qt.Key.Key_Down)
        )
        is_large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = _LARGE_STEP if is_large else _STEP
        if key in (less, more):
            self.stepped.emit(step if key == more else -step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.centred.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys move the line."""
        super().focusInEvent(event)
        self._draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self._draw()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell that the pointer is over no map."""
        super().enterEvent(event)
        self.entered.emit()

    # --- pictures ---------------------------------------------------------------------------------

    def _picture(self) -> QPixmap:
        """Return the handle. It is drawn once: Python's lock would cost each frame milliseconds."""
        with _painted(QSize(_GRIP, _GRIP), self.devicePixelRatioF()) as (picture, painter):
            self._paint_grip(painter, QPointF(_GRIP / 2, _GRIP / 2))
        return picture

    def _paint_grip(self, painter: QPainter, middle: QPointF) -> None:
        rim = QColor(LIGHT.accent) if self.hasFocus() else QColor(_RIM)
        painter.setPen(QPen(rim, 2.5 if self.hasFocus() else 1.5))
        painter.setBrush(QColor("#FFFFFF"))
        radius = _GRIP / 2 - 3
        painter.drawEllipse(middle, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(LIGHT.accent))
        painter.translate(middle)
        painter.rotate(0 if self.is_upright else 90)
        for way in (-1, 1):
            tip, foot = way * (2.5 + _ARROW), way * 2.5
            points = [QPointF(tip, 0), QPointF(foot, -_ARROW), QPointF(foot, _ARROW)]
            painter.drawPolygon(QPolygonF(points))


class Crosshair(QLabel):
    """Marks in one map the place that the pointer is at in the other one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setPixmap(self._picture())
        self.resize(_CROSS, _CROSS)
        self.hide()

    def point_at(self, place: QPointF) -> None:
        """Mark a position of the parent."""
        self.move(round(place.x() - _CROSS / 2), round(place.y() - _CROSS / 2))
        if not self.isVisible():
            self.show()
            self.raise_()

    def _picture(self) -> QPixmap:
        """Return a ring with four arms, dark on light so that any ground shows them."""
        size = QSize(_CROSS, _CROSS)
        with _painted(size, self.devicePixelRatioF()) as (picture, painter):
            painter.translate(_CROSS / 2, _CROSS / 2)
            for colour, width in (("#FFFFFF", 5.0), (theme.MAP_INK, 2.0)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawEllipse(QPointF(), _CROSS_RING, _CROSS_RING)
                for _arm in range(4):
                    painter.drawLine(QPointF(_CROSS_RING, 0), QPointF(_CROSS_ARM, 0))
                    painter.rotate(90)
        return picture


def write_captions(picture: QPixmap, captions: Sequence[tuple[QRect, str]]) -> None:
    """Write a text into the top of each part of a picture; places are in style pixels."""
    font = map_font(13, is_bold=True)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setFont(font)
        for part, text in captions:
            box = QRectF(0, 0, text_width(text, font) + 2 * _CAPTION_EDGE, _CAPTION_HEIGHT)
            box.moveCenter(QPointF(part.center().x(), part.y() + _CAPTION_HEIGHT))
            painter.setPen(QPen(QColor(_RIM), 1))
            painter.setBrush(QColor(255, 255, 255, 235))
            painter.drawRoundedRect(box, 5, 5)
            painter.setPen(QColor(theme.MAP_INK))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    finally:
        painter.end()


@contextmanager
def _painted(size: QSize, ratio: float) -> Iterator[tuple[QPixmap, QPainter]]:
    """Lend an empty picture of some style pixels, and the painter for it."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        yield picture, painter
    finally:
        painter.end()
