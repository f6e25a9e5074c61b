"""The verbs of the command line."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from gridmap import __version__
from gridmap.base import log
from gridmap.base.errors import RequestError
from gridmap.base.messages import Text
from gridmap.cli import (
    base_maps,
    cells,
    communities,
    documents,
    features,
    merging,
    office,
    past,
    places,
    plans,
    rules,
    styles,
    terminal,
    texts,
    undoing,
)
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.cli.window import choose_language
from gridmap.cli.window import start as start_window
from gridmap.sample.generate import Scale
from gridmap.services import (
    backups,
    checks,
    doctor,
    exports,
    imports,
    pictures,
    workspaces,
)

_REFUSED_SHOWN = 10
# Python's 700 has the collector walk over every row of an import again and again: 0.4 s of 200,000.
_GC_THRESHOLD = (100_000, 50, 100)

app = typer.Typer(
    name="gridmap",
    help="街道网格地图 · The offline map of a street office",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=False,
)

File = Annotated[Path, typer.Argument(help="工作库 · workspace file")]
Lines = Iterator[Text | str]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]


def run() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["--qt-fonts"]:  # asked by the doctor of a bundle
        doctor.answer_qt_fonts(sys.argv[2:])
        return
    gc.set_threshold(*_GC_THRESHOLD)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gridmap {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    language: Annotated[
        str | None, typer.Option("--lang", help="zh | en", envvar="GRIDMAP_LANG")
    ] = None,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="版本 · version"),
    ] = False,
) -> None:
    """街道网格地图：不带动词时打开窗口 · without a verb, opens the window."""
    choose_language(language)
    log.start_log()
    if context.invoked_subcommand is None:
        raise typer.Exit(start_window(None))


@app.command("open")
def open_verb(
    file: Annotated[Path | None, typer.Argument(help="工作库 · workspace file")] = None,
) -> None:
    """打开窗口 · Open the window."""
    with exit_codes():
        raise typer.Exit(start_window(file))


@app.command()
def new(
    file: File,
    subdistrict: Annotated[str, typer.Option(help="街道区划代码 · division code, 9 or 12 digits")],
    name: Annotated[str, typer.Option(help="街道名称 · name")],
    crs: Annotated[
        int | None,
        typer.Option("--crs", help="EPSG; 不给时按省份选带 · by province if left out"),
    ] = None,
    as_json: Json = False,
) -> None:
    """新建工作库 · Make a workspace."""
    with exit_codes(as_json):
        request = workspaces.NewWorkspace(file, subdistrict, name, crs)
        with workspaces.new_workspace(request, terminal_progress()) as ws:
            epsg = ws.epsg
        told = {"path": str(file), "crs": epsg, "subdistrict": subdistrict}
        show(as_json, told, lambda: iter([texts.made(path=str(file), epsg=epsg)]))


@app.command()
def sample(
    file: File,
    scale: Annotated[
        Scale, typer.Option(help="规模 · about 50, 1,000 or 50,000 cells")
    ] = Scale.COMMUNITY,
    seed: Annotated[int, typer.Option(help="同一种子得到同样的示例 · same seed, same sample")] = 1,
    as_json: Json = False,
) -> None:
    """建立虚构街道的示例 · Make the sample of an imaginary subdistrict."""
    with exit_codes(as_json), workspaces.make_sample(file, scale, seed, terminal_progress()) as ws:
        info = workspaces.get_info(ws).value
        told = {"path": str(file), "crs": info.epsg, "layers": info.layers}
        show(as_json, told, lambda: iter([texts.made(path=str(file), epsg=info.epsg)]))


@app.command("import")
def import_verb(
    file: File,
    source: Annotated[Path, typer.Argument(help="来源文件 · source file")],
    layer: Annotated[str, typer.Option(help="目标图层 · table")],
    source_layer: Annotated[str | None, typer.Option(help="来源图层 · layer of the source")] = None,
    encoding: Annotated[str | None, typer.Option(help="编码 · encoding, e.g. gb18030")] = None,
    crs: Annotated[
        int | None, typer.Option("--crs", help="来源坐标系 · EPSG of the source")
    ] = None,
    field: Annotated[list[str] | None, typer.Option(help="字段对应 · target=source")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试不写 · write nothing")] = False,
    as_json: Json = False,
) -> None:
    """导入文件 · Bring a file into a layer."""
    with exit_codes(as_json):
        fields = dict(map(_parse_field, field or []))
        request = imports.ImportRequest(
            source, layer, source_layer, encoding, crs, fields, dry_run=dry_run
        )
        with workspaces.open_existing(file) as ws:
            report = imports.import_file(ws, request, terminal_progress()).value
        show(as_json, _import_json(report, dry_run), lambda: _import_lines(report, request))
        if report.refused:
            raise typer.Exit(3)


def _parse_field(given: str) -> tuple[str, str]:
    target, equals, source = given.partition("=")
    if not (target and equals):  # without a source the field stays empty
        raise RequestError(texts.wrong_field(given=given))
    return target.strip(), source.strip()


def _import_json(report: imports.ImportReport, dry_run: bool) -> dict[str, Any]:
    return {
        "rows": report.rows,
        "dry_run": dry_run,
        "mended": report.mended,
        "encoding": report.encoding,
        "crs": report.crs,
        "fields": dict(report.mapping),
        "notes": [str(note) for note in report.notes],
        "refused": [{"row": one.row, "reason": str(one.reason)} for one in report.refused],
    }


def _import_lines(report: imports.ImportReport, request: imports.ImportRequest) -> Lines:
    told = texts.would_import if request.dry_run else texts.imported
    yield told(
        rows=report.rows, table=request.table, mended=report.mended, refused=len(report.refused)
    )
    yield from report.notes
    for refusal in report.refused[:_REFUSED_SHOWN]:
        yield texts.refused_row(row=refusal.row, reason=str(refusal.reason))
    if len(report.refused) > _REFUSED_SHOWN:
        yield texts.more_refused(more=len(report.refused) - _REFUSED_SHOWN)


@app.command("export")
def export_verb(
    file: File,
    target: Annotated[Path, typer.Argument(help="目标文件 · .gpkg or .geojson")],
    layer: Annotated[str, typer.Option(help="图层 · table")],
    crs: Annotated[int | None, typer.Option("--crs", help="EPSG")] = None,
    with_sensitive: Annotated[
        bool, typer.Option("--with-sensitive", help="连同敏感字段 · with sensitive fields")
    ] = False,
    plan: Annotated[str | None, typer.Option(help="方案的网格 · the cells of a plan")] = None,
    with_ended: Annotated[
        bool, typer.Option("--with-ended", help="连同终止的和各方案的网格 · every cell ever drawn")
    ] = False,
    as_json: Json = False,
) -> None:
    """导出图层 · Write a layer to a file."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        request = exports.ExportRequest(layer, target, crs, with_sensitive, plan, with_ended)
        count = exports.export_layer(ws, request, terminal_progress()).value
        told = {"path": str(target), "rows": count}
        show(as_json, told, lambda: iter([texts.exported(rows=count, path=str(target))]))


