"""One intention is one transaction is one entry: all of it, or nothing and no trace."""

import threading
import uuid

import pytest
from tests.store.helpers import (
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

from gridmap.base.errors import RequestError, WorkspaceError
from gridmap.base.messages import use_language
from gridmap.store import bulk, journal, rows, texts

BULK = bulk.BULK_ROWS


def records(workspace):
    with workspace.reading() as reader:
        return journal.recent(reader)


def history(workspace, table, row_id):
    with workspace.reading() as reader:
        return journal.history(reader, table, row_id)


@pytest.mark.parametrize("table", SHAPES)
@pytest.mark.parametrize("count", [1, 7, BULK - 1, BULK, BULK + 1])
def test_every_insert_has_its_entry_in_order(workspace, table, count):
    ids = insert(workspace, table, count)
    assert entries(workspace) == [("I", table, id_) for id_ in ids]
    assert records(workspace)[0].kind == "edit"


@pytest.mark.parametrize("table", SHAPES)
@pytest.mark.parametrize("count", [1, BULK])
def test_rows_are_stored_as_they_were_given(workspace, table, count):
    given = features(table, count, id=[f"row {n}" for n in range(count)])
    with workspace.transaction(STEP) as tx:
        rows.insert(tx, table, given)
    with workspace.reading() as reader:
        read = rows.read_features(reader, table, ("remark",))
    assert read.columns["remark"].tolist() == given.columns["remark"].tolist()
    assert read.columns["id"].tolist() == given.columns["id"].tolist()
    if given.geometry is not None:
        assert all(a.equals_exact(b, 0) for a, b in zip(read.geometry, given.geometry, strict=True))


def test_a_second_bulk_load_journals_only_its_own_rows(workspace):
    first, second = insert(workspace, "cell", BULK), insert(workspace, "cell", BULK)
    assert entries(workspace) == [("I", "cell", id_) for id_ in first + second]
    assert workspace.touched_by(journal_of(workspace)).rows == {"cell": None}


def journal_of(workspace):
    """The latest transaction, as ``touched_by`` takes it."""
    return journal.Transaction(None, records(workspace)[0].seq, "")


def test_touched_names_the_rows_where_they_are_few(workspace):
    ids = insert(workspace, "document", 1000)
    assert workspace.touched_by(journal_of(workspace)).rows == {"document": frozenset(ids)}
    insert(workspace, "document", 1001)
    assert workspace.touched_by(journal_of(workspace)).rows == {"document": None}


def test_an_update_records_only_the_columns_that_changed(workspace):
    (id_,) = insert(workspace, "building", 1)
    execute(workspace, "UPDATE building SET name = '甲', floors = 6, remark = remark")
    (_, change) = history(workspace, "building", id_)
    assert change.operation == "U"
    assert change.before == {"name": None, "floors": None}
    assert change.after == {"name": "甲", "floors": 6}


@pytest.mark.parametrize(
    "sql", ["UPDATE building SET name = name", "UPDATE building SET remark = '第 0 行', id = id"]
)
def test_an_update_that_changes_nothing_leaves_no_entry(workspace, sql):
    insert(workspace, "building", 1)
    before = entries(workspace), records(workspace)
    execute(workspace, sql)
    assert (entries(workspace), records(workspace)) == before


def test_a_transaction_without_changes_leaves_no_trace(workspace):
    before = records(workspace)
    with workspace.transaction(STEP):
        pass
    assert records(workspace) == before


@pytest.mark.parametrize("count", [3, BULK])
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_exception_takes_everything_back(workspace, error, count):
    insert(workspace, "cell", 5)
    before = content(workspace), records(workspace), entries(workspace)
    triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
    count_before = ask(workspace, triggers)
    with pytest.raises(error), workspace.transaction(STEP) as tx:  # noqa: PT012
        rows.insert(tx, "cell", features("cell", count, first=100))
        tx.connection.execute("UPDATE cell SET name = 'x'")
        tx.connection.execute("DELETE FROM subdistrict")
        raise error
    assert (content(workspace), records(workspace), entries(workspace)) == before
    assert ask(workspace, triggers) == count_before
    insert(workspace, "cell", 1)  # and the next one goes through


def test_a_savepoint_takes_back_only_its_own_part(workspace):
    with workspace.transaction(STEP) as tx:
        rows.insert(tx, "document", features("document", 1, id=["kept"]))
        with pytest.raises(ValueError, match="tried"), journal.savepoint(tx):  # noqa: PT012
            rows.insert(tx, "document", features("document", 1, id=["tried"]))
            with journal.savepoint(tx):
                rows.insert(tx, "document", features("document", 1, id=["deeper"]))
            raise ValueError("tried")
        with journal.savepoint(tx):
            rows.insert(tx, "document", features("document", 1, id=["later"]))
    assert entries(workspace) == [("I", "document", "kept"), ("I", "document", "later")]
    assert len(content(workspace)["document"]) == 2


@pytest.mark.parametrize("count", [1, BULK])
@pytest.mark.parametrize(
    ("columns", "table"),
    [
        ({"compound_id": ["no such compound"]}, "building"),
        ({"name": ["a category without standard, kind and code"]}, "category"),
        ({"id": ["the same"]}, "document"),
    ],
    ids=["reference", "required", "unique"],
)
def test_a_broken_rule_is_one_sentence_and_nothing_is_written(workspace, columns, table, count):
    before = content(workspace), records(workspace)
    if "id" in columns:
        columns, count = {"id": ["the same"]}, count + 1
    columns = {name: values * count for name, values in columns.items()}
    with pytest.raises(WorkspaceError) as caught:
        insert(workspace, table, count, **columns)
    assert caught.value.code == "store.rule_broken"
    assert (content(workspace), records(workspace)) == before


@pytest.mark.parametrize("count", [1, BULK])
def test_a_geometry_of_the_wrong_kind_is_refused(workspace, count):
    given = features("component", count)
    with pytest.raises(WorkspaceError) as caught, workspace.transaction(STEP) as tx:
        rows.insert(tx, "cell", given)
    assert caught.value.code == "store.rule_broken"
    assert content(workspace)["cell"] == []


def test_references_may_be_written_in_any_order(workspace):
    with workspace.transaction(STEP) as tx:
        rows.insert(tx, "building", features("building", 1, compound_id=["c"]))
        rows.insert(tx, "compound", features("building", 1, id=["c"]))
    assert (
        ask(workspace, "SELECT count(*) FROM building JOIN compound c ON c.id = compound_id") == 1
    )


def test_the_id_of_a_row_never_changes(workspace):
    insert(workspace, "document", 1, id=["old"])
    with pytest.raises(WorkspaceError) as caught:
        execute(workspace, "UPDATE document SET id = 'new'")
    assert "never changes" in str(caught.value)
    with elsewhere(workspace.path) as other, pytest.raises(Exception, match="never changes"):
        other.execute("UPDATE document SET id = 'new'")
    assert ask(workspace, "SELECT id FROM document") == "old"


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "REPLACE"])
def test_a_row_cannot_be_replaced_behind_the_journals_back(workspace, verb):
    insert(workspace, "document", 1, id=["old"])
    before = content(workspace), entries(workspace)
    with (
        elsewhere(workspace.path) as other,
        pytest.raises(Exception, match=r"there already|UNIQUE"),
    ):
        other.execute(f"{verb} INTO document (id, title) VALUES ('old', 'new')")
    assert (content(workspace), entries(workspace)) == before


