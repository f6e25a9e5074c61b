"""Bring rows back as they were on a day: a new edit, which leaves no gap and no overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import numpy as np
import shapely

from gridmap.base import clock
from gridmap.base.errors import Place, RequestError
from gridmap.base.messages import Text, Wording
from gridmap.base.progress import Progress, quiet
from gridmap.geo import tiling
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Outcome
from gridmap.services import texts
from gridmap.services.as_of import say_moment
from gridmap.services.past_borders import (
    OFFICIAL,
    PLACING,
    TABLES,
    Borders,
    read_borders,
)
from gridmap.store import as_of, rows
from gridmap.store.engine import sqlite
from gridmap.store.workspace import Workspace

Deed = Literal["restore", "reinsert", "reshape", "end", "remove"]
"""``restore`` sets every value; ``reshape`` only the border, of a row that comes along; ``end``
closes an official cell that was made since, ``remove`` deletes what was only a draft."""

_NEARLY_ALL = 0.99


@dataclass(frozen=True)
class BringBackRequest:
    """Which rows of a table, and as of which moment."""

    table: str
    ids: tuple[str, ...]
    moment: datetime


@dataclass(frozen=True)
class Step:
    """What is done to one row; ``is_asked`` tells it from what has to come along."""

    table: str
    id: str
    name: str
    deed: Deed
    is_asked: bool


@dataclass(frozen=True)
class BringBackPlan:
    """Everything that bringing rows back does, those asked for first."""

    steps: tuple[Step, ...]

    @property
    def along(self) -> tuple[Step, ...]:
        """Return what comes along without having been asked for."""
        return tuple(step for step in self.steps if not step.is_asked)


@dataclass
class _Draft:
    """What is to be written: by table and id the columns, None for a row that is deleted."""

    reader: sqlite.Connection
    request: BringBackRequest
    seq: int
    steps: list[Step] = field(default_factory=list)
    writes: dict[tuple[str, str], as_of.Row | None] = field(default_factory=dict)

    def then(self, table: str, ids: Sequence[str]) -> dict[str, as_of.Row | None]:
        return as_of.read_rows(self.reader, table, ids, self.seq)

    def now(self, table: str, row_id: str) -> as_of.Row | None:
        return as_of.read_rows(self.reader, table, [row_id], _PRESENT)[row_id]


_PRESENT = 2**62  # no transaction is later


def plan_bring_back(
    opened: Workspace, request: BringBackRequest, progress: Progress = quiet
) -> Outcome[BringBackPlan]:
    """Tell what ``bring_back`` would do, and what would come along; nothing is changed.

    Raises:
        RequestError: a row was not there then, nothing differs, or the areas would not tile.
    """
    with opened.reading() as reader, as_of.one_moment(reader):
        draft = _work_out(reader, request, progress)
    return Outcome(BringBackPlan(tuple(draft.steps)))


def bring_back(
    opened: Workspace, request: BringBackRequest, progress: Progress = quiet
) -> Outcome[BringBackPlan]:
    """Set rows to their values of then, geometry included, and bring along what must come.

    Rows that were deleted are inserted again with their ids. Subdistrict, communities and cells
    tile afterwards where they do now: neighbours that changed since get back their borders, and
    only those; official cells that were made since end today and keep code and lineage.

    Raises:
        RequestError: a row was not there then, nothing differs, or the areas would not tile.
        WorkspaceError: the workspace cannot be written.
    """
    with opened.reading() as reader:
        seq = as_of.seq_at(reader, clock.timestamp(request.moment))
        intention = _intention(reader, request, seq)
    with opened.transaction(intention) as tx:
        draft = _work_out(tx.connection, request, progress)
        for (table, row_id), values in draft.writes.items():
            if values is None:
                as_of.remove(tx, table, row_id)
            else:
                as_of.put(tx, table, row_id, values)
    return Outcome(BringBackPlan(tuple(draft.steps)), opened.touched_by(tx), tx.id)


def _intention(reader: sqlite.Connection, request: BringBackRequest, seq: int) -> Text:
    table = _title(request.table)
    found = as_of.read_rows(reader, request.table, request.ids[:1], seq)
    name = "".join(_name(request.table, row_id, row) for row_id, row in found.items())
    moment = say_moment(request.moment)
    if len(request.ids) == 1:
        return texts.brought_back(table=table, name=name, moment=moment)
    return texts.brought_back_many(table=table, name=name, count=len(request.ids), moment=moment)


def _title(table: str) -> Wording:
    described = rows.get_table(table)
    return Wording(described.zh, described.en)


def _name(table: str, row_id: str, row: as_of.Row | None) -> str:
    return str((row or {}).get(TABLE_BY_NAME[table].label or "") or row_id)


# --- what is to be done -------------------------------------------------------------------------


def _work_out(reader: sqlite.Connection, request: BringBackRequest, progress: Progress) -> _Draft:
    seq = as_of.seq_at(reader, clock.timestamp(request.moment))
    asked: dict[str, set[str]] = {request.table: set(request.ids)}
    _ensure_there(reader, request, seq)
    while True:
        draft = _Draft(reader, request, seq)
        plain = {table: ids for table, ids in asked.items() if table not in TABLES}
        if asked.keys() & set(TABLES):
            progress(0, 2, texts.comparing_borders())
            _add_borders(draft, asked)
            progress(1, 2, texts.comparing_borders())
        for table, ids in plain.items():
            for row_id in sorted(ids):
                _add(draft, table, row_id, is_asked=_is_asked(request, table, row_id))
        missing = set(_missing(draft))
        if not missing:
            break
        for table, row_id in missing:
            asked.setdefault(table, set()).add(row_id)
    if not draft.writes:
        name = _name(request.table, request.ids[0], draft.now(request.table, request.ids[0]))
        said = texts.nothing_to_bring_back(
            table=_title(request.table), name=name, moment=say_moment(request.moment)
        )
        raise RequestError(said)
    _ensure_unreferred(draft)
    draft.steps.sort(key=lambda step: (not step.is_asked, list(TABLE_BY_NAME).index(step.table)))
    progress(2, 2, texts.comparing_borders())
    return draft


def _is_asked(request: BringBackRequest, table: str, row_id: str) -> bool:
    return table == request.table and row_id in request.ids


def _ensure_there(reader: sqlite.Connection, request: BringBackRequest, seq: int) -> None:
    then = as_of.read_rows(reader, request.table, request.ids, seq)
    for row_id, row in then.items():
        if row is None:
            now = as_of.read_rows(reader, request.table, [row_id], _PRESENT)[row_id]
            name, moment = _name(request.table, row_id, now), say_moment(request.moment)
            said = texts.was_not_there(table=_title(request.table), name=name, moment=moment)
            raise RequestError(said, place=Place(table=request.table, id=row_id))


def _add(
    draft: _Draft,
    table: str,
    row_id: str,
    *,
    is_asked: bool,
    only: tuple[str, ...] | None = None,
) -> None:
    """Set a row's columns (or ``only`` some) to their values of then, where they differ."""
    then, now = draft.then(table, [row_id])[row_id], draft.now(table, row_id)
    if then is None:
        return
    if now is None:
        draft.writes[table, row_id] = then
        draft.steps.append(Step(table, row_id, _name(table, row_id, then), "reinsert", is_asked))
        return
    values = {
        name: value
        for name, value in then.items()
        if (only is None or name in only) and not _is_same(value, now[name])
    }
    if values:
        draft.writes[table, row_id] = values
        deed: Deed = "restore" if only is None else "reshape"
        draft.steps.append(Step(table, row_id, _name(table, row_id, now), deed, is_asked))


