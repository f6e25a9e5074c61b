"""What is painted of one table: its shapes, and a few columns beside them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.shapes import Shapes, joined


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

    def patched(self, fresh: "LayerRows", ids: Collection[str]) -> "LayerRows":
        """Return the rows with those of ``ids`` gone, and ``fresh`` (with the same columns) last.

        The other shapes keep their order: 60 ms for one of 250,000 buildings.
        """
        gone = frozenset(ids)
        is_kept = np.fromiter((id_ not in gone for id_ in self.ids), bool, len(self))
        place = np.cumsum(is_kept) - 1
        kept = int(is_kept.sum())
        found: dict[int, list[Shapes]] = {}
        for shapes in self.shapes:
            some = shapes.keep(is_kept[shapes.rows])
            found.setdefault(shapes.dimension, []).append(replace(some, rows=place[some.rows]))
        for shapes in fresh.shapes:
            moved = replace(shapes, rows=shapes.rows + kept)
            found.setdefault(shapes.dimension, []).append(moved)
        whole = (joined(parts) for _dimension, parts in sorted(found.items(), reverse=True))
        return LayerRows(
            self.table,
            np.concatenate([self.ids[is_kept], fresh.ids.astype(self.ids.dtype)]),
            tuple(shapes for shapes in whole if len(shapes)),
            {
                name: np.concatenate([column[is_kept], fresh.columns[name].astype(column.dtype)])
                for name, column in self.columns.items()
            },
        )

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
