"""The proof that raster files can be read on this machine."""

from pathlib import Path

import numpy as np

from gridmap.exchange.geotiff import RasterFile, speaking
from gridmap.exchange.geotiff_library import rasterio

_EPSG = 4548
_GREY = 90


def probe(path: Path) -> str:
    """Write a small picture to ``path`` and read it again; return what read it, and its version.

    Raises:
        InputError: it did not come back as it was.
    """
    place = rasterio.transform.from_origin(450_000, 4_425_000, 1, 1)
    with (
        speaking(path),
        rasterio.open(
            path, "w", driver="GTiff", width=8, height=8, count=1, dtype="uint8",
            crs=f"EPSG:{_EPSG}", transform=place,
        ) as written,
    ):  # fmt: skip
        written.write(np.full((1, 8, 8), _GREY, np.uint8))
    file = RasterFile(path, workspace_epsg=_EPSG)
    try:
        file.read((0, 0, 0))
    finally:
        file.close()
    return f"rasterio {rasterio.__version__}, GDAL {rasterio.__gdal_version__}"
