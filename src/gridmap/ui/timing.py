"""How long the start took, said in the log where ``GRIDMAP_TIMING`` is set."""

import logging
import os
import time
from pathlib import Path

_log = logging.getLogger(__name__)
_VARIABLE = "GRIDMAP_TIMING"
_ENTRY = Path("/proc/self/stat")
_STARTED = 19  # field 22 of proc(5), counted after the name in parentheses


def say_painted() -> None:
    """Say that the first full picture is on the screen, if that was asked for."""
    if not os.environ.get(_VARIABLE):
        return
    import psutil  # late: only for measurements

    memory_mib = psutil.Process().memory_info().rss / 1024 / 1024
    _log.info("painted after %.0f ms, %.0f MiB", _elapsed_ms(), memory_mib)


def _elapsed_ms() -> float:
    """Return how long this process has lived.

    psutil reckons from the machine's start, which Linux tells in whole seconds only: up to one
    second off. The process's own entry is exact to 10 ms.
    """
    import psutil  # late: only for measurements

    if not _ENTRY.exists():
        return float((time.time() - psutil.Process().create_time()) * 1000)
    ticks = int(_ENTRY.read_text().rsplit(")", 1)[1].split()[_STARTED])
    began = ticks / os.sysconf("SC_CLK_TCK")
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - began) * 1000
