"""Many rows in or out at once, journaled and indexed as the triggers would, but in one go."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gridmap.base.progress import Progress, share
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.store import rtree, texts
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction
from gridmap.store.triggers import column_names, quoted

BULK_ROWS = 2000  # below this, dropping and making triggers costs more than it saves
_CHUNK = 20_000  # rows between two reports of progress

Columns = dict[str, list[Any]]
"""Lists of equal length; among them ``id``, and ``geom`` as blobs where there is one."""


def insert(tx: Transaction, table: str, columns: Columns, progress: Progress) -> None:
    """Insert rows, their entries in the journal, and their boxes in the spatial index."""
    connection, total = tx.connection, len(columns["id"])
    if total < BULK_ROWS:
        _insert_rows(connection, table, columns, progress)
        return
    last = connection.execute(f"SELECT max(rowid) FROM {quoted(table)}").fetchone()[0] or 0
    with _without_triggers(connection, table):
        _insert_rows(connection, table, columns, share(progress, 0, 0.7))
    _reindex(connection, table, total, share(progress, 0.7, 0.9))
    progress(9, 10, texts.journaling())
    connection.execute(
        "INSERT INTO journal (transaction_seq, table_name, row_id, operation)"
        f" SELECT ?, ?, id, 'I' FROM {quoted(table)} WHERE rowid > ? ORDER BY rowid",
        (tx.seq, table, last),
    )
    progress(total, total, texts.journaling())


def _insert_rows(
    connection: sqlite.Connection, table: str, columns: Columns, progress: Progress
) -> None:
    names = ", ".join(map(quoted, columns))
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})"
    total = len(columns["id"])
    lists = list(columns.values())
    for start in range(0, total, _CHUNK):
        progress(start, total, texts.writing(table=table))
        part = zip(*(values[start : start + _CHUNK] for values in lists), strict=True)
        connection.executemany(statement, part)
    progress(total, total, texts.writing(table=table))


def delete(tx: Transaction, table: str, first: int, last: int, progress: Progress) -> int:
    """Delete the rows of the journal's entries ``first`` to ``last``; return how many there were.

    The rows' values go into the journal, so that they can be inserted again.
    """
    connection, total = tx.connection, last - first + 1
    writing = share(progress, 0, 0.8)
    writing(0, total, texts.journaling())
    top = connection.execute("SELECT max(entry) FROM journal").fetchone()[0]
    connection.execute(
        "INSERT INTO journal (entry, transaction_seq, table_name, row_id, operation)"
        " SELECT ?1 + 1 + ?3 - entry, ?4, table_name, row_id, 'D' FROM journal"
        " WHERE entry BETWEEN ?2 AND ?3 ORDER BY entry DESC",
        (top, first, last, tx.seq),
    )
    kept = [name for name in column_names(connection, table) if name != "id"]
    for end in range(last, first - 1, -_CHUNK):
        start = max(first, end - _CHUNK + 1)
        writing(last - end, total, texts.journaling())
        connection.executemany(
            "INSERT INTO journal_value (entry, column_name, before) VALUES (?, ?, ?)",
            _values(connection, table, kept, start, end, top + 1 + last),
        )
    with _without_triggers(connection, table):
        deleted = connection.execute(
            f"DELETE FROM {quoted(table)} WHERE id IN"
            " (SELECT row_id FROM journal WHERE entry BETWEEN ? AND ?)",
            (first, last),
        ).rowcount
    _reindex(connection, table, total, share(progress, 0.8, 1))
    return deleted


def _values(
    connection: sqlite.Connection, table: str, names: list[str], first: int, last: int, base: int
) -> Iterator[tuple[int, str, Any]]:
    """Yield (entry, column, value) of each value in the rows of some entries, in key order."""
    asked = ", ".join(f"t.{quoted(name)}" for name in names)
    found = connection.execute(
        f"SELECT j.entry, {asked} FROM journal j JOIN {quoted(table)} t ON t.id = j.row_id"
        " WHERE j.entry BETWEEN ? AND ? ORDER BY j.entry DESC",
        (first, last),
    ).fetchall()
    sorted_names = sorted(enumerate(names, start=1), key=lambda pair: pair[1])
    for row in found:
        entry = base - row[0]
        for position, name in sorted_names:
            if row[position] is not None:
                yield entry, name, row[position]


def read_deleted(connection: sqlite.Connection, table: str, first: int, last: int) -> Columns:
    """Return the rows that the entries ``first`` to ``last`` deleted, the last one first."""
    ids = connection.execute(
        "SELECT entry, row_id FROM journal WHERE entry BETWEEN ? AND ? ORDER BY entry DESC",
        (first, last),
    ).fetchall()
    columns: Columns = {"id": [row_id for _, row_id in ids]}
    values = connection.execute(
        "SELECT entry, column_name, before FROM journal_value WHERE entry BETWEEN ? AND ?",
        (first, last),
    )
    known = set(column_names(connection, table))
    for entry, name, before in values:
        if name not in known:  # a later version dropped it
            continue
        if name not in columns:
            columns[name] = [None] * len(ids)
        columns[name][last - entry] = before
    return columns


@contextmanager
def _without_triggers(connection: sqlite.Connection, table: str) -> Iterator[None]:
    """Take a table's triggers away for a while; on failure the transaction brings them back."""
    made = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall()
    for name, _ in made:
        connection.execute(f"DROP TRIGGER {quoted(name)}")
    yield
    for _, sql in made:
        connection.execute(sql)


def _reindex(connection: sqlite.Connection, table: str, total: int, progress: Progress) -> None:
    if TABLE_BY_NAME[table].geometry is not None:
        progress(0, total, texts.indexing())
        rtree.rebuild(connection, table)
