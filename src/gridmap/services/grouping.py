"""Responsibility grids put together of cells: one to five adjacent ones of one community."""

from dataclasses import dataclass
from typing import Any

import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.base.messages import Text
from gridmap.base.progress import Progress, quiet
from gridmap.geo.features import Geometries
from gridmap.model import codes
from gridmap.model.changes import Outcome
from gridmap.services import cell_texts as texts
from gridmap.services.division import COLUMNS, Cells, to_cells
from gridmap.services.grids import refresh_grids
from gridmap.services.office import Office, load_office
from gridmap.store import edit as store
from gridmap.store import journal
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace

_IN_FORCE = "t.grid_id = ? AND t.plan_id IS NULL AND t.valid_to IS NULL"


@dataclass(frozen=True)
class GroupCells:
    """Cells in force that shall be one responsibility grid.

    Attributes:
        cells: the ids of all its cells; other cells of ``grid`` leave it.
        grid: an existing grid that becomes these cells; None makes a new one.
        name: of the grid; by default the community's with the next number.
        officer_id: who answers for it; None keeps whom an existing grid has.
    """

    cells: tuple[str, ...]
    grid: str | None = None
    name: str | None = None
    officer_id: str | None = None


def group_cells(
    opened: Workspace, request: GroupCells, _progress: Progress = quiet
) -> Outcome[str]:
    """Make a responsibility grid of cells; return its id. The grids that had them are less.

    Raises:
        RequestError: there are too many cells, they do not hang together, or lie in several
            communities; nothing has changed then.
        WorkspaceError: the workspace cannot be written.
    """
    with opened.transaction(texts.grouping()) as tx:
        office = load_office(tx.connection)
        cells = _read(tx.connection, request)
        _ensure_fit(cells, office)
        grid_id = _ensure_grid(tx, request, cells)
        before = {row["grid_id"] for row in cells.rows.values()} - {None, grid_id}
        for cell_id in _members(tx.connection, grid_id) - cells.rows.keys():
            store.update_row(tx, "cell", cell_id, {"grid_id": None})
        for cell_id, row in cells.rows.items():
            if row["grid_id"] != grid_id:
                store.update_row(tx, "cell", cell_id, {"grid_id": grid_id})
        refresh_grids(tx, {grid_id, *before})
        journal.reword(tx, _said(tx.connection, grid_id, cells))
    return Outcome(grid_id, opened.touched_by(tx), tx.id)


def _read(reader: sqlite.Connection, request: GroupCells) -> Cells:
    found = to_cells(store.read_rows(reader, "cell", request.cells, COLUMNS))
    for cell_id in request.cells:
        row = found.rows.get(cell_id)
        if row is None or row["plan_id"] is not None or row["valid_to"] is not None:
            name = (row or {}).get("code") or cell_id
            place = Place(table="cell", id=cell_id)
            raise RequestError(texts.not_in_division(name=name), place=place)
    return found


def _ensure_fit(cells: Cells, office: Office) -> None:
    count, most = len(cells.coverage), office.most_cells_per_grid
    if not 1 <= count <= most:
        raise RequestError(texts.wrong_count_of_cells(count=count, most=most))
    communities = {row["community_id"] for row in cells.rows.values()}
    named = texts.listed(sorted(codes.short(row["code"]) for row in cells.rows.values()))
    if len(communities) > 1:
        raise RequestError(texts.grid_across_communities(cells=named))
    apart = find_apart(cells.coverage.shapes)
    if apart is not None:
        at = shapely.point_on_surface(apart)
        raise RequestError(
            texts.cells_apart(cells=named), place=Place(xy=(float(at.x), float(at.y)))
        )


def find_apart(shapes: Geometries) -> shapely.Geometry | None:
    """Return a cell from which one cannot walk into all others, None where all hang together."""
    reached, front = {0}, [0]
    while front:
        shared = shapely.length(shapely.intersection(shapes, shapes[front.pop()]))
        new = [at for at, length in enumerate(shared.tolist()) if length > 0 and at not in reached]
        reached.update(new)
        front += new
    left = [shape for at, shape in enumerate(shapes) if at not in reached]
    return left[0] if left else None


def _ensure_grid(tx: Transaction, request: GroupCells, cells: Cells) -> str:
    """Return the grid's id; a new row is made where none is named."""
    community = next(iter(cells.rows.values()))["community_id"]
    values: dict[str, Any] = {}
    if request.name is not None:
        values["name"] = request.name
    if request.officer_id is not None:
        values["officer_id"] = request.officer_id
    if request.grid is not None:
        found = store.read_rows(tx.connection, "grid", [request.grid], ("community_id",))
        if not len(found):
            raise RequestError(texts.no_such_grid(grid=request.grid))
        store.update_row(tx, "grid", request.grid, {**values, "community_id": community})
        return request.grid
    row = store.read_rows(
        tx.connection, "community", [community] if community else [], ("code", "name")
    ).columns
    code, name = (row["code"][0], row["name"][0]) if len(row["id"]) else (None, None)
    number = 1 + _highest(tx.connection, community)
    values.setdefault("name", str(texts.grid_name(community=name or "", number=number)))
    made = {**values, "code": f"{code or ''}G{number:03d}", "community_id": community}
    return store.insert_row(tx, "grid", made)


def _highest(reader: sqlite.Connection, community: str | None) -> int:
    """Return the highest number in the codes of a community's grids."""
    found = store.read_where(
        reader, "grid", ["code"], "t.community_id IS ?", (community,), with_shapes=False
    )
    tails = [str(code or "").rpartition("G")[2] for code in found.columns["code"]]
    return max((int(tail) for tail in tails if tail.isascii() and tail.isdecimal()), default=0)


def _members(reader: sqlite.Connection, grid_id: str) -> set[str]:
    found = store.read_where(reader, "cell", (), _IN_FORCE, (grid_id,), with_shapes=False)
    return set(found.columns["id"].tolist())


def _said(reader: sqlite.Connection, grid_id: str, cells: Cells) -> Text:
    found = store.read_rows(reader, "grid", [grid_id], ("code", "name"), with_shapes=False).columns
    named = texts.listed(sorted(codes.short(row["code"]) for row in cells.rows.values()))
    return texts.grouped(cells=named, grid=found["name"][0] or found["code"][0] or grid_id)
