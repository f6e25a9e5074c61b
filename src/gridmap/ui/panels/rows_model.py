"""The rows of a table for Qt: fetched page by page, and typed into cell by cell."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from gridmap.base.messages import current_language
from gridmap.model.upkeep import is_kept
from gridmap.services.layers import LayerSource, Order, Page
from gridmap.ui.panels.shown import heading, is_number, shown
from gridmap.ui.panels.table_model import PAGE, TableRows
from gridmap.ui.work import Work

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RowsModel(QAbstractTableModel):
    """Rows that come from a worker; until they are here, cells show three dots."""

    typed = Signal(int, int, str)
    """Something was typed into a cell: its row, its column, the text."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._source: LayerSource | None = None
        self.rows: TableRows | None = None
        self._language = current_language()
        self.may_edit = False

    def show_table(self, source: LayerSource | None, rows: TableRows | None) -> None:
        """Show rows of a source."""
        self.beginResetModel()
        self._source, self.rows = source, rows
        self.endResetModel()

    def change_source(self, source: LayerSource) -> None:
        """Read from another source of the same workspace from now on."""
        self._source = source

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
        if role == Qt.ItemDataRole.EditRole:
            return self._as_typed(index)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        values = self.rows.find(index.row())
        if values is None:
            self._fetch(index.row())
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        text = shown(field, values[index.column()], self._language)
        return text if role == Qt.ItemDataRole.DisplayRole or len(text) > 12 else None

    def _as_typed(self, index: _Index) -> str:
        """Return a cell as it is typed: a reference by its label, a number without thousands."""
        values = self.rows.find(index.row()) if self.rows is not None else None
        if values is None or self.rows is None:
            return ""
        from gridmap.ui.panels.form_model import text_of  # late: nothing is typed at the start

        value = values[index.column()]
        label = "" if value is None else str(value)
        return text_of(self.rows.fields[index.column()], value, label, self._language)

    def is_editable(self, column: int) -> bool:
        """Return whether people type into a column."""
        if self.rows is None or not self.may_edit:
            return False
        return not is_kept(self.rows.table, self.rows.fields[column])

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        flags = super().flags(index)
        is_here = self.rows is not None and self.rows.find(index.row()) is not None
        if is_here and self.is_editable(index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; the cell shows it once it is written."""
        if role != Qt.ItemDataRole.EditRole or str(value) == self._as_typed(index):
            return False
        self.typed.emit(index.row(), index.column(), str(value))
        return True

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
