"""The kept places: a list to go by, to name, to order and to drop from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui.icons import icon

if TYPE_CHECKING:
    from gridmap.services.bookmarks import Bookmark

_ICON = QSize(18, 18)
PICTURE = QSize(78, 52)
"""How large the picture of a place is shown."""


class BookmarkList(QListWidget):
    """The list itself. Enter goes, F2 renames, Delete drops, Ctrl+Up and Ctrl+Down move."""

    wanted = Signal(int)
    dropped = Signal(int)
    moved = Signal(int, int)
    """The place at a row should stand at another row."""
    renamed = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("书签"))
        self.setIconSize(PICTURE)
        self.setSpacing(2)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.itemDoubleClicked.connect(lambda item: self.wanted.emit(self.row(item)))
        self.itemChanged.connect(lambda item: self.renamed.emit(self.row(item), item.text()))
        self.model().rowsMoved.connect(self._on_dragged)

    def _on_dragged(
        self, _from: QModelIndex, first: int, _last: int, _to: QModelIndex, before: int
    ) -> None:
        self.moved.emit(first, before - 1 if before > first else before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go, drop and move by keys."""
        row, key = self.currentRow(), event.key()
        if row < 0 or self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit(row)
        elif key == Qt.Key.Key_Delete:
            self.dropped.emit(row)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in _STEPS:
            to = row + _STEPS[key]
            if 0 <= to < self.count():
                self.moved.emit(row, to)
        else:
            super().keyPressEvent(event)


_STEPS = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


class BookmarksPanel(QWidget):
    """The list, and buttons for all that can be done with it. It shows; its handler keeps."""

    add_wanted = Signal()
    wanted = Signal(int)
    """The place at this row should be shown."""
    dropped = Signal(int)
    moved = Signal(int, int)
    renamed = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = BookmarkList(self)
        self._empty = QLabel(
            self.tr("还没有书签。\n把地图移到要记住的地方，按 Ctrl+Shift+K 或点“＋”。"), self
        )
        self._empty.setObjectName("hint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.list)
        self._buttons: list[QToolButton] = []
        below = QHBoxLayout()
        below.setContentsMargins(8, 4, 8, 6)
        add = self._button("add", self.tr("把现在的画面加为书签（Ctrl+Shift+K）"))
        add.clicked.connect(self.add_wanted)
        below.addWidget(add)
        below.addStretch(1)
        for name, tip, act in (
            ("zoom_to", self.tr("转到（回车）"), self._go),
            ("rename", self.tr("改名（F2）"), self._rename),
            ("up", self.tr("上移（Ctrl+↑）"), lambda: self._move(-1)),
            ("down", self.tr("下移（Ctrl+↓）"), lambda: self._move(1)),
            ("remove", self.tr("删除（Delete）"), self._drop),
        ):
            button = self._button(name, tip)
            button.clicked.connect(act)
            self._buttons.append(button)
            below.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages, 1)
        layout.addLayout(below)
        self.list.wanted.connect(self.wanted)
        self.list.dropped.connect(self.dropped)
        self.list.moved.connect(self.moved)
        self.list.renamed.connect(self.renamed)
        self.show_bookmarks(())

    def show_bookmarks(self, bookmarks: Sequence["Bookmark"], current: int = 0) -> None:
        """Show the places, one of them as the current one."""
        self.list.blockSignals(True)
        self.list.clear()
        for bookmark in bookmarks:
            item = QListWidgetItem(_picture(bookmark.picture), bookmark.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setToolTip(self.tr("双击转到“{name}”").format(name=bookmark.name))
            self.list.addItem(item)
        self.list.setCurrentRow(min(current, len(bookmarks) - 1))
        self.list.blockSignals(False)
        self._pages.setCurrentWidget(self.list if bookmarks else self._empty)
        for button in self._buttons:
            button.setEnabled(bool(bookmarks))

    def edit_name(self, row: int) -> None:
        """Let the name of a place be typed."""
        item = self.list.item(row)
        if item is not None:
            self.list.setCurrentItem(item)
            self.list.setFocus()
            self.list.editItem(item)

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setIconSize(_ICON)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _go(self) -> None:
        self.wanted.emit(self.list.currentRow())

    def _rename(self) -> None:
        self.edit_name(self.list.currentRow())

    def _move(self, steps: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + steps < self.list.count():
            self.moved.emit(row, row + steps)

    def _drop(self) -> None:
        self.dropped.emit(self.list.currentRow())


def _picture(kept: bytes) -> QIcon:
    """Return the picture of a place; one that cannot be shown is left out."""
    picture = QPixmap()
    if kept and picture.loadFromData(kept, "PNG"):
        return QIcon(picture)
    blank = QPixmap(PICTURE)
    blank.fill(Qt.GlobalColor.transparent)
    painter = QPainter(blank)
    icon("bookmark").paint(painter, blank.rect().adjusted(28, 15, -28, -15))
    painter.end()
    return QIcon(blank)
