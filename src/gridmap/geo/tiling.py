"""What must go back with some areas so that areas which tile still tile: arrays in, arrays out.

An area that goes back to a former shape takes ground from neighbours, or leaves some behind. Those
of them that changed since can go back as well, and then their neighbours, until nothing overlaps
and no gap is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.features import Geometries, as_objects

AREA_M2 = 1e-3
"""Coordinates lie on a grid of 1 mm: what is smaller than this is no gap and no overlap."""
_LENGTH_M = 1e-6
_NOTHING = shapely.Polygon()

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Tiles:
    """The rows of one table now and then; a geometry is None while its row was not in force.

    Rows tile with those of their group (``now_group``, ``then_group``), e.g. of one plan, and all
    of a group with one parent cover that parent (its position in the tiles above, -1 for none).
    """

    now: Geometries
    then: Geometries
    now_group: NDArray[np.object_]
    then_group: NDArray[np.object_]
    now_parent: NDArray[np.int64]
    then_parent: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.now)

    @property
    def changed(self) -> Mask:
        """Return which rows have another shape, group or parent than then."""
        missing_now, missing_then = shapely.is_missing(self.now), shapely.is_missing(self.then)
        same_shape = (missing_now & missing_then) | shapely.equals_exact(self.now, self.then, 0.0)
        same_place = (self.now_group == self.then_group) & (self.now_parent == self.then_parent)
        is_same: Mask = same_shape & (same_place | (missing_now & missing_then))
        return ~is_same

    def of_group(self, group: Any) -> tuple[Geometries, Geometries]:
        """Return the shapes now and then of the rows that are in a group, None for the others."""
        now, then = self.now.copy(), self.then.copy()
        now[self.now_group != group] = None
        then[self.then_group != group] = None
        return now, then

    def groups(self, chosen: Mask) -> list[Any]:
        """Return the groups that chosen rows are in now or were in then."""
        return sorted({*self.now_group[chosen], *self.then_group[chosen]})


@dataclass(frozen=True)
class Misfit:
    """Ground that would be a gap or an overlap; ``parent`` is whose ground it is, -1 for none."""

    shape: shapely.Geometry
    parent: int = -1


def with_partners(tiles: Tiles, chosen: Mask) -> Mask:
    """Return the chosen rows and those that must go back to then with them."""
    chosen, changed = chosen.copy(), tiles.changed
    while True:
        before = int(chosen.sum())
        for group in tiles.groups(chosen):
            now, then = tiles.of_group(group)
            _add_exchanging(now, then, changed, chosen)
            torn = [position for position, _ in _torn(now, then, chosen)]
            chosen[[position for position in torn if changed[position]]] = True
        if chosen.sum() == before:
            return chosen


def _add_exchanging(now: Geometries, then: Geometries, changed: Mask, chosen: Mask) -> None:
    """Add rows that must give the ground that chosen ones get, or take what those leave."""
    may_come = np.flatnonzero(changed)
    gives = shapely.STRtree(_filled(now[may_come]))
    takes = shapely.STRtree(_filled(then[may_come]))
    front = np.flatnonzero(chosen & changed)
    while len(front):
        was, is_ = _filled(then[front]), _filled(now[front])
        gained, lost = shapely.difference(was, is_), shapely.difference(is_, was)
        found = [*_meeting(gives, gained), *_meeting(takes, lost)]
        new = np.unique(may_come[np.array(found, np.int64)])
        front = new[~chosen[new]]
        chosen[front] = True


def changed_ground(tiles: Tiles, chosen: Mask) -> shapely.Geometry:
    """Return all ground that chosen rows cover now or then, but not both."""
    is_, was = _filled(tiles.now[chosen]), _filled(tiles.then[chosen])
    return shapely.union_all(shapely.symmetric_difference(is_, was))


def meeting(shapes: Geometries, place: shapely.Geometry) -> NDArray[np.int64]:
    """Return the positions of the shapes that share ground with a place."""
    found = list(_meeting(shapely.STRtree(_filled(shapes)), as_objects([place])))
    return np.unique(np.array(found, np.int64))


def _meeting(tree: shapely.STRtree, places: Geometries) -> Iterator[int]:
    of, hit = tree.query(places, predicate="intersects")
    shared = shapely.area(shapely.intersection(places[of], tree.geometries[hit]))
    yield from hit[shared > AREA_M2].tolist()


def _filled(geometries: Geometries) -> Geometries:
    """Return areas with an empty one for each that is missing."""
    filled = geometries.copy()
    filled[shapely.is_missing(geometries)] = _NOTHING
    return filled


def _torn(now: Geometries, then: Geometries, chosen: Mask) -> list[tuple[int, shapely.Geometry]]:
    """Return (position, edges) of rows around the chosen ones that would match worse than now."""
    after = np.where(chosen, then, now)
    near = _near(now, then, chosen)
    before_edges, after_edges = _invalid_edges(now[near]), _invalid_edges(after[near])
    is_worse = shapely.length(after_edges) > shapely.length(before_edges) + _LENGTH_M
    return [(int(near[n]), after_edges[n]) for n in np.flatnonzero(is_worse).tolist()]


def _near(now: Geometries, then: Geometries, chosen: Mask) -> NDArray[np.int64]:
    """Return the positions of the rows whose boxes meet those of chosen rows, now or then."""
    places = [one for one in (*now[chosen], *then[chosen]) if one is not None]
    if not places:
        return np.empty(0, np.int64)
    hits = [shapely.STRtree(_filled(shapes)).query(as_objects(places))[1] for shapes in (now, then)]
    return np.unique(np.concatenate(hits))


def _invalid_edges(geometries: Geometries) -> Geometries:
    """Return the edges of each area that do not match its neighbours', vertex by vertex."""
    edges = as_objects([_NOTHING] * len(geometries))
    there = np.flatnonzero(~shapely.is_missing(geometries))
    if len(there):
        found = shapely.coverage_invalid_edges(geometries[there])
        found[shapely.is_missing(found)] = _NOTHING
        edges[there] = found
    return edges


