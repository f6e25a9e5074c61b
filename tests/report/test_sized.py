"""Proportional symbols: the area says the number."""

import numpy as np
import pytest
import shapely
from tests.report.helpers import painted, rows_of

from gridmap.model.style import Label, Marker, Proportion, Style, StyleClass, Symbol
from gridmap.report.labels import place_labels
from gridmap.report.legend import legend_entries
from gridmap.report.marks import reach
from gridmap.report.prepared import PreparedLayer, prepare
from gridmap.report.view import PaintView

RED = Symbol(fill="#FF0000", outline="#FF0000", marker=Marker.CIRCLE)
WINDOW = PaintView(0.0, 100.0, 1.0, 100, 100)


def layer(
    numbers: list[object], geometries: list[shapely.Geometry], table: str = "sensor",
    symbol: Symbol = RED, **style: object,
) -> PreparedLayer:  # fmt: skip
    proportion = Proportion("last_value", 100.0, size=40.0)
    rows = rows_of(table, geometries, last_value=numbers, households=numbers)
    return prepare(rows, Style(table, symbol, proportion=proportion, **style))


def points(*xs: float) -> list[shapely.Geometry]:
    return [shapely.Point(x, 50) for x in xs]


def test_the_area_grows_with_the_number() -> None:
    def area(number: float) -> float:
        return float((painted(layer([number], points(50)))[..., 3] > 128).sum())

    assert area(100) / area(25) == pytest.approx(4, rel=0.1)
    assert area(100) == pytest.approx(np.pi * 18.5**2, rel=0.1)


def test_sizes_are_held_between_the_least_and_the_largest() -> None:
    sizes = layer([1e9, 100, 1e-9, 0, -5, None, "x"], points(1, 2, 3, 4, 5, 6, 7)).marker_sizes
    assert sizes[:3].tolist() == [40, 40, 4]
    assert np.isnan(sizes[3:]).all(), "nothing, less than nothing, and no number have no marker"
    assert not painted(layer([0], points(50))).any()


def test_smaller_ones_lie_on_larger_ones() -> None:
    small = StyleClass(Symbol(fill="#0000FF", outline="#0000FF"), below=50.0)
    for numbers in ([100, 9], [9, 100]):
        made = layer(numbers, points(50, 50), by="last_value", classes=(small,))
        blue, _green, red, _alpha = painted(made)[50, 50].tolist()
        assert blue > red


def test_many_in_one_place_are_as_one() -> None:
    one = painted(layer([80], points(50)))
    many = painted(layer([80] * 500, points(*[50.0] * 500)))
    assert (one == many).all()


def test_areas_have_a_marker_at_their_centre_and_no_fill() -> None:
    made = layer([100], [shapely.box(0, 0, 100, 100)], "compound",
                 Symbol(fill="#FF0000", outline="#0000FF"))  # fmt: skip
    shown = painted(made)
    assert shown[50, 50, 2] > 200
    assert shown[10, 10, 3] == 0
    assert shown[99, 50, 0] > 100, "the outline stays"


def test_they_are_shown_at_scales_where_markers_would_be_dots() -> None:
    made = layer([100], points(50), marker_max_denominator=10.0)
    assert (painted(made)[..., 3] > 128).sum() > 900


def test_a_marker_reaches_into_the_next_tile() -> None:
    made = layer([100], points(-15))
    assert painted(made)[50, 2, 3] > 0
    assert reach(made.style, 1000.0) >= 20
    assert reach(Style("sensor", RED, proportion=Proportion("x", 1, size=90)), 1.0) >= 45


def test_the_legend_shows_sizes_and_their_numbers() -> None:
    title, *sizes = legend_entries([layer([100, 3], points(20, 70))], WINDOW, "en")
    assert title.count == 2
    assert [entry.text.split()[-1] for entry in sizes] == ["100", "25", "6.2"]
    assert [entry.marker_size for entry in sizes] == pytest.approx([40, 20, 9.96], rel=0.01)
    assert sizes[0].height > sizes[1].height


def test_a_name_stands_below_the_marker_of_an_area() -> None:
    made = layer([100], [shapely.box(0, 0, 100, 100)], "compound", label=Label("last_value"))
    (label,) = place_labels(WINDOW, [made])
    assert label.x == pytest.approx(50)
    assert label.y - label.height / 2 >= 50 + 20 - 0.5
