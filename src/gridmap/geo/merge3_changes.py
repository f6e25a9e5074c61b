"""What one side changed of the base's linework, in pieces that can be taken back one by one.

A *spot* is what hangs together of the edges that a side dropped and drew. Spots that only make
sense together (both ends of a hand-over, all lines of a cell that was cut) make a *group*.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gridmap.geo.merge3_lines import OUTSIDE, Ints, Lines, Vertices


@dataclass(frozen=True)
class Spot:
    """Edges that a side dropped and drew, which hang together by their vertices."""

    number: int
    dropped: tuple[int, ...]
    drawn: tuple[int, ...]


@dataclass(frozen=True)
class _Passed:
    """Ground on one side of an edge that both versions have, which passed to another key."""

    code: int
    side: int
    before: int
    after: int


class Changes:
    """What a side changed: ``spots``, which spot a vertex is in, and which groups things are in.

    ``keys`` are those that the side has.
    """

    def __init__(self, vertices: Vertices, base: Lines, side: Lines) -> None:
        self.base, self.side = base, side
        self.keys = frozenset(_keys(side))
        dropped = base.codes[~side.has(base.codes)]
        drawn = side.codes[~base.has(side.codes)]
        self.spots, self.spot_at = _spots(vertices, dropped, drawn)
        self._passed = _passed(base, side)
        self._groups = _Groups(len(self.spots) + len(self._passed))
        self._by_edge: dict[tuple[int, int], int] = {}
        self._by_key: defaultdict[int, list[int]] = defaultdict(list)
        self._join(vertices)

    def _join(self, vertices: Vertices) -> None:
        """Put into one group what cannot be taken back alone.

        That is all that has to do with a key that ended or began, and all along the ground that
        passed from one key to another one.
        """
        unstable = set(_keys(self.base)) ^ self.keys
        beside = [self._keys_beside(spot) for spot in self.spots]
        for spot, keys in zip(self.spots, beside, strict=True):
            for key in unstable & keys:
                self._by_key[key].append(spot.number)
        along: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
        # A loop over the edges of cells that got another key: some ten microseconds each.
        for number, one in enumerate(self._passed, start=len(self.spots)):
            self._by_edge[one.code, one.side] = number
            for key in unstable.intersection((one.before, one.after)):
                self._by_key[key].append(number)
            for vertex in divmod(one.code, len(vertices)):
                along[vertex, one.before, one.after].append(number)
                near = self.spot_at.get(vertex)
                if near is not None and one.after in beside[near]:
                    along[vertex, one.before, one.after].append(near)
        for members in (*self._by_key.values(), *along.values()):
            self._groups.join(members)

    def _keys_beside(self, spot: Spot) -> set[int]:
        dropped = self.base.sides_of(np.array(spot.dropped, np.int64), OUTSIDE)
        drawn = self.side.sides_of(np.array(spot.drawn, np.int64), OUTSIDE)
        return {*dropped.ravel().tolist(), *drawn.ravel().tolist()}

    def group_of_spot(self, spot: int) -> int:
        """Return the group of a spot."""
        return self._groups.find(spot)

    def find_group_of_key(self, key: int) -> int | None:
        """Return the group that ended or began a key, None where none did."""
        members = self._by_key.get(key)
        return self._groups.find(members[0]) if members else None

    def find_group_beside(self, code: int, side: int) -> int | None:
        """Return the group that passed the ground on a side of an edge to another key."""
        number = self._by_edge.get((code, side))
        return None if number is None else self._groups.find(number)

    def groups_that_passed(self, before: int, after: int) -> set[int]:
        """Return the groups that passed ground of one key to another one."""
        found = [
            number
            for number, one in enumerate(self._passed, start=len(self.spots))
            if (one.before, one.after) == (before, after)
        ]
        found += [spot.number for spot in self.spots if {before, after} <= self._keys_beside(spot)]
        return {self._groups.find(number) for number in found}

    def drew(self, codes: Sequence[int]) -> bool:
        """Return whether the side drew one of some edges."""
        edges = np.array(codes, np.int64)
        return bool((self.side.has(edges) & ~self.base.has(edges)).any())

    def spots_at(self, vertices: Iterable[int]) -> set[int]:
        """Return the spots that have one of the vertices."""
        return {self.spot_at[vertex] for vertex in vertices if vertex in self.spot_at}

    def spots_of(self, group: int) -> Iterator[Spot]:
        """Yield the spots of a group."""
        yield from (spot for spot in self.spots if self._groups.find(spot.number) == group)

    def without(self, groups: set[int]) -> Lines:
        """Return the side's edges with some groups of changes taken back."""
        spots = [spot for spot in self.spots if self._groups.find(spot.number) in groups]
        drawn = [code for spot in spots for code in spot.drawn]
        dropped = [code for spot in spots for code in spot.dropped]
        sides = self.base.sides_of(np.array(dropped, np.int64), OUTSIDE).tolist()
        new = {code: (left, right) for code, (left, right) in zip(dropped, sides, strict=True)}
        for number, one in enumerate(self._passed, start=len(self.spots)):
            if self._groups.find(number) in groups:
                left, right = new.get(one.code) or self.side.sides_at(one.code)
                new[one.code] = (left, one.before) if one.side else (one.before, right)
        return self.side.exchanged(drawn, new)


def _passed(base: Lines, side: Lines) -> list[_Passed]:
    both = base.codes[side.has(base.codes)]
    before, after = base.sides_of(both, OUTSIDE), side.sides_of(both, OUTSIDE)
    return [
        _Passed(int(both[at]), at_side, int(before[at, at_side]), int(after[at, at_side]))
        for at, at_side in np.argwhere(before != after).tolist()
    ]


def _keys(lines: Lines) -> Iterator[int]:
    yield from (key for key in np.unique(lines.sides).tolist() if key != OUTSIDE)


def _spots(
    vertices: Vertices, dropped: Ints, drawn: Ints
) -> tuple[tuple[Spot, ...], dict[int, int]]:
    """Return what hangs together, and for each vertex its spot's number."""
    codes = np.concatenate([dropped, drawn])
    if not len(codes):
        return (), {}
    first, second = vertices.ends(codes)
    used, place = np.unique(np.concatenate([first, second]), return_inverse=True)
    one, other = np.split(place.ravel(), 2)
    lowest = np.arange(len(used))
    while True:  # each round hands the lowest number on, and then jumps: few rounds
        before = lowest.copy()
        together = np.minimum(lowest[one], lowest[other])
        np.minimum.at(lowest, one, together)
        np.minimum.at(lowest, other, together)
        lowest = lowest[lowest]
        if np.array_equal(before, lowest):
            break
    _, number = np.unique(lowest, return_inverse=True)
    number = number.ravel()
    of_edge = number[one]
    order = np.argsort(of_edge, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(of_edge[order])) + 1)
    spots = tuple(
        Spot(
            at,
            tuple(codes[part[part < len(dropped)]].tolist()),
            tuple(codes[part[part >= len(dropped)]].tolist()),
        )
        for at, part in enumerate(parts)
    )
    return spots, dict(zip(used.tolist(), number.tolist(), strict=True))


class _Groups:
    """Sets of numbers that grow together (union-find)."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def find(self, member: int) -> int:
        while self._above[member] != member:
            self._above[member] = self._above[self._above[member]]
            member = self._above[member]
        return member

    def join(self, members: Iterable[int]) -> None:
        first, *others = (self.find(member) for member in members)
        for other in others:
            self._above[self.find(other)] = self.find(first)
