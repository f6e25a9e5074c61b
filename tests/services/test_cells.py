"""Editing the cells: what ends, what begins, and everything that follows."""

import random

import pytest
import shapely
from tests.services.divisions import (
    across,
    any_edit,
    bytes_of,
    code,
    ensure_whole,
    in_force,
    inner_vertex,
    nudge,
    outer_vertex,
    split,
)
from tests.store.helpers import execute

from gridmap.base.errors import RequestError
from gridmap.model.cell_edits import Carve, Extend, HandOver, Merge, MoveVertex, Split
from gridmap.services import checks, history
from gridmap.services.cells import EditCells, edit_cells
from gridmap.services.naming import find_cells
from gridmap.services.office import SaveOffice, save_office
from gridmap.store import edit as store
from gridmap.store import rows


def read(opened, table, ids, *columns):
    with opened.reading() as reader:
        found = store.read_rows(reader, table, ids, columns, with_shapes=False).columns
    return {id_: tuple(found[name][at] for name in columns) for at, id_ in enumerate(found["id"])}


def neighbours(opened):
    """Return the codes of two cells that share a border."""
    cells = in_force(opened)
    for one, (_, shape, _) in sorted(cells.items()):
        for other, (_, beside, _) in sorted(cells.items()):
            if one < other and shapely.length(shapely.intersection(shape, beside)) > 30:
                return one, other
    raise AssertionError


# --- what an edit does


def test_a_split_cell_ends_with_its_code_and_border_and_two_new_ones_begin(sample):
    cell, shape, row = in_force(sample)[code(3)]
    last = int(max(one for one in in_force(sample) if one.startswith(code(3)[:12]))[-3:])
    done = split(sample, code(3), on="2026-11-25").value
    assert done.gone == (cell,)
    assert [done.codes[key] for key in done.new] == [code(last + n) for n in (1, 2)]
    assert str(done.intention) == f"单元网格 003 拆为 {last + 1:03d}、{last + 2:03d}"
    assert history.recent(sample, 1).value[0].intention.zh == str(done.intention)
    ((ended, held),) = read(sample, "cell", [cell], "valid_to", "code").values()
    assert (ended, held) == ("2026-11-25", code(3))
    with sample.reading() as reader:
        assert rows.read_features(reader, "cell", [], ids=[cell]).geometry[0].equals(shape)
    for valid_from, community, grid, land, plan in read(
        sample,
        "cell",
        done.new,
        "valid_from",
        "community_id",
        "grid_id",
        "land_use_code",
        "plan_id",
    ).values():
        assert valid_from == "2026-11-25"
        assert plan is None
        assert (community, grid, land) == (
            row["community_id"],
            row["grid_id"],
            row["land_use_code"],
        )
    ensure_whole(sample)
    assert checks.check(sample).value == []


def test_households_of_a_split_cell_go_with_their_buildings_and_none_is_lost(sample):
    _, _, row = in_force(sample)[code(1)]
    done = split(sample, code(1)).value
    after = {effect.key: effect.households_after for effect in done.effects}
    assert sum(after[key] for key in done.new) == row["households"]
    with sample.reading() as reader:
        buildings = rows.read_features(reader, "building", ["households"])
    at = shapely.point_on_surface(buildings.geometry)
    for key in done.new:
        inside = shapely.contains(done.change.after[key], at)
        counted = sum(n for n in buildings.columns["households"][inside] if n)
        assert after[key] == counted


def test_merged_cells_have_the_ground_and_people_of_both(sample):
    one, other = neighbours(sample)
    cells = in_force(sample)
    people = sum(cells[a][2]["households"] for a in (one, other))
    done = edit_cells(sample, EditCells(Merge((cells[one][0], cells[other][0])))).value
    (new,) = done.new
    assert in_force(sample)[done.codes[new]][2]["households"] == people
    assert len(done.gone) == 2
    ensure_whole(sample)