@app.command()
def render(
    file: File,
    target: Annotated[Path, typer.Argument(help="OUT.png | OUT.pdf")],
    size: Annotated[str | None, typer.Option(help="WxH")] = None,
    extent: Annotated[str | None, typer.Option(help="xmin,ymin,xmax,ymax")] = None,
    layers: Annotated[str | None, typer.Option(help="a,b")] = None,
    basemap: base_maps.BaseMapFile = None,
    basemap_datum: base_maps.BaseMapDatum = "wgs84",
    basemap_crs: base_maps.BaseMapCrs = None,
    basemap_opacity: base_maps.BaseMapOpacity = 1.0,
    as_of: past.AsOf = None,
    plan: Annotated[str | None, typer.Option(help="方案的网格 · the cells of a plan")] = None,
    as_json: Json = False,
) -> None:
    """出图 · Draw the map as PNG or PDF."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        request = pictures.RenderRequest(
            target,
            _parse_size(size) if size else None,
            pictures.parse_extent(extent) if extent else None,
            tuple(name.strip() for name in layers.split(",")) if layers else None,
            base_maps.base_map_request(basemap, basemap_datum, basemap_crs, basemap_opacity),
            past.moment(as_of),
            plan,
        )
        pictures.render(ws, request, terminal_progress())
        told = {"path": str(target)}
        show(as_json, told, lambda: iter([texts.rendered(path=str(target))]))


app.command()(base_maps.overviews)
app.command()(places.where)
app.command("bring-back")(past.bring_back)
app.command("office")(office.office)
app.add_typer(cells.app, name="cell")
app.add_typer(documents.app, name="document")
app.add_typer(communities.app, name="community")
app.add_typer(plans.app, name="plan")
app.command()(plans.notice)
app.command()(rules.rules)
app.command()(rules.mend)
app.command()(undoing.undo)
app.command()(undoing.redo)
app.command("history")(undoing.tell_history)
app.add_typer(features.app, name="feature")
app.command()(merging.merge3)
app.add_typer(styles.app, name="style")


def _parse_size(given: str) -> tuple[int, int]:
    width, _, height = given.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise RequestError(texts.wrong_size(given=given))
    return int(width), int(height)


@app.command()
def info(file: File, as_json: Json = False) -> None:
    """工作库概况 · What is in a workspace."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        found = workspaces.get_info(ws).value
        told = {
            "path": str(file),
            "crs": found.epsg,
            "subdistrict": found.subdistrict,
            "name": found.name,
            "imaginary": found.imaginary,
            "layers": found.layers,
        }

        def lines() -> Lines:
            yield f"{found.name} ({found.subdistrict}), EPSG:{found.epsg}"
            for table, count in found.layers.items():
                yield f"{table:16}{count:>10,}"

        show(as_json, told, lines)


