"""Tile sets in PMTiles files, version 3: one file, directories of tiles along a Hilbert curve.

The format: a header of 127 bytes, a root directory, leaf directories, and the tiles' contents.
"""

import json
import struct
import threading
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.base.errors import InputError
from gridmap.exchange import tile_texts as texts
from gridmap.exchange.faults import cannot_read
from gridmap.exchange.tiles import DEEPEST, TileSet, plain, wrong

_MAGIC = b"PMTiles"
_VERSION = 3
_HEADER = struct.Struct("<7sB11Q6B4i")
_NONE, _GZIP = 1, 2
_FORMATS = {1: "pbf", 2: "png", 3: "jpg", 4: "webp"}
_DEEPEST_DIRECTORY = 4
_KEPT_LEAVES = 64
_MOST_BYTES = 64 * 1024 * 1024  # of a tile, unpacked: a larger one is no honest one
_MOST_LISTED = 8 * 1024 * 1024
"""Bytes of a directory, unpacked: its numbers take fifty times as much. Leaves have some 100 kB."""


@dataclass(frozen=True)
class _Directory:
    """Entries in the order of their ids; a run of 0 marks a leaf directory."""

    ids: NDArray[np.uint64]
    runs: NDArray[np.uint64]
    lengths: NDArray[np.uint64]
    offsets: NDArray[np.uint64]

    def find(self, tile_id: int) -> tuple[int, int, bool] | None:
        """Return (offset, length, whether it is a leaf) of what may hold a tile."""
        at = int(np.searchsorted(self.ids, np.uint64(tile_id), side="right")) - 1
        if at < 0:
            return None
        run = int(self.runs[at])
        if run and tile_id - int(self.ids[at]) >= run:
            return None
        return int(self.offsets[at]), int(self.lengths[at]), run == 0


class PmtilesFile:
    """An open PMTiles file; ``read`` may be called from any thread."""

    def __init__(self, path: Path) -> None:
        """Open the file and look whether it is what it says.

        Raises:
            InputError: it cannot be read, is no PMTiles file of version 3, or is damaged.
        """
        self.path = path
        self._lock = threading.Lock()
        self._leaves: OrderedDict[int, _Directory] = OrderedDict()
        try:
            self._stream = path.open("rb")
        except OSError as error:
            raise cannot_read(path, error) from error
        try:
            self._begin()
        except (OSError, ValueError, EOFError, zlib.error, struct.error) as error:
            self._stream.close()
            raise self._unreadable() from error
        except BaseException:
            self._stream.close()
            raise

    def read(self, zoom: int, x: int, y: int) -> bytes | None:
        """Return the content of a tile, None where there is none; ``y`` from the north.

        Raises:
            InputError: the file is damaged there, or gone.
        """
        tile_id = tile_id_of(zoom, x, y)
        with self._lock:
            if self._stream.closed:
                return None
            try:
                return self._find(tile_id)
            except OSError as error:
                raise cannot_read(self.path, error) from error
            except (ValueError, EOFError, zlib.error) as error:
                raise self._unreadable() from error

    def close(self) -> None:
        """Close the file; nothing is read any more."""
        with self._lock:
            self._stream.close()

    # --- inside -----------------------------------------------------------------------------------

    def _begin(self) -> None:
        header = self._stream.read(_HEADER.size)
        magic, version, *numbers = _HEADER.unpack(header)
        if magic != _MAGIC or version != _VERSION:
            raise wrong(self.path, texts.unreadable(file=self.path.name))
        root, root_size, meta, meta_size, self._leaf_at, _, self._data_at, *_ = numbers[:11]
        _clustered, self._packing, tile_packing, kind, low, high = numbers[11:17]
        west, south, east, north = (value / 1e7 for value in numbers[17:21])
        known = (_NONE, _GZIP)
        if kind not in _FORMATS or self._packing not in known or tile_packing not in (0, *known):
            raise wrong(self.path, texts.unknown_packing(file=self.path.name))
        if high > DEEPEST or low > high:
            raise self._unreadable()
        self._is_packed = tile_packing == _GZIP and kind != 1  # vectors are unpacked later
        self._root = self._directory(root, root_size)
        if not len(self._root.ids):
            raise wrong(self.path, texts.empty(file=self.path.name))
        told = self._metadata(meta, meta_size)
        self.tile_set = TileSet(
            str(told.get("name") or self.path.stem),
            plain(str(told.get("attribution") or "")),
            low,
            high,
            (west, south, east, north) if west < east and south < north else None,
            _FORMATS[kind],
        )

    def _metadata(self, at: int, size: int) -> dict[str, Any]:
        try:
            told = json.loads(self._unpacked(at, size, _MOST_BYTES)) if size else {}
        except (ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}

    def _find(self, tile_id: int) -> bytes | None:
        directory = self._root
        for _ in range(_DEEPEST_DIRECTORY):
            found = directory.find(tile_id)
            if found is None:
                return None
            offset, length, is_leaf = found
            if not is_leaf:
                content = self._part(self._data_at + offset, length)
                return unpacked(content) if self._is_packed else content
            directory = self._leaf(self._leaf_at + offset, length)
        raise ValueError("directories without an end")

    def _leaf(self, at: int, size: int) -> _Directory:
        known = self._leaves.get(at)
        if known is None:
            known = self._leaves[at] = self._directory(at, size)
            if len(self._leaves) > _KEPT_LEAVES:
                self._leaves.popitem(last=False)
        self._leaves.move_to_end(at)
        return known

    def _directory(self, at: int, size: int) -> _Directory:
        values = _varints(self._unpacked(at, size, _MOST_LISTED))
        count = int(values[0]) if len(values) else 0
        if len(values) != 1 + 4 * count:
            raise ValueError("a directory of another size than it says")
        ids, runs, lengths, offsets = values[1:].reshape(4, count)
        places = np.arange(count)
        ahead = offsets == 0  # right behind the one before
        begins = np.maximum.accumulate(np.where(ahead, 0, places)) if count else places
        before = np.cumsum(lengths, dtype=np.uint64) - lengths
        offsets = np.where(ahead, 0, offsets - np.uint64(1))[begins] + before - before[begins]
        return _Directory(np.cumsum(ids, dtype=np.uint64), runs, lengths, offsets)

    def _unpacked(self, at: int, size: int, most: int) -> bytes:
        content = self._part(at, size)
        content = unpacked(content, most) if self._packing == _GZIP else content
        if len(content) > most:
            raise ValueError("a directory that is absurdly large")
        return content

    def _part(self, at: int, size: int) -> bytes:
        if size > _MOST_BYTES:
            raise ValueError("a part that is absurdly large")
        self._stream.seek(at)
        content = self._stream.read(size)
        if len(content) < size:
            raise EOFError
        return content

    def _unreadable(self) -> InputError:
        return wrong(self.path, texts.unreadable(file=self.path.name))


