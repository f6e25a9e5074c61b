"""How people write numbers, dates and codes in ledgers: one value in, one plain value out.

Each function returns the plain value, or a ``Lost`` where the value cannot be taken.
"""

import datetime
import math
import re
import unicodedata
from enum import Enum
from typing import Any

from gridmap.base import clock


class Lost(Enum):
    """Why a value is not taken."""

    UNREADABLE = 1
    DIGITS = 2
    """It is a code of which Excel cut digits off."""


_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d+)")
_WHOLE_AS_REAL = re.compile(r"(\d+)\.0+")
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_NUMBER = re.compile(r"([一二三四五六七八九两])?(十)?([一二三四五六七八九])?")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?号?(?:[T\s]+(.*))?")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?份?")
_YEAR = re.compile(r"(\d{4})\s*年?(?:代|前|后|以前|以后)?")
_TIME = re.compile(
    r"(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(\.\d+)?)?)?\s*秒?\s*(.*)"
)
_ZONE = re.compile(r"[+-]\d{2}:?\d{2}|Z")
_EXCEL_START = datetime.date(1899, 12, 30)
_EXCEL_DAYS = (18_264, 73_050)  # 1950 to 2099 as Excel counts days
_YEARS = (1840, 2200)
_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_YES = {"是", "有", "1", "true", "yes", "y", "t", "√", "对", "on"}
_NO = {"否", "无", "0", "false", "no", "n", "f", "×", "不是", "没有", "off"}
_EXACT_FLOAT = 2.0**53
_INT64_LIMIT = 2**63


def to_text(value: Any) -> str | Lost | None:
    """Return any value as text, ``6.0`` as ``6``."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT_FLOAT else repr(value)
    return str(value)


def to_code(value: Any) -> str | Lost | None:
    """Return a code as text: leading zeros stay, ``110105006.0`` loses its ``.0``."""
    if isinstance(value, float):
        is_exact = value.is_integer() and abs(value) < 1e15  # Excel's 15 digits
        return to_text(value) if is_exact or abs(value) < 1e6 else Lost.DIGITS
    if not isinstance(value, str):
        return to_text(value)
    if value.isascii() and value.isalnum():
        return value
    text = _plain(value)
    whole = _WHOLE_AS_REAL.fullmatch(text)
    if whole is not None:
        return whole[1]
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific is None:
        return text or None
    digits, exponent = scientific[1] + (scientific[2] or ""), int(scientific[3])
    return digits if len(digits) == exponent + 1 else Lost.DIGITS


def to_integer(value: Any) -> int | Lost | None:
    """Return the one whole number that a value is or contains: ``6层``, ``约 200 户``, ``六层``."""
    number = to_number(value)
    if isinstance(number, float):
        if not number.is_integer() or abs(number) >= _EXACT_FLOAT:
            return Lost.UNREADABLE
        return int(number)
    return number


def to_real(value: Any) -> float | Lost | None:
    """Return the one number that a value is or contains (``高 26``, ``67.2m``)."""
    number = to_number(value)
    return float(number) if isinstance(number, int) else number


def to_number(value: Any) -> int | float | Lost | None:
    """Return the one number that a value is or contains."""
    if isinstance(value, (bool, int)):
        return int(value) if abs(value) < _INT64_LIMIT else Lost.UNREADABLE
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    text = _plain(value)
    try:
        return int(text) if len(text) < 19 else Lost.UNREADABLE  # int64's digits
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return _contained_number(text)
    return number if math.isfinite(number) else Lost.UNREADABLE


def to_year(value: Any) -> int | Lost | None:
    """Return a year, also out of a date (``2003年5月``, ``20100326``, ``1980年代``)."""
    number = to_number(value)
    if number == 0:  # a DBF has no other way to say that nothing is known
        return None
    if isinstance(number, (int, float)) and _YEARS[0] <= number <= _YEARS[1]:
        return to_integer(number)
    day, _ = to_date(value)
    return int(day[:4]) if isinstance(day, str) else day


def to_yes_no(value: Any) -> int | Lost | None:
    """Return 1 for yes, 0 for no."""
    text = (to_text(value) or "") if not isinstance(value, str) else value
    plain = _plain(str(text)).casefold()
    if plain in _YES:
        return 1
    return 0 if plain in _NO else Lost.UNREADABLE


def to_date(value: Any) -> tuple[str | Lost | None, bool]:
    """Return an ISO date, and whether its day had to be added (``2020年3月`` is the 1st)."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not math.isfinite(value) or value != int(value):
            return (_excel_day(value), False) if math.isfinite(value) else (None, False)
        if _EXCEL_DAYS[0] <= value <= _EXCEL_DAYS[1]:
            return _excel_day(value), False
        value = str(int(value))
    text = _plain(str(value))
    if not text.strip("0-/"):
        return None, False
    if len(text) == 8 and text.isdigit():  # YYYYMMDD
        return _iso(text[:4], text[4:6], text[6:]), False
    day = _DAY.fullmatch(text)
    if day is not None:
        return _iso(day[1], day[2], day[3]), False
    month = _MONTH.fullmatch(text)
    if month is not None:
        return _iso(month[1], month[2], "1"), True
    year = _YEAR.fullmatch(text)
    if year is not None and _YEARS[0] <= int(year[1]) <= _YEARS[1]:
        return _iso(year[1], "1", "1"), True
    return Lost.UNREADABLE, False


