"""Single rows in and out, and the rows near a place: what an edit on the map reads and writes.

Everything here costs as much as the rows that it names, however many the table has.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from gridmap.base import clock
from gridmap.geo.features import Features, as_objects
from gridmap.model.catalogue import TABLES
from gridmap.store import blobs, rows
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction
from gridmap.store.rtree import index_name
from gridmap.store.triggers import quoted

Box = tuple[float, float, float, float]
"""xmin, ymin, xmax, ymax in metres, in the workspace's CRS."""
Values = Mapping[str, Any]

_IDS_A_QUERY = 500  # SQLite's oldest limit of bound values is 999


def insert_row(
    tx: Transaction,
    table: str,
    values: Values,
    shape: shapely.Geometry | None = None,
    *,
    row_id: str | None = None,
) -> str:
    """Insert one row; return its id. The shape is in the workspace's CRS, on the 1 mm grid.

    Raises:
        RequestError: there is no such table.
        sqlite.Error: a rule of the schema is broken; the caller's transaction rolls back.
    """
    new = row_id or clock.new_id()
    held = {"id": new, **values, **_stored(tx, table, shape)}
    names, marks = ", ".join(map(quoted, held)), ", ".join("?" * len(held))
    statement = f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})"
    tx.connection.execute(statement, list(held.values()))
    return new


def update_row(
    tx: Transaction,
    table: str,
    row_id: str,
    values: Values,
    shape: shapely.Geometry | None = None,
) -> None:
    """Set columns of one row; the shape stays where none is given.

    Raises:
        RequestError: there is no such table.
        sqlite.Error: a rule of the schema is broken; the caller's transaction rolls back.
    """
    held = {**values, **_stored(tx, table, shape)}
    if not held:
        return
    sets = ", ".join(f"{quoted(name)} = ?" for name in held)
    statement = f"UPDATE {quoted(table)} SET {sets} WHERE id = ?"
    tx.connection.execute(statement, [*held.values(), row_id])


def _stored(tx: Transaction, table: str, shape: shapely.Geometry | None) -> dict[str, Any]:
    rows.get_table(table)
    if shape is None:
        return {}
    return {"geom": blobs.encode(as_objects([shape]), rows.get_epsg(tx.connection))[0]}


def delete_row(tx: Transaction, table: str, row_id: str) -> None:
    """Delete one row; the journal keeps its values."""
    rows.get_table(table)
    tx.connection.execute(f"DELETE FROM {quoted(table)} WHERE id = ?", (row_id,))


def read_near(
    connection: sqlite.Connection,
    table: str,
    boxes: Iterable[Box],
    columns: Sequence[str] = (),
    where: str = "1",
    bound: Sequence[Any] = (),
) -> Features:
    """Return the rows whose boxes meet some boxes, with ``id``, columns and shapes.

    Args:
        connection: where to read.
        table: which table; it has a geometry.
        boxes: where to look; a row is found once.
        columns: which fields.
        where: a condition on the row ``t``, such as ``DIVISION``.
        bound: the values of its question marks.

    Raises:
        RequestError: there is no such table.
    """
    rows.get_table(table)
    names = ["id", *columns, "geom"]
    asked = ", ".join(f"t.{quoted(name)}" for name in names)
    statement = (
        f"SELECT {asked} FROM {quoted(index_name(table))} i"
        f" CROSS JOIN {quoted(table)} t ON t.rowid = i.pkid"  # CROSS keeps the index outside
        f" WHERE i.xmin <= ? AND i.xmax >= ? AND i.ymin <= ? AND i.ymax >= ? AND {where}"
    )
    found: dict[str, tuple[Any, ...]] = {}
    for xmin, ymin, xmax, ymax in boxes:
        for row in connection.execute(statement, (xmax, xmin, ymax, ymin, *bound)):
            found[row[0]] = row
    return _features(connection, names, list(found.values()))


def boxes_near(
    connection: sqlite.Connection,
    table: str,
    boxes: Iterable[Box],
    where: str = "1",
    bound: Sequence[Any] = (),
) -> list[Box]:
    """Return the boxes, up to half a metre too large, of the rows whose boxes meet some boxes."""
    rows.get_table(table)
    statement = (
        f"SELECT t.rowid, i.xmin, i.ymin, i.xmax, i.ymax FROM {quoted(index_name(table))} i"
        f" CROSS JOIN {quoted(table)} t ON t.rowid = i.pkid"
        f" WHERE i.xmin <= ? AND i.xmax >= ? AND i.ymin <= ? AND i.ymax >= ? AND {where}"
    )
    found: dict[int, Box] = {}
    for xmin, ymin, xmax, ymax in boxes:
        for rowid, *box in connection.execute(statement, (xmax, xmin, ymax, ymin, *bound)):
            found[rowid] = (box[0], box[1], box[2], box[3])
    return list(found.values())


