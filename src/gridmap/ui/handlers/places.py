"""Commands about places: go to coordinates, copy them, what a right click on the map offers."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QMenu

from gridmap.base.errors import GridmapError
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.bookmarks import BookmarkHandlers
from gridmap.ui.handlers.measuring import MeasureHandlers
from gridmap.ui.icons import icon
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.geo.offsets import Datum
    from gridmap.services.places import Readings
    from gridmap.ui.canvas.camera import Camera
    from gridmap.ui.canvas.view import MapView
    from gridmap.ui.tools.go_to import GoToPanel
    from gridmap.ui.tools.pins import Pins

XY = tuple[float, float]
_AROUND_M = 120.0
_ROOM_M = 250.0
_NEAR = 2_500
"""At a scale nearer than 1:this the map only moves; from farther away it comes nearer."""
_LONGEST_PASTED = 4_000
_BY_MOUSE_PX = 4


class PlaceHandlers(QObject):
    """Knows where the pointer is, and what coordinates others mean."""

    menu_made = Signal(object, tuple)
    """The map's own menu for a place is about to open: others may add to it (``QMenu``, xy)."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        bench: Workbench,
        measuring: MeasureHandlers,
        bookmarks: BookmarkHandlers,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._measuring = measuring
        self._bookmarks = bookmarks
        self._pointer: XY | None = None
        self._copied: Datum | None = "wgs84"
        self._camera: Camera | None = None
        """From where the map was looked at before the panel was opened."""
        self._asked = 0
        """Counts the texts that were asked about, so that a late answer is known as such."""
        self.readings: Readings | None = None
        self.panel: GoToPanel | None = None
        self.pins: Pins | None = None
        self.busy: list[Callable[[], bool]] = []
        """Whether right clicks on the map are for a tool, asked of each who has tools."""
        desk.opened.connect(self._on_opened)
        desk.closed.connect(self._forget)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {"go_to": self.ask_where, "copy_place": self.copy_place}

    # --- go to coordinates -----------------------------------------------------------------------

    def ask_where(self, text: str | None = None) -> None:
        """Open the panel; what lies in the clipboard is taken if it holds coordinates."""
        view = self._bench.view
        if view is None:
            return
        from gridmap.geo.coordinates import find_place  # late: seldom needed
        from gridmap.ui.tools.go_to import GoToPanel

        self._measuring.stop()
        self.close_panel()
        self._camera = view.camera
        self.panel = panel = GoToPanel(view)
        panel.text_changed.connect(self._ask)
        panel.looked_at.connect(self._look_at)
        panel.chosen.connect(self.choose)
        panel.close_wanted.connect(self.give_up)
        if text is None:
            pasted = QGuiApplication.clipboard().text()[:_LONGEST_PASTED]
            text = pasted if find_place(pasted) is not None else ""
        panel.show_text(" ".join(text.split()))

    def choose(self, number: int) -> None:
        """Go to a reading; its datum is taken the next time, too."""
        view, readings = self._bench.view, self.readings
        if view is None or readings is None or number >= len(readings.readings):
            return
        reading = readings.readings[number]
        if reading.datum is not None:
            self._desk.memory.change(pasted_datum=reading.datum)
        self.close_panel()
        self.mark(reading.xy)
        _show(view, reading.xy)
        view.setFocus()
        self._window.say(self.tr("已转到 {name}").format(name=reading.name))

    def mark(self, xy: XY) -> None:
        """Put a single pin on the map; it stays until the map is clicked."""
        self._drop_pins()
        if self._bench.view is not None:
            from gridmap.ui.tools.pins import Pins  # late: seldom needed

            self.pins = Pins(self._bench.view, [xy])

    def unmark(self) -> None:
        """Take a single pin off the map; those to choose from stay."""
        if self.panel is None:
            self._drop_pins()

    def give_up(self) -> None:
        """Close the panel, and look again where one looked before the pins were shown."""
        view, camera = self._bench.view, self._camera
        if view is not None and camera is not None and self.readings is not None:
            view.follow(camera)
        self.close_panel()

    def close_panel(self) -> None:
        """Put the panel away, and the pins to choose from."""
        panel, self.panel, self.readings = self.panel, None, None
        self._asked += 1
        self._drop_pins()
        if panel is not None:
            panel.hide()
            panel.deleteLater()
            if self._bench.view is not None:
                self._bench.view.setFocus()

    def _ask(self, text: str) -> None:
        from gridmap.geo.offsets import DATUMS  # late: seldom needed
        from gridmap.services import places

        self._asked += 1
        asked, workspace = self._asked, self._desk.get_workspace()
        last = next((one for one in DATUMS if one == self._desk.memory.settings.pasted_datum), None)
        request = places.WhereRequest(text, last)
        self._desk.work.query(
            lambda _progress: places.where(workspace, request).value,
            lambda readings: self._show(asked, readings),
            failed=lambda error: self._show_failed(asked, error),
        )

    def _show(self, asked: int, readings: "Readings") -> None:
        view, panel = self._bench.view, self.panel
        if asked != self._asked or view is None or panel is None:
            return
        from gridmap.ui.tools.pins import Pins  # late: seldom needed

        self.readings = readings
        self._drop_pins()
        xy = [reading.xy for reading in readings.readings]
        self.pins = Pins(view, xy, readings.likely)
        panel.show_readings(readings)
        east, north = zip(*xy, strict=True)
        extent = (min(east), min(north), max(east), max(north))
        view.zoom_to(_beneath(extent, panel.height() / max(view.height(), 1)))

    def _show_failed(self, asked: int, error: Exception) -> None:
        if asked != self._asked or self.panel is None:
            return
        self.readings = None
        self._drop_pins()
        if isinstance(error, GridmapError):
            self.panel.show_problem(str(error))
        else:
            self._desk.notices.fault(error)

    def _look_at(self, number: int) -> None:
        if self.pins is not None:
            self.pins.choose(number)

    def _drop_pins(self) -> None:
        if self.pins is not None:
            self.pins.remove()
            self.pins = None

    # --- copy coordinates ------------------------------------------------------------------------

    def copy_place(self) -> None:
        """Copy the place under the pointer, in the datum that was copied last."""
        self._copy(self._pointer_now(), self._copied)

    def _copy(self, xy: XY | None, datum: "Datum | None") -> None:
        if xy is None:
            self._window.say(self.tr("请先把鼠标移到地图上。"))
            return
        from gridmap.services import places  # late: seldom needed

        self._copied = datum
        told = places.told(xy, self._desk.get_workspace().epsg, datum)
        QGuiApplication.clipboard().setText(told)
        name = self.tr("平面坐标") if datum is None else str(places.datum_name(datum))
        self._window.say(self.tr("已复制：{told}  {name}").format(told=told, name=name))

    def _pointer_now(self) -> XY | None:
        """Return the place under the pointer, or the last one that it was over."""
        view = self._bench.view
        if view is None:
            return None
        at = view.viewport().mapFromGlobal(QCursor.pos())
        return _ground(view, at) if view.viewport().rect().contains(at) else self._pointer

    # --- the map's own menu ----------------------------------------------------------------------

    def _on_opened(self) -> None:
        view = self._bench.view
        if view is None:
            return
        from gridmap.ui.tools.grab import SpaceGrab  # late: while the map appears

        SpaceGrab(view)
        view.moved.connect(self._note_pointer)
        view.identified.connect(lambda *_: self._drop_pins() if self.panel is None else None)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_context)

    def _note_pointer(self, xy: XY) -> None:
        self._pointer = xy

    def _on_context(self, at: QPoint) -> None:
        view = self._bench.view
        if view is None or self._measuring.is_busy or any(busy() for busy in self.busy):
            return
        viewport = view.viewport()
        if (viewport.mapFromGlobal(QCursor.pos()) - at).manhattanLength() > _BY_MOUSE_PX:
            at = viewport.rect().center()  # asked for by the keyboard, which means no place
        menu = self.context_menu(_ground(view, at))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(view.viewport().mapToGlobal(at))

    def context_menu(self, xy: XY) -> QMenu:
        """Return what a right click at a place offers."""
        from gridmap.geo.offsets import DATUMS  # late: seldom needed
        from gridmap.services import places

        epsg = self._desk.get_workspace().epsg
        menu = QMenu(self._window)
        copy = menu.addMenu(icon("copy"), self.tr("复制坐标(&C)"))
        for datum in (*DATUMS, None):
            name = self.tr("平面坐标") if datum is None else str(places.datum_name(datum))
            text = f"{places.told(xy, epsg, datum)}\t{name}"
            copy.addAction(text, partial(self._copy, xy, datum))
        menu.addSeparator()
        for name, text, act in (
            ("measure_length", self.tr("在此量距(&M)"), self._measure(xy, is_area=False)),
            ("measure_area", self.tr("在此量面积(&A)"), self._measure(xy, is_area=True)),
        ):
            menu.addAction(icon(name), text, act)
        menu.addSeparator()
        menu.addAction(
            icon("bookmark"), self.tr("加书签(&K)"), partial(self._bookmarks.add, around=xy)
        )
        menu.addAction(icon("go_to"), self.tr("转到坐标…(&G)"), self.ask_where)
        if self.pins is not None:
            menu.addAction(icon("close"), self.tr("去掉标记(&X)"), self._drop_pins)
        self.menu_made.emit(menu, xy)
        return menu

    def _measure(self, xy: XY, *, is_area: bool) -> partial[None]:
        return partial(self._measuring.start, is_area=is_area, at=xy)

    def _forget(self) -> None:
        """Let go of what belongs to a map that is gone."""
        self.panel = self.pins = self.readings = self._pointer = None
        self._asked += 1


def _show(view: "MapView", xy: XY) -> None:
    """Bring a place into the middle, from far away also nearer."""
    if view.camera.denominator < _NEAR:
        view.centre_on(xy)
    else:
        x, y = xy
        view.zoom_to((x - _AROUND_M, y - _AROUND_M, x + _AROUND_M, y + _AROUND_M))


def _ground(view: "MapView", at: QPoint) -> XY:
    camera = view.camera
    position = QPointF(at) * camera.ratio
    return camera.to_ground(position.x(), position.y())


def _beneath(
    extent: tuple[float, float, float, float], share: float
) -> tuple[float, float, float, float]:
    """Return an extent with room around it, and more of it above, where a panel covers the map."""
    xmin, ymin, xmax, ymax = extent
    room = max(xmax - xmin, ymax - ymin) * 0.1 + _ROOM_M
    low, high = ymin - room, ymax + room
    above = (high - low) * share / max(1 - share, 0.3)
    return xmin - room, low, xmax + room, high + above
