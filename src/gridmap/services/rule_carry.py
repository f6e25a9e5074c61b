"""What was accepted with a reason goes along into a plan, and back when that is put in force."""

from collections.abc import Iterator, Mapping
from typing import Any

from gridmap.store import edit as store
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction

_TABLE = "rule_exception"
_KEY = ("rule", "table_name", "row_id", "other_id")
_SAID = ("fingerprint", "reason", "accepted_by", "accepted_on", "remark")


def carry(
    tx: Transaction, source: str | None, target: str | None, named: Mapping[str, str]
) -> None:
    """Copy the exceptions of a division to another one.

    ``named`` gives the id that a cell of the source has in the target; exceptions of cells that
    are not there are left out. What the target said of the same rows before is replaced.
    """
    there = {_key(row): row for row in _read(tx.connection, target)}
    for row in _read(tx.connection, source):
        if row["table_name"] == "cell" and row["row_id"] not in named:
            continue
        told = row | {one: named.get(row[one] or "", row[one]) for one in ("row_id", "other_id")}
        old = there.get(_key(told))
        if old is not None and all(old[name] == told[name] for name in _SAID):
            continue
        if old is not None:
            store.delete_row(tx, _TABLE, old["id"])
        values = {name: told[name] for name in (*_KEY, *_SAID)}
        store.insert_row(tx, _TABLE, values | {"plan_id": target})


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _KEY)


def _read(reader: sqlite.Connection, division: str | None) -> Iterator[dict[str, Any]]:
    names = (*_KEY, *_SAID)
    found = store.read_where(reader, _TABLE, names, "t.plan_id IS ?", (division,)).columns
    for values in zip(found["id"], *(found[name] for name in names), strict=True):
        yield dict(zip(("id", *names), values, strict=True))
