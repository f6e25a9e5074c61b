"""What the editing tools do with clicks, drags and keys: plain Python, no Qt."""

from dataclasses import dataclass
from typing import Literal

from gridmap.geo.snapping import Snap
from gridmap.model.cell_edits import XY, AddVertex, DeleteVertex, MoveBorder, MoveVertex
from gridmap.ui.tools.edit_site import Grip, Site
from gridmap.ui.tools.edit_wishes import Wish, only

DeedName = Literal[
    "adjust_border",
    "reshape",
    "split",
    "split_parts",
    "merge_cells",
    "hand_over",
    "carve",
    "extend",
]
"""The names of the commands that start the tools."""
_TYPED_REACH_M = 0.5
"""How near a typed place must be to the vertex that it means."""


@dataclass(frozen=True)
class Spot:
    """A place on the map: snapped, as the pointer has it, and how far the pointer reaches."""

    xy: XY
    raw: XY
    reach_m: float
    snap: Snap | None = None


class Deed:
    """One tool. Whatever gives a ``Wish`` but ``preview`` wants it done now."""

    name: DeedName

    def __init__(self) -> None:
        self.site: Site | None = None
        self.spot: Spot | None = None
        self.serial = 0
        """Grows with everything that alters what is previewed."""

    @property
    def last(self) -> XY | None:
        """Return the place from which typed lengths and bearings count."""
        return None

    @property
    def is_moving(self) -> bool:
        """Return whether something follows the pointer that must not snap to itself."""
        return False

    @property
    def may_snap(self) -> bool:
        """Return whether the pointer snaps now."""
        return False

    @property
    def points(self) -> list[XY]:
        """Return the points of the line that is drawn."""
        return []

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the cells that were picked."""
        return ()

    def use(self, site: Site) -> None:
        """Work on this ground from now on."""
        self.site = site
        self.serial += 1

    def leave(self) -> None:
        """Work on no ground."""
        self.site = None
        self.serial += 1

    def hover(self, spot: Spot) -> None:
        """Follow the pointer."""
        if self.spot != spot:
            self.spot = spot
            self.serial += 1

    def press(self, _spot: Spot) -> bool:
        """Take hold of what is there; return whether a drag begins, else the map is dragged."""
        return False

    def drop(self, _spot: Spot) -> Wish | None:
        """End a drag."""
        return None

    def click(self, _spot: Spot) -> Wish | None:
        """Take a click."""
        return None

    def double_click(self, _spot: Spot) -> Wish | None:
        """Take the second click of two."""
        return self.finish()

    def type_place(self, xy: XY) -> Wish | None:
        """Take typed coordinates."""
        return self.click(Spot(xy, xy, _TYPED_REACH_M))

    def type_number(self, _number: float) -> bool:
        """Take a typed number that is no place; return whether it means something."""
        return False

    def finish(self) -> Wish | None:
        """Take Enter: do what is drawn or picked."""
        return None

    def delete(self) -> Wish | None:
        """Take the delete key."""
        return None

    def letter(self, _letter: str) -> bool:
        """Take a letter key; return whether it was for this tool."""
        return False

    def preview(self) -> Wish | None:
        """Return what would be done if the next click were the last."""
        return None

    def step_back(self) -> bool:
        """Take one step back; return False where there is none left."""
        return False

    def clear(self) -> None:
        """Begin anew, e.g. because the edit is done."""
        self.serial += 1


class Adjust(Deed):
    """Drags vertices, junctions and whole borders; adds and deletes vertices."""

    name = "adjust_border"

    def __init__(self) -> None:
        super().__init__()
        self.hovered: Grip | None = None
        self.held: Grip | None = None
        self._from: XY | None = None

    @property
    def last(self) -> XY | None:
        """Return the place that is held."""
        return self.held.xy if self.held is not None else None

    @property
    def is_moving(self) -> bool:
        """Return whether something is held."""
        return self.held is not None

    @property
    def may_snap(self) -> bool:
        """Return whether something is held, which is put down where it snaps."""
        return self.held is not None

    def use(self, site: Site) -> None:
        """Forget what was under the pointer on the ground before."""
        super().use(site)
        self._look()

    def leave(self) -> None:
        """Let go."""
        super().leave()
        self.clear()

    def hover(self, spot: Spot) -> None:
        """Follow the pointer with what is held, or see what could be taken hold of."""
        super().hover(spot)
        self._look()

    def _look(self) -> None:
        if self.held is not None:
            return
        self.hovered = None
        if self.site is not None and self.spot is not None:
            self.hovered = self.site.grip(self.spot.raw, self.spot.reach_m)

    def press(self, spot: Spot) -> bool:
        """Take hold of the vertex, edge or border there."""
        if self.held is not None:
            return True
        self.hover(spot)
        self.held = self.hovered
        self.serial += 1
        return self.held is not None

    def drop(self, spot: Spot) -> Wish | None:
        """Put down what is held."""
        self.hover(spot)
        return self.preview()

    def click(self, spot: Spot) -> Wish | None:
        """Take hold by one click, put down by the next."""
        if self.held is None:
            self.press(spot)
            return None
        wish = self.drop(spot)
        if wish is None:
            self.clear()
        return wish

    def type_place(self, xy: XY) -> Wish | None:
        """Take hold of the vertex at typed coordinates, or move what is held there."""
        if self.held is not None:
            self.spot = Spot(xy, xy, _TYPED_REACH_M)
            return self.preview()
        return super().type_place(xy)

    def double_click(self, spot: Spot) -> Wish | None:
        """Put a vertex on the border."""
        grip = self.held or self.hovered
        self.clear()
        if grip is None or grip.kind != "edge":
            return None
        return only(AddVertex(grip.xy if spot.snap is None else spot.xy))

    def delete(self) -> Wish | None:
        """Delete the vertex that is held or under the pointer."""
        grip = self.held or self.hovered
        self.clear()
        if grip is None or grip.kind not in ("vertex", "junction"):
            return None
        return only(DeleteVertex(grip.xy))

    def preview(self) -> Wish | None:
        """Return the move to where the pointer is."""
        grip, spot = self.held, self.spot
        if grip is None or spot is None or spot.xy == grip.xy:
            return None
        if grip.kind == "border":
            by = (spot.xy[0] - grip.xy[0], spot.xy[1] - grip.xy[1])
            other = grip.cells[1] if len(grip.cells) > 1 else None
            return only(MoveBorder(grip.cells[0], other, by))
        if grip.kind == "edge":
            return only(AddVertex(grip.xy, spot.xy))
        return only(MoveVertex(grip.xy, spot.xy))

    def step_back(self) -> bool:
        """Let go."""
        if self.held is None:
            return False
        self.clear()
        return True

    def clear(self) -> None:
        """Let go."""
        super().clear()
        self.held = None
        self._look()
