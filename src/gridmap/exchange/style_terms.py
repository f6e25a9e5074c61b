"""What both formats need to speak of a style: its table, units, colours, and what got lost."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.base.messages import Text
from gridmap.exchange import style_texts as texts
from gridmap.model.schema import Choice, Field, Kind, Table
from gridmap.model.style import Marker, Style, StyleClass, Symbol

MOST_CLASSES = 300
HALO = 1.5
"""Style pixels: how far the halo of a label reaches beyond its characters."""
HATCH_STEP = 8.0
"""Style pixels from line to line of a hatch, along the edges of the page."""
HATCH_WIDTH = 1.0
MARKER_EDGE = 0.9
REST = ("其他", "Other")
_BETWEEN = " / "
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}")
_LARGEST = 1e6

Outlines = Callable[[Marker], tuple[NDArray[np.float64], NDArray[np.int64]]]


@dataclass(frozen=True)
class Terms:
    """What a style is about: its table, the outlines of markers, the colours of palettes.

    Outlines are vertices in a square from -1 to 1, y down, and where their runs begin and end.
    ``usual`` is the table's shipped style: what no other program can say stays as it is there.
    """

    table: Table
    outlines: Outlines
    palettes: Mapping[str, tuple[str, ...]]
    usual: Style

    @property
    def nature(self) -> dict[str, Any]:
        """Return what a style says of the table itself, and other programs cannot say."""
        return {
            "is_border": self.usual.is_border,
            "is_overlapping": self.usual.is_overlapping,
            "marker_max_denominator": self.usual.marker_max_denominator,
        }

    @property
    def priority(self) -> int:
        """Return the usual priority of the table's labels."""
        return self.usual.label.priority if self.usual.label else 0

    @property
    def dimension(self) -> int:
        """Return how the table is drawn: 0 as points, 1 as lines, 2 as areas and what is mixed."""
        dimension = self.table.geometry.dimension if self.table.geometry else None
        return 2 if dimension is None else dimension

    def find_field(self, name: str) -> Field | None:
        """Return the field that a file calls ``name``, also by its headings or abbreviation."""
        wanted = name.strip().strip('"').casefold()
        for known in self.table.fields:
            if wanted == known.name.casefold():
                return known
        for known in self.table.fields:
            names = (known.zh, known.en, known.abbreviation or known.name)
            if wanted in [one.casefold() for one in names]:
                return known
        return None

    def find_choice(self, name: str, value: str) -> str | None:
        """Return the value of the field that a file means; None if there is no such choice."""
        choices = self.table.get_field(name).choices
        if not choices:
            return value
        for choice in choices:
            if value in (choice.value, choice.zh, choice.en):
                return choice.value
        return None

    def kind_of(self, name: str) -> Kind:
        """Return what a field holds; one that is not there holds text."""
        found = self.find_field(name)
        return found.kind if found else Kind.TEXT

    def choices(self, name: str | None) -> tuple[Choice, ...]:
        """Return the choices of the field, none if it has none."""
        return self.table.get_field(name).choices if name else ()


@dataclass
class Losses:
    """What could not be said, each sentence once."""

    file: Path
    _said: dict[str, Text] = field(default_factory=dict)

    def add(self, text: Text) -> None:
        """Note a sentence."""
        self._said.setdefault(text.render("en"), text)

    def left_out(self, what: Text | str) -> None:
        """Note that something was left out."""
        self.add(texts.left_out(what))

    @property
    def sentences(self) -> tuple[Text, ...]:
        """Return what was noted, in its order."""
        return tuple(self._said.values())


# --- names --------------------------------------------------------------------------------------


def class_label(class_: StyleClass, choices: Sequence[Choice]) -> str:
    """Return what a legend elsewhere calls the class, in Chinese and in English."""
    zh, en = class_.zh, class_.en
    for choice in choices:
        if choice.value == class_.value:
            zh, en = zh or choice.zh, en or choice.en
    zh = zh or class_.value or ""
    return zh if en in ("", zh) else f"{zh}{_BETWEEN}{en}"


