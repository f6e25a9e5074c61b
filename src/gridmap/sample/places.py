"""Rows of where people live: subdistrict, communities, compounds, buildings."""

import numpy as np
import shapely

from gridmap.geo.features import Features, Geometries
from gridmap.sample import names, outlines, roads
from gridmap.sample.arrays import Floats, Ints, Land, Texts, sum_by, texts
from gridmap.sample.buildings import USES
from gridmap.sample.city import City
from gridmap.sample.registry import Registry, is_set, nth_of, nullable

_PEOPLE_PER_HOUSEHOLD = 2.55
OLD_BEFORE = 2001
"""Compounds built up to 2000 count as old (国办发〔2020〕23号)."""
_YEARS = {
    Land.OLD_QUARTER: (1920, 1956),
    Land.OLD_ESTATE: (1957, 1993),
    Land.MID_ESTATE: (1994, 2006),
    Land.NEW_ESTATE: (2005, 2023),
}
_SPACES = np.array([[0.02, 0.12], [0.22, 0.48], [0.42, 0.8], [0.95, 1.3]])
_CARS = np.array([[0.2, 0.4], [0.42, 0.68], [0.6, 0.9], [0.8, 1.15]])
_GREEN = np.array([[0.02, 0.08], [0.1, 0.24], [0.22, 0.32], [0.31, 0.42]])
_OTHER_NAMES = {
    Land.SCHOOL: "学校",
    Land.OFFICE: "商务园",
    Land.MARKET: "商场",
    Land.PARK: "公园",
    Land.RIVER: "河道",
}


def block_names(city: City, rng: np.random.Generator) -> Texts:
    """Return the names of all blocks: of compounds, schools, parks and so on."""
    name = city.compound_name.copy()
    others = np.flatnonzero(~is_set(name))
    stems = names.streets(len(others), rng)
    name[others] = [
        "清溪河" if land == Land.RIVER else stem + _OTHER_NAMES[Land(land)]
        for stem, land in zip(stems, city.block_land[others].tolist(), strict=True)
    ]
    return name


def building_names(city: City, block_name: Texts) -> Texts:
    """Return the names of buildings; those of one compound are numbered, courtyards by lane."""
    built = city.buildings
    number = nth_of(city.block[built.cell] * len(USES) + built.use) + 1
    owner = block_name[city.block[built.cell]]
    ends = np.array(["号楼", "号底商", "号写字楼", "号教学楼", "号", "号", "号房"])[built.use]
    name = texts([f"{a}{n}{b}" for a, n, b in zip(owner, number.tolist(), ends, strict=True)])
    house, door_plate = _courtyard_doors(city)
    name[house] = door_plate
    return name


def subdistrict_rows(registry: Registry, community: Features) -> Features:
    """Return the one subdistrict, which says that it is imaginary."""
    assert community.geometry is not None  # noqa: S101 - for the type checker
    return Features(
        {
            "id": texts([registry.subdistrict_id]),
            "code": texts([names.SUBDISTRICT_CODE]),
            "name": texts([names.SUBDISTRICT_NAME]),
            "imaginary": np.array([1]),
            "emergency_phone": texts(["010-00000000"]),
            "remark": texts(["本街道、人名、电话和全部数据均为虚构，仅供演示。"]),
        },
        _multi(np.array([shapely.coverage_union_all(community.geometry)], object)),
    )


def community_rows(city: City, registry: Registry) -> Features:
    """Return the communities, each the union of its superblocks."""
    roots = np.flatnonzero(city.town.parent < 0)
    shape = outlines.polygons(
        city.lines, outlines.rings_of(city.lines, city.town.quads.take(roots))
    )
    of_root = city.town.community[roots]
    # A loop over at most 250 communities: 0.2 s.
    union = [shapely.coverage_union_all(shape[of_root == n]) for n in range(city.communities)]
    households = sum_by(city.community, registry.cell_households, city.communities)
    return Features(
        {
            "id": registry.community_id,
            "code": registry.community_code,
            "name": registry.community_name,
            "subdistrict_id": texts([registry.subdistrict_id] * city.communities),
            "community_type": _community_types(city),
            "urban_rural_code": texts(["111"] * city.communities),
            "households": households,
            "residents": _residents(households),
        },
        _multi(np.array(union, object)),
    )


