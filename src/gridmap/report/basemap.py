"""A base map under the layers: squares of a picture of the ground, bent onto the workspace.

Each square is painted by the affine map that takes three of its corners to where they belong.
Where its fourth corner or its middle would then be off, it is cut into a grid of smaller ones.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTransform

from gridmap.geo.pyramid import Move, Pyramid, Square
from gridmap.report.view import PaintView

_CACHE_BYTES = 48 * 1024 * 1024
_OVERLAP = 0.3  # pixels by which squares reach over one another, so that no seam shines through
_OFF_PX = 0.3
"""How far a square may be off where it is bent, before it is cut into smaller ones."""
_FINEST_CUT = 12
_ANCESTORS = 8
"""How much coarser a square may stand in for one that the file lacks."""
_MOST_WANTED = 48
_BROKEN_SECONDS = 4.0


class Squares(Protocol):
    """Where the pictures of a base map come from. Called from several threads at once."""

    pyramid: Pyramid
    is_drawn: bool
    """Whether it is drawn for a size on the screen (lines and names), and no photograph."""
    most: int
    """Squares of a window of 256 x 256 pixels: where there were more, nothing is painted."""

    def picture(self, square: Square, ratio: float) -> QImage | None:
        """Return a square's picture, None where there is none; ``ratio`` as in PaintView."""

    def is_heavy(self, square: Square) -> bool:
        """Return whether a picture takes so long that the layers must not wait for it."""


