"""Rows of the seven defects of old compounds, densest where compounds are oldest."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.geo.features import Features, Geometries
from gridmap.model.matters import DEFECT_KINDS
from gridmap.sample import beside
from gridmap.sample.arrays import Bools, Floats, Ints, Land, Texts, pick, texts
from gridmap.sample.beside import Walls
from gridmap.sample.city import City
from gridmap.sample.registry import Registry, days_before, nullable
from gridmap.sample.walkways import NARROW_M, Walks

PER_CELL = 2.12
_SPARE = 1.45
"""More are drawn than wanted: some would stand in a house or across a border."""
_DENSITY = np.array([0.22, 2.0, 0.7, 0.16, 0.1, 0.05, 0.05, 0.0, 0.0])
"""Chances of a building, by land."""
_SHARES = {
    "illegal_structure": 0.2,
    "greenery_lack": 0.1,
    "broken_facility": 0.23,
    "security_lack": 0.13,
    "parking_shortage": 0.12,
    "pollution": 0.14,
    "narrow_road": 0.08,
}
_WHAT = {
    "illegal_structure": ("违章搭建小房", "私搭棚屋", "加建阳台", "占地围栏"),
    "greenery_lack": ("黄土裸露", "绿地硬化", "毁绿种菜", "缺少绿化"),
    "broken_facility": (
        "路面破损",
        "井盖缺失",
        "健身器材损坏",
        "单元门损坏",
        "路灯不亮",
        "围墙开裂",
    ),
    "narrow_road": ("道路狭窄", "消防车无法通行", "占道堆物变窄"),
    "security_lack": ("无门禁", "无监控", "出入口无人值守", "围栏缺口"),
    "parking_shortage": ("停车位不足", "占用绿地停车", "占用消防通道停车"),
    "pollution": ("垃圾堆积", "油烟扰民", "污水外溢", "异味扰民", "噪声扰民"),
}
_FOUND_HOW = ("日常巡查", "日常巡查", "居民反映", "专项普查", "12345 热线", "议事会提出")
_STATES = ("suspected", "confirmed", "confirmed", "confirmed", "resolved", "void")


@dataclass(frozen=True)
class Found:
    """Defects before they are registered; widths and quantities are NaN where none belongs."""

    kind: Texts
    cell: Ints
    where: Texts
    geometry: Geometries
    clear_width_m: Floats
    quantity: Floats


def find_defects(city: City, registry: Registry, walks: Walks, rng: np.random.Generator) -> Found:
    """Place the defects, kind after kind, and put them in the order of their cells."""
    wanted = round(PER_CELL * len(city.quad))
    places = {
        "illegal_structure": _sheds,
        "greenery_lack": _bare_ground,
        "broken_facility": _broken,
        "security_lack": _open_doors,
        "parking_shortage": _full_parking,
        "pollution": _dirty,
    }
    weight = _DENSITY[city.land[city.buildings.cell]] * _moods(city, rng)
    parts = [_narrow(city, walks, round(wanted * _SHARES["narrow_road"]), rng)]
    for kind, place in places.items():
        count = round(wanted * _SHARES[kind])
        parts.append(_beside_buildings(city, registry, kind, place, weight, count, rng))
    order = np.argsort(np.concatenate([part.cell for part in parts]), kind="stable")
    return Found(*(np.concatenate([getattr(part, name) for part in parts])[order]
                   for name in Found.__dataclass_fields__))  # fmt: skip


def defect_rows(city: City, registry: Registry, found: Found, rng: np.random.Generator) -> Features:
    """Return the defects."""
    count = len(found.kind)
    what = np.empty(count, object)
    for kind, wordings in _WHAT.items():
        rows = np.flatnonzero(found.kind == kind)
        what[rows] = pick(rng, wordings, len(rows))
    title = texts([f"{a}{b}" for a, b in zip(found.where, what, strict=True)])
    kind_zh = {choice.value: choice.zh for choice in DEFECT_KINDS}
    return Features(
        {
            "id": registry.ids.take(count),
            "kind": found.kind,
            "title": title,
            "compound_id": registry.compound_id[city.block[found.cell]],
            "cell_id": registry.cell_id[found.cell],
            "severity": rng.choice([1, 2, 3], count, p=[0.45, 0.38, 0.17]),
            "state": pick(rng, _STATES, count),
            "found_on": days_before(rng.integers(1, 365, count)),
            "found_how": pick(rng, _FOUND_HOW, count),
            "clear_width_m": _or_none(found.clear_width_m),
            "quantity": _or_none(found.quantity),
            "description": texts([f"{kind_zh[k]}（虚构）：{t}" for k, t in
                                  zip(found.kind, title, strict=True)]),
        },
        found.geometry,
    )  # fmt: skip


def _moods(city: City, rng: np.random.Generator) -> Floats:
    """Return factors by building: some compounds are far worse than others."""
    mood = rng.gamma(1.6, 0.6, len(city.blocks)) + 0.15
    return mood[city.block[city.buildings.cell]]


def _beside_buildings(
    city: City,
    registry: Registry,
    kind: str,
    place: Callable[[City, Walls, np.random.Generator], Geometries],
    weight: Floats,
    count: int,
    rng: np.random.Generator,
) -> Found:
    """Draw walls with some to spare, and keep the places that are free."""
    walls = beside.choose_walls(city, weight, round(count * _SPARE) + 20, rng)
    geometry = place(city, walls, rng)
    cell = city.buildings.cell[walls.building]
    good = beside.inside_cells(city, cell, geometry)
    if kind in ("illegal_structure", "greenery_lack", "parking_shortage"):
        good &= beside.off_buildings(city, geometry)
        kept = np.flatnonzero(good)
        good[kept[~_apart(geometry[kept])]] = False
    rows = np.flatnonzero(good)[:count]
    area = np.round(shapely.area(geometry[rows]), 1)
    name = registry.building_name[walls.building[rows]]
    nothing = np.full(len(rows), np.nan)
    return Found(
        texts([kind] * len(rows)), cell[rows], name, geometry[rows], nothing,
        np.where(area > 0, area, np.nan),
    )  # fmt: skip


def _apart(geometry: Geometries) -> Bools:
    """Return which of the geometries touch none that stands before them."""
    one, other = shapely.STRtree(geometry).query(geometry, predicate="intersects")
    free = np.ones(len(geometry), bool)
    free[one[one > other]] = False
    return free


def _sheds(city: City, walls: Walls, rng: np.random.Generator) -> Geometries:
    count = len(walls)
    is_house = city.land[city.buildings.cell[walls.building]] == Land.OLD_QUARTER
    width, depth = rng.uniform(2.4, 6.5, count), rng.uniform(1.8, 3.6, count)
    width = np.where(is_house, rng.uniform(1.6, 3.6, count), width)
    depth = np.where(is_house, rng.uniform(1.2, 2.4, count), depth)
    gap = np.full(count, 0.02)  # off the wall: on the 1 mm grid they could overlap
    return beside.rectangles(city, walls, rng.uniform(-1, 1, count), gap, width, depth)


def _bare_ground(city: City, walls: Walls, rng: np.random.Generator) -> Geometries:
    count = len(walls)
    lot = city.buildings.lots.take(walls.building)
    width = 2 * lot.half_length * rng.uniform(0.35, 0.95, count)
    depth = rng.uniform(3.0, 7.5, count)
    return beside.rectangles(
        city, walls, rng.uniform(-1, 1, count), rng.uniform(1.2, 4, count), width, depth
    )


def _full_parking(city: City, walls: Walls, rng: np.random.Generator) -> Geometries:
    count = len(walls)
    lot = city.buildings.lots.take(walls.building)
    width = np.minimum(2.5 * rng.integers(3, 14, count), 2 * lot.half_length)
    depth = np.where(rng.random(count) < 0.6, 5.0, 2.3)
    return beside.rectangles(
        city, walls, rng.uniform(-1, 1, count), rng.uniform(2.0, 5.0, count), width, depth
    )


def _broken(city: City, walls: Walls, rng: np.random.Generator) -> Geometries:
    count = len(walls)
    return beside.points(city, walls, rng.uniform(-1.2, 1.2, count), rng.uniform(0.8, 6.5, count))


def _open_doors(city: City, walls: Walls, rng: np.random.Generator) -> Geometries:
    """Entrances stand in the north wall, one in the middle of each stair's part."""
    built = city.buildings
    entrances = built.entrances[walls.building]
    door = np.floor(rng.random(len(walls)) * entrances)
    along = (2 * door + 1) / entrances - 1
    north = Walls(walls.building, np.ones(len(walls)))
    return beside.points(city, north, along, rng.uniform(0.3, 1.0, len(walls)))


