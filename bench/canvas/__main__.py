"""The canvas: painting beside QGIS's parallel renderer, frames, heartbeat and memory.

Painting: the same file, windows, colours and size, each program in a process of its own, in turn.
"Nothing painted" is what QGIS does too, except that QGIS reads its rows from the file each time
and the canvas has them in memory; how long it takes with the rows from the file is told beside it.
Frames: the real window with the shipped styles, on a virtual screen, under real mouse events; a
frame's time is from the event (by the X server's clock) until its picture is on the screen.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from bench import district, machine, results, screen
from bench.canvas import peer_task, scene
from bench.canvas.hand import Hand

_WHOLE = "whole extent"
_MOST_OF_PEER = {_WHOLE: 0.25, "a quarter": 0.5, "a twentieth": 0.5}
_FRAME_MS, _LONGEST_MS, _ZOOM_MS, _BEAT_MS = 16.0, 50.0, 50.0, 50.0
_MOST_MB = 600.0
_KEPT_SHARE = 0.05
_SHARES = (1.0, 0.25, 0.05, 0.01)
_MB = 2**20 / 1e6


def main() -> bool:
    """Measure, write the section, and return whether every target is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="of painting, beside the peer")
    parser.add_argument("--minutes", type=float, default=10.0, help="of panning, for the memory")
    asked = parser.parse_args()
    path = machine.work_folder("canvas") / "district.gridmap"
    shutil.copyfile(district.district(), path)
    series, targets, notes = _paint(path, asked.rounds)
    with screen.virtual_screen() as display, Hand(path, display) as hand:
        for more in (_use(hand), _wander(hand, asked.minutes), _operate(hand)):
            series += more[0]
            targets += more[1]
    shutil.rmtree(path.parent)
    return results.record(
        results.Section("canvas", "The map canvas on the district sample", series, targets, notes)
    )


# --- painting ---------------------------------------------------------------------------------

_Found = tuple[list[results.Series], list[results.Target]]


def _paint(path: Path, rounds: int) -> tuple[list[results.Series], list[results.Target], list[str]]:
    peer = peer_task.find_qgis()
    ours: list[dict] = []
    theirs: list[dict] = []
    for number in range(rounds):
        ours.append(_run_ours(path))
        if peer is not None:
            theirs.append(_run_peer(peer, path, ours[-1]))
        print(f"painted, round {number + 1}", flush=True)
    series = [_series("whole extent, rows read from the file too", [o["read"] for o in ours])]
    targets = []
    for name, most in _MOST_OF_PEER.items():
        mine = _series(f"{name}, nothing painted", _all(ours, name))
        series.append(mine)
        if theirs:
            other = _series(f"{name}, QGIS", _all(theirs, name))
            series.append(other)
            targets.append(_ratio(name, mine, other, most))
    note = (
        f"QGIS {theirs[0]['version']}, QgsMapRendererParallelJob, the same window and size."
        if theirs
        else "No Python with QGIS was found (Debian: python3-qgis): nothing to compare with."
    )
    return series, targets, [note]


def _ratio(name: str, mine: results.Series, other: results.Series, most: float) -> results.Target:
    ratio = mine.median / other.median
    return results.Target(
        f"{name}: at most {most:g} of QGIS's time (medians)", f"{ratio:.2f}", ratio <= most
    )


def _all(found: list[dict], name: str) -> list[float]:
    return [seconds for each in found for seconds in each["seconds"][name]]


def _series(what: str, seconds: list[float]) -> results.Series:
    return results.Series(what, tuple(1000 * one for one in seconds), "ms", 1)


def _run_ours(path: Path) -> dict:
    command = [sys.executable, "-m", "bench.canvas.ours", str(path)]
    command.append(str(machine.work_folder("canvas") / "ours.png"))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return _json_of(command, environment)


def _run_peer(python: str, path: Path, ours: dict) -> dict:
    task = peer_task.task(
        path,
        size=scene.SIZE,
        windows=ours["windows"],
        picture=machine.work_folder("canvas") / "qgis.png",
        paper=ours["paper"],
    )
    command = [python, str(peer_task.PROGRAM)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return _json_of(command, environment, json.dumps(task))


def _json_of(command: list[str], environment: dict[str, str], given: str = "") -> dict:
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=machine.ROOT, env=environment, input=given
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.returncode}\n{done.stderr}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


