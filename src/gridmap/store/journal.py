"""Transactions and the history of a row, from the one journal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.base.messages import LANGUAGES, Text, Wording
from gridmap.model.changes import RowChange, Touched, TransactionKind, TransactionRecord
from gridmap.store import texts
from gridmap.store.engine import sqlite

RECORD = "seq, id, at, author, kind, intention_zh, intention_en, undoes"
_ROWS_WORTH_NAMING = 1000


@dataclass(frozen=True)
class Transaction:
    """An open transaction: the only way to write."""

    connection: sqlite.Connection
    seq: int
    id: str


@contextmanager
def transaction(
    connection: sqlite.Connection,
    author: str,
    intention: Text | Wording,
    *,
    kind: TransactionKind = "edit",
    undoes: int | None = None,
) -> Iterator[Transaction]:
    """Do one intention: all of it is committed at the end, or nothing.

    One that changed no row leaves no entry in the journal.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        opened = _open(connection, author, intention, kind, undoes)
        yield opened
        _close(connection, opened.seq)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def savepoint(tx: Transaction) -> Iterator[None]:
    """Try something inside a transaction; an exception takes back only what was done here."""
    tx.connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        tx.connection.execute("ROLLBACK TO part")
        tx.connection.execute("RELEASE part")
        raise
    tx.connection.execute("RELEASE part")


def _open(
    connection: sqlite.Connection,
    author: str,
    intention: Text | Wording,
    kind: TransactionKind,
    undoes: int | None,
) -> Transaction:
    new_id = clock.new_id()
    zh, en = (_storable(intention.render(language)) for language in LANGUAGES)
    cursor = connection.execute(
        "INSERT INTO journal_transaction (id, at, author, kind, intention_zh, intention_en, undoes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (new_id, clock.timestamp(), author, kind, zh, en, undoes),
    )
    seq = int(cursor.lastrowid or 0)
    connection.execute("UPDATE journal_now SET open_seq = ?", (seq,))
    return Transaction(connection, seq, new_id)


def _storable(text: str) -> str:
    """Return a text without the halves of characters that file names may hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _close(connection: sqlite.Connection, seq: int) -> None:
    connection.execute("UPDATE journal_now SET open_seq = NULL")
    connection.execute(
        "DELETE FROM journal_transaction WHERE seq = ?1 AND kind = 'edit'"
        " AND NOT EXISTS (SELECT 1 FROM journal WHERE transaction_seq = ?1)",
        (seq,),
    )


def reword(tx: Transaction, intention: Text | Wording) -> None:
    """Say what a transaction does once that is known, e.g. which codes it gave."""
    zh, en = (_storable(intention.render(language)) for language in LANGUAGES)
    tx.connection.execute(
        "UPDATE journal_transaction SET intention_zh = ?, intention_en = ? WHERE seq = ?",
        (zh, en, tx.seq),
    )


def latest_seq(connection: sqlite.Connection) -> int:
    """Return the number of the latest transaction, 0 where there is none."""
    row = connection.execute("SELECT max(seq) FROM journal_transaction").fetchone()
    return int(row[0] or 0)


def touched_by(connection: sqlite.Connection, seq: int) -> Touched:
    """Return what a transaction touched."""
    return touched_between(connection, seq - 1, seq)


def touched_between(connection: sqlite.Connection, after: int, until: int) -> Touched:
    """Return what the transactions after one, up to and with another one, touched."""
    which = "transaction_seq > ? AND transaction_seq <= ?"
    counts = connection.execute(
        f"SELECT table_name, count(*) FROM journal WHERE {which} GROUP BY table_name",
        (after, until),
    ).fetchall()
    rows: dict[str, frozenset[str] | None] = {}
    for table, count in counts:
        rows[table] = None
        if count <= _ROWS_WORTH_NAMING:
            ids = connection.execute(
                f"SELECT row_id FROM journal WHERE {which} AND table_name = ?",
                (after, until, table),
            )
            rows[table] = frozenset(id_ for (id_,) in ids)
    return Touched(rows)


def to_record(row: Sequence[Any]) -> TransactionRecord:
    """Return a row of ``journal_transaction``, read as ``RECORD``, as a value."""
    seq, id_, at, author, kind, zh, en, undoes = row
    return TransactionRecord(seq, id_, at, author, kind, Wording(zh, en), undoes)


def recent(connection: sqlite.Connection, limit: int = 100) -> list[TransactionRecord]:
    """Return the latest transactions, the newest first."""
    rows = connection.execute(
        f"SELECT {RECORD} FROM journal_transaction ORDER BY seq DESC LIMIT ?", (limit,)
    )
    return [to_record(row) for row in rows]


def find_undoable(connection: sqlite.Connection) -> TransactionRecord | None:
    """Return the transaction that undo takes back next."""
    row = connection.execute(
        f"SELECT {RECORD} FROM journal_transaction t WHERE kind NOT IN ('made', 'undo')"
        " AND NOT EXISTS"
        " (SELECT 1 FROM journal_transaction u WHERE u.undoes = t.seq) ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return to_record(row) if row else None


def find_redoable(connection: sqlite.Connection) -> TransactionRecord | None:
    """Return the undo that redo takes back next; a new edit leaves nothing to redo."""
    row = connection.execute(
        f"SELECT {RECORD} FROM journal_transaction t WHERE kind = 'undo' AND NOT EXISTS"
        " (SELECT 1 FROM journal_transaction r WHERE r.undoes = t.seq) AND seq >"
        " coalesce((SELECT max(seq) FROM journal_transaction"
        " WHERE kind IN ('edit', 'external')), 0)"
        " ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return to_record(row) if row else None


def values_of(connection: sqlite.Connection, entry: int) -> list[tuple[str, Any, Any]]:
    """Return (column, before, after) of an entry."""
    return connection.execute(
        "SELECT column_name, before, after FROM journal_value WHERE entry = ?", (entry,)
    ).fetchall()


def history(connection: sqlite.Connection, table: str, row_id: str) -> list[RowChange]:
    """Return every change of a row, the oldest first.

    Raises:
        RequestError: the row is not there and never was.
    """
    rows = connection.execute(
        f"SELECT j.entry, j.operation, {', '.join('t.' + c for c in RECORD.split(', '))}"
        " FROM journal j JOIN journal_transaction t ON t.seq = j.transaction_seq"
        " WHERE j.table_name = ? AND j.row_id = ? ORDER BY j.entry",
        (table, row_id),
    ).fetchall()
    if not rows:
        raise RequestError(texts.no_such_row(table=table, id=row_id))
    changes = []
    for entry, operation, *record in rows:
        values = values_of(connection, entry)
        before = {name: old for name, old, _ in values}
        after = {name: new for name, _, new in values} if operation == "U" else {}
        changes.append(RowChange(to_record(record), operation, before, after))
    return changes
