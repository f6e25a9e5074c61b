"""Small steps over arrays that every module here takes."""

from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.object_]


class Land(IntEnum):
    """What a block of the imaginary city is used for."""

    OLD_QUARTER = 0
    OLD_ESTATE = 1
    MID_ESTATE = 2
    NEW_ESTATE = 3
    SCHOOL = 4
    OFFICE = 5
    MARKET = 6
    PARK = 7
    RIVER = 8


LIVED_IN = Land.NEW_ESTATE
"""Lands up to this one are housing: they are compounds."""


def generator(seed: int, step: int) -> np.random.Generator:
    """Return the random numbers of one step: a change in one step leaves the others alone."""
    return np.random.default_rng([seed, step])


def lerp(start: Floats, end: Floats, t: Floats) -> Floats:
    """Return the points at fraction ``t`` (n,) between ``start`` and ``end`` (n, 2)."""
    return start + (end - start) * t[:, None]


def rotate(xy: Floats, angle: Floats) -> Floats:
    """Return (n, ..., 2) points turned by ``angle`` (n,), anticlockwise about the origin."""
    shape = (-1,) + (1,) * (xy.ndim - 2)
    cos, sin = np.cos(angle).reshape(shape), np.sin(angle).reshape(shape)
    x, y = xy[..., 0], xy[..., 1]
    return np.stack([x * cos - y * sin, x * sin + y * cos], axis=-1)


def signed_areas_m2(xy: Floats) -> Floats:
    """Return the areas of polygons with equally many corners, (n, k, 2); anticlockwise is +."""
    after = np.roll(xy, -1, axis=1)
    doubled: Floats = (xy[..., 0] * after[..., 1] - after[..., 0] * xy[..., 1]).sum(axis=1)
    return doubled / 2


def pick(rng: np.random.Generator, values: tuple[Any, ...], count: int) -> Texts:
    """Return ``count`` of ``values``, drawn with equal chances."""
    pool = np.empty(len(values), object)
    pool[:] = values
    return pool[rng.integers(0, len(values), count)]


def texts(values: list[Any]) -> Texts:
    """Return texts (or None) as an array of objects."""
    column = np.empty(len(values), object)
    column[:] = values
    return column


def sum_by(group: Ints, values: NDArray[Any], count: int) -> Ints:
    """Return the whole-number sums of ``values`` by ``group`` (0 to count - 1; -1 is nobody)."""
    known = group >= 0
    sums = np.bincount(group[known], weights=values[known], minlength=count)
    return np.round(sums).astype(np.int64)
