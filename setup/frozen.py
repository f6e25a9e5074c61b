"""Runs first in a bundle: tells the libraries that came along where their data lies."""

import os
import sys
from pathlib import Path

_inside = Path(getattr(sys, "_MEIPASS", ""))

# SpatiaLite's PROJ. pyproj and pyogrio look into their own folders first.
if (_inside / "spatialite" / "proj").is_dir():
    os.environ["PROJ_DATA"] = str(_inside / "spatialite" / "proj")

# A bare system has no fonts and no word of where they are.
if sys.platform == "linux" and not Path("/etc/fonts/fonts.conf").exists():
    os.environ.setdefault("FONTCONFIG_FILE", str(_inside / "fontconfig" / "fonts.conf"))
