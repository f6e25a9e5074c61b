"""Rows of the walk network: streets, lanes, estate roads and dead-end alleys."""

from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.geo.features import Features, Geometries
from gridmap.geo.shapes import ranges
from gridmap.sample import names
from gridmap.sample.arrays import Bools, Floats, Ints, Land, Texts, pick, texts
from gridmap.sample.city import City
from gridmap.sample.registry import Registry, nullable
from gridmap.sample.roads import Road

NARROW_M = 4.0
"""Clear width that a fire engine needs (GB 50016, 7.1.8)."""
_KINDS = np.array(["street", "street", "street", "lane", "estate_road", "footpath", ""], object)


@dataclass(frozen=True)
class Walks:
    """Pieces of the walk network between junctions, the alleys last.

    ``cell`` is a cell that the piece runs along (at its left where there is one there) or
    through; ``node`` (w, 2) are the junctions at its ends, -1 for the blind end of an alley.
    """

    cell: Ints
    node: Ints
    line: Geometries
    rank: Ints
    width_m: Floats
    name: Texts
    is_alley: Bools

    def __len__(self) -> int:
        return len(self.cell)


def walk_network(city: City, rng: np.random.Generator) -> Walks:
    """Cut all roads at their junctions, and add the alleys."""
    start, end = _pieces(city)
    lines = city.lines
    count = end - start + 1
    vertex = ranges(start, count)
    owner = np.repeat(np.arange(len(start)), count)
    line = shapely.linestrings(lines.node_xy[lines.node[vertex]], indices=owner)
    edge = lines.edge[start]
    rank = city.roads.rank[edge]
    shake = np.where(rank >= Road.LANE, rng.uniform(0.85, 1.1, len(edge)), 1.0)
    alley = city.alleys
    alley_rank = np.where(city.land[alley.cell] == Land.PARK, int(Road.PATH), int(Road.ESTATE))
    alley_rank[city.land[alley.cell] == Land.OLD_QUARTER] = int(Road.LANE)
    blind = np.full(len(alley.cell), -1)
    return Walks(
        np.concatenate([_beside(city, lines.node[start], lines.node[start + 1]), alley.cell]),
        np.concatenate(
            [np.column_stack([lines.node[start], lines.node[end]]),
             np.column_stack([alley.node, blind])]
        ),
        np.concatenate([line, alley.line]),
        np.concatenate([rank, alley_rank]),
        np.concatenate([np.round(city.roads.width_m[edge] * shake, 1), alley.width_m]),
        np.concatenate([city.roads.name[edge], _alley_names(city, alley_rank, rng)]),
        np.arange(len(start) + len(blind)) >= len(start),
    )  # fmt: skip


def walkway_rows(registry: Registry, walks: Walks, rng: np.random.Generator) -> Features:
    """Return the walkways."""
    count = len(walks)
    kind = _KINDS[walks.rank]
    luck = rng.random((4, count))
    steep = walks.is_alley & (luck[0] < 0.03)
    kind[steep] = "stairs"
    kind[walks.is_alley & (luck[0] > 0.94)] = "passage"
    paved = pick(rng, ("沥青", "沥青", "水泥"), count)
    small = pick(rng, ("水泥", "透水砖", "石板", "青砖"), count)
    closed = pick(rng, ("门锁闭", "管线施工", "堆物堵塞"), count)
    hours = pick(rng, ("06:00-22:00", "05:30-23:00"), count)
    inner = walks.rank >= Road.ESTATE
    return Features(
        {
            "id": registry.ids.take(count),
            "name": walks.name,
            "kind": kind,
            "width_m": walks.width_m,
            "surface": np.where(walks.rank <= Road.SIDE_STREET, paved, small),
            "one_way": ((walks.rank == Road.LANE) & (luck[1] < 0.15)).astype(np.int64),
            "dead_end": walks.is_alley.astype(np.int64),
            "lit": (luck[2] < np.where(walks.rank >= Road.LANE, 0.78, 1.0)).astype(np.int64),
            "open_hours": nullable(hours, ~inner | (luck[1] > 0.3)),
            "closed_reason": nullable(closed, (walks.rank < Road.LANE) | (luck[3] > 0.012)),
        },
        walks.line,
    )


def walkable_sides(city: City) -> Bools:
    """Return which sides of cells (c, 4) have a road."""
    walkable: Bools = city.roads.rank[city.edge] < Road.NONE
    return walkable


def _pieces(city: City) -> tuple[Ints, Ints]:
    """Return the first and last entry of each piece between two junctions of one edge."""
    lines = city.lines
    is_stop = lines.is_junction.copy()
    is_stop |= np.isin(lines.node, city.alleys.node)
    is_stop &= city.roads.rank[lines.edge] < Road.NONE
    stop = np.flatnonzero(is_stop)
    same = lines.edge[stop[1:]] == lines.edge[stop[:-1]]
    return stop[:-1][same], stop[1:][same]


def _beside(city: City, first: Ints, second: Ints) -> Ints:
    """Return the cell at the left of each segment between two nodes, else the one at its right."""
    rings = city.rings
    index = np.arange(len(rings.node)) + 1
    last = np.repeat(rings.starts[1:], np.diff(rings.starts))
    index = np.where(index == last, np.repeat(rings.starts[:-1], np.diff(rings.starts)), index)
    nodes = len(city.lines.node_xy)
    key = rings.node * nodes + rings.node[index]
    order = np.argsort(key)
    key, owner = key[order], rings.owner[order]
    left = np.searchsorted(key, first * nodes + second).clip(max=len(key) - 1)
    right = np.searchsorted(key, second * nodes + first).clip(max=len(key) - 1)
    found: Ints = np.where(key[left] == first * nodes + second, owner[left], owner[right])
    return found


def _alley_names(city: City, rank: Ints, rng: np.random.Generator) -> Texts:
    cell = city.alleys.cell
    lanes = names.lanes(len(cell), rng)
    owner = city.compound_name[city.block[cell]]
    return texts(
        [
            lane if kind == Road.LANE else f"{compound}支路" if compound else "园中小径"
            for lane, kind, compound in zip(lanes, rank.tolist(), owner, strict=True)
        ]
    )
