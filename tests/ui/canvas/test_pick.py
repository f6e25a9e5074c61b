import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ui.canvas.helpers import rows_of

from gridmap.geo.shapes import shapes_of
from gridmap.model.style import Proportion, Style, Symbol
from gridmap.report.prepared import PreparedLayer, prepare
from gridmap.ui.canvas.pick import distance_to, pick

NUMBERS = st.integers(-400, 400).map(lambda n: n / 4)  # as on the grid: no sliver of 1e-300
PLACES = st.tuples(NUMBERS, NUMBERS)


def layer(table: str, *geometries: shapely.Geometry) -> PreparedLayer:
    return prepare(rows_of(table, list(geometries)), Style(table, Symbol()))


def ids(hits: list) -> list[str]:
    return [hit.id for hit in hits]


def test_inside_an_area_but_not_in_its_hole() -> None:
    ring = shapely.box(0, 0, 100, 100) - shapely.box(40, 40, 60, 60)
    compound = layer("compound", ring)
    assert ids(pick([compound], (10, 10), 0.5)) == ["compound-0"]
    assert pick([compound], (50, 50), 0.5) == []
    assert ids(pick([compound], (59.8, 50), 0.5)) == ["compound-0"]
    assert pick([compound], (10, 10), 0.5)[0].distance_m == 0


def test_the_box_of_a_slanting_line_is_not_the_line() -> None:
    lane = layer("walkway", shapely.LineString([(0, 0), (100, 100)]))
    assert pick([lane], (90, 10), 5.0) == []
    (hit,) = pick([lane], (50, 52), 5.0)
    assert hit.distance_m == pytest.approx(2**0.5)


def test_the_gap_between_two_parts_is_not_a_line() -> None:
    parts = shapely.MultiLineString([[(0, 0), (10, 0)], [(90, 0), (100, 0)]])
    assert pick([layer("patrol_log", parts)], (50, 0), 5.0) == []


def test_the_uppermost_comes_first_and_points_before_areas() -> None:
    ground = layer("cell", shapely.box(0, 0, 100, 100))
    things = layer("defect", shapely.box(40, 40, 60, 60), shapely.Point(52, 50))
    assert ids(pick([ground, things], (51, 50), 3.0)) == ["defect-1", "defect-0", "cell-0"]


def test_of_two_areas_the_smaller_comes_first() -> None:
    areas = layer("compound", shapely.box(0, 0, 100, 100), shapely.box(40, 40, 60, 60))
    assert ids(pick([areas], (50, 50), 1.0)) == ["compound-1", "compound-0"]


def test_a_row_of_many_parts_is_one_hit() -> None:
    parts = shapely.GeometryCollection([shapely.Point(0, 0), shapely.box(-5, -5, 5, 5)])
    assert ids(pick([layer("defect", parts)], (0, 0), 1.0)) == ["defect-0"]


@settings(max_examples=150)
@given(st.lists(PLACES, min_size=3, max_size=8, unique=True), PLACES)
def test_distances_are_those_of_shapely(corners: list, place: tuple[float, float]) -> None:
    hull = shapely.convex_hull(shapely.MultiPoint(corners))
    shapes = shapes_of(np.array([hull], object))
    exact = shapely.distance(hull, shapely.Point(place))
    assert distance_to(shapes[0], 0, np.array(place)) == pytest.approx(exact, abs=1e-6)


def test_a_large_marker_is_met_where_it_is_seen() -> None:
    rows = rows_of("sensor", [shapely.Point(0, 0), shapely.Point(100, 0)], last_value=[100, 1])
    style = Style("sensor", Symbol(), proportion=Proportion("last_value", 100.0, size=40.0))
    sized = prepare(rows, style)
    assert ids(pick([sized], (19, 0), 3, pixel_m=1.0)) == ["sensor-0"]
    assert ids(pick([sized], (9, 0), 3, pixel_m=0.5)) == ["sensor-0"]
    assert pick([sized], (19, 0), 3, pixel_m=0.5) == []
    assert pick([sized], (81, 0), 3, pixel_m=1.0) == [], "that one is small"
    assert ids(pick([sized], (98, 0), 3, pixel_m=1.0)) == ["sensor-1"]
