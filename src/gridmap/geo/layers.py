"""What is painted of one table: its shapes, and a few columns beside them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.shapes import Shapes, spliced, without

_MANY = 60
"""So many ids are looked for one by one."""
_NONE = np.empty(0, np.int64)


def packed(texts: Sequence[str | None]) -> NDArray[Any]:
    """Return texts as an array that takes 50 bytes for an id, where Python's own take 93.

    What comes out of it is str, or None.

    Raises:
        ValueError: something is neither.
    """
    return np.array(texts, np.dtypes.StringDType(na_object=None, coerce=False))


@dataclass(frozen=True)
class LayerRows:
    """The rows of a table that have a place.

    ``ids`` (n,) are their ids: str, or ``packed``; ``shapes`` refer to them by position
    (``Shapes.rows``), one object for each dimension that occurs; ``columns`` (n,) are the fields
    that a style asks for.
    """

    table: str
    ids: NDArray[Any]
    shapes: tuple[Shapes, ...]
    columns: Mapping[str, NDArray[Any]]
    _found: dict[frozenset[str], NDArray[np.int64]] = field(
        init=False, compare=False, repr=False, default_factory=dict
    )
    """Where the rows are that were asked for last."""

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """Return (xmin, ymin, xmax, ymax) of all shapes, None where there are none."""
        if not self.shapes:
            return None
        boxes = np.vstack([shapes.bounds for shapes in self.shapes])
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def kept(self, is_kept: NDArray[np.bool_]) -> "LayerRows":
        """Return only the rows for which ``is_kept`` (n,) is true."""
        place = np.cumsum(is_kept) - 1
        some = [shapes.keep(is_kept[shapes.rows]) for shapes in self.shapes]
        return LayerRows(
            self.table,
            self.ids[is_kept],
            tuple(replace(one, rows=place[one.rows]) for one in some if len(one)),
            {name: column[is_kept] for name, column in self.columns.items()},
        )

    def positions_of(self, ids: Collection[str]) -> NDArray[np.int64]:
        """Return where some rows are, in order; ids that are not there have no position."""
        wanted = frozenset(ids)
        if wanted not in self._found:
            if len(wanted) > _MANY:
                is_wanted = np.fromiter((id_ in wanted for id_ in self.ids), bool, len(self))
                found = np.flatnonzero(is_wanted)
            else:  # comparing all with one takes a millisecond in a district, looking at each 12
                places = [np.flatnonzero(self.ids == id_) for id_ in wanted if len(self)]
                found = np.sort(np.concatenate([_NONE, *places]))
            self._found.clear()
            self._found[wanted] = found
        return self._found[wanted]

    def patched(self, fresh: "LayerRows", ids: Collection[str]) -> "LayerRows":
        """Return the rows with those of ``ids`` gone, and ``fresh`` (with the same columns) last.

        Where all of ``ids`` are in both, rows keep their positions, and the ids are not copied:
        3 ms for some of 50,000 cells. Shapes that are not changed keep their order.
        """
        gone = self.positions_of(ids)
        position = {self.ids[at]: at for at in gone.tolist()}
        if position.keys() == set(fresh.ids):
            return self._replaced(
                fresh, gone, np.array([position[id_] for id_ in fresh.ids], np.int64)
            )
        is_kept = np.ones(len(self), bool)
        is_kept[gone] = False
        place = np.cumsum(is_kept) - 1
        kept = len(self) - len(gone)
        leaving = [(at, at + 1) for at in gone.tolist()]
        return LayerRows(
            self.table,
            without(self.ids, leaving, [fresh.ids.astype(self.ids.dtype)]),
            _spliced(self.shapes, fresh.shapes, is_kept, place, np.arange(kept, kept + len(fresh))),
            {
                name: without(column, leaving, [fresh.columns[name].astype(column.dtype)])
                for name, column in self.columns.items()
            },
        )

    def _replaced(
        self, fresh: "LayerRows", gone: NDArray[np.int64], places: NDArray[np.int64]
    ) -> "LayerRows":
        """Return the rows with fresh ones at the places of those that have their ids."""
        is_kept = np.ones(len(self), bool)
        is_kept[gone] = False
        columns = {}
        for name, column in self.columns.items():
            columns[name] = column.copy()
            columns[name][places] = fresh.columns[name].astype(column.dtype)
        shapes = _spliced(self.shapes, fresh.shapes, is_kept, np.arange(len(self)), places)
        new = replace(self, shapes=shapes, columns=columns)
        new._found.update(self._found)
        return new

    def widened(self, ids: NDArray[Any], columns: Mapping[str, NDArray[Any]]) -> "LayerRows | None":
        """Return the rows with more columns, None where ``ids`` (m,) lack one of them.

        ``columns`` (m,) are those of ``ids``, which may come in another order.
        """
        if not np.array_equal(ids, self.ids):
            places = {id_: n for n, id_ in enumerate(ids)}
            try:
                order = np.fromiter((places[id_] for id_ in self.ids), np.int64, len(self))
            except KeyError:
                return None
            columns = {name: column[order] for name, column in columns.items()}
        return replace(self, columns={**self.columns, **columns})


def _spliced(
    shapes: Sequence[Shapes],
    fresh: Sequence[Shapes],
    is_kept: NDArray[np.bool_],
    place: NDArray[np.int64],
    fresh_place: NDArray[np.int64],
) -> tuple[Shapes, ...]:
    """Return the shapes of kept rows and then fresh ones, each with its row's new position."""
    added = {one.dimension: replace(one, rows=fresh_place[one.rows]) for one in fresh}
    whole = [
        spliced(
            replace(one, rows=place[one.rows]),
            np.flatnonzero(~is_kept[one.rows]),
            added.pop(one.dimension, None),
        )
        for one in shapes
    ]
    whole += added.values()
    return tuple(sorted((one for one in whole if len(one)), key=lambda one: -one.dimension))
