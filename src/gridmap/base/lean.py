"""Loading a library without what it only may use."""

import importlib
import sys
import types
from collections.abc import Collection


def load_without(name: str, unused: Collection[str]) -> types.ModuleType:
    """Import a module while others are not to be found; they can be imported afterwards.

    Libraries look for pandas and take 0.2 s and 60 MB for it, wherever it is installed.
    """
    hidden = [other for other in unused if other not in sys.modules]
    for other in hidden:
        sys.modules[other] = None  # type: ignore[assignment]  # this is how one says: not there
    try:
        return importlib.import_module(name)
    finally:
        for other in hidden:
            del sys.modules[other]
