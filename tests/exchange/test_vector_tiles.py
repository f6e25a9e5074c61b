"""PMTiles and vector tiles: what GDAL wrote is read again, and hostile files are refused."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely
from tests.exchange.test_tiles import write as write_mbtiles

from gridmap.base.errors import InputError
from gridmap.exchange.tiles import TileFile
from gridmap.exchange.tiles_pmtiles import PmtilesFile, tile_id_of
from gridmap.exchange.vector_tiles import decode
from gridmap.geo.ground import GroundKind
from gridmap.geo.pyramid import MERCATOR_M

K = GroundKind
ZOOM = 14
X, Y = 13_170_000.0, 4_700_000.0


def tile_at(x: float, y: float, zoom: int = ZOOM) -> tuple[int, int, int]:
    side = MERCATOR_M / 2**zoom
    return zoom, int((x + MERCATOR_M / 2) // side), int((MERCATOR_M / 2 - y) // side)


def middle(tile: tuple[int, int, int]) -> tuple[float, float]:
    side = MERCATOR_M / 2 ** tile[0]
    return (tile[1] + 0.5) * side - MERCATOR_M / 2, MERCATOR_M / 2 - (tile[2] + 0.5) * side


TILE = tile_at(X, Y)
EAST, NORTH = middle(TILE)


def by_gdal(path: Path, *, driver: str) -> Path:
    """Write roads, water and points of interest as tiles, by GDAL."""
    square = shapely.box(EAST - 300, NORTH - 300, EAST + 300, NORTH + 300)
    layers = {
        "water": ([square], "Polygon", ["lake"]),
        "transportation": (
            [
                shapely.LineString([(EAST - 400, NORTH), (EAST + 400, NORTH + 9)]),
                shapely.LineString([(EAST, NORTH - 400), (EAST, NORTH + 400)]),
            ],
            "LineString",
            ["motorway", "path"],
        ),
        "poi": ([shapely.Point(EAST, NORTH)], "Point", ["bench"]),
    }
    source = path.with_suffix(".gpkg")
    for number, (name, (shapes, kind, classes)) in enumerate(layers.items()):
        pyogrio.raw.write(
            source, shapely.to_wkb(np.array(shapes)), [np.array(classes, object)], ["class"],
            layer=name, geometry_type=kind, crs="EPSG:3857", driver="GPKG", append=number > 0,
        )  # fmt: skip
    for number, name in enumerate(layers):
        meta, _, wkb, columns = pyogrio.raw.read(source, layer=name)
        if driver == "MBTiles" or number == 0 or driver == "PMTiles":
            target = path if driver == "MBTiles" else path.with_name(f"{name}{path.suffix}")
            pyogrio.raw.write(
                target, wkb, columns, list(meta["fields"]), layer=name,
                geometry_type=meta["geometry_type"], crs="EPSG:3857", driver=driver,
                append=driver == "MBTiles" and number > 0,
                dataset_options={"MINZOOM": str(ZOOM), "MAXZOOM": str(ZOOM)},
            )  # fmt: skip
    return path if driver == "MBTiles" else path.with_name("transportation.pmtiles")


def parts(content: bytes) -> dict[tuple[GroundKind, int], int]:
    ground = decode(content, *TILE, Path("x.pmtiles"))
    return {(kind, shapes.dimension): len(shapes) for kind, shapes in ground.parts}


def test_a_pmtiles_file_of_gdal_is_read_and_its_roads_told_apart(tmp_path: Path) -> None:
    file = PmtilesFile(by_gdal(tmp_path / "a.pmtiles", driver="PMTiles"))
    told = file.tile_set
    content, nothing = file.read(*TILE), file.read(ZOOM, 0, 0)
    file.close()
    assert (told.min_zoom, told.max_zoom, told.is_vector) == (ZOOM, ZOOM, True)
    assert content is not None
    assert nothing is None
    assert parts(content) == {(K.MOTORWAY, 1): 1, (K.PATH, 1): 1}
    assert file.read(*TILE) is None, "it is closed"


def test_shapes_lie_where_they_were_put(tmp_path: Path) -> None:
    file = PmtilesFile(by_gdal(tmp_path / "a.pmtiles", driver="PMTiles").with_name("water.pmtiles"))
    ground = decode(file.read(*TILE), *TILE, file.path)
    file.close()
    ((kind, shapes),) = ground.parts
    assert kind is K.WATER
    wanted = [EAST - 300, NORTH - 300, EAST + 300, NORTH + 300]
    assert np.allclose(shapes.bounds[0], wanted, atol=1.0), "4096 steps of 0.6 m make a tile"


def test_points_are_left_out_and_unknown_layers_shown_plainly() -> None:
    assert parts(mvt("poi", [(9, 1)])) == {}
    assert parts(mvt("房屋", [(9, 2)])) == {(K.LINE, 1): 1}


def test_vector_tiles_in_mbtiles_are_told_by_their_content(tmp_path: Path) -> None:
    packed = gzip.compress(mvt("roads", [(9, 2)]))
    path = write_mbtiles(tmp_path / "v.mbtiles", {(1, 0, 0): packed}, format="png")
    file = TileFile(path)
    assert file.tile_set.is_vector
    assert parts(file.read(1, 0, 1)) == {(K.STREET, 1): 1}
    file.close()


def test_a_thousand_houses_are_decoded_in_some_milliseconds() -> None:
    import time

    content = mvt("building", [(9, 3)] * 1000)
    parts(content)
    started = time.perf_counter()
    assert parts(content) == {(K.BUILDING, 2): 1000}
    assert time.perf_counter() - started < 0.2, "measured: 6 ms"


@pytest.mark.parametrize(
    "content",
    [b"\x1a\xff\xff\xff\xff\x0f", b"\x1a\x05abcde", b"\x00\x01",
     gzip.compress(b"x" * 9, mtime=0)[:12], gzip.compress(bytes(70 * 1024 * 1024), mtime=0)],
)  # fmt: skip
def test_a_damaged_tile_is_one_sentence(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(content, *TILE, Path("x.pmtiles"))
    assert caught.value.code == "exchange.tile_texts.vector_damaged"


def test_a_layer_whose_bytes_are_scrambled_is_one_sentence() -> None:
    scrambled = bytes.fromhex("1a140904726f6164120718017f030932222880207802")
    with pytest.raises(InputError) as caught:
        decode(scrambled, *TILE, Path("x.pmtiles"))
    assert caught.value.code == "exchange.tile_texts.vector_damaged"


# --- PMTiles --------------------------------------------------------------------------------------


def test_tiles_are_numbered_along_the_hilbert_curve() -> None:
    known = {(0, 0, 0): 0, (1, 0, 0): 1, (1, 0, 1): 2, (1, 1, 1): 3, (1, 1, 0): 4, (2, 0, 0): 5,
             (2, 1, 3): 11, (3, 3, 0): 26, (20, 0, 0): 366503875925}  # fmt: skip
    assert {tile: tile_id_of(*tile) for tile in known} == known
    numbers = sorted(tile_id_of(4, x, y) for x in range(16) for y in range(16))
    assert numbers == list(range(85, 85 + 256))


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def mvt(name: str, features: list[tuple[int, int]]) -> bytes:
    """Return a tile of one layer, its features small points, lines or areas (1, 2, 3)."""

    def field(number: int, content: bytes) -> bytes:
        return varint(number << 3 | 2) + varint(len(content)) + content

    shapes = {
        1: [9, 50, 34],
        2: [9, 50, 34, 10, 200, 160],
        3: [9, 50, 34, 26, 80, 0, 0, 80, 79, 0, 15],
    }
    body = b""
    for _id, kind in features:
        geometry = b"".join(varint(value) for value in shapes[kind])
        body += field(2, varint(3 << 3) + varint(kind) + field(4, geometry))
    layer = (
        field(1, name.encode()) + body + varint(5 << 3) + varint(4096) + varint(15 << 3) + b"\x02"
    )
    return field(3, layer)


def directory(entries: list[tuple[int, int, int, int]]) -> bytes:
    """Return (id, run, length, offset) as a directory's bytes."""
    out, last = varint(len(entries)), 0
    for number, *_ in entries:
        out, last = out + varint(number - last), number
    out += b"".join(varint(run) for _id, run, _length, _offset in entries)
    out += b"".join(varint(length) for _id, _run, length, _offset in entries)
    return out + b"".join(varint(offset + 1) for *_, offset in entries)


