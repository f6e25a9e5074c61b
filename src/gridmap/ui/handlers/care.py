"""Commands that look after the workspace: backup, restore, check, information."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from gridmap.base import log
from gridmap.base.messages import current_language
from gridmap.base.progress import Progress
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.dialogs.report import Fact, ReportDialog
from gridmap.ui.panels.shown import heading
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.store.backup import Backup
    from gridmap.store.check import Problem


class CareHandlers(QObject):
    """What the commands of the data menu and some of the help menu do."""

    def __init__(self, window: MainWindow, desk: Desk, bench: Workbench) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        window.problems.repair_wanted.connect(self.repair)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {
            "backup": self.back_up,
            "restore": self.restore,
            "check": self.check,
            "repair": self.repair,
            "info": self.show_info,
            "doctor": self.examine,
            "log": self.open_log,
        }

    def back_up(self) -> None:
        """Back the workspace up now."""
        from gridmap.services import backups  # late: not needed for the first picture

        workspace = self._desk.get_workspace()
        self._desk.work.operate(
            self.tr("备份"),
            lambda progress: backups.back_up(workspace, progress),
            lambda outcome: self._window.status.note(
                self.tr("已备份：{path}").format(path=outcome.value.path)
            ),
        )

    def restore(self) -> None:
        """Show the backups; the chosen one takes the workspace's place."""
        from gridmap.services import backups  # late: seldom needed
        from gridmap.ui.dialogs.restore import RestoreDialog

        workspace = self._desk.get_workspace()

        def show(found: "list[Backup]") -> None:
            dialog = RestoreDialog(self._window, found)
            dialog.accepted.connect(lambda: restore(dialog))
            dialog.open()

        def restore(dialog: RestoreDialog) -> None:
            chosen = dialog.chosen
            if not self._desk.may_leave():
                return
            self._desk.work.operate(
                self.tr("恢复备份"),
                lambda progress: backups.restore(workspace, chosen, progress),
                lambda _outcome: self._window.status.note(
                    self.tr("已恢复。恢复前的样子也存成了备份。")
                ),
            )

        self._desk.work.query(lambda _progress: backups.list_backups(workspace).value, show)

    def check(self) -> None:
        """Look for anything wrong, and list it."""
        from gridmap.services import checks  # late: seldom needed

        workspace = self._desk.get_workspace()

        def show(problems: "list[Problem]") -> None:
            self._show_problems(problems)

        self._desk.work.query(
            lambda progress: checks.check(workspace, progress).value,
            show,
            title=self.tr("检查工作库"),
        )

    def repair(self) -> None:
        """Mend what needs no person, after a backup, and list what is still wrong."""
        from gridmap.services import checks  # late: seldom needed

        agreed = self._desk.notices.ask(
            self.tr("修复工作库？"),
            yes=self.tr("修复(&X)"),
            explanation=self.tr("先自动备份，再重建索引和日志触发器。您的数据不会改变。"),
        )
        if not agreed:
            return
        workspace = self._desk.get_workspace()
        self._desk.work.operate(
            self.tr("修复工作库"),
            lambda progress: checks.repair(workspace, progress),
            lambda outcome: self._show_problems(outcome.value),
        )

    def _show_problems(self, problems: "list[Problem]") -> None:
        self._window.problems.show_problems(problems, is_writable=self._desk.is_writable)
        self._window.show_dock("problems")

    def show_info(self) -> None:
        """Show what is in the workspace."""
        info = self._bench.info
        if info is None:
            return
        language = current_language()
        facts = [
            Fact(self.tr("文件"), str(info.path)),
            Fact(self.tr("街道"), f"{info.name} · {info.subdistrict}"),
            Fact(self.tr("坐标系"), f"EPSG:{info.epsg}"),
        ]
        if info.read_only_because:
            facts.append(Fact(self.tr("只读"), info.read_only_because, is_good=False))
        facts += [
            Fact(heading(TABLE_BY_NAME[table], language), f"{count:,}")
            for table, count in info.layers.items()
            if count
        ]
        ReportDialog(self._window, self.tr("工作库信息"), facts).open()

    def examine(self) -> None:
        """Look at what this machine has and lacks."""

        def call(_progress: Progress) -> list[Fact]:
            from gridmap.services import doctor  # late: seldom needed

            return [
                Fact(
                    finding.name,
                    finding.detail
                    if finding.ok or finding.mend is None
                    else f"{finding.detail}\n{finding.mend}",
                    finding.ok,
                )
                for finding in doctor.examine()
            ]

        def show(facts: list[Fact]) -> None:
            has_fault = any(fact.is_good is False for fact in facts)
            intro = (
                self.tr("有些组件有问题，请按下面的说明处理：")
                if has_fault
                else self.tr("这台电脑具备所需的全部组件。")
            )
            ReportDialog(self._window, self.tr("体检"), facts, intro).open()

        self._desk.work.query(call, show, title=self.tr("体检"))

    def open_log(self) -> None:
        """Open the log in the system's own viewer."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log.log_file())))
