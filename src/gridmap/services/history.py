"""Undo, redo, back to any entry, and who changed what."""

from dataclasses import dataclass

from gridmap.base.errors import GridmapError, RequestError
from gridmap.base.progress import Cancelled, Progress, quiet, share
from gridmap.model.changes import Outcome, RowChange, Touched, TransactionRecord
from gridmap.services import history_texts as texts
from gridmap.store import journal, rows, timeline
from gridmap.store.workspace import Workspace


@dataclass(frozen=True)
class Entry:
    """One edit in the history; undo and redo are no entries, they only change the marks.

    ``is_lost`` is an edit that was undone before something else was done: nobody gets there again.
    """

    record: TransactionRecord
    is_undone: bool = False
    is_lost: bool = False
    is_current: bool = False


@dataclass(frozen=True)
class Way:
    """What leads to an entry: edits to be undone, the newest first, or to be done again."""

    undo: tuple[TransactionRecord, ...] = ()
    redo: tuple[TransactionRecord, ...] = ()

    def __len__(self) -> int:
        return len(self.undo) + len(self.redo)


@dataclass(frozen=True)
class Arrival:
    """How far a way was gone: all of it, or (``why``, None where the user stopped) not."""

    way: Way
    steps: int
    why: GridmapError | None = None

    @property
    def is_there(self) -> bool:
        """Return whether the entry was reached."""
        return self.steps == len(self.way)


def undo(opened: Workspace, progress: Progress = quiet) -> Outcome[TransactionRecord]:
    """Take the latest transaction back, whoever made it; undoing is itself journaled.

    Raises:
        RequestError: there is nothing to undo, or a row has changed since.
        WorkspaceError: the workspace cannot be written.
    """
    record, touched = opened.undo(progress)
    return Outcome(record, touched, record.id)


def redo(opened: Workspace, progress: Progress = quiet) -> Outcome[TransactionRecord]:
    """Do again what was undone last.

    Raises:
        RequestError: there is nothing to redo, or a row has changed since.
        WorkspaceError: the workspace cannot be written.
    """
    record, touched = opened.redo(progress)
    return Outcome(record, touched, record.id)


def way_to(opened: Workspace, seq: int) -> Outcome[Way]:
    """Return what ``go_to`` would undo or do again.

    Raises:
        RequestError: there is no such entry, or nobody gets there again.
    """
    with opened.reading() as reader:
        line = timeline.read_timeline(reader)
        if seq == line.made:
            return Outcome(Way(undo=tuple(timeline.records(reader, line.done[::-1]))))
        if seq in line.done:
            later = line.done[line.done.index(seq) + 1 :][::-1]
            return Outcome(Way(undo=tuple(timeline.records(reader, later))))
        if seq in line.undone:
            # the last one undone is the first one done again
            wanted = line.undone[line.undone.index(seq) :][::-1]
            return Outcome(Way(redo=tuple(timeline.records(reader, wanted))))
        if seq in line.lost:
            (lost,) = timeline.records(reader, (seq,))
            raise RequestError(texts.lost_entry(intention=lost.intention))
    raise RequestError(texts.no_such_entry(seq=seq))


def go_to(opened: Workspace, seq: int, progress: Progress = quiet) -> Outcome[Arrival]:
    """Bring the workspace back (or on) to how it was right after an entry.

    Each step is journaled by itself, so that a way back leads forward again, also after a restart.
    Where the user stops, or a step cannot be done, what was done so far stays, in whole steps.

    Raises:
        RequestError: there is no such entry, nobody gets there again, or no step could be done.
        WorkspaceError: the workspace cannot be written.
        Cancelled: the user stopped before the first step was done.
    """
    way = way_to(opened, seq).value
    touched: list[Touched] = []
    steps, why = 0, None
    last: str | None = None
    step = opened.undo if way.undo else opened.redo
    for at, record in enumerate(way.undo or way.redo):
        part = share(progress, at / len(way), (at + 1) / len(way))
        said = texts.undoing if way.undo else texts.redoing
        try:
            part(0, 1, said(intention=record.intention))
            done, rows_touched = step(part)
        except (Cancelled, GridmapError) as error:
            if not steps:
                raise
            why = error if isinstance(error, GridmapError) else None
            break
        touched.append(rows_touched)
        steps += 1
        last = done.id
    return Outcome(Arrival(way, steps, why), _joined(touched), last)


def _joined(touched: list[Touched]) -> Touched:
    """Return what several transactions touched together."""
    rows_by_table: dict[str, frozenset[str] | None] = {}
    for one in touched:
        for table, ids in one.rows.items():
            held = rows_by_table.get(table, frozenset())
            rows_by_table[table] = None if held is None or ids is None else held | ids
    return Touched(rows_by_table)


def row_history(opened: Workspace, table: str, row_id: str) -> Outcome[list[RowChange]]:
    """Return every change of a row, the oldest first.

    Raises:
        RequestError: there is no such table, or the row is not there and never was.
    """
    described = rows.get_table(table)
    with opened.reading() as reader:
        return Outcome(journal.history(reader, described.name, row_id))


def recent(opened: Workspace, limit: int = 100) -> Outcome[list[TransactionRecord]]:
    """Return the latest transactions, the newest first."""
    with opened.reading() as reader:
        return Outcome(journal.recent(reader, limit))


def entries(opened: Workspace, limit: int = 200) -> Outcome[list[Entry]]:
    """Return the latest edits, the newest first, and which of them hold."""
    with opened.reading() as reader:
        line = timeline.read_timeline(reader)
        undone = {*line.undone, *line.lost}
        return Outcome(
            [
                Entry(one, one.seq in undone, one.seq in line.lost, one.seq == line.current)
                for one in timeline.recent_edits(reader, limit)
            ]
        )


def what_next(
    opened: Workspace,
) -> Outcome[tuple[TransactionRecord | None, TransactionRecord | None]]:
    """Return what undo and redo would take next."""
    with opened.reading() as reader:
        return Outcome((journal.find_undoable(reader), journal.find_redoable(reader)))
