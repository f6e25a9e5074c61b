"""Backups that are whole: copied from one moment, restored on trial, compared, then counted."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gridmap.base import clock, files
from gridmap.base.errors import RequestError, WorkspaceDamaged, WorkspaceError
from gridmap.base.progress import Progress, quiet, share
from gridmap.store import migrate, pages, texts
from gridmap.store.connect import (
    connect,
    connect_foreign,
    connect_reader,
    read_header,
    speaking,
    to_uri,
)
from gridmap.store.engine import sqlite
from gridmap.store.triggers import quoted
from gridmap.store.workspace import Workspace, held

KEEP = 12
_STALE_SECONDS = 86_400
_PAGES_A_STEP = 4096  # 16 MiB: progress and cancelling several times a second


@dataclass(frozen=True)
class Backup:
    """One backup: its file, when it was made, and the journal's last transaction in it."""

    path: Path
    made_at: str
    seq: int
    size_bytes: int


def backup_folder(workspace: Path) -> Path:
    """Return the folder beside a workspace where its backups are."""
    return workspace.with_name(f"{workspace.stem}.backups")


def list_backups(workspace: Path) -> list[Backup]:
    """Return a workspace's backups, the newest first."""
    found = []
    for path in backup_folder(workspace).glob("[!.]*"):
        if not path.name.endswith(workspace.suffix):
            continue
        stamp, _, seq = path.name.removesuffix(workspace.suffix).rpartition("_")
        if stamp and seq.isdigit():
            found.append(Backup(path, stamp, int(seq), path.stat().st_size))
    return sorted(found, key=lambda one: (one.made_at, one.seq), reverse=True)


def back_up(opened: Workspace, progress: Progress = quiet) -> Backup:
    """Copy the workspace as it is now, prove the copy by restoring it, and keep the last twelve.

    Raises:
        WorkspaceError: the folder cannot be written, the disk is full, or the copy differs.
    """
    return _back_up(opened.path, progress)


def before_risky_step(opened: Workspace, progress: Progress = quiet) -> Backup | None:
    """Back up unless nothing has changed since the last backup."""
    latest = next(iter(list_backups(opened.path)), None)
    if latest is not None:
        with opened.reading() as reader:
            now = _journal_end(reader)
        if _journal_end_of(latest.path) == now:
            return None
    return back_up(opened, progress)


def _last_seq(reader: sqlite.Connection) -> int:
    row = reader.execute("SELECT max(seq) FROM journal_transaction").fetchone()
    return int(row[0] or 0)


def _journal_end(reader: sqlite.Connection) -> tuple[str, int]:
    """Return the last transaction and the last entry.

    A number alone would not tell: after a restore the same numbers are given again.
    """
    row = reader.execute(
        "SELECT (SELECT id FROM journal_transaction ORDER BY seq DESC LIMIT 1),"
        " (SELECT max(entry) FROM journal)"
    ).fetchone()
    return str(row[0]), int(row[1] or 0)


def _journal_end_of(backup: Path) -> tuple[str, int] | None:
    try:
        connection = connect_foreign(backup)
    except WorkspaceError:  # damaged or vanished: it does not count
        return None
    try:
        return _journal_end(connection)
    except sqlite.Error:
        return None
    finally:
        connection.close()


def _back_up(workspace: Path, progress: Progress) -> Backup:
    folder = backup_folder(workspace)
    with speaking(folder):
        folder.mkdir(exist_ok=True)
        _sweep(folder)
        with _moment(workspace) as source:
            seq = _last_seq(source)
            stamp = clock.now().strftime("%Y%m%dT%H%M%S.%fZ")
            target = folder / f"{stamp}_{seq}{workspace.suffix}"
            with files.replacing(target) as draft:
                _copy(source, draft, share(progress, 0, 0.5))
                try:
                    _ensure_restorable(source, draft, share(progress, 0.5, 1))
                except WorkspaceDamaged as error:
                    raise _whose_damage(source, workspace, target) from error
    for old in list_backups(workspace)[KEEP:]:
        with contextlib.suppress(OSError):
            old.path.unlink()
    return Backup(target, stamp, seq, target.stat().st_size)


