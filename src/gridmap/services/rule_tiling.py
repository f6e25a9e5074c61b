"""The rules that cells tile their communities: no gap, no overlap, nothing outside."""

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray

from gridmap.geo import rules_tiling
from gridmap.geo.features import Geometries, as_objects
from gridmap.geo.held import Ints
from gridmap.geo.rules_tiling import Tears
from gridmap.services import rule_texts as texts
from gridmap.services.rule_findings import Finding
from gridmap.services.rule_ground import RuleGround


def tiling(ground: RuleGround, owners: Ints) -> Iterator[Finding]:
    """Find where the cells of some communities do not tile them.

    Cells without a community are asked about with every community that is.
    """
    yield from _homeless(ground)
    ids = [ground.communities.ids[at] for at in owners.tolist()]
    cells = ground.cells_of(ids)
    if not len(cells):
        return
    number = {id_: n for n, id_ in enumerate(ids)}
    groups = np.array([number[ground.community_of(at)] for at in cells.tolist()], np.int64)
    outlines = ground.communities.shapes[owners].copy()
    outlines[np.bincount(groups, minlength=len(owners)) == 0] = None  # nothing is divided there
    tears = rules_tiling.find_tears(ground.cells.shapes[cells], groups, outlines)
    torn = np.unique(tears.group)
    if not len(tears):
        return
    bad = np.isin(groups, torn)
    found = [
        *_overlaps(ground, cells[bad]),
        *_outside(ground, cells[bad], owners[groups[bad]]),
    ]
    yield from found
    uneven = {one.community_id for one in found}
    for group in torn.tolist():
        mine = cells[groups == group]
        gaps = list(_gaps(ground, int(owners[group]), mine, tears.of(group)))
        yield from gaps
        if not gaps and ids[group] not in uneven:
            yield _unmatched(ground, int(owners[group]), tears, group)


def _homeless(ground: RuleGround) -> Iterator[Finding]:
    known = ground.communities.position
    if not known:
        return
    strays = [at for id_, cells in ground.members.items() if id_ not in known for at in cells]
    if not strays:
        return
    at_cells = np.array(sorted(strays), np.int64)
    places = rules_tiling.places_in(ground.cells.shapes[at_cells])
    for at, (x, y) in zip(at_cells.tolist(), places.tolist(), strict=True):
        said = texts.no_community(ground.cell_name(at))
        yield Finding(
            "community", "error", said, (x, y), "cell", ground.cells.ids[at], situation=("none",)
        )


def _overlaps(ground: RuleGround, cells: Ints) -> Iterator[Finding]:
    one, other, common = rules_tiling.find_overlaps(ground.cells, cells)
    if not len(one):
        return
    sure = rules_tiling.are_slivers(common)
    width, area = rules_tiling.mean_width(common), shapely.area(common)
    places = rules_tiling.places_in(common)
    for n, (a, b) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        said = texts.overlap(
            ground.cell_name(a), ground.cell_name(b), float(area[n]), float(width[n])
        )
        first, second = sorted((ground.cells.ids[a], ground.cells.ids[b]))
        yield Finding(
            "overlap",
            "error",
            said,
            (float(places[n][0]), float(places[n][1])),
            "cell",
            first,
            second,
            measure=float(area[n]),
            mend="give" if sure[n] else None,
            shape=common[n],
            community_id=ground.community_of(a) or None,
            situation=_place_of(common[n]),
        )


def _outside(ground: RuleGround, cells: Ints, communities: Ints) -> Iterator[Finding]:
    shapes = ground.cells.shapes[cells]
    at, out = rules_tiling.find_outside(shapes, ground.communities.shapes[communities])
    if not len(at):
        return
    sure = rules_tiling.are_slivers(out)
    area, places = shapely.area(out), rules_tiling.places_in(out)
    for n, cell in enumerate(cells[at].tolist()):
        community = int(communities[at[n]])
        said = texts.outside(
            ground.cell_name(cell), float(area[n]), ground.name("community", community)
        )
        yield Finding(
            "community",
            "error",
            said,
            (float(places[n][0]), float(places[n][1])),
            "cell",
            ground.cells.ids[cell],
            measure=float(area[n]),
            mend="clip" if sure[n] else None,
            shape=out[n],
            community_id=ground.communities.ids[community],
            situation=_place_of(out[n]),
        )


def _gaps(
    ground: RuleGround, community: int, cells: Ints, torn: NDArray[np.float64]
) -> Iterator[Finding]:
    outline, shapes = ground.communities.shapes[community], ground.cells.shapes[cells]
    # gaps have torn edges around them: what lies away from these need not be put together
    near = ground.cells.near(shapely.points(torn), rules_tiling.SLIVER_WIDTH_M)
    if len(near):
        reach = shapely.box(*shapely.total_bounds(ground.cells.shapes[near]))
        outline = shapely.intersection(outline, reach)
        shapes = shapes[shapely.intersects(shapes, reach)]
    yield from _told_gaps(ground, community, rules_tiling.find_gaps(outline, shapes))


def _told_gaps(ground: RuleGround, community: int, gaps: Geometries) -> Iterator[Finding]:
    if not len(gaps):
        return
    sure = rules_tiling.are_slivers(gaps)
    width, area = rules_tiling.mean_width(gaps), shapely.area(gaps)
    places = rules_tiling.places_in(gaps)
    id_ = ground.communities.ids[community]
    for n, shape in enumerate(gaps):
        said = texts.gap(ground.name("community", community), float(area[n]), float(width[n]))
        x, y = places[n].tolist()
        yield Finding(
            "gap",
            "error",
            said,
            (x, y),
            "community",
            id_,
            f"{x:.0f},{y:.0f}",
            measure=float(area[n]),
            mend="fill" if sure[n] else None,
            shape=shape,
            community_id=id_,
            situation=_place_of(shape),
        )


def _unmatched(ground: RuleGround, community: int, tears: Tears, group: int) -> Finding:
    places = tears.of(group)
    id_ = ground.communities.ids[community]
    return Finding(
        "matching",
        "warning",
        texts.unmatched(ground.name("community", community), len(places)),
        (float(places[0][0]), float(places[0][1])),
        "community",
        id_,
        measure=float(len(places)),
        mend="match",
        shape=shapely.multipoints(shapely.points(places)),
        community_id=id_,
        situation=tuple(places.round(2).ravel().tolist()),
    )


def _place_of(shape: shapely.Geometry) -> tuple[float, ...]:
    """Return what tells some ground from another: its box and size, to a decimetre."""
    bounds = shapely.bounds(as_objects([shape]))[0].round(1).tolist()
    return (*bounds, round(float(shapely.area(shape)), 1))
