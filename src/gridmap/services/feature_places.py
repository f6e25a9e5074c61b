"""What follows from where a row is: the cell, compound or community that holds it, households."""

from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from gridmap.model.schema import Table
from gridmap.store import edit
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction

Home = tuple[tuple[float, float], int]
"""A place, and how many households come to it (or, below zero, go)."""
_IN_FORCE = "t.valid_to IS NULL"


def find_holder(reader: sqlite.Connection, table: str, shape: shapely.Geometry) -> str | None:
    """Return the row of an area table in which a shape lies, None where there is none.

    Of the cells only official ones in force are asked.
    """
    on = shapely.point_on_surface(shape)
    where, bound = (edit.DIVISION, (None,)) if table == "cell" else ("1", ())
    near = edit.read_near(reader, table, [(on.x, on.y, on.x, on.y)], (), where, bound)
    if near.geometry is None or not len(near):
        return None
    held = shapely.intersects(near.geometry, on)
    ids: list[str] = near.columns["id"][held].tolist()
    return min(ids) if ids else None


def homes_of(
    table: Table,
    values: Mapping[str, Any],
    before: shapely.Geometry | None,
    after: shapely.Geometry | None,
) -> list[Home]:
    """Return where a building's households go and come when its shape changes."""
    count = values.get("households")
    if table.name != "building" or not count:
        return []
    homes: list[Home] = []
    for shape, sign in ((before, -1), (after, 1)):
        if shape is not None:
            on = shapely.point_on_surface(shape)
            homes.append(((float(on.x), float(on.y)), sign * int(count)))
    return homes


def follow_households(tx: Transaction, homes: Sequence[Home]) -> None:
    """Count households where they are now: in the cells that hold them, and in their grids.

    The number that a cell has is changed by what comes and goes, so that a count at the door
    keeps its difference to the buildings. The cells of plans follow as well.
    """
    by_cell: dict[str, int] = {}
    by_grid: dict[str, int] = {}
    for (x, y), count in homes:
        near = edit.read_near(tx.connection, "cell", [(x, y, x, y)], ("grid_id",), _IN_FORCE)
        if near.geometry is None or not len(near):
            continue
        held = shapely.intersects(near.geometry, shapely.Point(x, y))
        for row_id in near.columns["id"][held]:
            by_cell[row_id] = by_cell.get(row_id, 0) + count
        official = near.take(held)
        grids = {grid for grid in official.columns["grid_id"] if grid is not None}
        for grid in grids:
            by_grid[grid] = by_grid.get(grid, 0) + count
    for table, changes in (("cell", by_cell), ("grid", by_grid)):
        changed = [row_id for row_id, count in changes.items() if count]
        if not changed:
            continue
        found = edit.read_rows(tx.connection, table, changed, ("households",), with_shapes=False)
        pairs = zip(found.columns["id"], found.columns["households"], strict=True)
        for row_id, households in pairs:
            if households is not None or changes[row_id] > 0:
                total = max(0, (households or 0) + changes[row_id])
                edit.update_row(tx, table, row_id, {"households": total})
