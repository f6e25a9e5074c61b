"""Three-way merge of borders: what two sides did to a coverage, put together as linework.

The base's edges without those that either side dropped and with those that either drew make the
faces of the merge, and each edge says whose ground is on its sides. Where that gives every key its
ground, all that both sides did is there. Where it does not, the changes that meet there are taken
back on both sides, and the arcs are named for a person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.base.messages import Text
from gridmap.geo import merge3_texts as texts
from gridmap.geo.coverage import GRID_M, Coverage, Key
from gridmap.geo.features import as_objects
from gridmap.geo.merge3_changes import Changes
from gridmap.geo.merge3_conflicts import Conflict, Namer
from gridmap.geo.merge3_faces import Faces, areas, edges_by_key, owners, trace
from gridmap.geo.merge3_islands import settled
from gridmap.geo.merge3_lines import Ints, Lines, Refined, refine
from gridmap.geo.merge3_problems import Disagreements, Problem
from gridmap.geo.merge3_sides import Heirs, Joint, heirs_of, join_lines
from gridmap.geo.merge3_versions import (
    Versions,
    changed_keys,
    find_outer,
    read_versions,
)

__all__ = ["Conflict", "Merged", "merge3"]

_ROUNDS = 20
"""In each round some change is taken back; in tests three rounds were enough."""
_Reasons = dict[int, Callable[[str], Text]]


@dataclass(frozen=True)
class Merged:
    """The merge, and the arcs that need a person.

    With conflicts, ``coverage`` keeps the base where they are, and is None where that does not fit
    together either.
    """

    coverage: Coverage | None
    conflicts: tuple[Conflict, ...] = ()


def merge3(base: Coverage, mine: Coverage, theirs: Coverage, *, grid: float = GRID_M) -> Merged:
    """Put together what mine and theirs did to the base.

    Areas that no side changed keep their bytes. Vertices are the same where they are on the same
    place of the grid; in the result they are as the base has them, else as mine has them.

    Args:
        base: what both sides began with.
        mine: what one side made of it.
        theirs: what the other side made of it.
        grid: what tells two places apart, in the units of the coordinates.

    Raises:
        RequestError: a key stands twice, or the borders of changed areas do not match.
    """
    coverages = (base, mine, theirs)
    changed = changed_keys(coverages, grid)
    if not changed:
        return Merged(base)
    versions = read_versions(coverages, changed, grid)
    lines = [version.lines for version in versions.each]
    conflicts: list[Conflict] = []
    outer: tuple[Mapping[int, int], tuple[Key, ...]] | None = None
    for _ in range(_ROUNDS):
        sides = (
            Changes(versions.vertices, lines[0], lines[1]),
            Changes(versions.vertices, lines[0], lines[2]),
        )
        attempt = _Attempt(versions, sides)
        if attempt.succeeds():
            return Merged(_whole(base, versions, attempt.shapes), tuple(conflicts))
        if outer is None:
            outer = find_outer(versions, grid)
        namer = Namer(versions, attempt.lines, sides, *outer, grid)
        conflicts += [
            new
            for new in namer.conflicts(attempt.problems)
            if not any(shapely.covers(known.line, new.line) for known in conflicts)
        ]
        back = [{group for one in attempt.problems for group in one.groups[n]} for n in (0, 1)]
        if not any(back):
            break
        lines = [lines[0], *(side.without(some) for side, some in zip(sides, back, strict=True))]
    return Merged(None, tuple(conflicts))


def _whole(base: Coverage, versions: Versions, shapes: Mapping[Key, shapely.Geometry]) -> Coverage:
    """Return the base with other shapes for the changed keys, new ones at the end."""
    changed = set(versions.names)
    table = dict(zip(base.keys, base.shapes, strict=True)) | dict(shapes)
    kept = [key for key in base.keys if key not in changed or key in shapes]
    there = set(kept)
    keys = (*kept, *sorted(key for key in shapes if key not in there))
    return Coverage(keys, as_objects([table[key] for key in keys]))


class _Attempt:
    """One try to put the sides' lines together: ``shapes`` of the changed keys, or ``problems``."""

    def __init__(self, versions: Versions, sides: tuple[Changes, Changes]) -> None:
        self._versions = versions
        base, mine, theirs = versions.each[0].lines, sides[0].side, sides[1].side
        self._raw = (base, mine, theirs)
        self._heirs = Heirs(
            heirs_of(mine, base, versions.heirs[0]), heirs_of(theirs, base, versions.heirs[1])
        )
        self.lines: Refined = refine(
            versions.vertices,
            base,
            settled(versions.vertices, sides[0], theirs, self._heirs.theirs),
            settled(versions.vertices, sides[1], mine, self._heirs.mine),
        )
        self._disagreements = Disagreements(versions.vertices, self.lines, sides)
        self.shapes: dict[Key, shapely.Geometry] = {}
        self.problems: list[Problem] = []

    def succeeds(self) -> bool:
        """Try, and return whether it went well."""
        joint = join_lines(self.lines, self._heirs)
        faces = trace(self._versions.vertices, joint)
        self.problems += self._disagreements.of_lines(joint)
        self.problems += self._disagreements.of_islands()
        self.problems += self._disagreements.of_faces(joint, faces)
        if not self.problems:
            wrong = self._fill(joint, faces) or self._torn()
            self.problems += [self._of_key(*one) for one in sorted(wrong.items())]
        return not self.problems

    def _fill(self, joint: Joint, faces: Faces) -> _Reasons:
        """Give each key its shape; return the keys for which that cannot be."""
        edges = edges_by_key(Lines(joint.codes, owners(faces)))
        before, mine, theirs = (set(edges_by_key(side)) for side in self._raw)
        wanted = (mine & theirs) | ((mine | theirs) - before)
        wrong: _Reasons = dict.fromkeys(wanted - set(edges), texts.nothing_left)
        wrong |= dict.fromkeys(set(edges) - wanted, texts.ended_and_changed)
        if wrong:
            return wrong
        new = [key for key in wanted if not self._take_over(key, edges[key])]
        made = areas(self._versions.vertices, joint, faces, new)
        wrong |= dict.fromkeys(made.broken, texts.torn_together)
        for key, parts in made.parts.items():
            if len(parts) > self._most_parts(key):
                wrong[key] = texts.in_parts
            name = self._versions.names[key]
            self.shapes[name] = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
        return wrong

    def _take_over(self, key: int, edges: Ints) -> bool:
        """Take the bytes of a version that has the same edges; return whether one has."""
        name = self._versions.names[key]
        same = [
            version
            for version in self._versions.each
            if key in version.edges and np.array_equal(version.edges[key], edges)
        ]
        if not same:
            return False
        shapes = [version.part.shape(name) for version in same]
        has_base = same[0] is self._versions.each[0]
        self.shapes[name] = shapes[0] if has_base else min(shapes, key=shapely.to_wkb)
        return True

    def _most_parts(self, key: int) -> int:
        """Return how many parts the key has in the version where it has most."""
        name = self._versions.names[key]
        parts = [version.part for version in self._versions.each if key in version.edges]
        return max(int(shapely.get_num_geometries(part.shape(name))) for part in parts)

    def _torn(self) -> _Reasons:
        """Return the keys whose borders would not match."""
        number = {name: at for at, name in enumerate(self._versions.names)}
        edges = shapely.coverage_invalid_edges(as_objects([*self.shapes.values()]))
        is_torn = ~(shapely.is_missing(edges) | shapely.is_empty(edges))
        return {
            number[name]: texts.torn_together
            for name, torn in zip(self.shapes, is_torn, strict=True)
            if torn
        }

    def _of_key(self, key: int, reason: Callable[[str], Text]) -> Problem:
        edges = [version.edges[key] for version in self._versions.each if key in version.edges]
        return self._disagreements.of_key(
            reason(self._versions.names[key]), key, np.concatenate(edges)
        )
