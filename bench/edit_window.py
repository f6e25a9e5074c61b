"""Editing in the window, on the district: from letting the mouse go until the map shows it.

The real window with the shipped styles on a virtual screen. A vertex of a cell is dragged some
pixels, in five moves; the clock runs from the release until the edit is committed and checked,
and until all tiles of the window have it; names follow. Meanwhile it is measured how
long the interface thread is kept by each move, with the preview being worked out beside it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench import district, machine, results, screen

_MOVES = 5
_LONG_S = 20.0
_MS = 1000.0
_EDITS_A_PLACE = 10
_HALF_WIDTH_M = 300.0
_MEDIAN_MS, _LATE_MS, _MOVE_MS = 50.0, 100.0, 16.0
_SHARE = 0.3


def main() -> bool:
    """Measure, write the section, and return whether every target is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=300)
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    parser.add_argument("--dry", action="store_true", help="print, and write no section")
    asked = parser.parse_args()
    if asked.inside:
        print(json.dumps(_Driven(Path(asked.inside)).edit(asked.edits)), flush=True)
        os._exit(0)  # the figures are out; the copy is thrown away
    path = machine.work_folder("edit_window") / "district.gridmap"
    shutil.copyfile(district.district(), path)
    with screen.virtual_screen() as display:
        told = _run(path, asked.edits, display)
    shutil.rmtree(path.parent)
    if asked.dry:
        print(json.dumps(_summary(told), indent=1))
        return True
    return results.record(_section(told))


