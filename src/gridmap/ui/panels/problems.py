"""What a check found wrong: a list whose lines lead to the place."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui.icons import icon

if TYPE_CHECKING:
    from gridmap.store.check import Problem


class ProblemsPanel(QWidget):
    """The problems of the last check."""

    place_wanted = Signal(object)
    """The place of a problem should be shown (``Place``)."""
    repair_wanted = Signal()
    """What can be mended without a person should be mended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary = QLabel(self.tr("还没有检查过。按 F7 开始检查。"), self)
        self._summary.setContentsMargins(12, 8, 12, 6)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("检查结果"))
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._on_activated)
        self.list.itemClicked.connect(self._on_activated)
        self.repair = QPushButton(self.tr("修复能自动修复的(&X)"), self)
        self.repair.clicked.connect(self.repair_wanted)
        self.repair.hide()
        above = QHBoxLayout()
        above.setContentsMargins(0, 4, 12, 4)
        above.addWidget(self._summary, 1)
        above.addWidget(self.repair)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.list)

    def clear(self) -> None:
        """Show that nothing has been checked."""
        self.list.clear()
        self.repair.hide()
        self._summary.setText(self.tr("还没有检查过。按 F7 开始检查。"))

    def show_problems(self, problems: Sequence["Problem"], *, is_writable: bool) -> None:
        """Show what was found."""
        self.list.clear()
        self.repair.setVisible(bool(problems) and is_writable)
        if problems:
            text = self.tr("发现 {count} 个问题，点击一行可查看位置。").format(count=len(problems))
        else:
            text = self.tr("没有发现问题，工作库完好。")
        self._summary.setText(text)
        for problem in problems:
            item = QListWidgetItem(icon("bad"), str(problem.text))
            item.setData(Qt.ItemDataRole.UserRole, problem.place)
            self.list.addItem(item)

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.place_wanted.emit(item.data(Qt.ItemDataRole.UserRole))
