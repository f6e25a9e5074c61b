"""Styles as files: ``maps/styles/<table>.toml``, checked against the tables that they draw."""

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from gridmap.base import paths
from gridmap.base.errors import InputError, Place
from gridmap.base.messages import Language, Text
from gridmap.model.catalogue import MAP_ORDER, TABLE_BY_NAME
from gridmap.model.schema import Choice, Table
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
from gridmap.report import texts
from gridmap.report.palettes import palettes

_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}")
_COLOUR_KEYS = frozenset({"fill", "hatch_colour", "outline", "casing", "colour", "halo"})
NOTHING = "none"
"""What a class writes for a colour or a marker that the symbol has and it has not."""
_MAY_BE_NOTHING = frozenset({"fill", "hatch_colour", "outline", "casing", "marker"})
_TEXT_KEYS = frozenset({"value", "zh", "en", "after"})
_FIELD_KEYS = frozenset({"field"})
_YES_NO_KEYS = frozenset({"bold", "is_border", "is_overlapping", "is_reversed"})
_WHOLE_KEYS = frozenset({"priority", "last"})
_INTEGERS = _WHOLE_KEYS | {"count"}
_POSITIVE_KEYS = frozenset({"largest", "radius", "size_m"})
_ENUM_KEYS: Mapping[str, type[StrEnum]] = {
    "hatch": Hatch,
    "marker": Marker,
    "method": Method,
    "kind": Gathering,
}
_SYMBOL_KEYS = tuple(field.name for field in dataclasses.fields(Symbol))
CLASS_KEYS = ("value", "below", "where", "min_denominator", "max_denominator", "zh", "en")
STYLE_KEYS = (
    "max_denominator",
    "min_denominator",
    "marker_max_denominator",
    "is_border",
    "is_overlapping",
)
SECTIONS: Mapping[str, tuple[type[Any], tuple[str, ...]]] = {
    "label": (Label, ("field",)),
    "graduation": (Graduation, ("method", "count", "palette")),
    "proportion": (Proportion, ("field", "largest")),
    "gather": (Gather, ("kind",)),
}
"""The tables of a file that stand for an object, and what each must say."""
_LARGEST_WHOLE = 2**63
"""TOML's own limit; Python's parser knows none."""
_COMPARISONS = tuple(str(comparison) for comparison in Comparison)

_T = TypeVar("_T")


def styles_dir() -> Path:
    """Return the folder of the style files."""
    return paths.maps_dir() / "styles"


def load_styles(folder: Path | None = None) -> dict[str, Style]:
    """Return the style of every table that has a place, in the order in which they are painted.

    Raises:
        InputError: a file is missing or wrong; the sentence names file, entry and remedy.
    """
    return {name: shipped_style(name, folder) for name in MAP_ORDER}


def shipped_style(table: str, folder: Path | None = None) -> Style:
    """Return one of these styles.

    Raises:
        InputError: its file is missing or wrong.
    """
    return load_style((folder or styles_dir()) / f"{table}.toml", TABLE_BY_NAME[table])


def load_style(file: Path, table: Table) -> Style:
    """Return the style that ``file`` describes for ``table``.

    Raises:
        InputError: the file is missing or wrong.
    """
    return _Reader(file, table).style(_parse(file))


def parse_style(text: str, table: Table, file: Path) -> Style:
    """Return the style that the content of a style file describes; complaints name ``file``.

    Raises:
        InputError: the content is wrong.
    """
    return _Reader(file, table).style(_parse(file, text))


def class_names(style: Style, language: Language) -> tuple[str, ...]:
    """Return what the legend calls each of the style's classes."""
    table = TABLE_BY_NAME[style.table]
    choices = table.get_field(style.by).choices if style.by else ()
    return tuple(_class_name(class_, choices, language) for class_ in style.classes)


def _class_name(class_: StyleClass, choices: tuple[Choice, ...], language: Language) -> str:
    own = class_.en if language == "en" else class_.zh
    for choice in choices:
        if choice.value == class_.value and not own:
            return choice.en if language == "en" else choice.zh
    return own


