"""Rows of patrols: posts at gates and corners, closed routes with their stops, logs."""

from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.geo.features import Features, Geometries
from gridmap.sample import outlines
from gridmap.sample.arrays import Floats, Ints, pick, texts
from gridmap.sample.city import City
from gridmap.sample.divisions import Grids
from gridmap.sample.registry import Registry, moments, nth_of
from gridmap.sample.roads import Road

_ROUTES_PER_COMMUNITY = 6
_METRES_A_MINUTE = 60.0
_CHECKS = (
    "消防通道是否畅通",
    "门禁是否完好",
    "垃圾是否清运",
    "井盖、路灯是否完好",
    "有无私搭乱建",
    "有无占道堆物",
)
_RESULTS = ("已当场处理", "已上报", "已通知物业", "继续观察")
_FINDINGS = (
    "未见异常",
    "未见异常",
    "电动车占用消防通道",
    "垃圾桶满溢",
    "路灯不亮",
    "堆物占道",
    "墙面张贴小广告",
)


@dataclass(frozen=True)
class Posts:
    """Patrol posts, and the node of the network where each stands."""

    node: Ints
    rows: Features


@dataclass(frozen=True)
class _Walk:
    """One closed walk: its grid, vertices, and (vertex position, post) of its stops."""

    grid: int
    xy: Floats
    stops: list[tuple[int, int]]


def post_rows(city: City, registry: Registry, rng: np.random.Generator) -> Posts:
    """Return posts where alleys begin, and at corners: about one for two cells."""
    count = len(city.quad)
    corner_node = city.rings.node[outlines.side_starts(city.rings)].reshape(-1, 4)
    walkable = (city.roads.rank[city.edge] < Road.NONE).all(axis=1)
    cell = np.flatnonzero((rng.random(count) < 0.36) & walkable)
    at = corner_node[cell, rng.integers(0, 4, len(cell))]
    gates = city.alleys.cell, city.alleys.node
    some = rng.random(len(gates[0])) < 0.7
    cell, at = np.concatenate([gates[0][some], cell]), np.concatenate([gates[1][some], at])
    node, first = np.unique(at, return_index=True)
    cell, is_gate = cell[first], first < np.count_nonzero(some)
    order = np.argsort(cell, kind="stable")
    node, cell, is_gate = node[order], cell[order], is_gate[order]
    number = nth_of(city.community[cell]) + 1
    code = registry.community_code[city.community[cell]]
    place = registry.block_name[city.block[cell]]
    ends = np.where(is_gate, "巷口", "路口")
    return Posts(
        node,
        Features(
            {
                "id": registry.ids.take(len(node)),
                "code": texts([f"{a}P{n:03d}" for a, n in zip(code, number, strict=True)]),
                "name": texts([f"{a}{b}" for a, b in zip(place, ends, strict=True)]),
                "what_to_check": pick(rng, _CHECKS, len(node)),
                "service_minutes": rng.choice([1.0, 2.0, 3.0, 5.0], len(node)),
                "opens": pick(rng, ("06:00", "07:00", "08:00"), len(node)),
                "closes": pick(rng, ("18:00", "20:00", "22:00"), len(node)),
                "times_a_week": rng.choice([3, 5, 7, 7, 14], len(node)),
                "cell_id": registry.cell_id[cell],
            },
            shapely.points(city.lines.node_xy[node]),
        ),
    )


def route_rows(
    city: City,
    registry: Registry,
    grids: Grids,
    grid: Features,
    posts: Posts,
    rng: np.random.Generator,
) -> tuple[Features, Features]:
    """Return routes round some grids of each community, and their stops."""
    walks = _walks(city, grids, posts, rng)
    number = np.array([walk.grid for walk in walks])
    line: Geometries = np.array([shapely.LineString(walk.xy) for walk in walks], object)
    length = shapely.length(line)
    stops = np.array([len(walk.stops) for walk in walks])
    community = grids.community[number]
    nth = nth_of(community) + 1
    code = registry.community_code[community]
    route_id = registry.ids.take(len(walks))
    routes = Features(
        {
            "id": route_id,
            "code": texts([f"{a}R{n:02d}" for a, n in zip(code, nth, strict=True)]),
            "name": texts([f"{name}巡查路线" for name in grid.columns["name"][number]]),
            "shift": pick(rng, ("morning", "day", "night"), len(walks)),
            "officer_id": grid.columns["officer_id"][number],
            "grid_id": grid.columns["id"][number],
            "length_m": np.round(length, 1),
            "minutes": np.round(length / _METRES_A_MINUTE + 2.0 * stops, 1),
        },
        line,
    )
    return routes, _stop_rows(registry, route_id, walks, posts)


