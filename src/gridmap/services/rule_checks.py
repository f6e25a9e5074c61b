"""The rules of a division, each a function from the rows that it is asked about to findings.

Each function takes the ground and the positions of its owners (cells, communities, buildings or
compounds), so that a district and the surroundings of one edit are checked by the same code.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from gridmap.geo import rules_borders, rules_things
from gridmap.geo.held import Ints
from gridmap.model import codes
from gridmap.services import rule_texts as texts
from gridmap.services.rule_findings import Finding
from gridmap.services.rule_ground import RuleGround
from gridmap.services.rule_tiling import tiling

_BUILDING_M2, _BUILDING_WIDTH_M = 0.05, 0.05  # a survey is good to 5 cm
_COMPOUND_M2, _COMPOUND_WIDTH_M = 1.0, 0.5  # outlines of compounds are drawn more roughly
_CORNER_M2, _CORNER_SHARE = 20.0, 0.25
"""A border that clips no more than this of a building was not meant to divide it."""
_WAIVED_SHARE = 0.5
"""A cell of which a compound of one unit takes so much is there for its sake."""
_CHANCE = 2.0
"""So many components more or less than the mean may stand in a cell by chance."""

Owners = Ints


@dataclass(frozen=True)
class Check:
    """One check: the table of its owners, and what it finds for some of them."""

    id: str
    table: str
    run: Callable[[RuleGround, Owners], Iterable[Finding]]


def _xy(place: Any) -> tuple[float, float]:
    return float(place[0]), float(place[1])


def _where(ground: RuleGround, cells: Ints) -> list[tuple[float, float]]:
    shapes = ground.cells.shapes[cells]
    return [_xy(place) for place in shapely.get_coordinates(shapely.point_on_surface(shapes))]


def buildings(ground: RuleGround, owners: Owners) -> Iterator[Finding]:
    """Find the buildings that a border cuts."""
    held = ground.layers["building"]
    cuts = rules_things.find_cuts(held, owners, ground.cells, _BUILDING_M2, _BUILDING_WIDTH_M)
    areas = shapely.area(cuts.part).tolist()
    places = shapely.get_coordinates(shapely.point_on_surface(cuts.part))
    for n, (thing, main, other) in enumerate(zip(cuts.thing, cuts.main, cuts.other, strict=True)):
        area, share = areas[n], float(cuts.share[n])
        is_corner = area <= _CORNER_M2 and share <= _CORNER_SHARE
        is_inner = ground.community_of(main) == ground.community_of(other)
        yield Finding(
            "building",
            "error",
            texts.building_cut(
                ground.name("building", thing, texts.a_building()),
                ground.cell_name(main),
                ground.cell_name(other),
                area,
                share,
            ),
            _xy(places[n]),
            "building",
            held.ids[thing],
            ground.cells.ids[other],
            measure=area,
            mend="follow" if is_corner and is_inner else None,
            shape=cuts.part[n],
            community_id=ground.community_of(other) or None,
            situation=(round(area, 1), round(share, 2)),
        )


def compounds(ground: RuleGround, owners: Owners) -> Iterator[Finding]:
    """Find the compounds run by one unit that lie in several cells."""
    held = ground.layers["compound"]
    single = np.array([bool(one) for one in held.values("single_owner", owners)], bool)
    cuts = rules_things.find_cuts(
        held, owners[single], ground.cells, _COMPOUND_M2, _COMPOUND_WIDTH_M
    )
    areas = shapely.area(cuts.part).tolist()
    places = shapely.get_coordinates(shapely.point_on_surface(cuts.part))
    for n, (thing, main, other) in enumerate(zip(cuts.thing, cuts.main, cuts.other, strict=True)):
        yield Finding(
            "compound",
            "error",
            texts.compound_cut(
                ground.name("compound", thing),
                ground.cell_name(main),
                ground.cell_name(other),
                areas[n],
            ),
            _xy(places[n]),
            "compound",
            held.ids[thing],
            ground.cells.ids[other],
            measure=areas[n],
            shape=cuts.part[n],
            community_id=ground.community_of(other) or None,
            situation=(round(areas[n]),),
        )


def walkways(ground: RuleGround, owners: Owners) -> Iterator[Finding]:
    """Find the cells that no walkway comes near to."""
    reach_m = ground.office.walkway_reach_m
    if not len(ground.layers["walkway"].alive):
        return  # nothing is known of walkways yet
    shapes = ground.cells.shapes[owners]
    cut_off = owners[rules_borders.without_walkway(shapes, ground.layers["walkway"], reach_m)]
    for at, xy in zip(cut_off.tolist(), _where(ground, cut_off), strict=True):
        yield _of_cell(
            ground,
            at,
            xy,
            "walkway",
            texts.not_walkable(ground.cell_name(at), reach_m),
            severity="error",
            situation=(reach_m,),
        )


def borders(ground: RuleGround, owners: Owners) -> Iterator[Finding]:
    """Find the cells whose border runs along features for too small a share."""
    office = ground.office
    if not any(len(ground.layers[name].alive) for name in ("walkway", "compound", "building")):
        return
    share = rules_borders.followed_share(
        ground.cells.shapes[owners],
        [ground.layers["walkway"]],
        [ground.layers["compound"], ground.layers["building"]],
        office.border_reach_m,
    )
    short = np.flatnonzero(share < office.border_share)
    few = owners[short]
    for at, xy, one in zip(few.tolist(), _where(ground, few), share[short].tolist(), strict=True):
        yield _of_cell(
            ground,
            at,
            xy,
            "border",
            texts.off_features(ground.cell_name(at), one, office.border_share),
            measure=one,
            situation=(round(one, 2),),
        )


def areas(ground: RuleGround, owners: Owners) -> Iterator[Finding]:
    """Find the cells outside the office's bounds: a warning, never a block."""
    office = ground.office
    area = shapely.area(ground.cells.shapes[owners])
    odd = np.flatnonzero((area < office.area_low_m2) | (area > office.area_high_m2))
    cells = owners[odd]
    waived = _waived(ground, cells)
    for at, xy, one in zip(cells.tolist(), _where(ground, cells), area[odd].tolist(), strict=True):
        name = ground.cell_name(at)
        compound = waived.get(at)
        if one < office.area_low_m2:
            said = texts.too_small(name, one, office.area_low_m2)
        elif compound is None:
            said = texts.too_large(name, one, office.area_high_m2)
        else:
            said = texts.area_waived(name, one, ground.name("compound", compound))
        is_waived = one > office.area_high_m2 and compound is not None
        yield _of_cell(
            ground,
            at,
            xy,
            "area",
            said,
            severity="info" if is_waived else "warning",
            measure=one,
            situation=(round(one),),
        )


