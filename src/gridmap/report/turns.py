"""Taking turns with the interface thread, which must never wait long for Python's lock.

QPainter keeps the lock while it paints. A thread that waits for the lock asks for it only after a
while (``sys.setswitchinterval``), and loses it again as soon as another thread asks: with two
painters at work, an event handler of 4 ms waited for one of their calls half a dozen times. So the
interface thread says when it handles an event, and painters stop between two calls until it is
done. It then waits once, and for one call of each painter at most.
"""

import select
import sys
import threading
import time

_ASK_AFTER_S = 0.001
"""How long a thread waits before it asks for the lock; Python's own 5 ms are a third of a frame."""
_LONGEST_S = 0.03
"""How long a turn takes at most: an event may come without a picture to follow it."""

_is_free = threading.Event()
_is_free.set()
_ends = 0.0
_asking: set[int] = set()


def ask_early() -> None:
    """Let threads ask for Python's lock earlier than usual. For programs with a window."""
    sys.setswitchinterval(_ASK_AFTER_S)


def begin_turn(who: int) -> None:
    """Stop the painters: the interface thread has something to do. It may be said twice."""
    global _ends
    _ends = time.monotonic() + _LONGEST_S
    _asking.add(who)
    _is_free.clear()


def end_turn(who: int) -> None:
    """Let the painters go on, unless another map beside this one has not had its turn yet."""
    _asking.discard(who)
    if not _asking:
        _is_free.set()


def give_way() -> None:
    """Let the interface thread go first, between two calls of a painter."""
    if not _is_free.is_set():
        _is_free.wait(max(_ends - time.monotonic(), 0.0))
        if time.monotonic() >= _ends:
            _asking.clear()
            _is_free.set()
    _let_go()


def _let_go() -> None:
    """Let go of Python's lock for a moment, so that who waits for it gets it.

    Asking nothing of the system takes 1 us, where sleeping for no time takes 80. One object for
    all threads would not do.
    """
    if hasattr(select, "poll"):
        select.poll().poll(0)
    else:  # Windows
        time.sleep(0)
