"""Mend what can be mended without a person: indexes, triggers, rows unknown to the journal."""

from gridmap.model.catalogue import TABLES
from gridmap.store import rtree, triggers
from gridmap.store.journal import Transaction
from gridmap.store.triggers import quoted


def repair(tx: Transaction) -> None:
    """Make triggers and spatial indexes anew, and enter rows that the journal does not know."""
    for table in TABLES:
        triggers.create(tx.connection, table.name)
        tx.connection.execute(
            f"UPDATE {quoted(table.name)} SET id = {triggers.UUID7} WHERE id IS NULL"
        )
        if table.geometry is not None:
            made = "SELECT RebuildGeometryTriggers(?, 'geom')"
            tx.connection.execute(made, (table.name,)).fetchone()
            rtree.rebuild(tx.connection, table.name)
        tx.connection.execute(
            "INSERT INTO journal (transaction_seq, table_name, row_id, operation)"
            f" SELECT ?1, ?2, id, 'I' FROM {quoted(table.name)} t WHERE NOT EXISTS"
            " (SELECT 1 FROM journal j WHERE j.row_id = t.id AND j.table_name = ?2)",
            (tx.seq, table.name),
        )
