"""The triggers that journal every change of a synced table, written from the schema.

They use only what plain SQLite has, so that an edit made by another program is journaled too.
An insert's entry carries no values: the row has them until a later change records them.
"""

from gridmap.store.engine import sqlite

_NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
_EXTERNAL_GROUP_SECONDS = 2  # statements of another program this close are one transaction

_MILLISECONDS = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
UUID7 = (
    f"(printf('%08x-%04x-7%03x-%04x-%s', {_MILLISECONDS} >> 16, {_MILLISECONDS} & 65535, "
    "abs(random() % 4096), 32768 + abs(random() % 16384), lower(hex(randomblob(6)))))"
)
"""A SQL expression that gives a UUIDv7, for rows that another program inserts."""

_OPEN_EXTERNAL = f"""
    INSERT INTO journal_transaction (id, at, author, kind, intention_zh, intention_en)
    SELECT {UUID7}, {_NOW}, 'external', 'external', '在其他程序中修改', 'Edited in another program'
    FROM journal_now WHERE open_seq IS NULL AND NOT EXISTS (
        SELECT 1 FROM journal_transaction
        WHERE seq = (SELECT max(seq) FROM journal_transaction) AND kind = 'external'
        AND julianday(at) > julianday('now') - {_EXTERNAL_GROUP_SECONDS} / 86400.0);"""

_SEQ = "coalesce((SELECT open_seq FROM journal_now), (SELECT max(seq) FROM journal_transaction))"


def column_names(connection: sqlite.Connection, table: str) -> list[str]:
    """Return the names of a table's columns."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({quoted(table)})")]


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def statements(table: str, columns: list[str]) -> list[str]:
    """Return the statements that make a table's triggers anew."""
    names = [
        f"journal_{what}_{table}" for what in ("insert", "update", "delete", "id", "name", "twice")
    ]
    drop = [f"DROP TRIGGER IF EXISTS {quoted(name)}" for name in names]
    return [
        *drop,
        _insert(table),
        _update(table, columns),
        _delete(table, columns),
        _keep_id(table),
        _give_id(table),
        _keep_row(table),
    ]


def create(connection: sqlite.Connection, table: str) -> None:
    """Make a table's triggers anew from its columns."""
    for statement in statements(table, column_names(connection, table)):
        connection.execute(statement)


def _entry(table: str, row: str, operation: str) -> str:
    literal = table.replace("'", "''")
    return f"""{_OPEN_EXTERNAL}
    INSERT INTO journal (transaction_seq, table_name, row_id, operation)
    VALUES ({_SEQ}, '{literal}', {row}, '{operation}');"""


def _values(columns: list[str], before: str, after: str | None) -> str:
    """Record the columns before (and after) under the entry that was written just now."""
    rows = []
    for column in columns:
        old = f"{before}.{quoted(column)}"
        new = f"{after}.{quoted(column)}" if after else "NULL"
        rows.append(f"SELECT '{column}' AS c, {old} AS b, {new} AS a")
    return f"""
    INSERT INTO journal_value (entry, column_name, before, after)
    SELECT last_insert_rowid(), c, b, a FROM ({" UNION ALL ".join(rows)}) WHERE b IS NOT a;"""


def _insert(table: str) -> str:
    return f"""CREATE TRIGGER {quoted(f"journal_insert_{table}")} AFTER INSERT ON {quoted(table)}
    WHEN NEW.id IS NOT NULL
    BEGIN {_entry(table, "NEW.id", "I")} END"""


def _update(table: str, columns: list[str]) -> str:
    kept = [column for column in columns if column != "id"]
    changed = " OR ".join(f"OLD.{quoted(c)} IS NOT NEW.{quoted(c)}" for c in kept)
    return f"""CREATE TRIGGER {quoted(f"journal_update_{table}")} AFTER UPDATE ON {quoted(table)}
    WHEN OLD.id IS NOT NULL AND ({changed})
    BEGIN {_entry(table, "NEW.id", "U")} {_values(kept, "OLD", "NEW")} END"""


def _delete(table: str, columns: list[str]) -> str:
    kept = [column for column in columns if column != "id"]
    return f"""CREATE TRIGGER {quoted(f"journal_delete_{table}")} AFTER DELETE ON {quoted(table)}
    WHEN OLD.id IS NOT NULL
    BEGIN {_entry(table, "OLD.id", "D")} {_values(kept, "OLD", None)} END"""


def _keep_id(table: str) -> str:
    return f"""CREATE TRIGGER {quoted(f"journal_id_{table}")} BEFORE UPDATE OF id ON {quoted(table)}
    WHEN OLD.id IS NOT NULL AND OLD.id IS NOT NEW.id
    BEGIN SELECT RAISE(ABORT, 'the id of a row never changes'); END"""


def _give_id(table: str) -> str:
    """Another program may insert a row without an id; it gets one, and its entry."""
    return f"""CREATE TRIGGER {quoted(f"journal_name_{table}")} AFTER INSERT ON {quoted(table)}
    WHEN NEW.id IS NULL
    BEGIN
    UPDATE {quoted(table)} SET id = {UUID7} WHERE rowid = NEW.rowid;
    {_entry(table, f"(SELECT id FROM {quoted(table)} WHERE rowid = NEW.rowid)", "I")} END"""


def _keep_row(table: str) -> str:
    """REPLACE would delete the old row behind the journal's back: SQLite fires no trigger then."""
    name, target = quoted(f"journal_twice_{table}"), quoted(table)
    return f"""CREATE TRIGGER {name} BEFORE INSERT ON {target}
    WHEN EXISTS (SELECT 1 FROM {target} WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'a row of this id is there already'); END"""
