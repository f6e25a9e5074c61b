"""Squares of a base map that are pictures: encoded ones of a tile set, pixels of a raster file."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from gridmap.geo.pyramid import Pyramid, Square, mercator_pyramid

TileReader = Callable[[int, int, int], bytes | None]
"""(zoom, x, y) to the encoded image of a base map tile; y counts from the north."""


MOST_PICTURES = 64
"""Pictures in a window of 256 x 256 pixels: more of them would be specks."""


class EncodedSquares:
    """Squares of a tile set in Web Mercator, as PNG, JPEG or WebP."""

    most = MOST_PICTURES

    def __init__(
        self, read: TileReader, *, min_zoom: int = 0, max_zoom: int = 19, is_drawn: bool = False
    ) -> None:
        self._read = read
        self._max_zoom = max_zoom
        self.pyramid = mercator_pyramid(min_zoom=min_zoom, max_zoom=max_zoom)
        self.is_drawn = is_drawn

    def picture(self, square: Square, ratio: float) -> QImage | None:  # noqa: ARG002
        """Return a square's picture; one that cannot be decoded counts as none."""
        level, column, row = square
        content = self._read(self._max_zoom - level, column, row)
        image = QImage.fromData(content) if content else QImage()
        return None if image.isNull() else image

    def is_heavy(self, square: Square) -> bool:  # noqa: ARG002
        """Return False: a picture takes a millisecond."""
        return False


class PixelSquares:
    """Squares of a raster file, read as red, green, blue and alpha."""

    is_drawn = False
    most = MOST_PICTURES

    def __init__(
        self,
        pyramid: Pyramid,
        read: Callable[[Square], NDArray[np.uint8] | None],
        is_heavy: Callable[[Square], bool],
    ) -> None:
        self.pyramid = pyramid
        self._read = read
        self.is_heavy = is_heavy

    def picture(self, square: Square, ratio: float) -> QImage | None:  # noqa: ARG002
        """Return a square's picture."""
        pixels = self._read(square)
        if pixels is None:
            return None
        height, width = pixels.shape[:2]
        kind = QImage.Format.Format_RGBA8888
        image = QImage(np.ascontiguousarray(pixels).data, width, height, 4 * width, kind)
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
