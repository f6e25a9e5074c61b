"""Codes of cells: the schemes of the standards, numbers that go on and never come back.

A code is the code of the community (12 digits: 6 county, 3 subdistrict, 3 community), in one
scheme after the code of an object class, and a sequence within the community.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from gridmap.base.errors import RequestError
from gridmap.model import code_texts as texts

COMMUNITY_DIGITS = 12
_DIGITS = "0123456789"
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PROVISIONAL = "新"
_LONGEST = 9
"""More digits than this are no number that a draft gave."""


@dataclass(frozen=True)
class Scheme:
    """How codes are made: what stands before the community's code, and how the sequence runs."""

    id: str
    zh: str
    en: str
    class_digits: int
    sequence_length: int
    has_letters: bool = False

    @property
    def length(self) -> int:
        """Return the number of characters of a code."""
        return self.class_digits + COMMUNITY_DIGITS + self.sequence_length

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(f"[0-9A-Z]{{{self.length}}}" if self.has_letters else self._digits)

    @property
    def _digits(self) -> str:
        return f"[0-9]{{{self.length}}}"

    def fits(self, code: str) -> bool:
        """Return whether a code looks like one of this scheme."""
        return self._pattern.fullmatch(code) is not None

    @property
    def last(self) -> str:
        """Return the last sequence of a community."""
        return (_ALPHABET[-1] if self.has_letters else "9") * self.sequence_length

    def sequence_of(self, number: int) -> str | None:
        """Return the n-th sequence, counted from 1; None where there is none that high.

        Where letters are allowed they follow the digits: 999, A00, A01 … ZZZ.
        """
        most = 10**self.sequence_length - 1
        if number <= most:
            return f"{number:0{self.sequence_length}d}"
        if not self.has_letters:
            return None
        value = number - most - 1 + 10 * 36 ** (self.sequence_length - 1)
        if value >= 36**self.sequence_length:
            return None
        digits = ""
        for _ in range(self.sequence_length):
            value, digit = divmod(value, 36)
            digits = _ALPHABET[digit] + digits
        return digits

    def number_of(self, sequence: str) -> int:
        """Return which one a sequence is; 0 for what is none."""
        if len(sequence) != self.sequence_length or not set(sequence) <= set(_ALPHABET):
            return 0
        if set(sequence) <= set(_DIGITS):
            return int(sequence)
        first = 10 * 36 ** (self.sequence_length - 1)
        number = int(sequence, 36) - first + 10**self.sequence_length
        return number if self.has_letters and sequence[0] not in _DIGITS else 0


BEIJING = Scheme("DB11-15", "北京 15 位（6+3+3+3）", "Beijing, 15 digits (6+3+3+3)", 0, 3)
NATIONAL = Scheme(
    "GBT47678-15", "国标 15 位（数字和字母）", "National, 15 digits and letters", 0, 3, True
)
LEGACY_14 = Scheme("CJT213-14", "旧标准 14 位（6+3+3+2）", "Former, 14 digits (6+3+3+2)", 0, 2)
PROFESSIONAL = Scheme(
    "CJT349-20", "专业网格 20 位（6+6+3+3+2）", "Professional grid, 20 digits (6+6+3+3+2)", 6, 2
)
SCHEMES: dict[str, Scheme] = {
    scheme.id: scheme for scheme in (BEIJING, NATIONAL, LEGACY_14, PROFESSIONAL)
}
LEGACY = "legacy"
"""The mark of a code that no scheme explains; it is kept as it is."""


def scheme_of(code: str) -> str:
    """Return the id of the scheme that a code looks like, or ``LEGACY``."""
    return next((scheme.id for scheme in SCHEMES.values() if scheme.fits(code)), LEGACY)


def mark_of(code: str | None) -> str | None:
    """Return what stands in a cell's ``code_scheme``; None where there is no code to explain."""
    return None if not code or is_provisional(code) else scheme_of(code)


def prefix_of(scheme: Scheme, community_code: str | None, class_code: str = "") -> str:
    """Return what all codes of a community begin with.

    Raises:
        RequestError: the community has no code of 12 digits.
    """
    given = community_code or ""
    if not re.fullmatch(f"[0-9]{{{COMMUNITY_DIGITS}}}", given):
        raise RequestError(texts.wrong_community_code(code=given or "-"))
    return class_code[: scheme.class_digits].rjust(scheme.class_digits, "0") + given


def next_codes(scheme: Scheme, prefix: str, used: Iterable[str], count: int) -> list[str]:
    """Return new codes, after the highest that was ever used; those of retired cells count.

    Raises:
        RequestError: the sequence is full.
    """
    highest = max((_number(scheme, prefix, code) for code in used), default=0)
    found = []
    for number in range(highest + 1, highest + count + 1):
        sequence = scheme.sequence_of(number)
        if sequence is None:
            community = prefix[scheme.class_digits :]
            said = texts.sequence_full(community=community, scheme=scheme.id, last=scheme.last)
            raise RequestError(said)
        found.append(prefix + sequence)
    return found


def _number(scheme: Scheme, prefix: str, code: str) -> int:
    if len(code) != scheme.length or not code.startswith(prefix):
        return 0
    return scheme.number_of(code[len(prefix) :])


def short(code: str | None) -> str:
    """Return a code as people say it within a community: its last three characters.

    Codes of two digits in a row are said with both; what no scheme explains is said whole.
    """
    if not code:
        return "?"
    scheme = SCHEMES.get(scheme_of(code))
    return code if scheme is None else code[-scheme.sequence_length :]


# --- drafts -------------------------------------------------------------------------------------


def provisional(number: int) -> str:
    """Return what a new cell of a draft is called: it gets its code when the draft is in force."""
    return f"{_PROVISIONAL}{number}"


def is_provisional(code: str) -> bool:
    """Return whether a code is only a name within a draft."""
    digits = code.removeprefix(_PROVISIONAL)
    is_number = digits.isascii() and digits.isdecimal()
    return code.startswith(_PROVISIONAL) and is_number and len(digits) <= _LONGEST


def next_provisional(used: Iterable[str], count: int) -> list[str]:
    """Return new names for cells of a draft."""
    highest = max((int(code[1:]) for code in used if is_provisional(code)), default=0)
    return [provisional(number) for number in range(highest + 1, highest + count + 1)]


PROVISIONAL_RANGE = (_PROVISIONAL, _PROVISIONAL + chr(0x10FFFF))
"""All provisional codes lie between these two texts."""


# --- order --------------------------------------------------------------------------------------


def reading_order(places: Sequence[tuple[float, float]], band_m: float) -> list[int]:
    """Return the positions of places as one reads: west to east in bands from north to south.

    Args:
        places: (east, north) of each, in metres.
        band_m: how far south of its northernmost place a band goes.
    """
    from_north = sorted(range(len(places)), key=lambda at: (-places[at][1], places[at][0]))
    order: list[int] = []
    band: list[int] = []
    for at in from_north:
        if band and places[band[0]][1] - places[at][1] > band_m:
            order += sorted(band, key=lambda one: places[one])
            band = []
        band.append(at)
    return order + sorted(band, key=lambda one: places[one])
