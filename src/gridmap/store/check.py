"""Prove a workspace sound: SQLite, SpatiaLite, indexes, references, journal, coverage."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from gridmap.base.errors import Place
from gridmap.base.messages import Text
from gridmap.base.progress import Progress, quiet
from gridmap.geo.features import Features, Geometries
from gridmap.model.catalogue import TABLE_BY_NAME, TABLES
from gridmap.store import check_texts as texts
from gridmap.store import pages, rows, rtree
from gridmap.store.engine import sqlite
from gridmap.store.triggers import column_names, quoted, statements

_LIST_LIMIT = 100  # problems of one kind that are listed one by one
_AREA_M2 = 1e-3  # 1 mm grid: sums of areas agree to far less than this per cell
_SPATIAL_TRIGGERS = ("ggi", "ggu", "gii", "giu", "gid")  # SpatiaLite's: kind checked, indexed
_SPATIAL = tuple(table for table in TABLES if table.geometry is not None)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where."""

    code: str
    text: Text
    place: Place


_Check = Callable[[sqlite.Connection], Iterator[Problem]]


def check(reader: sqlite.Connection, progress: Progress = quiet) -> list[Problem]:
    """Return everything that is wrong with a workspace; an empty list proves it sound."""
    checks: tuple[tuple[Text, _Check], ...] = (
        (texts.part_sqlite(), _sqlite),
        (texts.part_schema(), _schema),
        (texts.part_metadata(), _metadata),
        (texts.part_indexes(), _indexes),
        (texts.part_references(), _references),
        (texts.part_journal(), _journal),
        (texts.part_geometry(), _geometry),
        (texts.part_coverage(), _coverage),
    )
    problems: list[Problem] = []
    for done, (what, part) in enumerate(checks):
        progress(done, len(checks), what)
        problems += part(reader)
        if part in (_sqlite, _schema) and problems:  # what the others would say means nothing
            break
    progress(len(checks), len(checks), texts.part_coverage())
    return problems


def _problem(text: Text, **place: object) -> Problem:
    return Problem(text.id.removeprefix("store.check_texts."), text, Place(**place))  # type: ignore[arg-type]


def _sqlite(reader: sqlite.Connection) -> Iterator[Problem]:
    for line in pages.find_faults(reader, "integrity_check"):
        yield _problem(texts.page_damaged(detail=line))


def _schema(reader: sqlite.Connection) -> Iterator[Problem]:
    for table in TABLES:
        wanted = {"id", *table.field_names, "extra", *(["geom"] if table.geometry else [])}
        missing = wanted - set(column_names(reader, table.name))
        if missing:
            detail = ", ".join(sorted(missing))
            yield _problem(texts.schema_torn(table=table.name, detail=detail), table=table.name)


def _metadata(reader: sqlite.Connection) -> Iterator[Problem]:
    epsg = rows.get_epsg(reader)
    known = {
        row[0]: row[1:]
        for row in reader.execute(
            "SELECT f_table_name, srid, spatial_index_enabled FROM geometry_columns"
            " WHERE f_geometry_column = 'geom'"
        )
    }
    for table in _SPATIAL:
        if known.get(table.name) != (epsg, 1):
            yield _problem(texts.metadata_wrong(table=table.name), table=table.name)
    if not reader.execute("SELECT 1 FROM spatial_ref_sys WHERE srid = ?", (epsg,)).fetchone():
        yield _problem(texts.crs_unknown(epsg=epsg))


def _indexes(reader: sqlite.Connection) -> Iterator[Problem]:
    for table in _SPATIAL:
        index = rtree.index_name(table.name)
        verdict = _tree_verdict(reader, index)
        if verdict != "ok":
            yield _problem(texts.index_damaged(table=table.name, detail=verdict), table=table.name)
            continue
        missing = reader.execute(
            f"SELECT count(*) FROM {quoted(table.name)} t LEFT JOIN {quoted(index + '_rowid')} r"
            " ON r.rowid = t.rowid WHERE t.geom IS NOT NULL AND r.rowid IS NULL"
        ).fetchone()[0]
        surplus = reader.execute(
            f"SELECT count(*) FROM {quoted(index + '_rowid')} r LEFT JOIN {quoted(table.name)} t"
            " ON t.rowid = r.rowid WHERE t.rowid IS NULL OR t.geom IS NULL"
        ).fetchone()[0]
        misplaced = reader.execute(
            f"SELECT count(*) FROM {quoted(table.name)} t JOIN {quoted(index)} i"
            " ON i.pkid = t.rowid WHERE i.xmin > MbrMinX(t.geom) OR i.xmax < MbrMaxX(t.geom)"
            " OR i.ymin > MbrMinY(t.geom) OR i.ymax < MbrMaxY(t.geom)"
        ).fetchone()[0]
        guards = reader.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN (?, ?, ?, ?, ?)",
            [f"{prefix}_{table.name}_geom" for prefix in _SPATIAL_TRIGGERS],
        ).fetchone()[0]
        if missing or surplus or misplaced or guards != len(_SPATIAL_TRIGGERS):
            detail = f"-{missing} +{surplus} ≠{misplaced}"
            yield _problem(texts.index_damaged(table=table.name, detail=detail), table=table.name)


