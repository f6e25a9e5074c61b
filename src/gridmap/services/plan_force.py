"""Putting an approved plan in force: one transaction makes its cells the official ones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.geo import redivision
from gridmap.geo.coverage import Change
from gridmap.geo.headcount import Homes
from gridmap.geo.redivision import Flow
from gridmap.model.changes import Outcome
from gridmap.services import plan_checks, plan_diff, reach, rule_carry
from gridmap.services import plan_texts as texts
from gridmap.services.cell_changes import Deed, moved_ground, write_cells
from gridmap.services.cells import let_follow
from gridmap.services.division import Cells, read_cells, read_homes
from gridmap.services.effects import Effect, find_effects
from gridmap.services.office import load_office
from gridmap.services.plan_diff import Pairing
from gridmap.services.plan_records import Plan, ensure_not_before, ensure_state, get_plan, today
from gridmap.store import divisions
from gridmap.store import edit as store
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace

_HEIR_SHARE = 0.01
"""A cell with less than this share of its ground from another one is no heir of it."""
_FROM_PLAN = (*divisions.TOLD, "source", "source_scale")


@dataclass(frozen=True)
class PutInForce:
    """Which plan becomes the official division, and since when; by default as it was approved."""

    plan: str
    on: date | None = None


@dataclass(frozen=True)
class InForce:
    """What became of the cells: ids of official ones, and the code that each new one got.

    ``reshaped`` are those that go on with other ground or other words; of one that only got a
    vertex where neighbours meet nothing is told.
    """

    plan: Plan
    reshaped: tuple[str, ...]
    ended: tuple[str, ...]
    new: Mapping[str, str]


@dataclass(frozen=True)
class _Draft:
    """A plan as a change of the official cells; ``rows`` are the plan's, by the official ids."""

    change: Change
    rows: Mapping[str, Mapping[str, Any]]
    described: tuple[str, ...]
    """Cells that stay, of which something is told otherwise."""


def put_in_force(
    opened: Workspace, request: PutInForce, progress: Progress = quiet
) -> Outcome[InForce]:
    """Make an approved plan the official division, in one transaction.

    Cells that go on keep id and code and get their new borders; those without an heir end with
    the date; new ones get codes, and lineage says where their ground came from. Communities,
    responsibility grids and all that names a cell follow. The plan's own cells stay as they are,
    as what was approved.

    Raises:
        RequestError: the plan is not approved, not due, or it or the official division has
            changed since; nothing has changed then.
        WorkspaceError: the workspace cannot be written.
    """
    with opened.reading() as reader:
        plan = get_plan(reader, request.plan)
    day = _day(plan, request.on)
    said = texts.put_plan_in_force(name=plan.name, day=day.isoformat())
    with opened.transaction(said) as tx:
        plan = get_plan(tx.connection, plan.id)
        _ensure_ready(plan, day)
        progress(0, 4, texts.comparing())
        if plan_diff.fingerprint(tx.connection, plan) != plan.approved_fingerprint:
            raise RequestError(texts.changed_since_approved(name=plan.name))
        plan_checks.ensure_tiles(tx.connection, plan, texts.deed_in_force())
        progress(1, 4, texts.putting_in_force())
        done = _write(tx, plan, day, progress)
        values = {"state": "in_force", "in_force_on": day.isoformat()}
        store.update_row(tx, "plan", plan.id, values)
        done = replace(done, plan=get_plan(tx.connection, plan.id))
        progress(4, 4, texts.putting_in_force())
    return Outcome(done, opened.touched_by(tx), tx.id)


def _day(plan: Plan, asked: date | None) -> date:
    if asked is not None:
        return asked
    return max(today(), date.fromisoformat(plan.in_force_on)) if plan.in_force_on else today()


def _ensure_ready(plan: Plan, day: date) -> None:
    if plan.is_rehearsal:
        raise RequestError(texts.is_a_rehearsal(name=plan.name))
    ensure_state(plan, ("approved",), texts.deed_in_force())
    least = plan.in_force_on or ""
    if day > today() or day.isoformat() < least:
        due = max(day.isoformat() if day > today() else "", least)
        raise RequestError(texts.not_due(name=plan.name, day=due))
    if plan.approved_on:
        ensure_not_before(day, date.fromisoformat(plan.approved_on))


