"""The one place where rasterio is imported: in a way that bears SpatiaLite before it.

SQLite loads SpatiaLite so that the system's GEOS and PROJ stand before all libraries that come
later (``RTLD_GLOBAL``). rasterio's own GDAL would then call the system's PROJ, which is of another
version, and the process dies. Other libraries are imported before SpatiaLite (store/engine.py);
rasterio is seldom needed and takes 50 ms of the start, so it is bound to its own libraries instead.
"""

import os
import sys

_deep = getattr(os, "RTLD_DEEPBIND", None)  # systems without it keep libraries apart anyway
if _deep is not None:
    _usual = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_NOW | _deep)
try:
    import rasterio
    import rasterio.enums
    import rasterio.errors
    import rasterio.transform
    import rasterio.windows
finally:
    if _deep is not None:
        sys.setdlopenflags(_usual)

__all__ = ["rasterio"]
