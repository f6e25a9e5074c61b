"""Geometries as flat arrays of vertices: what is painted, measured and picked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.features import Geometries


@dataclass(frozen=True)
class Shapes:
    """Many geometries of one dimension (0 points, 1 lines, 2 areas) as flat arrays.

    ``xy`` (v, 2) float64 are the vertices in metres. Run ``i`` (a ring, a line, or a single
    point) is ``xy[runs[i]:runs[i + 1]]``; feature ``f`` consists of the runs
    ``features[f]`` to ``features[f + 1]``. ``rows[f]`` is the feature's position in the table
    that was read, ``bounds[f]`` its (xmin, ymin, xmax, ymax). Rings repeat their first vertex;
    holes are runs like any other, so areas are to be filled odd-even.
    """

    dimension: int
    xy: NDArray[np.float64]
    runs: NDArray[np.int64]
    features: NDArray[np.int64]
    rows: NDArray[np.int64]
    bounds: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, positions: NDArray[np.int64]) -> "Shapes":
        """Return the features at ``positions`` (positions in this object, not rows)."""
        run_counts = np.diff(self.features)[positions]
        run_index = ranges(self.features[:-1][positions], run_counts)
        vertex_counts = np.diff(self.runs)[run_index]
        vertex_index = ranges(self.runs[:-1][run_index], vertex_counts)
        return Shapes(
            self.dimension,
            self.xy[vertex_index],
            offsets(vertex_counts),
            offsets(run_counts),
            self.rows[positions],
            self.bounds[positions],
        )

    def keep(self, is_kept: NDArray[np.bool_]) -> "Shapes":
        """Return the features of a mask (n,): ``take`` where nearly all of many are kept."""
        run_counts, vertex_counts = np.diff(self.features), np.diff(self.runs)
        runs_kept = np.repeat(is_kept, run_counts)
        return Shapes(
            self.dimension,
            self.xy[np.repeat(runs_kept, vertex_counts)],
            offsets(vertex_counts[runs_kept]),
            offsets(run_counts[is_kept]),
            self.rows[is_kept],
            self.bounds[is_kept],
        )


def spliced(shapes: Shapes, gone: NDArray[np.int64], fresh: Shapes | None) -> Shapes:
    """Return shapes without the features at the positions ``gone``, and with ``fresh`` ones last.

    Of a few that are gone the others are copied in stretches: 4 ms in a district, where a mask
    over all vertices takes 30 ms.
    """
    gone = np.sort(gone)
    runs = [(int(shapes.features[at]), int(shapes.features[at + 1])) for at in gone.tolist()]
    vertices = [(int(shapes.runs[a]), int(shapes.runs[b])) for a, b in runs]
    rows = [(int(at), int(at) + 1) for at in gone.tolist()]
    more = [] if fresh is None else [fresh]
    return Shapes(
        shapes.dimension,
        without(shapes.xy, vertices, [one.xy for one in more]),
        offsets(without(np.diff(shapes.runs), runs, [np.diff(one.runs) for one in more])),
        offsets(without(np.diff(shapes.features), rows, [np.diff(one.features) for one in more])),
        without(shapes.rows, rows, [one.rows for one in more]),
        without(shapes.bounds, rows, [one.bounds for one in more]),
    )


def without(
    values: NDArray[Any], gone: Sequence[tuple[int, int]], more: Sequence[NDArray[Any]]
) -> NDArray[Any]:
    """Return an array without some stretches, and with others behind it."""
    start, kept = 0, []
    for first, last in gone:
        kept.append(values[start:first])
        start = last
    return np.concatenate([*kept, values[start:], *more])


def offsets(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each of consecutive groups begins, and where the last one ends."""
    result = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=result[1:])
    return result


def ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ``starts[0] … starts[0]+counts[0]-1, starts[1] …`` as one array."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    result: NDArray[np.int64] = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return result


def joined(parts: Sequence[Shapes]) -> Shapes:
    """Return shapes of one dimension one after another."""
    runs, features = 0, 0
    run_offsets, feature_offsets = [np.zeros(1, np.int64)], [np.zeros(1, np.int64)]
    for part in parts:
        run_offsets.append(part.runs[1:] + runs)
        feature_offsets.append(part.features[1:] + features)
        runs, features = runs + len(part.xy), features + len(part.runs) - 1
    return Shapes(
        parts[0].dimension,
        np.concatenate([part.xy for part in parts]),
        np.concatenate(run_offsets),
        np.concatenate(feature_offsets),
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.bounds for part in parts]),
    )


def shapes_of(geometries: Geometries, rows: NDArray[np.int64] | None = None) -> tuple[Shapes, ...]:
    """Return the geometries as shapes, one object for each dimension that occurs.

    Missing and empty geometries are left out. ``rows`` numbers the geometries; by default they
    are numbered from 0. A GeometryCollection counts by each of its parts.
    """
    row_numbers = np.arange(len(geometries)) if rows is None else rows
    simple, index = shapely.get_parts(geometries, return_index=True)
    while (shapely.get_type_id(simple) > shapely.GeometryType.POLYGON).any():
        simple, deeper = shapely.get_parts(simple, return_index=True)
        index = index[deeper]
    keep = ~(shapely.is_empty(simple) | shapely.is_missing(simple))
    simple, index = simple[keep], index[keep]
    dimensions = shapely.get_dimensions(simple)
    return tuple(
        _shapes_of_simple(simple[dimensions == d], index[dimensions == d], row_numbers, d)
        for d in (2, 1, 0)
        if (dimensions == d).any()
    )


def _shapes_of_simple(
    simple: Geometries, index: NDArray[np.int64], row_numbers: NDArray[np.int64], dimension: int
) -> Shapes:
    """Put simple geometries of one dimension, grouped by feature ``index``, into flat arrays."""
    if dimension == 2:
        runs_, run_feature = shapely.get_rings(simple, return_index=True)
        run_feature = index[run_feature]
    else:
        runs_, run_feature = simple, index
    xy, vertex_run = shapely.get_coordinates(runs_, return_index=True)
    distinct, run_counts = np.unique(run_feature, return_counts=True)
    vertex_counts = np.bincount(vertex_run, minlength=len(runs_))
    run_offsets = offsets(vertex_counts)
    feature_offsets = offsets(run_counts)
    starts = run_offsets[feature_offsets[:-1]]
    bounds = np.hstack([np.minimum.reduceat(xy, starts), np.maximum.reduceat(xy, starts)])
    return Shapes(dimension, xy, run_offsets, feature_offsets, row_numbers[distinct], bounds)


def box_shapes(boxes: NDArray[np.float64]) -> Shapes:
    """Return (n, 4) boxes (xmin, ymin, xmax, ymax) as areas."""
    count = len(boxes)
    corners = boxes[:, [0, 1, 2, 1, 2, 3, 0, 3, 0, 1]].reshape(-1, 2)
    runs = np.arange(count + 1) * 5  # a ring of four corners, the first repeated
    numbers = np.arange(count)
    return Shapes(2, corners, runs, np.arange(count + 1), numbers, boxes)
