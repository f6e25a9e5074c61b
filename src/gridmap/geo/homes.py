"""Where households live."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.features import Geometries


@dataclass(frozen=True)
class Homes:
    """Where households live: ``xy`` (n, 2) metres in the coverage's CRS, ``households`` (n,).

    ``outlines`` are the areas of the buildings, where they are known.
    """

    xy: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    households: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    outlines: Geometries | None = None

    def __len__(self) -> int:
        return len(self.households)

    def take(self, positions: NDArray[np.int64]) -> "Homes":
        """Return some of the homes."""
        outlines = None if self.outlines is None else self.outlines[positions]
        return Homes(self.xy[positions], self.households[positions], outlines)
