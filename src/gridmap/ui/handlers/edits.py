"""Commands about changes and the selection: undo, redo, copy, search."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gridmap.base.messages import current_language
from gridmap.model.changes import Outcome, TransactionRecord
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.services.history import Arrival

_LONGEST = 36


class EditHandlers(QObject):
    """What the commands of the edit menu do."""

    def __init__(self, window: MainWindow, desk: Desk, bench: Workbench) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self.unfinished: list[Callable[[], bool]] = []
        """Take back a step of what is not written yet, and return whether there was one."""
        desk.work.changed.connect(lambda *_: self.show_next())
        desk.described.connect(lambda _info: self.show_next())  # e.g. after the first picture
        desk.moment_changed.connect(self.show_next)
        window.history.go_wanted.connect(self.go_to)

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
        """Take the latest change back; while something is drawn, its last step."""
        if any(step_back() for step_back in self.unfinished):
            return
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

    def go_to(self, seq: int) -> None:
        """Undo, or do again, edit after edit, until an entry of the history is the last one."""
        from gridmap.services import history  # late: not needed for the first picture

        workspace = self._desk.get_workspace()
        self._desk.work.operate(
            self.tr("回到操作记录中的一条"),
            lambda progress: history.go_to(workspace, seq, progress),
            lambda outcome: self._tell_arrival(outcome.value),
        )

    def _tell_arrival(self, arrival: "Arrival") -> None:
        way = arrival.way
        said = self.tr("已撤销 {count} 步。") if way.undo else self.tr("已重做 {count} 步。")
        if arrival.why is not None:
            self._desk.notices.warn(arrival.why)
        if not arrival.is_there:
            said = self.tr("走了 {count} 步后停下，停在完整的一步上。")
        self._window.say(said.format(count=arrival.steps))

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
        self._window.history.allow(may_go=is_writable)
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