def _whose_damage(source: sqlite.Connection, workspace: Path, target: Path) -> WorkspaceError:
    """Return whether a copy that is not whole was taken from a damaged workspace."""
    fault = _page_fault(source)
    if fault is not None:
        return WorkspaceDamaged(texts.damaged(path=str(workspace), reason=fault))
    return WorkspaceError(texts.backup_differs(path=str(target), reason="SQLite"))


def _page_fault(connection: sqlite.Connection) -> str | None:
    try:
        return next(iter(pages.find_faults(connection, "quick_check")), None)
    except sqlite.DatabaseError as error:
        return str(error)


def _sweep(folder: Path) -> None:
    """Remove what backups that were cut short have left; another may be at work just now."""
    stale = clock.now().timestamp() - _STALE_SECONDS
    for draft in folder.glob(".*"):
        with contextlib.suppress(OSError):
            if draft.stat().st_mtime < stale:
                draft.unlink()


@contextmanager
def _moment(workspace: Path) -> Iterator[sqlite.Connection]:
    """Lend a connection that sees the workspace as of now, whatever is written meanwhile."""
    connection = connect_reader(workspace)
    try:
        connection.execute("BEGIN")
        _last_seq(connection)  # the first read fixes the moment
        yield connection
    finally:
        connection.close()


def _copy(source: sqlite.Connection, target: Path, progress: Progress) -> None:
    """Copy a database through SQLite's online backup into one file without a log beside it."""

    def report(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total, texts.backing_up())

    copy = sqlite.connect(target, isolation_level=None)
    try:
        source.backup(copy, pages=_PAGES_A_STEP, progress=report)
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        copy.close()


def _ensure_restorable(source: sqlite.Connection, backup: Path, progress: Progress) -> None:
    """Restore a backup into a temporary file and compare it with its source, row by row.

    Raises:
        WorkspaceError: they differ.
    """
    with _restored(backup, backup.parent) as trial:
        source.execute("ATTACH ? AS trial", (to_uri(trial, "ro"),))
        tables = source.execute(
            "SELECT name, sql FROM main.sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        for done, (name, sql) in enumerate(tables):
            progress(done, len(tables), texts.comparing_backup())
            if sql.upper().startswith("CREATE VIRTUAL"):
                continue
            if not _is_same(source, name):
                raise WorkspaceError(texts.backup_differs(path=str(backup), reason=name))
        source.execute("COMMIT")
        source.execute("DETACH trial")


@contextmanager
def _restored(backup: Path, folder: Path) -> Iterator[Path]:
    """Lend a restored copy of a backup, checked page by page, for a while in ``folder``.

    Raises:
        WorkspaceDamaged: the backup is not whole.
    """
    folder.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".trial-", suffix=backup.suffix)
    os.close(handle)
    trial = Path(name)
    try:
        source = connect_foreign(backup)
        try:
            _copy(source, trial, quiet)
        finally:
            source.close()
        copy = connect_foreign(trial)
        try:
            fault = _page_fault(copy)
        finally:
            copy.close()
        if fault is not None:
            raise WorkspaceDamaged(texts.backup_damaged(path=str(backup)))
        yield trial
    except sqlite.DatabaseError as error:
        raise WorkspaceDamaged(texts.backup_damaged(path=str(backup))) from error
    finally:
        for leftover in (trial, *(Path(f"{trial}{end}") for end in ("-journal", "-wal", "-shm"))):
            leftover.unlink(missing_ok=True)


def _is_same(connection: sqlite.Connection, table: str) -> bool:
    """Return whether a table holds the same rows in ``main`` and in ``trial``."""
    name = quoted(table)
    info = connection.execute(f"PRAGMA main.table_info({name})").fetchall()
    keys = [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]]
    try:
        connection.execute(f"SELECT rowid FROM main.{name} LIMIT 0")
        keys = ["rowid"]
    except sqlite.OperationalError:  # a table WITHOUT ROWID: its primary key tells rows apart
        pass
    joined = " AND ".join(f"a.{quoted(key)} = b.{quoted(key)}" for key in keys)
    alike = " AND ".join(f"a.{quoted(row[1])} IS b.{quoted(row[1])}" for row in info)
    here, there, same = connection.execute(
        f"SELECT (SELECT count(*) FROM main.{name}), (SELECT count(*) FROM trial.{name}),"
        f" (SELECT count(*) FROM main.{name} a JOIN trial.{name} b ON {joined} WHERE {alike})"
    ).fetchone()
    return bool(here == there == same)


