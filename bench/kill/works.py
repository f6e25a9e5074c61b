"""The work that is killed: each kind does its steps and acknowledges them one by one."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.kill.edits import edit
from bench.kill.migrations import future
from gridmap.services import backups, history, imports, workspaces
from gridmap.store.workspace import Workspace

NAME = "office.gridmap"
MANY, FEW = "many.shp", "few.geojson"
EDITS = 24
UNDOABLE = 4
BACKUPS = 3

Acknowledge = Callable[[str], None]
"""Called with what the caller now relies on: a transaction's id, or the name of a backup."""

Act = Callable[[Path, Acknowledge], None]


@dataclass(frozen=True)
class Kind:
    """A kind of work: which template it starts from, and what it does in a copy of it."""

    name: str
    template: str
    act: Act
    is_future: bool = False

    def program(self) -> contextlib.AbstractContextManager[None]:
        """Be the program that does this work: for a migration a newer one."""
        return future() if self.is_future else contextlib.nullcontext()


def _import(folder: Path, acknowledge: Acknowledge) -> None:
    with workspaces.open_existing(folder / NAME) as opened:
        for name, table in ((MANY, "building"), (FEW, "compound")):
            request = imports.ImportRequest(folder / name, table)
            acknowledge(str(imports.import_file(opened, request).transaction))


def _edit(folder: Path, acknowledge: Acknowledge) -> None:
    with workspaces.open_existing(folder / NAME) as opened:
        for number in range(EDITS):
            acknowledge(edit(opened, number))


def _undo(folder: Path, acknowledge: Acknowledge) -> None:
    with workspaces.open_existing(folder / NAME) as opened:
        for step in [history.undo] * (UNDOABLE + 1) + [history.redo] * (UNDOABLE + 1):
            step(opened)
            acknowledge(_last_transaction(opened))


def _last_transaction(opened: Workspace) -> str:
    return history.recent(opened, 1).value[0].id


def _migrate(folder: Path, acknowledge: Acknowledge) -> None:
    with workspaces.open_existing(folder / NAME):
        acknowledge("migrated")


def _back_up(folder: Path, acknowledge: Acknowledge) -> None:
    with workspaces.open_existing(folder / NAME) as opened:
        for number in range(BACKUPS):
            acknowledge(backups.back_up(opened).value.path.name)
            acknowledge(edit(opened, number))


def _restore(folder: Path, acknowledge: Acknowledge) -> None:
    with workspaces.open_existing(folder / NAME) as opened:
        oldest = backups.list_backups(opened).value[-1]
        acknowledge(backups.restore(opened, oldest.path).value.path.name)


def _rescue(folder: Path, acknowledge: Acknowledge) -> None:
    rescue(folder)
    acknowledge("rescued")


def rescue(folder: Path) -> None:
    """Put the backup in the place of the damaged workspace."""
    chosen = next((folder / "office.backups").glob("[0-9]*.gridmap"))
    backups.restore_file(folder / NAME, chosen)


def _new(folder: Path, acknowledge: Acknowledge) -> None:
    request = workspaces.NewWorkspace(folder / NAME, "110101001", "试验街道")
    workspaces.new_workspace(request).close()
    acknowledge("made")


KINDS = {
    kind.name: kind
    for kind in (
        Kind("import", "sample", _import),
        Kind("edit", "sample", _edit),
        Kind("undo", "edited", _undo),
        Kind("migration", "sample", _migrate, is_future=True),
        Kind("backup", "sample", _back_up),
        Kind("restore", "edited", _restore),
        Kind("rescue", "damaged", _rescue),
        Kind("new", "empty", _new),
    )
}
