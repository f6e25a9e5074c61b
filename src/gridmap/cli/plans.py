"""The verbs about plans: made, compared, approved, put in force; and rehearsals."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from gridmap.base.errors import DecisionNeeded, RequestError
from gridmap.base.messages import Text
from gridmap.cli import plan_texts as texts
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.services import plan_diff, plans, workspaces
from gridmap.services import plan_texts as said
from gridmap.services.plan_diff import PlanDiff
from gridmap.services.plan_records import Plan, parse_day

app = typer.Typer(
    help="划分方案与演练 · Plans beside the official division, and rehearsals",
    no_args_is_help=True,
)

File = Annotated[Path, typer.Argument(help="工作库 · workspace file")]
Name = Annotated[str, typer.Argument(metavar="PLAN", help="方案的名称或编号 · name or id")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]
Day = Annotated[str | None, typer.Option("--on", help="日期 · day, 2026-11-24")]
Lines = Iterator[Text | str]
_SHOWN = 40


@app.command("new")
def new(
    file: File,
    name: Annotated[str, typer.Argument(help="方案名称 · name of the plan")] = "",
    community: Annotated[
        list[str] | None,
        typer.Option("--community", help="社区名称或编码，可多次 · name or code, again and again"),
    ] = None,
    rehearsal: Annotated[bool, typer.Option("--rehearsal", help="演练 · a rehearsal")] = False,
    as_json: Json = False,
) -> None:
    """新建方案 · Copy official cells into a plan, to be edited freely."""
    with exit_codes(as_json):
        kind: plans.PlanKind = "rehearsal" if rehearsal else "plan"
        request = plans.NewPlan(name, tuple(community or ()), kind)
        with workspaces.open_existing(file) as ws:
            made = plans.new_plan(ws, request, terminal_progress()).value
        show(as_json, _plan_json(made), lambda: iter([texts.made_plan(made.name, made.id)]))


@app.command("list")
def list_verb(file: File, as_json: Json = False) -> None:
    """列出方案 · All plans, the latest first."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        found = plans.list_plans(ws).value

        def lines() -> Lines:
            if not found:
                yield said.no_plan_yet()
            for one in found:
                yield texts.plan_line(
                    one.name, one.kind_name, one.state_name, one.made_on or "-", one.id
                )
                if one.approved_by:
                    yield texts.plan_approval(
                        one.approved_by, one.document, one.approved_on or "-", _force_day(one)
                    )

        show(as_json, {"plans": [_plan_json(one) for one in found]}, lines)


@app.command("diff")
def diff(file: File, plan: Name, as_json: Json = False) -> None:
    """比较方案和现行划分 · Which cells change, which households move."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        found = plan_diff.diff(ws, plan_diff.DiffPlan(plan), terminal_progress()).value
        show(as_json, _diff_json(found), lambda: _diff_lines(found))


@app.command("approve")
def approve(
    file: File,
    plan: Name,
    by: Annotated[str, typer.Option("--by", help="批准人 · who approves")],
    document: Annotated[str, typer.Option("--document", help="批文文号 · its number")],
    seen: Annotated[
        str | None, typer.Option("--seen", help="比较结果的指纹 · what plan diff told")
    ] = None,
    on: Day = None,
    in_force_on: Annotated[
        str | None, typer.Option("--in-force-on", help="拟实施日期 · to be in force from")
    ] = None,
    signatory: Annotated[
        str | None,
        typer.Option("--signatory", help="新批文的签发人 · enters a new document, signed by"),
    ] = None,
    issued_on: Annotated[
        str | None, typer.Option("--issued-on", help="新批文的签发日期 · and issued on")
    ] = None,
    as_json: Json = False,
) -> None:
    """批准方案 · Approve a plan as it was seen, by a named person with a document."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        if seen is None:
            found = plan_diff.diff(ws, plan_diff.DiffPlan(plan), terminal_progress()).value
            if not as_json:
                show(False, {}, lambda: _diff_lines(found))
            raise DecisionNeeded(said.look_first(found.plan.name, found.fingerprint))
        request = plans.ApprovePlan(
            plan,
            by,
            document,
            seen,
            parse_day(on) if on else None,
            parse_day(in_force_on) if in_force_on else None,
            _new_document(signatory, issued_on),
        )
        done = plans.approve(ws, request, terminal_progress()).value
        show(as_json, _plan_json(done), lambda: iter([texts.approved(done.name, _force_day(done))]))


@app.command("in-force")
def in_force(file: File, plan: Name, on: Day = None, as_json: Json = False) -> None:
    """实施方案 · Make an approved plan the official division, in one transaction."""
    from gridmap.services import plan_force  # late: with all that follows an edit of cells

    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        request = plan_force.PutInForce(plan, parse_day(on) if on else None)
        outcome = plan_force.put_in_force(ws, request, terminal_progress())
        done = outcome.value
        told = {
            **_plan_json(done.plan),
            "reshaped": len(done.reshaped),
            "ended": len(done.ended),
            "new": sorted(done.new.values()),
            "transaction": outcome.transaction,
        }

        def lines() -> Lines:
            yield texts.in_force(
                done.plan.name,
                done.plan.in_force_on or "",
                len(done.reshaped),
                len(done.ended),
                len(done.new),
            )
            yield from sorted(done.new.values())[:_SHOWN]

        show(as_json, told, lines)


