"""The check proves a workspace sound: each sin that is planted is found, with its place."""

import os

import numpy as np
import pytest
import shapely
from tests.store.helpers import EAST, EPSG, NORTH, content, elsewhere, entries

from gridmap.base.errors import WorkspaceDamaged
from gridmap.base.messages import use_language
from gridmap.services import checks
from gridmap.store import blobs, check
from gridmap.store.workspace import open_workspace


def problems_of(workspace):
    return checks.check(workspace).value


def plant(path, *statements, keep=("journal%",)):
    """Change a file while the triggers named by ``keep`` are away."""
    with elsewhere(path) as other:
        made = []
        for pattern in keep:
            made += other.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE ?",
                (pattern,),
            ).fetchall()
        other.execute("BEGIN")
        for name, _ in made:
            other.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            other.execute(*((statement,) if isinstance(statement, str) else statement))
        for _, sql in made:
            other.execute(sql)
        other.execute("COMMIT")


def first_id(path, table, where="1"):
    with elsewhere(path) as other:
        return other.execute(f"SELECT id FROM {table} WHERE {where} ORDER BY rowid").fetchone()[0]


def test_the_sample_of_a_community_is_sound(sample):
    assert problems_of(sample) == []


def test_a_sound_workspace_is_not_changed_by_a_repair(sample):
    before = content(sample), len(entries(sample))
    assert checks.repair(sample).value == []
    assert (content(sample), len(entries(sample))) == before


MENDED = {
    "trigger dropped": (
        ["DROP TRIGGER journal_update_building"],
        (),
        "triggers_missing",
        "building",
    ),
    "trigger altered": (
        [
            "DROP TRIGGER journal_delete_cell",
            "CREATE TRIGGER journal_delete_cell AFTER DELETE ON cell BEGIN SELECT 1; END",
        ],
        (),
        "triggers_missing",
        "cell",
    ),
    "node lost": (
        ["DELETE FROM idx_building_geom_node WHERE nodeno = 2"],
        (),
        "index_damaged",
        "building",
    ),
    "root lost": (["DELETE FROM idx_building_geom_node"], (), "index_damaged", "building"),
    "index emptied": (["DELETE FROM idx_cell_geom"], (), "index_damaged", "cell"),
    "row not indexed": (
        ["DELETE FROM idx_cell_geom WHERE pkid = 7"],
        (),
        "index_damaged",
        "cell",
    ),
    "row indexed that is not there": (
        ["INSERT INTO idx_cell_geom VALUES (99999, 1, 2, 1, 2)"],
        (),
        "index_damaged",
        "cell",
    ),
    "row moved unseen": (
        ["UPDATE component SET geom = MakePoint(1, 2, 4548) WHERE rowid = 3"],
        ("g__\\_component%",),
        "index_damaged",
        "component",
    ),
    "spatial trigger dropped": (["DROP TRIGGER gii_cell_geom"], (), "index_damaged", "cell"),
    "row not journaled": (
        ["INSERT INTO document (id) VALUES ('unseen')"],
        ("journal%",),
        "row_not_journaled",
        "document",
    ),
    "row without an id": (
        ["INSERT INTO document (title) VALUES ('unseen')"],
        ("journal%",),
        "row_not_journaled",
        "document",
    ),
}


@pytest.mark.parametrize("sin", MENDED)
def test_what_a_repair_can_mend_is_found_and_mended(sample_path, sin):
    statements, keep, code, table = MENDED[sin]
    keep = tuple(pattern.replace("\\", "") for pattern in keep)
    plant(sample_path, *statements, keep=keep)
    with open_workspace(sample_path) as workspace:
        (problem,) = problems_of(workspace)
        assert problem.code == code
        assert problem.place.table == table
        assert table in str(problem.text)
        assert "--repair" in str(problem.text)
        assert checks.repair(workspace).value == []
        assert problems_of(workspace) == []
    with open_workspace(sample_path) as workspace:
        assert problems_of(workspace) == []


def test_a_mended_trigger_journals_again(sample_path):
    plant(sample_path, "DROP TRIGGER journal_update_building", keep=())
    with open_workspace(sample_path) as workspace:
        checks.repair(workspace)
        with workspace.transaction(checks.texts.repaired()) as tx:
            tx.connection.execute("UPDATE building SET remark = 'x' WHERE rowid = 1")
        assert entries(workspace)[-1][:2] == ("U", "building")


