"""Which encoding a text really has: trial decoding first, what the file claims second."""

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from gridmap.base.errors import InputError, Place, RequestError
from gridmap.base.messages import Text
from gridmap.exchange import texts

UTF8 = "UTF-8"
GB18030 = "GB18030"
BIG5 = "Big5"
_LATIN = ("ISO8859-1", "CP1252", "CP437", "CP850")
_COMMON_GB = re.compile(rb"[\xb0-\xd7\xa1\xa3][\xa1-\xfe]")  # the 3,755 commonest Han, and marks
_COMMON_BIG5 = re.compile(rb"[\xa1\xa4-\xc6][\x40-\x7e\xa1-\xfe]")
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_CONFIDENT = 0.6  # Chinese text has 95 % common characters, other text read as Chinese below 40 %
_DAMAGED_SHARE = 0.02
_LINE_LIMIT = 4000
_CUT_FROM = 10  # bytes: the shortest field that was seen to cut a character is a DBF's name

_CODE_PAGES = {
    "65001": UTF8,
    "936": GB18030,
    "54936": GB18030,
    "950": BIG5,
    "949": "CP949",
    "932": "CP932",
    "1252": "CP1252",
    "28591": "ISO8859-1",
    "88591": "ISO8859-1",
    "437": "CP437",
    "850": "CP850",
}
LANGUAGE_DRIVERS = {
    0x01: "CP437",
    0x02: "CP850",
    0x03: "CP1252",
    0x4D: GB18030,
    0x4E: "CP949",
    0x4F: BIG5,
    0x7A: GB18030,
    0x78: BIG5,
    0x79: "CP949",
    0x7B: "CP932",
}
"""The DBF header's byte 29 (LDID) to an encoding."""


@dataclass(frozen=True)
class Decision:
    """The encoding to read with, whether a few values will stay damaged, what to tell."""

    encoding: str
    notes: tuple[Text, ...] = ()


def get_encoding(name: str) -> str:
    """Return our name of an encoding that the user or a .cpg names; GBK is read as GB18030.

    Raises:
        RequestError: there is no such encoding.
    """
    found = find_encoding(name)
    if found is None:
        raise RequestError(texts.unknown_encoding(name=name))
    return found


def find_encoding(name: str) -> str | None:
    """Return our name of an encoding, or None where the name means nothing."""
    plain = name.strip().strip("\ufeff").upper()
    digits = re.sub(r"\D", "", plain)
    if digits in _CODE_PAGES and not plain.startswith("UTF"):
        return _CODE_PAGES[digits]
    try:
        standard = codecs.lookup(plain).name
    except (LookupError, ValueError):
        return None
    if standard in ("gbk", "gb2312", "gb18030", "cp936", "hz"):
        return GB18030
    if standard in ("utf-8", "utf-8-sig"):
        return UTF8
    return BIG5 if standard in ("big5", "cp950") else standard.upper()


def decide(path: Path, lines: Iterable[bytes], *, claim: str | None, given: str | None) -> Decision:
    """Decide how to read ``lines`` (values or lines of a file, none cut but at its end).

    Args:
        path: the file, for the sentences.
        lines: byte strings; only those that are not ASCII tell anything.
        claim: what the file says of itself (.cpg, LDID), in our name, or None.
        given: what the user says, in our name; taken where it decodes.

    Raises:
        InputError: ``given`` does not decode the text, or nothing does.
    """
    telling = [line for line in dict.fromkeys(lines) if not line.isascii()][:_LINE_LIMIT]
    if given is not None:
        if _damaged(telling, given) > len(telling) * _DAMAGED_SHARE:
            other = _found_by_trial(telling, claim)
            sentence = (
                texts.given_encoding_wrong(file=path.name, given=given)
                if other is None
                else texts.given_encoding_wrong_but(file=path.name, given=given, found=other)
            )
            raise InputError(sentence, place=Place(file=path))
        return Decision(given)
    if not telling:
        return Decision(claim or UTF8)
    found = _found_by_trial(telling, claim)
    if found is None:
        raise InputError(_no_encoding(path, telling), place=Place(file=path))
    if claim is None:
        note = texts.encoding_found(encoding=found)
    elif claim != found:
        note = texts.encoding_claim_wrong(claim=claim, encoding=found)
    else:
        return Decision(found)
    return Decision(found, (note,))


def decode_value(value: bytes, encoding: str) -> str:
    """Return one value as text: a character cut at its end is dropped, damage shown as �."""
    try:
        return value.decode(encoding)
    except UnicodeDecodeError as error:
        if _is_cut(error):
            return value[: error.start].decode(encoding, "replace")
        return value.decode(encoding, "replace")


def _found_by_trial(telling: Sequence[bytes], claim: str | None) -> str | None:
    """Return the encoding that decodes the lines and makes sense, or None."""
    if not _damaged(telling, UTF8):
        return UTF8
    sound = b"\n".join(telling)
    if claim is not None and claim not in (UTF8, GB18030, *_LATIN) and not _damaged(telling, claim):
        return claim
    decodes_gb = not _damaged(telling, GB18030)
    if decodes_gb and _share(_COMMON_GB, sound) >= _CONFIDENT:
        return GB18030
    if not _damaged(telling, BIG5) and _share(_COMMON_BIG5, sound) >= _CONFIDENT:
        return BIG5
    if claim in _LATIN:
        return claim
    if decodes_gb:
        return GB18030
    # A few damaged values must not make a whole file unreadable.
    for encoding in (UTF8, GB18030):
        if _damaged(telling, encoding) <= len(telling) * _DAMAGED_SHARE:
            return encoding
    return None


def _share(common: re.Pattern[bytes], text: bytes) -> float:
    """Return which share of the two-byte characters is common in the language."""
    pairs = _PAIR.findall(text)
    return sum(1 for pair in pairs if common.fullmatch(pair)) / len(pairs) if pairs else 0.0


def _damaged(lines: Sequence[bytes], encoding: str) -> int:
    """Return how many lines do not decode; one that is only cut at its end does."""
    try:
        b"\n".join(lines).decode(encoding)
    except UnicodeDecodeError:
        return sum(_is_damaged(line, encoding) for line in lines)
    return 0


def _is_damaged(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError as error:
        return not _is_cut(error)
    return False


def _is_cut(error: UnicodeDecodeError) -> bool:
    """Return whether the text ends inside a character, as in a field that was too short."""
    length = len(error.object)
    return error.end == length >= _CUT_FROM and length - error.start < 4


def _no_encoding(path: Path, telling: Sequence[bytes]) -> Text:
    guess = from_bytes(b"\n".join(telling)[:100_000]).best()
    if guess is None:
        return texts.no_encoding(file=path.name)
    return texts.no_encoding_but(file=path.name, guess=guess.encoding)
