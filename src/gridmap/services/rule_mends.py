"""Mending what the rules find where there is one sure way; anything else is left to a person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from gridmap.base.errors import Place, RequestError
from gridmap.base.messages import Text
from gridmap.base.progress import Progress, quiet
from gridmap.geo import rules_mends, rules_tiling
from gridmap.geo.coverage import Change, Coverage
from gridmap.geo.features import as_objects
from gridmap.model import codes
from gridmap.model.changes import Outcome
from gridmap.services import reach
from gridmap.services import rule_texts as texts
from gridmap.services.cell_changes import Deed, write_cells
from gridmap.services.cells import ensure_open, parse_day
from gridmap.services.division import Cells, read_cells, read_homes
from gridmap.services.effects import find_effects
from gridmap.services.grids import grids_touched, refresh_grids
from gridmap.services.numbering import community_codes, issue_codes
from gridmap.services.office import Office, load_office
from gridmap.services.references import point_to_cells
from gridmap.services.rule_findings import Finding
from gridmap.store import edit as store
from gridmap.store import journal
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace

_ORDER = ("number", "clip", "give", "fill", "match", "follow")
"""Ground that lies outside is clipped first: then less of it overlaps."""


@dataclass(frozen=True)
class MendFindings:
    """Findings to mend, as one intention; ``on`` and ``document_id`` as of an edit of cells."""

    findings: tuple[Finding, ...]
    division: str | None = None
    document_id: str | None = None
    on: str | None = None


@dataclass(frozen=True)
class Mended:
    """What was mended, and what was not, each with the reason."""

    done: tuple[Finding, ...]
    left: tuple[tuple[Finding, Text], ...]


@dataclass(frozen=True)
class _Job:
    tx: Transaction
    deed: Deed
    office: Office
    written: list[shapely.Geometry] = field(default_factory=list)
    """Cells that got other borders so far."""

    def has_mended(self, finding: Finding) -> bool:
        """Return whether what was mended before lies at a finding: then it is mended as well."""
        place = finding.shape if finding.shape is not None else shapely.Point(finding.xy)
        return any(shapely.dwithin(shape, place, reach.NEAR_M) for shape in self.written)


def mend(opened: Workspace, request: MendFindings, progress: Progress = quiet) -> Outcome[Mended]:
    """Mend findings, each by the sure way that it names; all of it is one transaction.

    One that cannot be mended, or is no longer as it was found, is left as it is.

    Raises:
        RequestError: the plan is over, a document is missing, or the only finding cannot be
            mended; nothing has changed then.
        WorkspaceError: the workspace cannot be written.
    """
    ordered = sorted(request.findings, key=lambda one: _ORDER.index(one.mend or "follow"))
    done: list[Finding] = []
    left: list[tuple[Finding, Text]] = []
    deed = Deed(request.division, parse_day(request.on), request.document_id)
    with opened.transaction(texts.mending()) as tx:
        office = load_office(tx.connection)
        ensure_open(tx.connection, deed, office)
        job = _Job(tx, deed, office)
        for number, finding in enumerate(ordered):
            progress(number, len(ordered), texts.mending())
            try:
                with journal.savepoint(tx):
                    _mend_one(job, finding)
            except RequestError as error:
                if len(ordered) == 1:
                    raise
                if error.code == texts.no_longer_so().id and job.has_mended(finding):
                    done.append(finding)
                else:
                    left.append((finding, error.text))
            else:
                done.append(finding)
        if done:
            said = texts.mended_one(done[0].text) if len(done) == 1 else None
            journal.reword(tx, said or texts.mended_many(len(done)))
    return Outcome(Mended(tuple(done), tuple(left)), opened.touched_by(tx), tx.id)


def _mend_one(job: _Job, finding: Finding) -> None:
    """Mend one finding.

    Raises:
        RequestError: there is no sure way, or the situation is another one now.
    """
    ways: dict[str, Callable[[_Job, Finding], None]] = {
        "number": _number,
        "clip": _clip,
        "give": _give,
        "fill": _fill,
        "match": _match,
        "follow": _follow,
    }
    if finding.mend is None:
        raise _refusal(texts.no_sure_mend(finding.text), finding)
    ways[finding.mend](job, finding)


def _refusal(said: Text, finding: Finding) -> RequestError:
    return RequestError(said, place=Place(xy=finding.xy))


# --- borders ------------------------------------------------------------------------------------


def _cells_around(job: _Job, shapes: Sequence[shapely.Geometry]) -> Cells:
    """Return the cells near some shapes, and all that adjoin these."""
    boxes = reach.grown(reach.boxes_around(list(shapes)))
    near = store.boxes_near(job.tx.connection, "cell", boxes, store.DIVISION, (job.deed.division,))
    return read_cells(job.tx.connection, reach.grown([*boxes, *near]), job.deed.division)


def _communities(job: _Job, shapes: Sequence[shapely.Geometry]) -> Coverage:
    boxes = reach.grown(reach.boxes_around(list(shapes)))
    found = store.read_near(job.tx.connection, "community", boxes)
    shapes_ = found.geometry if found.geometry is not None else as_objects([])
    return Coverage(tuple(found.columns["id"].tolist()), shapes_)


def _give(job: _Job, finding: Finding) -> None:
    """Let that of two overlapping cells keep the common ground that has more border with it."""
    cells = _cells_around(job, [_shape(finding)])
    pair = [key for key in (finding.row_id, finding.other_id) if key in cells.rows]
    if len(pair) < 2:
        raise _refusal(texts.no_longer_so(), finding)
    one, other = (cells.coverage.shape(key) for key in pair)
    common = rules_mends.common_ground(one, other)
    if common is None or not rules_tiling.are_slivers(as_objects([common]))[0]:
        raise _refusal(texts.no_longer_so(), finding)
    owners = [cells.rows[key]["community_id"] for key in pair]
    taker = rules_mends.taker_of(common, [one, other])
    if owners[0] != owners[1]:  # ground of a community stays with its own cell
        taker = _owner_of(job, common, owners, taker)
    giver = pair[1 - taker]
    kept = rules_mends.without(cells.coverage.shape(giver), common)
    _write(job, finding, cells, {giver: kept})


def _owner_of(job: _Job, common: shapely.Geometry, owners: list[str | None], otherwise: int) -> int:
    communities = _communities(job, [common])
    at = shapely.point_on_surface(common)
    for n, owner in enumerate(owners):
        if owner in communities.keys and shapely.covers(communities.shape(str(owner)), at):
            return n
    return otherwise


def _fill(job: _Job, finding: Finding) -> None:
    """Give a gap to the cell of its community that has the longest border with it."""
    cells = _cells_around(job, [_shape(finding)])
    gap = rules_mends.still_free(_shape(finding), cells.coverage.shapes)
    if gap is None:
        raise _refusal(texts.no_longer_so(), finding)
    mine = [key for key, row in cells.rows.items() if row["community_id"] == finding.row_id]
    mine = [key for key in mine if not cells.rows[key]["locked"]]
    if not mine:
        raise _refusal(texts.no_sure_mend(finding.text), finding)
    given: dict[str, shapely.Geometry] = {key: cells.coverage.shape(key) for key in mine}
    before = dict(given)
    for part in shapely.get_parts(gap):
        taker = mine[rules_mends.taker_of(part, [given[key] for key in mine])]
        given[taker] = shapely.union(given[taker], part)
    changed = {key: shape for key, shape in given.items() if shape is not before[key]}
    _write(job, finding, cells, changed)


def _clip(job: _Job, finding: Finding) -> None:
    """Cut off what a cell has outside its community."""
    cells = _cells_around(job, [_shape(finding)])
    communities = _communities(job, [_shape(finding)])
    id_ = finding.community_id
    if finding.row_id not in cells.rows or id_ is None or id_ not in communities.keys:
        raise _refusal(texts.no_longer_so(), finding)
    shape = cells.coverage.shape(finding.row_id)
    out = shapely.difference(shape, communities.shape(id_))
    if not rules_tiling.are_slivers(as_objects([out]))[0]:
        raise _refusal(texts.no_longer_so(), finding)
    _write(job, finding, cells, {finding.row_id: rules_mends.without(shape, out)})


def _match(job: _Job, finding: Finding) -> None:
    """Put the vertices that one cell has on a border into its neighbour as well."""
    _write(job, finding, _cells_around(job, [*shapely.get_parts(_shape(finding))]), {})


def _shape(finding: Finding) -> shapely.Geometry:
    return finding.shape if finding.shape is not None else shapely.Point(finding.xy)


def _write(job: _Job, finding: Finding, cells: Cells, changed: dict[str, shapely.Geometry]) -> None:
    """Write cells with other borders; their neighbours get the vertices that these have."""
    for key in changed:
        if cells.rows[key]["locked"]:
            raise _refusal(texts.no_sure_mend(finding.text), finding)
    after = as_objects([changed.get(key, shape) for key, shape in _pairs(cells)])
    matched = rules_mends.matched(after)
    if matched is None or rules_mends.is_worse(cells.coverage.shapes, matched):
        raise _refusal(texts.no_sure_mend(finding.text), finding)
    other = np.flatnonzero(~rules_mends.are_same(cells.coverage.shapes, matched)).tolist()
    if not other:
        raise _refusal(texts.no_longer_so(), finding)
    keys = [cells.coverage.keys[at] for at in other]
    before = {key: cells.coverage.shapes[at] for key, at in zip(keys, other, strict=True)}
    change = Change(before, {key: matched[at] for key, at in zip(keys, other, strict=True)})
    homes = read_homes(job.tx.connection, reach.boxes_around(list(before.values())))
    effects = find_effects(change, cells.rows, homes, job.office)
    write_cells(job.tx, job.deed, cells, change, effects, job.office)
    job.written.extend(change.after.values())
    if job.deed.is_official:  # communities stay as they are: their cells come to fit them
        point_to_cells(job.tx, change, {})
        refresh_grids(job.tx, grids_touched(cells.rows, before, change.after))


def _pairs(cells: Cells) -> list[tuple[str, shapely.Geometry]]:
    return list(zip(cells.coverage.keys, cells.coverage.shapes, strict=True))


def _follow(job: _Job, finding: Finding) -> None:
    """Lead a border that clips a building along its wall: the cell with most of it gets all."""
    found = store.read_rows(job.tx.connection, "building", [finding.row_id], ())
    if not len(found) or found.geometry is None:
        raise _refusal(texts.no_longer_so(), finding)
    building = found.geometry[0]
    cells = _cells_around(job, [building])
    shares = shapely.area(shapely.intersection(cells.coverage.shapes, building))
    main = cells.coverage.keys[int(shares.argmax())]
    if finding.other_id not in cells.rows or finding.other_id == main:
        raise _refusal(texts.no_longer_so(), finding)
    giver = cells.coverage.shape(finding.other_id)
    corner = rules_mends.common_ground(giver, building)
    if corner is None:
        raise _refusal(texts.no_longer_so(), finding)
    changed = {
        finding.other_id: rules_mends.without(giver, corner),
        main: shapely.union(cells.coverage.shape(main), corner),
    }
    _write(job, finding, cells, changed)


# --- codes --------------------------------------------------------------------------------------


def _number(job: _Job, finding: Finding) -> None:
    """Give a cell without a code the next one of its community."""
    found = store.read_rows(
        job.tx.connection, "cell", [finding.row_id], ("code", "community_id"), with_shapes=False
    ).columns
    if not len(found["id"]) or found["code"][0]:
        raise _refusal(texts.no_longer_so(), finding)
    community = found["community_id"][0]
    if community is None or not job.deed.is_official:
        raise _refusal(texts.no_sure_mend(finding.text), finding)
    prefixes = community_codes(job.tx.connection, [community], job.office)
    code = issue_codes(job.tx.connection, job.office, prefixes.get(community), 1)[0]
    values = {"code": code, "code_scheme": codes.mark_of(code)}
    store.update_row(job.tx, "cell", finding.row_id, values)
