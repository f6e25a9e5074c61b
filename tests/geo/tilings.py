"""Coverages to edit: jittered blocks with T-junctions, a hole, an L and bent borders."""

import numpy as np
import shapely

from gridmap.geo.borders import Borders
from gridmap.geo.coverage import Coverage
from gridmap.geo.features import as_objects

EAST, NORTH, STEP = 500_000.0, 4_400_000.0, 100.0


def rounded(xy: np.ndarray) -> np.ndarray:
    return np.round(xy, 3)


def squares(columns: int = 3, rows: int = 2, step: float = STEP) -> Coverage:
    """Return plain squares named by letters: a b c below, d e f above."""
    shapes = [
        shapely.box(
            EAST + x * step, NORTH + y * step, EAST + (x + 1) * step, NORTH + (y + 1) * step
        )
        for y in range(rows)
        for x in range(columns)
    ]
    return Coverage(tuple("abcdefghijklmnopqrstuvwxyz"[: len(shapes)]), as_objects(shapes))


def at(x: float, y: float) -> tuple[float, float]:
    """Return a place by its distance from the corner, in metres."""
    return EAST + x, NORTH + y


def line(*places: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    return tuple(at(x, y) for x, y in places)


def district(seed: int, columns: int = 5, rows: int = 4) -> Coverage:
    """Return some 15 jittered cells with T-junctions, an L, a hole cell and bent borders."""
    rng = np.random.default_rng(seed)
    nodes = {
        (x, y): rounded(np.array([EAST + x * STEP, NORTH + y * STEP]) + rng.uniform(-12, 12, 2))
        for x in range(columns + 1)
        for y in range(rows + 1)
    }
    bends: dict[frozenset[tuple[int, int]], np.ndarray] = {}

    def way(one: tuple[int, int], other: tuple[int, int]) -> list[np.ndarray]:
        pair = frozenset((one, other))
        if pair not in bends:
            count = int(rng.integers(0, 4))
            share = ((np.arange(count) + rng.uniform(0.8, 1.2, count)) / (count + 1))[:, None]
            low, high = (nodes[key] for key in sorted(pair))
            bends[pair] = rounded(low + (high - low) * share + rng.uniform(-3, 3, (count, 2)))
        points = bends[pair] if (one, other) == tuple(sorted(pair)) else bends[pair][::-1]
        return [nodes[one], *points]

    quads = {}
    for x in range(columns):
        for y in range(rows):
            corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
            ring = [
                point
                for one, other in zip(corners, [*corners[1:], corners[0]], strict=True)
                for point in way(one, other)
            ]
            quads[x, y] = shapely.Polygon(ring)
    groups = [[(0, 0), (1, 0), (0, 1)], [(3, 1), (3, 2)], [(1, 3), (2, 3)]]
    grouped = {quad for group in groups for quad in group}
    shapes = [shapely.coverage_union_all([quads[quad] for quad in group]) for group in groups]
    shapes += [quad for key, quad in quads.items() if key not in grouped and key != (2, 1)]
    inner = shapely.set_precision(shapely.affinity.scale(quads[2, 1], 0.4, 0.4), 0.001)
    shapes += [shapely.Polygon(quads[2, 1].exterior, [inner.exterior.coords]), inner]
    return Coverage(tuple(f"k{n}" for n in range(len(shapes))), as_objects(shapes))


def communities(cells: Coverage, seed: int, count: int = 3) -> tuple[dict[str, str], Coverage]:
    """Return to which of some communities each cell belongs, and the communities."""
    borders = Borders.of(cells)
    roots = np.random.default_rng(seed).choice(len(cells), count, replace=False)
    group = {int(root): f"P{number}" for number, root in enumerate(roots)}
    while len(group) < len(cells):
        for cell in list(group):
            for beside in borders.touching(cell).tolist():
                group.setdefault(beside, group[cell])
    parent_of = {cells.keys[cell]: parent for cell, parent in group.items()}
    names = tuple(sorted(set(group.values())))
    shapes = [
        shapely.coverage_union_all(cells.shapes[[at for at in group if group[at] == name]])
        for name in names
    ]
    return parent_of, Coverage(names, as_objects(shapes))
