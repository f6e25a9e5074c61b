"""A geometry as runs of vertices that are moved, added and taken away one by one.

Coordinates are metres in a projected CRS, rounded to the 1 mm grid.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import shapely

XY = tuple[float, float]
Run = tuple[XY, ...]
_DIGITS = 3
_AREA = 2
_FEWEST_OF_RING, _FEWEST_OF_LINE = 3, 2


@dataclass(frozen=True)
class Vertex:
    """One vertex: in which run it is, and where there."""

    run: int
    at: int


@dataclass(frozen=True)
class Outline:
    """The runs of a geometry; a ring's run ends before its first vertex comes again.

    ``polygons`` says for each run of an area to which of its polygons it belongs; the first run of
    each is its shell.
    """

    dimension: int
    runs: tuple[Run, ...]
    polygons: tuple[int, ...] = ()
    is_multi: bool = False

    @property
    def is_closed(self) -> bool:
        """Return whether the runs are rings."""
        return self.dimension == _AREA

    def xy(self, vertex: Vertex) -> XY:
        """Return where a vertex is."""
        return self.runs[vertex.run][vertex.at]

    def legs(self) -> list[tuple[Vertex, XY, XY]]:
        """Return every leg: the vertex that begins it, and both ends."""
        found = []
        for number, run in enumerate(self.runs):
            last = len(run) if self.is_closed else len(run) - 1
            for at in range(last):
                found.append((Vertex(number, at), run[at], run[(at + 1) % len(run)]))
        return found

    def moved(self, vertex: Vertex, to: XY) -> "Outline":
        """Return the outline with a vertex at another place."""
        return self._with(
            vertex.run, lambda run: (*run[: vertex.at], _on_grid(to), *run[vertex.at + 1 :])
        )

    def added(self, after: Vertex, xy: XY) -> "Outline":
        """Return the outline with a new vertex on the leg that a vertex begins."""
        at = after.at + 1
        return self._with(after.run, lambda run: (*run[:at], _on_grid(xy), *run[at:]))

    def without(self, vertex: Vertex) -> "Outline | None":
        """Return the outline without a vertex, None where too few would be left."""
        fewest = _FEWEST_OF_RING if self.is_closed else _FEWEST_OF_LINE
        if self.dimension == 0 or len(self.runs[vertex.run]) <= fewest:
            return None
        return self._with(vertex.run, lambda run: (*run[: vertex.at], *run[vertex.at + 1 :]))

    def nearest_vertex(self, xy: XY, within_m: float) -> Vertex | None:
        """Return the vertex nearest to a place, None where none is near enough."""
        best, found = within_m, None
        for number, run in enumerate(self.runs):
            distances = np.hypot(*(np.array(run) - xy).T)
            at = int(distances.argmin())
            if distances[at] <= best:
                best, found = float(distances[at]), Vertex(number, at)
        return found

    def nearest_leg(self, xy: XY, within_m: float) -> tuple[Vertex, XY] | None:
        """Return the leg nearest to a place and the foot there, None where none is near enough."""
        legs = self.legs()
        if not legs:
            return None
        start = np.array([one for _, one, _ in legs])
        way = np.array([other for _, _, other in legs]) - start
        along = ((xy - start) * way).sum(axis=1) / np.maximum((way**2).sum(axis=1), 1e-12)
        feet = start + way * np.clip(along, 0, 1)[:, None]
        distances = np.hypot(*(feet - xy).T)
        at = int(distances.argmin())
        if distances[at] > within_m:
            return None
        return legs[at][0], _on_grid((float(feet[at][0]), float(feet[at][1])))

    def shape(self) -> shapely.Geometry:
        """Return the geometry; it may be invalid."""
        if self.dimension == 0:
            points = [shapely.Point(run[0]) for run in self.runs]
            return shapely.MultiPoint(points) if self.is_multi else points[0]
        if not self.is_closed:
            lines = [shapely.LineString(run) for run in self.runs]
            return shapely.MultiLineString(lines) if self.is_multi else lines[0]
        rings: dict[int, list[Run]] = {}
        for number, run in zip(self.polygons, self.runs, strict=True):
            rings.setdefault(number, []).append(run)
        areas = [shapely.Polygon(shell, holes) for shell, *holes in rings.values()]
        return shapely.MultiPolygon(areas) if self.is_multi else areas[0]

    def _with(self, number: int, change: Callable[[Run], Run]) -> "Outline":
        runs = (*self.runs[:number], change(self.runs[number]), *self.runs[number + 1 :])
        return replace(self, runs=runs)


def outline_of(shape: shapely.Geometry) -> Outline:
    """Return a point, line or area (or several) as an outline.

    >>> outline_of(shapely.box(0, 0, 1, 1)).without(Vertex(0, 0)).shape()
    <POLYGON ((1 1, 0 1, 0 0, 1 1))>
    """
    parts = list(shapely.get_parts(shape))
    is_multi = shape.geom_type.startswith("Multi")
    dimension = int(shapely.get_dimensions(shape))
    runs: list[Run] = []
    polygons: list[int] = []
    for number, part in enumerate(parts):
        rings = [part] if part.geom_type != "Polygon" else [part.exterior, *part.interiors]
        for ring in rings:
            xy = [(float(x), float(y)) for x, y in shapely.get_coordinates(ring)]
            runs.append(tuple(xy[:-1] if part.geom_type == "Polygon" else xy))
            polygons.append(number)
    return Outline(dimension, tuple(runs), tuple(polygons), is_multi)


def shifted(shape: shapely.Geometry, by: XY) -> shapely.Geometry:
    """Return a geometry moved by (east, north) metres, on the grid."""
    return shapely.transform(shape, lambda xy: np.round(xy + np.array(by), _DIGITS))


def _on_grid(xy: XY) -> XY:
    return round(xy[0], _DIGITS), round(xy[1], _DIGITS)
