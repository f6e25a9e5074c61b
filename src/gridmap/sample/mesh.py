"""Planar linework cut into ever smaller quads, each border kept once with all its nodes."""

from dataclasses import dataclass

import numpy as np

from gridmap.sample.arrays import Bools, Floats, Ints, lerp, signed_areas_m2

SNAP_M = 7.0
"""Lanes that would meet a street this close to each other from both sides meet in one crossing."""


@dataclass(frozen=True)
class Quads:
    """Four-sided faces, anticlockwise from the south-west corner.

    ``xy`` (q, 4, 2) are the corners; side ``k`` runs from corner ``k`` to the next one along the
    edge ``edge[:, k]``, from parameter ``t[:, k, 0]`` to ``t[:, k, 1]`` of that edge.
    """

    xy: Floats
    edge: Ints
    t: Floats

    def __len__(self) -> int:
        return len(self.edge)

    def take(self, rows: Ints | Bools) -> "Quads":
        """Return the quads at ``rows``."""
        return Quads(self.xy[rows], self.edge[rows], self.t[rows])

    def turned(self, steps: Ints) -> "Quads":
        """Return the quads with their corner ``steps`` (q,) first."""
        order = (np.arange(4) + steps[:, None]) % 4
        rows = np.arange(len(self))[:, None]
        return Quads(self.xy[rows, order], self.edge[rows, order], self.t[rows, order])


def join(parts: list[Quads]) -> Quads:
    """Return the quads of all parts, one after another."""
    return Quads(
        np.concatenate([part.xy for part in parts]),
        np.concatenate([part.edge for part in parts]),
        np.concatenate([part.t for part in parts]),
    )


class Mesh:
    """Straight edges, and the nodes that lie on them.

    An *entry* says that a node lies on an edge at a parameter (0 to 1). Both ends of an edge are
    entries, so the entries of an edge sorted by parameter are its polyline.
    """

    def __init__(self, node_xy: Floats, edge_nodes: Ints) -> None:
        self.node_xy = node_xy
        self.edge_nodes = np.empty((0, 2), np.int64)
        self.entry_edge = np.empty(0, np.int64)
        self.entry_t = np.empty(0)
        self.entry_node = np.empty(0, np.int64)
        self.add_edges(edge_nodes)

    def add_edges(self, edge_nodes: Ints) -> Ints:
        """Add edges between nodes (e, 2) and return their numbers."""
        numbers = np.arange(len(edge_nodes)) + len(self.edge_nodes)
        self.edge_nodes = np.concatenate([self.edge_nodes, edge_nodes])
        self._enter(
            np.repeat(numbers, 2), np.tile([0.0, 1.0], len(numbers)), edge_nodes.reshape(-1)
        )
        return numbers

    def add_nodes(self, edge: Ints, t: Floats) -> tuple[Ints, Floats]:
        """Add nodes on edges; return their numbers and the parameters that they got.

        One that would lie within ``SNAP_M`` of another node of the edge becomes that node.
        """
        known_edge = np.concatenate([self.entry_edge, edge])
        known_t = np.concatenate([self.entry_t, t])
        is_new = np.arange(len(known_edge)) >= len(self.entry_edge)
        order = np.lexsort((known_t, known_edge))
        leader = self._leaders(known_edge, known_t, is_new, order)
        founds = is_new & (leader == np.arange(len(leader)))
        node = np.concatenate([self.entry_node, np.full(len(edge), -1)])
        node[founds] = len(self.node_xy) + np.arange(np.count_nonzero(founds))
        ends = self.node_xy[self.edge_nodes[known_edge[founds]]]
        self.node_xy = np.concatenate([self.node_xy, lerp(ends[:, 0], ends[:, 1], known_t[founds])])
        self._enter(known_edge[founds], known_t[founds], node[founds])
        mine = leader[is_new]
        return node[mine], known_t[mine]

    def add_bends(self, edge: Ints, t: Floats, node_xy: Floats) -> None:
        """Add nodes that lie where told, between the others of their edges."""
        numbers = len(self.node_xy) + np.arange(len(edge))
        self.node_xy = np.concatenate([self.node_xy, node_xy])
        self._enter(edge, t, numbers)

    def split(self, quads: Quads, direction: Ints, at: Floats) -> tuple[Quads, Quads, Ints]:
        """Cut quads in two; return the parts and the numbers of the new edges.

        Direction 0 cuts the south and north sides (west part first), 1 the east and west ones
        (south part first). ``at`` (q, 2) are the fractions on the first and the opposite side,
        both counted from the first part.
        """
        turned = quads.turned(direction)
        fractions = np.column_stack([at[:, 0], 1 - at[:, 1]])
        sides = turned.t[:, (0, 2)]
        t = sides[..., 0] + (sides[..., 1] - sides[..., 0]) * fractions
        edges = turned.edge[:, (0, 2)]
        node, t_flat = self.add_nodes(edges.reshape(-1), t.reshape(-1))
        node, t = node.reshape(-1, 2), t_flat.reshape(-1, 2)
        new = self.add_edges(node)
        first, second = _halves(turned, self.node_xy[node], t, new)
        back = -direction
        return first.turned(back), second.turned(back), new

    def sorted_entries(self) -> tuple[Ints, Floats, Ints]:
        """Return edge, parameter and node of all entries, edge by edge along each edge."""
        order = np.lexsort((self.entry_t, self.entry_edge))
        return self.entry_edge[order], self.entry_t[order], self.entry_node[order]

    def _enter(self, edge: Ints, t: Floats, node: Ints) -> None:
        self.entry_edge = np.concatenate([self.entry_edge, edge])
        self.entry_t = np.concatenate([self.entry_t, t])
        self.entry_node = np.concatenate([self.entry_node, node])

    def _leaders(self, edge: Ints, t: Floats, is_new: Bools, order: Ints) -> Ints:
        """Return for each entry the one whose node it takes: itself, or one close to it."""
        ends = self.node_xy[self.edge_nodes[edge]]
        length_m = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
        leader = np.arange(len(edge))
        for step in (-1, 1):  # to an old node before or behind
            other = np.roll(order, -step)
            near = (edge[order] == edge[other]) & is_new[order] & ~is_new[other]
            near &= np.abs(t[order] - t[other]) * length_m[order] < SNAP_M
            leader[order[near]] = other[near]
        own = order[leader[order] == order]
        close = (edge[own[1:]] == edge[own[:-1]]) & is_new[own[1:]] & is_new[own[:-1]]
        close &= np.abs(np.diff(t[own])) * length_m[own[1:]] < SNAP_M
        close[1:] &= ~close[:-1]  # pairs only, no chains
        leader[own[1:][close]] = own[:-1][close]
        return leader


