"""What the two compared maps can show: today in each division, and the latest days of the past."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from gridmap.ui.compare_bar import ShownDay
from gridmap.ui.words import translate

if TYPE_CHECKING:
    from gridmap.services.as_of import Day

_MOST_DAYS = 40


def now(division: str | None, plans: Mapping[str, str]) -> ShownDay:
    """Return today as it is in a division; ``plans`` are the names of those there are, by id."""
    if division is None:
        official = translate("CompareHandlers", "现行划分")
        return ShownDay(official if plans else translate("CompareHandlers", "现在"))
    return ShownDay(plans.get(division, division), None, division)


def offered(days: "Sequence[Day]") -> list[ShownDay]:
    """Return the latest days that are over, and the beginning, of the official division."""
    today = date.today()  # noqa: DTZ011 - a day of this place, as people mean it
    past = [
        ShownDay(
            translate("CompareHandlers", "{day} 结束时").format(day=day.day.isoformat()), day.moment
        )
        for day in reversed(days)
        if not day.is_beginning and day.day < today
    ]
    beginnings = [
        ShownDay(
            translate("CompareHandlers", "{day} 建库时").format(day=day.day.isoformat()), day.moment
        )
        for day in days
        if day.is_beginning
    ]
    return past[:_MOST_DAYS] + beginnings
