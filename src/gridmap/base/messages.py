"""Sentences in Chinese and English, declared once and rendered late.

A room declares its sentences in its own ``texts`` module, as functions whose parameters are
the placeholders, so that a missing or misnamed argument is a type error::

    @sentence(zh="第 {row} 行没有坐标。", en="Row {row} has no coordinates.")
    def row_without_coordinates(row: int) -> None: ...

    raise InputError(texts.row_without_coordinates(row=7))

English plurals are written inside the placeholder: ``{n} {n:plural row|rows}``.
"""

import inspect
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, ParamSpec, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_P = ParamSpec("_P")
_current: Language = "zh"


@dataclass(frozen=True)
class Sentence:
    """One declared sentence: its id and its wording in both languages."""

    id: str
    zh: str
    en: str
    parameters: tuple[str, ...]


_declared: dict[str, Sentence] = {}


@dataclass(frozen=True)
class Text:
    """A sentence with its values, not yet in a language; ``str()`` gives the current one."""

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def render(self, language: Language | None = None) -> str:
        """Return the sentence in ``language``, by default the current one."""
        sentence_ = _declared[self.id]
        wording = sentence_.en if (language or _current) == "en" else sentence_.zh
        values = {
            name: value.render(language) if isinstance(value, Text | Wording) else value
            for name, value in self.values.items()
        }
        return _FORMATTER.vformat(wording, (), values)

    def __str__(self) -> str:
        return self.render()


@dataclass(frozen=True)
class Wording:
    """A sentence as it was once worded, e.g. one kept in the journal by another version."""

    zh: str
    en: str

    def render(self, language: Language | None = None) -> str:
        """Return the sentence in ``language``, by default the current one."""
        return self.en if (language or _current) == "en" else self.zh

    def __str__(self) -> str:
        return self.render()


def sentence(*, zh: str, en: str) -> Callable[[Callable[_P, None]], Callable[_P, Text]]:
    """Declare a sentence; its id is ``room.function_name``."""

    def declare(function: Callable[_P, None]) -> Callable[_P, Text]:
        room = function.__module__.removeprefix("gridmap.").removesuffix(".texts")
        signature = inspect.signature(function)
        declared = Sentence(f"{room}.{function.__name__}", zh, en, tuple(signature.parameters))
        _declared[declared.id] = declared

        def fill(*args: _P.args, **kwargs: _P.kwargs) -> Text:
            return Text(declared.id, signature.bind(*args, **kwargs).arguments)

        return fill

    return declare


def declared_sentences() -> Mapping[str, Sentence]:
    """Return every sentence declared by the modules imported so far, by id."""
    return _declared


def current_language() -> Language:
    """Return the language in which texts are rendered when none is named."""
    return _current


def use_language(language: Language) -> None:
    """Render texts in ``language`` from now on."""
    global _current
    _current = language


class _Formatter(string.Formatter):
    """``str.format`` with one more format: ``{n:plural row|rows}``."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec.startswith("plural "):
            one, many = format_spec.removeprefix("plural ").split("|")
            return one if value == 1 else many
        return str(super().format_field(value, format_spec))


_FORMATTER = _Formatter()
