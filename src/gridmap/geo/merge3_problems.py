"""Where the changes of two sides do not go together: found on the joined linework."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely

from gridmap.base.messages import Text
from gridmap.geo import merge3_texts as texts
from gridmap.geo.merge3_changes import Changes
from gridmap.geo.merge3_faces import UNCLEAR, Faces, dangling, owners
from gridmap.geo.merge3_islands import islands
from gridmap.geo.merge3_lines import Ints, Refined, Vertices
from gridmap.geo.merge3_sides import Joint


@dataclass(frozen=True)
class Problem:
    """One place where the sides disagree: the spots there, and the groups that must give way.

    ``at`` are vertices, ``on`` an edge of the base, ``edges`` such whose ground is in doubt.
    ``spots`` and ``groups`` are of mine and of theirs; ``told_by`` says whose lines are named.
    """

    reason: Text
    at: frozenset[int]
    spots: tuple[frozenset[int], frozenset[int]]
    groups: tuple[frozenset[int], frozenset[int]]
    told_by: tuple[bool, bool] = (True, True)
    on: frozenset[int] = field(default_factory=frozenset)
    edges: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Disagreements:
    """Finds who is involved where something does not fit."""

    vertices: Vertices
    lines: Refined
    sides: tuple[Changes, Changes]

    @cached_property
    def _only_inserted(self) -> tuple[frozenset[int], frozenset[int]]:
        """Return the spots at which mine, and theirs only put vertices into straight lines."""
        mine, theirs = (
            frozenset(
                spot.number for spot in side.spots if inserted.issuperset(spot.dropped + spot.drawn)
            )
            for side, inserted in zip(self.sides, self.lines.inserted, strict=True)
        )
        return mine, theirs

    def problem(
        self,
        reason: Text,
        at: Collection[int],
        *,
        beside: Collection[tuple[int, int]] = (),
        keys: Collection[int] = (),
        on: Collection[int] = (),
    ) -> Problem:
        """Return a problem at vertices, on sides of edges whose ground changed hands, of keys.

        Of a version that did not draw the edges but passed the ground beside them on, that is
        involved; else the spots at the vertices; else what ended or began the keys.
        """
        spots, groups, drew = [], [], []
        for side, quiet in zip(self.sides, self._only_inserted, strict=True):
            here: set[int] = set()
            passed = {side.find_group_beside(*edge) for edge in beside} - {None}
            drew.append(side.drew([code for code, _ in beside]))
            if not passed or drew[-1]:
                here = side.spots_at(at) if on else side.spots_at(at) - quiet
            found = {side.group_of_spot(spot) for spot in here} or passed
            found = found or {side.find_group_of_key(key) for key in keys}
            spots.append(frozenset(here))
            groups.append(frozenset(group for group in found if group is not None))
        return Problem(
            reason,
            frozenset(at),
            (spots[0], spots[1]),
            (groups[0], groups[1]),
            (drew[0], drew[1]) if any(drew) else (True, True),
            frozenset(on),
            frozenset(code for code, _ in beside),
        )

    def of_lines(self, joint: Joint) -> Iterator[Problem]:
        """Yield where lines cross, or end on what the other side moved or took away."""
        for code in self.lines.moved_under:
            ends = [int(end[0]) for end in self.vertices.ends(np.array([code]))]
            yield self.problem(texts.ends_on_moved(), ends, on=[code])
        for vertex in dangling(self.vertices, joint).tolist():
            yield self.problem(texts.ends_on_moved(), [vertex])
        first, second = self.vertices.ends(joint.codes)
        for one, other in _crossings(self.vertices, joint):
            ends = [int(end[edge]) for end in (first, second) for edge in (one, other)]
            yield self.problem(texts.lines_cross(), ends)

    def of_islands(self) -> Iterator[Problem]:
        """Yield cells carved out of ground that the other side passed to another key."""
        for n, (side, other) in enumerate((self.sides, self.sides[::-1])):
            for spot, here in islands(self.vertices, side, other.side):
                ends = {end for code in spot.drawn for end in divmod(code, len(self.vertices))}
                beside = {key for code in spot.drawn for key in side.side.sides_at(code)}
                passed = [other.groups_that_passed(key, here) for key in beside & other.keys]
                groups = frozenset().union(*passed)
                if here not in beside and groups:
                    own = frozenset((side.group_of_spot(spot.number),))
                    spots = (frozenset((spot.number,)), frozenset[int]())
                    both = (own, groups)
                    yield Problem(
                        texts.ground_to_two(),
                        frozenset(ends),
                        spots[::-1] if n else spots,
                        both[::-1] if n else both,
                    )

    def of_faces(self, joint: Joint, faces: Faces) -> Iterator[Problem]:
        """Yield where it cannot be told whose the ground is, or lines lie within one key's."""
        first, second = self.vertices.ends(joint.codes)
        start = np.stack([first, second], 1).ravel()
        for place in faces.unclear:
            beside = [(int(joint.codes[edge // 2]), edge % 2) for edge in place]
            vertices = [int(start[edge]) for edge in place[1:]]
            yield self.problem(texts.ground_passed_on(), vertices, beside=beside)
        for edge, side in np.argwhere(joint.clashes).tolist():
            ends = [] if self._is_kept(joint, edge) else [int(first[edge]), int(second[edge])]
            place = (int(joint.codes[edge]), side)
            yield self.problem(texts.ground_to_two(), ends, beside=[place])
        keys = owners(faces)
        for edge in np.flatnonzero((keys[:, 0] == keys[:, 1]) & (keys[:, 0] != UNCLEAR)).tolist():
            labels = [key for label in joint.labels[edge].tolist() for key in joint.keys_of(label)]
            before = self._base_sides(int(first[edge]), int(second[edge]))
            yield self.problem(
                texts.taken_away(),
                [int(first[edge]), int(second[edge])],
                beside=[(int(joint.codes[edge]), side) for side in (0, 1)],
                keys=[*labels, *before],
            )

    def _is_kept(self, joint: Joint, edge: int) -> bool:
        return bool(self.sides[0].base.has(joint.codes[edge : edge + 1])[0])

    def _base_sides(self, *vertices: int) -> set[int]:
        """Return the keys beside what the spots at vertices dropped."""
        dropped = [
            code
            for side in self.sides
            for spot in side.spots_at(vertices)
            for code in side.spots[spot].dropped
        ]
        codes = np.array(dropped, np.int64)
        return set(self.sides[0].base.sides_of(codes, UNCLEAR).ravel().tolist())

    def of_key(self, reason: Text, key: int, edges: Ints) -> Problem:
        """Return a problem with a key's ground: all that changed round it is involved.

        Args:
            reason: what is wrong.
            key: its number.
            edges: directed, round its ground in any of the versions.
        """
        codes = np.where(edges < 0, ~edges, edges)
        ends = {int(end) for part in self.vertices.ends(codes) for end in part}
        beside = [(code, int(edge < 0)) for code, edge in zip(codes.tolist(), edges, strict=True)]
        return self.problem(reason, ends, beside=beside, keys=[key])


def _crossings(vertices: Vertices, joint: Joint) -> Iterator[tuple[int, int]]:
    """Yield pairs of edges, one drawn by each side, that meet elsewhere than at common ends."""
    mine, theirs = np.flatnonzero(joint.is_mine), np.flatnonzero(joint.is_theirs)
    if not len(mine) or not len(theirs):
        return
    ends = np.stack(vertices.ends(joint.codes), axis=1)
    lines = shapely.linestrings((vertices.grid - vertices.grid.min(axis=0))[ends].astype(float))
    one, other = shapely.STRtree(lines[theirs]).query(lines[mine], predicate="intersects")
    for edge, hit in zip(mine[one].tolist(), theirs[other].tolist(), strict=True):
        common = set(ends[edge].tolist()) & set(ends[hit].tolist())
        meets = shapely.intersection(lines[edge], lines[hit])
        if not common or meets.geom_type != "Point":
            yield edge, hit
