"""The map as a widget: it is looked at, moved, and asked what lies where."""

from collections.abc import Collection, Mapping

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from gridmap.model.style import Style
from gridmap.report import turns
from gridmap.report.view import Extent
from gridmap.ui.canvas.camera import Camera
from gridmap.ui.canvas.dress import Dress
from gridmap.ui.canvas.keys import ZOOM_STEPS, camera_after
from gridmap.ui.canvas.layers import LayerStack, Touched
from gridmap.ui.canvas.overlays import Overlays
from gridmap.ui.canvas.pick import Hit, pick
from gridmap.ui.canvas.rubberband import RubberBand
from gridmap.ui.canvas.source import Ground, MapSource
from gridmap.ui.canvas.tilemap import TileMap
from gridmap.ui.canvas.tiles import PAPER
from gridmap.ui.canvas.tool import MapTool
from gridmap.ui.canvas.workers import Workers

_PICK_PX = 6.0
_WHEEL_NOTCH = 120


class MapView(pg.GraphicsView):
    """The map. Drag to move, turn the wheel to zoom at the pointer, Shift and drag for a box.

    Keys: arrows move, + and - zoom, Home shows everything. Items of tools go into ``box``, whose
    coordinates are metres in the workspace's CRS. Nothing is read or painted in this thread.

    Args:
        source: gives the rows of a table.
        styles: what to paint and how, undermost first.
        is_imaginary: whether to say that the place is invented.
        beside: a map that is shown too: its threads, and what it has read, are used; it is closed
            after this one.
    """

    moved = Signal(tuple)
    """The pointer is over this place: (east, north) in metres."""
    view_changed = Signal(tuple, float)
    """The window shows this extent, at 1:this."""
    identified = Signal(tuple, float)
    """A place was clicked; the tolerance in metres."""
    selected = Signal(str, list)
    """The rows of a table that are selected now; an empty table and list when none are."""
    settled = Signal()
    """The window is filled with all that is shown at its scale, and labelled."""
    failed = Signal(str, object)
    """A table could not be read; or, without a name, a tile or the base map not painted."""

    def __init__(
        self,
        source: MapSource,
        styles: Mapping[str, Style],
        *,
        is_imaginary: bool = False,
        beside: "MapView | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, background=PAPER)
        self._is_imaginary = is_imaginary
        self._camera = Camera()
        self._is_fitted = False
        self._press: QPoint | None = None
        self._drag_from: Camera | None = None
        self._wheel = 0
        self._tool: MapTool | None = None
        self._selection: dict[str, frozenset[str]] = {}
        lender, share = (beside._workers, beside.layers.share) if beside else (None, None)
        self._workers: Workers = Workers(self, lender)
        self.layers: LayerStack = LayerStack(styles, source, self._workers, self, share)
        self._tiles = TileMap(self.layers, self._workers, self)
        self._dress = Dress(self.layers, self._workers, self)
        self._band = RubberBand()
        self._overlays = Overlays()
        self.box = self._make_box()
        self._connect()
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # the background is the map
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("地图"))
        self.setAccessibleDescription(
            self.tr("方向键移动，加减号缩放，Home 键显示全图。按住 Shift 拖动可放大到所选范围。")
        )

    def _make_box(self) -> pg.ViewBox:
        box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        box.setAspectLocked(False)  # the camera keeps it: a lock would round the range again
        self.setCentralItem(box)
        return box

    def _connect(self) -> None:
        self._tiles.changed.connect(self._update)
        self._dress.changed.connect(self._update)
        self._dress.gone.connect(self._on_gone)
        self._tiles.settled.connect(self._on_settled)
        self._dress.changed.connect(self._on_settled)
        self.layers.loaded.connect(self._on_loaded)
        self.layers.failed.connect(self.failed)
        self._tiles.failed.connect(self.failed)
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._workers.close)

    # --- looking ----------------------------------------------------------------------------------

    @property
    def camera(self) -> Camera:
        """Return where the map is looked at from."""
        return self._camera

    @property
    def extent(self) -> Extent:
        """Return the ground in the window."""
        return self._camera.extent

    @property
    def is_settled(self) -> bool:
        """Return whether nothing is left to be read or painted."""
        return self.layers.is_complete and self._tiles.is_settled and self._dress.is_settled

    @property
    def painted_tiles(self) -> int:
        """Return how many tiles were painted since the map was made."""
        return self._tiles.painted_tiles

    def zoom_to(self, extent: Extent) -> None:
        """Show an extent as large as the window allows."""
        self._is_fitted = True
        self._look(self._camera.fitted(extent))

    def zoom_to_whole(self) -> None:
        """Show everything."""
        bounds = self.layers.bounds()
        if bounds is not None:
            self.zoom_to(bounds)

    def zoom(self, steps: int) -> None:
        """Zoom in (or out, below zero) by steps of a quarter octave, the centre staying."""
        middle = self._camera.width / 2, self._camera.height / 2
        self._look(self._camera.zoomed(steps, *middle))

    def centre_on(self, xy: tuple[float, float]) -> None:
        """Bring a place into the middle of the window."""
        x, y = self._camera.to_pixel(*xy)
        self._look(self._camera.moved(x - self._camera.width / 2, y - self._camera.height / 2))

    def follow(self, camera: Camera) -> None:
        """Look at the same middle at the same scale as another map."""
        self._is_fitted = True
        held = self._camera
        self._look(camera.resized(held.width, held.height, held.ratio))

    def share_room(self, maps: int) -> None:
        """Keep only so many painted tiles that so many maps have the room of one."""
        self._tiles.share_room(maps)

    def set_ground(self, ground: Ground | None) -> None:
        """Paint a base map below all layers (see ``basemap``), or none."""
        self._tiles.set_ground(ground)

    def set_imaginary(self, is_imaginary: bool) -> None:
        """Say, or do not say, that the place is invented."""
        self._is_imaginary = is_imaginary
        self._update()

    def set_tool(self, tool: MapTool | None) -> None:
        """Hand the mouse to a tool, or take it back; one that has ``dropped`` is told so."""
        held, self._tool = self._tool, tool
        if held is not None and held is not tool and hasattr(held, "dropped"):
            held.dropped()

    @property
    def is_idle(self) -> bool:
        """Return whether nothing is read or painted, not even what lies around the window."""
        return self.is_settled and self._tiles.is_idle

    # --- rows -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to read what is shown; the window shows everything once that is known."""
        self.layers.load_needed(self._camera.denominator if self._is_fitted else 1e9)

    def invalidate(self, touched: Touched) -> None:
        """Read changed rows anew, and repaint where they were or are."""
        self.layers.invalidate(touched)

    def set_style(self, style: Style) -> None:
        """Paint a table in another style; the old picture stays until the new one is there."""
        self.layers.set_style(style)
        self._dress.refresh()

    def set_source(self, source: MapSource, touched: Touched | None = None) -> None:
        """Show another source's rows, which may be as of another day.

        The old picture stays until they are there; selected rows that are not among them are
        selected no longer. Where it is known, ``touched`` says what differs between the sources.
        """
        self._dress.doubt(self._selection)
        self.layers.set_source(source, touched)

    def select(self, table: str, ids: Collection[str]) -> None:
        """Select rows of one table, and nothing else."""
        self._selection = {table: frozenset(ids)} if ids else {}
        self._dress.select(self._selection)
        self.selected.emit(table if ids else "", sorted(ids))

    def pick(self, xy: tuple[float, float], tolerance_m: float) -> list[Hit]:
        """Return the rows at a place that are shown at this scale, the uppermost first."""
        shown = [
            layer
            for layer in self.layers.shown()
            if layer.style.is_shown_at(self._camera.denominator)
        ]
        return pick(shown, xy, tolerance_m, self._camera.resolution * self._camera.ratio)

    def close(self) -> bool:
        """End the threads, and close the widget; the end of the program ends the threads too."""
        self._workers.close()
        # WORKAROUND(pyqtgraph 0.14): its close() takes the viewport away, which ends in a crash
        return bool(QGraphicsView.close(self))

    # --- inside -----------------------------------------------------------------------------------

    def _look(self, camera: Camera) -> None:
        turns.begin_turn(id(self))  # until that is painted
        has_zoomed = camera.level != self._camera.level
        self._camera = camera
        xmin, ymin, xmax, ymax = camera.extent
        self.box.setRange(xRange=(xmin, xmax), yRange=(ymin, ymax), padding=0)
        if has_zoomed:
            self.layers.load_needed(camera.denominator)
        self._tiles.look(camera)
        self._dress.look(camera)
        self._update()
        self.view_changed.emit(camera.extent, camera.denominator)

    def _on_loaded(self, _table: str) -> None:
        # rows may be there before the window has a size, which ``resizeEvent`` waits for
        if not self._is_fitted and self._camera.width > 1:
            self.zoom_to_whole()

    def _on_gone(self, table: str, gone: frozenset[str]) -> None:
        self.select(table, self._selection.get(table, frozenset()) - gone)

    def _on_settled(self) -> None:
        if not self._is_fitted and self.is_settled and self.layers.bounds() is None:
            self.layers.load_needed(self._camera.denominator)  # perhaps only lanes are there
        if self.is_settled:
            self.settled.emit()
            self.layers.refine()

    def _update(self) -> None:
        self.viewport().update()

    def _device(self, position: QPointF) -> tuple[float, float]:
        return position.x() * self._camera.ratio, position.y() * self._camera.ratio

    def _ground_at(self, position: QPointF) -> tuple[float, float]:
        return self._camera.to_ground(*self._device(position))

    def _click(self, position: QPointF) -> None:
        xy = self._ground_at(position)
        tolerance_m = _PICK_PX * self._camera.ratio * self._camera.resolution
        self.identified.emit(xy, tolerance_m)
        hits = self.pick(xy, tolerance_m)
        self.select(hits[0].table if hits else "", [hits[0].id] if hits else [])

    # --- Qt ---------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return a size that shows something."""
        return QSize(900, 640)

    def drawBackground(self, painter: QPainter, _rect: QRectF) -> None:
        """Paint tiles, labels and selection below the items of tools."""
        turns.begin_turn(id(self))
        painter.save()
        painter.resetTransform()
        painter.fillRect(self.viewport().rect(), PAPER)
        self._tiles.paint(painter)
        self._dress.paint(painter)
        painter.restore()

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        """Paint what stays in the window."""
        painter.save()
        painter.resetTransform()
        self._overlays.paint(
            painter, self._camera, self.viewport().size(), is_imaginary=self._is_imaginary
        )
        self._band.paint(painter)
        painter.restore()
        turns.end_turn(id(self))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the centre where it is."""
        super().resizeEvent(event)
        if event is None:
            return  # pyqtgraph's own call, when it gets its central item
        ratio = self.devicePixelRatioF()
        size = self.viewport().size()
        camera = self._camera.resized(
            round(size.width() * ratio), round(size.height() * ratio), ratio
        )
        was_empty = self._camera.width <= 1
        self._look(camera)
        if was_empty and not self._is_fitted:
            self.zoom_to_whole()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag, a box, or a click."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._tool is not None and self._tool.press(self._ground_at(event.position()), event):
            return
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._press = event.position().toPoint()
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._band.start(event.position())
            else:
                self._drag_from = self._camera

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second press like the first; a tool tells it by the kind of the event."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the map, stretch the box, or tell where the pointer is."""
        xy = self._ground_at(event.position())
        self.moved.emit(xy)
        if self._tool is not None and self._tool.move(xy, event):
            return
        if self._band.is_active:
            self._band.stretch(event.position())
            self._update()
        elif self._drag_from is not None and self._press is not None:
            way = event.position() - QPointF(self._press)
            if way.manhattanLength() >= QApplication.startDragDistance():
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            ratio = self._camera.ratio
            self._look(self._drag_from.moved(-way.x() * ratio, -way.y() * ratio))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag or a box, or identify what was clicked."""
        self.viewport().unsetCursor()
        press, self._press, self._drag_from = self._press, None, None
        if self._tool is not None and self._tool.release(self._ground_at(event.position()), event):
            return
        if self._band.is_active:
            self._zoom_to_band(self._band.finish())
        elif press is not None:
            way = event.position().toPoint() - press
            is_click = way.manhattanLength() < QApplication.startDragDistance()
            if is_click and event.button() == Qt.MouseButton.LeftButton:
                self._click(event.position())

    def _zoom_to_band(self, band: QRectF) -> None:
        self._update()
        if band.width() < QApplication.startDragDistance() or band.height() < 2:
            return
        xmin, ymax = self._ground_at(band.topLeft())
        xmax, ymin = self._ground_at(band.bottomRight())
        self._look(self._camera.fitted((xmin, ymin, xmax, ymax), margin=0.0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        self._wheel += event.angleDelta().y() * ZOOM_STEPS
        steps = int(self._wheel / _WHEEL_NOTCH)
        self._wheel -= steps * _WHEEL_NOTCH
        if steps:
            self._look(self._camera.zoomed(steps, *self._device(event.position())))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and zoom by keys."""
        if self._tool is not None and self._tool.key(event):
            return
        key = Qt.Key(event.key())
        camera = camera_after(self._camera, key)
        if camera is not None:
            self._look(camera)
        elif key == Qt.Key.Key_Home:
            self.zoom_to_whole()
        elif key == Qt.Key.Key_Escape and self._band.is_active:
            self._band.finish()
            self._update()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the threads."""
        self._workers.close()
        super().closeEvent(event)
