"""Shops along the streets: a strip of low buildings at the edge of a cell."""

import numpy as np

from gridmap.geo.shapes import ranges
from gridmap.sample.arrays import Bools, Floats, Ints
from gridmap.sample.roads import Road

DEPTH_M = 10.0
COURT_M = 6.0
"""Between the backs of the shops and the first row of houses."""
_LENGTH_M = 27.0
_GAP_M = 4.5
_CHANCE = np.array([0.55, 0.6, 0.6, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0])
"""How often a side on a street has shops, by land."""


def choose_sides(rank: Ints, land: Ints, rng: np.random.Generator) -> Bools:
    """Return which sides (c, 4) of cells have shops, from the ranks of their roads (c, 4)."""
    chosen: Bools = (rank <= Road.SIDE_STREET) & (rng.random(rank.shape) < _CHANCE[land][:, None])
    return chosen


def plots(
    corner: Floats, distance_m: Floats, has_shops: Bools, rng: np.random.Generator
) -> tuple[Ints, Floats]:
    """Return the cells of shops and their corners (n, 4, 2) on the map.

    ``distance_m`` (c, 4) is how far the inner yard lies behind each side, shops included.
    """
    cell, side = np.nonzero(has_shops)
    start, end = corner[cell, side], corner[cell, (side + 1) % 4]
    length = np.hypot(*(end - start).T)
    along = (end - start) / length[:, None]
    inward = np.column_stack([-along[:, 1], along[:, 0]])
    front = distance_m[cell, side] - DEPTH_M - COURT_M
    before, after = distance_m[cell, (side - 1) % 4], distance_m[cell, (side + 1) % 4]
    room = length - before - after - 4
    count = np.where(room > 9, np.round((room + _GAP_M) / (_LENGTH_M + _GAP_M)).clip(1), 0)
    count = count.astype(np.int64)
    each = (room - _GAP_M * (count - 1)) / np.maximum(count, 1)
    strip = np.repeat(np.arange(len(cell)), count)
    nth = ranges(np.zeros(len(cell), np.int64), count)
    from_m = (before + 2)[strip] + nth * (each[strip] + _GAP_M)
    to_m = from_m + each[strip] * rng.uniform(0.86, 1.0, len(strip))
    near, far = front[strip], front[strip] + DEPTH_M * rng.uniform(0.75, 1.0, len(strip))
    offsets = np.stack(
        [
            np.stack([s, d], axis=-1)
            for s, d in ((from_m, near), (to_m, near), (to_m, far), (from_m, far))
        ],
        axis=1,
    )
    xy = (
        start[strip][:, None]
        + offsets[..., :1] * along[strip][:, None]
        + offsets[..., 1:] * inward[strip][:, None]
    )
    kept = rng.random(len(strip)) < 0.9
    return cell[strip][kept], xy[kept]
