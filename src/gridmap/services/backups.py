"""Backups: make, list, restore."""

from pathlib import Path

from gridmap.base.errors import WorkspaceError
from gridmap.base.progress import Progress, quiet
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Outcome, Touched
from gridmap.store import backup
from gridmap.store.backup import Backup
from gridmap.store.workspace import Workspace, open_workspace

_RUINED = frozenset({"store.no_such_workspace", "store.not_a_database", "store.damaged"})


def back_up(opened: Workspace, progress: Progress = quiet) -> Outcome[Backup]:
    """Back the workspace up; the copy counts only after it was restored on trial and compared.

    Raises:
        WorkspaceError: the folder cannot be written, the disk is full, or the copy differs.
    """
    return Outcome(backup.back_up(opened, progress))


def back_up_if_changed(opened: Workspace, progress: Progress = quiet) -> Outcome[Backup | None]:
    """Back the workspace up unless nothing has changed since the last backup."""
    return Outcome(backup.before_risky_step(opened, progress))


def list_backups(opened: Workspace) -> Outcome[list[Backup]]:
    """Return the backups at hand, the newest first."""
    return Outcome(backup.list_backups(opened.path))


def restore(opened: Workspace, chosen: Path, progress: Progress = quiet) -> Outcome[Backup]:
    """Put a backup in the workspace's place; return the backup of what was there.

    Raises:
        WorkspaceError: the workspace is read-only.
        RequestError: there is no such backup.
        WorkspaceDamaged: the backup is not whole; the workspace is as it was.
    """
    safety = backup.restore(opened, chosen, progress)
    return Outcome(safety, Touched.whole(*TABLE_BY_NAME))


def restore_file(path: Path, chosen: Path, progress: Progress = quiet) -> Outcome[Path | None]:
    """Restore a workspace by its path, also one that is gone or cannot be opened any more.

    Returns where the state before is kept, None where there was none.

    Raises:
        WorkspaceError: another program holds it, or its place cannot be written.
        RequestError: there is no such backup.
        WorkspaceDamaged: the backup is not whole; the workspace is as it was.
    """
    try:
        opened = open_workspace(path)
    except WorkspaceError as error:
        if error.code not in _RUINED:
            raise
        return Outcome(backup.replace_damaged(path, chosen))
    with opened:
        return Outcome(restore(opened, chosen, progress).value.path)
