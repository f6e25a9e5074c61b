"""Small worlds to paint, and a way to look at the pixels."""

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from gridmap.geo.layers import LayerRows
from gridmap.geo.shapes import shapes_of
from gridmap.model.style import Style, Symbol
from gridmap.report.paint import paint
from gridmap.report.prepared import PreparedLayer, prepare
from gridmap.report.view import PaintView

Pixels = NDArray[np.uint8]


def rows_of(table: str, geometries: list[shapely.Geometry], **columns: list[object]) -> LayerRows:
    ids = np.array([f"{table}-{n}" for n in range(len(geometries))], object)
    arrays = {name: np.array(values, object) for name, values in columns.items()}
    return LayerRows(table, ids, shapes_of(np.array(geometries, object)), arrays)


def layer_of(
    geometries: list[shapely.Geometry], symbol: Symbol, table: str = "building", **style: object
) -> PreparedLayer:
    return prepare(rows_of(table, geometries), Style(table, symbol, **style))


def painted(*layers: PreparedLayer, size: int = 100, **view: float) -> Pixels:
    """Paint a window of ``size`` metres and pixels; return (row from the top, column, BGRA)."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint(painter, PaintView(0.0, float(size), 1.0, size, size, **view), layers)
    painter.end()
    return pixels_of(image)


def pixels_of(image: QImage) -> Pixels:
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()].copy()
