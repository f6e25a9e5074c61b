import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gridmap.geo.features import as_objects
from gridmap.geo.snapping import SnapLayer, edges_near, find_snap, snap_layers

EAST, NORTH = 500_000.0, 4_420_000.0


def at(x: float, y: float) -> tuple[float, float]:
    return EAST + x, NORTH + y


@pytest.fixture
def square() -> list[SnapLayer]:
    return snap_layers("cell", as_objects([shapely.box(*at(0, 0), *at(10, 10))]))


@pytest.mark.parametrize(
    ("pointer", "kind", "place"),
    [
        ((9.7, 0.2), "vertex", (10, 0)),
        ((5.2, 0.3), "midpoint", (5, 0)),
        ((7.5, -0.3), "edge", (7.5, 0)),
        ((13.0, 0.2), "extension", (13, 0)),
    ],
)
def test_the_most_telling_place_near_the_pointer_is_taken(square, pointer, kind, place):
    found = find_snap(square, at(*pointer), 0.5)
    assert found is not None
    assert (found.kind, found.xy) == (kind, at(*place))
    assert (found.layer, found.row) == ("cell", 0)


def test_a_foot_from_the_last_point_goes_before_any_place_of_the_edge(square):
    found = find_snap(square, at(7.2, 0.2), 0.5, previous=at(7.0, 6.0))
    assert found is not None
    assert (found.kind, found.xy) == ("perpendicular", at(7, 0))
    assert found.segment in {(at(0, 0), at(10, 0)), (at(10, 0), at(0, 0))}


def test_a_last_point_on_the_edge_has_no_foot_there(square):
    found = find_snap(square, at(7.2, 0.2), 0.5, previous=at(7.0, 0.0))
    assert found is not None
    assert found.kind == "edge"


def test_nothing_is_snapped_to_beyond_the_tolerance(square):
    assert find_snap(square, at(5, 5), 0.5) is None
    assert find_snap([], at(5, 5), 0.5) is None
    assert find_snap(square, at(40, 0), 0.5) is None


def test_only_the_wanted_kinds_are_found(square):
    found = find_snap(square, at(9.7, 0.2), 0.5, kinds=("edge",))
    assert found is not None
    assert (found.kind, found.xy) == ("edge", at(9.7, 0))
    assert find_snap(square, at(13, 0.2), 0.5, kinds=("vertex", "edge")) is None


def test_points_lines_and_holes_can_be_snapped_to():
    ring = shapely.box(*at(0, 0), *at(20, 20)).difference(shapely.box(*at(8, 8), *at(12, 12)))
    layers = snap_layers(
        "any",
        as_objects(
            [shapely.Point(at(30, 0)), ring, None, shapely.LineString([at(40, 0), at(40, 9)])]
        ),
    )
    assert find_snap(layers, at(30.2, 0.1), 0.5).row == 0
    assert find_snap(layers, at(8.1, 8.1), 0.5).row == 1
    assert find_snap(layers, at(40.1, 9.1), 0.5).row == 3


def test_the_nearest_vertex_of_several_layers_wins_and_of_equal_ones_the_first_layer(square):
    others = snap_layers("building", as_objects([shapely.box(*at(10, 0.4), *at(14, 4))]))
    assert find_snap([*square, *others], at(10, 0.35), 0.5).layer == "building"
    same = snap_layers("building", as_objects([shapely.box(*at(10, 0), *at(14, 4))]))
    assert find_snap([*square, *same], at(10.1, 0.1), 0.5).layer == "cell"


def test_edges_near_a_window_are_those_whose_boxes_meet_it(square):
    found = edges_near(square, (*at(9, 4), *at(11, 6)))
    assert sorted(map(tuple, found.ends[0].tolist())) == [at(10, 0), at(10, 10)]
    assert len(found.ends) == 1


@given(st.floats(-5, 25), st.floats(-5, 25), st.floats(0.1, 3))
@settings(max_examples=60, deadline=None)
def test_what_is_found_lies_within_the_tolerance_and_on_its_line(x, y, tolerance):
    shapes = as_objects([shapely.box(*at(0, 0), *at(10, 10)), shapely.box(*at(10, 2), *at(17, 12))])
    found = find_snap(snap_layers("cell", shapes), at(x, y), tolerance, previous=at(3, 4))
    nearest = shapely.distance(shapely.boundary(shapes), shapely.Point(at(x, y))).min()
    if found is None:
        assert nearest > tolerance
        return
    assert np.hypot(*np.subtract(found.xy, at(x, y))) <= tolerance + 0.001
    if found.kind != "extension":
        assert shapely.distance(shapely.boundary(shapes), shapely.Point(found.xy)).min() < 0.001
