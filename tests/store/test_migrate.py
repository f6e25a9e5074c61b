"""An older file is copied aside and upgraded or stays as it is; a newer file is refused."""

import hashlib
import lzma
from pathlib import Path

import pytest
from tests.store.helpers import ask, content, content_of, elsewhere, execute, insert

from gridmap.base.errors import WorkspaceDamaged, WorkspaceError
from gridmap.store import check, engine, journal, migrate
from gridmap.store.connect import read_header
from gridmap.store.migrate import MIGRATIONS, Migration
from gridmap.store.workspace import open_workspace

LATEST = MIGRATIONS[-1].version
SECOND = Migration(
    LATEST + 1,
    """-- what the next version may bring
ALTER TABLE cell ADD COLUMN colour TEXT;
CREATE TABLE bench (id TEXT PRIMARY KEY, note TEXT);  -- a table of its own
SELECT AddGeometryColumn('bench', 'geom', :epsg, 'POINT', 'XY');
CREATE TRIGGER bench_kept AFTER DELETE ON bench BEGIN
    SELECT 1;
    SELECT 2;
END;
""",
)
THIRD = Migration(LATEST + 2, "UPDATE cell SET colour = 'green';")


def as_it_is(path):
    """Content, schema and version of a file, by a connection of its own."""
    with elsewhere(path) as other:
        schema = other.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        version = other.execute("PRAGMA user_version").fetchone()
        return content_of(other), schema, version


@pytest.fixture
def old_path(workspace_path):
    """A workspace of this version with some rows in it."""
    with open_workspace(workspace_path) as workspace:
        insert(workspace, "cell", 3)
        insert(workspace, "document", 2)
    return workspace_path


@pytest.fixture
def newer_program(old_path, monkeypatch):
    """Make this program one that knows a second and a third version."""
    monkeypatch.setattr(migrate, "MIGRATIONS", (*MIGRATIONS, SECOND, THIRD))


def test_the_migrations_are_numbered_from_one_without_a_gap():
    assert [one.version for one in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


RELEASED = sorted((Path(__file__).parent / "files").glob("v*.gridmap.xz"))


@pytest.mark.parametrize("packed", RELEASED, ids=lambda path: path.name.split(".")[0])
def test_a_real_file_of_each_earlier_version_is_opened_with_its_history(packed, tmp_path):
    path = tmp_path / "旧.gridmap"
    path.write_bytes(lzma.decompress(packed.read_bytes()))
    with open_workspace(path) as workspace:
        with workspace.reading() as reader:
            assert check.check(reader) == []
        assert ask(workspace, "SELECT group_concat(name) FROM cell") == "一,改,三"
        workspace.undo()
        assert ask(workspace, "SELECT group_concat(name) FROM cell") == "一,二,三"
        workspace.undo()
        assert ask(workspace, "SELECT count(*) FROM cell") == 0
        workspace.redo()
        assert ask(workspace, "SELECT count(base_cell_id) + count(locked) FROM cell") == 0
        assert ask(workspace, "SELECT name FROM plan") == "旧方案"


@pytest.mark.usefixtures("newer_program")
def test_an_older_file_is_copied_aside_and_upgraded(old_path):
    before = as_it_is(old_path)
    with open_workspace(old_path) as workspace:
        assert ask(workspace, "PRAGMA user_version") == LATEST + 2
        assert ask(workspace, "SELECT count(*) FROM cell WHERE colour = 'green'") == 3
        versions = "SELECT group_concat(version) FROM migration WHERE program LIKE 'gridmap %'"
        assert ask(workspace, versions) == ",".join(map(str, range(1, LATEST + 3)))
        assert (
            ask(workspace, "SELECT srid FROM geometry_columns WHERE f_table_name = 'bench'") == 4548
        )
        with workspace.reading() as reader:
            assert check.check(reader) == []
    (aside,) = old_path.parent.glob(f"*.v{LATEST}-*.gridmap")
    assert as_it_is(aside) == before


@pytest.mark.usefixtures("newer_program")
def test_after_an_upgrade_new_columns_are_journaled_and_undone(old_path):
    with open_workspace(old_path) as workspace:
        state = content(workspace)
        execute(workspace, "UPDATE cell SET colour = 'red'")
        with workspace.reading() as reader:
            row_id = reader.execute("SELECT id FROM cell").fetchone()[0]
            last = journal.history(reader, "cell", row_id)[-1]
        assert (last.before, last.after) == ({"colour": "green"}, {"colour": "red"})
        workspace.undo()
        assert content(workspace) == state


@pytest.mark.usefixtures("newer_program")
def test_what_was_done_before_an_upgrade_can_be_undone_after_it(old_path):
    with open_workspace(old_path) as workspace:
        workspace.undo()
        workspace.undo()
        assert content(workspace)["cell"] == []
        workspace.redo()
        assert len(content(workspace)["cell"]) == 3


@pytest.mark.usefixtures("newer_program")
def test_an_upgraded_file_is_not_upgraded_again(old_path):
    for _ in range(3):
        open_workspace(old_path).close()
    assert len(list(old_path.parent.glob(f"*.v{LATEST}-*"))) == 1


def test_a_file_of_this_version_is_not_copied(old_path):
    open_workspace(old_path).close()
    assert list(old_path.parent.glob("*.v*-*")) == []


BROKEN = {
    "an unknown table": ("UPDATE nowhere SET x = 1;", engine.sqlite.OperationalError),
    "an unfinished statement": ("CREATE TABLE half (id TEXT", ValueError),
    "a broken reference": (
        "INSERT INTO building (id, compound_id) VALUES ('b', 'gone');",
        WorkspaceDamaged,
    ),
    "a broken rule": ("INSERT INTO category (id) VALUES ('c');", WorkspaceError),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_migration_that_fails_leaves_the_file_as_it_was(old_path, monkeypatch, fault):
    sql, error = BROKEN[fault]
    before = as_it_is(old_path)
    broken = Migration(LATEST + 2, f"CREATE TABLE first (id TEXT);\nDELETE FROM document;\n{sql}")
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "MIGRATIONS", (*MIGRATIONS, SECOND, broken))
        with pytest.raises(error):
            open_workspace(old_path)
    assert as_it_is(old_path) == before
    with open_workspace(old_path) as workspace:  # neither locked nor damaged
        assert not workspace.is_read_only
        insert(workspace, "cell", 1)


@pytest.mark.usefixtures("newer_program")
def test_a_copy_that_cannot_be_made_stops_the_upgrade(old_path, monkeypatch):
    before = as_it_is(old_path)

    def full(path, connection, version):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrate, "_copy_aside", full)
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(old_path)
    assert caught.value.code == "store.disk_full"
    assert as_it_is(old_path) == before