def archive(path: Path, *, root: bytes, leaves: bytes = b"", data: bytes = b"", **changes) -> Path:
    told = {
        "version": 3,
        "packing": 1,
        "tile_packing": 1,
        "kind": 2,
        "low": 0,
        "high": 3,
        **changes,
    }
    at = 127
    places = [at, len(root), 0, 0, at + len(root), len(leaves), at + len(root) + len(leaves),
              len(data), 0, 0, 0]  # fmt: skip
    head = struct.pack(
        "<7sB11Q6B4i", b"PMTiles", told["version"], *places, 1, told["packing"],
        told["tile_packing"], told["kind"], told["low"], told["high"], 0, 0, 0, 0,
    ).ljust(at, b"\0")  # fmt: skip
    path.write_bytes(head + root + leaves + data)
    return path


def test_leaf_directories_and_runs_are_followed(tmp_path: Path) -> None:
    leaf = directory([(5, 3, 4, 0), (9, 1, 3, 4)])
    root = directory([(1, 1, 2, 7), (5, 0, len(leaf), 0)])
    file = PmtilesFile(archive(tmp_path / "a.pmtiles", root=root, leaves=leaf, data=b"RUN.ONEab"))
    by_number = {tile_id_of(2, x, y): (2, x, y) for x in range(4) for y in range(4)}
    assert file.tile_set.format == "png"
    assert file.read(1, 0, 0) == b"ab"
    assert [file.read(*by_number[n]) for n in (5, 6, 7, 8, 9)] == [b"RUN."] * 3 + [None, b"ONE"]
    file.close()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"version": 2}, "unreadable"),
        ({"packing": 3}, "unknown_packing"),
        ({"kind": 9}, "unknown_packing"),
        ({"low": 9, "high": 3}, "unreadable"),
        ({"high": 200}, "unreadable"),
        ({"root": varint(0)}, "empty"),
        ({"root": varint(1 << 40)}, "unreadable"),
        ({"root": b"\xff" * 40}, "unreadable"),
    ],
)
def test_what_is_no_pmtiles_file_is_refused_in_words(tmp_path, changes, code: str) -> None:
    root = changes.pop("root", directory([(1, 1, 2, 0)]))
    with pytest.raises(InputError) as caught:
        PmtilesFile(archive(tmp_path / "a.pmtiles", root=root, **changes))
    assert caught.value.code == f"exchange.tile_texts.{code}"


