"""Households go with their buildings: how many each area has after its borders moved."""

from collections.abc import Mapping

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.coverage import Key
from gridmap.geo.features import as_objects
from gridmap.geo.homes import Homes as Homes

_AREA_M2 = 0.5
"""Less ground than this came with a vertex that was put on the 1 mm grid: nobody lives there."""


def moved_households(
    before: Mapping[Key, shapely.Polygon],
    after: Mapping[Key, shapely.Polygon],
    recorded: Mapping[Key, int | None],
    homes: Homes,
) -> dict[Key, int | None]:
    """Return the households of each area after an edit.

    What was recorded for an area goes where its buildings are now, in proportion to the
    households of these; where no building of it has any, it goes by ground. So an area that
    keeps its buildings keeps its number, also one that was counted at the door and differs from
    the sum of the buildings, and nothing is lost or counted twice. An area without a number
    counts its buildings; with none of either it stays without. What comes to the coverage from
    outside brings its buildings' households.

    Args:
        before: the areas that change or end.
        after: the areas that are changed or new.
        recorded: what is known of those before.
        homes: buildings with households, at least all on the ground of before and after.
    """
    old, new = list(before), list(after)
    was, is_ = as_objects(list(before.values())), as_objects(list(after.values()))
    from_, to = holders_of(was, homes), holders_of(is_, homes)
    totals = np.zeros(len(new))
    is_known = np.zeros(len(new), bool)
    for at, key in enumerate(old):
        weights = _weights(at, from_, to, homes, len(new))
        ground = shapely.area(shapely.intersection(is_, was[at]))
        whole = float(homes.households[from_ == at].sum())
        held = recorded.get(key)
        if held is None:
            held = round(whole)  # the sum of the buildings is all that is known
        elif whole <= 0:
            weights, whole = ground, float(shapely.area(was[at]))
        if whole > 0:
            stays = min(1.0, float(weights.sum()) / whole)
            totals += _whole_shares(held * stays, weights)
            is_known |= (weights > 0) | (ground > _AREA_M2)
    from_outside = _weights(-1, from_, to, homes, len(new))
    totals += from_outside
    is_known |= from_outside > 0
    is_known |= np.array([recorded.get(key) is not None for key in new], bool)
    return {key: round(float(totals[at])) if is_known[at] else None for at, key in enumerate(new)}


def holders_of(shapes: NDArray[np.object_], homes: Homes) -> NDArray[np.int64]:
    """Return in which area each home lies, -1 for none."""
    found = np.full(len(homes.households), -1)
    if len(homes.households) and len(shapes):
        points = shapely.points(homes.xy)
        at, area = shapely.STRtree(shapes).query(points, predicate="intersects")
        found[at[::-1]] = area[::-1]  # one on a border belongs to the first area that has it
    return found


def _weights(
    source: int, from_: NDArray[np.int64], to: NDArray[np.int64], homes: Homes, count: int
) -> NDArray[np.float64]:
    """Return the households that live in one area before, by the areas where they live after."""
    moved = (from_ == source) & (to >= 0)
    found: NDArray[np.float64] = np.zeros(count)
    np.add.at(found, to[moved], homes.households[moved])
    return found


def _whole_shares(total: float, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide a number by weights into whole parts that give it again: largest remainders first."""
    if weights.sum() <= 0:
        return np.zeros(len(weights))
    exact = round(total) * weights / weights.sum()
    shares: NDArray[np.float64] = np.floor(exact)
    left = round(float(round(total) - shares.sum()))
    shares[np.argsort(shares - exact, kind="stable")[:left]] += 1
    return shares
