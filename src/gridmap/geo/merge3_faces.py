"""The faces of joined linework: rings, the key of each, and the areas that they make."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.merge3_lines import OUTSIDE, Ints, Lines, Vertices
from gridmap.geo.merge3_sides import CHOICE, Joint

UNCLEAR = OUTSIDE - 2


@dataclass(frozen=True)
class Faces:
    """Rings of directed edges (edge n forth is 2n, back 2n + 1), each with ground on its left.

    ``order`` has the directed edges ring after ring, ``starts`` says where each ring begins,
    ``key`` (of a ring) is whose ground it is, ``UNCLEAR`` where that cannot be told. ``unclear``
    lists the places why: the directed edges between which the ring's key changes.
    """

    order: Ints
    starts: Ints
    key: Ints
    unclear: tuple[tuple[int, ...], ...]


def dangling(vertices: Vertices, joint: Joint) -> Ints:
    """Return the vertices at which a line ends that goes nowhere."""
    number, count = np.unique(np.concatenate(vertices.ends(joint.codes)), return_counts=True)
    ends: Ints = number[count == 1]
    return ends


def trace(vertices: Vertices, joint: Joint) -> Faces:
    """Walk round each face, and find whose it is."""
    first, second = vertices.ends(joint.codes)
    start, end = np.stack([first, second], 1).ravel(), np.stack([second, first], 1).ravel()
    behind = _following(vertices, start, end)
    order, starts = _rings(behind)
    labels = joint.labels.ravel()[order]
    low = np.minimum.reduceat(labels, starts) if len(starts) else labels
    high = np.maximum.reduceat(labels, starts) if len(starts) else labels
    key = np.where(low == high, low, UNCLEAR)
    unclear: list[tuple[int, ...]] = []
    bounds = [*starts.tolist(), len(order)]
    for ring in np.flatnonzero((low != high) | (low <= CHOICE)).tolist():
        edges = order[bounds[ring] : bounds[ring + 1]]
        keys, breaks = _agreed(joint, edges.tolist())
        unclear += breaks
        key[ring] = next(iter(keys)) if len(keys) == 1 and not breaks else UNCLEAR
        if not breaks and len(keys) > 1:
            unclear.append(tuple(edges.tolist()))
    return Faces(order, starts, key, tuple(unclear))


def _following(vertices: Vertices, start: Ints, end: Ints) -> Ints:
    """Return for each directed edge the one that follows it round the face on its left."""
    way = (vertices.grid[end] - vertices.grid[start]).astype(np.float64)
    order = np.lexsort((np.arctan2(way[:, 1], way[:, 0]), start))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    is_first = np.ones(len(order), bool)
    is_first[1:] = start[order][1:] != start[order][:-1]
    group = np.cumsum(is_first) - 1
    firsts = np.flatnonzero(is_first)
    lasts = np.append(firsts[1:], len(order)) - 1
    at = place[np.arange(len(order)) ^ 1]  # the way back, among the edges that leave the end
    before = np.where(is_first[at], lasts[group[at]], at - 1)
    following: Ints = order[before]
    return following


def _rings(behind: Ints) -> tuple[Ints, Ints]:
    """Return the directed edges ring by ring in their order, and where each ring starts."""
    count = len(behind)
    order = np.empty(count, np.int64)
    starts: list[int] = []
    done = bytearray(count)
    follow = behind.tolist()
    at = 0
    # A loop over edges: 0.1 microseconds each, less than sorting them costs.
    for first in range(count):
        if done[first]:
            continue
        starts.append(at)
        edge = first
        while not done[edge]:
            done[edge] = 1
            order[at] = edge
            at += 1
            edge = follow[edge]
    return order, np.array(starts, np.int64)


def _agreed(joint: Joint, edges: Sequence[int]) -> tuple[frozenset[int], list[tuple[int, ...]]]:
    """Return the keys that all edges of a ring allow, and the pairs of edges where that breaks.

    It starts where one key only is allowed, so that a break lies where the sides disagree.
    """
    labels = joint.labels.ravel()[list(edges)].tolist()
    begin = next((n for n, label in enumerate(labels) if label > CHOICE), 0)
    turn = [(begin + n) % len(edges) for n in range(len(edges))]
    keys = first = joint.keys_of(labels[begin])
    breaks: list[tuple[int, ...]] = []
    run = [edges[begin]]
    for n in turn[1:]:
        allowed = joint.keys_of(labels[n])
        if keys & allowed:
            keys &= allowed
            run = [edges[n]] if len(allowed) == 1 else [*run, edges[n]]
        else:
            breaks.append((*run, edges[n]))
            keys, run = allowed, [edges[n]]
    if breaks and not keys & first:
        breaks.append((*run, edges[begin]))
    return keys, breaks


@dataclass(frozen=True)
class Areas:
    """What the rings make: for each key its parts, and keys whose rings make no area."""

    parts: dict[int, list[shapely.Polygon]]
    broken: frozenset[int]


def owners(faces: Faces) -> Ints:
    """Return the (n, 2) keys on both sides of the edges, by the faces there."""
    sides = np.empty(len(faces.order), np.int64)
    sides[faces.order] = np.repeat(faces.key, np.diff(np.append(faces.starts, len(faces.order))))
    return sides.reshape(-1, 2)


def edges_by_key(lines: Lines) -> dict[int, Ints]:
    """Return the directed edges round each key's ground, in the order of their numbers.

    A directed edge is its code, with its bits turned round where it goes back.
    """
    directed = np.concatenate([lines.codes, ~lines.codes])
    owner = np.concatenate([lines.sides[:, 0], lines.sides[:, 1]])
    order = np.lexsort((directed, owner))
    keys, first = np.unique(owner[order], return_index=True)
    parts = np.split(directed[order], first[1:])
    return {key: part for key, part in zip(keys.tolist(), parts, strict=True) if key >= 0}


def areas(vertices: Vertices, joint: Joint, faces: Faces, wanted: Iterable[int]) -> Areas:
    """Return the areas of the wanted keys, their vertices those of the rings."""
    first, second = vertices.ends(joint.codes)
    start = np.stack([first, second], 1).ravel()[faces.order]
    bounds = [*faces.starts.tolist(), len(faces.order)]
    asked = set(wanted)
    shells: defaultdict[int, list[shapely.LinearRing]] = defaultdict(list)
    holes: defaultdict[int, list[shapely.LinearRing]] = defaultdict(list)
    for ring in np.flatnonzero(np.isin(faces.key, np.array([*asked], np.int64))).tolist():
        key = int(faces.key[ring])
        for loop in _simple_loops(start[bounds[ring] : bounds[ring + 1]].tolist()):
            turned = _from_lowest(loop)
            is_shell = _doubled_area(vertices.grid[turned]) > 0
            (shells if is_shell else holes)[key].append(shapely.LinearRing(vertices.xy[turned]))
    parts, broken = {}, set()
    for key in asked & (set(shells) | set(holes)):
        made = _filled(shells[key], holes[key])
        if made is None:
            broken.add(key)
        else:
            parts[key] = made
    return Areas(parts, frozenset(broken))


def _simple_loops(ring: list[int]) -> Iterator[list[int]]:
    """Cut a ring where it comes back to a vertex: such a place is a hole that touches it."""
    if len(set(ring)) == len(ring):
        yield ring
        return
    way: list[int] = []
    place: dict[int, int] = {}
    for vertex in ring:
        if vertex in place:
            at = place[vertex]
            yield way[at:]
            for gone in way[at + 1 :]:
                del place[gone]
            del way[at + 1 :]
        else:
            place[vertex] = len(way)
            way.append(vertex)
    yield way


def _from_lowest(loop: Sequence[int]) -> list[int]:
    at = loop.index(min(loop))
    return [*loop[at:], *loop[:at]]


def _doubled_area(grid: Ints) -> float:
    x, y = (grid - grid[0]).astype(np.float64).T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())


def _filled(
    shells: Sequence[shapely.LinearRing], holes: Sequence[shapely.LinearRing]
) -> list[shapely.Polygon] | None:
    """Return shells with their holes, None where a hole lies in no shell or a ring crosses."""
    if not shells:
        return None
    inside: list[list[shapely.LinearRing]] = [[] for _ in shells]
    if len(shells) == 1:
        inside[0] = list(holes)
    else:
        full: NDArray[np.object_] = shapely.polygons(list(shells))
        for hole in holes:
            around = np.flatnonzero(shapely.covers(full, hole))
            if not len(around):
                return None
            inside[int(around[np.argmin(shapely.area(full[around]))])].append(hole)
    made = [shapely.Polygon(shell, rings) for shell, rings in zip(shells, inside, strict=True)]
    return made if shapely.is_valid(made).all() else None
