"""Hexagons on the ground, coloured by how much lies in each."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from gridmap.geo.shapes import offsets
from gridmap.model.style import Gather, Graduation, Method, Style
from gridmap.report.clusters import count_text, ink_on
from gridmap.report.fonts import map_font, text_width
from gridmap.report.gathered import Gathered, Places
from gridmap.report.grading import bounds_of, quantile_bounds
from gridmap.report.index import BoxIndex
from gridmap.report.palettes import palettes
from gridmap.report.paths import path_of
from gridmap.report.turns import give_way
from gridmap.report.unlocked import fill_path, stroke_path
from gridmap.report.view import PaintView

_CLASSES = 6
_CHUNK = 150  # hexagons in one call: about 2 ms
_LEAST_PX = 5.0
"""Hexagons narrower than this many style pixels are made twice as large until they are not."""
_RIM_FROM = 9.0
_COUNT_FROM = 26.0
"""Style pixels of width from which the count stands in the hexagon."""
_OPACITY = 0.84
_ROW_OF_HEXAGONS = 1 << 31
_RIM = QColor(255, 255, 255, 150)


@dataclass(frozen=True)
class Hexagons:
    """The hexagons that hold something: middle (n, 2) in metres, sum, class; bounds of classes.

    ``size_m`` is the distance between two parallel sides; hexagons stand on a corner.
    """

    size_m: float
    xy: NDArray[np.float64]
    sums: NDArray[np.float64]
    classes: NDArray[np.int64]
    bounds: tuple[float, ...]
    index: BoxIndex

    def take(self, view: PaintView) -> NDArray[np.int64]:
        """Return the hexagons that reach into the window."""
        return self.index.query(view.grown(self.size_m / view.resolution))


def find_hexagons(gathered: Gathered, style: Style, gather: Gather, view: PaintView) -> Hexagons:
    """Return the hexagons of the whole layer, worked out once; larger ones where the map is far."""
    size_m = gather.size_m
    while size_m < _LEAST_PX * view.ratio * view.resolution:
        size_m *= 2
    return gathered.once(
        ("hexagons", size_m), lambda: _hexagons(gathered.places, size_m, style.graduation)
    )


def _hexagons(places: Places, size_m: float, graduation: Graduation | None) -> Hexagons:
    numbers = _numbers_of(places.xy, size_m)
    keys = numbers[:, 1] * _ROW_OF_HEXAGONS + numbers[:, 0]
    _keys, first, group = np.unique(keys, return_index=True, return_inverse=True)
    held = numbers[first]
    sums = np.bincount(group.reshape(-1), places.weights, minlength=len(held)).astype(np.float64)
    xy = _middles(held, size_m)
    if graduation is None:
        bounds = quantile_bounds(sums, _CLASSES)
    elif graduation.method is Method.QUANTILE:
        bounds = quantile_bounds(sums, graduation.count)
    else:
        bounds = bounds_of(sums, graduation.method, graduation.count)
    classes = np.searchsorted(np.array(bounds[:-1]), sums, side="right")
    return Hexagons(size_m, xy, sums, classes, bounds, BoxIndex(np.hstack([xy, xy])))


def _numbers_of(xy: NDArray[np.float64], size_m: float) -> NDArray[np.int64]:
    """Return the number (column, row) of the hexagon around each place; odd rows are shifted.

    Middles lie on two grids of rectangles, those of the even rows and those of the odd ones. The
    hexagon is that of the nearer of the two nearest middles.
    """
    width, height = size_m, size_m * np.sqrt(3)  # of the rectangle between like rows
    even = np.round(xy / (width, height))
    odd = np.floor(xy / (width, height))
    to_even = xy - even * (width, height)
    to_odd = xy - (odd + 0.5) * (width, height)
    is_odd = (to_odd**2).sum(axis=1) < (to_even**2).sum(axis=1)
    result = np.where(is_odd[:, None], odd, even)
    result[:, 1] = 2 * result[:, 1] + is_odd
    return result.astype(np.int64)


def _middles(numbers: NDArray[np.int64], size_m: float) -> NDArray[np.float64]:
    column, row = numbers[:, 0], numbers[:, 1]
    return np.column_stack([(column + 0.5 * (row % 2)) * size_m, row * (size_m * np.sqrt(3) / 2)])


def hexagon_colours(gather: Gather, count: int) -> tuple[QColor, ...]:
    """Return the colours of so many classes, a little transparent."""
    colours = [QColor(code) for code in palettes()[gather.palette].sampled(count)]
    for colour in colours:
        colour.setAlphaF(_OPACITY)
    return tuple(colours)


def paint_hexagons(
    painter: QPainter,
    view: PaintView,
    hexagons: Hexagons,
    chosen: NDArray[np.int64],
    gather: Gather,
) -> None:
    """Paint hexagons, and their counts where there is room."""
    width = hexagons.size_m / view.resolution
    pixels = view.to_pixels(hexagons.xy[chosen])
    colours = hexagon_colours(gather, len(hexagons.bounds))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    has_rim = width >= _RIM_FROM * view.ratio
    rim = QPen(_RIM, max(1.0, view.ratio))
    for class_, path in _paths(pixels, hexagons.classes[chosen], width):
        fill_path(painter, path, colours[class_])
        if has_rim:
            stroke_path(painter, path, rim)
        give_way()
    if width >= _COUNT_FROM * view.ratio:
        _paint_counts(painter, view, hexagons, chosen, colours)


def _paths(
    pixels: NDArray[np.float64], classes: NDArray[np.int64], width: float
) -> Iterator[tuple[int, QPainterPath]]:
    for class_ in np.unique(classes):
        middles = pixels[classes == class_]
        for start in range(0, len(middles), _CHUNK):
            yield int(class_), hexagon_path(middles[start : start + _CHUNK], width)


def hexagon_path(middles: NDArray[np.float64], width: float) -> QPainterPath:
    """Return one path with a hexagon, standing on a corner, around each of the points (n, 2)."""
    angle = np.arange(7) * (np.pi / 3) + np.pi / 6
    outline = np.column_stack([np.cos(angle), np.sin(angle)]) * (width / np.sqrt(3))
    xy = (middles[:, None, :] + outline[None]).reshape(-1, 2)
    return path_of(xy, offsets(np.full(len(middles), 7)), winding=True)


def _paint_counts(
    painter: QPainter,
    view: PaintView,
    hexagons: Hexagons,
    chosen: NDArray[np.int64],
    colours: tuple[QColor, ...],
) -> None:
    width = hexagons.size_m / view.resolution
    font = map_font(round(min(12 * view.ratio, width * 0.32)))
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y, n in zip(*view.to_pixels(hexagons.xy[chosen]).T, chosen, strict=True):
        text = count_text(float(hexagons.sums[n]))
        long = text_width(text, font)
        if long < width * 0.85:
            painter.setPen(ink_on(colours[int(hexagons.classes[n])]))
            painter.drawText(QPointF(x - long / 2, y + metrics.capHeight() / 2), text)
            give_way()
