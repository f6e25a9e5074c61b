"""Alleys that run into a cell from a lane and end between its buildings."""

from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.geo.features import Geometries
from gridmap.sample.arrays import Bools, Floats, Ints, Land
from gridmap.sample.lots import Bands, Yards, extents
from gridmap.sample.outlines import Linework, Rings

_CHANCE = np.array([0.85, 0.45, 0.3, 0.16, 0.0, 0.08, 0.0, 0.25, 0.0])
"""How often a cell has an alley, by land."""


@dataclass(frozen=True)
class Alleys:
    """Alleys by cell: the node of the border where each begins, and its line on the map."""

    cell: Ints
    node: Ints
    width_m: Floats
    line: Geometries


@dataclass(frozen=True)
class Mouths:
    """Where alleys will begin: cell, node, side (0 south, 2 north) and place along the rows."""

    cell: Ints
    node: Ints
    side: Ints
    x: Floats

    def x_by_cell(self, count: int) -> Floats:
        """Return the place along the rows for each of ``count`` cells, NaN where no alley is."""
        result = np.full(count, np.nan)
        result[self.cell] = self.x
        return result


def find_mouths(
    lines: Linework,
    rings: Rings,
    yard: Yards,
    land: Ints,
    may_open: Bools,
    rng: np.random.Generator,
) -> Mouths:
    """Choose cells with an alley, and the node of their south or north side where it begins.

    ``may_open`` (c, 4) tells which sides have a road that an alley can leave.
    """
    flat = rings.owner * 4 + rings.side
    is_inner = np.concatenate([[False], flat[1:] == flat[:-1]])
    usable = is_inner & np.isin(rings.side, (0, 2)) & may_open[rings.owner, rings.side]
    usable &= (rng.random(len(land)) < _CHANCE[land])[rings.owner]
    vertex = np.flatnonzero(usable)
    cell = rings.owner[vertex]
    local = yard.to_local(cell, lines.node_xy[rings.node[vertex]])
    low, high = yard.corner[..., 0].min(axis=1)[cell], yard.corner[..., 0].max(axis=1)[cell]
    share = (local[:, 0] - low) / np.maximum(high - low, 1.0)
    fit = (share > 0.2) & (share < 0.8)
    vertex, cell, x = vertex[fit], cell[fit], local[fit, 0]
    order = np.lexsort((rng.random(len(vertex)), cell))
    _, first = np.unique(cell[order], return_index=True)
    chosen = order[first]
    return Mouths(cell[chosen], rings.node[vertex[chosen]], rings.side[vertex[chosen]], x[chosen])


def draw(
    lines: Linework, yard: Yards, bands: Bands, mouths: Mouths, land: Ints, rng: np.random.Generator
) -> Alleys:
    """Draw the alleys: straight past the rows, some with a turn between two rows."""
    start = yard.to_local(mouths.cell, lines.node_xy[mouths.node])
    low = yard.corner[mouths.cell, :, 1].min(axis=1)
    high = yard.corner[mouths.cell, :, 1].max(axis=1)
    depth = (high - low) * rng.uniform(0.62, 0.93, len(start))
    end_y = np.where(mouths.side == 0, low + depth, high - depth)
    turn = _turns(yard, bands, mouths, land, rng)
    end_y = np.where(np.isnan(turn[:, 1]), end_y, turn[:, 1])
    corner = np.column_stack([mouths.x, end_y])
    count = np.where(np.isnan(turn[:, 0]), 2, 3)
    points = np.stack([start, corner, np.where(np.isnan(turn), corner, turn)], axis=1)
    xy = np.round(yard.to_map(mouths.cell, points), 3)
    xy[:, 0] = lines.node_xy[mouths.node]
    kept = np.arange(3) < count[:, None]
    owner = np.repeat(np.arange(len(count)), count)
    line = shapely.linestrings(xy[kept], indices=owner)
    is_old = land[mouths.cell] == Land.OLD_QUARTER
    width: Floats = np.where(
        is_old, rng.uniform(1.3, 2.9, len(count)), rng.uniform(2.2, 4.6, len(count))
    )
    return Alleys(mouths.cell, mouths.node, width.round(1), line)


def _turns(
    yard: Yards, bands: Bands, mouths: Mouths, land: Ints, rng: np.random.Generator
) -> Floats:
    """Return (x, y) where alleys with a turn end, NaN for the straight ones."""
    place = np.full((len(mouths.cell), 2), np.nan)
    wish = (rng.random(len(place)) < 0.5) & (land[mouths.cell] != Land.OLD_QUARTER)
    first = np.searchsorted(bands.cell, mouths.cell)
    rows = np.searchsorted(bands.cell, mouths.cell, side="right") - first
    wish &= rows > 1
    at = np.flatnonzero(wish)
    if not len(at):
        return place
    band = first[at] + rng.integers(0, 1 << 30, len(at)) % (rows[at] - 1)
    y = bands.y[band] + bands.half_depth[band] + bands.gap[band] / 2
    west, east = extents(yard, mouths.cell[at], y, np.ones(len(at)))
    room = np.where(rng.random(len(at)) < 0.5, west + 3, east - 3) - mouths.x[at]
    reach = rng.uniform(18, 42, len(at)).clip(0, np.abs(room))
    good = reach > 10
    place[at[good], 0] = (mouths.x[at] + np.sign(room) * reach)[good]
    place[at[good], 1] = y[good]
    return place


def inside(alleys: Alleys, cells: Geometries) -> Alleys:
    """Return the alleys that stay within their cells."""
    kept = shapely.covers(cells[alleys.cell], alleys.line)
    return Alleys(alleys.cell[kept], alleys.node[kept], alleys.width_m[kept], alleys.line[kept])
