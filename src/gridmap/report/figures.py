"""Many features of a window as painter paths: computed all at once, handed out in pieces.

Arrays of a few vertices cost as much as arrays of a thousand: 33,000 buildings took 79 ms piece
by piece, and take 16 ms at once.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath

from gridmap.geo.shapes import Shapes, offsets, ranges
from gridmap.report.paths import culled, paths_of, thinned
from gridmap.report.view import PaintView

_BATCH = 200_000
"""Vertices that are reckoned with at a time: all of a district's would take 200 MB."""
_WORTH_CULLING = 64
"""Vertices, of features that reach out of the window, from which on leaving some out pays."""


def figures(
    view: PaintView,
    shapes: Shapes,
    positions: NDArray[np.int64],
    classes: NDArray[np.int16],
    vertices: int,
    *,
    margin: float,
    is_cullable: bool = True,
    alone: NDArray[np.bool_] | None = None,
) -> list[tuple[int, QPainterPath]]:
    """Return features as paths of about so many vertices, each of one class, by rising class.

    Args:
        view: the window.
        shapes: where the features are.
        positions: which of them (n,).
        classes: the class of each (n,).
        vertices: how many vertices a path has at most, unless one feature has more.
        margin: device pixels around the window that matter too.
        is_cullable: whether parts beyond that may be left out; dashes would shift.
        alone: which of the features must be a path of their own (n,).
    """
    reaches_out = _reaches_out(view, shapes, positions, margin) if is_cullable else None
    if reaches_out is None or not reaches_out.any():
        groups: list[tuple[NDArray[np.int64], float | None]] = [(np.arange(len(positions)), None)]
    else:
        groups = [(np.flatnonzero(~reaches_out), None), (np.flatnonzero(reaches_out), margin)]
    result: list[tuple[int, QPainterPath]] = []
    for group, own in groups:
        for chosen in _batches(shapes, positions, group):
            some = None if alone is None else alone[chosen]
            result += _pieces(view, shapes, positions[chosen], classes[chosen], vertices, some, own)
    result.sort(key=lambda piece: piece[0])
    return result


def _batches(
    shapes: Shapes, positions: NDArray[np.int64], group: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    """Return a group of the features in batches that take little room at a time."""
    some = positions[group]
    ends = np.cumsum(shapes.runs[shapes.features[some + 1]] - shapes.runs[shapes.features[some]])
    return np.split(group, np.flatnonzero(np.diff(ends // _BATCH)) + 1)


def _reaches_out(
    view: PaintView, shapes: Shapes, positions: NDArray[np.int64], margin: float
) -> NDArray[np.bool_] | None:
    """Return which features reach out of the window, None where that is not worth culling."""
    xmin, ymin, xmax, ymax = view.grown(margin)
    box = shapes.bounds[positions]
    result: NDArray[np.bool_] = (
        (box[:, 0] < xmin) | (box[:, 1] < ymin) | (box[:, 2] > xmax) | (box[:, 3] > ymax)
    )
    out = positions[result]
    count = (shapes.runs[shapes.features[out + 1]] - shapes.runs[shapes.features[out]]).sum()
    return result if count >= _WORTH_CULLING else None


def _pieces(
    view: PaintView,
    shapes: Shapes,
    positions: NDArray[np.int64],
    classes: NDArray[np.int16],
    vertices: int,
    alone: NDArray[np.bool_] | None,
    margin: float | None,
) -> Iterator[tuple[int, QPainterPath]]:
    if len(positions) == 0:
        return
    if (classes[1:] < classes[:-1]).any():
        order = np.argsort(classes, kind="stable")
        positions, classes = positions[order], classes[order]
        alone = None if alone is None else alone[order]
    run_counts = shapes.features[positions + 1] - shapes.features[positions]
    run_index = ranges(shapes.features[positions], run_counts)
    starts = shapes.runs[run_index]
    vertex_counts = shapes.runs[run_index + 1] - starts
    pixels = view.to_pixels(shapes.xy[ranges(starts, vertex_counts)])
    runs = offsets(vertex_counts)
    if margin is not None:
        width, height = view.width + 2 * margin, view.height + 2 * margin
        pixels, runs = culled(pixels + margin, runs, width=width, height=height)
        pixels = pixels - margin
    pixels, runs = thinned(pixels, runs, is_closed=shapes.dimension == 2)
    of_runs = offsets(run_counts)
    begins = _begins(runs[of_runs], classes, vertices, alone)
    groups = of_runs[np.append(begins, len(positions))]
    yield from zip(classes[begins].tolist(), paths_of(pixels, runs, groups), strict=True)


def _begins(
    first: NDArray[np.int64],
    classes: NDArray[np.int16],
    vertices: int,
    alone: NDArray[np.bool_] | None,
) -> NDArray[np.int64]:
    """Return at which features a new piece begins; ``first`` are their first vertices."""
    group = first[:-1] // vertices
    begins = np.ones(len(classes), bool)
    begins[1:] = (group[1:] != group[:-1]) | (classes[1:] != classes[:-1])
    if alone is not None:
        begins |= alone
        begins[1:] |= alone[:-1]
    return np.flatnonzero(begins)
