"""What the command palette offers and in which order; plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from gridmap.services.spoken import Pinyin, SpokenTexts, plain_words, spoken_texts

Kind = Literal["command", "layer", "bookmark", "place", "coordinates"]
_INSIDE = 3
"""From this quality on a text is found inside of a word, no longer at its beginning."""
_MOST_LATELY = 30


@dataclass(frozen=True)
class Entry:
    """One line of the palette.

    ``target`` names what is run or gone to; ``others`` are further words by which it is found;
    ``why_not`` says why it cannot be done now, and is empty where it can.
    """

    kind: Kind
    target: str
    text: str
    beside: str = ""
    icon: str = ""
    others: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def key(self) -> str:
        """Return what the entry is remembered by."""
        return f"{self.kind}:{self.target}"


class Matcher:
    """Finds entries by Chinese, pinyin, initials and English, the best first.

    Building asks for the pinyin of each new word; ``pinyin`` keeps it from one time to the next.
    """

    def __init__(self, entries: Iterable[Entry], pinyin: Pinyin) -> None:
        self._entries = tuple(entries)
        words = [
            (plain_words(text), number)
            for number, entry in enumerate(self._entries)
            for text in (entry.text, *entry.others)
            if text.strip()
        ]
        self._owners = [number for _, number in words]
        texts = [text for text, _ in words]
        self._texts: SpokenTexts = spoken_texts(texts, [False] * len(texts), pinyin)

    def find(self, query: str, lately: Sequence[str] = ()) -> list[Entry]:
        """Return what fits: whole words first, then beginnings, what was used lately before all.

        Several words may each fit another word of an entry. Without a query what was used lately
        comes first, then everything else in its order.
        """
        rank_of = {key: rank for rank, key in enumerate(lately[:_MOST_LATELY])}
        wanted = plain_words(query)
        found = self._qualities(wanted) if wanted else dict.fromkeys(range(len(self._entries)), 0)
        parts = wanted.split(" ")
        if len(parts) > 1:
            for number, quality in self._together(parts).items():
                found[number] = min(found.get(number, quality), quality)

        def order(number: int) -> tuple[bool, bool, bool, int, int, int]:
            entry, quality = self._entries[number], found[number]
            rank = rank_of.get(entry.key, _MOST_LATELY)
            return quality > 0, quality >= _INSIDE, bool(entry.why_not), rank, quality, number

        return [self._entries[number] for number in sorted(found, key=order)]

    def _qualities(self, wanted: str) -> dict[int, int]:
        """Return the best quality at which each entry fits, by its number."""
        best: dict[int, int] = {}
        for quality, text in self._texts.find(wanted):
            owner = self._owners[text]
            best[owner] = min(best.get(owner, quality), quality)
        return best

    def _together(self, parts: Sequence[str]) -> dict[int, int]:
        """Return the entries that every part fits, as well as its worst part does."""
        each = [self._qualities(part) for part in parts]
        common = set(each[0]).intersection(*each[1:])
        return {number: max(found[number] for found in each) for number in common}


def noted(lately: Sequence[str], key: str) -> tuple[str, ...]:
    """Return what was used lately with one more use."""
    return (key, *(each for each in lately if each != key))[:_MOST_LATELY]
