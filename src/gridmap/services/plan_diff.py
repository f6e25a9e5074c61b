"""A plan beside the official division: which cells change, and what households move."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely

from gridmap.base.progress import Progress, quiet
from gridmap.geo import redivision
from gridmap.geo.features import Features, Geometries, as_objects
from gridmap.geo.redivision import Flow
from gridmap.model import codes
from gridmap.model.changes import Outcome
from gridmap.services import plan_texts as texts
from gridmap.services.division import read_homes
from gridmap.services.plan_records import Plan, get_plan
from gridmap.store import as_of, divisions
from gridmap.store.engine import sqlite
from gridmap.store.workspace import Workspace

Deed = Literal["reshaped", "described", "ended", "new"]
"""What happens to a cell: other borders, only other words, its end, its beginning."""
_SHORT_FINGERPRINT = 16


@dataclass(frozen=True)
class CellChange:
    """One cell that a plan changes.

    ``official_id`` is the cell of the official division, None where it is new; ``plan_id`` the
    one in the plan, None where it ends. A new cell has its code only when the plan is in force:
    until then ``code`` is what the plan calls it.
    """

    deed: Deed
    code: str
    name: str
    official_id: str | None
    plan_id: str | None
    area_m2_before: float | None
    area_m2_after: float | None
    households_before: int | None
    households_after: int | None
    xy: tuple[float, float]
    shape: shapely.Polygon
    """Its new borders; of one that ends the old ones."""


@dataclass(frozen=True)
class PlanDiff:
    """What would change if the plan were in force.

    Attributes:
        plan: which plan.
        fingerprint: of the plan and of the official cells beside it, as compared here.
        changes: the cells that change, those that were there first.
        flows: what ground goes from which official cell to which of the plan, with its
            households; a cell that keeps its own ground is not among them.
        area_moved_m2: how much ground changes hands.
        households_moved: how many households get another cell.
        unchanged: how many cells stay as they are.
        official_changed: codes of official cells that changed since the plan was made.
    """

    plan: Plan
    fingerprint: str
    changes: tuple[CellChange, ...]
    flows: tuple[Flow, ...]
    area_moved_m2: float
    households_moved: int
    unchanged: int
    official_changed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether the plan is just like the official division."""
        return not self.changes

    def count(self, deed: Deed) -> int:
        """Return to how many cells this happens."""
        return sum(one.deed == deed for one in self.changes)


@dataclass(frozen=True)
class DiffPlan:
    """Which plan is compared with the official division."""

    plan: str


@dataclass(frozen=True)
class Pairing:
    """Cells of a plan and the official ones of its scope, and who goes on as whom.

    ``heir`` gives for each position in the plan the position of the official cell that it goes on
    as, -1 for a new one; ``is_same`` whether its borders are those of that one, and ``is_told_so``
    whether all else that a division says of it is the same too.
    """

    official: Features
    mine: Features
    heir: np.ndarray
    is_same: np.ndarray
    is_told_so: np.ndarray

    @property
    def ended(self) -> np.ndarray:
        """Return the positions of the official cells that no cell of the plan goes on as."""
        return np.setdiff1d(np.arange(len(self.official)), self.heir[self.heir >= 0])


def diff(opened: Workspace, request: DiffPlan, progress: Progress = quiet) -> Outcome[PlanDiff]:
    """Compare a plan with the official division.

    Raises:
        RequestError: there is no such plan.
    """
    with opened.reading() as reader, as_of.one_moment(reader):
        return Outcome(compare(reader, get_plan(reader, request.plan), progress))


def compare(reader: sqlite.Connection, plan: Plan, progress: Progress = quiet) -> PlanDiff:
    """Return what a plan would change; in the one state that ``reader`` sees."""
    progress(0, 3, texts.comparing())
    official_print = divisions.fingerprint(reader, None, plan.scope)
    found = pair(reader, plan)
    progress(1, 3, texts.comparing())
    changes = _changes(found)
    flows = _flows(reader, found)
    bases = _bases(found)
    moved = [flow for flow in flows if flow.source != bases.get(flow.target)]
    progress(3, 3, texts.comparing())
    return PlanDiff(
        plan,
        seal(official_print, divisions.fingerprint(reader, plan.id)),
        changes,
        tuple(moved),
        sum(flow.area_m2 for flow in moved),
        sum(flow.households for flow in moved),
        len(found.official) - sum(one.official_id is not None for one in changes),
        _official_changed(reader, plan, official_print),
    )


def seal(official: str, plan: str) -> str:
    """Return one fingerprint of two: what a person approves has both."""
    return hashlib.sha256(f"{official} {plan}".encode()).hexdigest()[:_SHORT_FINGERPRINT]


