"""The three versions of a merge: their changed areas, as linework with common numbers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.errors import Place, RequestError
from gridmap.geo import merge3_texts as texts
from gridmap.geo.coverage import Coverage, Key
from gridmap.geo.features import Geometries, as_objects
from gridmap.geo.merge3_faces import edges_by_key
from gridmap.geo.merge3_lines import Ints, Lines, Vertices, number_vertices, read_lines

_SIDES = (texts.base, texts.mine, texts.theirs)
_LISTED = 5
_SLIVER = 1e-6
"""Share of an ended area that makes somebody its heir: less is a border moved in passing."""


@dataclass(frozen=True)
class Version:
    """The changed areas of one version, their edges, and their directed edges by key."""

    part: Coverage
    lines: Lines
    edges: Mapping[int, Ints]


@dataclass(frozen=True)
class Versions:
    """Base, mine and theirs, as far as they are changed.

    ``names`` are the keys by their numbers. ``rim`` are the areas around, which none of them has
    changed. ``heirs`` says for mine and for theirs which keys
    have the ground of each one that the side ended.
    """

    vertices: Vertices
    names: Sequence[Key]
    each: tuple[Version, Version, Version]
    rim: Coverage
    heirs: tuple[Mapping[int, frozenset[int]], Mapping[int, frozenset[int]]]


def changed_keys(versions: Sequence[Coverage], grid: float) -> list[Key]:
    """Return the keys that not all versions have with the same shape, in order.

    Raises:
        RequestError: a key stands twice in a version.
    """
    tables = []
    for side, coverage in zip(_SIDES, versions, strict=True):
        table = dict(zip(coverage.keys, coverage.shapes, strict=True))
        if len(table) < len(coverage):
            twice = next(key for key, count in Counter(coverage.keys).items() if count > 1)
            raise RequestError(texts.key_twice(side=side(), key=twice))
        tables.append(table)
    changed = set().union(*tables) - set(tables[0]).intersection(*tables)
    common = [key for key in tables[0] if key not in changed]
    before = as_objects([tables[0][key] for key in common])
    for table in tables[1:]:
        after = as_objects([table[key] for key in common])
        is_same = shapely.equals_exact(before, after, grid / 2)
        changed.update(common[at] for at in np.flatnonzero(~is_same).tolist())
    return sorted(changed)


def read_versions(versions: Sequence[Coverage], changed: Sequence[Key], grid: float) -> Versions:
    """Return the versions' changed areas as linework.

    Raises:
        RequestError: their borders do not match each other's, or overlap.
    """
    number = {key: at for at, key in enumerate(changed)}
    parts = [
        coverage.take(np.array([at for at, key in enumerate(coverage.keys) if key in number], int))
        for coverage in versions
    ]
    vertices, numbers = number_vertices([part.shapes for part in parts], grid)
    near = versions[0].near([shape for part in parts for shape in part.shapes], grid)
    rim = near.take(np.array([at for at, key in enumerate(near.keys) if key not in number], int))
    torn_before = shapely.union_all([edge for _, edge in _torn(parts[0], rim)])
    each: list[Version] = []
    for part, own, side in zip(parts, numbers, _SIDES, strict=True):
        snapped = Coverage(part.keys, _at_vertices(part.shapes, vertices.xy[own]))
        owner = np.array([number[key] for key in part.keys], np.int64)
        lines, overlapping = read_lines(snapped.shapes, owner, own, len(vertices))
        torn = dict(_torn(snapped)) | {
            changed[key]: snapped.shape(changed[key]) for key in overlapping.tolist()
        }
        if each and not torn:  # what the base has torn at the rim is torn in all versions
            found = [(key, edge - torn_before) for key, edge in _torn(snapped, rim)]
            torn = {key: edge for key, edge in found if not edge.is_empty}
        if torn:
            keys = ", ".join(sorted(torn)[:_LISTED])
            xy = shapely.get_coordinates(torn[min(torn)])[0].tolist()
            raise RequestError(
                texts.version_torn(side=side(), keys=keys), place=Place(xy=(xy[0], xy[1]))
            )
        each.append(Version(snapped, lines, edges_by_key(lines)))
    base, mine, theirs = each
    heirs = _heirs(base.part, mine.part, number), _heirs(base.part, theirs.part, number)
    return Versions(vertices, changed, (base, mine, theirs), rim, heirs)


def _at_vertices(shapes: Geometries, xy: NDArray[np.float64]) -> Geometries:
    """Return the shapes with the coordinates of the numbered vertices."""
    if np.array_equal(shapely.get_coordinates(shapes), xy):
        return shapes
    moved: Geometries = shapely.set_coordinates(shapes.copy(), xy)
    return moved


def _torn(part: Coverage, around: Coverage | None = None) -> Iterator[tuple[Key, shapely.Geometry]]:
    """Yield the areas whose borders do not match each other's, and others', with the place."""
    is_valid = shapely.is_valid(part.shapes)
    if not is_valid.all():
        yield from ((part.keys[at], part.shapes[at]) for at in np.flatnonzero(~is_valid).tolist())
        return
    others = part.shapes[:0] if around is None else around.shapes
    edges = shapely.coverage_invalid_edges(np.concatenate([part.shapes, others]))
    for key, edge in zip(part.keys, edges[: len(part)], strict=True):
        if edge is not None and not edge.is_empty:
            yield key, edge


def _heirs(
    base: Coverage, side: Coverage, number: Mapping[Key, int]
) -> Mapping[int, frozenset[int]]:
    """Return for each key that a side ended the keys that have its ground there."""
    there = set(side.keys)
    ended = base.take(np.array([at for at, key in enumerate(base.keys) if key not in there], int))
    if not len(ended) or not len(side):
        return {}
    of, to = shapely.STRtree(side.shapes).query(ended.shapes, predicate="intersects")
    shared = shapely.area(shapely.intersection(ended.shapes[of], side.shapes[to]))
    heirs: dict[int, frozenset[int]] = {}
    for at in np.flatnonzero(shared > _SLIVER * shapely.area(ended.shapes[of])).tolist():
        key, heir = number[ended.keys[of[at]]], number[side.keys[to[at]]]
        heirs[key] = heirs.get(key, frozenset()) | {heir}
    return heirs


def find_outer(versions: Versions, grid: float) -> tuple[Mapping[int, int], tuple[Key, ...]]:
    """Return whose ground lies beside edges of the base at the rim of what is changed.

    The numbers of those keys go on after the changed ones'; the second value names all.
    """
    others, vertices = versions.rim, versions.vertices
    known = vertices.grid[:, 0] + 1j * vertices.grid[:, 1]
    rounded = np.rint(shapely.get_coordinates(others.shapes) / grid)
    places = rounded[:, 0] + 1j * rounded[:, 1]
    at = np.minimum(np.searchsorted(known, places), len(known) - 1)
    # What is not known gets numbers of its own, so that its edges are none of ours.
    numbers = np.where(known[at] == places, at, len(known) + np.arange(len(places)))
    first = len(versions.names)
    owner = np.arange(first, first + len(others))
    count = len(known) + len(places)
    lines, _ = read_lines(others.shapes, owner, numbers, count)
    one, other = lines.codes // count, lines.codes % count
    ours = (one < len(known)) & (other < len(known))
    codes = one[ours] * len(known) + other[ours]
    owners = lines.sides[ours].max(axis=1)
    outer = dict(zip(codes.tolist(), owners.tolist(), strict=True))
    return outer, (*versions.names, *others.keys)
