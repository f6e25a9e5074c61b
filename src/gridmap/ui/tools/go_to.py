"""Go to pasted coordinates: a line to paste into, and below it what they may mean."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridmap.report.fonts import map_font
from gridmap.ui.icons import icon
from gridmap.ui.tools.floating import Floating
from gridmap.ui.tools.pins import COLOURS

if TYPE_CHECKING:
    from gridmap.services.places import Reading, Readings

_Index = QModelIndex | QPersistentModelIndex
_WIDTH, _COLUMNS = 520, 66
_WAIT_MS = 120
_NUMBER_ROLE, _BESIDE_ROLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_DIGITS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2}
_FAR_M = 10_000.0


class _ReadingDelegate(QStyledItemDelegate):
    """Paints a reading: its pin's number, its name, and pale below it where that is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return room for two lines."""
        line = option.fontMetrics.height()
        return QSize(super().sizeHint(option, index).width(), 2 * line + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row; its text is drawn here, not by the style."""
        self.initStyleOption(option, index)
        name, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        number = int(index.data(_NUMBER_ROLE))
        line = option.fontMetrics.height()
        badge = QRect(option.rect.left() + 10, 0, line + 6, line + 6)
        badge.moveTop(option.rect.center().y() - badge.height() // 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(COLOURS[number])
        painter.drawEllipse(badge)
        painter.setPen(QColor("#FFFFFF"))
        painter.setFont(map_font(line * 0.75, is_bold=True))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        room = option.rect.adjusted(badge.right() - option.rect.left() + 12, 5, -10, -5)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(room, Qt.AlignmentFlag.AlignTop, name)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        beside = option.fontMetrics.elidedText(
            str(index.data(_BESIDE_ROLE)), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignBottom, beside)
        painter.restore()


class _ReadingList(QListWidget):
    """The readings; arrows move, all other keys are the panel's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys that choose and close to the panel."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()


class GoToPanel(Floating):
    """Floats over the map, so that the pins can be looked at before one is chosen."""

    text_changed = Signal(str)
    """Other coordinates stand in the line; ``show_readings`` or ``show_problem`` answers."""
    looked_at = Signal(int)
    """This reading is the current one."""
    chosen = Signal(int)
    """This reading is right: go there."""
    close_wanted = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(self.tr("粘贴坐标或手机地图的链接，例如 116.397,39.908"))
        self.line.setAccessibleName(self.tr("坐标"))
        self.line.setClearButtonEnabled(True)
        self.list = _ReadingList(self)
        self.list.setAccessibleName(self.tr("坐标可能的位置"))
        self.list.setItemDelegate(_ReadingDelegate(self.list))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hint = QLabel(self)
        self.hint.setObjectName("muted")
        self.hint.setWordWrap(True)
        self.go = QPushButton(self.tr("转到(&G)"), self)
        self.go.setDefault(True)
        self._readings: Readings | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._arrange()
        self._connect()
        self._show_nothing()
        self.show()
        self.place()

    def _arrange(self) -> None:
        title = QLabel(self.tr("转到坐标"), self)
        title.setObjectName("floatingText")
        close = QToolButton(self)
        close.setIcon(icon("close"))
        close.setToolTip(self.tr("关闭（Esc）"))
        close.setAccessibleName(self.tr("关闭"))
        close.clicked.connect(self.close_wanted)
        above = QHBoxLayout()
        above.addWidget(title, 1)
        above.addWidget(close)
        below = QHBoxLayout()
        below.addWidget(self.hint, 1)
        below.addWidget(self.go, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 10, 12)
        layout.setSpacing(8)
        layout.addLayout(above)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        layout.addLayout(below)

    def _connect(self) -> None:
        self._wait.timeout.connect(lambda: self.text_changed.emit(self.line.text()))
        self.line.textChanged.connect(self._on_text)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemDoubleClicked.connect(lambda _item: self._choose(self.list.currentRow()))
        self.go.clicked.connect(lambda: self._choose(self.list.currentRow()))

    def sizeHint(self) -> QSize:
        """Return a width in which a link can be read, and the height of the content."""
        layout = self.layout()
        width = max(_WIDTH, self.fontMetrics().horizontalAdvance("0") * _COLUMNS)
        height = layout.heightForWidth(width) if layout is not None else 0
        return QSize(width, height)

    def show_text(self, text: str) -> None:
        """Put a text into the line, and ask at once what it means."""
        self.line.setText(text)
        self.line.selectAll()
        self.line.setFocus()
        if text.strip():
            self._wait.stop()
            self.text_changed.emit(text)

    def show_readings(self, readings: "Readings") -> None:
        """Show what the text may mean; the keys choose now."""
        self._readings = readings
        self.list.blockSignals(True)
        self.list.clear()
        for number, reading in enumerate(readings.readings):
            item = QListWidgetItem(str(reading.name))
            item.setData(_NUMBER_ROLE, number)
            item.setData(_BESIDE_ROLE, self._beside(reading))
            item.setToolTip(item.data(_BESIDE_ROLE))
            self.list.addItem(item)
        self.list.setCurrentRow(readings.likely)
        self.list.blockSignals(False)
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * self.list.count() + 6)
        self.list.show()
        self.go.setEnabled(True)
        self.hint.setText(self._advice(readings))
        self.list.setFocus()
        self.place()

    def show_problem(self, text: str) -> None:
        """Say why the text names no place."""
        self._show_nothing()
        self.hint.setText(text)
        self.place()

    def _show_nothing(self) -> None:
        self._readings = None
        self.list.clear()
        self.list.hide()
        self.go.setEnabled(False)
        self.hint.setText(
            self.tr("认识度、度分秒、以米为单位的平面坐标，以及高德、腾讯、百度地图的链接。")
        )

    def _beside(self, reading: "Reading") -> str:
        """Return where a reading lies, in words."""
        told = [self._reach(reading)]
        told += [each.label for each in reading.beside if each.distance_m == 0]
        if reading.apart_m >= 1:
            told.append(self.tr("相距 {metres:,.0f} 米").format(metres=reading.apart_m))
        return " · ".join(part for part in told if part)

    def _reach(self, reading: "Reading") -> str:
        if reading.outside_m is None:
            return ""
        if reading.outside_m == 0:
            return self.tr("在本街道内")
        if reading.outside_m < _FAR_M:
            return self.tr("在本街道外 {metres:,.0f} 米").format(metres=reading.outside_m)
        return self.tr("在本街道外 {kilometres:,.0f} 公里").format(
            kilometres=reading.outside_m / 1000
        )

    def _advice(self, readings: "Readings") -> str:
        if len(readings.readings) == 1:
            return self.tr("按回车转到那里。")
        return self.tr("可能是 {number}：{because}。按 1、2、3 选择，或用方向键和回车。").format(
            number=readings.likely + 1, because=readings.because
        )

    def _on_text(self, text: str) -> None:
        if text.strip():
            self._wait.start()
        else:
            self._wait.stop()
            self._show_nothing()
            self.place()

    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.looked_at.emit(row)

    def _choose(self, row: int) -> None:
        if self._readings is not None and 0 <= row < len(self._readings.readings):
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter or by the number of a pin, close by Esc."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentRow())
        elif key in _DIGITS and not self.line.hasFocus():
            self._choose(_DIGITS[key])
        elif key == Qt.Key.Key_Down and self.line.hasFocus() and self.list.isVisible():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)
