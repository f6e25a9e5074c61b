"""Rows drawn and filled in by hand: each call is one intention, checked as a whole, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.base.messages import Text, Wording
from gridmap.base.progress import Progress, quiet
from gridmap.geo.features import Features
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Outcome
from gridmap.model.schema import Table
from gridmap.model.upkeep import NARROWED, PARTS, PLACED, TILED
from gridmap.services import feature_texts as texts
from gridmap.services.feature_places import find_holder, follow_households, homes_of
from gridmap.services.feature_rows import (
    REPORT_EVERY,
    Typed,
    check_row,
    check_rows,
    check_shape,
    ensure_addable,
    insert_row,
    name_of,
    read_rows,
)
from gridmap.services.feature_shapes import ensure_in_zone, ensure_no_clash, ensure_shape
from gridmap.services.values import title
from gridmap.store import edit, lookups, rows
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace

_TWICE_GRID_M = 0.002


@dataclass(frozen=True)
class AddFeature:
    """A new row; ``shape`` is in the workspace's CRS. ``is_forced`` allows it to cover others."""

    table: str
    values: Typed = field(default_factory=dict)
    shape: shapely.Geometry | None = None
    is_forced: bool = False


@dataclass(frozen=True)
class ChangeGeometry:
    """Another shape for a row, which keeps its values."""

    table: str
    id: str
    shape: shapely.Geometry
    is_forced: bool = False


@dataclass(frozen=True)
class ChangeValues:
    """Other values for rows, each by its id; fields that are not named stay."""

    table: str
    rows: Mapping[str, Typed]

    @classmethod
    def alike(cls, table: str, ids: Sequence[str], values: Typed) -> "ChangeValues":
        """Return that all rows get the same values."""
        return cls(table, dict.fromkeys(ids, values))


@dataclass(frozen=True)
class Shared:
    """What some rows have in a field: the value of all of them, or (``is_mixed``) several."""

    value: Any = None
    label: str = ""
    is_mixed: bool = False


@dataclass(frozen=True)
class DeleteFeatures:
    """Rows to be deleted; ``clears_references`` lets go of what refers to them."""

    table: str
    ids: tuple[str, ...]
    clears_references: bool = False


def add_feature(opened: Workspace, request: AddFeature, progress: Progress = quiet) -> Outcome[str]:
    """Add a row; return its id. References that follow from its place are filled in.

    Raises:
        RequestError: a value or the shape cannot be taken; nothing is written.
        WorkspaceError: the workspace cannot be written.
    """
    table = ensure_addable(request.table)
    progress(0, 1, texts.writing())
    with opened.reading() as reader:
        values = check_row(reader, table, request.values, is_new=True)
        shape = check_shape(reader, table, request.shape, values, is_forced=request.is_forced)
    name = str(values.get(table.label or "") or "")
    with opened.transaction(texts.added(table=title(table), name=name)) as tx:
        row_id = insert_row(tx, table, values, shape)
    return Outcome(row_id, opened.touched_by(tx), tx.id)


def change_geometry(
    opened: Workspace, request: ChangeGeometry, progress: Progress = quiet
) -> Outcome[str]:
    """Give a row another shape; references that followed from its place follow again.

    Raises:
        RequestError: the shape cannot be taken, or the row is gone; nothing is written.
        WorkspaceError: the workspace cannot be written.
    """
    table = rows.get_table(request.table)
    if table.name in TILED:
        raise RequestError(texts.tiled(table=title(table)))
    progress(0, 1, texts.writing())
    with opened.reading() as reader:
        held = read_rows(reader, table, [request.id])
        before = None if held.geometry is None else held.geometry[0]
        values = {name: held.columns[name][0] for name in table.field_names}
        ensure_in_zone(reader, request.shape)
        shape = ensure_shape(table, request.shape)
        if not request.is_forced:
            ensure_no_clash(reader, table, shape, before, request.id, values.get("kind"))
    name = name_of(table, values, request.id)
    is_point = shapely.get_dimensions(shape) == 0 or _is_shifted(before, shape)
    said = texts.moved if is_point else texts.reshaped
    with opened.transaction(said(table=title(table), name=name)) as tx:
        fresh = _replaced(tx.connection, table, values, before, shape)
        homes = homes_of(table, values, before, shape)
        edit.update_row(tx, table.name, request.id, fresh, shape)
        follow_households(tx, homes)
    return Outcome(request.id, opened.touched_by(tx), tx.id)


