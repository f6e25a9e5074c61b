"""Make a workspace, fill it with the sample, tell what is in it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gridmap.base.errors import RequestError
from gridmap.base.progress import Progress, quiet, share
from gridmap.geo import crs
from gridmap.geo.features import Features
from gridmap.model.changes import Outcome
from gridmap.services import categories, texts
from gridmap.store import rows, workspace
from gridmap.store.journal import Transaction
from gridmap.store.workspace import Workspace

if TYPE_CHECKING:
    from gridmap.sample.generate import Scale

_SUBDISTRICT_CODE = re.compile(r"[0-9]{9}([0-9]{3})?")


@dataclass(frozen=True)
class NewWorkspace:
    """What a new workspace needs to know; without a CRS the province's zone is taken."""

    path: Path
    subdistrict: str
    name: str
    epsg: int | None = None


@dataclass(frozen=True)
class Info:
    """What is in a workspace."""

    path: Path
    epsg: int
    subdistrict: str
    name: str
    imaginary: bool
    layers: dict[str, int]
    read_only_because: str | None


def new_workspace(request: NewWorkspace, progress: Progress = quiet) -> Workspace:
    """Make an empty workspace with the national class tables in it, and open it.

    Raises:
        RequestError: code, name or CRS is wrong.
        WorkspaceError: the place is taken, missing, read-only, full or a network share.
    """
    if not _SUBDISTRICT_CODE.fullmatch(request.subdistrict):
        raise RequestError(texts.wrong_division_code(code=request.subdistrict))
    if not request.name.strip():
        raise RequestError(texts.name_missing())
    return workspace.create(
        request.path,
        code=request.subdistrict,
        name=request.name.strip(),
        epsg=request.epsg or crs.zone_of_division(request.subdistrict),
        fill=lambda tx: categories.load_national(tx, progress),
    )


def make_sample(path: Path, scale: "Scale", seed: int, progress: Progress = quiet) -> Workspace:
    """Make the workspace of an imaginary subdistrict, the same for the same seed, and open it.

    Raises:
        WorkspaceError: the place is taken, missing, read-only, full or a network share.
    """
    from gridmap.sample.generate import generate  # late: a window on a file needs no sample

    sample = generate(scale, seed, share(progress, 0, 0.5))
    place = sample.tables["subdistrict"]
    code, name = str(place.columns["code"][0]), str(place.columns["name"][0])

    def fill(tx: Transaction) -> None:
        categories.load_national(tx)
        _write_sample(tx, sample.tables, share(progress, 0.5, 1))

    return workspace.create(path, code=code, name=name, epsg=sample.epsg, fill=fill)


def _write_sample(tx: Transaction, tables: dict[str, Features], progress: Progress) -> None:
    total = sum(map(len, tables.values())) or 1
    done = 0
    tx.connection.execute("DELETE FROM subdistrict")  # the sample brings its own, with an area
    for table, features in tables.items():
        end = done + len(features)
        rows.insert(tx, table, features, share(progress, done / total, end / total))
        done = end


def get_info(opened: Workspace) -> Outcome[Info]:
    """Tell a workspace's CRS, its subdistrict and how many rows each table has."""
    with opened.reading() as reader:
        place = reader.execute("SELECT code, name, imaginary FROM subdistrict").fetchone()
        kept = reader.execute(
            "SELECT value FROM workspace_info WHERE key = 'subdistrict'"
        ).fetchone()
        code, name, imaginary = place or (kept[0], "", 0)
        info = Info(
            opened.path,
            rows.get_epsg(reader),
            code,
            name,
            bool(imaginary),
            rows.row_counts(reader),
            str(opened.why_read_only) if opened.is_read_only else None,
        )
    return Outcome(info)


def open_existing(path: Path, *, read_only: bool = False, program: str = "gridmap") -> Workspace:
    """Open a workspace, read-only where another program holds it or it cannot be written.

    Raises:
        WorkspaceError: there is none, it is damaged, newer, or on a network share.
    """
    return workspace.open_workspace(path, read_only=read_only, program=program)
