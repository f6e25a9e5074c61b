"""Geometries of every kind, for hypothesis."""

import numpy as np
import shapely
from hypothesis import strategies as st

_METRES = st.floats(-1e7, 1e7, allow_nan=False, width=64).map(lambda value: round(value, 3))
_POINT = st.tuples(_METRES, _METRES)


def _line(points):
    return shapely.LineString(points)


@st.composite
def _polygons(draw):
    """A box, sometimes with holes in it; what counts here is the number of rings and vertices."""
    x, y = draw(_POINT)
    size = draw(st.floats(1, 1000))
    box = shapely.box(x, y, x + size, y + size)
    holes = [
        shapely.box(x + size * a, y + size * 0.1, x + size * (a + 0.1), y + size * 0.2)
        for a in (0.1, 0.4, 0.7)[: draw(st.integers(0, 3))]
    ]
    polygon = shapely.Polygon(
        shapely.get_coordinates(box), [shapely.get_coordinates(hole) for hole in holes]
    )
    return shapely.segmentize(polygon, size / draw(st.integers(1, 9)))


points = _POINT.map(shapely.Point)
lines = st.lists(_POINT, min_size=2, max_size=12).map(_line)
polygons = _polygons()
SINGLE = {"POINT": points, "LINESTRING": lines, "POLYGON": polygons}
MULTI = {
    "MULTIPOINT": st.lists(points, min_size=1, max_size=5).map(shapely.MultiPoint),
    "MULTILINESTRING": st.lists(lines, min_size=1, max_size=5).map(shapely.MultiLineString),
    "MULTIPOLYGON": st.lists(polygons, min_size=1, max_size=4).map(shapely.MultiPolygon),
}
KINDS = {**SINGLE, **MULTI}
absent = st.sampled_from([None, shapely.Polygon(), shapely.Point(), shapely.MultiPolygon()])


def arrays(*kinds, max_size=8):
    """Arrays of geometries of some kinds."""
    return st.lists(st.one_of(*kinds), max_size=max_size).map(as_array)


def as_array(geometries):
    array = np.empty(len(geometries), object)
    array[:] = geometries
    return array
