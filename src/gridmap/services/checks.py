"""Prove a workspace sound, and mend what needs no person."""

from gridmap.base.progress import Progress, quiet
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Outcome, Touched
from gridmap.services import texts
from gridmap.store import backup
from gridmap.store.check import Problem
from gridmap.store.check import check as check_file
from gridmap.store.repair import repair as repair_file
from gridmap.store.workspace import Workspace


def check(opened: Workspace, progress: Progress = quiet) -> Outcome[list[Problem]]:
    """Return everything that is wrong with the workspace; an empty list proves it sound."""
    with opened.reading() as reader:
        return Outcome(check_file(reader, progress))


def repair(opened: Workspace, progress: Progress = quiet) -> Outcome[list[Problem]]:
    """Rebuild indexes and triggers, after a backup; return what is still wrong.

    Raises:
        WorkspaceError: the workspace cannot be written.
    """
    backup.before_risky_step(opened, progress)
    with opened.transaction(texts.repaired()) as tx:
        repair_file(tx)
    return Outcome(check(opened, progress).value, Touched.whole(*TABLE_BY_NAME), tx.id)
