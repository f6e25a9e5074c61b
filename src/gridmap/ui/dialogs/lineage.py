"""Show from which cells a cell came, and what became of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.ui import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gridmap.services.lineage import Lineage, Step


class LineageDialog(QDialog):
    """One cell's lineage: origins, heirs, and how its border moved."""

    def __init__(self, parent: QWidget | None, found: "Lineage") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("网格沿革"))
        self.resize(theme.fitting(self, QSize(820, 420)))
        cell = found.cell
        words = self.tr("单元网格 {code}，{area:,.0f} 平方米，{since} 至 {until}。批文：{paper}")
        heading = QLabel(
            words.format(
                code=cell.code,
                area=cell.area_m2,
                since=cell.valid_from or "?",
                until=cell.valid_to or self.tr("今"),
                paper=found.document or self.tr("无"),
            ),
            self,
        )
        heading.setWordWrap(True)
        heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(self.tr("网格沿革"))
        self.tree.setHeaderLabels(
            [
                self.tr("日期"),
                self.tr("变更"),
                self.tr("原编码"),
                self.tr("新编码"),
                self.tr("共有面积（平方米）"),
                self.tr("批文"),
            ]
        )
        self._add(self.tr("由此而来"), found.origins)
        self._add(self.tr("变成了"), found.heirs)
        self._add_redrawings(found)
        if self.tree.topLevelItemCount() == 0:
            QTreeWidgetItem(self.tree, [self.tr("从未变更过。")]).setFirstColumnSpanned(True)
        self.tree.expandAll()
        for column in range(self.tree.columnCount()):
            self.tree.resizeColumnToContents(column)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(14)
        for part in (heading, self.tree, buttons):
            layout.addWidget(part)

    def _add(self, title: str, steps: "Sequence[Step]") -> None:
        if not steps:
            return
        top = QTreeWidgetItem(self.tree, [title])
        top.setFirstColumnSpanned(True)
        for step in steps:
            columns = [
                step.on or "?",
                step.kind_words.render(current_language()),
                step.source.code,
                step.target.code,
                f"{step.shared_m2:,.0f}",
                step.document or "",
            ]
            item = QTreeWidgetItem(top, columns)
            item.setTextAlignment(4, Qt.AlignmentFlag.AlignRight)

    def _add_redrawings(self, found: "Lineage") -> None:
        if not found.redrawn:
            return
        top = QTreeWidgetItem(self.tree, [self.tr("编码不变的改动")])
        top.setFirstColumnSpanned(True)
        for one in found.redrawn:
            said = one.intention.render(current_language())
            item = QTreeWidgetItem(top, [f"{one.at[:10]}  {one.author}  {said}"])
            item.setFirstColumnSpanned(True)