def _parse(file: Path, text: str | None = None) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8") if text is None else text)
    except FileNotFoundError as error:
        raise InputError(texts.style_missing(file=file.name), place=Place(file=file)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            texts.style_unreadable(file.name, reason), place=Place(file=file)
        ) from error
    except (ValueError, RecursionError) as error:  # no TOML; numbers or lists beyond all measure
        reason = str(error)
        raise InputError(texts.style_not_toml(file.name, reason), place=Place(file=file)) from error


class _Reader:
    """Reads one file; every complaint names the file and the entry."""

    def __init__(self, file: Path, table: Table) -> None:
        self._file = file
        self._table = table

    def style(self, content: dict[str, Any]) -> Style:
        self._refuse_unknown(content, (*STYLE_KEYS, "by", "symbol", "class", *SECTIONS), "")
        by = content.get("by")
        if by is not None:
            self._ensure_field(by, "by")
        symbol = Symbol(**self._values(content.get("symbol", {}), _SYMBOL_KEYS, "symbol."))
        return Style(
            table=self._table.name,
            symbol=symbol,
            by=by,
            classes=self._classes(content.get("class", []), by, symbol),
            label=self._section(content, "label", Label),
            graduation=self._section(content, "graduation", Graduation),
            proportion=self._section(content, "proportion", Proportion),
            gather=self._section(content, "gather", Gather),
            **self._values({k: content[k] for k in STYLE_KEYS if k in content}, STYLE_KEYS, ""),
        )

    def _section(self, content: dict[str, Any], name: str, kind: type[_T]) -> _T | None:
        """Return the object of a section, None where the file has no such section."""
        if name not in content:
            return None
        known, needed = SECTIONS[name]
        keys = tuple(field.name for field in dataclasses.fields(known))
        values = self._values(content[name], keys, f"{name}.")
        for key in needed:
            if key not in values:
                raise self._missing(f"{name}.{key}")
        return kind(**values)

    def _classes(self, entries: Any, by: str | None, base: Symbol) -> tuple[StyleClass, ...]:
        if not isinstance(entries, list):
            raise self._wrong("class", entries, "[[class]]")
        return tuple(
            self._class(entry, f"class[{n}].", by, base) for n, entry in enumerate(entries)
        )

    def _class(self, entry: Any, prefix: str, by: str | None, base: Symbol) -> StyleClass:
        values = self._values(entry, (*CLASS_KEYS, *_SYMBOL_KEYS), prefix)
        own = {key: values.pop(key) for key in CLASS_KEYS if key in values}
        told = [key for key in ("value", "below") if key in own]
        if len(told) == 2:
            raise self._wrong(f"{prefix}below", own["below"], "value | below")
        if told and by is None:
            raise self._missing("by")
        if not own.keys() - {"zh", "en"}:
            raise self._missing(f"{prefix}value | below | where")
        choices = [choice.value for choice in self._table.get_field(by).choices] if by else []
        if choices and "value" in own and own["value"] not in choices:
            raise self._wrong(f"{prefix}value", own["value"], ", ".join(choices))
        if not (own.get("zh") and own.get("en")) and own.get("value") not in choices:
            raise self._missing(f"{prefix}zh, en")
        return StyleClass(dataclasses.replace(base, **values), **own)

    def _conditions(self, entries: Any, prefix: str) -> tuple[Condition, ...]:
        example = '[{ field = "…", is = "…" }]'
        if not isinstance(entries, list) or not entries:
            raise self._wrong(prefix, entries, example)
        return tuple(self._condition(entry, f"{prefix}[{n}]") for n, entry in enumerate(entries))

    def _condition(self, entry: Any, name: str) -> Condition:
        known = f"field + {' | '.join(_COMPARISONS)}"
        if not isinstance(entry, dict):
            raise self._wrong(name, entry, known)
        self._refuse_unknown(entry, ("field", *_COMPARISONS), f"{name}.")
        if "field" not in entry:
            raise self._missing(f"{name}.field")
        self._ensure_field(entry["field"], f"{name}.field")
        asked = [key for key in entry if key != "field"]
        if len(asked) != 1:
            raise self._wrong(name, entry, known)
        comparison, value = Comparison(asked[0]), entry[asked[0]]
        key = f"{name}.{comparison}"
        if comparison is Comparison.MISSING:
            self._checked(value is True, key, value, "true")
            return Condition(entry["field"], comparison)
        if comparison is Comparison.HAS:
            self._checked(isinstance(value, str) and value != "", key, value, '"…"')
            return Condition(entry["field"], comparison, value)
        is_right = isinstance(value, str) or _is_number(value)
        self._checked(is_right, key, value, '"…" | 0')
        return Condition(
            entry["field"], comparison, value if isinstance(value, str) else float(value)
        )

    def _ensure_field(self, name: Any, key: str) -> None:
        if name not in self._table.field_names:
            raise self._wrong(key, name, ", ".join(self._table.field_names))

    def _values(self, entry: Any, known: tuple[str, ...], prefix: str) -> dict[str, Any]:
        if not isinstance(entry, dict):
            raise self._wrong(prefix.rstrip("."), entry, "{ … }")
        self._refuse_unknown(entry, known, prefix)
        return {key: self._value(key, value, prefix) for key, value in entry.items()}

    def _value(self, key: str, value: Any, prefix: str) -> Any:
        name = prefix + key
        if key == "where":
            return self._conditions(value, name)
        if value == NOTHING and key in _MAY_BE_NOTHING:
            return None
        if key in _ENUM_KEYS:
            members = [str(member) for member in _ENUM_KEYS[key]]
            return _ENUM_KEYS[key](
                self._checked(value in members, name, value, " | ".join(members))
            )
        if key == "dash":
            is_right = isinstance(value, list) and all(_is_positive(part) for part in value)
            is_right = is_right and len(value) % 2 == 0
            return tuple(float(part) for part in self._checked(is_right, name, value, "[4, 2]"))
        if key in _FIELD_KEYS:
            self._ensure_field(value, name)
            return value
        is_right, expected = _is_right(key, value)
        self._checked(is_right, name, value, expected)
        return value if isinstance(value, str | bool) or key in _INTEGERS else float(value)

    def _checked(self, is_right: bool, key: str, value: Any, expected: str) -> Any:
        if not is_right:
            raise self._wrong(key, value, expected)
        return value

    def _refuse_unknown(self, entry: dict[str, Any], known: tuple[str, ...], prefix: str) -> None:
        for key in entry:
            if key not in known:
                raise self._error(texts.style_key_unknown(self._file.name, prefix + key))

    def _missing(self, key: str) -> InputError:
        return self._error(texts.style_key_missing(self._file.name, key))

    def _wrong(self, key: str, value: Any, expected: str) -> InputError:
        return self._error(texts.style_value_wrong(self._file.name, key, repr(value), expected))

    def _error(self, text: Text) -> InputError:
        return InputError(text, place=Place(file=self._file))


