"""Words of windows outside of widgets: ``translate("Context", "中文")``, found by lupdate."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication

LookUp = Callable[[str, str], str]
_look_up: LookUp = QCoreApplication.translate


def translate(context: str, text: str) -> str:
    """Return a text in the language of the windows."""
    return _look_up(context, text)


@contextmanager
def looked_up_by(look_up: LookUp) -> Iterator[None]:
    """Have ``translate`` speak another language for a while, in the interface thread."""
    global _look_up
    before, _look_up = _look_up, look_up
    try:
        yield
    finally:
        _look_up = before
