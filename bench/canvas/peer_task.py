"""What QGIS is asked to paint, and by which Python."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.canvas import scene

PROGRAM = Path(__file__).with_name("peer.py")


def find_qgis() -> str | None:
    """Return a Python that has QGIS, None where there is none."""
    for folder in os.get_exec_path():
        python = Path(folder) / "python3"
        if python.exists():
            asked = [str(python), "-c", "import qgis.core"]
            if subprocess.run(asked, capture_output=True).returncode == 0:
                return str(python)
    return None


def task(
    file: Path,
    *,
    size: tuple[int, int],
    windows: Mapping[str, Sequence[scene.Extent]],
    picture: Path,
    paper: str,
) -> dict[str, object]:
    """Return the task; ``picture`` gets the first window of the whole extent."""
    return {
        "file": str(file),
        "size": size,
        "paper": paper,
        "windows": windows,
        "picture": str(picture),
        **scene.described(),
    }
