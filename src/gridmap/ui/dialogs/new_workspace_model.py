"""What is proposed for a new workspace: its zone by the division code; plain Python."""

import re
from dataclasses import dataclass

from gridmap.geo.crs import FIRST_ZONE, LAST_ZONE, zone_of_division

_CODE = re.compile(r"\d{9}(\d{3})?")
_FIRST_MERIDIAN, _WIDTH = 75, 3


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
    return _FIRST_MERIDIAN + _WIDTH * (zone_of_division(code) - FIRST_ZONE)
