"""The icons, by name."""

from functools import cache

from PySide6.QtGui import QIcon

from gridmap.base import paths


@cache
def icon(name: str) -> QIcon:
    """Return an icon of ``resources/icons``."""
    return QIcon(str(paths.resource_dir() / "icons" / f"{name}.svg"))