def test_a_row_entered_by_a_repair_can_be_undone(sample_path):
    plant(sample_path, "INSERT INTO document (id) VALUES ('unseen')")
    with open_workspace(sample_path) as workspace:
        before = content(workspace)
        checks.repair(workspace)
        workspace.undo()
        assert "unseen" not in str(content(workspace)["document"])
        workspace.redo()
        assert content(workspace) == before


BY_HAND = {
    "reference broken": (
        "UPDATE building SET compound_id = 'gone' WHERE id = '{id}'",
        "building",
        "reference_broken",
    ),
    "row lost": ("DELETE FROM component WHERE id = '{id}'", "component", "row_lost"),
}


@pytest.mark.parametrize("sin", BY_HAND)
def test_what_needs_a_person_is_found_with_its_row(sample_path, sin):
    sql, table, code = BY_HAND[sin]
    row_id = first_id(sample_path, table)
    plant(sample_path, sql.format(id=row_id))
    with open_workspace(sample_path) as workspace:
        (problem,) = problems_of(workspace)
        assert (problem.code, problem.place.table, problem.place.id) == (code, table, row_id)
        assert row_id in str(problem.text)
        assert checks.repair(workspace).value == [problem]


ORIGIN = np.array([EAST, NORTH])


def blob(geometry):
    return blobs.encode(np.array([geometry, None], object)[:1], EPSG)[0]


def test_an_invalid_geometry_is_found_where_it_lies(sample_path):
    row_id = first_id(sample_path, "building")
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    moved = shapely.transform(shapely.MultiPolygon([bow]), lambda xy: xy + ORIGIN)
    sql = f"UPDATE building SET geom = ? WHERE id = '{row_id}'"
    with elsewhere(sample_path) as other:
        other.execute(sql, (blob(moved),))
    with open_workspace(sample_path) as workspace:
        (problem,) = problems_of(workspace)
    assert problem.code == "geometry_invalid"
    assert (problem.place.table, problem.place.id) == ("building", row_id)
    assert problem.place.xy == (EAST + 1, NORTH + 1)


def change_shape(path, table, row_id, change):
    """Let a row have another shape."""
    with elsewhere(path) as other:
        sql = f"SELECT AsBinary(geom) FROM {table} WHERE id = '{row_id}'"
        shape = shapely.from_wkb(other.execute(sql).fetchone()[0])
        changed = change(shape)
        if table == "community":
            changed = (
                shapely.multipolygons([changed]) if changed.geom_type == "Polygon" else changed
            )
        other.execute(f"UPDATE {table} SET geom = ? WHERE id = '{row_id}'", (blob(changed),))
        return shape


def grown(shape):
    return shapely.buffer(shape, 0.5, join_style="mitre")


def shrunk(shape):
    return shapely.buffer(shape, -0.5, join_style="mitre")


def shifted(shape):
    return shapely.transform(shape, lambda xy: xy + np.array([10.0, 0.0]))


@pytest.mark.parametrize("change", [grown, shrunk, shifted])
def test_a_torn_cell_is_found_where_it_gapes(sample_path, change):
    row_id = first_id(sample_path, "cell", "plan_id IS NULL AND valid_to IS NULL")
    shape = change_shape(sample_path, "cell", row_id, change)
    with open_workspace(sample_path) as workspace:
        found = problems_of(workspace)
    torn = [problem for problem in found if problem.code == "coverage_torn"]
    if change is shrunk:  # a gap on all sides shows in what the community's cells cover
        assert [problem.code for problem in found] == ["community_not_tiled"]
    else:
        assert row_id in {problem.place.id for problem in torn}
        assert any(shapely.distance(shape, shapely.Point(one.place.xy)) < 100 for one in torn)
    assert {problem.code for problem in found} <= {"coverage_torn", "community_not_tiled"}


@pytest.mark.parametrize("sin", ["a cell ended", "no community", "another plan"])
def test_a_community_that_its_cells_do_not_fill_is_found(sample_path, sin):
    row_id = first_id(sample_path, "cell", "plan_id IS NULL AND valid_to IS NULL")
    changes = {
        "a cell ended": "valid_to = '2026-01-01'",
        "no community": "community_id = NULL",
        "another plan": "plan_id = 'p'",
    }
    with elsewhere(sample_path) as other:
        other.execute("INSERT INTO plan (id) VALUES ('p')")
        community = other.execute(f"SELECT community_id FROM cell WHERE id = '{row_id}'").fetchone()
        other.execute(f"UPDATE cell SET {changes[sin]} WHERE id = '{row_id}'")
    with open_workspace(sample_path) as workspace:
        (problem,) = problems_of(workspace)
    assert problem.code == "community_not_tiled"
    assert problem.place.id == community[0]


