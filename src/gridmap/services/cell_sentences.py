"""How an edit of cells is called in the history, by the short codes of what it touched."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gridmap.base.messages import Text
from gridmap.geo.coverage import Change
from gridmap.model import cell_edits, codes
from gridmap.model.cell_edits import CellEdit
from gridmap.services import cell_texts as texts

Names = Callable[[Iterable[str | None]], Any]


def describe(
    edit: CellEdit, change: Change, moved: frozenset[str], code_of: Mapping[str, str | None]
) -> Text:
    """Return the sentence of an edit.

    Args:
        edit: what was asked for.
        change: what it did.
        moved: the cells whose ground changed; others only got a vertex on their border.
        code_of: the codes of all cells that it touched, new ones as well.
    """
    if not isinstance(edit, cell_edits.AddVertex | cell_edits.DeleteVertex):
        change = _of_ground(change, moved)

    def names(keys: Iterable[str | None]) -> Any:
        return texts.listed(sorted(codes.short(code_of.get(key or "")) for key in keys))

    return _SENTENCES[type(edit)](edit, change, names)


def _of_ground(change: Change, moved: frozenset[str]) -> Change:
    before = {key: shape for key, shape in change.before.items() if key in moved}
    after = {key: shape for key, shape in change.after.items() if key in moved}
    return Change(before, after, change.heirs) if moved else change


def _split(_edit: Any, change: Change, names: Names) -> Text:
    return texts.split(cells=names(change.gone), parts=names(change.new))


def _merged(_edit: Any, change: Change, names: Names) -> Text:
    return texts.merged(cells=names(change.gone), whole=names(change.new or change.changed))


def _of_changed(said: Callable[..., Text]) -> Callable[[Any, Change, Names], Text]:
    return lambda _edit, change, names: said(cells=names(change.before))


def _reshaped(edit: cell_edits.Reshape, change: Change, names: Names) -> Text:
    named = {edit.cell, edit.other} - {None}
    return texts.reshaped(cells=names(named if edit.other else change.before))


def _border_moved(edit: cell_edits.MoveBorder, _change: Change, names: Names) -> Text:
    return texts.border_moved(cells=names({edit.cell, edit.other} - {None}))


def _handed_over(edit: cell_edits.HandOver, change: Change, names: Names) -> Text:
    takers = {edit.to} if edit.to is not None else change.before.keys() - {edit.cell}
    return texts.handed_over(giver=names([edit.cell]), taker=names(takers))


def _carved(_edit: Any, change: Change, names: Names) -> Text:
    givers = {giver for key in change.new for giver in change.heirs.get(key, ())}
    return texts.carved(cells=names(givers or change.before), part=names(change.new))


def _extended(edit: cell_edits.Extend, change: Change, names: Names) -> Text:
    if edit.cell is None:
        return texts.added(cells=names(change.new))
    return texts.extended(cells=names([edit.cell]))


def _assigned(edit: cell_edits.Assign, change: Change, names: Names) -> Text:
    givers = change.before.keys() - {edit.to}
    return texts.assigned(givers=names(givers), taker=names([edit.to]))


_SENTENCES: dict[type, Callable[[Any, Change, Names], Text]] = {
    cell_edits.MoveVertex: _of_changed(texts.vertex_moved),
    cell_edits.MoveBorder: _border_moved,
    cell_edits.AddVertex: _of_changed(texts.vertex_added),
    cell_edits.DeleteVertex: _of_changed(texts.vertex_deleted),
    cell_edits.Reshape: _reshaped,
    cell_edits.ReshapeBetween: _of_changed(texts.between_reshaped),
    cell_edits.Split: _split,
    cell_edits.SplitParts: _split,
    cell_edits.Merge: _merged,
    cell_edits.HandOver: _handed_over,
    cell_edits.Carve: _carved,
    cell_edits.Extend: _extended,
    cell_edits.Assign: _assigned,
}
