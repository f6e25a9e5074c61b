"""Pictures of the ground in GeoTIFF files (and their like), read a square at a time.

A square is read at the resolution that is wanted: GDAL takes it from the file's overviews, where
there are any. Nothing is warped here: a square keeps the file's own grid, and who paints it bends
it onto the ground.
"""

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.base.errors import InputError, Place
from gridmap.base.messages import Text
from gridmap.exchange import geotiff_texts as texts
from gridmap.exchange.faults import cannot_read
from gridmap.exchange.geotiff_library import environment, rasterio
from gridmap.exchange.quiet import no_warnings
from gridmap.geo.crs import get_crs, transform_xy
from gridmap.geo.pyramid import Pyramid, Square

ColorInterp, MaskFlags = rasterio.enums.ColorInterp, rasterio.enums.MaskFlags
Resampling, Window = rasterio.enums.Resampling, rasterio.windows.Window

DRIVERS = ["GTiff", "JPEG", "PNG", "JP2OpenJPEG", "HFA"]
"""Not VRT and its like: they fetch other files, and from the net."""
_SIDE = 256
_MOST_PIXELS = 1 << 40
_SAMPLE = 512
"""Pixels of the side of the picture from which a stretch is taken."""
_PERCENTILES = (2.0, 98.0)
_COLOURS = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
_HEAVY_PIXELS = 4_000_000
"""Source pixels of a square from which reading it is felt (about 0.1 s)."""
_LARGE = 4096
"""Pixels of a side from which a file should have overviews."""
_WGS84 = 4326

_ERRORS = (rasterio.errors.RasterioError, rasterio.errors.CRSError)


@dataclass(frozen=True)
class RasterFacts:
    """What a file says of itself. ``notes`` tell what was assumed, and what makes it slow."""

    name: str
    attribution: str
    width: int
    height: int
    crs: int | str
    overviews: tuple[int, ...]
    needs_overviews: bool
    notes: tuple[Text, ...]


