"""What each block is used for: by the age of its surroundings, and by chance."""

import numpy as np

from gridmap.sample.arrays import Floats, Ints, Land
from gridmap.sample.streets import Size

OLD_TOWN_AGE = 1.02
_FEW_BLOCKS = 24
_SCHOOL_CELLS = 3
_NEWEST, _NEWER = 0.34, 0.64
"""Shares of the blocks that are new estates, and new or middling ones."""
_OTHERS = ((Land.OFFICE, 0.05), (Land.MARKET, 0.04), (Land.PARK, 0.03))
_DECK = (
    Land.OLD_ESTATE, Land.OLD_QUARTER, Land.NEW_ESTATE, Land.OLD_ESTATE, Land.MID_ESTATE,
    Land.OLD_QUARTER, Land.PARK, Land.OLD_ESTATE,
)  # fmt: skip


def ages(xy: Floats, size: Size, rng: np.random.Generator) -> Floats:
    """Return how old places (n, 2) are: above 1 the old towns, about 0 the newest parts."""
    low, extent = xy.min(axis=0), np.ptp(xy, axis=0)
    margin = 0.3 if size.old_centres == 1 else 0.12
    centres = low + extent * rng.uniform(margin, 1 - margin, (size.old_centres, 2))
    away = xy[:, None] - centres[None]
    distance = np.hypot(away[..., 0], away[..., 1]).min(axis=1)
    age: Floats = 1.5 * np.exp(-((distance / 620) ** 2)) + 0.55 * np.exp(-((distance / 2_200) ** 2))
    for wave_m in (900, 1_500, 3_700):
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        along = np.array([np.cos(angle), np.sin(angle)])
        age += 0.11 * np.sin(xy @ along * 2 * np.pi / wave_m + phase)
    return age + rng.normal(0, 0.13, len(age))


def uses(age: Floats, community: Ints, cells: Ints, fixed: Ints, rng: np.random.Generator) -> Ints:
    """Return the land of each block; ``fixed`` is -1 where it is free to choose.

    Every community gets one school, in a block of about three cells.
    """
    newest, newer = np.quantile(age, (_NEWEST, _NEWER))
    land = int(Land.NEW_ESTATE) - np.searchsorted([newest, newer, OLD_TOWN_AGE], age)
    luck = rng.random(len(age))
    for other, chance in _OTHERS:
        land = np.where((luck >= 0) & (luck < chance), int(other), land)
        luck = luck - chance
    if len(age) < _FEW_BLOCKS:  # too few for chance
        land = np.resize(np.array(_DECK, np.int64), len(age))
    land = np.where(fixed >= 0, fixed, land)
    free = rng.permutation(np.flatnonzero(fixed < 0))
    free = free[np.lexsort((np.abs(cells[free] - _SCHOOL_CELLS), community[free]))]
    _, first = np.unique(community[free], return_index=True)
    land[free[first]] = int(Land.SCHOOL)
    return land
