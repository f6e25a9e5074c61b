"""Communities and the subdistrict follow their cells: what borders have, their parents get.

The outline of a parent is the sum of its members' directed edges, in which an edge and its twin
cancel. So a change of the members is added to it edge by edge, and no other member need be known.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import Point, to_metres
from gridmap.geo.coverage import Change, Coverage, Key
from gridmap.geo.edit_checks import SMALLEST_M2, ensure_no_new_tear, place_in
from gridmap.geo.edit_faces import segments_of
from gridmap.geo.edit_line import Segment, place_of
from gridmap.geo.features import as_objects

_AREA_M2 = 1e-3

_Edges = set[Segment]


def follow(
    parents: Coverage, members_before: Coverage, change: Change, parent_of: Mapping[Key, Key]
) -> Change:
    """Return what a change of members changes of their parents, e.g. of cells their communities.

    A parent changes where the outline of its members does, a vertex more or less included. One
    without members that change follows a neighbour on their common border. Members that do not
    reach a parent's border leave it as it is.

    Args:
        parents: the parents near the change; each the union of its members, vertex by vertex.
        members_before: the members near the change, as they were.
        change: what changes of them.
        parent_of: the parent of each member of the change, of those before and of those after.

    Raises:
        RequestError: a parent would have no ground or several parts, or its outline does not match
            its members' where they win or lose ground.

    Example:
        >>> cells = Coverage(("a", "b"), shapely.box([0, 10], [0, 0], [10, 20], [10, 10]))
        >>> moved = shapely.Polygon([(0, 0), (12, 0), (10, 10), (0, 10)])
        >>> rest = shapely.Polygon([(12, 0), (20, 0), (20, 10), (10, 10)])
        >>> change = Change(
        ...     {"a": cells.shapes[0], "b": cells.shapes[1]}, {"a": moved, "b": rest}
        ... )
        >>> communities = Coverage(("A", "B"), cells.shapes)
        >>> followed = follow(communities, cells, change, {"a": "A", "b": "B"})
        >>> {key: float(shape.area) for key, shape in followed.after.items()}
        {'A': 110.0, 'B': 90.0}
    """
    gains = _gains(change, parent_of)
    outlines = {key: set(_edges(parents.shape(key))) for key in gains if key in parents.keys}
    after: dict[Key, _Edges] = {}
    rest = _Sum()
    for key, gain in gains.items():
        if key not in outlines:
            continue
        edges = list(gain.edges())
        if any(edge[::-1] in outlines[key] for edge in edges):
            after[key] = _plus(outlines[key], edges)
            rest.add(edges)
        elif edges:
            _ensure_within(parents.shape(key), edges)
    old = {edge for key in after for edge in outlines[key]}
    after |= _neighbours(parents, after, old, rest)
    before = {key: parents.shape(key) for key in after}
    shapes = {key: _area(before[key], edges) for key, edges in after.items()}
    followed = Change(before, shapes)
    _ensure_grown(members_before, change, parent_of, followed)
    if shapes:
        ensure_no_new_tear(parents, followed.applied(parents))
    return followed


class _Sum:
    """A sum of directed edges, in which an edge and its twin are each other's negative."""

    def __init__(self) -> None:
        self._counts: defaultdict[Segment, int] = defaultdict(int)

    def add(self, edges: Iterable[Segment], sign: int = 1) -> None:
        for a, b in edges:
            if a < b:
                self._counts[a, b] += sign
            else:
                self._counts[b, a] -= sign

    def edges(self) -> Iterator[Segment]:
        """Yield the edges that are left, as often as they are."""
        for (a, b), count in self._counts.items():
            for _ in range(abs(count)):
                yield (a, b) if count > 0 else (b, a)

    def components(self) -> list[list[Segment]]:
        """Return the edges that are left, those together that hang together."""
        edges = list(self.edges())
        by_start = defaultdict(list)
        for edge in edges:
            by_start[edge[0]].append(edge)
            by_start[edge[1]].append(edge)
        found, seen = [], set()
        for first in by_start:
            if first in seen:
                continue
            seen.add(first)
            points, component = [first], []
            while points:
                point = points.pop()
                for edge in by_start[point]:
                    if edge[0] == point:
                        component.append(edge)
                    for end in edge:
                        if end not in seen:
                            seen.add(end)
                            points.append(end)
            found.append(component)
        return found


def _edges(shape: shapely.Geometry) -> Iterator[Segment]:
    for part in shapely.get_parts(shape):
        yield from segments_of(shapely.orient_polygons(part))


def _gains(change: Change, parent_of: Mapping[Key, Key]) -> dict[Key, _Sum]:
    gains: dict[Key, _Sum] = defaultdict(_Sum)
    for shapes, sign in ((change.before, -1), (change.after, 1)):
        for key, shape in shapes.items():
            if key in parent_of:
                gains[parent_of[key]].add(_edges(shape), sign)
    return dict(gains)


