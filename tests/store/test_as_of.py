"""The journal gives every table as it was when any transaction was done, to the byte."""

import contextlib
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.edits import COLUMNS, Model, edits
from tests.store.helpers import STEP, elsewhere, execute, insert

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.store import as_of, bulk, journal, rows
from gridmap.store.triggers import column_names
from gridmap.store.workspace import open_workspace

BULK = bulk.BULK_ROWS


def latest(workspace):
    with workspace.reading() as reader:
        return journal.recent(reader, 1)[0].seq


def whole(workspace, table):
    """Every row of a table by id, each column as it is stored."""
    with workspace.reading() as reader:
        names = column_names(reader, table)
        found = reader.execute(f"SELECT * FROM {table}").fetchall()
    held = (dict(zip(names, row, strict=True)) for row in found)
    return {row.pop("id"): row for row in held}


def rolled_back(workspace, table, seq):
    """The same, as it was."""
    with workspace.reading() as reader:
        ids = [id_ for (id_,) in reader.execute("SELECT DISTINCT row_id FROM journal")]
        found = as_of.read_rows(reader, table, ids, seq)
    return {id_: row for id_, row in found.items() if row is not None}


def painted(layer):
    """Rows of a layer by id: columns, and the vertices of each dimension."""
    names = list(layer.columns)
    lists = [layer.columns[name].tolist() for name in names]
    found = {id_: (values, []) for id_, *values in zip(layer.ids.tolist(), *lists, strict=True)}
    for shapes in layer.shapes:
        for position, row in enumerate(shapes.rows.tolist()):
            one = shapes.take(np.array([position]))
            place = (one.dimension, one.xy.tobytes(), one.runs.tolist(), one.bounds.tolist())
            found[layer.ids[row]][1].append(place)
    return found


def layers(workspace):
    """What would be painted of each table now."""
    with workspace.reading() as reader:
        return {table: painted(rows.read_layer(reader, table, fields(table))) for table in COLUMNS}


def fields(table):
    return [name for name in COLUMNS[table] if name != "geom"]


def step(workspace, model, history):
    """Do one transaction of a history: some edits, undo or redo."""
    if history in ("undo", "redo"):
        with contextlib.suppress(RequestError):  # there is nothing to take back
            getattr(workspace, history)()
    else:
        with workspace.transaction(STEP) as tx:
            for edit in history:
                model.apply(tx.connection, edit)
    model.tables = {table: whole(workspace, table) for table in COLUMNS}


def assert_as_it_was(workspace, states):
    """Compare every state with what the journal gives for its transaction."""
    for seq, (tables, seen) in states.items():
        for table in COLUMNS:
            assert rolled_back(workspace, table, seq) == tables[table]
            with workspace.reading() as reader:
                layer = as_of.read_layer(reader, table, fields(table), seq)
                some = [*tables[table]][::2]
                part = as_of.read_layer(reader, table, fields(table), seq, some)
            assert painted(layer) == seen[table]
            assert painted(part) == {id_: seen[table][id_] for id_ in some}


def note(workspace, states):
    tables = {table: whole(workspace, table) for table in COLUMNS}
    states[latest(workspace)] = tables, layers(workspace)


HISTORIES = st.one_of(
    st.lists(edits(), min_size=1, max_size=5),
    st.sampled_from(["undo", "undo", "redo"]),
)


@given(st.lists(HISTORIES, min_size=1, max_size=12))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_moment_of_any_history_is_as_it_was_to_the_byte(template, histories):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(template, Path(folder) / "a.gridmap"))
        model, states = Model(), {}
        with open_workspace(path) as workspace:
            note(workspace, states)
            for history in histories:
                step(workspace, model, history)
                note(workspace, states)
            assert_as_it_was(workspace, states)


def test_bulk_loads_their_undoing_and_their_edits_are_as_they_were(workspace):
    states = {}
    note(workspace, states)
    insert(workspace, "building", 5)
    note(workspace, states)
    insert(workspace, "building", BULK, first=10)
    note(workspace, states)
    execute(workspace, "UPDATE building SET floors = 3, remark = 'x' WHERE rowid % 3 = 0")
    note(workspace, states)
    execute(workspace, "DELETE FROM building WHERE rowid % 2 = 0")
    for change in (workspace.undo, workspace.undo, workspace.undo, workspace.redo):
        note(workspace, states)
        change()
    note(workspace, states)
    execute(workspace, "DELETE FROM building")
    assert_as_it_was(workspace, states)


