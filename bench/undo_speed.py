"""Undo and redo of an import of 200,000 buildings, as whole processes."""

import argparse
import sys

from bench import district, machine, results


def main() -> bool:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    path = district.new_workspace(machine.work_folder("undo") / "undo.gridmap")
    source = str(district.building_shapefile())
    district.run("import", str(path), source, "--layer", "building")
    undone, redone = [], []
    for _ in range(times):
        undone.append(results.seconds(lambda: district.run("undo", str(path))))
        redone.append(results.seconds(lambda: district.run("redo", str(path))))
    district.run("check", str(path))
    size = path.stat().st_size / 1e6
    note = f"The check afterwards is clean; {times} pairs made the file grow to {size:.0f} MB."
    return results.record(
        results.Section(
            "undo_speed",
            "Undo and redo of 200,000 rows",
            [
                results.Series("gridmap undo", tuple(undone)),
                results.Series("gridmap redo", tuple(redone)),
            ],
            (),
            [note],
        )
    )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
