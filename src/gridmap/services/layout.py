"""Laying out a community: its first cells, along the lanes that are there."""

from dataclasses import dataclass, replace

import shapely

from gridmap.base import clock
from gridmap.base.errors import Place, RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.geo.blocks import cut_into_blocks
from gridmap.geo.coverage import Change, Coverage
from gridmap.geo.features import as_objects
from gridmap.model import codes
from gridmap.model.changes import Outcome
from gridmap.services import layout_texts as texts
from gridmap.services import reach
from gridmap.services.cell_changes import Deed, write_cells
from gridmap.services.cell_texts import locked
from gridmap.services.cells import deed_of, ensure_open, let_follow
from gridmap.services.division import COLUMNS, Cells, read_cells, read_homes
from gridmap.services.effects import find_effects
from gridmap.services.numbering import community_codes, issue_codes
from gridmap.services.office import load_office
from gridmap.store import edit as store
from gridmap.store import journal, rows
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace


@dataclass(frozen=True)
class LayOut:
    """Which community is laid out, and how.

    Attributes:
        community_id: a community that has no cells yet, or one cell.
        along_lanes: whether to cut it into the blocks between the walkways, else one cell is made.
        smallest_m2: a block below this is joined to a neighbour.
        document_id: the paper by which it is done, by default the workspace's of the moment.
    """

    community_id: str
    along_lanes: bool = True
    smallest_m2: float = 3_000.0
    document_id: str | None = None


def lay_out(
    opened: Workspace, request: LayOut, progress: Progress = quiet
) -> Outcome[tuple[str, ...]]:
    """Make the first cells of a community, numbered west to east and north to south.

    Returns the ids of the new cells in the order of their codes. Where lanes meet the community's
    border, its neighbours get the vertex as well. A single cell that is there already ends.

    Raises:
        RequestError: the community is unknown, has no border or no code, has cells already, its
            cell is locked, no lanes enclose blocks in it, or the office wants a document and none
            is given; ``place`` says where, and nothing has changed.
        WorkspaceError: the workspace cannot be written.
    """
    progress(0, 2, texts.cutting())
    deed = deed_of(opened, None, None, request.document_id)
    with opened.transaction(texts.laying_out()) as tx:
        ensure_open(tx.connection, deed, load_office(tx.connection))
        community = _read_community(tx, request.community_id)
        cells, whole = _read_ground(tx, community)
        change = _divided(tx, cells, community, whole, request)
        progress(1, 2, texts.writing())
        new = _write(tx, deed, cells, community, whole, change)
        let_follow(tx, cells, change)
        journal.reword(tx, texts.laid_out(community=community.name, count=len(new)))
    return Outcome(new, opened.touched_by(tx), tx.id)


@dataclass(frozen=True)
class Candidate:
    """A community that can be laid out: it has a border, and one cell at most."""

    id: str
    name: str
    code: str | None
    has_cell: bool


def find_candidates(opened: Workspace) -> Outcome[tuple[Candidate, ...]]:
    """Return the communities that can be laid out, in the order of their codes."""
    with opened.reading() as reader:
        cells = store.count_by(reader, "cell", "community_id", store.DIVISION, (None,))
        drawn = "t.geom IS NOT NULL"
        found = store.read_where(reader, "community", ("name", "code"), drawn, with_shapes=False)
    columns = found.columns
    listed = [
        Candidate(row_id, str(name or code or row_id), code, cells.get(row_id, 0) > 0)
        for row_id, name, code in zip(columns["id"], columns["name"], columns["code"], strict=True)
        if cells.get(row_id, 0) <= 1
    ]
    return Outcome(tuple(sorted(listed, key=lambda one: one.code or "")))


def find_community(opened: Workspace, given: str) -> str:
    """Return the id of a community by its name, code or id.

    Raises:
        RequestError: there is none, or several have the name.
    """
    with opened.reading() as reader:
        found = rows.ids_by_name(reader, "community").get(given)
    if found is None:
        raise RequestError(texts.no_such_community(community=given))
    return found


@dataclass(frozen=True)
class _Community:
    id: str
    name: str
    shape: shapely.Polygon

    def place(self) -> Place:
        on = shapely.point_on_surface(self.shape)
        return Place(table="community", id=self.id, xy=(float(on.x), float(on.y)))


@dataclass(frozen=True)
class _Whole:
    """All ground of a community as one area: its one cell, or (``is_cell`` False) what none has."""

    key: str
    is_cell: bool