def misfits(
    tiles: Tiles, chosen: Mask, parents: Tiles | None, parents_chosen: Mask
) -> list[Misfit]:
    """Return what would not fit, and does now, if the chosen rows went back.

    Args:
        tiles: the rows.
        chosen: which of them go back.
        parents: the rows that they cover, by group ""; None where they cover nothing.
        parents_chosen: which of those go back.
    """
    found = []
    for group in tiles.groups(chosen):
        now, then = tiles.of_group(group)
        found += [Misfit(edges) for _, edges in _torn(now, then, chosen)]
        hole = _new_holes(now, then, chosen)
        if hole is not None:
            found.append(Misfit(hole))
    if parents is not None:
        found += _uncovered(tiles, chosen, parents, parents_chosen)
    return found


def _new_holes(now: Geometries, then: Geometries, chosen: Mask) -> shapely.Geometry | None:
    """Return the ground that would be enclosed by areas without belonging to one."""
    near = _near(now, then, chosen)
    after = np.where(chosen, then, now)
    holes = shapely.difference(_holes(after[near]), _holes(now[near]))
    return holes if shapely.area(holes) > AREA_M2 else None


def _holes(geometries: Geometries) -> shapely.Geometry:
    whole = shapely.union_all(geometries)
    rings = shapely.get_exterior_ring(shapely.get_parts(whole))
    return shapely.difference(shapely.union_all(shapely.polygons(rings)), whole)


def _uncovered(
    tiles: Tiles, chosen: Mask, parents: Tiles, parents_chosen: Mask
) -> Iterator[Misfit]:
    """Compare each parent with what its rows of group "" would cover, and with what they do now."""
    now, then = tiles.of_group("")
    after, after_parent = (
        np.where(chosen, then, now),
        np.where(chosen, tiles.then_parent, tiles.now_parent),
    )
    grounds = np.where(parents_chosen, parents.then, parents.now)
    asked = {
        *np.flatnonzero(parents_chosen).tolist(),
        *tiles.now_parent[chosen].tolist(),
        *tiles.then_parent[chosen].tolist(),
    }
    for parent in sorted(asked - {-1}):
        before = _difference(now[tiles.now_parent == parent], parents.now[parent])
        left = _difference(after[after_parent == parent], grounds[parent])
        new = shapely.difference(left, before)
        if shapely.area(new) > AREA_M2:
            yield Misfit(new, parent)


def _difference(parts: Geometries, whole: shapely.Geometry | None) -> shapely.Geometry:
    """Return the ground that only the parts or only the whole cover; none where one is unknown."""
    there = parts[~shapely.is_missing(parts)]
    if whole is None or not len(there):
        return _NOTHING
    return shapely.symmetric_difference(shapely.union_all(there), whole)
