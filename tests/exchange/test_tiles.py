"""MBTiles base maps: what they say, their tiles, and files that are none."""

import threading
from pathlib import Path

import pytest

from gridmap.base.errors import InputError
from gridmap.exchange.tiles import TileFile
from gridmap.store.engine import sqlite


def write(path: Path, tiles: dict[tuple[int, int, int], bytes], **metadata: str) -> Path:
    """Write an MBTiles file; rows count from the south, as the format has it."""
    connection = sqlite.connect(path)
    connection.executescript(
        "CREATE TABLE metadata (name TEXT, value TEXT);"
        "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
        " tile_data BLOB);"
    )
    connection.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())
    connection.executemany(
        "INSERT INTO tiles VALUES (?, ?, ?, ?)",
        [(zoom, x, row, content) for (zoom, x, row), content in tiles.items()],
    )
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    tiles = {(1, 0, 0): b"south", (1, 0, 1): b"north", (3, 4, 5): b"deep"}
    return write(
        tmp_path / "底图.mbtiles", tiles, name="影像", format="jpg", bounds="116,39,117,40"
    )


def test_it_tells_what_it_is(file: Path) -> None:
    opened = TileFile(file)
    told = opened.tile_set
    opened.close()
    assert (told.name, told.min_zoom, told.max_zoom) == ("影像", 1, 3)
    assert told.bounds == (116, 39, 117, 40)


def test_rows_are_counted_from_the_north(file: Path) -> None:
    opened = TileFile(file)
    try:
        assert opened.read(1, 0, 0) == b"north"
        assert opened.read(1, 0, 1) == b"south"
        assert opened.read(3, 4, 2) == b"deep"
        assert opened.read(2, 0, 0) is None
    finally:
        opened.close()
    assert opened.read(1, 0, 0) is None


def test_pictures_and_vectors_are_told_apart_by_what_the_tiles_are(tmp_path: Path) -> None:
    def is_vector(name: str, content: bytes, **metadata: str) -> bool:
        opened = TileFile(write(tmp_path / name, {(0, 0, 0): content}, **metadata))
        opened.close()
        return opened.tile_set.is_vector

    assert is_vector("a", b"\x1f\x8b\x08packed", format="png")
    assert not is_vector("b", b"\x89PNG\r\n", format="pbf")
    assert is_vector("c", b"?", format="pbf")
    assert not is_vector("d", b"\xff\xd8\xff\xe0")


def test_an_attribution_is_said_without_its_markup(tmp_path: Path) -> None:
    said = '<a href="x" onclick="y()">© 测绘院 &amp; Co</a>  <b>2026</b>'
    opened = TileFile(write(tmp_path / "a.mbtiles", {(0, 0, 0): b"x"}, attribution=said))
    opened.close()
    assert opened.tile_set.attribution == "© 测绘院 & Co 2026"


def test_many_threads_may_read(file: Path) -> None:
    opened = TileFile(file)
    seen: list[bytes | None] = []
    threads = [threading.Thread(target=lambda: seen.append(opened.read(1, 0, 0))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened.close()
    assert seen == [b"north"] * 8


def test_odd_metadata_is_lived_with(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mbtiles", {(0, 0, 0): b"x"}, bounds="everywhere")
    opened = TileFile(path)
    told = opened.tile_set
    opened.close()
    assert told.name == "a"
    assert told.bounds is None


def _no_database(path: Path) -> None:
    path.write_bytes(b"\x89PNG no database at all" * 20)


def _other_database(path: Path) -> None:
    connection = sqlite.connect(path)
    connection.execute("CREATE TABLE other (a)")
    connection.close()


def _empty(path: Path) -> None:
    write(path, {}, format="png")


def _missing(path: Path) -> None:
    """Make nothing."""


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_no_database, "unreadable"),
        (_other_database, "unreadable"),
        (_missing, "unreadable"),
        (_empty, "empty"),
    ],
)
def test_what_is_no_base_map_is_refused_in_words(tmp_path: Path, make, code: str) -> None:
    path = tmp_path / "x.mbtiles"
    make(path)
    with pytest.raises(InputError) as caught:
        TileFile(path)
    assert caught.value.code == f"exchange.tile_texts.{code}"
    assert caught.value.place.file == path