def _waived(ground: RuleGround, cells: Ints) -> dict[int, int]:
    """Return for each cell the compound of one unit that takes most of it, if one does."""
    held = ground.layers["compound"]
    of, hit = held.query(ground.cells.shapes[cells], "intersects")
    single = np.array([bool(one) for one in held.values("single_owner", hit)], bool)
    of, hit = of[single], hit[single]
    shapes = ground.cells.shapes[cells[of]]
    share = shapely.area(shapely.intersection(shapes, held.shapes[hit])) / shapely.area(shapes)
    is_most = share >= _WAIVED_SHARE
    return dict(zip(cells[of[is_most]].tolist(), hit[is_most].tolist(), strict=True))


def cell_codes(ground: RuleGround, owners: Owners) -> Iterator[Finding]:
    """Find codes that are missing, not of their scheme or community, given twice, or old."""
    columns = ground.cells.columns
    for at in owners.tolist():
        code = columns["code"][at]
        if not code or not str(code).strip():
            xy = _where(ground, np.array([at]))[0]
            said = texts.code_missing()
            yield _of_cell(
                ground, at, xy, "code", said, severity="error", mend="number", situation=("none",)
            )
        elif not codes.is_provisional(code):
            yield from _given_code(ground, at, str(code))


def _given_code(ground: RuleGround, at: int, code: str) -> Iterator[Finding]:
    told: list[tuple[str, Any, str]] = []
    count = len(ground.by_code.get(code, ()))
    if count > 1:
        told.append(("error", texts.code_twice(code, count), "twice"))
    elif code in ground.retired:
        told.append(("error", texts.code_retired(code), "retired"))
    marked = ground.cells.columns["code_scheme"][at]
    if marked in codes.SCHEMES and not codes.SCHEMES[marked].fits(code):
        told.append(("error", texts.code_wrong_scheme(code, marked), "scheme"))
    if not ground.office.scheme.fits(code):
        told.append(("info", texts.code_legacy(code, ground.office.code_scheme), "legacy"))
    elif (wrong := _wrong_community(ground, at, code)) is not None:
        told.append(("error", wrong, "community"))
    for severity, said, situation in told:
        xy = _where(ground, np.array([at]))[0]
        yield _of_cell(
            ground,
            at,
            xy,
            "code",
            said,
            severity=severity,
            other=situation,
            situation=(code, situation),
        )


