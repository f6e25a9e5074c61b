"""What a drawn point snaps to on the map: all that is shown, by the kinds of ``snapping``."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from gridmap.base.messages import current_language
from gridmap.geo.snapping import Edges, Snap, SnapLayer, edges_near, find_snap
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.ui.tools.sketch import CASING
from gridmap.ui.words import translate

if TYPE_CHECKING:
    from gridmap.ui.canvas.view import MapView

XY = tuple[float, float]
REACH_PX = 9.0
_COLOUR = QColor("#C2255C")
_TRACE_ROOM = 0.6


def reach_m(view: "MapView") -> float:
    """Return how near the pointer must be to what it snaps to."""
    return REACH_PX * view.camera.ratio * view.camera.resolution


def shown_layers(view: "MapView") -> list[SnapLayer]:
    """Return what can be snapped to: the layers that are painted at this scale."""
    denominator = view.camera.denominator
    return [
        SnapLayer(layer.table, part.shapes, part.index.query)
        for layer in reversed(view.layers.shown())
        if layer.style.is_shown_at(denominator)
        for part in layer.parts
    ]


def snap(view: "MapView", xy: XY, previous: XY | None) -> Snap | None:
    """Return what a place snaps to."""
    return find_snap(shown_layers(view), xy, reach_m(view), previous=previous)


def edges_around(view: "MapView", start: XY, end: XY) -> NDArray[np.float64]:
    """Return the edges (n, 2, 2) shown near two places, to trace along."""
    room = max(abs(end[0] - start[0]), abs(end[1] - start[1])) * _TRACE_ROOM + 20 * reach_m(view)
    window = (
        min(start[0], end[0]) - room,
        min(start[1], end[1]) - room,
        max(start[0], end[0]) + room,
        max(start[1], end[1]) + room,
    )
    found: Edges = edges_near(shown_layers(view), window)
    return found.ends


def words_of(found: Snap) -> str:
    """Return what was snapped to, in words."""
    kinds = {
        "vertex": translate("Snap", "顶点"),
        "midpoint": translate("Snap", "中点"),
        "perpendicular": translate("Snap", "垂足"),
        "edge": translate("Snap", "边"),
        "extension": translate("Snap", "延长线"),
    }
    table = TABLE_BY_NAME.get(found.layer)
    layer = found.layer
    if table is not None:
        layer = table.en if current_language() == "en" else table.zh
    return translate("Snap", "{layer}的{kind}").format(layer=layer, kind=kinds[found.kind])


def draw_mark(painter: QPainter, at: QPointF, found: Snap) -> None:
    """Draw the mark of a snap: a square for a vertex, a triangle for a middle, and so on."""
    for width, colour in ((4.5, CASING), (2.0, _COLOUR)):
        painter.setPen(QPen(colour, width))
        if found.kind == "vertex":
            painter.drawRect(QRectF(at.x() - 6, at.y() - 6, 12, 12))
        elif found.kind == "midpoint":
            corners = [at + QPointF(0, -7), at + QPointF(7, 6), at + QPointF(-7, 6)]
            painter.drawPolygon(corners)
        elif found.kind == "perpendicular":
            painter.drawPolyline([at + QPointF(-7, -7), at + QPointF(-7, 6), at + QPointF(7, 6)])
        elif found.kind == "edge":
            painter.drawEllipse(at, 6.5, 6.5)
        else:
            painter.drawLine(at + QPointF(-7, 0), at + QPointF(7, 0))
            painter.drawLine(at + QPointF(0, -7), at + QPointF(0, 7))
