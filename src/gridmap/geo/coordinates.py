"""Reads a place out of a pasted text: degrees in any usual spelling, metres, links of phone maps.

Which of two numbers is the longitude needs no order: in China it lies between 73 and 136, and the
latitude between 3 and 54.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

import numpy as np

from gridmap.base.errors import RequestError
from gridmap.geo import texts
from gridmap.geo.offsets import Datum, bd09_of_metres

_LONGEST = 4_000
_SIGNS_OF_A_PLACE = ".．°º度"
_LON, _LAT = (73.0, 136.0), (3.0, 54.0)
_NORTH_M, _EAST_M = (350_000.0, 6_100_000.0), (100_000.0, 900_000.0)
_ZONES_3, _FIRST_3 = range(25, 46), 4513  # CGCS2000 / 3-degree Gauss-Kruger zone 25
_ZONES_6, _FIRST_6 = range(13, 24), 4491  # CGCS2000 / Gauss-Kruger zone 13
_ZONE_M = 1_000_000


@dataclass(frozen=True)
class Pasted:
    """A place as a text has it.

    ``xy`` is (longitude, latitude) in degrees, or (east, north) where ``is_metres``: in the CRS
    ``epsg``, or without one in the workspace's own. ``datum`` is what the text itself says of its
    degrees, and ``source`` the map that it was copied from, e.g. "amap"; empty if unknown.
    """

    xy: tuple[float, float]
    datum: Datum | None = None
    source: str = ""
    is_metres: bool = False
    epsg: int | None = None


def read_place(text: str) -> Pasted:
    """Return the place that a text names.

    Raises:
        RequestError: it names none, or is a short link, which only its server can read.
    """
    found = find_place(text)
    if found is not None:
        return found
    if re.search(_SHORT_LINKS, text):
        raise RequestError(texts.short_link())
    shown = " ".join(text.split())
    raise RequestError(texts.no_coordinates(text=shown if len(shown) <= 60 else shown[:59] + "…"))


def find_place(text: str) -> Pasted | None:
    """Return the place that a text names, None where it names none in China."""
    plain = _plain(text)
    source = _source_of(plain)
    if source is not None:
        return _from_link(plain, source)
    for read in (_from_labels, _from_marks, _from_fractions, _from_thousands, _from_pair):
        found = read(plain)
        if found is not None:
            return found
    return None


def looks_like_place(text: str) -> bool:
    """Return whether a text that somebody types may be meant as coordinates, not as a number."""
    return any(sign in text for sign in _SIGNS_OF_A_PLACE) and any(map(str.isdigit, text))


def _plain(text: str) -> str:
    """Return a text with full-width signs and the many kinds of primes made plain."""
    text = text[:_LONGEST].replace("º", "°").replace("˚", "°")
    text = unicodedata.normalize("NFKC", text)
    for sign, plain in (("′′", '"'), ("''", '"'), ("″", '"'), ("”", '"'), ("“", '"')):
        text = text.replace(sign, plain)
    for sign in "′’‘´`":
        text = text.replace(sign, "'")
    return text.replace("−", "-").replace("''", '"')


# --- pairs of numbers --------------------------------------------------------------------------

_NUMBER = r"[-+]?\d{1,10}(?:\.\d{1,15})?"
_ALONE = re.compile(rf"(?<![A-Za-z\d_.]){_NUMBER}(?![A-Za-z_.]*\d)")


def _degrees(first: float, second: float) -> tuple[float, float] | None:
    """Return (longitude, latitude) of two numbers in either order, None outside of China."""
    for lon, lat in ((first, second), (second, first)):
        if _LON[0] <= lon <= _LON[1] and _LAT[0] <= lat <= _LAT[1]:
            return lon, lat
    return None


def _metres(first: float, second: float) -> Pasted | None:
    """Return a place of two numbers in metres, in either order."""
    for east, north in ((first, second), (second, first)):
        if not _NORTH_M[0] <= north <= _NORTH_M[1]:
            continue
        if _EAST_M[0] <= east <= _EAST_M[1]:
            return Pasted((east, north), is_metres=True)
        zone, within = divmod(east, _ZONE_M)
        epsg = _epsg_of_zone(int(zone))
        if epsg is not None and _EAST_M[0] <= within <= _EAST_M[1]:
            return Pasted((east, north), is_metres=True, epsg=epsg)
    return None


def _epsg_of_zone(zone: int) -> int | None:
    """Return the CRS whose easting begins with a zone's number."""
    if zone in _ZONES_3:
        return _FIRST_3 + zone - _ZONES_3.start
    return _FIRST_6 + zone - _ZONES_6.start if zone in _ZONES_6 else None


