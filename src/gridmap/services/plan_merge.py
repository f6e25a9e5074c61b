"""Bringing into a plan what changed of the official division since the plan was made."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import shapely

from gridmap.base.errors import DecisionNeeded, Place, RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.geo import redivision
from gridmap.geo.coverage import Coverage
from gridmap.geo.features import Features, Geometries, as_objects
from gridmap.geo.headcount import moved_households
from gridmap.geo.merge3 import Merged, merge3
from gridmap.model.changes import Outcome
from gridmap.services import plan_texts as texts
from gridmap.services.division import read_homes
from gridmap.services.plan_records import OPEN, Plan, beside, ensure_state, get_plan
from gridmap.services.reach import boxes_around
from gridmap.store import divisions
from gridmap.store import edit as store
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace


@dataclass(frozen=True)
class UpdatePlan:
    """Which plan takes over the official changes."""

    plan: str


@dataclass(frozen=True)
class Updated:
    """The plan, a draft again where it was approved, and how many of its cells changed."""

    plan: Plan
    changed: int


def update_plan(
    opened: Workspace, request: UpdatePlan, progress: Progress = quiet
) -> Outcome[Updated]:
    """Merge the official division's changes since a plan was made into the plan, border by border.

    Raises:
        RequestError: there is no such plan, it is closed, or nothing official has changed.
        DecisionNeeded: both changed the same borders; ``place`` is where. Nothing is written.
        WorkspaceError: the workspace cannot be written.
    """
    with opened.reading() as reader:
        name = get_plan(reader, request.plan).name
    with opened.transaction(texts.updated_plan(name=name)) as tx:
        plan = get_plan(tx.connection, request.plan)
        ensure_state(plan, OPEN, texts.deed_update())
        base_print = divisions.fingerprint(tx.connection, None, plan.scope)
        if plan.base == base_print:
            raise RequestError(texts.nothing_to_update(name=plan.name))
        progress(0, 2, texts.merging())
        told, shapes = divisions.read_official_then(tx.connection, plan.since, plan.scope)
        theirs = divisions.read_cells(tx.connection, None, plan.scope)
        mine = divisions.read_cells(tx.connection, plan.id)
        key_of = _keys(mine, set(told))
        merged = merge3(
            Coverage(tuple(told), shapes),
            Coverage(tuple(key_of.values()), _shapes(mine)),
            Coverage(tuple(theirs.columns["id"]), _shapes(theirs)),
        )
        if merged.conflicts or merged.coverage is None:
            raise _needs_a_person(plan, merged)
        progress(1, 2, texts.merging())
        sides = _Sides(told, mine, theirs, key_of)
        changed = _write(tx, plan, merged.coverage, sides)
        values = {
            "state": "draft",
            "approved_by": None,
            "approved_on": None,
            "approved_fingerprint": None,
            "extra": beside(plan.scope, base_print, tx.seq),
        }
        store.update_row(tx, "plan", plan.id, values)
        updated = get_plan(tx.connection, plan.id)
    return Outcome(Updated(updated, changed), opened.touched_by(tx), tx.id)


def _keys(mine: Features, base: set[str]) -> dict[str, str]:
    """Return by which key each cell of the plan is merged: as the official one that it stands for.

    A cell that the plan made is merged as itself.
    """
    taken: set[str] = set()
    keys = {}
    for id_, official in zip(mine.columns["id"], mine.columns["base_cell_id"], strict=True):
        is_heir = official in base and official not in taken
        keys[id_] = official if is_heir else id_
        taken.add(keys[id_])
    return keys


def _needs_a_person(plan: Plan, merged: Merged) -> DecisionNeeded:
    on = shapely.point_on_surface(merged.conflicts[0].line)
    x, y = float(on.x), float(on.y)
    told = texts.needs_a_person(name=plan.name, count=len(merged.conflicts), x=x, y=y)
    return DecisionNeeded(told, place=Place(xy=(x, y)))


@dataclass(frozen=True)
class _Sides:
    """What was told of the official cells before, the plan's cells, and the official ones now.

    ``key_of`` gives for each cell of the plan the key by which it is merged.
    """

    told: Mapping[str, Mapping[str, Any]]
    mine: Features
    theirs: Features
    key_of: Mapping[str, str]

    @cached_property
    def held(self) -> dict[str, int]:
        """Return the positions of the plan's cells by their keys."""
        return {key: n for n, key in enumerate(self.key_of.values())}

    @cached_property
    def official(self) -> dict[str, int]:
        """Return the positions of the official cells by their ids."""
        return {id_: n for n, id_ in enumerate(self.theirs.columns["id"])}

    def told_since(self, key: str) -> dict[str, Any]:
        """Return what is told otherwise of an official cell, where the plan says as before."""
        before, at = self.told.get(key), self.official.get(key)
        if before is None or at is None:
            return {}
        mine, theirs = self.mine.columns, self.theirs.columns
        return {
            name: theirs[name][at]
            for name in divisions.TOLD
            if theirs[name][at] != before[name] and mine[name][self.held[key]] == before[name]
        }


def _write(tx: Transaction, plan: Plan, merged: Coverage, sides: _Sides) -> int:
    """Make the plan's cells those of the merge; return how many rows that changed."""
    shapes = _shapes(sides.mine)
    after = dict(zip(merged.keys, merged.shapes, strict=True))
    before = {key: shapes[n] for key, n in sides.held.items()}
    kept = [key for key in before if key in after]
    same = redivision.same_shapes(
        as_objects([before[key] for key in kept]), as_objects([after[key] for key in kept])
    )
    stays = {key for key, is_same in zip(kept, same.tolist(), strict=True) if is_same}
    people = _households(tx, sides, before, after, stays)
    changed = 0
    for key, shape in after.items():
        if key not in before:
            _copy(tx, plan, sides, key, shape, people.get(key))
            changed += 1
            continue
        values = sides.told_since(key)
        if key not in stays:
            values["households"] = people.get(key)
        if values:
            row_id = sides.mine.columns["id"][sides.held[key]]
            store.update_row(tx, "cell", row_id, values, None if key in stays else shape)
            changed += 1
    for key in before.keys() - after.keys():
        store.delete_row(tx, "cell", sides.mine.columns["id"][sides.held[key]])
        changed += 1
    return changed


def _households(
    tx: Transaction,
    sides: _Sides,
    before: Mapping[str, shapely.Polygon],
    after: Mapping[str, shapely.Polygon],
    stays: set[str],
) -> dict[str, int | None]:
    """Return the households of the cells whose borders change: they go with their buildings."""
    was = {key: shape for key, shape in before.items() if key not in stays}
    is_ = {key: shape for key, shape in after.items() if key not in stays}
    if not was or not is_:
        return {}
    recorded = {key: sides.mine.columns["households"][sides.held[key]] for key in was}
    homes = read_homes(tx.connection, boxes_around([*was.values(), *is_.values()]))
    return moved_households(was, is_, recorded, homes)


def _copy(
    tx: Transaction,
    plan: Plan,
    sides: _Sides,
    key: str,
    shape: shapely.Polygon,
    households: int | None,
) -> None:
    """Take an official cell that began since the plan was made into the plan."""
    at = sides.official[key]
    values = {name: sides.theirs.columns[name][at] for name in divisions.READ}
    values |= {"plan_id": plan.id, "base_cell_id": key}
    if households is not None:
        values["households"] = households
    store.insert_row(tx, "cell", values, shape)


def _shapes(held: Features) -> Geometries:
    return held.geometry if held.geometry is not None else as_objects([])
