"""Rows as they were at a moment: today's rows, with the journal applied backwards.

A moment is a transaction's ``seq``: what was there when that transaction was done. An entry says
what a column held before it, so the oldest entry after the moment decides; what no later entry
names is as it is today.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.base.errors import RequestError
from gridmap.geo.features import as_objects
from gridmap.geo.layers import LayerRows
from gridmap.geo.shapes import Shapes, joined
from gridmap.model.catalogue import TABLES
from gridmap.model.changes import TransactionRecord
from gridmap.store import filters, rows, texts
from gridmap.store.engine import sqlite
from gridmap.store.journal import RECORD, Transaction, to_record
from gridmap.store.triggers import column_names, quoted

Row = dict[str, Any]
"""Columns of a row without ``id``, in SQLite's own types."""
Rolled = Mapping[str, Row | None]
"""By id: what was different then of a row (all of it where it is gone today), None where it was
not there yet. Rows that are missing are as today."""

_IDS_A_QUERY = 500  # SQLite's oldest limit of bound values is 999


def find_beginning(connection: sqlite.Connection) -> TransactionRecord | None:
    """Return the making of the workspace: nothing is known of what was before."""
    row = connection.execute(
        f"SELECT {RECORD} FROM journal_transaction WHERE kind = 'made' ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return to_record(row) if row else None


def seq_at(connection: sqlite.Connection, moment: str) -> int:
    """Return the transaction that was the last one at a moment (as ``clock.timestamp`` writes it).

    A computer's clock may have been set back: then the later transactions count from the time
    that was reached before them, so that they never come before what they changed.

    Raises:
        RequestError: the workspace was not made yet.
    """
    made = find_beginning(connection)
    if made is not None and moment < made.at:
        said = texts.before_beginning(moment=_local(moment), beginning=_local(made.at))
        raise RequestError(said)
    later = connection.execute(
        "SELECT min(seq) FROM journal_transaction WHERE at > ?", (moment,)
    ).fetchone()[0]
    if later is None:
        later = 1 + connection.execute("SELECT max(seq) FROM journal_transaction").fetchone()[0]
    first = made.seq if made is not None else 0
    return max(int(later) - 1, first)


def _local(moment: str) -> str:
    local = datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone()
    return local.strftime("%Y-%m-%d %H:%M")


def transactions(connection: sqlite.Connection) -> list[tuple[TransactionRecord, int]]:
    """Return every transaction, the oldest first, with how many changes it made."""
    names = ", ".join(f"t.{name}" for name in RECORD.split(", "))
    found = connection.execute(
        f"SELECT {names}, coalesce(j.changes, 0) FROM journal_transaction t LEFT JOIN"
        " (SELECT transaction_seq, count(*) AS changes FROM journal GROUP BY transaction_seq) j"
        " ON j.transaction_seq = t.seq ORDER BY t.seq"
    )
    return [(to_record(row[:-1]), row[-1]) for row in found]


@contextmanager
def one_moment(connection: sqlite.Connection) -> Iterator[None]:
    """See one state of the file in several queries, whatever is committed meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


def read_layer(
    connection: sqlite.Connection,
    table: str,
    columns: Sequence[str],
    seq: int,
    ids: Sequence[str] | None = None,
    division: str | None = None,
) -> LayerRows:
    """Return what was painted of a table (or only of some rows) then; see ``rows.read_layer``.

    Of the cells only those that were of a division then: of the official one, or of a plan.

    Raises:
        RequestError: there is no such table.
    """
    described = rows.get_table(table)
    asked = list(columns)
    if filters.is_divided(table):  # a row may have been of another division than today
        asked += [name for name in filters.COLUMNS if name not in asked]
    names = [*asked, *(["geom"] if described.geometry else [])]
    with one_moment(connection):
        today = rows.read_layer(connection, table, asked, ids)
        if ids is None:
            rolled = roll_back(connection, table, names, seq)
        else:
            rolled = _roll_back_rows(connection, table, names, ids, seq)
        then = _as_it_was(connection, today, rolled) if rolled else today
    if not filters.is_divided(table):
        return then
    seen = then.kept(filters.are_of_division(then.columns, division))
    return replace(seen, columns={name: seen.columns[name] for name in columns})


def read_boxes(
    connection: sqlite.Connection,
    table: str,
    columns: Sequence[str],
    seq: int,
    division: str | None = None,
) -> LayerRows:
    """Return the boxes of a table's rows, where it has not changed since; else the rows.

    Raises:
        RequestError: there is no such table.
    """
    with one_moment(connection):
        if _first_entry(connection, seq, table) is None:
            where = filters.of_division(table, division)
            return rows.read_boxes(connection, table, columns, where)
        return read_layer(connection, table, columns, seq, division=division)


def read_rows(
    connection: sqlite.Connection, table: str, ids: Sequence[str], seq: int
) -> dict[str, Row | None]:
    """Return some rows as they were, each column as it was stored; None for one that was not.

    Raises:
        RequestError: there is no such table.
    """
    rows.get_table(table)
    names = [name for name in column_names(connection, table) if name != "id"]
    asked = ", ".join(map(quoted, ["id", *names]))
    found: dict[str, Row | None] = {}
    with one_moment(connection):
        rolled = _roll_back_rows(connection, table, names, ids, seq)
        for some in _chunks(ids):
            marks = ", ".join("?" * len(some))
            select = f"SELECT {asked} FROM {quoted(table)} WHERE id IN ({marks})"
            today = {
                row[0]: dict(zip(names, row[1:], strict=True))
                for row in connection.execute(select, some)
            }
            for row_id in some:
                values, before = rolled.get(row_id, {}), today.get(row_id)
                is_known = values is not None and (before is not None or row_id in rolled)
                found[row_id] = {**(before or {}), **(values or {})} if is_known else None
    return found


def _chunks(ids: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _IDS_A_QUERY):
        yield list(ids[start : start + _IDS_A_QUERY])


def _roll_back_rows(
    connection: sqlite.Connection, table: str, names: Sequence[str], ids: Sequence[str], seq: int
) -> dict[str, Row | None]:
    rolled: dict[str, Row | None] = {}
    for some in _chunks(ids):
        which = f"j.row_id IN ({', '.join('?' * len(some))}) AND j.transaction_seq > ?"
        rolled |= _replay(connection, table, names, which, (*some, seq))
    return rolled


def roll_back(connection: sqlite.Connection, table: str, names: Sequence[str], seq: int) -> Rolled:
    """Return what was different in some columns of a table when transaction ``seq`` was done."""
    first = _first_entry(connection, seq)
    if first is None:
        return {}
    return _replay(connection, table, names, "j.entry >= ?", (first,))


def _first_entry(connection: sqlite.Connection, seq: int, table: str | None = None) -> int | None:
    """Return the first entry after a transaction: entries rise as transactions do."""
    row = connection.execute(
        "SELECT entry FROM journal WHERE transaction_seq > ?"
        " ORDER BY transaction_seq, entry LIMIT 1",
        (seq,),
    ).fetchone()
    if row is None or table is None:
        return int(row[0]) if row else None
    row = connection.execute(
        "SELECT entry FROM journal WHERE entry >= ? AND table_name = ? LIMIT 1", (row[0], table)
    ).fetchone()
    return int(row[0]) if row else None


def _replay(
    connection: sqlite.Connection,
    table: str,
    names: Sequence[str],
    which: str,
    values: Sequence[Any],
) -> dict[str, Row | None]:
    """Apply the entries that ``which`` chooses backwards, the last one first."""
    befores: dict[int, Row] = {}
    marks = ", ".join("?" * len(names))
    found = connection.execute(
        "SELECT v.entry, v.column_name, v.before FROM journal j CROSS JOIN journal_value v"
        f" WHERE {which} AND j.table_name = ? AND j.operation <> 'I'"
        f" AND v.entry = j.entry AND v.column_name IN ({marks})",
        (*values, table, *names),
    )
    for entry, name, before in found:
        befores.setdefault(entry, {})[name] = before
    rolled: dict[str, Row | None] = {}
    entries = connection.execute(
        "SELECT j.entry, j.row_id, j.operation FROM journal j"
        f" WHERE {which} AND j.table_name = ? ORDER BY j.entry DESC",
        (*values, table),
    )
    nothing: Row = {}
    # one step an entry: 40 ms for an import of 200,000 rows
    for entry, row_id, operation in entries:
        if operation == "I":
            rolled[row_id] = None
        elif operation == "D":  # it has all values but the missing ones
            rolled[row_id] = dict.fromkeys(names) | befores.get(entry, nothing)
        else:
            rolled[row_id] = (rolled.get(row_id) or {}) | befores.get(entry, nothing)
    return rolled


def _as_it_was(connection: sqlite.Connection, today: LayerRows, rolled: Rolled) -> LayerRows:
    """Leave out what was not there yet, put back what was different, add what is gone."""
    hits = np.flatnonzero(np.fromiter(map(rolled.__contains__, today.ids), bool, len(today)))
    was_there, was_elsewhere = np.ones(len(today), bool), np.zeros(len(today), bool)
    columns = {name: column.copy() for name, column in today.columns.items()}
    for position, row_id in zip(hits.tolist(), today.ids[hits].tolist(), strict=True):
        values = rolled[row_id]
        if values is None:
            was_there[position] = False
            continue
        was_elsewhere[position] = "geom" in values
        for name in values.keys() & columns.keys():
            columns[name][position] = values[name]
    known = set(today.ids[hits].tolist())
    gone = [(id_, row) for id_, row in rolled.items() if row is not None and id_ not in known]
    count = int(was_there.sum())
    number = np.cumsum(was_there) - 1
    moved = np.flatnonzero(was_there & was_elsewhere)
    places = [(rolled[id_] or {})["geom"] for id_ in today.ids[moved]]
    places += [row.get("geom") for _, row in gone]
    numbers = np.concatenate([number[moved], count + np.arange(len(gone))])
    stays = was_there & ~was_elsewhere
    kept = [_renumbered(shapes, stays, number) for shapes in today.shapes]
    return LayerRows(
        today.table,
        np.concatenate([today.ids[was_there], as_objects([id_ for id_, _ in gone])]),
        _together([*kept, *rows.decode_shapes(connection, places, numbers)]),
        {
            name: np.concatenate([column[was_there], as_objects([row[name] for _, row in gone])])
            for name, column in columns.items()
        },
    )


def _renumbered(shapes: Shapes, stays: NDArray[np.bool_], number: NDArray[np.int64]) -> Shapes:
    mask = stays[shapes.rows]
    kept = shapes if mask.all() else shapes.take(np.flatnonzero(mask))
    return replace(kept, rows=number[kept.rows])


def _together(parts: Sequence[Shapes]) -> tuple[Shapes, ...]:
    """Return one object for each dimension that occurs."""
    sorted_parts = ([one for one in parts if one.dimension == d and len(one)] for d in (2, 1, 0))
    return tuple(joined(some) if len(some) > 1 else some[0] for some in sorted_parts if some)


# --- writing ------------------------------------------------------------------------------------


def put(tx: Transaction, table: str, row_id: str, values: Row) -> None:
    """Set columns of a row, or insert it where it is not there.

    Raises:
        sqlite.Error: a rule of the schema is broken; the caller's transaction rolls back.
    """
    name = quoted(table)
    columns = list(map(quoted, values))
    held = [*values.values(), row_id]
    sets = ", ".join(f"{column} = ?" for column in columns)
    if is_there(tx.connection, table, row_id):
        tx.connection.execute(f"UPDATE {name} SET {sets} WHERE id = ?", held)
        return
    listed, marks = ", ".join([*columns, "id"]), ", ".join("?" * len(held))
    tx.connection.execute(f"INSERT INTO {name} ({listed}) VALUES ({marks})", held)


def remove(tx: Transaction, table: str, row_id: str) -> None:
    """Delete a row."""
    tx.connection.execute(f"DELETE FROM {quoted(table)} WHERE id = ?", (row_id,))


def referrers(
    connection: sqlite.Connection, table: str, row_id: str
) -> Iterator[tuple[str, str, str]]:
    """Yield (table, field, id) of each row that refers to a row today."""
    for described in TABLES:
        for field in described.fields:
            if field.refers_to == table:
                found = connection.execute(
                    f"SELECT id FROM {quoted(described.name)} WHERE {quoted(field.name)} = ?",
                    (row_id,),
                )
                yield from ((described.name, field.name, id_) for (id_,) in found.fetchall())


def is_there(connection: sqlite.Connection, table: str, row_id: str) -> bool:
    """Return whether a row is there today."""
    found = connection.execute(f"SELECT 1 FROM {quoted(table)} WHERE id = ?", (row_id,))
    return found.fetchone() is not None
