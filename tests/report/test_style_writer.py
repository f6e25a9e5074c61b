"""Styles to text and back."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.report.style_cases import styles

from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.style import Comparison, Condition, Style, StyleClass, Symbol
from gridmap.report.style_writer import write_style
from gridmap.report.styles import load_styles, parse_style

FILE = Path("defect.toml")


def read(style: Style) -> Style:
    return parse_style(write_style(style), TABLE_BY_NAME[style.table], FILE)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(styles())
def test_what_is_written_is_read_as_it_was(style: Style) -> None:
    assert read(style) == style


@pytest.mark.parametrize("style", load_styles().values(), ids=lambda style: style.table)
def test_the_shipped_styles_come_back_equal(style: Style) -> None:
    assert read(style) == style


def test_a_written_style_says_only_what_is_not_usual() -> None:
    style = Style(
        "defect",
        Symbol(fill="#FF0000", outline="#000000", dash=(4.0, 2.5)),
        classes=(
            StyleClass(
                Symbol(outline="#000000", dash=(4.0, 2.5)),
                where=(
                    Condition("title", Comparison.HAS, '"墙"'),
                    Condition("severity", Comparison.FROM, 2.0),
                    Condition("remark", Comparison.MISSING),
                ),
                max_denominator=5000.0,
                zh="墙",
                en="Wall",
            ),
        ),
    )
    assert write_style(style) == (
        "# 老旧小区问题 · Defect\n"
        "\n"
        "[symbol]\n"
        'fill = "#FF0000"\n'
        'outline = "#000000"\n'
        "dash = [4, 2.5]\n"
        "\n"
        "[[class]]\n"
        "where = [\n"
        '    { field = "title", has = "\\"墙\\"" },\n'
        '    { field = "severity", from = 2 },\n'
        '    { field = "remark", missing = true },\n'
        "]\n"
        "max_denominator = 5000\n"
        'zh = "墙"\n'
        'en = "Wall"\n'
        'fill = "none"\n'
    )
    assert read(style) == style
