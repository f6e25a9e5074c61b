"""Mending: always valid or refused, always on the grid, hardly any area changed."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gridmap.geo.crs import on_grid
from gridmap.geo.mend import Flaw, mend, to_type
from gridmap.model.schema import Geometry

ORIGIN = np.array([452_755.0, 4_426_122.0])


def array(*wkts: str | None) -> np.ndarray:
    return np.array([None if w is None else shapely.from_wkt(w) for w in wkts] + [None], object)[
        :-1
    ]


def is_on_grid(geometries: np.ndarray) -> bool:
    xy = shapely.get_coordinates(geometries)
    return bool(np.array_equal(xy, np.round(xy, 3)))


coordinate = st.floats(-200, 200, allow_nan=False).map(lambda v: round(v, 5))
rings = st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=12)


@given(st.lists(rings, min_size=1, max_size=6))
@settings(deadline=None, max_examples=150)
def test_any_polygon_becomes_valid_and_on_the_grid_or_is_refused(shells):
    polygons = np.array([shapely.Polygon(np.array(shell) + ORIGIN) for shell in shells], object)
    mended = mend(polygons, Geometry.MULTIPOLYGON)
    for position, shape in enumerate(mended.geometry):
        if shape is None:
            assert mended.flaws[position] is Flaw.COLLAPSED
        else:
            assert position not in mended.flaws
            assert shape.is_valid
            assert shapely.get_dimensions(shape) == 2
            assert shape.area > 0
    assert is_on_grid(mended.geometry)


@given(rings)
@settings(deadline=None, max_examples=150)
def test_a_valid_polygon_keeps_its_area(shell):
    hull = shapely.convex_hull(shapely.MultiPoint(np.array(shell) + ORIGIN))
    if shapely.get_dimensions(hull) != 2:
        return
    [shape] = mend(np.array([hull], object), Geometry.POLYGON).geometry
    area = 0.0 if shape is None else shape.area
    # Each vertex moves by 0.7 mm at most.
    assert abs(area - hull.area) <= 0.001 * (hull.length + 1)


@given(
    st.lists(
        st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=9), min_size=1, max_size=5
    )
)
@settings(deadline=None, max_examples=100)
def test_any_line_becomes_valid_and_on_the_grid_or_is_refused(lines):
    shapes = np.array([shapely.LineString(np.array(line) + ORIGIN) for line in lines], object)
    mended = mend(shapes, Geometry.LINESTRING)
    taken = mended.geometry[~shapely.is_missing(mended.geometry)]
    assert shapely.is_valid(taken).all()
    assert (shapely.get_dimensions(taken) == 1).all()
    assert len(taken) + len(mended.flaws) == len(lines)
    assert is_on_grid(taken)


def test_mending_twice_changes_nothing_more():
    once = mend(array("POLYGON ((0 0, 2.00049 2, 2 0, 0 2, 0 0))"), Geometry.MULTIPOLYGON)
    twice = mend(once.geometry, Geometry.MULTIPOLYGON)
    assert once.is_mended.all()
    assert not twice.is_mended.any()
    assert shapely.equals_exact(once.geometry, twice.geometry).all()


def test_a_valid_polygon_that_rounding_breaks_is_mended():
    # A spike of 0.2 mm: its sides fall onto each other on the grid.
    needle = "POLYGON ((0 0, 10 0, 10 10, 5.0001 10, 5 20, 4.9999 10, 0 10, 0 0))"
    assert shapely.is_valid(shapely.from_wkt(needle))
    mended = mend(array(needle), Geometry.POLYGON)
    assert mended.geometry[0].is_valid
    assert mended.geometry[0].area == pytest.approx(100)
    assert mended.is_mended[0]


def test_parts_that_overlap_are_joined_not_cut_out():
    mended = mend(
        array("MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((1 0, 3 0, 3 2, 1 2, 1 0)))"),
        Geometry.MULTIPOLYGON,
    )
    assert mended.geometry[0].area == pytest.approx(6)


def test_holes_stay_holes():
    ring = "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3))"
    mended = mend(array(ring), Geometry.POLYGON)
    assert mended.geometry[0].area == 72
    assert not mended.is_mended[0]


@pytest.mark.parametrize(
    ("wkt", "wanted", "flaw"),
    [
        ("POINT (1 NaN)", Geometry.POINT, Flaw.NOT_FINITE),
        ("LINESTRING (0 0, Inf 1)", Geometry.LINESTRING, Flaw.NOT_FINITE),
        ("POLYGON EMPTY", Geometry.POLYGON, Flaw.EMPTY),
        ("POINT (0 0)", Geometry.POLYGON, Flaw.WRONG_DIMENSION),
        ("POLYGON ((0 0, 1 0, 1 1, 0 0))", Geometry.LINESTRING, Flaw.WRONG_DIMENSION),
        ("GEOMETRYCOLLECTION (POINT (0 0))", Geometry.POLYGON, Flaw.WRONG_DIMENSION),
        ("POLYGON ((0 0, 0.0001 0, 0 0.0001, 0 0))", Geometry.POLYGON, Flaw.COLLAPSED),
        ("POLYGON ((0 0, 1 1, 2 2, 0 0))", Geometry.POLYGON, Flaw.COLLAPSED),
        ("LINESTRING (0 0, 0.0002 0)", Geometry.LINESTRING, Flaw.COLLAPSED),
        ("LINESTRING (5 5, 5 5)", Geometry.LINESTRING, Flaw.COLLAPSED),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_flaw(wkt, wanted, flaw):
    mended = mend(array(wkt), wanted)
    assert mended.flaws == {0: flaw}
    assert mended.geometry[0] is None
    assert not mended.is_mended[0]


def test_missing_geometries_stay_missing_without_a_flaw():
    mended = mend(array(None, "POINT (1 2)"), Geometry.POINT)
    assert mended.geometry[0] is None
    assert not mended.flaws


def test_of_a_collection_the_fitting_parts_are_taken():
    mixed = (
        "GEOMETRYCOLLECTION (POINT (0 0), POLYGON ((0 0, 1 0, 1 1, 0 0)), LINESTRING (0 0, 1 1))"
    )
    mended = mend(array(mixed), Geometry.MULTIPOLYGON)
    assert mended.geometry[0].geom_type == "Polygon"
    assert mended.is_mended[0]


def test_any_takes_every_dimension():
    shapes = array("POINT (1 1)", "LINESTRING (0 0, 1 1)", "POLYGON ((0 0, 1 0, 1 1, 0 0))")
    mended = mend(shapes, Geometry.ANY)
    assert not mended.flaws
    assert shapely.equals_exact(mended.geometry, shapes).all()


def test_the_given_array_is_not_touched():
    shapes = array("POLYGON ((0 0, 2.00049 2, 2 0, 0 2, 0 0))")
    before = shapely.to_wkb(shapes[0])
    mend(shapes, Geometry.POLYGON)
    assert shapely.to_wkb(shapes[0]) == before


def test_rounding_is_the_workspaces_own():
    shapes = np.array([shapely.Point(0.0005 + n, 1.23456789) for n in range(50)], object)
    assert shapely.equals_exact(mend(shapes, Geometry.POINT).geometry, on_grid(shapes)).all()


def test_singles_are_wrapped_where_multi_is_wanted():
    shapes = array("POLYGON ((0 0, 1 0, 1 1, 0 0))", None, "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))")
    result, owner = to_type(shapes, Geometry.MULTIPOLYGON)
    assert [None if s is None else s.geom_type for s in result] == [
        "MultiPolygon",
        None,
        "MultiPolygon",
    ]
    assert owner.tolist() == [0, 1, 2]


def test_multis_are_cut_where_single_is_wanted_in_the_order_of_rows():
    shapes = array("LINESTRING (9 9, 8 8)", "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))", None)
    result, owner = to_type(shapes, Geometry.LINESTRING)
    assert owner.tolist() == [0, 1, 1, 2]
    assert result[3] is None
    assert [s.geom_type for s in result[:3]] == ["LineString"] * 3


def test_an_empty_array_stays_empty():
    nothing = np.empty(0, object)
    assert len(mend(nothing, Geometry.POLYGON).geometry) == 0
    assert len(to_type(nothing, Geometry.POLYGON)[0]) == 0
