"""Where things are: in a checkout, and in a bundle without Python."""

import os
import sys
from pathlib import Path

import platformdirs

_NAME = "gridmap"


def is_frozen() -> bool:
    """Return whether the program runs from a bundle."""
    return bool(getattr(sys, "frozen", False))


def _root() -> Path:
    if is_frozen():
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
    return Path(__file__).resolve().parents[3]


def resource_dir() -> Path:
    """Return the folder of code tables, icons, translations and print templates."""
    return _root() / "resources"


def maps_dir() -> Path:
    """Return the folder of styles and base maps."""
    return _root() / "maps"


def font_dir() -> Path | None:
    """Return the folder of fonts that the bundle brings, or None where the system has them."""
    folder = _root() / "fonts"
    return folder if is_frozen() and folder.is_dir() else None


def data_dir() -> Path:
    """Return the user's data folder (settings, list of recent workspaces)."""
    return Path(
        os.environ.get("GRIDMAP_DATA") or platformdirs.user_data_dir(_NAME, appauthor=False)
    )


def log_dir() -> Path:
    """Return the folder of log files."""
    return data_dir() / "log"


def spatialite_candidates() -> list[str]:
    """Return what to try as the SpatiaLite extension, best first."""
    bundled = _root() / "spatialite" / "mod_spatialite"
    named = os.environ.get("GRIDMAP_SPATIALITE")
    candidates = [named] if named else []
    if is_frozen():
        candidates.append(str(bundled))
    candidates.append("mod_spatialite")
    if sys.platform == "darwin":
        candidates += ["/opt/homebrew/lib/mod_spatialite", "/usr/local/lib/mod_spatialite"]
    if sys.platform == "win32":
        programs = Path(os.environ.get("PROGRAMFILES", r"C:\Program Files"))
        homes = [*sorted(programs.glob("QGIS*"), reverse=True), Path(r"C:\OSGeo4W")]
        candidates += [str(home / "bin" / "mod_spatialite") for home in homes]
    return candidates
