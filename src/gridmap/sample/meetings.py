"""Rows of what residents decide: proposals with ballots, and the organisations that help."""

import numpy as np
import shapely

from gridmap.geo.features import Features, Geometries
from gridmap.sample import beside
from gridmap.sample.arrays import Ints, Texts, pick, texts
from gridmap.sample.city import City
from gridmap.sample.places import station_buildings
from gridmap.sample.registry import Registry, days_before, nth_of, nullable

_PER_COMMUNITY = 4
_TOPICS = (
    # title, tier, class, thousands of yuan, funds
    ("增设停车位", "negotiated", "improved", 180, "社区公益金"),
    ("补种绿化", "self_governed", "improved", 35, "居民自筹与认养"),
    ("拆除违建还路于民", "government", "basic", 120, "街道财政"),
    ("增设电动车充电棚", "negotiated", "improved", 60, "社区公益金"),
    ("修补路面和井盖", "government", "basic", 210, "街道财政"),
    ("建设小花园", "self_governed", "upgraded", 48, "党组织服务群众经费"),
    ("安装门禁和监控", "negotiated", "basic", 90, "党组织服务群众经费"),
    ("增设助老座椅", "self_governed", "upgraded", 12, "党组织服务群众经费"),
)
_STATES = ("collected", "screened", "discussed", "voted", "published", "carried_out", "accepted",
           "reviewed")  # fmt: skip
_FIRST_VOTED = _STATES.index("voted")
_PROPOSERS = ("居民", "楼门组长", "居民提案团队", "物业单位", "社区党委")
_ORGANISATIONS = (
    ("social", "社会工作服务中心", "议事协商引导、居民提案辅导"),
    ("property", "物业服务站", "保洁、绿化、维修、停车管理"),
    ("elder_care", "养老驿站", "助餐、日间照料、探访"),
    ("station", "社区服务站", "政务代办、居民接待"),
)


def proposal_rows(
    city: City, registry: Registry, rng: np.random.Generator
) -> tuple[Features, Features]:
    """Return proposals on open ground between old buildings, and the ballots on them."""
    wall, geometry = _sites(city, rng)
    count = len(geometry)
    topic = rng.integers(0, len(_TOPICS), count)
    state = rng.integers(0, len(_STATES), count)
    cell = city.buildings.cell[wall]
    code = registry.community_code[city.community[cell]]
    number = nth_of(city.community[cell]) + 1
    proposed = rng.integers(30, 330, count)
    place = registry.block_name[city.block[cell]]
    column = [texts([str(row[k]) for row in _TOPICS])[topic] for k in (0, 1, 2, 4)]
    cost = np.array([row[3] for row in _TOPICS], np.float64)[topic] * rng.uniform(0.6, 1.5, count)
    title = place + column[0]
    proposal_id = registry.ids.take(count)
    proposals = Features(
        {
            "id": proposal_id,
            "number": texts([f"{a}T{n:02d}" for a, n in zip(code, number, strict=True)]),
            "title": title,
            "state": texts(list(_STATES))[state],
            "tier": column[1],
            "renovation_class": column[2],
            "proposer_kind": pick(rng, _PROPOSERS, count),
            "proposed_on": days_before(proposed),
            "cost_yuan": np.round(cost) * 1_000.0,
            "fund": column[3],
            "deadline_on": days_before(proposed - rng.integers(120, 400, count)),
            "publication_text": title + "（虚构）：现向居民公示，公示期七天。",
        },
        shapely.multipolygons(geometry, indices=np.arange(count)),
    )
    voted = np.flatnonzero(state >= _FIRST_VOTED)
    return proposals, _ballot_rows(city, registry, proposal_id, proposed, cell, voted, rng)


