"""The window through which a map is seen: metres on the ground to pixels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridmap.model.style import PIXEL_M

Extent = tuple[float, float, float, float]
"""(xmin, ymin, xmax, ymax) in metres, in the workspace's CRS."""


@dataclass(frozen=True)
class PaintView:
    """A window of ``width`` x ``height`` device pixels whose top left corner is (left, top).

    ``resolution`` is metres on the ground per device pixel, ``ratio`` device pixels per style
    pixel (1/96 inch): 1 on a plain screen, 2 on a fine one, 3.125 on paper at 300 dpi.
    """

    left: float
    top: float
    resolution: float
    width: int
    height: int
    ratio: float = 1.0
    is_vector: bool = False
    """Whether what is painted stays vectors; then hatches are lines and not textures."""

    @property
    def extent(self) -> Extent:
        """Return the ground that is seen."""
        right = self.left + self.width * self.resolution
        return self.left, self.top - self.height * self.resolution, right, self.top

    @property
    def denominator(self) -> float:
        """Return N of the scale 1:N."""
        return self.resolution * self.ratio / PIXEL_M

    def grown(self, pixels: float) -> Extent:
        """Return the ground that is seen with a margin of ``pixels`` around it."""
        margin = pixels * self.resolution
        xmin, ymin, xmax, ymax = self.extent
        return xmin - margin, ymin - margin, xmax + margin, ymax + margin

    def to_pixels(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n, 2) pixels of (n, 2) ground coordinates; y points down."""
        result = np.empty_like(xy)
        scale = 1.0 / self.resolution
        np.multiply(xy[:, 0] - self.left, scale, out=result[:, 0])
        np.multiply(self.top - xy[:, 1], scale, out=result[:, 1])
        return result


def fit(extent: Extent, width: int, height: int, *, ratio: float = 1.0) -> PaintView:
    """Return the window of the given size that holds the extent, centred."""
    xmin, ymin, xmax, ymax = extent
    resolution = max((xmax - xmin) / width, (ymax - ymin) / height, 1e-6)
    left = (xmin + xmax - width * resolution) / 2
    top = (ymin + ymax + height * resolution) / 2
    return PaintView(left, top, resolution, width, height, ratio)