def to_moment(value: Any) -> str | Lost | None:
    """Return a moment as ``clock.timestamp`` writes it; Beijing time where no zone is said."""
    if isinstance(value, float) and _EXCEL_DAYS[0] <= value <= _EXCEL_DAYS[1]:
        start = datetime.datetime.combine(_EXCEL_START, datetime.time(), _CHINA)
        return clock.timestamp(start + datetime.timedelta(seconds=round(value * 86400)))
    day, _ = to_date(value)
    if not isinstance(day, str):
        return day
    said = _DAY.fullmatch(_plain(str(value)))
    at = _at_time(said[4]) if said is not None and said[4] else datetime.time(tzinfo=_CHINA)
    if isinstance(at, Lost):
        return at
    return clock.timestamp(datetime.datetime.combine(datetime.date.fromisoformat(day), at))


def _plain(text: str) -> str:
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def _contained_number(text: str) -> int | float | Lost:
    found = _NUMBER.findall(_THOUSANDS.sub("", text))
    if len(found) == 1:
        number = float(found[0]) if "." in found[0] else int(found[0])
        if number >= _INT64_LIMIT:
            return Lost.UNREADABLE
        is_negative = text.startswith("-") and text[1:2].isdigit()
        return -number if is_negative else number
    return _han_number(text) if not found else Lost.UNREADABLE


def _han_number(text: str) -> int | Lost:
    """Return a number up to 99 written in Chinese, as in ``六层`` or ``十二户``."""
    found = [match for match in _HAN_NUMBER.finditer(text) if match[0]]
    if len(found) != 1:
        return Lost.UNREADABLE
    tens, ten, ones = found[0].groups()
    if ten is None:
        return _HAN_DIGITS[tens] if tens and not ones else Lost.UNREADABLE
    return 10 * _HAN_DIGITS.get(tens or "一", 1) + (_HAN_DIGITS[ones] if ones else 0)


def _iso(year: str, month: str, day: str) -> str | Lost:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return Lost.UNREADABLE


def _excel_day(days: float) -> str | Lost:
    if not _EXCEL_DAYS[0] <= days <= _EXCEL_DAYS[1]:
        return Lost.UNREADABLE
    return (_EXCEL_START + datetime.timedelta(days=int(days))).isoformat()


def _at_time(text: str) -> datetime.time | Lost:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return Lost.UNREADABLE
    hour, minute, second, fraction, zone = match.groups()
    if zone and not _ZONE.fullmatch(zone):
        return Lost.UNREADABLE
    tz: datetime.tzinfo = _CHINA
    if zone == "Z":
        tz = datetime.UTC
    elif zone:
        sign = -1 if zone[0] == "-" else 1
        tz = datetime.timezone(
            sign * datetime.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        )
    microseconds = round(float(fraction or 0) * 1e6)
    try:
        return datetime.time(
            int(hour), int(minute), int(second or 0), min(microseconds, 999_999), tz
        )
    except ValueError:
        return Lost.UNREADABLE