def _from_fractions(text: str) -> Pasted | None:
    """Read two numbers with a fraction: whole ones beside them may be those of a house."""
    return _from_pair(text, needs_fraction=True)


def _from_thousands(text: str) -> Pasted | None:
    """Read numbers whose thousands are set apart by commas."""
    joined = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return _from_pair(joined) if joined != text else None


def _from_pair(text: str, *, needs_fraction: bool = False) -> Pasted | None:
    """Read the first two numbers side by side that make a place."""
    found = _ALONE.findall(text)
    for pair in pairwise(found):
        if needs_fraction and not all("." in number for number in pair):
            continue
        first, second = map(float, pair)
        degrees = _degrees(first, second)
        if degrees is not None:
            return Pasted(degrees)
        metres = _metres(first, second)
        if metres is not None:
            return metres
    return None


# --- degrees with words and marks ----------------------------------------------------------------

_LON_WORDS = r"东经|经度|longitude|long|lng|lon|[Ee]"
_LAT_WORDS = r"北纬|纬度|latitude|lat|[Nn]"
_WORD = rf"(?:(?P<lon>{_LON_WORDS})|(?P<lat>{_LAT_WORDS}))"
_ANGLE = (
    r"(?P<deg>\d{1,3}(?:\.\d+)?)\s*(?:[°度:\s]\s*"
    r"(?:(?P<min>\d{1,2}(?:\.\d+)?)\s*(?:['分:\s]\s*"
    r"(?:(?P<sec>\d{1,2}(?:\.\d+)?)\s*[\"秒]?)?)?)?)?"
)
_HEADED = re.compile(rf"(?<![a-z]){_WORD}[\"']?\s*[:=]?\s*\+?{_ANGLE}", re.IGNORECASE)
_TAILED = re.compile(rf"(?<![\d.]){_ANGLE}\s*{_WORD}(?![a-z])", re.IGNORECASE)
_MARKED = re.compile(
    r"(?<![\d.])(?P<deg>\d{1,3}(?:\.\d+)?)\s*[°度]\s*"
    r"(?:(?P<min>\d{1,2}(?:\.\d+)?)\s*['分]\s*(?:(?P<sec>\d{1,2}(?:\.\d+)?)\s*[\"秒])?)?"
)


def _angle(match: re.Match[str]) -> float:
    parts = [float(match[name] or 0) for name in ("deg", "min", "sec")]
    if parts[1] >= 60 or parts[2] >= 60:
        return float("nan")  # no angle; it lies in no range
    return parts[0] + parts[1] / 60 + parts[2] / 3600


def _from_labels(text: str) -> Pasted | None:
    """Read a longitude and a latitude that are called so, before or behind the number."""
    for spelling in (_HEADED, _TAILED):
        lons: list[float] = []
        lats: list[float] = []
        for match in spelling.finditer(text):
            (lons if match["lon"] else lats).append(_angle(match))
        if lons and lats:
            degrees = _degrees(lons[0], lats[0])
            if degrees is not None:
                return Pasted(degrees)
    return None


def _from_marks(text: str) -> Pasted | None:
    """Read two angles that have their marks, but no word."""
    angles = [_angle(match) for match in _MARKED.finditer(text)]
    for first, second in pairwise(angles):
        degrees = _degrees(first, second)
        if degrees is not None:
            return Pasted(degrees)
    return None


