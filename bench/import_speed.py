"""Import of 200,000 buildings from a shapefile, against GDAL's ogr2ogr into SpatiaLite.

Whole processes are timed, in turn, each into a file of its own. ogr2ogr makes its file anew and
builds its spatial index (its default); gridmap writes into an empty workspace that was made
before, with its journal, its spatial index, its checks, and its backup before the import.
"""

import argparse
import sqlite3
import subprocess
import sys
from pathlib import Path

from bench import district, machine, results

_FACTOR = 2.0
_LAYER = "building"


def main() -> bool:
    """Measure, write the section, and return whether the target is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=7, help="timed pairs after one to warm up")
    pairs = parser.parse_args().pairs
    shapefile = district.building_shapefile()
    peers: list[float] = []
    ours: list[float] = []
    for _ in range(pairs + 1):
        peers.append(_time_ogr2ogr(shapefile))
        ours.append(_time_gridmap(shapefile))
        print(f"ogr2ogr {peers[-1]:.2f} s, gridmap {ours[-1]:.2f} s")
    return results.record(_section(peers[1:], ours[1:]))


def _section(peers: list[float], ours: list[float]) -> results.Section:
    version = machine.gdal_version()
    peer = results.Series(f"{version}: ogr2ogr -f SQLite -dsco SPATIALITE=YES", tuple(peers))
    mine = results.Series("gridmap import, journal and checks on", tuple(ours))
    each = results.Series(
        "ratio, pair by pair", tuple(b / a for a, b in zip(peers, ours, strict=True)), "×"
    )
    ratio = mine.median / peer.median
    return results.Section(
        "import_speed",
        "Import of 200,000 buildings",
        [peer, mine, each],
        [
            results.Target(
                f"at most {_FACTOR:g} times the peer's wall time (medians)",
                f"{ratio:.2f} times",
                ratio <= _FACTOR,
            )
        ],
        ["Both files held 200,000 rows after each run."],
    )


def _time_ogr2ogr(shapefile: Path) -> float:
    target = machine.work_folder() / "peer.sqlite"
    target.unlink(missing_ok=True)
    command = ["ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", str(target), str(shapefile)]
    command += ["-nln", _LAYER]
    took = results.seconds(lambda: subprocess.run(command, check=True, capture_output=True))
    _ensure_rows(target)
    return took


def _time_gridmap(shapefile: Path) -> float:
    target = district.new_workspace(machine.work_folder("import") / "import.gridmap")
    took = results.seconds(
        lambda: district.run("import", str(target), str(shapefile), "--layer", _LAYER)
    )
    _ensure_rows(target)
    return took


def _ensure_rows(path: Path) -> None:
    connection = sqlite3.connect(path)
    try:
        count = connection.execute(f"SELECT count(*) FROM {_LAYER}").fetchone()[0]
    finally:
        connection.close()
    if count != district.BUILDINGS:
        raise RuntimeError(f"{path}: {count} rows instead of {district.BUILDINGS}")


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
