"""Numbers typed while drawing: a length, a bearing, a way, or coordinates; plain Python."""

import re
import unicodedata
from dataclasses import dataclass

from gridmap.geo.construct import bearing_of, point_at

XY = tuple[float, float]
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_COORDINATES = re.compile(rf"({_NUMBER})[,\s;]+({_NUMBER})")
_WAY = re.compile(rf"@\s*({_NUMBER})[,\s;]+({_NUMBER})")
# \u7c73 is the word for metre
_POLAR = re.compile(rf"({_NUMBER})?\s*(?:\u7c73|m)?\s*[<∠]\s*({_NUMBER})\s*°?")
_LENGTH = re.compile(rf"({_NUMBER})\s*(?:\u7c73|m)?")
_DIGITS = 3


@dataclass(frozen=True)
class Numbers:
    """What was typed: coordinates, or a way from the last point, or a length, or a bearing."""

    xy: XY | None = None
    way: XY | None = None
    length_m: float | None = None
    bearing_deg: float | None = None


def read_numbers(text: str) -> Numbers | None:
    """Return what a text says, None where it says nothing.

    ``12.5`` is a length, ``12.5<90`` a length and a bearing from north, ``<90`` a bearing,
    ``@3,4`` a way to the east and north, ``603994.3,4296437`` coordinates.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _WAY.fullmatch(plain)
    if found:
        return Numbers(way=(float(found[1]), float(found[2])))
    found = _POLAR.fullmatch(plain)
    if found:
        length = float(found[1]) if found[1] else None
        return Numbers(length_m=length, bearing_deg=float(found[2]) % 360)
    found = _COORDINATES.fullmatch(plain)
    if found:
        return Numbers(xy=(float(found[1]), float(found[2])))
    found = _LENGTH.fullmatch(plain)
    return Numbers(length_m=float(found[1])) if found else None


def place_of(numbers: Numbers, last: XY | None, pointer: XY | None) -> XY | None:
    """Return the point that numbers tell, None where a point is lacking that they start from.

    A length alone goes towards the pointer, a bearing alone as far as the pointer is away.
    """
    if numbers.xy is not None:
        return numbers.xy
    if last is None:
        return None
    if numbers.way is not None:
        east, north = last[0] + numbers.way[0], last[1] + numbers.way[1]
        return round(east, _DIGITS), round(north, _DIGITS)
    if pointer is None and (numbers.length_m is None or numbers.bearing_deg is None):
        return None
    towards = pointer or last
    bearing = numbers.bearing_deg
    length = numbers.length_m
    if bearing is None:
        bearing = bearing_of(last, towards)
    if length is None:
        length = ((towards[0] - last[0]) ** 2 + (towards[1] - last[1]) ** 2) ** 0.5
    return point_at(last, length, bearing)
