"""Where buildings stand: rows and parcels inside each cell, off its roads and alleys."""

from dataclasses import dataclass

import numpy as np

from gridmap.geo.shapes import ranges
from gridmap.sample.arrays import Bools, Floats, Ints, Land, rotate, signed_areas_m2
from gridmap.sample.outlines import meeting_point


@dataclass(frozen=True)
class Pattern:
    """How one land is built on; lengths in metres."""

    depth: float
    length: float
    row_gap: float
    end_gap: float
    keep: float
    longest: float


PATTERNS = {
    Land.OLD_QUARTER: Pattern(21.0, 16.0, 1.4, 0.8, 0.97, 19.0),
    Land.OLD_ESTATE: Pattern(11.0, 48.0, 15.5, 6.5, 0.97, 64.0),
    Land.MID_ESTATE: Pattern(12.5, 44.0, 19.0, 8.0, 0.97, 60.0),
    Land.NEW_ESTATE: Pattern(16.0, 29.0, 36.0, 16.0, 0.95, 36.0),
    Land.SCHOOL: Pattern(14.0, 58.0, 26.0, 10.0, 0.62, 70.0),
    Land.OFFICE: Pattern(24.0, 38.0, 22.0, 16.0, 0.85, 60.0),
    Land.MARKET: Pattern(30.0, 62.0, 18.0, 12.0, 0.9, 80.0),
    Land.PARK: Pattern(7.0, 11.0, 60.0, 50.0, 0.2, 12.0),
    Land.RIVER: Pattern(9.0, 9.0, 9.0, 9.0, 0.0, 9.0),
}
_TABLE = np.array(
    [[p.depth, p.length, p.row_gap, p.end_gap, p.keep, p.longest] for p in PATTERNS.values()]
)


@dataclass(frozen=True)
class Yards:
    """The inner part of each cell, in a frame whose x runs along the rows of buildings.

    ``corner`` (c, 4, 2) is local, ``centre`` (c, 2) and ``angle`` (c,) lead back to the map.
    """

    centre: Floats
    angle: Floats
    corner: Floats

    def reach(self) -> tuple[Floats, Floats]:
        """Return from where to where (y) rows have nearly the whole width."""
        y = self.corner[..., 1]
        south, north = y[:, :2], y[:, 2:]
        low = 0.75 * south.max(axis=1) + 0.25 * south.min(axis=1)
        high = 0.75 * north.min(axis=1) + 0.25 * north.max(axis=1)
        return low, np.maximum(low, high)

    def to_local(self, cell: Ints, xy: Floats) -> Floats:
        """Return map points, (n, 2), in the frames of their cells."""
        return rotate(xy - self.centre[cell], -self.angle[cell])

    def to_map(self, cell: Ints, xy: Floats) -> Floats:
        """Return local points (n, ..., 2) on the map."""
        shape = (-1,) + (1,) * (xy.ndim - 2) + (2,)
        return rotate(xy, self.angle[cell]) + self.centre[cell].reshape(shape)


@dataclass(frozen=True)
class Bands:
    """Rows of buildings, cell by cell from south to north: middle (y), half depth, gap behind.

    ``nth`` counts the rows of a cell from 0.
    """

    cell: Ints
    y: Floats
    half_depth: Floats
    gap: Floats
    nth: Ints


@dataclass(frozen=True)
class Lots:
    """Rectangles along the rows of cells, local: middle, half length (x) and half depth (y)."""

    cell: Ints
    x: Floats
    y: Floats
    half_length: Floats
    half_depth: Floats
    row: Ints

    def take(self, rows: Ints | Bools) -> "Lots":
        """Return the lots at ``rows``."""
        return Lots(
            self.cell[rows], self.x[rows], self.y[rows], self.half_length[rows],
            self.half_depth[rows], self.row[rows],
        )  # fmt: skip


def yards(corner: Floats, distance_m: Floats, angle: Floats) -> Yards:
    """Return the inner parts of cells with corners (c, 4, 2), sides moved in by (c, 4)."""
    centre = corner.mean(axis=1)
    local = rotate(corner - centre[:, None], -angle)
    step = np.roll(local, -1, axis=1) - local
    normal = np.stack([-step[..., 1], step[..., 0]], axis=-1)
    normal /= np.hypot(step[..., 0], step[..., 1])[..., None]
    before = np.roll(np.arange(4), 1)
    moved = local + meeting_point(normal[:, before], distance_m[:, before], normal, distance_m)
    too_small = signed_areas_m2(moved) < 60
    moved = np.where(too_small[:, None, None], 0.0, moved)
    return Yards(centre, angle, moved)


