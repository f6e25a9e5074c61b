"""Ids rise and are valid, times sort, progress adds up."""

import threading
import time
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest

from gridmap.base import clock
from gridmap.base.progress import Cancelled, quiet, share, stoppable
from gridmap.store import texts

WHAT = texts.indexing()
BEIJING_TIME = timezone(timedelta(hours=8))


def test_ids_are_valid_uuids_of_version_7():
    before = time.time_ns() // 1_000_000
    ids = [clock.new_id() for _ in range(100)] + clock.new_ids(100)
    after = time.time_ns() // 1_000_000
    for id_ in ids:
        parsed = uuid.UUID(id_)
        assert str(parsed) == id_
        assert parsed.version == 7
        assert parsed.variant == uuid.RFC_4122
        assert before <= parsed.int >> 80 <= after + 1  # 200 ids may borrow from the next moment


def test_ids_rise_within_a_process():
    ids = [*clock.new_ids(5000), clock.new_id(), *clock.new_ids(5000), clock.new_id()]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


def test_ids_rise_when_the_clock_is_set_back(monkeypatch):
    first = clock.new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert clock.new_id() > first


def test_ids_of_several_threads_differ():
    taken = []
    threads = [threading.Thread(target=lambda: taken.append(clock.new_ids(2000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id_ for ids in taken for id_ in ids}) == 8000


def test_no_ids_are_none():
    assert clock.new_ids(0) == []


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 24, 8, 30, 0, 123_999, UTC), "2026-11-24T08:30:00.123Z"),
        (
            datetime(2026, 1, 1, 7, 0, tzinfo=timezone(timedelta(hours=8))),
            "2025-12-31T23:00:00.000Z",
        ),
    ],
)
def test_a_moment_is_written_in_universal_time(moment, text):
    assert clock.timestamp(moment) == text


def test_now_sorts_as_text():
    assert clock.timestamp() <= clock.timestamp()
    assert clock.now().tzinfo is UTC


def recorded():
    calls = []
    return calls, lambda done, total, what: calls.append((done / total, what))


def test_a_share_fills_its_part():
    calls, progress = recorded()
    part = share(progress, 0.2, 0.6)
    for done in (0, 1, 2, 4):
        part(done, 4, WHAT)
    assert [round(at, 3) for at, _ in calls] == [0.2, 0.3, 0.4, 0.6]
    assert all(what == WHAT for _, what in calls)


def test_a_share_of_a_share_fills_a_part_of_the_part():
    calls, progress = recorded()
    inner = share(share(progress, 0.5, 1.0), 0.5, 1.0)
    inner(0, 10, WHAT)
    inner(10, 10, WHAT)
    assert [at for at, _ in calls] == [0.75, 1.0]


def test_work_of_no_parts_is_done():
    calls, progress = recorded()
    share(progress, 0.0, 0.5)(0, 0, WHAT)
    assert calls[0][0] == 0.5


def test_stoppable_work_stops_when_it_is_told():
    calls, progress = recorded()
    stop = threading.Event()
    checked = stoppable(progress, stop.is_set)
    checked(1, 2, WHAT)
    stop.set()
    with pytest.raises(Cancelled):
        checked(2, 2, WHAT)
    assert len(calls) == 1
    quiet(1, 2, WHAT)
