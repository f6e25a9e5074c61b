"""What the rules of the division find: grouped by rule, each line leads to its place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui import theme
from gridmap.ui.icons import icon
from gridmap.ui.panels.rules_model import MOST_SHOWN, Arranged, Group

if TYPE_CHECKING:
    from gridmap.services.rule_findings import Finding

_FINDING = Qt.ItemDataRole.UserRole
_RULE = Qt.ItemDataRole.UserRole + 1
_FEW = 8
_ICONS = {"error": "bad", "warning": "caution", "info": "info"}


class RulesPanel(QWidget):
    """The findings; buttons mend them, or accept them with a reason."""

    place_wanted = Signal(object)
    """The place of a finding should be shown (``Finding``)."""
    mend_wanted = Signal(object)
    """Findings should be mended (a tuple of ``Finding``)."""
    accept_wanted = Signal(object, str)
    """A finding should be accepted, for a reason."""
    withdraw_wanted = Signal(object)
    """An accepted finding should count again."""
    borders_wanted = Signal(str)
    """The torn borders of a layer should be mended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Arranged()
        self._groups: dict[str, Group] = {}
        self._closed: set[str] | None = None
        self._may_change = False
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.list = self._make_list()
        self.mend = QPushButton(icon("mend"), self.tr("修补(&X)"), self)
        self.mend.setToolTip(self.tr("用可靠的办法修补选中的这一处"))
        self.mend.clicked.connect(self._on_mend)
        self.mend_all = QPushButton(self.tr("全部修补(&A)"), self)
        self.mend_all.setToolTip(self.tr("修补所有有可靠办法的，一步就能撤销"))
        self.mend_all.clicked.connect(self._on_mend_all)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(self.tr("认可的理由"))
        self.reason.setAccessibleName(self.tr("认可的理由"))
        self.reason.textChanged.connect(lambda _text: self._offer())
        self.reason.returnPressed.connect(self._on_accept)
        self.accept = QPushButton(self)
        self.accept.clicked.connect(self._on_accept)
        self.borders = QToolButton(self)
        self._make_borders_menu()
        self._lay_out()
        self.clear()

    def _make_list(self) -> QTreeWidget:
        found = QTreeWidget(self)
        found.setAccessibleName(self.tr("划分规则"))
        found.setHeaderLabels([self.tr("规则和问题"), self.tr("修补"), self.tr("认可的理由")])
        found.setAlternatingRowColors(True)
        found.setUniformRowHeights(True)
        header = found.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        found.currentItemChanged.connect(lambda *_: self._on_current())
        found.itemClicked.connect(lambda item, _column: self._go(item))
        found.itemActivated.connect(lambda item, _column: self._go(item))
        found.itemExpanded.connect(self._fill)
        return found

    def _make_borders_menu(self) -> None:
        self.borders.setIcon(icon("mend"))
        self.borders.setText(self.tr("修补导入的边界"))
        self.borders.setToolTip(self.tr("让导入的图层里相邻的面重新共用边界"))
        self.borders.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.borders.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.borders.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self.borders)
        for table, text in (
            ("community", self.tr("社区")),
            ("cell", self.tr("单元网格")),
            ("compound", self.tr("小区")),
        ):
            menu.addAction(text).triggered.connect(
                lambda _checked=False, table=table: self.borders_wanted.emit(table)
            )
        self.borders.setMenu(menu)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setContentsMargins(12, 6, 12, 4)
        above.addWidget(self.summary, 1)
        above.addWidget(self.borders)
        above.addWidget(self.mend_all)
        below = QHBoxLayout()
        below.setContentsMargins(12, 4, 12, 6)
        below.setSpacing(8)
        below.addWidget(self.mend)
        below.addSpacing(12)
        below.addWidget(self.reason, 1)
        below.addWidget(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.list, 1)
        layout.addLayout(below)

    # --- what is shown ---------------------------------------------------------------------------

    def clear(self, text: str = "") -> None:
        """Show nothing, and why."""
        self._shown = Arranged()
        self._groups = {}
        self._closed = None
        self.list.clear()
        self.summary.setText(text)
        self._offer()

    def allow(self, *, may_change: bool) -> None:
        """Say whether anything can be changed now."""
        self._may_change = may_change
        self._offer()

    def show_findings(self, arranged: Arranged, names: dict[str, str]) -> None:
        """Show findings, with the names of the rules; what was chosen and unfolded stays so."""
        chosen = self.chosen
        kept = chosen.key if chosen is not None else None
        self._note_folds()
        self._shown = arranged
        groups = arranged.groups
        self._groups = {group.rule: group for group in groups}
        self.list.blockSignals(True)
        self.list.clear()
        for group in groups:
            item = self._group_item(group, names[group.rule])
            self.list.addTopLevelItem(item)
            if self._closed is not None and group.rule not in self._closed:
                self._fill(item)
                item.setExpanded(True)
        if self._closed is None:
            self._unfold()
        self._choose(kept)
        self.list.blockSignals(False)
        self._sum_up()
        self._offer()

    def _unfold(self) -> None:
        """Unfold the rules of which little was found, and the worst one."""
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is None:
                continue
            group = self._groups[item.data(0, _RULE)]
            if row == 0 or (group.severity == "error" and len(group.findings) <= _FEW):
                self._fill(item)
                item.setExpanded(True)

    def _note_folds(self) -> None:
        items = [self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount())]
        if items:
            known = set(self._groups)
            opened = {i.data(0, _RULE) for i in items if i is not None and i.isExpanded()}
            self._closed = ((self._closed or set()) | known) - opened

    def _group_item(self, group: Group, name: str) -> QTreeWidgetItem:
        count = len(group.findings)
        told = (
            self.tr("{rule}（{count:,}）").format(rule=name, count=group.open_count)
            if group.open_count == count
            else self.tr("{rule}（{count:,}，另有 {accepted:,} 处已认可）").format(
                rule=name, count=group.open_count, accepted=count - group.open_count
            )
        )
        item = QTreeWidgetItem([told, "", ""])
        item.setIcon(0, icon(_ICONS[group.severity] if group.is_open else "good"))
        item.setData(0, _RULE, group.rule)
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return item

    def _fill(self, item: QTreeWidgetItem) -> None:
        """Put the findings of a rule below it, once they are wanted."""
        group = self._groups.get(item.data(0, _RULE))
        if group is None or item.childCount():
            return
        for one in group.findings[:MOST_SHOWN]:
            item.addChild(self._finding_item(one))
        left = len(group.findings) - MOST_SHOWN
        if left > 0:
            more = QTreeWidgetItem([self.tr("…… 还有 {count:,} 处").format(count=left), "", ""])
            more.setForeground(0, QBrush(QColor(theme.MUTED)))
            item.addChild(more)

    def _finding_item(self, one: "Finding") -> QTreeWidgetItem:
        item = QTreeWidgetItem([str(one.text), self._way(one), one.accepted or ""])
        item.setToolTip(0, str(one.text))
        item.setData(0, _FINDING, one)
        item.setIcon(0, icon(_ICONS[one.severity] if one.is_open else "good"))
        if not one.is_open:
            for column in range(3):
                item.setForeground(column, QBrush(QColor(theme.MUTED)))
        return item

    def _way(self, one: "Finding") -> str:
        """Return how a finding would be mended, in words."""
        return {
            "fill": self.tr("并入相邻网格"),
            "give": self.tr("归其中一格"),
            "clip": self.tr("裁到社区边界"),
            "match": self.tr("补上顶点"),
            "follow": self.tr("边界改沿外墙"),
            "number": self.tr("编下一个号"),
        }.get(one.mend or "", "")

    def _choose(self, key: object) -> None:
        for row in range(self.list.topLevelItemCount()):
            group = self.list.topLevelItem(row)
            if group is None:
                continue
            for number in range(group.childCount()):
                child = group.child(number)
                found = child.data(0, _FINDING) if child is not None else None
                if child is not None and found is not None and found.key == key:
                    self.list.setCurrentItem(child)
                    return

    def _sum_up(self) -> None:
        counts = self._shown.counts
        if not self._shown.findings:
            self.summary.setText(self.tr("所有划分规则都符合。"))
            return
        text = self.tr("错误 {error:,} 处，提醒 {warning:,} 处，说明 {info:,} 处。").format(
            **counts
        )
        if counts["accepted"]:
            text += self.tr("已认可 {accepted:,} 处。").format(**counts)
        self.summary.setText(text)

    # --- what is wanted --------------------------------------------------------------------------

    @property
    def chosen(self) -> "Finding | None":
        """Return the finding whose line is the current one."""
        item = self.list.currentItem()
        return None if item is None else item.data(0, _FINDING)

    @property
    def sure(self) -> "tuple[Finding, ...]":
        """Return the findings that can surely be mended."""
        return self._shown.sure

    def _on_current(self) -> None:
        self.reason.clear()
        self._offer()

    def _offer(self) -> None:
        """Offer only what can be done with the current line."""
        one = self.chosen
        sure = len(self.sure)
        is_open = one is not None and one.is_open
        self.mend.setEnabled(self._may_change and is_open and one is not None and bool(one.mend))
        self.mend_all.setEnabled(self._may_change and sure > 0)
        self.mend_all.setText(self.tr("全部修补（{count}）(&A)").format(count=sure))
        self.borders.setEnabled(self._may_change)
        is_accepted = one is not None and not one.is_open
        self.accept.setText(self.tr("取消认可(&W)") if is_accepted else self.tr("认可(&Y)"))
        self.reason.setEnabled(self._may_change and is_open)
        has_reason = bool(self.reason.text().strip())
        self.accept.setEnabled(self._may_change and (is_accepted or (is_open and has_reason)))

    def _go(self, item: QTreeWidgetItem) -> None:
        one = item.data(0, _FINDING)
        if one is not None:
            self.place_wanted.emit(one)

    def _on_mend(self) -> None:
        if self.chosen is not None:
            self.list.setFocus()  # the button is off in a moment, and the next one mends all
            self.mend_wanted.emit((self.chosen,))

    def _on_mend_all(self) -> None:
        if self.sure:
            self.list.setFocus()
            self.mend_wanted.emit(self.sure)

    def _on_accept(self) -> None:
        one = self.chosen
        if one is None or not self.accept.isEnabled():
            return
        self.list.setFocus()
        if one.is_open:
            reason = self.reason.text().strip()
            self.reason.clear()
            self.accept_wanted.emit(one, reason)
        else:
            self.withdraw_wanted.emit(one)
