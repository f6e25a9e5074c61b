"""A virtual screen, and pictures of it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = (1600, 1000)


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Start a screen of our own; lend its name."""
    reading, writing = os.pipe()
    width, height = SIZE
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24"]
    server = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def photograph(display: str, target: Path) -> None:
    """Write a picture of the whole screen."""
    command = ["import", "-silent", "-window", "root", str(target)]
    environment = {**os.environ, "DISPLAY": display}
    subprocess.run(command, check=True, capture_output=True, env=environment)


def count_colours(picture: Path) -> int:
    """Return how many colours a picture has: a blank window has a few dozen."""
    command = ["identify", "-format", "%k", str(picture)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(told.stdout)
