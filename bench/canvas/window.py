"""The real window, which notes its frames and its heartbeat while it is used from outside.

Arguments: the workspace. Standard input brings one word a line with its arguments as JSON,
standard output answers each with a line of JSON. The mouse comes from the X server.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QEvent, QObject, QPoint, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QInputEvent
from PySide6.QtWidgets import QApplication

from bench.canvas import scene
from gridmap.base.settings import load_settings
from gridmap.model.changes import Outcome, Touched
from gridmap.ui.app import Program, install_language, make_application
from gridmap.ui.canvas.view import MapView
from gridmap.ui.memory import Memory
from gridmap.ui.notices import BoxNotices
from gridmap.ui.picking import BoxPicker

_BEAT_MS = 5
_LOOK_MS = 20
_INPUT = (QEvent.Type.MouseMove, QEvent.Type.Wheel)
_MS = 1000.0


class Watch(QObject):
    """Notes when events were made, when what they changed was painted, and the heartbeat."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[float] = []
        self.beats: list[float] = []
        self._since: int | None = None
        self._before = 0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def clear(self) -> None:
        """Begin anew."""
        self.frames, self.beats = [], []
        self._since, self._before = None, 0
        self._last = time.perf_counter()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note when the X server made the oldest event that is not painted yet."""
        if event.type() in _INPUT and isinstance(event, QInputEvent) and self._since is None:
            self._since = event.timestamp()
        return False

    def painted(self) -> None:
        """Note that a frame is painted; it counts once it is handed to the screen."""
        if self._since is not None:
            made, self._since = self._since, None
            QTimer.singleShot(0, lambda: self._count(made))

    def _count(self, made: int) -> None:
        now = int(time.monotonic() * _MS) & 0xFFFFFFFF  # the X server's clock is this one
        self.frames.append(float(now - made))

    def _beat(self) -> None:
        now = time.perf_counter()
        self.beats.append((now - self._last) * _MS)
        self._last = now


class Driven:
    """The program, and what may be asked of it."""

    def __init__(self, path: Path, watch: Watch) -> None:
        self._watch = watch
        memory = Memory(load_settings())
        notices = BoxNotices()
        self._program = Program(memory, notices, BoxPicker())
        notices.parent = self._program.window
        self._program.window.resize(*scene.SIZE)
        self._program.show(path)
        self._program.window.move(0, 0)
        self._waiting: tuple[Callable[[], bool], Callable[[], dict[str, Any]]] | None = None
        self._looker = QTimer()
        self._looker.timeout.connect(self._look)
        self._looker.start(_LOOK_MS)
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._input.activated.connect(self._on_line)

    @property
    def view(self) -> MapView:
        """Return the map."""
        view = self._program.bench.view
        if view is None:
            raise RuntimeError("no map yet")
        return view

    def _on_line(self) -> None:
        words = json.loads(sys.stdin.readline())
        getattr(self, f"do_{words.pop('do')}")(**words)

    def _answer(self, **told: Any) -> None:
        print(json.dumps(told), flush=True)

    def _when(self, is_done: Callable[[], bool], told: Callable[[], dict[str, Any]]) -> None:
        self._waiting = is_done, told

    def _look(self) -> None:
        if self._waiting is not None and self._waiting[0]():
            _is_done, told = self._waiting
            self._waiting = None
            self._answer(**told())

    def _is_at_rest(self) -> bool:
        bench = self._program.bench
        if bench.view is None or not bench.has_painted or not self._program.work.is_idle:
            return False
        layers = [bench.view.layers.get_layer(table) for table in bench.view.layers.tables]
        if any(layer.coarse_from is not None or layer.is_loading for layer in layers):
            return False
        return bench.view.is_idle

    # --- what is asked ----------------------------------------------------------------------------

    def do_rest(self) -> None:
        """Answer once there is nothing to do any more; say where the map is on the screen."""
        self._when(self._is_at_rest, self._where)

    def _where(self) -> dict[str, Any]:
        port = self.view.viewport()
        corner = port.mapToGlobal(QPoint(0, 0))
        port.installEventFilter(self._watch)
        return {"x": corner.x(), "y": corner.y(), "width": port.width(), "height": port.height()}

    def do_look(self, share: float) -> None:
        """Show a share of everything, in its middle; answer once that is painted."""
        bounds = self.view.layers.bounds()
        if bounds is None:
            raise RuntimeError("nothing is loaded")
        xmin, ymin, xmax, ymax = bounds
        x, y = (xmin + xmax) / 2, (ymin + ymax) / 2
        width, height = (xmax - xmin) * share / 2, (ymax - ymin) * share / 2
        self.view.zoom_to((x - width, y - height, x + width, y + height))
        self.do_rest()

    def do_begin(self) -> None:
        """Begin to note."""
        self._watch.clear()
        self._answer()

    def do_end(self) -> None:
        """Tell what was noted."""
        watch = self._watch
        self._answer(
            frames=watch.frames,
            beats=sorted(watch.beats)[-20:],
            mib=_mib(),
            peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        )

    def do_operate(self, what: str, path: str = "") -> None:
        """Import, edit, undo or back up in the window; answer once it is done and painted."""
        workspace, began = self._program.desk.get_workspace(), time.perf_counter()
        calls = {"import": _import(path), "edit": _edit, "undo": _undo, "backup": _back_up}
        call = calls[what]
        self._program.work.operate(what, lambda progress: call(workspace, progress))
        self._when(self._is_at_rest, lambda: {"s": time.perf_counter() - began})

    def do_quit(self) -> None:
        """End."""
        self._program.close()
        QApplication.exit(0)


def _mib() -> float:
    return psutil.Process().memory_info().rss / 2**20


def _import(path: str) -> Callable[..., Outcome[Any]]:
    def call(workspace: Any, progress: Any) -> Outcome[Any]:
        from gridmap.services import imports  # late, as in the window

        return imports.import_file(
            workspace, imports.ImportRequest(Path(path), "building"), progress
        )

    return call


def _edit(workspace: Any, _progress: Any) -> Outcome[None]:
    """Move one building in the middle by a metre."""
    from gridmap.services import texts

    with workspace.transaction(texts.repaired()) as tx:
        ((row_id,),) = tx.connection.execute(
            "SELECT id FROM building LIMIT 1 OFFSET 100000"
        ).fetchall()
        tx.connection.execute(
            "UPDATE building SET geom = ShiftCoords(geom, 1, 0) WHERE id = ?", (row_id,)
        )
    return Outcome(None, Touched({"building": frozenset({row_id})}))


def _undo(workspace: Any, progress: Any) -> Outcome[Any]:
    from gridmap.services import history

    return history.undo(workspace, progress)


def _back_up(workspace: Any, progress: Any) -> Outcome[Any]:
    from gridmap.services import backups

    return backups.back_up(workspace, progress)


def main() -> int:
    """Run the program until it is told to quit."""
    application = make_application()
    install_language(application, "zh")
    watch = Watch()
    paint = MapView.paintEvent

    def paint_event(view: MapView, event: Any) -> None:
        paint(view, event)
        watch.painted()

    MapView.paintEvent = paint_event
    driven = Driven(Path(sys.argv[1]), watch)
    code = application.exec()
    del driven
    return code


if __name__ == "__main__":
    sys.exit(main())
