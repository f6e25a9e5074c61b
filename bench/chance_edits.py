"""Edits as a planner may make them, drawn by chance: many of them make no sense and are refused."""

from collections.abc import Callable, Sequence

import numpy as np
import shapely

from gridmap.base.errors import RequestError
from gridmap.geo.coverage import Coverage
from gridmap.geo.editing import apply_edit
from gridmap.model import cell_edits as ask

Rng = np.random.Generator


def edited(
    coverage: Coverage, rng: Rng, name: str, count: int = 1, kinds: Sequence[str] | None = None
) -> tuple[Coverage, list[ask.CellEdit]]:
    """Return the coverage after some edits, and the edits; new keys begin with ``name``."""
    made: list[ask.CellEdit] = []
    for _ in range(count * 40):
        if len(made) == count:
            break
        edit = draw(coverage, rng, kinds)
        try:
            coverage = apply_edit(coverage, edit, new_key=naming(coverage, name)).applied(coverage)
        except RequestError:
            continue
        made.append(edit)
    return coverage, made


def naming(coverage: Coverage, name: str) -> Callable[[], str]:
    """Return what names new cells: ``name`` with the next number that is free."""
    numbers = iter(n for n in range(10_000) if f"{name}{n}" not in coverage.keys)
    return lambda: f"{name}{next(numbers)}"


def draw(coverage: Coverage, rng: Rng, kinds: Sequence[str] | None = None) -> ask.CellEdit:
    """Return an edit of one of some kinds, which may make no sense."""
    names = list(kinds or KINDS)
    return KINDS[names[int(rng.integers(len(names)))]](coverage, rng)


def _cell(coverage: Coverage, rng: Rng) -> int:
    return int(rng.integers(len(coverage)))


def _vertex(coverage: Coverage, rng: Rng) -> tuple[float, float]:
    xy = shapely.get_coordinates(coverage.shapes[_cell(coverage, rng)])
    return _xy(xy[int(rng.integers(len(xy)))])


def _xy(place) -> tuple[float, float]:
    x, y = np.round(place, 3).tolist()
    return x, y


def _off(place, rng: Rng, reach_m: float = 9) -> tuple[float, float]:
    return _xy(np.array(place) + rng.uniform(-reach_m, reach_m, 2))


def _move(coverage: Coverage, rng: Rng) -> ask.MoveVertex:
    at = _vertex(coverage, rng)
    return ask.MoveVertex(at, _off(at, rng))


def _add(coverage: Coverage, rng: Rng) -> ask.AddVertex:
    xy = shapely.get_coordinates(coverage.shapes[_cell(coverage, rng)])
    at = int(rng.integers(len(xy) - 1))
    middle = _xy(xy[at : at + 2].mean(axis=0))
    return ask.AddVertex(middle, _off(middle, rng) if rng.random() < 0.7 else None)


def _delete(coverage: Coverage, rng: Rng) -> ask.DeleteVertex:
    return ask.DeleteVertex(_vertex(coverage, rng))


def _line_through(shape: shapely.Polygon, rng: Rng) -> ask.Line:
    inside = np.array(shapely.point_on_surface(shape).coords[0]) + rng.uniform(-20, 20, 2)
    turn = rng.uniform(0, np.pi)
    way = np.array([np.cos(turn), np.sin(turn)]) * 250
    return _xy(inside - way), _xy(inside + way)


def _split(coverage: Coverage, rng: Rng) -> ask.Split:
    cell = _cell(coverage, rng)
    return ask.Split((coverage.keys[cell],), _line_through(coverage.shapes[cell], rng))


def _neighbour(coverage: Coverage, rng: Rng, cell: int) -> int:
    beside = np.flatnonzero(shapely.touches(coverage.shapes, coverage.shapes[cell]))
    return int(beside[int(rng.integers(len(beside)))]) if len(beside) else cell


def _merge(coverage: Coverage, rng: Rng) -> ask.Merge:
    cell = _cell(coverage, rng)
    other = _neighbour(coverage, rng, cell)
    return ask.Merge((coverage.keys[cell], coverage.keys[other]))


def _parts(coverage: Coverage, rng: Rng) -> ask.SplitParts:
    return ask.SplitParts(coverage.keys[_cell(coverage, rng)], int(rng.integers(2, 4)))


def _move_border(coverage: Coverage, rng: Rng) -> ask.MoveBorder:
    cell = _cell(coverage, rng)
    other = coverage.keys[_neighbour(coverage, rng, cell)] if rng.random() < 0.8 else None
    return ask.MoveBorder(coverage.keys[cell], other, _off((0, 0), rng, 4))


def _assign(coverage: Coverage, rng: Rng) -> ask.Assign:
    cell = _cell(coverage, rng)
    to = coverage.keys[_neighbour(coverage, rng, cell)]
    place = shapely.point_on_surface(coverage.shapes[cell]).coords[0]
    return ask.Assign((_square(_off(place, rng, 30), rng.uniform(4, 10)),), to)


def _hand_over(coverage: Coverage, rng: Rng) -> ask.HandOver:
    cell = _cell(coverage, rng)
    to = coverage.keys[_neighbour(coverage, rng, cell)] if rng.random() < 0.5 else None
    return ask.HandOver(coverage.keys[cell], to, _line_through(coverage.shapes[cell], rng))


def _reshape(coverage: Coverage, rng: Rng) -> ask.Reshape:
    cell = _cell(coverage, rng)
    other = _neighbour(coverage, rng, cell)
    border = shapely.intersection(coverage.shapes[cell], coverage.shapes[other])
    line = shapely.line_merge(border)
    shares = np.sort(rng.uniform(0.02, 0.98, 2))
    ends = [shapely.line_interpolate_point(line, share, normalized=True) for share in shares]
    if any(shapely.is_missing(ends)) or any(shapely.is_empty(ends)):
        ends = [shapely.centroid(coverage.shapes[at]) for at in (cell, other)]
    start, stop = (np.array(point.coords[0]) for point in ends)
    return ask.Reshape(
        coverage.keys[cell],
        coverage.keys[other],
        (_xy(start), _off((start + stop) / 2, rng, 20), _xy(stop)),
    )


def _square(place, half_m: float) -> ask.Line:
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * half_m
    return tuple(_xy(np.array(place) + corner) for corner in corners)


def _carve(coverage: Coverage, rng: Rng) -> ask.Carve:
    return ask.Carve(_square(_off(_vertex(coverage, rng), rng, 40), rng.uniform(4, 15)))


def _extend(coverage: Coverage, rng: Rng) -> ask.Extend:
    whole = shapely.union_all(coverage.shapes)
    rim = shapely.boundary(shapely.get_parts(whole)[0])
    place = shapely.line_interpolate_point(rim, rng.random(), normalized=True)
    ring = _square(place.coords[0], rng.uniform(4, 15))
    return ask.Extend(ring, coverage.keys[_cell(coverage, rng)] if rng.random() < 0.3 else None)


KINDS = {
    "move": _move,
    "add": _add,
    "delete": _delete,
    "move border": _move_border,
    "split": _split,
    "split into parts": _parts,
    "merge": _merge,
    "hand over": _hand_over,
    "reshape": _reshape,
    "paint": _assign,
    "carve": _carve,
    "extend": _extend,
}
