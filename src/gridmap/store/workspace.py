"""The workspace file: made, opened by one writer and many readers, closed."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gridmap.base import clock, files
from gridmap.base.errors import WorkspaceBusy, WorkspaceError
from gridmap.base.messages import Text
from gridmap.base.progress import Progress, quiet
from gridmap.geo import crs
from gridmap.model.changes import Touched, TransactionRecord
from gridmap.store import journal, migrate, reverse, rows, texts
from gridmap.store.connect import connect, connect_reader, read_header, speaking
from gridmap.store.engine import sqlite
from gridmap.store.lock import Holder, WriterLock, user_name
from gridmap.store.shares import find_network_share

SUFFIX = ".gridmap"


class Workspace:
    """One open workspace.

    Writing goes through ``transaction``, one at a time; ``reading`` lends a connection of its
    own to each reader, so that no reader ever waits for the writer.
    """

    def __init__(self, path: Path, lock: WriterLock | None, holder: Holder | None) -> None:
        self.path = path
        self.holder = holder
        self.author = user_name()
        self.document_id: str | None = None
        """The paper by which official cells are changed from now on, where a request names none."""
        self._lock = lock
        self._writing = threading.RLock()
        self._identity = path.stat()
        self._writer = connect(path, "rw") if lock else None
        self._idle: list[sqlite.Connection] = []
        self._idle_lock = threading.Lock()
        self._closed = False

    @property
    def is_read_only(self) -> bool:
        """Return whether this program may only read the file."""
        return self._writer is None

    @property
    def why_read_only(self) -> Text:
        """Return the sentence that says why nothing can be written."""
        if self.holder is not None:
            return texts.held_by(path=str(self.path), holder=str(self.holder.text()))
        return texts.read_only(path=str(self.path))

    @property
    def epsg(self) -> int:
        """Return the EPSG code of the CRS in which geometries are stored."""
        with self.reading() as reader:
            return rows.get_epsg(reader)

    @contextmanager
    def reading(self) -> Iterator[sqlite.Connection]:
        """Lend a connection that only reads; it sees what was committed before its first query."""
        with self._idle_lock:
            reader = self._idle.pop() if self._idle else None
        if reader is None:
            reader = connect_reader(self.path)
        try:
            with speaking(self.path):
                yield reader
        finally:
            with self._idle_lock:
                if self._closed:
                    reader.close()
                else:
                    self._idle.append(reader)

    @contextmanager
    def writing(self) -> Iterator[sqlite.Connection]:
        """Lend the one writing connection, e.g. to a backup or a repair.

        Raises:
            WorkspaceError: the workspace is read-only, or its file is gone.
        """
        if self._writer is None:
            error = WorkspaceBusy if self.holder else WorkspaceError
            raise error(self.why_read_only)
        with self._writing, speaking(self.path):
            self._ensure_in_place()
            yield self._writer

    def _ensure_in_place(self) -> None:
        """Refuse to write into a file that has no name any more: all of it would be lost."""
        try:
            is_same = os.path.samestat(self.path.stat(), self._identity)
        except FileNotFoundError:
            is_same = False
        if not is_same:
            raise WorkspaceError(texts.moved_away(path=str(self.path)))

    @contextmanager
    def transaction(self, intention: Text) -> Iterator[journal.Transaction]:
        """Do one intention: all of it is durable at the end, or nothing was done."""
        with (
            self.writing() as writer,
            journal.transaction(writer, self.author, intention) as opened,
        ):
            yield opened

    def touched_by(self, tx: journal.Transaction) -> Touched:
        """Return what a transaction touched."""
        with self.writing() as writer:
            return journal.touched_by(writer, tx.seq)

    def undo(self, progress: Progress = quiet) -> tuple[TransactionRecord, Touched]:
        """Take the latest transaction back."""
        with self.writing() as writer:
            return reverse.undo(writer, self.author, progress)

    def redo(self, progress: Progress = quiet) -> tuple[TransactionRecord, Touched]:
        """Do again what was undone last."""
        with self.writing() as writer:
            return reverse.redo(writer, self.author, progress)

    def close(self) -> None:
        """Close all connections and give the right to write back."""
        with self._idle_lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.close()
        if self._writer is not None:
            with self._writing:
                with contextlib.suppress(sqlite.Error):  # it is done again at the next opening
                    self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self._writer.close()
                self._writer = None
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def create(
    path: Path,
    *,
    code: str,
    name: str,
    epsg: int,
    imaginary: bool = False,
    fill: Callable[[journal.Transaction], object] | None = None,
) -> Workspace:
    """Make a workspace for one subdistrict, let ``fill`` write its first rows, and open it.

    The file appears whole: it is made under another name and then given its own.

    Raises:
        WorkspaceError: the place is taken, missing, read-only, full or a network share.
        RequestError: ``epsg`` is not projected in metres.
    """
    crs.ensure_metric(epsg)
    with speaking(path):
        if path.exists():
            raise WorkspaceError(texts.already_exists(path=str(path)))
        if not path.parent.is_dir():
            raise WorkspaceError(texts.no_such_folder(path=str(path.parent)))
        _ensure_local(path)
        with files.replacing(path) as draft:
            _write(draft, code, name, epsg, imaginary, fill)
    return open_workspace(path)


def _write(
    draft: Path,
    code: str,
    name: str,
    epsg: int,
    imaginary: bool,
    fill: Callable[[journal.Transaction], object] | None,
) -> None:
    connection = connect(draft, "rwc")
    try:
        migrate.build(connection, epsg)
        info = {"epsg": str(epsg), "subdistrict": code, "made_at": clock.timestamp()}
        connection.executemany("INSERT INTO workspace_info VALUES (?, ?)", info.items())
        with journal.transaction(connection, user_name(), texts.made(name=name), kind="made") as tx:
            tx.connection.execute(
                "INSERT INTO subdistrict (id, code, name, imaginary) VALUES (?, ?, ?, ?)",
                (clock.new_id(), code, name, int(imaginary)),
            )
            if fill is not None:
                fill(tx)
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()


def open_workspace(path: Path, *, read_only: bool = False, program: str = "gridmap") -> Workspace:
    """Open a workspace; an older one is upgraded, after it was copied aside.

    Where another program holds it, or it cannot be written, it is opened read-only:
    ``why_read_only`` then says why.

    Raises:
        WorkspaceError: there is none, it is damaged, newer, or on a network share.
    """
    with speaking(path):
        if path.is_dir():
            raise WorkspaceError(texts.not_a_database(path=str(path)))
    application_id, version = read_header(path)
    _ensure_local(path)
    migrate.ensure_known_version(path, application_id, version)
    lock, holder = (None, None) if read_only else _become_writer(path, program)
    try:
        workspace = Workspace(path, lock, holder)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    try:
        _bring_up_to_date(workspace)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _ensure_local(path: Path) -> None:
    system = find_network_share(path)
    if system is not None:
        raise WorkspaceError(texts.on_network_share(path=str(path), system=system))


def _become_writer(path: Path, program: str) -> tuple[WriterLock | None, Holder | None]:
    if not os.access(path, os.W_OK) or not os.access(path.resolve().parent, os.W_OK):
        return None, None
    lock = WriterLock(path)
    try:
        if lock.take(program):
            return lock, None
    except OSError:  # e.g. a file system mounted read-only
        return None, None
    return None, _holder_of(lock)


def _holder_of(lock: WriterLock) -> Holder:
    return lock.find_holder() or Holder("?", "?", str(texts.unknown_holder()), 0, "?")


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a workspace that may be too damaged to be opened, so that nobody else writes it.

    Raises:
        WorkspaceBusy: another program holds it.
        OSError: the folder cannot be written.
    """
    lock = WriterLock(path)
    if not lock.take("gridmap restore"):
        holder = str(_holder_of(lock).text())
        raise WorkspaceBusy(texts.busy(path=str(path), holder=holder))
    try:
        yield
    finally:
        lock.release()


def _bring_up_to_date(workspace: Workspace) -> None:
    """Ask the database itself, for the file's header may lag behind the write-ahead log."""
    with workspace.reading() as reader:
        application_id = reader.execute("PRAGMA application_id").fetchone()[0]
        version = reader.execute("PRAGMA user_version").fetchone()[0]
    migrate.ensure_known_version(workspace.path, application_id, version)
    if version == migrate.MIGRATIONS[-1].version:
        return
    if workspace.is_read_only:
        raise WorkspaceError(texts.older_file_read_only(path=str(workspace.path), found=version))
    with workspace.writing() as writer:
        migrate.upgrade(workspace.path, writer)
