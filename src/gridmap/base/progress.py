"""How long work tells how far it is, and how it is stopped."""

from collections.abc import Callable
from typing import Protocol

from gridmap.base.messages import Text


class Cancelled(Exception):
    """The user stopped the work; nothing is shown, everything is as it was."""


class Progress(Protocol):
    """Called now and then by long work; raises ``Cancelled`` where the user stopped it."""

    def __call__(self, done: int, total: int, what: Text) -> None:
        """Say that ``done`` of ``total`` is finished, and what is being done."""


def quiet(done: int, total: int, what: Text) -> None:
    """Report to nobody."""


def share(progress: Progress, start: float, end: float) -> Progress:
    """Return a progress that fills the part from ``start`` to ``end`` (0 to 1) of ``progress``."""
    whole = 1000

    def partial(done: int, total: int, what: Text) -> None:
        fraction = done / total if total else 1.0
        progress(round((start + (end - start) * fraction) * whole), whole, what)

    return partial


def stoppable(progress: Progress, is_stopped: Callable[[], bool]) -> Progress:
    """Return ``progress`` that raises ``Cancelled`` once ``is_stopped()`` is true."""

    def checked(done: int, total: int, what: Text) -> None:
        if is_stopped():
            raise Cancelled
        progress(done, total, what)

    return checked
