"""Find rows by Chinese text, by pinyin, by initials, or by the beginning of a code.

All names of a table stand in one long text, another one holds their pinyin, a third the initials;
a search is a scan of these by the C library, a few milliseconds for 200,000 names. pypinyin is
asked once for each distinct run of Chinese characters: 200,000 buildings have few of them.
"""

import re
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridmap.base.messages import current_language
from gridmap.base.progress import Progress, quiet
from gridmap.model.catalogue import MAP_ORDER, TABLES
from gridmap.model.changes import Touched
from gridmap.model.schema import Kind, Table
from gridmap.services import texts
from gridmap.store.triggers import quoted
from gridmap.store.workspace import Workspace

_SEARCHED = ("name", "title", "code", "civil_code", "number", "address")
_BESIDE = ("address", "code", "number", "kind", "use", "state")
"""What tells two rows of one name apart, the best first."""
_HANZI = re.compile(r"[\u3400-\u9fff]+")
_CANDIDATES = 400  # hits looked at for each way of reading; more are never shown
_MARKS = 500
_END = "\n"


@dataclass(frozen=True)
class Found:
    """A row that fits: what it is called, and what tells it from others of that name."""

    table: str
    id: str
    label: str
    sublabel: str


@dataclass(frozen=True)
class _Haystack:
    """Texts one after the other; ``starts[n]`` is where text ``n`` begins."""

    text: bytes
    starts: NDArray[np.int64]
    is_start: NDArray[np.bool_] | None = None
    """Where a syllable begins, so that "an" does not find "yang"."""

    def find(self, needle: bytes, *, at_start: bool, limit: int) -> Iterator[int]:
        """Yield the numbers of the texts that hold ``needle`` (or begin with it)."""
        if at_start:
            needle = _END.encode() + needle
        position = self.text.find(needle)
        while position >= 0 and limit:
            begin = position + at_start
            if self.is_start is None or self.is_start[begin]:
                number = int(np.searchsorted(self.starts, begin, side="right")) - 1
                yield number
                limit -= 1
                next_start = self.starts[number + 1] if number + 1 < len(self.starts) else None
                if next_start is None:
                    return
                position = self.text.find(needle, int(next_start) - 1)
            else:
                position = self.text.find(needle, position + 1)


