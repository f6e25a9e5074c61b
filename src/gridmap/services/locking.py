"""Cells that must stay as they are: locked, and let go again."""

from dataclasses import dataclass

from gridmap.base.errors import RequestError
from gridmap.base.progress import Progress, quiet
from gridmap.model import codes
from gridmap.model.changes import Outcome
from gridmap.services import cell_texts
from gridmap.services import painting_texts as texts
from gridmap.store import edit as store
from gridmap.store.workspace import Workspace


@dataclass(frozen=True)
class LockCells:
    """Cells that must (or need no longer) stay as they are."""

    cells: tuple[str, ...]
    locked: bool = True


def lock_cells(opened: Workspace, request: LockCells, _progress: Progress = quiet) -> Outcome[int]:
    """Lock or unlock cells, of the official division or of a plan; return how many changed.

    Raises:
        RequestError: there is no such cell.
        WorkspaceError: the workspace cannot be written.
    """
    with opened.reading() as reader:
        columns = store.read_rows(
            reader, "cell", request.cells, ("code", "locked"), with_shapes=False
        ).columns
    for cell in request.cells:
        if cell not in columns["id"]:
            raise RequestError(cell_texts.not_in_division(name=cell))
    held = zip(columns["id"], columns["code"], columns["locked"], strict=True)
    other = {id_: code for id_, code, is_locked in held if bool(is_locked) != request.locked}
    if not other:
        return Outcome(0)
    named = cell_texts.listed(sorted(codes.short(code) for code in other.values()))
    said = texts.locked(cells=named) if request.locked else texts.unlocked(cells=named)
    with opened.transaction(said) as tx:
        for cell in other:
            store.update_row(tx, "cell", cell, {"locked": request.locked})
    return Outcome(len(other), opened.touched_by(tx), tx.id)
