"""The brush: picks a cell (or grid) that gets, then takes buildings, blocks or cells to it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from gridmap.base.errors import GridmapError, Place, RequestError
from gridmap.geo.painting_texts import nothing_met
from gridmap.services.painting import Stroke, Tried
from gridmap.services.palette import XY, Kind, Palette
from gridmap.ui.tools.paint_sketch import PaintSketch

if TYPE_CHECKING:
    from gridmap.ui.canvas.view import MapView

LEAST_M, MOST_M = 1.0, 200.0
_FIRST_M = 8.0
_STEP = 1.25
_NOTCH = 120


class PaintTool(QObject):
    """Takes left drags for strokes; the wheel, the middle button and the keys go on moving the map.

    Args:
        view: the map.
        changed: told when the stroke, the target, or what the pointer is over has changed.
        stroked: told of a finished stroke.
        locked: told to lock or unlock a cell.
        ended: told when the user gives the tool back.
        dropped: told when the mouse was taken from the tool.
    """

    def __init__(
        self,
        view: "MapView",
        *,
        changed: Callable[[], None],
        stroked: Callable[[Stroke], None],
        locked: Callable[[str], None],
        ended: Callable[[], None],
        dropped: Callable[[], None],
    ) -> None:
        super().__init__(view)
        self._view = view
        self._changed, self._stroked, self._locked = changed, stroked, locked
        self._ended, self._dropped = ended, dropped
        self.palette: Palette | None = None
        self.kind: Kind = "building"
        self.target: str | None = None
        self.radius_m = _FIRST_M
        self.pointer: XY | None = None
        self.hovered: tuple[int, ...] = ()
        self.taken: dict[int, None] = {}
        self.is_painting = False
        self.tried: Tried | None = None
        self.done: Tried | None = None
        """What the last stroke did; drawn until the map itself shows it."""
        self.refusal: GridmapError | None = None
        self._sketch = PaintSketch(view, self)
        view.viewport().installEventFilter(self)

    # --- the mouse -------------------------------------------------------------------------------

    def press(self, xy: XY, event: QMouseEvent) -> bool:
        """Choose who gets, begin a stroke, or take a step back."""
        if event.button() == Qt.MouseButton.RightButton:
            self.step_back()
            return True
        if event.button() != Qt.MouseButton.LeftButton or self.palette is None:
            return False
        self.pointer = xy
        if self.target is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.choose(self.palette.target_at(xy, self.kind))
            return True
        self.is_painting = True
        self.taken, self.tried, self.refusal = {}, None, None
        self._take([xy])
        return True

    def move(self, xy: XY, _event: QMouseEvent) -> bool:
        """Take what the brush touches on its way; let the map be dragged otherwise."""
        way = [xy] if self.pointer is None else [self.pointer, xy]
        self.pointer = xy
        self._hover()
        if self.is_painting:
            self._take(way)
        self.refresh()
        return self.is_painting

    def release(self, xy: XY, event: QMouseEvent) -> bool:
        """Finish the stroke."""
        if not self.is_painting or event.button() != Qt.MouseButton.LeftButton:
            return False
        self.is_painting = False
        stroke = self.stroke
        if stroke is not None:
            self.done = self.tried
            self._stroked(stroke)
        else:
            self.show_tried(None, RequestError(nothing_met(), place=Place(xy=xy)))
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Change the radius by the wheel while Ctrl is held."""
        if isinstance(event, QWheelEvent) and event.type() == QEvent.Type.Wheel:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.resize(_STEP ** (event.angleDelta().y() / _NOTCH))
                return True
        elif event.type() == QEvent.Type.Leave:
            self.pointer, self.hovered = None, ()
            self.refresh()
        return super().eventFilter(watched, event)

    def key(self, event: QKeyEvent) -> bool:
        """Change the radius, lock what the pointer is over, or take a step back."""
        key = event.key()
        if key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self.resize(_STEP if key == Qt.Key.Key_BracketRight else 1 / _STEP)
        elif key == Qt.Key.Key_L:
            self.lock_hovered()
        elif key == Qt.Key.Key_Escape:
            self.step_back()
        else:
            return False
        return True

    # --- what is painted -----------------------------------------------------------------------

    def show_palette(self, palette: Palette) -> None:
        """Paint on this ground from now on; what does not lie on it any more is forgotten."""
        self.palette = palette
        if self.target is not None and not self._is_there(self.target):
            self.target = None
        if not self.is_painting:
            self.clear()
        self._hover()
        self._changed()

    def choose_kind(self, kind: Kind) -> None:
        """Let the brush take other things; a cell gets no cells, and a grid no buildings."""
        if (kind == "cell") != (self.kind == "cell"):
            self.target = None
        self.kind = kind
        self.is_painting = False
        self.clear()
        self._hover()
        self._changed()

    def choose(self, target: str | None) -> None:
        """Let a cell or grid get what is painted; a locked one gets nothing."""
        self.clear()
        if target is not None and self.palette is not None:
            try:
                self.palette.ensure_may_get(target)
                self.target = target
            except RequestError as error:
                self.refusal = error
        self._hover()
        self._changed()

    def resize(self, factor: float) -> None:
        """Make the brush larger or smaller."""
        self.radius_m = min(max(self.radius_m * factor, LEAST_M), MOST_M)
        self._hover()
        self._changed()

    def lock_hovered(self) -> None:
        """Lock or unlock the cell that the pointer is over."""
        cell = self.cell_under
        if cell is not None:
            self._locked(cell)

    def show_tried(self, tried: Tried | None, refusal: "GridmapError | None") -> None:
        """Show what the stroke would do, or why it cannot be done."""
        self.tried, self.refusal = tried, refusal
        self.refresh()
        self._changed()

    def step_back(self) -> None:
        """Drop the stroke, then who gets, then the tool."""
        if self.is_painting or self.taken or self.refusal is not None:
            self.is_painting = False
            self.clear()
        elif self.target is not None:
            self.target = None
        else:
            self._ended()
            return
        self._hover()
        self._changed()

    def clear(self) -> None:
        """Forget the stroke."""
        self.taken, self.tried, self.refusal = {}, None, None
        self.refresh()

    def forget_done(self) -> None:
        """Draw the last stroke no longer: the map shows what it did."""
        self.done = None
        self.refresh()

    def dropped(self) -> None:
        """Take the drawing off the map: another tool has the mouse, or nobody."""
        self._dropped()
        self._view.viewport().removeEventFilter(self)
        self._sketch.remove()
        self.deleteLater()

    def refresh(self) -> None:
        """Draw anew."""
        self._sketch.refresh()

    @property
    def brush_m(self) -> float:
        """Return how far the brush reaches: blocks and cells are taken one by one."""
        return self.radius_m if self.kind == "building" else 0.0

    @property
    def cell_under(self) -> str | None:
        """Return the cell that the pointer is over."""
        if self.palette is None or self.pointer is None:
            return None
        return self.palette.ground.cell_at(self.pointer)

    @property
    def stroke(self) -> Stroke | None:
        """Return the stroke so far."""
        if self.target is None or not self.taken:
            return None
        return Stroke(self.kind, self.target, tuple(self.taken))

    def _is_there(self, target: str) -> bool:
        palette = self.palette
        return palette is not None and (target in palette.grids or target in palette.ground.rows)

    def _hover(self) -> None:
        self.hovered = self._may_take([self.pointer]) if self.pointer is not None else ()
        self.refresh()

    def _take(self, way: list[XY]) -> None:
        before = len(self.taken)
        self.taken.update(dict.fromkeys(self._may_take(way)))
        if len(self.taken) > before:
            self._changed()

    def _may_take(self, way: list[XY]) -> tuple[int, ...]:
        palette, target = self.palette, self.target
        if palette is None or target is None:
            return ()
        touched = palette.things(self.kind).under(way, self.brush_m)
        may = [at for at in touched if palette.may_take(self.kind, target, at)]
        # one stroke takes either what lies in cells, or what lies in none: they are other edits
        first = next(iter(self.taken), may[0] if may else 0)
        is_free = bool(may) and palette.is_free(self.kind, first)
        return tuple(at for at in may if palette.is_free(self.kind, at) == is_free)
