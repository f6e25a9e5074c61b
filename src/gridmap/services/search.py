"""Find rows by Chinese text, by pinyin, by initials, or by the beginning of a code.

A search is a scan of the names (see ``spoken``), a few milliseconds for 200,000 of them.
"""

import threading
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.base.messages import current_language
from gridmap.base.progress import Progress, quiet
from gridmap.model.catalogue import MAP_ORDER, TABLES
from gridmap.model.changes import Touched
from gridmap.model.schema import Kind, Table
from gridmap.services import texts
from gridmap.services.spoken import Pinyin, SpokenTexts, plain_words, spoken_texts
from gridmap.store.engine import sqlite
from gridmap.store.triggers import quoted
from gridmap.store.workspace import Workspace

_SEARCHED = ("name", "title", "code", "civil_code", "number", "address")
_BESIDE = ("address", "code", "number", "kind", "use", "state")
"""What tells two rows of one name apart, the best first."""
_MOST_STALE = 2_000  # changed rows beside the index; with more of them it is built anew
_SPARE = 4  # times as many hits as are shown, for some may have changed
_MARKS = 500


@dataclass(frozen=True)
class Found:
    """A row that fits: what it is called, and what tells it from others of that name."""

    table: str
    id: str
    label: str
    sublabel: str


@dataclass(frozen=True)
class _Part:
    """The searched texts of some rows of one table, distinct ones once.

    The rows of text ``n`` are ``rowids[first[n]:first[n + 1]]``. What a row is called is read
    when it is found: a quarter of a million buildings cost 60 MB here, their names not among it.
    """

    table: Table
    rowids: NDArray[np.int64]
    first: NDArray[np.int64]
    texts: SpokenTexts


@dataclass(frozen=True)
class _Kept:
    """What is known of a table: most rows, and those that changed since."""

    base: _Part
    fresh: _Part | None = None
    stale: frozenset[str] = frozenset()


_Rank = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Hit:
    """A row that fits: how well, and where its texts stand."""

    rank: _Rank
    part: _Part
    rowid: int
    text: int
    stale: frozenset[str]


class SearchIndex:
    """The index of one workspace. ``find`` may run while ``build`` goes on in another thread."""

    def __init__(self, opened: Workspace) -> None:
        self._opened = opened
        self._kept: dict[str, _Kept] = {}
        self._pinyin = Pinyin()
        self._lock = threading.Lock()
        self._table_locks = {table.name: threading.Lock() for table in _searched_tables()}
        """Held from reading a table until it is kept, so that no older reading comes last."""
        self.is_begun = False
        """Whether somebody has asked for it to be built."""

    @property
    def is_complete(self) -> bool:
        """Return whether every table has been read."""
        return len(self._kept) == len(_searched_tables())

    def build(self, progress: Progress = quiet) -> None:
        """Read all tables, small ones first; each can be searched as soon as it is read."""
        tables = _searched_tables()
        with self._opened.reading() as reader:
            sizes = {
                table.name: reader.execute(f"SELECT count(*) FROM {quoted(table.name)}").fetchone()  # noqa: S608
                for table in tables
            }
        ordered = sorted(tables, key=lambda table: sizes[table.name])
        for done, table in enumerate(ordered):
            progress(done, len(ordered), texts.building_search())
            with self._table_locks[table.name]:
                self._keep(table, _Kept(self._read(table, None)))
        progress(len(ordered), len(ordered), texts.building_search())

    def update(self, touched: Touched) -> None:
        """Read what changed anew."""
        for table in _searched_tables():
            if table.name not in touched:
                continue
            with self._table_locks[table.name]:
                kept = self._kept.get(table.name)
                if kept is not None:
                    self._keep(table, self._updated(table, kept, touched.rows[table.name]))

    def _updated(self, table: Table, kept: _Kept, ids: frozenset[str] | None) -> _Kept:
        if ids is None or len(kept.stale) > _MOST_STALE:
            return _Kept(self._read(table, None))
        stale = kept.stale | ids
        return _Kept(kept.base, self._read(table, sorted(stale)), stale)

    def _keep(self, table: Table, kept: _Kept) -> None:
        with self._lock:
            self._kept[table.name] = kept

    def find(self, query: str, limit: int = 20) -> list[Found]:
        """Return the rows that fit best, those with a place first.

        A text that is asked for is found whole, at the beginning of a name, or inside it; Latin
        letters are also read as pinyin or as initials, digits as the beginning of a code.
        """
        wanted = plain_words(query)
        if not wanted:
            return []
        with self._lock:
            kept = list(self._kept.values())
        hits: list[_Hit] = []
        for each in kept:
            hits += _search(each.base, wanted, each.stale, limit * _SPARE)
            if each.fresh is not None:
                hits += _search(each.fresh, wanted, frozenset(), limit * _SPARE)
        hits.sort(key=lambda hit: hit.rank)
        with self._opened.reading() as reader:
            return _first_found(reader, hits, limit)

    def _read(self, table: Table, ids: Sequence[str] | None) -> _Part:
        names = [name for name in table.field_names if name in _SEARCHED]
        columns = ", ".join(["rowid", *map(quoted, names)])
        is_official = "plan_id IS NULL" if "plan_id" in table.field_names else "1"
        select = f"SELECT {columns} FROM {quoted(table.name)} WHERE {is_official}"  # noqa: S608
        texts_of = _Texts([table.get_field(name).kind is Kind.CODE for name in names])
        with self._opened.reading() as reader:
            if ids is None:
                texts_of.add(reader.execute(select))
            for start in range(0, len(ids or ()), _MARKS):
                some = list((ids or ())[start : start + _MARKS])
                marks = ", ".join("?" * len(some))
                texts_of.add(reader.execute(f"{select} AND id IN ({marks})", some))
        return texts_of.part(table, self._pinyin)


