"""What is proposed for a new workspace: its zone by the division code; plain Python."""

import re
from dataclasses import dataclass

from gridmap.geo.crs import FIRST_ZONE, LAST_ZONE

_CODE = re.compile(r"\d{9}(\d{3})?")
_FIRST_MERIDIAN, _WIDTH = 75, 3
_MERIDIAN_BY_PROVINCE = {  # the zone of the capital; a province may lie in more than one
    "11": 117, "12": 117, "13": 114, "14": 114, "15": 111, "21": 123, "22": 126, "23": 126,
    "31": 120, "32": 120, "33": 120, "34": 117, "35": 120, "36": 117, "37": 117, "41": 114,
    "42": 114, "43": 114, "44": 114, "45": 108, "46": 111, "50": 108, "51": 105, "52": 108,
    "53": 102, "54": 90, "61": 108, "62": 105, "63": 102, "64": 105, "65": 87, "71": 120,
    "81": 114, "82": 114,
}  # fmt: skip
DEFAULT_MERIDIAN = 117


@dataclass(frozen=True)
class Zone:
    """One zone that can be chosen: its meridian and its CRS."""

    meridian: int
    epsg: int


def zones() -> list[Zone]:
    """Return the zones of China, from west to east."""
    return [
        Zone(_FIRST_MERIDIAN + _WIDTH * number, FIRST_ZONE + number)
        for number in range(LAST_ZONE - FIRST_ZONE + 1)
    ]


def is_division_code(text: str) -> bool:
    """Return whether a text looks like a subdistrict's code: 9 or 12 digits."""
    return _CODE.fullmatch(text.strip()) is not None


def guess_meridian(code: str) -> int:
    """Return the meridian of the zone in which a division code's province has its capital."""
    return _MERIDIAN_BY_PROVINCE.get(code.strip()[:2], DEFAULT_MERIDIAN)
