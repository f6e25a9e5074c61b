"""The schema's versions: one SQL file each, applied exclusively after the file is copied aside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from gridmap import __version__
from gridmap.base import clock, files
from gridmap.base.errors import WorkspaceDamaged, WorkspaceError
from gridmap.model.catalogue import TABLES
from gridmap.store import texts, triggers
from gridmap.store.connect import APPLICATION_ID, connect, path_of, speaking
from gridmap.store.engine import sqlite


@dataclass(frozen=True)
class Migration:
    """The statements that lead to one version of the schema."""

    version: int
    sql: str


def load_migrations() -> tuple[Migration, ...]:
    """Return all migrations in their order."""
    folder = resources.files("gridmap.store") / "schema"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=str)
    return tuple(
        Migration(int(file.name.split("_")[0]), file.read_text(encoding="utf-8")) for file in files
    )


MIGRATIONS = load_migrations()


def statements(sql: str) -> Iterator[str]:
    """Yield the statements of a script one by one."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite.complete_statement(statement):
            yield statement.strip()
            statement = ""
    if statement.strip() and not all(
        line.startswith("--") for line in statement.strip().splitlines()
    ):
        raise ValueError(f"unfinished statement: {statement.strip()[:80]}")


def build(connection: sqlite.Connection, epsg: int) -> None:
    """Make the whole schema in an empty database."""
    connection.execute("SELECT InitSpatialMetaData(1, 'NONE')").fetchone()  # in its own transaction
    for srid in sorted({epsg, 4326, 4490, 3857}):
        connection.execute("SELECT InsertEpsgSrid(?)", (srid,)).fetchone()
    apply(connection, MIGRATIONS, epsg)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def apply(connection: sqlite.Connection, migrations: Sequence[Migration], epsg: int) -> None:
    """Apply migrations in one exclusive transaction, their record inside it.

    Raises:
        WorkspaceDamaged: the result breaks a foreign key; everything is as it was.
    """
    connection.execute("BEGIN EXCLUSIVE")
    try:
        for migration in migrations:
            for statement in statements(migration.sql):
                values = {"epsg": epsg} if ":epsg" in statement else {}
                connection.execute(statement, values).fetchall()
            connection.execute(
                "INSERT INTO migration VALUES (?, ?, ?)",
                (migration.version, clock.timestamp(), f"gridmap {__version__}"),
            )
            connection.execute(f"PRAGMA user_version = {migration.version}")
        _renew_triggers(connection)
        _classify_columns(connection)
        _ensure_sound(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _renew_triggers(connection: sqlite.Connection) -> None:
    for table in TABLES:
        triggers.create(connection, table.name)


def _classify_columns(connection: sqlite.Connection) -> None:
    """Note the class of each column; one that was changed by hand stays as it is."""
    rows = [
        (table.name, field.name, field.sensitivity.value)
        for table in TABLES
        for field in table.fields
    ]
    rows += [(table.name, "extra", "internal") for table in TABLES]
    rows += [(table.name, "geom", "internal") for table in TABLES if table.geometry]
    connection.executemany("INSERT OR IGNORE INTO column_class VALUES (?, ?, ?)", rows)


def _ensure_sound(connection: sqlite.Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        reason = f"foreign key of {broken[0][0]}"
        raise WorkspaceDamaged(texts.damaged(path=path_of(connection), reason=reason))


def ensure_known_version(path: Path, application_id: int, version: int) -> None:
    """Refuse what is no workspace, or one of a newer program.

    Raises:
        WorkspaceError: it is one of the two.
    """
    if application_id != APPLICATION_ID:
        raise WorkspaceError(texts.not_a_workspace(path=str(path)))
    known = MIGRATIONS[-1].version
    if version > known:
        raise WorkspaceError(texts.newer_file(path=str(path), found=version, known=known))


def upgrade(path: Path, connection: sqlite.Connection) -> Path | None:
    """Bring an older workspace up to date; return where the old file was copied to.

    Returns None where there was nothing to do. Only the writer of a workspace calls this.
    """
    missing = _missing(connection)
    if not missing:
        return None
    aside = _copy_aside(path, connection, _version(connection))
    apply(connection, missing, _epsg(connection))
    return aside


def upgrade_copy(connection: sqlite.Connection) -> None:
    """Bring a copy up to date, of which nothing needs to be kept as it was."""
    missing = _missing(connection)
    if missing:
        apply(connection, missing, _epsg(connection))


def _version(connection: sqlite.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _missing(connection: sqlite.Connection) -> list[Migration]:
    version = _version(connection)
    return [migration for migration in MIGRATIONS if migration.version > version]


def _epsg(connection: sqlite.Connection) -> int:
    row = connection.execute("SELECT value FROM workspace_info WHERE key = 'epsg'").fetchone()
    return int(row[0])


def _copy_aside(path: Path, connection: sqlite.Connection, version: int) -> Path:
    """Copy the file as it is; the copy appears under its name when it is whole and on the disk."""
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.stem}.v{version}-{stamp}{path.suffix}")
    with speaking(aside):
        for draft in path.parent.glob(f".{path.stem}.v*{path.suffix}*"):
            draft.unlink(missing_ok=True)  # of an upgrade that was cut short
        with files.replacing(aside) as draft:
            copy = connect(draft, "rwc")
            try:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE").fetchone()
            finally:
                copy.close()
    return aside
