"""One file, one writer, many readers; made whole or not at all; every obstacle is one sentence."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.store.helpers import EPSG, STEP, ask, content, elsewhere, execute, features, insert

from gridmap.base.errors import GridmapError, RequestError, WorkspaceBusy, WorkspaceError
from gridmap.base.messages import use_language
from gridmap.store import backup, bulk, check, connect, engine, migrate, rows, shares, workspace
from gridmap.store.lock import WriterLock
from gridmap.store.workspace import create, open_workspace

HOLD = """
import sys
from pathlib import Path
from gridmap.store.workspace import open_workspace
opened = open_workspace(Path(sys.argv[1]), program="另一个 gridmap")
print("read-only" if opened.is_read_only else "writer", flush=True)
sys.stdin.readline()
opened.close()
print("closed", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def holder():
    """Start programs that hold a workspace until they are told to let go."""
    started = []

    def hold(path):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        started.append(process)
        process.role = process.stdout.readline().strip()
        return process

    yield hold
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def new(path, **changes):
    return create(path, **{"code": "119999001", "name": "测试街道", "epsg": EPSG, **changes})


def everything(folder):
    """Every file of a folder with its content, but for the file that carries the lock."""
    return {
        path.name: path.read_bytes()
        for path in Path(folder).iterdir()
        if path.is_file() and not path.name.endswith(".lock")
    }


# --- the file as it is made


def test_a_new_workspace_is_what_the_design_says(workspace):
    def pragma(connection, name):
        return connection.execute(f"PRAGMA {name}").fetchone()[0]

    with workspace.writing() as writer, workspace.reading() as reader:
        for connection in (writer, reader):
            assert pragma(connection, "journal_mode") == "wal"
            assert pragma(connection, "synchronous") == 2  # FULL
            assert pragma(connection, "foreign_keys") == 1
            assert pragma(connection, "application_id") == connect.APPLICATION_ID
            assert pragma(connection, "user_version") == migrate.MIGRATIONS[-1].version
        assert pragma(reader, "query_only") == 1
    assert workspace.epsg == EPSG
    assert ask(workspace, "SELECT code || name FROM subdistrict") == "119999001测试街道"


def test_a_new_workspace_is_sound(workspace):
    with workspace.reading() as reader:
        assert check.check(reader) == []


def test_one_file_is_left_when_all_is_closed(workspace_path):
    with open_workspace(workspace_path) as workspace:
        insert(workspace, "document", 3)
        assert ask(workspace, "SELECT count(*) FROM document") == 3
    assert list(everything(workspace_path.parent)) == [workspace_path.name]


ODD_NAMES = [
    "中文 空格.gridmap",
    'it\'s "quoted".gridmap',
    "a#b%20c?mode=memory&x=1.gridmap",
    "100%.gridmap",
    "分号;与，逗号.gridmap",
    "🏠.gridmap",
    "file:x.gridmap",
    "-rf.gridmap",
    ":memory:.gridmap",
    "没有后缀",
    "[a-z]*?.gridmap",
    "a.b.c",
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_path_may_hold_anything(template, tmp_path, name):
    folder = tmp_path / f"文件夹 {name}"
    folder.mkdir()
    path = folder / name
    if name == ODD_NAMES[0]:
        new(path).close()
    else:
        shutil.copy(template, path)
    with open_workspace(path) as workspace:
        insert(workspace, "cell", 3)
        made = backup.back_up(workspace)
        insert(workspace, "cell", 4)
        backup.restore(workspace, made.path)
        assert ask(workspace, "SELECT count(*) FROM cell") == 3
        assert len(backup.list_backups(path)) == 2
    with open_workspace(path, read_only=True) as workspace:
        assert ask(workspace, "SELECT count(*) FROM cell") == 3
    left = {path.name, f".{path.name}.lock", backup.backup_folder(path).name}
    assert {one.name for one in folder.iterdir()} <= left


@pytest.mark.parametrize(
    "stop_at",
    ["InitSpatialMetaData", "CREATE TABLE route ", "INSERT INTO workspace_info", "wal_checkpoint"],
)
def test_a_workspace_is_made_whole_or_not_at_all(tmp_path, monkeypatch, stop_at):
    open_connection = workspace.connect

    def failing(path, mode):
        connection = open_connection(path, mode)
        connection.set_trace_callback(stop)
        return connection

    def stop(sql):
        if stop_at in sql:
            stopped.append(sql)
            os.truncate(next(tmp_path.glob(".*.gridmap")), 0)

    stopped = []
    monkeypatch.setattr(workspace, "connect", failing)
    monkeypatch.setattr(
        workspace.files, "replacing", _failing_when(stopped, workspace.files.replacing)
    )
    with pytest.raises((GridmapError, engine.sqlite.Error)):
        new(tmp_path / "a.gridmap")
    assert stopped
    assert everything(tmp_path) == {}


def _failing_when(stopped, replacing):
    """Let the draft fail at its end as well, should SQLite not have noticed."""
    from contextlib import contextmanager

    @contextmanager
    def wrapped(target):
        with replacing(target) as draft:
            yield draft
            if stopped:
                raise OSError(5, "Input/output error")

    return wrapped


@pytest.mark.parametrize(
    ("epsg", "code"),
    [
        (4326, "geo.crs_not_in_metres"),
        (3857, "geo.crs_not_in_metres"),
        (2249, "geo.crs_not_in_metres"),
        (999_999, "geo.unknown_crs"),
    ],
)
def test_a_workspace_needs_a_crs_in_metres(tmp_path, epsg, code):
    with pytest.raises(RequestError) as caught:
        new(tmp_path / "a.gridmap", epsg=epsg)
    assert caught.value.code == code
    assert everything(tmp_path) == {}


def test_an_existing_file_is_not_overwritten(tmp_path):
    path = tmp_path / "a.gridmap"
    path.write_text("mine")
    with pytest.raises(WorkspaceError) as caught:
        new(path)
    assert caught.value.code == "store.already_exists"
    assert path.read_text() == "mine"


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(WorkspaceError) as caught:
        new(tmp_path / "没有" / "a.gridmap")
    assert caught.value.code == "store.no_such_folder"
    assert "没有" in str(caught.value)


@pytest.mark.parametrize("length", [80, 100])
def test_a_name_that_is_too_long_is_one_sentence(tmp_path, length):
    path = tmp_path / ("长" * length + ".gridmap")
    for attempt in (new, open_workspace):
        with pytest.raises(WorkspaceError) as caught:
            attempt(path)
        assert caught.value.code in ("store.io_failed", "store.no_such_workspace")
    assert everything(tmp_path) == {}


# --- files that are no workspace


def other_sqlite(path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (x)")
    other.close()


def cut(path, template, size):
    path.write_bytes(template.read_bytes()[:size])


def scrambled(path, template):
    content = bytearray(template.read_bytes())
    content[100:4096] = bytes(3996)
    path.write_bytes(content)


BAD_FILES = {
    "missing": (lambda path, _: None, "store.no_such_workspace"),
    "folder": (lambda path, _: path.mkdir(), "store.not_a_database"),
    "empty": (lambda path, _: path.write_bytes(b""), "store.not_a_database"),
    "text": (lambda path, _: path.write_text("编号,名称\n" * 99), "store.not_a_database"),
    "zeros": (lambda path, _: path.write_bytes(bytes(8192)), "store.not_a_database"),
    "torn header": (lambda path, t: cut(path, t, 60), "store.not_a_database"),
    "header only": (lambda path, t: cut(path, t, 100), "store.damaged"),
    "one page": (lambda path, t: cut(path, t, 4096), "store.damaged"),
    "half": (lambda path, t: cut(path, t, t.stat().st_size // 2 // 4096 * 4096), "store.damaged"),
    "first page scrambled": (scrambled, "store.damaged"),
    "another program's": (lambda path, _: other_sqlite(path), "store.not_a_workspace"),
}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_one_sentence_and_stays_as_it_is(tmp_path, template, kind, read_only):
    make, code = BAD_FILES[kind]
    path = tmp_path / "坏的 file.gridmap"
    make(path, template)
    before = everything(tmp_path)
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(path, read_only=read_only)
    assert caught.value.code in (code, "store.not_a_database" if kind == "header only" else code)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert everything(tmp_path) == before
    use_language("en")
    assert str(caught.value).endswith(".")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_one_sentence(workspace_path):
    workspace_path.chmod(0)
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(workspace_path)
    assert caught.value.code == "store.not_permitted"


# --- one writer


def test_the_second_program_reads_and_says_who_holds_the_file(workspace_path, holder):
    other = holder(workspace_path)
    assert other.role == "writer"
    with open_workspace(workspace_path) as opened:
        assert opened.is_read_only
        assert opened.holder.pid == other.pid
        said = str(opened.why_read_only)
        assert "另一个 gridmap" in said
        assert str(other.pid) in said
        assert opened.holder.user in said
        assert ask(opened, "SELECT count(*) FROM subdistrict") == 1
        for write in (lambda: insert(opened, "document", 1), opened.undo, opened.redo):
            with pytest.raises(WorkspaceBusy) as caught:
                write()
            assert str(caught.value) == said
    other.stdin.write("let go\n")
    other.stdin.flush()
    assert other.stdout.readline().strip() == "closed"
    with open_workspace(workspace_path) as opened:
        assert not opened.is_read_only


def test_a_program_that_was_killed_holds_nothing(workspace_path, holder):
    other = holder(workspace_path)
    other.kill()
    other.wait()
    with open_workspace(workspace_path) as opened:
        assert not opened.is_read_only
        insert(opened, "document", 1)


def test_the_right_to_write_passes_on_within_one_program(workspace_path):
    with open_workspace(workspace_path) as first:
        with open_workspace(workspace_path) as second:
            assert (first.is_read_only, second.is_read_only) == (False, True)
        with open_workspace(workspace_path, read_only=True) as third:
            assert third.is_read_only
            assert third.holder is None
    with open_workspace(workspace_path) as fourth:
        assert not fourth.is_read_only


def test_a_link_leads_to_the_same_lock(workspace_path, tmp_path):
    link = tmp_path / "elsewhere"
    link.mkdir()
    link /= "别名.gridmap"
    try:
        link.symlink_to(workspace_path)
    except OSError:
        pytest.skip("no links may be made here")
    with open_workspace(workspace_path), open_workspace(link) as second:
        assert second.is_read_only
        assert second.holder.pid == os.getpid()


def test_a_workspace_opened_in_one_thread_is_closed_in_another(workspace_path):
    opened = []
    thread = threading.Thread(target=lambda: opened.append(open_workspace(workspace_path)))
    thread.start()
    thread.join()
    insert(opened[0], "document", 1)
    opened[0].close()
    with open_workspace(workspace_path) as again:
        assert not again.is_read_only


def test_a_lost_card_still_gives_a_holder(workspace_path):
    with open_workspace(workspace_path):
        for card in workspace_path.parent.glob(".*.holder"):
            card.write_text("{torn")
        with open_workspace(workspace_path) as second:
            assert second.is_read_only
            assert "另一个程序" in str(second.why_read_only)


def test_the_card_goes_with_the_lock(workspace_path):
    lock = WriterLock(workspace_path)
    assert lock.take("test")
    assert WriterLock(workspace_path).find_holder().program == "test"
    assert not WriterLock(workspace_path).take("other")
    lock.release()
    lock.release()  # once more does no harm
    assert WriterLock(workspace_path).find_holder() is None


def test_a_workspace_held_by_qgis_in_the_middle_of_an_edit_is_busy(workspace_path, monkeypatch):
    monkeypatch.setattr(connect, "_BUSY_SECONDS", 0.05)
    with open_workspace(workspace_path) as opened, elsewhere(workspace_path) as other:
        before = content(opened)
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO document (id) VALUES ('d')")
        with pytest.raises(WorkspaceBusy) as caught:
            insert(opened, "cell", 1)
        assert caught.value.code == "store.locked"
        assert content(opened) == before
        other.execute("COMMIT")
        insert(opened, "cell", 1)


# --- many readers


def test_a_reader_sees_one_moment_while_others_write(workspace):
    insert(workspace, "document", 3)
    count = "SELECT count(*) FROM document"
    with workspace.reading() as reader:
        reader.execute("BEGIN")
        assert reader.execute(count).fetchone()[0] == 3
        insert(workspace, "document", bulk.BULK_ROWS)
        execute(workspace, "DELETE FROM document WHERE rowid < 3")
        assert reader.execute(count).fetchone()[0] == 3
        assert ask(workspace, count) == bulk.BULK_ROWS + 1
        reader.execute("COMMIT")
        assert reader.execute(count).fetchone()[0] == bulk.BULK_ROWS + 1


def test_a_reader_sees_nothing_of_an_open_transaction(workspace):
    with workspace.transaction(STEP) as tx:
        rows.insert(tx, "document", features("document", 5))
        assert ask(workspace, "SELECT count(*) FROM document") == 0
    assert ask(workspace, "SELECT count(*) FROM document") == 5


def test_a_reader_cannot_write(workspace):
    with pytest.raises(WorkspaceError) as caught, workspace.reading() as reader:
        reader.execute("DELETE FROM subdistrict")
    assert caught.value.code == "store.read_only"
    assert ask(workspace, "SELECT count(*) FROM subdistrict") == 1


def test_many_threads_read_while_one_writes(workspace):
    wrong = []

    def read():
        for _ in range(30):
            if ask(workspace, "SELECT count(*) FROM document") % 10:
                wrong.append(1)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        insert(workspace, "document", 10)
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_workspace_may_be_closed_while_a_reader_reads(workspace_path):
    opened = open_workspace(workspace_path)
    with opened.reading() as reader:
        opened.close()
        assert reader.execute("SELECT count(*) FROM subdistrict").fetchone()[0] == 1
    opened.close()  # once more does no harm


# --- disks that do not want to


def test_a_network_share_is_refused_before_anything_is_touched(workspace_path, monkeypatch):
    share = [("/", "ext4", "rw"), (str(workspace_path.parent), "cifs", "rw")]
    monkeypatch.setattr(shares, "mounts", lambda: share)
    before = everything(workspace_path.parent)
    for attempt in (
        lambda: open_workspace(workspace_path),
        lambda: new(workspace_path.with_name("b")),
    ):
        with pytest.raises(WorkspaceError) as caught:
            attempt()
        assert caught.value.code == "store.on_network_share"
        assert "cifs" in str(caught.value)
    assert everything(workspace_path.parent) == before


def test_a_folder_that_cannot_be_written_is_read(workspace_path, read_only_folder):
    with open_workspace(workspace_path) as opened:
        insert(opened, "cell", 3)
    folder = read_only_folder(workspace_path)
    before = everything(folder)
    with open_workspace(folder / workspace_path.name) as opened:
        assert opened.is_read_only
        assert opened.why_read_only.id == "store.read_only"
        assert ask(opened, "SELECT count(*) FROM cell") == 3
        with pytest.raises(WorkspaceError) as caught:
            insert(opened, "cell", 1)
        assert caught.value.code == "store.read_only"
        with pytest.raises(WorkspaceError) as caught:
            backup.back_up(opened)
        assert caught.value.code == "store.read_only"
        with opened.reading() as reader:
            assert check.check(reader) == []
    assert everything(folder) == before


def test_nothing_is_made_in_a_folder_that_cannot_be_written(read_only_folder):
    folder = read_only_folder()
    with pytest.raises(WorkspaceError) as caught:
        new(folder / "a.gridmap")
    assert caught.value.code == "store.read_only"
    assert everything(folder) == {}


@pytest.mark.parametrize("count", [500, bulk.BULK_ROWS])
def test_a_full_database_is_one_sentence_and_takes_everything_back(workspace, count):
    insert(workspace, "cell", 10)
    before = content(workspace)
    with workspace.writing() as writer:
        pages = writer.execute("PRAGMA page_count").fetchone()[0]
        writer.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(WorkspaceError) as caught:
        insert(workspace, "building", count)
    assert caught.value.code == "store.disk_full"
    assert content(workspace) == before
    with workspace.writing() as writer:
        writer.execute("PRAGMA max_page_count = 1000000")
    insert(workspace, "building", count)
    with workspace.reading() as reader:
        assert check.check(reader) == []


def test_a_full_disk_is_one_sentence_and_takes_everything_back(workspace_path, small_disk):
    disk = small_disk(2000)
    path = Path(shutil.copy(workspace_path, disk))
    with open_workspace(path) as opened:
        insert(opened, "cell", 10)
        before = content(opened)
        with pytest.raises(WorkspaceError) as caught:
            insert(opened, "building", 9000)
        assert caught.value.code == "store.disk_full"
        assert content(opened) == before
        with pytest.raises(WorkspaceError) as caught:
            backup.back_up(opened)
        assert caught.value.code == "store.disk_full"
        assert backup.list_backups(path) == []
        with opened.reading() as reader:
            assert check.check(reader) == []
    with open_workspace(path) as opened:
        assert content(opened) == before
    assert sum(1 for one in disk.rglob("*") if one.is_file()) <= 2  # file and lock


def test_nothing_is_made_on_a_full_disk(small_disk):
    disk = small_disk(400)
    with pytest.raises(WorkspaceError) as caught:
        new(disk / "a.gridmap")
    assert caught.value.code == "store.disk_full"
    assert list(disk.iterdir()) == []


def gone(path):
    path.unlink()


def swapped(path):
    shutil.copy(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file from being moved")
@pytest.mark.parametrize("harm", [gone, swapped])
def test_a_file_that_was_moved_away_takes_no_more_edits(workspace_path, harm):
    with open_workspace(workspace_path) as opened:
        insert(opened, "document", 1)
        harm(workspace_path)
        for write in (lambda: insert(opened, "document", 1), opened.undo):
            with pytest.raises(WorkspaceError) as caught:
                write()
            assert caught.value.code == "store.moved_away"


def test_a_file_that_is_gone_cannot_be_read_anew(workspace_path):
    with open_workspace(workspace_path) as opened:
        with opened.reading():  # the pooled reader is taken
            workspace_path.unlink()
            with pytest.raises(WorkspaceError) as caught, opened.reading():
                pass
        assert caught.value.code == "store.no_such_workspace"


def test_a_file_cut_short_under_an_open_workspace_is_damaged(workspace_path):
    with open_workspace(workspace_path) as opened:
        insert(opened, "document", 1)
    with open_workspace(workspace_path, read_only=True) as opened:
        os.truncate(workspace_path, 8192)
        with pytest.raises(WorkspaceError) as caught:
            content(opened)
        assert caught.value.code in ("store.damaged", "store.io_failed")


def test_a_disk_that_was_pulled_out_takes_no_more_edits(workspace_path, small_disk):
    disk = small_disk(8000)
    path = Path(shutil.copy(workspace_path, disk))
    with open_workspace(path) as opened:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
        with pytest.raises(WorkspaceError) as caught:
            insert(opened, "document", 1)
        assert caught.value.code == "store.moved_away"
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(path)
    assert caught.value.code == "store.no_such_workspace"
