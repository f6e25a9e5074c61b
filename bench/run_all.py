"""Run every benchmark, one after another, each in a process of its own."""

import argparse
import subprocess
import sys

from bench import machine

_BENCHMARKS = (
    "sample_speed",
    "import_speed",
    "undo_speed",
    "edit_speed",
    "edit_window",
    "check_speed",
    "backup_speed",
    "start",
    "canvas",
    "merge3",
    "cell_edits",
    "walks",
    "kill",
)


def main() -> int:
    """Return 0 where all ran and every target is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", default="", help="leave some out, such as kill,start")
    left_out = parser.parse_args().without.split(",")
    failed = []
    for name in _BENCHMARKS:
        if name in left_out:
            continue
        print(f"=== {name}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=machine.ROOT)
        if done.returncode:
            failed.append(name)
    print(f"not met: {', '.join(failed)}" if failed else "all targets are met")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
