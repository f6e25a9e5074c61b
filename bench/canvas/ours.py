"""The canvas on the same file, windows and colours, in a window of its own.

Arguments: the workspace and where to put a picture. Standard output gets JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from bench.canvas import scene
from gridmap.services.layers import LayerSource
from gridmap.store.workspace import open_workspace
from gridmap.ui.app import make_application
from gridmap.ui.canvas.tiles import PAPER
from gridmap.ui.canvas.view import MapView

_PATIENCE_S = 60.0
_FLAG = QEventLoop.ProcessEventsFlag
_WAITING = _FLAG.AllEvents | _FLAG.WaitForMoreEvents


class Canvas:
    """A map of the scene's size, and a clock for it."""

    def __init__(self, path: Path) -> None:
        self.application = make_application()
        self._opened = open_workspace(path, read_only=True)
        self.view = MapView(LayerSource(self._opened), scene.styles())
        self.view.resize(*scene.SIZE)

    def read_and_paint(self) -> float:
        """Return how long it takes until the whole extent is there, rows from the file."""
        start = time.perf_counter()
        self.view.show()
        self.view.start()
        self.wait()
        took = time.perf_counter() - start
        self._until(self._are_outlines_known)
        self.wait()
        return took

    def paint(self, window: scene.Extent) -> float:
        """Return how long a window takes of which nothing is painted, rows known."""
        self.view.zoom_to(window)
        self.wait()
        self.rest()
        self.view._tiles._store.clear()
        start = time.perf_counter()
        self.view._tiles.refresh()
        self.wait()
        return time.perf_counter() - start

    def wait(self) -> None:
        """Go on until the map has settled, and its picture is on the screen."""
        self._until(lambda: self.view.layers.is_complete and self.view._tiles.is_settled)
        self.view.viewport().repaint()

    def rest(self) -> None:
        """Go on until not even what lies around the window is to be painted."""
        self._until(lambda: self.view.is_idle)

    def _until(self, is_done: Callable[[], bool]) -> None:
        """Sleep between events, as a program does: a busy loop would take a painter's core."""
        until = time.perf_counter() + _PATIENCE_S
        while not is_done():
            self.application.processEvents(_WAITING)
            if time.perf_counter() > until:
                raise RuntimeError("the map does not settle")

    def _are_outlines_known(self) -> bool:
        layers = [self.view.layers.get_layer(table) for table in self.view.layers.tables]
        return all(layer.coarse_from is None and not layer.is_loading for layer in layers)


def main() -> None:
    """Paint each kind of window several times."""
    path, picture = Path(sys.argv[1]), sys.argv[2]
    canvas = Canvas(path)
    told: dict = {"read": canvas.read_and_paint(), "seconds": {}, "windows": {}}
    canvas.rest()
    whole = canvas.view.extent
    for name, share in scene.SHARES.items():
        seconds, seen = [], []
        for window in scene.windows(whole, share):
            seconds.append(canvas.paint(window))
            seen.append(canvas.view.extent)
            canvas.rest()
        told["seconds"][name], told["windows"][name] = seconds, seen
    canvas.paint(whole)
    canvas.view.viewport().grab().save(picture)
    told["paper"] = PAPER.name()
    print(json.dumps(told))
    canvas.view.close()
    QApplication.processEvents()


if __name__ == "__main__":
    main()
