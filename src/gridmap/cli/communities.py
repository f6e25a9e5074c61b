"""The verbs for communities: draw one, and lay out its first cells."""

from pathlib import Path
from typing import Annotated

import typer

from gridmap.cli import community_texts as texts
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.services import communities, drawn, layout, naming, workspaces

app = typer.Typer(
    help="社区 · Communities: draw one, lay out its first cells",
    rich_markup_mode=None,
    no_args_is_help=True,
)

File = Annotated[Path, typer.Argument(help="工作库 · workspace file")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]


@app.command()
def draw(
    file: File,
    name: Annotated[str, typer.Argument(help="名称 · name")],
    code: Annotated[str, typer.Argument(help="12 位编码 · code of 12 digits")],
    ring: Annotated[str, typer.Option("--ring", help="WKT POLYGON, 工作库坐标 · workspace's CRS")],
    as_json: Json = False,
) -> None:
    """新画社区 · Draw a community on ground that no other one has."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        request = communities.DrawCommunity(drawn.parse_line(ring), name, code)
        new = communities.draw_community(ws, request, terminal_progress()).value
        said = texts.community_drawn(community=name)
        show(as_json, {"id": new, "name": name, "code": code}, lambda: iter([said]))


@app.command("lay-out")
def lay_out(
    file: File,
    community: Annotated[str, typer.Argument(help="社区名称或编码 · name or code")],
    whole: Annotated[bool, typer.Option("--whole", help="整个作为一格 · as one cell")] = False,
    smallest: Annotated[
        float, typer.Option(help="小于这个面积的街坊并入邻格 · join smaller blocks, m²")
    ] = 3_000.0,
    document: Annotated[
        str | None, typer.Option("--document", help="批文 · number of the document")
    ] = None,
    as_json: Json = False,
) -> None:
    """划分社区 · Make the first cells of a community, along its lanes."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        paper = naming.find_document(ws, document) if document else None
        row_id = layout.find_community(ws, community)
        request = layout.LayOut(row_id, not whole, smallest, paper)
        new = layout.lay_out(ws, request, terminal_progress()).value
        said = texts.community_laid_out(community=community, count=len(new))
        show(as_json, {"community": community, "cells": len(new)}, lambda: iter([said]))


@app.command()
def reshape(
    file: File,
    one: Annotated[str, typer.Argument(help="社区名称或编码 · name or code")],
    other: Annotated[str, typer.Argument(help="相邻社区 · the community beside it")],
    line: Annotated[str, typer.Option("--line", help="WKT LINESTRING, 工作库坐标 · CRS")],
    document: Annotated[
        str | None, typer.Option("--document", help="批文 · number of the document")
    ] = None,
    as_json: Json = False,
) -> None:
    """重划社区边界 · Let the border of two communities follow a line, cells following."""
    from gridmap.services import cells, community_borders

    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        paper = naming.find_document(ws, document) if document else None
        pair = (layout.find_community(ws, one), layout.find_community(ws, other))
        edit = community_borders.find_edit(ws, *pair, drawn.parse_line(line))
        request = cells.EditCells(edit, document_id=paper)
        edited = cells.edit_cells(ws, request, terminal_progress()).value
        codes = [edited.codes[key] for key in edited.changed]
        told = {"intention": edited.intention, "changed": codes}
        show(as_json, told, lambda: iter([edited.intention]))
