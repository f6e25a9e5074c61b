"""From which cells a cell came and what became of it, when, and by which paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import shapely

from gridmap.base.errors import RequestError
from gridmap.base.messages import Wording
from gridmap.base.progress import Progress, quiet
from gridmap.exchange.tables import Value, write_table
from gridmap.geo.features import Features, as_objects
from gridmap.model.changes import Outcome
from gridmap.model.divisions import LINEAGE_KINDS
from gridmap.services import cell_texts as texts
from gridmap.store import edit as store
from gridmap.store import journal
from gridmap.store.engine import sqlite
from gridmap.store.workspace import Workspace

_LINK = ("from_cell_id", "to_cell_id", "kind", "changed_on", "document_id")
_CELL = ("code", "name", "valid_from", "valid_to", "community_id", "document_id")


@dataclass(frozen=True)
class Ancestry:
    """One cell as lineage tells of it."""

    id: str
    code: str
    name: str
    valid_from: str | None
    valid_to: str | None
    area_m2: float


@dataclass(frozen=True)
class Step:
    """Ground of one cell became another's; ``generation`` is 1 next to the cell asked about."""

    source: Ancestry
    target: Ancestry
    kind: str
    on: str | None
    document: str | None
    shared_m2: float
    generation: int

    @property
    def kind_words(self) -> Wording:
        """Return how it came about."""
        return next(
            (Wording(one.zh, one.en) for one in LINEAGE_KINDS if one.value == self.kind),
            Wording(self.kind, self.kind),
        )


@dataclass(frozen=True)
class Redrawing:
    """A change of the border that kept the code."""

    at: str
    author: str
    intention: Wording


@dataclass(frozen=True)
class Lineage:
    """A cell, what it came from, what became of it, and how its border moved meanwhile."""

    cell: Ancestry
    document: str | None
    origins: tuple[Step, ...]
    heirs: tuple[Step, ...]
    redrawn: tuple[Redrawing, ...]


def cell_lineage(opened: Workspace, given: str, _progress: Progress = quiet) -> Outcome[Lineage]:
    """Tell the lineage of an official cell, in force or ended, by its code or id.

    Raises:
        RequestError: there never was such a cell.
    """
    with opened.reading() as reader:
        cell_id = _find_ever(reader, given)
        back = _links(reader, cell_id, "to_cell_id", "from_cell_id")
        on = _links(reader, cell_id, "from_cell_id", "to_cell_id")
        ids = {cell_id, *(one for link in (*back, *on) for one in link[:2])}
        cells, shapes, papers = _read_cells(reader, ids)
        documents = _documents(reader, {*papers.values(), *(link[4] for link in (*back, *on))})
        return Outcome(
            Lineage(
                cells[cell_id],
                documents.get(papers[cell_id] or ""),
                _steps(back, cells, shapes, documents),
                _steps(on, cells, shapes, documents),
                tuple(_redrawn(reader, cell_id)),
            )
        )


def _find_ever(reader: sqlite.Connection, given: str) -> str:
    """Return the id of an official cell; the one in force where several had the code."""
    where = "(t.code = ? OR t.id = ?) AND t.plan_id IS NULL"
    found = store.read_where(
        reader, "cell", ("valid_to",), where, (given, given), with_shapes=False
    ).columns
    if not len(found["id"]):
        raise RequestError(texts.no_such_cell(code=given))
    latest = max(range(len(found["id"])), key=lambda at: found["valid_to"][at] or "9999")
    return str(found["id"][latest])


_Link = tuple[str, str, str, str | None, str | None, int]


def _links(reader: sqlite.Connection, cell_id: str, near: str, far: str) -> list[_Link]:
    """Return (from, to, kind, on, document, generation), walking from ``near`` to ``far``."""
    found: list[_Link] = []
    front, seen, generation = [cell_id], {cell_id}, 1
    while front:
        columns = store.read_referring(reader, "cell_lineage", near, front, _LINK).columns
        rows = list(zip(*(columns[name] for name in _LINK), strict=True))
        whole = [row for row in rows if row[0] and row[1]]
        found += [(*row, generation) for row in sorted(whole, key=lambda row: row[3] or "")]
        at = _LINK.index(far)
        front = [one for one in dict.fromkeys(row[at] for row in whole) if one not in seen]
        seen.update(front)
        generation += 1
    return found


