"""Edits of cells in the district, each committed and checked: the last like the first."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from typing import Any

import numpy as np
import shapely

from bench import district, machine, results
from bench.canvas import peer_task
from bench.chance_edits import KINDS, draw
from gridmap.base.errors import RequestError
from gridmap.geo.coverage import Coverage
from gridmap.services.cells import EditCells, edit_cells
from gridmap.services.division import read_cells
from gridmap.services.exports import ExportRequest, export_layer
from gridmap.services.rule_keeper import RuleKeeper
from gridmap.store import edit as store
from gridmap.store import rows
from gridmap.store.workspace import Workspace, open_workspace

_MILLISECONDS = 1000.0
_EDITS, _PART = 5_000, 500
_REACH_M = 150.0
_MEDIAN_MS, _MOST_MS, _CHECK_MS, _RULES_S = 50.0, 100.0, 20.0, 5.0
_SLOWER = 1.25
_PEER_EDITS = 200
_PEER = (
    "QGIS works on a plain GeoPackage of the same cells, without journal, communities and rules."
)
_NO_PEER = "No Python with QGIS was found (Debian: python3-qgis): nothing to compare with."


def main() -> bool:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=_EDITS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    path = machine.work_folder("cell_edits") / "district.gridmap"
    district.remove(path)
    shutil.copyfile(district.district(), path)
    with open_workspace(path) as opened:
        peer = _peer(opened, asked.seed)
        keeper = RuleKeeper(opened)
        rules = [results.seconds(keeper.build) for _ in range(3)]
        edits, checks, kinds = _edit(opened, keeper, asked.times, asked.seed)
    shutil.rmtree(path.parent)
    both = [edit + check for edit, check in zip(edits, checks, strict=True)]
    series = [
        results.Series("all rules over the district, read anew", tuple(rules)),
        results.Series("an edit, from the call to committed", tuple(edits), "ms", 1),
        results.Series("the rules in its surroundings", tuple(checks), "ms", 1),
        results.Series("both", tuple(both), "ms", 1),
        results.Series(f"both, the first {_PART}", tuple(both[:_PART]), "ms", 1),
        results.Series(f"both, the last {_PART}", tuple(both[-_PART:]), "ms", 1),
    ]
    if peer is not None:
        what = f"QGIS {peer['version']}: one shared vertex moved and saved, nothing checked"
        series.append(results.Series(what, tuple(peer["milliseconds"]), "ms", 1))
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
    return results.record(
        results.Section(
            "cell_edits",
            f"{asked.times:,} edits of cells in the district",
            series,
            _targets(rules, both, checks),
            [f"Edits: {told}. Painting is not in it. {_PEER if peer else _NO_PEER}"],
        )
    )


def _targets(rules: list[float], both: list[float], checks: list[float]) -> list[results.Target]:
    median, most = statistics.median(both), _percentile(both, 99)
    first, last = (statistics.median(part) for part in (both[:_PART], both[-_PART:]))
    return [
        _below("an edit committed and checked, median", median, _MEDIAN_MS, "ms"),
        _below("99 of 100 edits", most, _MOST_MS, "ms"),
        _below(f"the last {_PART} like the first, median to median", last / first, _SLOWER, "×"),
        _below("the rules after an edit, median", statistics.median(checks), _CHECK_MS, "ms"),
        _below("the rules after 99 of 100 edits", _percentile(checks, 99), _CHECK_MS, "ms"),
        _below("all rules over the district", statistics.median(rules), _RULES_S, "s"),
    ]


def _below(what: str, measured: float, most: float, unit: str) -> results.Target:
    return results.Target(
        f"{what}, under {most:g} {unit}", f"{measured:.2f} {unit}", measured < most
    )


def _percentile(values: list[float], share: float) -> float:
    return float(np.percentile(values, share))


def _edit(
    opened: Workspace, keeper: RuleKeeper, times: int, seed: int
) -> tuple[list[float], list[float], Counter[str]]:
    """Make edits of all kinds all over the district; return what each and its check took, in ms."""
    rng = np.random.default_rng(seed)
    with opened.reading() as reader:
        cells = rows.read_features(reader, "cell", ("id",)).geometry
    edits: list[float] = []
    checks: list[float] = []
    kinds: Counter[str] = Counter()
    while len(edits) < times:
        cell = cells[int(rng.integers(len(cells)))]
        near = _near(opened, cell.bounds)
        if len(near) < 2:
            continue
        request = EditCells(draw(near, rng, list(KINDS)))
        done = []
        try:
            took = results.seconds(lambda one=request, to=done: to.append(edit_cells(opened, one)))
        except RequestError:
            kinds["refused"] += 1
            continue
        edits.append(took * _MILLISECONDS)
        touched = done[0].touched
        checks.append(results.seconds(lambda one=touched: keeper.update(one)) * _MILLISECONDS)
        kinds[type(request.edit).__name__] += 1
    return edits, checks, kinds


def _peer(opened: Workspace, seed: int) -> dict[str, Any] | None:
    """Return what QGIS took for moving vertices of the same cells; None without QGIS."""
    python = peer_task.find_qgis()
    if python is None:
        return None
    file = opened.path.with_name("cells.gpkg")
    export_layer(opened, ExportRequest("cell", file))
    rng = np.random.default_rng(seed)
    with opened.reading() as reader:
        cells = rows.read_features(reader, "cell", ("id",)).geometry
    moves = []
    for cell in cells[rng.integers(len(cells), size=_PEER_EDITS)].tolist():
        xy = shapely.get_coordinates(cell)
        at = xy[int(rng.integers(len(xy)))]
        moves.append((at.tolist(), np.round(at + rng.uniform(-2, 2, 2), 3).tolist()))
    task = json.dumps({"file": str(file), "moves": moves})
    program = machine.ROOT / "bench" / "cell_edits_peer.py"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [python, str(program)], input=task, capture_output=True, text=True, env=environment
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _near(opened: Workspace, bounds: tuple[float, float, float, float]) -> Coverage:
    """Return the cells around a place."""
    with opened.reading() as reader:
        boxes = store.boxes_near(reader, "cell", [bounds], store.DIVISION, (None,))
        return read_cells(reader, boxes[:1], None).coverage


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
