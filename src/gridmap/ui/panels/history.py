"""The latest transactions: what was intended, when, and by whom."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from gridmap.base.messages import current_language
from gridmap.model.changes import TransactionRecord
from gridmap.ui import theme
from gridmap.ui.panels.shown import local_time


class HistoryPanel(QWidget):
    """A list of transactions, the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QTreeWidget(self)
        self.list.setAccessibleName(self.tr("操作记录"))
        self.list.setHeaderLabels(
            [self.tr("时间"), self.tr("操作"), self.tr("方式"), self.tr("操作人")]
        )
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        self.list.setUniformRowHeights(True)
        header = self.list.header()
        header.setStretchLastSection(False)
        for column in (0, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)

    def show_records(self, records: Sequence[TransactionRecord]) -> None:
        """Show these transactions; what was undone since is struck through."""
        self.list.clear()
        undone = {record.undoes for record in records if record.undoes is not None}
        for record in records:
            item = QTreeWidgetItem(
                [
                    local_time(record.at),
                    record.intention.render(current_language()),
                    self._kind(record.kind),
                    record.author,
                ]
            )
            item.setForeground(0, QBrush(QColor(theme.MUTED)))
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignCenter)
            if record.seq in undone:
                font = item.font(1)
                font.setStrikeOut(True)
                item.setFont(1, font)
            self.list.addTopLevelItem(item)

    def _kind(self, kind: str) -> str:
        return {
            "edit": self.tr("修改"),
            "undo": self.tr("撤销"),
            "redo": self.tr("重做"),
            "external": self.tr("外部程序"),
        }.get(kind, kind)