def fingerprint(reader: sqlite.Connection, plan: Plan) -> str:
    """Return the fingerprint that a comparison made now would have."""
    official = divisions.fingerprint(reader, None, plan.scope)
    return seal(official, divisions.fingerprint(reader, plan.id))


def pair(reader: sqlite.Connection, plan: Plan) -> Pairing:
    """Return the cells of a plan, each with the official one that it goes on as."""
    official = divisions.read_cells(reader, None, plan.scope)
    mine = divisions.read_cells(reader, plan.id)
    place = {id_: n for n, id_ in enumerate(official.columns["id"])}
    heir = np.full(len(mine), -1)
    for n, base in enumerate(mine.columns["base_cell_id"]):
        heir[n] = place.pop(base, -1)  # the first one that names it goes on as it
    has_heir = np.flatnonzero(heir >= 0)
    was, is_ = _shapes(official), _shapes(mine)
    is_same, is_told_so = np.zeros(len(mine), bool), np.zeros(len(mine), bool)
    is_same[has_heir] = redivision.same_shapes(is_[has_heir], was[heir[has_heir]])
    is_told_so[has_heir] = [
        all(mine.columns[name][n] == official.columns[name][heir[n]] for name in divisions.TOLD)
        for n in has_heir
    ]
    return Pairing(official, mine, heir, is_same, is_told_so)


def touched_shapes(found: Pairing) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the shapes of the cells whose ground changes: official ones by id, and the plan's."""
    was, is_ = _shapes(found.official), _shapes(found.mine)
    moved = np.flatnonzero(~found.is_same)
    before = np.concatenate([found.heir[moved][found.heir[moved] >= 0], found.ended])
    official_ids, ids = found.official.columns["id"], found.mine.columns["id"]
    return (
        {official_ids[n]: was[n] for n in sorted(before.tolist())},
        {ids[n]: is_[n] for n in moved.tolist()},
    )


def _flows(reader: sqlite.Connection, found: Pairing) -> tuple[Flow, ...]:
    before, after = touched_shapes(found)
    if not before or not after:
        return ()
    boxes = shapely.bounds(as_objects(list(before.values()))).tolist()
    homes = read_homes(reader, [(a, b, c, d) for a, b, c, d in boxes])
    return redivision.flows(before, after, homes)


def _bases(found: Pairing) -> Mapping[str, str]:
    """Return for each cell of the plan the official one that it goes on as."""
    ids, official = found.mine.columns["id"], found.official.columns["id"]
    return {ids[n]: official[at] for n, at in enumerate(found.heir) if at >= 0}


def _changes(found: Pairing) -> tuple[CellChange, ...]:
    kept: dict[int, CellChange] = {}
    new: list[CellChange] = []
    was, is_ = _shapes(found.official), _shapes(found.mine)
    for n in np.flatnonzero(~(found.is_same & found.is_told_so)).tolist():
        at = int(found.heir[n])
        if at < 0:
            new.append(_change("new", None, None, found.mine, n, None, is_[n]))
            continue
        deed: Deed = "reshaped" if redivision.has_moved(was[at], is_[n]) else "described"
        if deed == "described" and found.is_told_so[n]:
            continue  # it only got a vertex where neighbours meet
        kept[at] = _change(deed, found.official, at, found.mine, n, was[at], is_[n])
    for at in found.ended.tolist():
        kept[at] = _change("ended", found.official, at, None, None, was[at], None)
    return (*(kept[at] for at in sorted(kept)), *new)


def _change(
    deed: Deed,
    official: Features | None,
    at: int | None,
    mine: Features | None,
    n: int | None,
    was: Any,
    is_: Any,
) -> CellChange:
    old = _row(official, at)
    new = _row(mine, n)
    shape = is_ if is_ is not None else was
    on = shapely.point_on_surface(shape)
    return CellChange(
        deed,
        str((old or new).get("code") or ""),
        str((new or old).get("name") or ""),
        old.get("id"),
        new.get("id"),
        None if was is None else float(shapely.area(was)),
        None if is_ is None else float(shapely.area(is_)),
        old.get("households"),
        new.get("households"),
        (float(on.x), float(on.y)),
        shape,
    )


def _row(held: Features | None, at: int | None) -> dict[str, Any]:
    if held is None or at is None:
        return {}
    return {name: column[at] for name, column in held.columns.items()}


def _shapes(held: Features) -> Geometries:
    return held.geometry if held.geometry is not None else as_objects([])


def _official_changed(
    reader: sqlite.Connection, plan: Plan, official_print: str
) -> tuple[str, ...]:
    """Return the codes of the official cells that changed since the plan was made."""
    if not plan.base or plan.base == official_print or not plan.is_open:
        return ()
    ids = divisions.changed_since(reader, plan.since, plan.scope)
    named = divisions.codes_of(reader, ids)
    return tuple(sorted(codes.short(named.get(id_)) or id_ for id_ in ids))