def change_values(
    opened: Workspace, request: ChangeValues, progress: Progress = quiet
) -> Outcome[int]:
    """Set values of rows; return how many rows were named. All of them are checked first.

    Raises:
        RequestError: a value cannot be taken (``place`` names the row); nothing is written.
        WorkspaceError: the workspace cannot be written.
    """
    table = rows.get_table(request.table)
    if not request.rows:
        raise RequestError(texts.nothing_named())
    ids = list(request.rows)
    with opened.reading() as reader:
        held = read_rows(reader, table, ids)
        wanted = check_rows(reader, table, request.rows)
    names = list(dict.fromkeys(name for values in wanted.values() for name in values))
    if not names:
        raise RequestError(texts.nothing_given())
    said = _changed_text(table, held, names)
    with opened.transaction(said) as tx:
        for at, (row_id, values) in enumerate(wanted.items()):
            if at % REPORT_EVERY == 0:
                progress(at, len(wanted), texts.writing())
            edit.update_row(tx, table.name, row_id, values)
        if table.name == "building" and "households" in names:
            _follow_counts(tx, table, held, wanted)
    return Outcome(len(wanted), opened.touched_by(tx), tx.id)


def delete_features(
    opened: Workspace, request: DeleteFeatures, progress: Progress = quiet
) -> Outcome[int]:
    """Delete rows; return how many. What is part of them goes with them.

    References that only tell a place are cleared. Where records refer to a row, it stays unless
    the request clears references.

    Raises:
        RequestError: a row is gone, or referred to; nothing is written.
        WorkspaceError: the workspace cannot be written.
    """
    table = ensure_addable(request.table)
    ids = list(dict.fromkeys(request.ids))
    if not ids:
        raise RequestError(texts.nothing_named())
    with opened.reading() as reader:
        held = read_rows(reader, table, ids)
        referring = lookups.referring(reader, table.name, ids)
        if not request.clears_references:
            _ensure_not_referred_to(reader, table, ids, referring)
    names = [
        name_of(table, {n: held.columns[n][at] for n in table.field_names}, row_id)
        for at, row_id in enumerate(held.columns["id"])
    ]
    said = (
        texts.deleted(table=title(table), name=names[0])
        if len(ids) == 1
        else texts.deleted_many(count=len(ids), table=title(table))
    )
    with opened.transaction(said) as tx:
        _let_go(tx, referring)
        for at, row_id in enumerate(ids):
            if at % REPORT_EVERY == 0:
                progress(at, len(ids), texts.writing())
            edit.delete_row(tx, table.name, row_id)
        if table.name == "building" and held.geometry is not None:
            for at, shape in enumerate(held.geometry):
                values = {"households": held.columns["households"][at]}
                follow_households(tx, homes_of(table, values, shape, None))
    return Outcome(len(ids), opened.touched_by(tx), tx.id)


def shared_values(opened: Workspace, table: str, ids: Sequence[str]) -> Outcome[dict[str, Shared]]:
    """Return what rows have in each field; a reference is told by the label of its row.

    Raises:
        RequestError: a row is gone.
    """
    described = rows.get_table(table)
    found: dict[str, Shared] = {}
    with opened.reading() as reader:
        held = edit.read_rows(reader, table, ids, described.field_names, with_shapes=False)
        for one in described.fields:
            different = set(held.columns[one.name].tolist())
            if len(different) != 1:
                found[one.name] = Shared(is_mixed=bool(different))
                continue
            (value,) = different
            label = ""
            if one.refers_to is not None and value is not None:
                label = lookups.labels(reader, one.refers_to, [value]).get(value, str(value))
            found[one.name] = Shared(value, label)
    return Outcome(found)


def read_shape(opened: Workspace, table: str, row_id: str) -> Outcome[shapely.Geometry]:
    """Return the shape of a row, in the workspace's CRS.

    Raises:
        RequestError: the row is gone, or has no place.
    """
    described = rows.get_table(table)
    with opened.reading() as reader:
        held = read_rows(reader, described, [row_id]).geometry
    if held is None or held[0] is None:
        raise RequestError(texts.no_place(table=title(described)))
    return Outcome(held[0])