def row_bands(yard: Yards, land: Ints, stretch: Floats, rng: np.random.Generator) -> Bands:
    """Return the rows of buildings of each cell; ``stretch`` (c, 3) scales depth, gap, length."""
    table = _TABLE[land]
    depth, gap = table[:, 0] * stretch[:, 0], table[:, 2] * stretch[:, 1]
    low, high = yard.reach()
    height = high - low
    count = np.floor((height + gap) / (depth + gap)).astype(np.int64)
    count = np.where((count < 1) & (height > 0.85 * depth), 1, count).clip(0)
    pitch = np.where(count > 1, (height - depth) / np.maximum(count - 1, 1), 0.0)
    pitch = np.minimum(pitch, (depth + gap) * 1.45)
    slack = height - depth - pitch * (count - 1)
    first = low + depth / 2 + slack * np.where(count == 1, rng.uniform(0.2, 0.8, len(land)), 0.5)
    cell = np.repeat(np.arange(len(land)), count)
    nth = ranges(np.zeros(len(land), np.int64), count)
    gap = np.where(count > 1, pitch - depth, 0.0)
    return Bands(cell, first[cell] + pitch[cell] * nth, depth[cell] / 2, gap[cell], nth)


def extents(yard: Yards, cell: Ints, y: Floats, half: Floats) -> tuple[Floats, Floats]:
    """Return how far (west, east) a band of ``half`` depth about ``y`` fits into its yard."""
    corner = yard.corner[cell]
    step = np.roll(corner, -1, axis=1) - corner
    west, east = np.full(len(cell), -np.inf), np.full(len(cell), np.inf)
    for edge_y in (y - half, y + half):
        for k in range(4):
            nx, ny = -step[:, k, 1], step[:, k, 0]
            steep = np.where(np.abs(nx) < 1e-6, 1e-6, nx)
            x = corner[:, k, 0] - ny * (edge_y - corner[:, k, 1]) / steep
            west = np.where(steep > 0, np.maximum(west, x), west)
            east = np.where(steep < 0, np.minimum(east, x), east)
    return west, east


def fill(
    yard: Yards,
    land: Ints,
    stretch: Floats,
    bands: Bands,
    alley_x: Floats,
    rng: np.random.Generator,
) -> Lots:
    """Return lots in rows; ``alley_x`` (c,) is where an alley runs north, NaN where none does."""
    cell, y, half = bands.cell, bands.y, bands.half_depth
    row = np.arange(len(cell))
    west, east = extents(yard, cell, y, half)
    clear = np.where(land == Land.OLD_QUARTER, 1.7, 3.4)[cell]
    has_alley = ~np.isnan(alley_x[cell])
    x = np.where(has_alley, alley_x[cell], 0.0)
    west = np.concatenate([west, np.maximum(west, x + clear)[has_alley]])
    east = np.concatenate([np.where(has_alley, np.minimum(east, x - clear), east), east[has_alley]])
    row = np.concatenate([row, row[has_alley]])
    return _along_rows(cell[row], y[row], half[row], row, west, east, land, stretch, rng)


def _along_rows(
    cell: Ints,
    y: Floats,
    half: Floats,
    row: Ints,
    west: Floats,
    east: Floats,
    land: Ints,
    stretch: Floats,
    rng: np.random.Generator,
) -> Lots:
    """Divide stretches of rows into lots of about the usual length."""
    table = _TABLE[land[cell]]
    usual, gap = table[:, 1] * stretch[cell, 2], table[:, 3]
    room = east - west
    count = np.round((room + gap) / (usual + gap))
    count = np.where((count < 1) & (room > 0.55 * usual), 1, count)
    count = np.where(np.isfinite(room), count, 0).clip(0, 12).astype(np.int64)
    length = np.minimum((room - gap * (count - 1)) / np.maximum(count, 1), table[:, 5])
    spare = room - length * count - gap * (count - 1)
    part = np.repeat(np.arange(len(cell)), count)
    nth = ranges(np.zeros(len(cell), np.int64), count)
    step = length + gap + spare / np.maximum(count, 1)
    x = west[part] + spare[part] / (2 * count[part]) + length[part] / 2 + step[part] * nth
    trim = np.where(land[cell[part]] == Land.OLD_QUARTER, 0.06, 0.14) * rng.random(len(part))
    half_length = length[part] / 2 * (1 - trim)
    x = x + rng.uniform(-0.9, 0.9, len(part)) * length[part] / 2 * trim
    kept = rng.random(len(part)) < table[part, 4]
    lots = Lots(cell[part], x, y[part], half_length, half[part], row[part])
    return lots.take(kept & (half_length > 2.5))


def boxes(lots: Lots) -> Floats:
    """Return the local corners (n, 4, 2) of lots, anticlockwise."""
    x = np.stack([-lots.half_length, lots.half_length, lots.half_length, -lots.half_length], axis=1)
    y = np.stack([-lots.half_depth, -lots.half_depth, lots.half_depth, lots.half_depth], axis=1)
    return np.stack([x + lots.x[:, None], y + lots.y[:, None]], axis=-1)
