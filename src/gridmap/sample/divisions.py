"""Rows of who answers for what: document, officers, responsibility grids, cells."""

from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.geo.features import Features
from gridmap.sample import names, outlines
from gridmap.sample.arrays import Ints, Land, Texts, sum_by, texts
from gridmap.sample.city import City
from gridmap.sample.registry import Registry, days_before, nth_of
from gridmap.sample.town import Town

_MOST_HOUSEHOLDS = 260
_MOST_CELLS = 5
_LAND_USE_CODES = np.array(
    ["0701", "0701", "0701", "0701", "0803", "0508", "0501", "0810", "1101"], object
)
"""GB/T 21010-2017: housing, education, other commerce, retail, park, river."""
_LEVELS = np.array(["二级", "二级", "二级", "一级", "一级", "一级", "一级", "二级", "三级"], object)
DOCUMENT_NUMBER = "示街政发〔2026〕1号"


@dataclass(frozen=True)
class Grids:
    """Responsibility grids: the quad, community and officer of each; and the grid of each cell."""

    quad: Ints
    community: Ints
    of_cell: Ints
    households: Ints
    officer: Ints


def group_cells(city: City, registry: Registry) -> Grids:
    """Put cells together bottom-up until about one officer's households are reached."""
    town = city.town
    count = len(town.parent)
    depth = _depths(town)
    households = np.zeros(count, np.int64)
    households[city.quad] = registry.cell_households
    is_whole = town.children[:, 0] < 0
    for level in range(int(depth.max()) - 1, -1, -1):
        quad = np.flatnonzero((depth == level) & (town.children[:, 0] >= 0))
        parts = town.children[quad]
        households[quad] = households[parts].sum(axis=1)
        fits = (households[quad] <= _MOST_HOUSEHOLDS) & (town.count[quad] <= _MOST_CELLS)
        is_whole[quad] = is_whole[parts].all(axis=1) & fits
    top = np.arange(count)
    for level in range(1, int(depth.max()) + 1):
        quad = np.flatnonzero(depth == level)
        parent = town.parent[quad]
        top[quad] = np.where(is_whole[parent], top[parent], quad)
    found, first = np.unique(top[city.quad], return_index=True)
    found = found[np.argsort(first)]  # in the order of their first cell's code
    number = np.full(count, -1)
    number[found] = np.arange(len(found))
    community, people = town.community[found], households[found]
    return Grids(found, community, number[top[city.quad]], people, _officers_of(community, people))


def _depths(town: Town) -> Ints:
    depth = np.zeros(len(town.parent), np.int64)
    above = town.parent
    while (above >= 0).any():
        depth += above >= 0
        above = np.where(above >= 0, town.parent[above], -1)
    return depth


def _officers_of(community: Ints, households: Ints) -> Ints:
    """Number the officers: one for each grid with people, who takes empty ones near by too."""
    first = np.searchsorted(community, community)
    counts = (households > 0) | (first == np.arange(len(community)))
    numbers: Ints = np.cumsum(counts) - 1
    return numbers


def officer_rows(
    city: City, registry: Registry, grids: Grids, rng: np.random.Generator
) -> Features:
    """Return one chief, a leader for each community, and the officers (last, in order)."""
    officers = int(grids.officer.max()) + 1
    of_officer = np.full(officers, -1)
    of_officer[grids.officer] = grids.community
    heads = 1 + city.communities
    count = heads + officers
    community = np.concatenate([[-1], np.arange(city.communities), of_officer])
    surname = names.people(count, rng)
    name = texts([*[""] * heads, *_numbered(surname[heads:], of_officer)])
    name[0] = surname[0] + "总网格长"
    name[1:heads] = surname[1:heads] + "网格长"
    places = texts([*registry.community_id, None])
    return Features(
        {
            "id": registry.ids.take(count),
            "name": name,
            "role": texts(["chief", *["leader"] * city.communities, *["officer"] * officers]),
            "community_id": places[community],
            "duty_phone": texts([f"010-0000{n % 10_000:04d}" for n in range(1, count + 1)]),
            "from_on": days_before(rng.integers(60, 1_500, count)),
        }
    )


def _numbered(surname: Texts, community: Ints) -> list[str]:
    """Return 「王网格员」, the second of that name in a community 「王网格员2」."""
    _, key = np.unique(surname.astype(str), return_inverse=True)
    nth = nth_of(community * (key.max() + 1) + key).tolist()
    return [f"{name}网格员{n + 1 if n else ''}" for name, n in zip(surname, nth, strict=True)]


def grid_rows(city: City, registry: Registry, grids: Grids, officer: Features) -> Features:
    """Return the responsibility grids."""
    rings = outlines.rings_of(city.lines, city.town.quads.take(grids.quad))
    shape = outlines.polygons(city.lines, rings)
    number = (nth_of(grids.community) + 1).tolist()
    code = registry.community_code[grids.community]
    name = registry.community_name[grids.community]
    officer_ids = officer.columns["id"][1 + city.communities :]
    return Features(
        {
            "id": registry.ids.take(len(grids.quad)),
            "code": texts([f"{a}G{n:03d}" for a, n in zip(code, number, strict=True)]),
            "name": texts([f"{a}第{n}网格" for a, n in zip(name, number, strict=True)]),
            "community_id": registry.community_id[grids.community],
            "officer_id": officer_ids[grids.officer],
            "households": grids.households,
        },
        shapely.multipolygons(shape, indices=np.arange(len(shape))),
    )


def document_rows(registry: Registry) -> Features:
    """Return the paper by which the cells were approved."""
    return Features(
        {
            "id": registry.ids.take(1),
            "number": texts([DOCUMENT_NUMBER]),
            "title": texts(["关于印发单元网格划分成果的通知（虚构）"]),
            "issued_on": texts(["2026-02-10"]),
            "issuer": texts([names.SUBDISTRICT_NAME + "办事处"]),
            "remark": texts(["虚构文件，仅供演示。"]),
        }
    )


def cell_rows(
    city: City, registry: Registry, grids: Grids, grid: Features, document: Features
) -> Features:
    """Return the unit grid cells in the order of their codes."""
    count = len(city.quad)
    number = (nth_of(city.block) + 1).tolist()
    owner = registry.block_name[city.block]
    body = registry.community_name[city.community] + "居民委员会"
    body[city.land == Land.PARK] = "园林绿化所（虚构）"
    body[city.land == Land.RIVER] = "河道管理所（虚构）"
    return Features(
        {
            "id": registry.cell_id,
            "code": registry.cell_code,
            "code_scheme": texts(["DB11-15"] * count),
            "name": texts([f"{a}{n}格" for a, n in zip(owner, number, strict=True)]),
            "community_id": registry.community_id[city.community],
            "grid_id": grid.columns["id"][grids.of_cell],
            "document_id": np.repeat(document.columns["id"], count),
            "valid_from": texts(["2026-03-01"] * count),
            "households": registry.cell_households,
            "land_use_code": _LAND_USE_CODES[city.land],
            "management_level": _LEVELS[city.land],
            "responsible_body": body,
            "source": texts(["虚构示例"] * count),
            "source_scale": np.full(count, 500),
        },
        city.polygons,
    )


def cells_by_grid(grids: Grids) -> Ints:
    """Return how many cells each grid has."""
    return sum_by(grids.of_cell, np.ones(len(grids.of_cell)), len(grids.quad))
