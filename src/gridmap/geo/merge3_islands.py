"""Cells carved out of the midst of one that the other side changed: in whose ground they lie."""

from collections.abc import Iterator, Mapping

import numpy as np

from gridmap.geo.merge3_changes import Changes, Spot
from gridmap.geo.merge3_lines import OUTSIDE, Lines, Vertices


def islands(vertices: Vertices, side: Changes, other: Lines) -> Iterator[tuple[Spot, int]]:
    """Yield what a side drew that touches nothing of the base, and whose ground it is in there.

    Nothing but its place tells that: it has no edge in common with what the other side has.
    """
    is_known = np.zeros(len(vertices), bool)
    for known in vertices.ends(side.base.codes):
        is_known[known] = True
    for spot in side.spots:
        if not spot.dropped:
            ends = sorted({end for code in spot.drawn for end in divmod(code, len(vertices))})
            if not is_known[ends].any():
                yield spot, _key_at(vertices, other, ends[0])


def settled(
    vertices: Vertices, side: Changes, other: Lines, heirs: Mapping[int, frozenset[int]]
) -> Lines:
    """Return a side's edges, with the part round its islands of what the other side cut up.

    Args:
        vertices: of all versions.
        side: what the one side changed.
        other: the other side's edges.
        heirs: of each key that the other side ended, the keys that have its ground there.
    """
    new: dict[int, tuple[int, int]] = {}
    for spot, here in islands(vertices, side, other):
        for code in spot.drawn:
            left, right = (
                here if here in heirs.get(key, ()) else key for key in side.side.sides_at(code)
            )
            new[code] = (left, right)
    return side.side.exchanged((), new)


def _key_at(vertices: Vertices, lines: Lines, vertex: int) -> int:
    """Return whose ground a vertex lies in that is on no edge: beside the first edge eastward."""
    first, second = vertices.ends(lines.codes)
    x, y = (vertices.grid - vertices.grid[vertex]).astype(np.float64).T
    is_passed = (y[first] > 0) != (y[second] > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = -y[first] / (y[second] - y[first])
        east = np.where(is_passed, x[first] + share * (x[second] - x[first]), np.inf)
    east[east <= 0] = np.inf
    if not np.isfinite(east).any():
        return OUTSIDE
    nearest = int(np.argmin(east))
    goes_up = y[second[nearest]] > y[first[nearest]]
    return int(lines.sides[nearest, 0 if goes_up else 1])
