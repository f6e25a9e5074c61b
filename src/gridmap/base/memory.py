"""Memory that is not needed any more, given back to the system."""

import ctypes
import sys
from functools import cache

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # of mallopt(3)
_MEBIBYTE = 1024 * 1024
_TRIM_BYTES, _MMAP_BYTES = 8 * _MEBIBYTE, 4 * _MEBIBYTE


def keep_little() -> None:
    """Keep little of what is freed: large arrays go back at once, and their holes with them.

    Left alone, glibc learns from arrays of 30 MB that come and go to keep 60 MB for each thread.
    """
    library = _find_library()
    if library is not None:
        library.mallopt(_M_TRIM_THRESHOLD, _TRIM_BYTES)
        library.mallopt(_M_MMAP_THRESHOLD, _MMAP_BYTES)


def give_back() -> None:
    """Give back what was freed, where the C library keeps it otherwise: glibc's does.

    Reading a district leaves 140 MB of holes. It takes a few milliseconds, outside Python's lock.
    """
    library = _find_library()
    if library is not None:
        library.malloc_trim(0)


@cache
def _find_library() -> ctypes.CDLL | None:
    """Return the C library, where it is one that can be told."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None
