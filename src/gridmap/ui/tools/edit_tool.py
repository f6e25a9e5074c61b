"""The mouse and the keys of the tools that edit cells; what they mean is said by a ``Deed``."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from gridmap.base.errors import GridmapError
from gridmap.model.cell_edits import XY
from gridmap.ui.tools.edit_deeds import Adjust, Deed, Spot
from gridmap.ui.tools.edit_lines import LineDeed
from gridmap.ui.tools.edit_picture import Picture, Tried
from gridmap.ui.tools.edit_site import Grip, Site
from gridmap.ui.tools.edit_sketch import EditSketch
from gridmap.ui.tools.edit_wishes import Wish
from gridmap.ui.tools.feature_snap import reach_m
from gridmap.ui.tools.numbers import place_of, read_numbers

if TYPE_CHECKING:
    from gridmap.ui.canvas.view import MapView

_BACK = (Qt.Key.Key_Escape, Qt.Key.Key_Backspace)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EditTool:
    """Hands clicks and drags on a snapped place to a deed; other drags go on moving the map.

    Args:
        view: the map.
        epsg: the CRS of its metres.
        deed: what the clicks mean.
        changed: told of everything that alters what is shown or previewed.
        wanted: told of an edit to be done.
        ended: told when the user gives the tool back.
        dropped: told when the mouse was taken from the tool.
    """

    def __init__(
        self,
        view: "MapView",
        epsg: int,
        deed: Deed,
        *,
        changed: Callable[[], None],
        wanted: Callable[[Wish], None],
        ended: Callable[[], None],
        dropped: Callable[[], None],
    ) -> None:
        self._view = view
        self.deed: Deed = deed
        self._changed, self._wanted, self._ended = changed, wanted, ended
        self._dropped = dropped
        self.is_waiting = False
        """Whether an edit is under way: what it does stays drawn, and nothing else is begun."""
        self.tried: Tried | None = None
        self.refusal: GridmapError | None = None
        """Why the last edit was not done; shown until the next move."""
        self._done: Picture | None = None
        self._press: QPoint | None = None
        self._is_dragging = False
        self._sketch = EditSketch(view, self, epsg)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def picture(self) -> Picture | None:
        """Return what is drawn: the edit that was done until the map has it, or the preview."""
        if self._done is not None:
            return self._done
        return self.tried.picture if self.tried is not None else None

    @property
    def is_done_shown(self) -> bool:
        """Return whether an edit that was done is drawn until the map has it."""
        return self._done is not None

    @property
    def error(self) -> GridmapError | None:
        """Return what is wrong."""
        if self.refusal is not None or self.is_waiting:
            return self.refusal
        return self.tried.error if self.tried is not None else None

    @property
    def spot(self) -> Spot | None:
        """Return where the pointer is, while it matters."""
        return None if self.is_waiting else self.deed.spot

    @property
    def grip(self) -> Grip | None:
        """Return what of a border is held, or could be."""
        if not isinstance(self.deed, Adjust) or self.is_waiting:
            return None
        return self.deed.held or self.deed.hovered

    @property
    def run(self) -> list[XY]:
        """Return the line that is drawn, with the pointer as its next point; or the way moved."""
        deed = self.deed
        if isinstance(deed, Adjust) and deed.held is not None and self.spot is not None:
            return [deed.held.xy, self.spot.xy]
        if not isinstance(deed, LineDeed) or not deed.points:
            return []
        run = list(deed.points)
        if self.spot is not None and not self.is_waiting:
            run.append(deed.points[0] if deed.is_closing else self.spot.xy)
        return run

    def show_tried(self, tried: Tried | None) -> None:
        """Show what would be done."""
        self.tried = tried
        self._sketch.refresh()

    def use(self, site: Site) -> None:
        """Work on this ground from now on."""
        self.deed.use(site)
        self._tell()

    def leave(self) -> None:
        """Work on no ground: too much of it is in the window."""
        self.deed.leave()
        self.tried = None
        self._tell()

    # --- an edit is done -------------------------------------------------------------------------

    def wait(self) -> None:
        """Keep what is drawn while an edit is under way."""
        self.is_waiting = True
        self._sketch.refresh()

    def take_done(self, picture: Picture | None) -> None:
        """Begin anew; what was done stays drawn until ``forget_done``."""
        self.is_waiting = False
        self._done = picture
        self.tried = self.refusal = None
        self.deed.clear()
        self._tell()

    def take_refused(self, error: GridmapError | None) -> None:
        """Show at the place why an edit was not done; nothing that is drawn is lost."""
        self.is_waiting = False
        self.refusal = error
        if isinstance(self.deed, Adjust):
            self.tried = None
            self.deed.clear()
        self._tell()

    def forget_done(self) -> None:
        """Draw the edit that was done no longer: the map itself shows it."""
        if self._done is not None:
            self._done = None
            self._sketch.refresh()

    # --- the mouse -------------------------------------------------------------------------------

    def press(self, xy: XY, event: QMouseEvent) -> bool:
        """Take a step back, take hold of something, or wait whether this becomes a click."""
        self._press = None
        if event.button() == Qt.MouseButton.RightButton:
            self.step_back()
            return True
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if self.is_waiting or self.deed.site is None:
            return False
        self.refusal = None
        spot = self._spot(xy, event)
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self._want(self.deed.double_click(spot))
            return True
        self._press = event.position().toPoint()
        was_held = self.deed.is_moving
        self._is_dragging = self.deed.press(spot) and not was_held
        self._tell()
        # Shift would begin a box
        return self.deed.is_moving or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def move(self, xy: XY, event: QMouseEvent) -> bool:
        """Follow the pointer."""
        if self.is_waiting:
            return False
        is_map_dragged = bool(event.buttons()) and not self._is_dragging
        if is_map_dragged and not self.deed.is_moving:
            return False
        self.refusal = None
        self.deed.hover(self._spot(xy, event))
        self._tell()
        return self._is_dragging

    def release(self, xy: XY, event: QMouseEvent) -> bool:
        """End a drag, or take a click."""
        press, self._press = self._press, None
        is_dragging, self._is_dragging = self._is_dragging, False
        if press is None or event.button() != Qt.MouseButton.LeftButton or self.is_waiting:
            return False
        way = event.position().toPoint() - press
        has_moved = way.manhattanLength() >= QApplication.startDragDistance()
        if is_dragging:
            if has_moved:
                self._want(self.deed.drop(self._spot(xy, event)), is_last=True)
            else:
                self._tell()  # it stays in hand: the next click puts it down
            return True
        if has_moved and not self.deed.is_moving:
            return False
        self._want(self.deed.click(self._spot(xy, event)))
        return True

    # --- the keys --------------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """Finish by Enter, take a step back by Esc or Backspace, delete, or hand letters on."""
        key = event.key()
        if key in _BACK:
            self.step_back()
        elif self.is_waiting:
            return False
        elif key in _ENTER:
            self._want(self.deed.finish())
        elif key == Qt.Key.Key_Delete:
            self._want(self.deed.delete())
        elif not event.modifiers() and self.deed.letter(event.text().lower()):
            self._tell()
        else:
            return False
        return True

    def enter(self, text: str) -> bool:
        """Take typed numbers, or (nothing typed) finish; return False where they say nothing."""
        if self.is_waiting:
            return False
        if not text.strip():
            self._want(self.deed.finish())
            return True
        numbers = read_numbers(text)
        if numbers is None or self.deed.site is None:
            return False
        if numbers.length_m is not None and self.deed.type_number(numbers.length_m):
            self._want(self.deed.finish())  # it was previewed while it was typed
            return True
        spot = self.deed.spot
        place = place_of(numbers, self.deed.last, spot.raw if spot is not None else None)
        if place is None:
            return False
        wish = self.deed.type_place(_rounded(place))
        self._want(wish)
        # coordinates where nothing can be taken hold of
        return wish is not None or self.deed.is_moving or not isinstance(self.deed, Adjust)

    def follow(self, text: str) -> str:
        """Preview a number while it is typed, take a letter after it; return what stays typed."""
        if self.is_waiting or not text:
            return text
        if self.deed.letter(text[-1].lower()):
            self._tell()
            return text[:-1]
        numbers = read_numbers(text)
        length_m = numbers.length_m if numbers is not None else None
        if length_m is not None and self.deed.type_number(length_m):
            self._tell()
        return text

    def step_back(self) -> None:
        """Take back step after step, then the tool itself."""
        self._is_dragging = False
        if self.is_waiting:
            return
        self.refusal = None
        if self.deed.step_back():
            self._tell()
        else:
            self._ended()

    def dropped(self) -> None:
        """Take the drawing off the map: another tool has the mouse, or nobody."""
        self._sketch.remove()
        self._dropped()

    # --- inside ----------------------------------------------------------------------------------

    def _want(self, wish: Wish | None, *, is_last: bool = False) -> None:
        """Have something done; ``is_last``: with nothing to do, what was held is let go."""
        if wish is not None:
            self._wanted(wish)
        elif is_last:
            self.deed.clear()
        self._tell()

    def _spot(self, xy: XY, event: QMouseEvent) -> Spot:
        """Return the pointer, snapped; Ctrl does not snap."""
        deed, reach = self.deed, reach_m(self._view)
        if deed.site is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return Spot(_rounded(xy), xy, reach)
        if not deed.may_snap:
            return Spot(_rounded(xy), xy, reach)
        found = deed.site.snap(xy, reach, deed.last, is_moving=deed.is_moving)
        return Spot(found.xy if found is not None else _rounded(xy), xy, reach, found)

    def _tell(self) -> None:
        self._sketch.refresh()
        self._changed()


def _rounded(xy: XY) -> XY:
    """Return a place on the grid of 1 mm."""
    return round(xy[0], 3), round(xy[1], 3)