def _tree_verdict(reader: sqlite.Connection, index: str) -> str:
    try:
        verdict = reader.execute("SELECT rtreecheck(?)", (index,)).fetchone()[0]
    except sqlite.DatabaseError as error:  # not even its root can be read
        return str(error)
    return str(verdict).splitlines()[0]


def _references(reader: sqlite.Connection) -> Iterator[Problem]:
    found = reader.execute("PRAGMA foreign_key_check").fetchmany(_LIST_LIMIT)
    for table, rowid, parent, _ in found:
        if table not in TABLE_BY_NAME:  # the journal's own tables: _journal counts them
            continue
        row = reader.execute(f"SELECT id FROM {quoted(table)} WHERE rowid = ?", (rowid,)).fetchone()
        row_id = str(row[0]) if row else str(rowid)
        yield _problem(
            texts.reference_broken(table=table, id=row_id, parent=parent), table=table, id=row_id
        )


def _journal(reader: sqlite.Connection) -> Iterator[Problem]:
    if reader.execute("SELECT count(*), max(open_seq) FROM journal_now").fetchone() != (1, None):
        yield _problem(texts.journal_open())
    orphans = reader.execute(
        "SELECT (SELECT count(*) FROM journal j LEFT JOIN journal_transaction t"
        " ON t.seq = j.transaction_seq WHERE t.seq IS NULL)"
        " + (SELECT count(*) FROM journal_value v LEFT JOIN journal j USING (entry)"
        " WHERE j.entry IS NULL)"
    ).fetchone()[0]
    if orphans:
        yield _problem(texts.journal_orphans(count=orphans))
    for table in TABLES:
        yield from _journal_of(reader, table.name)


def _journal_of(reader: sqlite.Connection, table: str) -> Iterator[Problem]:
    made = dict(
        reader.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
            " AND name LIKE 'journal_%'",
            (table,),
        ).fetchall()
    )
    wanted = {s for s in statements(table, column_names(reader, table)) if s.startswith("CREATE")}
    if set(made.values()) != wanted:
        yield _problem(texts.triggers_missing(table=table), table=table)
    # a row that is there was inserted last; one that is not there was deleted last
    unknown = reader.execute(
        f"SELECT id FROM {quoted(table)} t WHERE NOT EXISTS"
        " (SELECT 1 FROM journal j WHERE j.row_id = t.id AND j.table_name = ?) LIMIT ?",
        (table, _LIST_LIMIT),
    ).fetchall()
    for (row_id,) in unknown:
        yield _problem(texts.row_not_journaled(table=table, id=str(row_id)), table=table, id=row_id)
    lost = reader.execute(
        "SELECT row_id FROM (SELECT row_id, operation, max(entry) FROM journal"
        f" WHERE table_name = ? GROUP BY row_id) WHERE (operation = 'D') ="
        f" EXISTS (SELECT 1 FROM {quoted(table)} t WHERE t.id = row_id) LIMIT ?",
        (table, _LIST_LIMIT),
    ).fetchall()
    for (row_id,) in lost:
        yield _problem(texts.row_lost(table=table, id=str(row_id)), table=table, id=row_id)


def _geometry(reader: sqlite.Connection) -> Iterator[Problem]:
    for table in _SPATIAL:
        features = rows.read_features(reader, table.name, ())
        geometry = features.geometry
        if geometry is None or not len(geometry):
            continue
        invalid = np.flatnonzero(~shapely.is_valid(geometry) & ~shapely.is_missing(geometry))
        for position in invalid[:_LIST_LIMIT].tolist():
            row_id = features.columns["id"][position]
            reason = shapely.is_valid_reason(geometry[position])
            yield _problem(
                texts.geometry_invalid(table=table.name, id=row_id, reason=reason),
                table=table.name,
                id=row_id,
                xy=_middle(geometry[position]),
            )


