"""Rows in and out of the workspace by the hundred thousand."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base import clock
from gridmap.base.errors import RequestError, WorkspaceDamaged, WorkspaceError
from gridmap.base.progress import Progress, quiet
from gridmap.geo.features import Features, Geometries, as_objects
from gridmap.geo.layers import LayerRows, packed
from gridmap.geo.shapes import Shapes, box_shapes, joined, shapes_of
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.schema import Geometry, Table
from gridmap.store import blobs, bulk, rtree, texts
from gridmap.store.connect import path_of
from gridmap.store.engine import sqlite
from gridmap.store.filters import Where
from gridmap.store.journal import Transaction
from gridmap.store.triggers import quoted

_IDS_A_QUERY = 500  # SQLite's oldest limit of bound values is 999
_ROWS_A_TIME = 2000
_MANY_TEXTS = 5_000  # fewer take a megabyte at most


def get_table(name: str) -> Table:
    """Return the description of a table.

    Raises:
        RequestError: there is no such table.
    """
    table = TABLE_BY_NAME.get(name)
    if table is None:
        raise RequestError(texts.no_such_table(table=name, known=", ".join(TABLE_BY_NAME)))
    return table


def get_epsg(connection: sqlite.Connection) -> int:
    """Return the EPSG code of the workspace's CRS.

    Raises:
        WorkspaceDamaged: the workspace does not say it.
    """
    row = connection.execute("SELECT value FROM workspace_info WHERE key = 'epsg'").fetchone()
    if row is None:
        path = path_of(connection)
        raise WorkspaceDamaged(texts.damaged(path=path, reason="workspace_info: epsg"))
    return int(row[0])


def insert(
    tx: Transaction, table: str, features: Features, progress: Progress = quiet
) -> list[str]:
    """Insert rows; return their ids. Geometries are in the workspace's CRS, on the 1 mm grid.

    Rows get new ids unless ``features`` has a column ``id``. Many rows at once are loaded without
    the triggers, and what these would have written is written afterwards, in one go.

    Raises:
        WorkspaceError: a geometry is of a kind that the table does not hold.
        sqlite.Error: a rule of the schema is broken; the caller's transaction rolls back.
    """
    described = get_table(table)
    columns = {name: _python_values(column) for name, column in features.columns.items()}
    ids = columns.setdefault("id", clock.new_ids(len(features)))
    if described.geometry is not None and features.geometry is not None:
        _ensure_kind(table, described.geometry, features.geometry)
        columns["geom"] = blobs.encode(features.geometry, get_epsg(tx.connection))
    bulk.insert(tx, table, columns, progress)
    return ids


def _ensure_kind(table: str, wanted: Geometry, geometries: Geometries) -> None:
    """Refuse what SpatiaLite's triggers would, for a bulk load passes them by."""
    if wanted is Geometry.ANY:
        return
    kinds = shapely.get_type_id(geometries)
    stored = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    if (kinds[stored] != shapely.GeometryType[wanted.value]).any():
        reason = f"{table}.geom: {wanted.value}"
        raise WorkspaceError(texts.rule_broken(reason=reason))


def _python_values(column: NDArray[Any]) -> list[Any]:
    """Return values that SQLite takes; NaN is a missing value."""
    values: list[Any] = column.tolist()
    if column.dtype.kind == "f":
        return [None if value != value else value for value in values]
    if column.dtype.kind == "O":
        return [value.item() if isinstance(value, np.generic) else value for value in values]
    return values


def row_counts(connection: sqlite.Connection) -> dict[str, int]:
    """Return the number of rows of every table."""
    return {
        name: connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0]
        for name in TABLE_BY_NAME
    }


def read_features(
    connection: sqlite.Connection,
    table: str,
    columns: Sequence[str] | None = None,
    *,
    ids: Sequence[str] | None = None,
) -> Features:
    """Return rows as columns (``id`` first), with shapely geometries in the workspace's CRS.

    Raises:
        RequestError: there is no such table.
    """
    described = get_table(table)
    names = ["id", *(columns if columns is not None else (*described.field_names, "extra"))]
    fetched = _fetch(connection, described, names, ids)
    held = {name: as_objects(values) for name, values in zip(names, fetched, strict=False)}
    geometry: Geometries | None = None
    if described.geometry is not None:
        geometry = decode(connection, fetched[-1])
    return Features(held, geometry)


