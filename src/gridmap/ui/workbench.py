"""What happens between map, panels and workspace: one is touched, the others follow."""

import math
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QTimer

from gridmap.base.errors import GridmapError, Place
from gridmap.base.messages import current_language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Touched
from gridmap.ui.basemaps import KeptBaseMaps
from gridmap.ui.desk import Desk
from gridmap.ui.panels.layers_model import make_layer_list
from gridmap.ui.selection import Selection
from gridmap.ui.timing import say_painted
from gridmap.ui.window import MainWindow

if TYPE_CHECKING:
    from gridmap.services.basemaps import BaseMapRequest
    from gridmap.services.layers import Extent
    from gridmap.services.workspaces import Info
    from gridmap.ui.canvas.pick import Hit
    from gridmap.ui.canvas.view import MapView

_WGS84 = 4326
_CELL = "cell"
_POINTER_MS = 40
_LEAST_SPAN_M = 60.0  # a lamp post is shown with what stands around it
_ROOM = 0.6  # how much of the window a single found row may leave around it
_LITTLE_ROOM = 0.05
_MOST_HITS = 12


class Workbench(QObject):
    """Keeps map, panels and the open workspace together."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._work = desk.work
        self.base_maps = KeptBaseMaps(desk, self)
        self.selection = Selection(window, desk)
        self.view: MapView | None = None
        self.info: Info | None = None
        self.has_painted = False
        self._xy: tuple[float, float] | None = None
        self._pointer = QTimer(self)
        self._pointer.setSingleShot(True)
        self._pointer.setInterval(_POINTER_MS)
        self._pointer.timeout.connect(self._show_pointer)
        self._connect()

    def _connect(self) -> None:
        desk, window = self._desk, self._window
        desk.opened.connect(self._on_opened)
        desk.closed.connect(self._on_closed)
        desk.described.connect(self._on_described)
        desk.division_changed.connect(self._on_division)
        self._work.changed.connect(self._on_changed)
        self.selection.shrunk.connect(self.select)
        window.layers.visibility_changed.connect(self._on_visibility)
        window.layers.opacity_changed.connect(self._on_opacity)
        window.layers.order_changed.connect(self._on_order)
        window.layers.table_wanted.connect(self.open_table)
        window.table.selected.connect(self.select)
        window.table.cut.connect(self._on_cut)
        window.table.row_wanted.connect(self.go_to)
        window.table.table_needed.connect(self._show_current_table)
        window.details.hit_chosen.connect(lambda table, row_id: self.select(table, [row_id]))
        window.details.reference_wanted.connect(self.go_to)
        window.problems.place_wanted.connect(self.go_to_place)
        window.search.wanted.connect(self._on_search)
        window.search.entered.connect(lambda: self._desk.start_index(window.search.ask_again))
        window.search.chosen.connect(self.go_to)
        window.docks["history"].visibilityChanged.connect(self._load_recent)
        window.history.older_wanted.connect(self._load_recent)

    # --- a workspace comes and goes --------------------------------------------------------------

    def _on_opened(self) -> None:
        from gridmap.services import styles  # late: while the window appears
        from gridmap.ui.canvas.view import MapView  # late: pyqtgraph takes its time

        workspace, source = self._desk.get_workspace(), self._desk.source
        if source is None:
            return
        remembered = self._desk.memory.layers
        loaded = styles.load_checked()
        layers = make_layer_list(loaded.styles.values(), remembered, current_language())
        view = MapView(source, loaded.styles)
        self.has_painted = False
        for entry in layers.entries:
            view.layers.get_layer(entry.table).is_visible = entry.is_visible
            view.layers.get_layer(entry.table).opacity = entry.opacity
        view.layers.set_order(layers.painting_order)
        view.moved.connect(self.note_pointer)
        view.view_changed.connect(self._on_view_changed)
        view.identified.connect(self._on_identified)
        view.selected.connect(self._on_selected)
        view.settled.connect(self._on_settled)
        view.failed.connect(self._on_failed)
        self.view = view
        self._window.layers.show_layers(layers)
        self._window.table.set_source(source)
        self._window.show_map(view, workspace.path.stem, self._desk.memory.state)
        self._window.banner.say(str(workspace.why_read_only) if workspace.is_read_only else "")
        view.start()
        self.selection.note("", [])
        for problem in loaded.problems:
            QTimer.singleShot(0, self, partial(self._desk.notices.warn, problem))

    def _on_closed(self) -> None:
        self.remember_layout()
        self.base_maps.leave(self.view)
        self.view = None
        self.info = None
        self._window.table.set_source(None)
        self._window.problems.clear()
        self._window.drop_map()
        self.selection.note("", [])

    def remember_layout(self) -> None:
        """Keep where the window and its panels are, if a map is shown."""
        if self.view is not None:
            window = self._window
            layout = window.full_screen.layout
            self._desk.memory.keep_layout(
                bytes(layout.geometry.data()),
                bytes(layout.panels.data()),
                window.layers.layers.memory(),
            )

    def _on_described(self, info: "Info") -> None:
        self.info = info
        self._window.layers.note_counts(info.layers)
        if self.view is not None:
            self.view.set_imaginary(info.imaginary)
        name = info.name or info.path.stem
        self._window.setWindowTitle(f"{name} · {info.path.name} — gridmap")

    def _on_settled(self) -> None:
        self._work.do_deferred()
        if self.has_painted or self.view is None:
            return
        self.has_painted = True
        self.base_maps.restore(self.view)
        say_painted()
        self._desk.describe()
        self._load_recent()

    def _on_changed(self, touched: Touched, _initiator: object) -> None:
        if self.view is not None:
            self.view.invalidate(touched.rows)
        self._window.table.reload(touched)
        self._work.defer("recent", self._load_recent)
        if self.selection.table in touched:
            self._work.defer("selection", self.selection.reload)

    def _on_division(self) -> None:
        source = self._desk.source
        if self.view is None or source is None:
            return
        if self.selection.table == _CELL:
            self.clear_selection()
        self.view.set_source(source, {_CELL: None})
        self._window.table.change_source(source, Touched.whole(_CELL))

    def _on_failed(self, _table: str, error: Exception) -> None:
        if isinstance(error, GridmapError):
            self._desk.notices.warn(error)
        else:
            self._desk.notices.fault(error)

    # --- layers ----------------------------------------------------------------------------------

    def _on_visibility(self, table: str, is_visible: bool) -> None:
        if self.view is not None:
            self.view.layers.set_visible(table, is_visible)

    def show_layer(self, table: str, *, is_visible: bool) -> None:
        """Show or hide a layer, on the map and in the list."""
        panel = self._window.layers
        place = panel.layers.find(table)
        if place is not None and panel.layers.entries[place].is_visible != is_visible:
            panel.layers.entries[place].is_visible = is_visible
            panel.show_layers(panel.layers)
            self._on_visibility(table, is_visible)

    def _on_opacity(self, table: str, opacity: float) -> None:
        if self.view is not None:
            self.view.layers.set_opacity(table, opacity)

    def _on_order(self, tables: tuple[str, ...]) -> None:
        if self.view is not None:
            self.view.layers.set_order(tables)

    def open_table(self, table: str) -> None:
        """Show the rows of a table in the panel below."""
        self._window.show_dock("table")
        self._window.table.show_table(table)

    def _show_current_table(self) -> None:
        entry = self._window.layers.current
        if entry is not None:
            self._window.table.show_table(entry.table)

    # --- the pointer -----------------------------------------------------------------------------

    def note_pointer(self, xy: tuple[float, float]) -> None:
        """Note over which place the pointer is; the status bar shows it in a moment."""
        self._xy = xy
        if not self._pointer.isActive():
            self._pointer.start()

    def _show_pointer(self) -> None:
        xy, info = self._xy, self.info
        if xy is None or self.view is None:
            return
        if info is None:
            self._window.status.show_place(xy, None)
            return

        def show(lonlat: tuple[float, float] | None) -> None:
            self._window.status.show_place(xy, lonlat)

        # elsewhere: a thread's first transformation takes 70 ms
        self._work.query(lambda _progress: _to_lonlat(xy, info.epsg), show)

    def _on_view_changed(self, _extent: "Extent", denominator: float) -> None:
        self._window.status.show_scale(denominator)
        if not self._pointer.isActive():  # the map moved, and not by the pointer
            self._window.status.forget_place()
        self._window.layers.note_scale(denominator)

    def _on_identified(self, xy: tuple[float, float], tolerance_m: float) -> None:
        if self.view is not None:
            self.note_hits(self.view.pick(xy, tolerance_m))

    def note_hits(self, hits: "Sequence[Hit]") -> None:
        """Note what lies at the place that was clicked, the uppermost first."""
        self.selection.hits = [(hit.table, hit.id) for hit in hits[:_MOST_HITS]]

    # --- the selection ---------------------------------------------------------------------------

    def select(self, table: str, ids: Sequence[str]) -> None:
        """Select rows on the map, in the table and in the details."""
        held = self.selection
        if self.view is None or (table, list(ids)) == (held.table, held.ids):
            return
        if not table or TABLE_BY_NAME[table].geometry is not None:
            self.view.select(table, ids)
            return
        self.view.blockSignals(True)  # what has no place is not selected on the map
        self.view.select("", [])
        self.view.blockSignals(False)
        held.note(table, ids)

    def clear_selection(self) -> None:
        """Select nothing."""
        if self.view is not None:
            self.view.select("", [])
        self.selection.note("", [])

    def _on_selected(self, table: str, ids: list[str]) -> None:
        self.selection.note(table, ids)
        self._window.table.follow(table, ids)

    def _on_cut(self, most: int) -> None:
        self._window.status.note(self.tr("只选中了前 {count:,} 行。").format(count=most))

    def _load_recent(self, *_: Any) -> None:
        workspace = self._desk.workspace
        if workspace is None or not self._window.docks["history"].isVisible():
            return
        from gridmap.services import history  # late: not needed for the first picture

        self._work.query(
            lambda _progress: history.entries(workspace, self._window.history.limit).value,
            self._window.history.show_entries,
        )

    # --- going somewhere -------------------------------------------------------------------------

    def go_to(self, table: str, row_id: str) -> None:
        """Select a row and show it on the map; one without a place is shown in the table."""
        self.selection.hits = []
        if TABLE_BY_NAME[table].geometry is None:
            self.open_table(table)
            self._window.table.follow(table, [row_id])
            self.select(table, [row_id])
            return
        self._reveal(table)
        self.select(table, [row_id])
        self.zoom_to_rows(table, [row_id])

    def zoom_to_rows(self, table: str, ids: Sequence[str]) -> None:
        """Show where rows are."""
        source = self._desk.seen
        if source is not None:
            self._work.query(lambda _progress: source.extent_of(table, ids), self._zoom)

    def zoom_to_table(self, table: str) -> None:
        """Show where all rows of a table are."""
        source = self._desk.seen
        if source is not None and TABLE_BY_NAME[table].geometry is not None:
            self._work.query(
                lambda _progress: source.load(table, ()).bounds,
                lambda extent: self._zoom(extent, room=_LITTLE_ROOM),
            )

    def go_to_place(self, place: Place) -> None:
        """Show the place of a problem."""
        if place.table in TABLE_BY_NAME and place.id is not None:
            self.go_to(place.table, place.id)
        if place.xy is not None:
            x, y = place.xy
            self._zoom((x, y, x, y))

    # --- tools and base map ----------------------------------------------------------------------

    def start_box_select(self) -> None:
        """Let the user draw a box; what lies in it of the current layer gets selected."""
        view = self.view
        if view is None:
            return
        from gridmap.ui.tools.box_select import BoxSelect  # late: seldom needed

        view.set_tool(BoxSelect(view.viewport(), self._on_box))
        view.setFocus()
        self._window.status.note(
            self.tr("在地图上按住左键拖出一个框，选中当前图层里框内的要素。Esc 取消。")
        )

    def _on_box(self, box: "Extent | None") -> None:
        from gridmap.ui.tools.box_select import rows_inside  # late: seldom needed

        view, entry = self.view, self._window.layers.current
        if view is None:
            return
        view.set_tool(None)
        self._window.status.clearMessage()
        if box is None or entry is None:
            return
        layer = view.layers.get_layer(entry.table)
        if layer.prepared is None or layer.coarse_from is not None:  # boxes have no ids
            self._window.status.note(self.tr("这个图层还在读取，请稍后再选。"))
            return
        self.select(entry.table, rows_inside(layer.prepared, box))

    def show_base_map(self, chosen: "Path | BaseMapRequest") -> None:
        """Paint a file below all layers, and remember it for this workspace."""
        if self.view is not None:
            self.base_maps.show(self.view, chosen)

    def drop_base_map(self) -> None:
        """Paint no base map any more."""
        self.base_maps.remove(self.view)

    # --- inside -----------------------------------------------------------------------------------

    def _zoom(self, extent: "Extent | None", *, room: float = _ROOM) -> None:
        if extent is None or self.view is None:
            return
        xmin, ymin, xmax, ymax = extent
        margin = max(xmax - xmin, ymax - ymin, _LEAST_SPAN_M) * room
        self.view.zoom_to((xmin - margin, ymin - margin, xmax + margin, ymax + margin))

    def _reveal(self, table: str) -> None:
        """Show the layer of a row that is gone to, if it was hidden."""
        self.show_layer(table, is_visible=True)

    def _on_search(self, text: str) -> None:
        index = self._desk.index
        if index is None:
            return
        self._work.query(
            lambda _progress: (index.find(text), index.is_complete),
            lambda found: self._window.search.show_found(text, found[0], is_complete=found[1]),
        )


def _to_lonlat(xy: tuple[float, float], epsg: int) -> tuple[float, float] | None:
    from gridmap.geo import crs  # late: pyproj is loaded by now

    longitude, latitude = crs.transform_xy(np.array([xy]), epsg, _WGS84)[0].tolist()
    is_known = math.isfinite(longitude) and math.isfinite(latitude)
    return (longitude, latitude) if is_known else None
