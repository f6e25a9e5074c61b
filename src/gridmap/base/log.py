"""The log: a rotating file for faults, nothing of people's data in it."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from gridmap.base import paths

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_MEBIBYTE = 1024 * 1024


def log_file() -> Path:
    """Return where the log is written."""
    return paths.log_dir() / "gridmap.log"


def start_log(*, to_terminal: bool = False) -> None:
    """Log to the file (three old ones are kept), and to stderr if asked for."""
    root = logging.getLogger("gridmap")
    root.setLevel(logging.INFO)
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    handlers: list[logging.Handler] = []
    try:
        paths.log_dir().mkdir(parents=True, exist_ok=True)
        handlers.append(
            RotatingFileHandler(
                log_file(),
                maxBytes=_MEBIBYTE,
                backupCount=3,
                encoding="utf-8",
                errors="backslashreplace",
            )
        )
    except OSError:  # a home that cannot be written must not keep the program from starting
        to_terminal = True
    if to_terminal:
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(handler)
