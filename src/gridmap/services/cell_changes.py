"""How a change of a coverage goes into the workspace: rows that end, begin and get new borders.

Official cells are never overwritten: one that is split or merged ends with a date and keeps its
code and its border; new ones get new codes, and lineage says where their ground came from. In a
draft what ends is deleted: nothing of it was ever in force.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.geo.coverage import Change, Coverage
from gridmap.geo.features import as_objects
from gridmap.model import codes
from gridmap.services import cell_texts as texts
from gridmap.services import reach
from gridmap.services.division import Cells, Row
from gridmap.services.effects import Effect
from gridmap.services.numbering import community_codes, issue_codes, issue_provisional
from gridmap.services.office import Office
from gridmap.store import edit as store
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction

AREA_M2 = 1e-3
"""Coordinates lie on a grid of 1 mm: less ground than this is none."""
_GRID_M = 0.001
_NEARLY_ALL = 0.99
_INHERITED = (
    "community_id",
    "grid_id",
    "land_use_code",
    "management_level",
    "responsible_body",
    "source",
    "source_scale",
    "locked",
)


@dataclass(frozen=True)
class Deed:
    """In which division a change is made, since when, and by which paper."""

    division: str | None
    on: str
    document_id: str | None = None

    @property
    def is_official(self) -> bool:
        """Return whether it changes the division in force."""
        return self.division is None


def moved_ground(change: Change) -> frozenset[str]:
    """Return the cells that end, begin, or have other ground; others only got a vertex."""
    same = {key for key in change.changed if _is_same(change.before[key], change.after[key])}
    return frozenset({*change.before, *change.after} - same)


def _is_same(one: shapely.Polygon, other: shapely.Polygon) -> bool:
    """Return whether borders differ by no more than a vertex put on the 1 mm grid moves them."""
    differing = shapely.symmetric_difference(one, other)
    return bool(shapely.is_empty(shapely.buffer(differing, -_GRID_M, quad_segs=1)))


def community_of_new(
    reader: sqlite.Connection, cells: Cells, change: Change
) -> dict[str, str | None]:
    """Return the community of each new cell: that of the ground it is made of.

    Ground that was no cell's is of the community of its neighbours, or where there are none, of
    the one that is drawn there. None stands for none: such a cell has no code.
    """
    known = cells.communities
    found: dict[str, str | None] = {}
    for key in change.new:
        heirs, shape = change.heirs.get(key, ()), change.after[key]
        if heirs:
            found[key] = next((known[heir] for heir in heirs if heir in known), None)
        else:
            beside = _beside(cells.coverage, known, shape)
            found[key] = beside or _drawn_there(reader, shape)
    return found


def _drawn_there(reader: sqlite.Connection, shape: shapely.Polygon) -> str | None:
    near = store.read_near(reader, "community", reach.boxes_around([shape]))
    shapes = near.geometry if near.geometry is not None else as_objects([])
    shared = shapely.area(shapely.intersection(shapes, shape)).tolist()
    best = max(zip(shared, near.columns["id"], strict=True), default=(0.0, None))
    return best[1] if best[0] > AREA_M2 else None


def _beside(coverage: Coverage, known: Mapping[str, str], shape: shapely.Polygon) -> str | None:
    """Return the community of the cells that a new one has most of its border with."""
    if not len(coverage):
        return None
    lengths = shapely.length(shapely.intersection(coverage.shapes, shape))
    shared: dict[str, float] = {}
    for key, length in zip(coverage.keys, lengths.tolist(), strict=True):
        if key in known and length > 0:
            shared[known[key]] = shared.get(known[key], 0.0) + length
    return max(shared, key=lambda one: shared[one]) if shared else None


def write_cells(
    tx: Transaction,
    deed: Deed,
    cells: Cells,
    change: Change,
    effects: Iterable[Effect],
    office: Office,
) -> dict[str, str | None]:
    """Write what a change makes of the cells; return the codes of all that are in it.

    Args:
        tx: the transaction of the intention.
        deed: where, when, by which paper.
        cells: at least all cells of the change before, with their rows.
        change: the change; keys are ids, also those of new cells.
        effects: the households of each cell afterwards.
        office: the settings of the office.

    Raises:
        RequestError: a community has no code, its sequence is full, or a cell would end before
            it began; nothing is written then if the caller lets it pass.
    """
    households = {effect.key: effect.households_after for effect in effects}
    of_new = community_of_new(tx.connection, cells, change)
    given = _new_codes(tx, deed, of_new, change, office)
    for key in sorted(change.changed):
        values: dict[str, Any] = {}
        if cells.rows[key]["households"] != households[key]:
            values["households"] = households[key]
        if deed.is_official and deed.document_id is not None:
            values["document_id"] = deed.document_id
        store.update_row(tx, "cell", key, values, change.after[key])
    for key in sorted(change.gone):
        if deed.is_official:
            _ensure_began(cells, key, deed)
            store.update_row(tx, "cell", key, {"valid_to": deed.on})
        else:
            store.delete_row(tx, "cell", key)
    for key in given:
        heirs = change.heirs.get(key, ())
        values = _inherited(cells.rows, heirs, key, change)
        values |= {
            "code": given[key],
            "code_scheme": codes.mark_of(given[key]),
            "community_id": of_new[key],
            "plan_id": deed.division,
            "document_id": deed.document_id,
            "valid_from": deed.on if deed.is_official else None,
            "households": households[key],
        }
        store.insert_row(tx, "cell", values, change.after[key], row_id=key)
    if deed.is_official:
        _write_lineage(tx, deed, change)
    return {key: cells.rows[key]["code"] for key in change.before} | given


def _ensure_began(cells: Cells, key: str, deed: Deed) -> None:
    """Refuse to end a cell before it began."""
    began = cells.rows[key]["valid_from"]
    if began is not None and deed.on < began:
        named = cells.rows[key]["code"] or key
        told = texts.before_it_began(cell=named, on=deed.on, began=began)
        raise RequestError(told, place=Place(table="cell", id=key))


def _new_codes(
    tx: Transaction,
    deed: Deed,
    of_new: Mapping[str, str | None],
    change: Change,
    office: Office,
) -> dict[str, str | None]:
    """Return a code for each new cell: west to east and north to south within the change."""
    ordered = _as_one_reads({key: change.after[key] for key in of_new})
    if not deed.is_official:
        names = issue_provisional(tx.connection, str(deed.division), len(ordered))
        return dict(zip(ordered, names, strict=True))
    given: dict[str, str | None] = dict.fromkeys(ordered)
    communities = [one for one in dict.fromkeys(of_new[key] for key in ordered) if one is not None]
    rows = community_codes(tx.connection, communities, office)
    for community in communities:
        keys = [key for key in ordered if of_new[key] == community]
        issued = issue_codes(tx.connection, office, rows[community], len(keys))
        given |= dict(zip(keys, issued, strict=True))
    return given


def _as_one_reads(shapes: Mapping[str, shapely.Polygon]) -> list[str]:
    keys = list(shapes)
    if len(keys) < 2:
        return keys
    found = as_objects(list(shapes.values()))
    points = shapely.get_coordinates(shapely.centroid(found))
    band = float(shapely.area(found).mean()) ** 0.5 / 2
    order = codes.reading_order([(x, y) for x, y in points.tolist()], band)
    return [keys[at] for at in order]


def _inherited(
    rows: Mapping[str, Row], heirs: tuple[str, ...], key: str, change: Change
) -> dict[str, Any]:
    """Return what a new cell has from the one that gave most of its ground.

    A part of a split cell is named after it with a number; one carved out of several has no name.
    """
    if not heirs or heirs[0] not in rows:
        return {}
    origin = heirs[0]
    values = {name: rows[origin][name] for name in _INHERITED}
    if origin in change.gone:
        siblings = [one for one in change.new if change.heirs.get(one, ())[:1] == (origin,)]
        name = rows[origin]["name"]
        if name and len(siblings) > 1:
            ordered = _as_one_reads({one: change.after[one] for one in siblings})
            name = f"{name}-{ordered.index(key) + 1}"
        values["name"] = name
    return values


# --- lineage ------------------------------------------------------------------------------------


def _write_lineage(tx: Transaction, deed: Deed, change: Change) -> None:
    for from_, to, kind in lineage_of(change):
        values = {
            "from_cell_id": from_,
            "to_cell_id": to,
            "kind": kind,
            "changed_on": deed.on,
            "document_id": deed.document_id,
        }
        store.insert_row(tx, "cell_lineage", values)


def lineage_of(change: Change) -> list[tuple[str, str, str]]:
    """Return (from, to, kind) for each new cell and for each that ends."""
    pairs = [(heir, key) for key in sorted(change.new) for heir in change.heirs.get(key, ())]
    known = {from_ for from_, _ in pairs}
    for key in sorted(change.gone - known):
        pairs += [(key, taker) for taker in takers(change, key)]
    sources = {to: [a for a, b in pairs if b == to] for _, to in pairs}
    targets = {from_: [b for a, b in pairs if a == from_] for from_, _ in pairs}
    return [(a, b, _kind(change, a, b, len(sources[b]), len(targets[a]))) for a, b in pairs]


def takers(change: Change, key: str) -> list[str]:
    """Return the cells that have the ground of one that ended, the one with most of it first."""
    keys = [one for one in change.after if one != key]
    if not keys:
        return []
    shapes = as_objects([change.after[one] for one in keys])
    shared = shapely.area(shapely.intersection(shapes, change.before[key])).tolist()
    found = sorted(zip(shared, keys, strict=True), reverse=True)
    return [one for area, one in found if area > AREA_M2]


def _kind(change: Change, from_: str, to: str, sources: int, targets: int) -> str:
    if from_ not in change.gone:
        return "carve"
    if to in change.changed:
        shared = shapely.area(shapely.intersection(change.before[from_], change.after[to]))
        whole = shapely.area(change.before[from_])
        return "merge" if shared > _NEARLY_ALL * whole else "redraw"
    if targets > 1:
        return "split" if sources == 1 else "redraw"
    return "merge" if sources > 1 else "redraw"
