"""What one side did to a coverage, told from the shapes alone: a second opinion on a merge."""

from dataclasses import dataclass
from itertools import pairwise

import shapely

from gridmap.geo.coverage import Coverage

_NEAR_M = 0.003
Vertex = tuple[float, float]


def by_key(coverage: Coverage) -> dict[str, shapely.Geometry]:
    return dict(zip(coverage.keys, coverage.shapes, strict=True))


def borders(coverage: Coverage) -> shapely.Geometry:
    return shapely.union_all(shapely.boundary(coverage.shapes))


def owners(coverage: Coverage) -> dict[tuple[Vertex, Vertex], str]:
    """Return whose ground is on the left of each directed edge."""
    found = {}
    for key, shape in by_key(coverage).items():
        whole = shapely.orient_polygons(shape)
        for ring in (whole.exterior, *whole.interiors):
            found.update(dict.fromkeys(pairwise(ring.coords), key))
    return found


@dataclass(frozen=True)
class Side:
    """What a side did: the vertices that it worked at, its lines, and the ground it passed on."""

    vertices: frozenset[Vertex]
    lines: shapely.Geometry
    passed: shapely.Geometry
    ended: frozenset[str]


def side_of(base: Coverage, side: Coverage) -> Side:
    """Return what a side did to the base."""
    was, is_ = owners(base), owners(side)
    before, after = by_key(base), by_key(side)
    ended = frozenset(before) - frozenset(after)
    at = {
        vertex
        for edge, key in was.items()
        if (edge not in is_ or (is_[edge] != key and key not in ended))
        and not (edge[::-1] in is_ and edge not in is_)
        for vertex in edge
    }
    drawn = [edge for edge in is_ if edge not in was and edge[::-1] not in was]
    dropped = [edge for edge in was if edge not in is_ and edge[::-1] not in is_]
    lost = [shapely.difference(before[key], after[key]) for key in before if key in after]
    added = shapely.difference(shapely.union_all(side.shapes), shapely.union_all(base.shapes))
    at |= {vertex for edge in drawn for vertex in edge}
    return Side(
        frozenset(at),
        shapely.multilinestrings([list(edge) for edge in drawn + dropped]),
        shapely.union_all([*lost, added]),
        ended,
    )


def are_apart(one: Side, other: Side) -> bool:
    """Return whether two sides worked on different borders and different ground."""
    return not (
        one.vertices & other.vertices
        or one.ended & other.ended
        or shapely.intersects(one.lines, other.lines)
        or shapely.intersects(one.passed, other.lines)
        or shapely.intersects(other.passed, one.lines)
        or shapely.area(shapely.intersection(one.passed, other.passed)) > 0
    )


def gone(base: Coverage, side: Coverage, other: Coverage, merged: Coverage) -> list[str]:
    """Return what a side did that the merge does not have.

    Ground that a side only renamed, by splitting or merging its cell, may go to whom the other
    side gave it.
    """
    before, here, result = map(borders, (base, side, merged))
    old, own, others, now = map(by_key, (base, side, other, merged))
    drawn = shapely.difference(here, shapely.buffer(before, _NEAR_M))
    dropped = shapely.difference(before, shapely.buffer(here, _NEAR_M))
    found = []
    if shapely.difference(drawn, shapely.buffer(result, _NEAR_M)).length > 0.01:
        found.append("a line that it drew")
    if shapely.intersection(dropped, shapely.buffer(result, 1e-6)).length > 0.01:
        found.append("that it dropped a line")
    given = shapely.union_all([
        shapely.difference(old[key], others[key]) for key in old if key not in own and key in others
    ])  # fmt: skip
    for key in sorted(set(own) & set(now)):
        gained = shapely.difference(own[key], old[key]) if key in old else own[key]
        lost = shapely.difference(gained, shapely.union(now[key], given))
        if not shapely.buffer(lost, -0.01).is_empty:
            found.append(f"ground that it gave to {key}")
    wanted = (set(own) & set(others)) | ((set(own) | set(others)) - set(old))
    if set(now) != wanted:
        found.append(f"keys: {set(now) ^ wanted}")
    return found
