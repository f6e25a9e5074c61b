"""From process start to the district painted at its whole extent, and the memory for it.

The time is taken from outside, from just before the process is made until its log says
"painted"; the memory is the highest sum of resident memory over its tree of processes, until a
second afterwards. A picture of the screen proves that there is something on it.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench import district, machine, results, screen

_TARGET_SECONDS, _TARGET_MIB = 2.5, 700.0
_PATIENCE_SECONDS, _AFTERWARDS_SECONDS, _STEP_SECONDS = 60.0, 1.0, 0.01
_FEWEST_COLOURS = 200  # an empty window has some dozens
_PAINTED = re.compile(r"painted after (?P<ms>\d+) ms")


@dataclass(frozen=True)
class _Start:
    seconds: float
    own_seconds: float
    peak_mib: float
    colours: int


def main() -> bool:
    """Measure, write the section, and return whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=7, help="how many starts")
    times = parser.parse_args().times
    path = district.district()
    with screen.virtual_screen() as display:
        starts = []
        for number in range(times):
            starts.append(_start(path, display, machine.work_folder("start") / f"{number}.png"))
            print(starts[-1])
    return results.record(_section(starts))


def _section(starts: list[_Start]) -> results.Section:
    took = results.Series("process start to painted", _all(starts, "seconds"))
    own = results.Series("the same by the program's own clock", _all(starts, "own_seconds"))
    peak = results.Series("peak resident memory", _all(starts, "peak_mib"), "MiB", 0)
    fewest = min(start.colours for start in starts)
    return results.Section(
        "start",
        "Start with the district sample",
        [took, own, peak],
        [
            results.Target(
                f"painted at its whole extent in under {_TARGET_SECONDS} s on two cores (median)",
                f"{took.median:.2f} s",
                took.median < _TARGET_SECONDS and fewest >= _FEWEST_COLOURS,
            ),
            results.Target(
                f"under {_TARGET_MIB:.0f} MB",
                f"{peak.median * 2**20 / 1e6:.0f} MB",
                peak.median * 2**20 / 1e6 < _TARGET_MIB,
            ),
        ],
        [
            f"Window of {screen.SIZE[0]} × {screen.SIZE[1]} on a virtual screen; the file is in the"
            f" system's cache. Colours on the screen: at least {fewest:,}."
        ],
    )


def _all(starts: list[_Start], name: str) -> tuple[float, ...]:
    return tuple(getattr(start, name) for start in starts)


def _start(path: Path, display: str, picture: Path) -> _Start:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "GRIDMAP_TIMING": "1",
            "GRIDMAP_DATA": folder,
        }
        start = time.perf_counter()
        program = psutil.Popen(
            [*machine.PROGRAM, "open", str(path)],
            env=environment,
            cwd=machine.ROOT,
            stderr=subprocess.PIPE,
        )
        try:
            seconds, own, peak = _watch(program, Path(folder) / "log" / "gridmap.log", start)
            screen.photograph(display, picture)
        finally:
            _end(program)
            shutil.rmtree(path.with_name(f"{path.stem}.backups"), ignore_errors=True)
    return _Start(seconds, own, peak, screen.count_colours(picture))


def _watch(program: psutil.Popen, log: Path, start: float) -> tuple[float, float, float]:
    """Wait until the log says "painted"; return both times and the peak of memory in MiB."""
    peak, seconds, own = 0.0, 0.0, 0.0
    while not seconds or time.perf_counter() - start < seconds + _AFTERWARDS_SECONDS:
        peak = max(peak, _resident_mib(program))
        said = _PAINTED.search(log.read_text("utf-8")) if not seconds and log.exists() else None
        if said:
            seconds, own = time.perf_counter() - start, int(said["ms"]) / 1000
        if program.poll() is not None:
            raise RuntimeError(f"the window did not open:\n{program.stderr.read().decode()}")
        if not seconds and time.perf_counter() - start > _PATIENCE_SECONDS:
            raise RuntimeError(f"nothing was painted within {_PATIENCE_SECONDS:.0f} s")
        time.sleep(_STEP_SECONDS)
    return seconds, own, peak


def _resident_mib(program: psutil.Popen) -> float:
    """Return the memory of the tree of processes; a page shared by two counts twice."""
    total = 0
    try:
        for process in (program, *program.children(recursive=True)):
            total += process.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return total / 2**20


def _end(program: psutil.Popen) -> None:
    program.terminate()
    try:
        program.wait(10)
    except psutil.TimeoutExpired:
        program.kill()
        program.wait()
    program.stderr.close()


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
