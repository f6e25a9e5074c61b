"""Classes of a style changed as a whole: other colours, other hatches, rules instead of values."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gridmap.base.messages import Language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.schema import Field, Geometry, Kind, Table
from gridmap.model.style import (
    Comparison,
    Condition,
    Hatch,
    Marker,
    Style,
    StyleClass,
    Symbol,
)
from gridmap.report.grading import number_text
from gridmap.report.palettes import hatches_for
from gridmap.report.styles import class_names

MOST_CLASSES = 24
"""So many classes are made of values at most; nobody tells more colours apart."""
_YES_NO = (("1", "是", "Yes"), ("0", "否", "No"))
_EMPTY = ("（空白）", "(blank)")
_MARKERS = (
    Marker.CIRCLE,
    Marker.TRIANGLE,
    Marker.SQUARE,
    Marker.PLUS,
    Marker.DIAMOND,
    Marker.STAR,
    Marker.RING,
    Marker.HOURGLASS,
)
_DASHES: tuple[tuple[float, ...], ...] = ((), (4, 2), (1, 1.5), (8, 2, 1, 2), (2, 4), (8, 3))
_FRAME_ALPHA = "B3"
"""What had no fill is filled so that the map below still shows."""
_DARKER = 0.6
_PALE = 150.0
_SIGNS: Mapping[Comparison, str] = {
    Comparison.IS: "=",
    Comparison.IS_NOT: "≠",
    Comparison.BELOW: "<",
    Comparison.FROM: "≥",
}
_NUMBERS = (Kind.INTEGER, Kind.REAL)


# --- colours


def recoloured(style: Style, colours: Sequence[str], *, is_copier_safe: bool) -> Style:
    """Return the style with its classes in these colours, begun anew where they do not suffice.

    With ``is_copier_safe`` classes differ by hatch, marker or dash as well.
    """
    geometry = TABLE_BY_NAME[style.table].geometry
    classes = []
    for place, class_ in enumerate(style.classes):
        colour = colours[place % len(colours)]
        symbol = coloured(style.symbol, colour, geometry, is_frame=style.is_border)
        if is_copier_safe:
            symbol = told_apart(symbol, place, geometry)
        classes.append(replace(class_, symbol=symbol))
    return replace(style, classes=tuple(classes))


def coloured(symbol: Symbol, colour: str, geometry: Geometry | None, *, is_frame: bool) -> Symbol:
    """Return a symbol in another colour: what is filled is filled, its outline is darker.

    With ``is_frame`` the outline is the layer's own (a border) and stays.
    """
    dimension = geometry.dimension if geometry else None
    if dimension == 1:
        return replace(symbol, outline=colour)
    is_frame_only = symbol.fill is None and dimension == 2
    alpha = _FRAME_ALPHA if is_frame_only else alpha_of(symbol.fill)
    outline = symbol.outline
    if outline is not None and not is_frame:
        outline = darker(colour)
    return replace(symbol, fill=with_alpha(colour, alpha), outline=outline)


def told_apart(symbol: Symbol, place: int, geometry: Geometry | None) -> Symbol:
    """Return a symbol that differs from those at other places in black and white too."""
    dimension = geometry.dimension if geometry else None
    if dimension == 0:
        return replace(symbol, marker=_MARKERS[place % len(_MARKERS)])
    if dimension == 1:
        return replace(symbol, dash=_DASHES[place % len(_DASHES)])
    hatch = hatches_for(place + 1)[place]
    ink = None if hatch is Hatch.NONE else ink_on(symbol.fill or "#FFFFFF")
    return replace(symbol, hatch=hatch, hatch_colour=ink)


def ink_on(colour: str) -> str:
    """Return a colour for lines that are seen on ``colour``, and on a copier's grey of it."""
    red, green, blue = _channels(colour)
    is_pale = 0.299 * red + 0.587 * green + 0.114 * blue > _PALE
    return darker(darker(colour)) if is_pale else "#FFFFFF"


def darker(colour: str) -> str:
    """Return a darker ``#RRGGBB`` of the same hue."""
    return "#" + "".join(f"{round(channel * _DARKER):02X}" for channel in _channels(colour))


def _channels(colour: str) -> tuple[int, int, int]:
    code = colour[-6:]
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)


def alpha_of(colour: str | None) -> str:
    """Return the opacity of a colour as two hex digits."""
    return colour[1:3].upper() if colour is not None and len(colour) == len("#AARRGGBB") else "FF"


def with_alpha(colour: str, alpha: str) -> str:
    """Return a colour with an opacity of two hex digits; a solid one stays short."""
    solid = colour[-6:].upper()
    return f"#{solid}" if alpha == "FF" else f"#{alpha}{solid}"


# --- values


def values_of(field: Field) -> tuple[str, ...]:
    """Return the values that a field may have, where they are known without looking."""
    if field.kind is Kind.YES_NO:
        return tuple(value for value, _, _ in _YES_NO)
    return tuple(choice.value for choice in field.choices)


