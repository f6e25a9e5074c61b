"""Which SQLite is used, and SpatiaLite loaded into it in the order that does not crash.

Two traps are closed here. mod_spatialite brings the system's GEOS and PROJ while shapely, pyproj
and pyogrio bring their own: loaded before them, the process dies or shapely breaks, so they are
imported first. And some Pythons are built without loadable extensions: then pysqlite3, the same
API with a SQLite of its own, takes sqlite3's place for the whole process, for two SQLite libraries
must never open the same file in one process (POSIX locks break).
"""

import importlib
import sqlite3 as _builtin
import types
from typing import TYPE_CHECKING

import pyproj  # noqa: F401 - before the extension
import shapely  # noqa: F401 - before the extension

from gridmap.base import lean, paths
from gridmap.base.errors import EnvironmentProblem
from gridmap.store import texts

lean.load_without("pyogrio", ("pandas", "geopandas", "pyarrow"))  # before the extension

if TYPE_CHECKING:
    import sqlite3 as sqlite
else:

    def _choose() -> types.ModuleType:
        if hasattr(_builtin.Connection, "enable_load_extension"):
            return _builtin
        try:
            return importlib.import_module("pysqlite3.dbapi2")
        except ImportError:
            return _builtin

    sqlite = _choose()


__all__ = ["load_spatialite", "sqlite", "versions"]


def load_spatialite(connection: sqlite.Connection) -> None:
    """Load the SpatiaLite extension into a connection.

    Raises:
        EnvironmentProblem: this Python loads no extensions, or SpatiaLite is not installed.
    """
    if not hasattr(connection, "enable_load_extension"):
        raise EnvironmentProblem(texts.no_loadable_extensions())
    connection.enable_load_extension(True)
    try:
        reasons = []
        for candidate in paths.spatialite_candidates():
            try:
                connection.load_extension(candidate)
            except sqlite.OperationalError as error:
                reasons.append(f"{candidate}: {error}")
            else:
                return
        raise EnvironmentProblem(texts.no_spatialite(reasons="; ".join(reasons)))
    finally:
        connection.enable_load_extension(False)


def versions() -> dict[str, str]:
    """Return the versions of SQLite, SpatiaLite and the libraries below it.

    Raises:
        EnvironmentProblem: SpatiaLite cannot be loaded.
    """
    connection = sqlite.connect(":memory:")
    try:
        load_spatialite(connection)
        row = connection.execute(
            "SELECT sqlite_version(), spatialite_version(), geos_version(), proj_version()"
        ).fetchone()
    finally:
        connection.close()
    names = ("SQLite", "SpatiaLite", "GEOS (SpatiaLite)", "PROJ (SpatiaLite)")
    return {"module": sqlite.__name__, **dict(zip(names, map(str, row), strict=True))}