class _Texts:
    """Collects texts and the rows that have them, distinct texts once."""

    def __init__(self, is_code: Sequence[bool]) -> None:
        self._is_code = is_code
        self._numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
        self._texts: list[str] = []
        self._text_is_code: list[bool] = []
        self._pairs = (array("q"), array("q"))
        """Number of a text, and a row that has it."""

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Take rows as (rowid, value, value …)."""
        text_of, row_of = self._pairs
        for rowid, *values in rows:
            for value, is_code in zip(values, self._is_code, strict=True):
                if not value:
                    continue
                text = plain_words(str(value))
                number = self._numbers[is_code].setdefault(text, len(self._texts))
                if number == len(self._texts):
                    self._texts.append(text)
                    self._text_is_code.append(is_code)
                text_of.append(number)
                row_of.append(rowid)

    def part(self, table: Table, pinyin: Pinyin) -> _Part:
        """Return what was collected, ready to be searched."""
        text_of, row_of = (np.array(column, np.int64) for column in self._pairs)
        order = np.argsort(text_of, kind="stable")
        counts = np.bincount(text_of, minlength=len(self._texts)).astype(np.int64)
        first = np.zeros(len(self._texts) + 1, np.int64)
        np.cumsum(counts, out=first[1:])
        return _Part(
            table, row_of[order], first, spoken_texts(self._texts, self._text_is_code, pinyin)
        )


def _searched_tables() -> list[Table]:
    return [table for table in TABLES if set(table.field_names) & set(_SEARCHED)]


def _first_found(reader: sqlite.Connection, hits: Sequence[_Hit], limit: int) -> list[Found]:
    """Read what the best hits are called; rows that are gone or have changed are left out."""
    found: dict[tuple[str, str], Found] = {}
    for hit in hits:
        row = _describe(reader, hit)
        if row is not None:
            found.setdefault((row.table, row.id), row)
        if len(found) >= limit:
            break
    return list(found.values())


def _describe(reader: sqlite.Connection, hit: _Hit) -> Found | None:
    table = hit.part.table
    label = table.label or "id"
    beside = [name for name in _BESIDE if name in table.field_names and name != table.label]
    columns = ", ".join(map(quoted, ("id", label, *beside)))
    select = f"SELECT {columns} FROM {quoted(table.name)} WHERE rowid = ?"  # noqa: S608
    row = reader.execute(select, (hit.rowid,)).fetchone()
    if row is None or row[0] in hit.stale:
        return None
    sublabel = next((_word(table, n, v) for n, v in zip(beside, row[2:], strict=True) if v), "")
    return Found(table.name, row[0], str(row[1] or hit.part.texts.text(hit.text)), sublabel)


def _word(table: Table, name: str, value: object) -> str:
    for choice in table.get_field(name).choices:
        if choice.value == value:
            return choice.en if current_language() == "en" else choice.zh
    return str(value)


def _search(part: _Part, wanted: str, stale: frozenset[str], limit: int) -> list[_Hit]:
    """Return the best hits: whole text, its beginning, inside it, then the same in pinyin."""
    has_place = 0 if part.table.geometry else 1
    order = MAP_ORDER.index(part.table.name) if part.table.name in MAP_ORDER else len(MAP_ORDER)
    seen: set[int] = set()
    hits: list[_Hit] = []
    for quality, number in part.texts.find(wanted):
        if number in seen:
            continue
        seen.add(number)
        rank = (quality, has_place, part.texts.length(number), order)
        rowids = part.rowids[part.first[number] : part.first[number + 1]]
        hits += [_Hit(rank, part, rowid, number, stale) for rowid in rowids[:limit].tolist()]
        if len(hits) >= limit:
            break
    return hits