def tile_id_of(zoom: int, x: int, y: int) -> int:
    """Return a tile's number: those of coarser zooms first, then along the Hilbert curve."""
    number = ((1 << (2 * zoom)) - 1) // 3
    for step in range(zoom - 1, -1, -1):
        side = 1 << step
        right, down = int(x & side != 0), int(y & side != 0)
        number += side * side * ((3 * right) ^ down)
        if not down:
            if right:
                x, y = side - 1 - (x & (side - 1)), side - 1 - (y & (side - 1))
            x, y = y, x
    return number


def unpacked(content: bytes, most: int = _MOST_BYTES) -> bytes:
    """Return what is packed by gzip or zlib; what is not packed comes back as it is.

    Raises:
        ValueError: it would become absurdly large.
        EOFError: it is truncated.
        zlib.error: it is damaged.
    """
    if not content.startswith((b"\x1f\x8b", b"\x78\x01", b"\x78\x9c", b"\x78\xda")):
        return content
    stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
    result = stream.decompress(content, most)
    if stream.unconsumed_tail:
        raise ValueError("it unpacks to something absurdly large")
    if not stream.eof:
        raise EOFError
    return result


def _varints(content: bytes) -> NDArray[np.uint64]:
    """Return the numbers of a run of protobuf's varints."""
    data = np.frombuffer(content, np.uint8)
    ends = np.flatnonzero(data < 0x80)
    if not len(ends):
        return np.zeros(0, np.uint64)
    starts = np.concatenate([[0], ends[:-1] + 1])
    lengths = ends - starts + 1
    if int(lengths.max()) > 10:
        raise ValueError("a number that is too long")
    used = data[: int(ends[-1]) + 1]
    shifts = (np.arange(len(used)) - np.repeat(starts, lengths)) * 7
    parts = (used & 0x7F).astype(np.uint64) << shifts.astype(np.uint64)
    return np.add.reduceat(parts, starts)
