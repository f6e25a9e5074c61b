"""Silence for libraries that warn: what matters to the user is said in our own sentences."""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.RLock()  # Python's list of warning filters belongs to the whole process


@contextmanager
def no_warnings() -> Iterator[None]:
    """Run without Python warnings, one thread at a time."""
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
