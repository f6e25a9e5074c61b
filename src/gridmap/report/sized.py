"""Proportional symbols: markers whose area grows with a number."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from gridmap.model.style import Proportion, Symbol
from gridmap.report import marks
from gridmap.report.rules import as_numbers
from gridmap.report.stamps import stamp_sized
from gridmap.report.turns import give_way

_ALIKE_PX = 2.0
"""Markers of one class and nearly one size within so many device pixels are one: of 100,000 in a
tile all but some thousand lie hidden."""
_ROW_OF_CELLS = 1 << 20
_LOOKS = 1 << 22


def marker_sizes(
    columns: Mapping[str, NDArray[Any]], count: int, proportion: Proportion
) -> NDArray[np.float64]:
    """Return how wide the marker of each row is, in style pixels; NaN where there is none.

    A row without a number, or with none above zero, has no marker. More than ``largest`` is shown
    as ``largest``, less than can be seen as ``least_size``.
    """
    if proportion.field not in columns:
        return np.full(count, np.nan)
    numbers = as_numbers(columns[proportion.field])
    share = np.sqrt(np.where(numbers > 0, numbers, np.nan) / proportion.largest)
    return np.clip(share * proportion.size, proportion.least_size, proportion.size)


def size_of(number: float, proportion: Proportion) -> float:
    """Return how wide the marker of a number above zero is, in style pixels."""
    share = float(np.sqrt(number / proportion.largest))
    return float(np.clip(share * proportion.size, proportion.least_size, proportion.size))


def paint_sized(
    painter: QPainter,
    pixels: NDArray[np.float64],
    sizes: NDArray[np.float64],
    classes: NDArray[np.int16],
    symbols: Sequence[Symbol],
    *,
    ratio: float,
    is_vector: bool,
) -> None:
    """Paint markers at the pixels (n, 2), ``sizes`` device pixels wide, the larger ones first."""
    has_size = np.isfinite(sizes)
    pixels, sizes, classes = pixels[has_size], sizes[has_size], classes[has_size]
    cells = np.round(pixels / _ALIKE_PX).astype(np.int64)
    looks = np.round(sizes).astype(np.int64) * len(symbols) + classes
    _unique, kept = np.unique(
        (cells[:, 1] * _ROW_OF_CELLS + cells[:, 0]) * _LOOKS + looks, return_index=True
    )
    order = kept[np.lexsort((kept, -sizes[kept]))]
    pixels, sizes, classes = pixels[order], sizes[order], classes[order]
    if not is_vector:
        stamp_sized(painter, pixels, sizes, classes, symbols, ratio=ratio)
        return
    for start, end in _runs(classes):
        symbol = symbols[int(classes[start])]
        marks.paint_sized_markers(
            painter, pixels[start:end], symbol, sizes=sizes[start:end], ratio=ratio
        )
        give_way()


def _runs(classes: NDArray[np.int16]) -> list[tuple[int, int]]:
    """Return the stretches of one class."""
    ends = [*(np.flatnonzero(np.diff(classes)) + 1).tolist(), len(classes)]
    return [(a, b) for a, b in zip([0, *ends], ends, strict=False) if b > a]