@app.command()
def check(
    file: File,
    repair: Annotated[bool, typer.Option("--repair", help="修复索引等 · mend indexes")] = False,
    as_json: Json = False,
) -> None:
    """检查工作库 · Prove a workspace sound."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=not repair) as ws:
        verb = checks.repair if repair else checks.check
        problems = verb(ws, terminal_progress()).value
        listed = [
            {"code": one.code, "text": str(one.text), **terminal.place_json(one.place)}
            for one in problems
        ]

        def lines() -> Lines:
            yield from (one.text for one in problems)
            yield texts.problems_found(count=len(problems)) if problems else texts.sound()

        show(as_json, {"ok": not problems, "problems": listed}, lines)
    if problems:
        raise typer.Exit(3)


@app.command()
def backup(file: File, as_json: Json = False) -> None:
    """备份 · Back up, proved by a trial restore."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        made = backups.back_up(ws, terminal_progress()).value
        told = {"path": str(made.path), "size_bytes": made.size_bytes}
        show(as_json, told, lambda: iter([texts.backed_up(path=str(made.path))]))


@app.command()
def restore(
    file: File,
    chosen: Annotated[Path, typer.Argument(metavar="BACKUP", help="备份 · backup file")],
    as_json: Json = False,
) -> None:
    """恢复备份 · Put a backup in the workspace's place."""
    with exit_codes(as_json):
        kept = backups.restore_file(file, chosen, terminal_progress()).value
        said = texts.restored(path=str(kept)) if kept else texts.restored_from_nothing()
        show(as_json, {"kept": kept}, lambda: iter([said]))


@app.command("doctor")
def doctor_verb(as_json: Json = False) -> None:
    """体检 · What works on this machine, and how to mend what does not."""
    with exit_codes(as_json):
        findings = doctor.examine()
        listed = [
            {
                "name": one.name,
                "ok": one.ok,
                "detail": one.detail,
                "mend": str(one.mend) if one.mend and not one.ok else None,
            }
            for one in findings
        ]
        broken = [one for one in findings if not one.ok]

        def lines() -> Lines:
            for one in findings:
                yield f"{'✓' if one.ok else '✗'} {one.name}: {one.detail}"
                if not one.ok and one.mend is not None:
                    yield f"    {one.mend}"
            if not broken:
                yield texts.all_well()

        show(as_json, {"ok": not broken, "findings": listed}, lines)
    if broken:
        raise typer.Exit(3)
