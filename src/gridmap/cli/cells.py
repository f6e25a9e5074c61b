"""The verbs for cells: the same edits as with the tools on the map, cells named by code."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridmap.base.errors import RequestError
from gridmap.base.messages import Text
from gridmap.cli import cell_painting, cell_records
from gridmap.cli import cell_texts as texts
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.model import cell_edits
from gridmap.model.cell_edits import CellEdit, Measure
from gridmap.services import drawn, naming, workspaces
from gridmap.store.workspace import Workspace

if TYPE_CHECKING:
    from gridmap.services.cells import Edited
    from gridmap.services.effects import Effect

app = typer.Typer(
    help="单元网格 · Cells: split, merge, reshape, move, lineage, codes",
    rich_markup_mode=None,
    no_args_is_help=True,
)

cell_records.add_to(app)
cell_painting.add_to(app)

File = Annotated[Path, typer.Argument(help="工作库 · workspace file")]
Code = Annotated[str, typer.Argument(help="单元网格编码 · code of a cell")]
Codes = Annotated[list[str], typer.Argument(metavar="CODE...", help="编码 · codes of cells")]
Wkt = Annotated[str, typer.Option("--line", help="WKT LINESTRING, 工作库坐标 · workspace's CRS")]
Ring = Annotated[str, typer.Option("--ring", help="WKT POLYGON, 工作库坐标 · workspace's CRS")]
Plan = Annotated[str | None, typer.Option("--plan", help="在方案里改 · edit this plan")]
Document = Annotated[str | None, typer.Option("--document", help="批文 · number of the document")]
On = Annotated[str | None, typer.Option("--on", help="生效日期 · since when: 2026-11-20")]
Across = Annotated[bool, typer.Option("--across", help="允许跨社区 · across communities")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]


@app.command()
def split(
    file: File,
    code: Code,
    line: Annotated[str | None, typer.Option("--line", help="WKT LINESTRING")] = None,
    parts: Annotated[int | None, typer.Option(help="份数 · into how many parts")] = None,
    by: Annotated[Measure, typer.Option(help="均分什么 · equal what")] = "area",
    plan: Plan = None,
    document: Document = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """拆分 · Split a cell by a line, or into parts of equal area or households."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        if (line is None) == (parts is None):
            raise RequestError(texts.line_or_parts())
        cell = _find(ws, plan, code)[0]
        edit: CellEdit
        if line is not None:
            edit = cell_edits.Split((cell,), drawn.parse_line(line))
        else:
            edit = cell_edits.SplitParts(cell, parts or 0, by)
        _do(ws, edit, plan, document, on, as_json)


@app.command()
def merge(
    file: File,
    codes: Codes,
    plan: Plan = None,
    document: Document = None,
    on: On = None,
    across: Across = False,
    as_json: Json = False,
) -> None:
    """合并 · Make one cell of adjacent ones."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        edit = cell_edits.Merge(_find(ws, plan, *codes))
        _do(ws, edit, plan, document, on, as_json, across=across)


@app.command()
def reshape(
    file: File,
    code: Code,
    line: Wkt,
    other: Annotated[str | None, typer.Argument(help="邻格 · code of the neighbour")] = None,
    plan: Plan = None,
    document: Document = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """重划边界 · Let the border between two cells follow a line."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        found = _find(ws, plan, code, *([other] if other else []))
        neighbour = found[1] if other else None
        edit = cell_edits.Reshape(found[0], neighbour, drawn.parse_line(line))
        _do(ws, edit, plan, document, on, as_json)


