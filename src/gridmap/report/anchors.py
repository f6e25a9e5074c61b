"""Where on the map a feature is, if it must be one place: for markers, labels and counts."""

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.shapes import Shapes

_AREA = 2


def anchors_of(shapes: Shapes) -> NDArray[np.float64]:
    """Return the point itself, the middle of a line, the centre of gravity of an area."""
    if len(shapes) == 0:
        return np.zeros((0, 2))
    first = shapes.runs[shapes.features[:-1]]
    if shapes.dimension == _AREA:
        return _centres_of_gravity(shapes, first)
    last = shapes.runs[shapes.features[:-1] + 1] - 1  # of the first part
    middle: NDArray[np.float64] = (
        shapes.xy[(first + last) // 2] + shapes.xy[(first + last + 1) // 2]
    )
    return middle / 2


def _centres_of_gravity(shapes: Shapes, first: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum the triangles between each edge and a point of the feature; all features at once."""
    counts = np.diff(np.append(first, len(shapes.xy)))
    local = shapes.xy - np.repeat(shapes.bounds[:, :2], counts, axis=0)
    cross = np.zeros(len(local))
    cross[:-1] = local[:-1, 0] * local[1:, 1] - local[1:, 0] * local[:-1, 1]
    cross[shapes.runs[1:] - 1] = 0.0  # no edge leads from one ring to the next
    double_area = np.add.reduceat(cross, first)
    moments = np.zeros_like(local)
    moments[:-1] = (local[:-1] + local[1:]) * cross[:-1, None]
    sums = np.add.reduceat(moments, first)
    is_flat = np.abs(double_area) < 1e-9  # square metres: no area at all
    centre = sums / np.where(is_flat, 1.0, 3.0 * double_area)[:, None]
    half = (shapes.bounds[:, 2:] - shapes.bounds[:, :2]) / 2
    outside = is_flat | (centre < 0).any(axis=1) | (centre > 2 * half).any(axis=1)
    centre[outside] = half[outside]
    result: NDArray[np.float64] = centre + shapes.bounds[:, :2]
    return result


def filled_shares(shapes: Shapes) -> NDArray[np.float64]:
    """Return how much of its box each area fills, from 0 to 1, (n,)."""
    if len(shapes) == 0:
        return np.zeros(0)
    first = shapes.runs[shapes.features[:-1]]
    counts = np.diff(np.append(first, len(shapes.xy)))
    local = shapes.xy - np.repeat(shapes.bounds[:, :2], counts, axis=0)
    cross = np.zeros(len(local))
    cross[:-1] = local[:-1, 0] * local[1:, 1] - local[1:, 0] * local[:-1, 1]
    cross[shapes.runs[1:] - 1] = 0.0  # no edge leads from one ring to the next
    area = np.abs(np.add.reduceat(cross, first)) / 2
    box = (shapes.bounds[:, 2] - shapes.bounds[:, 0]) * (shapes.bounds[:, 3] - shapes.bounds[:, 1])
    return np.clip(area / np.maximum(box, 1e-12), 0.0, 1.0)
