"""Palettes: colours that go together and that colour-blind eyes tell apart, and hatches likewise.

The colours are facts of ``maps/palettes.toml``. Colours are ``#RRGGBB``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

from gridmap.base import paths
from gridmap.base.errors import InputError, Place
from gridmap.base.messages import Language
from gridmap.model.style import Hatch
from gridmap.report import texts

PaletteKind = Literal["sequential", "diverging", "qualitative"]
_FILE = "palettes.toml"
_HATCHES = (
    Hatch.NONE,
    Hatch.RISING,
    Hatch.DOTTED,
    Hatch.LEVEL,
    Hatch.CROSSED,
    Hatch.UPRIGHT,
    Hatch.CHECKED,
    Hatch.FALLING,
)
"""In an order in which neighbours look as different as can be."""


@dataclass(frozen=True)
class Palette:
    """Colours in their order, of which as many are taken as are needed."""

    name: str
    zh: str
    en: str
    kind: PaletteKind
    colours: tuple[str, ...]

    def title(self, language: Language) -> str:
        """Return what people call it."""
        return self.en if language == "en" else self.zh

    def sampled(self, count: int) -> tuple[str, ...]:
        """Return ``count`` colours: of a ramp evenly from end to end, of kinds the first ones.

        More kinds than there are begin anew: then a hatch must tell them apart.
        """
        if self.kind == "qualitative":
            return tuple(self.colours[n % len(self.colours)] for n in range(count))
        if count == 1:
            return (self.at(0.5),)
        return tuple(self.at(n / (count - 1)) for n in range(count))

    def at(self, share: float) -> str:
        """Return the colour of a ramp at ``share`` (0 to 1) of its length."""
        place = min(max(share, 0.0), 1.0) * (len(self.colours) - 1)
        first = min(int(place), len(self.colours) - 2)
        part = place - first
        low, high = channels(self.colours[first]), channels(self.colours[first + 1])
        mixed = [round(a + (b - a) * part) for a, b in zip(low, high, strict=True)]
        return "#" + "".join(f"{channel:02X}" for channel in mixed)


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of ``#RRGGBB``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(maxsize=1)
def palettes() -> Mapping[str, Palette]:
    """Return the palettes by name, in the order in which they are offered.

    Raises:
        InputError: the file is missing or wrong.
    """
    file = paths.maps_dir() / _FILE
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(texts.palettes_missing(file=_FILE), place=Place(file=file)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = str(error)
        raise InputError(texts.style_not_toml(_FILE, reason), place=Place(file=file)) from error
    return {name: _palette(name, entry) for name, entry in content.items()}


def _palette(name: str, entry: dict[str, Any]) -> Palette:
    for key in ("zh", "en", "kind", "colours"):
        if key not in entry:
            raise InputError(texts.style_key_missing(_FILE, f"{name}.{key}"))
    kinds = get_args(PaletteKind)
    if entry["kind"] not in kinds:
        text = texts.style_value_wrong(
            _FILE, f"{name}.kind", repr(entry["kind"]), " | ".join(kinds)
        )
        raise InputError(text)
    return Palette(name, entry["zh"], entry["en"], entry["kind"], tuple(entry["colours"]))


def hatches_for(count: int) -> tuple[Hatch, ...]:
    """Return a hatch for each of ``count`` classes, so that they differ on a copier's paper.

    The first has none; from the ninth class on they begin anew.
    """
    return tuple(_HATCHES[n % len(_HATCHES)] for n in range(count))
