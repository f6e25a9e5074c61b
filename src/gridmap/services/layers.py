"""Rows for the eye: what the map paints, what the table shows page by page, one row in full."""

import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.layers import LayerRows
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Touched
from gridmap.model.schema import Field, Geometry, Kind
from gridmap.store import filters, rows
from gridmap.store.engine import sqlite
from gridmap.store.filters import Where
from gridmap.store.triggers import quoted
from gridmap.store.workspace import Workspace

Extent = tuple[float, float, float, float]
"""(xmin, ymin, xmax, ymax) in metres, in the workspace's CRS."""

_MARKS = 500  # values in one IN (…): SQLite's oldest limit is 999
_ORDERS_KEPT = 8  # 1.6 MB each for 200,000 rows
_WHOLE_FROM = 5_000  # with more ids than this one pass over the table is faster than many lookups
_RUNS = re.compile(r"\d+|\D+")


@dataclass(frozen=True)
class Order:
    """By which field a table is sorted; rows without a value come last."""

    field: str
    is_descending: bool = False


@dataclass(frozen=True)
class Page:
    """Some consecutive rows of a table, one value a field; a reference is told by its label."""

    offset: int
    ids: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class RowDetails:
    """One row in full. ``labels`` tells what the referring fields refer to."""

    table: str
    id: str
    values: dict[str, Any]
    labels: dict[str, str]
    extra: str | None
    area_m2: float | None
    length_m: float | None
    xy: tuple[float, float] | None


