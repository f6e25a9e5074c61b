"""What SQLite itself finds wrong with the pages of a file."""

from typing import Literal

from gridmap.store.engine import sqlite

LIST_LIMIT = 100
_OF_INDEXES = "RTree"  # newer versions of SQLite look into spatial indexes too; check.py does it


def find_faults(
    connection: sqlite.Connection, how: Literal["integrity_check", "quick_check"]
) -> list[str]:
    """Return what is wrong with the pages of ``main``, spatial indexes left aside.

    Raises:
        sqlite.DatabaseError: so much that SQLite gives up.
    """
    try:
        found = connection.execute(f"PRAGMA main.{how}({LIST_LIMIT})").fetchall()
    except sqlite.DatabaseError as error:
        if _OF_INDEXES in str(error):
            return []
        raise
    return [line for (line,) in found if line != "ok" and _OF_INDEXES not in line]
