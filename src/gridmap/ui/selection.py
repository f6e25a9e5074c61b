"""Which rows are selected, and what the details panel tells of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gridmap.base.messages import current_language
from gridmap.base.progress import Progress
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import RowChange
from gridmap.ui.desk import Desk
from gridmap.ui.panels.details_model import change_lines, row_lines
from gridmap.ui.panels.shown import heading
from gridmap.ui.window import MainWindow

if TYPE_CHECKING:
    from gridmap.services.as_of import AsOfSource
    from gridmap.services.layers import LayerSource, RowDetails

_MOST_LOOKED_FOR = 2_000  # more are selected by a box, not by an edit that is undone

Hits = list[tuple[str, str, str]]
"""Rows at one place: (table, id, words)."""


class Selection(QObject):
    """The selected rows of one table."""

    changed = Signal()
    shrunk = Signal(str, list)
    """Some of the selected rows are gone: the table, and those that are left."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self.table = ""
        self.ids: list[str] = []
        self.source: LayerSource | AsOfSource | None = None
        """Whose rows are told, where another map shows another day than the first one."""
        self.hits: list[tuple[str, str]] = []
        """Everything at the place that was clicked, the uppermost first."""
        window.details.history_wanted.connect(self._load_history)

    def __bool__(self) -> bool:
        return bool(self.ids)

    def is_row(self, table: str, row_id: str) -> bool:
        """Return whether this row, and no other, is selected."""
        return (self.table, self.ids) == (table, [row_id])

    def note(self, table: str, ids: Sequence[str]) -> None:
        """Note what is selected now, and show it."""
        self.table, self.ids = table, list(ids)
        details = self._window.details
        if len(ids) == 1:
            self._load(table, ids[0])
        elif ids:
            text = self.tr("选中了 {count:,} 行：{table}").format(
                count=len(ids), table=_title(table)
            )
            details.clear(text)
        else:
            details.clear()
        self._window.status.show_selection(
            self.tr("已选 {count:,} 行").format(count=len(ids)) if ids else ""
        )
        self.changed.emit()

    def reload(self) -> None:
        """Show the selected rows as they are now; those that are gone are selected no more."""
        self.note(self.table, self.ids)
        source = self._desk.source
        is_past = self._desk.is_past or self.source is not None
        if source is None or is_past or not 1 < len(self.ids) <= _MOST_LOOKED_FOR:
            return
        table, ids = self.table, self.ids

        def then(left: list[str]) -> None:
            if (table, ids) == (self.table, self.ids) and len(left) < len(ids):
                self.shrunk.emit(table, left)

        self._desk.work.query(lambda _progress: source.still_there(table, ids), then)

    def _load(self, table: str, row_id: str) -> None:
        source = self.source or self._desk.seen
        if source is None:
            return
        hits = self.hits if (table, row_id) in self.hits else []

        def call(_progress: Progress) -> tuple["RowDetails | None", Hits]:
            words = [(hit, id_, source.label_of(hit, id_)) for hit, id_ in hits]
            return source.find_row(table, row_id), words

        def then(found: tuple["RowDetails | None", Hits]) -> None:
            if self.is_row(table, row_id):
                self._show(table, row_id, *found)

        self._desk.work.query(call, then)

    def _show(self, table: str, row_id: str, row: "RowDetails | None", hits: Hits) -> None:
        details = self._window.details
        if row is None:
            is_past = self._desk.is_past
            details.clear(
                self.tr("那时还没有这一行。") if is_past else self.tr("这一行已经不存在了。")
            )
            return
        name = row.values.get(TABLE_BY_NAME[table].label or "")
        details.show_row(_words(table, name), row_lines(row, current_language()))
        listed = [(hit, id_, _words(hit, label)) for hit, id_, label in hits]
        details.show_hits(listed, (table, row_id))

    def _load_history(self) -> None:
        workspace = self._desk.workspace
        if workspace is None or len(self.ids) != 1:
            return
        from gridmap.services import history  # late: not needed for the first picture

        table, row_id = self.table, self.ids[0]

        def then(changes: list[RowChange]) -> None:
            if self.is_row(table, row_id):
                lines = change_lines(table, changes, current_language())
                self._window.details.show_history(lines)

        self._desk.work.query(
            lambda _progress: history.row_history(workspace, table, row_id).value, then
        )


def _title(table: str) -> str:
    return heading(TABLE_BY_NAME[table], current_language())


def _words(table: str, name: object) -> str:
    return f"{_title(table)} · {name}" if name else _title(table)
