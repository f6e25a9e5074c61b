"""What all edits of single rows share: rows read, values and shapes checked, rows inserted."""

from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.geo.features import Features
from gridmap.model.schema import Table
from gridmap.model.upkeep import PLACED, TILED, may_add
from gridmap.services import feature_texts as texts
from gridmap.services import values as checking
from gridmap.services.feature_places import find_holder, follow_households, homes_of
from gridmap.services.feature_shapes import ensure_in_zone, ensure_no_clash, ensure_shape
from gridmap.services.values import title
from gridmap.store import edit, lookups, rows
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction

Typed = Mapping[str, Any]
"""Values as they were typed, by the names of their fields."""
REPORT_EVERY = 200


def ensure_addable(name: str) -> Table:
    """Return a table in which people add and delete rows one by one.

    Raises:
        RequestError: its rows tile, or are kept by the program; or there is no such table.
    """
    table = rows.get_table(name)
    if table.name in TILED:
        raise RequestError(texts.tiled(table=title(table)))
    if not may_add(table):
        raise RequestError(texts.kept_table(table=title(table)))
    return table


def read_rows(reader: sqlite.Connection, table: Table, ids: Sequence[str]) -> Features:
    """Return rows in the order in which they are named."""
    found = edit.read_rows(reader, table.name, ids, table.field_names)
    at = {row_id: number for number, row_id in enumerate(found.columns["id"])}
    for row_id in ids:
        if row_id not in at:
            said = texts.no_such_row(table=title(table), name=row_id)
            raise RequestError(said, place=Place(table=table.name, id=row_id))
    return found.take([at[row_id] for row_id in ids])  # type: ignore[arg-type]


def name_of(table: Table, values: Typed, row_id: str) -> str:
    """Return what a row is called in a sentence: by its label, else by the end of its id."""
    return str(values.get(table.label or "") or row_id[-6:])


def check_row(
    reader: sqlite.Connection, table: Table, typed: Typed, *, is_new: bool = False
) -> dict[str, Any]:
    """Return values as they are stored.

    Raises:
        RequestError: one of them cannot be taken.
    """
    result: dict[str, Any] = {}
    for name, value in typed.items():
        described = checking.get_field(table, name)
        checked = checking.resolve(reader, table, described, value)
        if checked.fault is not None:
            raise RequestError(checked.fault)
        result[described.name] = checked.value
    if is_new:
        for described in table.fields:
            if described.required and result.get(described.name) is None:
                checked = checking.check_value(described, None)
                if checked.fault is not None:
                    raise RequestError(checked.fault)
    return result


def check_rows(
    reader: sqlite.Connection, table: Table, wanted: Mapping[str, Typed]
) -> dict[str, dict[str, Any]]:
    """Return the stored values of each row; equal ones are checked once."""
    known: dict[tuple[tuple[str, Any], ...], dict[str, Any]] = {}
    result: dict[str, dict[str, Any]] = {}
    for row_id, typed in wanted.items():
        key = tuple(typed.items())
        if key not in known:
            try:
                known[key] = check_row(reader, table, typed)
            except RequestError as error:
                place = Place(table=table.name, id=row_id)
                if len(wanted) == 1:
                    raise RequestError(error.text, place=place) from None
                name = lookups.labels(reader, table.name, [row_id]).get(row_id, row_id[-6:])
                said = texts.in_row(table=title(table), name=name, reason=error.text)
                raise RequestError(said, place=place) from None
        result[row_id] = known[key]
    return result


def check_shape(
    reader: sqlite.Connection,
    table: Table,
    drawn: shapely.Geometry | None,
    values: Typed,
    *,
    is_forced: bool,
) -> shapely.Geometry | None:
    """Return the shape of a new row as it is kept.

    Raises:
        RequestError: it cannot be taken, or lacks where the table has places.
    """
    if drawn is None:
        if table.geometry is not None:
            raise RequestError(texts.no_place(table=title(table)))
        return None
    ensure_in_zone(reader, drawn)
    shape = ensure_shape(table, drawn)
    if not is_forced:
        ensure_no_clash(reader, table, shape, kind=values.get("kind"))
    return shape


def insert_row(
    tx: Transaction, table: Table, values: Mapping[str, Any], shape: shapely.Geometry | None
) -> str:
    """Insert a checked row and return its id; references that follow from its place are set."""
    given = {name: value for name, value in values.items() if value is not None}
    placed = {
        name: find_holder(tx.connection, holder, shape)
        for (owner, name), holder in PLACED.items()
        if owner == table.name and name not in given and shape is not None
    }
    row_id = edit.insert_row(tx, table.name, {**placed, **given}, shape)
    follow_households(tx, homes_of(table, given, None, shape))
    return row_id
