"""The main streets: an uneven lattice with a river, and the superblocks between them."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gridmap.sample.arrays import Bools, Floats, Ints, signed_areas_m2
from gridmap.sample.mesh import Quads

ORIGIN_XY = (604_000.0, 4_296_000.0)
"""In EPSG:4548: open water of the Bohai Sea, so that nobody takes the place for a real one."""

CELL_M2 = 10_000.0
_RIVER_M = 66.0
_MEANDER_M = 55.0
_JITTER_M = 22.0


class Scale(StrEnum):
    """How large the imaginary place is: about 50, 1,000 or 50,000 cells."""

    COMMUNITY = "community"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"


@dataclass(frozen=True)
class Size:
    """The measures of one scale."""

    columns: int
    rows: int
    cells: int
    communities: int
    rivers: tuple[int, ...]
    """The rows of the lattice that are water."""
    old_centres: int
    parks: int


SIZES = {
    Scale.COMMUNITY: Size(2, 1, 50, 2, (), 1, 0),
    Scale.SUBDISTRICT: Size(8, 8, 1_000, 10, (5,), 1, 1),
    Scale.DISTRICT: Size(54, 56, 50_050, 250, (13, 29, 43), 10, 40),
}


@dataclass(frozen=True)
class Lattice:
    """Streets as straight edges between crossings, and the superblocks as quads.

    ``line`` numbers the street that an edge belongs to (rows first, then columns), ``is_avenue``
    tells the wide ones. ``place`` (s, 2) are column and row of a superblock.
    """

    node_xy: Floats
    edge_nodes: Ints
    line: Ints
    is_avenue: Bools
    quads: Quads
    place: Ints
    is_river: Bools
    cells: Ints
    """How many cells each superblock is to have."""


def lay_out(size: Size, rng: np.random.Generator) -> Lattice:
    """Return the street lattice of a place of the given size."""
    node_xy = _crossings(size, rng)
    whole = _all_blocks(size, node_xy, rng)
    return _only(whole, _chosen(whole, size, rng))


def _crossings(size: Size, rng: np.random.Generator) -> Floats:
    """Return the crossings, (rows + 1, columns + 1, 2)."""
    wide = rng.uniform(400, 545, size.columns)
    high = rng.uniform(405, 540, size.rows)
    if size.rows == 1:
        wide, high = rng.uniform(490, 520, size.columns), rng.uniform(490, 510, size.rows)
    high[list(size.rivers)] = _RIVER_M
    x = np.concatenate([[0.0], np.cumsum(wide)])
    y = np.concatenate([[0.0], np.cumsum(high)])
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    jitter = rng.normal(0, _JITTER_M, grid.shape).clip(-45, 45)
    for row in size.rivers:
        jitter[row] = jitter[row] * 0.4
        jitter[row, :, 1] += _MEANDER_M * np.sin(
            np.arange(len(x)) * rng.uniform(0.7, 1.0) + rng.uniform(0, 6)
        )
        jitter[row + 1] = jitter[row]
    moved: Floats = grid + jitter + _bend(grid, x[-1], rng) + _slants(grid, rng)
    moved += np.array(ORIGIN_XY)
    return moved


def _bend(grid: Floats, extent_m: float, rng: np.random.Generator) -> Floats:
    """Return large, gentle, area-keeping shifts: the city follows its terrain."""
    shift = np.zeros_like(grid)
    for wave_m, height_m in ((max(extent_m * 1.1, 3_000), 110.0), (4_700, 60.0), (2_600, 35.0)):
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        along = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-along[1], along[0]])
        wave = np.sin(grid @ along * 2 * np.pi / wave_m + phase)
        shift += min(height_m, extent_m * 0.02) * wave[..., None] * across
    turn = np.deg2rad(rng.uniform(2, 5))
    shift += grid @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) - grid
    return shift


def _slants(grid: Floats, rng: np.random.Generator) -> Floats:
    """Return shifts east or west that make a few avenues run aslant for some kilometres."""
    rows, columns = grid.shape[:2]
    shift = np.zeros_like(grid)
    row, column = np.arange(rows)[:, None], np.arange(columns)[None, :]
    for _ in range(max(1, columns * rows // 60) if columns > 4 else 0):
        r0, c0 = rng.uniform(1, rows - 1), rng.uniform(1, columns - 1)
        lean_m = rng.choice([-1, 1]) * rng.uniform(45, 75)
        reach = np.exp(-(((row - r0) / 3.0) ** 2) - ((column - c0) / 1.4) ** 2)
        shift[..., 0] += lean_m * (row - r0).clip(-2.5, 2.5) * reach
    return shift


def _all_blocks(size: Size, node_xy: Floats, rng: np.random.Generator) -> Lattice:
    rows, columns = size.rows, size.columns
    node = np.arange((rows + 1) * (columns + 1)).reshape(rows + 1, columns + 1)
    along = np.stack([node[:, :-1], node[:, 1:]], axis=-1).reshape(-1, 2)
    upward = np.stack([node[:-1, :], node[1:, :]], axis=-1).reshape(-1, 2)
    h = np.arange((rows + 1) * columns).reshape(rows + 1, columns)
    v = len(along) + np.arange(rows * (columns + 1)).reshape(rows, columns + 1)
    sides = np.stack([h[:-1], v[:, 1:], h[1:], v[:, :-1]], axis=-1).reshape(-1, 4)
    corners = np.stack([node[:-1, :-1], node[:-1, 1:], node[1:, 1:], node[1:, :-1]], axis=-1)
    xy = node_xy.reshape(-1, 2)
    quads = Quads(
        xy[corners.reshape(-1, 4)],
        sides,
        np.tile([[0.0, 1.0], [0.0, 1.0], [1.0, 0.0], [1.0, 0.0]], (len(sides), 1, 1)),
    )
    row, column = np.divmod(np.arange(rows * columns), columns)
    line = np.concatenate(
        [np.repeat(np.arange(rows + 1), columns), np.tile(np.arange(columns + 1), rows) + rows + 1]
    )
    is_avenue = (rng.random(rows + columns + 2) < 0.3)[line]
    cells = np.maximum(1, np.round(signed_areas_m2(quads.xy) / CELL_M2)).astype(np.int64)
    place = np.column_stack([column, row])
    is_river = np.isin(row, size.rivers)
    return Lattice(
        xy, np.concatenate([along, upward]), line, is_avenue, quads, place, is_river, cells
    )


def _chosen(whole: Lattice, size: Size, rng: np.random.Generator) -> Ints:
    """Return the superblocks inside the boundary: the most central ones, in one piece."""
    if size.rows == 1:
        return np.arange(len(whole.quads))
    half = np.array([size.columns, size.rows]) / 2
    off = np.abs((whole.place + 0.5 - half) / half)
    angle = np.arctan2(*(whole.place + 0.5 - half).T)
    waves = sum(
        0.06 * np.sin(k * angle + phase)
        for k, phase in zip((2, 3, 5), rng.uniform(0, 6, 3), strict=True)
    )
    score = (off**4).sum(axis=1) ** 0.25 + waves
    order = np.argsort(score, kind="stable")
    count = int(np.searchsorted(np.cumsum(whole.cells[order]), size.cells)) + 1
    taken = np.zeros((size.rows, size.columns), bool)
    taken.reshape(-1)[order[:count]] = True
    return np.flatnonzero(_without_spurs(taken).reshape(-1))


def _without_spurs(taken: Bools) -> Bools:
    """Return the mask without blocks that hang on by one side only, and without holes."""
    for _ in range(8):
        padded = np.pad(taken, 1)
        sides = (
            padded[2:, 1:-1].astype(int) + padded[:-2, 1:-1] + padded[1:-1, 2:] + padded[1:-1, :-2]
        )
        taken = (taken & (sides > 1)) | (sides > 3)
    return taken


def _only(whole: Lattice, blocks: Ints) -> Lattice:
    """Return the lattice of the chosen superblocks, without the streets that touch none."""
    edges, edge_index = np.unique(whole.quads.edge[blocks], return_inverse=True)
    nodes, node_index = np.unique(whole.edge_nodes[edges], return_inverse=True)
    quads = whole.quads.take(blocks)
    return Lattice(
        whole.node_xy[nodes],
        node_index.reshape(-1, 2),
        whole.line[edges],
        whole.is_avenue[edges],
        Quads(quads.xy, edge_index.reshape(-1, 4), quads.t),
        whole.place[blocks],
        whole.is_river[blocks],
        whole.cells[blocks],
    )
