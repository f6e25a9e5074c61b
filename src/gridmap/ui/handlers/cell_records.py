"""Commands about the records of a division: lineage, codes, grids, documents, settings."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gridmap.base.messages import current_language
from gridmap.base.progress import Progress
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.picking import Picker
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.model.changes import Outcome
    from gridmap.services.documents import AddDocument, Document
    from gridmap.services.lineage import Lineage
    from gridmap.services.office import Office
    from gridmap.ui.dialogs.documents import DocumentsDialog


class CellRecordHandlers(QObject):
    """Shows and keeps the records of the division."""

    def __init__(self, window: MainWindow, desk: Desk, bench: Workbench, picker: Picker) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._picker = picker
        self._documents: tuple[Document, ...] = ()
        self._dialog: DocumentsDialog | None = None
        self._used: tuple[str, str] | None = None
        desk.opened.connect(lambda: self._note_used(None))
        desk.work.changed.connect(lambda touched, _by: self._on_changed("document" in touched))

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {
            "lineage": self.show_lineage,
            "old_to_new": self.export_old_to_new,
            "renumber": self.renumber,
            "group_cells": self.group,
            "documents": self.show_documents,
            "office": self.ask_office,
        }

    # --- lineage ----------------------------------------------------------------------------------

    def show_lineage(self) -> None:
        """Show from which cells the selected one came."""
        from gridmap.services import lineage  # late: seldom needed

        cells = self._selected_cells()
        if len(cells) != 1:
            self._desk.notices.tell(self.tr("请先选中一个单元网格。"))
            return
        workspace = self._desk.get_workspace()
        self._desk.work.query(
            lambda progress: lineage.cell_lineage(workspace, cells[0], progress).value,
            self._show_lineage,
        )

    def _show_lineage(self, found: "Lineage") -> None:
        from gridmap.ui.dialogs.lineage import LineageDialog  # late: seldom needed

        LineageDialog(self._window, found).open()

    def export_old_to_new(self) -> None:
        """Write the table of old and new codes."""
        from gridmap.services import lineage  # late: seldom needed

        workspace = self._desk.get_workspace()
        proposed = workspace.path.with_name(self.tr("新旧编码对照表.xlsx"))
        kinds = self.tr("表格 (*.xlsx *.csv)")
        target = self._picker.save_file(self._window, self.tr("写到"), kinds, proposed)
        if target is None:
            return
        said = self.tr("对照表已写到 {path}，共 {rows:,} 行。")
        self._desk.work.query(
            lambda progress: (
                lineage.export_old_to_new(workspace, target, lineage.OldToNew(), progress).value
            ),
            lambda rows: self._desk.notices.tell(said.format(path=target, rows=rows)),
            title=self.tr("新旧编码对照表"),
        )

    # --- codes and grids --------------------------------------------------------------------------

    def renumber(self) -> None:
        """Give codes to the cells of the selected community that have none of the scheme."""
        from gridmap.services import renumbering  # late: seldom needed

        table, ids = self._bench.selection.table, self._bench.selection.ids
        if len(ids) != 1 or table not in ("community", "cell"):
            self._desk.notices.tell(self.tr("请先选中一个社区，或社区里的一个单元网格。"))
            return
        workspace, division = self._desk.get_workspace(), self._desk.division

        def call(progress: Progress) -> "Outcome[dict[str, str]]":
            community = renumbering.community_of(workspace, table, ids[0])
            request = renumbering.Renumber(community, division)
            return renumbering.renumber(workspace, request, progress)

        said = self.tr("已给 {count:,} 个单元网格编码。")
        self._desk.work.operate(
            self.tr("编码"),
            call,
            lambda outcome: self._window.say(said.format(count=len(outcome.value))),
        )

    def group(self) -> None:
        """Make one responsibility grid of the selected cells."""
        from gridmap.services import grouping  # late: seldom needed

        cells = self._selected_cells()
        if not cells:
            self._desk.notices.tell(self.tr("请先选中要编在一起的单元网格。"))
            return
        workspace = self._desk.get_workspace()
        said = self.tr("{count} 个单元网格已编为一个责任网格。")
        self._desk.work.operate(
            self.tr("编组责任网格"),
            lambda progress: grouping.group_cells(
                workspace, grouping.GroupCells(tuple(cells)), progress
            ),
            lambda _outcome: self._window.say(said.format(count=len(cells))),
        )

    def _selected_cells(self) -> list[str]:
        selection = self._bench.selection
        return list(selection.ids) if selection.table == "cell" else []

    # --- documents --------------------------------------------------------------------------------

    def show_documents(self) -> None:
        """Show all documents, and which one counts now."""
        from gridmap.ui.dialogs.documents import DocumentsDialog  # late: seldom needed

        dialog = DocumentsDialog(self._window, is_writable=self._desk.may_change)
        dialog.add_wanted.connect(self._ask_new)
        dialog.scan_wanted.connect(self._add_scan)
        dialog.used.connect(self._use)
        dialog.destroyed.connect(self._forget_dialog)
        self._dialog = dialog
        self._load()
        dialog.open()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _load(self) -> None:
        from gridmap.services import documents  # late: seldom needed

        workspace = self._desk.get_workspace()
        self._desk.work.query(
            lambda progress: documents.list_documents(workspace, progress).value, self._take
        )

    def _take(self, found: "tuple[Document, ...]") -> None:
        self._documents = found
        used = self._used
        if used is not None and all(one.id != used[0] for one in found):
            self._note_used(None)  # it was undone, or deleted
        if self._dialog is not None:
            self._dialog.show_documents(found, self._used[0] if self._used is not None else None)

    def _on_changed(self, is_concerned: bool) -> None:
        if is_concerned and (self._dialog is not None or self._used is not None):
            self._load()

    def _use(self, document: tuple[str, str] | None) -> None:
        """Edit official cells by a document from now on."""
        self._note_used(document)
        self._load()

    def _note_used(self, used: tuple[str, str] | None) -> None:
        """Note by which document official cells are edited, and say it in the menu."""
        self._used = used
        if self._desk.workspace is not None:
            self._desk.workspace.document_id = used[0] if used is not None else None
        text = self.tr("批文…(&D)")
        if used is not None:
            text = self.tr("批文（凭 {number} 编辑）…(&D)").format(number=used[1])
        self._window.set_action("documents", text, is_enabled=self._desk.is_open)

    def _ask_new(self) -> None:
        from gridmap.ui.dialogs.documents import NewDocumentDialog  # late: loaded by now

        dialog = NewDocumentDialog(self._dialog, [one.number for one in self._documents])

        def browse() -> None:
            kinds = self.tr("扫描件 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff);;所有文件 (*)")
            chosen = self._picker.open_file(dialog, self.tr("扫描件"), kinds)
            if chosen is not None:
                dialog.scan.set_path(chosen)

        dialog.scan.browse_wanted.connect(browse)
        dialog.accepted.connect(lambda: self._add(dialog.request()))
        dialog.open()

    def _add(self, request: "AddDocument") -> None:
        from gridmap.services import documents  # late: loaded by now

        workspace = self._desk.get_workspace()
        self._desk.work.operate(
            self.tr("登记批文"),
            lambda progress: documents.add_document(workspace, request, progress),
            lambda outcome: self._use((outcome.value, request.number)),
        )

    def _add_scan(self, document: str) -> None:
        from gridmap.services import documents  # late: loaded by now

        workspace = self._desk.get_workspace()
        kinds = self.tr("扫描件 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff);;所有文件 (*)")
        chosen = self._picker.open_file(self._dialog or self._window, self.tr("扫描件"), kinds)
        if chosen is not None:
            self._desk.work.operate(
                self.tr("加扫描件"),
                lambda progress: documents.attach_scan(workspace, document, chosen, progress),
                lambda _outcome: self._load(),
            )

    # --- the office -------------------------------------------------------------------------------

    def ask_office(self) -> None:
        """Show the office's settings, and keep what is changed."""
        from gridmap.services import office  # late: seldom needed

        workspace = self._desk.get_workspace()
        self._desk.work.query(
            lambda _progress: office.get_office(workspace).value, self._show_office
        )

    def _show_office(self, held: "Office") -> None:
        from gridmap.model.codes import SCHEMES  # late: loaded by now
        from gridmap.services.office import as_texts
        from gridmap.ui.dialogs.office import OfficeDialog

        is_english = current_language() == "en"
        schemes = [(one.id, one.en if is_english else one.zh) for one in SCHEMES.values()]
        dialog = OfficeDialog(
            self._window, as_texts(held), schemes, is_writable=self._desk.may_change
        )
        dialog.accepted.connect(lambda: self._save_office(dialog.changed()))
        dialog.open()

    def _save_office(self, changed: dict[str, str]) -> None:
        from gridmap.services import office  # late: loaded by now

        if not changed:
            return
        workspace = self._desk.get_workspace()
        self._desk.work.operate(
            self.tr("街道设置"),
            lambda progress: office.save_office(workspace, office.SaveOffice(changed), progress),
            lambda _outcome: self._window.say(self.tr("街道设置已保存。")),
        )
