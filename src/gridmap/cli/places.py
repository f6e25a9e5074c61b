"""The verb that tells what pasted coordinates mean in a workspace."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from gridmap.base.messages import Text, Wording
from gridmap.cli import texts
from gridmap.cli.terminal import exit_codes, show
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.services import places, workspaces


def where(
    file: Annotated[Path, typer.Argument(help="工作库 · workspace file")],
    text: Annotated[
        str, typer.Argument(help="坐标或地图链接 · coordinates, or a link that a map shared")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")] = False,
) -> None:
    """坐标在哪里 · Where pasted coordinates lie, as WGS 84, GCJ-02 or BD-09."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        found = places.where(ws, places.WhereRequest(text)).value
        listed = [_json(reading) for reading in found.readings]
        told = {"likely": found.likely, "because": str(found.because), "readings": listed}
        show(as_json, told, lambda: _lines(found))


def _json(reading: places.Reading) -> dict[str, Any]:
    return {
        "datum": reading.datum,
        "name": str(reading.name),
        "lonlat": reading.lonlat,
        "xy": reading.xy,
        "outside_m": reading.outside_m,
        "apart_m": reading.apart_m,
        "beside": [
            {"table": one.table, "id": one.id, "label": one.label, "distance_m": one.distance_m}
            for one in reading.beside
        ],
    }


def _lines(found: places.Readings) -> Iterator[Text | str]:
    for number, reading in enumerate(found.readings):
        mark = "→" if number == found.likely else " "
        (lon, lat), (east, north) = reading.lonlat, reading.xy
        yield f"{mark} {reading.name}"
        yield f"    {lon:.7f},{lat:.7f}  ({east:.2f},{north:.2f})"
        for one in reading.beside:
            table = TABLE_BY_NAME[one.table]
            title = Wording(table.zh, table.en)
            if one.distance_m:
                yield texts.near(table=title, label=one.label, metres=one.distance_m)
            else:
                yield texts.inside(table=title, label=one.label)
    if len(found.readings) > 1:
        yield texts.likely(name=found.readings[found.likely].name, because=found.because)
