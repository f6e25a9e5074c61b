"""Bounds of classes: right, round, the same each time, and quickly found."""

import itertools
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridmap.model.style import Graduation, Hatch, Method, Style, Symbol
from gridmap.report.grading import (
    bounds_of,
    by_value,
    graduated,
    number_text,
    quantile_bounds,
    range_names,
)
from gridmap.report.palettes import palettes

BLUES = palettes()["blues"]


def counts(values: np.ndarray, bounds: tuple[float, ...]) -> list[int]:
    """Return how many values each class has; a row belongs to the first bound that is above it."""
    classes = np.searchsorted(np.array(bounds), values, side="right")
    return np.bincount(classes, minlength=len(bounds)).tolist()


def test_equal_steps_are_equal() -> None:
    bounds = bounds_of(np.arange(101.0), Method.EQUAL, 5)
    assert bounds[:4] == (20.0, 40.0, 60.0, 80.0)
    assert bounds[4] > 100


def test_quantiles_hold_as_many_rows_each() -> None:
    values = np.random.default_rng(1).lognormal(3, 1, 9000)
    held = counts(values, bounds_of(values, Method.QUANTILE, 6))
    assert len(held) == 6
    assert max(held) - min(held) < 0.06 * 9000


def test_natural_breaks_lie_in_the_gaps() -> None:
    rng = np.random.default_rng(2)
    heaps = [rng.normal(middle, 1, 400) for middle in (10, 50, 200)]
    bounds = bounds_of(np.concatenate(heaps), Method.NATURAL, 3)
    assert counts(np.concatenate(heaps), bounds) == [400, 400, 400]


def test_natural_breaks_of_large_numbers_that_differ_little_are_found() -> None:
    values = np.concatenate([4.5e6 + np.arange(50), 4.5e6 + 1000 + np.arange(70)])
    assert counts(values, bounds_of(values, Method.NATURAL, 2)) == [50, 70]


@pytest.mark.parametrize("method", Method)
def test_two_hundred_thousand_numbers_are_quick_and_give_the_same_bounds_again(method) -> None:
    values = np.random.default_rng(3).lognormal(3, 1, 200_000)
    bounds_of(values[:100], method, 5)  # mapclassify is imported
    start = time.perf_counter()
    bounds = bounds_of(values, method, 7)
    assert time.perf_counter() - start < 3
    assert len(bounds) == 7
    assert bounds == bounds_of(values, method, 7)


@settings(max_examples=60)
@given(
    st.lists(st.floats(-1e9, 1e9) | st.sampled_from([0.0, 1.0, 2.0, float("nan")]), max_size=40),
    st.sampled_from(Method),
    st.integers(1, 9),
)
def test_every_number_has_a_class_and_bounds_rise(values, method, count) -> None:
    numbers = np.array(values, float)
    numbers = numbers[np.isfinite(numbers)]
    bounds = bounds_of(np.array(values, float), method, count)
    assert len(bounds) <= count
    assert all(a < b for a, b in itertools.pairwise(bounds))
    if len(numbers) == 0:
        assert bounds == ()
    else:
        assert bounds[-1] > numbers.max()
        assert sum(counts(numbers, bounds)) == len(numbers)


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("values", [[5e-324], [0.0, 5e-324], [-5e-324, 0.0, 1e-300, 1.0]])
def test_numbers_next_to_nothing_have_a_class_too(values, method) -> None:
    for bounds in (bounds_of(np.array(values), method, 2), quantile_bounds(np.array(values), 2)):
        assert sum(counts(np.array(values), bounds)) == len(values)


@pytest.mark.parametrize("method", Method)
def test_a_constant_column_is_one_class(method) -> None:
    bounds = bounds_of(np.full(1000, 3.0), method, 5)
    assert len(bounds) == 1
    assert bounds[0] > 3


@pytest.mark.parametrize("method", [Method.QUANTILE, Method.NATURAL])
def test_ties_are_never_parted_and_make_fewer_classes(method) -> None:
    values = np.array([0.0] * 900 + [1.0] * 50 + [2.0] * 50)
    bounds = bounds_of(values, method, 6)
    assert set(counts(values, bounds)) <= {900, 50, 100, 950, 1000}


def test_bounds_are_round_where_that_moves_hardly_a_row() -> None:
    values = np.random.default_rng(4).uniform(0, 1000, 5000)
    for bound in bounds_of(values, Method.QUANTILE, 5):
        assert bound == round(bound)


def test_quick_quantiles_are_those_of_the_library() -> None:
    values = np.random.default_rng(5).integers(1, 60, 4000).astype(float)
    assert quantile_bounds(values, 6) == bounds_of(values, Method.QUANTILE, 6)


def test_a_graduated_style_has_a_class_for_each_bound() -> None:
    style = Style("cell", Symbol(outline="#D6177F"))
    made = graduated(
        style, "households", (10.0, 25.5, 2000.0), Graduation(Method.EQUAL, 3, "blues"), BLUES
    )
    assert made.by == "households"
    assert [class_.below for class_ in made.classes] == [10.0, 25.5, 2000.0]
    assert [class_.en for class_ in made.classes] == ["below 10", "10 – 25.5", "25.5 – 2,000"]
    assert [class_.symbol.fill for class_ in made.classes] == list(BLUES.sampled(3))
    assert {class_.symbol.outline for class_ in made.classes} == {"#D6177F"}, "cells stay magenta"
    back = graduated(
        style, "households", (1.0, 2.0), Graduation(Method.EQUAL, 2, "blues", True), BLUES,
        is_hatched=True,
    )  # fmt: skip
    assert [class_.symbol.fill for class_ in back.classes] == list(BLUES.sampled(2))[::-1]
    assert [class_.symbol.hatch for class_ in back.classes] == [Hatch.NONE, Hatch.RISING]


def test_lines_by_value_change_the_line() -> None:
    made = by_value(
        Style("walkway", Symbol(outline="#888888", width=2.0)), "kind",
        [("a", "甲", "A"), ("b", "乙", "B")], palettes()["bright"],
    )  # fmt: skip
    assert [c.symbol.outline for c in made.classes] == list(palettes()["bright"].colours[:2])
    assert [c.symbol.fill for c in made.classes] == [None, None]
    assert [c.value for c in made.classes] == ["a", "b"]


def test_counts_are_told_by_whole_numbers() -> None:
    assert range_names((2.0, 5.0, 31.0), "zh", are_whole=True) == ("1", "2 – 4", "5 – 30")
    assert range_names((), "zh") == ()


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (1234567, "1,234,567"), (0.125, "0.125"), (1234.5678, "1,234.57"), (-2.5, "-2.5")],
)
def test_numbers_are_written_without_needless_digits(number, text) -> None:
    assert number_text(number) == text
