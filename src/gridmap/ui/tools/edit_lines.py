"""The editing tools that draw a line or a ring; plain Python, no Qt."""

from functools import partial

from gridmap.model.cell_edits import XY, Carve, Line
from gridmap.ui.tools.edit_deeds import Deed, DeedName, Spot
from gridmap.ui.tools.edit_taking import take_edge
from gridmap.ui.tools.edit_wishes import (
    Wish,
    drawn,
    extend_edits,
    hand_over_edits,
    of_line,
    only,
    reshape_edits,
    split_edits,
)

_FEWEST_CORNERS = 3
_TAKE = "t"
_OTHER = "n"


class LineDeed(Deed):
    """Takes points until a double click or Enter; ``is_ring`` closes them."""

    is_ring = False
    may_take = False
    """Whether the letter T takes lanes, walls and edges by one click."""

    def __init__(self) -> None:
        super().__init__()
        self._points: list[XY] = []
        self.is_taking = False

    @property
    def points(self) -> list[XY]:
        """Return the points that were clicked."""
        return self._points

    @property
    def last(self) -> XY | None:
        """Return the last point."""
        return self._points[-1] if self._points else None

    @property
    def may_snap(self) -> bool:
        """Return whether points are drawn: what is taken is found by itself."""
        return not self.is_taking or bool(self._points)

    @property
    def is_closing(self) -> bool:
        """Return whether the pointer is on the first point, which closes a ring."""
        points, spot = self._points, self.spot
        return (
            len(points) >= _FEWEST_CORNERS
            and spot is not None
            and max(abs(points[0][0] - spot.raw[0]), abs(points[0][1] - spot.raw[1]))
            <= spot.reach_m
        )

    def meant(self, line: Line) -> Wish | None:
        """Return what a line (closed, where it is a ring) means."""
        raise NotImplementedError

    def taken(self, xy: XY, reach_m: float) -> Wish | None:
        """Return what the lane, wall or edge at a place means."""
        del xy, reach_m
        return None

    def click(self, spot: Spot) -> Wish | None:
        """Add a point, close the ring on the first one, or take what is clicked."""
        self.hover(spot)
        if self.is_taking and not self._points:
            return self.taken(spot.raw, spot.reach_m)
        if self.is_closing and self.closes_by_click:
            return self._of([*self._points, self._points[0]])
        if spot.xy != self.last:
            self._points.append(spot.xy)
            self.serial += 1
        return None

    @property
    def closes_by_click(self) -> bool:
        """Return whether a click on the first point ends the drawing."""
        return self.is_ring

    def finish(self) -> Wish | None:
        """Do what is drawn."""
        points = self._points
        if not self.is_ring:
            return self._of(points) if len(points) > 1 else None
        return self._of([*points, points[0]]) if len(points) >= _FEWEST_CORNERS else None

    def preview(self) -> Wish | None:
        """Return what would be done with the pointer as the last point."""
        spot = self.spot
        if spot is None:
            return None
        if self.is_taking and not self._points:
            return self.taken(spot.raw, spot.reach_m)
        points = list(self._points)
        if self.is_closing and self.closes_by_click:
            return self._of([*points, points[0]])
        if points and spot.xy != points[-1]:
            points.append(spot.xy)
        if not self.is_ring:
            return self._of(points) if len(points) > 1 else None
        return self._of([*points, points[0]]) if len(points) >= _FEWEST_CORNERS else None

    def _of(self, points: list[XY]) -> Wish | None:
        return self.meant(tuple(points))

    def letter(self, letter: str) -> bool:
        """Take edges by one click, or draw again."""
        if letter != _TAKE or not self.may_take or self._points:
            return False
        self.is_taking = not self.is_taking
        self.serial += 1
        return True

    def step_back(self) -> bool:
        """Take the last point back, then the taking of edges."""
        if self._points:
            self._points.pop()
        elif self.is_taking:
            self.is_taking = False
        else:
            return False
        self.serial += 1
        return True

    def clear(self) -> None:
        """Begin the next line."""
        super().clear()
        self._points = []


