"""Typing into the table: a cell in place, a value copied down, a column pasted."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.model.schema import Field, Kind
from gridmap.ui.panels.rows_model import RowsModel
from gridmap.ui.panels.shown import heading
from gridmap.ui.words import translate

_Index = QModelIndex | QPersistentModelIndex
_Cells = dict[str, dict[str, str]]


def fault_of(field: Field, text: str) -> str:
    """Return what is wrong with a text in a field, or nothing."""
    from gridmap.services.values import check_value  # late: nothing is typed at the start

    checked = check_value(field, text)
    return str(checked.fault) if checked.fault is not None else ""


class TableEditing(QObject):
    """F2 or a double click opens a cell.

    Args:
        view: shows the rows.
        model: the rows.
        positions: returns the selected rows, rising.
        column: returns the column that the user was in last.
    """

    typed = Signal(str, dict)
    """Something was typed, copied down or pasted: table, and row id to field to text."""
    refused = Signal(str)
    """What was typed cannot be taken, and why."""

    def __init__(
        self,
        view: QTableView,
        model: RowsModel,
        positions: Callable[[], list[int]],
        column: Callable[[], int],
    ) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._positions, self._column = positions, column
        view.setItemDelegate(_CellDelegate(view, model))
        trigger = QAbstractItemView.EditTrigger
        view.setEditTriggers(trigger.EditKeyPressed | trigger.DoubleClicked)
        model.typed.connect(self._on_typed)

    def allow(self, *, may_edit: bool) -> None:
        """Say whether anything can be changed now."""
        self._model.may_edit = may_edit

    def copy_down(self) -> None:
        """Give the value in the current column of the first selected row to all selected ones."""
        rows = self._model.rows
        positions, column = self._positions(), self._column()
        if not self._is_seen():
            return
        if rows is None or len(positions) < 2:
            self.refused.emit(self.tr("请选中几行：第一行的值会复制到其余各行的当前列。"))
            return
        if not self._may_type(column):
            return
        first = self._model.index(positions[0], column)
        text = str(self._model.data(first, Qt.ItemDataRole.EditRole))
        self._tell({at: {column: text} for at in positions[1:]})

    def paste(self) -> None:
        """Paste lines into the current column, from the first selected row on.

        A single line goes into every selected row; columns beside are filled where a line has tabs.
        """
        rows = self._model.rows
        text = QGuiApplication.clipboard().text().rstrip("\r\n")
        positions, column = self._positions(), self._column()
        if not self._is_seen():
            return
        if rows is None or not positions or not text:
            self.refused.emit(self.tr("请先复制一列，再选中要粘贴的行，并点在那一列上。"))
            return
        lines = [line.split("\t") for line in text.splitlines()]
        if len(lines) == 1:
            lines = lines * len(positions)
        elif len(positions) == 1:
            room = min(len(lines), rows.count - positions[0])
            positions = list(range(positions[0], positions[0] + room))
        if len(lines) != len(positions):
            said = self.tr("剪贴板里有 {lines} 行，选中了 {rows} 行，对不上，没有粘贴。")
            self.refused.emit(said.format(lines=len(lines), rows=len(positions)))
            return
        width = max(map(len, lines))
        if column + width > len(rows.fields):
            self.refused.emit(self.tr("剪贴板里的列比右边剩下的列多，没有粘贴。"))
            return
        if all(self._may_type(column + beside) for beside in range(width)):
            self._tell(
                {
                    at: {column + beside: cell for beside, cell in enumerate(line)}
                    for at, line in zip(positions, lines, strict=True)
                }
            )

    def _is_seen(self) -> bool:
        """Return whether the rows are seen: nobody types into a table that is hidden."""
        if not self._view.isVisible():
            self.refused.emit(self.tr("请先打开属性表（Ctrl+3）。"))
        return self._view.isVisible()

    def _may_type(self, column: int) -> bool:
        rows = self._model.rows
        if rows is None or self._model.is_editable(column):
            return rows is not None
        said = self.tr("“{field}”不能在这里改。")
        title = heading(rows.fields[column], current_language())
        self.refused.emit(said.format(field=title))
        return False

    def _on_typed(self, row: int, column: int, text: str) -> None:
        self._tell({row: {column: text}})

    def _tell(self, cells: dict[int, dict[int, str]]) -> None:
        """Hand on what is typed, or tell the first fault and hand on nothing."""
        rows = self._model.rows
        if rows is None:
            return
        told: _Cells = {}
        for row, typed in cells.items():
            row_id = rows.find_id(row)
            if row_id is None:
                self.refused.emit(self.tr("有的行还没有读出来，请滚动到那里再试。"))
                return
            for column, text in typed.items():
                fault = fault_of(rows.fields[column], text)
                if fault:
                    said = self.tr("第 {row} 行：{fault}")
                    self.refused.emit(said.format(row=row + 1, fault=fault))
                    return
            told[row_id] = {rows.fields[column].name: text for column, text in typed.items()}
        self.typed.emit(rows.table.name, told)


class _CellDelegate(QStyledItemDelegate):
    """Choices as a list, everything else as a line that turns red where it cannot be taken."""

    def __init__(self, view: QTableView, model: RowsModel) -> None:
        super().__init__(view)
        self._model = model

    def _field(self, index: _Index) -> Field | None:
        rows = self._model.rows
        return rows.fields[index.column()] if rows is not None else None

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """Return what one types in."""
        field = self._field(index)
        if field is not None and (field.choices or field.kind is Kind.YES_NO):
            language = current_language()
            words = [heading(choice, language) for choice in field.choices]
            yes_no = [translate("Shown", "是"), translate("Shown", "否")]
            chosen = QComboBox(parent)
            chosen.setObjectName("cell")
            chosen.addItems(["", *(words or yes_no)])
            return chosen
        line = QLineEdit(parent)
        line.setObjectName("cell")

        def check(text: str) -> None:
            fault = fault_of(field, text) if field is not None else ""
            line.setProperty("isError", bool(fault))
            line.setToolTip(fault)
            line.style().polish(line)

        line.textEdited.connect(check)
        return line

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show what stands in the cell."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findText(text), 0))
            editor.showPopup()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Hand on what was typed."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())