def log_rows(registry: Registry, routes: Features, rng: np.random.Generator) -> Features:
    """Return two logs of most routes: as walked, some of them broken off."""
    assert routes.geometry is not None  # noqa: S101 - for the type checker
    chosen = np.repeat(np.flatnonzero(rng.random(len(routes)) < 0.7), 2)
    lines = [_as_walked(line, rng) for line in routes.geometry[chosen]]
    day = -rng.integers(1, 30, len(chosen))
    start = rng.integers(6 * 60, 21 * 60, len(chosen))
    taken = np.round(routes.columns["minutes"][chosen] * rng.uniform(0.9, 1.3, len(chosen)))
    return Features(
        {
            "id": registry.ids.take(len(chosen)),
            "route_id": routes.columns["id"][chosen],
            "officer_id": routes.columns["officer_id"][chosen],
            "started_at": moments(day, start),
            "ended_at": moments(day, start + taken.astype(np.int64)),
            "finding": pick(rng, _FINDINGS, len(chosen)),
            "result": pick(rng, _RESULTS, len(chosen)),
        },
        shapely.multilinestrings(np.array(lines, object), indices=np.arange(len(lines))),
    )


def _walks(city: City, grids: Grids, posts: Posts, rng: np.random.Generator) -> list[_Walk]:
    """Go round grids whose every side is a road, into each alley and back."""
    quads = city.town.quads.take(grids.quad)
    walkable = (city.roads.rank[quads.edge] < Road.NONE).all(axis=1) & (grids.households > 0)
    candidate = rng.permutation(np.flatnonzero(walkable))
    larger_first = np.argsort(-city.town.count[grids.quad[candidate]], kind="stable")
    candidate = candidate[larger_first]
    candidate = candidate[nth_of(grids.community[candidate]) < _ROUTES_PER_COMMUNITY]
    candidate.sort()
    rings = outlines.rings_of(city.lines, quads.take(candidate))
    post_at = {int(node): n for n, node in enumerate(posts.node)}
    alley_at = {
        (int(grids.of_cell[cell]), int(node)): n
        for n, (cell, node) in enumerate(zip(city.alleys.cell, city.alleys.node, strict=True))
    }
    walks = []
    for n, number in enumerate(candidate.tolist()):  # six to a community: 0.1 s for 250
        ring = rings.node[rings.starts[n] : rings.starts[n + 1]].tolist()
        walks.append(_walk(city, number, [*ring, ring[0]], post_at, alley_at))
    return walks


def _walk(
    city: City,
    grid: int,
    nodes: list[int],
    post_at: dict[int, int],
    alley_at: dict[tuple[int, int], int],
) -> _Walk:
    xy: list[Floats] = []
    stops: list[tuple[int, int]] = []
    seen: set[int] = set()
    for node in nodes:
        xy.append(city.lines.node_xy[node][None])
        if node in post_at and node not in seen:
            stops.append((sum(len(part) for part in xy) - 1, post_at[node]))
        if (grid, node) in alley_at and node not in seen:
            alley = shapely.get_coordinates(city.alleys.line[alley_at[grid, node]])
            xy += [alley[1:], alley[-2::-1]]
        seen.add(node)
    return _Walk(grid, np.concatenate(xy), stops)


def _stop_rows(
    registry: Registry, route_id: np.ndarray[tuple[int], np.dtype[np.object_]],
    walks: list[_Walk], posts: Posts,
) -> Features:  # fmt: skip
    route = np.repeat(np.arange(len(walks)), [len(walk.stops) for walk in walks])
    post = np.array([post for walk in walks for _, post in walk.stops], np.int64)
    minutes = []
    for walk in walks:
        step = np.hypot(*np.diff(walk.xy, axis=0).T)
        reached = np.concatenate([[0.0], np.cumsum(step)]) / _METRES_A_MINUTE
        minutes += [float(reached[at]) + 2.0 * n for n, (at, _) in enumerate(walk.stops)]
    return Features(
        {
            "id": registry.ids.take(len(route)),
            "route_id": route_id[route],
            "position": nth_of(route) + 1,
            "post_id": posts.rows.columns["id"][post],
            "planned_minute": np.round(np.array(minutes, np.float64), 1),
        }
    )


def _as_walked(line: shapely.LineString, rng: np.random.Generator) -> shapely.LineString:
    xy = shapely.get_coordinates(shapely.segmentize(line, 25.0))
    if rng.random() < 0.3:
        xy = xy[: max(3, int(len(xy) * rng.uniform(0.5, 0.9)))]
    return shapely.LineString(np.round(xy + rng.normal(0, 1.2, xy.shape).clip(-3, 3), 3))