def test_a_newer_file_is_refused_without_touching_a_byte(old_path):
    with elsewhere(old_path) as other:
        other.execute("PRAGMA user_version = 99")
    before = hashlib.sha256(old_path.read_bytes()).hexdigest()
    beside = sorted(old_path.parent.iterdir())
    for read_only in (False, True):
        with pytest.raises(WorkspaceError) as caught:
            open_workspace(old_path, read_only=read_only)
        assert caught.value.code == "store.newer_file"
        assert "99" in str(caught.value)
    assert hashlib.sha256(old_path.read_bytes()).hexdigest() == before
    assert sorted(old_path.parent.iterdir()) == beside


def test_a_newer_version_that_stands_only_in_the_log_is_refused_too(old_path):
    with elsewhere(old_path) as other:
        other.execute("PRAGMA wal_autocheckpoint = 0")
        other.execute("PRAGMA user_version = 99")
        assert read_header(old_path)[1] == LATEST
        with pytest.raises(WorkspaceError) as caught:
            open_workspace(old_path)
    assert caught.value.code == "store.newer_file"


@pytest.mark.usefixtures("newer_program")
def test_an_older_file_that_may_only_be_read_is_refused(old_path):
    before = as_it_is(old_path)
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(old_path, read_only=True)
    assert caught.value.code == "store.older_file_read_only"
    assert as_it_is(old_path) == before


def test_statements_are_split_as_sqlite_reads_them():
    assert [one.split(" ")[0] for one in migrate.statements(SECOND.sql)] == [
        "--", "CREATE", "SELECT", "CREATE",
    ]  # fmt: skip
    assert list(migrate.statements("-- only a comment\n")) == []


def test_every_column_has_its_class(workspace):
    missing = (
        "SELECT count(*) FROM geometry_columns g JOIN pragma_table_info(g.f_table_name) i"
        " WHERE i.name != 'id' AND NOT EXISTS (SELECT 1 FROM column_class c"
        " WHERE c.table_name = g.f_table_name AND c.column_name = i.name)"
    )
    assert ask(workspace, missing) == 0
    assert (
        ask(workspace, "SELECT sensitivity FROM column_class WHERE column_name = 'private_phone'")
        == "sensitive"
    )