def find_rows(opened: Workspace, table: str, words: Sequence[str]) -> Outcome[list[str]]:
    """Return the ids of rows that are named by id, name or code.

    Raises:
        RequestError: there is no such row, or more than one is called so.
    """
    described = rows.get_table(table)
    ids: list[str] = []
    with opened.reading() as reader:
        for word in words:
            found = lookups.find_ids(reader, table, word)
            if len(found) != 1:
                said = texts.several_rows if found else texts.no_such_row
                raise RequestError(said(table=title(described), name=word))
            ids += found
    return Outcome(ids)


def find_references(
    opened: Workspace, table: str, text: str, limit: int = 12, asking: str | None = None
) -> Outcome[list[tuple[str, str]]]:
    """Return (id, words) of rows whose name or code holds a text, to choose one from.

    ``asking`` is the table whose rows refer to them: some take only a part of the rows.
    """
    only = next(
        (
            only
            for (owner, name), only in NARROWED.items()
            if owner == asking and rows.get_table(owner).get_field(name).refers_to == table
        ),
        None,
    )
    with opened.reading() as reader:
        return Outcome(lookups.find_like(reader, table, text.strip(), limit, only))


# --- inside ---------------------------------------------------------------------------------------


def _changed_text(table: Table, held: Features, names: Sequence[str]) -> Text:
    described = [table.get_field(name) for name in names]
    fields = Wording("、".join(one.zh for one in described), ", ".join(one.en for one in described))
    if len(held) > 1:
        return texts.changed_many(count=len(held), table=title(table), fields=fields)
    values = {name: held.columns[name][0] for name in table.field_names}
    name = name_of(table, values, held.columns["id"][0])
    return texts.changed(table=title(table), name=name, fields=fields)


def _replaced(
    reader: sqlite.Connection,
    table: Table,
    values: Typed,
    before: shapely.Geometry | None,
    after: shapely.Geometry,
) -> dict[str, Any]:
    """Return the references that follow from the place; those set by hand to others stay."""
    fresh: dict[str, Any] = {}
    for (owner, name), holder in PLACED.items():
        if owner != table.name:
            continue
        was = None if before is None else find_holder(reader, holder, before)
        if values.get(name) in (None, was):
            now = find_holder(reader, holder, after)
            if now != values.get(name):
                fresh[name] = now
    return fresh


def _follow_counts(
    tx: Transaction, table: Table, held: Features, wanted: Mapping[str, Mapping[str, Any]]
) -> None:
    for at, row_id in enumerate(held.columns["id"]):
        if held.geometry is None or "households" not in wanted[row_id]:
            continue
        shape = held.geometry[at]
        was, now = held.columns["households"][at], wanted[row_id]["households"]
        gone = homes_of(table, {"households": was}, shape, None)
        come = homes_of(table, {"households": now}, None, shape)
        follow_households(tx, [*gone, *come])


def _ensure_not_referred_to(
    reader: sqlite.Connection,
    table: Table,
    ids: Sequence[str],
    referring: Mapping[tuple[str, str], Sequence[str]],
) -> None:
    for (other, name), found in referring.items():
        if (other, name) in PARTS or (other, name) in PLACED:
            continue
        said = texts.is_referred_to(
            count=len(found),
            others=title(TABLE_BY_NAME[other]),
            table=title(table),
            name=lookups.labels(reader, table.name, ids[:1]).get(ids[0], ids[0][-6:]),
        )
        raise RequestError(said, place=Place(table=other, id=found[0]))


def _let_go(tx: Transaction, referring: Mapping[tuple[str, str], Sequence[str]]) -> None:
    for (other, name), found in referring.items():
        for row_id in found:
            if (other, name) in PARTS:
                edit.delete_row(tx, other, row_id)
            else:
                edit.update_row(tx, other, row_id, {name: None})


def _is_shifted(before: shapely.Geometry | None, after: shapely.Geometry) -> bool:
    """Return whether a shape is the former one at another place."""
    if before is None:
        return False
    was, now = shapely.get_coordinates(before), shapely.get_coordinates(after)
    if was.shape != now.shape:
        return False
    ways = now - was
    return bool(abs(ways - ways[0]).max() < _TWICE_GRID_M)
