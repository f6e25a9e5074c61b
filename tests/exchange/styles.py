"""Styles made at random, of what QML (and less of it SLD) can say."""

import math
from dataclasses import replace

from hypothesis import strategies as st

from gridmap.model.catalogue import TABLE_BY_NAME
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

AREAS, LINES, POINTS = "building", "walkway", "patrol_post"
NUMBERS = {AREAS: "floors", LINES: "width_m", POINTS: "times_a_week"}

opaque = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
colours = opaque | st.integers(1 << 24, (255 << 24) - 1).map("#{:08X}".format)
pixels = st.integers(1, 4000).map(lambda n: n / 100)
denominators = st.integers(1, 10_000).map(lambda n: n * 50.0)
words = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="\r\n"), min_size=1, max_size=8
)
names = words.filter(lambda text: "/" not in text)
dashes = st.sampled_from([(), (4.0, 2.0), (5.0, 1.6, 0.9, 1.6), (1.0, 1.6)])


def _lines(draw, symbol):
    symbol = replace(symbol, outline=draw(colours), width=draw(pixels), dash=draw(dashes))
    if draw(st.booleans()):
        symbol = replace(symbol, casing=draw(colours), casing_width=draw(pixels))
    return symbol


@st.composite
def symbols(draw, table, markers=tuple(Marker), hatches=tuple(Hatch)):
    if table == POINTS:
        marker = draw(st.sampled_from(markers))
        return Symbol(draw(opaque), outline=draw(opaque), marker=marker, size=draw(pixels))
    symbol = _lines(draw, Symbol())
    if table == LINES:
        return replace(symbol, ground_width_m=draw(st.integers(0, 80)) / 10)
    symbol = replace(symbol, fill=draw(st.none() | colours), hatch=draw(st.sampled_from(hatches)))
    if symbol.hatch is not Hatch.NONE:
        own = draw(colours.filter(lambda code: code != symbol.outline))
        symbol = replace(symbol, hatch_colour=own)
    if draw(st.booleans()):
        symbol = replace(symbol, marker=draw(st.sampled_from(markers)), size=draw(pixels))
    return symbol


@st.composite
def conditions(draw, table):
    numbers = st.integers(-1000, 1000).map(lambda n: n / 2)
    field = draw(st.sampled_from(["name", "remark", NUMBERS[table]]))
    if field == NUMBERS[table]:
        asked = [Comparison.IS, Comparison.IS_NOT, Comparison.BELOW, Comparison.FROM]
        value = draw(numbers)
    else:
        asked = [Comparison.IS, Comparison.IS_NOT, Comparison.HAS]
        value = draw(words)
    comparison = draw(st.sampled_from([*asked, Comparison.MISSING]))
    return Condition(field, comparison, None if comparison is Comparison.MISSING else value)


@st.composite
def ruled(draw, table, symbol):
    wheres = draw(st.lists(st.lists(conditions(table), min_size=1, max_size=2), max_size=4))
    classes = []
    for where in wheres:
        one = StyleClass(draw(symbol), where=tuple(dict.fromkeys(where)), zh=draw(names))
        limits = sorted(draw(st.lists(denominators, min_size=2, max_size=2, unique=True)))
        if draw(st.booleans()):
            one = replace(one, min_denominator=limits[0], max_denominator=limits[1])
        classes.append(replace(one, en=one.zh if draw(st.booleans()) else draw(names)))
    return {"classes": tuple(classes)}


@st.composite
def by_value(draw, table, symbol):
    values = draw(st.lists(words, min_size=1, max_size=5, unique=True))
    classes = [StyleClass(draw(symbol), value=v, zh=draw(names), en=draw(names)) for v in values]
    return {"by": "name", "classes": tuple(classes)}


@st.composite
def by_range(draw, table, symbol):
    bounds = draw(st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=5, unique=True))
    classes = [
        StyleClass(draw(symbol), below=bound / 4, zh=draw(names), en=draw(names))
        for bound in sorted(bounds)
    ]
    made = {"by": NUMBERS[table], "classes": tuple(classes)}
    if draw(st.booleans()):
        method, count = draw(st.sampled_from(list(Method))), len(classes)
        palette = draw(st.sampled_from(["viridis", "cividis"]))
        made["graduation"] = Graduation(method, count, palette, draw(st.booleans()))
    return made


@st.composite
def labels(draw):
    limits = sorted(draw(st.lists(denominators, min_size=2, max_size=2, unique=True)))
    return Label(
        draw(st.sampled_from(["name", "remark"])),
        limits[1],
        draw(st.integers(4, 60)) / 2,
        draw(colours),
        draw(colours),
        draw(st.booleans()),
        draw(st.integers(0, 100)),
        draw(st.sampled_from([0.0, limits[0]])),
        draw(st.integers(0, 9)),
        draw(st.just("") | words),
        draw(st.integers(0, 8)) / 2,
    )


@st.composite
def gathers(draw):
    kind = draw(st.sampled_from([Gathering.CLUSTERS, Gathering.HEXAGONS]))
    return Gather(kind, draw(denominators), draw(pixels), draw(pixels), None, "heat")


@st.composite
def styles(draw, *, classed=None):
    """A style all of which QML can say, or keeps for us."""
    table = draw(st.sampled_from([AREAS, LINES, POINTS]))
    symbol = symbols(table)
    kinds = [ruled, by_value, by_range] if classed is None else [classed]
    parts = draw(st.sampled_from(kinds).flatmap(lambda kind: kind(table, symbol)))
    style = Style(table, draw(symbol), **parts)
    if draw(st.booleans()):
        style = replace(style, label=draw(labels()))
    limits = sorted(draw(st.lists(denominators, min_size=2, max_size=2, unique=True)))
    if draw(st.booleans()):
        style = replace(style, min_denominator=limits[0], max_denominator=limits[1])
    if table == POINTS:
        far = draw(st.just(math.inf) | denominators)
        style = replace(style, marker_max_denominator=far, gather=draw(st.none() | gathers()))
        if draw(st.booleans()):
            size = Proportion(NUMBERS[table], draw(pixels), draw(pixels), draw(pixels))
            style = replace(style, proportion=size)
    flags = {"is_border": draw(st.booleans()), "is_overlapping": draw(st.booleans())}
    return replace(style, **flags)


assert all(NUMBERS[table] in TABLE_BY_NAME[table].field_names for table in NUMBERS)
