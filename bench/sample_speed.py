"""How long the sample takes at its three scales, as whole processes."""

import argparse
import sys
from functools import partial
from pathlib import Path

from bench import district, machine, results

_TARGET_SECONDS = 60.0
_SCALES = ("community", "subdistrict", "district")


def main() -> bool:
    """Measure, write the section, and return whether the target is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=3)
    times = parser.parse_args().times
    folder = machine.work_folder("sample")
    series = [
        results.measure(f"gridmap sample --scale {scale}", partial(_make, folder, scale), times)
        for scale in _SCALES
    ]
    median = series[-1].median
    size = (folder / "district.gridmap").stat().st_size / 1e6
    return results.record(
        results.Section(
            "sample_speed",
            "Making the sample",
            series,
            [
                results.Target(
                    f"the district in under {_TARGET_SECONDS:.0f} s (median)",
                    f"{median:.1f} s",
                    median < _TARGET_SECONDS,
                )
            ],
            [f"The district's file has {size:.0f} MB."],
        )
    )


def _make(folder: Path, scale: str) -> None:
    path = folder / f"{scale}.gridmap"
    district.remove(path)
    district.run("sample", str(path), "--scale", scale)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
