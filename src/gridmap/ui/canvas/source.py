"""What the canvas asks for: the rows of a table, blocking, in a thread of its own."""

from collections.abc import Callable, Collection, Hashable
from typing import Any, Protocol, runtime_checkable

from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from gridmap.geo.layers import LayerRows
from gridmap.report.view import PaintView


class MapSource(Protocol):
    """Gives the rows that are painted. Called in worker threads, never two at once."""

    def load(self, table: str, fields: tuple[str, ...]) -> LayerRows:
        """Return every row of ``table`` that has a place, with the columns ``fields``."""

    def load_boxes(self, table: str, fields: tuple[str, ...]) -> LayerRows:
        """Return the same with boxes for shapes and without ids, but much faster."""


@runtime_checkable
class RowSource(Protocol):
    """What a ``MapSource`` may be too: then a changed row costs no read of its whole table."""

    def load_rows(self, table: str, fields: tuple[str, ...], ids: Collection[str]) -> LayerRows:
        """Return these rows as ``load`` would; those that are gone are left out."""


@runtime_checkable
class ColumnSource(Protocol):
    """What a ``MapSource`` may be too: then names to be shown cost no read of the shapes."""

    def load_columns(
        self, table: str, fields: tuple[str, ...]
    ) -> tuple[NDArray[Any], dict[str, NDArray[Any]]]:
        """Return the ids of every row, and the columns ``fields``."""


@runtime_checkable
class NamedSource(Protocol):
    """What a ``MapSource`` may be too: then maps of two sources share what both have."""

    def rows_of(self, table: str) -> Hashable:
        """Return what names the rows of a table: the same name, the same rows."""


class Ground(Protocol):
    """What is painted below all layers. Called from several worker threads at once."""

    def __call__(self, painter: QPainter, view: PaintView) -> bool:
        """Paint what the window shows; its top left is (0, 0). Return whether all was there."""

    def on_change(self, changed: Callable[[bool], None]) -> None:
        """Have this called, in any thread, when something that lacked has come.

        It is given whether what was whole is old too.
        """

    def retire(self) -> None:
        """Read nothing any more: a tile that is still being painted gets what is there."""
