"""Plans beside the official division: made, listed, approved, discarded; and rehearsals."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.model.changes import Outcome
from gridmap.services import plan_checks, plan_diff, rule_carry
from gridmap.services import plan_texts as texts
from gridmap.services.plan_records import (
    OPEN,
    Plan,
    beside,
    ensure_not_before,
    ensure_state,
    get_plan,
    read_plans,
    today,
)
from gridmap.store import divisions, edit, rows
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace

PlanKind = Literal["plan", "rehearsal"]
_PLAN, _DOCUMENT, _COMMUNITY = "plan", "document", "community"


@dataclass(frozen=True)
class NewPlan:
    """A plan that begins with the official cells of some communities, or (none given) of all.

    ``communities`` are names, codes or ids. A rehearsal without a name is called by the time.
    """

    name: str
    communities: tuple[str, ...] = ()
    kind: PlanKind = "plan"
    remark: str | None = None


@dataclass(frozen=True)
class NewDocument:
    """What is entered of a document that is not in the workspace yet, beside its number."""

    signatory: str | None = None
    issued_on: date | None = None
    title: str | None = None


@dataclass(frozen=True)
class ApprovePlan:
    """Who approves which plan by which paper.

    ``fingerprint`` is that of the comparison which the person has seen: where the plan or the
    official division has changed since, nothing is approved. ``document`` is a number or an id;
    one that is not there yet is entered where ``new_document`` says what.
    """

    plan: str
    by: str
    document: str
    fingerprint: str
    on: date | None = None
    in_force_on: date | None = None
    new_document: NewDocument | None = None


@dataclass(frozen=True)
class DiscardPlan:
    """Which plan, or rehearsal, is given up."""

    plan: str


@dataclass(frozen=True)
class KeepRehearsal:
    """Which rehearsal becomes a plan, and what that is called."""

    plan: str
    name: str


def list_plans(opened: Workspace) -> Outcome[tuple[Plan, ...]]:
    """Return all plans, the latest first."""
    with opened.reading() as reader:
        return Outcome(read_plans(reader))


def find_plan(opened: Workspace, plan_id: str) -> Outcome[Plan | None]:
    """Return a plan by its id, None where it is gone."""
    with opened.reading() as reader:
        return Outcome(next((one for one in read_plans(reader) if one.id == plan_id), None))


def new_plan(opened: Workspace, request: NewPlan, progress: Progress = quiet) -> Outcome[Plan]:
    """Copy official cells into a plan, where they can be edited freely.

    Raises:
        RequestError: the name is missing or taken, there is no such community, or no cell.
        WorkspaceError: the workspace cannot be written.
    """
    name = request.name.strip()
    if request.kind == "rehearsal" and not name:
        moment = clock.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
        name = str(texts.rehearsal_name(moment=moment))
    said = texts.made_rehearsal if request.kind == "rehearsal" else texts.made_plan
    with opened.transaction(said(name=name)) as tx:
        _ensure_name(tx.connection, name)
        scope = _find_communities(tx.connection, request.communities)
        if scope is None:
            scope = divisions.scope_of(tx.connection, None)
        base = divisions.fingerprint(tx.connection, None, scope)
        values = {
            "name": name,
            "state": "draft",
            "kind": request.kind,
            "made_on": today().isoformat(),
            "remark": request.remark,
            "extra": beside(scope, base, tx.seq),
        }
        plan_id = edit.insert_row(tx, _PLAN, values)
        if not divisions.copy_official(tx, plan_id, scope, progress):
            raise RequestError(texts.nothing_to_copy())
        copies = edit.read_where(
            tx.connection, "cell", ("base_cell_id",), "t.plan_id = ?", (plan_id,)
        )
        named = dict(zip(copies.columns["base_cell_id"], copies.columns["id"], strict=True))
        rule_carry.carry(tx, None, plan_id, named)
        made = get_plan(tx.connection, plan_id)
    return Outcome(made, opened.touched_by(tx), tx.id)


def approve(opened: Workspace, request: ApprovePlan, progress: Progress = quiet) -> Outcome[Plan]:
    """Approve a plan as it was seen, by a named person with a document.

    Raises:
        RequestError: the plan or the official division has changed since it was seen, the plan
            does not tile, it changes nothing, or a name, a document or a day is missing or wrong.
        WorkspaceError: the workspace cannot be written.
    """
    by = request.by.strip()
    if not by:
        raise RequestError(texts.approver_missing())
    on = request.on or today()
    with opened.reading() as reader:
        named = get_plan(reader, request.plan)
        paper = _find_document(reader, request.document)
    if paper is None and request.new_document is None:
        raise RequestError(texts.no_such_document(number=request.document))
    number = paper[1] if paper else request.document.strip()
    said = texts.approved_plan(name=named.name, document=number, by=by)
    with opened.transaction(said) as tx:
        plan = get_plan(tx.connection, named.id)
        ensure_state(plan, OPEN, texts.deed_approve())
        if plan.is_rehearsal:
            raise RequestError(texts.is_a_rehearsal(name=plan.name))
        found = plan_diff.compare(tx.connection, plan, progress)
        if found.fingerprint != request.fingerprint:
            raise RequestError(texts.changed_since_seen(name=plan.name))
        if found.official_changed:
            codes = ", ".join(found.official_changed)
            raise RequestError(texts.official_changed(name=plan.name, codes=codes))
        if found.is_empty:
            raise RequestError(texts.nothing_changes(name=plan.name))
        plan_checks.ensure_tiles(tx.connection, plan, texts.deed_approve())
        ensure_not_before(request.in_force_on, on)
        document_id = paper[0] if paper else _enter_document(tx, number, request.new_document)
        values = {
            "state": "approved",
            "document_id": document_id,
            "approved_by": by,
            "approved_on": on.isoformat(),
            "approved_fingerprint": found.fingerprint,
            "in_force_on": request.in_force_on.isoformat() if request.in_force_on else None,
        }
        edit.update_row(tx, _PLAN, plan.id, values)
        approved = get_plan(tx.connection, plan.id)
    return Outcome(approved, opened.touched_by(tx), tx.id)


def discard(opened: Workspace, request: DiscardPlan, _progress: Progress = quiet) -> Outcome[Plan]:
    """Give a plan up. Its cells stay in the file, as what was once considered.

    Raises:
        RequestError: there is no such plan, or it is in force or discarded already.
        WorkspaceError: the workspace cannot be written.
    """
    with opened.reading() as reader:
        plan = get_plan(reader, request.plan)
    said = texts.discarded_rehearsal if plan.is_rehearsal else texts.discarded_plan
    with opened.transaction(said(name=plan.name)) as tx:
        ensure_state(get_plan(tx.connection, plan.id), OPEN, texts.deed_discard())
        edit.update_row(tx, _PLAN, plan.id, {"state": "discarded"})
        given_up = get_plan(tx.connection, plan.id)
    return Outcome(given_up, opened.touched_by(tx), tx.id)


def keep_rehearsal(
    opened: Workspace, request: KeepRehearsal, _progress: Progress = quiet
) -> Outcome[Plan]:
    """Make a plan of a rehearsal.

    Raises:
        RequestError: there is no such rehearsal, it has ended, or the name is missing or taken.
        WorkspaceError: the workspace cannot be written.
    """
    with opened.reading() as reader:
        plan = get_plan(reader, request.plan)
    name = request.name.strip()
    with opened.transaction(texts.kept_rehearsal(name=plan.name, new=name)) as tx:
        if not plan.is_rehearsal:
            raise RequestError(texts.is_no_rehearsal(name=plan.name))
        ensure_state(get_plan(tx.connection, plan.id), OPEN, texts.deed_keep())
        _ensure_name(tx.connection, name, but=plan.id)
        edit.update_row(tx, _PLAN, plan.id, {"kind": "plan", "name": name})
        kept = get_plan(tx.connection, plan.id)
    return Outcome(kept, opened.touched_by(tx), tx.id)


def _find_document(reader: sqlite.Connection, number: str) -> tuple[str, str] | None:
    """Return (id, number) of a document by its number or id, None where there is none."""
    number = number.strip()
    if not number:
        raise RequestError(texts.document_missing())
    papers = rows.read_features(reader, _DOCUMENT, ["number"]).columns
    for id_, held in zip(papers["id"], papers["number"], strict=True):
        if number in (id_, held):
            return id_, held or id_
    return None


def _enter_document(tx: Transaction, number: str, new: NewDocument | None) -> str:
    told = new or NewDocument()
    values = {
        "number": number,
        "title": told.title,
        "signatory": told.signatory,
        "issued_on": told.issued_on.isoformat() if told.issued_on else None,
    }
    return edit.insert_row(tx, _DOCUMENT, values)


def _ensure_name(reader: sqlite.Connection, name: str, but: str = "") -> None:
    if not name:
        raise RequestError(texts.name_missing())
    if any(one.name == name and one.is_open and one.id != but for one in read_plans(reader)):
        raise RequestError(texts.name_taken(name=name))


def _find_communities(reader: sqlite.Connection, named: tuple[str, ...]) -> list[str | None] | None:
    if not named:
        return None
    known = rows.ids_by_name(reader, _COMMUNITY)
    for name in named:
        if name not in known:
            raise RequestError(texts.no_such_community(name=name))
    return [known[name] for name in dict.fromkeys(named)]
