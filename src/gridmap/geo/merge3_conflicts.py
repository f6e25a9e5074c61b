"""What a person must decide after a merge: the arcs of the borders, and who has what there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations, product

import numpy as np
import shapely

from gridmap.base.messages import Text
from gridmap.geo import merge3_texts as texts
from gridmap.geo.coverage import Coverage, Key
from gridmap.geo.features import as_objects
from gridmap.geo.merge3_changes import Changes, Spot
from gridmap.geo.merge3_lines import OUTSIDE, Lines, Refined
from gridmap.geo.merge3_problems import Problem
from gridmap.geo.merge3_versions import Versions


@dataclass(frozen=True)
class Conflict:
    """One arc that needs a person.

    ``line`` is the stretch of the base's border, or a line that one side drew where no border
    was. ``keys`` are all that are beside it in one of the versions; ``base_keys``, ``mine_keys``
    and ``theirs_keys`` those of each. ``mine`` and ``theirs`` are the lines that the sides drew
    there; the merge does not have them.
    """

    line: shapely.LineString | shapely.MultiLineString
    keys: tuple[Key, ...]
    base_keys: tuple[Key, ...]
    mine_keys: tuple[Key, ...]
    theirs_keys: tuple[Key, ...]
    reason: Text
    mine: shapely.MultiLineString
    theirs: shapely.MultiLineString


@dataclass(frozen=True)
class _Border:
    """A border that a side changed: an arc of the base, or the edges that it drew as a new one.

    ``edges`` are what it dropped of the arc, or drew; ``ends`` the vertices where it was at work.
    """

    arc: tuple[int, ...]
    edges: frozenset[int]
    ends: frozenset[int]


@dataclass
class _Named:
    """An arc to be named: the first problem there, and which of its edges are concerned."""

    problem: Problem
    edges: set[int]


@dataclass(frozen=True)
class Namer:
    """Turns problems into conflicts.

    ``outer`` tells whose ground lies beside edges of the base at the rim of what is changed, by
    numbers that ``names`` has as well.
    """

    versions: Versions
    lines: Refined
    sides: tuple[Changes, Changes]
    outer: Mapping[int, int]
    names: Sequence[Key]
    grid: float

    def conflicts(self, problems: Sequence[Problem]) -> list[Conflict]:
        """Return the conflicts that lie behind problems, one for each arc.

        Borders that both sides changed say it all of the spots that changed them. Else what
        each side changed is named, where the two meet.
        """
        found: dict[tuple[int, ...], _Named] = {}
        said: tuple[set[int], set[int]] = (set(), set())
        for find in (self._changed_by_both, self._changed_by_one):
            before = [set(spots) for spots in said]
            for problem in problems:
                if any(spots & one for spots, one in zip(problem.spots, before, strict=True)):
                    continue
                for arc, edges in find(problem):
                    found.setdefault(arc, _Named(problem, set())).edges.update(edges)
                    for spots, one in zip(problem.spots, said, strict=True):
                        one |= spots
        if not found:  # never seen; then all that anybody changed is in doubt
            for side in (0, 1):
                for border in (
                    b for spot in self.sides[side].spots for b in self._borders(spot, side)
                ):
                    found.setdefault(border.arc, _Named(problems[0], set(border.edges)))
        return [
            self._conflict(one.problem, _stretch(arc, one.edges, self._is_closed(arc)))
            for arc, one in found.items()
        ]

    def _is_closed(self, arc: Sequence[int]) -> bool:
        return len(arc) > 2 and len(self._ends(arc)) == len(arc)

    def _changed_by_both(self, problem: Problem) -> Iterator[tuple[tuple[int, ...], set[int]]]:
        for edge in problem.on:
            arc = self._arc(edge)
            yield arc, {edge, *self._dropped(problem, 0), *self._dropped(problem, 1)}
        if problem.on:
            return
        mine, theirs = (
            {self._arc(edge) for edge in self._dropped(problem, side)} for side in (0, 1)
        )
        for arc in sorted(mine & theirs):
            yield arc, self._dropped(problem, 0) | self._dropped(problem, 1)

    def _changed_by_one(
        self, problem: Problem
    ) -> Iterator[tuple[tuple[int, ...], Collection[int]]]:
        for spots, told_by in product(
            (self._spots, self._spots_of_groups), (problem.told_by, (True, True))
        ):
            borders = [
                border
                for side in (0, 1)
                if told_by[side]
                for spot in spots(problem, side)
                for border in self._borders(spot, side)
            ]
            if borders:
                meeting = [border for border in borders if border.ends & problem.at]
                yield from ((border.arc, border.edges) for border in meeting or borders)
                return
        # Nobody drew or dropped a line: a cell was only given two names.
        known = self.sides[0].base.has(np.array(sorted(problem.edges), np.int64))
        for edge, is_known in zip(sorted(problem.edges), known.tolist(), strict=True):
            if is_known:
                yield self._arc(edge), (edge,)

    def _borders(self, spot: Spot, side: int) -> Iterator[_Border]:
        """Yield the borders that a spot changed, and the new ones that it drew."""
        drawn: defaultdict[frozenset[int], set[int]] = defaultdict(set)
        for code in spot.drawn:
            if code not in self.lines.inserted[side]:
                drawn[self._sides_in(self.sides[side].side, code)].add(code)
        dropped = set(spot.dropped) - self.lines.inserted[side]
        for arc in sorted({self._arc(edge) for edge in dropped}):
            gone = dropped.intersection(arc)
            pairs = [pair for pair in drawn if self._is_successor(pair, arc[0], side)]
            instead = set().union(*(drawn.pop(pair) for pair in pairs))
            yield _Border(arc, frozenset(gone), frozenset(self._ends(gone | instead)))
        for edges in drawn.values():
            yield _Border(tuple(sorted(edges)), frozenset(edges), frozenset(self._ends(edges)))

    def _is_successor(self, pair: frozenset[int], edge: int, side: int) -> bool:
        """Return whether a line between a pair of keys stands for a border of the base."""
        heirs = self.versions.heirs[side]
        before = self._sides_in(self.sides[side].base, edge)
        allowed = [{key} | heirs.get(key, frozenset()) for key in before]
        return len(pair) == len(before) == 2 and any(
            one in allowed[0] and other in allowed[1] for one, other in permutations(pair)
        )

    def _spots(self, problem: Problem, side: int) -> list[Spot]:
        return [self.sides[side].spots[number] for number in sorted(problem.spots[side])]

    def _spots_of_groups(self, problem: Problem, side: int) -> list[Spot]:
        changes = self.sides[side]
        return [spot for group in problem.groups[side] for spot in changes.spots_of(group)]

    def _dropped(self, problem: Problem, side: int) -> set[int]:
        """Return what a side dropped, without straight lines that only got vertices."""
        spots = self._spots(problem, side)
        return {edge for spot in spots for edge in spot.dropped} - self.lines.inserted[side]

    def _ends(self, codes: Iterable[int]) -> set[int]:
        return {end for code in codes for end in divmod(code, len(self.versions.vertices))}

    @cached_property
    def _edges_at(self) -> Mapping[int, Sequence[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for code in self.sides[0].base.codes.tolist():
            for end in divmod(code, len(self.versions.vertices)):
                found[end].append(code)
        return found

    def _arc(self, edge: int) -> tuple[int, ...]:
        """Return the base's border of an edge from junction to junction, edge by edge."""
        if edge not in self._arcs:
            arc = self._walk(edge)
            self._arcs.update(dict.fromkeys(arc, arc))
        return self._arcs[edge]

    @cached_property
    def _arcs(self) -> dict[int, tuple[int, ...]]:
        return {}

    def _walk(self, edge: int) -> tuple[int, ...]:
        beside = self._beside(edge)
        arc = [edge]
        for at in divmod(edge, len(self.versions.vertices)):
            last = edge
            while True:
                on = [code for code in self._edges_at[at] if code != last]
                if len(on) != 1 or on[0] == edge or self._beside(on[0]) != beside:
                    break
                last = on[0]
                at = sum(divmod(last, len(self.versions.vertices))) - at
                arc.append(last)
            if on == [edge]:  # it has come round
                break
            arc.reverse()
        return tuple(arc)

    def _beside(self, edge: int) -> frozenset[int]:
        """Return the keys' numbers on both sides of an edge of the base."""
        sides = self._sides_in(self.sides[0].base, edge)
        return frozenset(self.outer.get(edge, key) if key == OUTSIDE else key for key in sides)

    def _sides_in(self, lines: Lines, edge: int) -> frozenset[int]:
        return frozenset(lines.sides_at(edge))

    def _conflict(self, problem: Problem, arc: Sequence[int]) -> Conflict:
        line = self.versions.vertices.line(arc)
        base = self._keys(0, arc, (), line, ())
        spots = [self._spots(problem, side) for side in (0, 1)]
        drawn = [[code for spot in one for code in spot.drawn] for one in spots]
        mine, theirs = (self._keys(n + 1, arc, drawn[n], line, base) for n in (0, 1))
        reason = problem.reason
        if not problem.on and all(self._dropped(problem, side) & set(arc) for side in (0, 1)):
            is_moved = len(mine) > 1 and len(theirs) > 1
            reason = texts.both_changed() if is_moved else texts.taken_away()
        keys = tuple(sorted({*base, *mine, *theirs}))
        held = [self._held(problem, side) for side in (0, 1)]
        return Conflict(line, keys, base, mine, theirs, reason, *held)

    def _held(self, problem: Problem, side: int) -> shapely.MultiLineString:
        """Return what a side drew of all that is taken back."""
        codes = [code for spot in self._spots_of_groups(problem, side) for code in spot.drawn]
        if not codes:
            return shapely.MultiLineString()
        return shapely.multilinestrings(shapely.get_parts(self.versions.vertices.line(codes)))

    def _keys(
        self,
        version: int,
        arc: Sequence[int],
        drawn: Sequence[int],
        line: shapely.Geometry,
        base: Collection[Key],
    ) -> tuple[Key, ...]:
        """Return the keys beside an arc in a version, or beside what it drew instead."""
        lines = self.versions.each[version].lines
        is_there = bool(lines.has(np.array(arc, np.int64)).all())
        instead = list(arc) if is_there else list(drawn)
        pairs = Counter(self._named(lines, edge) for edge in instead)
        related = {pair: count for pair, count in pairs.items() if set(pair) & set(base)} or pairs
        if not related:
            return _keys_at(self.versions.each[version].part, line, self.grid)
        return max(sorted(related), key=lambda pair: (-len(set(pair) ^ set(base)), related[pair]))

    def _named(self, lines: Lines, edge: int) -> tuple[Key, ...]:
        sides = self._sides_in(lines, edge)
        numbers = {self.outer.get(edge, key) if key == OUTSIDE else key for key in sides}
        return tuple(sorted(self.names[number] for number in numbers if number != OUTSIDE))


def _stretch(arc: Sequence[int], chosen: Collection[int], is_closed: bool) -> list[int]:
    """Return the stretch of an arc from the first to the last chosen edge, all if none is.

    Of a closed one that is all but the longest way without a chosen edge.
    """
    at = [place for place, edge in enumerate(arc) if edge in chosen]
    if not at:
        return list(arc)
    if is_closed:
        ways = [
            (after - place) % len(arc) or len(arc)
            for place, after in zip(at, [*at[1:], at[0]], strict=True)
        ]
        first = max(range(len(at)), key=lambda n: (ways[n - 1], -arc[at[n]]))
        arc = [*arc[at[first] :], *arc[: at[first]]]
        at = [place for place, edge in enumerate(arc) if edge in chosen]
    return list(arc[at[0] : at[-1] + 1])


def _keys_at(part: Coverage, line: shapely.Geometry, grid: float) -> tuple[Key, ...]:
    """Return the keys of the areas at the middle of a line."""
    longest = max(shapely.get_parts(line), key=shapely.length)
    middle = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    found = shapely.STRtree(part.shapes).query(
        as_objects([middle]), predicate="dwithin", distance=grid
    )
    return tuple(sorted(part.keys[at] for at in np.unique(found[1]).tolist()))
