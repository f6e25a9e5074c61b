"""The verbs for the rules of a division: check, mend, accept; and for borders that came in torn."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridmap.base.errors import RequestError
from gridmap.base.messages import Text
from gridmap.cli import rule_texts as texts
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.services import naming, workspaces
from gridmap.store.workspace import Workspace

if TYPE_CHECKING:
    from gridmap.services.border_mends import MendedBorders
    from gridmap.services.rule_findings import Finding
    from gridmap.services.rule_mends import Mended

File = Annotated[Path, typer.Argument(help="工作库 · workspace file")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]
_SHOWN = 20
_PERSON_NEEDED = 3


def rules(
    file: File,
    community: Annotated[
        str | None, typer.Option("--community", help="只看一个社区 · code or name of one community")
    ] = None,
    plan: Annotated[str | None, typer.Option("--plan", help="检查方案 · check this plan")] = None,
    mend: Annotated[
        bool, typer.Option("--mend", help="修补能可靠修补的 · mend what has a sure mend")
    ] = False,
    accept: Annotated[
        str | None, typer.Option("--accept", help="认可一处（指纹）· accept one, by fingerprint")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="认可的理由 · why it is accepted")] = "",
    withdraw: Annotated[
        str | None, typer.Option("--withdraw", help="取消认可（指纹）· accept one no longer")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", help="批文 · number of the document")
    ] = None,
    as_json: Json = False,
) -> None:
    """检查划分规则 · Check the rules of a division: gaps, overlaps, buildings, areas, codes."""
    from gridmap.services import rules as service  # late: with all that it reads

    is_writing = mend or accept is not None or withdraw is not None
    with exit_codes(as_json), workspaces.open_existing(file, read_only=not is_writing) as ws:
        division = naming.find_plan(ws, plan) if plan else None
        request = service.CheckRules(division, community)
        found = service.check_rules(ws, request, terminal_progress()).value
        mended = _mend(ws, found, division, document) if mend else None
        if accept is not None:
            service.accept(ws, service.AcceptFinding(_named(found, accept), reason, division))
        if withdraw is not None:
            service.withdraw(ws, service.WithdrawAcceptance(_named(found, withdraw), division))
        if is_writing:
            found = service.check_rules(ws, request, terminal_progress()).value
        counts = service.count_open(found)
        told = {
            "findings": [_finding_json(one) for one in found],
            "errors": counts["error"],
            "warnings": counts["warning"],
            "infos": counts["info"],
            "accepted": sum(not one.is_open for one in found),
        }
        if mended is not None:
            told["mended"] = len(mended.done)
            told["not_mended"] = [str(why) for _, why in mended.left]
        show(as_json, told, lambda: _lines(found, counts, mended))
    if counts["error"]:
        raise typer.Exit(_PERSON_NEEDED)


def _mend(
    ws: Workspace, found: "list[Finding]", division: str | None, document: str | None
) -> "Mended":
    from gridmap.services import rule_mends

    sure = tuple(one for one in found if one.is_open and one.mend is not None)
    if not sure:
        return rule_mends.Mended((), ())
    document_id = naming.find_document(ws, document) if document else None
    request = rule_mends.MendFindings(sure, division, document_id)
    return rule_mends.mend(ws, request, terminal_progress()).value


def _named(found: "list[Finding]", fingerprint: str) -> "Finding":
    for one in found:
        if one.fingerprint == fingerprint:
            return one
    raise RequestError(texts.no_such_finding(fingerprint))


def _finding_json(one: "Finding") -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": one.severity,
        "text": str(one.text),
        "xy": one.xy,
        "table": one.table,
        "id": one.row_id,
        "other": one.other_id or None,
        "community": one.community_id,
        "measure": round(one.measure, 3),
        "mend": one.mend,
        "accepted": one.accepted,
        "fingerprint": one.fingerprint,
    }


def _lines(
    found: "list[Finding]", counts: dict[str, int], mended: "Mended | None"
) -> Iterator[Text | str]:
    from gridmap.services.rule_findings import RULES

    severities = {"error": texts.error(), "warning": texts.warning(), "info": texts.info()}
    if mended is not None:
        yield texts.mended(len(mended.done), len(mended.left))
        yield from (texts.not_mended(why) for _, why in mended.left[:_SHOWN])
    for rule, name in RULES.items():
        some = [one for one in found if one.rule == rule]
        if not some:
            continue
        yield texts.rule_count(name, len(some))
        for one in some[:_SHOWN]:
            if one.accepted is not None:
                yield texts.accepted_finding(one.accepted, one.text)
            else:
                yield texts.finding(severities[one.severity], one.text, *one.xy, one.fingerprint)
        if len(some) > _SHOWN:
            yield texts.more_findings(len(some) - _SHOWN)
    accepted = sum(not one.is_open for one in found)
    yield texts.summed_up(counts["error"], counts["warning"], counts["info"], accepted)


def mend(
    file: File,
    layer: Annotated[str, typer.Option(help="图层 · community, cell or compound")] = "community",
    max_gap: Annotated[
        float, typer.Option("--max-gap", help="缝隙最宽多少米算画偏了 · metres")
    ] = 1.0,
    plan: Annotated[str | None, typer.Option("--plan", help="修补方案的网格 · a plan's")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试不写 · write nothing")] = False,
    as_json: Json = False,
) -> None:
    """修补边界 · Mend the torn borders of an imported layer: gaps, overlaps, vertices."""
    from gridmap.services import border_mends  # late: with all that it reads

    with exit_codes(as_json), workspaces.open_existing(file, read_only=dry_run) as ws:
        division = naming.find_plan(ws, plan) if plan else None
        request = border_mends.MendBorders(layer, max_gap, division, dry_run=dry_run)
        done = border_mends.mend_borders(ws, request, terminal_progress()).value
        told = {
            "layer": layer,
            "torn_before": done.torn_before,
            "mended": [
                {"id": one.id, "name": one.name, "area_m2": round(one.area_m2, 3), "xy": one.xy}
                for one in done.mended
            ],
            "left": [
                {"ids": one.ids, "names": one.names, "why": one.why, "xy": one.xy}
                for one in done.left
            ],
            "dry_run": dry_run,
        }
        show(as_json, told, lambda: _mended_lines(layer, done))
    if done.left:
        raise typer.Exit(_PERSON_NEEDED)


def _mended_lines(layer: str, done: "MendedBorders") -> Iterator[Text | str]:
    yield texts.borders_mended(layer, done.torn_before, len(done.mended), len(done.left))
    for one in done.mended[:_SHOWN]:
        yield texts.border_mended(one.name, one.area_m2, *one.xy)
    if len(done.mended) > _SHOWN:
        yield texts.more_findings(len(done.mended) - _SHOWN)
    for left in done.left[:_SHOWN]:
        yield texts.border_left(", ".join(left.names), *left.xy, left.why)
