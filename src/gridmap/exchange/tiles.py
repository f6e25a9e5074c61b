"""Tile sets in MBTiles files: an SQLite file of squares in Web Mercator, pictures or vectors.

MBTiles 1.3 counts rows from the south, as TMS does; everyone else counts from the north.
"""

import html
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gridmap.base.errors import InputError, Place, WorkspaceError
from gridmap.base.messages import Text
from gridmap.exchange import tile_texts as texts
from gridmap.store.connect import connect_foreign, speaking

VECTOR_FORMATS = ("pbf", "mvt")
DEEPEST = 30
_MAGICS = {
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpg",
    b"RIFF": "webp",
    b"\x1f\x8b": "pbf",
    b"\x78\x9c": "pbf",
    b"\x1a": "pbf",
}
_TAG = re.compile(r"<[^>]*>")
_MOST_SAID = 200


@dataclass(frozen=True)
class TileSet:
    """What a file says of itself. ``bounds`` are west, south, east, north in degrees."""

    name: str
    attribution: str
    min_zoom: int
    max_zoom: int
    bounds: tuple[float, float, float, float] | None
    format: str = "png"

    @property
    def is_vector(self) -> bool:
        """Return whether the squares hold shapes, not pictures."""
        return self.format in VECTOR_FORMATS


class Tiles(Protocol):
    """An open file of tiles; ``read`` may be called from any thread."""

    path: Path
    tile_set: TileSet

    def read(self, zoom: int, x: int, y: int) -> bytes | None:
        """Return the content of a tile, None where there is none; ``y`` from the north."""

    def close(self) -> None:
        """Close the file; nothing is read any more."""


class TileFile:
    """An open MBTiles file; ``read`` may be called from any thread."""

    def __init__(self, path: Path) -> None:
        """Open the file and look whether it is what it says.

        Raises:
            InputError: it cannot be read, is no MBTiles file, or holds nothing.
        """
        self.path = path
        try:
            self._connection = connect_foreign(path)
        except WorkspaceError as error:
            raise wrong(path, texts.unreadable(file=path.name)) from error
        self._lock = threading.Lock()
        self._is_closed = False
        try:
            with speaking(path):
                self.tile_set = self._describe()
        except BaseException as error:
            self._connection.close()
            if isinstance(error, InputError):
                raise
            raise wrong(path, texts.unreadable(file=path.name)) from error

    def read(self, zoom: int, x: int, y: int) -> bytes | None:
        """Return the content of a tile, None where there is none; ``y`` from the north.

        Raises:
            WorkspaceError: the file is damaged there, or gone.
        """
        row = (1 << zoom) - 1 - y
        with self._lock, speaking(self.path):
            if self._is_closed:  # a tile of the map that is still being painted
                return None
            found = self._connection.execute(
                "SELECT tile_data FROM tiles"
                " WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                (zoom, x, row),
            ).fetchone()
        return bytes(found[0]) if found and isinstance(found[0], bytes) else None

    def close(self) -> None:
        """Close the file; nothing is read any more."""
        with self._lock:
            self._is_closed = True
            self._connection.close()

    def _describe(self) -> TileSet:
        names = {
            name
            for (name,) in self._connection.execute("SELECT name FROM sqlite_master").fetchall()
        }
        if not {"metadata", "tiles"} <= names:
            raise wrong(self.path, texts.unreadable(file=self.path.name))
        told = {
            str(name): str(value)
            for name, value in self._connection.execute("SELECT name, value FROM metadata")
            if value is not None
        }
        # one query each: both at once would read the whole index of a large file
        low = self._connection.execute("SELECT min(zoom_level) FROM tiles").fetchone()[0]
        high = self._connection.execute("SELECT max(zoom_level) FROM tiles").fetchone()[0]
        if low is None:
            raise wrong(self.path, texts.empty(file=self.path.name))
        return TileSet(
            told.get("name") or self.path.stem,
            plain(told.get("attribution", "")),
            max(int(low), 0),
            min(int(high), DEEPEST),
            _bounds(told.get("bounds", "")),
            self._format(told.get("format", "")),
        )

    def _format(self, told: str) -> str:
        """Return what the tiles are: by their content, since what is told is often missing."""
        first = self._connection.execute("SELECT tile_data FROM tiles LIMIT 1").fetchone()[0]
        content = first if isinstance(first, bytes) else b""
        return format_of(content) or told.lower().strip(". ") or "png"


def format_of(content: bytes) -> str | None:
    """Return what a tile's content is, by its first bytes; None where they tell nothing."""
    for magic, name in _MAGICS.items():
        if content.startswith(magic):
            return name
    return None


def plain(text: str) -> str:
    """Return what an attribution says, without its markup, cut to what a map has room for."""
    words = " ".join(html.unescape(_TAG.sub(" ", text)).split())
    return words if len(words) <= _MOST_SAID else words[: _MOST_SAID - 1] + "…"


def _bounds(text: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        return None
    return (west, south, east, north) if west < east and south < north else None


def wrong(path: Path, text: Text) -> InputError:
    """Return the error that something is wrong with a file."""
    return InputError(text, place=Place(file=path))
