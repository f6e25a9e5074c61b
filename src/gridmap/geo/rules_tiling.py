"""Do areas tile their communities? Gaps, overlaps, ground outside, borders that do not match.

Whether everything fits is told by sums alone: where the directed edges of all cells of a
community, less those of its outline, cancel each other out, each place of it lies in exactly one
cell. Only where they do not is geometry asked what is wrong.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.borders import to_mm
from gridmap.geo.features import Geometries, as_objects
from gridmap.geo.held import HeldShapes, Ints

AREA_M2 = 1e-2
"""Less ground than this is a matter of rounding."""
SLIVER_WIDTH_M = 1.0
SLIVER_M2 = 100.0
"""Ground narrower and smaller than this was left by chance: it can be given away unasked."""


@dataclass(frozen=True)
class Tears:
    """Edges (from ``start`` to ``end``, (n, 2) in metres) that have no counterpart.

    ``group`` (n,) says in which group, ``is_cell`` whether an area has it, or only an outline.
    """

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    group: Ints
    is_cell: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.group)

    def take(self, which: NDArray[np.bool_]) -> "Tears":
        """Return some of them."""
        return Tears(self.start[which], self.end[which], self.group[which], self.is_cell[which])

    def of(self, group: int) -> NDArray[np.float64]:
        """Return (n, 2) the middles of the torn edges of one group."""
        which = self.group == group
        middles: NDArray[np.float64] = (self.start[which] + self.end[which]) / 2.0
        return middles


def find_tears(shapes: Geometries, groups: Ints, outlines: Geometries) -> Tears:
    """Return the edges that do not cancel out, group by group.

    An outline may have fewer vertices than the areas along it: what lies on it is no tear.

    Args:
        shapes: areas on the 1 mm grid.
        groups: for each the position of its outline.
        outlines: what the areas of each group shall tile; None where nothing is known.

    Example:
        >>> halves = shapely.box([0, 5], [0, 0], [5, 10], [10, 10])
        >>> whole = shapely.box([0], [0], [10], [10])
        >>> len(find_tears(halves, np.array([0, 0]), whole))
        0
        >>> find_tears(halves[:1], np.array([0]), whole).of(0).tolist()
        [[5.0, 0.0], [5.0, 5.0], [10.0, 5.0], [5.0, 10.0]]
        >>> apart = np.array([shapely.MultiPolygon([halves[0], shapely.box(20, 0, 30, 9)])])
        >>> len(find_tears(halves[:1], np.array([0]), apart))
        4
    """
    known = np.flatnonzero(~shapely.is_missing(outlines))
    left = _not_cancelled(
        np.concatenate([shapes, outlines[known]]),
        np.concatenate([groups, known]).astype(np.int64),
        np.repeat([1.0, -1.0], [len(shapes), len(known)]),
    )
    if not len(left):
        return left
    is_on = np.zeros(len(left), bool)
    along = np.flatnonzero(left.is_cell & ~shapely.is_missing(outlines[left.group]))
    is_on[along] = _on_outline(left.take(_mask(along, len(left))), outlines)
    area = np.bincount(groups, shapely.area(shapes), minlength=len(outlines))
    is_even = np.abs(area - shapely.area(outlines)) <= _ON_M * shapely.length(outlines)
    is_open = np.zeros(len(outlines), bool)
    is_open[left.group[left.is_cell & ~is_on]] = True  # then its outline's edges count as well
    return left.take(np.where(left.is_cell, ~is_on, (is_open | ~is_even)[left.group]))


def _mask(positions: Ints, count: int) -> NDArray[np.bool_]:
    mask = np.zeros(count, bool)
    mask[positions] = True
    return mask


def _on_outline(tears: Tears, outlines: Geometries) -> NDArray[np.bool_]:
    """Return which edges lie on the outline of their group, to the 1 mm grid."""
    lines = shapely.boundary(outlines)
    shapely.prepare(lines)
    found = np.ones(len(tears), bool)
    for places in (tears.start, (tears.start + tears.end) / 2.0, tears.end):
        found &= shapely.dwithin(lines[tears.group], shapely.points(places), _ON_M)
    return found


def _not_cancelled(shapes: Geometries, group: Ints, sign: NDArray[np.float64]) -> Tears:
    """Return the directed edges whose sum, edge by edge and group by group, is not zero."""
    parts, whole = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)  # only polygons have rings
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    is_start = np.flatnonzero(ring[1:] == ring[:-1])
    of = whole[part[ring[is_start]]]
    if not len(of):
        none = np.empty((0, 2))
        return Tears(none, none, np.empty(0, np.int64), np.empty(0, bool))
    mm = to_mm(xy - xy.min(axis=0))
    number = mm[:, 0] * (int(mm[:, 1].max()) + 1) + mm[:, 1]
    moves = number[is_start] != number[is_start + 1]
    is_start, of = is_start[moves], of[moves]
    a, b = number[is_start], number[is_start + 1]
    # an edge is told by a mix of its ends: two of ten thousand million collide by chance only,
    # and a collision would have to cancel out as well
    lower, upper = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
    codes = lower * _MIX[0] ^ upper * _MIX[1] ^ (group[of].astype(np.uint64) + _MIX[2]) * _MIX[3]
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    direction = np.where(a < b, 1.0, -1.0) * sign[of]
    sums = np.add.reduceat(direction[order], first)
    torn = order[first[np.abs(sums) > 0.5]]
    return Tears(xy[is_start[torn]], xy[is_start[torn] + 1], group[of[torn]], sign[of[torn]] > 0)


_MIX = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64
)
_ON_M = 0.002


def find_overlaps(held: HeldShapes, owners: Ints) -> tuple[Ints, Ints, Geometries]:
    """Return (one, other, common ground) of owners and areas that share ground, each pair once."""
    of, hit = held.query(held.shapes[owners], "intersects")
    one = owners[of]
    later = (hit > one) | ~np.isin(hit, owners)
    later &= hit != one
    one, hit = one[later], hit[later]
    if not len(one):
        return one, hit, as_objects([])
    # most only touch: asking how two relate is cheaper than their common ground
    deep = shapely.relate_pattern(held.shapes[one], held.shapes[hit], "T********")
    one, hit = one[deep], hit[deep]
    common = shapely.intersection(held.shapes[one], held.shapes[hit])
    is_ground = are_ground(common)
    return one[is_ground], hit[is_ground], common[is_ground]


def find_outside(shapes: Geometries, outlines: Geometries) -> tuple[Ints, Geometries]:
    """Return (positions, ground) of the areas that reach out of their outlines."""
    shapely.prepare(outlines)
    out = np.flatnonzero(~shapely.covers(outlines, shapes) & ~shapely.is_missing(outlines))
    ground = shapely.difference(shapes[out], outlines[out])
    is_ground = are_ground(ground)
    return out[is_ground].astype(np.int64), ground[is_ground]


def find_gaps(outline: shapely.Geometry, shapes: Geometries) -> Geometries:
    """Return the ground of an outline that no area covers, part by part."""
    left = shapely.difference(outline, shapely.union_all(shapes))
    parts = shapely.get_parts(left)
    gaps: Geometries = parts[are_ground(parts)]
    return gaps


def mean_width(shapes: Geometries) -> NDArray[np.float64]:
    """Return how wide ground is on the average, in metres; that of a narrow strip is its width."""
    length = np.maximum(shapely.length(shapes), 1e-9)
    width: NDArray[np.float64] = 2.0 * shapely.area(shapes) / length
    return width


def are_ground(shapes: Geometries) -> NDArray[np.bool_]:
    """Return what is more than rounding: borders on the 1 mm grid lie beside their true lines."""
    is_ground: NDArray[np.bool_] = (shapely.area(shapes) > AREA_M2) & (mean_width(shapes) > _ON_M)
    return is_ground


def are_slivers(shapes: Geometries) -> NDArray[np.bool_]:
    """Return which ground is so narrow and small that it was left by chance."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    wide = (mean_width(parts) > SLIVER_WIDTH_M) | (shapely.area(parts) > SLIVER_M2)
    found = np.ones(len(shapes), bool)
    found[of[wide]] = False
    return found


def places_in(shapes: Geometries) -> NDArray[np.float64]:
    """Return (n, 2) a place within each area."""
    xy: NDArray[np.float64] = shapely.get_coordinates(shapely.point_on_surface(shapes))
    return xy