_RANGES: Mapping[str, tuple[float, float]] = {"radius": (1.0, 1000.0), "size_m": (1.0, 1e6)}
"""What rows can be gathered by: of anything else, arrays would have no end."""


def _is_right(key: str, value: Any) -> tuple[bool, str]:
    """Return whether an entry may have a value, and what it should be."""
    if key in _COLOUR_KEYS:
        is_right = isinstance(value, str) and _COLOUR.fullmatch(value) is not None
        return is_right, "#RRGGBB | #AARRGGBB"
    if key in _TEXT_KEYS:
        return isinstance(value, str), '"…"'
    if key in _YES_NO_KEYS:
        return isinstance(value, bool), "true | false"
    if key in _WHOLE_KEYS:
        return type(value) is int and value >= 0, "0, 1, 2 …"
    if key == "count":
        return type(value) is int and value >= 1, "1, 2, 3 …"
    if key == "palette":
        return value in palettes(), " | ".join(palettes())
    if key == "below":
        return _is_number(value), "0"
    if key in _RANGES:
        least, most = _RANGES[key]
        return _is_number(value) and least <= value <= most, f"{least:g} – {most:g}"
    if key in _POSITIVE_KEYS:
        return _is_positive(value), "> 0"
    return _is_number(value) and value >= 0, "≥ 0"


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) > _LARGEST_WHOLE):
        return False
    return isinstance(value, int | float) and value == value


def _is_positive(value: Any) -> bool:
    return _is_number(value) and value > 0
