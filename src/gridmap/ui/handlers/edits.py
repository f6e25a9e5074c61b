"""Commands about changes and the selection: undo, redo, copy, search."""

from PySide6.QtCore import QObject

from gridmap.base.messages import current_language
from gridmap.model.changes import Outcome, TransactionRecord
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

_LONGEST = 36


class EditHandlers(QObject):
    """What the commands of the edit menu do."""

    def __init__(self, window: MainWindow, desk: Desk, bench: Workbench) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        desk.work.changed.connect(lambda *_: self.show_next())
        desk.described.connect(lambda _info: self.show_next())  # e.g. after the first picture
        desk.moment_changed.connect(self.show_next)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {
            "undo": self.undo,
            "redo": self.redo,
            "copy": self._window.table.copy,
            "box_select": self._bench.start_box_select,
            "clear": self._bench.clear_selection,
            "search": self.focus_search,
        }

    def undo(self) -> None:
        """Take the latest change back."""
        from gridmap.services import history  # late: not needed for the first picture

        workspace = self._desk.get_workspace()
        self._desk.work.operate(
            self.tr("撤销"),
            lambda progress: history.undo(workspace, progress),
            lambda outcome: self._tell(self.tr("已撤销：{what}"), outcome),
        )

    def redo(self) -> None:
        """Do again what was undone last."""
        from gridmap.services import history  # late: not needed for the first picture

        workspace = self._desk.get_workspace()
        self._desk.work.operate(
            self.tr("重做"),
            lambda progress: history.redo(workspace, progress),
            lambda outcome: self._tell(self.tr("已重做：{what}"), outcome),
        )

    def focus_search(self) -> None:
        """Move the focus to the search box, which the whole screen hides."""
        self._window.tools.show()
        self._window.search.setFocus()
        self._window.search.selectAll()

    def show_next(self) -> None:
        """Show in the menu what undo and redo would take."""
        workspace = self._desk.workspace
        if workspace is None or not self._bench.has_painted:
            self._name(None, None)
            return
        from gridmap.services import history  # late: not needed for the first picture

        self._desk.work.query(
            lambda _progress: history.what_next(workspace).value, lambda both: self._name(*both)
        )

    def _name(self, undo: TransactionRecord | None, redo: TransactionRecord | None) -> None:
        is_writable = self._desk.may_change
        for name, record, plain, named in (
            ("undo", undo, self.tr("撤销(&U)"), self.tr("撤销“{what}”(&U)")),
            ("redo", redo, self.tr("重做(&R)"), self.tr("重做“{what}”(&R)")),
        ):
            text = plain if record is None else named.format(what=_shortened(record))
            self._window.set_action(name, text, is_enabled=is_writable and record is not None)

    def _tell(self, text: str, outcome: Outcome[TransactionRecord]) -> None:
        self._window.status.note(text.format(what=_shortened(outcome.value)))


def _shortened(record: TransactionRecord) -> str:
    text = record.intention.render(current_language()).replace("&", "&&")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
