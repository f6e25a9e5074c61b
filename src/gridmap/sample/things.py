"""Rows of what stands along the roads: components, and sensors on some of them."""

from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.geo.features import Features, Geometries
from gridmap.sample.arrays import Bools, Floats, Ints, Land, lerp, pick, texts
from gridmap.sample.city import City
from gridmap.sample.registry import Registry, days_before, is_set, moments
from gridmap.sample.streets import Scale

_PER_CELL = {Scale.COMMUNITY: 4.0, Scale.SUBDISTRICT: 2.2, Scale.DISTRICT: 1.1}
_NAMES = (
    *["路灯"] * 3,
    *["垃圾箱"] * 2,
    *("雨水井盖", "污水井盖", "消火栓", "座椅", "行道树", "通信交接箱", "健身器材"),
)
_IN_ROAD = ("雨水井盖", "污水井盖")
_OWNERS = {
    "路灯": ("城管部门", "路灯管理所"),
    "雨水井盖": ("水务部门", "排水公司"),
    "污水井盖": ("水务部门", "排水公司"),
    "消火栓": ("消防部门", "自来水公司"),
    "垃圾箱": ("城管部门", "环卫中心"),
    "座椅": ("城管部门", "街道办事处"),
    "行道树": ("园林部门", "园林绿化所"),
    "通信交接箱": ("通信管理部门", "通信公司"),
    "健身器材": ("体育部门", "街道办事处"),
}
_STATES = ("intact", "intact", "intact", "intact", "intact", "intact", "intact", "damaged", "lost")


@dataclass(frozen=True)
class Spots:
    """Places beside (or in) the roads, in the order of their cells."""

    cell: Ints
    geometry: Geometries


def component_rows(
    city: City, registry: Registry, scale: Scale, rng: np.random.Generator
) -> tuple[Features, Spots]:
    """Return the components, and where they stand."""
    wanted = round(_PER_CELL[scale] * len(city.quad))
    cell = np.sort(rng.integers(0, len(city.quad), wanted))
    cell = cell[city.land[cell] != Land.RIVER]
    name = pick(rng, _NAMES, len(cell))
    geometry = _roadside(city, cell, np.isin(name, _IN_ROAD), rng)
    kept = shapely.contains_properly(city.polygons[cell], geometry)
    cell, name, geometry = cell[kept], name[kept], geometry[kept]
    charge, keeper = (texts([_OWNERS[n][k] + "（虚构）" for n in name]) for k in (0, 1))
    old = rng.integers(30, 4_000, len(cell))
    rows = Features(
        {
            "id": registry.ids.take(len(cell)),
            "name": name,
            "cell_id": registry.cell_id[cell],
            "state": pick(rng, _STATES, len(cell)),
            "in_charge": charge,
            "owner": charge,
            "keeper": keeper,
            "from_on": days_before(old),
            "changed_on": days_before(old // 9),
        },
        geometry,
    )
    return rows, Spots(cell, geometry)


def _roadside(
    city: City, cell: Ints, in_road: Bools,
    rng: np.random.Generator,
) -> Geometries:  # fmt: skip
    """Return points a little off the border of their cells: beside its road, or in it."""
    side = rng.integers(0, 4, len(cell))
    start, end = city.corner[cell, side], city.corner[cell, (side + 1) % 4]
    along = end - start
    inward = np.column_stack([-along[:, 1], along[:, 0]]) / np.hypot(*along.T)[:, None]
    half_m = city.roads.width_m[city.edge[cell, side]] / 2
    off: Floats = np.where(
        in_road,
        half_m * rng.uniform(0.1, 0.8, len(cell)),
        half_m + rng.uniform(0.4, 1.0, len(cell)),
    )
    off += city.bulge_m[cell, side] + 0.05
    xy = lerp(start, end, rng.uniform(0.12, 0.88, len(cell))) + inward * off[:, None]
    made: Geometries = shapely.points(np.round(xy, 3))
    return made


_SENSORS_PER_COMPOUND = 0.7
_SENSORS = (
    # kind, name, unit, threshold, lowest and highest reading
    ("parking", "停车占用", "%", 90.0, 40.0, 100.0),
    ("bin", "垃圾满溢", "%", 80.0, 5.0, 100.0),
    ("light", "路灯照度", "lx", 5.0, 0.0, 22.0),
)


def sensor_rows(city: City, registry: Registry, spots: Spots, rng: np.random.Generator) -> Features:
    """Return sensors in about two of five compounds, of one to three kinds."""
    lived_in = np.flatnonzero(city.is_lived_in[spots.cell])
    wanted = max(6, round(_SENSORS_PER_COMPOUND * is_set(registry.compound_id).sum()))
    rows = np.sort(rng.choice(lived_in, min(wanted, len(lived_in)), replace=False))
    block = city.block[spots.cell[rows]]
    which = rng.integers(0, len(_SENSORS), len(rows))
    table = [texts([str(sensor[k]) for sensor in _SENSORS])[which] for k in range(3)]
    threshold, low, high = (
        np.array([s[k] for s in _SENSORS], np.float64)[which] for k in (3, 4, 5)
    )
    owner = registry.block_name[block]
    return Features(
        {
            "id": registry.ids.take(len(rows)),
            "code": texts([f"S{n + 1:05d}" for n in range(len(rows))]),
            "name": owner + table[1] + "传感器",
            "kind": table[0],
            "unit": table[2],
            "threshold": threshold,
            "last_value": np.round(rng.uniform(low, high), 1),
            "last_read_at": moments(np.full(len(rows), -1), rng.integers(0, 1440, len(rows))),
            "compound_id": registry.compound_id[block],
        },
        spots.geometry[rows],
    )
