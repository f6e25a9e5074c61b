"""The hand on the mouse: real events by way of the X server, sixty a second."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from bench import machine

_FRAME_S = 1 / 60
_MARGIN = 0.12


class Hand:
    """Uses the window of ``bench.canvas.window`` on a screen."""

    def __init__(self, path: Path, display: str) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "GRIDMAP_DATA": self._folder.name,
        }
        self._program = subprocess.Popen(
            [sys.executable, "-m", "bench.canvas.window", str(path)],
            cwd=machine.ROOT,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._place: dict[str, int] = {}
        self._random = np.random.default_rng(5)

    def __enter__(self) -> "Hand":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._program.poll() is None:
            self._tell("quit")
            self._program.wait(20)
        self._folder.cleanup()

    def ask(self, do: str, **arguments: Any) -> dict[str, Any]:
        """Ask the program something, and wait for its answer."""
        self._tell(do, **arguments)
        assert self._program.stdout is not None
        line = self._program.stdout.readline()
        if not line:
            raise RuntimeError(f"the window did not answer: {do}")
        told: dict[str, Any] = json.loads(line)
        if "x" in told:
            self._place = told
        return told

    def _tell(self, do: str, **arguments: Any) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self._program.stdin.flush()

    def drag(self, drags: int = 6, frames: int = 50) -> None:
        """Drag the map to and fro, each time somewhere else, and back to where it was."""
        for _ in range(drags // 2):
            first, last = self._random.uniform(_MARGIN, 1 - _MARGIN, (2, 2))
            for way in ((first, last), (last, first)):
                self._drag(*way, frames)

    def _drag(self, first: Any, last: Any, frames: int) -> None:
        steps = first + np.linspace(0, 1, frames)[:, None] * (last - first)
        words = [*self._move(steps[0]), "mousedown", "1"]
        for step in steps[1:]:
            words += ["sleep", f"{_FRAME_S:.4f}", *self._move(step)]
        self._do([*words, "sleep", "0.05", "mouseup", "1"])

    def wheel(self, notches: int) -> None:
        """Turn the wheel over a place, nearer (below zero: farther), a notch each 0.3 s."""
        words = self._move(self._random.uniform(0.3, 0.7, 2))
        for _ in range(abs(notches)):
            words += ["click", "4" if notches > 0 else "5", "sleep", "0.3"]
        self._do(words)

    def _move(self, share: Any) -> list[str]:
        place = self._place
        x = place["x"] + share[0] * place["width"]
        y = place["y"] + share[1] * place["height"]
        return ["mousemove", f"{x:.0f}", f"{y:.0f}"]

    def _do(self, words: list[str]) -> None:
        subprocess.run(["xdotool", *words], check=True, env=self._environment)
