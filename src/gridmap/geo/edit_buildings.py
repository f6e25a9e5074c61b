"""Borders that are dragged stay out of buildings."""

import numpy as np
import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.geo import edit_texts as texts
from gridmap.geo.borders import to_metres
from gridmap.geo.coverage import Change
from gridmap.geo.edit_faces import segments_of
from gridmap.geo.edit_line import SNAP_MM, Segment
from gridmap.geo.features import Geometries

_WALL_M = SNAP_MM / 1000.0
"""A border may run along a wall, and this far within it."""


def ensure_no_building_cut(change: Change, buildings: Geometries) -> None:
    """Refuse a change whose new borders cut a building that none cut before.

    Raises:
        RequestError: naming the place in the building.

    Example:
        >>> before, after = shapely.box(0, 0, 10, 10), shapely.box(0, 0, 20, 10)
        >>> house = np.array([shapely.box(18, 2, 22, 6)])
        >>> try:
        ...     ensure_no_building_cut(Change({"a": before}, {"a": after}), house)
        ... except RequestError as refused:
        ...     print(refused.code)
        geo.edit_texts.cuts_building
    """
    old = {segment for shape in change.before.values() for segment in _single(shape)}
    new = {segment for shape in change.after.values() for segment in _single(shape)} - old
    if not new or not len(buildings):
        return
    lines = _lines(new)
    near = np.unique(shapely.STRtree(buildings).query(lines, predicate="intersects")[1])
    inner = shapely.buffer(buildings[near], -_WALL_M, join_style="mitre")
    borders, was = shapely.union_all(lines), shapely.union_all(_lines(old))
    cut = shapely.intersection(inner, borders)
    is_cut = (shapely.length(cut) > 0) & (shapely.length(shapely.intersection(inner, was)) == 0)
    for at in np.flatnonzero(is_cut).tolist():
        east, north = shapely.get_coordinates(cut[at])[0].tolist()
        raise RequestError(texts.cuts_building(), place=Place(xy=(east, north)))


def _single(shape: shapely.Polygon) -> set[Segment]:
    found = segments_of(shape)
    return {(a, b) if a < b else (b, a) for a, b in found}


def _lines(segments: set[Segment]) -> Geometries:
    ends = to_metres(np.array(sorted(segments), np.int64))
    lines: Geometries = shapely.linestrings(ends)
    return lines