class LayerSource:
    """The rows of one workspace; every method blocks, so it is called in worker threads.

    Of the cells only those of one division are there: the official ones in force, or (``division``
    is its id) those of a plan. A row that is asked for by its id is told whatever it is of.
    """

    def __init__(self, opened: Workspace, division: str | None = None) -> None:
        self.division = division
        self._opened = opened
        self._orders: OrderedDict[tuple[str, Order | None], NDArray[np.int64]] = OrderedDict()
        self._changes: Counter[str] = Counter()
        """How often a table changed, so that an order of before is known as such."""
        self._lock = threading.Lock()

    def rows_of(self, table: str) -> tuple[Workspace, str | None]:
        """Return what names the rows of a table: sources with the same name have the same rows."""
        return self._opened, self.division if filters.is_divided(table) else None

    def load(self, table: str, fields: tuple[str, ...]) -> LayerRows:
        """Return every row of ``table`` that has a place, with the columns ``fields``."""
        with self._opened.reading() as reader:
            return rows.read_layer(reader, table, fields, where=self._where(table))

    def load_rows(self, table: str, fields: tuple[str, ...], ids: Collection[str]) -> LayerRows:
        """Return some rows of ``table``; those that are gone are left out."""
        with self._opened.reading() as reader:
            return rows.read_layer(reader, table, fields, sorted(ids), self._where(table))

    def load_columns(
        self, table: str, fields: tuple[str, ...]
    ) -> tuple[NDArray[Any], dict[str, NDArray[Any]]]:
        """Return the ids of every row of ``table``, and the columns ``fields``."""
        with self._opened.reading() as reader:
            return rows.read_columns(reader, table, fields, self._where(table))

    def load_boxes(self, table: str, fields: tuple[str, ...]) -> LayerRows:
        """Return the boxes of a table's rows, which are read much faster than the rows."""
        with self._opened.reading() as reader:
            return rows.read_boxes(reader, table, fields, self._where(table))

    def _where(self, table: str) -> Where | None:
        return filters.of_division(table, self.division)

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return len(self._order(table, None))

    def page(self, table: str, offset: int, limit: int, order: Order | None = None) -> Page:
        """Return up to ``limit`` rows from ``offset`` on, in the order asked for."""
        wanted = self._order(table, order)[offset : offset + limit].tolist()
        fields = rows.get_table(table).fields
        with self._opened.reading() as reader:
            found = dict(_by_rowid(reader, table, ["id", *_names(fields)], wanted))
            kept = [found[rowid] for rowid in wanted if rowid in found]
            columns = [list(column) for column in zip(*kept, strict=True)]
            for number, field in enumerate(fields, start=1):
                if field.refers_to and columns:
                    labels = _labels(reader, field.refers_to, columns[number])
                    columns[number] = [labels.get(id_, id_) for id_ in columns[number]]
        ids = tuple(columns[0]) if columns else ()
        return Page(offset, ids, tuple(zip(*columns[1:], strict=True)) if columns else ())

    def find_rows(
        self, table: str, ids: Collection[str], order: Order | None = None
    ) -> NDArray[np.int64]:
        """Return the positions of rows in an order, rising; rows that are gone are left out."""
        rowids = self._order(table, order)
        with self._opened.reading() as reader:
            found = np.array(_rowids(reader, table, ids), np.int64)
        by_rowid = np.argsort(rowids, kind="stable")
        at = np.searchsorted(rowids, found, sorter=by_rowid)
        at = np.minimum(at, max(len(rowids) - 1, 0))
        if not len(rowids):
            return np.empty(0, np.int64)
        positions = by_rowid[at]
        return np.sort(positions[rowids[positions] == found])

    def ids_at(self, table: str, positions: Sequence[int], order: Order | None = None) -> list[str]:
        """Return the ids of the rows at some positions of an order."""
        rowids = self._order(table, order)
        wanted = rowids[[at for at in positions if at < len(rowids)]].tolist()
        with self._opened.reading() as reader:
            found = dict(_by_rowid(reader, table, ["id"], wanted))
        return [found[rowid][0] for rowid in wanted if rowid in found]

    def rows_at(
        self, table: str, positions: Sequence[int], order: Order | None = None
    ) -> list[tuple[Any, ...]]:
        """Return the values of the rows at some positions, e.g. for the clipboard."""
        result: list[tuple[Any, ...]] = []
        for first, last in _stretches(positions):
            result += self.page(table, first, last - first + 1, order).rows
        return result

    def extent_of(self, table: str, ids: Sequence[str]) -> Extent | None:
        """Return the box around some rows, None where none of them has a place."""
        if rows.get_table(table).geometry is None or not ids:
            return None
        with self._opened.reading() as reader:
            geometry = rows.read_features(reader, table, [], ids=ids).geometry
        return _extent(geometry)

    def still_there(self, table: str, ids: Sequence[str]) -> list[str]:
        """Return which of some rows there are, in the same order."""
        with self._opened.reading() as reader:
            found = set(rows.read_features(reader, table, [], ids=ids).columns["id"])
        return [id_ for id_ in ids if id_ in found]

    def find_row(self, table: str, row_id: str) -> RowDetails | None:
        """Return one row in full, None where it is gone."""
        described = rows.get_table(table)
        with self._opened.reading() as reader:
            features = rows.read_features(reader, table, ids=[row_id])
            if len(features) == 0:
                return None
            values = {name: column[0] for name, column in features.columns.items()}
            labels: dict[str, str] = {}
            for field in described.fields:
                held = values[field.name]
                if field.refers_to and held is not None:
                    labels[field.name] = _labels(reader, field.refers_to, [held]).get(held, held)
        extra = values.pop("extra", None)
        values.pop("id")
        shape = features.geometry[0] if features.geometry is not None else None
        return RowDetails(table, row_id, values, labels, extra, *measures(shape))

    def label_of(self, table: str, row_id: str) -> str:
        """Return what a row is called."""
        with self._opened.reading() as reader:
            return _labels(reader, table, [row_id]).get(row_id, "")

    def forget(self, touched: Touched | None = None) -> None:
        """Drop the kept orders of the tables that changed (or of all)."""
        with self._lock:
            self._changes.update(list(TABLE_BY_NAME if touched is None else touched.rows))
            for key in [key for key in self._orders if touched is None or key[0] in touched]:
                del self._orders[key]

    def _order(self, table: str, order: Order | None) -> NDArray[np.int64]:
        """Return the rowids in an order. They are kept: SQLite's OFFSET counts from the start."""
        key = (table, order)
        with self._lock:
            kept = self._orders.get(key)
            if kept is not None:
                self._orders.move_to_end(key)
                return kept
            changes = self._changes[table]
        with self._opened.reading() as reader:
            made = _sorted_rowids(reader, table, order, self._where(table))
        with self._lock:
            if self._changes[table] == changes:
                self._orders[key] = made
            while len(self._orders) > _ORDERS_KEPT:
                self._orders.popitem(last=False)
        return made


def sort_key(text: str) -> tuple[tuple[int, int, bytes], ...]:
    """Return by what a text is sorted: numbers by value, Chinese by pinyin.

    GB 2312 orders its 3,755 common characters by pinyin, and GB 18030 keeps that order.
    """
    return tuple(
        (0, int(run), b"") if run.isdecimal() else (1, 0, run.encode("gb18030", "replace"))
        for run in _RUNS.findall(text)
    )


def _names(fields: Iterable[Field]) -> list[str]:
    return [field.name for field in fields]


