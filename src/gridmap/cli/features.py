"""The verbs that draw, fill in, copy and delete single rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import shapely
import typer
from shapely.errors import GEOSException

from gridmap.base.errors import RequestError
from gridmap.base.messages import Text, Wording
from gridmap.cli import feature_texts as texts
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.geo import crs
from gridmap.geo.features import as_objects
from gridmap.model.changes import Outcome
from gridmap.services import feature_copies, features, workspaces
from gridmap.store.rows import get_table

app = typer.Typer(help="逐个画和改：小区、建筑、路网、部件等 · single rows: compounds, buildings …")

File = Annotated[Path, typer.Argument(help="工作库 · workspace file")]
TableName = Annotated[str, typer.Argument(metavar="TABLE", help="图层 · table")]
Names = Annotated[
    list[str], typer.Argument(metavar="ROW...", help="编号、编码或名称 · ids, codes or names")
]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]
Set = Annotated[
    list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="字段=值 · field=value")
]
Wkt = Annotated[str, typer.Option("--wkt", help="形状 · the shape as WKT, east before north")]
Crs = Annotated[int | None, typer.Option("--crs", help="形状的坐标系 · EPSG of the shape")]
Anyway = Annotated[
    bool, typer.Option("--anyway", help="压住别的也照画 · even where it covers others")
]


@app.command()
def add(
    file: File,
    table: TableName,
    wkt: Annotated[str | None, typer.Option("--wkt", help="形状 · the shape as WKT")] = None,
    values: Set = None,
    source_crs: Crs = None,
    anyway: Anyway = False,
    as_json: Json = False,
) -> None:
    """新增一个 · Add one row."""
    with exit_codes(as_json):
        typed = dict(map(_parse, values or []))
        with workspaces.open_existing(file) as ws:
            shape = None if wkt is None else _shape(wkt, source_crs, ws.epsg)
            request = features.AddFeature(table, typed, shape, is_forced=anyway)
            outcome = features.add_feature(ws, request, terminal_progress())
        _tell(as_json, outcome, [outcome.value], texts.added(count=1, table=_title(table)))


@app.command("set")
def set_values(
    file: File, table: TableName, names: Names, values: Set = None, as_json: Json = False
) -> None:
    """改内容 · Set values of rows."""
    with exit_codes(as_json):
        typed = dict(map(_parse, values or []))
        with workspaces.open_existing(file) as ws:
            ids = features.find_rows(ws, table, names).value
            request = features.ChangeValues.alike(table, ids, typed)
            outcome = features.change_values(ws, request, terminal_progress())
        _tell(as_json, outcome, ids, texts.changed(count=len(ids), table=_title(table)))


@app.command("shape")
def set_shape(
    file: File,
    table: TableName,
    name: Annotated[str, typer.Argument(metavar="ROW", help="编号、编码或名称 · id, code or name")],
    wkt: Wkt,
    source_crs: Crs = None,
    anyway: Anyway = False,
    as_json: Json = False,
) -> None:
    """改形状 · Give a row another shape."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        (row_id,) = features.find_rows(ws, table, [name]).value
        shape = _shape(wkt, source_crs, ws.epsg)
        request = features.ChangeGeometry(table, row_id, shape, is_forced=anyway)
        outcome = features.change_geometry(ws, request, terminal_progress())
        _tell(as_json, outcome, [row_id], texts.changed(count=1, table=_title(table)))


@app.command()
def delete(
    file: File,
    table: TableName,
    names: Names,
    clear: Annotated[
        bool, typer.Option("--clear", help="清除别处的关联 · clear what refers to them")
    ] = False,
    as_json: Json = False,
) -> None:
    """删除 · Delete rows."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        ids = features.find_rows(ws, table, names).value
        request = features.DeleteFeatures(table, tuple(ids), clears_references=clear)
        outcome = features.delete_features(ws, request, terminal_progress())
        _tell(as_json, outcome, ids, texts.deleted(count=len(ids), table=_title(table)))


@app.command()
def copy(
    file: File,
    source: Annotated[str, typer.Argument(metavar="FROM", help="来源图层 · from this table")],
    target: Annotated[str, typer.Argument(metavar="TO", help="目标图层 · to this table")],
    names: Names,
    anyway: Anyway = False,
    as_json: Json = False,
) -> None:
    """从一个图层复制到另一个 · Copy rows from one layer to another."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        ids = features.find_rows(ws, source, names).value
        request = feature_copies.CopyFeatures(source, tuple(ids), target, is_forced=anyway)
        outcome = feature_copies.copy_features(ws, request, terminal_progress())
        _tell(as_json, outcome, outcome.value, texts.added(count=len(ids), table=_title(target)))


def _parse(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not (name and equals):
        raise RequestError(texts.wrong_value(given=given))
    return name.strip(), value


def _shape(wkt: str, source: int | None, epsg: int) -> shapely.Geometry:
    try:
        shape = shapely.from_wkt(wkt)
    except (GEOSException, ValueError) as error:
        raise RequestError(texts.wrong_wkt(given=wkt[:60])) from error
    return shape if source is None else crs.transform(as_objects([shape]), source, epsg)[0]


def _title(table: str) -> Wording:
    described = get_table(table)
    return Wording(described.zh, described.en)


def _tell(as_json: bool, outcome: Outcome[Any], ids: list[str], said: Text) -> None:
    def lines() -> Iterator[Text | str]:
        yield said
        yield from ids

    show(as_json, {"ids": ids, "transaction": outcome.transaction}, lines)
