"""What of a layer is too small to be drawn one by one, painted as what it adds up to."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from gridmap.model.style import Hatch, Symbol
from gridmap.report import marks, pens
from gridmap.report.boxes import Boxes
from gridmap.report.prepared import AREA, LINE, POINT, PreparedLayer, PreparedShapes
from gridmap.report.tint import Tint
from gridmap.report.turns import give_way
from gridmap.report.view import PaintView

SMALL = 2.0
"""Features smaller than this many device pixels are a tint."""
SMALL_LENGTH = 4.0
"""So are areas shorter than this that cover less than a square of ``SMALL``: slabs far away."""
PLAIN = 5.0
"""Filled areas smaller than this have no outline: it would be too faint to be seen, and takes as
long as the fill."""
_LARGEST_BOX = 7.0
"""Where typical areas have no outline, those smaller than this are filled as upright boxes."""
_PIXELS_A_BOX = 400
"""With fewer of them in a window, painting them is quicker than looking through all its pixels."""


class SmallFeatures:
    """Takes the small features of one layer in one window, and paints them together."""

    def __init__(self, view: PaintView, layer: PreparedLayer) -> None:
        self._view = view
        self._layer = layer
        self._symbols = layer.style.symbols
        self._coarse = max(1, round(view.ratio)) if view.is_vector else 1
        self._tint = Tint(-(-view.width // self._coarse), -(-view.height // self._coarse))
        self._boxes = Boxes(view.width, view.height)
        self._small = SMALL * (view.ratio if view.is_vector else 1.0)
        self._marker_share = marker_share_of(view, layer)

    def without_small(
        self, part: PreparedShapes, positions: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Take what is too small to be drawn, and return the rest."""
        view = self._view
        size = part.shapes.bounds[positions]
        size = (size[:, 2:] - size[:, :2]) / view.resolution
        width, height = size[:, 0], size[:, 1]
        longest = np.maximum(width, height)
        is_small = longest < self._small
        if part.shapes.dimension == AREA:
            is_short = longest < self._small * (SMALL_LENGTH / SMALL)
            is_small |= is_short & (width * height < self._small**2)
        if self._may_be_boxes(part, positions):
            is_box = ~is_small & (longest < _LARGEST_BOX)
            if np.count_nonzero(is_box) * _PIXELS_A_BOX > view.width * view.height:
                self._add_boxes(part, positions[is_box])
                positions, size, is_small = positions[~is_box], size[~is_box], is_small[~is_box]
        rest: NDArray[np.int64] = positions[~is_small]
        if not (self._marker_share and has_markers(part, self._layer)):  # they stand for the small
            self._add_to_tint(part, positions[is_small], size[is_small])
        return rest

    def paint(self, painter: QPainter) -> None:
        """Paint all that was taken."""
        if not self._tint.is_empty:
            image = self._tint.image()
            side = self._coarse
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
            painter.drawImage(QRectF(0, 0, image.width() * side, image.height() * side), image)
            give_way()
        if not self._boxes.is_empty:
            painter.drawImage(0, 0, self._boxes.image())
            give_way()

    def _add_to_tint(
        self, part: PreparedShapes, small: NDArray[np.int64], size: NDArray[np.float64]
    ) -> None:
        box = part.shapes.bounds[small]
        pixels = self._view.to_pixels((box[:, :2] + box[:, 2:]) / 2)
        for class_, chosen in by_class(part.classes[small]):
            symbol = self._symbols[class_]
            if marks.is_nothing(symbol):
                continue
            weights = self._weights(part, symbol, size[chosen]) / self._coarse**2
            self._tint.add(pixels[chosen] / self._coarse, weights, _tint_colour(part, symbol))

    def _may_be_boxes(self, part: PreparedShapes, positions: NDArray[np.int64]) -> bool:
        """Return whether areas so small that they are only filled can be filled by arrays."""
        if part.shapes.dimension != AREA or self._view.is_vector:
            return False
        if part.typical_size_m / self._view.resolution >= PLAIN:
            return False
        if self._layer.marker_sizes is not None:
            return False
        if self._marker_share and has_markers(part, self._layer):
            return False
        used = [self._symbols[class_] for class_ in np.unique(part.classes[positions])]
        return all(symbol.fill and symbol.hatch is Hatch.NONE for symbol in used)

    def _add_boxes(self, part: PreparedShapes, positions: NDArray[np.int64]) -> None:
        """Take areas, each as a box around its middle that covers as much."""
        box = part.shapes.bounds[positions]
        middle = self._view.to_pixels((box[:, :2] + box[:, 2:]) / 2)
        half = (box[:, 2:] - box[:, :2]) * part.box_sides[positions, None]
        half /= 2 * self._view.resolution
        for class_, chosen in by_class(part.classes[positions]):
            fill = pens.colour(self._symbols[class_].fill or "")
            self._boxes.add(middle[chosen] - half[chosen], middle[chosen] + half[chosen], fill)

    def _weights(
        self, part: PreparedShapes, symbol: Symbol, size: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return how many pixels each small feature covers; a thing with a marker is a dot."""
        if symbol.marker is not None or part.shapes.dimension == POINT:
            dot = marks.dot_area(self._layer.style, self._view.denominator)
            return np.full(len(size), dot * self._view.ratio**2)
        if part.shapes.dimension == LINE:
            length: NDArray[np.float64] = np.hypot(size[:, 0], size[:, 1])
            return length * line_width(symbol, self._view)
        return np.asarray(size[:, 0] * size[:, 1])


def _tint_colour(part: PreparedShapes, symbol: Symbol) -> QColor:
    if symbol.marker is not None:
        return pens.faded("#FF" + (symbol.fill or symbol.outline or "#888888")[-6:], 0.85)
    if part.shapes.dimension == LINE:
        return pens.far_colour(symbol)
    return pens.tint_colour(symbol)


def marker_share_of(view: PaintView, layer: PreparedLayer) -> float:
    """Return how large markers are in a window; a dot would not tell a number, so those stay."""
    if layer.marker_sizes is not None:
        return 1.0
    return marks.marker_share(layer.style, view.denominator)


def has_markers(part: PreparedShapes, layer: PreparedLayer) -> bool:
    """Return whether features of a part are shown by markers, where there is room for them."""
    if layer.marker_sizes is not None:
        return True
    is_point = part.shapes.dimension == POINT
    return is_point or any(symbol.marker is not None for symbol in layer.style.symbols)


def line_width(symbol: Symbol, view: PaintView, share: float = 1.0) -> float:
    """Return a line's width in device pixels: as on the ground, or as wide as can be seen."""
    return max(symbol.width * share * view.ratio, symbol.ground_width_m / view.resolution)


def by_class(classes: NDArray[np.int16]) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Yield each class that occurs, with the mask of its features."""
    for class_ in np.unique(classes):
        yield int(class_), classes == class_
