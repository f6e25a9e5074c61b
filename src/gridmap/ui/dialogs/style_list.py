"""The classes of a style as a list: chosen, renamed, moved, removed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.model.style import Style
from gridmap.report.styles import class_names
from gridmap.ui.dialogs.style_model import (
    StyleEditor,
    with_moved,
    with_name,
    without_class,
)
from gridmap.ui.dialogs.style_pictures import SWATCH, symbol_picture
from gridmap.ui.icons import icon
from gridmap.ui.words import translate

_LEAST_ROWS, _MOST_ROWS = 3, 11
"""As high as its lines, so that the page scrolls and not a list in it."""


def symbol_names(style: Style) -> tuple[str, ...]:
    """Return what each of a style's symbols is called; the last is that of the rest."""
    if not style.classes:
        return (translate("StyleDialog", "全部"),)
    names = class_names(style, current_language())
    return (*names, translate("StyleDialog", "其他（不属于以上各类）"))


class ClassTree(QTreeWidget):
    """The list itself. F2 renames, Delete removes, Ctrl+Up and Ctrl+Down move, Enter opens."""

    removed = Signal(int)
    moved = Signal(int, int)
    wanted = Signal(int)
    """A line was double-clicked: its symbol is to be edited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setIconSize(SWATCH)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setAccessibleName(self.tr("类别"))
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemDoubleClicked.connect(lambda item, _: self.wanted.emit(self._row(item)))

    def _row(self, item: QTreeWidgetItem | None) -> int:
        return -1 if item is None else self.indexOfTopLevelItem(item)

    @property
    def row(self) -> int:
        """Return the current row, -1 where there is none."""
        return self._row(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, remove and open by keys."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and steps is not None:
            self.moved.emit(self.row, steps)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit(self.row)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit(self.row)
        else:
            super().keyPressEvent(event)


class ClassList(QWidget):
    """The list, and below it the buttons that do the same as its keys."""

    symbol_wanted = Signal()
    """The chosen class's symbol is to be edited."""

    def __init__(self, editor: StyleEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._least_rows = _LEAST_ROWS
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.tree = ClassTree(self)
        self.up = self._button("up", self.tr("上移（Ctrl+↑）"))
        self.down = self._button("down", self.tr("下移（Ctrl+↓）"))
        self.remove = self._button("close", self.tr("移除这一类（Delete）"))
        self.edit = QToolButton(self)
        self.edit.setText(self.tr("改符号(&Y)"))
        self.edit.setToolTip(self.tr("修改所选一类的颜色和符号（双击或回车）"))
        self._note = QLabel(self)
        self._note.setObjectName("muted")
        below = QHBoxLayout()
        below.setSpacing(2)
        below.addWidget(self._note, 1)
        for button in (self.edit, self.up, self.down, self.remove):
            below.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.tree)
        layout.addLayout(below)
        self.tree.currentItemChanged.connect(lambda *_: self._on_current())
        self.tree.itemChanged.connect(self._on_edited)
        self.tree.removed.connect(self._on_removed)
        self.tree.moved.connect(self._on_moved)
        self.tree.wanted.connect(self._on_wanted)
        self.up.clicked.connect(lambda: self._on_moved(self.tree.row, -1))
        self.down.clicked.connect(lambda: self._on_moved(self.tree.row, 1))
        self.remove.clicked.connect(lambda: self._on_removed(self.tree.row))
        self.edit.clicked.connect(lambda: self._on_wanted(self.tree.row))

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def offer_only_symbol(self) -> None:
        """Hide what only several classes need."""
        self._least_rows = 1
        for button in (self.up, self.down, self.remove):
            button.hide()

    def refresh(self, counts: Sequence[int] = (), rest: int | None = None) -> None:
        """Show the classes as they are now, with how many rows each has where that is known."""
        style, tree = self._editor.style, self.tree
        shown = [*counts, rest] if counts else [None] * len(style.symbols)
        tree.blockSignals(True)
        while tree.topLevelItemCount() > len(style.symbols):
            tree.takeTopLevelItem(tree.topLevelItemCount() - 1)
        names = symbol_names(style)
        for place, (name, symbol) in enumerate(zip(names, style.symbols, strict=True)):
            item = tree.topLevelItem(place)
            if item is None:
                item = QTreeWidgetItem()
                tree.addTopLevelItem(item)
            count = shown[place] if place < len(shown) else None
            item.setText(0, name)
            item.setText(1, "" if count is None else f"{count:,}")
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setIcon(0, symbol_picture(symbol, self._editor.options.table.geometry))
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            is_class = place < len(style.classes)
            item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if is_class else flags)
        current = tree.topLevelItem(self._editor.place)
        if current is not None:
            tree.setCurrentItem(current)
        tree.blockSignals(False)
        self._offer()
        rows = min(max(len(names), self._least_rows), _MOST_ROWS)
        tree.setFixedHeight(rows * max(tree.sizeHintForRow(0), 1) + 2 * tree.frameWidth())
        number = len(style.classes)
        self._note.setText(self.tr("{number} 类").format(number=number) if number else "")

    def _offer(self) -> None:
        place, last = self._editor.place, len(self._editor.style.classes)
        self.up.setEnabled(0 < place < last)
        self.down.setEnabled(place < last - 1)
        self.remove.setEnabled(place < last)

    def _on_current(self) -> None:
        if self.tree.row >= 0:
            self._editor.choose(self.tree.row)

    def _on_edited(self, item: QTreeWidgetItem, column: int) -> None:
        place = self.tree.indexOfTopLevelItem(item)
        text = item.text(0).strip()
        if column == 0 and text and place < len(self._editor.style.classes):
            is_english = current_language() == "en"
            self._editor.change(with_name(self._editor.style, place, text, is_english=is_english))

    def _on_moved(self, place: int, steps: int) -> None:
        to = place + steps
        if 0 <= to < len(self._editor.style.classes) > place >= 0:
            self._editor.change(with_moved(self._editor.style, place, to), place=to)

    def _on_removed(self, place: int) -> None:
        if 0 <= place < len(self._editor.style.classes):
            self._editor.change(without_class(self._editor.style, place))

    def _on_wanted(self, place: int) -> None:
        if place >= 0:
            self._editor.choose(place)
            self.symbol_wanted.emit()
