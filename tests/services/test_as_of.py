"""The days on which something changed, and moments as people say them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.store.helpers import STEP, execute, insert

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.base.messages import Wording
from gridmap.services import as_of
from gridmap.services.as_of import AsOfSource


@pytest.fixture
def at(monkeypatch):
    """Set the clock to a time of this place on so many days after the workspace was made."""
    made = clock.now().astimezone().date()

    def set_clock(days, hour=12):
        moment = datetime.combine(made + timedelta(days=days), datetime.min.time()).astimezone()
        monkeypatch.setattr(clock, "now", lambda: (moment + timedelta(hours=hour)).astimezone(UTC))
        return made + timedelta(days=days)

    return set_clock


def step(workspace, zh, sql):
    with workspace.transaction(Wording(zh, zh)) as tx:
        tx.connection.execute(sql)


def test_days_tell_how_much_changed_and_what_was_intended(workspace, at):
    first = at(3)
    insert(workspace, "document", 5)
    step(workspace, "改标题", "UPDATE document SET title = 'x' WHERE rowid < 3")
    at(3, hour=23.9)
    step(workspace, "改标题", "UPDATE document SET title = 'y' WHERE rowid < 3")
    second = at(4, hour=0.1)
    step(workspace, "删除", "DELETE FROM document WHERE rowid = 1")
    beginning, one, other = as_of.days(workspace).value
    assert beginning.is_beginning
    assert beginning.changes == 0
    assert (one.day, one.changes) == (first, 5 + 2 + 2)
    assert [sentence.zh for sentence in one.sentences] == [str(STEP), "改标题"]
    assert (other.day, other.changes) == (second, 1)
    assert one.moment == as_of.end_of(first)


def test_many_intentions_of_a_day_are_counted(workspace, at):
    at(1)
    insert(workspace, "document", 1)
    for number in range(12):
        step(workspace, f"第 {number} 次", f"UPDATE document SET title = '{number}'")
    day = as_of.days(workspace).value[-1]
    assert len(day.sentences) + day.more == 13
    assert day.more == 5


def test_a_clock_that_was_set_back_brings_no_day_again(workspace, at):
    day = at(2)
    insert(workspace, "document", 1)
    at(-400)
    execute(workspace, "UPDATE document SET title = 'x'")
    days = as_of.days(workspace).value
    assert [one.day for one in days[1:]] == [day]
    assert days[1].changes == 2
    assert as_of.row_as_of(workspace, "document", "nobody", days[1].moment).value is None
    assert len(AsOfSource(workspace, days[1].moment).load("document", ("title",))) == 1


def test_the_end_of_each_day_gives_the_rows_of_that_evening(workspace, at):
    counts = []
    for number in range(1, 5):
        at(number)
        insert(workspace, "document", number)
        counts.append(sum(range(1, number + 1)))
    found = [
        len(AsOfSource(workspace, day.moment).load("document", ()))
        for day in as_of.days(workspace).value
    ]
    assert found == [0, *counts]


def test_what_differs_between_two_days_is_told_in_either_order(workspace, at):
    at(1)
    (first,) = insert(workspace, "document", 1)
    at(2)
    execute(workspace, "UPDATE document SET title = 'x'")
    at(3)
    insert(workspace, "plan", 1)
    made, one, two, three = (day.moment for day in as_of.days(workspace).value)

    def tables(*moments):
        return dict(as_of.changed_between(workspace, *moments).value.rows)

    assert tables(one, two) == tables(two, one) == {"document": frozenset({first})}
    assert tables(one, one) == tables(three, None) == {}
    assert set(tables(None, one)) == {"document", "plan"}
    assert set(tables(made, two)) == {"document"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20", "2026-11-20T23:59:59.999000"),
        ("2026-11-20 14:30", "2026-11-20T14:30:00"),
        ("2026-11-20T14:30:05", "2026-11-20T14:30:05"),
    ],
)
def test_a_day_means_its_end_and_a_time_means_that_time(text, expected):
    moment = as_of.parse_moment(text)
    assert moment.replace(tzinfo=None).isoformat() == expected
    assert moment.tzinfo is not None


@pytest.mark.parametrize(
    "text", ["", "昨天", "2026-13-01", "2026-02-30", "0000-01-01", "9999-12-31"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(RequestError, match="2026-11-20"):
        as_of.parse_moment(text)


def test_a_day_is_said_as_a_day_and_a_time_with_its_time():
    assert as_of.say_moment(as_of.end_of(date(2026, 11, 20))) == "2026-11-20"
    noon = datetime(2026, 11, 20, 12, 5).astimezone()
    assert as_of.say_moment(noon.astimezone(UTC)) == "2026-11-20 12:05"
