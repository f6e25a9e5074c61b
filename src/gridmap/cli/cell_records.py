"""The verbs for what is known of cells: lineage, codes, responsibility grids."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridmap.base.messages import Text
from gridmap.cli import cell_texts as texts
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.services import naming, workspaces

if TYPE_CHECKING:
    from gridmap.services.lineage import Step

File = Annotated[Path, typer.Argument(help="工作库 · workspace file")]
Plan = Annotated[str | None, typer.Option("--plan", help="在方案里改 · edit this plan")]
Document = Annotated[str | None, typer.Option("--document", help="批文 · number of the document")]
On = Annotated[str | None, typer.Option("--on", help="生效日期 · since when: 2026-11-20")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]
_Lines = Iterator[Text | str]


def add_to(app: typer.Typer) -> None:
    """Add the verbs to those of the cells."""
    app.command("lineage")(lineage)
    app.command("old-to-new")(old_to_new)
    app.command("renumber")(renumber)
    app.command("mark-codes")(mark_codes)
    app.command("group")(group)


def lineage(
    file: File,
    code: Annotated[str, typer.Argument(help="编码，也可以是已终止的 · code, also an ended one")],
    as_json: Json = False,
) -> None:
    """沿革 · From which cells a cell came, what became of it, when, by which paper."""
    from gridmap.services import lineage as service

    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        found = service.cell_lineage(ws, code, terminal_progress()).value
        told = {
            "code": found.cell.code,
            "id": found.cell.id,
            "valid_from": found.cell.valid_from,
            "valid_to": found.cell.valid_to,
            "area_m2": round(found.cell.area_m2, 3),
            "document": found.document,
            "from": [_step_json(step) for step in found.origins],
            "to": [_step_json(step) for step in found.heirs],
            "redrawn": [
                {"at": one.at, "author": one.author, "intention": str(one.intention)}
                for one in found.redrawn
            ],
        }

        def lines() -> _Lines:
            yield texts.cell_told(
                code=found.cell.code,
                since=found.cell.valid_from or "?",
                until=found.cell.valid_to or "…",
                document=found.document or "-",
            )
            yield from (_step_line(step) for step in (*found.origins, *found.heirs))
            yield from (f"  {one.at}  {one.author}  {one.intention}" for one in found.redrawn)

        show(as_json, told, lines)


def _step_json(step: "Step") -> dict[str, Any]:
    return {
        "old": step.source.code,
        "new": step.target.code,
        "kind": step.kind,
        "on": step.on,
        "document": step.document,
        "shared_m2": round(step.shared_m2, 3),
        "generation": step.generation,
    }


def _step_line(step: "Step") -> Text:
    return texts.step_told(
        old=step.source.code,
        new=step.target.code,
        kind=step.kind_words,
        on=step.on or "?",
        document=step.document or "-",
        shared_m2=step.shared_m2,
    )


def old_to_new(
    file: File,
    target: Annotated[Path, typer.Argument(help="OUT.csv | OUT.xlsx")],
    since: Annotated[str | None, typer.Option(help="从哪天起 · the first day")] = None,
    until: Annotated[str | None, typer.Option(help="到哪天止 · the last day")] = None,
    document: Document = None,
    as_json: Json = False,
) -> None:
    """新旧编码对照表 · Write the table of old and new codes."""
    from gridmap.services import lineage as service

    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        paper = naming.find_document(ws, document) if document else None
        request = service.OldToNew(since, until, paper)
        count = service.export_old_to_new(ws, target, request, terminal_progress()).value
        told = {"path": str(target), "rows": count}
        show(as_json, told, lambda: iter([texts.table_written(path=str(target), rows=count)]))


def renumber(
    file: File,
    community: Annotated[str, typer.Argument(help="社区代码或名称 · code or name")],
    every: Annotated[
        bool, typer.Option("--every", help="全部重编 · also those with good codes")
    ] = False,
    plan: Plan = None,
    document: Document = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """编码 · Give codes in Beijing's order: west to east, north to south."""
    from gridmap.services import renumbering as service

    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        request = service.Renumber(
            naming.find_community(ws, community),
            naming.find_plan(ws, plan) if plan else None,
            every,
            naming.find_document(ws, document) if document else None,
            on,
        )
        outcome = service.renumber(ws, request, terminal_progress())
        told = {"codes": outcome.value, "transaction": outcome.transaction}
        show(as_json, told, lambda: (f"{old} → {new}" for old, new in outcome.value.items()))


def mark_codes(file: File, as_json: Json = False) -> None:
    """标注编码规则 · Mark which scheme each code follows."""
    from gridmap.services import renumbering as service

    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        counts = service.mark_codes(ws, terminal_progress()).value
        show(as_json, counts, lambda: (f"{mark:16}{count:>8,}" for mark, count in counts.items()))


def group(
    file: File,
    codes: Annotated[list[str], typer.Argument(metavar="CODE...", help="编码 · codes of cells")],
    grid: Annotated[str | None, typer.Option(help="改这个责任网格 · an existing grid")] = None,
    name: Annotated[str | None, typer.Option(help="名称 · name")] = None,
    as_json: Json = False,
) -> None:
    """编组责任网格 · Make a responsibility grid of one to five adjacent cells."""
    from gridmap.services import grouping as service

    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        request = service.GroupCells(
            naming.find_cells(ws, codes, None),
            naming.find_grid(ws, grid) if grid else None,
            name,
        )
        outcome = service.group_cells(ws, request, terminal_progress())
        told = {"grid": outcome.value, "transaction": outcome.transaction}
        show(as_json, told, lambda: iter([texts.grouped(grid=outcome.value, cells=len(codes))]))