def organisation_rows(city: City, registry: Registry) -> Features:
    """Return the organisations of each community, in its shops and other small buildings."""
    built = city.buildings
    community = city.community[built.cell]
    offices = np.flatnonzero(built.households == 0)
    offices = offices[np.argsort(community[offices], kind="stable")]
    offices = offices[nth_of(community[offices]) < len(_ORGANISATIONS) - 1]
    kind = nth_of(community[offices])
    station = station_buildings(city)
    building = np.concatenate([offices, station])
    kind = np.concatenate([kind, np.full(len(station), len(_ORGANISATIONS) - 1)])
    order = np.lexsort((kind, community[building]))
    building, kind = building[order], kind[order]
    name = registry.community_name[community[building]]
    ends = [row[1] for row in _ORGANISATIONS]
    point = shapely.point_on_surface(built.geometry[building])
    return Features(
        {
            "id": registry.ids.take(len(building)),
            "name": texts(
                [
                    a + ends[k]
                    if k == len(_ORGANISATIONS) - 1
                    else a.removesuffix("社区") + ends[k]
                    for a, k in zip(name, kind.tolist(), strict=True)
                ]
            ),
            "kind": texts([row[0] for row in _ORGANISATIONS])[kind],
            "services": texts([row[2] for row in _ORGANISATIONS])[kind],
            "address": registry.building_name[building],
            "phone": texts([f"010-0001{n % 10_000:04d}" for n in range(len(building))]),
        },
        shapely.transform(point, lambda xy: np.round(xy, 3)),
    )


def _sites(city: City, rng: np.random.Generator) -> tuple[Ints, Geometries]:
    """Return some buildings and open ground beside each, a few to a community."""
    lots = city.buildings.lots
    land = city.land[city.buildings.cell]
    weight = np.array([0.0, 1.0, 0.7, 0.2, 0, 0, 0, 0, 0])[land] * (lots.half_length > 9)
    walls = beside.choose_walls(city, weight, 30 * _PER_COMMUNITY * city.communities, rng)
    count = len(walls)
    width = lots.half_length[walls.building] * 2 * rng.uniform(0.4, 0.95, count)
    geometry = beside.rectangles(
        city,
        walls,
        rng.uniform(-1, 1, count),
        np.full(count, 2.0),
        width,
        rng.uniform(5, 11, count),
    )
    cell = city.buildings.cell[walls.building]
    good = np.flatnonzero(beside.inside_cells(city, cell, geometry))
    good = good[beside.off_buildings(city, geometry[good])]
    good = good[nth_of(city.community[cell[good]]) < _PER_COMMUNITY]
    good = good[np.argsort(cell[good], kind="stable")]
    return walls.building[good], geometry[good]


def _ballot_rows(
    city: City,
    registry: Registry,
    proposal_id: Texts,
    proposed: Ints,
    cell: Ints,
    voted: Ints,
    rng: np.random.Generator,
) -> Features:
    """Return ballots: residents by heads, owners by heads and area (Civil Code, art. 278)."""
    count = len(voted)
    owners = rng.random(count) < 0.4
    by_block = np.bincount(city.block, registry.cell_households, len(city.blocks))
    heads = np.maximum(by_block[city.block[cell[voted]]], 12).astype(np.int64)
    area = np.round(heads * rng.uniform(58, 92, count), 1)
    part = np.where(owners, rng.uniform(0.6, 0.85, count), rng.uniform(0.2, 0.6, count))
    present, present_m2 = np.round(heads * part).astype(np.int64), np.round(area * part * 0.98, 1)
    agree = rng.uniform(0.42, 0.96, count)
    yes, yes_m2 = np.floor(present * agree).astype(np.int64), np.round(present_m2 * agree * 0.99, 1)
    quorum = ~owners | ((3 * present >= 2 * heads) & (3 * present_m2 >= 2 * area))
    passed = (2 * yes > present) & (~owners | (2 * yes_m2 > present_m2))
    result = np.where(quorum, np.where(passed, "通过", "未通过"), "参与人数不足")
    return Features(
        {
            "id": registry.ids.take(count),
            "proposal_id": proposal_id[voted],
            "kind": np.where(owners, "owners", "residents").astype(object),
            "rule": np.where(
                owners, "参与专有面积和人数均达三分之二，参与者双过半同意", "到会居民过半数同意"
            ).astype(object),
            "held_on": days_before((proposed[voted] - rng.integers(15, 30, count)).clip(0)),
            "eligible_heads": heads,
            "eligible_m2": nullable(area.astype(object), ~owners),
            "present_heads": present,
            "present_m2": nullable(present_m2.astype(object), ~owners),
            "for_heads": yes,
            "for_m2": nullable(yes_m2.astype(object), ~owners),
            "against_heads": ((present - yes) * 0.8).astype(np.int64),
            "against_m2": nullable(
                np.round((present_m2 - yes_m2) * 0.8, 1).astype(object), ~owners
            ),
            "result": result.astype(object),
        }
    )
