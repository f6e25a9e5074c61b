"""Buildings: slabs, towers, courtyard houses, schools and shops, with floors and households."""

from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.geo.features import Geometries
from gridmap.sample.arrays import Bools, Floats, Ints, Land
from gridmap.sample.lots import Lots, Yards, boxes

_HOUSES = np.array(
    # middle and half size as shares of the parcel: x, y, half length, half depth; chance
    [
        [0.0, 0.68, 0.97, 0.29, 0.97],
        [0.0, -0.72, 0.95, 0.25, 0.72],
        [-0.66, -0.03, 0.3, 0.36, 0.62],
        [0.68, -0.05, 0.28, 0.34, 0.5],
    ]
)
"""The halls and wings around a courtyard."""

USES = ("residential", "shop", "office", "school", "care", "service", "other")


@dataclass(frozen=True)
class Buildings:
    """Buildings in the order of their cells.

    ``lots`` are their rectangles in the frame of their cell (of shops: of a place that no
    defect is put beside, half length 0). ``use`` indexes ``USES``.
    """

    cell: Ints
    lots: Lots
    geometry: Geometries
    use: Ints
    floors: Ints
    entrances: Ints
    households: Ints
    area_m2: Floats

    def __len__(self) -> int:
        return len(self.cell)


@dataclass(frozen=True)
class Plots:
    """By cell: its polygon, and that of its compound (None in none); and where shops stand."""

    cells: Geometries
    compounds: Geometries
    shop_cell: Ints
    shop_xy: Floats


def raise_buildings(
    yard: Yards, lots: Lots, plots: Plots, land: Ints, rng: np.random.Generator
) -> Buildings:
    """Return the buildings on lots and shop plots, those left out that do not fit."""
    houses = _courtyards(lots.take(land[lots.cell] == Land.OLD_QUARTER), rng)
    plain = lots.take(land[lots.cell] != Land.OLD_QUARTER)
    every = _join([houses, plain, _as_lots(plots.shop_cell)])
    is_shop = np.arange(len(every.cell)) >= len(every.cell) - len(plots.shop_cell)
    geometry = np.concatenate(
        [_footprints(yard, _join([houses, plain]), land), _polygons(plots.shop_xy)]
    )
    order = np.flatnonzero(_fit(geometry, every.cell, is_shop, plots))
    order = order[np.argsort(every.cell[order], kind="stable")]
    return _describe(every.take(order), geometry[order], is_shop[order], land, rng)


def _fit(geometry: Geometries, cell: Ints, is_shop: Bools, plots: Plots) -> Bools:
    """Return which buildings lie inside their cell and compound; shops must touch no other."""
    shapely.prepare(plots.cells)
    shapely.prepare(plots.compounds)
    walls = plots.compounds[cell]
    fit: Bools = shapely.contains_properly(plots.cells[cell], geometry)
    fit &= shapely.is_missing(walls) | shapely.contains_properly(walls, geometry)
    shop = np.flatnonzero(is_shop)
    one, other = shapely.STRtree(geometry).query(geometry[shop], predicate="intersects")
    fit[shop[one[shop[one] > other]]] = False
    return fit


def _courtyards(parcels: Lots, rng: np.random.Generator) -> Lots:
    """Return the houses of courtyard parcels: three or four to each."""
    x, y, half_length, half_depth, chance = _HOUSES.T
    stands = rng.random((len(parcels.cell), len(_HOUSES))) < chance
    parcel, house = np.nonzero(stands)
    size = parcels.half_length[parcel], parcels.half_depth[parcel]
    shake = rng.uniform(0.9, 1.0, (2, len(parcel)))
    return Lots(
        parcels.cell[parcel],
        parcels.x[parcel] + x[house] * size[0],
        parcels.y[parcel] + y[house] * size[1],
        half_length[house] * size[0] * shake[0],
        half_depth[house] * size[1] * shake[1],
        parcels.row[parcel],
    )


def _as_lots(cell: Ints) -> Lots:
    nothing = np.zeros(len(cell))
    return Lots(cell, nothing, nothing, nothing, nothing, np.full(len(cell), -1))


def _join(parts: list[Lots]) -> Lots:
    return Lots(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("cell", "x", "y", "half_length", "half_depth", "row")
        )
    )


def _footprints(yard: Yards, lots: Lots, land: Ints) -> Geometries:
    """Return rectangles, and crosses for towers."""
    local = boxes(lots)
    result = _polygons(yard.to_map(lots.cell, local))
    towers = np.flatnonzero(land[lots.cell] == Land.NEW_ESTATE)
    if len(towers):
        some = lots.take(towers)
        result[towers] = _polygons(yard.to_map(some.cell, _crosses(some)))
    return result


def _crosses(lots: Lots) -> Floats:
    """Return towers with notched corners, (n, 12, 2)."""
    a, b = 0.62, 0.58
    shape = np.array(
        [
            [-a, -1], [a, -1], [a, -b], [1, -b], [1, b], [a, b],
            [a, 1], [-a, 1], [-a, b], [-1, b], [-1, -b], [-a, -b],
        ]
    )  # fmt: skip
    size = np.stack([lots.half_length, lots.half_depth], axis=-1)
    middle = np.stack([lots.x, lots.y], axis=-1)
    crosses: Floats = shape[None] * size[:, None] + middle[:, None]
    return crosses


def _polygons(xy: Floats) -> Geometries:
    made: Geometries = shapely.polygons(np.round(xy, 3))
    return made


def _describe(
    lots: Lots, geometry: Geometries, is_shop: Bools, land: Ints, rng: np.random.Generator
) -> Buildings:
    kind = land[lots.cell]
    use = np.array([0, 0, 0, 0, 3, 2, 1, 6, 6])[kind]
    use = np.where(is_shop, 1, use)
    low = np.array([1, 5, 6, 12, 3, 5, 2, 1, 1])[kind]
    high = np.array([1, 6, 11, 30, 5, 18, 4, 1, 1])[kind]
    floors = rng.integers(low, high + 1)
    floors = np.where(is_shop, rng.integers(1, 4, len(kind)), floors)
    lives = use == 0
    length = 2 * lots.half_length
    entrances = np.where(kind == Land.NEW_ESTATE, 1, np.round(length / 14.5).clip(1)).astype(
        np.int64
    )
    per_floor = np.where(kind == Land.NEW_ESTATE, rng.integers(4, 7, len(kind)), 2 * entrances)
    households = floors * per_floor
    is_house = kind == Land.OLD_QUARTER
    households = np.where(is_house, rng.integers(1, 7, len(kind)), households)
    households = np.where(lives, households, 0).astype(np.int64)
    return Buildings(
        lots.cell, lots, geometry, use, floors, np.where(lives, entrances, 1), households,
        shapely.area(geometry),
    )  # fmt: skip
