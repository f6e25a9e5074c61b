"""Responsibility grids: their ground and households are those of their cells."""

from collections.abc import Iterable, Mapping

import shapely

from gridmap.geo.features import Geometries, as_objects
from gridmap.store import edit as store
from gridmap.store.journal import Transaction

_IN_FORCE = "t.grid_id = ? AND t.plan_id IS NULL AND t.valid_to IS NULL"


def refresh_grids(tx: Transaction, ids: Iterable[str]) -> None:
    """Derive grids anew from their cells in force: ground as one multipolygon, households as a sum.

    A grid whose last cell went elsewhere stays, with its officer, but has no ground and nobody.
    Where no cell knows its households, those of a grid with the same ground stay as they are, and
    those of others are not known any more.
    """
    for grid_id in sorted(ids):
        found = store.read_where(tx.connection, "cell", ["households"], _IN_FORCE, (grid_id,))
        shapes = found.geometry if found.geometry is not None else as_objects([])
        counts = [count for count in found.columns["households"] if count is not None]
        _write(tx, grid_id, union_of(shapes), counts if len(shapes) else [0])


def _write(
    tx: Transaction, grid_id: str, ground: shapely.MultiPolygon | None, counts: list[int]
) -> None:
    old = store.read_rows(tx.connection, "grid", [grid_id], ["households"])
    if not len(old):
        return
    before = old.geometry[0] if old.geometry is not None else None
    is_same = _is_same(before, ground)
    values: dict[str, object] = {}
    if not is_same and ground is None:
        values["geom"] = None
    if counts or not is_same:
        values["households"] = sum(counts) if counts else None
    if values.get("households", ...) == old.columns["households"][0]:
        del values["households"]
    store.update_row(tx, "grid", grid_id, values, None if is_same else ground)


def _is_same(one: shapely.Geometry | None, other: shapely.Geometry | None) -> bool:
    if one is None or other is None:
        return one is other
    return bool(shapely.equals_exact(shapely.normalize(one), shapely.normalize(other), 0.0))


def union_of(shapes: Geometries) -> shapely.MultiPolygon | None:
    """Return the ground of cells that tile, as one multipolygon; None where there are none."""
    if not len(shapes):
        return None
    whole = shapely.coverage_union_all(shapes)
    return shapely.MultiPolygon([*shapely.get_parts(whole)])


def grids_touched(
    rows: Mapping[str, Mapping[str, object]], before: Iterable[str], after: Iterable[str]
) -> set[str]:
    """Return the grids of some cells, by what their rows say before and after."""
    keys = {*before, *after}
    held = {rows[key]["grid_id"] for key in keys if key in rows}
    return {str(one) for one in held if one is not None}
