"""Ask for what an office decides for itself."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from gridmap.ui.dialogs.form import FormDialog

_LARGEST_M2 = 10_000_000.0
_MOST = 100_000
_FARTHEST_M = 1_000.0
_CLASS_DIGITS = 6


class OfficeDialog(FormDialog):
    """The settings of an office; ``values`` are texts, as they are stored."""

    def __init__(
        self,
        parent: QWidget | None,
        held: Mapping[str, str],
        schemes: Sequence[tuple[str, str]],
        *,
        is_writable: bool,
    ) -> None:
        """Show the settings ``held``; ``schemes`` are (id, words) of the codes' schemes."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("街道设置"))
        self._intro.setText(self.tr("本街道自己定的规则；和数据一起存在工作库里，可以撤销。"))
        self._held = dict(held)
        self._low = self._area("area_low_m2")
        self._high = self._area("area_high_m2")
        self._scheme = QComboBox(self)
        for id_, words in schemes:
            self._scheme.addItem(words, id_)
        self._scheme.setCurrentIndex(self._scheme.findData(held["code_scheme"]))
        self._basis = QComboBox(self)
        self._basis.addItem(self.tr("统计用区划代码"), "code")
        self._basis.addItem(self.tr("民政代码"), "civil_code")
        self._basis.setCurrentIndex(self._basis.findData(held["code_basis"]))
        self._class = QLineEdit(held["class_code"], self)
        self._class.setMaxLength(_CLASS_DIGITS)
        self._households = self._count("households_per_officer")
        self._tolerance = self._share("households_tolerance")
        self._most = self._count("most_cells_per_grid")
        self._balance = self._share("object_balance")
        self._border = self._share("border_share")
        self._beside = self._metres("border_reach_m")
        self._walked = self._metres("walkway_reach_m")
        self._paper = QCheckBox(self.tr("改动现行划分要写明批文(&P)"), self)
        self._paper.setChecked(held["needs_document"] == "yes")
        self._add(self.tr("单元网格面积(&L)"), self._low, self._high, self.tr("面积上限"))
        self.form.addRow(self.tr("编码规则(&C)"), self._scheme)
        self._add(
            self.tr("社区部分用(&B)"), self._basis, self._class, self.tr("20 位编码的前 6 位")
        )
        words = self.tr("可以多出的比例")
        self._add(self.tr("一名网格员的户数(&U)"), self._households, self._tolerance, words)
        self.form.addRow(self.tr("责任网格最多几格(&G)"), self._most)
        self.form.addRow(self.tr("部件数可以偏离(&D)"), self._balance)
        words = self.tr("离地物多远还算沿着")
        self._add(self.tr("边界沿地物不少于(&E)"), self._border, self._beside, words)
        self.form.addRow(self.tr("离路网多远还算通得到(&W)"), self._walked)
        self.form.addRow("", self._paper)
        self._scheme.currentIndexChanged.connect(self._show_class)
        self._show_class()
        self.agree.setText(self.tr("保存(&S)"))
        self.agree.setEnabled(is_writable)

    def _add(self, label: str, one: QWidget, other: QWidget, words: str) -> None:
        """Add two fields in one row; ``words`` say what the second one is."""
        other.setAccessibleName(words)
        other.setToolTip(words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(one, 1)
        row.addWidget(other, 1)
        self.form.addRow(label, row)
        buddy = self.form.labelForField(row)
        if isinstance(buddy, QLabel):
            buddy.setBuddy(one)

    def _area(self, key: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox(self)
        box.setRange(1.0, _LARGEST_M2)
        box.setDecimals(0)
        box.setSingleStep(500.0)
        box.setGroupSeparatorShown(True)
        box.setSuffix(self.tr(" 平方米"))
        box.setValue(float(self._held[key]))
        return box

    def _metres(self, key: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox(self)
        box.setRange(0.1, _FARTHEST_M)
        box.setDecimals(1)
        box.setSingleStep(0.5)
        box.setSuffix(self.tr(" 米"))
        box.setValue(float(self._held[key]))
        return box

    def _count(self, key: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(1, _MOST)
        box.setValue(int(self._held[key]))
        return box

    def _share(self, key: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(1, 1000)
        box.setSingleStep(5)
        box.setSuffix(" %")
        box.setValue(round(100 * float(self._held[key])))
        return box

    def _show_class(self) -> None:
        self._class.setEnabled(self._scheme.currentData() == "CJT349-20")

    def changed(self) -> dict[str, str]:
        """Return the settings that differ from those shown at first."""
        now = {
            "area_low_m2": f"{self._low.value():.0f}",
            "area_high_m2": f"{self._high.value():.0f}",
            "code_scheme": str(self._scheme.currentData()),
            "code_basis": str(self._basis.currentData()),
            "class_code": self._class.text().strip(),
            "households_per_officer": str(self._households.value()),
            "households_tolerance": f"{self._tolerance.value() / 100:g}",
            "most_cells_per_grid": str(self._most.value()),
            "object_balance": f"{self._balance.value() / 100:g}",
            "border_share": f"{self._border.value() / 100:g}",
            "border_reach_m": f"{self._beside.value():g}",
            "walkway_reach_m": f"{self._walked.value():g}",
            "needs_document": "yes" if self._paper.isChecked() else "no",
        }
        return {key: value for key, value in now.items() if value != self._held[key]}

    def find_fault(self) -> str:
        """Return what is wrong."""
        if self._low.value() > self._high.value():
            return self.tr("面积下限不能大于上限。")
        digits = self._class.text().strip()
        if not (len(digits) == _CLASS_DIGITS and digits.isascii() and digits.isdecimal()):
            return self.tr("20 位编码的前 6 位要是六位数字。")
        return ""
