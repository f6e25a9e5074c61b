"""The base map below the layers: opened, shown, remembered, and closed again."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gridmap.base.errors import GridmapError
from gridmap.base.progress import Progress
from gridmap.ui.desk import Desk
from gridmap.ui.work import Work

if TYPE_CHECKING:
    from gridmap.report.basemap import Basemap
    from gridmap.services.basemaps import BaseMap, BaseMapRequest
    from gridmap.ui.basemap_memory import BaseMapMemory
    from gridmap.ui.canvas.basemap_credit import Credit
    from gridmap.ui.canvas.view import MapView

_KEEP_MS = 400
"""An opacity that is being dragged is kept once it rests."""


class BaseMaps:
    """Keeps the one base map of a map."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._asked = 0
        self._ground: Basemap | None = None
        self._credit: Credit | None = None
        self.shown: BaseMap | None = None

    def show(
        self,
        view: "MapView",
        chosen: "Path | BaseMapRequest",
        epsg: Callable[[], int] | int,
        *,
        then: "Callable[[BaseMap], None] | None" = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Open a file and paint it below the layers of ``view``; what was there before goes."""
        self._asked += 1
        asked = self._asked

        def call(progress: Progress) -> "BaseMap":
            from gridmap.services import basemaps  # late: seldom needed

            request = basemaps.BaseMapRequest(chosen) if isinstance(chosen, Path) else chosen
            known = epsg() if callable(epsg) else epsg
            return basemaps.open_for(known, request, progress)

        def shown(opened: "BaseMap") -> None:
            if asked != self._asked:  # another one, or none, was wanted meanwhile
                self._close(opened)
                return
            self._lay(view, opened)
            if then is not None:
                then(opened)

        self._work.query(call, shown, failed=failed)

    def set_opacity(self, opacity: float) -> None:
        """Paint it more or less strongly."""
        if self.shown is not None and self._ground is not None:
            self.shown.request = dataclasses.replace(self.shown.request, opacity=opacity)
            self._ground.set_opacity(opacity)

    def drop(self, view: "MapView | None") -> None:
        """Paint no base map any more, and close its file."""
        self._asked += 1
        if view is not None and self._ground is not None:
            view.set_ground(None)
        self._ground = None
        if self._credit is not None:
            self._credit.go()
            self._credit = None
        opened, self.shown = self.shown, None
        if opened is not None:
            self._close(opened)

    def _lay(self, view: "MapView", opened: "BaseMap") -> None:
        before, self.shown = self.shown, opened
        self._ground = opened.painter(is_patient=False)
        view.set_ground(self._ground)  # which retires the one before
        if before is not None:
            self._close(before)
        from gridmap.ui.canvas.basemap_credit import Credit  # late: seldom needed

        if self._credit is None:
            self._credit = Credit(view)
        self._credit.say(opened.facts.attribution)

    def _close(self, opened: "BaseMap") -> None:
        self._work.query(lambda _progress: opened.close(), lambda _nothing: None)


class KeptBaseMaps(QObject):
    """The base map of the window's own map: remembered for each workspace."""

    changed = Signal()
    """Another base map is shown, or none, or the list of recent ones is another."""
    noted = Signal(str)
    """Something to be said in passing."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._maps = BaseMaps(desk.work)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_MS)
        self._timer.timeout.connect(self._keep)

    @property
    def shown(self) -> "BaseMap | None":
        """Return the base map that is shown."""
        return self._maps.shown

    @property
    def memory(self) -> "BaseMapMemory":
        """Return what is remembered of base maps."""
        from gridmap.ui.basemap_memory import BaseMapMemory  # late: it brings numpy's friends

        return BaseMapMemory(self._desk.memory)

    def show(self, view: "MapView", chosen: "Path | BaseMapRequest") -> None:
        """Show a file below the layers of the window's map, and remember it."""
        workspace = self._desk.workspace
        if workspace is not None:
            self._maps.show(view, chosen, lambda: workspace.epsg, then=self._on_shown)

    def restore(self, view: "MapView") -> None:
        """Show what lay under this workspace the last time; where it is gone, say so quietly."""
        workspace = self._desk.workspace
        if workspace is None or self.shown is not None:
            return
        remembered = self.memory.find(workspace.path)
        if remembered is None:
            return

        def failed(error: Exception) -> None:
            why = str(error) if isinstance(error, GridmapError) else type(error).__name__
            self.noted.emit(self.tr("上次的底图没有打开。{why}").format(why=why))

        self._maps.show(
            view, remembered, lambda: workspace.epsg, then=self._on_shown, failed=failed
        )

    def set_opacity(self, opacity: float) -> None:
        """Paint the base map more or less strongly, and remember it."""
        self._maps.set_opacity(opacity)
        self._timer.start()

    def remove(self, view: "MapView | None") -> None:
        """Show no base map any more, also not the next time."""
        self._timer.stop()
        workspace = self._desk.workspace
        if workspace is not None:
            self.memory.drop(workspace.path)
        self.leave(view)

    def leave(self, view: "MapView | None") -> None:
        """Show no base map any more, since the map goes away."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()
        self._maps.drop(view)
        self.changed.emit()

    def _on_shown(self, opened: "BaseMap") -> None:
        self._keep()
        for note in opened.facts.notes:
            self.noted.emit(str(note))
        self.changed.emit()

    def _keep(self) -> None:
        workspace, opened = self._desk.workspace, self.shown
        if workspace is not None and opened is not None:
            self.memory.keep(workspace.path, opened.request)
