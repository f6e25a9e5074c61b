"""Painting of points: markers where there is room, dots of a tint where there is not."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from gridmap.geo.shapes import offsets
from gridmap.model.style import Marker, Style, Symbol
from gridmap.report.markers import marker_runs
from gridmap.report.paths import path_of
from gridmap.report.pens import colour, line_pen
from gridmap.report.turns import give_way
from gridmap.report.unlocked import stroke_path

_CHUNK = 60  # markers in one call: about 2 ms
_HALO = QColor(255, 255, 255, 215)
_DOT_AREA = 4.0
_LEAST_DOT_AREA = 0.9
_REACH = 26.0  # style pixels: half of the widest pen or marker, with room to spare
_SIZED_OPACITY = 0.8  # so that what lies below a large marker can be told


def dot_area(style: Style, denominator: float) -> float:
    """Return how many style pixels a dot covers: fewer far out, where many share a pixel."""
    shrunk = _DOT_AREA * style.marker_max_denominator / denominator
    return float(np.clip(shrunk, _LEAST_DOT_AREA, _DOT_AREA))


def marker_share(style: Style, denominator: float) -> float:
    """Return how large markers are at a scale: whole nearby, 0.6 where they soon become dots."""
    limit = style.marker_max_denominator
    if denominator > limit:
        return 0.0
    return float(np.clip(1.15 - 0.55 * denominator / limit, 0.6, 1.0))


def reach(style: Style, denominator: float) -> float:
    """Return how far from its box a row changes the picture, in style pixels.

    Where rows are shown together, one of them may change all of the picture: infinitely far.
    """
    if style.is_gathered_at(denominator):
        return float("inf")
    largest = style.proportion.size / 2 if style.proportion else 0.0
    return max(_REACH, largest + 4.0)


def is_nothing(symbol: Symbol) -> bool:
    """Return whether a symbol paints nothing at all, as for rows that meet no rule."""
    return symbol.marker is None and symbol.fill is None and symbol.outline is None


def marker_path(
    marker: Marker, pixels: NDArray[np.float64], radius: float | NDArray[np.float64]
) -> QPainterPath:
    """Return one path with a marker at each of the points (n, 2); a radius for all or each."""
    outline, runs = marker_runs(marker)
    radii = np.broadcast_to(np.asarray(radius, np.float64), (len(pixels),))
    xy = (pixels[:, None, :] + outline[None] * radii[:, None, None]).reshape(-1, 2)
    return path_of(xy, offsets(np.tile(np.diff(runs), len(pixels))), winding=True)


def paint_markers(
    painter: QPainter, pixels: NDArray[np.float64], symbol: Symbol, *, size: float, ratio: float
) -> None:
    """Paint a marker of ``size`` device pixels at each point, each with a pale rim."""
    if is_nothing(symbol):
        return
    marker = symbol.marker or Marker.CIRCLE
    radius = size / 2.2
    fill = colour(symbol.fill or symbol.outline or "#888888")
    rim = line_pen(_HALO, 2.6 * ratio)
    edge = line_pen(colour(symbol.outline or "#444444"), max(0.9 * ratio, 1.0))
    solid = QColor(fill.red(), fill.green(), fill.blue())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for start in range(0, len(pixels), _CHUNK):
        path = marker_path(marker, pixels[start : start + _CHUNK], radius)
        stroke_path(painter, path, rim)
        give_way()
        painter.setPen(edge)
        painter.setBrush(solid)
        painter.drawPath(path)
        give_way()
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_sized_markers(
    painter: QPainter,
    pixels: NDArray[np.float64],
    symbol: Symbol,
    *,
    sizes: NDArray[np.float64],
    ratio: float,
) -> None:
    """Paint a marker at each point, ``sizes`` device pixels wide, later ones over earlier ones."""
    marker = symbol.marker or Marker.CIRCLE
    fill = QColor(colour("#FF" + (symbol.fill or symbol.outline or "#888888")[-6:]))
    fill.setAlphaF(_SIZED_OPACITY)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(line_pen(_HALO, max(1.1 * ratio, 1.0)))
    painter.setBrush(fill)
    for n in range(len(pixels)):  # one by one, or they would not lie over one another: 20 us each
        painter.drawPath(marker_path(marker, pixels[n : n + 1], sizes[n : n + 1] / 2.2))
        if n % _CHUNK == 0:
            give_way()
    painter.setBrush(Qt.BrushStyle.NoBrush)
