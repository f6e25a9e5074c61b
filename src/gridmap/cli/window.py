"""Start the window, with as little loaded before it as can be."""

import os
from pathlib import Path

from gridmap.base import log
from gridmap.base.messages import LANGUAGES, use_language
from gridmap.base.settings import load_settings


def choose_language(asked: str | None = None) -> None:
    """Speak the language asked for, else the environment's, else the person's."""
    wanted = asked or os.environ.get("GRIDMAP_LANG") or load_settings().language
    use_language(next((known for known in LANGUAGES if known == wanted), "zh"))


def start(path: Path | None) -> int:
    """Open the window, on a workspace or on its start page; return the exit code."""
    from gridmap.ui.app import run

    choose_language()
    log.start_log()
    return run(path)
