"""Base maps: a file of tiles or a picture of the ground is opened, and painted below the layers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from gridmap.base.errors import RequestError
from gridmap.base.messages import Text
from gridmap.base.progress import Progress, quiet
from gridmap.geo.offsets import DATUMS, Datum
from gridmap.model.changes import Outcome
from gridmap.services import basemap_texts as texts
from gridmap.store.workspace import Workspace

if TYPE_CHECKING:
    from gridmap.exchange.geotiff import RasterFile
    from gridmap.exchange.tiles import Tiles
    from gridmap.geo.ground import GroundTile
    from gridmap.report.basemap import Basemap, Squares

Extent = tuple[float, float, float, float]
Kind = Literal["tiles", "vectors", "raster"]
ENDINGS = (".mbtiles", ".pmtiles", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".jp2", ".img")
"""What files of base maps are called."""
_SQLITE, _PMTILES = b"SQLite format 3\x00", b"PMTiles"
_WGS84 = 4326
_PHOTOGRAPHS = ("jpg", "jpeg")


@dataclass(frozen=True)
class BaseMapRequest:
    """Which file, and what the file does not say of itself.

    ``datum`` is that of its coordinates, ``crs`` an EPSG code that takes the place of its own.
    """

    path: Path
    datum: Datum = "wgs84"
    crs: int | None = None
    opacity: float = 1.0


@dataclass(frozen=True)
class BaseMapFacts:
    """What is known of an open base map.

    ``notes`` say what was assumed, and what makes it slow; ``extent`` is where it lies, in the
    workspace's CRS, None where the file does not say.
    """

    name: str
    kind: Kind
    attribution: str
    extent: Extent | None
    needs_overviews: bool = False
    notes: tuple[Text, ...] = ()


@dataclass
class BaseMap:
    """An open base map. Each map that shows it takes a painter of its own by ``painter``."""

    request: BaseMapRequest
    facts: BaseMapFacts
    _file: "Tiles | RasterFile"
    _squares: "Squares"
    _epsg: int

    def painter(self, *, is_patient: bool = True) -> "Basemap":
        """Return what paints it below layers; one that is patient waits for every square."""
        from gridmap.geo.pyramid import moves
        from gridmap.report.basemap import Basemap

        ways = moves(self._epsg, self._squares.pyramid.crs, self.request.datum)
        return Basemap(self._squares, ways, opacity=self.request.opacity, is_patient=is_patient)

    def close(self) -> None:
        """Close the file; waits for a read that is under way."""
        self._file.close()


def parse_datum(text: str) -> Datum:
    """Return a datum that somebody wrote.

    Raises:
        RequestError: it is none of those that are known.
    """
    for datum in DATUMS:
        if text.lower().replace("-", "").replace("_", "") == datum:
            return datum
    raise RequestError(texts.unknown_datum(datum=text, known=", ".join(DATUMS)))


def open_base_map(
    workspace: Workspace, request: BaseMapRequest, progress: Progress = quiet
) -> Outcome[BaseMap]:
    """Open a file as the base map of a workspace's map; the caller closes it.

    Raises:
        InputError: the file is gone, damaged, or no base map.
        RequestError: the CRS that was given is unknown.
    """
    return Outcome(open_for(workspace.epsg, request, progress))


def open_for(epsg: int, request: BaseMapRequest, progress: Progress = quiet) -> BaseMap:
    """Open a file as the base map of a map in the CRS ``epsg``; see ``open_base_map``."""
    progress(0, 1, texts.opening(file=request.path.name))
    head = _head(request.path)
    if head.startswith(_SQLITE) or request.path.suffix.lower() == ".mbtiles":
        from gridmap.exchange.tiles import TileFile

        return _tile_map(TileFile(request.path), request, epsg)
    if head.startswith(_PMTILES) or request.path.suffix.lower() == ".pmtiles":
        from gridmap.exchange.tiles_pmtiles import PmtilesFile

        return _tile_map(PmtilesFile(request.path), request, epsg)
    from gridmap.exchange.geotiff import RasterFile

    file = RasterFile(request.path, workspace_epsg=epsg, crs=request.crs)
    return _raster_map(file, request, epsg)


@contextmanager
def lent_base_map(
    workspace: Workspace, request: BaseMapRequest | None, progress: Progress = quiet
) -> Iterator[BaseMap | None]:
    """Lend a base map for a page, and close it afterwards; None where none is wanted.

    Raises:
        GridmapError: see ``open_base_map``.
    """
    if request is None:
        yield None
        return
    opened = open_base_map(workspace, request, progress).value
    try:
        yield opened
    finally:
        opened.close()


def build_overviews(
    workspace: Workspace,  # noqa: ARG001 - every service is called the same way
    path: Path,
    progress: Progress = quiet,
) -> Outcome[Path]:
    """Write overviews of a raster file beside it (.ovr), so that it is quick to show from afar.

    Raises:
        InputError: the file cannot be read.
        EnvironmentProblem: nothing can be written beside it.
        Cancelled: the user stopped it; nothing is left behind.
    """
    from gridmap.exchange.geotiff_overviews import build_overviews as build

    return Outcome(build(path, progress))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SQLITE))
    except OSError:
        return b""  # who opens it says what is wrong


def _tile_map(file: "Tiles", request: BaseMapRequest, epsg: int) -> BaseMap:
    told = file.tile_set
    squares: Squares
    if told.is_vector:
        from gridmap.exchange.vector_tiles import decode
        from gridmap.report.basemap_vectors import VectorSquares

        def read(zoom: int, x: int, y: int) -> "GroundTile | None":
            content = file.read(zoom, x, y)
            return None if not content else decode(content, zoom, x, y, file.path)

        squares = VectorSquares(read, min_zoom=told.min_zoom, max_zoom=told.max_zoom)
    else:
        from gridmap.report.basemap_squares import EncodedSquares

        squares = EncodedSquares(
            file.read, min_zoom=told.min_zoom, max_zoom=told.max_zoom,
            is_drawn=told.format not in _PHOTOGRAPHS,
        )  # fmt: skip
    extent = None
    if told.bounds is not None:
        west, south, east, north = told.bounds
        ring = np.array([(west, south), (west, north), (east, south), (east, north)])
        extent = _extent(ring, _WGS84, request.datum, epsg)
    kind: Kind = "vectors" if told.is_vector else "tiles"
    return BaseMap(
        request, BaseMapFacts(told.name, kind, told.attribution, extent), file, squares, epsg
    )


def _raster_map(file: "RasterFile", request: BaseMapRequest, epsg: int) -> BaseMap:
    from gridmap.report.basemap_squares import PixelSquares

    told, pyramid = file.facts, file.pyramid
    corners = np.array([(x, y) for x in (0, told.width) for y in (0, told.height)], np.float64)
    extent = _extent(pyramid.to_ground(corners), pyramid.crs, request.datum, epsg)
    facts = BaseMapFacts(
        told.name, "raster", told.attribution, extent, told.needs_overviews, told.notes
    )
    return BaseMap(request, facts, file, PixelSquares(pyramid, file.read, file.is_heavy), epsg)


def _extent(ring: NDArray[np.float64], crs: int | str, datum: Datum, epsg: int) -> Extent | None:
    """Return the box of some corners in the workspace's CRS, None where they have no place."""
    from gridmap.geo.pyramid import moves

    placed = moves(epsg, crs, datum)[1](ring)
    if not np.isfinite(placed).all():
        return None
    low, high = placed.min(axis=0), placed.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
