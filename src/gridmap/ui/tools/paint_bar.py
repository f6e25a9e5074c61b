"""The panel over the map while painting: what the brush takes, the balance, and what is left."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui.icons import IconLabel, icon
from gridmap.ui.tools.floating import Floating
from gridmap.ui.tools.paint_bars import BalanceBars

if TYPE_CHECKING:
    from gridmap.services.painting import Balance
    from gridmap.services.palette import Kind
    from gridmap.services.strays import Stray

_BUTTON = QSize(18, 18)
_MOST_STRAYS = 200
_STRAYS_HIGH = 150
_STRAY_ROLE = Qt.ItemDataRole.UserRole


class PaintBar(Floating):
    """Says what to do next, and shows the balance of all cells (or grids) concerned."""

    kind_chosen = Signal(str)
    radius_chosen = Signal(float)
    lock_wanted = Signal()
    strays_wanted = Signal()
    stray_chosen = Signal(object)
    close_wanted = Signal()

    def __init__(self, over: QWidget, *, radius_m: float, limits: tuple[float, float]) -> None:
        super().__init__(over)
        self.title = QLabel(self)
        self.title.setObjectName("floatingText")
        self.hint = QLabel(self)
        self.hint.setObjectName("muted")
        self.hint.setWordWrap(True)
        self.kinds = QButtonGroup(self)
        self._kind_of: dict[QToolButton, Kind] = {}
        self.radius = QDoubleSpinBox(self)
        self.radius.setRange(*limits)
        self.radius.setDecimals(0)
        self.radius.setSuffix(self.tr(" 米"))
        self.radius.setAccessibleName(self.tr("笔刷半径"))
        self.radius.setToolTip(self.tr("笔刷半径：[ 和 ] 键，或按住 Ctrl 转动滚轮"))
        self.radius.setValue(radius_m)
        self.bars = BalanceBars(self)
        self.bars.setAccessibleName(self.tr("均衡情况"))
        self.strays = QListWidget(self)
        self.strays.setAccessibleName(self.tr("未划入的对象"))
        self.strays.setMaximumHeight(_STRAYS_HIGH)
        self.strays.hide()
        self._arrange()
        self.radius.valueChanged.connect(self.radius_chosen)
        self.strays.itemClicked.connect(self._on_stray)
        self.strays.itemActivated.connect(self._on_stray)
        self.show()
        self.place()

    def _arrange(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(6)
        above.addWidget(IconLabel(22, self, "paint"))
        above.addWidget(self.title, 1)
        kinds: tuple[tuple[Kind, str, str], ...] = (
            ("building", self.tr("建筑"), self.tr("刷建筑：院落随建筑走")),
            ("block", self.tr("地块"), self.tr("刷地块：道路和边界围成的整块")),
            ("cell", self.tr("责任网格"), self.tr("把整个单元网格划入责任网格")),
        )
        for kind, text, tip in kinds:
            button = self._button("", tip)
            button.setText(text)
            button.setCheckable(True)
            self.kinds.addButton(button)
            self._kind_of[button] = kind
            above.addWidget(button)
        self.kinds.buttons()[0].setChecked(True)
        self.kinds.buttonClicked.connect(
            lambda button: self.kind_chosen.emit(self._kind_of[button])
        )
        above.addWidget(self.radius)
        for name, tip, signal in (
            ("lock", self.tr("锁定或解锁鼠标所在的单元网格（L）"), self.lock_wanted),
            ("search", self.tr("查找未划入的对象"), self.strays_wanted),
            ("close", self.tr("结束（Esc）"), self.close_wanted),
        ):
            button = self._button(name, tip)
            button.clicked.connect(signal)
            above.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 10)
        layout.setSpacing(6)
        layout.addLayout(above)
        layout.addWidget(self.hint)
        layout.addWidget(self.bars)
        layout.addWidget(self.strays)

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        if name:
            button.setIcon(icon(name))
            button.setIconSize(_BUTTON)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the map's while painting
        return button

    def wrap(self, *, is_wrapped: bool) -> None:  # noqa: ARG002 - the hint always wraps
        """Let the layout take notice of texts that have changed."""
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def say(self, title: str, hint: str, *, is_wrong: bool = False) -> None:
        """Say what is painted, and what to do next or what is wrong."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setProperty("isWrong", is_wrong)
        self.hint.style().polish(self.hint)
        self.place()

    def show_balances(self, balances: "Sequence[Balance]") -> None:
        """Show how cells or grids are balanced."""
        self.bars.show_balances(balances)
        self.place()

    def show_radius(self, radius_m: float, *, is_used: bool) -> None:
        """Show how large the brush is, without telling anybody."""
        self.radius.blockSignals(True)
        self.radius.setValue(radius_m)
        self.radius.blockSignals(False)
        self.radius.setEnabled(is_used)

    def show_strays(self, strays: "Sequence[Stray]") -> None:
        """List what nobody has; of many the first ones."""
        self.strays.clear()
        for stray in strays[:_MOST_STRAYS]:
            name = stray.name or self.tr("（无名）")
            people = self.tr("{count} 户").format(count=stray.households or 0)
            item = QListWidgetItem(f"{name} · {people}")
            item.setData(_STRAY_ROLE, stray)
            self.strays.addItem(item)
        self.strays.setVisible(bool(strays))
        self.place()

    def _on_stray(self, item: QListWidgetItem) -> None:
        self.stray_chosen.emit(item.data(_STRAY_ROLE))
