"""Areas of a few pixels as upright boxes, filled by sums: quicker than paths, and without a lock.

A box is the sum, along rows and columns, of sixteen numbers around its corners. Positions are
whole eighths of a pixel, so that the numbers are whole and their sums exact. The four channels
of a pixel share one number of 64 bits, 16 bits each; each holds what lies up to four times over
one another. Where more does, which is seldom, each channel is summed by itself.
"""

from collections.abc import Sequence

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
        self._shares: list[NDArray[np.int64]] = []
        self._colours: list[tuple[int, ...]] = []
        self._alpha = 0
        """The sum of all alpha, to see whether it had room in the packed numbers."""
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
        self._shares.append((down[:, None] * across[None]).reshape(-1))
        self._colours.append(_octets(colour))
        self._alpha += int((end - begin).prod(axis=1).sum()) * self._colours[-1][3]

    def image(self) -> QImage:
        """Return a premultiplied image, which is good as long as this object lives."""
        grid = self._summed([_packed(octets) for octets in self._colours])
        packed = grid.view(np.uint16).reshape(*self._shape, 4)
        # no channel is more than alpha: where that lost nothing, none did
        has_room = int(packed[..., 3].sum(dtype=np.int64)) == self._alpha
        channels = packed >> np.uint16(_BITS) if has_room else self._summed_apart() >> _BITS
        most = channels[..., 3]
        if most.max(initial=0) > _FULL:
            crowded = most > _FULL
            some = channels[crowded].astype(np.int64)
            channels[crowded] = some * _FULL // some[:, 3:]
        self._octets = np.minimum(channels, _FULL).astype(np.uint8)
        return QImage(
            self._octets.data,
            self._width,
            self._height,
            4 * self._shape[1],
            QImage.Format.Format_ARGB32_Premultiplied,
        )

    def _summed(self, factors: Sequence[int]) -> NDArray[np.int64]:
        """Return (rows, columns) sums of the shares in pixels, times each colour's factor."""
        sums = np.zeros(self._shape[0] * self._shape[1], np.int64)
        values = [share * factor for share, factor in zip(self._shares, factors, strict=True)]
        np.add.at(sums, np.concatenate(self._at), np.concatenate(values))
        grid = sums.reshape(self._shape)
        np.cumsum(grid, axis=1, out=grid)
        for row in range(1, len(grid)):  # 2 us each; along columns numpy would take four times that
            grid[row] += grid[row - 1]
        return grid

    def _summed_apart(self) -> NDArray[np.int64]:
        """Return (rows, columns, 4) sums with room for any number of boxes: four times the work."""
        channels = zip(*self._colours, strict=True)
        return np.stack([self._summed(octets) for octets in channels], axis=-1)


def _edges(
    begin: NDArray[np.int64], end: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where along an axis stretches of steps begin and end, (4, n), and how it changes."""
    first, begun = begin // _STEPS, begin % _STEPS
    last, ended = end // _STEPS, end % _STEPS
    at = np.stack([first, first + 1, last, last + 1])
    return at, np.stack([_STEPS - begun, begun, ended - _STEPS, -ended])


def _octets(colour: QColor) -> tuple[int, ...]:
    """Return the colour's premultiplied channels: blue, green, red, alpha."""
    alpha = colour.alphaF()
    parts = colour.blueF(), colour.greenF(), colour.redF(), 1.0
    return tuple(round(_FULL * alpha * part) for part in parts)


def _packed(octets: Sequence[int]) -> int:
    """Return the channels as one number of 64 bits with a sign, blue in the lowest 16 bits."""
    packed = sum(octet << (16 * n) for n, octet in enumerate(octets))
    return int(np.array([packed], np.uint64).astype(np.int64)[0])
