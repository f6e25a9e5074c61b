"""A shape in the making: points clicked, rectangles, arcs and traces; plain Python, no Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.base.errors import RequestError
from gridmap.geo import construct

XY = tuple[float, float]
Way = Literal["free", "rectangle", "arc", "trace"]
Edges = Callable[[XY, XY], NDArray[np.float64]]
_CORNERS = 3
_DIGITS = 3


@dataclass
class Drawing:
    """The points of one shape. ``dimension`` is 0 for a point, 1 for a line, 2 for an area.

    A step is what one click (of an arc two, of a rectangle three) adds, and is taken back whole.
    """

    dimension: int
    edges: Edges
    way: Way = "free"
    is_other_way: bool = False
    points: list[XY] = field(default_factory=list)
    pending: list[XY] = field(default_factory=list)
    """Clicks that do not make up a step yet."""
    is_whole: bool = False
    """Whether nothing can be added: a point or a rectangle is there."""
    _steps: list[int] = field(default_factory=list)

    @property
    def last(self) -> XY | None:
        """Return the last place that was clicked."""
        both = self.pending or self.points
        return both[-1] if both else None

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is drawn."""
        return not (self.points or self.pending)

    def choose(self, way: Way) -> None:
        """Go on in another way; a rectangle begins anew."""
        self.pending = []
        self.way = way
        if way == "rectangle":
            self.clear()

    def clear(self) -> None:
        """Begin anew, in the same way."""
        self.points, self.pending, self._steps, self.is_whole = [], [], [], False

    def add(self, xy: XY) -> bool:
        """Take a click; return False where it leads to nothing, such as a trace without edges.

        Raises:
            RequestError: the clicks make no shape, e.g. a rectangle without depth.
        """
        if self.is_whole:
            return False
        xy = (round(xy[0], _DIGITS), round(xy[1], _DIGITS))
        if xy == self.last:
            return False
        if self.dimension == 0:
            self._append([xy])
            self.is_whole = True
        elif self.way == "rectangle":
            self._add_corner(xy)
        elif not self.points or self.way == "free":
            self._append([xy])
        elif self.way == "arc":
            self._add_of_arc(xy)
        else:
            traced = self._traced(xy)
            if traced is None:
                return False
            self._append(traced[1:])
        return True

    def depth_point(self, depth_m: float, pointer: XY | None) -> XY | None:
        """Return the third corner of a rectangle for a typed depth, on the pointer's side.

        None where it is not the depth of a rectangle that is asked for now.
        """
        if self.way != "rectangle" or len(self.pending) + 1 != _CORNERS:
            return None
        start, end = self.pending
        side = construct.bearing_of(start, end)
        seen = construct.bearing_of(end, pointer) if pointer is not None else side + 90
        turn = 90 if (seen - side) % 360 < 180 else -90
        return construct.point_at(end, depth_m, side + turn)

    def step_back(self) -> bool:
        """Take the last click or step back; return False where nothing was left."""
        if self.pending:
            self.pending.pop()
        elif self._steps:
            del self.points[-self._steps.pop() :]
            self.is_whole = False
        else:
            return False
        return True

    def preview(self, pointer: XY | None) -> list[XY]:
        """Return the points as they would be after a click at the pointer."""
        if pointer is None or self.is_whole:
            return list(self.points)
        try:
            return self._preview(pointer)
        except RequestError:  # e.g. a rectangle that has no depth yet
            return [*self.points, *self.pending, pointer]

    def shape(self, points: Sequence[XY] | None = None) -> shapely.Geometry | None:
        """Return what is drawn, None where there is too little of it."""
        held = self.points if points is None else points
        if self.dimension == 0:
            return shapely.Point(held[0]) if held else None
        if self.dimension == 1:
            return shapely.LineString(held) if len(held) > 1 else None
        return shapely.Polygon(held) if len(held) >= _CORNERS else None

    # --- inside ----------------------------------------------------------------------------------

    def _append(self, points: Sequence[XY]) -> None:
        self.points += points
        self._steps.append(len(points))

    def _add_corner(self, xy: XY) -> None:
        self.pending.append(xy)
        if len(self.pending) < _CORNERS:
            return
        corners, self.pending = self.pending, self.pending[:-1]
        ring = construct.rectangle(*corners)
        self.pending = []
        self._append(ring if self.dimension == 1 else ring[:-1])
        self.is_whole = True

    def _add_of_arc(self, xy: XY) -> None:
        if not self.pending:
            self.pending.append(xy)
            return
        curve = construct.arc(self.points[-1], self.pending[0], xy)
        self.pending = []
        self._append(curve[1:])

    def _traced(self, to: XY) -> Sequence[XY] | None:
        start = self.points[-1]
        return construct.trace(self.edges(start, to), start, to, is_other_way=self.is_other_way)

    def _preview(self, pointer: XY) -> list[XY]:
        if self.way == "rectangle" and self.dimension:
            if len(self.pending) < 2:
                return [*self.pending, pointer]
            return list(construct.rectangle(self.pending[0], self.pending[1], pointer))[:-1]
        if self.way == "arc" and self.pending:
            return [*self.points, *construct.arc(self.points[-1], self.pending[0], pointer)[1:]]
        if self.way == "trace" and self.points:
            traced = self._traced(pointer)
            return [*self.points, *(traced[1:] if traced is not None else [pointer])]
        return [*self.points, pointer]