def _wrong_community(ground: RuleGround, at: int, code: str) -> Any | None:
    community = ground.communities.position.get(ground.community_of(at))
    if community is None:
        return None
    prefix = ground.communities.columns[ground.office.code_basis][community]
    start = ground.office.scheme.class_digits
    if not prefix or code[start:].startswith(prefix):
        return None
    return texts.code_wrong_community(code, ground.name("community", community), prefix)


def balance(ground: RuleGround, owners: Owners) -> Iterator[Finding]:
    """Tell of each community in which cells' counts of components differ too much."""
    components = ground.layers["component"]
    if not len(components.alive):
        return
    ids = [ground.communities.ids[at] for at in owners.tolist()]
    cells = ground.cells_of(ids)
    of, _ = components.query(ground.cells.shapes[cells], "intersects")
    counts = np.bincount(of, minlength=len(cells))
    number = {at: n for n, at in enumerate(cells.tolist())}
    limit = ground.office.object_balance
    for at, id_ in zip(owners.tolist(), ids, strict=True):
        members = sorted(ground.members.get(id_, ()))
        mine = counts[[number[cell] for cell in members]]
        mean = float(mine.mean()) if len(mine) else 0.0
        far = np.abs(mine - mean) > np.maximum(limit * mean, _CHANCE)
        if not far.any():
            continue
        worst = members[int(np.abs(mine - mean).argmax())]
        most = int(counts[number[worst]])
        xy = _where(ground, np.array([worst]))[0]
        yield Finding(
            "balance",
            "info",
            texts.unbalanced(
                ground.name("community", at),
                mean,
                int(far.sum()),
                limit,
                ground.cell_name(worst),
                most,
            ),
            xy,
            "community",
            id_,
            measure=float(mine.std() / mean) if mean else 0.0,
            community_id=id_,
            situation=(round(mean, 1), int(far.sum()), most),
        )


def _of_cell(
    ground: RuleGround,
    at: int,
    xy: tuple[float, float],
    rule: str,
    said: Any,
    *,
    severity: Any = "warning",
    measure: float = 0.0,
    mend: Any = None,
    other: str = "",
    situation: tuple[Any, ...] = (),
) -> Finding:
    return Finding(
        rule,
        severity,
        said,
        xy,
        "cell",
        ground.cells.ids[at],
        other,
        measure=measure,
        mend=mend,
        community_id=ground.community_of(at) or None,
        situation=situation,
    )


CHECKS = (
    Check("tiling", "community", tiling),
    Check("buildings", "building", buildings),
    Check("compounds", "compound", compounds),
    Check("walkways", "cell", walkways),
    Check("codes", "cell", cell_codes),
    Check("areas", "cell", areas),
    Check("borders", "cell", borders),
    Check("balance", "community", balance),
)
