"""Qt's painting of paths without Python's lock, so that two painters really work side by side.

PySide6 keeps the lock while QPainter paints: two threads then take turns, and the interface
thread waits for both. The same functions of the same library, called through ctypes, let go of
it. Where they are not found under the names that the platform's compilers give them, PySide6's
own are called: slower, with the same picture.
"""

import ctypes
import logging
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QDataStream, QLibraryInfo
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen
from shiboken6 import Shiboken

_log = logging.getLogger(__name__)
_Call = Callable[..., object]

_FILL, _STROKE, _READ = range(3)
_NAMES_OF_MOST = (
    "_ZN8QPainter8fillPathERK12QPainterPathRK6QBrush",
    "_ZN8QPainter10strokePathERK12QPainterPathRK4QPen",
    "_ZrsR11QDataStreamR12QPainterPath",
)
_NAMES_OF_WINDOWS = (
    "?fillPath@QPainter@@QEAAXAEBVQPainterPath@@AEBVQBrush@@@Z",
    "?strokePath@QPainter@@QEAAXAEBVQPainterPath@@AEBVQPen@@@Z",
    "??5@YAAEAVQDataStream@@AEAV0@AEAVQPainterPath@@@Z",
)


def fill_path(painter: QPainter, path: QPainterPath, tint: QColor | QBrush) -> None:
    """Fill a path, as ``QPainter.fillPath`` does."""
    calls = _find_calls()
    if calls is None:
        painter.fillPath(path, tint)
        return
    brush = QBrush(tint)
    calls[_FILL](_address(painter), _address(path), _address(brush))


def stroke_path(painter: QPainter, path: QPainterPath, pen: QPen) -> None:
    """Draw along a path, as ``QPainter.strokePath`` does."""
    calls = _find_calls()
    if calls is None:
        painter.strokePath(path, pen)
        return
    calls[_STROKE](_address(painter), _address(path), _address(pen))


def read_path(stream: QDataStream, path: QPainterPath) -> None:
    """Read a path from a stream, as ``>>`` does."""
    calls = _find_calls()
    if calls is None:
        stream >> path
        return
    calls[_READ](_address(stream), _address(path))


def is_unlocked() -> bool:
    """Return whether painting lets go of Python's lock here."""
    return _find_calls() is not None


def _address(thing: Shiboken.Object) -> int:
    return int(Shiboken.getCppPointer(thing)[0])


@cache
def _find_calls() -> tuple[_Call, ...] | None:
    names = _NAMES_OF_WINDOWS if sys.platform == "win32" else _NAMES_OF_MOST
    try:
        library = ctypes.CDLL(str(_library()))
        calls = tuple(library[name] for name in names)
    except (OSError, AttributeError) as error:
        _log.info("painting keeps Python's lock: %s", error)
        return None
    for call, arguments in zip(calls, (3, 3, 2), strict=True):
        call.argtypes = [ctypes.c_void_p] * arguments
        call.restype = None
    return calls


def _library() -> Path:
    """Return Qt's library of painting, of the Qt that runs."""
    if sys.platform == "win32":
        return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.BinariesPath)) / "Qt6Gui.dll"
    libraries = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
    if sys.platform == "darwin":
        return libraries / "QtGui.framework" / "Versions" / "A" / "QtGui"
    return libraries / "libQt6Gui.so.6"
