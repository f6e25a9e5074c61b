"""Areas of a few pixels as upright boxes, filled by sums: quicker than paths, and without a lock.

A box is the sum, along rows and columns, of sixteen numbers around its corners. Positions are
whole eighths of a pixel, so that the numbers are whole and their sums exact. The four channels
of a pixel share one number of 64 bits, 16 bits each; each holds what lies up to four times over
one another.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

_STEPS = 8
"""Places inside a pixel, each way."""
_BITS = 6  # of the square of that
_FULL = 255


class Boxes:
    """Gathers boxes of several colours, and makes one image of them."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._shape = height + 2, width + 2
        self._at: list[NDArray[np.int64]] = []
        self._values: list[NDArray[np.int64]] = []
        self._octets = np.zeros(0, np.uint8)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was added."""
        return not self._at

    def add(self, low: NDArray[np.float64], high: NDArray[np.float64], colour: QColor) -> None:
        """Add boxes by their corners in pixels, (n, 2) each; pixels get their share of each."""
        room = np.array([self._width, self._height]) * _STEPS
        begin = np.clip(np.rint(low * _STEPS).astype(np.int64), 0, room)
        end = np.clip(np.rint(high * _STEPS).astype(np.int64), 0, room)
        columns, across = _edges(begin[:, 0], end[:, 0])
        rows, down = _edges(begin[:, 1], end[:, 1])
        self._at.append((rows[:, None] * self._shape[1] + columns[None]).reshape(-1))
        self._values.append((down[:, None] * across[None]).reshape(-1) * _packed(colour))

    def image(self) -> QImage:
        """Return a premultiplied image, which is good as long as this object lives."""
        sums = np.zeros(self._shape[0] * self._shape[1], np.int64)
        np.add.at(sums, np.concatenate(self._at), np.concatenate(self._values))
        grid = sums.reshape(self._shape)
        np.cumsum(grid, axis=1, out=grid)
        for row in range(1, len(grid)):  # 2 us each; along columns numpy would take four times that
            grid[row] += grid[row - 1]
        channels = grid.view(np.uint16).reshape(*self._shape, 4) >> np.uint16(_BITS)
        most = channels[..., 3]
        if most.max(initial=0) > _FULL:
            crowded = most > _FULL
            some = channels[crowded].astype(np.uint32)
            channels[crowded] = some * _FULL // some[:, 3:]
        self._octets = np.minimum(channels, _FULL).astype(np.uint8)
        return QImage(
            self._octets.data,
            self._width,
            self._height,
            4 * self._shape[1],
            QImage.Format.Format_ARGB32_Premultiplied,
        )


def _edges(
    begin: NDArray[np.int64], end: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where along an axis stretches of steps begin and end, (4, n), and how it changes."""
    first, begun = begin // _STEPS, begin % _STEPS
    last, ended = end // _STEPS, end % _STEPS
    at = np.stack([first, first + 1, last, last + 1])
    return at, np.stack([_STEPS - begun, begun, ended - _STEPS, -ended])


def _packed(colour: QColor) -> int:
    """Return the colour's premultiplied channels, blue in the lowest 16 bits, alpha above."""
    alpha = colour.alphaF()
    parts = colour.blueF(), colour.greenF(), colour.redF(), 1.0
    octets = [round(_FULL * alpha * part) for part in parts]
    return int(
        np.array([sum(octet << (16 * n) for n, octet in enumerate(octets))], np.uint64).astype(
            np.int64
        )[0]
    )
