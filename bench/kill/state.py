"""What a workspace holds, as one hash that does not depend on ids or on time."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gridmap.model.catalogue import TABLES
from gridmap.store.connect import connect_foreign
from gridmap.store.engine import sqlite
from gridmap.store.triggers import quoted

_OTHERS = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name",
    "SELECT key, value FROM workspace_info WHERE key != 'made_at' ORDER BY key",
    "SELECT version, program FROM migration ORDER BY version",
    "SELECT * FROM column_class ORDER BY table_name, column_name",
    "SELECT seq, author, kind, intention_zh, intention_en, undoes"
    " FROM journal_transaction ORDER BY seq",
    "SELECT * FROM journal ORDER BY entry",
    "SELECT * FROM journal_value ORDER BY entry, column_name",
    "SELECT * FROM journal_now",
)


def fingerprint(connection: sqlite.Connection) -> str:
    """Return a hash of all rows, of the whole journal, of schema and version.

    A row's id is told by its first entry in the journal, so that two runs of the same work agree.
    """
    connection.execute("BEGIN")
    try:
        ids = _first_entries(connection)
        digest = hashlib.blake2b(digest_size=12)
        for rows in _tables(connection):
            named = [[ids.get(v, v) if type(v) is str else v for v in row] for row in rows]
            digest.update(repr(named).encode())
        return digest.hexdigest()
    finally:
        connection.execute("COMMIT")


def fingerprint_of_file(path: Path) -> str:
    """Return the hash of a workspace file, or of a backup, that nobody has open."""
    connection = connect_foreign(path)
    try:
        return fingerprint(connection)
    finally:
        connection.close()


def _first_entries(connection: sqlite.Connection) -> dict[str, str]:
    found: dict[str, str] = {}
    for (row_id,) in connection.execute("SELECT row_id FROM journal ORDER BY entry"):
        found.setdefault(row_id, f"#{len(found)}")
    return found


def _tables(connection: sqlite.Connection) -> Iterator[list[tuple[Any, ...]]]:
    queries = ["PRAGMA user_version", "PRAGMA application_id", *_OTHERS]
    queries += [f"SELECT * FROM {quoted(table.name)} ORDER BY rowid" for table in TABLES]
    for query in queries:
        yield connection.execute(query).fetchall()


def transaction_ids(connection: sqlite.Connection) -> list[str]:
    """Return the ids of all transactions, the oldest first."""
    found = connection.execute("SELECT id FROM journal_transaction ORDER BY seq")
    return [id_ for (id_,) in found]