def rest_label() -> str:
    """Return what a legend elsewhere calls what belongs to no class."""
    return _BETWEEN.join(REST)


def class_names(label: str, value: str | None, choices: Sequence[Choice]) -> tuple[str, str]:
    """Return a class's Chinese and English name from a legend; none where they are the usual."""
    zh, _, en = label.partition(_BETWEEN)
    en = en or zh
    for choice in choices:
        if choice.value == value:
            known = (choice.value, choice.zh, choice.en)
            return ("" if zh in known else zh), ("" if en in known else en)
    return zh or value or "", en or value or ""


# --- colours and numbers ------------------------------------------------------------------------


def channels(code: str) -> tuple[int, int, int, int]:
    """Return red, green, blue and opacity (0 to 255) of ``#RRGGBB`` or ``#AARRGGBB``."""
    alpha = int(code[1:3], 16) if len(code) == 9 else 255
    return int(code[-6:-4], 16), int(code[-4:-2], 16), int(code[-2:], 16), alpha


def colour_code(red: float, green: float, blue: float, alpha: float = 255) -> str:
    """Return the code of a colour; channels beyond 0 to 255 are cut off."""
    parts = [min(max(round(part), 0), 255) for part in (alpha, red, green, blue)]
    if parts[0] == 255:
        parts = parts[1:]
    return "#" + "".join(f"{part:02X}" for part in parts)


def is_colour(code: str) -> bool:
    """Return whether this is ``#RRGGBB`` or ``#AARRGGBB``."""
    return _COLOUR.fullmatch(code) is not None


def solid(code: str) -> str:
    """Return the colour without its opacity."""
    return "#" + code[-6:].upper()


def number(text: str | None, otherwise: float = 0.0) -> float:
    """Return the number that ``text`` says, in reasonable limits; ``otherwise`` if it says none."""
    try:
        value = float(text or "")
    except ValueError:
        return otherwise
    return min(max(value, -_LARGEST), _LARGEST) if math.isfinite(value) else otherwise


def scale_of(text: str | None, otherwise: float) -> float:
    """Return a scale's denominator; none, nought or nonsense give ``otherwise``."""
    try:
        value = float(text or "")
    except ValueError:
        return otherwise
    return value if math.isfinite(value) and 0 < value < 1e12 else otherwise


def plain(value: float) -> str:
    """Return a number in as few characters as say it."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def marker_colours(symbol: Symbol) -> tuple[str, str]:
    """Return the colours in which a marker is painted: inside and edge; both are opaque inside."""
    return solid(symbol.fill or symbol.outline or "#888888"), symbol.outline or "#444444"


def hatch_colour(symbol: Symbol) -> str:
    """Return the colour in which a hatch is painted."""
    return symbol.hatch_colour or symbol.outline or "#000000"


def nearest(
    palettes: Mapping[str, tuple[str, ...]], colours: Sequence[str]
) -> tuple[str, bool, bool]:
    """Return the palette nearest to the colours: its name, if it is reversed, if it is the same."""
    best: tuple[float, str, bool] = (math.inf, "", False)
    wanted = _sampled(colours)
    for name, own in palettes.items():
        for is_reversed in (False, True):
            sampled = _sampled(own[::-1] if is_reversed else own)
            best = min(best, (float(np.abs(sampled - wanted).max()), name, is_reversed))
    return best[1], best[2], best[0] < 2.0


def _sampled(colours: Sequence[str]) -> NDArray[np.float64]:
    """Return nine colours of a ramp, evenly taken."""
    own = np.array([channels(code)[:3] for code in colours], np.float64)
    places = np.linspace(0, len(own) - 1, 9)
    return np.column_stack([np.interp(places, np.arange(len(own)), own[:, n]) for n in range(3)])
