"""Long calls on arrays in pieces: shapely and pyproj keep Python's lock while one call lasts."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.features import Geometries

PIECE = 20_000
"""Geometries in one call: about 15 ms."""
_FREED = 5_000


def slices(count: int, size: int = PIECE) -> Iterator[slice]:
    """Yield slices that cover ``count`` places, at least one."""
    for start in range(0, max(count, 1), size):
        yield slice(start, start + size)


def in_pieces(work: Callable[[Geometries], Geometries], geometries: Geometries) -> Geometries:
    """Return what ``work`` makes of the geometries, one of each, piece by piece."""
    if len(geometries) <= PIECE:
        return work(geometries)
    return np.concatenate([work(geometries[part]) for part in slices(len(geometries))])


def let_go(values: NDArray[Any] | None) -> None:
    """Forget what an array holds piece by piece; the array is of no use afterwards.

    To free a district's geometries at once takes 0.2 s, in which no other thread runs.
    """
    if values is not None and values.dtype == object:
        for part in slices(len(values), _FREED):
            values[part] = None
