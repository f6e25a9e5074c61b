"""Painting: buildings or blocks brushed from cell to cell, and cells from grid to grid."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.geo.features import as_objects
from gridmap.model.cell_edits import Assign, Extend, Line
from gridmap.model.changes import Outcome
from gridmap.services import cell_texts
from gridmap.services import painting_texts as texts
from gridmap.services.cells import EditCells, edit_cells
from gridmap.services.effects import Effect
from gridmap.services.free_ground import extension_to
from gridmap.services.ground import preview_edit
from gridmap.services.grouping import GroupCells, find_apart, group_cells
from gridmap.services.palette import Kind, Palette
from gridmap.store import edit as store
from gridmap.store.workspace import Workspace

State = Literal["good", "under", "over", "unknown"]
_MOVED_M2 = 0.5


@dataclass(frozen=True)
class Stroke:
    """What was brushed: positions of things, and the cell or grid that gets them."""

    kind: Kind
    target: str
    things: tuple[int, ...]


@dataclass(frozen=True)
class Balance:
    """One cell or grid: what it has, what it had, and how that is within the office's limits.

    Limits are (low, high); the area of a grid has none, (0, 0).
    """

    key: str
    name: str
    is_target: bool
    area_m2: float
    area_before_m2: float
    area_limits: tuple[float, float]
    households: int | None
    households_before: int | None
    households_limits: tuple[float, float]

    @property
    def area_state(self) -> State:
        """Return how the area is within its limits."""
        return _state(self.area_m2, self.area_limits)

    @property
    def households_state(self) -> State:
        """Return how the households are within their limits."""
        return _state(self.households, self.households_limits)


@dataclass(frozen=True)
class Tried:
    """What a stroke would do: the balance of all concerned, and their new shapes."""

    balances: tuple[Balance, ...]
    shapes: tuple[shapely.Polygon, ...]


def balances_of(palette: Palette, keys: Iterable[str], target: str | None) -> tuple[Balance, ...]:
    """Return how cells or grids are balanced as they are."""
    found = []
    for key in dict.fromkeys(keys):
        if key in palette.grids:
            found.append(_grid_balance(palette, key, palette.grids[key].cells, target))
        elif key in palette.ground.rows:
            area = float(shapely.area(palette.ground.cells.shape(key)))
            people = palette.ground.rows[key]["households"]
            found.append(_balance(palette, key, (area, area), (people, people), target))
    return tuple(found)


def try_stroke(palette: Palette, stroke: Stroke) -> Tried:
    """Tell what a stroke would do, from memory alone.

    Raises:
        RequestError: it cannot be done; ``place`` says where.
    """
    if stroke.kind == "cell":
        return _try_grouping(palette, stroke)
    tried = preview_edit(palette.ground, edit_of(palette, stroke))
    order = sorted(tried.effects, key=lambda effect: effect.key != stroke.target)
    balances = [
        _balance(
            palette,
            effect.key,
            (effect.area_m2_after or 0.0, effect.area_m2_before or 0.0),
            (effect.households_after, effect.households_before),
            stroke.target,
        )
        for effect in order
        if _is_moved(effect) or effect.key == stroke.target
    ]
    return Tried(tuple(balances), tuple(tried.change.after.values()))


def paint(
    opened: Workspace, palette: Palette, stroke: Stroke, progress: Progress = quiet
) -> Outcome[str]:
    """Do a stroke, as one transaction; return the id of the cell or grid that got something.

    Raises:
        RequestError: it cannot be done; ``place`` says where, and nothing has changed.
        WorkspaceError: the workspace cannot be written.
    """
    if stroke.kind == "cell":
        _, given = _regrouped(palette, stroke)
        request = GroupCells(tuple(sorted(given)), stroke.target)
        return group_cells(opened, request, progress)
    edit = EditCells(edit_of(palette, stroke), palette.ground.division)
    done = edit_cells(opened, edit, progress)
    return Outcome(stroke.target, done.touched, done.transaction)


def edit_of(palette: Palette, stroke: Stroke) -> Assign | Extend:
    """Return a stroke of buildings or blocks as an edit of the cells.

    Raises:
        RequestError: a building lies in no cell, and not on free ground of the target's community.
    """
    if any(palette.is_free(stroke.kind, at) for at in stroke.things):
        return extension_to(palette, stroke.target, stroke.things)
    shapes = palette.things(stroke.kind).shapes[list(stroke.things)]
    rings = shapely.get_exterior_ring(shapely.get_parts(shapes))
    return Assign(tuple(_line(ring) for ring in rings), stroke.target, palette.locked)


def outlines_of(opened: Workspace, buildings: Iterable[str]) -> tuple[Line, ...]:
    """Return the outlines of buildings, by their ids.

    Raises:
        RequestError: there is no such building.
    """
    wanted = list(buildings)
    with opened.reading() as reader:
        found = store.read_rows(reader, "building", wanted, ())
    for one in wanted:
        if one not in found.columns["id"]:
            raise RequestError(texts.no_such_building(building=one))
    shapes = found.geometry if found.geometry is not None else as_objects([])
    return tuple(_line(ring) for ring in shapely.get_exterior_ring(shapely.get_parts(shapes)))


def _line(ring: shapely.Geometry) -> Line:
    return tuple((float(x), float(y)) for x, y in shapely.get_coordinates(ring))


def _is_moved(effect: Effect) -> bool:
    return abs((effect.area_m2_after or 0.0) - (effect.area_m2_before or 0.0)) > 0.5


def _regrouped(
    palette: Palette, stroke: Stroke
) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Return the cells that each giving grid keeps, and those that the target has then."""
    given = {palette.ground.cells.keys[at] for at in stroke.things}
    left: dict[str, frozenset[str]] = {}
    for cell in sorted(given):
        giver = palette.ground.rows[cell]["grid_id"]
        if giver in palette.grids:
            left[giver] = left.get(giver, palette.grids[giver].cells) - {cell}
    return left, palette.grids[stroke.target].cells | given


