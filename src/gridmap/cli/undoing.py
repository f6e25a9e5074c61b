"""The verbs that take changes back, do them again, and tell what was done."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from gridmap.base.messages import Text
from gridmap.cli import texts, undo_texts
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.model.changes import TransactionRecord
from gridmap.services import history, workspaces

File = Annotated[Path, typer.Argument(help="工作库 · workspace file")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]
_SHOWN = 50


def undo(
    file: File,
    to: Annotated[
        int | None,
        typer.Option("--to", metavar="SEQ", help="回到（或前进到）第几条 · back, or on, to entry"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试不写 · write nothing")] = False,
    as_json: Json = False,
) -> None:
    """撤销，或回到操作记录里的任何一条 · Take the latest change back, or go to any entry."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=dry_run) as ws:
        if to is not None:
            _go(ws, to, as_json, dry_run=dry_run)
            return
        if dry_run:
            (record, _) = history.what_next(ws).value
            told = {"undone": str(record.intention) if record else None, "dry_run": True}
            undoing = undo_texts.would_undo
            show(
                as_json, told, lambda: iter([undoing(intention=record.intention)] if record else [])
            )
            return
        record = history.undo(ws, terminal_progress()).value
        told = {"undone": str(record.intention), "transaction": record.id}
        show(as_json, told, lambda: iter([texts.undone(intention=record.intention)]))


def _go(ws: Any, seq: int, as_json: bool, *, dry_run: bool) -> None:
    if dry_run:
        way, steps = history.way_to(ws, seq).value, 0
    else:
        arrival = history.go_to(ws, seq, terminal_progress()).value
        way, steps = arrival.way, arrival.steps
        if arrival.why is not None:
            typer.echo(str(undo_texts.stopped_at(steps=steps, why=arrival.why.text)), err=True)
    told = {
        "dry_run": dry_run,
        "steps": steps,
        "undo": [_json(one) for one in way.undo],
        "redo": [_json(one) for one in way.redo],
    }

    def lines() -> Iterator[Text | str]:
        undone, redone = (
            (undo_texts.would_undo, undo_texts.would_redo)
            if dry_run
            else (texts.undone, texts.redone)
        )
        done = len(way) if dry_run else steps
        for said, records in ((undone, way.undo), (redone, way.redo)):
            yield from (said(intention=one.intention) for one in records[:done])
        if not len(way):
            yield undo_texts.is_there_already()

    show(as_json, told, lines)
    if not dry_run and steps < len(way):
        raise typer.Exit(2)


def _json(record: TransactionRecord) -> dict[str, Any]:
    return {
        "seq": record.seq,
        "at": record.at,
        "author": record.author,
        "intention": str(record.intention),
    }


def redo(file: File, as_json: Json = False) -> None:
    """重做 · Do again what was undone last."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        record = history.redo(ws, terminal_progress()).value
        told = {"redone": str(record.intention), "transaction": record.id}
        show(as_json, told, lambda: iter([texts.redone(intention=record.intention)]))


def tell_history(
    file: File,
    table: Annotated[str | None, typer.Argument(help="图层 · table")] = None,
    row_id: Annotated[str | None, typer.Argument(metavar="ID", help="编号 · id")] = None,
    as_json: Json = False,
) -> None:
    """操作记录；给出一条记录时是它的沿革 · What was done; of a row: who changed it, when."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        if table is None:
            told, lines = _entries(history.entries(ws, _SHOWN).value)
        else:
            told, lines = _row(
                table, row_id or "", history.row_history(ws, table, row_id or "").value
            )
        show(as_json, told, lines)


_Told = tuple[dict[str, Any], Callable[[], Iterator[Text | str]]]


def _entries(found: list[history.Entry]) -> _Told:
    def lines() -> Iterator[Text | str]:
        for one in found:
            mark = "→" if one.is_current else "×" if one.is_undone else " "
            record = one.record
            yield f"{mark} {record.seq:>6}  {record.at}  {record.author}  {record.intention}"

    listed = [
        {
            **_json(one.record),
            "is_undone": one.is_undone,
            "is_lost": one.is_lost,
            "is_current": one.is_current,
        }
        for one in found
    ]
    return {"entries": listed}, lines


def _row(table: str, row_id: str, changes: list[Any]) -> _Told:
    def lines() -> Iterator[Text | str]:
        for one in changes:
            made = one.transaction
            yield f"{made.at}  {made.author}  {one.operation}  {made.intention}"
            for column in one.before.keys() | one.after.keys():
                before, after = one.before.get(column), one.after.get(column)
                yield f"    {column}: {_brief(before)} → {_brief(after)}"

    listed = [
        {
            "at": one.transaction.at,
            "author": one.transaction.author,
            "intention": str(one.transaction.intention),
            "operation": one.operation,
            "before": dict(one.before),
            "after": dict(one.after),
        }
        for one in changes
    ]
    return {"table": table, "id": row_id, "changes": listed}, lines


def _brief(value: Any) -> str:
    return f"<{len(value)} bytes>" if isinstance(value, bytes) else str(value)
