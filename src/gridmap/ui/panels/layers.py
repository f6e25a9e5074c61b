"""The layer tree: what is shown, in which order, how strongly, and what the symbols mean."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSlider,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridmap.model.schema import Geometry
from gridmap.model.style import Symbol
from gridmap.report.legend import paint_swatch
from gridmap.ui import theme
from gridmap.ui.icons import icon
from gridmap.ui.panels.layers_model import LayerEntry, LayerList

_SWATCH = QSize(26, 16)
_TABLE_ROLE = Qt.ItemDataRole.UserRole


class LayerTree(QTreeWidget):
    """The tree itself. Space shows or hides, Ctrl+Up and Ctrl+Down move, Enter opens the table."""

    toggled = Signal(str, bool)
    moved = Signal(str, int)
    """A table should move by so many places (below zero: up)."""
    dropped = Signal()
    table_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setIconSize(_SWATCH)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAccessibleName(self.tr("图层"))
        self.itemChanged.connect(self._on_changed)
        self.itemDoubleClicked.connect(lambda item, _column: self._want(item))

    @property
    def current_table(self) -> str | None:
        """Return the table of the current line."""
        item = self.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        return None if item is None else str(item.data(0, _TABLE_ROLE))

    def tables(self) -> list[str]:
        """Return the tables in the order of the lines."""
        return [str(item.data(0, _TABLE_ROLE)) for item in self._lines()]

    def show_entries(self, layers: LayerList) -> None:
        """Show the layers anew, keeping what is unfolded."""
        current, unfolded = self.current_table, self._unfolded()
        self.blockSignals(True)
        self.clear()
        for entry in layers.entries:
            item = _make_item(entry)
            self.addTopLevelItem(item)
            item.setExpanded(entry.table in unfolded)
            if entry.table == current:
                self.setCurrentItem(item)
        first = self.topLevelItem(0)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)
        self.blockSignals(False)

    def note(self, layers: LayerList, denominator: float) -> None:
        """Show counts, and grey what is not drawn at this scale."""
        self.blockSignals(True)
        for item in self._lines():
            place = layers.find(str(item.data(0, _TABLE_ROLE)))
            if place is None:
                continue
            entry = layers.entries[place]
            is_drawn = denominator <= entry.max_denominator
            item.setForeground(0, QBrush(QColor(theme.TEXT if is_drawn else "#A6B0B9")))
            item.setText(1, "" if entry.count is None else f"{entry.count:,}")
            tip = "" if is_drawn else self.tr("这个图层要放大后才显示")
            item.setToolTip(0, tip)
        self.blockSignals(False)

    def _unfolded(self) -> set[str]:
        return {str(item.data(0, _TABLE_ROLE)) for item in self._lines() if item.isExpanded()}

    def _lines(self) -> list[QTreeWidgetItem]:
        items = [self.topLevelItem(row) for row in range(self.topLevelItemCount())]
        return [item for item in items if item is not None]

    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0 and item.parent() is None:
            is_checked = item.checkState(0) == Qt.CheckState.Checked
            self.toggled.emit(str(item.data(0, _TABLE_ROLE)), is_checked)

    def _want(self, item: QTreeWidgetItem | None) -> None:
        table = self.current_table
        if item is not None and table is not None:
            self.table_wanted.emit(table)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move layers and open tables by keys."""
        table = self.current_table
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and table is not None:
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if steps is not None:
                self.moved.emit(table, steps)
                return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._want(self.currentItem())
            return
        super().keyPressEvent(event)

    def dropEvent(self, event: object) -> None:
        """Tell that the order was changed by dragging."""
        super().dropEvent(event)  # type: ignore[arg-type] # QDropEvent
        self.dropped.emit()


