"""Pictures of the ground cut into squares, each level half as fine as the one before it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.crs import WEB_MERCATOR, WGS84, transform_xy
from gridmap.geo.offsets import Datum, from_wgs84, to_wgs84

Square = tuple[int, int, int]
"""(level, column, row): level 0 is the finest; columns go right and rows down from the corner."""
Move = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Takes (n, 2) coordinates from one CRS to another; what cannot be moved becomes infinite."""

MERCATOR_M = 2 * math.pi * 6378137.0
"""The side of the square that Web Mercator makes of the world."""
_EDGE_STEPS = 8
_OFTEN = 62  # halvings: no whole number of pixels is larger


@dataclass(frozen=True)
class Pyramid:
    """How the squares lie on the ground.

    Finest pixel (column, row) lies at ``x = a*column + b*row + c``, ``y = d*column + e*row + f``
    in ``crs``, where ``affine`` is (a, b, c, d, e, f). The finest level has ``width`` x ``height``
    pixels, squares of every level ``side`` x ``side`` of its own; those at the right and the
    bottom edge may be less. Levels go from ``first`` (the finest) to ``last``.
    """

    crs: int | str
    affine: tuple[float, float, float, float, float, float]
    width: int
    height: int
    last: int
    first: int = 0
    side: int = 256

    def level_of(self, pixels: float) -> int:
        """Return the level whose pixels come nearest to ``pixels`` finest pixels."""
        wanted = math.floor(math.log2(max(pixels, 2.0**-_OFTEN)) + 0.5)
        return min(max(wanted, self.first), self.last)

    def window(self, square: Square) -> tuple[float, float, float, float]:
        """Return (left, top, right, bottom) of a square in finest pixels, cut at the edges."""
        level, column, row = square
        side = self.side * 2.0**level
        left, top = column * side, row * side
        return left, top, min(left + side, self.width), min(top + side, self.height)

    def to_ground(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n, 2) coordinates in ``crs`` of (n, 2) finest pixels."""
        a, b, c, d, e, f = self.affine
        x, y = pixels[:, 0], pixels[:, 1]
        return np.column_stack([a * x + b * y + c, d * x + e * y + f])

    def to_pixels(self, ground: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n, 2) finest pixels of (n, 2) coordinates in ``crs``."""
        a, b, c, d, e, f = self.affine
        det = a * e - b * d
        x, y = ground[:, 0] - c, ground[:, 1] - f
        return np.column_stack([(e * x - b * y) / det, (a * y - d * x) / det])

    def squares(
        self, extent: tuple[float, float, float, float], step_m: float, move: Move, *, most: int
    ) -> list[Square]:
        """Return the squares that a window shows, at the level that fits it.

        ``extent`` is the window and ``step_m`` a pixel of it, in another CRS from which ``move``
        leads into ``crs``. Nothing is returned where there would be more than ``most``.
        """
        seen = self.to_pixels(move(_edge(extent)))
        centre = np.array([[(extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2]])
        around = centre + np.array([(0.0, 0.0), (step_m, 0.0), (0.0, step_m)])
        middle = self.to_pixels(move(around))
        if not (np.isfinite(seen).all() and np.isfinite(middle).all()):
            return []
        along, across = middle[1] - middle[0], middle[2] - middle[0]
        size = math.sqrt(abs(along[0] * across[1] - along[1] * across[0]))
        level = self.level_of(size)
        side = self.side * 2.0**level
        low, high = seen.min(axis=0), seen.max(axis=0)
        columns = _indices(low[0], high[0], side, self.width)
        rows = _indices(low[1], high[1], side, self.height)
        if len(columns) * len(rows) > most:
            return []
        return [(level, column, row) for row in rows for column in columns]


def mercator_pyramid(*, min_zoom: int, max_zoom: int, depth: int = 0, side: int = 256) -> Pyramid:
    """Return the pyramid of Web Mercator's zooms; ``depth`` more levels lie below the finest.

    Level 0 is ``max_zoom``; a level ``n`` is the zoom ``max_zoom - n``, also below zero.
    """
    pixels = side * 2**max_zoom
    step = MERCATOR_M / pixels
    affine = (step, 0.0, -MERCATOR_M / 2, 0.0, -step, MERCATOR_M / 2)
    return Pyramid(WEB_MERCATOR, affine, pixels, pixels, max_zoom - min_zoom, -depth, side)


def _edge(extent: tuple[float, float, float, float]) -> NDArray[np.float64]:
    """Return points along the four sides of a box: in another CRS they are curves."""
    xmin, ymin, xmax, ymax = extent
    x, y = np.linspace(xmin, xmax, _EDGE_STEPS), np.linspace(ymin, ymax, _EDGE_STEPS)
    sides = [
        np.column_stack([x, np.full(_EDGE_STEPS, ymin)]),
        np.column_stack([x, np.full(_EDGE_STEPS, ymax)]),
        np.column_stack([np.full(_EDGE_STEPS, xmin), y]),
        np.column_stack([np.full(_EDGE_STEPS, xmax), y]),
    ]
    return np.vstack(sides)


def _indices(low: float, high: float, side: float, whole: int) -> range:
    last = math.ceil(whole / side) - 1
    return range(max(math.floor(low / side), 0), min(math.floor(high / side), last) + 1)


def moves(epsg: int, crs: int | str, datum: Datum = "wgs84") -> tuple[Move, Move]:
    """Return the ways from the CRS ``epsg`` to ``crs`` and back.

    ``datum`` says that coordinates in ``crs`` are those of a Chinese phone map, and shifted.
    """
    if datum == "wgs84":
        return (
            lambda xy: transform_xy(xy, epsg, crs),
            lambda xy: transform_xy(xy, crs, epsg),
        )
    return (
        lambda xy: transform_xy(from_wgs84(transform_xy(xy, epsg, WGS84), datum), WGS84, crs),
        lambda xy: transform_xy(to_wgs84(transform_xy(xy, crs, WGS84), datum), WGS84, epsg),
    )
