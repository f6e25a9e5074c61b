"""Lanes, walls and the edges of buildings that are taken as a line by one click; no Qt."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo.features import Features
from gridmap.geo.snapping import find_snap, snap_layers
from gridmap.model.cell_edits import XY, Line
from gridmap.services.ground import Ground
from gridmap.ui.tools.edit_shapes import runs_of

_JOINED_M = 0.05
_MOST_JOINED = 40
_BEYOND_M = 0.5
_LONGEST_M = 400.0
_STRAIGHT = 0.5
"""A lane goes on in another one whose direction has at least this cosine to its own."""

Points = NDArray[np.float64]


def take_edge(ground: Ground, *, xy: XY, reach_m: float) -> Line | None:
    """Return the lane, wall or edge of a building near a place, as long as its cell is wide.

    A lane goes on in those that continue it; what ends within the cell goes on straight to the
    cell's border. None where there is none, or it lies in no cell.
    """
    for features in (ground.walkways, ground.compounds, ground.buildings):
        found = _near(features, xy, reach_m)
        if found is None:
            continue
        shape, segment = found
        cell = _cell_of(ground, segment, xy)
        if cell is None:
            continue
        if shape.geom_type.endswith("Polygon"):
            run = _wall(shape, segment, cell)
        else:
            lanes = features.geometry if features.geometry is not None else np.array([], object)
            run = _lane(shape, segment, lanes, cell)
        return _as_line(_to_border(run, cell))
    return None


def _near(
    features: Features, xy: XY, reach_m: float
) -> tuple[shapely.Geometry, tuple[XY, XY]] | None:
    if features.geometry is None or not len(features.geometry):
        return None
    layers = snap_layers("", features.geometry)
    found = find_snap(layers, xy, reach_m, kinds=("edge",))
    if found is None or found.segment[0] == found.segment[1]:
        return None
    return features.geometry[found.row], found.segment


def _cell_of(ground: Ground, segment: tuple[XY, XY], xy: XY) -> shapely.Polygon | None:
    """Return the cell in which most of an edge lies; where that is none, the one at the place."""
    edge = shapely.LineString(segment)
    near = ground.cells.near([edge])
    lengths = shapely.length(shapely.intersection(near.shapes, edge))
    held = [at for at in np.argsort(-lengths).tolist() if lengths[at] > 0]
    here = ground.cell_at(xy)
    if here in [near.keys[at] for at in held] and here is not None:
        return ground.cells.shape(here)
    return near.shapes[held[0]] if held else None


def _wall(shape: shapely.Geometry, segment: tuple[XY, XY], cell: shapely.Polygon) -> Points:
    """Return the part of a ring that goes through a cell, or else the one edge."""
    middle = shapely.LineString(segment).centroid
    inside = shapely.intersection(shapely.boundary(shape), cell)
    for run in runs_of(inside):
        points: Points = shapely.get_coordinates(run)
        is_open = not np.array_equal(points[0], points[-1])
        if is_open and shapely.distance(run, middle) < _JOINED_M:
            return points
    return np.array(segment)


def _lane(
    shape: shapely.Geometry,
    segment: tuple[XY, XY],
    lanes: Sequence[shapely.Geometry] | NDArray[np.object_],
    cell: shapely.Polygon,
) -> Points:
    """Return a lane, and those that continue it until the cell ends."""
    middle = shapely.LineString(segment).centroid
    part = min(shapely.get_parts(shape), key=lambda one: float(shapely.distance(one, middle)))
    run: Points = shapely.get_coordinates(part)
    others = [
        shapely.get_coordinates(one)
        for lane in lanes
        if lane is not shape and shapely.intersects(lane, shapely.buffer(cell, _JOINED_M))
        for one in shapely.get_parts(lane)
    ]
    for _ in range(2):  # one end, then the other
        for _ in range(_MOST_JOINED):
            if not shapely.contains_xy(cell, *run[-1]):
                break
            further = _continued(run, others)
            if further is None:
                break
            run = np.concatenate([run, further[1:]])
        run = run[::-1]
    return run


def _continued(run: Points, others: list[Points]) -> Points | None:
    """Return the lane that goes on straightest from the end of another, begun there."""
    way = _direction(run[-2], run[-1])
    best, found = _STRAIGHT, None
    for other in others:
        for one in (other, other[::-1]):
            if np.hypot(*(one[0] - run[-1])) > _JOINED_M or len(one) < 2:
                continue
            straight = float(way @ _direction(one[0], one[1]))
            if straight > best:
                best, found = straight, one
    return found


def _to_border(run: Points, cell: shapely.Polygon) -> Points:
    """Prolong a line straight beyond the border of a cell at each end that lies within it."""
    for _ in range(2):
        end = run[-1]
        if shapely.contains_xy(cell, end[0], end[1]):
            way = _direction(run[-2], end)
            ray = shapely.LineString([end, end + way * _LONGEST_M])
            met = shapely.get_coordinates(shapely.intersection(ray, shapely.boundary(cell)))
            if len(met):
                away = np.hypot(*(met - end).T)
                run = np.concatenate([run, [end + way * (float(away.min()) + _BEYOND_M)]])
        run = run[::-1]
    return _cut_short(run, cell)


def _cut_short(run: Points, cell: shapely.Polygon) -> Points:
    """Leave off what a line has far beyond a cell: it would go through other cells as well."""
    grown = shapely.buffer(cell, _BEYOND_M)
    inside = shapely.intersection(shapely.LineString(run), grown)
    runs = runs_of(inside)
    if not runs:
        return run
    kept: Points = shapely.get_coordinates(max(runs, key=lambda one: float(one.length)))
    return kept


def _direction(start: Points, end: Points) -> Points:
    way = np.asarray(end) - np.asarray(start)
    length = float(np.hypot(way[0], way[1]))
    return way / length if length else way


def _as_line(run: Points) -> Line | None:
    rounded = np.round(run, 3)
    is_new = np.append(True, (np.diff(rounded, axis=0) != 0).any(axis=1))
    points = tuple((float(x), float(y)) for x, y in rounded[is_new].tolist())
    return points if len(points) > 1 else None