class Basemap:
    """Paints squares below all layers. It is called from several worker threads at once.

    Args:
        squares: the pictures.
        ways: leads from the workspace's CRS to that of the pictures, and back.
        opacity: how strongly it is painted.
        is_patient: whether everything is waited for, as paper must.
    """

    def __init__(
        self,
        squares: Squares,
        ways: tuple[Move, Move],
        *,
        opacity: float = 1.0,
        is_patient: bool = True,
    ) -> None:
        self._squares = squares
        self._to_squares, self._from_squares = ways
        self.opacity = opacity
        self._is_patient = is_patient
        self._kept: OrderedDict[tuple[Square, float], QImage | None] = OrderedDict()
        self._kept_bytes = 0
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        self._wanted: OrderedDict[tuple[Square, float], None] = OrderedDict()
        self._reader: ThreadPoolExecutor | None = None
        self._changed: Callable[[bool], None] = lambda _is_all: None
        self._failure: Exception | None = None
        self._broken: dict[Square, float] = {}
        """Squares that could not be read, and until when they are left alone."""
        self._is_retired = False

    def __call__(self, painter: QPainter, view: PaintView) -> bool:
        """Paint the squares that the window shows; return whether all of them were there."""
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure
        squares = self.squares(view)
        if not squares:
            return True
        if self.opacity >= 1:
            return self._paint(painter, view, squares)
        image = QImage(view.width, view.height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        inner = QPainter(image)
        try:
            is_whole = self._paint(inner, view, squares)
        finally:
            inner.end()
        painter.save()
        painter.setOpacity(self.opacity)
        painter.drawImage(0, 0, image)
        painter.restore()
        return is_whole

    def on_change(self, changed: Callable[[bool], None]) -> None:
        """Have this called, in any thread, when something that lacked has come.

        It is given whether what was whole is old too. What could not be read is raised by the
        next painting.
        """
        self._changed = changed

    def set_opacity(self, opacity: float) -> None:
        """Paint it more or less strongly from now on."""
        self.opacity = opacity
        self._changed(True)

    def retire(self) -> None:
        """Read nothing more; a read that is under way ends by itself."""
        with self._lock:
            self._is_retired = True
            self._wanted.clear()
            reader, self._reader = self._reader, None
        if reader is not None:
            reader.shutdown(wait=False, cancel_futures=True)

    def squares(self, view: PaintView) -> list[Square]:
        """Return the squares that the window shows."""
        step = view.resolution * (view.ratio if self._squares.is_drawn else 1.0)
        share = max(view.width * view.height / 256**2, 1.0)
        return self._squares.pyramid.squares(
            view.extent, step, self._to_squares, most=round(self._squares.most * share)
        )

    # --- painting ---------------------------------------------------------------------------------

    def _paint(self, painter: QPainter, view: PaintView, squares: list[Square]) -> bool:
        windows = np.array([self._squares.pyramid.window(square) for square in squares])
        cuts = self._cuts(view, windows)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        is_whole = True
        try:
            for square, window, cut in zip(squares, windows, cuts.tolist(), strict=True):
                if cut == 0:
                    continue  # its ground has no place in the workspace's CRS
                image, covered, is_there = self._find(square, view.ratio)
                is_whole &= is_there
                if image is not None:
                    self._paint_square(
                        painter, view, image, _part(image, covered, window), (window, cut)
                    )
        finally:  # a square that cannot be read leaves the painter as it was
            painter.restore()
        return is_whole

    def _cuts(self, view: PaintView, windows: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return into how many parts each side is cut; 0 for squares without a place."""
        left, top, right, bottom = windows.T
        places = np.column_stack(
            [left, top, right, top, left, bottom, right, bottom,
             (left + right) / 2, (top + bottom) / 2]
        ).reshape(-1, 2)  # fmt: skip
        pixels = self._pixels(view, places).reshape(-1, 5, 2)
        a, b, c, d, middle = (pixels[:, n] for n in range(5))
        with np.errstate(invalid="ignore"):
            off = np.maximum(
                np.abs(b + c - a - d).max(axis=1), 2 * np.abs((b + c) / 2 - middle).max(axis=1)
            )
        is_placed = np.isfinite(off)
        off = np.where(is_placed, off, 0.0)
        cuts = np.ceil(np.sqrt(off / _OFF_PX)).astype(np.int64)
        return np.where(is_placed, np.clip(cuts, 1, _FINEST_CUT), 0)

    def _pixels(self, view: PaintView, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where finest pixels of the pyramid lie in the window."""
        return view.to_pixels(self._from_squares(self._squares.pyramid.to_ground(places)))

    def _paint_square(
        self,
        painter: QPainter,
        view: PaintView,
        image: QImage,
        part: QRectF,
        where: tuple[NDArray[np.float64], int],
    ) -> None:
        """Paint ``part`` of an image where a window of the pyramid lies, cut into cut x cut."""
        (left, top, right, bottom), cut = where
        x, y = np.meshgrid(np.linspace(left, right, cut + 1), np.linspace(top, bottom, cut + 1))
        places = np.column_stack([x.ravel(), y.ravel()])
        pixels = self._pixels(view, places).reshape(cut + 1, cut + 1, 2)
        if not np.isfinite(pixels).all():
            return
        width, height = part.width() / cut, part.height() / cut
        before = painter.transform()
        for row in range(cut):
            for column in range(cut):
                corners = pixels[row, column], pixels[row, column + 1], pixels[row + 1, column]
                source = QRectF(part.x() + column * width, part.y() + row * height, width, height)
                painter.setTransform(_affine(corners, width, height) * before)
                painter.drawImage(QRectF(0, 0, width, height), image, source)
        painter.setTransform(before)

    # --- pictures ---------------------------------------------------------------------------------

    def _find(
        self, square: Square, ratio: float
    ) -> tuple[QImage | None, tuple[float, float, float, float], bool]:
        """Return a picture, the window of the pyramid that it covers, and whether it is the best.

        Where the file lacks a square, or it is not there yet, a coarser one stands in.
        """
        pyramid = self._squares.pyramid
        level, column, row = square
        is_best = True
        for step in range(min(_ANCESTORS, pyramid.last - level) + 1):
            ancestor = level + step, column >> step, row >> step
            image, is_known = self._picture(ancestor, ratio, is_needed=is_best)
            is_best &= is_known
            if image is not None:
                return image, pyramid.window(ancestor), is_best
        return None, pyramid.window(square), is_best

    def _picture(
        self, square: Square, ratio: float, *, is_needed: bool
    ) -> tuple[QImage | None, bool]:
        """Return a picture and whether it is known; one that is heavy is asked for instead."""
        key = square, ratio
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key], True
            if self._is_retired:
                return None, True
            if time.monotonic() < self._broken.get(square, 0.0):
                return None, False
        if not self._is_patient and (not is_needed or self._squares.is_heavy(square)):
            if is_needed:
                self._want(key)
            return None, False
        with self._reading:
            with self._lock:
                if key in self._kept:  # another thread was faster
                    return self._kept[key], True
            return self._keep(key, self._squares.picture(square, ratio)), True

    def _keep(self, key: tuple[Square, float], image: QImage | None) -> QImage | None:
        with self._lock:
            self._kept[key] = image
            self._kept_bytes += image.sizeInBytes() if image is not None else 0
            while self._kept_bytes > _CACHE_BYTES and len(self._kept) > 1:
                _key, dropped = self._kept.popitem(last=False)
                self._kept_bytes -= dropped.sizeInBytes() if dropped is not None else 0
        return image

    def _want(self, key: tuple[Square, float]) -> None:
        """Ask for a picture; what was asked for last is brought first."""
        with self._lock:
            if self._is_retired:
                return
            is_new = key not in self._wanted
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            while len(self._wanted) > _MOST_WANTED:
                self._wanted.popitem(last=False)
            if self._reader is None:
                self._reader = ThreadPoolExecutor(1, thread_name_prefix="base-map")
            if is_new:
                self._reader.submit(self._bring)

    def _bring(self) -> None:
        """Runs in the base map's own thread."""
        with self._lock:
            if self._is_retired or not self._wanted:
                return
            key, _ = self._wanted.popitem(last=True)
        try:
            self._keep(key, self._squares.picture(*key))
        except Exception as error:  # noqa: BLE001 - raised again in the next painting
            self._failure = error
            with self._lock:
                self._broken[key[0]] = time.monotonic() + _BROKEN_SECONDS
        self._changed(False)


def _part(
    image: QImage, covered: tuple[float, float, float, float], window: NDArray[np.float64]
) -> QRectF:
    """Return which part of an image that covers one window shows another one inside it."""
    left, top, right, bottom = covered
    across, down = image.width() / (right - left), image.height() / (bottom - top)
    x0, y0, x1, y1 = (float(value) for value in window)
    return QRectF((x0 - left) * across, (y0 - top) * down, (x1 - x0) * across, (y1 - y0) * down)


def _affine(corners: tuple[NDArray[np.float64], ...], width: float, height: float) -> QTransform:
    """Return what takes the corners of a picture to three pixels, grown by a hair."""
    origin, right, down = corners
    along = (right - origin) / width
    across = (down - origin) / height
    grow_x = 1 + _OVERLAP / max(float(np.hypot(*(right - origin))), 1.0)
    grow_y = 1 + _OVERLAP / max(float(np.hypot(*(down - origin))), 1.0)
    along, across = along * grow_x, across * grow_y
    return QTransform(
        float(along[0]), float(along[1]), float(across[0]), float(across[1]),
        float(origin[0]), float(origin[1]),
    )  # fmt: skip