def _write(tx: Transaction, plan: Plan, day: date, progress: Progress) -> InForce:
    found = plan_diff.pair(tx.connection, plan)
    draft = _with_beside(_as_change(found), plan_checks.find_beside(tx.connection, found, plan))
    deed = Deed(None, day.isoformat(), plan.document_id)
    office = load_office(tx.connection)
    boxes = reach.grown(reach.boxes_around(list(draft.change.before.values())))
    cells = _with_communities(read_cells(tx.connection, boxes, None), draft)
    homes = read_homes(tx.connection, boxes)
    effects = _effects(find_effects(draft.change, cells.rows, homes, office), draft)
    progress(2, 4, texts.putting_in_force())
    codes = write_cells(tx, deed, cells, draft.change, effects, office)
    for key in sorted(draft.change.new):
        told = {name: value for name, value in _told(draft.rows[key]).items() if value is not None}
        store.update_row(tx, "cell", key, told)  # where it says nothing: as inherited
    for key in draft.described:
        paper = {"document_id": plan.document_id} if plan.document_id else {}
        store.update_row(tx, "cell", key, _told(draft.rows[key]) | paper)
    progress(3, 4, texts.putting_in_force())
    if draft.change.before or draft.change.after:
        let_follow(tx, cells, draft.change)
    rule_carry.carry(tx, plan.id, None, {row["id"]: key for key, row in draft.rows.items()})
    change = draft.change
    return InForce(
        plan,
        tuple(sorted((moved_ground(change) & change.changed) | set(draft.described))),
        tuple(sorted(change.gone)),
        {key: codes[key] or "" for key in sorted(change.new)},
    )


def _as_change(found: Pairing) -> _Draft:
    """Return a plan as a change of the official cells: what goes on is called by the same id."""
    before, after = plan_diff.touched_shapes(found)
    plan_ids = found.mine.columns["id"]
    official_ids = found.official.columns["id"]
    named = {
        plan_ids[n]: official_ids[at] if at >= 0 else clock.new_id()
        for n, at in enumerate(found.heir.tolist())
    }
    givers: dict[str, list[Flow]] = {}
    for part in redivision.flows(before, after, Homes(np.empty((0, 2)), np.empty(0))):
        givers.setdefault(part.target, []).append(part)
    change = Change(
        before,
        {named[key]: shape for key, shape in after.items()},
        {
            named[key]: _heirs(givers.get(key, []), float(shape.area))
            for key, shape in after.items()
            if named[key] not in before
        },
    )
    rows = {
        named[key]: {name: column[n] for name, column in found.mine.columns.items()}
        for n, key in enumerate(plan_ids)
    }
    described = [
        named[plan_ids[n]]
        for n, at in enumerate(found.heir.tolist())
        if at >= 0 and not found.is_told_so[n]
    ]
    return _Draft(change, rows, tuple(described))


def _with_beside(draft: _Draft, beside: Change) -> _Draft:
    """Return a plan's change with that of the cells around it, which only get vertices."""
    change = draft.change
    before, after = {**change.before, **beside.before}, {**change.after, **beside.after}
    return replace(draft, change=replace(change, before=before, after=after))


def _heirs(givers: list[Flow], area_m2: float) -> tuple[str, ...]:
    """Return from which cells the ground of a new one comes, the one that gave most first."""
    ordered = sorted(givers, key=lambda one: -one.area_m2)
    return tuple(one.source for one in ordered if one.area_m2 > _HEIR_SHARE * area_m2)


def _with_communities(cells: Cells, draft: _Draft) -> Cells:
    """Return the cells before, each in the community that the plan puts it in."""
    rows = {
        key: {**row, "community_id": draft.rows[key]["community_id"]} if key in draft.rows else row
        for key, row in cells.rows.items()
    }
    return replace(cells, rows=rows)


def _effects(counted: tuple[Effect, ...], draft: _Draft) -> tuple[Effect, ...]:
    """Return the households as the plan has them, for those were approved; else as counted."""
    told = {key: row["households"] for key, row in draft.rows.items()}
    return tuple(
        one
        if told.get(one.key) is None or one.area_m2_after is None
        else replace(one, households_after=told[one.key])
        for one in counted
    )


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in _FROM_PLAN}
