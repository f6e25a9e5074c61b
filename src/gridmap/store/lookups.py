"""Which rows a word or a reference means, and who refers to a row."""

from collections.abc import Iterable, Sequence

from gridmap.model.schema import Table
from gridmap.store.edit import REFERRING
from gridmap.store.engine import sqlite
from gridmap.store.rows import get_table
from gridmap.store.triggers import quoted

_IDS_A_QUERY = 500
_WORDS = ("name", "code", "number", "title", "address")
"""The columns by which people call a row, the surest ones first."""
_BESIDE = ("standard",)
"""What else tells rows of one name apart."""

Only = tuple[str, str]
"""A column, and what it must be."""


def words_of(table: Table) -> tuple[str, ...]:
    """Return the columns by which people call the rows of a table."""
    names = [name for name in (table.label, *_WORDS) if name in table.field_names]
    return tuple(dict.fromkeys(name for name in names if name is not None))


def exists(connection: sqlite.Connection, table: str, row_id: str) -> bool:
    """Return whether there is a row of that id."""
    query = f"SELECT 1 FROM {quoted(table)} WHERE id = ?"
    return connection.execute(query, (row_id,)).fetchone() is not None


def find_ids(
    connection: sqlite.Connection, table: str, word: str, only: Only | None = None
) -> list[str]:
    """Return the ids of at most two rows that are called exactly so, by id, name or code."""
    described = get_table(table)
    if exists(connection, table, word):
        return [word]
    condition, bound = _narrowed(only)
    for column in words_of(described):
        query = f"SELECT id FROM {quoted(table)} WHERE {quoted(column)} = ? AND {condition} LIMIT 2"
        found = connection.execute(query, (word, *bound)).fetchall()
        if found:
            return [id_ for (id_,) in found]
    return []


def find_like(
    connection: sqlite.Connection, table: str, text: str, limit: int, only: Only | None = None
) -> list[tuple[str, str]]:
    """Return (id, words) of some rows whose name or code holds a text, shorter ones first."""
    described = get_table(table)
    columns = words_of(described)
    if not columns:
        return []
    told = [*columns[:2], *[name for name in _BESIDE if name in described.field_names]]
    shown = " || ' ' || ".join(f"coalesce({quoted(column)}, '')" for column in told)
    condition, bound = _narrowed(only)
    conditions = " OR ".join(f"{quoted(column)} LIKE ? ESCAPE '\\'" for column in columns)
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = connection.execute(
        f"SELECT id, trim({shown}) FROM {quoted(table)} WHERE ({conditions}) AND {condition}"
        f" ORDER BY length({quoted(columns[0])}), {quoted(columns[0])} LIMIT ?",
        (*[f"%{escaped}%"] * len(columns), *bound, limit),
    )
    return [(id_, words) for id_, words in found]


def _narrowed(only: Only | None) -> tuple[str, tuple[str, ...]]:
    return ("1", ()) if only is None else (f"{quoted(only[0])} = ?", (only[1],))


def labels(connection: sqlite.Connection, table: str, ids: Iterable[str]) -> dict[str, str]:
    """Return what rows are called, by id; those that are gone or unnamed are left out."""
    label = get_table(table).label
    named: dict[str, str] = {}
    if label is None:
        return named
    for some in _parts(ids):
        marks = ", ".join("?" * len(some))
        query = f"SELECT id, {quoted(label)} FROM {quoted(table)} WHERE id IN ({marks})"
        named |= {id_: str(word) for id_, word in connection.execute(query, some) if word}
    return named


def referring(
    connection: sqlite.Connection, table: str, ids: Sequence[str]
) -> dict[tuple[str, str], list[str]]:
    """Return who refers to some rows: (table, field) to the ids of the rows that do.

    Rows that are named themselves are left out.
    """
    found: dict[tuple[str, str], list[str]] = {}
    named = set(ids)
    for other, field in REFERRING[table]:
        for some in _parts(ids):
            marks = ", ".join("?" * len(some))
            query = f"SELECT id FROM {quoted(other)} WHERE {quoted(field)} IN ({marks})"
            held = [id_ for (id_,) in connection.execute(query, some)]
            if other == table:
                held = [id_ for id_ in held if id_ not in named]
            if held:
                found.setdefault((other, field), []).extend(held)
    return found


def _parts(ids: Iterable[str]) -> Iterable[list[str]]:
    listed = list(dict.fromkeys(ids))
    return (listed[at : at + _IDS_A_QUERY] for at in range(0, len(listed), _IDS_A_QUERY))
