"""What is painted of one table: its shapes, and a few columns beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.shapes import Shapes


@dataclass(frozen=True)
class LayerRows:
    """The rows of a table that have a place.

    ``ids`` (n,) are their ids; ``shapes`` refer to them by position (``Shapes.rows``), one
    object for each dimension that occurs; ``columns`` (n,) are the fields that a style asks for.
    """

    table: str
    ids: NDArray[np.object_]
    shapes: tuple[Shapes, ...]
    columns: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """Return (xmin, ymin, xmax, ymax) of all shapes, None where there are none."""
        if not self.shapes:
            return None
        boxes = np.vstack([shapes.bounds for shapes in self.shapes])
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])
