"""Work off the interface thread: results, errors, order, progress, cancellation."""

import logging
import threading

from pytestqt.qtbot import QtBot
from tests.ui.helpers import RecordingNotices

from gridmap.base.errors import RequestError
from gridmap.base.messages import Text
from gridmap.base.progress import Progress
from gridmap.model.changes import Outcome, Touched
from gridmap.services import texts
from gridmap.ui.work import Job, Work

WHAT: Text = texts.reading_layers()


def test_operation_tells_what_it_touched_and_who_began(qtbot: QtBot, work: Work) -> None:
    touched = Touched({"cell": frozenset({"a"})})
    me, seen = object(), []
    with qtbot.waitSignal(work.changed) as caught:
        work.operate("x", lambda _p: Outcome(7, touched), seen.append, initiator=me)
    assert caught.args == [touched, me]
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0].value == 7


def test_operation_that_touched_nothing_is_no_change(qtbot: QtBot, work: Work) -> None:
    changes, seen = [], []
    work.changed.connect(lambda *args: changes.append(args))
    work.operate("x", lambda _p: Outcome(1), seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert not changes


def test_operations_run_one_after_the_other_in_one_thread(qtbot: QtBot, work: Work) -> None:
    order: list[tuple[int, int]] = []
    done: list[int] = []

    def call(number: int) -> Outcome[int]:
        order.append((number, threading.get_ident()))
        return Outcome(number)

    for number in range(20):
        work.operate("x", lambda _p, n=number: call(n), lambda o: done.append(o.value))
    qtbot.waitUntil(lambda: len(done) == 20)
    assert [number for number, _ in order] == list(range(20))
    assert len({thread for _, thread in order}) == 1
    assert order[0][1] != threading.get_ident()


def test_results_come_home_in_the_interface_thread(qtbot: QtBot, work: Work) -> None:
    threads: list[int] = []
    work.query(lambda _p: 1, lambda _v: threads.append(threading.get_ident()))
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.get_ident()]


def test_error_of_the_user_is_told(qtbot: QtBot, work: Work, notices: RecordingNotices) -> None:
    def call(_progress: Progress) -> int:
        raise RequestError(texts.name_missing())

    work.query(call, lambda _v: None)
    qtbot.waitUntil(lambda: bool(notices.warnings))
    assert notices.warnings[0].code == "services.name_missing"
    assert not notices.faults


def test_fault_is_logged_with_its_traceback_and_the_log_offered(
    qtbot: QtBot, work: Work, notices: RecordingNotices, logged: list[logging.LogRecord]
) -> None:
    work.query(lambda _p: 1 // 0, lambda _v: None, title="divide")
    qtbot.waitUntil(lambda: bool(notices.faults))
    assert isinstance(notices.faults[0], ZeroDivisionError)
    assert logged[0].exc_info is not None


def test_fault_while_showing_does_not_hold_up_other_results(
    qtbot: QtBot, work: Work, notices: RecordingNotices, logged: list[logging.LogRecord]
) -> None:
    seen: list[int] = []
    work.query(lambda _p: 0, lambda value: seen.append(1 // value))
    work.query(lambda _p: 5, seen.append)
    qtbot.waitUntil(lambda: bool(notices.unshown) and seen == [5])
    assert logged
    assert not notices.faults  # it would say that nothing was done


def test_cancelled_work_is_silent(qtbot: QtBot, work: Work, notices: RecordingNotices) -> None:
    began = threading.Event()

    def call(progress: Progress) -> Outcome[int]:
        while True:
            progress(1, 2, WHAT)
            began.set()

    seen: list[object] = []
    job = work.operate("long", call, seen.append)
    assert began.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: work.is_idle)
    assert not seen
    assert not notices.warnings
    assert not notices.faults


def test_slow_work_is_shown_with_its_progress_and_can_be_stopped(qtbot: QtBot, work: Work) -> None:
    shown: list[Job | None] = []
    work.shown.connect(shown.append)

    def call(progress: Progress) -> int:
        while True:
            progress(3, 10, WHAT)

    work.query(call, lambda _v: None, title="slow")
    qtbot.waitUntil(lambda: any(job is not None for job in shown))
    job = next(job for job in shown if job is not None)
    assert job.title == "slow"
    assert job.latest is not None
    assert job.latest[:2] == (3, 10)
    work.cancel_shown()
    qtbot.waitUntil(lambda: work.is_idle and shown[-1] is None)


def test_operations_are_stopped_but_not_what_opens_a_workspace(qtbot: QtBot, work: Work) -> None:
    began, opened, done = threading.Event(), [], []

    def call(progress: Progress) -> Outcome[int]:
        while True:
            progress(1, 2, WHAT)
            began.set()

    work.operate("long", call, done.append)
    work.make("open", lambda _p: 1, opened.append)
    assert began.wait(5)
    assert work.is_operating
    work.cancel_operations()
    assert not work.is_operating
    qtbot.waitUntil(lambda: work.is_idle)
    assert opened == [1]
    assert not done


def test_quiet_work_is_not_shown(qtbot: QtBot, work: Work) -> None:
    shown: list[Job] = []
    work.shown.connect(lambda job: shown.append(job) if job is not None else None)
    stop = threading.Event()
    work.query(lambda _p: stop.wait(0.6), lambda _v: None)
    qtbot.waitUntil(lambda: work.is_idle, timeout=3000)
    assert not shown


def test_answers_to_a_closed_workspace_are_dropped(qtbot: QtBot, work: Work) -> None:
    go, seen = threading.Event(), []
    work.query(lambda _p: go.wait(5), seen.append)
    work.cancel_reading()
    go.set()
    qtbot.waitUntil(lambda: work.is_idle)
    assert not seen


def test_closing_ends_all_threads(qtbot: QtBot, notices: RecordingNotices) -> None:
    work = Work(notices)
    for _ in range(5):
        work.query(lambda progress: progress(0, 1, WHAT), lambda _v: None)
    work.close()
    work.query(lambda _p: 1, lambda _v: None)
    assert work.is_idle
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("read")]


def test_what_is_deferred_is_done_once_and_the_work_is_not_idle_before(qtbot, work):
    done = []
    work.defer("count", lambda: done.append("first"))
    work.defer("count", lambda: done.append("second"))
    work.defer("list", lambda: done.append("list"))
    assert not work.is_idle
    assert done == []
    qtbot.waitUntil(lambda: work.is_idle, timeout=2_000)
    assert done == ["second", "list"]


def test_what_is_deferred_can_be_done_at_once(work):
    done = []
    work.defer("count", lambda: done.append(1))
    work.do_deferred()
    assert done == [1]
    assert work.is_idle


def test_nothing_deferred_is_done_after_the_workspace_is_left(qtbot, work):
    done = []
    work.defer("count", lambda: done.append(1))
    work.cancel_reading()
    qtbot.wait(400)
    assert done == []


def test_who_waits_for_an_operation_hears_that_it_was_stopped(qtbot: QtBot, work: Work) -> None:
    gate, heard = threading.Event(), []
    work.operate("first", lambda _p: Outcome(gate.wait(5)))
    job = work.operate(
        "second", lambda _p: Outcome(heard.append("done")), stopped=lambda: heard.append("stopped")
    )
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["stopped"]
