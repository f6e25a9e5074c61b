"""Backups that are whole: copied from one moment, restored on trial, compared, then counted."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gridmap.base import clock, files
from gridmap.base.errors import RequestError, WorkspaceDamaged, WorkspaceError
from gridmap.base.progress import Progress, quiet, share
from gridmap.store import migrate, texts
from gridmap.store.connect import connect, connect_foreign, connect_reader, read_header, speaking
from gridmap.store.engine import sqlite
from gridmap.store.triggers import quoted
from gridmap.store.workspace import Workspace

KEEP = 12
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
    for path in backup_folder(workspace).glob(f"*{workspace.suffix}"):
        stamp, _, seq = path.stem.rpartition("_")
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
    with opened.reading() as reader:
        seq = _last_seq(reader)
    latest = next(iter(list_backups(opened.path)), None)
    if latest is not None and latest.seq == seq:
        return None
    return back_up(opened, progress)


def _last_seq(reader: sqlite.Connection) -> int:
    row = reader.execute("SELECT max(seq) FROM journal_transaction").fetchone()
    return int(row[0] or 0)


def _back_up(workspace: Path, progress: Progress) -> Backup:
    folder = backup_folder(workspace)
    with speaking(folder):
        folder.mkdir(exist_ok=True)
        with _moment(workspace) as source:
            seq = _last_seq(source)
            stamp = clock.now().strftime("%Y%m%dT%H%M%S.%fZ")
            target = folder / f"{stamp}_{seq}{workspace.suffix}"
            with files.replacing(target) as draft:
                _copy(source, draft, share(progress, 0, 0.5))
                _ensure_restorable(source, draft, share(progress, 0.5, 1))
    for old in list_backups(workspace)[KEEP:]:
        with contextlib.suppress(OSError):
            old.path.unlink()
    return Backup(target, stamp, seq, target.stat().st_size)


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
    with _restored(backup) as trial:
        source.execute("ATTACH ? AS trial", (str(trial),))
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
def _restored(backup: Path) -> Iterator[Path]:
    """Lend a temporary restored copy of a backup, checked page by page.

    Raises:
        WorkspaceDamaged: the backup is not whole.
    """
    handle, name = tempfile.mkstemp(dir=backup.parent, prefix=".trial-", suffix=backup.suffix)
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
            sound = copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        finally:
            copy.close()
        if not sound:
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

    Returns the backup of what was there.

    Raises:
        WorkspaceError: the workspace is read-only.
        RequestError: there is no such backup.
        WorkspaceDamaged: the backup is not whole; the workspace is as it was.
    """
    chosen = _find(opened.path, backup)
    application_id, version = read_header(chosen)
    migrate.ensure_known_version(chosen, application_id, version)
    with opened.writing() as writer, _restored(chosen) as trial:
        safety = _back_up(opened.path, share(progress, 0, 0.5))
        source = connect(trial, "rw")
        try:
            migrate.upgrade(trial, source)
            _pour(source, writer, share(progress, 0.5, 1))
        finally:
            source.close()
    return safety


def _pour(source: sqlite.Connection, writer: sqlite.Connection, progress: Progress) -> None:
    def report(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total, texts.backing_up())

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


def replace_damaged(workspace: Path, backup: Path) -> Path:
    """Put a backup in the place of a workspace that cannot be opened any more.

    Returns where the damaged file was put aside.

    Raises:
        RequestError: there is no such backup.
        WorkspaceDamaged: the backup is not whole; the workspace is as it was.
    """
    chosen = _find(workspace, backup)
    application_id, version = read_header(chosen)
    migrate.ensure_known_version(chosen, application_id, version)
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    aside = workspace.with_name(f"{workspace.stem}.damaged-{stamp}{workspace.suffix}")
    with speaking(workspace), _restored(chosen) as trial, files.replacing(workspace) as draft:
        draft.write_bytes(trial.read_bytes())
        for end in ("", "-wal", "-shm"):
            part = Path(f"{workspace}{end}")
            if part.exists():
                part.rename(f"{aside}{end}")
    return aside