def fractions_for_area(quads: Quads, direction: Ints, share: Floats, tilt: Floats) -> Floats:
    """Return where to cut (q, 2) so that the first part has ``share`` of the area."""
    xy = quads.turned(direction).xy
    whole = signed_areas_m2(xy)
    middle = share.copy()
    for _ in range(4):
        at = np.column_stack([middle + tilt, middle - tilt])
        p = lerp(xy[:, 0], xy[:, 1], at[:, 0])
        q = lerp(xy[:, 3], xy[:, 2], at[:, 1])
        part = signed_areas_m2(np.stack([xy[:, 0], p, q, xy[:, 3]], axis=1))
        middle += share - part / whole
    return np.column_stack([middle + tilt, middle - tilt])


def _halves(turned: Quads, cut_xy: Floats, t: Floats, new: Ints) -> tuple[Quads, Quads]:
    corner, edge, side = turned.xy, turned.edge, turned.t
    p, q = cut_xy[:, 0], cut_xy[:, 1]
    up, down = np.tile([0.0, 1.0], (len(new), 1)), np.tile([1.0, 0.0], (len(new), 1))
    first = Quads(
        np.stack([corner[:, 0], p, q, corner[:, 3]], axis=1),
        np.column_stack([edge[:, 0], new, edge[:, 2], edge[:, 3]]),
        np.stack(
            [
                np.column_stack([side[:, 0, 0], t[:, 0]]),
                up,
                np.column_stack([t[:, 1], side[:, 2, 1]]),
                side[:, 3],
            ],
            axis=1,
        ),
    )
    second = Quads(
        np.stack([p, corner[:, 1], corner[:, 2], q], axis=1),
        np.column_stack([edge[:, 0], edge[:, 1], edge[:, 2], new]),
        np.stack(
            [
                np.column_stack([t[:, 0], side[:, 0, 1]]),
                side[:, 1],
                np.column_stack([side[:, 2, 0], t[:, 1]]),
                down,
            ],
            axis=1,
        ),
    )
    return first, second