def test_a_change_by_another_program_is_rolled_back_too(workspace):
    ids = insert(workspace, "document", 3)
    states = {}
    note(workspace, states)
    with elsewhere(workspace.path) as other:
        other.execute("UPDATE document SET title = 'QGIS' WHERE id = ?", (ids[0],))
        other.execute("DELETE FROM document WHERE id = ?", (ids[1],))
        other.execute("INSERT INTO document (title) VALUES ('new')")
    assert len(whole(workspace, "document")) == 3
    assert_as_it_was(workspace, states)


def test_a_geometry_that_another_program_packed_its_own_way_is_read(workspace):
    (id_,) = insert(workspace, "building", 1)
    with elsewhere(workspace.path) as other:
        other.execute("UPDATE building SET geom = CompressGeometry(geom)")
    seq, before = latest(workspace), layers(workspace)["building"]
    execute(workspace, "UPDATE building SET geom = NULL")
    with workspace.reading() as reader:
        layer = as_of.read_layer(reader, "building", fields("building"), seq)
    assert painted(layer) == before
    assert len(before[id_][1]) == 1


# --- moments


@pytest.fixture
def at(monkeypatch):
    """Set the clock to so many hours after the workspace was made."""
    made = clock.now()

    def set_clock(hours):
        monkeypatch.setattr(clock, "now", lambda: made + timedelta(hours=hours))

    return set_clock


def seq_at(workspace):
    with workspace.reading() as reader:
        return as_of.seq_at(reader, clock.timestamp())


def test_a_moment_is_the_last_transaction_until_then(workspace, at):
    seqs = []
    for hours in (1, 5, 9):
        at(hours)
        insert(workspace, "document", 1)
        seqs.append(latest(workspace))
    found = []
    for hours in (0.5, 1, 4, 5, 8, 100):
        at(hours)
        found.append(seq_at(workspace))
    assert found == [seqs[0] - 1, seqs[0], seqs[0], seqs[1], seqs[1], seqs[2]]


def test_a_clock_that_was_set_back_puts_nothing_before_what_it_changed(workspace, at):
    at(5)
    (id_,) = insert(workspace, "document", 1)
    at(-1000)
    execute(workspace, "UPDATE document SET title = 'later'")
    at(4)
    assert rolled_back(workspace, "document", seq_at(workspace)) == {}
    at(6)
    held = rolled_back(workspace, "document", seq_at(workspace))
    assert held[id_]["title"] == "later"


def test_before_the_workspace_was_made_there_is_nothing(workspace, at):
    insert(workspace, "document", 1)
    at(-1)
    with pytest.raises(RequestError) as caught:
        seq_at(workspace)
    assert caught.value.code == "store.before_beginning"


def test_what_changed_between_two_moments_is_named(workspace):
    (first,) = insert(workspace, "document", 1)
    start = latest(workspace)
    (second,) = insert(workspace, "document", 1)
    execute(workspace, "UPDATE document SET title = 'x' WHERE id = ?", first)
    middle = latest(workspace)
    insert(workspace, "building", BULK)
    with workspace.reading() as reader:
        assert journal.touched_between(reader, start, middle).rows == {
            "document": frozenset({first, second})
        }
        end = latest(workspace)
        assert journal.touched_between(reader, start, end).rows["building"] is None


def test_boxes_are_those_of_the_rows_of_then(workspace):
    ids = insert(workspace, "building", 4)
    seq = latest(workspace)
    with workspace.reading() as reader:
        before = as_of.read_boxes(reader, "building", ("floors",), seq)
    assert before.ids.tolist() == [None] * 4  # untouched: read from the index, fast
    execute(workspace, "DELETE FROM building WHERE id = ?", ids[0])
    with workspace.reading() as reader:
        after = as_of.read_boxes(reader, "building", ("floors",), seq)
    assert after.bounds == pytest.approx(before.bounds, abs=0.5)
    assert len(after) == 4


def test_two_readers_of_one_moment_see_no_half_of_a_change(workspace):
    insert(workspace, "document", 1)
    with workspace.reading() as reader, as_of.one_moment(reader):
        assert len(rows.read_features(reader, "document", ())) == 1
        insert(workspace, "document", 1)
        assert len(rows.read_features(reader, "document", ())) == 1
    with workspace.reading() as reader:
        assert not reader.in_transaction
        assert len(rows.read_features(reader, "document", ())) == 2