def _middle(geometry: shapely.Geometry) -> tuple[float, float]:
    xmin, ymin, xmax, ymax = shapely.bounds(geometry).tolist()
    return (xmin + xmax) / 2, (ymin + ymax) / 2


def _official(reader: sqlite.Connection) -> Features:
    """Return the cells in force: of the official division, not ended."""
    cells = rows.read_features(reader, "cell", ("code", "community_id", "plan_id", "valid_to"))
    placed = ~shapely.is_missing(cells.geometry) if cells.geometry is not None else []
    in_force = np.array(
        [
            plan is None and end is None
            for plan, end in zip(cells.columns["plan_id"], cells.columns["valid_to"], strict=True)
        ],
        dtype=bool,
    )
    return cells.take(placed & in_force)


def _coverage(reader: sqlite.Connection) -> Iterator[Problem]:
    """Cells tile their community, communities their subdistrict: no gap, no overlap."""
    cells = _official(reader)
    yield from _torn(cells, "cell", "code", texts.coverage_torn)
    communities = rows.read_features(reader, "community", ("name",))
    yield from _torn(communities, "community", "name", texts.communities_torn)
    if cells.geometry is not None and len(cells):
        yield from _uncovered(communities, cells)
    if communities.geometry is not None and len(communities):
        yield from _subdistrict_uncovered(reader, communities.geometry)


def _torn(
    features: Features, table: str, label: str, say: Callable[[str], Text]
) -> Iterator[Problem]:
    """Find the borders that do not match those of the neighbours, vertex by vertex."""
    if features.geometry is None or not len(features):
        return
    edges = shapely.coverage_invalid_edges(features.geometry)
    torn = np.flatnonzero(~(shapely.is_missing(edges) | shapely.is_empty(edges)))
    for position in torn[:_LIST_LIMIT].tolist():
        row_id = features.columns["id"][position]
        name = str(features.columns[label][position] or row_id)
        yield _problem(say(name), table=table, id=row_id, xy=_middle(edges[position]))


def _uncovered(communities: Features, cells: Features) -> Iterator[Problem]:
    """Compare each community with what its cells cover."""
    if communities.geometry is None or not len(communities):
        return
    positions = {id_: n for n, id_ in enumerate(communities.columns["id"])}
    of = np.array([positions.get(id_, -1) for id_ in cells.columns["community_id"]])
    known = of >= 0
    order = np.argsort(of[known], kind="stable")
    divided, starts, counts = np.unique(of[known][order], return_index=True, return_counts=True)
    parts = np.split(cells.geometry[known][order], starts[1:])  # type: ignore[index]
    # one union each: 0.6 s for 50,000 cells in 250 communities
    for position, part, count in zip(divided.tolist(), parts, counts.tolist(), strict=False):
        community = communities.geometry[position]
        if community is None:
            continue
        misfit_m2 = _misfit_m2(part, community)
        if misfit_m2 > _AREA_M2 * count:
            name = str(communities.columns["name"][position])
            yield _problem(
                texts.community_not_tiled(community=name, difference_m2=misfit_m2),
                table="community",
                id=communities.columns["id"][position],
                xy=_middle(community),
            )


def _subdistrict_uncovered(reader: sqlite.Connection, communities: Geometries) -> Iterator[Problem]:
    """Compare the subdistrict, where its area is known, with what its communities cover."""
    subdistrict = rows.read_features(reader, "subdistrict", ("name",))
    placed = communities[~shapely.is_missing(communities)]
    if subdistrict.geometry is None or len(subdistrict) != 1 or not len(placed):
        return
    whole = subdistrict.geometry[0]
    if whole is None:
        return
    misfit_m2 = _misfit_m2(placed, whole)
    if misfit_m2 > _AREA_M2 * len(placed):
        yield _problem(
            texts.subdistrict_not_tiled(difference_m2=misfit_m2),
            table="subdistrict",
            id=subdistrict.columns["id"][0],
            xy=_middle(whole),
        )


def _misfit_m2(cells: Geometries, community: shapely.Geometry) -> float:
    """Return the area that only the cells or only the community covers."""
    try:
        covered = shapely.coverage_union_all(cells)
        if shapely.is_valid(covered) and shapely.is_valid(community):
            return float(shapely.area(shapely.symmetric_difference(covered, community)))
    except shapely.GEOSException:  # cells that overlap have no such union
        pass
    return abs(float(shapely.area(cells).sum() - shapely.area(community)))
