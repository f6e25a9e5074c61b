"""Overviews beside a raster file (.ovr), as GDAL's gdaladdo and QGIS make and use them.

GDAL's own builder cannot be stopped, so the first and largest overview is written here, some rows
at a time; GDAL makes the coarser ones from it, inside the same file.
"""

import math
from pathlib import Path
from typing import Any

import numpy as np

from gridmap.base.errors import EnvironmentProblem, Place
from gridmap.base.progress import Progress, quiet, share
from gridmap.exchange import geotiff_texts as texts
from gridmap.exchange.geotiff import open_source, speaking
from gridmap.exchange.geotiff_library import rasterio
from gridmap.exchange.quiet import no_warnings

Resampling, Window = rasterio.enums.Resampling, rasterio.windows.Window
_ROWS = 512
_BLOCK = 256
_FIRST_SHARE = 0.8
"""How much of the work the first overview is: three quarters of the pixels, and all reading."""


def build_overviews(path: Path, progress: Progress = quiet) -> Path:
    """Write the overviews of a raster file beside it, whole or not at all; return their file.

    Raises:
        InputError: the file cannot be read.
        EnvironmentProblem: nothing can be written beside it.
        Cancelled: the user stopped it.
    """
    target = path.with_name(path.name + ".ovr")
    draft = path.with_name(path.name + ".ovr.part")
    try:
        with draft.open("wb"):
            pass
    except OSError as error:
        raise _not_written(path) from error
    try:
        with speaking(path), no_warnings():
            size = _write_first(path, draft, share(progress, 0, _FIRST_SHARE))
        _write_rest(draft, size, share(progress, _FIRST_SHARE, 1), path)
        draft.replace(target)
    except OSError as error:
        raise _not_written(path) from error
    finally:
        draft.unlink(missing_ok=True)
    return target


def _write_first(path: Path, draft: Path, progress: Progress) -> tuple[int, int]:
    """Write the picture at half its size; return that size."""
    with open_source(path) as source:
        width, height = math.ceil(source.width / 2), math.ceil(source.height / 2)
        has_table = source.colorinterp[0] == rasterio.enums.ColorInterp.palette
        resampling = Resampling.nearest if has_table else Resampling.average
        with rasterio.open(draft, "w", **_profile(source, width, height)) as written:
            if has_table:
                written.write_colormap(1, source.colormap(1))
            for top in range(0, height, _ROWS):
                progress(top, height, texts.building_overviews())
                rows = min(_ROWS, height - top)
                taken = min(2 * rows, source.height - 2 * top)
                window = Window(0, 2 * top, source.width, taken)
                shape = (source.count, rows, width)
                data = source.read(window=window, out_shape=shape, resampling=resampling)
                written.write(data, window=Window(0, top, width, rows))
    return width, height


def _write_rest(draft: Path, size: tuple[int, int], progress: Progress, path: Path) -> None:
    factors = [2**n for n in range(1, 20) if max(size) / 2 ** (n - 1) > _BLOCK]
    for done, factor in enumerate(factors):
        progress(done, len(factors), texts.building_overviews())
        with speaking(path), no_warnings(), rasterio.open(draft, "r+") as written:
            has_table = written.colorinterp[0] == rasterio.enums.ColorInterp.palette
            written.build_overviews(
                [factor], Resampling.nearest if has_table else Resampling.average
            )
    progress(1, 1, texts.building_overviews())


def _profile(source: Any, width: int, height: int) -> dict[str, Any]:
    """Return how the overviews are stored: small where that loses nothing that is seen."""
    is_photo = source.count == 3 and source.dtypes[0] == "uint8" and source.nodata is None
    packing = (
        {"compress": "JPEG", "photometric": "YCBCR", "jpeg_quality": 85}
        if is_photo
        else {"compress": "DEFLATE", "predictor": 1 if source.dtypes[0].startswith("f") else 2}
    )
    if np.dtype(source.dtypes[0]).itemsize == 1 and not is_photo:
        packing["predictor"] = 1
    return {
        "driver": "GTiff", "width": width, "height": height, "count": source.count,
        "dtype": source.dtypes[0], "nodata": source.nodata, "tiled": True, "blockxsize": _BLOCK,
        "blockysize": _BLOCK, "BIGTIFF": "IF_SAFER", **packing,
    }  # fmt: skip


def _not_written(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        texts.overviews_not_written(folder=str(path.parent)), place=Place(file=path)
    )
