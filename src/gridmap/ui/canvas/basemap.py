"""A base map of raster tiles under the layers: Web Mercator's squares bent onto the workspace.

Each square is painted by the one affine map that takes three of its corners to where they
belong. At street scale the fourth corner is then off by less than a pixel.
"""

import math
import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter, QTransform

from gridmap.report.view import Extent, PaintView
from gridmap.ui.canvas.source import TileReader

_WORLD_M = 2 * math.pi * 6378137.0
_SIDE = 256
_KEPT = 96
_MOST_SQUARES = 64
_OVERLAP = 0.3  # pixels by which squares reach over one another, so that no seam shines through
WEB_MERCATOR = 3857


class Basemap:
    """Paints raster tiles below all layers; give it to ``MapView.set_ground``.

    It is called from several worker threads at once.

    Args:
        read: gives the encoded image of a square, or None; called under a lock.
        epsg: the CRS of the workspace.
        min_zoom: the coarsest zoom that the reader has.
        max_zoom: the finest one; nearer than that, its squares are enlarged.
        opacity: how strongly it is painted.
    """

    def __init__(
        self,
        read: TileReader,
        epsg: int,
        *,
        min_zoom: int = 0,
        max_zoom: int = 19,
        opacity: float = 1.0,
    ) -> None:
        self._read = read
        self._epsg = epsg
        self._zooms = (min_zoom, max_zoom)
        self._opacity = opacity
        self._images: OrderedDict[tuple[int, int, int], QImage | None] = OrderedDict()
        self._lock = threading.Lock()
        self._is_retired = False

    def __call__(self, painter: QPainter, view: PaintView) -> None:
        """Paint the squares that the window shows."""
        squares = self.squares(view)
        if not squares:
            return
        corners = self._corners(squares)
        painter.save()
        painter.setOpacity(self._opacity)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        try:
            for square, (top_left, top_right, bottom_left) in zip(squares, corners, strict=True):
                image = self._image(square)
                if image is None or not np.isfinite([top_left, top_right, bottom_left]).all():
                    continue
                pixels = view.to_pixels(np.array([top_left, top_right, bottom_left]))
                painter.setTransform(_affine(pixels, image.width(), image.height()))
                painter.drawImage(0, 0, image)
                painter.resetTransform()
        finally:  # a square that cannot be read leaves the painter as it was
            painter.restore()

    def retire(self) -> None:
        """Read nothing any more; returns once a read that is under way has ended."""
        with self._lock:
            self._is_retired = True

    def squares(self, view: PaintView) -> list[tuple[int, int, int]]:
        """Return the squares (zoom, x, y) that cover the window, at the zoom that fits it."""
        xmin, ymin, xmax, ymax = self._to_mercator(view.extent)
        if not all(map(math.isfinite, (xmin, ymin, xmax, ymax))):
            return []
        per_pixel = (xmax - xmin) / view.width
        zoom = round(math.log2(_WORLD_M / _SIDE / per_pixel))
        zoom = min(max(zoom, self._zooms[0]), self._zooms[1])
        side = _WORLD_M / 2**zoom
        columns = range(_index(xmin, side), _index(xmax, side) + 1)
        rows = range(_index(-ymax, side), _index(-ymin, side) + 1)
        if len(columns) * len(rows) > _MOST_SQUARES:
            return []  # coarser than the reader's coarsest: a carpet of specks
        last = 2**zoom - 1
        return [(zoom, x, y) for y in rows for x in columns if 0 <= x <= last and 0 <= y <= last]

    def _to_mercator(self, extent: Extent) -> Extent:
        from gridmap.geo.crs import transform_xy  # late: only who has a base map needs pyproj

        xmin, ymin, xmax, ymax = extent
        ring = np.array([(xmin, ymin), (xmin, ymax), (xmax, ymin), (xmax, ymax)])
        moved = transform_xy(ring, self._epsg, WEB_MERCATOR)
        low, high = moved.min(axis=0), moved.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def _corners(self, squares: list[tuple[int, int, int]]) -> NDArray[np.float64]:
        """Return the (top left, top right, bottom left) corners in the workspace's CRS."""
        from gridmap.geo.crs import transform_xy

        places = []
        for zoom, x, y in squares:
            side = _WORLD_M / 2**zoom
            left, top = x * side - _WORLD_M / 2, _WORLD_M / 2 - y * side
            places += [(left, top), (left + side, top), (left, top - side)]
        moved = transform_xy(np.array(places), WEB_MERCATOR, self._epsg)
        return moved.reshape(-1, 3, 2)

    def _image(self, square: tuple[int, int, int]) -> QImage | None:
        with self._lock:
            if square in self._images:
                self._images.move_to_end(square)
                return self._images[square]
            if self._is_retired:
                return None
            content = self._read(*square)
            image = QImage.fromData(content) if content else QImage()
            self._images[square] = None if image.isNull() else image
            while len(self._images) > _KEPT:
                self._images.popitem(last=False)
            return self._images[square]


def _index(metres: float, side: float) -> int:
    return math.floor((metres + _WORLD_M / 2) / side)


def _affine(pixels: NDArray[np.float64], width: int, height: int) -> QTransform:
    """Return what takes an image's corners to three pixels, grown by a hair."""
    origin, right, down = pixels
    along = (right - origin) / width
    across = (down - origin) / height
    grow_x = 1 + _OVERLAP / max(float(np.hypot(*(right - origin))), 1.0)
    grow_y = 1 + _OVERLAP / max(float(np.hypot(*(down - origin))), 1.0)
    along, across = along * grow_x, across * grow_y
    return QTransform(
        float(along[0]), float(along[1]), float(across[0]), float(across[1]),
        float(origin[0]), float(origin[1]),
    )  # fmt: skip
