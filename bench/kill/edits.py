"""Edits of the sample's rows: the same work for the same number."""

import numpy as np
import shapely

from gridmap.geo.features import Features
from gridmap.services import texts
from gridmap.store import rows
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace

_SOME_BUILDINGS = "SELECT id FROM building ORDER BY rowid LIMIT 200"


def edit(opened: Workspace, number: int) -> str:
    """Do the edit of that number; return the id of its transaction."""
    acts = (_raise_buildings, _add_components, _delete_logs, _move_buildings)
    with opened.transaction(texts.repaired()) as tx:
        acts[number % len(acts)](tx, number)
    return tx.id


def _raise_buildings(tx: Transaction, number: int) -> None:
    tx.connection.execute(
        f"UPDATE building SET floors = floors + 1, remark = ? WHERE id IN ({_SOME_BUILDINGS})",
        (f"第{number}次",),
    )


def _add_components(tx: Transaction, number: int) -> None:
    xy = np.arange(40, dtype=np.float64).reshape(20, 2) + 500_000 + number
    columns = {"name": np.array([f"部件{number}-{n}" for n in range(20)], object)}
    rows.insert(tx, "component", Features(columns, shapely.points(xy)))


def _delete_logs(tx: Transaction, number: int) -> None:
    tx.connection.execute(
        "DELETE FROM patrol_log WHERE id IN (SELECT id FROM patrol_log ORDER BY rowid LIMIT 2)"
    )
    tx.connection.execute("UPDATE subdistrict SET remark = ?", (f"第{number}次",))


def _move_buildings(tx: Transaction, number: int) -> None:
    tx.connection.execute(
        f"UPDATE building SET geom = ShiftCoords(geom, 1, {number}) WHERE id IN ({_SOME_BUILDINGS})"
    )
