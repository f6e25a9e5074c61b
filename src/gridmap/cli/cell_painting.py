"""Verbs that give buildings and blocks to a cell, lock cells, and tell what nobody has."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from gridmap.base.errors import RequestError
from gridmap.base.messages import Text
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.model.cell_edits import Assign
from gridmap.services import drawn, naming, workspaces
from gridmap.services import painting_texts as texts

File = Annotated[Path, typer.Argument(help="工作库 · workspace file")]
Code = Annotated[str, typer.Argument(help="单元网格编码 · code of a cell")]
Codes = Annotated[list[str], typer.Argument(metavar="CODE...", help="编码 · codes of cells")]
Plan = Annotated[str | None, typer.Option("--plan", help="在方案里改 · edit this plan")]
Document = Annotated[str | None, typer.Option("--document", help="批文 · number of the document")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]


def add_to(app: typer.Typer) -> None:
    """Add the verbs to those of the cells."""
    app.command("paint")(paint)
    app.command("lock")(lock)
    app.command("unassigned")(unassigned)


def paint(
    file: File,
    code: Code,
    ring: Annotated[list[str] | None, typer.Option(help="WKT POLYGON: 地块 · a block")] = None,
    building: Annotated[list[str] | None, typer.Option(help="建筑编号 · id of a building")] = None,
    plan: Plan = None,
    document: Document = None,
    as_json: Json = False,
) -> None:
    """划入 · Give buildings (with the ground around them) or blocks to a cell."""
    from gridmap.services import cells, painting

    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        if not (ring or building):
            raise RequestError(texts.ring_or_building())
        division = naming.find_plan(ws, plan) if plan else None
        (cell,) = naming.find_cells(ws, [code], division)
        patches = tuple(drawn.parse_line(one) for one in ring or ())
        patches += painting.outlines_of(ws, building or ())
        edit = Assign(patches, cell)
        paper = naming.find_document(ws, document) if document else None
        request = cells.EditCells(edit, division, paper)
        outcome = cells.edit_cells(ws, request, terminal_progress())
        told = {
            "intention": str(outcome.value.intention),
            "transaction": outcome.transaction,
            "changed": [outcome.value.codes[key] for key in outcome.value.changed],
        }
        show(as_json, told, lambda: iter([outcome.value.intention]))


def lock(
    file: File,
    codes: Codes,
    unlock: Annotated[bool, typer.Option("--unlock", help="解锁 · let them go again")] = False,
    plan: Plan = None,
    as_json: Json = False,
) -> None:
    """锁定 · Lock cells, so that no edit changes them."""
    from gridmap.services import locking

    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        division = naming.find_plan(ws, plan) if plan else None
        found = naming.find_cells(ws, codes, division)
        request = locking.LockCells(found, locked=not unlock)
        count = locking.lock_cells(ws, request, terminal_progress()).value
        said = texts.unlocked_count(count=count) if unlock else texts.locked_count(count=count)
        show(as_json, {"changed": count}, lambda: iter([said]))


def unassigned(
    file: File,
    grids: Annotated[
        bool, typer.Option("--grids", help="不属于责任网格的单元网格 · cells in no grid")
    ] = False,
    plan: Plan = None,
    as_json: Json = False,
) -> None:
    """未划入 · List the buildings in no cell, or the cells in no responsibility grid."""
    from gridmap.services import strays

    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        division = naming.find_plan(ws, plan) if plan else None
        found = strays.find_strays(
            ws, "cell" if grids else "building", division, terminal_progress()
        ).value
        told = {
            "unassigned": [
                {
                    "table": one.table,
                    "id": one.id,
                    "name": one.name,
                    "households": one.households,
                    "xy": list(one.xy),
                }
                for one in found
            ]
        }

        def lines() -> Iterator[Text | str]:
            yield texts.strays_found(count=len(found))
            for one in found:
                yield f"  {one.id}  {one.name}  {one.households or 0}"

        show(as_json, told, lines)
