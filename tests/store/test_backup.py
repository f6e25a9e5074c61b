"""A backup is one moment, proved before it counts; restoring it is safe, also over a ruin."""

import os
import shutil
import threading

import pytest
from tests.store.helpers import ask, content, elsewhere, entries, execute, insert

from gridmap.base.errors import GridmapError, RequestError, WorkspaceDamaged, WorkspaceError
from gridmap.base.progress import Cancelled
from gridmap.services import backups
from gridmap.store import backup, bulk, check, migrate
from gridmap.store.workspace import open_workspace


def state(workspace):
    return content(workspace), entries(workspace)


def state_of(path):
    with open_workspace(path) as opened:
        return state(opened)


def left_in(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def tear(path, *, start=8192, size=4096):
    """Overwrite a page in the middle of a file."""
    with path.open("rb+") as stream:
        stream.seek(start)
        stream.write(b"\xa5" * size)


# --- making


def test_a_backup_holds_what_the_workspace_held(workspace, tmp_path):
    insert(workspace, "cell", bulk.BULK_ROWS)
    insert(workspace, "document", 3)
    before = state(workspace)
    made = backup.back_up(workspace)
    insert(workspace, "cell", 1)
    assert made.path.parent == backup.backup_folder(workspace.path)
    assert made.size_bytes == made.path.stat().st_size
    copy = shutil.copy(made.path, tmp_path / "copy.gridmap")
    assert state_of(type(made.path)(copy)) == before
    assert left_in(made.path.parent) == [made.path.name]


def test_a_backup_is_one_file_that_opens_where_nothing_can_be_written(sample, read_only_folder):
    made = backup.back_up(sample)
    folder = read_only_folder(made.path)
    with open_workspace(folder / made.path.name) as opened, opened.reading() as reader:
        assert check.check(reader) == []


def damaged_on_the_way(monkeypatch, harm):
    """Let each copy be harmed after it was written, as a failing disk would."""
    copy = backup._copy
    harmed = []

    def bad_copy(source, target, progress):
        copy(source, target, progress)
        if not harmed:
            harmed.append(target)
            harm(target)

    monkeypatch.setattr(backup, "_copy", bad_copy)


def change_a_value(path):
    with elsewhere(path) as other:
        other.execute("UPDATE journal_transaction SET author = 'x'")


def lose_a_row(path):
    with elsewhere(path) as other:
        other.execute("DELETE FROM journal")


def lose_a_table(path):
    with elsewhere(path) as other:
        other.execute("DROP TABLE journal_value")


def cut(path):
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize("harm", [change_a_value, lose_a_row, lose_a_table, tear, cut])
def test_a_copy_that_differs_does_not_count(workspace, monkeypatch, harm):
    insert(workspace, "document", 3)
    before = state(workspace)
    with monkeypatch.context() as patch:
        damaged_on_the_way(patch, harm)
        with pytest.raises(WorkspaceError) as caught:
            backup.back_up(workspace)
    assert caught.value.code in ("store.backup_differs", "store.damaged")
    assert left_in(backup.backup_folder(workspace.path)) == []
    assert state(workspace) == before
    assert backup.back_up(workspace).path.exists()


def test_the_last_twelve_are_kept(workspace):
    made = []
    for _ in range(14):
        insert(workspace, "document", 1)
        made.append(backup.back_up(workspace))
    assert backup.KEEP == 12
    assert backup.list_backups(workspace.path) == made[:1:-1]
    assert left_in(made[0].path.parent) == sorted(one.path.name for one in made[2:])


def test_files_of_others_in_the_folder_are_left_alone(workspace):
    folder = backup.backup_folder(workspace.path)
    folder.mkdir()
    (folder / "我的备份.gridmap").write_text("mine")
    (folder / "notes.txt").write_text("mine")
    made = [backup.back_up(workspace) for _ in range(backup.KEEP + 1)]
    assert backup.list_backups(workspace.path) == made[:0:-1]
    assert (folder / "我的备份.gridmap").read_text() == (folder / "notes.txt").read_text() == "mine"


def test_nothing_is_copied_when_nothing_has_changed(workspace):
    assert backup.before_risky_step(workspace) is not None
    assert backup.before_risky_step(workspace) is None
    insert(workspace, "document", 1)
    latest = backup.before_risky_step(workspace)
    assert latest is not None
    assert backup.before_risky_step(workspace) is None
    workspace.undo()
    assert backup.before_risky_step(workspace) is not None
    assert len(backup.list_backups(workspace.path)) == 3


def test_after_a_restore_the_same_number_does_not_pass_for_the_same_state(workspace):
    old = backup.back_up(workspace)
    insert(workspace, "document", 1)
    backup.restore(workspace, old.path)
    insert(workspace, "document", 2)  # its transaction bears the number of the one that is gone
    assert backup.before_risky_step(workspace) is not None


def test_a_latest_backup_that_is_damaged_does_not_count(workspace):
    made = backup.back_up(workspace)
    cut(made.path)
    assert backup.before_risky_step(workspace) is not None


def test_a_backup_during_writing_is_one_moment(workspace):
    stop = threading.Event()
    insert(workspace, "document", 10)

    def write():
        while not stop.is_set():
            insert(workspace, "document", 10)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        made = [backup.back_up(workspace) for _ in range(4)]
    finally:
        stop.set()
        thread.join()
    counts = []
    for one in made:
        with open_workspace(one.path, read_only=True) as opened, opened.reading() as reader:
            counts.append(ask(opened, "SELECT count(*) FROM document"))
            assert check.check(reader) == []
    assert all(count % 10 == 0 for count in counts)
    assert counts == sorted(counts)


def test_a_workspace_held_by_another_program_can_be_backed_up(workspace):
    insert(workspace, "document", 3)
    with open_workspace(workspace.path) as second:
        assert second.is_read_only
        made = backup.back_up(second)
    assert state_of(made.path) == state(workspace)


@pytest.mark.parametrize("at", [0.0, 0.3, 0.9])
def test_a_cancelled_backup_leaves_nothing(workspace, monkeypatch, at):
    monkeypatch.setattr(backup, "_PAGES_A_STEP", 16)

    def stop(done, total, what):
        if done >= total * at:
            raise Cancelled

    with pytest.raises(Cancelled):
        backup.back_up(workspace, stop)
    assert left_in(backup.backup_folder(workspace.path)) == []


def test_progress_rises_to_the_end(sample):
    seen = []
    backup.back_up(sample, lambda done, total, what: seen.append(done / total))
    assert seen == sorted(seen)
    assert 0 <= seen[0] < seen[-1] <= 1


# --- restoring


@pytest.fixture
def with_old(workspace):
    """A workspace, its backup, and the state that the backup holds; then it went on."""
    insert(workspace, "cell", 300)
    insert(workspace, "document", 3)
    old = state(workspace)
    made = backup.back_up(workspace)
    execute(workspace, "DELETE FROM cell")
    insert(workspace, "building", bulk.BULK_ROWS)
    return workspace, made, old


def test_restoring_brings_the_old_state_and_keeps_the_new_one(with_old):
    workspace, made, old = with_old
    new = state(workspace)
    safety = backup.restore(workspace, made.path)
    assert state(workspace) == old
    with workspace.reading() as reader:
        assert check.check(reader) == []
        assert reader.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    insert(workspace, "document", 1)  # and work goes on
    workspace.undo()
    backup.restore(workspace, safety.path)
    assert state(workspace) == new
    with open_workspace(workspace.path, read_only=True) as again:
        assert state(again) == new


def test_a_backup_is_found_by_its_name_alone(with_old):
    workspace, made, old = with_old
    backup.restore(workspace, type(made.path)(made.path.name))
    assert state(workspace) == old


def test_undo_after_a_restore_takes_back_what_the_backup_knows(with_old):
    workspace, made, _ = with_old
    backup.restore(workspace, made.path)
    assert workspace.undo()[1].rows.keys() == {"document"}


def test_readers_see_the_restored_state(with_old):
    workspace, made, old = with_old
    with workspace.reading():  # one reader is lent all the while, one lies in the pool
        with workspace.reading() as pooled:
            pooled.execute("SELECT count(*) FROM cell").fetchone()
        backup.restore(workspace, made.path)
    assert state(workspace) == old


HARMS = {"torn": tear, "cut": cut, "emptied": lambda path: os.truncate(path, 0)}


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_backup_is_refused_and_nothing_has_changed(with_old, harm):
    workspace, made, _ = with_old
    HARMS[harm](made.path)
    before, names = state(workspace), left_in(made.path.parent)
    with pytest.raises(WorkspaceError) as caught:
        backup.restore(workspace, made.path)
    assert caught.value.code in ("store.backup_damaged", "store.not_a_database", "store.damaged")
    assert str(made.path) in str(caught.value)
    assert state(workspace) == before
    assert left_in(made.path.parent) == names


def test_what_is_no_backup_is_refused(workspace, tmp_path):
    before = state(workspace)
    text = tmp_path / "a.gridmap"
    text.write_text("x" * 200)
    missing = tmp_path / "missing.gridmap"
    for path, error in ((text, WorkspaceError), (missing, RequestError)):
        with pytest.raises(error):
            backup.restore(workspace, path)
    assert state(workspace) == before


def test_a_missing_backup_names_those_at_hand(workspace):
    made = backup.back_up(workspace)
    with pytest.raises(RequestError) as caught:
        backup.restore(workspace, made.path.with_name("missing.gridmap"))
    assert made.path.name in str(caught.value)


def test_a_newer_backup_is_refused(workspace):
    made = backup.back_up(workspace)
    with elsewhere(made.path) as other:
        other.execute("PRAGMA user_version = 99")
    before = state(workspace)
    with pytest.raises(WorkspaceError) as caught:
        backup.restore(workspace, made.path)
    assert caught.value.code == "store.newer_file"
    assert state(workspace) == before


def test_an_older_backup_is_upgraded_and_leaves_no_draft(workspace, monkeypatch):
    insert(workspace, "cell", 3)
    made = backup.back_up(workspace)
    latest = migrate.MIGRATIONS[-1].version
    second = migrate.Migration(latest + 1, "ALTER TABLE cell ADD COLUMN colour TEXT;")
    monkeypatch.setattr(migrate, "MIGRATIONS", (*migrate.MIGRATIONS, second))
    with workspace.writing() as writer:
        migrate.upgrade(workspace.path, writer)
    backup.restore(workspace, made.path)
    assert ask(workspace, "PRAGMA user_version") == latest + 1
    assert ask(workspace, "SELECT count(colour) FROM cell") == 0
    assert len(left_in(made.path.parent)) == 2


def test_restoring_is_refused_where_another_program_writes(with_old):
    workspace, made, _ = with_old
    before = state(workspace)
    with open_workspace(workspace.path) as second, pytest.raises(WorkspaceError) as caught:
        backup.restore(second, made.path)
    assert caught.value.code == "store.held_by"
    assert state(workspace) == before


@pytest.mark.parametrize("at", [0.1, 0.5, 0.7, 0.95])
def test_a_cancelled_restore_leaves_everything_as_it_was(with_old, monkeypatch, at):
    workspace, made, old = with_old
    monkeypatch.setattr(backup, "_PAGES_A_STEP", 16)
    before = state(workspace)

    def stop(done, total, what):
        if done >= total * at:
            raise Cancelled

    with pytest.raises(Cancelled):
        backup.restore(workspace, made.path, stop)
    assert state(workspace) == before
    with workspace.reading() as reader:
        assert check.check(reader) == []
    backup.restore(workspace, made.path)
    assert state(workspace) == old


def test_a_backup_on_a_medium_that_cannot_be_written_is_restored(with_old, read_only_folder):
    workspace, made, old = with_old
    folder = read_only_folder(made.path)
    backup.restore(workspace, folder / made.path.name)
    assert state(workspace) == old


# --- over a workspace that is a ruin

RUINS = {
    "emptied": lambda path: os.truncate(path, 0),
    "cut short": cut,
    "header gone": lambda path: tear(path, start=0, size=100),
    "first page gone": lambda path: tear(path, start=100, size=3996),
    "a page torn inside": lambda path: tear(path, start=path.stat().st_size - 4096 * 2),
    "missing": os.remove,
}


@pytest.mark.parametrize("ruin", RUINS)
def test_a_ruined_workspace_is_replaced_by_its_backup(workspace_path, ruin):
    with open_workspace(workspace_path) as opened:
        insert(opened, "cell", 300)
        old = state(opened)
        made = backup.back_up(opened)
    RUINS[ruin](workspace_path)
    ruined = workspace_path.read_bytes() if workspace_path.exists() else None
    kept = backups.restore_file(workspace_path, made.path).value
    assert state_of(workspace_path) == old
    with open_workspace(workspace_path) as opened, opened.reading() as reader:
        assert check.check(reader) == []
    if ruined is None:
        assert kept is None
    elif ruin == "a page torn inside":  # such a file still opens, and is copied page by page
        assert kept.read_bytes()[100:] == ruined[100:]
    else:
        assert kept.read_bytes() == ruined


@pytest.mark.parametrize("ruin", ["emptied", "a page torn inside"])
def test_a_damaged_backup_does_not_replace_a_ruin(workspace_path, ruin):
    with open_workspace(workspace_path) as opened:
        insert(opened, "cell", 300)
        made = backup.back_up(opened)
    RUINS[ruin](workspace_path)
    tear(made.path)
    before = workspace_path.read_bytes()
    with pytest.raises(GridmapError):
        backups.restore_file(workspace_path, made.path)
    assert workspace_path.read_bytes() == before
    assert left_in(made.path.parent) == [made.path.name]


def test_a_ruin_that_another_program_holds_is_not_replaced(workspace_path):
    with open_workspace(workspace_path) as opened:
        made = backup.back_up(opened)
        tear(workspace_path, start=0, size=100)
        before = workspace_path.read_bytes()
        with pytest.raises(WorkspaceError) as caught:
            backups.restore_file(workspace_path, made.path)
        assert caught.value.code == "store.busy"
        assert workspace_path.read_bytes() == before


def test_a_workspace_that_is_damaged_inside_says_so_when_it_is_backed_up(workspace_path):
    with open_workspace(workspace_path) as opened:
        insert(opened, "cell", 300)
    RUINS["a page torn inside"](workspace_path)
    with open_workspace(workspace_path) as opened:
        with pytest.raises(WorkspaceDamaged) as caught:
            backup.back_up(opened)
        assert caught.value.code == "store.damaged"
        assert str(workspace_path) in str(caught.value)
    assert left_in(backup.backup_folder(workspace_path)) == []


def test_whole_files_are_restored_by_path_alone(with_old):
    workspace, made, old = with_old
    new = state(workspace)
    workspace.close()
    kept = backups.restore_file(workspace.path, made.path).value
    assert state_of(workspace.path) == old
    assert state_of(kept) == new
