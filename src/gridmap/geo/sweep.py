"""Straight cuts of one area that leave a wanted share on one side, the best first.

A line sweeps over the area in many directions; where it has passed the share, there it may cut.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.features import Geometries, as_objects
from gridmap.geo.homes import Homes
from gridmap.model.cell_edits import Line, Measure

AREA_TOLERANCE = 0.01
"""Parts of equal area may differ from it by this share."""

_DIRECTIONS = 24
_SHIFT = 0.004
"""By this share of a part a cut may move aside to miss buildings; cuts of cuts add up to twice."""
_STEPS = 45
_BEYOND_M = 1.0
_PAST_M = 0.005
_SAMPLES = 40
_ROUNDS = 4
_ERROR_WEIGHT, _BUILDING_WEIGHT = 10.0, 4.0
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sweep:
    """An area of ``parts`` parts, from which a cut takes ``fewer`` of them.

    ``homes`` are those in the area.
    """

    shape: shapely.Polygon
    homes: Homes
    by: Measure
    parts: int
    fewer: int

    @property
    def _part(self) -> float:
        return self._whole / self.parts

    @property
    def _whole(self) -> float:
        by_area = self.by == "area"
        return float(shapely.area(self.shape) if by_area else self.homes.households.sum())

    def error(self, piece: shapely.Polygon) -> float:
        """Return by how much of a part a piece differs from what ``fewer`` parts have."""
        if self.by == "area":
            held = float(shapely.area(piece))
        else:
            xy = self.homes.xy
            held = float(
                self.homes.households[shapely.contains_xy(piece, xy[:, 0], xy[:, 1])].sum()
            )
        return abs(held - self.fewer * self._part) / self._part

    def cuts(self) -> Iterator[Line]:
        """Yield lines that cut the area in two with the right share, the best first."""
        yield from self._across()
        yield from self._chords()

    # --- whole lines -----------------------------------------------------------------------------

    def _across(self) -> Iterator[Line]:
        """Yield lines right across that leave one piece on each side."""
        lines, errors = self._candidates()
        if not len(lines):
            return
        inside = shapely.intersection(lines, self.shape)
        size = math.sqrt(shapely.area(self.shape))
        score = shapely.length(inside) / size + _ERROR_WEIGHT * errors
        score += _BUILDING_WEIGHT * self._built(inside) / size
        for at in np.argsort(score, kind="stable").tolist():
            if self._is_in_two(lines[at]):
                yield _as_line(lines[at])

    def _built(self, lines: Geometries) -> Floats:
        """Return the length of lines that lies within buildings."""
        if self.homes.outlines is None or not len(self.homes):
            return np.zeros(len(lines))
        houses = shapely.union_all(self.homes.outlines)
        lengths: Floats = shapely.length(shapely.intersection(lines, houses))
        return lengths

    def _candidates(self) -> tuple[Geometries, Floats]:
        """Return lines with the right share on the left, and the error of each."""
        angles = _directions(self.shape, is_both=2 * self.fewer != self.parts)
        ways = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        if self.by == "area":
            numbers, at, errors = self._by_area(ways)
        else:
            numbers, at, errors = self._by_households(ways)
        return _lines(self.shape, ways[numbers], at), errors

    def _by_area(self, ways: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
        """Return exact cuts, and some that move a little aside."""
        at = _find_offsets(self.shape, ways, float(self.fewer * self._part))
        widths = shapely.length(shapely.intersection(_lines(self.shape, ways, at), self.shape))
        shift = _SHIFT * self._part / np.maximum(widths, 1.0)
        aside = np.array([0.0, -1.0, 1.0, -0.5, 0.5])
        moved = at[:, None] + shift[:, None] * aside
        numbers = np.repeat(np.arange(len(ways)), len(aside))
        errors = np.tile(np.abs(aside) * _SHIFT, len(ways))
        return numbers, moved.ravel(), errors

    def _by_households(self, ways: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
        """Return cuts in the gaps between homes that come nearest to the share."""
        numbers, places, errors = [], [], []
        wanted = self.fewer * self._part
        for number, way in enumerate(ways):
            along = self.homes.xy @ way
            order = np.argsort(along, kind="stable")
            along, passed = along[order], np.cumsum(self.homes.households[order])[:-1]
            gaps = np.diff(along)
            off = np.where(gaps > _BEYOND_M, np.abs(passed - wanted) / self._part, np.inf)
            if not len(off) or not np.isfinite(off.min()):
                continue
            gap = int(off.argmin())
            for share in (0.5, 0.3, 0.7):
                numbers.append(number)
                places.append(along[gap] + share * gaps[gap])
                errors.append(off[gap])
        return np.array(numbers, np.int64), np.array(places, float), np.array(errors, float)

    def _is_in_two(self, line: shapely.LineString) -> bool:
        """Return whether a line leaves one piece on each side."""
        return len(_pieces(self.shape, line)) == 2

    # --- single chords of areas with bays --------------------------------------------------------

    def _chords(self) -> Iterator[Line]:
        """Yield chords from border to border, for areas that whole lines cut in many pieces."""
        found = []
        for angle in _directions(self.shape, is_both=False):
            way = np.array([math.cos(angle), math.sin(angle)])
            along = shapely.get_coordinates(self.shape) @ way
            low, high = float(along.min()), float(along.max())
            best: tuple[float, shapely.LineString] | None = None
            for _ in range(_ROUNDS):  # ever finer around the best
                step = (high - low) / _SAMPLES
                for at in np.linspace(low, high, _SAMPLES + 1)[1:-1].tolist():
                    for chord in self._chords_at(way, at):
                        error = self._chord_error(chord)
                        if best is None or error < best[0]:
                            best, middle = (error, chord), at
                if best is None:
                    break
                low, high = middle - step, middle + step
            if best is not None:
                found.append(best)
        limit = AREA_TOLERANCE / 2 if self.by == "area" else math.inf
        ranked = sorted(
            (_ERROR_WEIGHT * error + float(chord.length), number)
            for number, (error, chord) in enumerate(found)
            if error < limit
        )
        for _, number in ranked:
            yield _as_line(found[number][1])

    def _chords_at(self, way: Floats, at: float) -> Geometries:
        line = _lines(self.shape, way[None], np.array([at]))[0]
        parts = shapely.get_parts(shapely.intersection(line, self.shape))
        across = np.array([-way[1], way[0]]) * _PAST_M  # rounding must not leave the ends short
        chords = [
            shapely.LineString([xy[0] - across, xy[-1] + across])
            for part in parts[shapely.length(parts) > _BEYOND_M]
            for xy in [_along(shapely.get_coordinates(part), across)]
        ]
        return as_objects(chords)

    def _chord_error(self, chord: shapely.LineString) -> float:
        pieces = _pieces(self.shape, chord)
        if len(pieces) != 2:
            return math.inf
        return min(self.error(piece) for piece in pieces)


def _along(xy: Floats, way: Floats) -> Floats:
    """Return points in the order of a direction."""
    return xy[np.argsort(xy @ way, kind="stable")]


def _pieces(shape: shapely.Polygon, line: shapely.LineString) -> Geometries:
    """Return the pieces into which a line cuts an area."""
    work = shapely.union(shapely.boundary(shape), line)
    faces = shapely.get_parts(shapely.polygonize([work]))
    points = shapely.point_on_surface(faces)
    pieces: Geometries = faces[shapely.intersects(shape, points)]
    return pieces


def _directions(shape: shapely.Polygon, *, is_both: bool) -> Floats:
    """Return the directions in which lines move: evenly all round, and square to long sides."""
    even = np.arange(_DIRECTIONS) * math.pi / _DIRECTIONS
    ring = shapely.get_coordinates(shapely.get_exterior_ring(shape))
    sides = np.diff(ring, axis=0)
    long = sides[np.argsort(-np.hypot(sides[:, 0], sides[:, 1]), kind="stable")[:4]]
    own = np.arctan2(long[:, 1], long[:, 0]) % math.pi
    angles = np.concatenate([even, own, (own + math.pi / 2) % math.pi])
    return np.concatenate([angles, angles + math.pi]) if is_both else angles


def _find_offsets(shape: shapely.Polygon, ways: Floats, wanted_m2: float) -> Floats:
    """Return for each direction how far a line goes until so much area lies behind it, (d,)."""
    rings = shapely.get_rings(shapely.orient_polygons(np.array([shape], object)))
    origin = shapely.get_coordinates(shape)[0]
    start, end = [], []
    for ring in rings:
        xy = shapely.get_coordinates(ring) - origin  # large numbers would leave few digits
        start.append(xy[:-1])
        end.append(xy[1:])
    one, other = np.concatenate(start), np.concatenate(end)
    across = np.stack([-ways[:, 1], ways[:, 0]], axis=1)
    u0, v0, u1, v1 = one @ ways.T, one @ across.T, other @ ways.T, other @ across.T
    low, high = np.minimum(u0, u1).min(axis=0), np.maximum(u0, u1).max(axis=0)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        is_less = _area_behind(u0, v0, u1, v1, middle) < wanted_m2
        low, high = np.where(is_less, middle, low), np.where(is_less, high, middle)
    found: Floats = (low + high) / 2 + origin @ ways.T
    return found


def _area_behind(u0: Floats, v0: Floats, u1: Floats, v1: Floats, at: Floats) -> Floats:
    """Return the area with u < ``at``: the edges' part there integrated, the cut adds nothing."""
    a, b = np.minimum(u0, at), np.minimum(u1, at)
    run = u1 - u0
    slope = np.divide(v1 - v0, run, out=np.zeros_like(run), where=run != 0)
    va, vb = v0 + slope * (a - u0), v0 + slope * (b - u0)
    area: Floats = -((va + vb) / 2 * (b - a)).sum(axis=0)
    return area


def _lines(shape: shapely.Polygon, ways: Floats, at: Floats) -> Geometries:
    """Return lines right across an area, square to directions (n, 2) at offsets (n,)."""
    xmin, ymin, xmax, ymax = shapely.bounds(shape).tolist()
    middle = np.array([(xmin + xmax) / 2, (ymin + ymax) / 2])
    reach = math.hypot(xmax - xmin, ymax - ymin) / 2 + _BEYOND_M
    foot = middle + ways * (at - ways @ middle)[:, None]
    across = np.stack([-ways[:, 1], ways[:, 0]], axis=1) * reach
    lines: Geometries = shapely.linestrings(np.stack([foot - across, foot + across], axis=1))
    return lines


def _as_line(line: shapely.LineString) -> Line:
    return tuple((float(x), float(y)) for x, y in shapely.get_coordinates(line))
