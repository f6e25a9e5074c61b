"""Undo and redo, a transaction at a time; both are themselves journaled."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from gridmap.base.errors import RequestError
from gridmap.base.messages import Wording
from gridmap.base.progress import Progress, quiet, share
from gridmap.model.changes import Operation, Touched, TransactionKind, TransactionRecord
from gridmap.store import bulk, texts
from gridmap.store.engine import sqlite
from gridmap.store.journal import (
    RECORD,
    Transaction,
    find_redoable,
    find_undoable,
    to_record,
    touched_by,
    transaction,
    values_of,
)
from gridmap.store.triggers import column_names, quoted

_REPORT_EVERY = 500  # entries between two reports of progress


def undo(
    connection: sqlite.Connection, author: str, progress: Progress = quiet
) -> tuple[TransactionRecord, Touched]:
    """Take the latest transaction back; return it and what was touched.

    Raises:
        RequestError: there is none, or one of its rows has changed since.
    """
    target = find_undoable(connection)
    if target is None:
        raise RequestError(texts.nothing_to_undo())
    return _reverse(connection, author, target, "undo", progress)


def redo(
    connection: sqlite.Connection, author: str, progress: Progress = quiet
) -> tuple[TransactionRecord, Touched]:
    """Do again what was undone last; return the edit that is back.

    Raises:
        RequestError: there is none, or one of its rows has changed since.
    """
    undone = find_redoable(connection)
    if undone is None:
        raise RequestError(texts.nothing_to_redo())
    return _reverse(connection, author, undone, "redo", progress)


def _reverse(
    connection: sqlite.Connection,
    author: str,
    target: TransactionRecord,
    kind: TransactionKind,
    progress: Progress,
) -> tuple[TransactionRecord, Touched]:
    original = _original(connection, target)
    said = texts.undone if kind == "undo" else texts.redone
    with transaction(
        connection, author, said(intention=original.intention), kind=kind, undoes=target.seq
    ) as tx:
        _apply(tx, target, original.intention, progress)
    return original, touched_by(connection, tx.seq)


def _original(connection: sqlite.Connection, record: TransactionRecord) -> TransactionRecord:
    """Follow undo and redo back to the edit itself."""
    while record.undoes is not None:
        row = connection.execute(
            f"SELECT {RECORD} FROM journal_transaction WHERE seq = ?", (record.undoes,)
        ).fetchone()
        record = to_record(row)
    return record


@dataclass(frozen=True)
class _Run:
    """Entries one after another that did the same to the same table, the last one first."""

    table: str
    columns: frozenset[str]
    """Those that the table has now; a later version may have dropped some."""
    operation: Operation
    entries: list[tuple[int, str]]

    def values(self, connection: sqlite.Connection, entry: int) -> list[tuple[str, Any, Any]]:
        """Return (column, before, after) of an entry."""
        return [one for one in values_of(connection, entry) if one[0] in self.columns]


def _runs(connection: sqlite.Connection, seq: int) -> Iterator[_Run]:
    entries = connection.execute(
        "SELECT table_name, operation, entry, row_id FROM journal WHERE transaction_seq = ?"
        " ORDER BY entry DESC",
        (seq,),
    ).fetchall()
    for (table, operation), group in groupby(entries, key=lambda entry: entry[:2]):
        columns = frozenset(column_names(connection, table))
        yield _Run(table, columns, operation, [(entry, row_id) for _, _, entry, row_id in group])


def _apply(
    tx: Transaction,
    target: TransactionRecord,
    intention: Wording,
    progress: Progress,
) -> None:
    """Apply the opposite of each entry, the last one first."""
    runs = list(_runs(tx.connection, target.seq))
    total, before = sum(len(run.entries) for run in runs), 0
    for run in runs:
        part = share(progress, before / total, (before + len(run.entries)) / total)
        before += len(run.entries)
        if len(run.entries) >= bulk.BULK_ROWS and run.operation != "U":
            _apply_bulk(tx, run, intention, part)
            continue
        for done, (entry, row_id) in enumerate(run.entries):
            if done % _REPORT_EVERY == 0:
                part(done, len(run.entries), texts.writing(table=run.table))
            if _apply_one(tx.connection, run, entry, row_id) != 1:
                raise _changed_since(intention, run.table, row_id)


def _changed_since(intention: Wording, table: str, row_id: str) -> RequestError:
    return RequestError(texts.changed_since(intention=intention, table=table, id=row_id))


def _apply_bulk(tx: Transaction, run: _Run, intention: Wording, progress: Progress) -> None:
    last, first = run.entries[0][0], run.entries[-1][0]
    if run.operation == "I":
        deleted = bulk.delete(tx, run.table, first, last, progress)
        if deleted != len(run.entries):
            raise _changed_since(intention, run.table, run.entries[0][1])
        return
    columns = bulk.read_deleted(tx.connection, run.table, first, last)
    try:
        bulk.insert(tx, run.table, columns, progress)
    except sqlite.IntegrityError as error:  # a row of that id is there again
        raise _changed_since(intention, run.table, run.entries[0][1]) from error


def _apply_one(connection: sqlite.Connection, run: _Run, entry: int, row_id: str) -> int:
    """Apply the opposite of one entry; return how many rows that changed."""
    if run.operation == "I":
        return connection.execute(
            f"DELETE FROM {quoted(run.table)} WHERE id = ?", (row_id,)
        ).rowcount
    values = run.values(connection, entry)
    if run.operation == "D":
        return _insert_again(connection, run.table, row_id, values)
    return _set_back(connection, run.table, row_id, values) if values else 1


def _insert_again(
    connection: sqlite.Connection, table: str, row_id: str, values: list[tuple[str, Any, Any]]
) -> int:
    exists = connection.execute(f"SELECT 1 FROM {quoted(table)} WHERE id = ?", (row_id,)).fetchone()
    if exists:
        return 0
    columns = ["id", *(name for name, _, _ in values)]
    marks = ", ".join("?" * len(columns))
    names = ", ".join(map(quoted, columns))
    return connection.execute(
        f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})",
        [row_id, *(before for _, before, _ in values)],
    ).rowcount


def _set_back(
    connection: sqlite.Connection, table: str, row_id: str, values: list[tuple[str, Any, Any]]
) -> int:
    """Set the changed columns back, provided that they still are as the entry left them."""
    sets = ", ".join(f"{quoted(name)} = ?" for name, _, _ in values)
    as_left = " AND ".join(f"{quoted(name)} IS ?" for name, _, _ in values)
    return connection.execute(
        f"UPDATE {quoted(table)} SET {sets} WHERE id = ? AND {as_left}",
        [*(before for _, before, _ in values), row_id, *(after for _, _, after in values)],
    ).rowcount
