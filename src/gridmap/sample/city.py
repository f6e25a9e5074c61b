"""The whole imaginary place as arrays: cells in the order of their codes, and what stands there."""

import dataclasses
from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.base.progress import Progress, quiet
from gridmap.geo.features import Geometries
from gridmap.sample import alleys, lots, names, outlines, roads, shops, streets, texts, town
from gridmap.sample.alleys import Alleys
from gridmap.sample.arrays import Bools, Floats, Ints, Texts, generator
from gridmap.sample.buildings import Buildings, Plots, raise_buildings
from gridmap.sample.lots import Bands, Yards
from gridmap.sample.outlines import Linework, Rings
from gridmap.sample.roads import Roads
from gridmap.sample.streets import Scale
from gridmap.sample.town import Town

CELL_ROW_M = 100.0
"""Codes run row by row from the north, in a row from west to east; a row is this high."""
COMMUNITY_ROW_M = 1_200.0


@dataclass(frozen=True)
class City:
    """Everything that has a place. Arrays are by cell unless a comment says otherwise.

    Cells are in the order of their codes; ``quad`` leads to the town's tree, ``block`` and
    ``community`` number blocks (as ``blocks``) and communities from 0.
    """

    town: Town
    lines: Linework
    roads: Roads
    quad: Ints
    rings: Rings
    polygons: Geometries
    land: Ints
    block: Ints
    community: Ints
    sequence: Ints
    """Counted from 1 within the community."""
    corner: Floats
    bulge_m: Floats
    edge: Ints
    yard: Yards
    bands: Bands
    alleys: Alleys
    buildings: Buildings
    blocks: Ints
    """By block: its quad."""
    block_land: Ints
    """By block."""
    compound_name: Texts
    """By block; None where it is no compound."""
    compound_shape: Geometries
    """By block: within its walls, off the streets; None where it is no compound."""
    communities: int

    @property
    def is_lived_in(self) -> Bools:
        """Return which cells belong to a compound."""
        return roads.is_compound(self.land)


def build(scale: Scale, seed: int, progress: Progress = quiet) -> City:
    """Lay out streets, cells and buildings of one scale; the same for the same seed."""
    size = streets.SIZES[scale]
    progress(0, 3, texts.laying_out_streets())
    lattice = streets.lay_out(size, generator(seed, 1))
    plan = town.build(lattice, size, generator(seed, 2))
    lines = outlines.finish(plan.mesh, generator(seed, 3))
    progress(1, 3, texts.cutting_cells())
    plan, quad, sequence = _in_code_order(plan, lines)
    blocks = plan.blocks
    compound_name = np.full(len(plan.land), None, object)
    compound_name[blocks] = names.compounds(plan.land[blocks].tolist(), generator(seed, 4))
    road = roads.classify(plan, lattice, compound_name, generator(seed, 5))
    progress(2, 3, texts.raising_buildings())
    return _furnish(plan, lines, road, quad, sequence, compound_name, generator(seed, 6))


def _in_code_order(plan: Town, lines: Linework) -> tuple[Town, Ints, Ints]:
    """Renumber the communities; return also the cells in order and their sequence numbers."""
    quad = plan.cells
    middle = outlines.corners(lines, outlines.rings_of(lines, plan.quads.take(quad))).mean(axis=1)
    count = int(plan.community.max()) + 1
    size = np.bincount(plan.community[quad], minlength=count)
    centre = np.column_stack(
        [np.bincount(plan.community[quad], middle[:, k], count) / size for k in (0, 1)]
    )
    order = _rowwise(centre, np.full(count, centre[:, 1].max()), COMMUNITY_ROW_M, None)
    rank = np.empty(count, np.int64)
    rank[order] = np.arange(count)
    plan = dataclasses.replace(plan, community=rank[plan.community])
    community = plan.community[quad]
    top = np.full(count, -np.inf)
    np.maximum.at(top, community, middle[:, 1])
    order = _rowwise(middle, top[community], CELL_ROW_M, community)
    quad, community = quad[order], community[order]
    first = np.searchsorted(community, np.arange(count))
    return plan, quad, np.arange(len(quad)) - first[community] + 1


def _rowwise(xy: Floats, top: Floats, row_m: float, group: Ints | None) -> Ints:
    """Return the order by group, then rows from the north, then west to east."""
    row = np.floor((top - xy[:, 1]) / row_m)
    return np.lexsort((xy[:, 0], row) if group is None else (xy[:, 0], row, group))


def _furnish(
    plan: Town,
    lines: Linework,
    road: Roads,
    quad: Ints,
    sequence: Ints,
    compound_name: Texts,
    rng: np.random.Generator,
) -> City:
    quads, land = plan.quads.take(quad), plan.land[quad]
    rings = outlines.rings_of(lines, quads)
    polygons = outlines.polygons(lines, rings)
    corner, bulge = outlines.corners(lines, rings), outlines.bulge_m(lines, rings)
    rank = road.rank[quads.edge]
    has_shops = shops.choose_sides(rank, land, rng)
    distance = road.building_line_m(quads.edge) + bulge + 0.3
    distance += has_shops * (shops.DEPTH_M + shops.COURT_M)
    yard = lots.yards(corner, distance, _row_angles(corner))
    stretch = rng.uniform(0.92, 1.1, (len(plan.land), 3))[plan.block[quad]]
    bands = lots.row_bands(yard, land, stretch, rng)
    may_open = (rank < roads.Road.NONE) & ~has_shops
    mouths = alleys.find_mouths(lines, rings, yard, land, may_open, rng)
    alley = alleys.draw(lines, yard, bands, mouths, land, rng)
    rows = lots.fill(yard, land, stretch, bands, mouths.x_by_cell(len(quad)), rng)
    shop_cell, shop_xy = shops.plots(corner, distance, has_shops, rng)
    blocks = plan.blocks
    number = np.full(len(plan.land), -1)
    number[blocks] = np.arange(len(blocks))
    block = number[plan.block[quad]]
    compound = _compound_shapes(plan, lines, road, blocks)
    plots = Plots(polygons, compound[block], shop_cell, shop_xy)
    buildings = raise_buildings(yard, rows, plots, land, rng)
    return City(
        plan, lines, road, quad, rings, polygons, land, block,
        plan.community[quad], sequence, corner, bulge, quads.edge, yard, bands,
        alleys.inside(alley, polygons), buildings, blocks, plan.land[blocks],
        compound_name[blocks], compound, int(plan.community.max()) + 1,
    )  # fmt: skip


def _compound_shapes(plan: Town, lines: Linework, road: Roads, blocks: Ints) -> Geometries:
    quads = plan.quads.take(blocks)
    wall_m = road.wall_m(quads.edge)
    shape = outlines.inset_rings(lines, outlines.rings_of(lines, quads), wall_m)
    bad = np.flatnonzero(~shapely.is_valid(shape))
    if len(bad):
        whole = outlines.polygons(lines, outlines.rings_of(lines, quads.take(bad)))
        inner = shapely.buffer(whole, -wall_m[bad].max(axis=1), join_style="mitre")
        shape[bad] = shapely.transform(inner, lambda xy: np.round(xy, 3))
    shape[~roads.is_compound(plan.land[blocks])] = None
    return shape


def _row_angles(corner: Floats) -> Floats:
    """Return the direction of the rows of buildings: along the south and north sides."""
    along = corner[:, 1] - corner[:, 0] + corner[:, 2] - corner[:, 3]
    angle: Floats = np.arctan2(along[:, 1], along[:, 0])
    return angle
