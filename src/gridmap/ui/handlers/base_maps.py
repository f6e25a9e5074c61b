"""Commands about the base map: chosen, dropped onto the window, set, taken away again."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.services.basemaps import BaseMapRequest


class BaseMapHandlers(QObject):
    """What the commands about the base map do."""

    def __init__(self, window: MainWindow, desk: Desk, bench: Workbench) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        bar = window.layers.base_map
        bar.opacity_changed.connect(bench.base_maps.set_opacity)
        bar.settings_wanted.connect(self.show_settings)
        bar.removed.connect(bench.drop_base_map)
        bench.base_maps.changed.connect(self._on_changed)
        bench.base_maps.noted.connect(window.status.note)
        window.base_map_menu.aboutToShow.connect(self._fill_menu)
        desk.opened.connect(self._take_drops)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {
            "no_basemap": self._bench.drop_base_map,
            "basemap_settings": self.show_settings,
        }

    def show_settings(self) -> None:
        """Ask how the base map is to be shown; without one, ask for its file first."""
        opened = self._bench.base_maps.shown
        if opened is None:
            self._window.actions_by_id["basemap"].trigger()
            return
        from gridmap.ui.dialogs.base_map import BaseMapDialog  # late: seldom needed

        dialog = BaseMapDialog(self._window, opened)
        before = opened.request.opacity
        dialog.opacity_changed.connect(self._bench.base_maps.set_opacity)
        dialog.rejected.connect(lambda: self._bench.base_maps.set_opacity(before))
        dialog.zoom_wanted.connect(self.zoom_to_base_map)
        dialog.overviews_wanted.connect(partial(self.build_overviews, opened.request))
        dialog.overviews_wanted.connect(dialog.accept)

        def keep() -> None:
            wanted, held = dialog.request(), opened.request
            if (wanted.datum, wanted.crs) != (held.datum, held.crs):
                self._bench.show_base_map(wanted)

        dialog.accepted.connect(keep)
        dialog.open()

    def zoom_to_base_map(self) -> None:
        """Show where the base map lies."""
        opened, view = self._bench.base_maps.shown, self._bench.view
        if opened is not None and opened.facts.extent is not None and view is not None:
            view.zoom_to(opened.facts.extent)

    def build_overviews(self, request: "BaseMapRequest") -> None:
        """Build overviews beside a raster file, and show it anew."""
        workspace = self._desk.workspace
        if workspace is None:
            return
        from gridmap.services import basemaps  # late: seldom needed

        def then(_built: object) -> None:
            self._window.status.note(self.tr("概视图已建好，底图现在显示得快了。"))
            opened = self._bench.base_maps.shown
            if opened is not None and opened.request.path == request.path:
                self._bench.show_base_map(opened.request)

        self._desk.work.query(
            lambda progress: basemaps.build_overviews(workspace, request.path, progress),
            then,
            title=self.tr("建立概视图"),
        )

    def _on_changed(self) -> None:
        opened, bar = self._bench.base_maps.shown, self._window.layers.base_map
        if opened is None:
            bar.show_base_map("", "", 1.0)
        else:
            bar.show_base_map(opened.facts.name, str(opened.request.path), opened.request.opacity)

    def _fill_menu(self) -> None:
        menu = self._window.base_map_menu
        menu.clear()
        shown = self._bench.base_maps.shown
        for number, request in enumerate(self._bench.base_maps.memory.recent, start=1):
            action = menu.addAction(f"&{number}  {request.path}")
            action.setCheckable(True)
            action.setChecked(shown is not None and shown.request.path == request.path)
            action.setEnabled(self._desk.is_open)
            action.triggered.connect(partial(self._bench.show_base_map, request))
        if menu.isEmpty():
            menu.addAction(self.tr("还没有用过底图")).setEnabled(False)

    # --- dropping files ---------------------------------------------------------------------------

    def _take_drops(self) -> None:
        """Let the window take what is dropped onto the map; Qt's own view would swallow it."""
        view = self._bench.view
        if view is not None:
            view.setAcceptDrops(False)
            view.viewport().setAcceptDrops(False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the file of a base map that is dropped onto the window."""
        is_ours = event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop)
        if is_ours and isinstance(event, QDropEvent):  # the one is a kind of the other
            path = self._dropped(event)
            if path is None:
                return False
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self._bench.show_base_map(path)
            return True
        return False

    def _dropped(self, event: QDropEvent) -> Path | None:
        """Return the one file that is dragged, if it can be a base map and there is a map."""
        from gridmap.services.basemaps import ENDINGS  # late: seldom needed

        urls = event.mimeData().urls()
        if len(urls) != 1 or not urls[0].isLocalFile() or not self._desk.is_open:
            return None
        path = Path(urls[0].toLocalFile())
        return path if path.suffix.lower() in ENDINGS else None
