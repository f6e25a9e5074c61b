"""How the command line speaks: sentences, JSON, progress, exit codes."""

import json
import logging
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from gridmap.base import log
from gridmap.base.errors import GridmapError, Place
from gridmap.base.messages import Text, Wording
from gridmap.base.progress import Cancelled, Progress, quiet
from gridmap.cli import texts

_log = logging.getLogger(__name__)

_BAR_WIDTH = 24
_SECONDS_BETWEEN_BARS = 0.1
_FAULT, _INTERRUPTED = 1, 130


def say(text: Text | str) -> None:
    """Print one line for a person."""
    typer.echo(str(text))


def show(
    as_json: bool, value: Mapping[str, Any], lines: Callable[[], Iterator[Text | str]]
) -> None:
    """Print a result, either as one JSON object or as lines for a person."""
    if as_json:
        typer.echo(json.dumps(value, ensure_ascii=False, default=_plain))
        return
    for line in lines():
        say(line)


def _plain(value: Any) -> Any:
    """Put into JSON what it has no word for."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Text | Wording | Path):
        return str(value)
    raise TypeError(type(value).__name__)


def place_json(place: Place) -> dict[str, Any]:
    """Return what is known of a place."""
    known: dict[str, Any] = {
        "file": place.file,
        "row": place.row,
        "table": place.table,
        "id": place.id,
    }
    known["xy"] = place.xy
    return {name: value for name, value in known.items() if value is not None}


@contextmanager
def exit_codes(as_json: bool = False) -> Iterator[None]:
    """Turn what a verb raises into one sentence and an exit code."""
    try:
        yield
    except GridmapError as error:
        if as_json:
            told = {"code": error.code, "message": str(error), "place": place_json(error.place)}
            typer.echo(json.dumps({"error": told}, ensure_ascii=False, default=_plain))
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from None
    except (Cancelled, KeyboardInterrupt):
        typer.echo(str(texts.cancelled()), err=True)
        raise typer.Exit(_INTERRUPTED) from None
    except (typer.Exit, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - the last door: told in the log, said in a sentence
        _log.exception("verb failed")
        reason = f"{type(error).__name__}: {error}"
        typer.echo(str(texts.fault(reason=reason, log=str(log.log_file()))), err=True)
        raise typer.Exit(_FAULT) from None


def terminal_progress() -> Progress:
    """Return a progress bar on stderr, or silence where nobody looks at one."""
    if not sys.stderr.isatty():
        return quiet
    last = 0.0

    def draw(done: int, total: int, what: Text) -> None:
        nonlocal last
        moment = time.monotonic()
        if done < total and moment - last < _SECONDS_BETWEEN_BARS:
            return
        last = moment
        share = done / total if total else 1.0
        full = round(share * _BAR_WIDTH)
        bar = "█" * full + "░" * (_BAR_WIDTH - full)
        end = "\r\x1b[K" if done >= total else ""
        sys.stderr.write(f"\r{bar} {share:4.0%} {what}\x1b[K{end}")
        sys.stderr.flush()

    return draw
