"""The verbs for styles: show, exchange with QGIS, reset, and classes by numbers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from gridmap.base.messages import Text
from gridmap.cli import texts
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.model.style import Method, Style
from gridmap.services import style_files, style_grades, workspaces
from gridmap.services import styles as services

app = typer.Typer(
    help="样式 · How layers look: show, exchange with QGIS, reset, classes by numbers",
    rich_markup_mode=None,
    no_args_is_help=True,
)

Layer = Annotated[str, typer.Argument(metavar="TABLE", help="图层 · table")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]
_Lines = Iterator[Text | str]


def _told(style: Style, **more: Any) -> dict[str, Any]:
    return {
        "table": style.table,
        "own": services.is_own(style.table),
        "by": style.by,
        "classes": len(style.classes),
        **more,
    }


@app.command("show")
def show_style(table: Layer, as_json: Json = False) -> None:
    """看样式 · Print a layer's style as its file has it."""
    with exit_codes(as_json):
        style = style_files.current_style(table)
        text = style_files.style_text(style)

        def lines() -> _Lines:
            if services.is_own(table):
                yield texts.style_is_own(table=table, path=str(services.own_file(table)))
            else:
                yield texts.style_is_shipped(table=table)
            yield ""
            yield text.rstrip("\n")

        show(as_json, _told(style, toml=text), lines)


@app.command("export")
def export_style(
    table: Layer,
    file: Annotated[Path, typer.Argument(help=".toml | .qml | .sld")],
    as_json: Json = False,
) -> None:
    """写成文件 · Write a layer's style to a file; QGIS reads .qml and .sld."""
    with exit_codes(as_json):
        style = style_files.current_style(table)
        lost = style_files.write_style_file(style, file).value

        def lines() -> _Lines:
            yield texts.style_written(table=table, path=str(file))
            yield from lost

        show(as_json, _told(style, path=file, lost=list(map(str, lost))), lines)


@app.command("import")
def import_style(
    file: Annotated[Path, typer.Argument(help=".toml | .qml | .sld")],
    table: Layer,
    as_json: Json = False,
) -> None:
    """从文件读 · Take a layer's style from a file, as the own one for every workspace."""
    with exit_codes(as_json):
        read = style_files.read_style_file(file, table).value
        kept = services.save(read.style).value

        def lines() -> _Lines:
            yield texts.style_taken(table=table, path=str(file))
            yield from read.lost

        show(as_json, _told(read.style, path=kept, lost=list(map(str, read.lost))), lines)


@app.command("reset")
def reset_style(table: Layer, as_json: Json = False) -> None:
    """恢复样式 · Drop a layer's own style; the shipped one holds again."""
    with exit_codes(as_json):
        style = services.reset(table).value
        show(as_json, _told(style), lambda: iter([texts.style_reset(table=table)]))


@app.command("graduate")
def graduate_style(
    file: Annotated[Path, typer.Argument(help="工作库 · workspace file")],
    table: Layer,
    field: Annotated[str, typer.Argument(help="数值字段 · field with numbers")],
    method: Annotated[
        Method, typer.Option(help="等距、分位数、自然断点 · how bounds are found")
    ] = Method.NATURAL,
    count: Annotated[int, typer.Option(help="级数 · how many classes")] = 5,
    palette: Annotated[str, typer.Option(help="配色 · palette")] = "viridis",
    is_reversed: Annotated[
        bool, typer.Option("--reversed", help="配色反过来 · turn the palette round")
    ] = False,
    as_json: Json = False,
) -> None:
    """按数值分级 · Make classes from a field's numbers and keep them as the own style."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        request = style_grades.GradeRequest(table, field, method, count, palette, is_reversed)
        style = style_grades.grade(ws, request, terminal_progress()).value
        bounds = [class_.below for class_ in style.classes]

        def lines() -> _Lines:
            yield texts.style_graded(table=table, field=field, count=len(bounds))
            for class_ in style.classes:
                yield f"    {class_.symbol.fill or class_.symbol.outline}  {class_.zh}"

        show(as_json, _told(style, bounds=bounds), lines)
