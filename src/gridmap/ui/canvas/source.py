"""What the canvas asks for: the rows of a table, blocking, in a thread of its own."""

from collections.abc import Callable
from typing import Protocol

from gridmap.geo.layers import LayerRows


class MapSource(Protocol):
    """Gives the rows that are painted. Called in worker threads, never two at once."""

    def load(self, table: str, fields: tuple[str, ...]) -> LayerRows:
        """Return every row of ``table`` that has a place, with the columns ``fields``."""


TileReader = Callable[[int, int, int], bytes | None]
"""(zoom, x, y) to the encoded image of a base map tile; y counts from the north."""
