"""The finished linework: borders bent a little, on the millimetre grid, and rings made of it."""

from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.geo.features import Geometries
from gridmap.geo.shapes import offsets, ranges
from gridmap.sample.arrays import Bools, Floats, Ints, lerp
from gridmap.sample.mesh import Mesh, Quads

_BEND_AFTER_M = 42.0
_BEND_M = 1.1
_WAVES = ((620.0, 7.0), (410.0, 3.5), (260.0, 1.4))
"""Wave length and height, in metres, of the gentle curves that all streets get."""


@dataclass(frozen=True)
class Linework:
    """Nodes on the grid, and the entries of every edge in their order along it.

    ``key`` (edge · 2 + parameter) is what entries are found by; ``is_junction`` is false where
    the node only bends the line.
    """

    node_xy: Floats
    edge: Ints
    key: Floats
    node: Ints
    is_junction: Bools

    def positions(self, edge: Ints, t: Floats) -> Ints:
        """Return where the entries (edge, t), which must be there, stand."""
        return np.searchsorted(self.key, edge * 2 + t)


@dataclass(frozen=True)
class Rings:
    """Closed rings as runs of nodes; ``starts`` (r + 1) are offsets into the others.

    ``side`` tells for each vertex on which side (0 to 3) of its quad the segment behind it lies.
    """

    starts: Ints
    node: Ints
    side: Ints
    owner: Ints


def finish(mesh: Mesh, rng: np.random.Generator) -> Linework:
    """Bend the borders and round all nodes to 1 mm."""
    mesh.node_xy = _waved(mesh.node_xy, rng)
    straight = len(mesh.node_xy)
    _add_bends(mesh, rng)
    edge, t, node = mesh.sorted_entries()
    return Linework(np.round(mesh.node_xy, 3), edge, edge * 2 + t, node, node < straight)


def _waved(xy: Floats, rng: np.random.Generator) -> Floats:
    """Return the points moved along waves that keep areas (each is a shear)."""
    for wave_m, height_m in _WAVES:
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        along = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-along[1], along[0]])
        bump = height_m * np.sin(xy @ along * 2 * np.pi / wave_m + phase)
        xy = xy + bump[:, None] * across
    return xy


def _add_bends(mesh: Mesh, rng: np.random.Generator) -> None:
    edge, t, node = mesh.sorted_entries()
    here, after = mesh.node_xy[node[:-1]], mesh.node_xy[node[1:]]
    step = after - here
    length_m = np.hypot(step[:, 0], step[:, 1])
    piece = np.flatnonzero((edge[:-1] == edge[1:]) & (length_m > _BEND_AFTER_M))
    share = rng.uniform(0.4, 0.6, len(piece))
    normal = np.column_stack([-step[piece, 1], step[piece, 0]]) / length_m[piece, None]
    off = rng.normal(0, _BEND_M, len(piece)).clip(-2.5, 2.5)
    xy = lerp(here[piece], after[piece], share) + normal * off[:, None]
    mesh.add_bends(edge[piece], t[piece] + (t[piece + 1] - t[piece]) * share, xy)


def rings_of(lines: Linework, quads: Quads) -> Rings:
    """Return the outlines of quads with every node that lies on them."""
    flat_edge, flat_t = quads.edge.reshape(-1), quads.t.reshape(-1, 2)
    start = lines.positions(flat_edge, flat_t[:, 0])
    end = lines.positions(flat_edge, flat_t[:, 1])
    count = np.abs(end - start)
    along = ranges(np.zeros(len(start), np.int64), count)
    vertex = np.repeat(start, count) + np.repeat(np.sign(end - start), count) * along
    per_quad = count.reshape(-1, 4).sum(axis=1)
    return Rings(
        offsets(per_quad),
        lines.node[vertex],
        np.repeat(np.tile(np.arange(4), len(quads)), count),
        np.repeat(np.arange(len(quads)), per_quad),
    )


def polygons(lines: Linework, rings: Rings) -> Geometries:
    """Return the rings as polygons."""
    return polygons_of(lines.node_xy[rings.node], rings.starts)


def polygons_of(xy: Floats, starts: Ints) -> Geometries:
    """Return polygons from runs of vertices (not closed)."""
    counts = np.diff(starts)
    closed = np.insert(np.arange(len(xy)), starts[1:], starts[:-1])
    owner = np.repeat(np.arange(len(counts)), counts + 1)
    made: Geometries = shapely.polygons(shapely.linearrings(xy[closed], indices=owner))
    return made


def bulge_m(lines: Linework, rings: Rings) -> Floats:
    """Return how far each side of each quad (q, 4) bends inwards from its chord, in metres."""
    corner_at = np.flatnonzero(side_starts(rings))
    xy = lines.node_xy[rings.node]
    corner = xy[corner_at].reshape(-1, 4, 2)
    chord = np.roll(corner, -1, axis=1) - corner
    length = np.hypot(chord[..., 0], chord[..., 1])
    normal = np.stack([-chord[..., 1], chord[..., 0]], axis=-1) / length[..., None]
    flat = rings.owner * 4 + rings.side
    off = ((xy - corner.reshape(-1, 2)[flat]) * normal.reshape(-1, 2)[flat]).sum(axis=1)
    return np.maximum.reduceat(off, corner_at).clip(0).reshape(-1, 4)


def corners(lines: Linework, rings: Rings) -> Floats:
    """Return the four corners (q, 4, 2) of each quad, after bending."""
    return lines.node_xy[rings.node[side_starts(rings)]].reshape(-1, 4, 2)


def side_starts(rings: Rings) -> Bools:
    """Return which vertices are corners of their quads."""
    flat = rings.owner * 4 + rings.side
    return np.concatenate([[True], flat[1:] != flat[:-1]])


def inset_rings(lines: Linework, rings: Rings, distance_m: Floats) -> Geometries:
    """Return polygons whose sides are moved inwards by ``distance_m`` (q, 4)."""
    xy = lines.node_xy[rings.node]
    index = np.arange(len(xy))
    last = np.repeat(rings.starts[1:] - 1, np.diff(rings.starts))
    first = np.repeat(rings.starts[:-1], np.diff(rings.starts))
    after = np.where(index == last, first, index + 1)
    before = np.where(index == first, last, index - 1)
    step = xy[after] - xy
    normal = np.column_stack([-step[:, 1], step[:, 0]]) / np.hypot(*step.T)[:, None]
    off = distance_m[rings.owner, rings.side]
    moved = xy + meeting_point(normal[before], off[before], normal, off)
    return polygons_of(np.round(moved, 3), rings.starts)


def meeting_point(n1: Floats, d1: Floats, n2: Floats, d2: Floats) -> Floats:
    """Return x with n1·x = d1 and n2·x = d2; for nearly parallel lines a point between both."""
    det = n1[..., 0] * n2[..., 1] - n1[..., 1] * n2[..., 0]
    flat = np.abs(det) < 0.17
    det = np.where(flat, 1.0, det)
    crossing = (
        np.stack([d1 * n2[..., 1] - d2 * n1[..., 1], d2 * n1[..., 0] - d1 * n2[..., 0]], axis=-1)
        / det[..., None]
    )
    middle = (n1 + n2) * ((d1 + d2) / 4)[..., None]
    return np.where(flat[..., None], middle, crossing)
