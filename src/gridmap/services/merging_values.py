"""Three-way merge of attributes, column by column, row by row by their key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.base.messages import Text
from gridmap.services import merging_texts as texts

Row = Mapping[str, Any]
Rows = Mapping[str, Row]


@dataclass(frozen=True)
class ValueConflict:
    """A value that needs a person; in the merge it is as in the base."""

    key: str
    column: str
    base: Any
    mine: Any
    theirs: Any
    reason: Text


def rows_of(keys: Sequence[str], columns: Mapping[str, NDArray[Any]]) -> dict[str, Row]:
    """Return the rows of a table by key, as plain Python values."""
    names = list(columns)
    values = zip(*(column.tolist() for column in columns.values()), strict=True)
    return {key: dict(zip(names, row, strict=True)) for key, row in zip(keys, values, strict=True)}


def merge_values(
    base: Rows, mine: Rows, theirs: Rows, keys: Iterable[str]
) -> tuple[list[dict[str, Any]], list[ValueConflict]]:
    """Return the merged rows of some keys, and what needs a person.

    A column that a version does not have counts as unchanged there. Where a side ended a row
    that is not among the keys, and the other side changed a value of it, that is told too.
    """
    merged, conflicts = [], []
    there = list(keys)
    for key in there:
        row: dict[str, Any] = {}
        versions = (base.get(key), mine.get(key), theirs.get(key))
        for column in _columns(versions):
            was, ours, others = _values(versions, column)
            row[column] = _merged(was, ours, others)
            if not any(_same(row[column], one) for one in (ours, others)):
                both = texts.value_changed_by_both()
                conflicts.append(ValueConflict(key, column, was, ours, others, both))
        merged.append(row)
    ended = set(base) - set(there)
    for key in (key for key in base if key in ended):
        conflicts += _lost(key, base[key], mine.get(key), theirs.get(key))
    return merged, conflicts


def _columns(versions: Iterable[Row | None]) -> list[str]:
    return list(dict.fromkeys(name for row in versions if row is not None for name in row))


def _values(versions: Sequence[Row | None], column: str) -> tuple[Any, Any, Any]:
    """Return the value in base, mine and theirs; who has no such row or column goes along."""
    before, mine, theirs = versions
    was = None if before is None else before.get(column)
    ours, others = (
        was if side is None or column not in side else side[column] for side in (mine, theirs)
    )
    if before is None and (mine is None or theirs is None):  # a row of one side only
        return was, *((others, others) if mine is None else (ours, ours))
    return was, ours, others


def _merged(was: Any, mine: Any, theirs: Any) -> Any:
    if _same(mine, theirs) or _same(theirs, was):
        return mine
    return theirs if _same(mine, was) else was


def _lost(key: str, base: Row, mine: Row | None, theirs: Row | None) -> Iterable[ValueConflict]:
    """Yield the values of an ended row that the side which did not end it has changed."""
    if (mine is None) == (theirs is None):
        return
    for column in _columns((base, mine, theirs)):
        was, ours, others = _values((base, mine, theirs), column)
        if not _same(was, others if mine is None else ours):
            kept = (None, others) if mine is None else (ours, None)
            yield ValueConflict(key, column, was, kept[0], kept[1], texts.value_of_ended())


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) or (one is not None and one != one and other != other)


def as_columns(rows: Sequence[Row]) -> dict[str, NDArray[Any]]:
    """Return rows as columns of objects, None where a row has no value."""
    columns = {}
    for name in _columns(rows):
        column = np.empty(len(rows), object)
        column[:] = [row.get(name) for row in rows]
        columns[name] = column
    return columns
