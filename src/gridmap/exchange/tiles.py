"""Base maps in MBTiles files: an SQLite file of square images, in Web Mercator.

MBTiles 1.3 counts rows from the south, as TMS does; everyone else counts from the north.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

from gridmap.base.errors import InputError, Place, WorkspaceError
from gridmap.base.messages import Text
from gridmap.exchange import tile_texts as texts
from gridmap.store.connect import connect_foreign, speaking

_VECTOR_FORMATS = ("pbf", "mvt")
_DEEPEST = 30


@dataclass(frozen=True)
class TileSet:
    """What a file says of itself. ``bounds`` are west, south, east, north in degrees."""

    name: str
    attribution: str
    min_zoom: int
    max_zoom: int
    bounds: tuple[float, float, float, float] | None


class TileFile:
    """An open MBTiles file; ``read`` may be called from any thread."""

    def __init__(self, path: Path) -> None:
        """Open the file and look whether it is what it says.

        Raises:
            InputError: it cannot be read, is no MBTiles file, or holds vectors or nothing.
        """
        self.path = path
        try:
            self._connection = connect_foreign(path)
        except WorkspaceError as error:
            raise _wrong(path, texts.unreadable(file=path.name)) from error
        self._lock = threading.Lock()
        self._is_closed = False
        try:
            with speaking(path):
                self.tile_set = self._describe()
        except BaseException as error:
            self._connection.close()
            if isinstance(error, InputError):
                raise
            raise _wrong(path, texts.unreadable(file=path.name)) from error

    def read(self, zoom: int, x: int, y: int) -> bytes | None:
        """Return the encoded image of a tile, None where there is none; ``y`` from the north."""
        row = (1 << zoom) - 1 - y
        with self._lock, speaking(self.path):
            if self._is_closed:  # a tile of the map that is still being painted
                return None
            found = self._connection.execute(
                "SELECT tile_data FROM tiles"
                " WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                (zoom, x, row),
            ).fetchone()
        return bytes(found[0]) if found and found[0] is not None else None

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
            raise _wrong(self.path, texts.unreadable(file=self.path.name))
        told = {
            str(name): str(value)
            for name, value in self._connection.execute("SELECT name, value FROM metadata")
            if value is not None
        }
        if told.get("format", "png").lower() in _VECTOR_FORMATS:
            raise _wrong(self.path, texts.vectors(file=self.path.name))
        low, high = self._connection.execute(
            "SELECT min(zoom_level), max(zoom_level) FROM tiles"
        ).fetchone()
        if low is None:
            raise _wrong(self.path, texts.empty(file=self.path.name))
        return TileSet(
            told.get("name") or self.path.stem,
            told.get("attribution", ""),
            max(int(low), 0),
            min(int(high), _DEEPEST),
            _bounds(told.get("bounds", "")),
        )


def _bounds(text: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        return None
    return (west, south, east, north) if west < east and south < north else None


def _wrong(path: Path, text: Text) -> InputError:
    return InputError(text, place=Place(file=path))
