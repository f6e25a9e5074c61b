"""Backup of the district with its trial restore, and a restore, as whole processes."""

import argparse
import shutil
import sys
from pathlib import Path

from bench import district, machine, results

_MEGABYTE = 1e6


def main() -> bool:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    path = machine.work_folder("backup") / "district.gridmap"
    shutil.copyfile(district.district(), path)
    folder = path.with_name("district.backups")
    shutil.rmtree(folder, ignore_errors=True)
    made: list[Path] = []

    def back_up() -> None:
        made.append(Path(str(district.run("backup", str(path))["path"])))

    series = [
        results.measure("cp, for comparison", lambda: _copy(path), times),
        results.measure("gridmap backup: copied, restored on trial, compared", back_up, times),
        results.measure(
            "gridmap restore: back up what is there, put the backup in its place",
            lambda: district.run("restore", str(path), str(made[0])),
            times,
        ),
    ]
    sizes = [path.stat().st_size / _MEGABYTE, made[0].stat().st_size / _MEGABYTE]
    note = f"The workspace has {sizes[0]:.0f} MB, a backup {sizes[1]:.0f} MB; twelve are kept."
    shutil.rmtree(path.parent)
    return results.record(
        results.Section("backup_speed", "Backup of the district sample", series, (), [note])
    )


def _copy(path: Path) -> None:
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    copy.unlink()


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
