"""Threads that read and paint, and the one door through which their results come home."""

import contextlib
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from gridmap.base import memory
from gridmap.report import turns

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
PAINTERS = 2


class Workers(QObject):
    """Runs functions in threads; what they return is handed on in the interface thread.

    The threads own no QObject. This one lives in the interface thread, and its one signal is all
    that crosses over. Readers and painters are apart, so that a long read never holds up a tile.

    Args:
        lender: whose threads are used; it ends them, and nothing is run after that.
    """

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None, lender: "Workers | None" = None) -> None:
        super().__init__(parent)
        turns.ask_early()
        memory.keep_little()
        self._lender = lender
        self._readers, self._painters = lender._pools() if lender else _new_pools()
        self._done: deque[Callable[[], None]] = deque()
        self._is_closed = False
        self._arrived.connect(self._hand_on, Qt.ConnectionType.QueuedConnection)

    def read(
        self,
        work: Callable[[], _T],
        then: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run ``work`` in the reading thread; ``then`` or ``failed`` follow in this one."""
        self._submit(self._readers, work, then, failed)

    def paint(
        self,
        work: Callable[[], _T],
        then: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run ``work`` in a painting thread; ``then`` or ``failed`` follow in this one."""
        self._submit(self._painters, work, then, failed)

    def tidy(self) -> None:
        """Give freed memory back in a painting thread, now that there is nothing to paint."""
        if not self._is_over:
            self._painters.submit(memory.give_back)

    def close(self) -> None:
        """End the threads; what they still had to do is dropped."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._lender is None:
            for pool in self._pools():
                pool.shutdown(wait=True, cancel_futures=True)
        self._done.clear()

    def _pools(self) -> tuple[ThreadPoolExecutor, ThreadPoolExecutor]:
        return self._readers, self._painters

    @property
    def _is_over(self) -> bool:
        return self._is_closed or (self._lender is not None and self._lender._is_over)

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], _T],
        then: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        if self._is_over:
            return

        def run() -> None:
            if self._is_over:
                return
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - handed on to the interface thread
                self._bring(partial(failed, error))
            else:
                self._bring(partial(then, result))

        pool.submit(run)

    def _bring(self, call: Callable[[], None]) -> None:
        self._done.append(call)
        if self._is_closed:
            return
        with contextlib.suppress(RuntimeError):  # the widget is gone, and this object with it
            self._arrived.emit()

    def _hand_on(self) -> None:
        while self._done and not self._is_closed:
            self._done.popleft()()


def _new_pools() -> tuple[ThreadPoolExecutor, ThreadPoolExecutor]:
    return (
        ThreadPoolExecutor(1, thread_name_prefix="map-read"),
        ThreadPoolExecutor(PAINTERS, thread_name_prefix="map-paint"),
    )
