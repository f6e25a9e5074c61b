"""Small things beside buildings: rectangles and points in the frames of their cells."""

from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.geo.features import Geometries
from gridmap.sample.arrays import Bools, Floats, Ints
from gridmap.sample.city import City


@dataclass(frozen=True)
class Walls:
    """One long wall (``side`` 1 north, -1 south) of each of some buildings."""

    building: Ints
    side: Floats

    def __len__(self) -> int:
        return len(self.building)

    def take(self, rows: Ints | Bools) -> "Walls":
        """Return the walls at ``rows``."""
        return Walls(self.building[rows], self.side[rows])


def rectangles(
    city: City, walls: Walls, along: Floats, off_m: Floats, width_m: Floats, depth_m: Floats
) -> Geometries:
    """Return rectangles along walls; ``along`` (-1 to 1) is the place, ``off_m`` the gap."""
    lot = city.buildings.lots.take(walls.building)
    room = np.maximum(lot.half_length - width_m / 2, 0.0)
    x = lot.x + along * room
    near = lot.y + walls.side * (lot.half_depth + off_m)
    far = near + walls.side * depth_m
    half = width_m / 2
    local = np.stack(
        [
            np.stack([x - half, near], axis=-1),
            np.stack([x + half, near], axis=-1),
            np.stack([x + half, far], axis=-1),
            np.stack([x - half, far], axis=-1),
        ],
        axis=1,
    )
    made: Geometries = shapely.polygons(np.round(city.yard.to_map(lot.cell, local), 3))
    return made


def points(city: City, walls: Walls, along: Floats, off_m: Floats) -> Geometries:
    """Return points off walls; ``along`` beyond ±1 is past the gable."""
    lot = city.buildings.lots.take(walls.building)
    local = np.column_stack(
        [lot.x + along * lot.half_length, lot.y + walls.side * (lot.half_depth + off_m)]
    )
    made: Geometries = shapely.points(np.round(city.yard.to_map(lot.cell, local), 3))
    return made


def choose_walls(city: City, weight: Floats, count: int, rng: np.random.Generator) -> Walls:
    """Draw walls of buildings, each building with its weight (shops, which have none, never)."""
    drawn = np.where(city.buildings.lots.half_length > 0, weight, 0.0)
    edges = np.cumsum(drawn)
    building = np.searchsorted(edges, rng.random(count) * edges[-1], side="right")
    return Walls(building, rng.choice([-1.0, 1.0], count))


def inside_cells(city: City, cell: Ints, geometry: Geometries) -> Bools:
    """Return which geometries lie wholly inside their cells."""
    inside: Bools = shapely.contains_properly(city.polygons[cell], geometry)
    return inside


def off_buildings(city: City, geometry: Geometries) -> Bools:
    """Return which geometries touch no building."""
    hit = shapely.STRtree(city.buildings.geometry).query(geometry, predicate="intersects")[0]
    free = np.ones(len(geometry), bool)
    free[hit] = False
    return free
