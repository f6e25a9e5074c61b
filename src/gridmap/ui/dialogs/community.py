"""Ask what a new community is called, and which community is laid out, and how."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from gridmap.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from gridmap.services.layout import Candidate

_SMALLEST_M2 = 3_000.0
_LARGEST_M2 = 1_000_000.0


class NewCommunityDialog(FormDialog):
    """Name and code of a community whose border was drawn."""

    def __init__(self, parent: QWidget | None, prefix: str, area_text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("新画社区"))
        self._intro.setText(
            self.tr("画出的地块约 {area}。已属于其他社区的部分不会算进来。").format(area=area_text)
        )
        self.agree.setText(self.tr("建立社区(&N)"))
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("例如：光熙门南里社区"))
        self.code = QLineEdit(prefix, self)
        self.code.setPlaceholderText(self.tr("12 位数字"))
        self.form.addRow(self.tr("社区名称(&M)"), self.name)
        self.form.addRow(self.tr("社区编码(&D)"), self.code)
        self.name.setFocus()

    def find_fault(self) -> str:
        """Return what is missing or wrong, nothing where all is well."""
        if not self.name.text().strip():
            return self.tr("请填写社区名称。")
        if not self.code.text().strip().isdecimal():
            return self.tr("社区编码要 12 位数字。")
        return ""


class LayOutDialog(FormDialog):
    """Which community gets its first cells, and whether along its lanes."""

    def __init__(
        self, parent: QWidget | None, candidates: "Sequence[Candidate]", chosen: str | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("划分社区"))
        self._intro.setText(
            self.tr("把一个还没有划分的社区一次划成单元网格，之后再逐格调整。可以撤销。")
        )
        self.agree.setText(self.tr("划分(&L)"))
        self.community = QComboBox(self)
        for one in candidates:
            self.community.addItem(f"{one.name}  {one.code or ''}", one)
        place = next((at for at, one in enumerate(candidates) if one.id == chosen), 0)
        self.community.setCurrentIndex(place)
        self.by_lanes = QRadioButton(self.tr("沿道路划成街坊(&R)"), self)
        self.as_one = QRadioButton(self.tr("整个社区作为一格(&W)"), self)
        self.by_lanes.setChecked(True)
        self._ways = QButtonGroup(self)
        self._ways.addButton(self.by_lanes)
        self._ways.addButton(self.as_one)
        self.smallest = QDoubleSpinBox(self)
        self.smallest.setRange(0.0, _LARGEST_M2)
        self.smallest.setDecimals(0)
        self.smallest.setSingleStep(500.0)
        self.smallest.setGroupSeparatorShown(True)
        self.smallest.setSuffix(self.tr(" 平方米"))
        self.smallest.setValue(_SMALLEST_M2)
        self.form.addRow(self.tr("社区(&C)"), self.community)
        self.form.addRow(self.tr("划法"), self.by_lanes)
        self.form.addRow("", self.as_one)
        self.form.addRow(self.tr("更小的街坊并入邻格(&S)"), self.smallest)
        self.community.currentIndexChanged.connect(self._follow)
        self.by_lanes.toggled.connect(self.smallest.setEnabled)
        self._follow()

    @property
    def chosen(self) -> "Candidate | None":
        """Return the community that is chosen."""
        found: Candidate | None = self.community.currentData()
        return found

    def find_fault(self) -> str:
        """Return what is missing or wrong, nothing where all is well."""
        return "" if self.chosen is not None else self.tr("没有可以划分的社区。")

    def _follow(self) -> None:
        """Offer one cell only where there is none yet."""
        chosen = self.chosen
        has_cell = chosen is not None and chosen.has_cell
        self.as_one.setEnabled(not has_cell)
        if has_cell:
            self.by_lanes.setChecked(True)
