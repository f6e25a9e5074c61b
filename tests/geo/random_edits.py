"""Edits as a clumsy hand would draw them, made from a random number generator."""

from collections.abc import Callable

import numpy as np
import shapely
import shapely.affinity

from gridmap.geo.borders import MM, Borders, find_arcs
from gridmap.geo.coverage import Coverage
from gridmap.model.cell_edits import (
    AddVertex,
    Assign,
    Carve,
    CellEdit,
    DeleteVertex,
    Extend,
    HandOver,
    Line,
    Merge,
    MoveBorder,
    MoveVertex,
    Reshape,
    Split,
    SplitParts,
)


class Hand:
    """Draws edits of a coverage."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)

    def edit(self, coverage: Coverage) -> CellEdit:
        """Return some edit; not every one can be done."""
        self._coverage = coverage
        self._borders = Borders.of(coverage)
        self._cell = int(self._rng.integers(len(coverage)))
        self._key = coverage.keys[self._cell]
        kinds: list[Callable[[], CellEdit]] = [
            self._move_vertex, self._move_border, self._add_vertex, self._delete_vertex,
            self._reshape, self._reshape_outline, self._split, self._merge, self._hand_over,
            self._carve, self._extend, self._split_parts, self._assign,
        ]  # fmt: skip
        return kinds[int(self._rng.integers(len(kinds)))]()

    @property
    def _shape(self) -> shapely.Polygon:
        return self._coverage.shapes[self._cell]

    def _other(self) -> str:
        beside = self._borders.touching(self._cell)
        return self._coverage.keys[int(self._rng.choice(beside))] if len(beside) else self._key

    def _vertex(self) -> tuple[float, float]:
        x, y = (self._borders.mm[self._rng.integers(len(self._borders.mm))] / MM).tolist()
        return x, y

    def _shaken(self, xy: tuple[float, float], by: float) -> tuple[float, float]:
        x, y = (np.array(xy) + self._rng.normal(0, by, 2)).tolist()
        return x, y

    def _across(self) -> Line:
        """Return a line with some bends through the cell, most often beyond it."""
        middle = shapely.point_on_surface(self._shape)
        turn = self._rng.uniform(0, np.pi)
        x0, y0, x1, y1 = self._shape.bounds
        reach = min(self._rng.uniform(0.5, 1.2) * float(np.hypot(x1 - x0, y1 - y0)), 150.0)
        way = np.array([np.cos(turn), np.sin(turn)]) * reach
        shares = np.linspace(-1, 1, int(self._rng.integers(2, 5)))
        middle_xy = np.array([middle.x, middle.y])
        return tuple(self._shaken(tuple((middle_xy + way * at).tolist()), 3) for at in shares)

    def _ring(self, x: float, y: float) -> Line:
        size = self._rng.uniform(5, 40)
        turns = np.linspace(0, 2 * np.pi, 7)[:-1]
        points = [
            (float(x + size * r * np.cos(turn)), float(y + size * r * np.sin(turn)))
            for turn, r in zip(turns, self._rng.uniform(0.7, 1.3, 6), strict=True)
        ]
        return (*points, points[0])

    def _place(self) -> tuple[float, float]:
        x0, y0, x1, y1 = self._shape.bounds
        return float(self._rng.uniform(x0, x1)), float(self._rng.uniform(y0, y1))

    def _move_vertex(self) -> MoveVertex:
        at = self._vertex()
        return MoveVertex(at, self._shaken(at, 6))

    def _move_border(self) -> CellEdit:
        other = None if self._rng.random() < 0.2 else self._other()
        x, y = self._rng.normal(0, 6, 2).tolist()
        return MoveBorder(self._key, other, (x, y))

    def _add_vertex(self) -> CellEdit:
        ring = shapely.get_exterior_ring(self._shape)
        place = shapely.line_interpolate_point(ring, self._rng.uniform(0, ring.length))
        at = self._shaken((place.x, place.y), 0.1)
        return AddVertex(at, None if self._rng.random() < 0.5 else self._shaken(at, 4))

    def _delete_vertex(self) -> CellEdit:
        return DeleteVertex(self._vertex())

    def _reshape(self) -> CellEdit:
        other = self._other()
        arcs = find_arcs(self._coverage, self._key, other)
        if not arcs:
            return Merge((self._key, other))
        low, high = np.sort(self._rng.uniform(0, arcs[0].length, 2))
        places = [shapely.line_interpolate_point(arcs[0], at) for at in np.linspace(low, high, 4)]
        line = [(place.x, place.y) for place in places]
        line[1:3] = [self._shaken(xy, 6) for xy in line[1:3]]
        return Reshape(self._key, other, tuple(line))

    def _reshape_outline(self) -> CellEdit:
        ring = shapely.get_exterior_ring(self._shape)
        start, length = self._rng.uniform(0, ring.length), self._rng.uniform(20, 150)
        middle = shapely.centroid(self._shape)
        out = self._rng.uniform(0.7, 1.25)
        line = []
        for share in (0.0, 0.3, 0.5, 0.7, 1.0):
            place = shapely.line_interpolate_point(ring, (start + share * length) % ring.length)
            grown = 1.0 if share in (0.0, 1.0) else out
            x = middle.x + (place.x - middle.x) * grown
            y = middle.y + (place.y - middle.y) * grown
            line.append((float(x), float(y)))
        return Reshape(self._key, None, tuple(line))

    def _split(self) -> CellEdit:
        return Split((self._key,), self._across())

    def _merge(self) -> CellEdit:
        return Merge((self._key, self._other()))

    def _hand_over(self) -> CellEdit:
        line = self._across() if self._rng.random() < 0.5 else self._ring(*self._vertex())
        return HandOver(self._key, None if self._rng.random() < 0.5 else self._other(), line)

    def _split_parts(self) -> CellEdit:
        return SplitParts(self._key, int(self._rng.integers(2, 4)))

    def _assign(self) -> CellEdit:
        """Return that a house in one cell, often near the border, goes to another."""
        near = self._vertex() if self._rng.random() < 0.7 else self._place()
        x, y = self._shaken(near, 8)
        house = shapely.affinity.rotate(
            shapely.box(x - 6, y - 4, x + 6, y + 4), float(self._rng.uniform(0, 90))
        )
        ring = tuple((float(a), float(b)) for a, b in shapely.get_coordinates(house).round(3))
        return Assign((ring,), self._other())

    def _carve(self) -> CellEdit:
        return Carve(self._ring(*self._place()))

    def _extend(self) -> CellEdit:
        outer = np.flatnonzero(self._borders.twin < 0)
        edge = int(self._rng.choice(outer))
        x, y = (self._borders.mm[edge] / MM).tolist()
        key = self._coverage.keys[int(self._borders.cell[edge])]
        return Extend(self._ring(x, y), key if self._rng.random() < 0.5 else None)