class LayersPanel(QWidget):
    """The tree, and below it order and opacity of the current layer."""

    visibility_changed = Signal(str, bool)
    opacity_changed = Signal(str, float)
    order_changed = Signal(tuple)
    table_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layers = LayerList()
        self._denominator = 0.0
        self.tree = LayerTree(self)
        self.opacity = QSlider(Qt.Orientation.Horizontal, self)
        self.opacity.setRange(0, 100)
        self.opacity.setPageStep(10)
        self.opacity.setAccessibleName(self.tr("不透明度"))
        self._value = QLabel(self)
        self._value.setMinimumWidth(44)
        self._up = self._button("up", self.tr("上移（Ctrl+↑）"), -1)
        self._down = self._button("down", self.tr("下移（Ctrl+↓）"), 1)
        self._lay_out()
        self.tree.toggled.connect(self._on_toggled)
        self.tree.moved.connect(self._on_moved)
        self.tree.dropped.connect(self._on_dropped)
        self.tree.table_wanted.connect(self.table_wanted)
        self.tree.currentItemChanged.connect(lambda *_: self._show_current())
        self.opacity.valueChanged.connect(self._on_opacity)

    def show_layers(self, layers: LayerList) -> None:
        """Show these layers."""
        self.layers = layers
        self.tree.show_entries(layers)
        self._show_current()

    def note_counts(self, counts: dict[str, int]) -> None:
        """Show how many rows the tables have."""
        self.layers.note_counts(counts)
        self.tree.note(self.layers, self._denominator)

    def note_scale(self, denominator: float) -> None:
        """Grey the layers that are not drawn at this scale."""
        self._denominator = denominator
        self.tree.note(self.layers, denominator)

    @property
    def current(self) -> LayerEntry | None:
        """Return the current layer."""
        place = self.layers.find(self.tree.current_table or "")
        return None if place is None else self.layers.entries[place]

    def _button(self, name: str, tip: str, steps: int) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self._on_moved(self.tree.current_table or "", steps))
        return button

    def _lay_out(self) -> None:
        label = QLabel(self.tr("不透明度(&A)"), self)
        label.setBuddy(self.opacity)
        label.setObjectName("muted")
        below = QHBoxLayout()
        below.setContentsMargins(12, 8, 8, 8)
        below.setSpacing(10)
        for widget in (label, self.opacity, self._value, self._up, self._down):
            below.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tree)
        layout.addLayout(below)

    def _show_current(self) -> None:
        entry = self.current
        for widget in (self.opacity, self._up, self._down):
            widget.setEnabled(entry is not None)
        percent = 100 if entry is None else round(entry.opacity * 100)
        self.opacity.blockSignals(True)
        self.opacity.setValue(percent)
        self.opacity.blockSignals(False)
        self._value.setText(f"{percent}%")

    def _on_toggled(self, table: str, is_visible: bool) -> None:
        place = self.layers.find(table)
        if place is not None:
            self.layers.entries[place].is_visible = is_visible
            self.visibility_changed.emit(table, is_visible)

    def _on_opacity(self, percent: int) -> None:
        entry = self.current
        self._value.setText(f"{percent}%")
        if entry is not None:
            entry.opacity = percent / 100
            self.opacity_changed.emit(entry.table, entry.opacity)

    def _on_moved(self, table: str, steps: int) -> None:
        place = self.layers.find(table)
        if place is not None and self.layers.move(place, place + steps):
            self._show_order()

    def _on_dropped(self) -> None:
        by_table = {entry.table: entry for entry in self.layers.entries}
        tables = [table for table in self.tree.tables() if table in by_table]
        if len(tables) == len(by_table):
            self.layers.entries = [by_table[table] for table in tables]
        self._show_order()

    def _show_order(self) -> None:
        self.tree.show_entries(self.layers)
        self.tree.note(self.layers, self._denominator)
        self.order_changed.emit(self.layers.painting_order)


def _make_item(entry: LayerEntry) -> QTreeWidgetItem:
    item = QTreeWidgetItem([entry.title, ""])
    item.setData(0, _TABLE_ROLE, entry.table)
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled)
    checked = Qt.CheckState.Checked if entry.is_visible else Qt.CheckState.Unchecked
    item.setCheckState(0, checked)
    item.setIcon(0, swatch(entry.symbol, entry.geometry))
    item.setForeground(1, QBrush(QColor(theme.MUTED)))
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for part in entry.legend:
        line = QTreeWidgetItem([part.text, ""])
        line.setFlags(flags)
        line.setIcon(0, swatch(part.symbol, entry.geometry))
        line.setForeground(0, QBrush(QColor(theme.MUTED)))
        item.addChild(line)
    return item


def swatch(symbol: Symbol, geometry: Geometry | None) -> QIcon:
    """Return a symbol as an icon, as it looks on the map."""
    ratio = 2
    picture = QPixmap(_SWATCH * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    box = QRectF(2, 2, _SWATCH.width() - 4, _SWATCH.height() - 4)
    paint_swatch(painter, box, symbol, geometry, 1.0, is_vector=False)
    painter.end()
    return QIcon(picture)
