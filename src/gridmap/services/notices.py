"""Change notices: which cells a plan, a document or one edit changed, ready to be printed."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gridmap.base.errors import RequestError
from gridmap.base.messages import Text, Wording, current_language
from gridmap.base.progress import Progress, quiet, share
from gridmap.geo.features import as_objects
from gridmap.geo.layers import LayerRows
from gridmap.geo.shapes import shapes_of
from gridmap.model.changes import Outcome
from gridmap.services import notice_texts as texts
from gridmap.services.notice_changes import NOTHING_SAID, Changes, of_draft, of_transactions
from gridmap.services.notice_rows import facts_of, rows_of, summary_of
from gridmap.services.plan_records import Plan, get_plan, read_plans, today
from gridmap.services.styles import load
from gridmap.services.workspaces import get_info
from gridmap.store import as_of, changes_of, edit, filters, rows
from gridmap.store.engine import sqlite
from gridmap.store.workspace import Workspace

if TYPE_CHECKING:
    from gridmap.model.style import Style
    from gridmap.report.notice import NoticeMap

_BENEATH = ("compound", "building", "walkway")
"""The layers that are painted below the cells."""
_AROUND_M = 60.0
_MOST_SUBJECTS = 60


@dataclass(frozen=True)
class NoticeSubject:
    """Of what a notice tells: one of a plan, a document or a transaction, by its id.

    ``text`` is how that is called where it is offered.
    """

    plan: str | None = None
    document: str | None = None
    transaction: str | None = None
    text: Text | Wording = NOTHING_SAID


@dataclass(frozen=True)
class NoticeRequest:
    """Where a notice is written, and of what it tells."""

    target: Path
    subject: NoticeSubject


@dataclass(frozen=True)
class Written:
    """The file, how many pages it has, and how many rows its table has."""

    path: Path
    pages: int
    rows: int


def subjects(opened: Workspace) -> Outcome[tuple[NoticeSubject, ...]]:
    """Return of what notices can tell: plans, documents and single edits, the latest first."""
    with opened.reading() as reader:
        plans = [
            NoticeSubject(plan=one.id, text=texts.of_plan(name=one.name, state=one.state_name))
            for one in read_plans(reader)
            if not one.is_rehearsal and one.state != "discarded"
        ]
        papers = dict(zip(*_numbers(reader), strict=True))
        documents = [
            NoticeSubject(document=id_, text=texts.of_document(number=papers.get(id_) or id_))
            for id_ in changes_of.documents_with_changes(reader)
        ]
        edits = [
            NoticeSubject(transaction=record.id, text=record.intention)
            for record in changes_of.edits_of_cells(reader, _MOST_SUBJECTS)
        ]
    return Outcome((*plans, *documents, *edits))


def write_notice(
    opened: Workspace, request: NoticeRequest, progress: Progress = quiet
) -> Outcome[Written]:
    """Write a change notice as PDF: the paper, maps before and after, old and new cells.

    Raises:
        RequestError: there is no such plan, document or transaction, it changed no cell, or the
            file is no .pdf.
        EnvironmentProblem: the file cannot be written.
    """
    from gridmap.report import notice as report  # late: with Qt

    info = get_info(opened).value
    with opened.reading() as reader, as_of.one_moment(reader):
        progress(0, 4, texts.collecting())
        found = _collect(reader, request.subject)
        if found.is_empty:
            raise RequestError(texts.nothing_changed(what=found.called))
        extent = found.extent
        progress(1, 4, texts.collecting())
        below = _below(reader, extent)
        before = _side(reader, found, extent, below, is_after=False)
        after = _side(reader, found, extent, below, is_after=True)
        listed = rows_of(found, current_language())
        told = report.Notice(
            issuer=found.document.get("issuer") or info.name,
            facts=facts_of(found),
            summary=summary_of(found),
            before=before,
            after=after,
            extent=extent,
            rows=listed,
            epsg=info.epsg,
            day=today().isoformat(),
            language=current_language(),
            is_draft=found.is_draft,
            is_imaginary=info.imaginary,
        )
    pages = report.write_notice(request.target, told, share(progress, 0.4, 1))
    return Outcome(Written(request.target, pages, len(listed)))


# --- what changed -------------------------------------------------------------------------------


def _collect(reader: sqlite.Connection, subject: NoticeSubject) -> Changes:
    if subject.plan is not None:
        return _of_plan(reader, get_plan(reader, subject.plan))
    if subject.document is not None:
        return _of_document(reader, subject.document)
    record = changes_of.find_transaction(reader, subject.transaction or "")
    if record is None:
        raise RequestError(texts.no_such_transaction(id=subject.transaction or ""))
    found = of_transactions(reader, [record.seq])
    return replace(found, called=record.intention.render(), intention=record.intention)


def _of_plan(reader: sqlite.Connection, plan: Plan) -> Changes:
    document = _document(reader, plan.document_id)
    if plan.state != "in_force":
        found = of_draft(reader, plan)
    else:
        found = of_transactions(reader, [changes_of.setter_of(reader, "plan", plan.id, "state")])
    return replace(
        found,
        called=plan.name,
        intention=texts.by_plan(name=plan.name),
        document=document,
        approved_by=plan.approved_by or "",
        in_force_on=plan.in_force_on or "",
        is_draft=plan.state != "in_force",
    )


def _of_document(reader: sqlite.Connection, named: str) -> Changes:
    ids, numbers = _numbers(reader)
    known = dict(zip(ids, numbers, strict=True))
    by_number = {number: id_ for id_, number in known.items() if number}
    document_id = named if named in known else by_number.get(named)
    if document_id is None:
        raise RequestError(texts.no_such_document(number=named))
    seqs = changes_of.transactions_of_document(reader, document_id)
    if not seqs:
        raise RequestError(texts.nothing_changed(what=known[document_id] or document_id))
    found = of_transactions(reader, seqs)
    document = _document(reader, document_id)
    return replace(found, called=known[document_id] or document_id, document=document)


def _numbers(reader: sqlite.Connection) -> tuple[list[str], list[str | None]]:
    held = rows.read_features(reader, "document", ["number"]).columns
    return held["id"].tolist(), held["number"].tolist()


def _document(reader: sqlite.Connection, document_id: str | None) -> dict[str, str]:
    if document_id is None:
        return {}
    held = rows.read_features(reader, "document", ids=[document_id]).columns
    if not len(held["id"]):
        return {}
    return {name: str(column[0]) for name, column in held.items() if column[0] is not None}


# --- the maps -----------------------------------------------------------------------------------


def _below(
    reader: sqlite.Connection, extent: tuple[float, float, float, float]
) -> "list[tuple[Style, LayerRows]]":
    """Return what lies below the cells on both maps, as it is today."""
    styles = load()
    layers = []
    for table in _BENEATH:
        style = replace(styles[table], label=None)
        found = edit.read_near(reader, table, [_grown(extent)], style.class_fields)
        if len(found):
            layers.append((style, _layer(table, found.geometry, found.columns)))
    return layers


def _side(
    reader: sqlite.Connection,
    found: Changes,
    extent: tuple[float, float, float, float],
    below: "list[tuple[Style, LayerRows]]",
    *,
    is_after: bool,
) -> "NoticeMap":
    from gridmap.report.notice import Mark, NoticeMap  # late: with Qt

    style = replace(load()["cell"], label=None)
    cells = _cells_near(reader, found, _grown(extent), style, is_after=is_after)
    held = found.after if is_after else found.before
    marks = [
        Mark(cell.shape, found.deed(key, is_after=is_after), cell.short)
        for key, cell in held.items()
    ]
    return NoticeMap([*below, (style, cells)], marks)


def _cells_near(
    reader: sqlite.Connection,
    found: Changes,
    extent: tuple[float, float, float, float],
    style: "Style",
    *,
    is_after: bool,
) -> LayerRows:
    seq, division = found.moment(is_after=is_after)
    if seq is None:
        where = filters.of_division("cell", division)
        read = rows.read_layer(reader, "cell", style.fields, where=where)
    else:
        read = as_of.read_layer(reader, "cell", style.fields, seq, division=division)
    xmin, ymin, xmax, ymax = extent
    is_near = np.zeros(len(read), bool)
    for shapes in read.shapes:
        low, high = shapes.bounds[:, :2], shapes.bounds[:, 2:]
        meets = (low <= (xmax, ymax)).all(axis=1) & (high >= (xmin, ymin)).all(axis=1)
        is_near[shapes.rows[meets]] = True
    return read.kept(is_near)


def _layer(table: str, geometry: Any, columns: Any) -> LayerRows:
    shapes = geometry if geometry is not None else as_objects([])
    held = {name: column for name, column in columns.items() if name != "id"}
    return LayerRows(table, columns["id"], shapes_of(shapes), held)


def _grown(
    extent: tuple[float, float, float, float],
) -> tuple[float, float, float, float]:
    """Return the extent with what the frame of a map may show around it."""
    xmin, ymin, xmax, ymax = extent
    around = max(xmax - xmin, ymax - ymin) + _AROUND_M
    return xmin - around, ymin - around, xmax + around, ymax + around