class RasterFile:
    """An open raster file; ``read`` may be called from any thread."""

    def __init__(self, path: Path, *, workspace_epsg: int, crs: int | None = None) -> None:
        """Open the file and find out where it lies and how it is to be coloured.

        Args:
            path: the file.
            workspace_epsg: what a file with a place but without a CRS is taken for.
            crs: the CRS that the user says, whatever the file says.

        Raises:
            InputError: it is no such file, is damaged, or says not where it lies.
            RequestError: ``crs`` is unknown.
        """
        self.path = path
        self._lock = threading.Lock()
        self._is_closed = False
        if not path.is_file():
            raise _wrong(path, texts.not_there(file=str(path)))
        with speaking(path), no_warnings():  # that it lies nowhere is said below
            self._source: Any = open_source(path)
        try:
            with speaking(path):
                self._has_strips = self._source.block_shapes[0][1] >= self._source.width
                self._colours = _Colours(self._source)
                self.pyramid, self.facts = self._describe(workspace_epsg, crs)
                self._colours.stretch(self._source)
        except BaseException:
            self._source.close()
            raise

    def read(self, square: Square) -> NDArray[np.uint8] | None:
        """Return (h, w, 4) red, green, blue and alpha of a square; None once the file is closed.

        Raises:
            InputError: that part of the file is damaged, or the file is gone.
        """
        left, top, right, bottom = self.pyramid.window(square)
        step = 2.0 ** square[0]
        window = Window(left, top, right - left, bottom - top)
        shape = max(math.ceil((bottom - top) / step), 1), max(math.ceil((right - left) / step), 1)
        with self._lock:
            if self._is_closed:
                return None
            with speaking(self.path):
                return self._colours.read(self._source, window, shape)

    def is_heavy(self, square: Square) -> bool:
        """Return whether reading a square takes so long that nobody should wait for it."""
        step = 2.0 ** square[0]
        factor = max((each for each in self.facts.overviews if each <= step), default=1)
        left, top, right, bottom = self.pyramid.window(square)
        if self._has_strips and factor == 1:
            left, right = 0, self.pyramid.width  # whole rows are read
        return (right - left) * (bottom - top) / factor**2 > _HEAVY_PIXELS

    def close(self) -> None:
        """Close the file, once a read that is under way has ended."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                self._source.close()

    # --- inside -----------------------------------------------------------------------------------

    def _describe(self, workspace_epsg: int, crs: int | None) -> tuple[Pyramid, RasterFacts]:
        source = self._source
        width, height = int(source.width), int(source.height)
        if width * height > _MOST_PIXELS:
            raise _wrong(self.path, texts.too_large(file=self.path.name))
        transform, own = source.transform, source.crs
        if transform.is_identity and source.gcps[0]:
            transform, own = rasterio.transform.from_gcps(source.gcps[0]), source.gcps[1]
        affine = tuple(float(value) for value in tuple(transform)[:6])
        if transform.is_identity or not np.isfinite(affine).all() or transform.determinant == 0:
            raise _wrong(self.path, texts.no_place(file=self.path.name))
        notes: list[Text] = []
        chosen: int | str = crs or _code_of(own) or self._assume(transform, workspace_epsg, notes)
        levels = max(math.ceil(math.log2(max(width, height, _SIDE) / _SIDE)), 0)
        a, b, c, d, e, f = affine
        pyramid = Pyramid(chosen, (a, b, c, d, e, f), width, height, levels)
        self._ensure_on_earth(pyramid)
        overviews = tuple(int(factor) for factor in source.overviews(1))
        is_needed = not overviews and max(width, height) > _LARGE
        if is_needed:
            notes.append(texts.no_overviews(file=self.path.name))
        tags = source.tags()
        said = tags.get("TIFFTAG_COPYRIGHT") or tags.get("COPYRIGHT") or ""
        facts = RasterFacts(
            self.path.stem, str(said).strip(), width, height, chosen, overviews, is_needed,
            tuple(notes),
        )  # fmt: skip
        return pyramid, facts

    def _assume(self, transform: Any, workspace_epsg: int, notes: list[Text]) -> int:
        """Return the CRS of a file that has a place but does not say in which CRS."""
        a, b, c, d, e, f = tuple(transform)[:6]
        sides = [(x, y) for x in (0, self._source.width) for y in (0, self._source.height)]
        has_degrees = all(
            abs(a * x + b * y + c) <= 180 and abs(d * x + e * y + f) <= 90 for x, y in sides
        )
        epsg = _WGS84 if has_degrees else workspace_epsg
        notes.append(texts.crs_assumed(file=self.path.name, epsg=epsg))
        return epsg

    def _ensure_on_earth(self, pyramid: Pyramid) -> None:
        get_crs(pyramid.crs)
        middle = np.array([[pyramid.width / 2, pyramid.height / 2]])
        lonlat = transform_xy(pyramid.to_ground(middle), pyramid.crs, _WGS84)[0]
        if not (np.isfinite(lonlat).all() and abs(lonlat[0]) <= 180 and abs(lonlat[1]) <= 90):
            raise _wrong(self.path, texts.place_impossible(file=self.path.name))


class _Colours:
    """How the bands of a file become red, green, blue and alpha."""

    def __init__(self, source: Any) -> None:
        interp = list(source.colorinterp)
        self._alpha = interp.index(ColorInterp.alpha) + 1 if ColorInterp.alpha in interp else None
        self._table = _colour_table(source) if interp[0] == ColorInterp.palette else None
        colours = [n for n in range(1, source.count + 1) if n != self._alpha]
        if all(colour in interp for colour in _COLOURS):
            self._bands = [interp.index(colour) + 1 for colour in _COLOURS]
        else:
            self._bands = colours[:3] if len(colours) >= 3 else colours[:1]
        if not self._bands:
            raise InputError(texts.no_bands(file=Path(source.name).name))
        flags = source.mask_flag_enums[self._bands[0] - 1]
        self._has_mask = self._alpha is None and MaskFlags.all_valid not in flags
        self._is_byte = all(source.dtypes[band - 1] == "uint8" for band in self._bands)
        self._ranges: list[tuple[float, float]] = []
        self._resampling = Resampling.nearest if self._table is not None else Resampling.average

    def stretch(self, source: Any) -> None:
        """Find the values that become black and white, unless they are colours already."""
        if self._is_byte or self._table is not None:
            return
        share = min(_SAMPLE / max(source.width, source.height), 1.0)
        shape = max(round(source.height * share), 1), max(round(source.width * share), 1)
        data = source.read(
            self._bands, out_shape=(len(self._bands), *shape), resampling=Resampling.nearest
        )
        valid = self._opaque(source, None, shape) > 0
        for band in data.astype(np.float64):
            values = band[valid & np.isfinite(band)]
            low, high = np.percentile(values, _PERCENTILES) if len(values) else (0.0, 1.0)
            self._ranges.append((float(low), float(high) if high > low else float(low) + 1.0))

    def read(self, source: Any, window: Any, shape: tuple[int, int]) -> NDArray[np.uint8]:
        """Return (h, w, 4) colours of a window."""
        data = source.read(
            self._bands, window=window, out_shape=(len(self._bands), *shape),
            resampling=self._resampling,
        )  # fmt: skip
        result = np.empty((*shape, 4), np.uint8)
        if self._table is not None:
            result[:] = self._table[np.clip(data[0], 0, len(self._table) - 1).astype(np.intp)]
            if self._has_mask:
                result[..., 3] = np.minimum(result[..., 3], self._opaque(source, window, shape))
            return result
        result[..., :3] = np.moveaxis(self._bytes(data), 0, 2)  # one grey band fills all three
        result[..., 3] = self._opaque(source, window, shape)
        return result

    def _bytes(self, data: NDArray[Any]) -> NDArray[np.uint8]:
        if self._is_byte:
            return np.asarray(data, np.uint8)
        low = np.array([low for low, _high in self._ranges])[:, None, None]
        high = np.array([high for _low, high in self._ranges])[:, None, None]
        scaled = (data.astype(np.float64) - low) / (high - low) * 255
        return np.asarray(np.nan_to_num(np.clip(scaled, 0, 255)), np.uint8)

    def _opaque(self, source: Any, window: Any, shape: tuple[int, int]) -> NDArray[np.uint8]:
        """Return the alpha of a window, 0 to 255."""
        if self._alpha is not None:
            alpha = source.read(self._alpha, window=window, out_shape=shape)
            if alpha.dtype == np.uint8:
                return np.asarray(alpha)
            most = np.iinfo(alpha.dtype).max if alpha.dtype.kind in "iu" else 1
            return np.asarray(np.clip(alpha.astype(np.float64) / most * 255, 0, 255), np.uint8)
        if not self._has_mask:
            return np.full(shape, 255, np.uint8)
        return np.asarray(source.dataset_mask(window=window, out_shape=shape), np.uint8)


def open_source(path: Path) -> Any:
    """Return the file as rasterio's dataset; ``rasterio.open`` would not take a list of drivers."""
    return rasterio.io.DatasetReader(str(path), driver=DRIVERS)


def _colour_table(source: Any) -> NDArray[np.uint8] | None:
    try:
        colours = source.colormap(1)
    except ValueError:  # it says that it has one
        return None
    table = np.zeros((max(colours, default=0) + 1, 4), np.uint8)
    for value, colour in colours.items():
        table[value] = colour
    return table


def _code_of(crs: Any) -> int | str | None:
    """Return the EPSG code of rasterio's CRS, or its WKT, or None where there is none."""
    if not crs:
        return None
    code = crs.to_epsg()
    return int(code) if code else str(crs.to_wkt())


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Turn what rasterio and GDAL say about ``path`` into a sentence."""
    with environment():
        try:
            yield
        except _ERRORS as error:
            if not path.exists():
                raise _wrong(path, texts.vanished(file=str(path))) from error
            raise _wrong(path, texts.unreadable(file=path.name)) from error
        except MemoryError as error:
            raise _wrong(path, texts.too_large(file=path.name)) from error
        except OSError as error:
            raise cannot_read(path, error) from error


def _wrong(path: Path, text: Text) -> InputError:
    return InputError(text, place=Place(file=path))
