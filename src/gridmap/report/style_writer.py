"""Styles as text: what ``styles.py`` reads, written so that a person can go on with it."""

import dataclasses
from typing import Any

import tomli_w

from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.style import Comparison, Condition, Style, StyleClass, Symbol
from gridmap.report.styles import NOTHING, SECTIONS, STYLE_KEYS

_EXACT = 1e15  # whole numbers below are written without a point


def write_style(style: Style) -> str:
    """Return the TOML of a style; reading it gives an equal style. Usual values are left out."""
    table = TABLE_BY_NAME[style.table]
    usual = Style(style.table, Symbol())
    head = {} if style.by is None else {"by": style.by}
    head |= {k: getattr(style, k) for k in STYLE_KEYS if getattr(style, k) != getattr(usual, k)}
    parts = [f"# {table.zh} · {table.en}\n" + _body(head)]
    parts.append("[symbol]\n" + _body(_differences(style.symbol, Symbol())))
    parts += ["[[class]]\n" + _class(class_, style.symbol) for class_ in style.classes]
    for name in SECTIONS:
        section = getattr(style, name)
        if section is not None:
            parts.append(f"[{name}]\n" + _body(_said(section)))
    return "\n".join(parts)


def _class(class_: StyleClass, base: Symbol) -> str:
    told = {k: v for k, v in _said(class_).items() if k not in ("symbol", "where")}
    names: dict[str, Any] = {key: told.pop(key) for key in ("zh", "en") if key in told}
    where = ""
    if class_.where:
        where = "where = [\n" + "".join(f"    {_condition(c)},\n" for c in class_.where) + "]\n"
    return where + _body({**told, **names, **_differences(class_.symbol, base)})


def _condition(condition: Condition) -> str:
    value = True if condition.comparison is Comparison.MISSING else condition.value
    entry = {"field": condition.field, str(condition.comparison): value}
    return "{ " + ", ".join(_body({key: value}).strip() for key, value in entry.items()) + " }"


def _differences(symbol: Symbol, base: Symbol) -> dict[str, Any]:
    """Return what of a symbol is not as in the one from which it takes the rest."""
    return {
        field.name: getattr(symbol, field.name)
        for field in dataclasses.fields(Symbol)
        if getattr(symbol, field.name) != getattr(base, field.name)
    }


def _said(part: Any) -> dict[str, Any]:
    """Return the values of an object that are not those that it has unless told otherwise."""
    return {
        field.name: getattr(part, field.name)
        for field in dataclasses.fields(part)
        if getattr(part, field.name) != field.default
    }


def _body(entries: dict[str, Any]) -> str:
    return "".join(_line(key, _plain(value)) for key, value in entries.items())


def _line(key: str, value: Any) -> str:
    if isinstance(value, list):  # tomli_w gives each part a line of its own
        return f"{key} = [{', '.join(_line('part', part)[7:-1] for part in value)}]\n"
    return tomli_w.dumps({key: value})


def _plain(value: Any) -> Any:
    """Return a value as TOML knows it."""
    if value is None:
        return NOTHING
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        return str(value)  # of an enumeration, its value
    if isinstance(value, float) and abs(value) < _EXACT and value == int(value):
        return int(value)
    return value
