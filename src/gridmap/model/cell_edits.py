"""What a planner can ask of the cells, as values: one frozen request for each kind of edit.

Coordinates are (east, north) in metres in the workspace's CRS. Cells are named by their ids.
"""

from dataclasses import dataclass
from typing import Literal

XY = tuple[float, float]
Line = tuple[XY, ...]
"""Two points at least; a ring is a line whose last point is its first."""
Measure = Literal["area", "households"]


@dataclass(frozen=True)
class MoveVertex:
    """Move one vertex or junction; every cell that has it follows."""

    at: XY
    to: XY


@dataclass(frozen=True)
class MoveBorder:
    """Move the whole border that two cells share (``other`` None: the outer border) by a way."""

    cell: str
    other: str | None
    by: XY


@dataclass(frozen=True)
class AddVertex:
    """Put a vertex on the border nearest to ``at``, and move it to ``to`` (None: leave it)."""

    at: XY
    to: XY | None = None


@dataclass(frozen=True)
class DeleteVertex:
    """Take a vertex out of every cell that has it; a junction cannot be taken out."""

    at: XY


@dataclass(frozen=True)
class Reshape:
    """Let the border between two cells follow a line that begins and ends on it.

    With ``other`` None the neighbours are those that the line meets; the ground that the line
    cuts off goes to whoever lies on its other side.
    """

    cell: str
    other: str | None
    line: Line


@dataclass(frozen=True)
class ReshapeBetween:
    """Let the border between two groups of cells, such as communities, follow a line.

    Name all cells near the line, of both. No cell changes its group; those on both sides follow.
    """

    cells: tuple[str, ...]
    others: tuple[str, ...]
    line: Line


@dataclass(frozen=True)
class Split:
    """Cut cells by a line that goes through them."""

    cells: tuple[str, ...]
    line: Line


@dataclass(frozen=True)
class SplitParts:
    """Cut one cell into parts of equal area or equal households."""

    cell: str
    parts: int
    by: Measure = "area"


@dataclass(frozen=True)
class Merge:
    """Make one cell of adjacent ones."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class HandOver:
    """Give the part of a cell that lies within a ring, or is cut off by a line, to a neighbour.

    With a line, the part on its side that touches ``to`` is given; None takes the neighbour
    that the part has the longest border with.
    """

    cell: str
    to: str | None
    line: Line


@dataclass(frozen=True)
class Carve:
    """Make a new cell of the ground within a ring, taken from all cells that have some of it."""

    ring: Line


@dataclass(frozen=True)
class Extend:
    """Add the ground of a ring that no cell covers to a cell, or (None) make a new cell of it."""

    ring: Line
    cell: str | None = None


@dataclass(frozen=True)
class Assign:
    """Give patches of ground (rings, e.g. of buildings or blocks) to one cell: painting.

    ``keep`` are cells that must not lose anything.
    """

    patches: tuple[Line, ...]
    to: str
    keep: frozenset[str] = frozenset()


CellEdit = (
    MoveVertex
    | MoveBorder
    | AddVertex
    | DeleteVertex
    | Reshape
    | ReshapeBetween
    | Split
    | SplitParts
    | Merge
    | HandOver
    | Carve
    | Extend
    | Assign
)
