"""Taking turns with the interface thread."""

import time


def give_way() -> None:
    """Let go of Python's lock for a moment, between two calls of a painter.

    A painter holds the lock while it paints, and a thread that waits for the lock asks for it
    only after 5 ms. Labels painted in one go made the interface thread wait up to 34 ms; with
    this between them, 5 ms.
    """
    time.sleep(0)
