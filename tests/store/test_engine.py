"""Both traps of loading SpatiaLite are closed, each shown in a fresh process."""

import importlib.util

import pytest

from gridmap.base import paths
from gridmap.base.errors import EnvironmentProblem
from gridmap.store import engine

WORK_OF_BOTH = """
import pathlib, sys, threading
from gridmap.store import engine
connection = engine.sqlite.connect(":memory:", check_same_thread=False)
engine.load_spatialite(connection)
connection.execute("SELECT InitSpatialMetaData(1, 'NONE')").fetchone()
for srid in (4326, 4548):
    assert connection.execute("SELECT InsertEpsgSrid(?)", (srid,)).fetchone() == (1,)

import numpy, pyogrio, pyproj, shapely
square = shapely.box(0, 0, 10, 10)
for _ in range(3):
    wkb = shapely.to_wkb(square)
    blob = connection.execute("SELECT GeomFromWKB(?, 4548)", (wkb,)).fetchone()[0]
    area = connection.execute("SELECT ST_Area(ST_Buffer(?, 1))", (blob,)).fetchone()[0]
    assert abs(area - shapely.area(square.buffer(1))) < 0.2, area
    assert shapely.from_wkb(shapely.to_wkb(shapely.force_3d(square, 1), output_dimension=3)).has_z
    assert shapely.coverage_is_valid([square, shapely.box(10, 0, 20, 10)])

    written = pathlib.Path("squares.geojson")
    written.unlink(missing_ok=True)
    pyogrio.raw.write(
        written, shapely.to_wkb(numpy.array([square])), [numpy.array(["甲"], object)], ["name"],
        geometry_type="Polygon", crs="EPSG:4326", driver="GeoJSON")
    _, _, geometry, columns = pyogrio.raw.read(written)
    assert shapely.from_wkb(geometry[0]).equals(square) and columns[0][0] == "甲"

    east, north = pyproj.Transformer.from_crs(4326, 4548, always_xy=True).transform(116.447, 39.968)
    point = "SELECT ST_Transform(MakePoint(116.447, 39.968, 4326), 4548) p"
    theirs = connection.execute(f"SELECT ST_X(p), ST_Y(p) FROM ({point})").fetchone()
    assert abs(theirs[0] - east) < 0.01 and abs(theirs[1] - north) < 0.01, theirs
thread = threading.Thread(target=lambda: connection.execute("SELECT ST_Buffer(?, 1)", (blob,)))
thread.start(); thread.join()
connection.close()
print("done")
"""


@pytest.mark.parametrize(
    "first",
    [
        "import gridmap.store.engine",
        "import gridmap.store.workspace",
        "import shapely; import gridmap.store.engine",
        "import pyogrio; import shapely; import gridmap.store.engine",
        "import pyproj; import gridmap.store.engine; import shapely",
        "import sqlite3; import gridmap.geo.crs",
        "import gridmap.cli",
    ],
)
def test_shapely_and_spatialite_both_work_whoever_is_imported_first(python, first):
    run = python(first + WORK_OF_BOTH)
    assert (run.returncode, run.stdout, run.stderr) == (0, "done\n", "")


BARE_PYTHON = """
import sqlite3
class Connection: "A connection of a Python that was built without loadable extensions."
sqlite3.Connection = Connection
"""

WHOLE_WORKSPACE = """
import pathlib
from gridmap.base.errors import WorkspaceError
from gridmap.store import backup, engine, texts, workspace
print(engine.sqlite.__name__)
with workspace.create(pathlib.Path("a.gridmap"), code="119999001", name="x", epsg=4548) as opened:
    try:
        with opened.transaction(texts.made(name="x")) as tx:
            tx.connection.execute("INSERT INTO building (id, compound_id) VALUES ('a', 'gone')")
    except WorkspaceError as error:
        print(error.code)
    print(backup.back_up(opened).seq)
"""


@pytest.mark.skipif(
    importlib.util.find_spec("pysqlite3") is None, reason="pysqlite3 is not installed here"
)
def test_pysqlite3_takes_over_where_sqlite3_loads_no_extensions(python):
    run = python(BARE_PYTHON + WHOLE_WORKSPACE)
    assert run.stdout.split() == ["pysqlite3.dbapi2", "store.rule_broken", "1"], run.stderr


def test_sqlite3_stays_where_it_loads_extensions(python):
    run = python(WHOLE_WORKSPACE)
    assert run.stdout.split()[1:] == ["store.rule_broken", "1"], run.stderr


def test_a_python_that_loads_no_extensions_is_told_what_to_install(python):
    code = BARE_PYTHON + (
        "import sys; sys.modules['pysqlite3'] = None; sys.modules['pysqlite3.dbapi2'] = None\n"
        "from gridmap.store import engine\n"
        "print(engine.sqlite is sqlite3)\n"
        "try: engine.load_spatialite(Connection())\n"
        "except Exception as error: print(type(error).__name__, error.code)\n"
    )
    run = python(code)
    assert run.stdout.splitlines() == [
        "True",
        "EnvironmentProblem store.no_loadable_extensions",
    ], run.stderr


@pytest.fixture
def _without_spatialite(monkeypatch):
    monkeypatch.setattr(paths, "spatialite_candidates", lambda: ["/nowhere/mod_a", "mod_b"])


@pytest.mark.usefixtures("_without_spatialite")
def test_missing_spatialite_is_one_sentence_that_says_what_was_tried():
    with pytest.raises(EnvironmentProblem) as caught:
        engine.versions()
    assert caught.value.code == "store.no_spatialite"
    assert "/nowhere/mod_a" in str(caught.value)
    assert "mod_b" in str(caught.value)


def test_the_environment_can_name_the_extension(monkeypatch):
    monkeypatch.setenv("GRIDMAP_SPATIALITE", "/opt/mod_spatialite")
    assert paths.spatialite_candidates()[0] == "/opt/mod_spatialite"


def test_versions_name_every_library():
    versions = engine.versions()
    assert set(versions) == {
        "module", "SQLite", "SpatiaLite", "GEOS (SpatiaLite)", "PROJ (SpatiaLite)",
    }  # fmt: skip
    assert all(versions.values())


def test_extensions_are_shut_off_again_after_spatialite_is_loaded():
    connection = engine.sqlite.connect(":memory:")
    engine.load_spatialite(connection)
    with pytest.raises(engine.sqlite.OperationalError, match="not authorized"):
        connection.load_extension("mod_spatialite")
    connection.close()