def _is_same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _missing(draft: _Draft) -> Iterator[tuple[str, str]]:
    """Yield the rows that written ones refer to and that are not there any more."""
    for (table, _), values in draft.writes.items():
        for described in TABLE_BY_NAME[table].fields:
            target, held = described.refers_to, (values or {}).get(described.name)
            if target is None or held is None or (target, held) in draft.writes:
                continue
            if not as_of.is_there(draft.reader, target, held) and draft.then(target, [held])[held]:
                yield target, held


def _ensure_unreferred(draft: _Draft) -> None:
    """Refuse to delete what other rows still belong to; what tells of its lineage goes with it."""
    for (table, row_id), values in list(draft.writes.items()):
        if values is not None:
            continue
        for by, column, other in as_of.referrers(draft.reader, table, row_id):
            written = draft.writes.get((by, other), {})
            if written is None or written.get(column, row_id) != row_id:
                continue
            if by == "cell_lineage":
                draft.writes[by, other] = None
                continue
            name = _name(table, row_id, draft.now(table, row_id))
            said = texts.still_referred_to(table=_title(table), name=name, by=_title(by), id=other)
            raise RequestError(said, place=Place(table=by, id=other))


# --- areas that tile ----------------------------------------------------------------------------


def _add_borders(draft: _Draft, asked: dict[str, set[str]]) -> None:
    borders = read_borders(draft.reader, draft.seq)
    misfit = borders.choose(asked)
    if misfit is not None:
        on = shapely.point_on_surface(misfit)
        request = draft.request
        row = draft.then(request.table, request.ids[:1])[request.ids[0]]
        said = texts.would_not_tile(
            table=_title(request.table),
            name=_name(request.table, request.ids[0], row),
            x=on.x,
            y=on.y,
        )
        place = Place(table=request.table, id=request.ids[0], xy=(float(on.x), float(on.y)))
        raise RequestError(said, place=place)
    for table in TABLES:
        for position in np.flatnonzero(borders.chosen[table]).tolist():
            row_id = borders.ids[table][position]
            if borders.was_there[table][position]:
                is_asked = _is_asked(draft.request, table, row_id)
                is_whole = row_id in asked.get(table, ())
                only = None if is_whole else (*PLACING[table], "geom")
                _add(draft, table, row_id, is_asked=is_asked, only=only)
            else:
                _take_away(draft, borders, table, position)


def _take_away(draft: _Draft, borders: Borders, table: str, position: int) -> None:
    """End an official cell that was made since, and tell what came of it; delete a draft."""
    row_id = borders.ids[table][position]
    name = _name(table, row_id, draft.now(table, row_id))
    is_official = table == "cell" and borders.tiles[table].now_group[position] == OFFICIAL
    is_used = table == "cell" and any(
        by != "cell_lineage" for by, _, _ in as_of.referrers(draft.reader, table, row_id)
    )
    if not (is_official or is_used):
        draft.writes[table, row_id] = None
        draft.steps.append(Step(table, row_id, name, "remove", False))
        return
    today = clock.now().astimezone().date().isoformat()
    draft.writes[table, row_id] = {"valid_to": today}
    draft.steps.append(Step(table, row_id, name, "end", False))
    tiles = borders.tiles[table]
    piece = tiles.now[position]
    _, then = tiles.of_group(tiles.now_group[position])
    then[~borders.chosen[table]] = None
    for heir in tiling.meeting(then, piece).tolist():
        shared = shapely.area(shapely.intersection(then[heir], piece))
        draft.writes["cell_lineage", clock.new_id()] = {
            "from_cell_id": row_id,
            "to_cell_id": borders.ids[table][heir],
            "kind": "merge" if shared > _NEARLY_ALL * shapely.area(piece) else "redraw",
            "changed_on": today,
        }
