"""To which class of a style a row belongs."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.model.style import Comparison, Condition, Style, StyleClass

Columns = Mapping[str, NDArray[Any]]
Mask = NDArray[np.bool_]


def memberships(columns: Columns, count: int, style: Style) -> tuple[Mask, ...]:
    """Return for each class which of ``count`` rows meet it, whatever the scale.

    A class that asks for a column that is not there has no rows.
    """
    asked = _Asked(columns, count)
    return tuple(_members(asked, style.by, class_) for class_ in style.classes)


def first_classes(
    members: tuple[Mask, ...], used: tuple[bool, ...], count: int
) -> NDArray[np.int16]:
    """Return for each row the position of the first class that is used and that it meets."""
    result = np.full(count, len(members), np.int16)
    for n in reversed(range(len(members))):
        if used[n]:
            result[members[n]] = n
    return result


def used_classes(style: Style, denominator: float) -> tuple[bool, ...]:
    """Return which classes are used at the scale 1:``denominator``."""
    return tuple(class_.is_used_at(denominator) for class_ in style.classes)


def word_of(value: Any) -> str:
    """Return a value as a class names it: yes and no are 1 and 0, whole numbers have no point."""
    if isinstance(value, str):
        return value
    is_broken = isinstance(value, float) and not value.is_integer()
    return str(value) if is_broken else str(int(value))


class _Asked:
    """The columns as texts and as numbers, each made once."""

    def __init__(self, columns: Columns, count: int) -> None:
        self._columns = columns
        self._count = count
        self._words: dict[str, NDArray[np.object_]] = {}
        self._numbers: dict[str, NDArray[np.float64]] = {}

    @property
    def count(self) -> int:
        return self._count

    def __contains__(self, field: str | None) -> bool:
        return field in self._columns

    def words(self, field: str) -> NDArray[np.object_]:
        if field not in self._words:
            self._words[field] = _as_words(self._columns[field])
        return self._words[field]

    def numbers(self, field: str) -> NDArray[np.float64]:
        if field not in self._numbers:
            self._numbers[field] = as_numbers(self._columns[field])
        return self._numbers[field]


def _members(asked: _Asked, by: str | None, class_: StyleClass) -> Mask:
    result = np.ones(asked.count, bool)
    if class_.value is not None or class_.below is not None:
        if by is None or by not in asked:
            return np.zeros(asked.count, bool)
        if class_.below is not None:
            result &= asked.numbers(by) < class_.below
        else:
            result &= asked.words(by) == class_.value
    for condition in class_.where:
        result &= _meets(asked, condition)
    return result


def _meets(asked: _Asked, condition: Condition) -> Mask:
    field, value = condition.field, condition.value
    if field not in asked:
        return np.zeros(asked.count, bool)
    match condition.comparison:
        case Comparison.MISSING:
            return np.asarray(asked.words(field) == None, bool)  # noqa: E711 - for each row
        case Comparison.HAS:
            found = (word is not None and str(value) in word for word in asked.words(field))
            return np.fromiter(found, bool, asked.count)
        case Comparison.IS:
            return _is(asked, field, value)
        case Comparison.IS_NOT:
            return ~_is(asked, field, value)
        case Comparison.BELOW | Comparison.FROM:
            return _compared(asked, condition)


def _is(asked: _Asked, field: str, value: str | float | None) -> Mask:
    if isinstance(value, float):
        return np.asarray(asked.numbers(field) == value, bool)
    return np.asarray(asked.words(field) == value, bool)


def _compared(asked: _Asked, condition: Condition) -> Mask:
    """Compare numbers with a number, texts (dates) with a text; what is missing is neither."""
    value, is_below = condition.value, condition.comparison is Comparison.BELOW
    if not isinstance(value, str):
        numbers, value = asked.numbers(condition.field), float(value or 0.0)
        return np.asarray(numbers < value if is_below else numbers >= value, bool)
    words = asked.words(condition.field)
    found = (word is not None and (word < value) is is_below for word in words)
    return np.fromiter(found, bool, asked.count)


def as_numbers(column: NDArray[Any]) -> NDArray[np.float64]:
    """Return numbers (n,); what is missing, or is no number, is NaN and so below nothing."""
    if column.dtype.kind == "T":  # packed texts
        column = column.astype(object)
    if column.dtype != object:
        return column.astype(np.float64)
    try:
        return np.array([np.nan if value is None else value for value in column], np.float64)
    except ValueError:
        return np.array([_number(value) for value in column], np.float64)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _as_words(column: NDArray[Any]) -> NDArray[np.object_]:
    """Return texts (n,), None for what is missing."""
    values = [
        value if isinstance(value, str | None) else word_of(value) for value in column.tolist()
    ]
    result = np.empty(len(values), object)
    result[:] = values
    return result
