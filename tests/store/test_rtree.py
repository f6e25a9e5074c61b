"""The spatial index built in one go is a sound R*Tree that finds what lies there."""

import numpy as np
import pytest
import shapely
from tests.store.helpers import EAST, EPSG, NORTH, STEP, ask, elsewhere, execute, insert

from gridmap.geo.features import Features
from gridmap.store import blobs, engine, rows, rtree

CAPACITY = 51  # cells in a node of SQLite's R*Tree with two dimensions and pages of 4,096 bytes
SIZES = [0, 1, 2, CAPACITY, CAPACITY + 1, CAPACITY * CAPACITY, CAPACITY * CAPACITY + 1, 3000]

PLACES = {
    "in the zone": (EAST, NORTH, 5_000.0),
    "negative": (-EAST, -NORTH, 5_000.0),
    "around zero": (-50.0, -50.0, 100.0),
    "with zone number": (39_452_000.0, 4_426_000.0, 5_000.0),
    "far away": (3.2e9, -7.5e9, 1e6),
}


@pytest.fixture
def memory():
    connection = engine.sqlite.connect(":memory:", isolation_level=None)
    engine.load_spatialite(connection)
    connection.execute("SELECT InitSpatialMetaData(1, 'NONE')").fetchone()
    connection.execute("SELECT InsertEpsgSrid(4548)").fetchone()
    connection.execute("CREATE TABLE cell (id TEXT PRIMARY KEY)")
    connection.execute(
        "SELECT AddGeometryColumn('cell', 'geom', 4548, 'GEOMETRY', 'XY')"
    ).fetchone()
    connection.execute("SELECT CreateSpatialIndex('cell', 'geom')").fetchone()
    yield connection
    connection.close()


def boxes(count, place, seed=1):
    x, y, extent = PLACES[place]
    random = np.random.default_rng(seed)
    west, south = x + random.random(count) * extent, y + random.random(count) * extent
    return shapely.box(west, south, west + extent / 90, south + extent / 70)


def fill(connection, geometries):
    """Write rows without SpatiaLite's triggers, so that only ``rebuild`` makes the index."""
    made = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'cell'"
    ).fetchall()
    for name, _ in made:
        connection.execute(f"DROP TRIGGER {name}")
    connection.executemany(
        "INSERT INTO cell (id, geom) VALUES (?, ?)",
        [(str(n), blob) for n, blob in enumerate(blobs.encode(geometries, EPSG))],
    )
    for _, sql in made:
        connection.execute(sql)


def verdict(connection, table="cell"):
    return connection.execute("SELECT rtreecheck(?)", (rtree.index_name(table),)).fetchone()[0]


def found_in(connection, window):
    """Row ids that the index gives for a window (xmin, ymin, xmax, ymax)."""
    return {
        rowid
        for (rowid,) in connection.execute(
            "SELECT pkid FROM idx_cell_geom"
            " WHERE xmax >= ? AND ymax >= ? AND xmin <= ? AND ymin <= ?",
            window,
        )
    }


def lying_in(geometries, window):
    """The same by looking at every box."""
    xmin, ymin, xmax, ymax = shapely.bounds(geometries).T
    hit = (xmax >= window[0]) & (ymax >= window[1]) & (xmin <= window[2]) & (ymin <= window[3])
    return set((np.flatnonzero(hit) + 1).tolist())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", SIZES)
def test_the_index_is_sound_and_misses_nothing(memory, size, place):
    geometries = boxes(size, place)
    fill(memory, geometries)
    rtree.rebuild(memory, "cell")
    assert verdict(memory) == "ok"
    x, y, extent = PLACES[place]
    slack = extent / 90 * 2  # 32-bit sides may take in a neighbour, never leave one out
    for part in range(10):
        window = np.array([x, y, x, y]) + extent * np.array([part, part, part + 2, part + 1.5]) / 10
        found = found_in(memory, window.tolist())
        assert lying_in(geometries, window) <= found
        assert found <= lying_in(geometries, window + slack * np.array([-1, -1, 1, 1]))


def test_every_row_is_found_by_its_own_corners(memory):
    geometries = boxes(500, "with zone number")
    fill(memory, geometries)
    rtree.rebuild(memory, "cell")
    for rowid, (xmin, ymin, xmax, ymax) in enumerate(shapely.bounds(geometries).tolist(), start=1):
        for corner in ((xmin, ymin), (xmax, ymax)):
            assert rowid in found_in(memory, [*corner, *corner])


def test_rows_without_a_place_are_left_out(memory):
    geometries = boxes(10, "in the zone")
    geometries[[2, 5]] = None
    fill(memory, geometries)
    rtree.rebuild(memory, "cell")
    assert verdict(memory) == "ok"
    everywhere = (-1e12, -1e12, 1e12, 1e12)
    assert found_in(memory, everywhere) == set(range(1, 11)) - {3, 6}


@pytest.mark.parametrize(
    "packed",
    [
        "TinyPointEncode(MakePoint(?1, ?2, 4548))",
        "CompressGeometry(BuildMbr(?1, ?2, ?1 + 1, ?2 + 1, 4548))",
        "CAST(X'0000000011C4' || zeroblob(0) AS BLOB)",  # torn: no geometry, so it has no place
    ],
)
def test_geometries_packed_by_other_programs_are_indexed(memory, packed):
    fill(memory, boxes(100, "in the zone"))
    for name in ("ggi_cell_geom", "gii_cell_geom"):
        memory.execute(f"DROP TRIGGER {name}")
    memory.execute(
        f"INSERT INTO cell (id, geom) SELECT 'packed', {packed}",
        (7.0, 8.0) if "?" in packed else (),
    )
    rtree.rebuild(memory, "cell")
    assert verdict(memory) == "ok"
    assert len(found_in(memory, (-1e12, -1e12, 1e12, 1e12))) == (101 if "?" in packed else 100)
    assert found_in(memory, (7, 8, 7, 8)) == ({101} if "?" in packed else set())


