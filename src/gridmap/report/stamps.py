"""Markers on a screen: drawn once, and then stamped: 2 us each, where drawing takes 33."""

from collections.abc import Sequence
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
_LARGEST = 96.0
"""Device pixels; larger ones are drawn each time: kept, a few hundred would fill the memory."""
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
    if size > _LARGEST:
        marks.paint_markers(painter, steps / _PHASES, symbol, size=size, ratio=ratio)
        return
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


def stamp_sized(
    painter: QPainter,
    pixels: NDArray[np.float64],
    sizes: NDArray[np.float64],
    classes: NDArray[np.int16],
    symbols: Sequence[Symbol],
    *,
    ratio: float,
) -> None:
    """Stamp markers one after the other, each as large as its number says, to half a pixel."""
    steps = np.round(pixels * _PHASES).astype(np.int64)
    whole = steps // _PHASES
    phase = steps - whole * _PHASES
    halves = np.round(sizes * _PHASES).astype(np.int64)
    looks = np.column_stack([classes, halves, phase]).tolist()
    known: dict[tuple[int, ...], QImage] = {}
    for n, ((x, y), (class_, half, right, down)) in enumerate(
        zip(whole.tolist(), looks, strict=True)
    ):
        if half > _LARGEST * _PHASES:
            point, width = steps[n : n + 1] / _PHASES, np.array([half / _PHASES])
            marks.paint_sized_markers(painter, point, symbols[class_], sizes=width, ratio=ratio)
            continue
        look = (class_, half, right, down)
        stamp = known.get(look)
        if stamp is None:
            stamp = _sized_stamp(symbols[class_], half / _PHASES, ratio, right, down)
            known[look] = stamp
        middle = stamp.width() // 2
        painter.drawImage(x - middle, y - middle, stamp)
        if n % _CHUNK == 0:
            give_way()


@lru_cache(maxsize=512)
def _sized_stamp(symbol: Symbol, size: float, ratio: float, x: int, y: int) -> QImage:
    """Return a marker of a size as ``_stamp`` does, as those that say a number look."""
    half = int(np.ceil(size * 0.75 + _ROOM * ratio))
    image = QImage(2 * half + 1, 2 * half + 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    point = np.array([[half + x / _PHASES, half + y / _PHASES]])
    painter = QPainter(image)
    try:
        marks.paint_sized_markers(painter, point, symbol, sizes=np.array([size]), ratio=ratio)
    finally:
        painter.end()
    return image


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
