"""Rows with geometry as columns: what readers give, and what the workspace takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Geometries = NDArray[np.object_]
"""Shapely geometries; None where a row has no place."""


@dataclass(frozen=True)
class Features:
    """Columns of equal length, and one geometry a row (or none at all).

    ``columns`` holds numpy arrays: of numbers where no value is missing, else of objects with
    None for a missing value. The CRS of the geometries is said by whoever hands them over.
    """

    columns: Mapping[str, NDArray[Any]]
    geometry: Geometries | None = None

    def __post_init__(self) -> None:
        lengths = {len(column) for column in self.columns.values()}
        if self.geometry is not None:
            lengths.add(len(self.geometry))
        if len(lengths) > 1:
            raise ValueError(f"columns of unequal length: {sorted(lengths)}")

    def __len__(self) -> int:
        if self.geometry is not None:
            return len(self.geometry)
        return next((len(column) for column in self.columns.values()), 0)

    def take(self, rows: NDArray[Any]) -> "Features":
        """Return the rows at the positions (or the mask) ``rows``."""
        geometry = None if self.geometry is None else self.geometry[rows]
        return Features({name: column[rows] for name, column in self.columns.items()}, geometry)


def as_objects(values: Sequence[Any]) -> NDArray[np.object_]:
    """Return values of any kind as an object array of one dimension."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
