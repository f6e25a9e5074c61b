"""Select what lies in a box that is dragged on the map."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QRubberBand, QWidget

from gridmap.geo.shapes import Shapes
from gridmap.report.prepared import PreparedLayer

Extent = tuple[float, float, float, float]
_LEAST_PX = 4


class BoxSelect:
    """Takes the mouse until one box is drawn; Escape gives it back."""

    def __init__(self, canvas: QWidget, done: Callable[[Extent | None], None]) -> None:
        self._canvas = canvas
        self._done = done
        self._from_xy: tuple[float, float] | None = None
        self._from_px = QPoint()
        self._band: QRubberBand | None = None

    def press(self, xy: tuple[float, float], event: QMouseEvent) -> bool:
        """Begin the box."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._from_xy, self._from_px = xy, event.position().toPoint()
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self._canvas)
        self._band.setGeometry(QRect(self._from_px, QSize()))
        self._band.show()
        return True

    def move(self, _xy: tuple[float, float], event: QMouseEvent) -> bool:
        """Stretch the box."""
        if self._band is not None:
            box = QRect(self._from_px, event.position().toPoint()).normalized()
            self._band.setGeometry(box)
        return self._band is not None

    def release(self, xy: tuple[float, float], event: QMouseEvent) -> bool:
        """Finish the box; one that is too small was a slip."""
        if self._from_xy is None:
            return False
        start, self._from_xy = self._from_xy, None
        self._drop_band()
        way = event.position().toPoint() - self._from_px
        if min(abs(way.x()), abs(way.y())) < _LEAST_PX:
            self._done(None)
        else:
            low, high = np.minimum(start, xy), np.maximum(start, xy)
            self._done((float(low[0]), float(low[1]), float(high[0]), float(high[1])))
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Give up on Escape."""
        if event.key() != Qt.Key.Key_Escape:
            return False
        self._from_xy = None
        self._drop_band()
        self._done(None)
        return True

    def _drop_band(self) -> None:
        if self._band is not None:
            self._band.hide()
            self._band.deleteLater()
            self._band = None


def rows_inside(layer: PreparedLayer, box: Extent) -> list[str]:
    """Return the ids of the rows of which every vertex lies in the box."""
    rows = [part.shapes.rows[_is_inside(part.shapes, box)] for part in layer.parts]
    if not rows:
        return []
    return [str(id_) for id_ in layer.rows.ids[np.unique(np.concatenate(rows))]]


def _is_inside(shapes: Shapes, box: Extent) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return for each feature whether its own box lies in ``box``."""
    xmin, ymin, xmax, ymax = box
    low, high = shapes.bounds[:, :2], shapes.bounds[:, 2:]
    return np.asarray(
        (low >= (xmin, ymin)).all(axis=1) & (high <= (xmax, ymax)).all(axis=1), np.bool_
    )
