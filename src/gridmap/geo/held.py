"""Shapes of a table held in memory with their index, a few of which change now and then."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.features import Geometries, as_objects

Ints = NDArray[np.int64]
Predicate = Literal["intersects", "contains", "dwithin"]

_MOST_FRESH = 2_000  # an index of so few is made in less than a millisecond


class HeldShapes:
    """Rows by id: a shape each (metres in one projected CRS), and some columns.

    A row keeps its position for good; one that is gone has no shape. What changed lies in a small
    index of its own beside the large one, so that a change costs as much in a district as in a
    community.
    """

    def __init__(
        self, ids: Sequence[str], shapes: Geometries, columns: dict[str, list[Any]] | None = None
    ) -> None:
        self.ids = list(ids)
        self.shapes = shapes.copy()
        self.columns = columns or {}
        self.position = {id_: at for at, id_ in enumerate(self.ids)}
        self._build()

    def _build(self) -> None:
        self._tree = shapely.STRtree(self.shapes)
        self._is_stale = np.zeros(len(self.shapes), bool)
        self._has_changed = False
        self._fresh: dict[int, None] = {}
        self._fresh_at = np.empty(0, np.int64)
        self._fresh_tree = shapely.STRtree([])

    @property
    def alive(self) -> Ints:
        """Return the positions of the rows that have a shape."""
        return np.flatnonzero(~shapely.is_missing(self.shapes)).astype(np.int64)

    def query(
        self,
        places: Geometries,
        predicate: Predicate | None = None,
        distance_m: float | None = None,
    ) -> tuple[Ints, Ints]:
        """Return pairs (which place, position) that meet; without a predicate by their boxes."""
        of, hit = self._tree.query(places, predicate=predicate, distance=distance_m)
        if not self._has_changed:
            return of, hit
        known = ~self._is_stale[hit]
        of_new, hit_new = self._fresh_tree.query(places, predicate=predicate, distance=distance_m)
        return (
            np.concatenate([of[known], of_new]),
            np.concatenate([hit[known], self._fresh_at[hit_new]]),
        )

    def near(self, places: Geometries, distance_m: float = 0.0) -> Ints:
        """Return the positions whose boxes come near to those of some places, each once."""
        there = places[~shapely.is_missing(places)]
        if not len(there):
            return np.empty(0, np.int64)
        x0, y0, x1, y1 = shapely.bounds(there).T
        grown = shapely.box(x0 - distance_m, y0 - distance_m, x1 + distance_m, y1 + distance_m)
        return np.unique(self.query(grown)[1]).astype(np.int64)

    def put(
        self,
        rows: Iterable[tuple[str, shapely.Geometry | None]],
        columns: Mapping[str, Sequence[Any]] | None = None,
    ) -> tuple[Geometries, Ints]:
        """Take rows as they are now (None: gone); return their shapes before, and positions."""
        before, positions = [], []
        self._has_changed = True
        for n, (id_, shape) in enumerate(rows):
            at = self.position.get(id_)
            if at is None:
                at = self._append(id_)
            before.append(self.shapes[at])
            positions.append(at)
            self.shapes[at] = shape
            self._is_stale[at] = True
            if shape is None:
                self._fresh.pop(at, None)
            else:
                self._fresh[at] = None
            for name, values in (columns or {}).items():
                self.columns[name][at] = values[n]
        if len(self._fresh) > _MOST_FRESH:
            self._build()
        else:
            self._fresh_at = np.array(list(self._fresh), np.int64)
            self._fresh_tree = shapely.STRtree(self.shapes[self._fresh_at])
        return as_objects(before), np.array(positions, np.int64)

    def _append(self, id_: str) -> int:
        at = len(self.ids)
        self.ids.append(id_)
        self.position[id_] = at
        self.shapes = np.append(self.shapes, as_objects([None]))
        self._is_stale = np.append(self._is_stale, True)
        for column in self.columns.values():
            column.append(None)
        return at

    def values(self, name: str, positions: Ints) -> list[Any]:
        """Return a column of some rows."""
        column = self.columns[name]
        return [column[at] for at in positions.tolist()]
