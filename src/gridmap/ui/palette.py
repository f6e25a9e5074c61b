"""The command palette: one line over the window, and below it all that fits what is typed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui.icons import icon

if TYPE_CHECKING:
    from gridmap.ui.palette_model import Entry

_Index = QModelIndex | QPersistentModelIndex
_WIDTH, _COLUMNS, _ABOVE, _BESIDE, _ICON_PX, _SHOWN = 660, 84, 64, 20, 18, 12
_ENTRY_ROLE = Qt.ItemDataRole.UserRole
_SHADOW = QColor(20, 30, 40, 90)


class _EntryDelegate(QStyledItemDelegate):
    """Paints an entry: icon and text, and pale to the right its key or what it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return a row that is easy to hit."""
        width = super().sizeHint(option, index).width()
        return QSize(width, option.fontMetrics.height() + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row."""
        entry: Entry = index.data(_ENTRY_ROLE)
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        role = QPalette.ColorRole
        pale = option.palette.color(role.PlaceholderText)
        painter.save()
        left, middle = option.rect.left() + 12, option.rect.center().y()
        painter.setOpacity(0.4 if entry.why_not else 1.0)
        if entry.icon:
            picture = icon(entry.icon)
            picture.paint(painter, left, middle - _ICON_PX // 2, _ICON_PX, _ICON_PX)
        painter.setOpacity(1.0)
        room = option.rect.adjusted(_ICON_PX + 24, 0, -12, 0)
        metrics = option.fontMetrics
        beside = metrics.elidedText(
            entry.why_not or entry.beside, Qt.TextElideMode.ElideRight, room.width() // 2
        )
        painter.setPen(pale)
        upright = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, upright | Qt.AlignmentFlag.AlignRight, beside)
        room.setRight(room.right() - metrics.horizontalAdvance(beside) - 16)
        painter.setPen(pale if entry.why_not else option.palette.color(role.Text))
        text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, upright | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class Palette(QFrame):
    """Floats over a window; it closes by Esc, by a choice, or when the focus goes elsewhere."""

    asked = Signal(str)
    """This stands in the line; ``show_entries`` answers."""
    chosen = Signal(object)
    """This ``Entry`` was chosen; the palette is closed already."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self._window = window
        self._before: QWidget | None = None
        self._is_choosing = False
        """Enter was pressed before the answer came: its first entry is taken."""
        self.line = QLineEdit(self)
        self.line.setObjectName("paletteLine")
        self.line.setAccessibleName(self.tr("命令面板"))
        self.line.setPlaceholderText(
            self.tr("输入命令、地名、图层或坐标（汉字、拼音、首字母均可）")
        )
        self.list = QListWidget(self)
        self.list.setObjectName("paletteList")
        self.list.setAccessibleName(self.tr("命令和地点"))
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 6)
        shadow.setColor(_SHADOW)
        self.setGraphicsEffect(shadow)
        self.line.textEdited.connect(self._on_edited)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)
        window.installEventFilter(self)
        self.hide()

    @property
    def entries(self) -> "list[Entry]":
        """Return what is listed."""
        return [self.list.item(row).data(_ENTRY_ROLE) for row in range(self.list.count())]

    def open(self) -> None:
        """Show an empty line, with the focus in it."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._is_choosing = False
        self.line.clear()
        self.list.clear()
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus()
        self.asked.emit("")

    def close_again(self) -> None:
        """Put it away, and give the focus back."""
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()

    def show_entries(self, entries: "Sequence[Entry]") -> None:
        """List what was found; the line that was current stays so if it is there again."""
        current = self.list.currentItem()
        kept = current.data(_ENTRY_ROLE).key if current is not None else None
        at_top = self.list.currentRow() <= 0
        self.list.clear()
        row = 0
        for number, entry in enumerate(entries):
            item = QListWidgetItem(entry.text)
            item.setData(_ENTRY_ROLE, entry)
            item.setToolTip(entry.why_not)
            self.list.addItem(item)
            if not at_top and entry.key == kept:
                row = number
        self.list.setCurrentRow(row)
        self._place()
        if self._is_choosing:
            self._choose(self.list.currentItem())

    def _place(self) -> None:
        roomy = max(_WIDTH, self.fontMetrics().horizontalAdvance("0") * _COLUMNS)
        width = min(roomy, self._window.width() - 2 * _BESIDE)
        rows = min(self.list.count(), _SHOWN)
        self.list.setVisible(bool(rows))
        if rows:
            self.list.setFixedHeight(self.list.sizeHintForRow(0) * rows + 10)
        layout = self.layout()
        height = layout.totalSizeHint().height() if layout is not None else 0
        self.setGeometry((self._window.width() - width) // 2, _ABOVE, width, height)

    def _on_edited(self, text: str) -> None:
        self._is_choosing = False
        self.asked.emit(text)

    def _choose(self, item: QListWidgetItem | None) -> None:
        self._is_choosing = item is None
        entry: Entry | None = item.data(_ENTRY_ROLE) if item is not None else None
        if entry is not None and not entry.why_not:
            self.close_again()
            self.chosen.emit(entry)

    def _key(self, event: QKeyEvent) -> bool:
        """Move, choose and close by keys; all others are typed."""
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _SHOWN - 1,
            Qt.Key.Key_PageUp: 1 - _SHOWN,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.close_again()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)  # there is nowhere else to go
        return True

    def _step(self, steps: int) -> None:
        count = self.list.count()
        if not count:
            return
        row = self.list.currentRow() + steps
        if abs(steps) == 1:
            row %= count  # round and round
        self.list.setCurrentRow(min(max(row, 0), count - 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the line, follow the window's size, close when the focus goes."""
        kind = event.type()
        if watched is self.line:
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
                return True
            if kind == QEvent.Type.FocusOut and self.isVisible() and not self.list.underMouse():
                self.hide()
        elif kind == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
