"""How long it takes to prove the district sound, as a whole process."""

import argparse
import sys

from bench import district, results


def main() -> bool:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    path = str(district.district())
    found = results.measure("gridmap check", lambda: district.run("check", path), times)
    note = "Exit code 0 each time: nothing is wrong with it."
    return results.record(
        results.Section("check_speed", "Check of the district sample", [found], (), [note])
    )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
