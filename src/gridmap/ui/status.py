"""The status bar: where the pointer is, the scale, and the work that goes on."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStatusBar,
    QToolButton,
    QWidget,
)

from gridmap.ui import theme
from gridmap.ui.icons import icon
from gridmap.ui.work import Job

_NOTE_MS = 8_000
_PLACE_WIDTH, _SCALE_WIDTH = 430, 110
_OTHERS_WIDTH = 330
"""What the scale, the selection and a passing note need at least."""


class BusyBox(QWidget):
    """The work that goes on: what it is, how far, and a button that stops it."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("busy")
        self._text = QLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setFixedWidth(160)
        self.bar.setTextVisible(False)
        self.button = QToolButton(self)
        self.button.setIcon(icon("stop"))
        self.button.setText(self.tr("停止"))
        self.button.setToolTip(self.tr("停止当前任务（Ctrl+.）"))
        self.button.clicked.connect(self.stopped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._text, self.bar, self.button):
            layout.addWidget(widget)
        self.hide()

    def show_job(self, job: Job | None) -> None:
        """Show how far a job is; None hides the box."""
        self.setVisible(job is not None)
        if job is None:
            return
        done, total, what = job.latest or (0, 0, None)
        words = [job.title] if what is None or str(what) == job.title else [job.title, str(what)]
        if job.is_cancelled:
            words = [job.title, self.tr("正在停止…")]
        self._text.setText(" · ".join(words))
        self.bar.setRange(0, total)
        self.bar.setValue(min(done, total))
        self.button.setEnabled(not job.is_cancelled)


class Status(QStatusBar):
    """The status bar of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.busy = BusyBox(self)
        self.place = QLabel(self)
        self.scale = QLabel(self)
        self.selection = QLabel(self)
        self.addPermanentWidget(self.busy)
        for label in (self.selection, self.place, self.scale):
            self.addPermanentWidget(label)
        self.setSizeGripEnabled(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the places of the texts steady, without making a narrow window wider."""
        super().resizeEvent(event)
        room = self.width() - theme.sized(_OTHERS_WIDTH)
        self.place.setMinimumWidth(max(min(room, theme.sized(_PLACE_WIDTH)), 0))
        self.scale.setMinimumWidth(theme.sized(_SCALE_WIDTH))

    def note(self, text: str) -> None:
        """Say something in passing."""
        self.showMessage(text, _NOTE_MS)

    def show_place(self, xy: tuple[float, float], lonlat: tuple[float, float] | None) -> None:
        """Show where the pointer is: metres, and degrees where they are known."""
        east, north = xy
        text = self.tr("东 {east:,.1f}  北 {north:,.1f} 米").format(east=east, north=north)
        if lonlat is not None:
            text += f"    {lonlat[0]:.6f}°E  {lonlat[1]:.6f}°N"
        self.place.setText(text)

    def forget_place(self) -> None:
        """Show no place until the pointer is known to be over one."""
        self.place.clear()

    def show_scale(self, denominator: float) -> None:
        """Show the scale, rounded so that it can be read."""
        digits = 10 ** max(len(str(int(denominator))) - 2, 0)
        self.scale.setText(f"1 : {round(denominator / digits) * digits:,}")

    def show_selection(self, text: str) -> None:
        """Show what is selected."""
        self.selection.setText(text)

    def clear_map(self) -> None:
        """Show nothing of a map any more."""
        for label in (self.place, self.scale, self.selection):
            label.clear()
