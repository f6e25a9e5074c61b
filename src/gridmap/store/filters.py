"""Which rows of a table are seen: the cells of one division, and every row of the other tables.

A division is a plan's id, or None for the official one: its cells in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

COLUMNS = ("plan_id", "valid_to")
"""The columns of a cell that say to which division it belongs."""


@dataclass(frozen=True)
class Where:
    """A condition in SQL on the columns of one table, and the values bound in it."""

    condition: str
    values: tuple[Any, ...] = ()


def is_divided(table: str) -> bool:
    """Return whether the rows of a table belong to one division or another."""
    return table == "cell"


def of_division(table: str, division: str | None) -> Where | None:
    """Return the condition that chooses the rows of a division; None where all rows are seen."""
    return of_cells(division) if is_divided(table) else None


def of_cells(division: str | None) -> Where:
    """Return the condition that chooses the cells of a division."""
    if division is None:  # the plus: nearly all rows are official, an index would only be a detour
        return Where("+plan_id IS NULL AND valid_to IS NULL")
    return Where("plan_id = ?", (division,))


def are_of_division(columns: Mapping[str, NDArray[Any]], division: str | None) -> NDArray[np.bool_]:
    """Return which cells, given their ``COLUMNS``, are of a division."""
    pairs = zip(*(columns[name] for name in COLUMNS), strict=True)
    if division is None:
        chosen = [plan is None and end is None for plan, end in pairs]
    else:
        chosen = [plan == division for plan, _ in pairs]
    return np.array(chosen, bool)
