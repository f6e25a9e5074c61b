"""Editing the cells: one edit is one transaction, and everything that hangs on it follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import shapely

from gridmap.base import clock
from gridmap.base.errors import Place, RequestError
from gridmap.base.messages import Text, Wording
from gridmap.base.progress import Progress, quiet
from gridmap.geo.coverage import Change
from gridmap.geo.editing import apply_edit
from gridmap.model.cell_edits import (
    Assign,
    Carve,
    CellEdit,
    Extend,
    HandOver,
    Merge,
)
from gridmap.model.changes import Outcome
from gridmap.model.divisions import PLAN_STATES
from gridmap.services import cell_texts as texts
from gridmap.services import reach
from gridmap.services.cell_changes import (
    Deed,
    moved_ground,
    takers,
    write_cells,
)
from gridmap.services.cell_sentences import describe
from gridmap.services.division import Cells, Row, read_homes, read_neighbourhood
from gridmap.services.effects import Effect, find_effects
from gridmap.services.grids import refresh_grids
from gridmap.services.office import Office, load_office
from gridmap.services.parents import changed_groups, follow_communities
from gridmap.services.references import point_to_cells
from gridmap.store import edit as store
from gridmap.store import journal
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace

_KEEPS_COMMUNITY = Merge | HandOver | Carve | Extend | Assign
"""Edits that give ground from cell to cell; moving a border moves a community's border as well."""
_FAR_M = 20_000.0
"""A subdistrict is smaller than this."""
_OPEN_STATES = (None, "draft", "approved")


@dataclass(frozen=True)
class EditCells:
    """An edit, in the official division or in a plan.

    Attributes:
        edit: what to do; cells are named by their ids.
        division: the id of a plan; None for the official division.
        document_id: the paper by which it is done, by default the workspace's of the moment.
        on: since when, by default today: 2026-11-20.
        across: whether ground may go from one community to another.
    """

    edit: CellEdit
    division: str | None = None
    document_id: str | None = None
    on: str | None = None
    across: bool = False


@dataclass(frozen=True)
class Edited:
    """What an edit did: the cells by their ids, and the codes of all of them."""

    change: Change
    effects: tuple[Effect, ...]
    codes: Mapping[str, str | None]
    intention: Text

    @property
    def changed(self) -> tuple[str, ...]:
        """Return the cells that stay, with other borders."""
        return tuple(sorted(self.change.changed))

    @property
    def new(self) -> tuple[str, ...]:
        """Return the cells that begin."""
        return tuple(sorted(self.change.new, key=lambda key: self.codes[key] or ""))

    @property
    def gone(self) -> tuple[str, ...]:
        """Return the cells that end."""
        return tuple(sorted(self.change.gone, key=lambda key: self.codes[key] or ""))


def edit_cells(
    opened: Workspace, request: EditCells, _progress: Progress = quiet
) -> Outcome[Edited]:
    """Do one edit of the cells, and let everything follow that hangs on them.

    In the official division communities and subdistrict follow their cells, responsibility grids
    are derived anew, and components, defects, cases and posts name the cell in which they lie.
    In a plan only the plan's own cells change.

    Raises:
        RequestError: the edit cannot be done; ``place`` says where, and nothing has changed.
        WorkspaceError: the workspace cannot be written.
    """
    deed = deed_of(opened, request.division, request.on, request.document_id)
    with opened.transaction(texts.editing()) as tx:
        office = load_office(tx.connection)
        plan = ensure_open(tx.connection, deed, office)
        cells = read_neighbourhood(tx.connection, request.edit, request.division)
        _ensure_here(tx.connection, request.edit, cells)
        homes = read_homes(tx.connection, reach.boxes_around(list(cells.coverage.shapes)))
        change = apply_edit(cells.coverage, request.edit, new_key=clock.new_id, homes=homes)
        moved = moved_ground(change)
        _ensure_allowed(tx.connection, request, cells, change, moved)
        effects = find_effects(change, cells.rows, homes, office)
        codes = write_cells(tx, deed, cells, change, effects, office)
        if deed.is_official:
            let_follow(tx, cells, change)
        said = describe(request.edit, change, moved, codes)
        if plan is not None:
            said = texts.in_plan(plan=plan, what=said)
        journal.reword(tx, said)
    touched = opened.touched_by(tx)
    return Outcome(Edited(change, effects, codes, said), touched, tx.id)


def let_follow(tx: Transaction, cells: Cells, change: Change) -> None:
    """Let everything follow a change of the official cells that was written before.

    Args:
        tx: the transaction of the intention.
        cells: the cells of the change before, and their neighbours, with their rows.
        change: what changed.
    """
    now = _written(tx, change)
    held = {key: row["community_id"] for key, row in now.items()}
    follow_communities(tx, cells, change, {**cells.communities, **_without_none(held)})
    taken = {key: takers(change, key) for key in change.gone}
    successors = {key: found[0] for key, found in taken.items() if found}
    point_to_cells(tx, change, successors)
    refresh_grids(tx, _grids_to_refresh(cells, change, now))


def _written(tx: Transaction, change: Change) -> dict[str, Row]:
    """Return what stands now in the rows of a change."""
    names = ("community_id", "grid_id", "households")
    touched = dict.fromkeys((*change.before, *change.after))
    found = store.read_rows(tx.connection, "cell", touched, names, with_shapes=False).columns
    return {id_: {name: found[name][at] for name in names} for at, id_ in enumerate(found["id"])}


