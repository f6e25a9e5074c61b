"""The inputs of the style dialog: tiles of pictures, palettes, numbers, choices."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.report.palettes import Palette, PaletteKind, palettes
from gridmap.ui.dialogs.style_pictures import ramp_picture

_RAMP = QSize(112, 18)
_NUMBER_WIDTH = 84
_INSET = 6
_T = TypeVar("_T")


class CalmWheel(QObject):
    """Leaves the wheel to the page that scrolls: it must not change what lies under the pointer."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass the wheel on to the parent."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class Tiles(QWidget):
    """Pictures of which one is chosen, by a click or by the arrow keys."""

    chosen = Signal(object)

    def __init__(self, name: str, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._columns = columns
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._values: list[object] = []
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._values[place]))

    def add(self, value: object, picture: QIcon, size: QSize, text: str, *, is_named: bool) -> None:
        """Offer a value; with ``is_named`` its text stands below the picture."""
        button = QToolButton(self)
        button.setObjectName("tile")
        button.setCheckable(True)
        button.setIcon(picture)
        button.setIconSize(size)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if is_named:
            button.setText(text)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        place = len(self._values)
        self._values.append(value)
        self._group.addButton(button, place)
        self._layout.addWidget(button, place // self._columns, place % self._columns)
        if not is_named:
            self._layout.setColumnStretch(self._columns, 1)

    def button(self, value: object) -> QToolButton:
        """Return the button of a value."""
        found = self._group.button(self._values.index(value))
        assert isinstance(found, QToolButton)  # noqa: S101 - tells mypy what was put in
        return found

    def choose(self, value: object) -> None:
        """Show a value as the chosen one; nobody is told."""
        if value in self._values:
            self.button(value).setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)


class PaletteBox(QComboBox):
    """The palettes of some kinds, shown as they look."""

    picked = Signal(str)

    def __init__(self, kinds: Sequence[PaletteKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("配色"))
        self.setIconSize(_RAMP)
        self.setPlaceholderText(self.tr("自己选的颜色"))
        self._kinds = kinds
        self._is_reversed = False
        self._fill(is_reversed=False)
        self.activated.connect(lambda _row: self.picked.emit(self.name))

    @property
    def name(self) -> str:
        """Return the name of the palette that is shown, of the first one where it is none."""
        return str(self.itemData(max(self.currentIndex(), 0)))

    @property
    def palette_(self) -> Palette:
        """Return the palette that is shown."""
        return palettes()[self.name]

    def show_palette(self, name: str | None, *, is_reversed: bool = False) -> None:
        """Show a palette as the chosen one, all from end to start if asked; nobody is told."""
        if is_reversed != self._is_reversed:
            self._fill(is_reversed=is_reversed)
        self.setCurrentIndex(-1 if name is None else self.findData(name))

    def _fill(self, *, is_reversed: bool) -> None:
        self._is_reversed = is_reversed
        self.clear()
        for palette in palettes().values():
            if palette.kind not in self._kinds:
                continue
            colours = palette.sampled(8 if palette.kind != "qualitative" else len(palette.colours))
            picture = ramp_picture(colours[::-1] if is_reversed else colours, _RAMP)
            self.addItem(picture, palette.title(current_language()), palette.name)


def number_box(
    name: str, least: float, most: float, parent: QWidget, *, step: float = 1.0, decimals: int = 0
) -> QDoubleSpinBox:
    """Return a box for a number; it is told when it is typed to its end."""
    box = QDoubleSpinBox(parent)
    box.setRange(least, most)
    box.setSingleStep(step)
    box.setDecimals(decimals)
    box.setKeyboardTracking(False)
    box.setMinimumWidth(_NUMBER_WIDTH)
    box.setAccessibleName(name)
    inset(box)
    return box


def inset(box: QAbstractSpinBox) -> None:
    """Keep the text of a box off its border, which the style sheet cannot do."""
    line = box.lineEdit()
    if line is not None:
        line.setTextMargins(_INSET, 0, 0, 0)


def show_number(box: QDoubleSpinBox, value: float) -> None:
    """Show a number; nobody is told."""
    if box.value() != value:
        box.blockSignals(True)
        box.setValue(value)
        box.blockSignals(False)


def choice_box(
    name: str, items: Iterable[tuple[str, _T]], then: Callable[[_T], None], parent: QWidget
) -> QComboBox:
    """Return a box of (text, value) pairs; ``then`` hears of a choice that a person makes."""
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    for text, value in items:
        box.addItem(text, value)
    box.activated.connect(lambda row: then(box.itemData(row)))
    CalmWheel(box)
    return box


def show_choice(box: QComboBox, value: object) -> None:
    """Show a value of a box as the chosen one; nobody is told."""
    box.blockSignals(True)
    box.setCurrentIndex(box.findData(value))
    box.blockSignals(False)