@app.command()
def move(
    file: File,
    from_: Annotated[str, typer.Option("--from", help="顶点 · the vertex: east,north")],
    to: Annotated[str, typer.Option(help="移到 · where to: east,north")],
    plan: Plan = None,
    document: Document = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """移动顶点 · Move a vertex; every cell that has it follows."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        edit = cell_edits.MoveVertex(drawn.parse_xy(from_), drawn.parse_xy(to))
        _do(ws, edit, plan, document, on, as_json)


@app.command("move-border")
def move_border(
    file: File,
    code: Code,
    by: Annotated[str, typer.Option(help="移动多少 · the way: east,north")],
    other: Annotated[str | None, typer.Argument(help="邻格 · code of the neighbour")] = None,
    plan: Plan = None,
    document: Document = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """移动边界 · Move the border that two cells share, or a cell's outer border."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        found = _find(ws, plan, code, *([other] if other else []))
        neighbour = found[1] if other else None
        edit = cell_edits.MoveBorder(found[0], neighbour, drawn.parse_xy(by))
        _do(ws, edit, plan, document, on, as_json)


@app.command("add-vertex")
def add_vertex(
    file: File,
    at: Annotated[str, typer.Option(help="位置 · where: east,north")],
    to: Annotated[str | None, typer.Option(help="移到 · and move it to: east,north")] = None,
    plan: Plan = None,
    document: Document = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """加顶点 · Put a vertex on the nearest border."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        edit = cell_edits.AddVertex(drawn.parse_xy(at), drawn.parse_xy(to) if to else None)
        _do(ws, edit, plan, document, on, as_json)


@app.command("delete-vertex")
def delete_vertex(
    file: File,
    at: Annotated[str, typer.Option(help="位置 · where: east,north")],
    plan: Plan = None,
    document: Document = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """删顶点 · Take a vertex out of every cell that has it."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        edit = cell_edits.DeleteVertex(drawn.parse_xy(at))
        _do(ws, edit, plan, document, on, as_json)


@app.command("hand-over")
def hand_over(
    file: File,
    code: Code,
    line: Annotated[str, typer.Option("--line", help="WKT LINESTRING | POLYGON")],
    to: Annotated[str | None, typer.Argument(help="给谁 · code of the neighbour")] = None,
    plan: Plan = None,
    document: Document = None,
    on: On = None,
    across: Across = False,
    as_json: Json = False,
) -> None:
    """划给邻格 · Give the part that a line or ring cuts off to a neighbour."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        found = _find(ws, plan, code, *([to] if to else []))
        taker = found[1] if to else None
        edit = cell_edits.HandOver(found[0], taker, drawn.parse_line(line))
        _do(ws, edit, plan, document, on, as_json, across=across)


@app.command()
def carve(
    file: File,
    ring: Ring,
    plan: Plan = None,
    document: Document = None,
    on: On = None,
    across: Across = False,
    as_json: Json = False,
) -> None:
    """划出 · Make a new cell of the ground within a ring."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        edit = cell_edits.Carve(drawn.parse_line(ring))
        _do(ws, edit, plan, document, on, as_json, across=across)


@app.command()
def extend(
    file: File,
    ring: Ring,
    code: Annotated[str | None, typer.Argument(help="编码；不给时新建 · none: a new cell")] = None,
    plan: Plan = None,
    document: Document = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """向外扩展 · Add ground that no cell covers to a cell, or make a new cell of it."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        cell = _find(ws, plan, code)[0] if code else None
        edit = cell_edits.Extend(drawn.parse_line(ring), cell)
        _do(ws, edit, plan, document, on, as_json)


def _find(ws: Workspace, plan: str | None, *codes: str) -> tuple[str, ...]:
    return naming.find_cells(ws, codes, naming.find_plan(ws, plan) if plan else None)


def _do(
    ws: Workspace,
    edit: CellEdit,
    plan: str | None,
    document: str | None,
    on: str | None,
    as_json: bool,
    *,
    across: bool = False,
) -> None:
    from gridmap.services import cells

    request = cells.EditCells(
        edit,
        naming.find_plan(ws, plan) if plan else None,
        naming.find_document(ws, document) if document else None,
        on,
        across,
    )
    outcome = cells.edit_cells(ws, request, terminal_progress())
    edited = outcome.value
    told = {
        "intention": edited.intention,
        "transaction": outcome.transaction,
        "ended": [edited.codes[key] for key in edited.gone],
        "new": [edited.codes[key] for key in edited.new],
        "changed": [edited.codes[key] for key in edited.changed],
        "cells": [_effect_json(one, edited.codes[one.key]) for one in edited.effects],
    }
    show(as_json, told, lambda: _lines(edited))


def _effect_json(effect: "Effect", code: str | None) -> dict[str, Any]:
    return {
        "id": effect.key,
        "code": code,
        "area_m2_before": effect.area_m2_before,
        "area_m2_after": effect.area_m2_after,
        "households_before": effect.households_before,
        "households_after": effect.households_after,
        "over": effect.is_over,
        "under": effect.is_under,
        "overloaded": effect.is_overloaded,
    }


def _lines(edited: "Edited") -> Iterator[Text | str]:
    yield edited.intention
    for one in edited.effects:
        code = edited.codes[one.key] or one.key
        people = "?" if one.households_after is None else one.households_after
        if one.area_m2_after is None:
            yield texts.cell_gone(code=code)
            continue
        if one.area_m2_before is None:
            yield texts.cell_new(code=code, area_m2=one.area_m2_after, households=people)
        else:
            yield texts.cell_changed(
                code=code,
                before_m2=one.area_m2_before,
                area_m2=one.area_m2_after,
                households=people,
            )
        warnings = (
            (one.is_over, texts.is_over),
            (one.is_under, texts.is_under),
            (one.is_overloaded, texts.is_overloaded),
        )
        yield from (warning() for is_so, warning in warnings if is_so)
