"""The dialogs about plans: a new one, its approval, its day, and how a rehearsal ends."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QWidget,
)

from gridmap.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from gridmap.services.plan_diff import PlanDiff

_ROWS_SEEN = 6
_ID = Qt.ItemDataRole.UserRole


class NewPlanDialog(FormDialog):
    """What the plan is called, and which communities it divides anew."""

    def __init__(
        self,
        parent: QWidget | None,
        communities: Sequence[tuple[str, str]],
        chosen: str | None,
        proposed: str,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("新建方案"))
        self._intro.setText(
            self.tr("把现行的单元网格复制一份，在方案里随意修改；批准并实施之前，现行划分不变。")
        )
        self.name = QLineEdit(proposed, self)
        self.name.selectAll()
        self.all = QCheckBox(self.tr("全部社区"), self)
        self.all.setChecked(chosen is None)
        self.communities = QListWidget(self)
        self.communities.setAccessibleName(self.tr("社区"))
        for id_, name in communities:
            item = QListWidgetItem(name)
            item.setData(_ID, id_)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_chosen = id_ == chosen
            item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
            self.communities.addItem(item)
        rows = min(max(len(communities), 2), _ROWS_SEEN)
        self.communities.setFixedHeight(rows * (self.fontMetrics().height() + 12) + 8)
        self.communities.setEnabled(chosen is not None)
        self.all.toggled.connect(self.communities.setDisabled)
        self.form.addRow(self.tr("名称(&N)："), self.name)
        self.form.addRow(self.tr("范围："), self.all)
        self.form.addRow("", self.communities)
        self.agree.setText(self.tr("新建(&N)"))
        self.name.setFocus()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the communities that were chosen, none for all."""
        if self.all.isChecked():
            return ()
        items = [self.communities.item(n) for n in range(self.communities.count())]
        return tuple(item.data(_ID) for item in items if item.checkState() == Qt.CheckState.Checked)

    def find_fault(self) -> str:
        """Return what is missing."""
        if not self.name.text().strip():
            return self.tr("请给方案一个名称。")
        if not self.all.isChecked() and not self.chosen:
            return self.tr("请选择至少一个社区，或选“全部社区”。")
        return ""


class ApproveDialog(FormDialog):
    """Who approves the plan that was compared, and by which paper."""

    def __init__(
        self,
        parent: QWidget | None,
        found: "PlanDiff",
        summary: str,
        documents: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("批准方案“{name}”").format(name=found.plan.name))
        self._intro.setText(summary)
        self.by = QLineEdit(self)
        self._known = {number for number, _ in documents}
        self.document = QComboBox(self)
        self.document.setEditable(True)
        for number, title in documents:
            self.document.addItem(f"{number}  {title}" if title else number, number)
        self.document.setCurrentIndex(-1)
        line = self.document.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("选择已登记的批文，或填写新的文号"))
        self.signatory = QLineEdit(self)
        self.issued_on = _date(self, date.today())  # noqa: DTZ011 - a day of this place
        self.on = _date(self, date.today())  # noqa: DTZ011
        self.in_force_on = _date(self, date.today())  # noqa: DTZ011
        self.form.addRow(self.tr("批准人(&B)："), self.by)
        self.form.addRow(self.tr("批文文号(&D)："), self.document)
        self.form.addRow(self.tr("签发人(&S)："), self.signatory)
        self.form.addRow(self.tr("签发日期："), self.issued_on)
        self.form.addRow(self.tr("批准日期(&O)："), self.on)
        self.form.addRow(self.tr("实施日期(&F)："), self.in_force_on)
        self.agree.setText(self.tr("批准(&A)"))
        self.document.currentTextChanged.connect(self._show_needed)
        self._show_needed()
        self.by.setFocus()

    @property
    def number(self) -> str:
        """Return the number of the document."""
        at = self.document.findText(self.document.currentText())
        held = self.document.itemData(at) if at >= 0 else None
        return str(held or self.document.currentText()).strip()

    @property
    def is_new_document(self) -> bool:
        """Return whether the document is to be entered as well."""
        return self.number not in self._known

    def _show_needed(self) -> None:
        is_new = bool(self.number) and self.is_new_document
        self.form.setRowVisible(self.signatory, is_new)
        self.form.setRowVisible(self.issued_on, is_new)

    def find_fault(self) -> str:
        """Return what is missing."""
        if not self.by.text().strip():
            return self.tr("请填写批准人的姓名。")
        if not self.number:
            return self.tr("请选择批文，或填写文号。")
        if self.in_force_on.date() < self.on.date():
            return self.tr("实施日期不能早于批准日期。")
        return ""


class InForceDialog(FormDialog):
    """Since when the plan is the official division."""

    def __init__(self, parent: QWidget | None, name: str, summary: str, earliest: date) -> None:
        super().__init__(parent)
        today = date.today()  # noqa: DTZ011 - a day of this place
        self.setWindowTitle(self.tr("实施方案“{name}”").format(name=name))
        self._intro.setText(summary)
        self.on = _date(self, earliest)
        self.on.setMinimumDate(_qdate(earliest))
        self.on.setMaximumDate(_qdate(max(today, earliest)))
        self.on.setDate(_qdate(max(today, earliest)))
        self.form.addRow(self.tr("实施日期(&F)："), self.on)
        note = QLabel(
            self.tr(
                "终止的网格保留编码和边界，记下终止日期；新设的网格编新的编码；"
                "社区、责任网格和部件随之更新。这是一步，可以撤销。"
            ),
            self,
        )
        note.setObjectName("muted")
        note.setWordWrap(True)
        self.form.addRow("", note)
        self.agree.setText(self.tr("实施(&F)"))


class EndRehearsalDialog(FormDialog):
    """Whether a rehearsal leaves a plan behind, or nothing."""

    def __init__(self, parent: QWidget | None, name: str, proposed: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("结束演练"))
        self._intro.setText(self.tr("“{name}”里的修改没有动过现行划分。").format(name=name))
        self.discard = QRadioButton(self.tr("丢弃(&D)，回到现行划分"), self)
        self.keep = QRadioButton(self.tr("保留为方案(&K)，以后再批准："), self)
        self.discard.setChecked(True)
        self.name = QLineEdit(proposed, self)
        self.name.setEnabled(False)
        self.keep.toggled.connect(self.name.setEnabled)
        self.form.addRow(self.discard)
        self.form.addRow(self.keep)
        self.form.addRow(self.tr("方案名称(&N)："), self.name)
        self.agree.setText(self.tr("结束演练(&E)"))

    def find_fault(self) -> str:
        """Return what is missing."""
        if self.keep.isChecked() and not self.name.text().strip():
            return self.tr("请给方案一个名称。")
        return ""


def _date(parent: QWidget, day: date) -> QDateEdit:
    made = QDateEdit(_qdate(day), parent)
    made.setCalendarPopup(True)
    made.setDisplayFormat("yyyy-MM-dd")
    return made


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def day_of(edit: QDateEdit) -> date:
    """Return the day that is typed."""
    chosen = edit.date()
    return date(chosen.year(), chosen.month(), chosen.day())
