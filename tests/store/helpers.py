"""Rows to write, and the eyes of another program."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import shapely

from gridmap.geo.features import Features, as_objects
from gridmap.model.catalogue import TABLES
from gridmap.store import engine, rows, texts
from gridmap.store.engine import sqlite
from gridmap.store.triggers import quoted

EPSG = 4548
EAST, NORTH = 452_000.0, 4_426_000.0
STEP = texts.made(name="一步")  # an intention that says nothing

SHAPES = {
    "component": lambda n: shapely.points(EAST + n, NORTH),
    "walkway": lambda n: shapely.linestrings([[EAST, NORTH + n], [EAST + 5, NORTH + n + 1]]),
    "cell": lambda n: shapely.box(EAST + n, NORTH, EAST + n + 1, NORTH + 1),
    "building": lambda n: shapely.multipolygons(
        [shapely.box(EAST + n, NORTH, EAST + n + 1, NORTH + 1)]
    ),
    "document": lambda n: None,
}
"""One geometry for each kind of table, so that tests run over points, lines, areas and none."""


def features(table: str, count: int, *, first: int = 0, **columns: list) -> Features:
    """Rows of ``table`` with a remark each, and a place where the table has one."""
    numbers = range(first, first + count)
    held = {}
    if "remark" in rows.get_table(table).field_names:
        held["remark"] = as_objects([f"第 {n} 行" for n in numbers])
    held |= {name: as_objects(values) for name, values in columns.items()}
    geometry = None
    if rows.get_table(table).geometry is not None:
        geometry = np.array([*(SHAPES[table](n) for n in numbers), None], object)[:-1]
    return Features(held, geometry)


def insert(workspace, table: str, count: int, **options) -> list[str]:
    """Insert rows as one transaction; return their ids."""
    with workspace.transaction(STEP) as tx:
        return rows.insert(tx, table, features(table, count, **options))


def execute(workspace, sql: str, *values) -> None:
    """Change something as one transaction."""
    with workspace.transaction(STEP) as tx:
        tx.connection.execute(sql, values)


@contextmanager
def elsewhere(path: Path, *, with_spatialite: bool = True) -> Iterator[sqlite.Connection]:
    """Lend a connection as another program (QGIS) opens it: none of gridmap's pragmas."""
    with contextlib.closing(sqlite.connect(path, isolation_level=None)) as connection:
        if with_spatialite:
            engine.load_spatialite(connection)
        yield connection


def content(source) -> dict[str, list]:
    """Return every row of every table, bytes as they are stored, in the order of their ids."""
    with source.reading() as reader:
        return content_of(reader)


def content_of(connection: sqlite.Connection) -> dict[str, list]:
    """Return the same of a connection."""
    return {
        table.name: connection.execute(f"SELECT * FROM {quoted(table.name)} ORDER BY id").fetchall()
        for table in TABLES
    }


def ask(workspace, sql: str, *values):
    """Return the first value of the first row."""
    with workspace.reading() as reader:
        row = reader.execute(sql, values).fetchone()
    return row[0] if row else None


def entries(workspace) -> list[tuple]:
    """Return (operation, table, row id) of the whole journal but its first entry."""
    with workspace.reading() as reader:
        found = reader.execute("SELECT operation, table_name, row_id FROM journal ORDER BY entry")
        return found.fetchall()[1:]
