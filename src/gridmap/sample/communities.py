"""Which superblocks make up a community: neighbours, of about equally many cells."""

import numpy as np

from gridmap.sample.arrays import Ints


def group_blocks(place: Ints, cells: Ints, count: int) -> Ints:
    """Return the community (0 to count - 1) of each superblock.

    ``place`` (s, 2) are columns and rows, ``cells`` (s,) the weights. Sets are halved along
    their longer side until there are ``count``; what is cut off goes to a neighbour.
    """
    group = np.zeros(len(place), np.int64)
    open_sets = [(np.arange(len(place)), count)]
    number = 0
    while open_sets:
        members, parts = open_sets.pop()
        if parts == 1:
            group[members] = number
            number += 1
            continue
        order = _along(place[members])
        members = members[order]
        first = parts // 2
        total = np.cumsum(cells[members])
        cut = int(np.searchsorted(total, total[-1] * first / parts)) + 1
        cut = min(max(cut, first), len(members) - (parts - first))
        open_sets += [(members[:cut], first), (members[cut:], parts - first)]
    return _in_one_piece(place, group)


def _along(place: Ints) -> Ints:
    """Return the order along the longer side, to and fro so that a cut stays connected."""
    extent = np.ptp(place, axis=0)
    major = int(extent[1] > extent[0])
    minor = place[:, 1 - major]
    return np.lexsort((minor, place[:, major]))


def _in_one_piece(place: Ints, group: Ints) -> Ints:
    """Give each superblock that is cut off from the rest of its group to a neighbour's group."""
    group = group.copy()
    position = {(int(x), int(y)): n for n, (x, y) in enumerate(place)}
    for _ in range(len(place)):
        strays = _strays(position, group)
        if not strays:
            break
        for block, other in strays:
            group[block] = other
    return group


def _strays(position: dict[tuple[int, int], int], group: Ints) -> list[tuple[int, int]]:
    """Return (superblock, better group) of those that are not in the main part of theirs."""
    parts: dict[int, list[list[int]]] = {}
    seen: set[int] = set()
    near = {block: _neighbours(position, xy) for xy, block in position.items()}
    for block in near:
        if block in seen:
            continue
        part, todo = [], [block]
        seen.add(block)
        while todo:
            here = todo.pop()
            part.append(here)
            fresh = [n for n in near[here] if n not in seen and group[n] == group[block]]
            seen.update(fresh)
            todo += fresh
        parts.setdefault(int(group[block]), []).append(part)
    strays = []
    for number, pieces in parts.items():
        pieces.sort(key=len, reverse=True)
        for part in pieces[1:]:
            for block in part:
                others = [int(group[n]) for n in near[block] if group[n] != number]
                if others:
                    strays.append((block, others[0]))
                    break
    return strays


def _neighbours(position: dict[tuple[int, int], int], xy: tuple[int, int]) -> list[int]:
    x, y = xy
    around = ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1))
    return [position[other] for other in around if other in position]
