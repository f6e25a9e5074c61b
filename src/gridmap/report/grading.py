"""Classes of a style made from what a field holds: bounds of numbers, one class a value."""

import itertools
import math
import warnings
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gridmap.base.messages import Language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.style import Graduation, Hatch, Method, Style, StyleClass, Symbol
from gridmap.report import texts
from gridmap.report.palettes import Palette, channels, hatches_for

_NATURAL_SAMPLE = 500
"""Values of which natural breaks are found: mapclassify's search takes 0.3 s for 500 without its
compiler and grows with the square; of 200,000 it would take half a day."""
_LEAST = 1e-250
_TOLERANCE = 0.01
"""Bounds are rounded by at most this share of the narrower of the classes beside them."""


def bounds_of(values: NDArray[np.float64], method: Method, count: int) -> tuple[float, ...]:
    """Return the upper bounds (exclusive) of up to ``count`` classes of the numbers, rising.

    There are fewer where there are not so many different numbers, none where there is no number.
    The last lies above all numbers. Bounds are rounded as far as that moves hardly a row. Natural
    breaks of more than 500 numbers are those of 500 of them, evenly taken by rank with the least
    and the largest among them, so that the same numbers always give the same bounds.
    """
    ordered = _ordered(values)
    if len(ordered) == 0:
        return ()
    bins = _bins(ordered, method, min(count, len(np.unique(ordered))))
    return _round_bounds(ordered, bins, method)


def quantile_bounds(values: NDArray[np.float64], count: int) -> tuple[float, ...]:
    """Return the bounds of as many rows in each class; quick enough to be asked for by a tile."""
    ordered = _ordered(values)
    if len(ordered) == 0:
        return ()
    ranks = np.ceil(np.arange(1, count + 1) * len(ordered) / count).astype(np.int64) - 1
    return _round_bounds(ordered, ordered[ranks], Method.QUANTILE)


