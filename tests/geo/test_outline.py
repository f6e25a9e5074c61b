"""A geometry as runs of vertices: it comes back as it was, and changes vertex by vertex."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gridmap.geo.outline import Vertex, outline_of, shifted

SHELL = shapely.box(0, 0, 10, 10)
WITH_HOLE = shapely.difference(SHELL, shapely.box(2, 2, 4, 4))
SHAPES = [
    shapely.Point(1, 2),
    shapely.LineString([(0, 0), (5, 0), (5, 5)]),
    shapely.MultiLineString([[(0, 0), (1, 1)], [(3, 3), (4, 4)]]),
    SHELL,
    WITH_HOLE,
    shapely.MultiPolygon([WITH_HOLE, shapely.box(20, 0, 30, 10)]),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.geom_type)
def test_a_shape_comes_back_as_it_was(shape):
    again = outline_of(shape).shape()
    assert shapely.equals_exact(again, shape, 0)
    assert again.geom_type == shape.geom_type


@given(st.sampled_from(SHAPES), st.data())
def test_a_moved_vertex_is_where_it_was_put_and_all_others_stay(shape, data):
    outline = outline_of(shape)
    run = data.draw(st.integers(0, len(outline.runs) - 1))
    vertex = Vertex(run, data.draw(st.integers(0, len(outline.runs[run]) - 1)))
    moved = outline.moved(vertex, (100.0004, 50.0))
    assert moved.xy(vertex) == (100.0, 50.0)
    others = [
        (number, at)
        for number, points in enumerate(outline.runs)
        for at in range(len(points))
        if (number, at) != (vertex.run, vertex.at)
    ]
    assert all(moved.xy(Vertex(*one)) == outline.xy(Vertex(*one)) for one in others)
    assert outline_of(moved.shape()) == moved


def test_a_vertex_added_on_an_edge_is_taken_away_again():
    outline = outline_of(WITH_HOLE)
    after, foot = outline.nearest_leg((3.0, 1.9), 0.5)
    assert after.run == 1
    more = outline.added(after, foot)
    assert shapely.equals(more.shape(), WITH_HOLE)
    assert more.without(Vertex(after.run, after.at + 1)) == outline


def test_as_many_vertices_stay_as_a_shape_needs():
    triangle = outline_of(shapely.Polygon([(0, 0), (1, 0), (0, 1)]))
    assert triangle.without(Vertex(0, 0)) is None
    assert outline_of(shapely.LineString([(0, 0), (1, 1)])).without(Vertex(0, 1)) is None
    assert outline_of(shapely.Point(0, 0)).without(Vertex(0, 0)) is None


def test_the_nearest_vertex_is_found_only_within_reach():
    outline = outline_of(SHELL)
    found = outline.nearest_vertex((9.8, 0.1), 0.5)
    assert found is not None
    assert outline.xy(found) == (10, 0)
    assert outline.nearest_vertex((5, 5), 1) is None
    assert outline.nearest_leg((5, 5), 1) is None


def test_a_shifted_shape_lies_on_the_grid():
    there = shifted(SHELL, (0.12345, -3))
    assert shapely.bounds(there).tolist() == [0.123, -3, 10.123, 7]
