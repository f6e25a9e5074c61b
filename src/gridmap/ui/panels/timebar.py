"""The time bar below the map: which day is shown, and the way to another one."""

from datetime import date

from PySide6.QtCore import QDate, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QToolButton, QWidget

from gridmap.ui.icons import icon
from gridmap.ui.panels.timebar_axis import TimeSlider
from gridmap.ui.panels.timebar_model import TimeAxis

_PLAY_MS = 1_000
_ICON = QSize(18, 18)


class TimeBar(QWidget):
    """Slider, buttons and a date to type; ``moved`` tells every position that is gone to."""

    moved = Signal(int)
    """The map should show this position of the axis."""
    leave_wanted = Signal()

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.slider = TimeSlider(axis, self)
        self.back = self._button("step_back", self.tr("上一次修改之前（Page Up）"))
        self.play = self._button("play", self.tr("从头播放"))
        self.forward = self._button("step_forward", self.tr("下一次修改（Page Down）"))
        self.date = QDateEdit(self)
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setAccessibleName(self.tr("日期"))
        self.today = QToolButton(self)
        self.today.setText(self.tr("回到今天"))
        self.close_button = self._button("close", self.tr("关闭时间轴（Esc）"))
        self._timer = QTimer(self)
        self._timer.setInterval(_PLAY_MS)
        self._lay_out()
        self._connect()
        self.show_axis(axis)

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setIconSize(_ICON)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(2)
        for button in (self.back, self.play, self.forward):
            layout.addWidget(button)
        layout.addWidget(self.slider, 1)
        for widget in (self.date, self.today, self.close_button):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self._step(-1))
        self.forward.clicked.connect(lambda: self._step(1))
        self.play.clicked.connect(self.toggle_play)
        self.today.clicked.connect(self.go_to_today)
        self.close_button.clicked.connect(self.leave_wanted)
        self.date.dateChanged.connect(self._on_date)
        self.slider.valueChanged.connect(self._on_value)
        self.slider.sliderPressed.connect(self.stop)
        self._timer.timeout.connect(self._on_tick)

    @property
    def is_playing(self) -> bool:
        """Return whether it goes from change to change by itself."""
        return self._timer.isActive()

    def show_axis(self, axis: TimeAxis) -> None:
        """Show other days, e.g. because something changed."""
        self.slider.show_axis(axis)
        self.date.blockSignals(True)  # its limits are no wish to go anywhere
        self.date.setDateRange(_qt_date(axis.first), _qt_date(axis.today))
        self.date.blockSignals(False)
        self._show_value(self.slider.value())

    def go_to_today(self) -> None:
        """Show the present."""
        self.stop()
        self.slider.setValue(self.slider.axis.last)

    def toggle_play(self) -> None:
        """Go from change to change by itself, or stop; from the present it begins anew."""
        if self.is_playing:
            self.stop()
            return
        if self.slider.value() >= self.slider.axis.last:
            self.slider.setValue(0)
        self._timer.start()
        self._show_play()

    def stop(self) -> None:
        """Play no longer."""
        self._timer.stop()
        self._show_play()

    def _on_tick(self) -> None:
        self.slider.go(1)
        if self.slider.value() >= self.slider.axis.last:
            self.stop()

    def _show_play(self) -> None:
        self.play.setIcon(icon("pause" if self.is_playing else "play"))

    def _step(self, steps: int) -> None:
        self.stop()
        self.slider.go(steps)

    def _on_date(self, day: QDate) -> None:
        axis = self.slider.axis
        self.stop()
        self.slider.setValue(axis.position_of(date(day.year(), day.month(), day.day())))

    def _on_value(self, position: int) -> None:
        self._show_value(position)
        self.moved.emit(position)

    def _show_value(self, position: int) -> None:
        axis = self.slider.axis
        self.date.blockSignals(True)  # it follows here, it does not lead
        self.date.setDate(_qt_date(axis.day_at(position)))
        self.date.blockSignals(False)
        self.slider.setAccessibleDescription(axis.name(position))
        self.back.setEnabled(position > 0)
        self.forward.setEnabled(position < axis.last)
        self.today.setEnabled(position < axis.last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc, play by space."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.toggle_play()
        else:
            super().keyPressEvent(event)


def _qt_date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
