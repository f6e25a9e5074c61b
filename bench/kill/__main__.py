"""Kills writers at random moments, thousands of times, and judges what is left."""

import argparse
import shutil
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from bench import machine, results
from bench.kill.harness import Harness
from bench.kill.works import KINDS

_PROMISED = ("import", "edit", "undo", "migration", "backup")


def main() -> bool:
    """Kill, write the section, and return whether all was sound; the first fault stops it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(KINDS), help="some of: %(default)s")
    parser.add_argument("--folder", type=Path, help="where to work (a folder that is made)")
    given = parser.parse_args()
    folder = given.folder or machine.work_folder("kill") / f"seed-{given.seed}"
    shutil.rmtree(folder, ignore_errors=True)
    start = time.perf_counter()
    harness = Harness(folder, given.seed)
    for done, name in enumerate(islice(cycle(given.kinds.split(",")), given.times), start=1):
        harness.kill(name)
        if done % 100 == 0:
            print(f"{done:,} kills, {time.perf_counter() - start:,.0f} s", flush=True)
    shutil.rmtree(folder)
    return results.record(_section(harness, given, time.perf_counter() - start))


def _section(harness: Harness, given: argparse.Namespace, took: float) -> results.Section:
    lines = [
        "| | kills | too late, repeated | committed but not yet acknowledged"
        " | unfinished files left | acknowledged before the kill |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for name, tally in harness.tallies.items():
        steps = ", ".join(f"{step}: {count}" for step, count in sorted(tally.by_step.items()))
        lines.append(
            f"| {name} | {tally.kills:,} | {tally.too_late:,} | {tally.ahead:,}"
            f" | {tally.leftovers:,} | {steps} |"
        )
    kills = sum(tally.kills for tally in harness.tallies.values())
    lines += ["", f"Seed {given.seed}, {took:,.0f} s."]
    target = results.Target(
        f"{given.times:,} kills ({', '.join(_PROMISED)} and more): everything acknowledged is"
        " there, nothing half, the check is clean",
        f"{kills:,} kills, none of them did harm",
        kills >= given.times,
    )
    return results.Section("kill", "Killed at a random moment", (), [target], lines)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