DIVISION = "t.plan_id IS ? AND t.valid_to IS NULL"
"""The cells in force of the official division (None) or of a plan; its id is bound."""


def read_where(
    connection: sqlite.Connection,
    table: str,
    columns: Sequence[str],
    where: str,
    bound: Sequence[Any] = (),
    *,
    with_shapes: bool = True,
) -> Features:
    """Return the rows ``t`` of a condition, with ``id``, columns and (if asked) shapes.

    Raises:
        RequestError: there is no such table.
    """
    has_shapes = rows.get_table(table).geometry is not None and with_shapes
    names = ["id", *columns, *(["geom"] if has_shapes else [])]
    asked = ", ".join(f"t.{quoted(name)}" for name in names)
    statement = f"SELECT {asked} FROM {quoted(table)} t WHERE {where}"
    return _features(connection, names, connection.execute(statement, list(bound)).fetchall())


def read_rows(
    connection: sqlite.Connection,
    table: str,
    ids: Iterable[str],
    columns: Sequence[str],
    *,
    with_shapes: bool = True,
) -> Features:
    """Return some rows by their ids, in any order; those not there are left out.

    Raises:
        RequestError: there is no such table.
    """
    return _read_in(connection, table, "id", ids, columns, with_shapes=with_shapes)


def read_referring(
    connection: sqlite.Connection,
    table: str,
    column: str,
    ids: Iterable[str],
    columns: Sequence[str] | None = None,
) -> Features:
    """Return the rows that name some ids in a column, with that column or others, and shapes.

    Raises:
        RequestError: there is no such table.
    """
    return _read_in(connection, table, column, ids, [column] if columns is None else columns)


def _read_in(
    connection: sqlite.Connection,
    table: str,
    column: str,
    ids: Iterable[str],
    columns: Sequence[str],
    *,
    with_shapes: bool = True,
) -> Features:
    wanted = list(dict.fromkeys(ids))
    parts = [
        read_where(
            connection,
            table,
            columns,
            f"t.{quoted(column)} IN ({', '.join('?' * len(some))})",
            some,
            with_shapes=with_shapes,
        )
        for some in (
            wanted[start : start + _IDS_A_QUERY]
            for start in range(0, max(len(wanted), 1), _IDS_A_QUERY)
        )
    ]
    return parts[0] if len(parts) == 1 else _joined(parts)


def count_by(
    connection: sqlite.Connection,
    table: str,
    column: str,
    where: str = "1",
    bound: Sequence[Any] = (),
) -> dict[str, int]:
    """Return how many rows ``t`` of a condition have each value of a column that is not missing.

    Raises:
        RequestError: there is no such table.
    """
    rows.get_table(table)
    name = f"t.{quoted(column)}"
    found = connection.execute(
        f"SELECT {name}, count(*) FROM {quoted(table)} t"
        f" WHERE {name} IS NOT NULL AND {where} GROUP BY {name}",
        list(bound),
    )
    return {str(value): int(count) for value, count in found}


def _joined(parts: Sequence[Features]) -> Features:
    columns = {
        name: as_objects([value for part in parts for value in part.columns[name]])
        for name in parts[0].columns
    }
    if parts[0].geometry is None:
        return Features(columns)
    shapes = [part.geometry for part in parts if part.geometry is not None]
    return Features(columns, np.concatenate(shapes))


def _features(
    connection: sqlite.Connection, names: Sequence[str], found: Sequence[tuple[Any, ...]]
) -> Features:
    held = list(zip(*found, strict=True)) if found else [()] * len(names)
    columns = {
        name: as_objects(list(values))
        for name, values in zip(names, held, strict=True)
        if name != "geom"
    }
    if names[-1] != "geom":
        return Features(columns)
    shapes = rows.decode(connection, held[-1]) if found else as_objects([])
    return Features(columns, shapes)


REFERRING: dict[str, tuple[tuple[str, str], ...]] = {
    target.name: tuple(
        (table.name, field.name)
        for table in TABLES
        for field in table.fields
        if field.refers_to == target.name
    )
    for target in TABLES
}
"""For each table the (table, field) pairs that may hold one of its ids."""
