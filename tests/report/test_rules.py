"""To which class a row belongs: by value, by number, by rule, by scale."""

import numpy as np
import pytest
import shapely
from tests.report.helpers import painted, rows_of

from gridmap.model.style import Comparison, Condition, Label, Style, StyleClass, Symbol
from gridmap.report.prepared import PreparedLayer, prepare
from gridmap.report.rules import word_of

COLUMNS = {
    "kind": ["road", "road", None, "Path", "garden path"],
    "floors": [1, 6, None, 3.5, 12],
    "on": ["2024-01-02", "2023-12-31", None, "2024-01-01", "2025-06-01"],
    "is_old": [1, 0, None, 1, 0],
}
INF = float("inf")


def layer(*classes: StyleClass, by: str | None = None) -> PreparedLayer:
    boxes = [shapely.box(20 * n, 0, 20 * n + 20, 20) for n in range(5)]
    return prepare(
        rows_of("building", boxes, **COLUMNS), Style("building", Symbol(), by, tuple(classes))
    )


def met(*conditions: Condition) -> list[int]:
    classes = layer(StyleClass(Symbol(), where=conditions)).row_classes
    return np.flatnonzero(classes == 0).tolist()


@pytest.mark.parametrize(
    ("field", "comparison", "value", "rows"),
    [
        ("kind", Comparison.IS, "road", [0, 1]),
        ("kind", Comparison.IS_NOT, "road", [2, 3, 4]),
        ("kind", Comparison.HAS, "path", [4]),
        ("kind", Comparison.MISSING, None, [2]),
        ("floors", Comparison.BELOW, 6.0, [0, 3]),
        ("floors", Comparison.FROM, 6.0, [1, 4]),
        ("floors", Comparison.IS, 6.0, [1]),
        ("floors", Comparison.IS, "6", [1]),
        ("floors", Comparison.IS, "3.5", [3]),
        ("floors", Comparison.IS_NOT, 6.0, [0, 2, 3, 4]),
        ("kind", Comparison.BELOW, 3.0, []),
        ("on", Comparison.BELOW, "2024-01-01", [1]),
        ("on", Comparison.FROM, "2024-01-01", [0, 3, 4]),
        ("is_old", Comparison.IS, "1", [0, 3]),
        ("colour", Comparison.IS_NOT, "red", []),
    ],
)
def test_a_condition_is_met_by_the_right_rows(field, comparison, value, rows) -> None:
    assert met(Condition(field, comparison, value)) == rows


def test_all_conditions_of_a_rule_must_hold() -> None:
    both = (
        Condition("kind", Comparison.IS, "road"), Condition("floors", Comparison.FROM, 2.0)
    )  # fmt: skip
    assert met(*both) == [1]


def test_a_row_belongs_to_the_first_class_that_it_meets() -> None:
    from_two = Condition("floors", Comparison.FROM, 2.0)
    from_five = Condition("floors", Comparison.FROM, 5.0)
    first = layer(StyleClass(Symbol(), where=(from_two,)), StyleClass(Symbol(), where=(from_five,)))
    assert first.row_classes.tolist() == [2, 0, 2, 0, 0]
    other = layer(StyleClass(Symbol(), where=(from_five,)), StyleClass(Symbol(), where=(from_two,)))
    assert other.row_classes.tolist() == [2, 0, 2, 1, 0]


def test_values_bounds_and_rules_stand_side_by_side() -> None:
    classes = layer(
        StyleClass(Symbol(), below=2.0),
        StyleClass(Symbol(), value="12"),
        StyleClass(Symbol(), where=(Condition("kind", Comparison.IS, "road"),)),
        by="floors",
    ).row_classes
    assert classes.tolist() == [0, 2, 3, 3, 1]


def test_a_class_is_used_only_at_its_scales() -> None:
    near = StyleClass(Symbol(fill="#FF0000"), below=100.0, max_denominator=1000.0)
    far = StyleClass(Symbol(fill="#0000FF"), below=100.0, min_denominator=5000.0)
    ruled = layer(near, far, by="floors")
    assert ruled.at(500.0).row_classes.tolist() == [0, 0, 2, 0, 0]
    assert ruled.at(2000.0).row_classes.tolist() == [2, 2, 2, 2, 2]
    assert ruled.at(8000.0).row_classes.tolist() == [1, 1, 2, 1, 1]
    assert ruled.at(8000.0) is ruled.at(9000.0), "worked out once a band"
    assert layer(StyleClass(Symbol(), below=3.0), by="floors").at(1.0) is not None


def test_the_painter_uses_the_classes_of_the_scale() -> None:
    red = StyleClass(Symbol(fill="#FF0000"), below=100.0, max_denominator=5000.0)
    blue = StyleClass(Symbol(fill="#0000FF"), below=100.0, min_denominator=5000.0)
    ruled = layer(red, blue, by="floors")
    near = painted(ruled)  # 1:3,780
    far = painted(ruled, ratio=2.0)  # 1:7,559
    assert near[90, 10].tolist() == [0, 0, 255, 255]
    assert far[90, 10].tolist() == [255, 0, 0, 255]
    assert near[90, 50, 3] == 0, "what meets no class has the symbol, which is nothing"


def test_points_of_a_symbol_that_says_nothing_are_not_painted() -> None:
    rule = StyleClass(Symbol(fill="#FF0000"), where=(Condition("kind", Comparison.IS, "a"),))
    points = [shapely.Point(20, 50), shapely.Point(80, 50)]
    rows = rows_of("component", points, kind=["a", "b"])
    for limit in (INF, 1.0):  # markers, dots
        style = Style("component", Symbol(), classes=(rule,), marker_max_denominator=limit)
        pixels = painted(prepare(rows, style))
        assert pixels[:, :50, 3].any()
        assert not pixels[:, 50:, 3].any()


def test_the_style_asks_for_the_fields_of_its_rules() -> None:
    rule = StyleClass(Symbol(), where=(Condition("floors", Comparison.FROM, 2.0),))
    style = Style("building", Symbol(), classes=(rule,), label=Label("name"))
    assert style.fields == ("floors", "name")


@pytest.mark.parametrize(
    ("value", "word"), [("甲", "甲"), (3, "3"), (3.0, "3"), (3.25, "3.25"), (True, "1")]
)
def test_values_are_named_as_in_style_files(value, word) -> None:
    assert word_of(value) == word
