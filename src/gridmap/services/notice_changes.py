"""The cells before and after what a notice tells of, and what became of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import shapely

from gridmap.base.errors import RequestError
from gridmap.base.messages import Text, Wording
from gridmap.geo import redivision
from gridmap.geo.features import as_objects
from gridmap.geo.redivision import Flow
from gridmap.model import codes
from gridmap.services import notice_texts as texts
from gridmap.services import plan_diff
from gridmap.services.division import read_homes
from gridmap.services.plan_records import Plan
from gridmap.store import as_of, changes_of, divisions, rows
from gridmap.store.engine import sqlite

NOTHING_SAID = Wording("", "")
Deed = Literal["new", "changed", "ended"]


@dataclass(frozen=True)
class NoticeCell:
    """A cell as a notice tells of it."""

    code: str
    name: str
    households: int | None
    shape: shapely.Polygon

    @property
    def short(self) -> str:
        """Return its code as people say it within a community."""
        return codes.short(self.code)

    @property
    def area_m2(self) -> float:
        """Return its area."""
        return float(shapely.area(self.shape))


@dataclass(frozen=True)
class Changes:
    """What changed. A cell that goes on has the same key before and after.

    ``seq_before`` and ``seq_after`` are the transactions after which the maps show the division;
    None is the present. ``division_after`` is a plan that is not in force yet.
    """

    before: Mapping[str, NoticeCell]
    after: Mapping[str, NoticeCell]
    flows: tuple[Flow, ...]
    seq_before: int | None = None
    seq_after: int | None = None
    division_before: str | None = None
    division_after: str | None = None
    called: str = ""
    intention: Text | Wording = NOTHING_SAID
    document: Mapping[str, str] = field(default_factory=dict)
    approved_by: str = ""
    in_force_on: str = ""
    is_draft: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether no cell changed."""
        return not self.before and not self.after

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Return the box around all cells that changed."""
        shapes = [cell.shape for cell in (*self.before.values(), *self.after.values())]
        xmin, ymin, xmax, ymax = shapely.total_bounds(as_objects(shapes)).tolist()
        return xmin, ymin, xmax, ymax

    @property
    def moved(self) -> tuple[Flow, ...]:
        """Return the ground that changes hands."""
        return tuple(flow for flow in self.flows if flow.source != flow.target)

    def deed(self, key: str, *, is_after: bool) -> Deed:
        """Return what happens to a cell, as one of the maps shows it."""
        if key in self.before and key in self.after:
            return "changed"
        return "new" if is_after else "ended"

    def moment(self, *, is_after: bool) -> tuple[int | None, str | None]:
        """Return (transaction, division) that one of the maps shows."""
        if is_after:
            return self.seq_after, self.division_after
        return self.seq_before, self.division_before


def of_draft(reader: sqlite.Connection, plan: Plan) -> Changes:
    """Return what a plan would change of the official division."""
    found = plan_diff.compare(reader, plan)
    ids = [one.official_id for one in found.changes if one.official_id is not None]
    old = rows.read_features(reader, "cell", ["code", "name", "households"], ids=ids)
    new_ids = [one.plan_id for one in found.changes if one.plan_id is not None]
    new = rows.read_features(reader, "cell", ["code", "name", "households"], ids=new_ids)
    key_of = {
        one.plan_id: one.official_id or one.plan_id
        for one in found.changes
        if one.plan_id is not None
    }
    before = _cells(old, {})
    after = _cells(new, key_of)
    return Changes(before, after, _flows(reader, before, after), division_after=plan.id)


def of_transactions(reader: sqlite.Connection, seqs: Sequence[int]) -> Changes:
    """Return what some transactions changed of the cells, from before the first to the last."""
    first, last = min(seqs) - 1, max(seqs)
    ids = changes_of.cells_changed(reader, seqs)
    then = as_of.read_rows(reader, "cell", ids, first)
    now = as_of.read_rows(reader, "cell", ids, last)
    division = _division(then, now)
    before, after = _in_force(reader, then, division), _in_force(reader, now, division)
    for key in list(before.keys() & after.keys()):
        if _is_same(then[key], now[key], before[key], after[key]):
            del before[key], after[key]
    days = [(now[key] or {}).get("valid_from") for key in after.keys() - before.keys()]
    return Changes(
        before,
        after,
        _flows(reader, before, after),
        first,
        last,
        division,
        division,
        in_force_on=max(filter(None, days), default=""),
    )


def _division(*moments: Mapping[str, dict[str, Any] | None]) -> str | None:
    """Return the division of which cells changed: the official one, where some were of it."""
    plans = {row["plan_id"] for rows in moments for row in rows.values() if row is not None}
    if None in plans or not plans:
        return None
    if len(plans) > 1:
        raise RequestError(texts.several_divisions())
    return str(plans.pop())


def _in_force(
    reader: sqlite.Connection, held: Mapping[str, dict[str, Any] | None], division: str | None
) -> dict[str, NoticeCell]:
    there = {
        id_: row
        for id_, row in held.items()
        if row is not None and row["plan_id"] == division and row["valid_to"] is None
    }
    shapes = rows.decode(reader, [row["geom"] for row in there.values()])
    return {
        id_: NoticeCell(row["code"] or "", row["name"] or "", row["households"], shape)
        for (id_, row), shape in zip(there.items(), shapes, strict=True)
        if shape is not None
    }


def _is_same(
    then: dict[str, Any] | None, now: dict[str, Any] | None, was: NoticeCell, is_: NoticeCell
) -> bool:
    """Return whether nothing that a notice tells of has changed."""
    told = ("code", *divisions.TOLD)
    if any((then or {}).get(name) != (now or {}).get(name) for name in told):
        return False
    return not redivision.has_moved(was.shape, is_.shape)


def _cells(held: Any, key_of: Mapping[str, str]) -> dict[str, NoticeCell]:
    names = ("id", "code", "name", "households")
    columns = zip(*(held.columns[name] for name in names), strict=True)
    return {
        key_of.get(id_, id_): NoticeCell(code or "", name or "", households, shape)
        for (id_, code, name, households), shape in zip(columns, held.geometry, strict=True)
    }


def _flows(
    reader: sqlite.Connection, before: Mapping[str, NoticeCell], after: Mapping[str, NoticeCell]
) -> tuple[Flow, ...]:
    if not before or not after:
        return ()
    was = {key: cell.shape for key, cell in before.items()}
    is_ = {key: cell.shape for key, cell in after.items()}
    boxes = shapely.bounds(as_objects(list(was.values()))).tolist()
    homes = read_homes(reader, [(a, b, c, d) for a, b, c, d in boxes])
    return redivision.flows(was, is_, homes)