def test_directories_that_turn_in_a_circle_and_tiles_beyond_the_end_are_told(tmp_path) -> None:
    circle = directory([(1, 0, 5, 0)])
    file = PmtilesFile(archive(tmp_path / "a.pmtiles", root=circle, leaves=circle))
    with pytest.raises(InputError):
        file.read(1, 0, 0)
    file.close()
    file = PmtilesFile(archive(tmp_path / "b.pmtiles", root=directory([(1, 1, 999, 0)])))
    with pytest.raises(InputError):
        file.read(1, 0, 0)
    file.close()


def test_a_directory_that_unpacks_to_a_hundred_times_its_size_is_not_unpacked(tmp_path) -> None:
    count = 2_100_000
    root = gzip.compress(varint(count) + bytes(4 * count))
    with pytest.raises(InputError) as caught:
        PmtilesFile(archive(tmp_path / "a.pmtiles", root=root, packing=2))
    assert caught.value.code == "exchange.tile_texts.unreadable"
    assert "absurdly large" in str(caught.value.__cause__)


def test_metadata_nested_beyond_all_measure_are_lived_with(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.pmtiles", root=directory([(1, 1, 2, 0)]), data=b"ab")
    content, nested = bytearray(path.read_bytes()), b"[" * 100_000
    struct.pack_into("<2Q", content, 24, len(content), len(nested))
    path.write_bytes(content + nested)
    file = PmtilesFile(path)
    assert file.tile_set.name == "a"
    assert file.read(1, 0, 0) == b"ab"
    file.close()


def test_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pmtiles"
    path.write_bytes(b"PMTiles\x03 and no more")
    with pytest.raises(InputError) as caught:
        PmtilesFile(path)
    assert caught.value.code == "exchange.tile_texts.unreadable"
