"""The table of a layer's rows: fetched page by page, sorted by a click, tied to the selection."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
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
from gridmap.services.layers import LayerSource, Order, Page
from gridmap.ui.panels.shown import heading, is_number, shown
from gridmap.ui.panels.table_model import PAGE, TableRows, as_text, make_rows
from gridmap.ui.work import Work

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW_HEIGHT = 28
_SETTLE_MS = 60  # while the selection is being dragged, the map need not follow every row
_MOST_SELECTED = 20_000


class RowsModel(QAbstractTableModel):
    """Rows that come from a worker; until they are here, cells show three dots."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._source: LayerSource | None = None
        self.rows: TableRows | None = None
        self._language = current_language()

    def show_table(self, source: LayerSource | None, rows: TableRows | None) -> None:
        """Show rows of a source."""
        self.beginResetModel()
        self._source, self.rows = source, rows
        self.endResetModel()

    def refresh(self, count: int) -> None:
        """Read anew what is looked at; rows may have come or gone."""
        if self.rows is not None:
            self.beginResetModel()
            self.rows.count = count
            self.rows.forget()
            self.endResetModel()

    def _fetch(self, row: int) -> None:
        rows, source = self.rows, self._source
        offset = rows.ask(row) if rows is not None else None
        if rows is None or source is None or offset is None:
            return
        generation, table, order = rows.generation, rows.table.name, rows.order

        def then(page: Page) -> None:
            if rows is self.rows and generation == rows.generation:
                rows.take(page)
                last = min(offset + PAGE, rows.count) - 1
                self.dataChanged.emit(
                    self.index(offset, 0), self.index(last, self.columnCount() - 1)
                )

        self._work.query(
            lambda _progress: source.page(table, offset, PAGE, order),
            then,
            failed=lambda _error: rows.give_up(offset),
        )

    # --- Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows the table has."""
        return 0 if self.rows is None or parent.isValid() else self.rows.count

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many fields the table has."""
        return 0 if self.rows is None or parent.isValid() else len(self.rows.fields)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell; asking for one that is not at hand fetches its page."""
        if self.rows is None:
            return None
        field = self.rows.fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and is_number(field):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        values = self.rows.find(index.row())
        if values is None:
            self._fetch(index.row())
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        text = shown(field, values[index.column()], self._language)
        return text if role == Qt.ItemDataRole.DisplayRole or len(text) > 12 else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the headings, and the numbers of the rows."""
        if self.rows is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return heading(self.rows.fields[section], self._language)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, or (below zero) as the rows were made."""
        if self.rows is None:
            return
        is_down = order == Qt.SortOrder.DescendingOrder
        wanted = Order(self.rows.fields[column].name, is_down) if column >= 0 else None
        if wanted != self.rows.order:
            self.beginResetModel()
            self.rows.order = wanted
            self.rows.forget()
            self.endResetModel()


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
        self._count.clear()

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
        positions = self._positions()
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

    def _positions(self) -> list[int]:
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
            first = self.model.index(positions[0], 0)
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.view.selectionModel().setCurrentIndex(first, keep)
            self.view.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._is_following = False

    def _on_selection(self, *_: object) -> None:
        if not self._is_following:
            self._wanted = None  # what the user selects here counts more than a late answer
            self._settle.start()

    def _find_again(self) -> None:
        """Select the same rows in their new order; without any, begin at the top."""
        if self._selected[0] and self._selected[0] == self.table:
            self.follow(*self._selected)
        else:
            self.view.scrollToTop()

    def _tell_selected(self) -> None:
        source, rows = self._source, self.model.rows
        positions = self._positions()
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
        if rows is not None and row_id is not None:
            self.row_wanted.emit(rows.table.name, row_id)

    def showEvent(self, event: Any) -> None:
        """Catch up with what was selected while the panel was hidden."""
        super().showEvent(event)
        if self._wanted is not None and self._wanted[0]:
            QTimer.singleShot(0, self, lambda: self.follow(*self._wanted) if self._wanted else None)
        elif self.table is None and not self._coming:
            self.table_needed.emit()
