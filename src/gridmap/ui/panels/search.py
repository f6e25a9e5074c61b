"""The search box: Chinese, pinyin, initials or a code; what fits drops down below."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.ui import theme
from gridmap.ui.icons import icon
from gridmap.ui.panels.shown import heading

if TYPE_CHECKING:
    from gridmap.services.search import Found

_WAIT_MS = 90  # between the letters of fast typing nothing is searched
_WIDE, _NARROW = 300, 220
_ROW = 32
_SHOWN = 12
_WIDTH = 480
_TARGET_ROLE, _BESIDE_ROLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class FoundDelegate(QStyledItemDelegate):
    """Paints a row of the list: what it is called, and pale to the right what it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return a row that is easy to hit."""
        return QSize(super().sizeHint(option, index).width(), _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row."""
        super().paint(painter, option, index)
        beside = index.data(_BESIDE_ROLE)
        if beside:
            room = option.rect.adjusted(option.rect.width() // 2, 0, -12, 0)
            text = painter.fontMetrics().elidedText(
                beside, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.save()
            painter.setPen(QColor(theme.MUTED))
            painter.drawText(
                room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
            )
            painter.restore()


class SearchBox(QLineEdit):
    """A line to type into, and the list below it."""

    chosen = Signal(str, str)
    """A row was chosen: its table and id."""
    entered = Signal()
    """Somebody is about to search."""
    wanted = Signal(str)
    """This text should be searched for; ``show_found`` brings the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say_today(is_said=False)
        self.setAccessibleName(self.tr("搜索"))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(_WIDE)
        self.setMaximumWidth(420)
        self.addAction(QAction(icon("search"), "", self), QLineEdit.ActionPosition.LeadingPosition)
        self.list: QListWidget | None = None
        self._is_waiting = False
        self._is_choosing = False
        """Enter was pressed before the answer came: its first row is taken."""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(lambda: self.wanted.emit(self.text()))
        self.textEdited.connect(self._on_edited)

    def save_width(self, is_narrow: bool) -> None:
        """Take less room in a narrow window."""
        self.setMinimumWidth(_NARROW if is_narrow else _WIDE)

    def say_today(self, *, is_said: bool) -> None:
        """Say, or do not say, that what is found is of today while the map shows another day."""
        plain = self.tr("搜索名称、拼音、首字母、编码（Ctrl+F）")
        self.setPlaceholderText(self.tr("搜索今天的数据（Ctrl+F）") if is_said else plain)

    def show_found(self, text: str, found: Sequence["Found"], *, is_complete: bool) -> None:
        """Show what was found for a text; an answer that comes too late is dropped."""
        if text != self.text() or not self._is_waiting:
            return
        self._is_waiting = False
        listed = self._get_list()
        listed.clear()
        for each in found[:_SHOWN]:
            title = heading(TABLE_BY_NAME[each.table], current_language())
            item = QListWidgetItem(each.label)
            item.setData(_TARGET_ROLE, (each.table, each.id))
            item.setData(_BESIDE_ROLE, " · ".join(part for part in (each.sublabel, title) if part))
            listed.addItem(item)
        if not found:
            self._say_nothing_found(listed, is_complete=is_complete)
        listed.setCurrentRow(0)
        if self._is_choosing:
            self._choose(listed.item(0))
        else:
            self._place_list(listed)

    def close_list(self) -> None:
        """Put the list away; an answer that is still to come is not shown."""
        self._is_waiting = self._is_choosing = False
        if self.list is not None:
            self.list.hide()

    def _say_nothing_found(self, listed: QListWidget, *, is_complete: bool) -> None:
        if is_complete:
            words = self.tr("没有找到。可以输入名称的一部分、拼音、首字母或编码开头。")
        else:
            words = self.tr("正在建立索引，请稍候…")
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        listed.addItem(item)

    def _get_list(self) -> QListWidget:
        """Return the list; it floats over the window, so it belongs to that."""
        if self.list is None:
            self.list = QListWidget(self.window())
            self.list.setObjectName("found")
            self.list.setAccessibleName(self.tr("搜索结果"))
            self.list.setItemDelegate(FoundDelegate(self.list))
            self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.list.itemClicked.connect(self._choose)
        return self.list

    def _place_list(self, listed: QListWidget) -> None:
        window = self.window()
        below = self.mapTo(window, QPoint(0, self.height() + 4))
        width = max(self.width(), _WIDTH)
        left = min(below.x(), window.width() - width - 8)
        listed.setGeometry(left, below.y(), width, min(listed.count(), _SHOWN) * _ROW + 14)
        listed.raise_()
        listed.show()

    def _on_edited(self, text: str) -> None:
        self._is_choosing = False
        self._is_waiting = bool(text.strip())
        if self._is_waiting:
            self._wait.start()
        else:
            self._wait.stop()
            self.close_list()

    def _choose(self, item: QListWidgetItem | None) -> None:
        target = item.data(_TARGET_ROLE) if item is not None else None
        if target:
            self.close_list()
            self.chosen.emit(*target)

    def _on_enter(self) -> None:
        """Take the current row; one that types faster than is searched takes the first."""
        if self._is_waiting:
            self._is_choosing = True
        elif self.list is not None and self.list.isVisible():
            self._choose(self.list.currentItem())

    def _step(self, steps: int) -> None:
        if self.list is not None and self.list.isVisible():
            last = self.list.count() - 1
            self.list.setCurrentRow(min(max(self.list.currentRow() + steps, 0), last))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the list while typing."""
        is_open = self.list is not None and self.list.isVisible()
        done: dict[Qt.Key, Callable[[], Any]] = {
            Qt.Key.Key_Down: lambda: self._step(1),
            Qt.Key.Key_Up: lambda: self._step(-1),
            Qt.Key.Key_PageDown: lambda: self._step(6),
            Qt.Key.Key_PageUp: lambda: self._step(-6),
            Qt.Key.Key_Escape: self.close_list,
        }
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
            return
        act = done.get(Qt.Key(event.key()))
        if act is not None and is_open:
            act()
            return
        super().keyPressEvent(event)

    def ask_again(self) -> None:
        """Search once more for what stands in the line: more can be found now."""
        if self.hasFocus() and self.text().strip():
            self._is_waiting = True
            self.wanted.emit(self.text())

    def focusInEvent(self, event: Any) -> None:
        """Tell that a search is about to begin."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: Any) -> None:
        """Put the list away."""
        super().focusOutEvent(event)
        self.close_list()
