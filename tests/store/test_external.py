"""What QGIS or any other program edits is journaled, grouped, and can be undone."""

import uuid

import pytest
from tests.store.helpers import (
    EAST,
    NORTH,
    SHAPES,
    ask,
    content,
    elsewhere,
    entries,
    execute,
    insert,
)

from gridmap.store import journal
from gridmap.store.workspace import open_workspace

PLACE = {
    "component": f"MakePoint({EAST}, {NORTH}, 4548)",
    "walkway": f"GeomFromText('LINESTRING({EAST} {NORTH}, {EAST + 9} {NORTH})', 4548)",
    "cell": f"BuildMbr({EAST}, {NORTH}, {EAST + 9}, {NORTH + 9}, 4548)",
    "building": f"CastToMulti(BuildMbr({EAST}, {NORTH}, {EAST + 9}, {NORTH + 9}, 4548))",
}


def records(workspace):
    with workspace.reading() as reader:
        return journal.recent(reader)


def make_older(path, seconds=3):
    """Move all times of the journal into the past."""
    with elsewhere(path, with_spatialite=False) as other:
        other.execute(
            "UPDATE journal_transaction SET at = strftime('%Y-%m-%dT%H:%M:%fZ', at, ?)",
            (f"-{seconds} seconds",),
        )


@pytest.mark.parametrize("table", SHAPES)
def test_an_edit_of_another_program_is_journaled_and_undone(workspace, table):
    insert(workspace, table, 2, id=["a", "b"])
    states = [content(workspace)]
    place = PLACE.get(table, "NULL")
    steps = [
        ("I", "c", f"INSERT INTO {table} (id, remark) VALUES ('c', '外')"),
        ("U", "a", f"UPDATE {table} SET remark = '改' WHERE id = 'a'"),
        ("D", "b", f"DELETE FROM {table} WHERE id = 'b'"),
    ]
    if table in PLACE:
        steps.insert(1, ("U", "c", f"UPDATE {table} SET geom = {place} WHERE id = 'c'"))
    start = len(entries(workspace))
    for operation, id_, sql in steps:
        make_older(workspace.path)
        with elsewhere(workspace.path, with_spatialite=table in PLACE) as other:
            other.execute(sql)
        states.append(content(workspace))
        assert entries(workspace)[-1] == (operation, table, id_)
        assert records(workspace)[0].kind == "external"
        assert records(workspace)[0].author == "external"
        assert str(records(workspace)[0].intention) == "在其他程序中修改"
    assert len(entries(workspace)) == start + len(steps)
    for state in states[-2::-1]:
        workspace.undo()
        assert content(workspace) == state
    for state in states[1:]:
        workspace.redo()
        assert content(workspace) == state


def test_python_alone_without_spatialite_is_journaled_too(workspace_path, python):
    code = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as plain:
    plain.execute("INSERT INTO officer (name, role) VALUES ('张三', 'leader')")
