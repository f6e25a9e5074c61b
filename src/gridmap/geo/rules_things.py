"""Is what must stay whole within one cell? Buildings, and compounds that one unit runs."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.features import Geometries, as_objects
from gridmap.geo.held import HeldShapes, Ints


@dataclass(frozen=True)
class Cuts:
    """Things that lie in several cells: the thing, its greatest part's cell, and another one.

    ``thing`` and ``main`` and ``other`` are positions; ``part`` is the ground in the other cell,
    ``share`` its share of the thing. A thing in three cells is named twice.
    """

    thing: Ints
    main: Ints
    other: Ints
    part: Geometries
    share: NDArray[np.float64]


_NOBODY = np.empty(0, np.int64)
_NONE = Cuts(_NOBODY, _NOBODY, _NOBODY, as_objects([]), np.empty(0))


def find_cuts(
    things: HeldShapes, owners: Ints, cells: HeldShapes, least_m2: float, least_width_m: float
) -> Cuts:
    """Return which things lie in several cells.

    Args:
        things: e.g. buildings.
        owners: the positions of those that are asked about.
        cells: the cells.
        least_m2: less ground of a thing in a cell than this does not count.
        least_width_m: nor does what is nowhere wider than this.
    """
    whole = _within_one(things, owners, cells)
    torn = owners[~whole & ~shapely.is_missing(things.shapes[owners])]
    if not len(torn):
        return _NONE
    of, hit = cells.query(things.shapes[torn], "intersects")
    part = shapely.intersection(things.shapes[torn[of]], cells.shapes[hit])
    area = shapely.area(part)
    counts = area >= least_m2
    thin = shapely.buffer(part[counts], -least_width_m / 2, quad_segs=1, join_style="mitre")
    counts[counts] = ~shapely.is_empty(thin)
    of, hit, part, area = of[counts], hit[counts], part[counts], area[counts]
    return _named(things, torn, of, hit, part, area)


def _within_one(things: HeldShapes, owners: Ints, cells: HeldShapes) -> NDArray[np.bool_]:
    """Return which things lie wholly within one cell; cells with many are asked, not things."""
    found = np.zeros(len(things.ids), bool)
    if len(owners) > len(cells.ids):
        alive = cells.alive
        _, hit = things.query(cells.shapes[alive], "contains")
    else:
        near = cells.near(things.shapes[owners])
        _, hit = things.query(cells.shapes[near], "contains")
    found[hit] = True
    return found[owners]


def _named(
    things: HeldShapes,
    torn: Ints,
    of: Ints,
    hit: Ints,
    part: Geometries,
    area: NDArray[np.float64],
) -> Cuts:
    order = np.lexsort((hit, -area, of))
    of, hit, part, area = of[order], hit[order], part[order], area[order]
    is_first = np.append(True, of[1:] != of[:-1]) if len(of) else np.empty(0, bool)
    first = np.flatnonzero(is_first)
    main = hit[np.repeat(first, np.diff(np.append(first, len(of))))]
    rest = ~is_first
    total = np.maximum(shapely.area(things.shapes[torn[of[rest]]]), 1e-9)
    return Cuts(torn[of[rest]], main[rest], hit[rest], part[rest], area[rest] / total)