class _Pinyin:
    """The pinyin of runs of Chinese characters, each asked for once."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def spaced(self, text: str) -> str:
        """Return a text with its Chinese in syllables, all else letter by letter."""
        return _HANZI.sub(self._run, text)

    def _run(self, match: re.Match[str]) -> str:
        run = match.group()
        kept = self._kept.get(run)
        if kept is None:
            from pypinyin import lazy_pinyin

            kept = f" {' '.join(lazy_pinyin(run, v_to_u=False))} "
            self._kept[run] = kept
        return kept


@dataclass
class _Part:
    """The searched texts of some rows of one table, distinct ones once."""

    table: Table
    ids: list[str]
    labels: list[str]
    beside: list[str]
    plain: _Haystack
    pinyin: _Haystack
    initials: _Haystack
    text_rows: list[list[int]]
    is_code: NDArray[np.bool_]


@dataclass
class _Kept:
    """What is known of a table: most rows, and those that changed since."""

    base: _Part
    fresh: _Part | None = None
    stale: set[str] = field(default_factory=set)


class SearchIndex:
    """The index of one workspace. ``find`` may run while ``build`` goes on in another thread."""

    def __init__(self, opened: Workspace) -> None:
        self._opened = opened
        self._kept: dict[str, _Kept] = {}
        self._pinyin = _Pinyin()
        self._lock = threading.Lock()

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
            part = self._read(table, None)
            with self._lock:
                self._kept[table.name] = _Kept(part)
        progress(len(ordered), len(ordered), texts.building_search())

    def update(self, touched: Touched) -> None:
        """Read what changed anew."""
        for table in _searched_tables():
            if table.name not in touched or table.name not in self._kept:
                continue
            ids = touched.rows[table.name]
            kept = self._kept[table.name]
            if ids is None or len(kept.stale) > len(kept.base.ids) // 4 + 1000:
                fresh = _Kept(self._read(table, None))
            else:
                stale = kept.stale | ids
                fresh = _Kept(kept.base, self._read(table, sorted(stale)), stale)
            with self._lock:
                self._kept[table.name] = fresh

    def find(self, query: str, limit: int = 20) -> list[Found]:
        """Return the rows that fit best, those with a place first.

        A text that is asked for is found whole, at the beginning of a name, or inside it; Latin
        letters are also read as pinyin or as initials, digits as the beginning of a code.
        """
        wanted = " ".join(query.lower().split())
        if not wanted:
            return []
        with self._lock:
            kept = list(self._kept.values())
        ranked: dict[tuple[str, str], tuple[tuple[int, ...], Found]] = {}
        for each in kept:
            for part, hidden in ((each.base, each.stale), (each.fresh, frozenset[str]())):
                if part is None:
                    continue
                for rank, found in _search(part, wanted, hidden, limit):
                    key = (found.table, found.id)
                    if key not in ranked or rank < ranked[key][0]:
                        ranked[key] = (rank, found)
        ordered = sorted(ranked.values(), key=lambda pair: (pair[0], pair[1].label))
        return [found for _rank, found in ordered[:limit]]

    def _read(self, table: Table, ids: Sequence[str] | None) -> _Part:
        names = [name for name in table.field_names if name in _SEARCHED]
        beside = [name for name in _BESIDE if name in table.field_names and name != table.label]
        asked = dict.fromkeys([*names, *beside])
        columns = ", ".join(map(quoted, ("id", *asked)))
        select = f"SELECT {columns} FROM {quoted(table.name)}"  # noqa: S608
        found: list[tuple[Any, ...]] = []
        with self._opened.reading() as reader:
            if ids is None:
                found = reader.execute(select).fetchall()
            else:
                for start in range(0, len(ids), _MARKS):
                    some = list(ids[start : start + _MARKS])
                    marks = ", ".join("?" * len(some))
                    found += reader.execute(f"{select} WHERE id IN ({marks})", some).fetchall()
        held = dict(zip(("id", *asked), zip(*found, strict=True), strict=True)) if found else {}
        return _make_part(table, names, beside, held, self._pinyin)


def _searched_tables() -> list[Table]:
    return [table for table in TABLES if set(table.field_names) & set(_SEARCHED)]


def _make_part(
    table: Table,
    names: Sequence[str],
    beside: Sequence[str],
    held: Mapping[str, Sequence[Any]],
    pinyin: _Pinyin,
) -> _Part:
    ids = list(held.get("id", ()))
    numbers: dict[tuple[str, bool], int] = {}
    text_rows: list[list[int]] = []
    for name in names:
        is_code = table.get_field(name).kind is Kind.CODE
        for row, value in enumerate(held.get(name, ())):
            if not value:
                continue
            key = (" ".join(str(value).lower().split()), is_code)
            number = numbers.setdefault(key, len(text_rows))
            if number == len(text_rows):
                text_rows.append([])
            text_rows[number].append(row)
    distinct = [text for text, _ in numbers]
    spoken = _haystack_of_pinyin(pinyin.spaced(text) for text in distinct)
    return _Part(
        table,
        ids,
        [str(value or "") for value in held.get(table.label or "", [""] * len(ids))],
        _sublabels(table, beside, held, len(ids)),
        _haystack(text.encode() for text in distinct),
        spoken,
        _initials(spoken),
        text_rows,
        np.array([is_code for _, is_code in numbers], bool),
    )


def _sublabels(
    table: Table, beside: Sequence[str], held: Mapping[str, Sequence[Any]], count: int
) -> list[str]:
    result = [""] * count
    for name in beside:
        choices = table.get_field(name).choices
        is_english = current_language() == "en"
        words = {choice.value: choice.en if is_english else choice.zh for choice in choices}
        for row, value in enumerate(held.get(name, ())):
            if value and not result[row]:
                result[row] = words.get(value, str(value))
    return result


def _haystack(parts: Iterable[bytes]) -> _Haystack:
    end = _END.encode()
    listed = list(parts)
    lengths = np.fromiter((len(part) + 1 for part in listed), np.int64, len(listed))
    starts = np.cumsum(lengths) - lengths + 1  # the first one stands behind an end of line
    return _Haystack(end + b"".join(part + end for part in listed), starts)


def _haystack_of_pinyin(spaced: Iterable[str]) -> _Haystack:
    """Join texts whose syllables stand apart; note where these begin, and close the gaps."""
    end = _END.encode()
    joined = end + b"".join(
        text.encode("ascii", "replace").replace(end, b" ") + end for text in spaced
    )
    letters = np.frombuffer(joined, np.uint8)
    is_space = letters == ord(" ")
    is_end = letters == ord(_END)
    is_letter = (letters >= ord("a")) & (letters <= ord("z"))
    follows_letter = np.concatenate([[False], is_letter[:-1]])
    is_start = ~is_space & ~is_end & ~(is_letter & follows_letter)
    closed = letters[~is_space]
    starts = np.flatnonzero(closed == ord(_END))[:-1] + 1
    return _Haystack(closed.tobytes(), starts, is_start[~is_space])


def _initials(spoken: _Haystack) -> _Haystack:
    letters = np.frombuffer(spoken.text, np.uint8)
    assert_start = spoken.is_start if spoken.is_start is not None else np.ones(len(letters), bool)
    first = letters[assert_start | (letters == ord(_END))]
    starts = np.flatnonzero(first == ord(_END))[:-1] + 1
    return _Haystack(first.tobytes(), starts)


def _search(
    part: _Part, wanted: str, hidden: Collection[str], limit: int
) -> Iterator[tuple[tuple[int, ...], Found]]:
    """Yield (rank, row): whole text, its beginning, inside it, then the same in pinyin."""
    has_place = 0 if part.table.geometry else 1
    order = MAP_ORDER.index(part.table.name) if part.table.name in MAP_ORDER else len(MAP_ORDER)
    seen: set[int] = set()
    given = 0
    for quality, number in _texts(part, wanted):
        if number in seen:
            continue
        seen.add(number)
        length = _length(part.plain, number)
        for row in part.text_rows[number]:
            if part.ids[row] in hidden:
                continue
            label = part.labels[row] or _text(part.plain, number)
            found = Found(part.table.name, part.ids[row], label, part.beside[row])
            yield (quality, has_place, length, order), found
            given += 1
            if given >= limit * 4:
                return


def _texts(part: _Part, wanted: str) -> list[tuple[int, int]]:
    """Return (quality, text number), the best first, the shorter of equal ones before."""
    needle = wanted.encode()
    hits: list[tuple[int, int]] = []
    hits += [(0, n) for n in part.plain.find(needle + b"\n", at_start=True, limit=_CANDIDATES)]
    hits += [(1, n) for n in part.plain.find(needle, at_start=True, limit=_CANDIDATES)]
    inside = part.plain.find(needle, at_start=False, limit=_CANDIDATES)
    if wanted.isascii() and not wanted.isalpha():  # of a code the beginning is meant
        hits += [(3, n) for n in inside if not part.is_code[n]]
    else:
        hits += [(3, n) for n in inside]
    letters = wanted.replace(" ", "").replace("'", "").replace("ü", "v")
    if letters.isascii() and any(map(str.isalpha, letters)):
        spoken = letters.encode()
        for quality, hay in ((1, part.pinyin), (2, part.initials)):
            hits += [(quality, n) for n in hay.find(spoken, at_start=True, limit=_CANDIDATES)]
        for quality, hay in ((4, part.pinyin), (5, part.initials)):
            hits += [(quality, n) for n in hay.find(spoken, at_start=False, limit=_CANDIDATES)]
    return sorted(hits, key=lambda hit: (hit[0], _length(part.plain, hit[1])))


def _length(hay: _Haystack, number: int) -> int:
    end = hay.starts[number + 1] if number + 1 < len(hay.starts) else len(hay.text)
    return int(end - hay.starts[number])


def _text(hay: _Haystack, number: int) -> str:
    start = int(hay.starts[number])
    return hay.text[start : start + _length(hay, number) - 1].decode()
