"""Blobs are SpatiaLite's to the last byte, and come back as the same geometries."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.store.helpers import EAST, EPSG, NORTH, STEP, elsewhere
from tests.store.shapes import KINDS, absent, arrays, as_array

from gridmap.geo.shapes import shapes_of
from gridmap.store import blobs, engine, rows

everything = arrays(*KINDS.values(), absent)


@pytest.fixture(scope="module")
def spatialite():
    connection = engine.sqlite.connect(":memory:")
    engine.load_spatialite(connection)
    yield connection
    connection.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_blob_is_byte_for_byte_what_spatialite_makes(spatialite, kind):
    @given(arrays(KINDS[kind], max_size=4))
    def holds(geometries):
        ours = blobs.encode(geometries, EPSG)
        for geometry, blob in zip(geometries, ours, strict=True):
            theirs = spatialite.execute(
                "SELECT GeomFromWKB(?, ?)", (shapely.to_wkb(geometry), EPSG)
            ).fetchone()[0]
            assert blob == theirs

    holds()


@given(everything)
def test_decoding_gives_back_what_was_encoded(geometries):
    encoded = blobs.encode(geometries, EPSG)
    assert blobs.is_plain(encoded)
    decoded = blobs.decode(encoded)
    for before, blob, after in zip(geometries, encoded, decoded, strict=True):
        if before is None or before.is_empty:
            assert blob is None
            assert after is None
        else:
            assert shapely.to_wkb(before) == shapely.to_wkb(after)


def assert_same_shapes(ours, theirs):
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert one.dimension == other.dimension
        for name in ("xy", "runs", "features", "rows", "bounds"):
            assert np.array_equal(getattr(one, name), getattr(other, name)), name


@given(everything)
def test_shapes_read_from_blobs_are_those_of_the_geometries(geometries):
    encoded = blobs.encode(geometries, EPSG)
    assert_same_shapes(blobs.decode_shapes(encoded), shapes_of(geometries))


@given(everything, st.randoms(use_true_random=False))
def test_shapes_keep_the_row_numbers_that_they_are_given(geometries, random):
    numbers = np.array(random.sample(range(1000), len(geometries)), np.int64)
    encoded = blobs.encode(geometries, EPSG)
    assert_same_shapes(blobs.decode_shapes(encoded, numbers), shapes_of(geometries, numbers))


def test_heights_are_dropped():
    flat, high = shapely.Point(1, 2), shapely.Point(1, 2, 3)
    assert blobs.encode(as_array([high]), EPSG) == blobs.encode(as_array([flat]), EPSG)


@pytest.mark.parametrize("blob", [b"", b"\x00\x01", b"\x00" * 100, b"\xff" * 100])
def test_bytes_that_are_no_blob_are_not_taken_for_one(blob):
    assert not blobs.is_plain([blob])


# --- what other programs write


def big_endian(point: shapely.Point) -> bytes:
    """The blob of a point as SpatiaLite writes it on a big-endian machine."""
    x, y = np.array([point.x, point.y], ">f8").tobytes()[:8], np.array([point.y], ">f8").tobytes()
    return (
        b"\x00\x00"
        + EPSG.to_bytes(4, "big")
        + x
        + y
        + x
        + y
        + b"\x7c\x00\x00\x00\x01"
        + x
        + y
        + b"\xfe"
    )


LANE = shapely.LineString([[EAST + step, NORTH + step % 3] for step in range(9)])
SQUARE = shapely.box(EAST, NORTH, EAST + 5, NORTH + 5)
SPOT = shapely.Point(EAST, NORTH)
PACKED = {
    "tiny point": ("component", SPOT, "TinyPointEncode(MakePoint({x}, {y}, 4548))"),
    "big endian": ("component", SPOT, "X'" + big_endian(SPOT).hex() + "'"),
    "compressed line": ("walkway", LANE, "CompressGeometry(GeomFromText('{wkt}', 4548))"),
    "compressed area": ("cell", SQUARE, "CompressGeometry(GeomFromText('{wkt}', 4548))"),
}


@pytest.mark.parametrize("packing", PACKED)
def test_geometries_packed_by_other_programs_are_read(workspace, packing):
    table, shape, made = PACKED[packing]
    with workspace.transaction(STEP) as tx:
        made = made.format(x=EAST, y=NORTH, wkt=shape.wkt)
        tx.connection.execute(f"INSERT INTO {table} (id, geom) VALUES ('packed', {made})")
        tx.connection.execute(f"INSERT INTO {table} (id) VALUES ('nowhere')")
    with workspace.reading() as reader:
        stored = [blob for (blob,) in reader.execute(f"SELECT geom FROM {table} ORDER BY rowid")]
        read = rows.read_features(reader, table).geometry
        painted = rows.read_layer(reader, table).shapes
    assert not blobs.is_plain(stored)
    assert read[0].equals_exact(shape, 0.001)  # compression keeps differences in 32 bits
    assert read[1] is None
    assert painted[0].rows.tolist() == [0]
    assert painted[0].bounds[0] == pytest.approx(shape.bounds, abs=0.001)


def test_heights_and_measures_of_other_programs_are_read_flat(workspace):
    with elsewhere(workspace.path) as other:
        # SpatiaLite's own triggers refuse it in a table of flat geometries
        other.execute("DROP TRIGGER ggi_component_geom")
        other.execute(
            "INSERT INTO component (id, geom) VALUES ('high', MakePointZM(?, ?, 5, 6, 4548))",
            (EAST, NORTH),
        )
    with workspace.reading() as reader:
        read = rows.read_features(reader, "component").geometry
    assert read[0].equals(SPOT)
    assert not read[0].has_z
