"""The workspace as it was on a day: its map, its rows, and the days on which something changed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

import shapely

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.base.messages import Wording
from gridmap.geo.layers import LayerRows
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Outcome, Touched, TransactionRecord
from gridmap.services import texts
from gridmap.services.layers import Extent, RowDetails, measures
from gridmap.store import as_of, journal, rows
from gridmap.store.engine import sqlite
from gridmap.store.workspace import Workspace

_MOST_SENTENCES = 8


@dataclass(frozen=True)
class Day:
    """A day on which something changed; ``moment`` is its end, in the time of this place.

    The first one is the making of the workspace itself: its moment is right after that, and what
    it filled in does not count as changes.
    """

    day: date
    moment: datetime
    changes: int
    sentences: tuple[Wording, ...]
    """What was intended, each once, the oldest first; only the first few."""
    more: int = 0
    """How many further intentions there were."""
    is_beginning: bool = False


def end_of(day: date) -> datetime:
    """Return the last moment of a day, in the time of this place."""
    next_day = datetime.combine(day + timedelta(days=1), time()).astimezone()
    return next_day - timedelta(milliseconds=1)


def parse_moment(text: str) -> datetime:
    """Return the end of a day written ``2026-11-20``, or the moment ``2026-11-20 14:30``.

    Raises:
        RequestError: it is neither.
    """
    try:
        if len(text) == len("2026-11-20"):
            return end_of(date.fromisoformat(text))
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        raise RequestError(texts.wrong_moment(moment=text)) from None


def say_moment(moment: datetime) -> str:
    """Return a moment as people say it: the day, with the time where it is not the day's end."""
    local = moment.astimezone()
    if local >= end_of(local.date()):
        return local.date().isoformat()
    return local.strftime("%Y-%m-%d %H:%M")


def days(opened: Workspace) -> Outcome[tuple[Day, ...]]:
    """Return the days on which something changed, the making of the workspace first."""
    with opened.reading() as reader:
        done = as_of.transactions(reader)
        beginning = as_of.find_beginning(reader)
    found: list[Day] = []
    if beginning is not None:
        made_at = _moment(beginning.at)
        said = (beginning.intention,)
        found.append(Day(made_at.astimezone().date(), made_at, 0, said, is_beginning=True))
        done = [one for one in done if one[0].seq > beginning.seq]
    days_of = groupby(_dated(done), key=lambda one: one[0])
    return Outcome((*found, *(_day(day, [rest for _, rest in some]) for day, some in days_of)))


def _dated(
    done: Iterable[tuple[TransactionRecord, int]],
) -> Iterable[tuple[date, tuple[TransactionRecord, int]]]:
    """Put each transaction on its day; a clock that was set back does not bring a day again."""
    reached = date.min
    for record, changes in done:
        reached = max(reached, _moment(record.at).astimezone().date())
        yield reached, (record, changes)


def _day(day: date, done: Sequence[tuple[TransactionRecord, int]]) -> Day:
    said = list(dict.fromkeys(record.intention for record, _ in done))
    return Day(
        day,
        end_of(day),
        sum(changes for _, changes in done),
        tuple(said[:_MOST_SENTENCES]),
        max(len(said) - _MOST_SENTENCES, 0),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def changed_between(
    opened: Workspace, one: datetime | None, other: datetime | None
) -> Outcome[Touched]:
    """Return which rows may differ between two moments, in either order; None is the present.

    Raises:
        RequestError: the workspace was not made yet.
    """
    with opened.reading() as reader:
        latest = journal.recent(reader, 1)[0].seq
        seqs = [
            latest if moment is None else as_of.seq_at(reader, clock.timestamp(moment))
            for moment in (one, other)
        ]
        return Outcome(journal.touched_between(reader, min(seqs), max(seqs)))


def row_as_of(
    opened: Workspace, table: str, row_id: str, moment: datetime
) -> Outcome[RowDetails | None]:
    """Return a row in full as it was at a moment; None where it was not there.

    Raises:
        RequestError: there is no such table, or the workspace was not made yet.
    """
    return Outcome(AsOfSource(opened, moment).find_row(table, row_id))


class AsOfSource:
    """The rows of a workspace at one moment; blocking, so it is called in worker threads.

    Of the cells only those that were of a division then are there (see ``LayerSource``). Every
    method raises a ``RequestError`` where the workspace was not made yet.
    """

    def __init__(self, opened: Workspace, moment: datetime, division: str | None = None) -> None:
        self.moment = moment
        self.division = division
        self._opened = opened

    def load(self, table: str, fields: tuple[str, ...]) -> LayerRows:
        """Return every row of ``table`` with the columns ``fields``."""
        with self._opened.reading() as reader, as_of.one_moment(reader):
            return as_of.read_layer(
                reader, table, fields, self._seq(reader), division=self.division
            )

    def load_rows(self, table: str, fields: tuple[str, ...], ids: Collection[str]) -> LayerRows:
        """Return some rows of ``table``; those that were not there are left out."""
        with self._opened.reading() as reader, as_of.one_moment(reader):
            return as_of.read_layer(
                reader, table, fields, self._seq(reader), sorted(ids), self.division
            )

    def load_boxes(self, table: str, fields: tuple[str, ...]) -> LayerRows:
        """Return boxes instead of shapes where that is faster."""
        with self._opened.reading() as reader, as_of.one_moment(reader):
            return as_of.read_boxes(reader, table, fields, self._seq(reader), self.division)

    def find_row(self, table: str, row_id: str) -> RowDetails | None:
        """Return one row in full, None where it was not there."""
        described = rows.get_table(table)
        with self._opened.reading() as reader, as_of.one_moment(reader):
            values = self._read(reader, table, [row_id])[row_id]
            if values is None:
                return None
            labels: dict[str, str] = {}
            for field in described.fields:
                held = values.get(field.name)
                if field.refers_to and held is not None:
                    labels[field.name] = self._label(reader, field.refers_to, held) or str(held)
            geom = values.pop("geom", None)
            shape = rows.decode(reader, [geom])[0]
        extra = values.pop("extra", None)
        return RowDetails(table, row_id, values, labels, extra, *measures(shape))

    def label_of(self, table: str, row_id: str) -> str:
        """Return what a row was called."""
        with self._opened.reading() as reader, as_of.one_moment(reader):
            return self._label(reader, table, row_id)

    def extent_of(self, table: str, ids: Sequence[str]) -> Extent | None:
        """Return the box around some rows, None where none of them had a place."""
        if rows.get_table(table).geometry is None or not ids:
            return None
        with self._opened.reading() as reader, as_of.one_moment(reader):
            found = self._read(reader, table, ids).values()
            blobs = [row["geom"] for row in found if row is not None and row["geom"] is not None]
            shapes = rows.decode(reader, blobs)
        if not len(shapes):
            return None
        xmin, ymin, xmax, ymax = shapely.total_bounds(shapes).tolist()
        return xmin, ymin, xmax, ymax

    def _seq(self, reader: sqlite.Connection) -> int:
        return as_of.seq_at(reader, clock.timestamp(self.moment))

    def _read(
        self, reader: sqlite.Connection, table: str, ids: Sequence[str]
    ) -> dict[str, dict[str, Any] | None]:
        return as_of.read_rows(reader, table, ids, self._seq(reader))

    def _label(self, reader: sqlite.Connection, table: str, row_id: str) -> str:
        label = TABLE_BY_NAME[table].label
        values = self._read(reader, table, [row_id])[row_id]
        return str((values or {}).get(label or "") or "")
