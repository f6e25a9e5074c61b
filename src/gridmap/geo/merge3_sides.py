"""The linework of both sides together, and to whom the ground beside each edge may belong."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gridmap.geo.merge3_lines import Ints, Lines, Mask, Refined

ABSENT = -2
"""The version does not have the edge."""


@dataclass(frozen=True)
class Heirs:
    """For each key that a side ended, the keys that have its ground there."""

    mine: Mapping[int, frozenset[int]]
    theirs: Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class Joint:
    """The edges that the merge has, and what each version says of them.

    ``labels`` (n, 2) are the keys on both sides, negative numbers below ``CHOICE`` where several
    may be: ``choices`` lists them. ``clashes`` (n, 2) is true where the sides gave the same ground
    to different keys. ``is_mine`` and ``is_theirs`` (n,) are true for edges that the one side
    drew and the other has not.
    """

    codes: Ints
    labels: Ints
    clashes: Mask
    is_mine: Mask
    is_theirs: Mask
    choices: tuple[frozenset[int], ...]

    def keys_of(self, label: int) -> frozenset[int]:
        """Return the keys that a label allows."""
        return frozenset((label,)) if label > CHOICE else self.choices[CHOICE - label]


CHOICE = -10
"""A label of this or less stands for several keys, of which one is to be found."""


def join_lines(lines: Refined, heirs: Heirs) -> Joint:
    """Return the base's edges without those that a side dropped, and with those that one drew."""
    base, mine, theirs = lines.base, lines.mine, lines.theirs
    every = np.unique(np.concatenate([base.codes, mine.codes, theirs.codes]))
    in_base, in_mine, in_theirs = base.has(every), mine.has(every), theirs.has(every)
    kept = np.where(in_base, in_mine & in_theirs, in_mine | in_theirs)
    codes = every[kept]
    chooser = _Chooser(heirs)
    was, our, other = (side.sides_of(codes, ABSENT) for side in (base, mine, theirs))
    labels, clashes = chooser.labels(was.ravel(), our.ravel(), other.ravel())
    return Joint(
        codes,
        labels.reshape(-1, 2),
        clashes.reshape(-1, 2),
        (in_mine & ~in_theirs)[kept],
        (in_theirs & ~in_mine)[kept],
        tuple(chooser.choices),
    )


class _Chooser:
    """Says for each triple of keys (base, mine, theirs) whose the ground is."""

    def __init__(self, heirs: Heirs) -> None:
        self._heirs = heirs
        self.choices: dict[frozenset[int], int] = {}

    def labels(self, was: Ints, mine: Ints, theirs: Ints) -> tuple[Ints, Mask]:
        """Return the label of each triple, and whether it is a clash."""
        triples, at = np.unique(np.stack([was, mine, theirs], axis=1), axis=0, return_inverse=True)
        # A loop over different triples: a few for each changed cell.
        found = [self._label(*triple) for triple in triples.tolist()]
        labels = np.array([label for label, _ in found], np.int64)
        clashes = np.array([is_clash for _, is_clash in found], bool)
        return labels[at.ravel()], clashes[at.ravel()]

    def _label(self, was: int, mine: int, theirs: int) -> tuple[int, bool]:
        ours, others = self._heirs.mine, self._heirs.theirs
        if mine == theirs:
            return mine, False
        if theirs in (ABSENT, was):
            return self._inherited(mine, others), False
        if mine in (ABSENT, was):
            return self._inherited(theirs, ours), False
        if was == ABSENT:  # both drew it; one may have gone on with the key of the other
            if theirs in others.get(mine, ()):
                return theirs, False
            if mine in ours.get(theirs, ()):
                return mine, False
            return self._one_of(frozenset((mine, theirs))), True
        if bool(ours.get(was)) == bool(others.get(was)):
            return self._one_of(frozenset((mine, theirs))), True
        # One side passed the ground on, on the other side its cell has ended and has heirs.
        if others.get(was):
            return self._inherited(mine, others), False
        return self._inherited(theirs, ours), False

    def _inherited(self, key: int, heirs: Mapping[int, frozenset[int]]) -> int:
        return self._one_of(heirs.get(key) or frozenset((key,)))

    def _one_of(self, keys: frozenset[int]) -> int:
        if len(keys) == 1:
            return next(iter(keys))
        return CHOICE - self.choices.setdefault(keys, len(self.choices))


def heirs_of(
    side: Lines, base: Lines, given: Mapping[int, frozenset[int]]
) -> Mapping[int, frozenset[int]]:
    """Return the heirs of the keys that a side has ended, as far as it still has these."""
    there = frozenset(np.unique(side.sides).tolist())
    before = frozenset(np.unique(base.sides).tolist())
    return {key: given.get(key, frozenset()) & there for key in before - there}