# --- links ----------------------------------------------------------------------------------------

_SHORT_LINKS = (
    r"(?i)surl\.amap\.com|j\.map\.baidu\.com|map\.qq\.com/m/|maps\.app\.goo\.gl|goo\.gl/maps"
)
_SOURCES: tuple[tuple[str, str, Datum | None], ...] = (
    ("amap", r"amap\.com|gaode\.com|androidamap:|iosamap:|amapuri:", "gcj02"),
    ("qq", r"map\.qq\.com|qqmap:|<location\s", "gcj02"),
    ("baidu", r"map\.baidu\.com|baidu\.com/map|baidumap:|bdapp:", "bd09"),
    ("google", r"google\.cn/maps|ditu\.google", "gcj02"),
    ("google", r"google\.[a-z.]+/maps|maps\.google", None),
    ("apple", r"maps\.apple\.com", None),
    ("osm", r"openstreetmap\.org|osm\.org", "wgs84"),
    ("tianditu", r"tianditu\.(?:gov\.)?cn", "wgs84"),
    ("geo", r"\bgeo:", "wgs84"),
)
"""Whose links they are, how one knows them, and in which datum their places are."""
_NAMED_DATUM = re.compile(
    r"(?:coord_?type|coordinate|coord|datum)=(wgs84|gps|gcj02|gaode|bd09mc|bd09)", re.IGNORECASE
)
_DATUM_WORDS: dict[str, Datum] = {
    "wgs84": "wgs84", "gps": "wgs84", "gcj02": "gcj02", "gaode": "gcj02",
    "bd09": "bd09", "bd09mc": "bd09",
}  # fmt: skip
_GPS_FLAGS = {"amap": re.compile(r"\bdev=1\b"), "qq": re.compile(r"\bcoord_type=1\b")}
_NAMED = tuple(
    (
        re.compile(rf"(?:\b|_){lon}\s*[=:]\s*[\"']?({_NUMBER})", re.IGNORECASE),
        re.compile(rf"(?:\b|_){lat}\s*[=:]\s*[\"']?({_NUMBER})", re.IGNORECASE),
    )
    for lon, lat in (
        ("(?:lng|lon|longitude|long)", "(?:lat|latitude)"),
        ("pointx", "pointy"),
        ("dlon", "dlat"),
        ("y", "x"),  # how WeChat writes the place of a message
    )
)
_JOINED = re.compile(rf"(?<![\d.])({_NUMBER})(?=\s*[,/|;]\s*({_NUMBER})(?![\d.]*\d))")


def _source_of(text: str) -> tuple[str, Datum | None] | None:
    lowered = text.lower()
    for source, known_by, datum in _SOURCES:
        if re.search(known_by, lowered):
            return source, datum
    return None


def _from_link(text: str, known: tuple[str, Datum | None]) -> Pasted | None:
    """Read the place in a link, by the names of its values or the first pair that fits."""
    source, datum = known
    text = unquote(unquote(text))
    named = _NAMED_DATUM.search(text)
    if named is not None:
        datum = _DATUM_WORDS[named[1].lower()]
    elif source in _GPS_FLAGS and _GPS_FLAGS[source].search(text):
        datum = "wgs84"
    pairs = [
        (float(lon[1]), float(lat[1]))
        for lon, lat in ((first.search(text), second.search(text)) for first, second in _NAMED)
        if lon is not None and lat is not None
    ]
    pairs += [(float(found[1]), float(found[2])) for found in _JOINED.finditer(text)]
    for first, second in pairs:
        degrees = _degrees(first, second)
        if degrees is None and source == "baidu":
            degrees = _of_baidu_metres(first, second)
        if degrees is not None:
            return Pasted(degrees, datum, source)
    return None


def _of_baidu_metres(east: float, north: float) -> tuple[float, float] | None:
    if not (8e6 < east < 15.3e6 and 3e5 < north < 7.2e6):
        return None
    lon, lat = bd09_of_metres(np.array([[east, north]]))[0]
    return _degrees(float(lon), float(lat))
