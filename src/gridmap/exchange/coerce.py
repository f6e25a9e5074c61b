"""Columns of a file to columns of the catalogue, each distinct value converted once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.exchange import spellings
from gridmap.exchange.source import is_none, objects
from gridmap.exchange.spellings import Lost
from gridmap.model.schema import Choice, Field, Kind

_Convert = Callable[[Any], Any]
_CONVERTERS: dict[Kind, _Convert] = {
    Kind.TEXT: spellings.to_text,
    Kind.CODE: spellings.to_code,
    Kind.INTEGER: spellings.to_integer,
    Kind.REAL: spellings.to_real,
    Kind.YES_NO: spellings.to_yes_no,
    Kind.MOMENT: spellings.to_moment,
}


@dataclass(frozen=True)
class Coerced:
    """A column as the catalogue wants it; None where ``lost`` or ``cut`` is true.

    ``lost`` marks values that could not be read as the field's kind, ``cut`` codes of which
    digits were lost, ``completed`` counts dates whose day or month was added.
    """

    values: NDArray[Any]
    lost: NDArray[np.bool_]
    cut: NDArray[np.bool_]
    completed: int = 0


def coerce(
    column: NDArray[Any], field: Field, references: Mapping[str, str] | None = None
) -> Coerced:
    """Return a raw column as ``field`` wants it.

    Args:
        column: numbers, or objects with None.
        field: what the column is to become.
        references: for a field that refers to a table: code or name of a row to its id.
    """
    quick = _as_it_is(column, field)
    if quick is not None:
        nothing = np.zeros(len(column), bool)
        return Coerced(quick, nothing, nothing)
    if field.kind is Kind.DATE:
        return _dates(column)
    values = column.tolist()
    convert = _converter(field, references or {})
    table = {value: None if value is None else convert(value) for value in _distinct(values)}
    return _coerced([table[value] for value in values], field.kind)


def _as_it_is(column: NDArray[Any], field: Field) -> NDArray[Any] | None:
    """Return the column where nothing is to be converted value by value, else None."""
    if field.choices or field.refers_to:
        return None
    if field.kind is Kind.INTEGER and column.dtype.kind in "iu":
        return None if field.name.endswith("_year") else column
    if field.kind is Kind.REAL and column.dtype.kind in "iuf":
        return column.astype(np.float64) if np.isfinite(column).all() else None
    if field.kind in (Kind.TEXT, Kind.CODE) and column.dtype.kind in "iu":
        return objects(list(map(str, column.tolist())))
    if field.kind is Kind.TEXT and column.dtype.kind == "O":
        return column if set(map(type, column.tolist())) <= {str, NoneType} else None
    return None


def _distinct(values: list[Any]) -> set[Any]:
    return set(values)


def _converter(field: Field, references: Mapping[str, str]) -> _Convert:
    if field.choices:
        return _choices(field.choices)
    if field.refers_to:
        return _references(references)
    if field.kind is Kind.INTEGER and field.name.endswith("_year"):
        return spellings.to_year
    return _CONVERTERS[field.kind]


def _choices(choices: tuple[Choice, ...]) -> _Convert:
    known: dict[str, str] = {}
    for choice in choices:
        for word in (choice.en, choice.zh, choice.value):
            known[word.casefold()] = choice.value
    return lambda value: known.get(str(spellings.to_text(value)).casefold(), Lost.UNREADABLE)


def _references(references: Mapping[str, str]) -> _Convert:
    """Return what finds a row by its id, code or name."""
    ids = set(references.values())

    def find(value: Any) -> str | Lost:
        text = str(spellings.to_text(value))
        return text if text in ids else references.get(text, Lost.UNREADABLE)

    return find


def _dates(column: NDArray[Any]) -> Coerced:
    values = column.tolist()
    nothing = (None, False)
    table = {v: nothing if v is None else spellings.to_date(v) for v in _distinct(values)}
    completed = sum(table[value][1] for value in values)
    coerced = _coerced([table[value][0] for value in values], Kind.DATE)
    return Coerced(coerced.values, coerced.lost, coerced.cut, completed)


def _coerced(results: list[Any], kind: Kind) -> Coerced:
    """Put converted values into a column, numbers as numbers where none is missing."""
    values = objects(results)
    lost = values == Lost.UNREADABLE
    cut = values == Lost.DIGITS
    values[lost | cut] = None
    is_number = kind in (Kind.INTEGER, Kind.YES_NO, Kind.REAL)
    if is_number and not is_none(values).any():
        values = values.astype(np.float64 if kind is Kind.REAL else np.int64)
    return Coerced(values, lost, cut)
