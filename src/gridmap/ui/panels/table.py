"""The table of a layer's rows: fetched page by page, sorted by a click, tied to the selection."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.model.catalogue import TABLES
from gridmap.model.changes import Touched
from gridmap.services.layers import LayerSource
from gridmap.ui.panels.rows_model import RowsModel
from gridmap.ui.panels.shown import heading, is_number
from gridmap.ui.panels.table_editing import TableEditing
from gridmap.ui.panels.table_model import as_text, make_rows
from gridmap.ui.work import Work

_ROW_HEIGHT = 28
_SETTLE_MS = 60  # while the selection is being dragged, the map need not follow every row
_MOST_SELECTED = 20_000


class TablePanel(QWidget):
    """Which table, its rows, and how many."""

    selected = Signal(str, list)
    """The user selected rows of a table, by their ids."""
    row_wanted = Signal(str, str)
    """A row was double-clicked: show it on the map."""
    cut = Signal(int)
    """More rows were selected than can be; only so many of the first ones are."""
    table_needed = Signal()
    """The panel is seen and shows nothing yet."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._source: LayerSource | None = None
        self._is_following = False
        self._wanted: tuple[str, tuple[str, ...]] | None = None
        self._coming = ""
        """The table that was asked for and is not here yet."""
        self._selected: tuple[str, tuple[str, ...]] = ("", ())
        """What is selected, to be found again in another order."""
        self.column = 0
        """The column that the user was in last, where a value is copied down or pasted."""
        self.model = RowsModel(work, self)
        self.choice = QComboBox(self)
        for table in TABLES:
            self.choice.addItem(heading(table, current_language()), table.name)
        self.choice.setAccessibleName(self.tr("表"))
        self.choice.activated.connect(lambda _row: self.show_table(self.choice.currentData()))
        self._count = QLabel(self)
        self._count.setObjectName("muted")
        self._remark = QLabel(self)
        self._remark.setObjectName("note")
        self._remark.hide()
        self.view = self._make_view()
        self.editing = TableEditing(self.view, self.model, self.positions, lambda: self.column)
        self.model.modelReset.connect(self._find_again)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._tell_selected)
        self._lay_out()

    @property
    def table(self) -> str | None:
        """Return the table that is shown."""
        return None if self.model.rows is None else self.model.rows.table.name

    def set_source(self, source: LayerSource | None) -> None:
        """Show rows of another workspace, or nothing."""
        self._source = source
        self._wanted, self._selected = None, ("", ())
        self._coming = ""
        self.model.show_table(source, None)
        self.column = 0
        self._count.clear()

    def change_source(self, source: LayerSource, touched: Touched) -> None:
        """Show the rows of another source of the same workspace; only ``touched`` differs."""
        self._source = source
        self.model.change_source(source)
        self.reload(touched)

    def remark(self, text: str) -> None:
        """Say something about all that is shown; an empty text says nothing."""
        self._remark.setText(text)
        self._remark.setVisible(bool(text))

    def show_table(self, table: str) -> None:
        """Show the rows of a table."""
        source = self._source
        if source is None or table == (self._coming or self.table):
            return
        self._coming = table
        self.choice.setCurrentIndex(self.choice.findData(table))

        def then(count: int) -> None:
            if table != self._coming:
                return  # another table was asked for meanwhile
            self._coming = ""
            self.column = 0
            self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.model.show_table(source, make_rows(table, count))
            self._show_count(count)
            self._size_columns()
            if self._wanted is not None and self._wanted[0] == table:
                self.follow(*self._wanted)

        self._work.query(lambda _progress: source.count(table), then)

    def reload(self, touched: Touched) -> None:
        """Read the shown table anew if it was touched."""
        source, table = self._source, self.table
        if source is None or table is None or table not in touched:
            return

        def then(count: int) -> None:
            if table == self.table:
                self.model.refresh(count)
                self._show_count(count)

        self._work.query(lambda _progress: source.count(table), then)

    def follow(self, table: str, ids: Sequence[str]) -> None:
        """Select the rows that are selected on the map, and bring the first into sight."""
        self._wanted = self._selected = (table, tuple(ids))
        source, rows = self._source, self.model.rows
        if not self.isVisible() or source is None:
            return
        if not table:
            self._is_following = True
            self.view.clearSelection()
            self._is_following = False
            return
        if rows is None or rows.table.name != table:
            self.show_table(table)
            return
        order, wanted = rows.order, self._wanted

        def then(positions: list[int]) -> None:
            if wanted is self._wanted and rows is self.model.rows and order == rows.order:
                self._select(positions)

        self._work.query(lambda _progress: source.find_rows(table, ids, order).tolist(), then)

    def copy(self) -> None:
        """Copy the selected rows to the clipboard, with their headings."""
        source, rows = self._source, self.model.rows
        positions = self.positions()
        if source is None or rows is None or not positions:
            return
        table, order, language = rows.table, rows.order, current_language()

        def call(_progress: object) -> str:
            found = source.rows_at(table.name, positions, order)
            return as_text(table.fields, found, language)

        self._work.query(call, QGuiApplication.clipboard().setText, title=self.tr("复制"))

    def _make_view(self) -> QTableView:
        view = QTableView(self)
        view.setModel(self.model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setSortingEnabled(True)
        view.setTabKeyNavigation(False)
        view.setAccessibleName(self.tr("属性表"))
        view.setObjectName("rows")
        header = view.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows = view.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # else each row is measured
        rows.setDefaultSectionSize(_ROW_HEIGHT)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.selectionModel().selectionChanged.connect(self._on_selection)
        view.selectionModel().currentChanged.connect(self._on_current)
        view.doubleClicked.connect(self._on_double_click)
        return view

    def _lay_out(self) -> None:
        label = QLabel(self.tr("表(&T)"), self)
        label.setBuddy(self.choice)
        self.choice.setMinimumWidth(180)
        above = QHBoxLayout()
        above.setContentsMargins(12, 8, 12, 8)
        above.setSpacing(10)
        above.addWidget(label)
        above.addWidget(self.choice)
        above.addSpacing(8)
        above.addWidget(self._count)
        above.addWidget(self._remark)
        above.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.view)

    def _size_columns(self) -> None:
        metrics = self.view.fontMetrics()
        for column, field in enumerate(self.model.rows.fields if self.model.rows else ()):
            title = metrics.horizontalAdvance(heading(field, current_language())) + 44
            usual = 90 if is_number(field) or field.choices else 150
            self.view.setColumnWidth(column, max(title, usual))

    def _show_count(self, count: int) -> None:
        self._count.setText(self.tr("共 {count:,} 行").format(count=count))

    def positions(self) -> list[int]:
        """Return the selected rows, rising."""
        found: list[int] = []
        selection = self.view.selectionModel().selection()
        for number in range(selection.count()):
            stretch = selection.at(number)
            found += range(stretch.top(), stretch.bottom() + 1)
        return sorted(set(found))

    def _select(self, positions: Sequence[int]) -> None:
        selection, last = QItemSelection(), self.model.columnCount() - 1
        for position in positions:
            selection.select(self.model.index(position, 0), self.model.index(position, last))
        self._is_following = True
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().select(selection, flag)
        if positions:
            first = self.model.index(positions[0], min(self.column, last))
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.view.selectionModel().setCurrentIndex(first, keep)
            across = self.view.horizontalScrollBar()
            place = across.value()
            self.view.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtCenter)
            across.setValue(place)  # only up and down
        self._is_following = False

    def _on_selection(self, *_: object) -> None:
        if not self._is_following:
            self._wanted = None  # what the user selects here counts more than a late answer
            self._settle.start()

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._is_following:  # rows that are read anew are no choice
            self.column = current.column()

    def _find_again(self) -> None:
        """Select the same rows in their new order; without any, begin at the top."""
        if self._selected[0] and self._selected[0] == self.table:
            self.follow(*self._selected)
        else:
            self.view.scrollToTop()

    def _tell_selected(self) -> None:
        source, rows = self._source, self.model.rows
        positions = self.positions()
        if source is None or rows is None:
            return
        if len(positions) > _MOST_SELECTED:
            positions = positions[:_MOST_SELECTED]
            self.cut.emit(_MOST_SELECTED)
        table, order = rows.table.name, rows.order

        def then(ids: list[str]) -> None:
            self._selected = (table, tuple(ids))
            self.selected.emit(table, ids)

        self._work.query(lambda _progress: source.ids_at(table, positions, order), then)

    def _on_double_click(self, index: QModelIndex) -> None:
        rows = self.model.rows
        row_id = rows.find_id(index.row()) if rows is not None else None
        if rows is None or self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return  # the cell is typed into
        if row_id is not None:
            self.row_wanted.emit(rows.table.name, row_id)

    def showEvent(self, event: Any) -> None:
        """Catch up with what was selected while the panel was hidden."""
        super().showEvent(event)
        if self._wanted is not None and self._wanted[0]:
            QTimer.singleShot(0, self, lambda: self.follow(*self._wanted) if self._wanted else None)
        elif self.table is None and not self._coming:
            self.table_needed.emit()