@pytest.mark.parametrize("change", [grown, shrunk, shifted])
def test_a_community_with_another_border_than_its_cells_is_found(sample_path, change):
    row_id = first_id(sample_path, "community")
    change_shape(sample_path, "community", row_id, change)
    with open_workspace(sample_path) as workspace:
        found = problems_of(workspace)
    assert ("community_not_tiled", row_id) in {(one.code, one.place.id) for one in found}


METADATA = {
    "geometry column unknown": (
        "DELETE FROM geometry_columns WHERE f_table_name = 'cell'",
        "metadata_wrong",
    ),
    "another CRS": (
        "UPDATE geometry_columns SET srid = 4490 WHERE f_table_name = 'cell'",
        "metadata_wrong",
    ),
    "index switched off": (
        "UPDATE geometry_columns SET spatial_index_enabled = 0 WHERE f_table_name = 'cell'",
        "metadata_wrong",
    ),
    "CRS unknown": ("DELETE FROM spatial_ref_sys WHERE srid = 4548", "crs_unknown"),
    "journal left open": ("UPDATE journal_now SET open_seq = 1", "journal_open"),
    "journal without its row": ("DELETE FROM journal_now", "journal_open"),
    "entries of no transaction": (
        "DELETE FROM journal_transaction",
        "journal_orphans",
    ),
    "values of no entry": (
        "INSERT INTO journal_value VALUES (99999, 'name', 1, 2)",
        "journal_orphans",
    ),
    "table dropped": ("DROP TABLE ballot", "schema_torn"),
    "column dropped": ("ALTER TABLE officer DROP COLUMN remark", "schema_torn"),
}


@pytest.mark.parametrize("sin", METADATA)
def test_harm_to_the_tables_behind_the_rows_is_found(sample_path, sin):
    sql, code = METADATA[sin]
    keep = ("journal%_officer",) if "officer" in sql else ()
    with elsewhere(sample_path) as other:
        for (name,) in other.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'officer'"
        ).fetchall():
            if keep:
                other.execute(f"DROP TRIGGER {name}")
        other.execute(sql)
    with open_workspace(sample_path) as workspace:
        found = problems_of(workspace)
    assert code in {problem.code for problem in found}
    use_language("en")
    assert all(str(problem.text).endswith(".") for problem in found)


def test_a_workspace_that_forgot_its_crs_is_damaged(sample_path):
    with elsewhere(sample_path) as other:
        other.execute("DELETE FROM workspace_info WHERE key = 'epsg'")
    with open_workspace(sample_path) as workspace, pytest.raises(WorkspaceDamaged) as caught:
        problems_of(workspace)
    assert caught.value.code == "store.damaged"
    assert str(sample_path) in str(caught.value)


@pytest.mark.parametrize("page", [40, 100, 200, -3, -1])
def test_a_torn_page_is_found(sample_path, page):
    size = sample_path.stat().st_size
    with sample_path.open("rb+") as stream:
        stream.seek(page * 4096 if page > 0 else size + page * 4096)
        stream.write(os.urandom(4096))
    with open_workspace(sample_path) as workspace:
        found = set()
        try:
            found = {problem.code for problem in problems_of(workspace)}
        except WorkspaceDamaged as error:
            found = {error.code}
        assert found in ({"page_damaged"}, {"store.damaged"})


def test_lists_are_cut_at_a_hundred_of_a_kind(sample_path):
    plant(sample_path, "DELETE FROM component")
    with open_workspace(sample_path) as workspace:
        found = problems_of(workspace)
    assert [problem.code for problem in found].count("row_lost") == check._LIST_LIMIT


def test_the_check_tells_how_far_it_is(sample):
    seen = []
    with sample.reading() as reader:
        check.check(reader, lambda done, total, what: seen.append((done, total, str(what))))
    assert [done for done, _, _ in seen] == list(range(len(seen)))
    assert seen[-1][0] == seen[-1][1]
    assert len({what for _, _, what in seen}) >= 7


def test_a_missing_community_is_found(sample_path):
    with elsewhere(sample_path) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute("UPDATE community SET geom = NULL WHERE code LIKE '%002'")
    with open_workspace(sample_path) as workspace:
        found = problems_of(workspace)
    assert "subdistrict_not_tiled" in {problem.code for problem in found}