def _dirty(city: City, walls: Walls, rng: np.random.Generator) -> Geometries:
    count = len(walls)
    along = rng.choice([-1, 1], count) * rng.uniform(1.03, 1.2, count)
    return beside.points(city, walls, along, rng.uniform(-6, 2.5, count))


def _narrow(city: City, walks: Walks, count: int, rng: np.random.Generator) -> Found:
    """Choose narrow lanes and alleys, in the oldest compounds first."""
    lived_in = city.is_lived_in[walks.cell]
    narrow = np.flatnonzero((walks.width_m < NARROW_M) & lived_in)
    density = _DENSITY[city.land[walks.cell[narrow]]] + 0.3
    key = rng.exponential(1.0, len(narrow)) / density
    rows = narrow[np.sort(np.argsort(key, kind="stable")[:count])]
    clear = np.round(walks.width_m[rows] * rng.uniform(0.55, 1.0, len(rows)), 1).clip(0.6)
    length = np.round(shapely.length(walks.line[rows]), 1)
    return Found(
        texts(["narrow_road"] * len(rows)), walks.cell[rows], walks.name[rows],
        walks.line[rows], clear, length,
    )  # fmt: skip


def _or_none(values: Floats) -> Texts:
    return nullable(values.astype(object), np.isnan(values))
