"""Undo takes back, redo brings back, both to the byte, also after the program was closed."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.edits import Model, edits
from tests.store.helpers import (
    EPSG,
    SHAPES,
    STEP,
    ask,
    content,
    elsewhere,
    entries,
    execute,
    features,
    insert,
)

from gridmap.base.errors import RequestError
from gridmap.base.progress import Cancelled
from gridmap.model.changes import Touched
from gridmap.store import blobs, bulk, journal, rows
from gridmap.store.workspace import open_workspace

BULK = bulk.BULK_ROWS

# --- random edits against a plain model


@given(st.lists(st.lists(edits(), min_size=1, max_size=5), min_size=1, max_size=8))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_undo_and_redo_walk_any_history_to_the_byte(template, histories):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(template, Path(folder) / "a.gridmap"))
        model = Model()
        with open_workspace(path) as workspace:
            states = [content(workspace)]
            for history in histories:
                seq = latest(workspace)
                with workspace.transaction(STEP) as tx:
                    for edit in history:
                        model.apply(tx.connection, edit)
                model.agrees_with(workspace)
                if latest(workspace) != seq:
                    states.append(content(workspace))
        with open_workspace(path) as workspace:  # undo works across a restart
            for state in reversed(states[:-1]):
                workspace.undo()
                assert content(workspace) == state
        with open_workspace(path) as workspace:  # and so does redo
            for state in states[1:]:
                workspace.redo()
                assert content(workspace) == state
            with pytest.raises(RequestError, match="没有可以重做"):
                workspace.redo()
            if len(states) > 1:
                workspace.undo()  # a redo can be undone again
                assert content(workspace) == states[-2]
        with open_workspace(path) as workspace, workspace.reading() as reader:
            for table in SHAPES:
                if rows.get_table(table).geometry is not None:
                    verdict = reader.execute(f"SELECT rtreecheck('idx_{table}_geom')").fetchone()
                    assert verdict[0] == "ok"


def latest(workspace):
    """The latest transaction: an edit that changed nothing leaves none."""
    with workspace.reading() as reader:
        return journal.recent(reader, 1)[0].seq


# --- many rows at once


@pytest.mark.parametrize("table", SHAPES)
@pytest.mark.parametrize("count", [5, BULK - 1, BULK, BULK + 500])
def test_many_rows_go_and_come_back(workspace_path, table, count):
    with open_workspace(workspace_path) as workspace:
        states = [content(workspace)]
        ids = insert(workspace, table, count)
        states.append(content(workspace))
        execute(workspace, f"UPDATE {table} SET remark = '改' WHERE rowid % 3 = 0")
        states.append(content(workspace))
        execute(workspace, f"DELETE FROM {table}")
        states.append(content(workspace))
        for state in states[-2::-1]:
            workspace.undo()
            assert content(workspace) == state
    with open_workspace(workspace_path) as workspace:
        for state in states[1:]:
            workspace.redo()
            assert content(workspace) == state
        workspace.undo()
        assert [row[0] for row in content(workspace)[table]] == sorted(ids)


def test_a_bulk_load_undone_and_redone_keeps_the_order_of_its_rows(workspace):
    ids = insert(workspace, "cell", BULK)
    workspace.undo()
    workspace.redo()
    with workspace.reading() as reader:
        read = rows.read_features(reader, "cell", ())
        assert read.columns["id"].tolist() == ids


def test_one_transaction_over_several_tables_is_undone_as_one(workspace):
    before = content(workspace)
    with workspace.transaction(STEP) as tx:
        rows.insert(tx, "compound", features("building", 1, id=["c"]))
        rows.insert(tx, "building", features("building", BULK, compound_id=["c"] * BULK))
        tx.connection.execute("UPDATE building SET name = id")
        tx.connection.execute("DELETE FROM building WHERE rowid > 10")
        rows.insert(tx, "building", features("building", BULK, compound_id=["c"] * BULK))
    after = content(workspace)
    workspace.undo()
    assert content(workspace) == before
    workspace.redo()
    assert content(workspace) == after


def test_a_row_made_changed_and_deleted_in_one_transaction(workspace):
    before = content(workspace)
    with workspace.transaction(STEP) as tx:
        rows.insert(tx, "document", features("document", 1, id=["d"]))
        tx.connection.execute("UPDATE document SET title = 'a'")
        tx.connection.execute("UPDATE document SET title = 'b', issuer = 'c'")
        tx.connection.execute("DELETE FROM document")
        rows.insert(tx, "document", features("document", 1, id=["d"], title=["again"]))
    after = content(workspace)
    for _ in range(3):
        workspace.undo()
        assert content(workspace) == before
        workspace.redo()
        assert content(workspace) == after


# --- what is undone and redone next


def test_a_new_edit_leaves_nothing_to_redo(workspace):
    insert(workspace, "document", 1)
    workspace.undo()
    insert(workspace, "document", 1)
    with pytest.raises(RequestError) as caught:
        workspace.redo()
    assert caught.value.code == "store.nothing_to_redo"


def test_undo_goes_on_before_what_was_undone(workspace):
    first, second, third = (insert(workspace, "document", 1)[0] for _ in range(3))
    workspace.undo()
    (fourth,) = insert(workspace, "document", 1)
    gone = [workspace.undo()[1].rows["document"] for _ in range(3)]
    assert gone == [{fourth}, {second}, {first}]
    assert third not in str(gone)


def test_undo_says_which_edit_it_took_back(workspace):
    insert(workspace, "document", 2)
    record, touched = workspace.undo()
    assert record.intention.zh == "新建工作库 一步"
    assert isinstance(touched, Touched)
    assert "document" in touched
    again, _ = workspace.redo()
    assert again == record
    with workspace.reading() as reader:
        kinds = [one.kind for one in journal.recent(reader)]
        intentions = [one.intention.zh for one in journal.recent(reader)]
    assert kinds[:3] == ["redo", "undo", "edit"]
    assert intentions[:2] == ["重做：新建工作库 一步", "撤销：新建工作库 一步"]


def test_the_making_of_a_workspace_is_never_undone(workspace):
    insert(workspace, "document", 1)
    workspace.undo()
    before = content(workspace)
    with pytest.raises(RequestError) as caught:
        workspace.undo()
    assert caught.value.code == "store.nothing_to_undo"
    assert content(workspace) == before
    assert len(before["subdistrict"]) == 1


def test_what_was_undone_is_offered_for_redo_across_a_restart(workspace_path):
    with open_workspace(workspace_path) as workspace:
        insert(workspace, "document", 1)
        state = content(workspace)
        workspace.undo()
    with open_workspace(workspace_path) as workspace:
        workspace.redo()
        assert content(workspace) == state


# --- refused where a row changed behind the journal's back


def without_triggers(path, table, *sql):
    """Change a table so that the journal does not see it."""
    with elsewhere(path) as other:
        made = other.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
            " AND name LIKE 'journal%'",
            (table,),
        ).fetchall()
        for name, _ in made:
            other.execute(f"DROP TRIGGER {name}")
        for statement in sql:
            other.execute(statement)
        for _, text in made:
            other.execute(text)


def assert_refused(workspace):
    before = content(workspace), entries(workspace)
    with pytest.raises(RequestError) as caught:
        workspace.undo()
    assert caught.value.code == "store.changed_since"
    assert (content(workspace), entries(workspace)) == before


@pytest.mark.parametrize("count", [3, BULK])
def test_undo_of_an_insert_is_refused_where_a_row_is_gone(workspace, count):
    ids = insert(workspace, "cell", count)
    without_triggers(workspace.path, "cell", f"DELETE FROM cell WHERE id = '{ids[1]}'")
    assert_refused(workspace)


@pytest.mark.parametrize("count", [3, BULK])
def test_undo_of_a_delete_is_refused_where_a_row_is_there_again(workspace, count):
    ids = insert(workspace, "cell", count)
    execute(workspace, "DELETE FROM cell")
    without_triggers(workspace.path, "cell", f"INSERT INTO cell (id) VALUES ('{ids[1]}')")
    assert_refused(workspace)


@pytest.mark.parametrize("count", [3, BULK])
@pytest.mark.parametrize("later", ["name = 'other'", "geom = NULL"])
def test_undo_of_an_update_is_refused_where_the_column_changed_since(workspace, count, later):
    ids = insert(workspace, "cell", count)
    with workspace.transaction(STEP) as tx:
        moved = blobs.encode(features("cell", 1, first=77).geometry, EPSG)[0]
        tx.connection.execute("UPDATE cell SET name = id, geom = ?", (moved,))
    without_triggers(workspace.path, "cell", f"UPDATE cell SET {later} WHERE id = '{ids[0]}'")
    assert_refused(workspace)


def test_undo_of_an_update_keeps_what_changed_in_other_columns(workspace):
    insert(workspace, "cell", 1)
    execute(workspace, "UPDATE cell SET name = 'new'")
    without_triggers(workspace.path, "cell", "UPDATE cell SET households = 9")
    workspace.undo()
    assert ask(workspace, "SELECT name FROM cell") is None
    assert ask(workspace, "SELECT households FROM cell") == 9


@pytest.mark.parametrize("count", [600, BULK])
def test_undo_can_be_cancelled_and_then_nothing_has_changed(workspace, count):
    insert(workspace, "cell", count)
    execute(workspace, "DELETE FROM cell")
    before = content(workspace), entries(workspace)

    def stop(done, total, what):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        workspace.undo(stop)
    assert (content(workspace), entries(workspace)) == before
    workspace.undo()
    assert len(content(workspace)["cell"]) == count


def test_a_column_that_later_versions_dropped_does_not_stop_undo(workspace):
    for count in (1, BULK):
        insert(workspace, "document", count)
        with workspace.transaction(STEP) as tx:
            tx.connection.execute("UPDATE document SET signatory = 'x'")
        execute(workspace, "DELETE FROM document")
        with elsewhere(workspace.path) as other:
            other.execute(
                "UPDATE journal_value SET column_name = 'gone' WHERE column_name = 'signatory'"
            )
        workspace.undo()
        assert len(content(workspace)["document"]) == count
        execute(workspace, "DELETE FROM document")