@app.command("update")
def update(file: File, plan: Name, as_json: Json = False) -> None:
    """把现行划分的新改动并入方案 · Bring official changes made since into a plan."""
    from gridmap.services import plan_merge  # late: with the merge of borders

    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        done = plan_merge.update_plan(ws, plan_merge.UpdatePlan(plan), terminal_progress()).value
        told = {**_plan_json(done.plan), "changed": done.changed}
        show(as_json, told, lambda: iter([texts.updated(done.plan.name, done.changed)]))


@app.command("discard")
def discard(file: File, plan: Name, as_json: Json = False) -> None:
    """废弃方案或结束演练 · Give a plan or a rehearsal up."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        done = plans.discard(ws, plans.DiscardPlan(plan), terminal_progress()).value
        show(as_json, _plan_json(done), lambda: iter([texts.discarded(done.name)]))


@app.command("keep")
def keep(
    file: File,
    plan: Name,
    name: Annotated[str, typer.Argument(help="方案名称 · name of the plan")],
    as_json: Json = False,
) -> None:
    """把演练转为方案 · Keep a rehearsal as a plan."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        request = plans.KeepRehearsal(plan, name)
        done = plans.keep_rehearsal(ws, request, terminal_progress()).value
        show(as_json, _plan_json(done), lambda: iter([texts.kept(done.name)]))


def _new_document(signatory: str | None, issued_on: str | None) -> plans.NewDocument | None:
    if signatory is None and issued_on is None:
        return None
    return plans.NewDocument(signatory, parse_day(issued_on) if issued_on else None)


def _force_day(plan: Plan) -> str:
    return plan.in_force_on or "-"


def _plan_json(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "name": plan.name,
        "kind": plan.kind,
        "state": plan.state,
        "made_on": plan.made_on,
        "approved_by": plan.approved_by,
        "approved_on": plan.approved_on,
        "document": plan.document or None,
        "in_force_on": plan.in_force_on,
    }


def _diff_json(found: PlanDiff) -> dict[str, Any]:
    codes = {one.official_id: one.code for one in found.changes}
    targets = {one.plan_id: one.code for one in found.changes}
    return {
        "plan": found.plan.name,
        "fingerprint": found.fingerprint,
        "unchanged": found.unchanged,
        "area_moved_m2": round(found.area_moved_m2, 3),
        "households_moved": found.households_moved,
        "official_changed": list(found.official_changed),
        "cells": [
            {
                "change": one.deed,
                "code": one.code,
                "name": one.name,
                "area_m2_before": one.area_m2_before,
                "area_m2_after": one.area_m2_after,
                "households_before": one.households_before,
                "households_after": one.households_after,
                "xy": one.xy,
            }
            for one in found.changes
        ],
        "moved": [
            {
                "from": codes.get(one.source),
                "to": targets.get(one.target),
                "area_m2": round(one.area_m2, 3),
                "households": one.households,
            }
            for one in found.flows
        ],
    }


def _diff_lines(found: PlanDiff) -> Lines:
    yield texts.diff_head(
        found.plan.name,
        found.count("reshaped") + found.count("described"),
        found.count("ended"),
        found.count("new"),
        found.unchanged,
    )
    for one in found.changes[:_SHOWN]:
        yield texts.diff_line(
            _DEEDS[one.deed](),
            one.code,
            _number(one.area_m2_before),
            _number(one.area_m2_after),
            _number(one.households_before),
            _number(one.households_after),
        )
    if len(found.changes) > _SHOWN:
        yield texts.more_changes(len(found.changes) - _SHOWN)
    yield texts.diff_moved(found.area_moved_m2, found.households_moved)
    if found.official_changed:
        yield texts.diff_stale(", ".join(found.official_changed))
    yield texts.diff_fingerprint(found.fingerprint)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"


_DEEDS = {
    "reshaped": texts.deed_reshaped,
    "described": texts.deed_described,
    "ended": texts.deed_ended,
    "new": texts.deed_new,
}


def notice(
    file: File,
    target: Annotated[Path, typer.Argument(help="OUT.pdf")],
    plan: Annotated[str | None, typer.Option("--plan", help="方案 · name or id")] = None,
    document: Annotated[str | None, typer.Option("--document", help="批文文号 · number")] = None,
    transaction: Annotated[
        str | None, typer.Option("--transaction", help="一次操作 · id of a transaction")
    ] = None,
    as_json: Json = False,
) -> None:
    """变更通知 · Print what changed: maps before and after, old and new cells, the paper."""
    from gridmap.services import notice_texts, notices  # late: with Qt

    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        if sum(one is not None for one in (plan, document, transaction)) != 1:
            raise RequestError(notice_texts.one_subject())
        subject = notices.NoticeSubject(plan, document, transaction)
        request = notices.NoticeRequest(target, subject)
        done = notices.write_notice(ws, request, terminal_progress()).value
        told = {"path": str(done.path), "pages": done.pages, "rows": done.rows}
        said = texts.notice_written(path=str(done.path), pages=done.pages)
        show(as_json, told, lambda: iter([said]))
