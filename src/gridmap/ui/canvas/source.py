"""What the canvas asks for: the rows of a table, blocking, in a thread of its own."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QPainter

from gridmap.geo.layers import LayerRows
from gridmap.report.view import PaintView


class MapSource(Protocol):
    """Gives the rows that are painted. Called in worker threads, never two at once."""

    def load(self, table: str, fields: tuple[str, ...]) -> LayerRows:
        """Return every row of ``table`` that has a place, with the columns ``fields``."""

    def load_boxes(self, table: str, fields: tuple[str, ...]) -> LayerRows:
        """Return the same with boxes for shapes and without ids, but much faster."""


class Ground(Protocol):
    """What is painted below all layers. Called from several worker threads at once."""

    def __call__(self, painter: QPainter, view: PaintView) -> None:
        """Paint what the window shows; its top left is (0, 0)."""

    def retire(self) -> None:
        """Read nothing any more: a tile that is still being painted gets what is there."""


TileReader = Callable[[int, int, int], bytes | None]
"""(zoom, x, y) to the encoded image of a base map tile; y counts from the north."""