def _read_cells(
    reader: sqlite.Connection, ids: Iterable[str]
) -> tuple[dict[str, Ancestry], dict[str, shapely.Geometry], dict[str, str | None]]:
    found = store.read_rows(reader, "cell", ids, _CELL)
    shapes = dict(zip(found.columns["id"], _shapes(found), strict=True))
    cells = {
        id_: Ancestry(id_, code or id_, name or "", from_, to, float(shapely.area(shapes[id_])))
        for id_, code, name, from_, to in zip(
            found.columns["id"], *(found.columns[name] for name in _CELL[:4]), strict=True
        )
    }
    return cells, shapes, dict(zip(found.columns["id"], found.columns["document_id"], strict=True))


def _shapes(found: Features) -> list[shapely.Geometry]:
    shapes = found.geometry if found.geometry is not None else as_objects([])
    return [shapely.Polygon() if shape is None else shape for shape in shapes]


def _documents(reader: sqlite.Connection, ids: Iterable[str | None]) -> dict[str, str]:
    wanted = [one for one in ids if one]
    found = store.read_rows(reader, "document", wanted, ("number", "title")).columns
    return {
        id_: str(number or title or id_)
        for id_, number, title in zip(found["id"], found["number"], found["title"], strict=True)
    }


def _steps(
    links: list[_Link],
    cells: dict[str, Ancestry],
    shapes: dict[str, shapely.Geometry],
    documents: dict[str, str],
) -> tuple[Step, ...]:
    return tuple(
        Step(
            cells[from_],
            cells[to],
            kind,
            on,
            documents.get(document or ""),
            float(shapely.area(shapely.intersection(shapes[from_], shapes[to]))),
            generation,
        )
        for from_, to, kind, on, document, generation in links
        if from_ in cells and to in cells
    )


def _redrawn(reader: sqlite.Connection, cell_id: str) -> Iterable[Redrawing]:
    for change in journal.history(reader, "cell", cell_id):
        if change.operation == "U" and "geom" in change.before:
            made = change.transaction
            yield Redrawing(made.at, made.author, made.intention)


# --- the table of old and new codes -------------------------------------------------------------


@dataclass(frozen=True)
class OldToNew:
    """Which changes go into the table of old and new codes; None takes all.

    Attributes:
        since: the first day, e.g. 2026-11-01.
        until: the last day.
        document_id: only those of one paper.
    """

    since: str | None = None
    until: str | None = None
    document_id: str | None = None


def old_to_new(opened: Workspace, request: OldToNew) -> Outcome[tuple[Step, ...]]:
    """Return each pair of an old and a new cell that share ground, by date and old code."""
    clauses, bound = ["t.from_cell_id IS NOT NULL AND t.to_cell_id IS NOT NULL"], list[str]()
    for clause, value in (
        ("t.changed_on >= ?", request.since),
        ("t.changed_on <= ?", request.until),
        ("t.document_id = ?", request.document_id),
    ):
        if value is not None:
            clauses.append(clause)
            bound.append(value)
    with opened.reading() as reader:
        columns = store.read_where(
            reader, "cell_lineage", _LINK, " AND ".join(clauses), bound
        ).columns
        links = [(*row, 1) for row in zip(*(columns[name] for name in _LINK), strict=True)]
        ids = {one for link in links for one in link[:2]}
        cells, shapes, _ = _read_cells(reader, ids)
        documents = _documents(reader, {link[4] for link in links})
    steps = _steps(links, cells, shapes, documents)
    return Outcome(
        tuple(sorted(steps, key=lambda one: (one.on or "", one.source.code, one.target.code)))
    )


def export_old_to_new(
    opened: Workspace, target: Path, request: OldToNew, _progress: Progress = quiet
) -> Outcome[int]:
    """Write the table of old and new codes to a CSV or XLSX file; return the number of rows.

    Raises:
        RequestError: the file is of another kind.
        InputError: the file cannot be written.
    """
    steps = old_to_new(opened, request).value
    rows: list[list[Value]] = [
        [
            one.source.code,
            one.source.name,
            round(one.source.area_m2, 2),
            str(one.kind_words),
            one.target.code,
            one.target.name,
            round(one.target.area_m2, 2),
            round(one.shared_m2, 2),
            one.on or "",
            one.document or "",
        ]
        for one in steps
    ]
    write_table(target, [str(heading) for heading in texts.OLD_TO_NEW_HEADINGS], rows)
    return Outcome(len(rows))
