"""Work off the interface thread: one thread writes, a few read, results come home by one signal.

The threads own no QObject. What they finish is put into a deque, and the one signal of the one
object in the interface thread says that something lies there. How far a job is, is looked up by
a timer of that thread, so that a busy job cannot flood it.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gridmap.base.errors import GridmapError
from gridmap.base.messages import Text
from gridmap.base.progress import Cancelled, Progress, stoppable
from gridmap.model.changes import Outcome
from gridmap.ui.notices import Notices

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

READERS = 2
_LOOK_MS = 100
_REST_MS = 250
_SLOW_SECONDS = 0.25  # shorter work shows no progress: it would only flicker


class Job:
    """Something that runs in a thread: what it is called, how far it is, and how to stop it."""

    def __init__(
        self, title: str, *, is_quiet: bool, is_writing: bool, is_operation: bool = False
    ) -> None:
        self.title = title
        self.is_quiet = is_quiet
        self.is_writing = is_writing
        self.is_operation = is_operation
        """Whether it works in the open workspace, instead of bringing one."""
        self.latest: tuple[int, int, Text] | None = None
        self._began = time.monotonic()
        self._stop = threading.Event()

    @property
    def is_slow(self) -> bool:
        """Return whether it has run so long that people want to see it."""
        return time.monotonic() - self._began > _SLOW_SECONDS

    @property
    def is_cancelled(self) -> bool:
        """Return whether it was asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask it to stop; nothing is shown, everything stays as it was."""
        self._stop.set()

    def progress(self) -> Progress:
        """Return what the work calls to tell how far it is."""

        def note(done: int, total: int, what: Text) -> None:
            self.latest = (done, total, what)

        return stoppable(note, self._stop.is_set)


class Work(QObject):
    """Runs services: ``operate`` those that change something, ``query`` those that only read."""

    changed = Signal(object, object)
    """What an operation touched (``Touched``), and who started it."""
    shown = Signal(object)
    """The job (or None) that the window should show, again and again while it goes on."""
    _arrived = Signal()

    def __init__(self, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")
        self._done: deque[Callable[[], None]] = deque()
        self._jobs: list[Job] = []
        self._deferred: dict[str, Callable[[], object]] = {}
        self._is_closed = False
        self._arrived.connect(self._hand_on, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.do_deferred)

    @property
    def is_writing(self) -> bool:
        """Return whether an operation is going on or waiting."""
        return any(job.is_writing for job in self._jobs)

    @property
    def is_operating(self) -> bool:
        """Return whether something that people wait for goes on in the open workspace."""
        return any(
            job.is_operation and not job.is_quiet and not job.is_cancelled for job in self._jobs
        )

    @property
    def is_idle(self) -> bool:
        """Return whether nothing is going on and no result is on its way."""
        return not self._jobs and not self._done and not self._deferred

    def operate(
        self,
        title: str,
        call: Callable[[Progress], Outcome[_T]],
        then: Callable[[Outcome[_T]], None] | None = None,
        *,
        initiator: object = None,
        is_quiet: bool = False,
        failed: Callable[[Exception], None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Job:
        """Run a service that may write, after those that wait already; tell what it touched.

        ``stopped`` is called where the user stopped it: nothing was changed then.
        """

        def arrived(outcome: Outcome[_T]) -> None:
            if outcome.touched.rows:
                self.changed.emit(outcome.touched, initiator)
            if then is not None:
                then(outcome)

        job = Job(title, is_quiet=is_quiet, is_writing=True, is_operation=True)
        self._submit(self._writer, job, call, arrived, failed, stopped)
        return job

    def make(
        self,
        title: str,
        call: Callable[[Progress], _T],
        then: Callable[[_T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Run what opens or makes a workspace, in the writing thread."""
        job = Job(title, is_quiet=False, is_writing=True)
        self._submit(self._writer, job, call, then, failed)
        return job

    def query(
        self,
        call: Callable[[Progress], _T],
        then: Callable[[_T], None],
        *,
        title: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Run what only reads; without a title nothing of it is shown while it goes on."""
        job = Job(title, is_quiet=not title, is_writing=False)
        self._submit(self._readers, job, call, then, failed)
        return job

    def defer(self, key: str, call: Callable[[], object]) -> None:
        """Do something once the map is painted, or after a moment; of equal keys the last one.

        What nobody looks for at once (counts, the list of what was done) would take the time of
        the picture after an edit.
        """
        self._deferred[key] = call
        self._rest.start()

    def do_deferred(self) -> None:
        """Do now what was deferred."""
        self._rest.stop()
        calls, self._deferred = list(self._deferred.values()), {}
        if not self._is_closed:
            for call in calls:
                call()

    def cancel_shown(self) -> None:
        """Stop the job that the window shows."""
        job = self._find_shown()
        if job is not None:
            job.cancel()

    def cancel_reading(self) -> None:
        """Stop every query, e.g. because the workspace is closed; their results are dropped."""
        self._deferred.clear()
        for job in self._jobs:
            if not job.is_writing:
                job.cancel()

    def cancel_operations(self) -> None:
        """Stop all that goes on in the open workspace; what opens another one goes on."""
        for job in self._jobs:
            if job.is_operation:
                job.cancel()

    def close(self) -> None:
        """Stop all jobs and wait for their threads to end."""
        if self._is_closed:
            return
        self._is_closed = True
        self._timer.stop()
        self._rest.stop()
        self._deferred.clear()
        for job in self._jobs:
            job.cancel()
        for pool in (self._readers, self._writer):
            pool.shutdown(wait=True, cancel_futures=True)
        self._done.clear()
        self._jobs.clear()

    # --- inside ------------------------------------------------------------------------------

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        job: Job,
        call: Callable[[Progress], _T],
        then: Callable[[_T], None],
        failed: Callable[[Exception], None] | None,
        stopped: Callable[[], None] | None = None,
    ) -> None:
        if self._is_closed:
            return
        self._jobs.append(job)
        self._timer.start()

        def run() -> None:
            try:
                if job.is_cancelled:
                    raise Cancelled  # noqa: TRY301 - the same way out as from inside the work
                value = call(job.progress())
            except Exception as error:  # noqa: BLE001 - sorted out in the interface thread
                caught = error
                self._bring(lambda: self._fail(job, caught, failed, stopped))
            else:
                self._bring(lambda: self._succeed(job, value, then))

        pool.submit(run)

    def _bring(self, call: Callable[[], None]) -> None:
        self._done.append(call)
        if not self._is_closed:
            self._arrived.emit()

    def _hand_on(self) -> None:
        while self._done and not self._is_closed:
            call = self._done.popleft()
            try:
                call()
            except Exception as error:  # noqa: BLE001 - the other results must still come home
                _log.error("fault while a failure was told", exc_info=error)
                self._notices.fault(error)

    def _succeed(self, job: Job, value: Any, then: Callable[[Any], None]) -> None:
        self._drop(job)
        if job.is_cancelled and not job.is_writing:
            return  # what was written must be shown; what was only read is not wanted any more
        try:
            then(value)
        except Exception as error:  # noqa: BLE001 - the other results must still come home
            _log.error("fault while the result of %r was shown", job.title, exc_info=error)
            self._notices.fault(error, is_done=True)

    def _fail(
        self,
        job: Job,
        error: Exception,
        failed: Callable[[Exception], None] | None,
        stopped: Callable[[], None] | None,
    ) -> None:
        self._drop(job)
        if isinstance(error, Cancelled) or (job.is_cancelled and not job.is_writing):
            if stopped is not None:
                stopped()
            return
        if not isinstance(error, GridmapError):
            _log.error("fault in %r", job.title, exc_info=error)
        if failed is not None:
            failed(error)
        elif isinstance(error, GridmapError):
            self._notices.warn(error)
        else:
            self._notices.fault(error)

    def _drop(self, job: Job) -> None:
        self._jobs.remove(job)
        self._look()

    def _find_shown(self) -> Job | None:
        slow = [job for job in self._jobs if job.is_slow and not job.is_quiet]
        writing = [job for job in slow if job.is_writing]
        return next(iter(writing or slow), None)

    def _look(self) -> None:
        self.shown.emit(self._find_shown())
        if not self._jobs:
            self._timer.stop()
