"""Finds the vertex of a shown layer that the pointer is near to."""

from collections.abc import Iterable

import numpy as np

from gridmap.report.prepared import PreparedLayer, PreparedShapes

XY = tuple[float, float]


def find_vertex(layers: Iterable[PreparedLayer], xy: XY, tolerance_m: float) -> XY | None:
    """Return the vertex nearest to a place within the tolerance, None where there is none."""
    nearest, best = tolerance_m, None
    for layer in layers:
        for part in layer.parts:
            found = _nearest_of(part, xy, nearest)
            if found is not None:
                nearest, best = found
    return best


def _nearest_of(part: PreparedShapes, xy: XY, within_m: float) -> tuple[float, XY] | None:
    """Return (distance, vertex) of the vertex nearest to a place."""
    x, y = xy
    window = (x - within_m, y - within_m, x + within_m, y + within_m)
    shapes, found = part.shapes, None
    for position in part.index.query(window):
        # a handful of features: their boxes hold the window
        first, last = shapes.features[position], shapes.features[position + 1]
        vertices = shapes.xy[shapes.runs[first] : shapes.runs[last]]
        distances = np.hypot(vertices[:, 0] - x, vertices[:, 1] - y)
        place = int(distances.argmin())
        if distances[place] <= within_m:
            within_m = float(distances[place])
            found = within_m, (float(vertices[place, 0]), float(vertices[place, 1]))
    return found
