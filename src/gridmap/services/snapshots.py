"""Layers as they were read, kept beside the workspace as arrays, so that the next start is quick.

Reading 255,000 buildings takes a second, most of it one Python object a row; the same arrays
mapped from a file take 0.1 s. A snapshot is named by the journal's last entry: after any change,
undo or restore the name is another one, and the old files are dropped. It is only ever a copy of
what the workspace holds, and is made again where it is missing, torn or cannot be written.
"""

import contextlib
import hashlib
import json
import logging
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.base import clock, files
from gridmap.geo.features import as_objects
from gridmap.geo.layers import LayerRows
from gridmap.geo.shapes import Shapes
from gridmap.store.engine import sqlite

_log = logging.getLogger(__name__)

LEAST_ROWS = 5_000  # fewer are read in 30 ms
_FORMAT = 1  # another one when the arrays change their meaning
_ARRAYS = ("xy", "runs", "features", "rows", "bounds")
_HEAD = "layer.json"


def folder_of(workspace: Path) -> Path:
    """Return the folder of a workspace's snapshots."""
    return workspace.with_name(f".{workspace.name}.layers")


def state_of(reader: sqlite.Connection) -> str:
    """Return what names the state of the whole workspace: it never comes back by chance."""
    row = reader.execute(
        "SELECT (SELECT id FROM journal_transaction ORDER BY seq DESC LIMIT 1),"
        " (SELECT max(entry) FROM journal)"
    ).fetchone()
    return hashlib.sha256(f"{_FORMAT} {row[0]} {row[1]}".encode()).hexdigest()[:20]


class Snapshots:
    """The snapshots of one workspace."""

    def __init__(self, workspace: Path, *, is_writable: bool) -> None:
        self._folder = folder_of(workspace)
        self._is_writable = is_writable
        self._drafts: list[tuple[Path, Path]] = []

    def find(self, state: str, table: str, fields: tuple[str, ...]) -> LayerRows | None:
        """Return a table as it was kept in this state, None where it was not."""
        place = self._place(state, table, fields)
        try:
            head = json.loads((place / _HEAD).read_text(encoding="utf-8"))
            shapes = tuple(_load(place, number, d) for number, d in enumerate(head["dimensions"]))
            columns = {name: as_objects(head["columns"][name]) for name in fields}
            return LayerRows(table, as_objects(head["ids"]), shapes, columns)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            _log.warning("snapshot of %s not readable: %s", table, error)
            return None

    def keep(self, state: str, fields: tuple[str, ...], layer: LayerRows) -> None:
        """Write a draft of a layer; ``publish`` makes it count. A full disk is only logged."""
        if not self._is_writable or len(layer) < LEAST_ROWS:
            return
        place = self._place(state, layer.table, fields)
        draft = self._folder / f".{clock.new_id()}"
        try:
            draft.mkdir(parents=True)
            for number, shapes in enumerate(layer.shapes):
                for name in _ARRAYS:
                    np.save(draft / f"{number}.{name}.npy", getattr(shapes, name))
            head = {
                "dimensions": [shapes.dimension for shapes in layer.shapes],
                "ids": layer.ids.tolist(),
                "columns": {name: layer.columns[name].tolist() for name in fields},
            }
            (draft / _HEAD).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
            self._drafts.append((draft, place))
        except (OSError, TypeError) as error:  # a value that JSON does not know is not kept
            _log.warning("snapshot of %s not kept: %s", layer.table, error)
            shutil.rmtree(draft, ignore_errors=True)

    def publish(self, state: str) -> None:
        """Make the drafts count once they are on the disk, and drop what is older than ``state``.

        Called when the map is seen: waiting for the disk must not hold up the first picture.
        """
        drafts, self._drafts = self._drafts, []
        for draft, place in drafts:
            try:
                for file in draft.iterdir():
                    files.sync_file(file)
                shutil.rmtree(place, ignore_errors=True)
                place.parent.mkdir(exist_ok=True)
                draft.rename(place)
            except OSError as error:
                _log.warning("snapshot %s not kept: %s", place.name, error)
                shutil.rmtree(draft, ignore_errors=True)
        if self._is_writable and self._folder.is_dir():
            self._drop_others(state)

    def _drop_others(self, state: str) -> None:
        with contextlib.suppress(OSError):  # Windows keeps files that are still mapped
            for old in self._folder.iterdir():
                if old.name != state:
                    shutil.rmtree(old, ignore_errors=True)

    def _place(self, state: str, table: str, fields: tuple[str, ...]) -> Path:
        return self._folder / state / "-".join((table, *fields))


def _load(place: Path, number: int, dimension: int) -> Shapes:
    arrays: dict[str, NDArray[Any]] = {
        name: np.load(place / f"{number}.{name}.npy", mmap_mode="r") for name in _ARRAYS
    }
    return Shapes(dimension, *(arrays[name] for name in _ARRAYS))
