"""Other rows that name a cell find theirs again by place when borders move or cells end."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.coverage import Change
from gridmap.geo.features import Geometries, as_objects
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.store import edit as store
from gridmap.store.journal import Transaction

_OF_CELLS = tuple(
    (table, column) for table, column in store.REFERRING["cell"] if not table.startswith("cell")
)
"""Components, defects, cases, posts; lineage and drafts keep the cells that they name."""


def point_to_cells(tx: Transaction, change: Change, successors: Mapping[str, str]) -> None:
    """Let rows name the official cell in which they lie after a change.

    Looked at are the rows that name a cell of the change. One without a place, or on no ground of
    the change, keeps its cell, or takes the successor of one that ended.

    Args:
        tx: the transaction of the intention.
        change: what changed of the official cells.
        successors: for each cell that ends the one that has most of its ground.
    """
    keys = list(change.after)
    shapes = as_objects(list(change.after.values()))
    tree = shapely.STRtree(shapes)
    for table, column in _OF_CELLS:
        found = store.read_referring(tx.connection, table, column, change.before)
        if not len(found):
            continue
        has_place = TABLE_BY_NAME[table].geometry is not None and found.geometry is not None
        places = found.geometry if has_place else as_objects([None] * len(found))
        holders = _holders(tree, places if places is not None else as_objects([]))
        named = found.columns[column].tolist()
        for row_id, old, holder in zip(found.columns["id"], named, holders, strict=True):
            new = _choose(old, [keys[at] for at in holder], successors)
            if new != old:
                store.update_row(tx, table, row_id, {column: new})


def name_instead(tx: Transaction, old: str, new: str) -> None:
    """Let every row that names one cell name another one that lies in the same place."""
    for table, column in _OF_CELLS:
        found = store.read_where(
            tx.connection, table, (), f"t.{column} = ?", (old,), with_shapes=False
        )
        for row_id in found.columns["id"]:
            store.update_row(tx, table, row_id, {column: new})


def _holders(tree: shapely.STRtree, places: Geometries) -> list[NDArray[np.int64]]:
    """Return for each row the positions of the cells that one place of it lies in or touches."""
    points = shapely.point_on_surface(places)
    at, cell = tree.query(points, predicate="intersects")
    return [np.sort(cell[at == row]) for row in range(len(places))]


def _choose(old: str, holders: Sequence[str], successors: Mapping[str, str]) -> str:
    if old in holders:  # on a border: no reason to move
        return old
    return holders[0] if holders else successors.get(old, old)
