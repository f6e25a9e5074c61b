"""The only place where a connection to a workspace file is opened, and its errors put in words."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from gridmap.base.errors import WorkspaceBusy, WorkspaceDamaged, WorkspaceError
from gridmap.store import texts
from gridmap.store.engine import load_spatialite, sqlite

APPLICATION_ID = 0x67726D70  # "grmp"
SCHEMA_VERSION_OFFSET, APPLICATION_ID_OFFSET = 60, 68  # SQLite file format, section 1.3
_HEADER = b"SQLite format 3\x00"
_HEADER_SIZE = 100
_BUSY_SECONDS = 5.0
_WRITER_CACHE_KIB, _READER_CACHE_KIB = 65536, 8192  # readers pass over a table once

_NAMELESS = {  # a failing backup gives SQLite's words (sqlite3_errstr) but no error name
    "database is locked": "SQLITE_BUSY",
    "database or disk is full": "SQLITE_FULL",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "file is not a database": "SQLITE_NOTADB",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "disk I/O error": "SQLITE_IOERR",
}

Mode = Literal["rwc", "rw", "ro", "immutable"]


def connect(path: Path, mode: Mode, *, only_reads: bool = False) -> sqlite.Connection:
    """Open a connection with SpatiaLite and gridmap's pragmas, in autocommit.

    Raises:
        WorkspaceError: the file cannot be opened so.
        EnvironmentProblem: SpatiaLite is missing.
    """
    with speaking(path):
        connection = sqlite.connect(
            to_uri(path, mode),
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            load_spatialite(connection)  # which sets a timeout of its own
            connection.execute(f"PRAGMA busy_timeout = {round(_BUSY_SECONDS * 1000)}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")  # macOS keeps it in the drive else
            connection.execute("PRAGMA trusted_schema = ON")  # SpatiaLite's triggers call functions
            cache = _READER_CACHE_KIB if only_reads else _WRITER_CACHE_KIB
            connection.execute(f"PRAGMA cache_size = -{cache}")
            connection.execute("PRAGMA temp_store = MEMORY")
            if only_reads:
                connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
    return connection


def connect_reader(path: Path) -> sqlite.Connection:
    """Open a connection that only reads, also where nothing beside the file can be written.

    Where it can, the file is opened for writing all the same: only then does SQLite take its log
    and its shared memory away when the last connection closes.

    Raises:
        WorkspaceError: the file cannot be read.
    """
    try:
        return connect(path, "rw", only_reads=True)
    except WorkspaceError:
        if path.with_name(path.name + "-wal").exists():
            raise
        return connect(path, "immutable", only_reads=True)


def to_uri(path: Path, mode: Mode) -> str:
    """Return how SQLite is told to open a file, whatever bytes its name is made of."""
    quoted = quote(os.fsencode(str(path.resolve()).replace(os.sep, "/")))
    prefix = "file:" if quoted.startswith("/") else "file:/"
    return f"{prefix}{quoted}?" + ("immutable=1&mode=ro" if mode == "immutable" else f"mode={mode}")


def path_of(connection: sqlite.Connection) -> str:
    """Return the path of the file that a connection has open, whatever bytes it is made of."""
    row = connection.execute(
        "SELECT CAST(file AS BLOB) FROM pragma_database_list WHERE name = 'main'"
    ).fetchone()
    return os.fsdecode(row[0])


def read_header(path: Path) -> tuple[int, int]:
    """Return (application id, schema version) from the file's header, without opening it.

    Raises:
        WorkspaceError: it cannot be read, or is no SQLite database.
    """
    try:
        with path.open("rb") as stream:
            header = stream.read(_HEADER_SIZE)
    except FileNotFoundError:
        raise WorkspaceError(texts.no_such_workspace(path=str(path))) from None
    except PermissionError:
        raise WorkspaceError(texts.not_permitted(path=str(path))) from None
    except OSError as error:
        if error.errno == errno.EISDIR:
            raise WorkspaceError(texts.not_a_database(path=str(path))) from None
        raise WorkspaceError(texts.io_failed(path=str(path), reason=str(error.strerror))) from error
    if len(header) < _HEADER_SIZE or not header.startswith(_HEADER):
        raise WorkspaceError(texts.not_a_database(path=str(path)))

    def number_at(offset: int) -> int:
        return int.from_bytes(header[offset : offset + 4], "big")

    return number_at(APPLICATION_ID_OFFSET), number_at(SCHEMA_VERSION_OFFSET)


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Turn SQLite's and the disk's errors about ``path`` into sentences."""
    try:
        yield
    except sqlite.Error as error:
        raise _in_words(error, path) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise WorkspaceError(texts.disk_full(path=str(path))) from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise WorkspaceError(texts.read_only(path=str(path))) from error
        reason = error.strerror or str(error)
        raise WorkspaceError(texts.io_failed(path=str(path), reason=reason)) from error


def _in_words(error: sqlite.Error, path: Path) -> Exception:
    name = str(path)
    code = getattr(error, "sqlite_errorname", None) or _NAMELESS.get(str(error)) or str(error)
    if code.startswith("SQLITE_CANTOPEN") and not path.exists():
        return WorkspaceError(texts.no_such_workspace(path=name))
    simple: tuple[tuple[str, Exception], ...] = (
        ("SQLITE_BUSY", WorkspaceBusy(texts.locked(path=name))),
        ("SQLITE_LOCKED", WorkspaceBusy(texts.locked(path=name))),
        ("SQLITE_FULL", WorkspaceError(texts.disk_full(path=name))),
        ("SQLITE_READONLY", WorkspaceError(texts.read_only(path=name))),
        ("SQLITE_CANTOPEN", WorkspaceError(texts.read_only(path=name))),
        ("SQLITE_NOTADB", WorkspaceDamaged(texts.not_a_database(path=name))),
        ("SQLITE_CORRUPT", WorkspaceDamaged(texts.damaged(path=name, reason=str(error)))),
        ("SQLITE_IOERR", WorkspaceError(texts.io_failed(path=name, reason=str(error)))),
        ("SQLITE_CONSTRAINT", WorkspaceError(texts.rule_broken(reason=str(error)))),
    )
    for prefix, spoken in simple:
        if code.startswith(prefix):
            return spoken
    return error  # a fault of the program: it keeps its traceback


def connect_foreign(path: Path) -> sqlite.Connection:
    """Open another program's SQLite file for reading, without SpatiaLite.

    Raises:
        WorkspaceError: the file cannot be read.
    """
    with speaking(path):
        connection = sqlite.connect(
            to_uri(path, "ro"), uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
    return connection