def _ordered(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the numbers, rising; what is so small that a hundredth of it may be lost is 0."""
    finite = values[np.isfinite(values)]
    return np.sort(np.where(np.abs(finite) < _LEAST, 0.0, finite))


def _round_bounds(
    ordered: NDArray[np.float64], bins: NDArray[np.float64], method: Method
) -> tuple[float, ...]:
    """Return bounds above the largest number of each class, rounded, none of them twice."""
    bins = np.unique(np.minimum(bins, ordered[-1]))
    least, largest = float(ordered[0]), float(ordered[-1])
    edges = [least, *map(float, bins[bins < largest]), largest]
    bounds = [
        _rounded_bound(ordered, method, (low, middle, high))
        for low, middle, high in zip(edges, edges[1:-1], edges[2:], strict=False)
    ]
    span = (largest - least) or abs(largest) or 1.0
    return tuple(sorted({*bounds, _roundest(largest, largest + span / 20)}))


def _bins(ordered: NDArray[np.float64], method: Method, count: int) -> NDArray[np.float64]:
    """Return the largest number of each class, by mapclassify."""
    if count <= 1:
        return ordered[-1:]
    import mapclassify  # late: it takes a second, and only making classes needs it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of ties, and of its missing compiler
        if method is Method.EQUAL:
            return np.asarray(mapclassify.EqualInterval(ordered, k=count).bins)
        if method is Method.QUANTILE:
            return np.asarray(mapclassify.Quantiles(ordered, k=count).bins)
        return _natural_bins(ordered, count)


def _natural_bins(ordered: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the largest number of each natural class, of a sample where there are many."""
    import mapclassify  # late, as above

    ranks = np.arange(len(ordered))
    if len(ordered) > _NATURAL_SAMPLE:
        ranks = np.linspace(0, len(ordered) - 1, _NATURAL_SAMPLE).round().astype(np.int64)
    sample = ordered[ranks]
    # it sums up squares in single precision: large numbers that differ little would be lost
    centred = (sample - sample.mean()) / (sample.std() or 1.0)
    count = min(count, len(np.unique(centred)))
    found = np.asarray(mapclassify.FisherJenks(centred, k=count).bins)
    last = np.searchsorted(centred, found, side="right") - 1
    return np.array([_before_gap(ordered, ranks, int(n)) for n in last])


def _before_gap(ordered: NDArray[np.float64], ranks: NDArray[np.int64], last: int) -> float:
    """Return the number before the widest gap between a class's last of the sample and the next."""
    if last + 1 >= len(ranks):
        return float(ordered[-1])
    between = ordered[ranks[last] : ranks[last + 1] + 1]
    return float(between[int(np.argmax(np.diff(between)))])


def _rounded_bound(
    ordered: NDArray[np.float64], method: Method, edges: tuple[float, float, float]
) -> float:
    """Return a round bound that parts the numbers as the middle one of ``edges`` does, nearly."""
    low, middle, high = edges
    slack = _TOLERANCE * min(middle - low or high - middle, high - middle)
    if method is Method.EQUAL:
        return _roundest(middle - slack, middle + slack)
    above = float(ordered[np.searchsorted(ordered, middle, side="right")])
    exact = _roundest(middle, above)
    return exact if above - middle >= slack else _roundest(middle - slack, above + slack)


def _roundest(low: float, high: float) -> float:
    """Return the number in (low, high] that has the fewest digits."""
    largest = max(abs(low), abs(high))
    exponent = math.ceil(math.log10(largest)) if largest else 0
    for power in range(exponent, exponent - 17, -1):
        step = 10.0**power
        found = round(math.floor(high / step) * step, max(-power, 0))
        if low < found <= high:
            return found
    return high if high > low else float(np.nextafter(low, math.inf))


def graduated(
    style: Style,
    field: str,
    bounds: Sequence[float],
    graduation: Graduation,
    palette: Palette,
    *,
    is_hatched: bool = False,
) -> Style:
    """Return the style with a class for the numbers below each of the bounds."""
    colours = palette.sampled(len(bounds))
    if graduation.is_reversed:
        colours = colours[::-1]
    is_line = _is_line(style)
    hatches = hatches_for(len(bounds)) if is_hatched else (Hatch.NONE,) * len(bounds)
    classes = tuple(
        StyleClass(coloured(style.symbol, colour, hatch, is_line=is_line), below=high, zh=zh, en=en)
        for high, colour, hatch, zh, en in zip(
            bounds, colours, hatches, range_names(bounds, "zh"), range_names(bounds, "en"),
            strict=True,
        )
    )  # fmt: skip
    return replace(style, by=field, classes=classes, graduation=graduation)


def by_value(
    style: Style,
    field: str,
    values: Sequence[tuple[str, str, str]],
    palette: Palette,
    *,
    is_hatched: bool = False,
) -> Style:
    """Return the style with a class for each of the values, given as (value, Chinese, English)."""
    colours = palette.sampled(len(values))
    is_line = _is_line(style)
    hatches = hatches_for(len(values)) if is_hatched else (Hatch.NONE,) * len(values)
    classes = tuple(
        StyleClass(
            coloured(style.symbol, colour, hatch, is_line=is_line), value=value, zh=zh, en=en
        )
        for (value, zh, en), colour, hatch in zip(values, colours, hatches, strict=True)
    )
    return replace(style, by=field, classes=classes, graduation=None)


def coloured(
    symbol: Symbol, colour: str, hatch: Hatch = Hatch.NONE, *, is_line: bool = False
) -> Symbol:
    """Return the symbol in another colour: its fill, and a darker outline where it had a fill.

    A frame keeps its outline (cells stay magenta); of a line the line itself changes.
    """
    if is_line:
        return replace(symbol, outline=colour)
    is_frame = symbol.fill is None and symbol.outline is not None
    outline = symbol.outline if is_frame else _darker(colour)
    ink = None if hatch is Hatch.NONE else _ink_on(colour)
    return replace(symbol, fill=colour, outline=outline, hatch=hatch, hatch_colour=ink)


def _is_line(style: Style) -> bool:
    geometry = TABLE_BY_NAME[style.table].geometry
    return geometry is not None and geometry.dimension == 1


def _darker(colour: str) -> str:
    return "#" + "".join(f"{round(channel * 0.55):02X}" for channel in channels(colour))


def _ink_on(colour: str) -> str:
    """Return black or white, whichever is seen better on the colour."""
    red, green, blue = channels(colour)
    is_pale = 0.299 * red + 0.587 * green + 0.114 * blue > 110
    return "#26242E" if is_pale else "#FFFFFF"


def range_names(
    bounds: Sequence[float], language: Language, *, are_whole: bool = False
) -> tuple[str, ...]:
    """Return what the classes below the bounds are called; counts are told by whole numbers."""
    if are_whole:
        firsts = [1, *(math.ceil(bound) for bound in bounds[:-1])]
        lasts = [math.ceil(bound) - 1 for bound in bounds]
        return tuple(
            number_text(first) if last <= first else f"{number_text(first)} – {number_text(last)}"
            for first, last in zip(firsts, lasts, strict=True)
        )
    ends = [number_text(bound) for bound in bounds]
    others = [texts.between(low=a, high=b) for a, b in itertools.pairwise(ends)]
    names = [texts.below(high=ends[0]), *others] if ends else []
    return tuple(name.render(language) for name in names)


def number_text(number: float) -> str:
    """Return a number as people write it: no needless digits, thousands with commas."""
    if number == round(number) and abs(number) < 1e15:
        return f"{number:,.0f}"
    return f"{number:,.6g}" if abs(number) < 1e6 else f"{number:,.2f}"
