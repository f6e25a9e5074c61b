"""Plans as the workspace holds them: read, found by name, and what may be done with one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.base.messages import Text, Wording
from gridmap.model.divisions import PLAN_KINDS, PLAN_STATES
from gridmap.model.schema import Choice
from gridmap.services import plan_texts as texts
from gridmap.store import divisions, rows
from gridmap.store.engine import sqlite

OPEN = ("draft", "approved")
"""The states in which a plan can be changed."""
_SCOPE, _BASE, _SINCE = "scope", "base", "since"
"""What ``extra`` of a plan holds: its communities, and of the official cells that it began with
the fingerprint and the journal's transaction."""


@dataclass(frozen=True)
class Plan:
    """One plan as people see it. ``scope`` are the ids of the communities that it divides."""

    id: str
    name: str
    state: str
    kind: str
    made_on: str | None
    in_force_on: str | None
    document_id: str | None
    document: str
    approved_by: str | None
    approved_on: str | None
    approved_fingerprint: str | None
    scope: tuple[str | None, ...]
    base: str
    """The fingerprint of the official cells when the plan was made (or last updated)."""
    since: int
    """The transaction in which that was."""

    @property
    def is_rehearsal(self) -> bool:
        """Return whether it only tries something out."""
        return self.kind == "rehearsal"

    @property
    def is_open(self) -> bool:
        """Return whether it may still be changed, and be put in force one day."""
        return self.state in OPEN

    def is_due(self, day: date) -> bool:
        """Return whether it is approved, and its day has come."""
        return self.state == "approved" and (self.in_force_on or "") <= day.isoformat()

    @property
    def state_name(self) -> Wording:
        """Return its state in words."""
        return _word(PLAN_STATES, self.state)

    @property
    def kind_name(self) -> Wording:
        """Return in words whether it is a plan or a rehearsal."""
        return _word(PLAN_KINDS, self.kind)


def today() -> date:
    """Return the day of this place."""
    return clock.now().astimezone().date()


def parse_day(text: str) -> date:
    """Return a day written ``2026-11-24``.

    Raises:
        RequestError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RequestError(texts.wrong_day(given=text)) from None


def beside(scope: Sequence[str | None], base: str, since: int) -> str:
    """Return what is kept beside a plan: what it divides, and what it began with."""
    return json.dumps({_SCOPE: list(scope), _BASE: base, _SINCE: since})


def read_plans(reader: sqlite.Connection) -> tuple[Plan, ...]:
    """Return all plans, the latest first."""
    held = rows.read_features(reader, "plan").columns
    papers = rows.read_features(reader, "document", ["number"]).columns
    numbers = dict(zip(papers["id"], papers["number"], strict=True))
    plans = []
    for n in reversed(range(len(held["id"]))):
        row = {name: column[n] for name, column in held.items()}
        held_beside = _extra(row["extra"])
        plans.append(
            Plan(
                row["id"],
                row["name"] or row["id"],
                row["state"] or "draft",
                row["kind"] or "plan",
                row["made_on"],
                row["in_force_on"],
                row["document_id"],
                numbers.get(row["document_id"]) or "",
                row["approved_by"],
                row["approved_on"],
                row["approved_fingerprint"],
                _scope(held_beside.get(_SCOPE)) or tuple(divisions.scope_of(reader, row["id"])),
                str(held_beside.get(_BASE) or ""),
                int(str(held_beside.get(_SINCE) or 0)),
            )
        )
    return tuple(plans)


def get_plan(reader: sqlite.Connection, name: str) -> Plan:
    """Return a plan by its id or its name; of several of a name the only one that is open.

    Raises:
        RequestError: there is none, or several.
    """
    plans = read_plans(reader)
    found = [one for one in plans if one.id == name] or [one for one in plans if one.name == name]
    found = [one for one in found if one.is_open] or found
    if len(found) > 1:
        raise RequestError(texts.name_is_shared(name=name, count=len(found)))
    if not found:
        known = ", ".join(one.name for one in plans) or str(texts.no_plan_yet())
        raise RequestError(texts.no_such_plan(name=name, known=known))
    return found[0]


def ensure_state(plan: Plan, states: Sequence[str], deed: Text) -> None:
    """Refuse what cannot be done with a plan in its state."""
    if plan.state not in states:
        raise RequestError(texts.wrong_state(name=plan.name, state=plan.state_name, deed=deed))


def ensure_not_before(day: date | None, approved_on: date) -> None:
    """Refuse to put a plan in force before it is approved."""
    if day is not None and day < approved_on:
        told = texts.before_approval(day=day.isoformat(), approved=approved_on.isoformat())
        raise RequestError(told)


def _extra(text: str | None) -> dict[str, object]:
    try:
        held = json.loads(text or "{}")
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def _scope(held: object) -> tuple[str | None, ...]:
    return tuple(held) if isinstance(held, list) else ()


def _word(choices: Sequence[Choice], value: str) -> Wording:
    for choice in choices:
        if choice.value == value:
            return Wording(choice.zh, choice.en)
    return Wording(value, value)
