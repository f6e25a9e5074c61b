"""Commands about files: open, make, sample, import, export, picture, close."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gridmap.base import paths
from gridmap.base.progress import Progress
from gridmap.model.changes import Outcome
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.picking import Picker
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.services.imports import ImportReport, ImportRequest, Preview
    from gridmap.store.workspace import Workspace

_SEED = 1
_MOST_REFUSED = 50
_RUINED = frozenset({"store.no_such_workspace", "store.not_a_database", "store.damaged"})


class FileHandlers(QObject):
    """What the commands of the file menu do."""

    def __init__(self, window: MainWindow, desk: Desk, bench: Workbench, picker: Picker) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._picker = picker

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {
            "open": self.open,
            "new": self.make_new,
            "sample": self.open_sample,
            "import": self.import_file,
            "export": self.export,
            "picture": self.write_picture,
            "close": self.close,
        }

    # --- opening ---------------------------------------------------------------------------------

    def open(self) -> None:
        """Ask for a workspace and open it."""
        kinds = self.tr("工作库 (*.gridmap);;所有文件 (*)")
        path = self._picker.open_file(
            self._window, self.tr("打开工作库"), kinds, self._usual_folder()
        )
        if path is not None:
            self.open_path(str(path))

    def open_path(self, path: str) -> None:
        """Open a workspace by its path; where that fails the start page is shown."""
        wanted = Path(path)
        if not self._desk.holds(wanted) and self._desk.may_leave():
            self._desk.open(wanted, lambda error: self._failed_to_open(wanted, error))

    def close(self) -> None:
        """Close the workspace and show the start page, once what was stopped has ended."""
        work = self._desk.work
        if not self._desk.may_leave():
            return
        if work.is_writing:
            work.make(self.tr("关闭工作库"), lambda _progress: None, lambda _none: self._leave())
        else:
            self._leave()

    def _leave(self) -> None:
        self._desk.close()
        self._window.show_start(self._desk.memory.settings.recent)

    def make_new(self) -> None:
        """Ask for the facts and make a workspace."""
        self._ask_for_new(lambda: None)

    def open_sample(self) -> None:
        """Open the sample of a size, which is made the first time."""
        from gridmap.ui.dialogs.sample import SampleDialog  # late: seldom needed

        dialog = SampleDialog(self._window)
        dialog.accepted.connect(lambda: self._make_sample(dialog.scale))
        dialog.open()

    def _make_sample(self, name: str) -> None:
        folder = paths.data_dir() / "samples"
        path = folder / f"{name}.gridmap"
        if path.exists():
            self.open_path(str(path))
            return

        def call(progress: Progress) -> "Workspace":
            from gridmap.sample.generate import Scale  # late: seldom needed
            from gridmap.services import workspaces

            folder.mkdir(parents=True, exist_ok=True)
            return workspaces.make_sample(path, Scale(name), _SEED, progress)

        if self._desk.may_leave():
            self._desk.work.make(self.tr("制作示例"), call, self._desk.take)

    def _ask_for_new(self, then: Callable[[], None]) -> None:
        from gridmap.ui.dialogs.new_workspace import NewWorkspaceDialog  # late: seldom

        dialog = NewWorkspaceDialog(self._window, self._picker, self._usual_folder())

        def make() -> None:
            from gridmap.services import workspaces  # late: seldom needed

            request = dialog.request()
            if not self._desk.may_leave():
                return

            def taken(workspace: "Workspace") -> None:
                self._desk.take(workspace)
                then()

            self._desk.work.make(
                self.tr("新建工作库"),
                lambda progress: workspaces.new_workspace(request, progress),
                taken,
            )

        dialog.accepted.connect(make)
        dialog.open()

    def _failed_to_open(self, path: Path, error: Exception) -> None:
        from gridmap.base.errors import GridmapError  # late: a sad day

        if not self._desk.is_open:
            self._window.pages.show()
            self._window.show_start(self._desk.memory.settings.recent)
        if not isinstance(error, GridmapError):
            self._desk.notices.fault(error)
        elif error.code not in _RUINED or not self._offer_backups(path, error):
            self._desk.notices.warn(error)

    def _offer_backups(self, path: Path, error: Exception) -> bool:
        """Tell that a workspace is ruined and offer its backups; return False without any."""
        from gridmap.services import backups  # late: a sad day
        from gridmap.store.backup import list_backups
        from gridmap.ui.dialogs.restore import RestoreDialog

        found = list_backups(path)
        if not found:
            return False

        def restore() -> None:
            chosen = dialog.chosen
            self._desk.work.make(
                self.tr("恢复备份"),
                lambda progress: backups.restore_file(path, chosen, progress),
                lambda _outcome: self.open_path(str(path)),
            )

        if self._desk.notices.ask(
            str(error),
            yes=self.tr("选择备份(&B)…"),
            explanation=self.tr("旁边有 {count} 个备份，可以从中恢复。").format(count=len(found)),
        ):
            dialog = RestoreDialog(self._window, found)
            dialog.accepted.connect(restore)
            dialog.open()
        return True

    # --- in and out ------------------------------------------------------------------------------

    def start_import(self) -> None:
        """Import from the start page: a workspace is made first."""
        self._ask_for_new(self.import_file)

    def import_file(self) -> None:
        """Ask for a file and show what would come in."""
        if not self._desk.is_open:
            self.start_import()
            return
        kinds = self.tr(
            "可导入的文件 (*.shp *.gpkg *.geojson *.json *.csv *.xlsx *.zip);;所有文件 (*)"
        )
        path = self._picker.open_file(self._window, self.tr("选择要导入的文件"), kinds)
        if path is not None:
            self.show_import(path)

    def show_import(self, path: Path) -> None:
        """Show the import dialog for a file."""
        from gridmap.ui.dialogs.import_file import ImportDialog  # late: seldom needed

        current = self._window.layers.current
        dialog = ImportDialog(self._window, path, current.table if current else "cell")
        dialog.layers_wanted.connect(lambda: self._list_layers(dialog, path))
        dialog.look_wanted.connect(lambda request: self._look(dialog, request))
        dialog.accepted.connect(lambda: self._import(dialog.request(dry_run=False)))
        dialog.open()
        dialog.start()

    def _list_layers(self, dialog: "QObject", path: Path) -> None:
        from gridmap.exchange.read import list_layers  # late: seldom needed
        from gridmap.ui.dialogs.import_file import ImportDialog

        if isinstance(dialog, ImportDialog):
            self._desk.work.query(
                lambda _progress: list_layers(path), dialog.show_layers, failed=dialog.show_error
            )

    def _look(self, dialog: "QObject", request: "ImportRequest") -> None:
        from gridmap.services import imports  # late: seldom needed
        from gridmap.ui.dialogs.import_file import ImportDialog

        if not isinstance(dialog, ImportDialog):
            return
        workspace, shown = self._desk.get_workspace(), dialog

        def then(seen: "Preview") -> None:
            shown.show_preview(request, seen)

        dialog.follow(
            self._desk.work.query(
                lambda progress: imports.preview(workspace, request, progress),
                then,
                title=self.tr("读取文件"),
                failed=dialog.show_error,
            )
        )

    def _import(self, request: "ImportRequest") -> None:
        from gridmap.services import imports  # late: seldom needed

        workspace = self._desk.get_workspace()

        def then(outcome: "Outcome[ImportReport]") -> None:
            report = outcome.value
            text = self.tr("导入完成：{rows:,} 行。").format(rows=report.rows)
            if report.refused:
                text += self.tr("有 {count:,} 行没有导入。").format(count=len(report.refused))
            text += self.tr("如果不对，可以按 Ctrl+Z 撤销。")
            self._window.status.note(text)
            if report.refused:
                self._show_refused(report, text)
            self._bench.zoom_to_table(request.table)

        self._desk.work.operate(
            self.tr("导入 {name}").format(name=request.source.name),
            lambda progress: imports.import_file(workspace, request, progress),
            then,
            initiator=self,
        )

    def _show_refused(self, report: "ImportReport", intro: str) -> None:
        from gridmap.ui.dialogs.report import Fact, ReportDialog  # late: seldom needed

        facts = [
            Fact(self.tr("第 {row} 行").format(row=each.row), str(each.reason), is_good=False)
            for each in report.refused[:_MOST_REFUSED]
        ]
        left = len(report.refused) - len(facts)
        if left:
            facts.append(Fact("", self.tr("…还有 {count:,} 行").format(count=left)))
        ReportDialog(self._window, self.tr("没有导入的行"), facts, intro).open()

    def export(self) -> None:
        """Ask which layer goes where, and write it."""
        from gridmap.services import exports  # late: seldom needed
        from gridmap.ui.dialogs.export_layer import ExportDialog

        workspace, current = self._desk.get_workspace(), self._window.layers.current
        epsg = self._bench.info.epsg if self._bench.info else None
        table = current.table if current else "cell"
        dialog = ExportDialog(self._window, self._picker, workspace.path.parent, table, epsg)

        def write() -> None:
            request = replace(dialog.request(), plan=self._desk.division)
            done = self.tr("已导出：{path}").format(path=request.target)
            self._desk.work.query(
                lambda progress: exports.export_layer(workspace, request, progress),
                lambda _outcome: self._window.status.note(done),
                title=self.tr("导出图层"),
            )

        dialog.accepted.connect(write)
        dialog.open()

    def write_picture(self) -> None:
        """Ask which part of the map goes where, and draw it."""
        from gridmap.services import pictures  # late: seldom needed
        from gridmap.ui.dialogs.picture import PictureDialog

        view, workspace = self._bench.view, self._desk.get_workspace()
        if view is None:
            return
        visible = tuple(
            entry.table for entry in self._window.layers.layers.entries if entry.is_visible
        )
        proposed = workspace.path.with_suffix(".png")
        base_map = self._bench.base_maps.shown
        dialog = PictureDialog(
            self._window, self._picker, proposed, extent=view.extent, visible=visible,
            base_map=base_map.request if base_map is not None else None,
        )  # fmt: skip

        def draw() -> None:
            request = replace(dialog.request(), plan=self._desk.division)
            done = self.tr("地图已输出：{path}").format(path=request.target)
            self._desk.work.query(
                lambda progress: pictures.render(workspace, request, progress),
                lambda _outcome: self._window.status.note(done),
                title=self.tr("输出地图"),
            )

        dialog.accepted.connect(draw)
        dialog.open()

    def _usual_folder(self) -> Path:
        """Return the folder of the last workspace, else the home."""
        for recent in self._desk.memory.settings.recent:
            folder = Path(recent).parent
            if folder.is_dir():
                return folder
        return Path.home()
