"""Colours in the style dialog: the palettes' first, then all others; and how solid they are."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QColorDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QSlider,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gridmap.report.palettes import palettes
from gridmap.report.schemes import alpha_of, with_alpha
from gridmap.ui import theme
from gridmap.ui.dialogs.style_pictures import SWATCH, colour_picture

_STEP = QSize(28, 28)
_COLUMNS = 9
_GREYS = ("#000000", "#333333", "#5F6B76", "#8A97A3", "#B8C1C9", "#DDE2E7", "#F3F5F7", "#FFFFFF")
_OPAQUE = 255
_AnyIndex = QModelIndex | QPersistentModelIndex


class ColourButton(QPushButton):
    """A colour; a click opens the palettes' colours, and from there all others.

    The opacity of the colour stays when another one is chosen.
    """

    chosen = Signal(object)
    """``#RRGGBB`` or ``#AARRGGBB``; None for no colour at all."""

    def __init__(self, name: str, parent: QWidget | None = None, *, is_optional: bool) -> None:
        super().__init__(parent)
        self.setObjectName("colour")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAutoDefault(False)
        self.setIconSize(SWATCH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.popup: ColourPopup | None = None
        self._name = name
        self._is_optional = is_optional
        self._colour: str | None = None
        self.show_colour(None)
        self.clicked.connect(self._open)

    @property
    def colour(self) -> str | None:
        """Return the colour that is shown."""
        return self._colour

    def show_colour(self, colour: str | None) -> None:
        """Show a colour; nobody is told."""
        self._colour = colour
        self.setIcon(colour_picture(colour))
        text = self.tr("无颜色") if colour is None else colour
        self.setAccessibleDescription(text)
        self.setToolTip(f"{self._name}：{text}")

    def _open(self) -> None:
        popup = ColourPopup(self, is_optional=self._is_optional)
        popup.chosen.connect(self._take)
        popup.more_wanted.connect(self._ask)
        self.popup = popup
        popup.open_below(self)

    def _take(self, colour: str | None) -> None:
        kept = None if colour is None else with_alpha(colour, alpha_of(self._colour))
        self.show_colour(kept)
        self.chosen.emit(kept)

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self._colour or "#FFFFFF"), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setWindowTitle(self._name)
        dialog.colorSelected.connect(lambda colour: self._take(colour.name().upper()))
        dialog.open()


class _Cell(QStyledItemDelegate):
    """Paints one colour of the grid; the current one has a ring."""

    def __init__(self, grid: QListWidget) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        """Paint a colour."""
        colour = index.data(Qt.ItemDataRole.AccessibleTextRole)
        if not colour:
            return
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == self._grid.currentRow():
            painter.setPen(QPen(QColor(theme.ACCENT), 2.0))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(QPen(QColor(theme.FAINT), 1.0))
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(box.adjusted(3.5, 3.5, -3.5, -3.5), 4, 4)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _AnyIndex) -> QSize:
        """Return the size of a cell."""
        return _STEP


class ColourGrid(QListWidget):
    """Colours in rows; arrow keys move, Enter chooses."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cells")
        self.setAccessibleName(self.tr("颜色"))
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setMovement(QListWidget.Movement.Static)
        self.setItemDelegate(_Cell(self))
        self.setGridSize(_STEP)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = list(_rows())
        for colours in rows:
            for place in range(_COLUMNS):
                self._add(colours[place] if place < len(colours) else None)
        self.setFixedSize(_COLUMNS * _STEP.width() + 6, len(rows) * _STEP.height() + 6)
        self.itemClicked.connect(self._give)
        self.itemActivated.connect(self._give)
        self.setCurrentRow(0)

    def _add(self, colour: str | None) -> None:
        item = QListWidgetItem()
        if colour is None:  # the row has no more
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        else:
            item.setToolTip(colour)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, colour)
        self.addItem(item)

    def _give(self, item: QListWidgetItem) -> None:
        if item.toolTip():
            self.chosen.emit(item.toolTip())


class ColourPopup(QFrame):
    """The palettes' colours, no colour, and the way to all others; Escape leaves."""

    chosen = Signal(object)
    more_wanted = Signal()

    def __init__(self, parent: QWidget, *, is_optional: bool) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("colours")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("颜色"))
        self.grid = ColourGrid(self)
        self.grid.chosen.connect(self._finish)
        buttons = QHBoxLayout()
        if is_optional:
            nothing = QPushButton(colour_picture(None), self.tr("无颜色(&N)"), self)
            nothing.clicked.connect(lambda: self._finish(None))
            buttons.addWidget(nothing)
        self.more = QPushButton(self.tr("更多颜色…(&M)"), self)
        self.more.clicked.connect(self._on_more)
        buttons.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(buttons)

    def open_below(self, button: QWidget) -> None:
        """Open below a button, inside the screen."""
        self.show()  # first: only now its buttons know their fonts
        self.adjustSize()
        at = button.mapToGlobal(QPoint(0, button.height() + 2))
        room = button.screen().availableGeometry()
        x = max(min(at.x(), room.right() - self.width()), room.left())
        y = at.y()
        if y + self.height() > room.bottom():
            y = max(button.mapToGlobal(QPoint(0, -self.height() - 2)).y(), room.top())
        self.move(x, y)
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def _finish(self, colour: str | None) -> None:
        self.chosen.emit(colour)
        self.close()

    def _on_more(self) -> None:
        self.more_wanted.emit()
        self.close()


def _rows() -> Iterable[Sequence[str]]:
    """Yield the colours row by row: kinds first, then ramps, then greys."""
    for palette in palettes().values():
        if palette.kind == "qualitative":
            yield palette.colours[:_COLUMNS]
    for palette in palettes().values():
        if palette.kind == "sequential":
            yield palette.sampled(_COLUMNS)
    yield _GREYS


class Opacity(QWidget):
    """How much of what lies below shines through, as a slider with its percentage."""

    changed = Signal(str)
    """The opacity as two hex digits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(self.tr("不透明度"))
        self.slider.setToolTip(self.tr("不透明度：越小，下面的图层越清楚"))
        self._value = QLabel(self)
        self._value.setMinimumWidth(40)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self._value)
        self.setFocusProxy(self.slider)
        self.slider.valueChanged.connect(self._on_value)

    def show_colour(self, colour: str | None) -> None:
        """Show the opacity of a colour; nobody is told."""
        percent = round(int(alpha_of(colour), 16) / _OPAQUE * 100)
        self.setEnabled(colour is not None)
        self.slider.blockSignals(True)
        self.slider.setValue(percent)
        self.slider.blockSignals(False)
        self._value.setText(f"{percent}%")

    def _on_value(self, percent: int) -> None:
        self._value.setText(f"{percent}%")
        self.changed.emit(f"{round(percent / 100 * _OPAQUE):02X}")