def restore(opened: Workspace, backup: Path, progress: Progress = quiet) -> Backup:
    """Put a backup in the workspace's place, in one transaction; back up what was there first.

    Returns the backup of what was there; of a damaged workspace it is a copy beside it.

    Raises:
        WorkspaceError: the workspace is read-only.
        RequestError: there is no such backup.
        WorkspaceDamaged: the backup is not whole; the workspace is as it was.
    """
    chosen = _find(opened.path, backup)
    application_id, version = read_header(chosen)
    migrate.ensure_known_version(chosen, application_id, version)
    folder = backup_folder(opened.path)
    with opened.writing() as writer, _restored(chosen, folder) as trial:
        try:
            safety = _back_up(opened.path, share(progress, 0, 0.5))
        except WorkspaceDamaged:  # no backup of it could be proved
            safety = _put_aside(opened.path)
        source = connect(trial, "rw")
        try:
            migrate.upgrade_copy(source)
            _pour(source, writer, share(progress, 0.5, 1))
        finally:
            source.close()
    return safety


def _put_aside(workspace: Path) -> Backup:
    """Copy a damaged workspace, page by page as it is."""
    target = _aside(workspace)
    with _moment(workspace) as source, files.replacing(target) as draft:
        _copy(source, draft, quiet)
    return Backup(target, clock.timestamp(), 0, target.stat().st_size)


def _aside(workspace: Path) -> Path:
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    return workspace.with_name(f"{workspace.stem}.damaged-{stamp}{workspace.suffix}")


def _pour(source: sqlite.Connection, writer: sqlite.Connection, progress: Progress) -> None:
    def report(_status: int, remaining: int, total: int) -> None:
        if remaining:  # else it is done, and nobody can cancel it any more
            progress(total - remaining, total, texts.backing_up())

    progress(0, 1, texts.backing_up())
    source.backup(writer, pages=_PAGES_A_STEP, progress=report)
    writer.execute("PRAGMA journal_mode = WAL").fetchone()


def _find(workspace: Path, backup: Path) -> Path:
    for candidate in (backup, backup_folder(workspace) / backup.name):
        if candidate.is_file():
            return candidate
    known = ", ".join(one.path.name for one in list_backups(workspace))
    raise RequestError(
        texts.no_such_backup(path=str(backup), known=known or str(texts.none_at_hand()))
    )


def replace_damaged(workspace: Path, backup: Path) -> Path | None:
    """Put a backup in the place of a workspace that cannot be opened any more.

    Returns where the damaged file was put aside, None where there was none.

    Raises:
        RequestError: there is no such backup.
        WorkspaceBusy: another program holds the workspace.
        WorkspaceDamaged: the backup is not whole; the workspace is as it was.
    """
    chosen = _find(workspace, backup)
    application_id, version = read_header(chosen)
    migrate.ensure_known_version(chosen, application_id, version)
    aside = _aside(workspace) if workspace.exists() else None
    with (
        speaking(workspace),
        held(workspace),
        _restored(chosen, backup_folder(workspace)) as trial,
        files.replacing(workspace) as draft,
    ):
        shutil.copyfile(trial, draft)
        files.sync_file(draft)
        if aside is not None:
            _put_ruin_aside(workspace, aside)
    return aside


def _put_ruin_aside(workspace: Path, aside: Path) -> None:
    """Copy a damaged workspace and what belongs to it; its own name is never without a file."""
    for end in ("", "-wal", "-shm"):
        part = Path(f"{workspace}{end}")
        if part.exists():
            shutil.copy2(part, f"{aside}{end}")
            files.sync_file(Path(f"{aside}{end}"))
    for end in ("-wal", "-shm"):  # they must not be taken for those of the restored file
        Path(f"{workspace}{end}").unlink(missing_ok=True)
