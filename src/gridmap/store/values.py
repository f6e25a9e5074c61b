"""What values a field has: for the classes of a style."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.store.engine import sqlite
from gridmap.store.triggers import quoted

_IS_NUMBER = "typeof({0}) IN ('integer', 'real')"


def numbers(connection: sqlite.Connection, table: str, field: str) -> NDArray[np.float64]:
    """Return the numbers of a field, (n,); missing values and texts are left out."""
    name = quoted(field)
    found = connection.execute(
        f"SELECT {name} FROM {quoted(table)} WHERE {_IS_NUMBER.format(name)}"
    )
    return np.array([value for (value,) in found], np.float64)


def number_range(
    connection: sqlite.Connection, table: str, field: str
) -> tuple[float, float] | None:
    """Return the least and the largest number of a field, None where there is no number."""
    name = quoted(field)
    least, largest = connection.execute(
        f"SELECT min({name}), max({name}) FROM {quoted(table)} WHERE {_IS_NUMBER.format(name)}"
    ).fetchone()
    return None if least is None else (float(least), float(largest))


def distinct(
    connection: sqlite.Connection, table: str, field: str, limit: int
) -> list[tuple[Any, int]]:
    """Return up to ``limit`` values of a field with how often each occurs, the most often first."""
    name = quoted(field)
    found: list[tuple[Any, int]] = connection.execute(
        f"SELECT {name}, count(*) FROM {quoted(table)} WHERE {name} IS NOT NULL"
        f" GROUP BY {name} ORDER BY count(*) DESC, {name} LIMIT ?",
        (limit,),
    ).fetchall()
    return found