VALUES = {
    "text": "北京市“朝阳”区\n\t'单' \"双\" ; -- 🏠",
    "text with a zero": "a\x00b",
    "empty text": "",
    "bytes": bytes(range(256)),
    "empty bytes": b"",
    "third": 1 / 3,
    "tiny": 5e-324,
    "huge": 1.7976931348623157e308,
    "infinite": float("inf"),
    "last bit": 452755.03 + 2**-34,
    "large integer": 2**63 - 1,
    "nothing": None,
}


@pytest.mark.parametrize("name", VALUES)
def test_values_come_back_exactly_from_undo(workspace, name):
    value = VALUES[name]
    column = "clear_width_m" if isinstance(value, float | int) else "description"
    with workspace.transaction(STEP) as tx:
        tx.connection.execute(
            f"INSERT INTO defect (id, kind, {column}) VALUES ('d', 'pollution', ?)", (value,)
        )
    stored = ask(workspace, f"SELECT {column} FROM defect")
    kind = ask(workspace, f"SELECT typeof({column}) FROM defect")
    execute(workspace, f"UPDATE defect SET {column} = 'else', severity = 1")
    execute(workspace, "DELETE FROM defect")
    workspace.undo()
    workspace.undo()
    assert ask(workspace, f"SELECT {column} FROM defect") == stored
    assert ask(workspace, f"SELECT typeof({column}) FROM defect") == kind


def test_the_history_of_a_row_is_whole_after_it_was_deleted(workspace):
    (id_,) = insert(workspace, "building", 1)
    execute(workspace, "UPDATE building SET name = '甲'")
    execute(workspace, "UPDATE building SET name = '乙', floors = 3")
    geometry = ask(workspace, "SELECT geom FROM building")
    execute(workspace, "DELETE FROM building")
    changes = history(workspace, "building", id_)
    assert [change.operation for change in changes] == ["I", "U", "U", "D"]
    assert changes[1].after == {"name": "甲"}
    assert changes[2].before == {"name": "甲", "floors": None}
    assert changes[3].before == {"name": "乙", "floors": 3, "remark": "第 0 行", "geom": geometry}
    assert changes[3].after == {}
    assert [change.transaction.seq for change in changes] == [2, 3, 4, 5]


@pytest.mark.parametrize("count", [4, BULK])
def test_the_history_goes_on_over_undo_and_redo(workspace, count):
    ids = insert(workspace, "cell", count)
    workspace.undo()
    workspace.redo()
    for id_ in (ids[0], ids[-1]):
        changes = history(workspace, "cell", id_)
        assert [one.operation for one in changes] == ["I", "D", "I"]
        assert [one.transaction.kind for one in changes] == ["edit", "undo", "redo"]
        assert changes[1].before["remark"].startswith("第")


def test_a_row_that_never_was_has_no_history(workspace):
    with pytest.raises(RequestError) as caught:
        history(workspace, "cell", "gone")
    assert caught.value.code == "store.no_such_row"


def test_an_intention_is_kept_in_both_languages(workspace):
    with workspace.transaction(texts.made(name="甲")) as tx:
        rows.insert(tx, "document", features("document", 1))
    intention = records(workspace)[0].intention
    assert str(intention) == "新建工作库 甲"
    use_language("en")
    assert str(intention) == "Make workspace 甲"


def test_a_record_says_who_and_when(workspace):
    workspace.author = "王“某”"
    insert(workspace, "document", 1)
    record = records(workspace)[0]
    assert record.author == "王“某”"
    assert uuid.UUID(record.id).version == 7
    assert record.at.endswith("Z")


def test_transactions_of_several_threads_come_one_after_another(workspace):
    def work(number):
        for part in range(5):
            insert(workspace, "document", 3, id=[f"{number}.{part}.{row}" for row in range(3)])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [row_id for _, _, row_id in entries(workspace)]
    assert len(found) == 60
    for start in range(0, 60, 3):  # no transaction is torn apart
        assert len({row_id.rpartition(".")[0] for row_id in found[start : start + 3]}) == 1