plain.close()
"""
    assert python(code, workspace_path).returncode == 0
    with open_workspace(workspace_path) as workspace:
        (operation, table, id_) = entries(workspace)[-1]
        assert (operation, table) == ("I", "officer")
        assert ask(workspace, "SELECT id FROM officer") == id_
        workspace.undo()
        assert content(workspace)["officer"] == []
        workspace.redo()
        assert ask(workspace, "SELECT name FROM officer WHERE id = ?", id_) == "张三"


@pytest.mark.parametrize("table", SHAPES)
def test_rows_inserted_without_an_id_get_one_each(workspace, table):
    with elsewhere(workspace.path) as other:
        other.execute("BEGIN")
        for number in range(20):
            other.execute(
                f"INSERT INTO {table} (remark{', geom' if table in PLACE else ''})"
                f" VALUES (?{', ' + PLACE[table] if table in PLACE else ''})",
                (str(number),),
            )
        other.execute("COMMIT")
    ids = [row[0] for row in content(workspace)[table]]
    assert len(set(ids)) == 20
    for id_ in ids:
        assert uuid.UUID(id_).version == 7
        assert uuid.UUID(id_).variant == uuid.RFC_4122
    assert sorted(entries(workspace)) == sorted(("I", table, id_) for id_ in ids)
    state = content(workspace)
    workspace.undo()
    assert content(workspace)[table] == []
    workspace.redo()
    assert content(workspace) == state


def test_edits_close_together_are_one_transaction_and_later_ones_another(workspace):
    with elsewhere(workspace.path, with_spatialite=False) as other:
        for number in range(3):
            other.execute("INSERT INTO document (title) VALUES (?)", (f"t{number}",))
        assert len(records(workspace)) == 2
        make_older(workspace.path)
        other.execute("INSERT INTO document (title) VALUES ('later')")
    assert [one.kind for one in records(workspace)] == ["external", "external", "made"]
    workspace.undo()
    assert len(content(workspace)["document"]) == 3
    workspace.undo()
    assert content(workspace)["document"] == []


def test_an_edit_of_gridmap_in_between_parts_two_groups(workspace):
    with elsewhere(workspace.path, with_spatialite=False) as other:
        other.execute("INSERT INTO document (id) VALUES ('a')")
        insert(workspace, "document", 1, id=["ours"])
        other.execute("INSERT INTO document (id) VALUES ('b')")
    assert [one.kind for one in records(workspace)] == ["external", "edit", "external", "made"]
    for left in (["a", "ours"], ["a"], []):
        workspace.undo()
        assert [row[0] for row in content(workspace)["document"]] == left


def test_an_edit_after_an_undo_is_not_taken_for_part_of_what_was_undone(workspace):
    with elsewhere(workspace.path, with_spatialite=False) as other:
        other.execute("INSERT INTO document (id) VALUES ('a')")
        workspace.undo()
        other.execute("INSERT INTO document (id) VALUES ('b')")
    assert [one.kind for one in records(workspace)] == ["external", "undo", "external", "made"]


def test_the_transaction_of_another_program_is_whole_or_not_there(workspace):
    before = content(workspace), entries(workspace), records(workspace)
    with elsewhere(workspace.path) as other:
        other.execute("BEGIN")
        other.execute("INSERT INTO document (title) VALUES ('a')")
        other.execute(f"INSERT INTO cell (geom) VALUES ({PLACE['cell']})")
        other.execute("ROLLBACK")
    assert (content(workspace), entries(workspace), records(workspace)) == before


def test_a_change_of_nothing_is_not_journaled(workspace):
    insert(workspace, "document", 1)
    before = entries(workspace), records(workspace)
    with elsewhere(workspace.path, with_spatialite=False) as other:
        other.execute("UPDATE document SET title = title, remark = remark")
    assert (entries(workspace), records(workspace)) == before


def test_the_search_index_follows_an_edit_of_another_program(workspace):
    with elsewhere(workspace.path) as other:
        other.execute(f"INSERT INTO cell (id, geom) VALUES ('c', {PLACE['cell']})")
    assert ask(workspace, "SELECT rtreecheck('idx_cell_geom')") == "ok"
    assert ask(workspace, "SELECT count(*) FROM idx_cell_geom") == 1


@pytest.mark.parametrize("table", ["component", "cell"])
def test_another_program_may_not_put_the_wrong_kind_of_geometry(workspace, table):
    with elsewhere(workspace.path) as other, pytest.raises(Exception, match="geom"):
        other.execute(f"INSERT INTO {table} (geom) VALUES ({PLACE['walkway']})")
    assert content(workspace)[table] == []


def test_what_both_programs_did_to_a_row_stands_in_its_history(workspace):
    insert(workspace, "document", 1, id=["d"], title=["a"])
    with elsewhere(workspace.path, with_spatialite=False) as other:
        other.execute("UPDATE document SET title = 'b'")
    execute(workspace, "UPDATE document SET title = 'c'")
    with workspace.reading() as reader:
        changes = journal.history(reader, "document", "d")
    assert [change.after.get("title") for change in changes] == [None, "b", "c"]
    assert [change.transaction.kind for change in changes] == ["edit", "external", "edit"]
