"""Which transactions changed cells: of a plan, of a document, or by themselves."""

from collections.abc import Sequence

from gridmap.model.changes import TransactionRecord
from gridmap.store.engine import sqlite
from gridmap.store.journal import RECORD, to_record
from gridmap.store.triggers import quoted

_IDS_A_QUERY = 500


def find_transaction(connection: sqlite.Connection, id_: str) -> TransactionRecord | None:
    """Return a transaction by its id, or by its number as text."""
    row = connection.execute(
        f"SELECT {RECORD} FROM journal_transaction WHERE id = ?1 OR CAST(seq AS TEXT) = ?1",
        (id_,),
    ).fetchone()
    return to_record(row) if row else None


def edits_of_cells(connection: sqlite.Connection, limit: int) -> list[TransactionRecord]:
    """Return the latest edits that changed official cells, the newest first."""
    names = ", ".join(f"t.{name}" for name in RECORD.split(", "))
    found = connection.execute(
        f"SELECT {names} FROM journal_transaction t WHERE t.kind IN ('edit', 'external')"
        " AND EXISTS (SELECT 1 FROM journal j JOIN cell c ON c.id = j.row_id"
        " WHERE j.transaction_seq = t.seq AND j.table_name = 'cell' AND c.plan_id IS NULL)"
        " ORDER BY t.seq DESC LIMIT ?",
        (limit,),
    )
    return [to_record(row) for row in found]


def cells_changed(connection: sqlite.Connection, seqs: Sequence[int]) -> list[str]:
    """Return the ids of the cells that some transactions inserted, changed or deleted."""
    found: dict[str, None] = {}
    for start in range(0, len(seqs), _IDS_A_QUERY):
        some = list(seqs[start : start + _IDS_A_QUERY])
        marks = ", ".join("?" * len(some))
        entries = connection.execute(
            "SELECT row_id FROM journal WHERE table_name = 'cell'"
            f" AND transaction_seq IN ({marks}) ORDER BY entry",
            some,
        )
        found |= dict.fromkeys(id_ for (id_,) in entries)
    return list(found)


def setter_of(connection: sqlite.Connection, table: str, row_id: str, column: str) -> int:
    """Return the transaction that gave a column of a row its present value."""
    row = connection.execute(
        "SELECT max(j.transaction_seq) FROM journal j JOIN journal_value v ON v.entry = j.entry"
        " WHERE j.table_name = ? AND j.row_id = ? AND v.column_name = ?",
        (table, row_id, column),
    ).fetchone()
    return int(row[0] or 0)


def documents_with_changes(connection: sqlite.Connection) -> list[str]:
    """Return the documents by which cells changed since the workspace was made."""
    found = connection.execute(
        "SELECT document_id, max(rowid) AS latest FROM cell_lineage"
        " WHERE document_id IS NOT NULL GROUP BY document_id ORDER BY latest DESC"
    )
    return [id_ for id_, _ in found]


def transactions_of_document(connection: sqlite.Connection, document_id: str) -> list[int]:
    """Return the transactions that changed cells by a document; the making is none of them.

    They are those that wrote its lineage, and those in which cells got the document.
    """
    found: set[int] = set()
    for table in ("cell_lineage", "cell"):
        inserted = connection.execute(
            f"SELECT j.transaction_seq FROM {quoted(table)} c JOIN journal j"
            " ON j.table_name = ? AND j.row_id = c.id AND j.operation = 'I'"
            " WHERE c.document_id = ?",
            (table, document_id),
        )
        found |= {seq for (seq,) in inserted}
    changed = connection.execute(
        "SELECT j.transaction_seq FROM cell c JOIN journal j"
        " ON j.table_name = 'cell' AND j.row_id = c.id AND j.operation = 'U'"
        " JOIN journal_value v ON v.entry = j.entry AND v.column_name = 'document_id'"
        " WHERE c.document_id = ?1 AND v.after = ?1 AND c.plan_id IS NULL",
        (document_id,),
    )
    found |= {seq for (seq,) in changed}
    kept = connection.execute(
        "SELECT seq FROM journal_transaction WHERE kind IN ('edit', 'external', 'redo')"
    )
    return sorted(found & {seq for (seq,) in kept})
