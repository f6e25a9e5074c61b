"""What the command line asks about base maps, and the verb that makes them quick."""

from pathlib import Path
from typing import Annotated

import typer

from gridmap.base.errors import RequestError
from gridmap.cli import texts
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.services import basemaps, workspaces
from gridmap.services.basemap_texts import overviews_built

BaseMapFile = Annotated[
    Path | None,
    typer.Option("--basemap", help="底图 · base map: GeoTIFF, MBTiles, PMTiles"),
]
BaseMapDatum = Annotated[
    str, typer.Option("--basemap-datum", help="底图的坐标 · wgs84, gcj02, bd09")
]
BaseMapCrs = Annotated[
    int | None, typer.Option("--basemap-crs", help="底图的坐标系 · the base map's EPSG code")
]
BaseMapOpacity = Annotated[float, typer.Option("--basemap-opacity", help="0 … 1")]


def base_map_request(
    path: Path | None, datum: str, crs: int | None, opacity: float
) -> basemaps.BaseMapRequest | None:
    """Return which base map is wanted, None where none is.

    Raises:
        RequestError: the datum is unknown, or the opacity makes no sense.
    """
    if path is None:
        return None
    if not 0 <= opacity <= 1:
        raise RequestError(texts.wrong_opacity(given=str(opacity)))
    return basemaps.BaseMapRequest(path, basemaps.parse_datum(datum), crs, opacity)


def overviews(
    file: Annotated[Path, typer.Argument(help="工作库 · workspace file")],
    picture: Annotated[Path, typer.Argument(help="底图 · base map: GeoTIFF")],
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")] = False,
) -> None:
    """为底图建立概视图 · Build a base map's overviews, beside it."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        built = basemaps.build_overviews(ws, picture, terminal_progress()).value
        show(as_json, {"path": str(built)}, lambda: iter([overviews_built(path=str(built))]))