def _plus(outline: _Edges, gain: Iterable[Segment]) -> _Edges:
    """Return an outline with some edges more, or their twins less."""
    result = set(outline)
    for edge in gain:
        if edge[::-1] in result:
            result.discard(edge[::-1])
        else:
            result.add(edge)
    return result


def _ensure_within(parent: shapely.Geometry, gain: list[Segment]) -> None:
    """Refuse ground that members win away from the outline of their parent.

    Raises:
        RequestError: naming the place.
    """
    ends = to_metres(np.array(gain, np.int64))
    faces = shapely.get_parts(shapely.polygonize(shapely.linestrings(ends)))
    for face in shapely.orient_polygons(faces):
        beyond = shapely.difference(face, parent)
        if segments_of(face) <= set(gain) and shapely.area(beyond) > SMALLEST_M2:
            is_apart = shapely.disjoint(face, parent)
            sentence = texts.parent_falls_apart if is_apart else texts.parent_differs
            raise RequestError(sentence(), place=place_in(beyond))


def _neighbours(
    parents: Coverage, after: Mapping[Key, _Edges], old: _Edges, rest: _Sum
) -> dict[Key, _Edges]:
    """Return the outlines of parents beside those that change and have no member that does.

    ``old`` are all edges that the changed parents had.
    """
    changed = list(rest.edges())
    if not changed:
        return {}
    new_twins: defaultdict[Point, list[Point]] = defaultdict(list)
    for a, b in changed:
        if (b, a) not in old:
            new_twins[b].append(a)
    points = shapely.multipoints([(x / 1000, y / 1000) for (x, y), _ in changed])
    found: dict[Key, _Edges] = {}
    near = shapely.box(*shapely.bounds(points))
    for at in np.flatnonzero(shapely.intersects(parents.shapes, near)).tolist():
        key = parents.keys[at]
        if key in after:
            continue
        outline = set(_edges(parents.shapes[at]))
        lost = [edge for edge in changed if edge in outline]
        if lost:
            won = [edge for chain in _chains(lost) for edge in _path(new_twins, *chain)]
            found[key] = (outline - set(lost)) | set(won)
    return found


def _chains(edges: Iterable[Segment]) -> Iterator[tuple[Point, Point]]:
    """Yield where each line of edges, one after the other, begins and ends."""
    following = dict(edges)
    starts = following.keys() - set(following.values())
    for start in starts or set(list(following)[:1]):
        point = following[start]
        while point in following and point != start:
            point = following[point]
        yield start, point


def _path(following: Mapping[Point, list[Point]], start: Point, end: Point) -> Iterator[Segment]:
    """Yield the edges of the shortest way from a point to another one, none where there is none."""
    came: dict[Point, Point] = {}
    points = [start]
    for point in points:  # grows while it is walked
        for after in following.get(point, ()):
            if after not in came:
                came[after] = point
                points.append(after)
        if end in came:
            break
    point = end
    while point in came:
        yield came[point], point
        point = came[point]
        if point == start:
            break


def _area(before: shapely.Geometry, outline: _Edges) -> shapely.Geometry:
    """Return the area that an outline encloses.

    Raises:
        RequestError: it is empty, has more parts than before, or does not close.
    """
    if not outline:
        raise RequestError(texts.parent_empty(), place=place_in(before))
    ends = to_metres(np.array(sorted(outline), np.int64))
    faces = shapely.get_parts(shapely.polygonize(shapely.linestrings(ends)))
    inside = [face for face in shapely.orient_polygons(faces) if segments_of(face) <= outline]
    used = {segment for face in inside for segment in segments_of(face)}
    if used != outline:
        raise RequestError(texts.parent_differs(), place=place_of(min(outline - used)[0]))
    if len(inside) > shapely.get_num_geometries(before):
        smallest = min(inside, key=lambda part: float(part.area))
        raise RequestError(texts.parent_falls_apart(), place=place_in(smallest))
    return inside[0] if len(inside) == 1 else shapely.multipolygons(as_objects(inside))


def _ensure_grown(
    members: Coverage, change: Change, parent_of: Mapping[Key, Key], followed: Change
) -> None:
    """Refuse where a parent has not won or lost what its members have."""
    grown: defaultdict[Key, float] = defaultdict(float)
    for shapes, sign in ((change.before, -1.0), (change.after, 1.0)):
        for key, shape in shapes.items():
            if key in parent_of:
                grown[parent_of[key]] += sign * float(shapely.area(shape))
    for key, shape in followed.after.items():
        won = float(shapely.area(shape)) - float(shapely.area(followed.before[key]))
        if key in grown and abs(won - grown[key]) > _AREA_M2:
            raise RequestError(texts.parent_differs(), place=_place(members, change))


def _place(members: Coverage, change: Change) -> Place:
    shapes = [*change.after.values(), *members.shapes]
    return place_in(shapes[0])
