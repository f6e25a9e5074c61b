"""The layer tree: what is shown, in which order, how strongly, and what the symbols mean."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QSlider,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.model.style import Style
from gridmap.report.legend import Entry
from gridmap.ui import theme
from gridmap.ui.icons import icon
from gridmap.ui.panels.base_map import BaseMapBar
from gridmap.ui.panels.layers_model import LayerEntry, LayerList
from gridmap.ui.panels.layers_pictures import SWATCH, legend_picture

_TABLE_ROLE = Qt.ItemDataRole.UserRole
_SLIDER, _VALUE = 56, 44
_PLACE_ROLE = Qt.ItemDataRole.UserRole + 1


class LayerTree(QTreeWidget):
    """The tree itself. Space shows or hides, Ctrl+Up and Ctrl+Down move, Enter opens the table.

    On a line of the legend, Enter and a double click open the style.
    """

    toggled = Signal(str, bool)
    moved = Signal(str, int)
    """A table should move by so many places (below zero: up)."""
    dropped = Signal()
    table_wanted = Signal(str)
    style_wanted = Signal(str, int)
    """The style of a table is to be edited, from this symbol on (-1: from the beginning)."""
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setIconSize(SWATCH)
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
            is_drawn = entry.style.is_shown_at(denominator)
            item.setForeground(0, QBrush(QColor(theme.TEXT if is_drawn else theme.DISABLED)))
            item.setText(1, "" if entry.count is None else f"{entry.count:,}")
            item.setToolTip(0, "" if is_drawn else self._why_not_drawn(entry, denominator))
        self.blockSignals(False)

    def show_legend(self, entry: LayerEntry) -> None:
        """Show how a layer is drawn now."""
        self.blockSignals(True)
        for item in self._lines():
            if item.data(0, _TABLE_ROLE) == entry.table:
                _show_symbols(item, entry)
        self.blockSignals(False)

    def _why_not_drawn(self, entry: LayerEntry, denominator: float) -> str:
        if denominator > entry.style.max_denominator:
            return self.tr("这个图层要放大后才显示")
        return self.tr("这个图层要缩小后才显示")

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
        if item is None or table is None:
            return
        if item.parent() is None:
            self.table_wanted.emit(table)
        else:
            self.style_wanted.emit(table, int(item.data(0, _PLACE_ROLE)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the layer under the pointer, or with the current one."""
        at = event.pos()
        current = self.currentItem()
        if event.reason() is QContextMenuEvent.Reason.Keyboard and current is not None:
            at = self.visualItemRect(current).center()
        item = self.itemAt(at)
        if item is not None:
            self.setCurrentItem(item)
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))

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
    style_wanted = Signal(str, int)
    zoom_wanted = Signal(str)
    reset_wanted = Signal(str)
    """The user's own style of a table is to be dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layers = LayerList()
        self.base_map = BaseMapBar(self)
        self._denominator = 0.0
        self._is_dark = theme.is_dark()
        self.tree = LayerTree(self)
        self._opacity_label = QLabel(self.tr("不透明度(&A)"), self)
        self.opacity = QSlider(Qt.Orientation.Horizontal, self)
        self.opacity.setMinimumWidth(_SLIDER)
        self.opacity.setRange(0, 100)
        self.opacity.setPageStep(10)
        self.opacity.setAccessibleName(self.tr("不透明度"))
        self.opacity.setToolTip(self.tr("不透明度"))
        self._value = QLabel(self)
        self._value.setMinimumWidth(theme.sized(_VALUE))
        self._up = self._button("up", self.tr("上移（Ctrl+↑）"), -1)
        self._down = self._button("down", self.tr("下移（Ctrl+↓）"), 1)
        self.style_button = self._tool("style", self.tr("样式：颜色、分类、标注（F4）"))
        self.style_button.clicked.connect(self._on_style)
        self._lay_out()
        self.tree.toggled.connect(self._on_toggled)
        self.tree.moved.connect(self._on_moved)
        self.tree.dropped.connect(self._on_dropped)
        self.tree.table_wanted.connect(self.table_wanted)
        self.tree.style_wanted.connect(self.style_wanted)
        self.tree.menu_wanted.connect(self._open_menu)
        self.tree.currentItemChanged.connect(lambda *_: self._show_current())
        self.opacity.valueChanged.connect(self._on_opacity)

    def show_layers(self, layers: LayerList) -> None:
        """Show these layers."""
        self.layers = layers
        self.tree.show_entries(layers)
        self._show_current()

    def show_style(self, style: Style) -> None:
        """Show how a layer is drawn now."""
        entry = self.layers.note_style(style, current_language())
        if entry is not None:
            self.tree.show_legend(entry)
            self.tree.note(self.layers, self._denominator)

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

    def save_width(self, is_narrow: bool) -> None:
        """Leave out what needs no words in a narrow window: the slider's tip says what it is."""
        self._opacity_label.setVisible(not is_narrow)

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger type; paint symbols anew on another theme's ground."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._value.setMinimumWidth(theme.sized(_VALUE))
        if event.type() is QEvent.Type.StyleChange and self._is_dark != theme.is_dark():
            self._is_dark = theme.is_dark()
            for entry in self.layers.entries:
                self.tree.show_legend(entry)
            self.tree.note(self.layers, self._denominator)

    def _tool(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("compact")
        button.setIcon(icon(name))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _button(self, name: str, tip: str, steps: int) -> QToolButton:
        button = self._tool(name, tip)
        button.clicked.connect(lambda: self._on_moved(self.tree.current_table or "", steps))
        return button

    def _lay_out(self) -> None:
        label = self._opacity_label
        label.setBuddy(self.opacity)
        label.setObjectName("muted")
        below = QHBoxLayout()
        below.setContentsMargins(12, 8, 8, 8)
        below.setSpacing(6)
        buttons = (self._up, self._down, self.style_button)
        for widget in (label, self.opacity, self._value, *buttons):
            below.addWidget(widget, 1 if widget is self.opacity else 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tree)
        layout.addLayout(below)
        layout.addWidget(self.base_map)

    def _show_current(self) -> None:
        entry = self.current
        for widget in (self.opacity, self._up, self._down, self.style_button):
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

    def _on_style(self) -> None:
        if self.current is not None:
            self.style_wanted.emit(self.current.table, -1)

    def _open_menu(self, at: QPoint) -> None:
        entry = self.current
        if entry is None:
            return
        table = entry.table
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, text, act in (
            ("style", self.tr("样式…(&S)"), lambda: self.style_wanted.emit(table, -1)),
            ("table", self.tr("属性表(&T)"), lambda: self.table_wanted.emit(table)),
            ("zoom_to", self.tr("缩放到图层(&Z)"), lambda: self.zoom_wanted.emit(table)),
            ("undo", self.tr("恢复默认样式(&R)"), lambda: self.reset_wanted.emit(table)),
        ):
            menu.addAction(icon(name), text).triggered.connect(act)
        menu.popup(at)

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
    item.setForeground(1, QBrush(QColor(theme.MUTED)))
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    _show_symbols(item, entry)
    return item


def _show_symbols(item: QTreeWidgetItem, entry: LayerEntry) -> None:
    """Show a layer's symbol, and below it the lines that explain its style."""
    whole = Entry(entry.title, entry.symbol, entry.geometry)
    item.setIcon(0, legend_picture(whole))
    while item.childCount() > len(entry.legend):
        item.takeChild(item.childCount() - 1)
    for place, line in enumerate(entry.legend):
        child = item.child(place)
        if child is None:
            child = QTreeWidgetItem()
            child.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            child.setForeground(0, QBrush(QColor(theme.MUTED)))
            item.addChild(child)
        child.setText(0, line.entry.text)
        child.setToolTip(0, line.entry.text)
        child.setIcon(0, legend_picture(line.entry))
        child.setData(0, _PLACE_ROLE, line.place)