def compound_rows(city: City, registry: Registry, rng: np.random.Generator) -> Features:
    """Return the compounds: old ones lack parking and green, and often a manager."""
    blocks = np.flatnonzero(is_set(registry.compound_id))
    land, count = city.block_land[blocks], len(blocks)
    shape = city.compound_shape[blocks]
    by_cell = sum_by(city.block, registry.cell_households, len(city.blocks))
    cells = np.bincount(city.block, minlength=len(city.blocks))[blocks]
    is_one_cell = cells == 1  # what one unit runs is not split
    households = by_cell[blocks]
    year = built_years(city, rng)[blocks]
    is_old = (year < OLD_BEFORE).astype(np.int64)
    spaces, cars, green = (_between(table[land], rng) for table in (_SPACES, _CARS, _GREEN))
    registered = np.round(households * cars).astype(np.int64)
    unmanaged = rng.random(count) < np.array([0.95, 0.55, 0.15, 0.0])[land]
    manager = texts([f"{str(name)[:2]}物业服务部（虚构）" for name in registry.block_name[blocks]])
    return Features(
        {
            "id": registry.compound_id[blocks],
            "name": city.compound_name[blocks],
            "address": block_addresses(city)[blocks],
            "community_id": registry.community_id[city.town.community[city.blocks[blocks]]],
            "built_year": year,
            "is_old": is_old,
            "single_owner": (is_one_cell & (rng.random(count) < 0.3)).astype(int),
            "manager": nullable(manager, unmanaged),
            "households": households,
            "residents": _residents(households),
            "registered_cars": registered,
            "night_cars": np.round(registered * rng.uniform(0.85, 1.12, count)).astype(np.int64),
            "parking_spaces": np.round(households * spaces).astype(np.int64),
            "green_m2": np.round(shapely.area(shape) * green),
        },
        _multi(shape),
    )


def building_rows(city: City, registry: Registry, rng: np.random.Generator) -> Features:
    """Return the buildings."""
    built = city.buildings
    block = city.block[built.cell]
    floor_m = np.array([2.9, 3.9, 3.6, 3.6, 3.5, 3.5, 3.2])[built.use]
    height = built.floors * floor_m + rng.uniform(0.3, 1.5, len(built))
    year = built_years(city, rng)[block] + rng.integers(0, 3, len(built))
    uses = texts(list(USES))[built.use]
    uses[station_buildings(city)] = "service"
    return Features(
        {
            "id": registry.building_id,
            "name": registry.building_name,
            "address": _building_addresses(city),
            "compound_id": registry.compound_id[block],
            "use": uses,
            "floors": built.floors,
            "height_m": np.round(height, 1),
            "built_year": year,
            "entrances": built.entrances,
            "households": built.households,
            "residents": _residents(built.households),
        },
        _multi(built.geometry),
    )


def station_buildings(city: City) -> Ints:
    """Return the service station of each community: its smallest building without homes."""
    built = city.buildings
    community = city.community[built.cell]
    order = np.lexsort((built.area_m2, built.households > 0, community))
    _, first = np.unique(community[order], return_index=True)
    chosen: Ints = order[first]
    empty: Ints = chosen[built.households[chosen] == 0]
    return empty


def built_years(city: City, rng: np.random.Generator) -> Ints:
    """Return a year for each block: the same on each call with the same numbers."""
    low, high = np.full(len(city.blocks), 1985), np.full(len(city.blocks), 2015)
    for land, (first, last) in _YEARS.items():
        of_land = city.block_land == land
        low[of_land], high[of_land] = first, last
    return rng.integers(low, high)


def block_addresses(city: City) -> Texts:
    """Return 「柳荫街12号」 for each block, by the widest of its four roads."""
    edge = city.town.quads.edge[city.blocks]
    side = city.roads.rank[edge].argmin(axis=1)
    main = edge[np.arange(len(edge)), side]
    number = nth_of(main) * 2 + 1 + side % 2
    return texts([f"{a}{n}号" for a, n in zip(city.roads.name[main], number.tolist(), strict=True)])


def _building_addresses(city: City) -> Texts:
    """Return door plates: houses of the old town by their lane, others by their compound."""
    block = city.block[city.buildings.cell]
    number = nth_of(block) + 1
    base = block_addresses(city)[block]
    plate = texts([f"{a}院{n}号楼" for a, n in zip(base, number.tolist(), strict=True)])
    house, door_plate = _courtyard_doors(city)
    plate[house] = door_plate
    return plate


def _courtyard_doors(city: City) -> tuple[Ints, Texts]:
    """Return the houses of the old town and their door plates by the nearer lane."""
    built = city.buildings
    side = np.where(built.lots.y < 0, 0, 2)
    lane = city.edge[built.cell, side]
    is_house = (city.land[built.cell] == Land.OLD_QUARTER) & (built.lots.half_length > 0)
    house = np.flatnonzero(is_house)
    lane = lane[house]
    number = (nth_of(lane) + 1).tolist()
    return house, texts([f"{a}{n}号" for a, n in zip(city.roads.name[lane], number, strict=True)])


def _community_types(city: City) -> Texts:
    """Return clustered, pocket or dispersed, by the age of most cells."""
    is_new = roads.is_compound(city.land) & (city.land >= Land.MID_ESTATE)
    is_old = city.land <= Land.OLD_ESTATE
    new = np.bincount(city.community, is_new, city.communities)
    old = np.bincount(city.community, is_old, city.communities)
    kind = np.where(new > 1.5 * old, "dispersed", np.where(old > 1.5 * new, "pocket", "clustered"))
    return kind.astype(object)


def _between(low_high: Floats, rng: np.random.Generator) -> Floats:
    return rng.uniform(low_high[:, 0], low_high[:, 1])


def _residents(households: Ints) -> Ints:
    residents: Ints = np.round(households * _PEOPLE_PER_HOUSEHOLD).astype(np.int64)
    return residents


def _multi(polygons: Geometries) -> Geometries:
    """Return each polygon as a MultiPolygon."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    made: Geometries = shapely.multipolygons(parts, indices=owner)
    return made
