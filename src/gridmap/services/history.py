"""Undo, redo, and who changed what."""

from gridmap.base.progress import Progress, quiet
from gridmap.model.changes import Outcome, RowChange, TransactionRecord
from gridmap.store import journal, rows
from gridmap.store.workspace import Workspace


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


def what_next(
    opened: Workspace,
) -> Outcome[tuple[TransactionRecord | None, TransactionRecord | None]]:
    """Return what undo and redo would take next."""
    with opened.reading() as reader:
        return Outcome((journal.find_undoable(reader), journal.find_redoable(reader)))