def test_a_moved_vertex_keeps_every_code_and_moves_for_all_that_have_it(sample):
    before = in_force(sample)
    xy, codes = inner_vertex(sample)
    done = nudge(sample, xy).value
    after = in_force(sample)
    assert before.keys() == after.keys()
    assert {done.codes[key] for key in done.changed} >= codes
    assert (done.new, done.gone) == ((), ())
    ensure_whole(sample)


def test_the_community_and_the_subdistrict_follow_a_vertex_of_their_border(sample):
    xy, _ = outer_vertex(sample)
    outcome = nudge(sample, xy)
    assert "community" in outcome.touched
    assert "subdistrict" in outcome.touched
    ensure_whole(sample)
    inner, _ = inner_vertex(sample)
    assert "community" not in nudge(sample, inner).touched


def test_things_name_the_cell_in_which_they_lie_when_theirs_ends(sample):
    cell, _, _ = in_force(sample)[code(3)]
    with sample.reading() as reader:
        of_cell = {
            table: reader.execute(f"SELECT id FROM {table} WHERE cell_id = ?", (cell,)).fetchall()
            for table in ("component", "defect", "case_file", "patrol_post")
        }
    assert sum(map(len, of_cell.values())) >= 3
    done = split(sample, code(3)).value
    with sample.reading() as reader:
        for table, ids in of_cell.items():
            found = store.read_rows(reader, table, [id_ for (id_,) in ids], ["cell_id"])
            for shape, holder in zip(found.geometry, found.columns["cell_id"], strict=True):
                assert holder in done.new
                if shape is not None:
                    at = shapely.point_on_surface(shape)
                    assert shapely.intersects(done.change.after[holder], at)


def test_what_an_edit_touched_is_told_and_nothing_else(sample):
    before = bytes_of(sample)
    outcome = split(sample, code(3))
    after = bytes_of(sample)
    for table in ("cell", "grid", "community", "subdistrict"):
        old, new = ({row[0]: row for row in held[table]} for held in (before, after))
        differing = {id_ for id_ in old.keys() | new.keys() if old.get(id_) != new.get(id_)}
        assert outcome.touched.rows.get(table, frozenset()) == differing


def test_undo_gives_back_the_same_bytes_and_redo_too(sample):
    states = [bytes_of(sample)]
    xy, _ = outer_vertex(sample)
    one, other = neighbours(sample)
    cells = in_force(sample)
    edit_cells(sample, EditCells(Merge((cells[one][0], cells[other][0]))))
    states.append(bytes_of(sample))
    nudge(sample, xy)
    states.append(bytes_of(sample))
    split(sample, max(in_force(sample)))
    states.append(bytes_of(sample))
    for state in reversed(states[:-1]):
        history.undo(sample)
        assert bytes_of(sample) == state
    for state in states[1:]:
        history.redo(sample)
        assert bytes_of(sample) == state


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_edits_leaves_everything_whole_and_is_undone(sample, seed):
    chance = random.Random(seed)
    begin = bytes_of(sample)
    done = refused = 0
    for _ in range(50):
        edit = any_edit(chance, in_force(sample))
        before = history.recent(sample, 1).value
        try:
            edit_cells(sample, EditCells(edit, across=chance.random() < 0.3))
        except RequestError:
            assert history.recent(sample, 1).value == before
            refused += 1
        else:
            done += 1
            ensure_whole(sample)
    assert done > 15
    assert refused > 0
    codes = [row[1] for row in bytes_of(sample)["cell"]]
    assert len(codes) == len(set(codes))
    assert checks.check(sample).value == []
    end = bytes_of(sample)
    for _ in range(done):
        history.undo(sample)
    assert bytes_of(sample) == begin
    for _ in range(done):
        history.redo(sample)
    assert bytes_of(sample) == end


# --- codes


def test_a_code_of_an_ended_cell_is_never_given_again(sample):
    made = split(sample, code(3)).value
    highest = max(made.codes[key] for key in made.new)
    merged = edit_cells(sample, EditCells(Merge(made.new))).value
    (whole,) = merged.new
    assert merged.codes[whole] == f"{int(highest) + 1}"