class ReshapeBorder(LineDeed):
    """Lets a border follow a line, or a lane, wall or edge that is clicked."""

    name: DeedName = "reshape"
    may_take = True

    def meant(self, line: Line) -> Wish | None:
        """Return the reshape along a line."""
        return drawn(line, reshape_edits)

    def taken(self, xy: XY, reach_m: float) -> Wish | None:
        """Return the reshape along what is clicked."""
        return of_line(partial(take_edge, xy=xy, reach_m=reach_m), reshape_edits)


class SplitByLine(LineDeed):
    """Splits the cells that a line goes through, or one along a walkway that is clicked."""

    name: DeedName = "split"
    may_take = True

    def meant(self, line: Line) -> Wish | None:
        """Return the split by a line."""
        return drawn(line, split_edits)

    def taken(self, xy: XY, reach_m: float) -> Wish | None:
        """Return the split along what is clicked."""
        return of_line(partial(take_edge, xy=xy, reach_m=reach_m), split_edits)


class HandOverPart(LineDeed):
    """Gives what a line cuts off, or a ring holds, to the neighbour that was picked first."""

    name: DeedName = "hand_over"
    may_take = True

    def __init__(self) -> None:
        super().__init__()
        self.to: str | None = None

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the cell that gets."""
        return (self.to,) if self.to is not None else ()

    @property
    def may_snap(self) -> bool:
        """Return whether points are drawn; who gets is picked before."""
        return self.to is not None and super().may_snap

    @property
    def closes_by_click(self) -> bool:
        """Return that a line that comes back to its beginning is a ring."""
        return True

    def click(self, spot: Spot) -> Wish | None:
        """Pick who gets, then draw."""
        if self.to is not None:
            return super().click(spot)
        self.hover(spot)
        self.to = self.site.ground.cell_at(spot.raw) if self.site is not None else None
        self.serial += 1
        return None

    def meant(self, line: Line) -> Wish | None:
        """Return the hand-over by a line or ring."""
        return drawn(line, partial(hand_over_edits, to=self.to)) if self.to is not None else None

    def taken(self, xy: XY, reach_m: float) -> Wish | None:
        """Return the hand-over along what is clicked."""
        if self.to is None:
            return None
        find = partial(take_edge, xy=xy, reach_m=reach_m)
        return of_line(find, partial(hand_over_edits, to=self.to))

    def step_back(self) -> bool:
        """Take the last point back, then who gets."""
        if super().step_back():
            return True
        if self.to is None:
            return False
        self.to = None
        self.serial += 1
        return True


class CarveOut(LineDeed):
    """Makes a new cell of a ring."""

    name: DeedName = "carve"
    is_ring = True

    def meant(self, line: Line) -> Wish | None:
        """Return the carving out of a ring."""
        return only(Carve(line))


class ExtendOutwards(LineDeed):
    """Adds ground beyond the outer edge: a new cell, or to one that the ring touches."""

    name: DeedName = "extend"
    is_ring = True

    def __init__(self) -> None:
        super().__init__()
        self.cell: str | None = None

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the cell that is extended."""
        return (self.cell,) if self.cell is not None else ()

    def meant(self, line: Line) -> Wish | None:
        """Return the extension by a ring."""
        return drawn(line, partial(extend_edits, cell=self.cell))

    def letter(self, letter: str) -> bool:
        """Change between a new cell and each of those that the ring touches."""
        if letter != _OTHER or self.site is None:
            return False
        places = [*self._points, *([self.spot.xy] if self.spot is not None else [])]
        touched = dict.fromkeys(key for xy in places for key in self.site.cells_on(xy))
        options = [None, *touched]
        at = options.index(self.cell) if self.cell in options else 0
        self.cell = options[(at + 1) % len(options)]
        self.serial += 1
        return True

    def clear(self) -> None:
        """Begin the next ring, for a new cell."""
        super().clear()
        self.cell = None
