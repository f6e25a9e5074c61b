"""The slider of the time bar: a line of days, with a mark wherever something changed."""

from math import inf

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from gridmap.base.messages import current_language
from gridmap.ui import theme
from gridmap.ui.panels.timebar_model import TimeAxis

_EDGE = 12
_LINE_Y, _MARK_TOP = 28, 5
_BELOW_LINE = 7
_SMALLER = 0.8
_MARK_WIDTH, _HANDLE = 3, 6.5
_HIT_PX = 5


class TimeSlider(QAbstractSlider):
    """Moves over days by mouse, wheel and keys; Page Up and Down go to the next change."""

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.axis = axis
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("时间轴"))
        self.show_axis(axis)
        self.setValue(axis.last)

    def show_axis(self, axis: TimeAxis) -> None:
        """Show other days; who looked at the present still does."""
        was_present = self.value() >= self.axis.last
        self.axis = axis
        self.setRange(0, axis.last)
        if was_present:
            self.setValue(axis.last)
        self.setSingleStep(1)
        self.update()

    def go(self, steps: int) -> None:
        """Go to where the map looks different next."""
        self.setValue(self.axis.step(self.value(), steps))

    # --- where things are -------------------------------------------------------------------------

    def x_of(self, position: float) -> float:
        """Return where a position is painted, in style pixels."""
        room = self.width() - 2 * _EDGE
        return _EDGE + room * position / max(self.axis.last, 1)

    def position_at(self, x: float) -> float:
        """Return the position of a place in the widget."""
        room = max(self.width() - 2 * _EDGE, 1)
        return min(max((x - _EDGE) / room, 0.0), 1.0) * self.axis.last

    def _snapped(self, x: float) -> int:
        """Return the position meant by a place: a mark that is hit wins over its neighbours."""
        position = self.position_at(x)
        mark = self.axis.nearest_mark(position, self._days_of(_HIT_PX))
        return round(position) if mark is None else mark

    def _days_of(self, pixels: float) -> float:
        return pixels * self.axis.last / max(self.width() - 2 * _EDGE, 1)

    # --- painting ---------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return a slim line."""
        return QSize(320, self._height())

    def minimumSizeHint(self) -> QSize:
        """Return what is still of use."""
        return QSize(120, self._height())

    def _height(self) -> int:
        return _LINE_Y + _BELOW_LINE + QFontMetrics(self._small_font()).height()

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _SMALLER)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line, the months, the marks and the handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.x_of(self.value())
        self._paint_months(painter)
        for start, end, colour in (
            (_EDGE, here, theme.ACCENT),
            (here, self.width() - _EDGE, theme.LINE),
        ):
            painter.setPen(_round_pen(colour, 4))
            painter.drawLine(QPointF(start, _LINE_Y), QPointF(end, _LINE_Y))
        for position in self.axis.marks:
            height = self.axis.height(position) * (_LINE_Y - _MARK_TOP - 4)
            is_past = position <= self.value()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.ACCENT if is_past else theme.MUTED))
            x = self.x_of(position)
            painter.drawRoundedRect(
                QRectF(x - _MARK_WIDTH / 2, _LINE_Y - 4 - height, _MARK_WIDTH, height), 1.5, 1.5
            )
        painter.setPen(QPen(QColor(theme.ACCENT), 2))
        painter.setBrush(QColor(theme.ACCENT if self.hasFocus() else theme.PAPER))
        painter.drawEllipse(QPointF(here, _LINE_Y), _HANDLE, _HANDLE)
        painter.end()  # Qt's buffer is shown next, whoever still holds the painter

    def _paint_months(self, painter: QPainter) -> None:
        """Write months below the line, as many as there is room for."""
        painter.setFont(self._small_font())
        painter.setPen(QColor(theme.MUTED))
        metrics = painter.fontMetrics()
        base = self.height() - metrics.descent() - 1
        last_x = -inf
        for position in range(1, self.axis.last + 1):
            day = self.axis.day_at(position)
            if day.day != 1 and position != 1:
                continue
            x = self.x_of(position)
            text = day.strftime("%Y-%m-%d" if position == 1 else "%Y-%m")
            room = metrics.horizontalAdvance(text)
            if x - last_x < room + 8 or x + room > self.width():
                continue
            painter.drawText(QPointF(max(x - 4, 2), base), text)
            last_x = x + room

    # --- Qt ---------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tell on hovering what was done on a day."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _tell(self, at: QPoint, globally: QPoint) -> None:
        QToolTip.showText(
            globally, self.axis.words(self._snapped(at.x()), current_language()), self
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the day that is pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._snapped(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self.isSliderDown():
            self.setValue(self._snapped(event.position().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Stay there."""
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go to the next change."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self.go(1 if turned < 0 else -1)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by days and by changes."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.go(steps)


def _round_pen(colour: str, width: float) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
