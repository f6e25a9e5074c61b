"""Features too small to be drawn one by one, as a tint: how much of each pixel they cover."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage


class Tint:
    """Gathers small features of several colours, and makes one image of them.

    A feature's weight (in pixels of area) is shared between the four pixels around its centre,
    so that the sum of all is right whatever the scale. Where features cover a pixel more than
    once, its colour is their mean, weighted.
    """

    def __init__(self, width: int, height: int) -> None:
        self._width = width
        self._height = height
        self._sums: NDArray[np.float64] | None = None  # most windows have nothing so small

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was added."""
        return self._sums is None

    def add(
        self, pixels: NDArray[np.float64], weights: NDArray[np.float64], colour: QColor
    ) -> None:
        """Add features by their centres in pixels, and the pixels that each covers."""
        if len(pixels) == 0:
            return
        if self._sums is None:
            self._sums = np.zeros((4, self._height, self._width))
        coverage = self._splat(pixels, weights)
        alpha = colour.alphaF()
        premultiplied = (colour.blueF(), colour.greenF(), colour.redF(), 1.0)
        for plane, part in zip(self._sums, premultiplied, strict=True):
            plane += coverage * (part * alpha)

    def _splat(
        self, pixels: NDArray[np.float64], weights: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return how much of each pixel is covered; one pixel of margin catches the edges."""
        columns, rows = self._width + 2, self._height + 2
        place = pixels + 0.5  # pixel centres lie at halves; one more for the margin
        cell = np.floor(place).astype(np.int64)
        part = place - cell
        inside = (cell >= 0).all(axis=1) & (cell[:, 0] < columns - 1) & (cell[:, 1] < rows - 1)
        cell, part, weights = cell[inside], part[inside], weights[inside]
        first = cell[:, 1] * columns + cell[:, 0]
        total = np.zeros(rows * columns)
        for right in (0, 1):
            for down in (0, 1):
                share = weights * (part[:, 0] if right else 1 - part[:, 0])
                share = share * (part[:, 1] if down else 1 - part[:, 1])
                at = first + down * columns + right
                total += np.bincount(at, share, minlength=rows * columns)
        return total.reshape(rows, columns)[1:-1, 1:-1]

    def image(self) -> QImage:
        """Return the tint as a premultiplied image."""
        octets = np.zeros((self._height, self._width, 4), np.uint8)
        if self._sums is not None:
            scale = 255.0 / np.maximum(self._sums[3], 1.0)
            for n, plane in enumerate(self._sums):
                np.minimum(plane * scale + 0.5, 255.0, out=octets[..., n], casting="unsafe")
        image = QImage(
            octets.data,
            self._width,
            self._height,
            4 * self._width,
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        return image.copy()  # the array dies with this call