def _try_grouping(palette: Palette, stroke: Stroke) -> Tried:
    """Tell what a grid would be with the cells brushed, and what is left of the giving ones.

    Raises:
        RequestError: a grid would have too many cells, or they would not hang together.
    """
    left, given = _regrouped(palette, stroke)
    most = palette.ground.office.most_cells_per_grid
    shape = palette.ground.cells.shape
    if len(given) > most:
        last = shape(palette.ground.cells.keys[stroke.things[-1]])
        said = cell_texts.wrong_count_of_cells(count=len(given), most=most)
        raise RequestError(said, place=_inside(last))
    for cells in (given, *left.values()):
        here = [shape(cell) for cell in sorted(cells & palette.ground.rows.keys())]
        apart = find_apart(as_objects(here)) if len(here) == len(cells) and here else None
        if apart is not None:
            raise RequestError(texts.grid_apart(), place=_inside(apart))
    balances = [_grid_balance(palette, stroke.target, given, stroke.target)]
    balances += [_grid_balance(palette, grid, cells, stroke.target) for grid, cells in left.items()]
    here = [shape(cell) for cell in sorted(given & palette.ground.rows.keys())]
    return Tried(tuple(balances), tuple(shapely.get_parts(shapely.union_all(here))))


def _inside(shape: shapely.Geometry) -> Place:
    at = shapely.point_on_surface(shape)
    return Place(xy=(float(at.x), float(at.y)))


# --- balance ------------------------------------------------------------------------------------


def _balance(
    palette: Palette,
    key: str,
    area: tuple[float, float],
    people: tuple[int | None, int | None],
    target: str | None,
) -> Balance:
    office = palette.ground.office
    return Balance(
        key,
        palette.name_of(key),
        key == target,
        *area,
        (office.area_low_m2, office.area_high_m2),
        *people,
        (0.0, office.households_high),
    )


def _grid_balance(palette: Palette, key: str, cells: frozenset[str], target: str | None) -> Balance:
    office = palette.ground.office
    now, before = (_people(palette, some) for some in (cells, palette.grids[key].cells))
    low = office.households_per_officer * (1 - office.households_tolerance)
    return Balance(
        key,
        palette.name_of(key),
        key == target,
        _area(palette, cells),
        _area(palette, palette.grids[key].cells),
        (0.0, 0.0),
        now,
        before,
        (low, office.households_high),
    )


def _state(value: float | None, limits: tuple[float, float]) -> State:
    low, high = limits
    if value is None or high <= 0:
        return "unknown"
    return "under" if value < low else "over" if value > high else "good"


def _people(palette: Palette, cells: frozenset[str]) -> int | None:
    rows = palette.ground.rows
    if not cells:
        return 0
    counts = [
        rows[cell]["households"] if cell in rows else palette.households.get(cell) for cell in cells
    ]
    known = [int(count) for count in counts if count is not None]
    return sum(known) if known else None


def _area(palette: Palette, cells: Iterable[str]) -> float:
    known = [palette.ground.cells.shape(cell) for cell in cells if cell in palette.ground.rows]
    return float(shapely.area(as_objects(known)).sum()) if known else 0.0