def test_a_full_sequence_is_a_clear_error_and_changes_nothing(sample):
    execute(sample, "UPDATE cell SET code = ? WHERE code = ?", code(999), code(3))
    before = bytes_of(sample)
    with pytest.raises(RequestError, match="顺序码已满"):
        split(sample, code(4))
    assert bytes_of(sample) == before
    save_office(sample, SaveOffice({"code_scheme": "GBT47678-15"}))
    done = split(sample, code(4)).value
    assert sorted(done.codes[key][-3:] for key in done.new) == ["A00", "A01"]


def test_a_cell_of_no_community_is_edited_too_and_its_parts_wait_for_codes(sample):
    execute(sample, "UPDATE cell SET community_id = NULL")
    done = split(sample, code(3)).value
    held = read(sample, "cell", done.new, "code", "code_scheme", "community_id")
    assert set(held.values()) == {(None, None, None)}


def test_the_first_cell_of_a_community_is_drawn_where_the_community_is(sample):
    cells = in_force(sample)
    home, shape = cells[code(3)][2]["community_id"], cells[code(3)][1]
    execute(sample, "UPDATE cell SET valid_to = '2026-11-01'")
    last = max(one for one in cells if one.startswith(code(3)[:12]))
    inner = shapely.buffer(shape.centroid, 15).bounds
    west, south, east, north = (round(side, 3) for side in inner)
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    done = edit_cells(sample, EditCells(Extend(ring))).value
    (row,) = [held for _, _, held in in_force(sample).values()]
    assert (row["community_id"], int(row["code"])) == (home, int(last) + 1)
    assert str(done.intention) == f"新增单元网格 {row['code'][-3:]}"
    far = tuple((x + 50_000, y) for x, y in ring)
    with pytest.raises(RequestError, match="没有单元网格"):
        edit_cells(sample, EditCells(Extend(far)))


# --- what is refused


def make_other_community(opened, *codes):
    """Give some cells to a second community."""
    execute(
        opened,
        "INSERT INTO community (id, code, name) VALUES ('other', '119999001002', '二社区')",
    )
    for one in codes:
        execute(opened, "UPDATE cell SET community_id = 'other' WHERE code = ?", one)


def test_cells_of_two_communities_are_merged_only_if_told(sample):
    one, other = neighbours(sample)
    make_other_community(sample, other)
    edit = Merge(find_cells(sample, (one, other), None))
    with pytest.raises(RequestError, match="分属不同社区") as refused:
        edit_cells(sample, EditCells(edit))
    assert refused.value.place.xy is not None
    assert "二社区" in str(refused.value)


def test_ground_is_not_carved_or_handed_over_across_a_community_border(sample):
    one, other = neighbours(sample)
    make_other_community(sample, other)
    cells = in_force(sample)
    border = shapely.intersection(cells[one][1], cells[other][1])
    ring = shapely.buffer(shapely.line_interpolate_point(border, 0.5, normalized=True), 12)
    line = tuple(map(tuple, shapely.set_precision(ring, 0.001).exterior.coords))
    before = bytes_of(sample)
    for edit in (
        Carve(line),
        HandOver(cells[one][0], cells[other][0], line),
    ):
        with pytest.raises(RequestError, match="分属不同社区"):
            edit_cells(sample, EditCells(edit))
    assert bytes_of(sample) == before


def test_a_locked_cell_keeps_its_ground(sample):
    execute(sample, "UPDATE cell SET locked = 1 WHERE code = ?", code(3))
    with pytest.raises(RequestError, match="已锁定"):
        split(sample, code(3))
    xy, codes = inner_vertex(sample)
    execute(sample, "UPDATE cell SET locked = 1 WHERE code = ?", min(codes))
    with pytest.raises(RequestError, match="已锁定"):
        nudge(sample, xy)


