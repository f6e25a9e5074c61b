"""Classes of a style changed as a whole: colours, hatches, names, counts, rules."""

import numpy as np
import pytest

from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.schema import Field, Geometry, Kind
from gridmap.model.style import (
    Comparison,
    Condition,
    Graduation,
    Hatch,
    Method,
    Style,
    StyleClass,
    Symbol,
)
from gridmap.report.grading import graduated
from gridmap.report.palettes import palettes
from gridmap.report.rules import first_classes, memberships
from gridmap.report.schemes import (
    MOST_CLASSES,
    as_rules,
    census_of,
    coloured,
    comparisons_for,
    first_condition,
    ink_on,
    named_values,
    recoloured,
    rounded_up,
    rule_names,
    told_apart,
    values_of,
    with_conditions,
)
from gridmap.report.styles import class_names

BUILDING = TABLE_BY_NAME["building"]
COLOURS = ("#E69F00", "#56B4E9", "#009E73")


def classified(style: Style, columns: dict[str, object]) -> list[int]:
    arrays = {name: np.array(values, object) for name, values in columns.items()}
    count = len(next(iter(arrays.values())))
    members = memberships(arrays, count, style)
    return first_classes(members, (True,) * len(members), count).tolist()


# --- colours


def test_a_line_takes_a_colour_by_its_line_and_an_area_by_its_fill() -> None:
    line = coloured(Symbol(outline="#000000"), "#E69F00", Geometry.LINESTRING, is_frame=False)
    assert (line.fill, line.outline) == (None, "#E69F00")
    area = coloured(
        Symbol(fill="#80FFFFFF", outline="#000000"), "#E69F00", Geometry.POLYGON, is_frame=False
    )
    assert area.fill == "#80E69F00"  # as much shines through as before
    assert area.outline not in ("#000000", "#E69F00", None)


def test_a_border_keeps_its_colour_when_its_areas_are_coloured() -> None:
    border = Symbol(outline="#D6177F")
    area = coloured(border, "#E69F00", Geometry.POLYGON, is_frame=True)
    assert area.outline == "#D6177F"
    assert area.fill is not None
    assert len(area.fill) == len("#AARRGGBB")  # the map below still shows


@pytest.mark.parametrize("geometry", [Geometry.POLYGON, Geometry.POINT, Geometry.LINESTRING])
def test_classes_safe_for_a_copier_differ_without_their_colours(geometry: Geometry) -> None:
    looks = {
        (one.hatch, one.marker, one.dash)
        for one in (told_apart(Symbol(fill="#888888"), place, geometry) for place in range(6))
    }
    assert len(looks) == 6


@pytest.mark.parametrize("colour", [c for one in palettes().values() for c in one.colours])
def test_a_hatch_is_seen_on_every_colour_of_the_palettes(colour: str) -> None:
    def grey(code: str) -> float:
        red, green, blue = (int(code[n : n + 2], 16) for n in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert abs(grey(colour) - grey(ink_on(colour))) > 70


def test_colours_begin_anew_where_there_are_more_classes() -> None:
    symbol = Symbol(fill="#FFFFFF")
    classes = tuple(StyleClass(symbol, value=str(n), zh="x", en="x") for n in range(5))
    painted = recoloured(Style("building", symbol, "name", classes), COLOURS, is_copier_safe=False)
    fills = [each.symbol.fill for each in painted.classes]
    assert fills == [*COLOURS, *COLOURS[:2]]
    assert all(each.symbol.hatch is Hatch.NONE for each in painted.classes)


# --- values


def test_a_code_table_names_its_values_and_yes_and_no_are_named_in_both_languages() -> None:
    use = BUILDING.get_field("use")
    assert named_values(use, values_of(use))[0] == ("residential", "", "")
    old = TABLE_BY_NAME["compound"].get_field("is_old")
    assert named_values(old, values_of(old)) == (("1", "是", "Yes"), ("0", "否", "No"))
    many = [f"楼{n}" for n in range(100)]
    named = named_values(BUILDING.get_field("name"), many)
    assert len(named) == MOST_CLASSES
    assert named[0] == ("楼0", "楼0", "楼0")
    assert all(named_values(BUILDING.get_field("name"), [" "])[0])  # a class must have a name


def test_rows_are_counted_as_the_painter_would_put_them() -> None:
    floors = [1, 1, 2, 6, 6, 6, 7, 18, 33, None]
    values = tuple((str(n), floors.count(n)) for n in sorted({n for n in floors if n is not None}))
    how = Graduation(Method.EQUAL, 3, "heat")
    style = graduated(Style("building", Symbol()), "floors", (6.0, 7.0, 34.0), how,
                      palettes()["heat"])  # fmt: skip
    painted = classified(style, {"floors": floors})
    assert census_of(values).counted(style) == tuple(painted.count(n) for n in range(3))
    assert census_of(values).rows == 9


def test_values_are_counted_by_their_class_and_what_has_none_is_left() -> None:
    symbol = Symbol()
    classes = tuple(StyleClass(symbol, value=each) for each in ("shop", "school"))
    census = census_of((("residential", 40), ("shop", 7)))
    assert census.counted(Style("building", symbol, "use", classes)) == (7, 0)


@pytest.mark.parametrize(
    ("number", "expected"), [(1.0, 1.0), (997.0, 1000.0), (0.0123, 0.013), (34.0, 34.0)]
)
def test_a_largest_number_is_rounded_up_to_two_digits(number: float, expected: float) -> None:
    assert rounded_up(number) == expected


# --- rules


def test_rules_made_of_classes_paint_the_same() -> None:
    columns = {"floors": [1, 6, 7, 18, None], "use": ["shop", "school", None, "shop", "other"]}
    how = Graduation(Method.EQUAL, 2, "heat")
    graded = graduated(Style("building", Symbol()), "floors", (7.0, 20.0), how, palettes()["heat"])
    by_use = Style(
        "building", Symbol(), "use",
        (StyleClass(Symbol(), value="shop"), StyleClass(Symbol(), value="school")),
    )  # fmt: skip
    for style in (graded, by_use):
        rules = as_rules(style)
        assert rules.by is None
        assert all(each.where for each in rules.classes)
        assert classified(rules, columns) == classified(style, columns)
        assert class_names(rules, "zh") == class_names(style, "zh")
        assert all(class_names(rules, "en"))


@pytest.mark.parametrize("field", [each for each in BUILDING.fields if each.refers_to is None])
def test_a_new_condition_asks_something_that_may_be_asked(field: Field) -> None:
    condition = first_condition(field)
    assert condition.comparison in comparisons_for(field)
    if field.kind in (Kind.INTEGER, Kind.REAL):
        assert isinstance(condition.value, float)


def test_a_rule_is_named_by_its_conditions_until_it_gets_a_name_of_its_own() -> None:
    tall = (Condition("floors", Comparison.FROM, 10.0), Condition("use", Comparison.IS, "shop"))
    zh, en = rule_names(BUILDING, tall)
    assert zh == "层数 ≥ 10，用途 = 商业"
    assert en == "Floors ≥ 10, Use = Shops"
    style = Style("building", Symbol(), classes=(StyleClass(Symbol(), where=tall, zh=zh, en=en),))
    lower = with_conditions(style, 0, tall[:1])
    assert lower.zh == "层数 ≥ 10"
    own = Style(
        "building", Symbol(), classes=(StyleClass(Symbol(), where=tall, zh="高楼", en="Towers"),)
    )
    assert with_conditions(own, 0, tall[:1]).zh == "高楼"
