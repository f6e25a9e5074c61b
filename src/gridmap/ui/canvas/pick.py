"""What lies under the pointer."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridmap.geo.shapes import Shapes
from gridmap.report.prepared import AREA, POINT, PreparedLayer, PreparedShapes


@dataclass(frozen=True)
class Hit:
    """One row near a place; ``distance_m`` is 0 inside an area."""

    table: str
    id: str
    distance_m: float


def pick(
    layers: Iterable[PreparedLayer],
    xy: tuple[float, float],
    tolerance_m: float,
    pixel_m: float = 0.0,
) -> list[Hit]:
    """Return the rows at a place, the uppermost first (``layers`` come undermost first).

    ``pixel_m`` is how many metres a style pixel is, so that large markers are met as they are seen.

    In each layer, points and lines within the tolerance come before the areas that hold the
    place, the nearest first, and of the areas the smallest.
    """
    hits: list[Hit] = []
    for layer in layers:
        found: list[tuple[tuple[int, float, float], Hit]] = []
        for part in layer.parts:
            found += _pick_part(layer, part, xy, tolerance_m, pixel_m)
        found.sort(key=lambda entry: entry[0], reverse=True)
        hits += [hit for _rank, hit in found]
    hits.reverse()
    return list({(hit.table, hit.id): hit for hit in reversed(hits)}.values())[::-1]


def _pick_part(
    layer: PreparedLayer,
    part: PreparedShapes,
    xy: tuple[float, float],
    tolerance_m: float,
    pixel_m: float,
) -> list[tuple[tuple[int, float, float], Hit]]:
    x, y = xy
    proportion = layer.style.proportion
    reach_m = max(tolerance_m, proportion.size / 2 * pixel_m if proportion else 0.0)
    window = (x - reach_m, y - reach_m, x + reach_m, y + reach_m)
    found = []
    place = np.array(xy)
    for position in part.index.query(window):
        distance = distance_to(part.shapes, int(position), place)
        if distance > tolerance_m and not _is_on_marker(layer, part, int(position), place, pixel_m):
            continue
        box = part.shapes.bounds[position]
        size = float((box[2] - box[0]) * (box[3] - box[1]))
        id_ = str(layer.rows.ids[part.shapes.rows[position]])
        rank = (int(part.shapes.dimension == AREA), distance, size)
        found.append((rank, Hit(layer.table, id_, distance)))
    return found


def _is_on_marker(
    layer: PreparedLayer,
    part: PreparedShapes,
    position: int,
    place: NDArray[np.float64],
    pixel_m: float,
) -> bool:
    """Return whether a place is on a feature's marker, where that is as large as a number."""
    if layer.marker_sizes is None:
        return False
    radius_m = float(layer.marker_sizes[part.shapes.rows[position]]) / 2 * pixel_m
    away = part.anchors(np.array([position]))[0] - place
    return bool(np.hypot(*away) <= radius_m)


def distance_to(shapes: Shapes, position: int, place: NDArray[np.float64]) -> float:
    """Return how far a feature is from a place, in metres; 0 inside an area (odd-even)."""
    first, last = shapes.features[position], shapes.features[position + 1]
    runs = shapes.runs[first : last + 1]
    xy = shapes.xy[runs[0] : runs[-1]] - place
    if shapes.dimension == POINT:
        return float(np.hypot(xy[:, 0], xy[:, 1]).min())
    joined = np.ones(len(xy) - 1, bool)
    joined[runs[1:-1] - runs[0] - 1] = False
    start, end = xy[:-1][joined], xy[1:][joined]
    if shapes.dimension == AREA and _holds_origin(start, end):
        return 0.0
    return _distance_to_origin(start, end)


def _holds_origin(start: NDArray[np.float64], end: NDArray[np.float64]) -> bool:
    """Count the edges that a ray to the east crosses."""
    crosses = (start[:, 1] > 0) != (end[:, 1] > 0)
    start, end = start[crosses], end[crosses]
    x = start[:, 0] - start[:, 1] * (end[:, 0] - start[:, 0]) / (end[:, 1] - start[:, 1])
    return bool((x > 0).sum() % 2)


def _distance_to_origin(start: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    along = end - start
    length2 = np.maximum((along**2).sum(axis=1), 1e-18)
    share = np.clip(-(start * along).sum(axis=1) / length2, 0.0, 1.0)
    nearest = start + along * share[:, None]
    return float(np.hypot(nearest[:, 0], nearest[:, 1]).min())
