"""Features too small to be drawn one by one, as a tint: how much of each pixel they cover."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

_CHANNELS = 4  # blue, green, red, alpha: from the lowest bits up


class Tint:
    """Gathers small features of several colours, and makes one image of them.

    A feature's weight (in pixels of area) is shared between the four pixels around its centre,
    so that the sum of all is right whatever the scale. Where features cover a pixel more than
    once, its colour is their mean, weighted.

    One pixel of margin around the image catches the edges. Only pixels that something touches
    are reckoned with: a window has a million and a half, and most have nothing so small.
    """

    def __init__(self, width: int, height: int) -> None:
        self._width = width
        self._height = height
        self._columns, self._rows = width + 2, height + 2
        self._added: list[tuple[NDArray[np.int64], NDArray[np.float64], QColor]] = []
        self._pixels = np.zeros(0, np.uint32)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was added."""
        return not self._added

    def add(
        self, pixels: NDArray[np.float64], weights: NDArray[np.float64], colour: QColor
    ) -> None:
        """Add features by their centres in pixels, and the pixels that each covers."""
        place = pixels + 0.5  # pixel centres lie at halves; one more for the margin
        cell = np.floor(place).astype(np.int64)
        column, row = cell[:, 0], cell[:, 1]
        inside = (column >= 0) & (row >= 0)
        inside &= (column < self._columns - 1) & (row < self._rows - 1)
        if not inside.any():
            return
        if not inside.all():
            place, cell, weights = place[inside], cell[inside], weights[inside]
        part = place - cell
        first = cell[:, 1] * self._columns + cell[:, 0]
        right, down = part[:, 0] * weights, part[:, 1]
        left, both = weights - right, right * down
        low = left * down
        shares = np.concatenate([left - low, right - both, low, both])
        at = np.concatenate([first, first + 1, first + self._columns, first + self._columns + 1])
        self._added.append((at, shares, colour))

    def image(self) -> QImage:
        """Return the tint as a premultiplied image, which is good as long as this object lives."""
        touched, planes = self._planes()
        scale = 255.0 / np.maximum(planes[-1], 1.0)
        packed = np.zeros(len(touched), np.uint32)
        for n, plane in enumerate(planes):
            packed |= np.minimum(plane * scale + 0.5, 255.0).astype(np.uint32) << np.uint32(8 * n)
        self._pixels = np.zeros(self._columns * self._rows, np.uint32)
        self._pixels[touched] = packed
        return QImage(
            self._pixels[self._columns + 1 :].data,
            self._width,
            self._height,
            4 * self._columns,
            QImage.Format.Format_ARGB32_Premultiplied,
        )

    def _planes(self) -> tuple[NDArray[np.int64], list[NDArray[np.float64]]]:
        """Return the pixels that are touched, and their sums of blue, green, red and alpha."""
        count = self._columns * self._rows
        covered = [
            np.bincount(at, shares, count) * colour.alphaF() for at, shares, colour in self._added
        ]
        total = covered[0] if len(covered) == 1 else np.sum(covered, axis=0)
        touched = np.flatnonzero(total != 0.0)
        planes = [np.zeros(len(touched)) for _ in range(_CHANNELS)]
        for alpha, (_at, _shares, colour) in zip(covered, self._added, strict=True):
            some = alpha[touched]
            for plane, part in zip(planes, (*_bgr(colour), 1.0), strict=True):
                plane += some * part
        return touched, planes


def _bgr(colour: QColor) -> tuple[float, float, float]:
    return colour.blueF(), colour.greenF(), colour.redF()
