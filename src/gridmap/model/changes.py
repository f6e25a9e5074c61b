"""What a change touched, and what the journal tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from gridmap.base.messages import Wording

TransactionKind = Literal["made", "edit", "undo", "redo", "external"]
"""``made`` is the making of the workspace itself, which is never undone."""
Operation = Literal["I", "U", "D"]

_T = TypeVar("_T")


@dataclass(frozen=True)
class Touched:
    """Which rows of which tables changed; None stands for more rows than are worth naming."""

    rows: Mapping[str, frozenset[str] | None] = field(default_factory=dict)

    def __contains__(self, table: str) -> bool:
        return table in self.rows

    @classmethod
    def whole(cls, *tables: str) -> "Touched":
        """Return that anything in ``tables`` may have changed."""
        return cls(dict.fromkeys(tables))


@dataclass(frozen=True)
class Outcome(Generic[_T]):
    """What a service gives back: its value, what it touched, and the journal's transaction."""

    value: _T
    touched: Touched = field(default_factory=Touched)
    transaction: str | None = None


@dataclass(frozen=True)
class TransactionRecord:
    """One intention of a user as the journal keeps it."""

    seq: int
    id: str
    at: str
    author: str
    kind: TransactionKind
    intention: Wording
    undoes: int | None


@dataclass(frozen=True)
class RowChange:
    """One change of one row: when, by whom, and the columns before and after."""

    transaction: TransactionRecord
    operation: Operation
    before: Mapping[str, Any]
    after: Mapping[str, Any]
