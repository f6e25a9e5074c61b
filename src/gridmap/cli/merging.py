"""The verb that merges what two sides did to a layer of areas."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import shapely
import typer

from gridmap.base.messages import Text
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.services import merging
from gridmap.services import merging_texts as texts

_DECIDE = 3
_DEGREES, _DEGREE_DIGITS, _METRE_DIGITS = 360, 7, 2


def merge3(
    base: Annotated[Path, typer.Argument(help="起点 · what both sides began with")],
    mine: Annotated[Path, typer.Argument(help="本方 · what one side made of it")],
    theirs: Annotated[Path, typer.Argument(help="对方 · what the other side made of it")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="输出 · .gpkg or .geojson")],
    key: Annotated[str, typer.Option(help="编号所在的列 · column of the keys")],
    layer: Annotated[str | None, typer.Option(help="图层 · layer of the files")] = None,
    crs: Annotated[int | None, typer.Option("--crs", help="坐标系 · EPSG of the files")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")] = False,
) -> None:
    """三方合并边界 · Merge what two sides did to any coverage; exit 3 where a person decides."""
    with exit_codes(as_json):
        request = merging.MergeRequest(base, mine, theirs, target, key, layer, crs)
        report = merging.merge_files(request, terminal_progress()).value
        show(as_json, _json(report, target), lambda: _lines(report, target))
        if not report.is_clean:
            raise typer.Exit(_DECIDE)


def _json(report: merging.MergeReport, target: Path) -> dict[str, Any]:
    return {
        "path": str(target) if report.rows is not None else None,
        "rows": report.rows,
        "crs": report.epsg,
        "arcs": report.arcs,
        "conflicts": [
            {
                "keys": one.keys,
                "base": one.base_keys,
                "mine": one.mine_keys,
                "theirs": one.theirs_keys,
                "reason": one.reason,
                "line": shapely.to_wkt(one.line, rounding_precision=-1),
            }
            for one in report.conflicts
        ],
        "values": [
            {
                "key": one.key,
                "column": one.column,
                "base": one.base,
                "mine": one.mine,
                "theirs": one.theirs,
                "reason": one.reason,
            }
            for one in report.values
        ],
        "notes": report.notes,
    }


def _lines(report: merging.MergeReport, target: Path) -> Iterator[Text | str]:
    yield from report.notes
    path = str(target)
    if report.rows is None:
        yield texts.not_merged(path=path)
    elif report.is_clean:
        yield texts.merged(path=path, rows=report.rows)
    else:
        yield texts.merged_in_part(path=path, rows=report.rows)
    for one in report.conflicts:
        x, y = shapely.get_coordinates(one.line)[0].tolist()
        digits = _DEGREE_DIGITS if max(abs(x), abs(y)) <= _DEGREES else _METRE_DIGITS
        place = f"{x:.{digits}f}, {y:.{digits}f}"
        yield texts.border(keys=" | ".join(one.keys), place=place, reason=one.reason)
    for value in report.values:
        base, mine, theirs = map(str, (value.base, value.mine, value.theirs))
        yield texts.value(value.key, value.column, base, mine, theirs, value.reason)
    if report.arcs is not None:
        yield texts.arcs_in(path=str(report.arcs))
