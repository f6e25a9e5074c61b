"""What the command line asks about the past, and the verb that brings rows back from there."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from gridmap.base.messages import Text, Wording
from gridmap.cli import texts
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.services import as_of, workspaces
from gridmap.services import bring_back as service

AsOf = Annotated[str | None, typer.Option("--as-of", help="某一天的样子 · as on a day: 2026-11-20")]


def moment(given: str | None) -> datetime | None:
    """Return the moment that was asked for, None for the present."""
    return as_of.parse_moment(given) if given else None


def bring_back(
    file: Annotated[Path, typer.Argument(help="工作库 · workspace file")],
    table: Annotated[str, typer.Argument(help="图层 · table")],
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="编号 · ids")],
    day: Annotated[str, typer.Option("--as-of", help="哪一天 · the day: 2026-11-20")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试不写 · write nothing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")] = False,
) -> None:
    """恢复成某一天的样子 · Bring rows back as they were, and what must come along."""
    with exit_codes(as_json):
        request = service.BringBackRequest(table, tuple(ids), as_of.parse_moment(day))
        with workspaces.open_existing(file, read_only=dry_run) as ws:
            act = service.plan_bring_back if dry_run else service.bring_back
            outcome = act(ws, request, terminal_progress())
        told = {
            "dry_run": dry_run,
            "transaction": outcome.transaction,
            "steps": [_json(step) for step in outcome.value.steps],
        }
        show(as_json, told, lambda: _lines(outcome.value, dry_run=dry_run))


def _json(step: service.Step) -> dict[str, Any]:
    return {
        "table": step.table,
        "id": step.id,
        "name": step.name,
        "deed": step.deed,
        "asked": step.is_asked,
    }


def _lines(plan: service.BringBackPlan, *, dry_run: bool) -> Iterator[Text | str]:
    told = texts.would_bring_back if dry_run else texts.brought_back
    yield told(count=len(plan.steps))
    for step in plan.steps:
        described = TABLE_BY_NAME[step.table]
        table = Wording(described.zh, described.en)
        mark = "→" if step.is_asked else " "
        yield f"{mark} {_DEEDS[step.deed](table=table, name=step.name)}"


_DEEDS = {
    "restore": texts.row_restored,
    "reinsert": texts.row_reinserted,
    "reshape": texts.row_reshaped,
    "end": texts.row_ended,
    "remove": texts.row_removed,
}
