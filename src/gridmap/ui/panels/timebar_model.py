"""The days of a workspace as positions of a slider; plain Python."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import log1p
from typing import TYPE_CHECKING

from gridmap.base.messages import Language
from gridmap.ui.words import translate

if TYPE_CHECKING:
    from gridmap.services.as_of import Day


@dataclass(frozen=True)
class TimeAxis:
    """Position 0 is the new workspace, 1 the end of its first day, ``last`` the present.

    Args:
        days: the days on which something changed, the making of the workspace first.
        today: the present day.
    """

    days: "Sequence[Day]"
    today: date
    first: date = field(init=False)
    marks: dict[int, "Day"] = field(init=False)
    """By position: the days on which something changed."""

    def __post_init__(self) -> None:
        first = min((day.day for day in self.days), default=self.today)
        object.__setattr__(self, "first", min(first, self.today))
        marks = {self.position_of(day.day): day for day in self.days if not day.is_beginning}
        object.__setattr__(self, "marks", marks)

    @property
    def last(self) -> int:
        """Return the position of the present."""
        return (self.today - self.first).days + 1

    def day_at(self, position: int) -> date:
        """Return the day of a position."""
        return self.first + timedelta(days=max(position - 1, 0))

    def position_of(self, day: date) -> int:
        """Return the position of the end of a day, as near as there is one."""
        return min(max((day - self.first).days + 1, 1), self.last)

    def moment_at(self, position: int) -> datetime | None:
        """Return the moment of a position; None is the present."""
        if position >= self.last:
            return None
        if position <= 0 and self.days and self.days[0].is_beginning:
            return self.days[0].moment
        from gridmap.services.as_of import end_of  # late: seldom needed

        return end_of(self.day_at(position))

    def step(self, position: int, steps: int) -> int:
        """Return where the map looks different next: after the next change, or before the last."""
        stops = [0, *sorted(self.marks)]
        wanted = bisect_right(stops, position) - 1 + steps
        if wanted >= len(stops) - 1 and steps > 0:
            return self.last
        return stops[min(max(wanted, 0), len(stops) - 1)]

    def height(self, position: int) -> float:
        """Return how tall a mark is, from 0 to 1; a thousand changes do not hide a single one."""
        most = max((day.changes for day in self.marks.values()), default=1)
        return 0.3 + 0.7 * log1p(self.marks[position].changes) / log1p(max(most, 1))

    def nearest_mark(self, position: float, within: float) -> int | None:
        """Return the position of the mark nearest to a place on the axis, None where none is."""
        nearest = min(self.marks, key=lambda mark: abs(mark - position), default=None)
        return nearest if nearest is not None and abs(nearest - position) <= within else None

    def words(self, position: int, language: Language) -> str:
        """Return what a position stands for: the day, and what was intended on it."""
        lines = [self.name(position)]
        day = self.marks.get(position)
        if day is not None:
            lines[0] += translate("TimeBar", "：{count:,} 处修改").format(count=day.changes)
            lines += [sentence.render(language) for sentence in day.sentences]
            if day.more:
                lines.append(translate("TimeBar", "……另有 {count:,} 次操作").format(count=day.more))
        return "\n".join(lines)

    def name(self, position: int) -> str:
        """Return what a position is called."""
        day = self.day_at(position).isoformat()
        if position >= self.last:
            return translate("TimeBar", "今天（{day}）").format(day=day)
        if position <= 0:
            return translate("TimeBar", "{day} 刚建库").format(day=day)
        return day