def _without_none(held: Mapping[str, str | None]) -> dict[str, str]:
    return {key: one for key, one in held.items() if one is not None}


def _grids_to_refresh(cells: Cells, change: Change, now: Mapping[str, Row]) -> set[str]:
    """Return the grids whose outline or households a change may alter."""
    grid_of = _without_none({key: row["grid_id"] for key, row in now.items()})
    grids = changed_groups(change, grid_of)
    for key, grid in grid_of.items():
        was = cells.rows[key]["households"] if key in cells.rows else None
        if key in change.gone or was != now[key]["households"]:
            grids.add(grid)
    left = {cells.rows[key]["grid_id"] for key in change.before} - set(grid_of.values())
    return grids | (left - {None})


def deed_of(
    opened: Workspace, division: str | None, on: str | None, document_id: str | None
) -> Deed:
    """Return where and by which paper a change is made: a plan's has none before it is approved.

    Raises:
        RequestError: ``on`` is no day.
    """
    if division is None and document_id is None:
        document_id = opened.document_id
    return Deed(division, parse_day(on), document_id)


def parse_day(given: str | None) -> str:
    """Return a day as it is stored; today where none is given.

    Raises:
        RequestError: it is none.
    """
    if given is None:
        return clock.now().astimezone().date().isoformat()
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise RequestError(texts.wrong_date(given=given)) from None


# --- what is refused ----------------------------------------------------------------------------


def ensure_open(reader: sqlite.Connection, deed: Deed, office: Office) -> str | None:
    """Refuse what may not be edited now; return the name of the plan.

    Raises:
        RequestError: the plan or the document is not there, the plan is over, or the office wants
            a document and none is given.
    """
    if deed.document_id is not None:
        found = store.read_rows(reader, "document", [deed.document_id], ())
        if not len(found):
            raise RequestError(texts.no_such_document(document=deed.document_id))
    if deed.division is None:
        if office.needs_document and deed.document_id is None:
            raise RequestError(texts.document_needed())
        return None
    columns = store.read_rows(reader, "plan", [deed.division], ("name", "state")).columns
    if not len(columns["id"]):
        raise RequestError(texts.no_such_plan(plan=deed.division))
    name, state = columns["name"][0], columns["state"][0]
    if state not in _OPEN_STATES:
        words = [Wording(one.zh, one.en) for one in PLAN_STATES if one.value == state]
        said = words[0] if words else Wording(str(state), str(state))
        raise RequestError(texts.plan_closed(plan=name or deed.division, state=said))
    return str(name or deed.division)


def _ensure_here(reader: sqlite.Connection, edit: CellEdit, cells: Cells) -> None:
    """Refuse coordinates that are nowhere near, as those of another zone or of degrees."""
    lines = reach.drawn_lines(edit)
    if not lines:
        return
    x, y = lines[0][0]
    if not len(cells.coverage):
        box = reach.boxes_of(lines)
        if isinstance(edit, Extend) and store.boxes_near(reader, "community", box):
            return  # the first cell of a community
        raise RequestError(texts.no_cell_here(x=x, y=y), place=Place(xy=(x, y)))
    ground = shapely.box(*shapely.total_bounds(cells.coverage.shapes))
    far = shapely.distance(shapely.points([xy for line in lines for xy in line]), ground)
    if float(far.max()) > _FAR_M:
        x, y = [xy for line in lines for xy in line][int(far.argmax())]
        raise RequestError(texts.far_away(x=x, y=y, away_km=float(far.max()) / 1000))


def _ensure_allowed(
    reader: sqlite.Connection,
    request: EditCells,
    cells: Cells,
    change: Change,
    moved: frozenset[str],
) -> None:
    for key in sorted(moved & change.before.keys()):
        if cells.rows[key]["locked"]:
            at = shapely.point_on_surface(change.before[key])
            place = Place(table="cell", id=key, xy=(float(at.x), float(at.y)))
            raise RequestError(texts.locked(cell=cells.rows[key]["code"] or key), place=place)
    if not request.across and isinstance(request.edit, _KEEPS_COMMUNITY):
        _ensure_one_community(reader, request.edit, cells, change, moved)


def _ensure_one_community(
    reader: sqlite.Connection, edit: CellEdit, cells: Cells, change: Change, moved: frozenset[str]
) -> None:
    known = cells.communities
    touched = sorted(key for key in moved if key in known)
    homes = {known[key] for key in touched}
    if len(homes) < 2:
        return
    taker = edit.to if isinstance(edit, Assign | HandOver) else None
    home = known.get(taker or touched[0])
    stranger = next(key for key in touched if known[key] != home)
    at = _lost_at(change, stranger)
    codes = texts.listed(sorted(str(cells.rows[key]["code"] or key) for key in touched))
    found = store.read_rows(reader, "community", homes, ("name",), with_shapes=False).columns
    names = texts.listed(sorted(str(name) for name in found["name"]))
    said = texts.across_communities(cells=codes, communities=names)
    raise RequestError(said, place=Place(table="cell", id=stranger, xy=at))


def _lost_at(change: Change, key: str) -> tuple[float, float]:
    """Return a place on the ground that a cell would lose."""
    was = change.before[key]
    lost = shapely.difference(was, change.after[key]) if key in change.after else was
    at = shapely.point_on_surface(lost if not lost.is_empty else was)
    return float(at.x), float(at.y)
