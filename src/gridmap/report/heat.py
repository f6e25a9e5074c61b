"""Heat maps: how much there is around each place, by a Gaussian kernel on a grid of the ground."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gridmap.geo.shapes import ranges
from gridmap.model.style import Gather
from gridmap.report.gathered import Gathered, Places
from gridmap.report.palettes import palettes
from gridmap.report.turns import give_way
from gridmap.report.view import PaintView

_NODES = 7.0
"""Grid cells to the radius: with these a kernel's colour is off by less than one step of 255."""
_SIGMAS = 2.5
"""The radius in standard deviations of the kernel."""
_OPAQUE_FROM = 0.3
_MOST_OPACITY = 0.86
_LEAST = 0.02
"""Below this share of the peak nothing is painted."""
_STEPS = 256
_CANDIDATES = 48
"""Blocks looked into for the peak; those behind can hardly hold more (see ``_peak``)."""


def paint_heat(painter: QPainter, view: PaintView, gathered: Gathered, gather: Gather) -> bool:
    """Paint the heat in the window; return whether there is any."""
    reach_m = gather.radius * view.ratio * view.resolution
    cell_m = reach_m / _NODES
    xmin, ymin, xmax, ymax = view.grown(2 * gather.radius * view.ratio)
    places = gathered.places
    near = places.index.query((xmin, ymin, xmax, ymax))
    if len(near) == 0:
        return False
    peak = gathered.once(("peak", float(f"{cell_m:.9g}")), lambda: _peak(places, cell_m))
    if peak <= 0:
        return False
    column, row = int(np.floor(xmin / cell_m)), int(np.floor(ymin / cell_m))
    shape = int(np.ceil(ymax / cell_m)) - row + 1, int(np.ceil(xmax / cell_m)) - column + 1
    grid = _density(places.xy[near], places.weights[near], (column, row), shape, cell_m)
    give_way()
    side = max(1, round(view.ratio)) if view.is_vector else 1
    size = -(-view.width // side), -(-view.height // side)
    shares = _pixels(grid / peak, view, (column, row), size, cell_m)
    give_way()
    image = _image(shares, gather.palette)
    give_way()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.drawImage(QRectF(0, 0, size[0] * side, size[1] * side), image)
    return True


def _density(
    xy: NDArray[np.float64],
    weights: NDArray[np.float64],
    corner: tuple[int, int],
    shape: tuple[int, int],
    cell_m: float,
) -> NDArray[np.float64]:
    """Return the sum of the kernels at the nodes of the ground's grid, rows going north.

    ``corner`` is the number (column, row) of the first node. A weight is shared between the four
    nodes around its place.
    """
    place = xy / cell_m - corner
    node = np.floor(place).astype(np.int64)
    part = place - node
    inside = (node >= 0).all(axis=1) & (node[:, 0] < shape[1] - 1) & (node[:, 1] < shape[0] - 1)
    node, part, weights = node[inside], part[inside], np.maximum(weights[inside], 0.0)
    first = node[:, 1] * shape[1] + node[:, 0]
    grid = np.zeros(shape[0] * shape[1])
    for right in (0, 1):
        for up in (0, 1):
            share = weights * (part[:, 0] if right else 1 - part[:, 0])
            share = share * (part[:, 1] if up else 1 - part[:, 1])
            grid += np.bincount(first + up * shape[1] + right, share, minlength=len(grid))
    return _blurred(grid.reshape(shape))


def _blurred(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    for axis in (0, 1):
        result = np.zeros_like(grid)
        length = grid.shape[axis]
        for step, weight in _kernel():
            if abs(step) >= length:
                continue
            target = [slice(None), slice(None)]
            source = [slice(None), slice(None)]
            target[axis] = slice(max(step, 0), length + min(step, 0))
            source[axis] = slice(max(-step, 0), length - max(step, 0))
            result[tuple(target)] += weight * grid[tuple(source)]
        grid = result
    return grid


@lru_cache(maxsize=1)
def _kernel() -> tuple[tuple[int, float], ...]:
    """Return the kernel's weights by step; the one in the middle is 1."""
    sigma = _NODES / _SIGMAS
    most = int(_NODES) + 1
    return tuple((n, float(np.exp(-0.5 * (n / sigma) ** 2))) for n in range(-most, most + 1))


def _peak(places: Places, cell_m: float) -> float:
    """Return the largest density of the whole layer.

    The ground is parted into blocks as wide as the kernel reaches. The weights in a block and its
    eight neighbours are more than its density can be anywhere; so blocks are looked into from the
    fullest on, until the next cannot hold more than was found.
    """
    width = int(_NODES) + 1
    block = np.floor(places.xy / (cell_m * width)).astype(np.int64)
    low = block.min(axis=0) - 1
    span = block.max(axis=0) - low + 2
    keys = (block[:, 1] - low[1]) * span[0] + (block[:, 0] - low[0])
    weights = np.maximum(places.weights, 0.0)
    order = np.argsort(keys, kind="stable")
    held, first, counts = np.unique(keys[order], return_index=True, return_counts=True)
    sums = np.add.reduceat(weights[order], first)
    around = [dy * span[0] + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    bound = np.zeros(len(held))
    for step in around:
        at = np.minimum(np.searchsorted(held, held + step), len(held) - 1)
        bound += np.where(held[at] == held + step, sums[at], 0.0)
    best = 0.0
    for n in np.argsort(-bound, kind="stable")[:_CANDIDATES]:
        if bound[n] <= best:
            break
        at = np.searchsorted(held, held[n] + np.array(around))
        at = np.minimum(at, len(held) - 1)
        at = at[held[at] == held[n] + np.array(around)]
        near = order[ranges(first[at], counts[at])]
        corner = (block[order[first[n]]] - 1) * width
        shape = (3 * width + 1, 3 * width + 1)
        grid = _density(
            places.xy[near], weights[near], (int(corner[0]), int(corner[1])), shape, cell_m
        )
        best = max(best, float(grid[width : 2 * width + 1, width : 2 * width + 1].max()))
    return best


def _pixels(
    grid: NDArray[np.float64],
    view: PaintView,
    corner: tuple[int, int],
    size: tuple[int, int],
    cell_m: float,
) -> NDArray[np.float64]:
    """Return the grid's values at the middles of (width, height) pixels, rows going south."""
    width, height = size
    xmin, ymin, xmax, ymax = view.extent
    x = (xmin + (np.arange(width) + 0.5) * (xmax - xmin) / width) / cell_m - corner[0]
    y = (ymax - (np.arange(height) + 0.5) * (ymax - ymin) / height) / cell_m - corner[1]
    column, row = x.astype(np.int64), y.astype(np.int64)
    right = (x - column)[None, :]
    up = (y - row)[:, None]
    across = grid[:, column] * (1 - right) + grid[:, column + 1] * right
    result: NDArray[np.float64] = across[row] * (1 - up) + across[row + 1] * up
    return result


def _image(shares: NDArray[np.float64], palette: str) -> QImage:
    steps = np.clip(shares * (_STEPS - 1) + 0.5, 0, _STEPS - 1).astype(np.uint8)
    octets = np.ascontiguousarray(heat_colours(palette)[steps])
    height, width = steps.shape
    image = QImage(octets.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # the array dies with this call


@lru_cache(maxsize=16)
def heat_colours(palette: str) -> NDArray[np.uint8]:
    """Return the premultiplied colours (256, BGRA) from nothing to the peak."""
    share = np.arange(_STEPS) / (_STEPS - 1)
    codes = palettes()[palette].sampled(_STEPS)
    bgr = np.array([[int(code[n : n + 2], 16) for n in (5, 3, 1)] for code in codes], np.float64)
    alpha = _MOST_OPACITY * np.clip((share - _LEAST) / (_OPAQUE_FROM - _LEAST), 0, 1)
    return np.round(np.column_stack([bgr * alpha[:, None], 255 * alpha])).astype(np.uint8)