def test_an_office_may_want_a_document_for_each_official_change(sample):
    save_office(sample, SaveOffice({"needs_document": "是"}))
    with pytest.raises(RequestError, match="批文"):
        split(sample, code(3))
    with sample.reading() as reader:
        ((document,),) = reader.execute("SELECT id FROM document").fetchall()
    done = split(sample, code(3), document_id=document).value
    held = read(sample, "cell", [*done.new, *done.changed], "document_id")
    assert set(held.values()) == {(document,)}
    with pytest.raises(RequestError, match="没有批文"):
        split(sample, code(4), document_id="nobody")
    sample.document_id = document  # chosen in the window, for all tools
    done = split(sample, code(4)).value
    assert set(read(sample, "cell", done.new, "document_id").values()) == {(document,)}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (((39_452_000.0, 4_426_000.0), (39_452_100.0, 4_426_000.0)), "投影带"),
        (((116.4, 39.9), (116.5, 39.9)), "经纬度"),
    ],
)
def test_coordinates_of_another_zone_are_said(sample, line, words):
    cell, _, _ = in_force(sample)[code(3)]
    with pytest.raises(RequestError, match=words):
        edit_cells(sample, EditCells(Split((cell,), line)))
    with pytest.raises(RequestError, match="投影带"):
        edit_cells(sample, EditCells(MoveVertex(line[0], line[1])))


def test_no_cell_ends_before_it_began(sample):
    before = bytes_of(sample)
    with pytest.raises(RequestError, match="2026-03-01"):
        split(sample, code(3), on="2026-02-28")
    assert bytes_of(sample) == before
    split(sample, code(3), on="2026-03-01")


def test_a_wrong_date_and_a_cell_that_ended_are_said(sample):
    cell, shape, _ = in_force(sample)[code(3)]
    with pytest.raises(RequestError, match="2026-11-20"):
        split(sample, code(3), on="20.11.2026")
    split(sample, code(3))
    with pytest.raises(RequestError, match="不在正在编辑的划分里"):
        edit_cells(sample, EditCells(Split((cell,), across(shape))))
    with pytest.raises(RequestError, match="已于"):
        find_cells(sample, [code(3)], None)


# --- drafts


@pytest.fixture
def plan(sample):
    """A draft with a copy of every official cell."""
    execute(sample, "INSERT INTO plan (id, name, state) VALUES ('p', '草案一', 'draft')")
    execute(
        sample,
        "INSERT INTO cell (id, code, code_scheme, name, community_id, grid_id, plan_id, households,"
        " base_cell_id, geom) SELECT 'p' || id, code, code_scheme, name, community_id, grid_id,"
        " 'p', households, id, geom FROM cell WHERE plan_id IS NULL",
    )
    return "p"


def test_in_a_draft_only_its_own_cells_change_and_new_ones_get_no_code_yet(sample, plan):
    before = {row[0]: row for row in bytes_of(sample)["cell"]}
    outcome = split(sample, code(3), division=plan)
    done = outcome.value
    assert [done.codes[key] for key in done.new] == ["新1", "新2"]
    assert str(done.intention) == "方案“草案一”：单元网格 003 拆为 新1、新2"
    assert outcome.touched.rows.keys() == {"cell"}
    after = {row[0]: row for row in bytes_of(sample)["cell"]}
    assert done.gone[0] not in after
    official = {id_ for id_ in before if not id_.startswith("p")}
    assert all(before[id_] == after[id_] for id_ in official)
    again = split(sample, code(4), division=plan).value
    assert sorted(again.codes[key] for key in again.new) == ["新3", "新4"]
    held = read(sample, "cell", again.new, "base_cell_id", "code_scheme")
    assert set(held.values()) == {(None, None)}


def test_a_plan_that_is_over_and_one_that_is_not_there_are_said(sample, plan):
    execute(sample, "UPDATE plan SET state = 'in_force'")
    with pytest.raises(RequestError, match="已实施"):
        split(sample, code(3), division=plan)
    with pytest.raises(RequestError, match="没有方案"):
        edit_cells(sample, EditCells(MoveVertex((1.0, 1.0), (2.0, 2.0)), division="none"))
