"""Arrays of vertices to painter paths, thinned to what a pixel can show."""

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

from gridmap.geo.shapes import offsets, ranges
from gridmap.report.unlocked import read_path

_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_COUNT, _TAIL = struct.Struct(">i"), struct.Struct(">ii")
_LINE_TO = 1
_WORTH_CULLING = 64
_THIN_STEPS = 2.0
"""Vertices that fall onto the same half pixel are one."""


def path_of(
    xy: NDArray[np.float64], runs: NDArray[np.int64], *, winding: bool = False
) -> QPainterPath:
    """Return the runs ``xy[runs[i]:runs[i + 1]]`` as one path, without a loop over vertices."""
    if len(xy) == 0:
        return QPainterPath()
    (path,) = paths_of(xy, runs, np.array([0, len(runs) - 1]), winding=winding)
    return path


def paths_of(
    xy: NDArray[np.float64],
    runs: NDArray[np.int64],
    groups: NDArray[np.int64],
    *,
    winding: bool = False,
) -> Iterator[QPainterPath]:
    """Yield the runs ``groups[i]`` to ``groups[i + 1]`` (at least one) as one path each.

    The bytes are those in which QPainterPath reads and writes itself: the number of elements,
    each element, where the last figure starts, and the fill rule.
    """
    elements = np.empty(len(xy), _ELEMENT)
    elements["kind"] = _LINE_TO
    elements["kind"][runs[:-1]] = 0
    elements["x"] = xy[:, 0]
    elements["y"] = xy[:, 1]
    octets = elements.tobytes()
    side = _ELEMENT.itemsize
    ends, lasts = runs[groups].tolist(), runs[groups[1:] - 1].tolist()
    for first, end, last in zip(ends[:-1], ends[1:], lasts, strict=True):
        path = QPainterPath()
        tail = _TAIL.pack(last - first, winding)
        stream = _COUNT.pack(end - first) + octets[first * side : end * side] + tail
        read_path(QDataStream(QByteArray(stream)), path)
        yield path


def thinned(
    pixels: NDArray[np.float64], runs: NDArray[np.int64], *, is_closed: bool
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Drop vertices that fall where their predecessor fell; the ends of runs stay.

    Rings (``is_closed``) that shrink below a triangle keep three vertices and close.
    """
    least = 4 if is_closed else 2
    if len(pixels) <= least * (len(runs) - 1):
        return pixels, runs
    steps = np.floor(pixels * _THIN_STEPS)
    keep = np.ones(len(pixels), bool)
    keep[1:] = (steps[1:, 0] != steps[:-1, 0]) | (steps[1:, 1] != steps[:-1, 1])
    keep[runs[:-1]] = True
    keep[runs[1:] - 1] = True
    lengths = np.diff(runs)
    kept = np.add.reduceat(keep, runs[:-1]) if len(lengths) else lengths
    meagre = np.flatnonzero((kept < least) & (lengths >= least))
    if len(meagre):
        keep[ranges(runs[:-1][meagre], np.full(len(meagre), least - 1))] = True
        kept = np.add.reduceat(keep, runs[:-1])
    return pixels[keep], offsets(kept)


def culled(
    pixels: NDArray[np.float64], runs: NDArray[np.int64], *, width: float, height: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Drop vertices that, with both their neighbours, lie beyond the same side of a window.

    What is seen stays the same, filled or stroked (not dashed: dashes would shift). A border of
    2,000 vertices round a district so costs a tile in its middle nothing.
    """
    if len(pixels) < _WORTH_CULLING:
        return pixels, runs
    # One side after the other: a chain may be dropped only if all of it lies beyond the same one,
    # lest the line between its ends cut across the window's corner.
    for axis, limit, is_beyond in (
        (0, 0.0, np.less),
        (0, width, np.greater),
        (1, 0.0, np.less),
        (1, height, np.greater),
    ):
        beyond = is_beyond(pixels[:, axis], limit)
        keep = np.ones(len(pixels), bool)
        keep[1:-1] = ~(beyond[:-2] & beyond[1:-1] & beyond[2:])
        keep[runs[:-1]] = True
        keep[runs[1:] - 1] = True
        pixels, runs = pixels[keep], offsets(np.add.reduceat(keep, runs[:-1]))
    return pixels, runs
