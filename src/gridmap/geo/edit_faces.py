"""Ground divided anew: faces between borders and drawn lines, given to cells, as a change."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely

from gridmap.geo.borders import MM, OUTSIDE, Borders, Ints, Point, area_of, to_metres, to_mm
from gridmap.geo.coverage import Coverage, Key
from gridmap.geo.edit_line import Piece, Segment
from gridmap.geo.features import as_objects

Nodes = Mapping[int, tuple[Point, ...]]


@dataclass(frozen=True)
class Face:
    """Ground that no line goes through.

    ``lengths`` says whose ground lay behind those of its edges that stay, and along how many
    metres of them: that of cells, or -1 where it was nobody's.
    """

    shape: shapely.Polygon
    lengths: Mapping[int, float]
    segments: frozenset[Segment]

    @property
    def owners(self) -> frozenset[int]:
        """Return whose ground lay behind its old edges."""
        return frozenset(self.lengths)

    @property
    def inside(self) -> shapely.Point:
        """Return a point that lies within it."""
        return shapely.point_on_surface(self.shape)


@dataclass
class Draft:
    """The edges of some cells, with new vertices, before their ground is divided anew.

    ``left`` says for each directed edge who was on its left, also a neighbour or -1 for nobody;
    ``right``, for the directed edges of these cells, who was on the right.
    """

    coverage: Coverage
    borders: Borders
    cells: Ints
    nodes: Nodes = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left: dict[Segment, int] = {}
        self.right: dict[Segment, int] = {}
        borders, edges = self.borders, self.borders.of_cells(self.cells)
        ends = np.hstack([borders.mm[edges], borders.mm[borders.after[edges]]]).tolist()
        sides = zip(borders.cell[edges].tolist(), borders.neighbour[edges].tolist(), strict=True)
        new = {*self.nodes, *borders.twin[list(self.nodes)].tolist()}
        for edge, (a, b, c, d), (cell, other) in zip(edges.tolist(), ends, sides, strict=True):
            chain = noded(borders, self.nodes, edge) if edge in new else [(a, b), (c, d)]
            for one, two in pairwise(chain):
                self.left[one, two] = cell
                self.right[one, two] = other
                self.left.setdefault((two, one), other)

    def faces(
        self, lines: Iterable[Iterable[Point]], dropped: frozenset[Segment] = frozenset()
    ) -> list[Face]:
        """Return the faces between the edges, less the dropped ones, and the lines."""
        wanted: set[Segment] = set()
        for a, b in self.left:
            if (a, b) not in dropped and (b, a) not in dropped:
                wanted.add((a, b) if a < b else (b, a))
        for line in lines:
            for a, b in pairwise(line):
                wanted.add((a, b) if a < b else (b, a))
        ends = to_metres(np.array(sorted(wanted), np.int64))
        found = shapely.get_parts(shapely.polygonize(shapely.linestrings(ends)))
        return [self._face(shape, dropped) for shape in shapely.orient_polygons(found)]

    def _face(self, shape: shapely.Polygon, dropped: frozenset[Segment]) -> Face:
        segments = segments_of(shape)
        lengths: defaultdict[int, float] = defaultdict(float)
        for a, b in segments:
            if (a, b) in self.left and (a, b) not in dropped and (b, a) not in dropped:
                lengths[self.left[a, b]] += float(np.hypot(a[0] - b[0], a[1] - b[1])) / MM
        return Face(shape, lengths, segments)


def segments_of(shape: shapely.Polygon) -> frozenset[Segment]:
    """Return the directed edges of an oriented area, the area on the left."""
    found: set[Segment] = set()
    for ring in shapely.get_rings(shape):
        points = [(x, y) for x, y in to_mm(shapely.get_coordinates(ring)).tolist()]
        found.update(pairwise(points))
    return frozenset(found)


def noded(borders: Borders, nodes: Nodes, edge: int) -> list[Point]:
    """Return an edge with the new vertices that it, or its twin, has got."""
    a, b = borders.mm[[edge, borders.after[edge]]].tolist()
    twin = int(borders.twin[edge])
    between = nodes.get(edge) or tuple(reversed(nodes.get(twin, ()) if twin >= 0 else ()))
    return [(a[0], a[1]), *between, (b[0], b[1])]


def is_known(points: tuple[Point, ...], known: Mapping[Segment, int]) -> bool:
    """Return whether a line is one of the edges, in either direction."""
    if len(points) > 2:
        return False
    a, b = points
    return (a, b) in known or (b, a) in known


def classify(coverage: Coverage, cells: Ints, pieces: list[Piece]) -> list[int]:
    """Return the cell in which each piece lies, -1 where in none of these."""
    found = [OUTSIDE] * len(pieces)
    middles = np.array([piece.middle for piece in pieces]).reshape(-1, 2)
    for cell in cells.tolist():
        within = shapely.contains_xy(coverage.shapes[cell], middles[:, 0], middles[:, 1])
        for at in np.flatnonzero(within).tolist():
            found[at] = cell
    return found


def dissolved(shapes: list[shapely.Polygon]) -> shapely.Geometry:
    """Return matching areas as one, with every vertex of its outline kept.

    Several parts remain a MultiPolygon; parts that meet in a point only are two.
    """
    if len(shapes) == 1:
        return shapes[0]
    whole = shapely.coverage_union_all(as_objects(shapes))
    parts = shapely.get_parts(whole)
    return parts[0] if len(parts) == 1 else whole


def rebuilt(borders: Borders, cell: int, nodes: Nodes) -> shapely.Polygon:
    """Return an area with new vertices on its edges."""
    rings = []
    for edges in borders.rings(cell):
        points = [point for edge in edges.tolist() for point in noded(borders, nodes, edge)[:-1]]
        rings.append(np.array([*points, points[0]], np.int64))
    return area_of(rings)


def with_neighbours(
    borders: Borders, coverage: Coverage, touched: Ints, nodes: Nodes
) -> dict[Key, shapely.Polygon]:
    """Return the cells beside the touched ones that get new vertices on their edges."""
    beside = {int(borders.neighbour[edge]) for edge in nodes} | {
        int(borders.cell[edge]) for edge in nodes
    }
    beside -= {OUTSIDE, *touched.tolist()}
    return {coverage.keys[cell]: rebuilt(borders, cell, nodes) for cell in sorted(beside)}