@pytest.mark.parametrize("size", [0, 1, CAPACITY + 1, 3000])
def test_triggers_keep_a_rebuilt_index_right(memory, size):
    geometries = boxes(size, "in the zone")
    fill(memory, geometries)
    rtree.rebuild(memory, "cell")
    added = boxes(120, "in the zone", seed=2)
    memory.execute("BEGIN")
    memory.executemany(
        "INSERT INTO cell (id, geom) VALUES (?, ?)",
        [(f"+{n}", blob) for n, blob in enumerate(blobs.encode(added, EPSG))],
    )
    memory.execute("DELETE FROM cell WHERE rowid % 3 = 0")
    moved = blobs.encode(np.array([shapely.box(0, 0, 1, 1)]), EPSG)[0]
    memory.execute("UPDATE cell SET geom = ? WHERE rowid % 5 = 1", (moved,))
    memory.execute("COMMIT")
    assert verdict(memory) == "ok"
    stored = memory.execute("SELECT rowid, geom FROM cell").fetchall()
    assert found_in(memory, (-1e12, -1e12, 1e12, 1e12)) == {rowid for rowid, _ in stored}
    assert found_in(memory, (0, 0, 1, 1)) == {rowid for rowid, blob in stored if blob == moved}


def test_rebuilding_a_larger_index_to_nothing_leaves_it_empty(memory):
    fill(memory, boxes(3000, "in the zone"))
    rtree.rebuild(memory, "cell")
    fill_again = memory.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'cell'"
    )
    for (name,) in fill_again.fetchall():
        memory.execute(f"DROP TRIGGER {name}")
    memory.execute("DELETE FROM cell")
    rtree.rebuild(memory, "cell")
    assert verdict(memory) == "ok"
    assert found_in(memory, (-1e12, -1e12, 1e12, 1e12)) == set()


@pytest.mark.parametrize("size", [0, 1, 3000])
@pytest.mark.parametrize("harm", ["root gone", "all nodes gone", "everything gone", "root torn"])
def test_a_ruined_index_is_built_anew(memory, size, harm):
    fill(memory, boxes(size, "in the zone"))
    rtree.rebuild(memory, "cell")
    if harm == "root torn":
        memory.execute("UPDATE idx_cell_geom_node SET data = zeroblob(7) WHERE nodeno = 1")
    else:
        where = " WHERE nodeno = 1" if harm == "root gone" else ""
        memory.execute(f"DELETE FROM idx_cell_geom_node{where}")
    if harm == "everything gone":
        memory.execute("DELETE FROM idx_cell_geom_rowid")
        memory.execute("DELETE FROM idx_cell_geom_parent")
    rtree.rebuild(memory, "cell")
    assert verdict(memory) == "ok"
    assert len(found_in(memory, (-1e12, -1e12, 1e12, 1e12))) == size


@pytest.mark.parametrize("count", [300, 3000])
def test_vacuum_leaves_index_and_rows_in_step(workspace, count):
    ids = insert(workspace, "cell", count)
    for id_ in ids[10:200]:  # gaps in the row numbers, which VACUUM would close
        execute(workspace, "DELETE FROM cell WHERE id = ?", id_)
    with workspace.writing() as writer:
        writer.execute("VACUUM")
    with workspace.reading() as reader:
        assert verdict(reader) == "ok"
        for id_, x in reader.execute("SELECT id, ST_MinX(geom) FROM cell").fetchall()[::17]:
            hits = reader.execute(
                "SELECT id FROM cell WHERE rowid IN (SELECT pkid FROM idx_cell_geom"
                " WHERE xmin <= ?1 AND xmax >= ?1)",
                (x + 0.5,),
            ).fetchall()
            assert (id_,) in hits


def test_other_programs_search_a_rebuilt_index(workspace):
    insert(workspace, "cell", 3000)
    with elsewhere(workspace.path) as other:
        count = other.execute(
            "SELECT count(*) FROM cell WHERE rowid IN (SELECT rowid FROM SpatialIndex"
            " WHERE f_table_name = 'cell' AND search_frame = BuildMbr(?, ?, ?, ?, 4548))",
            (EAST + 0.4, NORTH + 0.4, EAST + 99.6, NORTH + 0.6),
        ).fetchone()[0]
        assert count == 100
        assert other.execute("SELECT CheckSpatialIndex('cell', 'geom')").fetchone()[0] == 1


def test_a_bulk_load_and_a_small_one_give_the_same_answers(workspace):
    geometries = boxes(2500, "in the zone")
    with workspace.transaction(STEP) as tx:
        rows.insert(tx, "cell", Features({}, geometries))
        for start in range(0, 2500, 500):
            rows.insert(
                tx,
                "grid",
                Features({}, shapely.multipolygons(geometries[start : start + 500, None])),
            )
    window = "xmax >= 453000 AND xmin <= 454000 AND ymax >= 4427000 AND ymin <= 4429000"
    found = [
        ask(workspace, f"SELECT count(*) FROM idx_{t}_geom WHERE {window}")
        for t in ("cell", "grid")
    ]
    assert found[0] == found[1] > 100