# --- the real window --------------------------------------------------------------------------


def _use(hand: Hand) -> _Found:
    """Load, pan and zoom at several scales."""
    hand.ask("rest")
    load = hand.ask("end")
    beats = {"load": load["beats"]}
    series, pans, zooms = [], [], []
    for share in _SHARES:
        hand.ask("look", share=share)
        hand.ask("begin")
        hand.drag()
        told = hand.ask("end")
        beats[f"pan {share:g}"] = told["beats"]
        pans += told["frames"]
        what = f"frame while panning, {share:g} of the width"
        series.append(results.Series(what, tuple(told["frames"]), "ms", 1))
        hand.ask("rest")
        hand.ask("begin")
        hand.wheel(4)
        hand.wheel(-4)
        told = hand.ask("end")
        beats[f"zoom {share:g}"] = told["beats"]
        zooms += told["frames"]
        hand.ask("rest")
    series.append(results.Series("first picture after a notch of the wheel", tuple(zooms), "ms", 1))
    late = float(np.percentile(pans, 95))
    targets = [
        results.Target(
            f"panning: 95 of 100 frames under {_FRAME_MS:g} ms", f"{late:.1f} ms", late < _FRAME_MS
        ),
        results.Target(
            f"panning: none over {_LONGEST_MS:g} ms",
            f"{max(pans):.0f} ms",
            max(pans) <= _LONGEST_MS,
        ),
        results.Target(
            f"zooming: first picture under {_ZOOM_MS:g} ms",
            f"{max(zooms):.0f} ms",
            max(zooms) < _ZOOM_MS,
        ),
        *(_beat(what, found) for what, found in beats.items()),
    ]
    return series, targets


def _beat(what: str, gaps: list[float]) -> results.Target:
    longest = max(gaps)
    return results.Target(
        f"heartbeat of 5 ms, {what}: no gap over {_BEAT_MS:g} ms",
        f"{longest:.0f} ms",
        longest <= _BEAT_MS,
    )


def _operate(hand: Hand) -> _Found:
    """Edit, undo, back up and import while the window watches."""
    hand.ask("look", share=0.05)
    shapefile = str(district.building_shapefile())
    series, targets = [], []
    for what, times in (("edit", 5), ("undo", 5), ("backup", 1), ("import", 1)):
        seconds, gaps = [], []
        for _ in range(times):
            hand.ask("begin")
            seconds.append(hand.ask("operate", what=what, path=shapefile)["s"])
            gaps += hand.ask("end")["beats"]
        series.append(
            results.Series(f"{what} in the window, until the map is right", tuple(seconds))
        )
        targets.append(_beat(what, gaps))
    hand.ask("operate", what="undo")
    return series, targets


def _wander(hand: Hand, minutes: float) -> _Found:
    """Pan and zoom at random; memory is looked at all the while."""
    for share in _SHARES:
        hand.ask("look", share=share)
    ends = time.monotonic() + 60 * minutes
    held: list[float] = []
    frames: list[float] = []
    while time.monotonic() < ends or len(held) < 3:
        hand.ask("look", share=float(np.random.default_rng(len(held)).choice(_SHARES)))
        hand.ask("begin")
        hand.drag(drags=2, frames=60)
        hand.wheel(2)
        told = hand.ask("end")
        held.append(told["mib"] * _MB)
        frames += told["frames"]
    few = max(1, len(held) // 10)
    first, last = statistics.mean(held[:few]), statistics.mean(held[-few:])
    peak = hand.ask("end")["peak_mib"] * _MB
    series = [results.Series("memory while wandering", tuple(held), "MB", 0)]
    targets = [
        results.Target(
            f"memory under {_MOST_MB:.0f} MB", f"{max(held):.0f} MB", max(held) < _MOST_MB
        ),
        results.Target(
            f"{minutes:g} minutes of panning leave it where it was",
            f"{first:.0f} MB, then {last:.0f} MB; the peak of the process {peak:.0f} MB",
            last <= first * (1 + _KEPT_SHARE),
        ),
    ]
    return series, targets


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
