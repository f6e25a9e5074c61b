"""A plan beside the official division: which cells change, as a table that leads to the places."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui.tools.plan_marks import COLOURS

if TYPE_CHECKING:
    from gridmap.services.plan_diff import CellChange, PlanDiff

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST_ROWS = 5_000


class PlanDiffPanel(QWidget):
    """The comparison of one plan."""

    place_wanted = Signal(object)
    """The place of a cell should be shown (``CellChange``)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self._changes: tuple[CellChange, ...] = ()
        self.table = QTableWidget(0, 8, self)
        self.table.setAccessibleName(self.tr("方案和现行划分的差别"))
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("变化"),
                self.tr("编码"),
                self.tr("名称"),
                self.tr("原面积（平方米）"),
                self.tr("新面积（平方米）"),
                self.tr("原户数"),
                self.tr("新户数"),
                self.tr("来自"),
            ]
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(12, 6, 12, 6)
        self._buttons.addWidget(self.summary, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._buttons)
        layout.addWidget(self.table)

    def add_action(self, action: QAction) -> None:
        """Put a button at the right end of the line above the table."""
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons.addWidget(button)

    def clear(self, text: str = "") -> None:
        """Show no comparison, and why."""
        self._changes = ()
        self.table.setRowCount(0)
        self.summary.setText(text)

    def show_diff(self, found: "PlanDiff") -> None:
        """Show what a plan changes."""
        self._changes = found.changes[:_MOST_ROWS]
        self.summary.setText(self._sum_up(found))
        self.table.setRowCount(len(self._changes))
        codes = {one.official_id: one.code for one in found.changes}
        origins: dict[str, list[str]] = {}
        for flow in found.flows:
            text = self.tr("{code}（{area:,.0f} 平方米，{households} 户）").format(
                code=codes.get(flow.source, "?"),
                area=flow.area_m2,
                households=flow.households,
            )
            origins.setdefault(flow.target, []).append(text)
        for row, one in enumerate(self._changes):
            origin = self.tr("、").join(origins.get(one.plan_id or "", ()))
            self._fill(row, one, origin)

    def _fill(self, row: int, one: "CellChange", origin: str) -> None:
        texts = (
            self.deed(one.deed),
            one.code,
            one.name,
            _number(one.area_m2_before),
            _number(one.area_m2_after),
            _number(one.households_before),
            _number(one.households_after),
            origin,
        )
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if 3 <= column <= 6:
                item.setTextAlignment(_RIGHT)
            if column == 0:
                item.setForeground(QColor(COLOURS[one.deed]))
            self.table.setItem(row, column, item)

    def deed(self, deed: str) -> str:
        """Return what happens to a cell, in words."""
        return {
            "new": self.tr("新设"),
            "ended": self.tr("终止"),
            "reshaped": self.tr("边界调整"),
            "described": self.tr("属性调整"),
        }[deed]

    def _sum_up(self, found: "PlanDiff") -> str:
        if found.is_empty:
            return self.tr("方案“{name}”和现行划分完全一样。").format(name=found.plan.name)
        text = self.tr(
            "方案“{name}”：调整 {changed:,} 个网格，终止 {ended:,} 个，新设 {new:,} 个；"
            "{area:,.0f} 平方米、{households:,} 户换了网格。"
        ).format(
            name=found.plan.name,
            changed=found.count("reshaped") + found.count("described"),
            ended=found.count("ended"),
            new=found.count("new"),
            area=found.area_moved_m2,
            households=found.households_moved,
        )
        if found.official_changed:
            text += "\n" + self.tr(
                "注意：方案编制之后，现行划分又改了 {codes}。请先“并入现行的改动”，再批准。"
            ).format(codes=self.tr("、").join(found.official_changed))
        return text

    def _on_selected(self) -> None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        if rows:
            self.place_wanted.emit(self._changes[min(rows)])


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"
