"""How long, in which direction, how large: on the ellipsoid, and beside it on the map's plane."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.base.messages import Text
from gridmap.geo.geodesic import measure_area, measure_legs
from gridmap.services import place_texts as texts

MU_M2 = 2000 / 3
"""The square metres of one 亩."""
HECTARE_M2 = 10_000.0
_KILOMETRE_M = 1_000.0
_FEW_M2 = 10_000.0
_WHOLE_TURN_MINUTES = 360 * 60


@dataclass(frozen=True)
class Leg:
    """One leg: its length on the ground and on the map, its bearing from true north."""

    ground_m: float
    plane_m: float
    bearing_deg: float


@dataclass(frozen=True)
class Measured:
    """What was measured. Of an area, ``legs`` go around it and the last one closes it."""

    is_area: bool
    legs: tuple[Leg, ...] = ()
    ground_m2: float = 0.0
    plane_m2: float = 0.0
    is_crossed: bool = False
    """Whether the border of the area crosses itself, so that no area can be told."""

    @property
    def ground_m(self) -> float:
        """Return the length of the way, or of the border."""
        return sum(leg.ground_m for leg in self.legs)

    @property
    def plane_m(self) -> float:
        """Return the same as measured on the map's plane."""
        return sum(leg.plane_m for leg in self.legs)


def measure(places: Sequence[tuple[float, float]], epsg: int, *, is_area: bool) -> Measured:
    """Measure a way, or an area by its corners (the first not repeated).

    ``places`` are (east, north) in metres in the CRS ``epsg``. An area takes three corners.
    """
    xy = np.array(places, np.float64).reshape(-1, 2)
    is_ring = is_area and len(xy) > 2
    found = measure_legs(np.vstack([xy, xy[:1]]) if is_ring else xy, epsg)
    columns = (found.ground_m.tolist(), found.plane_m.tolist(), found.bearings_deg.tolist())
    legs = tuple(Leg(*values) for values in zip(*columns, strict=True))
    if not is_ring:
        return Measured(is_area, legs)
    area = measure_area(xy, epsg)
    is_crossed = not shapely.LinearRing(xy).is_simple
    return Measured(is_area, legs, area.ground_m2, area.plane_m2, is_crossed)


def length_text(length_m: float) -> Text:
    """Return a length in words: metres to the centimetre, from one kilometre on to the metre."""
    if abs(length_m) < _KILOMETRE_M:
        return texts.metres(length=length_m)
    return texts.kilometres(length=length_m / _KILOMETRE_M)


def area_text(area_m2: float) -> Text:
    """Return an area in words, in the unit that gives a number easily read."""
    if area_m2 < _FEW_M2:
        return texts.square_metres(area=area_m2)
    return texts.hectares(area=area_m2 / HECTARE_M2)


def area_in_all_units(area_m2: float) -> Text:
    """Return an area in square metres, in 亩 and in hectares."""
    return texts.area_in_all_units(
        square_metres=area_m2, mu=area_m2 / MU_M2, hectares=area_m2 / HECTARE_M2
    )


def bearing_text(bearing_deg: float) -> str:
    """Return a bearing in degrees and minutes."""
    degrees, minutes = divmod(round(bearing_deg * 60) % _WHOLE_TURN_MINUTES, 60)
    return f"{degrees}°{minutes:02d}′"


def report(measured: Measured) -> tuple[Text, ...]:
    """Return all that was measured, line by line, e.g. for the clipboard."""
    lines: list[Text] = []
    if measured.is_area and not measured.is_crossed:
        lines.append(texts.area_line(area=area_in_all_units(measured.ground_m2)))
        lines.append(texts.area_on_plane(area=measured.plane_m2))
    total = texts.perimeter_line if measured.is_area else texts.length_line
    lines.append(total(length=measured.ground_m, plane=measured.plane_m))
    for number, leg in enumerate(measured.legs, start=1):
        bearing = bearing_text(leg.bearing_deg)
        lines.append(texts.leg_line(number=number, length=leg.ground_m, bearing=bearing))
    return tuple(lines)
