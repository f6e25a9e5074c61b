"""What kind of road each border is: rank, clear width, name."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from gridmap.sample import names
from gridmap.sample.arrays import LIVED_IN, Bools, Floats, Ints, Land, Texts, texts
from gridmap.sample.streets import Lattice
from gridmap.sample.town import Town

_OLD_TOWN_AGE = 0.95
_WIDE_BLOCK_CELLS = 9


class Road(IntEnum):
    """The rank of a road, widest first; NONE is no road at all (water)."""

    AVENUE = 0
    STREET = 1
    SIDE_STREET = 2
    LANE = 3
    ESTATE = 4
    PATH = 5
    NONE = 6


_WIDTHS_M = {
    Road.AVENUE: (28.0, 36.0),
    Road.STREET: (20.0, 26.0),
    Road.SIDE_STREET: (9.0, 13.0),
    Road.LANE: (4.2, 7.5),
    Road.ESTATE: (3.6, 6.4),
    Road.PATH: (1.8, 3.0),
    Road.NONE: (0.0, 0.0),
}
_VERGE_M = np.array([8.0, 6.0, 4.0, 1.4, 2.5, 4.0, 6.0])
"""From the carriageway to the building line, by rank."""


@dataclass(frozen=True)
class Roads:
    """By edge of the mesh: rank, clear width and name."""

    rank: Ints
    width_m: Floats
    name: Texts

    def building_line_m(self, edge: Ints) -> Floats:
        """Return how far from the border buildings begin."""
        line: Floats = self.width_m[edge] / 2 + _VERGE_M[self.rank[edge]]
        return line

    def wall_m(self, edge: Ints) -> Floats:
        """Return how far from the border a compound begins: behind the pavement."""
        pavement = np.array([5.0, 4.0, 2.5, 0.4, 0.0, 0.0, 0.0])
        wall: Floats = self.width_m[edge] / 2 + pavement[self.rank[edge]]
        return wall


def classify(town: Town, lattice: Lattice, compound_name: Texts, rng: np.random.Generator) -> Roads:
    """Return the roads of a town; ``compound_name`` is by quad (None where there is none)."""
    rank = np.concatenate([_main_ranks(lattice, rng), _inner_ranks(town, len(lattice.line))])
    width = np.zeros(len(rank))
    for kind, (low, high) in _WIDTHS_M.items():
        width = np.where(rank == kind, rng.uniform(low, high, len(rank)), width)
    width *= _squeeze(town, rank, rng)
    rank_of_line = np.full(lattice.line.max() + 1, int(Road.NONE))
    np.minimum.at(rank_of_line, lattice.line, rank[: len(lattice.line)])
    main_width = rng.uniform(0, 1, len(rank_of_line))[lattice.line]
    for kind in (Road.AVENUE, Road.STREET):  # a street is as wide all along
        low, high = _WIDTHS_M[kind]
        of_kind = np.flatnonzero(rank[: len(lattice.line)] == kind)
        width[of_kind] = low + (high - low) * main_width[of_kind]
    return Roads(rank, np.round(width, 1), _names(town, lattice, rank, compound_name, rng))


def _main_ranks(lattice: Lattice, rng: np.random.Generator) -> Ints:
    rank = np.where(lattice.is_avenue, int(Road.AVENUE), int(Road.STREET))
    rank = np.where((rank == Road.STREET) & (rng.random(len(rank)) < 0.1), Road.SIDE_STREET, rank)
    wet = np.bincount(
        lattice.quads.edge.reshape(-1), weights=np.repeat(lattice.is_river, 4), minlength=len(rank)
    )
    sides = np.bincount(lattice.quads.edge.reshape(-1), minlength=len(rank))
    in_water = wet == sides
    has_bridge = lattice.line % 3 != 1  # not every street crosses the river
    rank = np.where(in_water & ~has_bridge, int(Road.NONE), rank)
    embankment = (wet > 0) & ~in_water
    return np.where(embankment, int(Road.SIDE_STREET), rank).astype(np.int64)


def _inner_ranks(town: Town, main: int) -> Ints:
    cut = town.edge_quad[main:]
    by_land = np.array([Road.LANE, *[Road.ESTATE] * 6, Road.PATH, Road.NONE], dtype=np.int64)
    between_blocks = np.where(
        (town.count[cut] >= _WIDE_BLOCK_CELLS) & (town.age[cut] < _OLD_TOWN_AGE),
        int(Road.SIDE_STREET),
        int(Road.LANE),
    )
    ranks: Ints = np.where(town.block[cut] < 0, between_blocks, by_land[town.land[cut]])
    return ranks


def _squeeze(town: Town, rank: Ints, rng: np.random.Generator) -> Floats:
    """Return factors: old lanes and estate roads are narrower."""
    land = np.where(town.edge_quad >= 0, town.land[town.edge_quad], -1)
    factor = np.ones(len(rank))
    factor[land == Land.OLD_QUARTER] = rng.uniform(0.42, 0.85, np.count_nonzero(land == 0))
    old = land == Land.OLD_ESTATE
    factor[old] = rng.uniform(0.75, 1.0, np.count_nonzero(old))
    return factor


def _names(
    town: Town, lattice: Lattice, rank: Ints, compound_name: Texts, rng: np.random.Generator
) -> Texts:
    name = np.empty(len(rank), object)
    main = len(lattice.line)
    stems = names.streets(int(lattice.line.max()) + 1, rng)
    ends = np.where(lattice.is_avenue, "大街", "路")
    name[:main] = [stems[line] + end for line, end in zip(lattice.line, ends, strict=True)]
    side = np.flatnonzero(rank[main:] == Road.SIDE_STREET) + main
    name[side] = names.side_streets(len(side), rng)
    lane = np.flatnonzero(rank[main:] == Road.LANE) + main
    name[lane] = names.lanes(len(lane), rng)
    rest = np.flatnonzero(rank[main:] >= Road.ESTATE) + main
    block = town.block[town.edge_quad[rest]]
    name[rest] = texts(
        [
            f"{compound}内路" if compound else "园中步道" if kind == Road.PATH else "院内道路"
            for compound, kind in zip(compound_name[block], rank[rest].tolist(), strict=True)
        ]
    )
    return name


def is_compound(land: Ints) -> Bools:
    """Return which lands are housing."""
    lived_in: Bools = (land >= 0) & (land <= LIVED_IN)
    return lived_in
