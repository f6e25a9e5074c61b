"""The command that writes a change notice: maps before and after, old and new cells, the paper."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from gridmap.base.messages import current_language
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.plans import PlanHandlers
from gridmap.ui.picking import Picker
from gridmap.ui.window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from gridmap.services.notices import NoticeSubject, Written


class NoticeHandlers(QObject):
    """Asks of what a notice shall tell, and where it is to be written."""

    def __init__(
        self, window: MainWindow, desk: Desk, planning: PlanHandlers, picker: Picker
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._planning = planning
        self._picker = picker

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {"change_notice": self.ask}

    def ask(self) -> None:
        """Find out of what notices can tell, and ask for one."""
        from gridmap.services import notices  # late: seldom needed

        workspace = self._desk.get_workspace()
        self._desk.work.query(lambda _progress: notices.subjects(workspace).value, self._choose)

    def _choose(self, subjects: "tuple[NoticeSubject, ...]") -> None:
        from gridmap.ui.dialogs.notice import NoticeDialog  # late: seldom needed

        if not subjects:
            self._desk.notices.tell(
                self.tr("还没有可以通知的变更：先修改单元网格，或者做一个方案。")
            )
            return
        language, plan = current_language(), self._planning.shown
        listed = [(one, one.text.render(language)) for one in subjects]
        shown = next(
            (n for n, one in enumerate(subjects) if plan is not None and one.plan == plan.id), 0
        )
        proposed = self._desk.get_workspace().path.with_name(self.tr("网格变更通知.pdf"))
        dialog = NoticeDialog(self._window, listed, shown, proposed)
        dialog.path.browse_wanted.connect(lambda: self._browse(dialog.path, proposed))
        dialog.accepted.connect(lambda: self._write(dialog.subject, dialog.target))
        dialog.open()

    def _browse(self, line: object, proposed: "Path") -> None:
        from gridmap.ui.dialogs.form import PathLine  # late: loaded by now

        kinds = self.tr("PDF 文件 (*.pdf)")
        chosen = self._picker.save_file(self._window, self.tr("写到"), kinds, proposed)
        if chosen is not None and isinstance(line, PathLine):
            line.set_path(chosen)

    def _write(self, subject: "NoticeSubject", target: "Path") -> None:
        from gridmap.services import notices  # late: loaded by now

        workspace = self._desk.get_workspace()
        request = notices.NoticeRequest(target, subject)
        self._desk.work.query(
            lambda progress: notices.write_notice(workspace, request, progress).value,
            self._tell,
            title=self.tr("变更通知"),
        )

    def _tell(self, written: "Written") -> None:
        question = self.tr("变更通知已写到 {path}，共 {pages} 页。现在打开吗？")
        if self._desk.notices.ask(
            question.format(path=written.path, pages=written.pages), yes=self.tr("打开(&O)")
        ):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(written.path)))
