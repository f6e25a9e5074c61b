"""The papers by which a division was changed, each with its scan."""

import mimetypes
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gridmap.base.errors import RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.model.changes import Outcome
from gridmap.services import document_texts as texts
from gridmap.store import attached
from gridmap.store import edit as store
from gridmap.store.connect import speaking
from gridmap.store.engine import sqlite
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace

_TABLE = "document"
_FIELDS = ("number", "title", "issued_on", "issuer", "signatory", "remark")


@dataclass(frozen=True)
class AddDocument:
    """A paper; its number says which one it is. ``scans`` are files that are copied."""

    number: str
    title: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    signatory: str | None = None
    remark: str | None = None
    scans: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Scan:
    """A file that belongs to a document; ``is_there`` tells whether it is whole on the disk."""

    id: str
    name: str
    path: Path
    size_bytes: int
    is_there: bool


@dataclass(frozen=True)
class Document:
    """A document with its scans, and how many cells it is the paper of."""

    id: str
    number: str
    title: str | None
    issued_on: str | None
    issuer: str | None
    signatory: str | None
    remark: str | None
    scans: tuple[Scan, ...]
    cells: int


def add_document(
    opened: Workspace, request: AddDocument, _progress: Progress = quiet
) -> Outcome[str]:
    """Enter a document; return its id. Its scans are copied beside the workspace first.

    Raises:
        RequestError: it has no number, or one that is taken, or its date is wrong.
        InputError: a scan cannot be read.
        WorkspaceError: the workspace or the folder beside it cannot be written.
    """
    number = request.number.strip()
    _ensure_sound(number, request.issued_on)
    with opened.reading() as reader:
        if len(store.read_where(reader, _TABLE, (), "t.number = ?", (number,))):
            raise RequestError(texts.number_taken(number=number))
    kept = [(scan, _keep(opened, scan)) for scan in request.scans]
    with opened.transaction(texts.added(number=number)) as tx:
        values = {name: getattr(request, name) for name in _FIELDS} | {"number": number}
        document_id = store.insert_row(tx, _TABLE, values)
        for scan, file in kept:
            _attach(tx, document_id, scan, file)
    return Outcome(document_id, opened.touched_by(tx), tx.id)


def attach_scan(
    opened: Workspace, document_id: str, scan: Path, _progress: Progress = quiet
) -> Outcome[str]:
    """Add a scan to a document; return the id of the attachment.

    Raises:
        RequestError: there is no such document.
        InputError: the scan cannot be read.
        WorkspaceError: the workspace or the folder beside it cannot be written.
    """
    with opened.reading() as reader:
        found = store.read_rows(reader, _TABLE, [document_id], ("number",)).columns
    if not len(found["id"]):
        raise RequestError(texts.no_such_document(document=document_id))
    file = _keep(opened, scan)
    number = found["number"][0] or document_id
    with opened.transaction(texts.scan_added(number=number, name=scan.name)) as tx:
        attachment = _attach(tx, document_id, scan, file)
    return Outcome(attachment, opened.touched_by(tx), tx.id)


def _ensure_sound(number: str, issued_on: str | None) -> None:
    if not number:
        raise RequestError(texts.number_missing())
    if issued_on is not None:
        try:
            date.fromisoformat(issued_on)
        except ValueError:
            raise RequestError(texts.wrong_date(given=issued_on)) from None


def _keep(opened: Workspace, scan: Path) -> attached.Kept:
    with opened.writing(), speaking(attached.folder_of(opened.path)):
        return attached.keep(opened.path, scan)


def _attach(tx: Transaction, document_id: str, scan: Path, file: attached.Kept) -> str:
    values: dict[str, Any] = {
        "name": scan.name,
        "sha256": file.sha256,
        "media_type": mimetypes.guess_type(scan.name)[0],
        "size_bytes": file.size_bytes,
        "owner_table": _TABLE,
        "owner_id": document_id,
    }
    return store.insert_row(tx, "attachment", values)


def list_documents(opened: Workspace, _progress: Progress = quiet) -> Outcome[tuple[Document, ...]]:
    """Return all documents with their scans, the latest first."""
    with opened.reading() as reader:
        columns = store.read_where(reader, _TABLE, _FIELDS, "1").columns
        rows = zip(columns["id"], *(columns[name] for name in _FIELDS), strict=True)
        scans = _scans(reader, opened.path)
        counts = store.count_by(reader, "cell", "document_id")
        found = [
            Document(
                id_,
                number or id_,
                title,
                issued_on,
                issuer,
                signatory,
                remark,
                tuple(scans.get(id_, ())),
                counts.get(id_, 0),
            )
            for id_, number, title, issued_on, issuer, signatory, remark in rows
        ]
    return Outcome(
        tuple(sorted(found, key=lambda one: (one.issued_on or "", one.number), reverse=True))
    )


def _scans(reader: sqlite.Connection, workspace: Path) -> dict[str, list[Scan]]:
    names = ("owner_id", "name", "sha256", "size_bytes")
    columns = store.read_where(reader, "attachment", names, "t.owner_table = ?", (_TABLE,)).columns
    found: dict[str, list[Scan]] = {}
    for id_, owner, name, sha256, size in zip(
        columns["id"], *(columns[one] for one in names), strict=True
    ):
        path = attached.path_of(workspace, sha256)
        is_there = attached.is_whole(workspace, sha256)
        found.setdefault(owner, []).append(
            Scan(id_, name or sha256 or id_, path, size or 0, is_there)
        )
    return found