def _sorted_rowids(
    reader: sqlite.Connection, table: str, order: Order | None, where: Where | None
) -> NDArray[np.int64]:
    name = quoted(table)
    condition, bound = (where.condition, where.values) if where else ("1", ())
    if order is None:
        query = f"SELECT rowid FROM {name} WHERE {condition} ORDER BY rowid"  # noqa: S608
        found = reader.execute(query, bound).fetchall()
        return np.fromiter((rowid for (rowid,) in found), np.int64, len(found))
    field = rows.get_table(table).get_field(order.field)
    target = TABLE_BY_NAME.get(field.refers_to or "")
    if target is not None:
        label = quoted(target.label or "id")
        query = (
            f"SELECT t.rowid, r.{label} FROM {name} t LEFT JOIN {quoted(target.name)} r"  # noqa: S608
            f" ON r.id = t.{quoted(field.name)} WHERE t.rowid IN"
            f" (SELECT rowid FROM {name} WHERE {condition}) ORDER BY t.rowid"
        )
    else:
        query = (
            f"SELECT rowid, {quoted(field.name)} FROM {name}"  # noqa: S608
            f" WHERE {condition} ORDER BY rowid"
        )
    found = reader.execute(query, bound).fetchall()
    rowids = np.fromiter((rowid for rowid, _ in found), np.int64, len(found))
    ranks = _ranks([value for _, value in found], field.kind)
    missing = ranks < 0
    if order.is_descending:
        ranks = ranks.max(initial=0) - ranks
    ranks[missing] = len(ranks) + 1
    return rowids[np.argsort(ranks, kind="stable")]


def _ranks(values: list[Any], kind: Kind) -> NDArray[np.int64]:
    """Return each value's place among the distinct ones, -1 where there is none."""
    distinct = {value for value in values if value is not None}
    is_number = kind in (Kind.INTEGER, Kind.REAL, Kind.YES_NO)
    if is_number and all(isinstance(value, int | float) for value in distinct):
        ordered = sorted(distinct)
    else:
        ordered = sorted(distinct, key=lambda value: sort_key(str(value)))
    place = {value: number for number, value in enumerate(ordered)}
    return np.fromiter((place.get(value, -1) for value in values), np.int64, len(values))


def _by_rowid(
    reader: sqlite.Connection, table: str, names: Sequence[str], rowids: Sequence[int]
) -> list[tuple[int, tuple[Any, ...]]]:
    columns = ", ".join(map(quoted, names))
    found: list[tuple[int, tuple[Any, ...]]] = []
    for start in range(0, len(rowids), _MARKS):
        some = rowids[start : start + _MARKS]
        marks = ", ".join("?" * len(some))
        query = f"SELECT rowid, {columns} FROM {quoted(table)} WHERE rowid IN ({marks})"  # noqa: S608
        found += [(row[0], row[1:]) for row in reader.execute(query, some)]
    return found


def _rowids(reader: sqlite.Connection, table: str, ids: Collection[str]) -> list[int]:
    name = quoted(table)
    if len(ids) > _WHOLE_FROM:
        wanted = set(ids)
        everything = reader.execute(f"SELECT rowid, id FROM {name}")  # noqa: S608
        return [rowid for rowid, id_ in everything if id_ in wanted]
    found: list[int] = []
    listed = list(ids)
    for start in range(0, len(listed), _MARKS):
        some = listed[start : start + _MARKS]
        marks = ", ".join("?" * len(some))
        query = f"SELECT rowid FROM {name} WHERE id IN ({marks})"  # noqa: S608
        found += [rowid for (rowid,) in reader.execute(query, some)]
    return found


def _labels(reader: sqlite.Connection, table: str, ids: Iterable[Any]) -> dict[Any, str]:
    """Return what rows are called, by id; those that are gone or unnamed are left out."""
    described = rows.get_table(table)
    listed = list({id_ for id_ in ids if id_ is not None})
    labels: dict[Any, str] = {}
    if described.label is None:
        return labels
    for start in range(0, len(listed), _MARKS):
        some = listed[start : start + _MARKS]
        marks = ", ".join("?" * len(some))
        query = (
            f"SELECT id, {quoted(described.label)} FROM {quoted(table)}"  # noqa: S608
            f" WHERE id IN ({marks})"
        )
        labels |= {id_: str(label) for id_, label in reader.execute(query, some) if label}
    return labels


def _stretches(positions: Sequence[int]) -> list[tuple[int, int]]:
    """Return rising positions as (first, last) of stretches without a gap."""
    result: list[tuple[int, int]] = []
    for at in sorted(positions):
        if result and at == result[-1][1] + 1:
            result[-1] = (result[-1][0], at)
        else:
            result.append((at, at))
    return result


def _extent(geometry: NDArray[np.object_] | None) -> Extent | None:
    if geometry is None or not len(geometry):
        return None
    box = shapely.total_bounds(geometry)
    if np.isnan(box).any():
        return None
    return float(box[0]), float(box[1]), float(box[2]), float(box[3])


def measures(
    shape: Any,
) -> tuple[float | None, float | None, tuple[float, float] | None]:
    """Return area, length and a point on a shape, each where it makes sense."""
    if shape is None or shape.is_empty:
        return None, None, None
    on = shapely.point_on_surface(shape)
    dimension = shapely.get_dimensions(shape)
    area = float(shapely.area(shape)) if dimension == Geometry.POLYGON.dimension else None
    length = float(shapely.length(shape)) if dimension == Geometry.LINESTRING.dimension else None
    return area, length, (float(on.x), float(on.y))