def _run(path: Path, edits: int, display: str) -> dict[str, list[float]]:
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "GRIDMAP_DATA": str(path.parent / "data"),
    }
    command = [sys.executable, "-m", "bench.edit_window", "--inside", str(path)]
    done = subprocess.run(
        [*command, "--edits", str(edits)],
        capture_output=True,
        text=True,
        cwd=machine.ROOT,
        env=environment,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _summary(told: dict[str, list[float]]) -> dict[str, Any]:
    return {
        name: [len(values), *np.round(np.percentile(values, [50, 90, 99, 100]), 1).tolist()]
        for name, values in told.items()
        if values
    }


def _section(told: dict[str, list[float]]) -> results.Section:
    painted = told["painted"]
    third = len(painted) // 3
    early, late = np.median(painted[:third]), np.median(painted[-third:])
    median, slow = np.percentile(painted, [50, 99])
    move = float(np.percentile(told["move"], 99))
    return results.Section(
        "edit_window",
        "An edit in the window, on the district sample",
        [
            results.Series("release until committed and checked", tuple(told["committed"]), "ms"),
            results.Series("release until it is drawn over the map", tuple(told["shown"]), "ms"),
            results.Series("release until all tiles have it", tuple(painted), "ms"),
            results.Series("one move of the mouse in the interface", tuple(told["move"]), "ms"),
        ],
        [
            results.Target("median under 50 ms", f"{median:.0f} ms", bool(median < _MEDIAN_MS)),
            results.Target("99 of 100 under 100 ms", f"{slow:.0f} ms", bool(slow < _LATE_MS)),
            results.Target(
                "the last third like the first (within 20 %)",
                f"{early:.0f} and {late:.0f} ms",
                bool(late < early * 1.2),
            ),
            results.Target(
                "99 of 100 moves keep the interface under 16 ms", f"{move:.1f} ms", move < _MOVE_MS
            ),
        ],
        [f"{len(told['refused'])} drags were refused, e.g. because they would cut a building."],
    )


class _Driven:
    """The program, and a mouse whose events it gets one by one."""

    def __init__(self, path: Path) -> None:
        from PySide6.QtCore import QTimer

        from gridmap.base.settings import load_settings
        from gridmap.ui.app import Program, install_language, make_application
        from gridmap.ui.canvas.view import MapView
        from gridmap.ui.memory import Memory
        from gridmap.ui.notices import BoxNotices
        from gridmap.ui.picking import BoxPicker

        self._application = make_application()
        install_language(self._application, "zh")
        self._painted_at = self._frame_at = 0.0
        paint = MapView.paintEvent

        def paint_event(view: MapView, event: Any) -> None:
            is_right = self._shows_all(view)
            paint(view, event)
            self._frame_at = time.perf_counter()
            if is_right:
                self._painted_at = self._frame_at

        MapView.paintEvent = paint_event
        self._program = Program(Memory(load_settings()), BoxNotices(), BoxPicker())
        self._program.window.resize(*screen.SIZE)
        self._program.show(path)
        self._committed_at = 0.0
        self._program.work.changed.connect(self._note)
        self._beat = QTimer()  # lets the loop below look again even if nothing happens
        self._beat.start(1)
        self._random = np.random.default_rng(11)

    @staticmethod
    def _shows_all(view: Any) -> bool:
        """Return whether every tile in the window has what was committed; names follow it."""
        return bool(view.layers.is_complete and view._tiles.is_settled)

    def _note(self, _touched: object, _by: object) -> None:
        self._committed_at = time.perf_counter()

    def _until(self, is_done: Callable[[], bool]) -> None:
        from PySide6.QtCore import QEventLoop

        end = time.perf_counter() + _LONG_S
        while not is_done():
            if time.perf_counter() > end:
                raise TimeoutError
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _is_at_rest(self) -> bool:
        bench, work = self._program.bench, self._program.work
        return bench.view is not None and bench.has_painted and work.is_idle and bench.view.is_idle

    def edit(self, edits: int) -> dict[str, list[float]]:
        """Drag so many vertices, and tell how long it took."""
        self._until(self._is_at_rest)
        drawing, view = self._program.drawing, self._program.bench.view
        assert view is not None
        bounds = view.layers.get_layer("cell").prepared
        assert bounds is not None
        told: dict[str, list[float]] = {
            name: [] for name in ("committed", "shown", "painted", "move", "refused")
        }
        boxes = np.concatenate([part.shapes.bounds for part in bounds.parts])
        drawing.start("adjust_border")
        while len(told["painted"]) < edits:
            x0, y0, x1, y1 = boxes[int(self._random.integers(len(boxes)))].tolist()
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            view.zoom_to((x - _HALF_WIDTH_M, y - 50, x + _HALF_WIDTH_M, y + 50))
            self._until(lambda x=x, y=y: self._is_at_rest() and self._is_known(x, y))
            for _ in range(min(_EDITS_A_PLACE, edits - len(told["painted"]))):
                self._drag(told)
        return told

    def _is_known(self, x: float, y: float) -> bool:
        site = self._program.drawing._site
        return site is not None and site.holds((x, y))

    def _drag(self, told: dict[str, list[float]]) -> None:
        from PySide6.QtCore import QEvent, QPointF, Qt

        drawing, view = self._program.drawing, self._program.bench.view
        assert view is not None
        assert drawing.tool is not None
        xy = self._some_vertex()
        start = QPointF(*view.camera.to_pixel(*xy))
        way = self._random.uniform(-14, 14, 2)
        left = Qt.MouseButton.LeftButton
        self._mouse(QEvent.Type.MouseMove, start, Qt.MouseButton.NoButton)
        self._until(self._is_at_rest)
        self._mouse(QEvent.Type.MouseButtonPress, start, left)
        for step in range(1, _MOVES + 1):
            at = start + QPointF(*(way * step / _MOVES))
            told["move"].append(self._mouse(QEvent.Type.MouseMove, at, left))
            self._pause(1 / 60)
        self._committed_at = 0.0
        released = time.perf_counter()
        self._mouse(QEvent.Type.MouseButtonRelease, at, left)
        tool = drawing.tool
        self._until(lambda: not tool.is_waiting)
        if not self._committed_at:
            told["refused"].append(1.0)
            return
        self._until(lambda: self._frame_at > self._committed_at)
        shown = self._frame_at
        self._until(lambda: self._painted_at > self._committed_at)
        told["committed"].append((self._committed_at - released) * _MS)
        told["shown"].append((shown - released) * _MS)
        told["painted"].append((self._painted_at - released) * _MS)
        self._until(self._is_at_rest)

    def _pause(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        self._until(lambda: time.perf_counter() > end)

    def _some_vertex(self) -> tuple[float, float]:
        """Return a vertex of a cell in the middle of the window."""
        view, site = self._program.bench.view, self._program.drawing._site
        assert view is not None
        assert site is not None
        xmin, ymin, xmax, ymax = view.extent
        dx, dy = (xmax - xmin) * _SHARE, (ymax - ymin) * _SHARE
        import shapely

        xy = shapely.get_coordinates(site.ground.cells.shapes)
        low, high = (xmin + dx, ymin + dy), (xmax - dx, ymax - dy)
        inside = xy[((xy > low) & (xy < high)).all(axis=1)]
        x, y = inside[int(self._random.integers(len(inside)))].tolist()
        return x, y

    def _mouse(self, kind: Any, at: Any, button: Any) -> float:
        """Send an event; return how long the interface was kept by it."""
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QMouseEvent

        view = self._program.bench.view
        assert view is not None
        port = view.viewport()
        is_move = kind == QEvent.Type.MouseMove
        pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
        event = QMouseEvent(
            kind,
            at,
            port.mapToGlobal(at),
            Qt.MouseButton.NoButton if is_move else button,
            pressed,
            Qt.KeyboardModifier.ControlModifier,
        )
        began = time.perf_counter()
        self._application.sendEvent(port, event)
        self._application.sendPostedEvents()
        return (time.perf_counter() - began) * _MS


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