def _fetch(
    connection: sqlite.Connection, table: Table, names: Sequence[str], ids: Sequence[str] | None
) -> list[list[Any]]:
    """Return one sequence of values for each of ``names``, then the blobs where there are some."""
    asked = [*names, *(["geom"] if table.geometry else [])]
    columns: list[list[Any]] = [[] for _ in asked]
    select = f"SELECT {', '.join(map(quoted, asked))} FROM {quoted(table.name)}"
    if ids is None:
        _append(columns, connection.execute(f"{select} ORDER BY rowid"))
    else:
        for start in range(0, len(ids), _IDS_A_QUERY):
            some = list(ids[start : start + _IDS_A_QUERY])
            marks = ", ".join("?" * len(some))
            _append(columns, connection.execute(f"{select} WHERE id IN ({marks})", some))
    return columns


def _append(columns: list[list[Any]], cursor: sqlite.Cursor) -> None:
    # few rows at a time: their tuples die young, and the garbage collector, which would block
    # every thread for 40 to 70 ms a dozen times over 250,000 rows, has nothing to do
    while some := cursor.fetchmany(_ROWS_A_TIME):
        for column, values in zip(columns, zip(*some, strict=True), strict=True):
            column.extend(values)


def decode(connection: sqlite.Connection, found: Sequence[bytes | None]) -> Geometries:
    """Return stored geometries, also those that another program packed its own way."""
    try:
        return blobs.decode(found)
    except blobs.NotPlain:
        wkb = [
            None
            if blob is None
            else connection.execute("SELECT AsBinary(CastToXY(?))", (blob,)).fetchone()[0]
            for blob in found
        ]
    geometries: Geometries = shapely.from_wkb(as_objects(wkb))
    return geometries


def read_layer(
    connection: sqlite.Connection,
    table: str,
    columns: Sequence[str] = (),
    ids: Sequence[str] | None = None,
    where: Where | None = None,
) -> LayerRows:
    """Return what is painted of a table: shapes in the workspace's CRS, and some columns.

    Args:
        connection: where to read.
        table: which table.
        columns: which fields.
        ids: only these rows; those that are gone are left out.
        where: only rows that meet this.

    Raises:
        RequestError: there is no such table.
    """
    described = get_table(table)
    gathered = _Columns(columns)
    asked = ["id", *columns, *(["geom"] if described.geometry else [])]
    found: dict[int, list[Shapes]] = {2: [], 1: [], 0: []}
    select = f"SELECT {', '.join(map(quoted, asked))} FROM {quoted(table)}"
    # chunk by chunk, so that the blobs of a whole district are never all in memory
    for some in _chunks(connection, select, ids, where):
        first = gathered.count
        values = list(zip(*some, strict=True))
        gathered.extend(values)
        if described.geometry:
            numbers = np.arange(first, first + len(values[-1]))
            for shapes in decode_shapes(connection, values[-1], numbers):
                found[shapes.dimension].append(shapes)
    whole = tuple(joined(parts) for parts in found.values() if parts)
    return LayerRows(table, gathered.ids(), whole, gathered.arrays())


def read_columns(
    connection: sqlite.Connection, table: str, columns: Sequence[str], where: Where | None = None
) -> tuple[NDArray[Any], dict[str, NDArray[Any]]]:
    """Return the ids of the rows of a table, and some columns, as ``read_layer`` does.

    Raises:
        RequestError: there is no such table.
    """
    get_table(table)
    gathered = _Columns(columns)
    select = f"SELECT {', '.join(map(quoted, ('id', *columns)))} FROM {quoted(table)}"
    for some in _chunks(connection, select, None, where):
        gathered.extend(list(zip(*some, strict=True)))
    return gathered.ids(), gathered.arrays()


