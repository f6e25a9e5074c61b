"""Paints the rows of a layer together: as clusters, as a heat map, as hexagons."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from gridmap.model.style import Gather, Gathering
from gridmap.report import marks
from gridmap.report.clusters import Clusters, find_clusters, paint_clusters
from gridmap.report.heat import paint_heat
from gridmap.report.hexagons import find_hexagons, paint_hexagons
from gridmap.report.prepared import PreparedLayer
from gridmap.report.view import PaintView


def paint_gathered(
    painter: QPainter, view: PaintView, layer: PreparedLayer, gather: Gather
) -> bool:
    """Paint a layer's rows together; return whether anything of them lies in the window."""
    if not len(layer.gathered.places):
        return False
    if gather.kind is Gathering.HEAT:
        return paint_heat(painter, view, layer.gathered, gather)
    if gather.kind is Gathering.HEXAGONS:
        hexagons = find_hexagons(layer.gathered, layer.style, gather, view)
        chosen = hexagons.take(view)
        paint_hexagons(painter, view, hexagons, chosen, gather)
        return len(chosen) > 0
    clusters = find_clusters(layer.gathered, gather, view)
    chosen = clusters.take(view, gather.radius * view.ratio)
    is_single = clusters.counts[chosen] == 1
    _paint_singles(painter, view, layer.at(view.denominator), clusters, chosen[is_single])
    paint_clusters(painter, view, clusters, chosen[~is_single], gather, layer.style.symbol)
    return len(chosen) > 0


def _paint_singles(
    painter: QPainter,
    view: PaintView,
    layer: PreparedLayer,
    clusters: Clusters,
    chosen: NDArray[np.int64],
) -> None:
    """Paint rows that are alone as the markers that they are from near."""
    classes = layer.row_classes[clusters.rows[chosen]]
    for class_ in np.unique(classes):
        symbol = layer.style.symbols[int(class_)]
        pixels = view.to_pixels(clusters.xy[chosen[classes == class_]])
        size = symbol.size * view.ratio
        marks.paint_markers(painter, pixels, symbol, size=size, ratio=view.ratio)
