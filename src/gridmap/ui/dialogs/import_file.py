"""The import dialog: what the file is, where it goes, how its columns are read, what comes in."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gridmap.base.messages import current_language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.ui import theme
from gridmap.ui.dialogs.import_file_model import (
    ENCODINGS,
    ImportChoices,
    guess_table,
    importable_tables,
    refused_lines,
    sample_rows,
    suggested,
)
from gridmap.ui.panels.shown import heading
from gridmap.ui.work import Job

if TYPE_CHECKING:
    from gridmap.exchange.source import SourceLayer
    from gridmap.services.imports import ImportRequest, Preview

_WAIT_MS = 150
_CRS_CHOICES = (4490, 4326, 4547, 4548, 4549, 4550, 3857)


class ImportDialog(QDialog):
    """Shows a file as it would come in; each choice is tried at once, nothing is written."""

    layers_wanted = Signal()
    """The layers of the file should be listed; ``show_layers`` brings them."""
    look_wanted = Signal(object)
    """The file should be read with this ``ImportRequest``; ``show_preview`` brings the result."""

    def __init__(self, parent: QWidget | None, source: Path, table: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("导入 {name}").format(name=source.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.give_room(self, QSize(920, 660))
        self.choices = ImportChoices(source, table)
        self._columns: dict[str, tuple[str, ...]] = {}
        """The columns of each layer of the file."""
        self._job: Job | None = None
        self._is_crs_wrong = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._look)
        self._make_choices()
        self._make_pages()
        self._lay_out()

    # --- for those who show it --------------------------------------------------------------------

    def start(self) -> None:
        """Ask for the layers of the file; it is looked at once these are known."""
        self._say(self.tr("正在读取文件…"), is_error=False)
        self.layers_wanted.emit()

    def request(self, *, dry_run: bool) -> "ImportRequest":
        """Return what the user wants."""
        return self.choices.request(dry_run=dry_run)

    def follow(self, job: Job) -> None:
        """Note the job that reads the file, so that closing the dialog stops it."""
        self._job = job

    def show_layers(self, layers: Sequence["SourceLayer"]) -> None:
        """Offer the layers of the file, where there are several."""
        self.layer.clear()
        for layer in layers:
            text = self.tr("{name}（{rows:,} 行）").format(name=layer.name, rows=layer.rows)
            self.layer.addItem(text, layer.name)
        self._form.setRowVisible(self.layer, len(layers) > 1)
        if len(layers) > 1:
            self.choices.layer = layers[0].name
        self._columns = {layer.name: layer.fields for layer in layers}
        guessed = guess_table(layers[0]) if layers else None
        if guessed is not None:
            self.table.setCurrentIndex(self.table.findData(guessed))
            self.choices.table = guessed
        self._look()

    def show_preview(self, request: "ImportRequest", seen: "Preview") -> None:
        """Show what would come in; an answer to an older question is dropped."""
        if request != self.choices.request(dry_run=request.dry_run):
            return
        self._busy.hide()
        rows, refused = len(seen.mapped.features), len(seen.mapped.refused)
        self._say(self._summary_of(seen, rows, refused), is_error=False)
        self.agree.setEnabled(rows > 0)
        self.agree.setText(self.tr("导入 {rows:,} 行(&I)").format(rows=rows))
        self._show_found(seen)
        self._show_sample(seen)
        self._show_mapping(list(seen.source.features.columns), seen.mapping)
        self._show_notes(seen)

    def show_error(self, error: Exception) -> None:
        """Show why nothing comes in; a better choice of columns may help."""
        self._busy.hide()
        self._say(str(error), is_error=True)
        self.agree.setEnabled(False)
        self.sample.setRowCount(0)
        name = self.choices.layer or next(iter(self._columns), "")
        columns = self._columns.get(name, ())
        table = TABLE_BY_NAME[self.choices.table]
        self._show_mapping(columns, suggested(table, columns) | self.choices.fields)
        self.pages.setCurrentWidget(self.mapping)

    # --- making -----------------------------------------------------------------------------------

    def _make_choices(self) -> None:
        language = current_language()
        self.table = QComboBox(self)
        for table in importable_tables():
            self.table.addItem(heading(table, language), table.name)
        self.table.setCurrentIndex(max(self.table.findData(self.choices.table), 0))
        self.choices.table = str(self.table.currentData())
        self.layer = QComboBox(self)
        self.encoding = QComboBox(self)
        self.encoding.addItem(self.tr("自动识别"), None)
        for name in ENCODINGS:
            self.encoding.addItem(name.upper(), name)
        self.crs = QComboBox(self)
        self.crs.setEditable(True)
        self.crs.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.crs.addItem(self.tr("自动识别"), None)
        for epsg in _CRS_CHOICES:
            self.crs.addItem(f"EPSG:{epsg}", epsg)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(14)
        self._form.setVerticalSpacing(9)
        self._form.addRow(self.tr("导入到(&T)"), self.table)
        self._form.addRow(self.tr("文件中的图层(&L)"), self.layer)
        self._form.addRow(self.tr("文字编码(&E)"), self.encoding)
        self._form.addRow(self.tr("坐标系(&Z)"), self.crs)
        self._form.setRowVisible(self.layer, False)
        self.table.activated.connect(self._on_table)
        self.layer.activated.connect(self._on_choice)
        self.encoding.activated.connect(self._on_choice)
        self.crs.activated.connect(self._on_choice)
        line = self.crs.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._on_choice)

    def _make_pages(self) -> None:
        self.sample = _make_grid(self.tr("前 5 行"))
        self.mapping = _make_grid(self.tr("字段对应"))
        self.mapping.setHorizontalHeaderLabels([])
        self.notes = QListWidget(self)
        self.notes.setWordWrap(True)
        self.notes.setAccessibleName(self.tr("说明"))
        self.pages = QTabWidget(self)
        self.pages.addTab(self.sample, self.tr("前 5 行(&1)"))
        self.pages.addTab(self.mapping, self.tr("字段对应(&2)"))
        self.pages.addTab(self.notes, self.tr("说明(&3)"))

    def _lay_out(self) -> None:
        self._summary = QLabel(self)
        self._summary.setWordWrap(True)
        self._summary.setMinimumHeight(40)
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.agree = self.buttons.addButton(
            self.tr("导入(&I)"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.agree.setEnabled(False)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        left = QWidget(self)
        left.setLayout(self._form)
        left.setFixedWidth(theme.sized(330))
        above = QHBoxLayout()
        above.setSpacing(24)
        above.addWidget(left)
        above.addWidget(self._summary, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addLayout(above)
        layout.addWidget(self._busy)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.buttons)

    # --- showing ----------------------------------------------------------------------------------

    def _say(self, text: str, *, is_error: bool) -> None:
        self._summary.setProperty("isError", is_error)
        self._summary.style().polish(self._summary)
        self._summary.setText(text)

    def _summary_of(self, seen: "Preview", rows: int, refused: int) -> str:
        lines = [self.tr("可以导入 {rows:,} 行。").format(rows=rows)]
        if refused:
            lines.append(self.tr("有 {count:,} 行不能导入，原因见“说明”。").format(count=refused))
        if seen.mapped.mended:
            lines.append(self.tr("修复了 {count:,} 个图形。").format(count=seen.mapped.mended))
        lines.append(self.tr("现在还没有写入任何数据。"))
        return "\n".join(lines)

    def _show_found(self, seen: "Preview") -> None:
        """Tell beside "automatic" what was recognised."""
        found = seen.source.encoding
        text = self.tr("自动识别：{what}").format(what=found.upper()) if found else ""
        self.encoding.setItemText(0, text or self.tr("自动识别"))
        crs = seen.source.crs
        words = f"EPSG:{crs}" if isinstance(crs, int) else self.tr("文件自带")
        text = self.tr("自动识别：{what}").format(what=words) if crs is not None else ""
        if self.choices.crs is None:
            self.crs.setItemText(0, text or self.tr("自动识别"))
        if self.choices.encoding is not None:
            self.encoding.setItemText(0, self.tr("自动识别"))

    def _show_sample(self, seen: "Preview") -> None:
        shown = sample_rows(seen, self.choices.table, current_language())
        self.sample.clear()
        self.sample.setColumnCount(len(shown.headings))
        self.sample.setRowCount(len(shown.rows))
        self.sample.setHorizontalHeaderLabels(list(shown.headings))
        for row, texts in enumerate(shown.rows):
            for column, text in enumerate(texts):
                self.sample.setItem(row, column, QTableWidgetItem(text))
        self.sample.resizeColumnsToContents()

    def _show_mapping(self, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
        table = TABLE_BY_NAME[self.choices.table]
        self.mapping.clear()
        self.mapping.setColumnCount(2)
        self.mapping.setRowCount(len(table.fields))
        self.mapping.setHorizontalHeaderLabels([self.tr("字段"), self.tr("文件中的列")])
        self.mapping.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.mapping.setColumnWidth(0, 220)
        for row, field in enumerate(table.fields):
            title = heading(field, current_language()) + (" *" if field.required else "")
            self.mapping.setItem(row, 0, QTableWidgetItem(title))
            choice = QComboBox(self.mapping)
            choice.addItem(self.tr("（不导入）"), None)
            for column in columns:
                choice.addItem(column, column)
            choice.setCurrentIndex(max(choice.findData(mapping.get(field.name)), 0))
            choice.setAccessibleName(title)
            choice.activated.connect(
                lambda _row, name=field.name, box=choice: self._on_field(name, box)
            )
            self.mapping.setCellWidget(row, 1, choice)
        self.mapping.resizeRowsToContents()

    def _show_notes(self, seen: "Preview") -> None:
        self.notes.clear()
        for note in (*seen.source.notes, *seen.mapped.notes):
            self.notes.addItem(str(note))
        for row, reason in refused_lines(seen):
            self.notes.addItem(self.tr("第 {row} 行：{reason}").format(row=row, reason=reason))
        left = len(seen.mapped.refused) - len(refused_lines(seen))
        if left:
            self.notes.addItem(self.tr("…还有 {count:,} 行").format(count=left))
        count = self.notes.count()
        text = self.tr("说明(&3)") if not count else self.tr("说明 {n}(&3)").format(n=count)
        self.pages.setTabText(2, text)

    # --- choosing ---------------------------------------------------------------------------------

    def _on_table(self, _row: int) -> None:
        self.choices.fields.clear()
        self._on_choice()

    def _on_field(self, name: str, choice: QComboBox) -> None:
        column = choice.currentData()
        self.choices.fields[name] = "" if column is None else str(column)  # "" leaves it empty
        self._ask_again()

    def _on_choice(self, *_: object) -> None:
        before, was_wrong = self.choices.request(dry_run=True), self._is_crs_wrong
        self.choices.table = str(self.table.currentData())
        self.choices.layer = self.layer.currentData()
        self.choices.encoding = self.encoding.currentData()
        self.choices.crs = self._chosen_crs()
        is_other = self.choices.request(dry_run=True) != before
        if is_other or was_wrong or self._is_crs_wrong:
            self._ask_again()

    def _chosen_crs(self) -> int | None:
        """Return the EPSG code that was chosen or typed; note where it is none."""
        text = self.crs.currentText().strip()
        typed = text.upper().removeprefix("EPSG:").strip()
        is_automatic = text in ("", self.crs.itemText(0), self.tr("自动识别"))
        self._is_crs_wrong = not is_automatic and not typed.isdecimal()
        return int(typed) if typed.isdecimal() else None

    def _ask_again(self) -> None:
        """Read the file anew in a moment; what was shown before cannot be imported any more."""
        self.agree.setEnabled(False)
        if not self._is_crs_wrong:
            self._wait.start()
            return
        self._wait.stop()
        if self._job is not None:
            self._job.cancel()
        self._busy.hide()
        text = self.tr("“{text}”不是坐标系。请填写 EPSG 编号，例如 EPSG:4490。")
        self._say(text.format(text=self.crs.currentText().strip()), is_error=True)

    def _look(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._busy.show()
        self._say(self.tr("正在读取文件…"), is_error=False)
        self.agree.setEnabled(False)
        self.look_wanted.emit(self.choices.request(dry_run=True))

    def done(self, result: int) -> None:
        """Stop reading the file."""
        if self._job is not None:
            self._job.cancel()
        self._wait.stop()
        super().done(result)


def _make_grid(name: str) -> QTableWidget:
    grid = QTableWidget()
    grid.setAccessibleName(name)
    grid.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    grid.setAlternatingRowColors(True)
    grid.setShowGrid(False)
    grid.setTabKeyNavigation(False)
    grid.verticalHeader().hide()
    return grid