class _Columns:
    """Gathers ids and columns chunk by chunk, such that they take little room at any time."""

    def __init__(self, names: Sequence[str]) -> None:
        self.count = 0
        self._ids: list[NDArray[Any]] = []
        self._columns = {name: _Column() for name in names}

    def extend(self, values: Sequence[Sequence[Any]]) -> None:
        """Add some rows, column by column, the ids first; what follows the columns is left out."""
        self.count += len(values[0])
        self._ids.append(packed(values[0]))
        for column, part in zip(self._columns.values(), values[1:], strict=False):
            column.extend(part)

    def ids(self) -> NDArray[Any]:
        """Return the ids."""
        return np.concatenate([packed([]), *self._ids])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the columns."""
        return {name: column.array() for name, column in self._columns.items()}


class _Column:
    """One column: a value that many rows share is kept once; texts that differ are packed."""

    def __init__(self) -> None:
        self._parts: list[NDArray[Any]] = []
        self._once: dict[Any, Any] = {}

    def extend(self, values: Sequence[Any]) -> None:
        """Add the values of some rows."""
        if len(self._once) < _MANY_TEXTS:
            self._parts.append(as_objects(list(map(self._once.setdefault, values, values))))
            return
        try:
            self._parts.append(packed(values))
        except ValueError:  # numbers, or SQLite's freedom to put any value into any column
            self._parts.append(as_objects(values))

    def array(self) -> NDArray[Any]:
        """Return the values; they are packed where nearly all are texts that differ."""
        is_packed = [part.dtype != object for part in self._parts]
        if not any(is_packed):
            return np.concatenate([as_objects([]), *self._parts])
        try:
            return np.concatenate([part.astype(packed([]).dtype) for part in self._parts])
        except ValueError:
            return np.concatenate([part.astype(object) for part in self._parts])


def _chunks(
    connection: sqlite.Connection, select: str, ids: Sequence[str] | None, where: Where | None
) -> Iterator[list[Any]]:
    """Yield the rows of a query, a few thousand at a time; all of them, or those of some ids."""
    condition, values = (where.condition, where.values) if where else ("1", ())
    select = f"{select} WHERE {condition}"
    if ids is None:
        cursor = connection.execute(f"{select} ORDER BY rowid", values)
        while some := cursor.fetchmany(_ROWS_A_TIME):
            yield some
        return
    for start in range(0, len(ids), _IDS_A_QUERY):
        asked = list(ids[start : start + _IDS_A_QUERY])
        marks = ", ".join("?" * len(asked))
        found = connection.execute(
            f"{select} AND id IN ({marks}) ORDER BY rowid", (*values, *asked)
        )
        if some := found.fetchall():
            yield some


def decode_shapes(
    connection: sqlite.Connection, found: Sequence[bytes | None], numbers: NDArray[np.int64]
) -> tuple[Shapes, ...]:
    """Return stored geometries, also those packed otherwise, as shapes of the rows ``numbers``."""
    try:
        return blobs.decode_shapes(found, numbers)
    except blobs.NotPlain:
        return shapes_of(decode(connection, found), numbers)


def read_boxes(
    connection: sqlite.Connection,
    table: str,
    columns: Sequence[str] = (),
    where: Where | None = None,
) -> LayerRows:
    """Return the boxes of a table's rows instead of their shapes; ``ids`` are None.

    Ten times faster than ``read_layer``: enough where a row is a few pixels of the map.

    Raises:
        RequestError: there is no such table.
    """
    get_table(table)
    rowids, boxes = rtree.read_boxes(connection, table)
    held: list[list[Any]] = [[] for _ in columns]
    condition, bound = (where.condition, where.values) if where else ("1", ())
    chosen = f"FROM {quoted(table)} WHERE geom IS NOT NULL AND {condition} ORDER BY rowid"
    if where is not None:
        seen = [rowid for (rowid,) in connection.execute(f"SELECT rowid {chosen}", bound)]
        is_seen = np.isin(rowids, np.array(seen, np.int64))
        rowids, boxes = rowids[is_seen], boxes[is_seen]
    if columns:
        names = ", ".join(map(quoted, columns))
        _append(held, connection.execute(f"SELECT {names} {chosen}", bound))
    ids = np.full(len(rowids), None, dtype=object)
    if any(len(values) != len(rowids) for values in held):  # an index that is not up to date
        return read_layer(connection, table, columns, where=where)
    named = {name: as_objects(values) for name, values in zip(columns, held, strict=True)}
    return LayerRows(table, ids, (box_shapes(boxes),) if len(boxes) else (), named)


def ids_by_name(connection: sqlite.Connection, table: str) -> dict[str, str]:
    """Return the ids of a table's rows by id, code and name; a name that two rows share is out."""
    described = get_table(table)
    found: dict[str, str] = {}
    for column in ("name", "code", "number", "id"):  # the surer one overrides
        if column != "id" and column not in described.field_names:
            continue
        name = quoted(column)
        found.update(
            connection.execute(
                f"SELECT {name}, min(id) FROM {quoted(table)} WHERE {name} IS NOT NULL"
                f" GROUP BY {name} HAVING count(*) = 1"
            ).fetchall()
        )
    return found


def sensitive_columns(connection: sqlite.Connection, table: str) -> set[str]:
    """Return the columns of a table that the office classed as sensitive."""
    found = connection.execute(
        "SELECT column_name FROM column_class WHERE table_name = ? AND sensitivity = 'sensitive'",
        (table,),
    )
    return {name for (name,) in found}
