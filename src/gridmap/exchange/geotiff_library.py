"""The one place where rasterio is imported: in a way that bears SpatiaLite before it.

SQLite loads SpatiaLite so that the system's GEOS and PROJ stand before all libraries that come
later (``RTLD_GLOBAL``). rasterio's own GDAL would then call the system's PROJ, which is of another
version, and the process dies. Other libraries are imported before SpatiaLite (store/engine.py);
rasterio is seldom needed and takes 50 ms of the start, so it is bound to its own libraries instead.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_deep = getattr(os, "RTLD_DEEPBIND", None)  # systems without it keep libraries apart anyway
if _deep is not None:
    _usual = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_NOW | _deep)
try:
    import rasterio
    import rasterio._env
    import rasterio.enums
    import rasterio.errors
    import rasterio.transform
    import rasterio.windows
finally:
    if _deep is not None:
        sys.setdlopenflags(_usual)

__all__ = ["environment", "rasterio"]

_PROJ_DATA = Path(rasterio.__file__).parent / "proj_data"
_CACHE_BYTES = 64 * 1024 * 1024


@contextmanager
def environment() -> Iterator[None]:
    """Run calls into rasterio with its own data, and a cache of bounded size.

    rasterio takes ``PROJ_DATA`` from the environment whenever it begins: a bundle sets it for
    SpatiaLite's PROJ, other programs for theirs, and neither is of rasterio's version.
    """
    with rasterio.Env(GDAL_CACHEMAX=_CACHE_BYTES):
        if _PROJ_DATA.is_dir():
            rasterio._env.set_proj_data_search_path(str(_PROJ_DATA))
        yield