def named_values(field: Field, values: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """Return the first values with what classes of them are called: (value, Chinese, English).

    What a code table or yes and no name stays without a name of its own where it can.
    """
    names = {choice.value: ("", "") for choice in field.choices}
    if field.kind is Kind.YES_NO:
        names = {value: (zh, en) for value, zh, en in _YES_NO}
    return tuple(
        (value, *names.get(value, (value, value) if value.strip() else _EMPTY))
        for value in values[:MOST_CLASSES]
    )


@dataclass(frozen=True)
class Census:
    """How many rows have each value of a field; made once, in a worker thread.

    ``values`` are as a style writes them, the most frequent first; ``numbers`` (n,) are those
    that are numbers, rising, and ``up_to`` (n + 1,) how many rows lie below each of them.
    """

    values: tuple[tuple[str, int], ...]
    rows: int
    words: Mapping[str, int]
    numbers: NDArray[np.float64]
    up_to: NDArray[np.int64]

    def counted(self, style: Style) -> tuple[int, ...]:
        """Return how many rows belong to each class of values or numbers, in their order."""
        counts = []
        before = 0
        for class_ in style.classes:
            if class_.below is None:
                counts.append(self.words.get(class_.value or "", 0))
                continue
            below = int(self.up_to[np.searchsorted(self.numbers, class_.below)])
            counts.append(max(below - before, 0))
            before = max(before, below)
        return tuple(counts)


def census_of(values: tuple[tuple[str, int], ...]) -> Census:
    """Return the census of values with their counts."""
    pairs = [(_number(value), count) for value, count in values]
    found = sorted((number, count) for number, count in pairs if number is not None)
    numbers = np.array([number for number, _ in found], np.float64)
    counts = np.array([count for _, count in found], np.int64)
    up_to = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    rows = sum(count for _, count in values)
    return Census(values, rows, dict(values), numbers, up_to)


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def rounded_up(number: float) -> float:
    """Return the least number with two digits that is not below a positive ``number``."""
    step = 10.0 ** (math.floor(math.log10(number)) - 1)
    return round(math.ceil(number / step - 1e-9) * step, 12)


# --- rules


def as_rules(style: Style) -> Style:
    """Return the style with its classes said as rules, which paint and are called the same."""
    if style.by is None:
        return replace(style, graduation=None)
    # a rule has no single value of which the catalogue could tell the name
    names = zip(class_names(style, "zh"), class_names(style, "en"), strict=True)
    classes = tuple(
        replace(_ruled(style.by, each), zh=zh, en=en)
        for each, (zh, en) in zip(style.classes, names, strict=True)
    )
    return replace(style, by=None, classes=classes, graduation=None)


def _ruled(by: str, class_: StyleClass) -> StyleClass:
    where = class_.where
    if class_.below is not None:
        where = (Condition(by, Comparison.BELOW, class_.below), *where)
    elif class_.value is not None:
        where = (Condition(by, Comparison.IS, class_.value), *where)
    return replace(class_, value=None, below=None, where=where)


def first_condition(field: Field) -> Condition:
    """Return a condition to begin with."""
    values = values_of(field)
    if values:
        return Condition(field.name, Comparison.IS, values[0])
    if field.kind in _NUMBERS:
        return Condition(field.name, Comparison.FROM, 0.0)
    return Condition(field.name, Comparison.MISSING)


def comparisons_for(field: Field) -> tuple[Comparison, ...]:
    """Return what may be asked of a field."""
    if values_of(field):
        return Comparison.IS, Comparison.IS_NOT, Comparison.MISSING
    if field.kind in _NUMBERS:
        order = Comparison.FROM, Comparison.BELOW
        return (*order, Comparison.IS, Comparison.IS_NOT, Comparison.MISSING)
    return Comparison.HAS, Comparison.IS, Comparison.IS_NOT, Comparison.MISSING


def with_conditions(style: Style, place: int, where: tuple[Condition, ...]) -> StyleClass:
    """Return the class at ``place`` with other conditions; a name of its own stays."""
    table, held = TABLE_BY_NAME[style.table], style.classes[place]
    is_own = bool(held.zh or held.en) and (held.zh, held.en) != rule_names(table, held.where)
    zh, en = (held.zh, held.en) if is_own else rule_names(table, where)
    return replace(held, where=where, zh=zh, en=en)


def rule_names(table: Table, where: Sequence[Condition]) -> tuple[str, str]:
    """Return what a rule is called by itself, in Chinese and in English."""
    if not where:
        return "全部", "All"
    zh = "，".join(_condition_text(table, each, "zh") for each in where)
    en = ", ".join(_condition_text(table, each, "en") for each in where)
    return zh, en


def _condition_text(table: Table, condition: Condition, language: Language) -> str:
    field = table.get_field(condition.field)
    is_english = language == "en"
    name = field.en if is_english else field.zh
    if condition.comparison is Comparison.MISSING:
        return f"{name} missing" if is_english else f"没有{name}"
    text = _value_text(field, condition.value, is_english=is_english)
    if condition.comparison is Comparison.HAS:
        return f"{name} has “{text}”" if is_english else f"{name}含“{text}”"
    return f"{name} {_SIGNS[condition.comparison]} {text}"


def _value_text(field: Field, value: str | float | None, *, is_english: bool) -> str:
    for choice in field.choices:
        if choice.value == value:
            return choice.en if is_english else choice.zh
    for each, zh, en in _YES_NO:
        if field.kind is Kind.YES_NO and str(value) == each:
            return en if is_english else zh
    return number_text(value) if isinstance(value, float | int) else str(value or "")
