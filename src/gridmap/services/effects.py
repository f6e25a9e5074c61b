"""What an edit does to each cell that it touches: ground and households, against the limits."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely

from gridmap.geo.coverage import Change
from gridmap.geo.features import as_objects
from gridmap.geo.headcount import Homes, moved_households
from gridmap.services.division import Row
from gridmap.services.office import Office


@dataclass(frozen=True)
class Effect:
    """One cell before and after; None stands for what is not there, or not known.

    Attributes:
        key: the cell's id; that of a new cell in a preview is only for the time being.
        code: None for a new cell.
        area_m2_before: None for a new cell.
        area_m2_after: None for one that ends.
        households_before: as recorded.
        households_after: see ``geo/headcount.py``.
        is_over: whether it is larger than the office's bounds afterwards.
        is_under: whether it is smaller.
        is_overloaded: whether it has more households than one officer should answer for.
    """

    key: str
    code: str | None
    area_m2_before: float | None
    area_m2_after: float | None
    households_before: int | None
    households_after: int | None
    is_over: bool = False
    is_under: bool = False
    is_overloaded: bool = False


def find_effects(
    change: Change, rows: Mapping[str, Row], homes: Homes, office: Office
) -> tuple[Effect, ...]:
    """Return what a change does to each cell of it, those that were there first."""
    recorded = {key: rows[key]["households"] for key in change.before}
    households = moved_households(change.before, change.after, recorded, homes)
    was, is_ = _areas(change.before), _areas(change.after)
    found = []
    for key in dict.fromkeys((*change.before, *change.after)):
        area, people = is_.get(key), households.get(key)
        found.append(
            Effect(
                key,
                rows[key]["code"] if key in rows else None,
                was.get(key),
                area,
                recorded.get(key),
                people,
                is_over=area is not None and area > office.area_high_m2,
                is_under=area is not None and area < office.area_low_m2,
                is_overloaded=people is not None and people > office.households_high,
            )
        )
    return tuple(found)


def _areas(shapes: Mapping[str, shapely.Polygon]) -> dict[str, float]:
    areas = shapely.area(as_objects(list(shapes.values())))
    return dict(zip(shapes, areas.tolist(), strict=True)) if shapes else {}
