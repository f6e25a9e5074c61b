"""Codes for cells that have none or old ones: west to east and north to south in a community."""

from dataclasses import dataclass
from typing import Any

import shapely

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.model import codes
from gridmap.model.changes import Outcome
from gridmap.services import cell_texts as texts
from gridmap.services.cell_changes import Deed
from gridmap.services.cells import deed_of, ensure_open
from gridmap.services.division import COLUMNS, Cells, to_cells
from gridmap.services.numbering import community_codes, issue_codes, issue_provisional
from gridmap.services.office import Office, load_office
from gridmap.services.references import name_instead
from gridmap.store import edit as store
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace


@dataclass(frozen=True)
class Renumber:
    """Which cells of a community get new codes.

    Attributes:
        community_id: the community.
        division: the id of a plan; None for the official division.
        every: all cells; else only those without a code of the office's scheme.
        document_id: the paper by which it is done.
        on: since when, by default today: 2026-11-20.
    """

    community_id: str
    division: str | None = None
    every: bool = False
    document_id: str | None = None
    on: str | None = None


def renumber(
    opened: Workspace, request: Renumber, _progress: Progress = quiet
) -> Outcome[dict[str, str]]:
    """Give cells new codes in the order in which one reads the map; return (old code or id, new).

    A cell that never had a code just gets one. An official one that had a code ends with it, and
    goes on as a new cell with a new code: numbers go on after the highest that was ever used. In
    a draft cells get names, and codes once it is in force.

    Raises:
        RequestError: there is no such community, none of its cells wants a code, or the sequence
            is full; nothing has changed then.
        WorkspaceError: the workspace cannot be written.
    """
    deed = deed_of(opened, request.division, request.on, request.document_id)
    with opened.reading() as reader:
        name = _name_of(store.read_rows(reader, "community", [request.community_id], ["name"]))
    given: dict[str, str] = {}
    with opened.transaction(texts.renumbered(community=name)) as tx:
        office = load_office(tx.connection)
        ensure_open(tx.connection, deed, office)
        cells = _cells_of(tx, request)
        wanted = _in_reading_order(cells, request, office)
        if not wanted:
            raise RequestError(texts.nothing_to_renumber(community=name))
        for key, code in zip(wanted, _issue(tx, request, office, len(wanted)), strict=True):
            given[cells.rows[key]["code"] or key] = code
            _give(tx, deed, key, cells, code)
    return Outcome(given, opened.touched_by(tx), tx.id)


def _name_of(found: Any) -> str:
    if not len(found):
        raise RequestError(texts.no_such_community())
    return str(found.columns["name"][0] or found.columns["id"][0])


def _cells_of(tx: Transaction, request: Renumber) -> Cells:
    where = f"t.community_id = ? AND {store.DIVISION}"
    bound = (request.community_id, request.division)
    return to_cells(store.read_where(tx.connection, "cell", COLUMNS, where, bound))


def _in_reading_order(cells: Cells, request: Renumber, office: Office) -> list[str]:
    """Return the cells that want a code, in the order of all cells of the community."""
    shapes = cells.coverage.shapes
    if not len(shapes):
        return []
    points = shapely.get_coordinates(shapely.centroid(shapes))
    band = float(shapely.area(shapes).mean()) ** 0.5 / 2
    order = codes.reading_order([(x, y) for x, y in points.tolist()], band)
    keys = [cells.coverage.keys[at] for at in order]
    return [key for key in keys if _wants(cells.rows[key]["code"], request, office)]


def _wants(code: str | None, request: Renumber, office: Office) -> bool:
    if request.every or not code:
        return True
    if request.division is not None:
        return codes.is_provisional(code)
    return not office.scheme.fits(code)


def _issue(tx: Transaction, request: Renumber, office: Office, count: int) -> list[str]:
    if request.division is not None:
        return issue_provisional(tx.connection, request.division, count)
    held = community_codes(tx.connection, [request.community_id], office)
    return issue_codes(tx.connection, office, held[request.community_id], count)


def _give(tx: Transaction, deed: Deed, key: str, cells: Cells, code: str) -> None:
    row = cells.rows[key]
    values: dict[str, Any] = {"code": code, "code_scheme": codes.mark_of(code)}
    if deed.document_id is not None:
        values["document_id"] = deed.document_id
    had_code = row["code"] and not codes.is_provisional(row["code"])
    if not deed.is_official or not had_code:
        store.update_row(tx, "cell", key, values)
        return
    new = clock.new_id()
    inherited = {name: value for name, value in row.items() if name != "base_cell_id"}
    store.update_row(tx, "cell", key, {"valid_to": deed.on})
    store.insert_row(
        tx,
        "cell",
        {**inherited, **values, "valid_from": deed.on},
        cells.coverage.shape(key),
        row_id=new,
    )
    link = {
        "from_cell_id": key,
        "to_cell_id": new,
        "kind": "renumber",
        "changed_on": deed.on,
        "document_id": deed.document_id,
    }
    store.insert_row(tx, "cell_lineage", link)
    name_instead(tx, key, new)


def mark_codes(opened: Workspace, _progress: Progress = quiet) -> Outcome[dict[str, int]]:
    """Mark each cell's code with the scheme that it follows; return how many follow which.

    Codes of other schemes are accepted as they are: they are only marked, as are those that no
    scheme explains.

    Raises:
        WorkspaceError: the workspace cannot be written.
    """
    counts: dict[str, int] = {}
    with opened.transaction(texts.codes_marked()) as tx:
        where = "t.code IS NOT NULL"
        found = store.read_where(
            tx.connection, "cell", ["code", "code_scheme"], where, with_shapes=False
        ).columns
        columns = (found["id"], found["code"], found["code_scheme"])
        for cell_id, code, marked in zip(*columns, strict=True):
            mark = codes.mark_of(code)
            if mark is not None:
                counts[mark] = counts.get(mark, 0) + 1
            if mark is not None and mark != marked:
                store.update_row(tx, "cell", cell_id, {"code_scheme": mark})
    return Outcome(counts, opened.touched_by(tx), tx.id)


def community_of(opened: Workspace, table: str, row_id: str) -> str:
    """Return the id of the community that a row of ``community`` or ``cell`` is or lies in.

    Raises:
        RequestError: there is none.
    """
    if table == "community":
        return row_id
    with opened.reading() as reader:
        names = ("community_id",)
        held = store.read_rows(reader, table, [row_id], names, with_shapes=False).columns
    found = held["community_id"].tolist()
    if not found or found[0] is None:
        raise RequestError(texts.no_such_community())
    return str(found[0])
