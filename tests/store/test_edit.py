"""Single rows in and out, and rows near a place."""

import numpy as np
import pytest
import shapely
from tests.store.helpers import EAST, NORTH, STEP, insert

from gridmap.base.errors import RequestError
from gridmap.store import edit
from gridmap.store.journal import latest_seq, reword
from gridmap.store.texts import made


def box(west, south, east, north):
    return (EAST + west, NORTH + south, EAST + east, NORTH + north)


def test_a_row_goes_in_is_changed_and_comes_out(workspace):
    shape = shapely.box(EAST, NORTH, EAST + 10, NORTH + 10)
    with workspace.transaction(STEP) as tx:
        row = edit.insert_row(tx, "cell", {"code": "001"}, shape)
    with workspace.transaction(STEP) as tx:
        edit.update_row(tx, "cell", row, {"code": "002"})
    with workspace.reading() as reader:
        found = edit.read_rows(reader, "cell", [row, "nobody"], ["code"])
    assert found.columns["code"].tolist() == ["002"]
    assert found.geometry[0].equals(shape)
    with workspace.transaction(STEP) as tx:
        edit.update_row(tx, "cell", row, {}, shapely.box(EAST, NORTH, EAST + 5, NORTH + 5))
        edit.update_row(tx, "cell", row, {})
    with workspace.reading() as reader:
        assert edit.read_rows(reader, "cell", [row], []).geometry[0].area == 25
    with workspace.transaction(STEP) as tx:
        edit.delete_row(tx, "cell", row)
    with workspace.reading() as reader:
        assert len(edit.read_rows(reader, "cell", [row], [])) == 0
        assert len(edit.read_rows(reader, "cell", [], [])) == 0


def test_only_rows_near_a_place_are_read_and_each_once(workspace):
    ids = insert(workspace, "cell", 100, code=[f"{n:03d}" for n in range(100)])
    with workspace.reading() as reader:
        found = edit.read_near(
            reader, "cell", [box(9.2, 0, 12.8, 1), box(11.2, 0, 11.8, 1)], ["code"]
        )
        assert set(ids[9:13]) <= set(found.columns["id"])
        assert len(found) == len(set(found.columns["id"])) < 10
        some = edit.read_near(reader, "cell", [box(0, 0, 9, 1)], [], "t.code = ?", ("003",))
        assert some.columns["id"].tolist() == [ids[3]]
        assert len(edit.read_near(reader, "cell", [box(900, 0, 901, 1)], ["code"])) == 0
        assert len(edit.read_near(reader, "cell", [], ["code"])) == 0
        boxes = edit.boxes_near(reader, "cell", [box(50.2, 0, 50.8, 1)])
        hull = np.array(boxes)
        assert hull[:, 0].min() <= EAST + 50
        assert hull[:, 2].max() >= EAST + 51


def test_rows_are_found_by_a_condition_and_counted(workspace):
    insert(workspace, "cell", 4, code=["a", "a", "b", None])
    with workspace.reading() as reader:
        found = edit.read_where(reader, "cell", ["code"], "t.code = ?", ("a",), with_shapes=False)
        assert (len(found), found.geometry) == (2, None)
        assert edit.count_by(reader, "cell", "code") == {"a": 2, "b": 1}
        many = [str(n) for n in range(1200)]
        assert len(edit.read_rows(reader, "cell", many, ["code"])) == 0


def test_a_table_that_is_not_there_is_said(workspace):
    with workspace.reading() as reader, pytest.raises(RequestError):
        edit.read_near(reader, "streets", [])
    with pytest.raises(RequestError), workspace.transaction(STEP) as tx:
        edit.insert_row(tx, "streets", {})


def test_a_transaction_is_reworded_once_it_is_known_what_it_does(workspace):
    with workspace.transaction(STEP) as tx:
        edit.insert_row(tx, "document", {"number": "1"})
        reword(tx, made(name="别的"))
    with workspace.reading() as reader:
        said = reader.execute(
            "SELECT intention_zh FROM journal_transaction WHERE seq = ?", (latest_seq(reader),)
        ).fetchone()
    assert "别的" in said[0]
