"""Texts that are found by Chinese, by pinyin, by initials, or by the beginning of a code.

All of them stand in one long text, another one holds their pinyin, a third the initials; finding
is a scan of these by the C library. pypinyin is asked once for each distinct run of characters.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_HANZI = re.compile(r"[\u3400-\u9fff]+")
_CANDIDATES = 400  # hits looked at for each way of reading; more are never shown
_END = "\n"


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


class Pinyin:
    """The pinyin of runs of Chinese characters, each asked for once."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def spaced(self, text: str) -> str:
        """Return a text with its Chinese in syllables, all else letter by letter."""
        if text.isascii():
            return text
        return _HANZI.sub(self._run, text)

    def _run(self, match: re.Match[str]) -> str:
        run = match.group()
        kept = self._kept.get(run)
        if kept is None:
            from pypinyin import lazy_pinyin

            kept = f" {' '.join(lazy_pinyin(run, v_to_u=False))} "
            self._kept[run] = kept
        return kept


@dataclass(frozen=True)
class SpokenTexts:
    """Some texts, numbered from 0, in the three ways in which they are looked for."""

    is_code: NDArray[np.bool_]
    plain: _Haystack
    pinyin: _Haystack
    initials: _Haystack

    def find(self, wanted: str) -> list[tuple[int, int]]:
        """Return (quality, number), the best first, the shorter of equal ones before.

        ``wanted`` is in lower case, with single spaces. A text may come more than once. Quality 0
        is the whole text, 1 its beginning, also in pinyin, 2 in initials, 3 to 5 the same inside.
        """
        needle = wanted.encode()
        hits: list[tuple[int, int]] = []
        hits += [(0, n) for n in self.plain.find(needle + b"\n", at_start=True, limit=_CANDIDATES)]
        hits += [(1, n) for n in self.plain.find(needle, at_start=True, limit=_CANDIDATES)]
        inside = self.plain.find(needle, at_start=False, limit=_CANDIDATES)
        if wanted.isascii() and not wanted.isalpha():  # of a code the beginning is meant
            hits += [(3, n) for n in inside if not self.is_code[n]]
        else:
            hits += [(3, n) for n in inside]
        letters = wanted.replace(" ", "").replace("'", "").replace("ü", "v")
        if letters.isascii() and any(map(str.isalpha, letters)):
            spoken = letters.encode()
            for quality, hay in ((1, self.pinyin), (2, self.initials)):
                hits += [(quality, n) for n in hay.find(spoken, at_start=True, limit=_CANDIDATES)]
            for quality, hay in ((4, self.pinyin), (5, self.initials)):
                hits += [(quality, n) for n in hay.find(spoken, at_start=False, limit=_CANDIDATES)]
        return sorted(hits, key=lambda hit: (hit[0], self.length(hit[1])))

    def length(self, number: int) -> int:
        """Return the bytes of a text, its end counted."""
        starts, text = self.plain.starts, self.plain.text
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        return int(end - starts[number])

    def text(self, number: int) -> str:
        """Return a text."""
        start = int(self.plain.starts[number])
        return self.plain.text[start : start + self.length(number) - 1].decode()


def plain_words(text: str) -> str:
    """Return a text as it is kept and looked for: in lower case, with single spaces."""
    return " ".join(text.lower().split())


def spoken_texts(texts: Sequence[str], is_code: Sequence[bool], pinyin: Pinyin) -> SpokenTexts:
    """Return texts (as ``plain_words`` gives them) ready to be found."""
    spoken = _haystack_of_pinyin(map(pinyin.spaced, texts))
    plain = _haystack(text.encode() for text in texts)
    return SpokenTexts(np.array(is_code, bool), plain, spoken, _initials(spoken))


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
