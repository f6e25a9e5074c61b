"""The base map below the layers: an MBTiles file, opened, shown, and closed again."""

from pathlib import Path
from typing import TYPE_CHECKING

from gridmap.base.progress import Progress
from gridmap.ui.work import Work

if TYPE_CHECKING:
    from gridmap.exchange.tiles import TileFile
    from gridmap.ui.canvas.view import MapView


class BaseMaps:
    """Keeps the one base map of a map."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._file: TileFile | None = None

    def show(self, view: "MapView", path: Path, epsg: int) -> None:
        """Open a file and paint it below the layers of ``view``."""

        def call(_progress: Progress) -> "TileFile":
            from gridmap.exchange.tiles import TileFile  # late: seldom needed

            return TileFile(path)

        def then(file: "TileFile") -> None:
            from gridmap.ui.canvas.basemap import Basemap  # late: seldom needed

            self.drop(view)
            self._file = file
            told = file.tile_set
            view.set_ground(
                Basemap(file.read, epsg, min_zoom=told.min_zoom, max_zoom=told.max_zoom)
            )

        self._work.query(call, then)

    def drop(self, view: "MapView | None") -> None:
        """Paint no base map any more, and close its file."""
        if view is not None:
            view.set_ground(None)
        file, self._file = self._file, None
        if file is not None:
            self._work.query(lambda _progress: file.close(), lambda _nothing: None)
