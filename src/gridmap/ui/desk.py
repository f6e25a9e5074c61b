"""The workspace that lies open: opened, looked after, and closed."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gridmap.base.progress import Progress
from gridmap.model.changes import Touched
from gridmap.ui.memory import Memory
from gridmap.ui.notices import Notices
from gridmap.ui.words import translate
from gridmap.ui.work import Work

if TYPE_CHECKING:
    from datetime import datetime

    from gridmap.services.as_of import AsOfSource
    from gridmap.services.layers import LayerSource
    from gridmap.services.search import SearchIndex
    from gridmap.services.workspaces import Info
    from gridmap.store.backup import Backup
    from gridmap.store.workspace import Workspace

_log = logging.getLogger(__name__)
PROGRAM = "gridmap"
_MINUTE_MS = 60_000
_FIRST_MS = 60_000  # by then the first picture is long painted


class Desk(QObject):
    """Holds one workspace and what belongs to it."""

    opened = Signal()
    """A workspace lies on the desk."""
    closed = Signal()
    """Nothing lies there any more; its views must let go before its file is closed."""
    described = Signal(object)
    """What is in it is known, or has changed (``Info``)."""
    backed_up = Signal(object)
    """A scheduled backup was made."""
    moment_changed = Signal()
    """The map shows another day, or today again."""
    division_changed = Signal()
    """The map shows the cells of another division (``division``)."""
    today_wanted = Signal()
    """Something is about to begin that needs the map of today."""
    not_backed_up = Signal(object)
    """A scheduled backup failed, and why; the next one tries again."""

    def __init__(
        self, work: Work, notices: Notices, memory: Memory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.work = work
        self.notices = notices
        self.memory = memory
        self.workspace: Workspace | None = None
        self.source: LayerSource | None = None
        self.division: str | None = None
        """The plan whose cells are shown and edited; None is the official division."""
        self._past: AsOfSource | None = None
        self.index: SearchIndex | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._back_up)
        work.changed.connect(self._on_changed)

    @property
    def is_open(self) -> bool:
        """Return whether a workspace lies there."""
        return self.workspace is not None

    @property
    def is_writable(self) -> bool:
        """Return whether it can be changed."""
        return self.workspace is not None and not self.workspace.is_read_only

    @property
    def seen(self) -> "LayerSource | AsOfSource | None":
        """Return what the map shows: the rows of today, or those of a past day."""
        return self._past or self.source

    @property
    def is_past(self) -> bool:
        """Return whether the map shows a past day."""
        return self._past is not None

    @property
    def moment(self) -> "datetime | None":
        """Return the past moment that the map shows, None for today."""
        return self._past.moment if self._past is not None else None

    @property
    def may_change(self) -> bool:
        """Return whether something can be changed now: nothing of the past can."""
        return self.is_writable and not self.is_past

    def look_at(self, past: "AsOfSource | None") -> None:
        """Note that the map shows a past day, or (None) today."""
        self._past = past
        self.moment_changed.emit()

    def look_at_division(self, division: str | None) -> None:
        """Show and edit the cells of a plan, or (None) the official ones, as of today."""
        from gridmap.services.layers import LayerSource  # late: loaded by now

        if division == self.division or self.workspace is None:
            return
        self.today_wanted.emit()
        self.division = division
        self.source = LayerSource(self.workspace, division)
        self.division_changed.emit()

    def holds(self, path: Path) -> bool:
        """Return whether this workspace lies there for writing; its own lock would stop another."""
        held = self.workspace
        return held is not None and self.is_writable and held.path.resolve() == path.resolve()

    def get_workspace(self) -> "Workspace":
        """Return the open workspace; commands that need one are only offered then."""
        if self.workspace is None:
            raise RuntimeError("no workspace is open")
        return self.workspace

    def open(self, path: Path, failed: Callable[[Exception], None] | None = None) -> None:
        """Open a workspace in place of the one that lies there."""
        if self.holds(path):
            return

        def call(_progress: Progress) -> "Workspace":
            from gridmap.services import workspaces  # late: while Qt shows the window
            from gridmap.ui.canvas import view  # noqa: F401  # here, not in the interface thread

            return workspaces.open_existing(path, program=PROGRAM)

        title = translate("Desk", "打开工作库")
        self.work.make(title, call, self.take, failed)

    def take(self, workspace: "Workspace") -> None:
        """Put an opened workspace on the desk."""
        from gridmap.services.layers import LayerSource  # late: while Qt shows the window
        from gridmap.services.search import SearchIndex

        self.close()
        self.workspace = workspace
        self.division = None
        self.source = LayerSource(workspace)
        self.index = SearchIndex(workspace)
        self.memory.note_opened(workspace.path)
        self.schedule_backups()
        self.opened.emit()

    def may_leave(self) -> bool:
        """Stop what goes on in the workspace, after asking; return False if it shall go on."""
        if self.work.is_operating and not self.notices.ask(
            translate("Desk", "还有任务没有完成。要停止它并继续吗？"),
            yes=translate("Desk", "停止并继续(&S)"),
            explanation=translate("Desk", "停止后，工作库保持任务开始前的样子。"),
        ):
            return False
        self.work.cancel_operations()
        return True

    def close(self) -> None:
        """Close the workspace; who shows it lets go first."""
        if self.workspace is None:
            return
        self._timer.stop()
        self.work.cancel_reading()
        self.work.cancel_operations()
        workspace, self.workspace, self.source, self.index = self.workspace, None, None, None
        self._past = self.division = None
        self.closed.emit()
        workspace.close()

    def schedule_backups(self) -> None:
        """Back up soon and then every so many minutes, as the settings say; 0 means never."""
        minutes = self.memory.settings.backup_every_minutes
        self._timer.stop()
        if minutes > 0 and self.is_writable:
            self._timer.start(_FIRST_MS)

    def describe(self) -> None:
        """Find out what is in the workspace, and tell by ``described``."""
        workspace = self.workspace
        if workspace is None:
            return

        def call(_progress: Progress) -> "Info":
            from gridmap.services import workspaces  # late: loaded by now

            return workspaces.get_info(workspace).value

        self.work.query(call, self.described.emit)

    def start_index(self, then: Callable[[], None]) -> None:
        """Build the search index once, in the background; what is read can be found at once.

        A district's takes seconds and 200 MB, so it waits until somebody is about to search.
        """
        index = self.index
        if index is not None and not index.is_begun:
            index.is_begun = True
            self.work.query(index.build, lambda _nothing: then())

    def _on_changed(self, touched: Touched, _initiator: object) -> None:
        index, source = self.index, self.source
        if source is not None:
            source.forget(touched)
        if index is not None:
            self.work.query(lambda _progress: index.update(touched), lambda _nothing: None)
        self.work.defer("describe", self.describe)

    def _back_up(self) -> None:
        workspace = self.workspace
        self._timer.setInterval(self.memory.settings.backup_every_minutes * _MINUTE_MS)
        if workspace is None or self.work.is_writing:
            return
        from gridmap.services import backups  # late: not needed for the first picture

        self.work.operate(
            translate("Desk", "自动备份"),
            lambda progress: backups.back_up_if_changed(workspace, progress),
            lambda outcome: self._tell_backed_up(outcome.value),
            is_quiet=True,
            failed=self.not_backed_up.emit,
        )

    def _tell_backed_up(self, made: "Backup | None") -> None:
        if made is not None:
            self.backed_up.emit(made)
