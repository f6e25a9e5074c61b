"""Styles as files: ``maps/styles/<table>.toml``, checked against the tables that they draw."""

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from gridmap.base import paths
from gridmap.base.errors import InputError, Place
from gridmap.base.messages import Language, Text
from gridmap.model.catalogue import MAP_ORDER, TABLE_BY_NAME
from gridmap.model.schema import Choice, Table
from gridmap.model.style import Hatch, Label, Marker, Style, StyleClass, Symbol
from gridmap.report import texts

_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}")
_COLOUR_KEYS = frozenset({"fill", "hatch_colour", "outline", "casing", "colour", "halo"})
_TEXT_KEYS = frozenset({"value", "zh", "en", "field", "after"})
_YES_NO_KEYS = frozenset({"bold", "is_border", "is_overlapping"})
_WHOLE_KEYS = frozenset({"priority", "last"})
_ENUM_KEYS: Mapping[str, type[StrEnum]] = {"hatch": Hatch, "marker": Marker}
_SYMBOL_KEYS = tuple(field.name for field in dataclasses.fields(Symbol))
_LABEL_KEYS = tuple(field.name for field in dataclasses.fields(Label))
_CLASS_KEYS = ("value", "below", "zh", "en")
_STYLE_KEYS = (
    "max_denominator",
    "min_denominator",
    "marker_max_denominator",
    "is_border",
    "is_overlapping",
)


def styles_dir() -> Path:
    """Return the folder of the style files."""
    return paths.maps_dir() / "styles"


def load_styles(folder: Path | None = None) -> dict[str, Style]:
    """Return the style of every table that has a place, in the order in which they are painted.

    Raises:
        InputError: a file is missing or wrong; the sentence names file, entry and remedy.
    """
    folder = folder or styles_dir()
    return {name: load_style(folder / f"{name}.toml", TABLE_BY_NAME[name]) for name in MAP_ORDER}


def load_style(file: Path, table: Table) -> Style:
    """Return the style that ``file`` describes for ``table``.

    Raises:
        InputError: the file is missing or wrong.
    """
    return _Reader(file, table).style()


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


class _Reader:
    """Reads one file; every complaint names the file and the entry."""

    def __init__(self, file: Path, table: Table) -> None:
        self._file = file
        self._table = table

    def style(self) -> Style:
        content = self._parse()
        known = (*_STYLE_KEYS, "by", "symbol", "class", "label")
        self._refuse_unknown(content, known, "")
        by = content.get("by")
        if by is not None:
            self._ensure_field(by, "by")
        symbol = Symbol(**self._values(content.get("symbol", {}), _SYMBOL_KEYS, "symbol."))
        label = content.get("label")
        return Style(
            table=self._table.name,
            symbol=symbol,
            by=by,
            classes=self._classes(content.get("class", []), by, symbol),
            label=None if label is None else self._label(label),
            **self._values({k: content[k] for k in _STYLE_KEYS if k in content}, _STYLE_KEYS, ""),
        )

    def _parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise self._error(texts.style_missing(file=self._file.name)) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            reason = str(error)
            raise self._error(texts.style_not_toml(self._file.name, reason)) from error

    def _classes(self, entries: Any, by: str | None, base: Symbol) -> tuple[StyleClass, ...]:
        if not isinstance(entries, list):
            raise self._wrong("class", entries, "[[class]]")
        if entries and by is None:
            raise self._error(texts.style_key_missing(self._file.name, "by"))
        return tuple(
            self._class(entry, f"class[{n}].", str(by), base) for n, entry in enumerate(entries)
        )

    def _class(self, entry: Any, prefix: str, by: str, base: Symbol) -> StyleClass:
        values = self._values(entry, (*_CLASS_KEYS, *_SYMBOL_KEYS), prefix)
        own = {key: values.pop(key) for key in _CLASS_KEYS if key in values}
        choices = [choice.value for choice in self._table.get_field(by).choices]
        if ("value" in own) == ("below" in own):
            raise self._error(texts.style_key_missing(self._file.name, f"{prefix}value"))
        if choices and "value" in own and own["value"] not in choices:
            raise self._wrong(f"{prefix}value", own["value"], ", ".join(choices))
        if not (own.get("zh") and own.get("en")) and own.get("value") not in choices:
            raise self._error(texts.style_key_missing(self._file.name, f"{prefix}zh, en"))
        return StyleClass(dataclasses.replace(base, **values), **own)

    def _label(self, entry: Any) -> Label:
        values = self._values(entry, _LABEL_KEYS, "label.")
        if "field" not in values:
            raise self._error(texts.style_key_missing(self._file.name, "label.field"))
        self._ensure_field(values["field"], "label.field")
        return Label(**values)

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
        if key in _ENUM_KEYS:
            members = [str(member) for member in _ENUM_KEYS[key]]
            return _ENUM_KEYS[key](
                self._checked(value in members, name, value, " | ".join(members))
            )
        if key in _COLOUR_KEYS:
            is_right = isinstance(value, str) and _COLOUR.fullmatch(value) is not None
            return self._checked(is_right, name, value, "#RRGGBB | #AARRGGBB")
        if key in _TEXT_KEYS:
            return self._checked(isinstance(value, str), name, value, '"…"')
        if key in _YES_NO_KEYS:
            return self._checked(isinstance(value, bool), name, value, "true | false")
        if key == "dash":
            is_right = isinstance(value, list) and all(_is_positive(part) for part in value)
            is_right = is_right and len(value) % 2 == 0
            return tuple(self._checked(is_right, name, value, "[4, 2]"))
        if key in _WHOLE_KEYS:
            return self._checked(type(value) is int and value >= 0, name, value, "0, 1, 2 …")
        is_right = _is_positive(value) or value == 0
        return float(self._checked(is_right, name, value, "≥ 0"))

    def _checked(self, is_right: bool, key: str, value: Any, expected: str) -> Any:
        if not is_right:
            raise self._wrong(key, value, expected)
        return value

    def _refuse_unknown(self, entry: dict[str, Any], known: tuple[str, ...], prefix: str) -> None:
        for key in entry:
            if key not in known:
                raise self._error(texts.style_key_unknown(self._file.name, prefix + key))

    def _wrong(self, key: str, value: Any, expected: str) -> InputError:
        return self._error(texts.style_value_wrong(self._file.name, key, repr(value), expected))

    def _error(self, text: Text) -> InputError:
        return InputError(text, place=Place(file=self._file))


def _is_positive(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