def _read_community(tx: Transaction, row_id: str) -> _Community:
    found = store.read_rows(tx.connection, "community", [row_id], ("name", "code"))
    if not len(found):
        raise RequestError(texts.no_such_community(community=row_id))
    name = str(found.columns["name"][0] or found.columns["code"][0] or row_id)
    parts = shapely.get_parts(found.geometry)
    if len(parts) != 1:
        place = Place(table="community", id=row_id)
        raise RequestError(texts.not_one_area(community=name, parts=len(parts)), place=place)
    return _Community(row_id, name, parts[0])


def _read_ground(tx: Transaction, community: _Community) -> tuple[Cells, _Whole]:
    """Return the cells around a community, with its own ground as one of them."""
    boxes = reach.grown(reach.boxes_around([community.shape]))
    cells = read_cells(tx.connection, boxes, None)
    own = [key for key, home in cells.communities.items() if home == community.id]
    if len(own) > 1:
        said = texts.has_cells(community=community.name, count=len(own))
        raise RequestError(said, place=community.place())
    if own:
        _ensure_free(cells, own[0])
        return cells, _Whole(own[0], is_cell=True)
    key = clock.new_id()
    row = dict.fromkeys(COLUMNS) | {"community_id": community.id}
    shapes = as_objects([*cells.coverage.shapes, community.shape])
    coverage = Coverage((*cells.coverage.keys, key), shapes)
    return Cells(coverage, {**cells.rows, key: row}), _Whole(key, is_cell=False)


def _ensure_free(cells: Cells, key: str) -> None:
    if cells.rows[key]["locked"]:
        on = shapely.point_on_surface(cells.coverage.shape(key))
        place = Place(table="cell", id=key, xy=(float(on.x), float(on.y)))
        raise RequestError(locked(cell=cells.rows[key]["code"] or key), place=place)


def _divided(
    tx: Transaction, cells: Cells, community: _Community, whole: _Whole, request: LayOut
) -> Change:
    if not request.along_lanes:
        if whole.is_cell:
            raise RequestError(
                texts.has_cells(community=community.name, count=1), place=community.place()
            )
        new = clock.new_id()
        shapes = {whole.key: community.shape}, {new: community.shape}
        return Change(*shapes, {new: (whole.key,)})
    box = reach.boxes_around([community.shape])
    lanes = store.read_near(tx.connection, "walkway", box).geometry
    held = lanes if lanes is not None else as_objects([])
    near = cells.coverage.near([community.shape], reach.NEAR_M)
    return cut_into_blocks(near, whole.key, held, request.smallest_m2, clock.new_id)


def _write(
    tx: Transaction,
    deed: Deed,
    cells: Cells,
    community: _Community,
    whole: _Whole,
    change: Change,
) -> tuple[str, ...]:
    """Write the cells; return the ids of the new ones in the order of their codes."""
    office = load_office(tx.connection)
    homes = read_homes(tx.connection, reach.boxes_around(list(change.before.values())))
    effects = find_effects(change, cells.rows, homes, office)
    if whole.is_cell:
        given = write_cells(tx, deed, cells, change, effects, office)
        return tuple(sorted(change.new, key=lambda key: given[key] or ""))
    beside = replace(
        change,
        before={key: shape for key, shape in change.before.items() if key != whole.key},
        after={key: change.after[key] for key in change.changed},
        heirs={},
    )
    write_cells(tx, deed, cells, beside, effects, office)
    people = {effect.key: effect.households_after for effect in effects}
    ordered = _in_reading_order({key: change.after[key] for key in change.new})
    code = community_codes(tx.connection, [community.id], office)[community.id]
    given_codes = issue_codes(tx.connection, office, code, len(ordered))
    for key, issued in zip(ordered, given_codes, strict=True):
        values = {
            "code": issued,
            "code_scheme": codes.mark_of(issued),
            "community_id": community.id,
            "document_id": deed.document_id,
            "valid_from": deed.on,
            "households": people[key],
        }
        store.insert_row(tx, "cell", values, change.after[key], row_id=key)
    return tuple(ordered)


def _in_reading_order(shapes: dict[str, shapely.Polygon]) -> list[str]:
    keys, held = list(shapes), as_objects(list(shapes.values()))
    points = shapely.get_coordinates(shapely.centroid(held)).tolist()
    band = float(shapely.area(held).mean()) ** 0.5 / 2
    return [keys[at] for at in codes.reading_order([(x, y) for x, y in points], band)]
