"""The edits of a workspace in one line: which of them hold, which can be done again."""

from dataclasses import dataclass

from gridmap.model.changes import TransactionRecord
from gridmap.store.engine import sqlite
from gridmap.store.journal import RECORD, to_record


@dataclass(frozen=True)
class Timeline:
    """The edits by the numbers of their transactions, each list with the oldest first.

    ``undone`` are those that can be done again, ``lost`` those that were undone before something
    else was done. Undo takes the last of ``done``, redo the last of ``undone``.
    """

    made: int | None
    done: tuple[int, ...]
    undone: tuple[int, ...]
    lost: frozenset[int]

    @property
    def current(self) -> int | None:
        """Return the last edit that holds, or the making of the workspace."""
        return self.done[-1] if self.done else self.made


def read_timeline(connection: sqlite.Connection) -> Timeline:
    """Follow all transactions from the first one on; undo and redo are traced to their edits."""
    made: int | None = None
    done: list[int] = []
    undone: list[int] = []
    lost: set[int] = set()
    edit_of: dict[int, int] = {}
    everything = connection.execute(
        "SELECT seq, kind, undoes FROM journal_transaction ORDER BY seq"
    )
    for seq, kind, undoes in everything:
        if kind == "made":
            made = seq
        elif kind in ("undo", "redo"):
            edit = edit_of[seq] = edit_of.get(undoes, undoes)
            source, target = (done, undone) if kind == "undo" else (undone, done)
            if edit in source:
                source.remove(edit)
            target.append(edit)
        else:
            lost.update(undone)
            undone.clear()
            done.append(seq)
            edit_of[seq] = seq
    return Timeline(made, tuple(done), tuple(undone), frozenset(lost))


def recent_edits(connection: sqlite.Connection, limit: int) -> list[TransactionRecord]:
    """Return the latest edits and the making of the workspace, without undo and redo."""
    rows = connection.execute(
        f"SELECT {RECORD} FROM journal_transaction WHERE kind NOT IN ('undo', 'redo')"
        " ORDER BY seq DESC LIMIT ?",
        (limit,),
    )
    return [to_record(row) for row in rows]


def records(connection: sqlite.Connection, seqs: tuple[int, ...]) -> list[TransactionRecord]:
    """Return some transactions in the order in which they are named."""
    query = f"SELECT {RECORD} FROM journal_transaction WHERE seq = ?"
    return [to_record(connection.execute(query, (seq,)).fetchone()) for seq in seqs]
