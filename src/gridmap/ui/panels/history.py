"""The latest edits as sentences: which of them hold, and the way back (or on) to any of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.ui import theme
from gridmap.ui.icons import icon
from gridmap.ui.panels.shown import local_time

if TYPE_CHECKING:
    from gridmap.services.history import Entry

_SEQ = Qt.ItemDataRole.UserRole
_TINT = 0.14
_SHOWN_AT_FIRST = 200
"""After each edit they are listed anew: more take longer than an edit may."""
_TIMES_MORE = 5


class HistoryPanel(QWidget):
    """A list of edits, the newest first; a double click goes back, or on, to one of them."""

    go_wanted = Signal(int)
    """The workspace should become as it was right after an entry."""
    older_wanted = Signal()
    """More entries should be shown: as many as ``limit`` says now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[int, Entry] = {}
        self._may_go = False
        self.limit = _SHOWN_AT_FIRST
        """How many entries are shown at most."""
        self.list = QTreeWidget(self)
        self.list.setAccessibleName(self.tr("操作记录"))
        self.list.setHeaderLabels(
            ["", self.tr("时间"), self.tr("操作"), self.tr("方式"), self.tr("操作人")]
        )
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        self.list.setUniformRowHeights(True)
        header = self.list.header()
        header.setStretchLastSection(False)
        for column in (0, 1, 3, 4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.list.itemActivated.connect(lambda item, _column: self._go(item))
        self.list.currentItemChanged.connect(lambda *_: self._show_way())
        self.go = QPushButton(icon("history"), self.tr("回到这里(&G)"), self)
        self.go.clicked.connect(lambda: self._go(self.list.currentItem()))
        self.way = QLabel(self)
        self.way.setObjectName("muted")
        below = QHBoxLayout()
        below.setContentsMargins(12, 4, 12, 6)
        below.setSpacing(10)
        below.addWidget(self.go)
        below.addWidget(self.way, 1)
        self.older = QPushButton(self.tr("更早的(&O)"), self)
        self.older.clicked.connect(self._show_older)
        self.older.hide()
        below.addWidget(self.older)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addLayout(below)
        self._show_way()

    def allow(self, *, may_go: bool) -> None:
        """Say whether anything can be changed now."""
        self._may_go = may_go
        self._show_way()

    def show_entries(self, entries: "Sequence[Entry]") -> None:
        """Show edits; what is undone is struck through, and the one that holds last is marked."""
        chosen = self._seq(self.list.currentItem())
        self._entries = {entry.record.seq: entry for entry in entries}
        self.older.setVisible(len(entries) >= self.limit)
        self.list.clear()
        for entry in entries:
            item = self._item(entry)
            self.list.addTopLevelItem(item)
            if entry.record.seq == chosen:
                self.list.setCurrentItem(item)
        self._show_way()

    def _show_older(self) -> None:
        self.limit *= _TIMES_MORE
        self.older_wanted.emit()

    def _item(self, entry: "Entry") -> QTreeWidgetItem:
        record = entry.record
        item = QTreeWidgetItem(
            [
                "▶" if entry.is_current else "",
                local_time(record.at),
                record.intention.render(current_language()),
                self._kind(entry),
                record.author,
            ]
        )
        item.setData(0, _SEQ, record.seq)
        item.setForeground(0, QBrush(QColor(theme.ACCENT)))
        item.setForeground(1, QBrush(QColor(theme.MUTED)))
        item.setTextAlignment(3, Qt.AlignmentFlag.AlignCenter)
        if entry.is_current:
            item.setToolTip(0, self.tr("现在的状态"))
        font = item.font(2)
        font.setStrikeOut(entry.is_undone)
        font.setBold(entry.is_current)
        item.setFont(2, font)
        if entry.is_undone:
            item.setForeground(2, QBrush(QColor(theme.MUTED)))
        return item

    def _kind(self, entry: "Entry") -> str:
        if entry.is_lost:
            return self.tr("已撤销，不能重做")
        if entry.is_undone:
            return self.tr("已撤销")
        return {"external": self.tr("外部程序"), "made": self.tr("新建")}.get(
            entry.record.kind, self.tr("修改")
        )

    def _seq(self, item: QTreeWidgetItem | None) -> int | None:
        return None if item is None else item.data(0, _SEQ)

    def _between(self, seq: int) -> set[int]:
        """Return the edits that going to an entry would undo, or do again."""
        chosen = self._entries[seq]
        if chosen.is_lost:
            return set()
        if chosen.is_undone:
            known = self._entries.items()
            return {at for at, one in known if at <= seq and one.is_undone and not one.is_lost}
        return {at for at, one in self._entries.items() if at > seq and not one.is_undone}

    def _show_way(self) -> None:
        """Tell what going to the chosen entry would undo, or do again."""
        seq = self._seq(self.list.currentItem())
        entry = self._entries.get(seq) if seq is not None else None
        between = self._between(entry.record.seq) if entry is not None else set()
        self._stress(between)
        steps = len(between)
        if entry is None:
            text = self.tr("选中一条，可以回到它刚做完时的状态。")
        elif entry.is_current:
            text = self.tr("现在就在这里。")
        elif entry.is_lost:
            text = self.tr("它撤销之后又做了别的修改，回不去了。")
        elif entry.is_undone:
            text = self.tr("会重做 {count} 步，到这一条为止。").format(count=steps)
        else:
            text = self.tr("会撤销它之后的 {count} 步；之后还可以再回来。").format(count=steps)
        self.way.setText(text)
        is_reachable = entry is not None and not entry.is_lost and not entry.is_current
        self.go.setEnabled(is_reachable and self._may_go)

    def _stress(self, seqs: set[int]) -> None:
        """Tint the edits that would be undone or done again."""
        tint = QColor(theme.ACCENT)
        tint.setAlphaF(_TINT)
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None:
                is_stressed = item.data(0, _SEQ) in seqs
                item.setBackground(2, QBrush(tint) if is_stressed else QBrush())

    def _go(self, item: QTreeWidgetItem | None) -> None:
        seq = self._seq(item)
        if seq is None or not self._may_go:
            return
        entry = self._entries[seq]
        if not (entry.is_current or entry.is_lost):
            self.go_wanted.emit(seq)
