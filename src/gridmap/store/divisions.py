"""The cells of a division whole: copied into a plan, read, and told apart by a fingerprint."""

import hashlib
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from gridmap.base import clock
from gridmap.base.progress import Progress, quiet
from gridmap.geo.features import Features, Geometries, as_objects
from gridmap.store import as_of, bulk, filters, rows
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction
from gridmap.store.triggers import column_names, quoted

CELL = "cell"
TOLD = (
    *("name", "community_id", "grid_id"),
    *("land_use_code", "management_level", "responsible_body"),
)
"""What a plan can say of a cell beside its border. Households are counted, notes are notes, and
codes are only given when a plan is put in force."""
SAID = ("code", "code_scheme", *TOLD)
"""What the official division says of a cell."""
READ = (*SAID, "base_cell_id", "households", "source", "source_scale")
Scope = Sequence[str | None]
"""The communities of some cells by id; None for cells of no community."""


def copy_official(
    tx: Transaction, plan_id: str, scope: Scope | None, progress: Progress = quiet
) -> int:
    """Copy the official cells of some communities (None: of all) into a plan; return how many.

    The copies have the bytes of the originals, which they name as their ``base_cell_id``.
    """
    names = list(column_names(tx.connection, CELL))
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for row in _select(tx.connection, names, None, scope):
        for values, value in zip(columns.values(), row, strict=True):
            values.append(value)
    count = len(columns["id"])
    columns["base_cell_id"] = columns["id"]
    columns["id"] = clock.new_ids(count)
    columns["plan_id"] = [plan_id] * count
    if count:
        bulk.insert(tx, CELL, columns, progress)
    return count


def read_cells(
    connection: sqlite.Connection, division: str | None, scope: Scope | None = None
) -> Features:
    """Return the cells of a division, and of some communities only: ``id``, ``READ``, shapes."""
    names = ["id", *READ]
    found = list(_select(connection, [*names, "geom"], division, scope))
    held = list(zip(*found, strict=True)) if found else [()] * (len(names) + 1)
    columns = {name: as_objects(list(held[n])) for n, name in enumerate(names)}
    return Features(columns, rows.decode(connection, held[-1]))


def scope_of(connection: sqlite.Connection, division: str | None) -> list[str | None]:
    """Return the communities of a division's cells."""
    where = filters.of_cells(division)
    found = connection.execute(
        f"SELECT DISTINCT community_id FROM cell WHERE {where.condition}", where.values
    )
    return sorted((id_ for (id_,) in found), key=lambda id_: id_ or "")


def fingerprint(
    connection: sqlite.Connection, division: str | None, scope: Scope | None = None
) -> str:
    """Return what changes with any border of a division, and with anything ``SAID`` of a cell."""
    digest = hashlib.sha256()
    names = ["id", "base_cell_id", *SAID, "geom"]
    for row in sorted(_select(connection, names, division, scope), key=itemgetter(0)):
        place = row[-1] or b""
        digest.update(repr((*row[:-1], len(place))).encode())
        digest.update(place)
    return digest.hexdigest()


def changed_since(connection: sqlite.Connection, seq: int, scope: Scope | None) -> list[str]:
    """Return the ids of the official cells that differ from when transaction ``seq`` was done.

    Those that have come or gone since are among them.
    """
    names = [*SAID, *filters.COLUMNS, "geom"]
    rolled = as_of.roll_back(connection, CELL, names, seq)
    today = _by_id(connection, names, rolled)
    wanted = None if scope is None else set(scope)
    changed = []
    for id_, row in rolled.items():
        now = today.get(id_)
        then = None if row is None else {**(now or {}), **row}
        seen = [one if _is_official(one, wanted) else None for one in (now, then)]
        if seen[0] != seen[1]:
            changed.append(id_)
    return changed


def _is_official(row: dict[str, Any] | None, wanted: set[str | None] | None) -> bool:
    if row is None or row["plan_id"] is not None or row["valid_to"] is not None:
        return False
    return wanted is None or row["community_id"] in wanted


def read_official_then(
    connection: sqlite.Connection, seq: int, scope: Scope | None
) -> tuple[dict[str, dict[str, Any]], Geometries]:
    """Return the official cells when transaction ``seq`` was done.

    Returns:
        By id what was ``TOLD`` of each, and their shapes in the same order.
    """
    names = [*TOLD, *filters.COLUMNS, "geom"]
    rolled = as_of.roll_back(connection, CELL, names, seq)
    held: dict[str, dict[str, Any]] = {}
    for id_, *values in connection.execute(
        f"SELECT id, {', '.join(map(quoted, names))} FROM cell ORDER BY rowid"
    ):
        held[id_] = dict(zip(names, values, strict=True))
    for id_, row in rolled.items():
        if row is None:
            held.pop(id_, None)
        else:
            held[id_] = {**held.get(id_, {}), **row}
    wanted = None if scope is None else set(scope)
    chosen = {id_: row for id_, row in held.items() if _is_official(row, wanted)}
    shapes = rows.decode(connection, [row.pop("geom") for row in chosen.values()])
    return chosen, shapes


def codes_of(connection: sqlite.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the codes of some cells by their ids; those without one are left out."""
    found = _by_id(connection, ["code"], ids)
    return {id_: row["code"] for id_, row in found.items() if row["code"]}


def _by_id(
    connection: sqlite.Connection, names: Sequence[str], ids: Iterable[str]
) -> dict[str, dict[str, Any]]:
    asked = ", ".join(map(quoted, names))
    found: dict[str, dict[str, Any]] = {}
    for id_ in ids:
        row = connection.execute(f"SELECT {asked} FROM cell WHERE id = ?", (id_,)).fetchone()
        if row is not None:
            found[id_] = dict(zip(names, row, strict=True))
    return found


def _select(
    connection: sqlite.Connection,
    names: Sequence[str],
    division: str | None,
    scope: Scope | None,
) -> Iterable[tuple[Any, ...]]:
    where = filters.of_cells(division)
    found = connection.execute(
        f"SELECT {', '.join(map(quoted, names))} FROM cell WHERE {where.condition} ORDER BY rowid",
        where.values,
    )
    if scope is None:
        yield from found
        return
    wanted = set(scope)
    place = list(names).index("community_id")
    yield from (row for row in found if row[place] in wanted)
