"""Any valid style, for properties that hold for all of them."""

from hypothesis import strategies as st

from gridmap.model.catalogue import MAP_ORDER, TABLE_BY_NAME
from gridmap.model.schema import Table
from gridmap.model.style import (
    Comparison,
    Condition,
    Gather,
    Gathering,
    Graduation,
    Hatch,
    Label,
    Marker,
    Method,
    Proportion,
    Style,
    StyleClass,
    Symbol,
)
from gridmap.report.palettes import palettes

COLOURS = st.from_regex(r"#([0-9A-F]{2})?[0-9A-F]{6}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = TEXTS.filter(bool)
LENGTHS = st.floats(0, 1e6, allow_nan=False)
POSITIVES = st.floats(1e-6, 1e12)
NUMBERS = st.floats(allow_nan=False)
SCALES = st.one_of(st.just(float("inf")), st.floats(0, 1e9))
PALETTES = st.sampled_from(list(palettes()))

SYMBOLS = st.builds(
    Symbol,
    fill=st.none() | COLOURS,
    hatch=st.sampled_from(Hatch),
    hatch_colour=st.none() | COLOURS,
    outline=st.none() | COLOURS,
    width=LENGTHS,
    ground_width_m=LENGTHS,
    dash=st.lists(st.floats(0.01, 100), max_size=4).filter(lambda d: len(d) % 2 == 0).map(tuple),
    casing=st.none() | COLOURS,
    casing_width=LENGTHS,
    marker=st.none() | st.sampled_from(Marker),
    size=LENGTHS,
)


@st.composite
def conditions(draw: st.DrawFn, table: Table) -> Condition:
    field = draw(st.sampled_from(table.field_names))
    comparison = draw(st.sampled_from(Comparison))
    if comparison is Comparison.MISSING:
        return Condition(field, comparison)
    values = NAMES if comparison is Comparison.HAS else TEXTS | NUMBERS
    return Condition(field, comparison, draw(values))


@st.composite
def classes(draw: st.DrawFn, table: Table, by: str | None) -> StyleClass:
    where = tuple(draw(st.lists(conditions(table), max_size=3)))
    scales = {
        "min_denominator": draw(st.just(0.0) | st.floats(0, 1e9)),
        "max_denominator": draw(SCALES),
    }
    value, below = None, None
    if by is not None and draw(st.booleans()):
        choices = [choice.value for choice in table.get_field(by).choices]
        value = draw(st.sampled_from(choices) if choices else TEXTS)
    elif by is not None and draw(st.booleans()):
        below = draw(NUMBERS)
    is_told = value is not None or below is not None or where
    if not is_told and scales == {"min_denominator": 0.0, "max_denominator": float("inf")}:
        scales["max_denominator"] = 1000.0
    return StyleClass(draw(SYMBOLS), value, below, where, zh=draw(NAMES), en=draw(NAMES), **scales)


@st.composite
def styles(draw: st.DrawFn) -> Style:
    """Return any style that a file may hold."""
    table = TABLE_BY_NAME[draw(st.sampled_from(MAP_ORDER))]
    fields = st.sampled_from(table.field_names)
    by = draw(st.none() | fields)
    label = st.builds(
        Label, fields, SCALES, LENGTHS, COLOURS, COLOURS, st.booleans(), st.integers(0, 99),
        SCALES, st.integers(0, 9), TEXTS, LENGTHS,
    )  # fmt: skip
    graduation = st.builds(
        Graduation, st.sampled_from(Method), st.integers(1, 20), PALETTES, st.booleans()
    )
    gather = st.builds(
        Gather, st.sampled_from(Gathering), SCALES, st.floats(1, 1000), st.floats(1, 1e6),
        st.none() | fields,
        PALETTES,
    )  # fmt: skip
    return Style(
        table.name,
        draw(SYMBOLS),
        by,
        tuple(draw(st.lists(classes(table, by), max_size=3))),
        draw(st.none() | label),
        draw(st.none() | graduation),
        draw(st.none() | st.builds(Proportion, fields, POSITIVES, LENGTHS, LENGTHS)),
        draw(st.none() | gather),
        draw(SCALES),
        draw(SCALES),
        draw(SCALES),
        draw(st.booleans()),
        draw(st.booleans()),
    )
