"""Markers on a screen: drawn once, and then stamped: 2 us each, where drawing takes 33."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from gridmap.model.style import Symbol
from gridmap.report import marks
from gridmap.report.turns import give_way

_PHASES = 2
"""Places inside a pixel, each way, at which a marker may stand."""
_ROOM = 4.0  # style pixels for the rim and for corners that reach out
_CHUNK = 400  # stamps between two turns: about 1 ms


def stamp_markers(
    painter: QPainter, pixels: NDArray[np.float64], symbol: Symbol, *, size: float, ratio: float
) -> None:
    """Stamp a marker of ``size`` device pixels at each of the points (n, 2), with a pale rim.

    It stands on half pixels, so that the same marker looks the same in two neighbouring tiles.
    """
    if marks.is_nothing(symbol) or len(pixels) == 0:
        return
    steps = np.round(pixels * _PHASES).astype(np.int64)
    whole = steps // _PHASES
    phase = steps - whole * _PHASES
    stamps = [
        _stamp(symbol, round(size, 2), ratio, x, y) for y in range(_PHASES) for x in range(_PHASES)
    ]
    middle = stamps[0].width() // 2
    corners = (whole - middle).tolist()
    which = (phase[:, 1] * _PHASES + phase[:, 0]).tolist()
    for start in range(0, len(corners), _CHUNK):
        stop = start + _CHUNK
        for (x, y), number in zip(corners[start:stop], which[start:stop], strict=True):
            painter.drawImage(x, y, stamps[number])
        give_way()


@lru_cache(maxsize=512)
def _stamp(symbol: Symbol, size: float, ratio: float, x: int, y: int) -> QImage:
    """Return a marker whose point lies in the middle pixel, at a place inside of it."""
    half = int(np.ceil(size * 0.75 + _ROOM * ratio))
    image = QImage(2 * half + 1, 2 * half + 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    point = np.array([[half + x / _PHASES, half + y / _PHASES]])
    painter = QPainter(image)
    try:
        marks.paint_markers(painter, point, symbol, size=size, ratio=ratio)
    finally:
        painter.end()
    return image
