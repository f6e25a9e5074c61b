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

_CHUNK = 60  # markers in one call: about 2 ms
_HALO = QColor(255, 255, 255, 215)
_DOT_AREA = 4.0
_LEAST_DOT_AREA = 0.9


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


def marker_path(marker: Marker, pixels: NDArray[np.float64], radius: float) -> QPainterPath:
    """Return one path with a marker at each of the points (n, 2)."""
    outline, runs = marker_runs(marker)
    xy = (pixels[:, None, :] + outline[None] * radius).reshape(-1, 2)
    return path_of(xy, offsets(np.tile(np.diff(runs), len(pixels))), winding=True)


def paint_markers(
    painter: QPainter, pixels: NDArray[np.float64], symbol: Symbol, *, size: float, ratio: float
) -> None:
    """Paint a marker of ``size`` device pixels at each point, each with a pale rim."""
    marker = symbol.marker or Marker.CIRCLE
    radius = size / 2.2
    fill = colour(symbol.fill or symbol.outline or "#888888")
    rim = line_pen(_HALO, 2.6 * ratio)
    edge = line_pen(colour(symbol.outline or "#444444"), max(0.9 * ratio, 1.0))
    solid = QColor(fill.red(), fill.green(), fill.blue())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for start in range(0, len(pixels), _CHUNK):
        path = marker_path(marker, pixels[start : start + _CHUNK], radius)
        painter.strokePath(path, rim)
        give_way()
        painter.setPen(edge)
        painter.setBrush(solid)
        painter.drawPath(path)
        give_way()
    painter.setBrush(Qt.BrushStyle.NoBrush)
