"""Rows come back as they were, and areas that tile still tile afterwards."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.helpers import EAST, EPSG, NORTH, STEP, ask, content, execute

from gridmap.base import clock
from gridmap.base.errors import RequestError
from gridmap.geo.features import Features, as_objects
from gridmap.services.as_of import AsOfSource
from gridmap.services.bring_back import BringBackRequest, bring_back, plan_bring_back
from gridmap.store import as_of, blobs, check, journal, rows
from gridmap.store.workspace import open_workspace

SIZE = 100.0
COLUMNS, ROWS = 4, 3  # cells; the left two columns are one community, the right two another


class Lattice:
    """Cells as corners of a lattice: moving a corner changes every cell that meets there."""

    def __init__(self):
        self.corners = {
            (x, y): (EAST + SIZE * x, NORTH + SIZE * y)
            for x in range(COLUMNS + 1)
            for y in range(ROWS + 1)
        }

    def cell(self, x, y):
        around = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
        return shapely.Polygon([self.corners[corner] for corner in around])

    def community(self, which):
        half = COLUMNS // 2
        first = half * which
        rim = [(first + n, 0) for n in range(half)] + [(first + half, n) for n in range(ROWS)]
        rim += [(first + half - n, ROWS) for n in range(half)] + [
            (first, ROWS - n) for n in range(ROWS)
        ]
        return shapely.MultiPolygon([shapely.Polygon([self.corners[corner] for corner in rim])])

    def meeting(self, corner):
        x, y = corner
        around = [(x - 1, y - 1), (x, y - 1), (x - 1, y), (x, y)]
        return [(a, b) for a, b in around if 0 <= a < COLUMNS and 0 <= b < ROWS]


def blob(shape):
    return blobs.encode(as_objects([shape]), EPSG)[0]


def cell_id(x, y):
    return f"cell-{x}{y}"


def fill(workspace, lattice):
    places = [(x, y) for x in range(COLUMNS) for y in range(ROWS)]
    with workspace.transaction(STEP) as tx:
        whole = shapely.union_all([lattice.community(0), lattice.community(1)])
        tx.connection.execute(
            "UPDATE subdistrict SET geom = ?", (blob(shapely.MultiPolygon([whole])),)
        )
        communities = Features(
            {"id": as_objects(["west", "east"]), "name": as_objects(["西社区", "东社区"])},
            as_objects([lattice.community(0), lattice.community(1)]),
        )
        rows.insert(tx, "community", communities)
        columns = {
            "id": as_objects([cell_id(*place) for place in places]),
            "code": as_objects([f"{x}{y}" for x, y in places]),
            "community_id": as_objects(["west" if x < 2 else "east" for x, _ in places]),
        }
        cells = Features(columns, as_objects([lattice.cell(*place) for place in places]))
        rows.insert(tx, "cell", cells)


def move(workspace, lattice, corner, to):
    """Move a corner with everything that meets there, as one edit."""
    lattice.corners[corner] = to
    with workspace.transaction(STEP) as tx:
        for place in lattice.meeting(corner):
            tx.connection.execute(
                "UPDATE cell SET geom = ? WHERE id = ? AND valid_to IS NULL",
                (blob(lattice.cell(*place)), cell_id(*place)),
            )
        for number, id_ in enumerate(("west", "east")):
            tx.connection.execute(
                "UPDATE community SET geom = ? WHERE id = ?", (blob(lattice.community(number)), id_)
            )


def split(workspace, row_id, pieces, *, plan=None):
    """End a cell and put pieces in its place, as the rules of the division have it."""
    with workspace.transaction(STEP) as tx:
        held = tx.connection.execute(
            "SELECT community_id FROM cell WHERE id = ?", (row_id,)
        ).fetchone()
        if plan is None:
            tx.connection.execute("UPDATE cell SET valid_to = '2026-11-20' WHERE id = ?", (row_id,))
        for id_, shape in pieces.items():
            tx.connection.execute(
                "INSERT INTO cell (id, code, community_id, plan_id, geom) VALUES (?, ?, ?, ?, ?)",
                (id_, id_, held[0], plan, blob(shape)),
            )
            tx.connection.execute(
                "INSERT INTO cell_lineage (id, from_cell_id, to_cell_id, kind)"
                " VALUES (?, ?, ?, 'split')",
                (f"lineage-{id_}", row_id, id_),
            )


def halves(shape):
    xmin, ymin, xmax, ymax = shape.bounds
    middle = round((xmin + xmax) / 2, 3)
    west = shapely.intersection(shape, shapely.box(xmin, ymin, middle, ymax))
    east = shapely.difference(shape, west)
    return west, east


def with_corner(shape, corner):
    """Put a vertex into the edge on which it lies."""
    ring = shapely.get_coordinates(shape).tolist()
    edges = [shapely.LineString(ring[n : n + 2]) for n in range(len(ring) - 1)]
    at = next(n for n, edge in enumerate(edges) if edge.distance(shapely.Point(corner)) == 0)
    return shapely.Polygon([*ring[: at + 1], corner, *ring[at + 1 :]])


@pytest.fixture
def lattice(workspace):
    made = Lattice()
    fill(workspace, made)
    assert problems(workspace) == set()
    return made


@pytest.fixture(autouse=True)
def ticking(monkeypatch):
    """Let a minute pass between two transactions, so that each has a moment of its own."""
    passed = [clock.now()]

    def now():
        passed[0] += timedelta(minutes=1)
        return passed[0]

    monkeypatch.setattr(clock, "now", now)


def problems(workspace):
    with workspace.reading() as reader:
        return {one.code for one in check.check(reader)}


def stored(workspace, table, row_id, moment=None):
    with workspace.reading() as reader:
        seq = as_of.seq_at(reader, clock.timestamp(moment)) if moment else 2**40
        return as_of.read_rows(reader, table, [row_id], seq)[row_id]


def bring(workspace, table, row_id, moment):
    return bring_back(workspace, BringBackRequest(table, (row_id,), moment))


def deeds(plan):
    return {(step.table, step.id): step.deed for step in plan.steps}


def test_a_row_gets_back_every_value_and_undo_takes_that_back(sample):
    with sample.reading() as reader:
        held = reader.execute("SELECT id FROM organisation WHERE phone NOT NULL").fetchone()
    row_id, moment = held[0], clock.now()
    before = stored(sample, "organisation", row_id)
    execute(
        sample,
        "UPDATE organisation SET contact = NULL, phone = 'x', geom = NULL WHERE id = ?",
        row_id,
    )
    state = content(sample)
    outcome = bring(sample, "organisation", row_id, moment)
    assert stored(sample, "organisation", row_id) == before
    assert outcome.touched.rows == {"organisation": frozenset({row_id})}
    assert outcome.value.along == ()
    with sample.reading() as reader:
        intention = journal.recent(reader, 1)[0].intention.zh
    assert "恢复为" in intention
    sample.undo()
    assert content(sample) == state


def test_a_deleted_row_comes_back_with_what_it_belonged_to(workspace):
    with workspace.transaction(STEP) as tx:
        tx.connection.execute("INSERT INTO compound (id, name) VALUES ('c', '一里')")
        tx.connection.execute("INSERT INTO building (id, compound_id) VALUES ('b', 'c')")
    moment = clock.now()
    execute(workspace, "DELETE FROM building")
    execute(workspace, "DELETE FROM compound")
    plan = bring(workspace, "building", "b", moment).value
    assert deeds(plan) == {("building", "b"): "reinsert", ("compound", "c"): "reinsert"}
    assert [step.id for step in plan.along] == ["c"]
    assert ask(workspace, "SELECT compound_id FROM building") == "c"


@pytest.mark.parametrize("way", [plan_bring_back, bring_back])
def test_what_was_not_there_or_is_the_same_is_refused(workspace, way):
    before = clock.now()
    execute(workspace, "INSERT INTO compound (id, name) VALUES ('c', '一里')")
    for moment, code in ((before, "was_not_there"), (clock.now(), "nothing_to_bring_back")):
        with pytest.raises(RequestError, match="一里") as caught:
            way(workspace, BringBackRequest("compound", ("c",), moment))
        assert caught.value.code == f"services.{code}"


# --- areas that tile


def test_a_neighbour_gets_back_its_border_and_keeps_its_other_values(workspace, lattice):
    moment = clock.now()
    before = {id_: stored(workspace, "cell", id_) for id_ in ("cell-00", "cell-10")}
    move(workspace, lattice, (1, 0), (EAST + SIZE + 7, NORTH))
    execute(workspace, "UPDATE cell SET households = 9, remark = '新'")
    plan = bring(workspace, "cell", "cell-00", moment).value
    assert deeds(plan) == {("cell", "cell-00"): "restore", ("cell", "cell-10"): "reshape"}
    assert stored(workspace, "cell", "cell-00") == before["cell-00"]
    neighbour = stored(workspace, "cell", "cell-10")
    assert neighbour["geom"] == before["cell-10"]["geom"]
    assert (neighbour["households"], neighbour["remark"]) == (9, "新")
    assert problems(workspace) == set()


def test_far_changes_stay(workspace, lattice):
    moment = clock.now()
    move(workspace, lattice, (1, 0), (EAST + SIZE + 7, NORTH))
    move(workspace, lattice, (3, 3), (EAST + 3 * SIZE + 5, NORTH + 3 * SIZE))
    far = stored(workspace, "cell", "cell-32")
    bring(workspace, "cell", "cell-00", moment)
    assert stored(workspace, "cell", "cell-32") == far
    assert problems(workspace) == set()


def test_the_pieces_of_a_cell_that_was_split_end_and_keep_code_and_lineage(workspace, lattice):
    moment = clock.now()
    west, east = halves(lattice.cell(1, 1))
    split(workspace, "cell-11", {"p": west, "q": east})
    with workspace.transaction(STEP) as tx:  # and the new border's ends into the neighbours
        for place, y in (((1, 0), 1), ((1, 2), 2)):
            noded = with_corner(lattice.cell(*place), (EAST + 1.5 * SIZE, NORTH + y * SIZE))
            tx.connection.execute(
                "UPDATE cell SET geom = ? WHERE id = ?", (blob(noded), cell_id(*place))
            )
    assert problems(workspace) == set()
    state = content(workspace)
    plan = bring(workspace, "cell", "cell-11", moment).value
    assert deeds(plan) == {
        ("cell", "cell-11"): "restore",
        ("cell", "cell-10"): "reshape",
        ("cell", "cell-12"): "reshape",
        ("cell", "p"): "end",
        ("cell", "q"): "end",
    }
    today = clock.now().astimezone().date().isoformat()
    for id_ in ("p", "q"):
        assert stored(workspace, "cell", id_)["valid_to"] == today
        assert stored(workspace, "cell", id_)["code"] == id_
    assert stored(workspace, "cell", "cell-11")["valid_to"] is None
    with workspace.reading() as reader:
        lineage = set(
            reader.execute("SELECT from_cell_id, to_cell_id, kind FROM cell_lineage").fetchall()
        )
    assert lineage == {
        ("cell-11", "p", "split"),
        ("cell-11", "q", "split"),
        ("p", "cell-11", "merge"),
        ("q", "cell-11", "merge"),
    }
    assert problems(workspace) == set()
    workspace.undo()
    assert content(workspace) == state


def test_the_pieces_of_a_draft_go_and_those_that_are_used_end(workspace, lattice):
    with workspace.transaction(STEP) as tx:
        tx.connection.execute("INSERT INTO plan (id, name) VALUES ('plan', '草案')")
        tx.connection.execute(
            "INSERT INTO cell (id, plan_id, geom) VALUES ('draft', 'plan', ?)",
            (blob(lattice.cell(0, 0)),),
        )
    moment = clock.now()
    west, east = halves(lattice.cell(0, 0))
    with workspace.transaction(STEP) as tx:
        tx.connection.execute("DELETE FROM cell WHERE id = 'draft'")
        for id_, shape in (("p", west), ("q", east)):
            tx.connection.execute(
                "INSERT INTO cell (id, plan_id, geom) VALUES (?, 'plan', ?)", (id_, blob(shape))
            )
        tx.connection.execute("INSERT INTO defect (kind, cell_id) VALUES ('pollution', 'q')")
        tx.connection.execute("INSERT INTO cell_lineage (id, to_cell_id) VALUES ('l', 'p')")
    plan = bring(workspace, "cell", "draft", moment).value
    assert deeds(plan) == {
        ("cell", "draft"): "reinsert",
        ("cell", "p"): "remove",
        ("cell", "q"): "end",
    }
    assert ask(workspace, "SELECT count(*) FROM cell WHERE id = 'p'") == 0
    assert ask(workspace, "SELECT count(*) FROM cell_lineage WHERE id = 'l'") == 0
    assert problems(workspace) == set()


def test_a_cell_across_a_border_that_moved_brings_the_communities_along(workspace, lattice):
    moment = clock.now()
    move(workspace, lattice, (2, 0), (EAST + 2 * SIZE + 9, NORTH))
    before = content(workspace)
    plan = bring(workspace, "cell", "cell-10", moment).value
    assert deeds(plan) == {
        ("cell", "cell-10"): "restore",
        ("cell", "cell-20"): "reshape",
        ("community", "west"): "reshape",
        ("community", "east"): "reshape",
    }
    assert problems(workspace) == set()
    workspace.undo()
    assert content(workspace) == before


def test_a_community_brings_its_neighbour_and_the_cells_at_the_border_along(workspace, lattice):
    moment = clock.now()
    move(workspace, lattice, (2, 1), (EAST + 2 * SIZE + 9, NORTH + SIZE))
    move(workspace, lattice, (1, 2), (EAST + SIZE + 3, NORTH + 2 * SIZE))
    plan = bring(workspace, "community", "west", moment).value
    assert {id_ for table, id_ in deeds(plan) if table == "community"} == {"west", "east"}
    assert {"cell-10", "cell-20", "cell-11", "cell-21"} <= {id_ for _, id_ in deeds(plan)}
    assert "cell-32" not in str(plan)
    assert problems(workspace) == set()


def test_a_cell_of_a_community_that_is_gone_brings_that_back(workspace, lattice):
    moment = clock.now()
    with workspace.transaction(STEP) as tx:  # the east goes to the west
        tx.connection.execute("UPDATE cell SET community_id = 'west'")
        whole = shapely.union_all([lattice.community(0), lattice.community(1)])
        tx.connection.execute("DELETE FROM community WHERE id = 'east'")
        tx.connection.execute(
            "UPDATE community SET geom = ?", (blob(shapely.MultiPolygon([whole])),)
        )
    assert problems(workspace) == set()
    plan = bring(workspace, "cell", "cell-30", moment).value
    assert deeds(plan)["community", "east"] == "reinsert"
    assert deeds(plan)["community", "west"] == "reshape"
    assert stored(workspace, "cell", "cell-21")["community_id"] == "east"
    assert problems(workspace) == set()


def test_responsibility_grids_follow_the_borders_of_their_cells(workspace, lattice):
    with workspace.transaction(STEP) as tx:
        for id_, x in (("one", 0), ("two", 1)):
            shape = shapely.union_all([lattice.cell(x, y) for y in range(ROWS)])
            tx.connection.execute(
                "INSERT INTO grid (id, name, geom) VALUES (?, ?, ?)",
                (id_, id_, blob(shapely.MultiPolygon([shape]))),
            )
    moment = clock.now()
    before = {id_: stored(workspace, "grid", id_) for id_ in ("one", "two")}
    move(workspace, lattice, (1, 0), (EAST + SIZE + 7, NORTH))
    with workspace.transaction(STEP) as tx:
        for id_, x in (("one", 0), ("two", 1)):
            shape = shapely.union_all([lattice.cell(x, y) for y in range(ROWS)])
            tx.connection.execute(
                "UPDATE grid SET geom = ?, name = 'neu' WHERE id = ?",
                (blob(shapely.MultiPolygon([shape])), id_),
            )
    plan = bring(workspace, "cell", "cell-00", moment).value
    assert deeds(plan)["grid", "one"] == deeds(plan)["grid", "two"] == "reshape"
    for id_ in ("one", "two"):
        assert stored(workspace, "grid", id_) == {**before[id_], "name": "neu"}
    workspace.undo()
    plan = bring(workspace, "grid", "one", moment).value
    assert deeds(plan)["grid", "one"] == "restore"
    assert deeds(plan)["cell", "cell-00"] == deeds(plan)["cell", "cell-10"] == "reshape"
    assert problems(workspace) == set()


def test_a_gap_that_nothing_can_fill_is_refused_with_its_place(workspace, lattice):
    whole = lattice.cell(1, 1)
    xmin, ymin, xmax, ymax = whole.bounds
    smaller = shapely.box(xmin + 10, ymin, xmax, ymax)
    execute(workspace, "UPDATE cell SET geom = ? WHERE id = 'cell-11'", blob(smaller))
    moment = clock.now()
    execute(workspace, "UPDATE cell SET geom = ? WHERE id = 'cell-11'", blob(whole))
    before = content(workspace)
    for way in (plan_bring_back, bring_back):
        with pytest.raises(RequestError) as caught:
            way(workspace, BringBackRequest("cell", ("cell-11",), moment))
        assert caught.value.code == "services.would_not_tile"
        assert shapely.box(*whole.bounds).covers(shapely.Point(caught.value.place.xy))
    assert content(workspace) == before


def test_a_community_that_others_belong_to_is_not_taken_away(workspace, lattice):
    moment = clock.now()
    west, east = halves(lattice.community(0).geoms[0])
    with workspace.transaction(STEP) as tx:
        tx.connection.execute(
            "UPDATE community SET geom = ? WHERE id = 'west'", (blob(shapely.MultiPolygon([west])),)
        )
        tx.connection.execute(
            "INSERT INTO community (id, name, geom) VALUES ('new', '新社区', ?)",
            (blob(shapely.MultiPolygon([east])),),
        )
        tx.connection.execute("UPDATE cell SET community_id = 'new' WHERE id LIKE 'cell-1%'")
        tx.connection.execute("INSERT INTO officer (id, community_id) VALUES ('o', 'new')")
    request = BringBackRequest("community", ("west",), moment)
    with pytest.raises(RequestError, match="新社区") as caught:
        plan_bring_back(workspace, request)
    assert caught.value.code == "services.still_referred_to"
    execute(workspace, "DELETE FROM officer")
    plan = bring_back(workspace, request).value
    assert deeds(plan)["community", "new"] == "remove"
    assert stored(workspace, "cell", "cell-10")["community_id"] == "west"
    assert problems(workspace) == set()


CORNERS = [(x, y) for x in range(1, COLUMNS) for y in range(1, ROWS)]
MOVES = st.tuples(
    st.sampled_from(CORNERS), st.integers(-30_000, 30_000), st.integers(-30_000, 30_000)
)


@given(
    st.lists(st.one_of(MOVES, st.just("undo")), min_size=1, max_size=7),
    st.integers(0, 100),
    st.sampled_from([cell_id(x, y) for x in range(COLUMNS) for y in range(ROWS)]),
)
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_whatever_comes_back_tiles_and_is_as_it_was(template, moves, which, row_id):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(template, Path(folder) / "a.gridmap"))
        with open_workspace(path) as workspace:
            lattice = Lattice()
            fill(workspace, lattice)
            moments, corners = [clock.now()], [dict(lattice.corners)]
            for one in moves:
                if one != "undo":
                    corner, east, north = one
                    x, y = Lattice().corners[corner]
                    move(workspace, lattice, corner, (x + east / 1000, y + north / 1000))
                    if lattice.corners != corners[-1]:
                        corners.append(dict(lattice.corners))
                elif len(corners) > 1:
                    workspace.undo()
                    corners.pop()
                    lattice.corners = dict(corners[-1])
                moments.append(clock.now())
            sound = problems(workspace) == set()
            moment = moments[which % len(moments)]
            then = stored(workspace, "cell", row_id, moment)
            before = content(workspace)
            if stored(workspace, "cell", row_id) == then:
                with pytest.raises(RequestError, match="没有什么要恢复的"):
                    bring(workspace, "cell", row_id, moment)
                return
            bring(workspace, "cell", row_id, moment)
            assert stored(workspace, "cell", row_id) == then
            if sound:
                assert problems(workspace) == set()
            workspace.undo()
            assert content(workspace) == before


def test_a_source_of_then_gives_rows_labels_and_places_of_then(workspace, lattice):
    moment = clock.now()
    execute(workspace, "UPDATE community SET name = '改名'")
    execute(workspace, "DELETE FROM cell WHERE id = 'cell-00'")
    source = AsOfSource(workspace, moment)
    row = source.find_row("cell", "cell-00")
    assert row.labels["community_id"] == "西社区"
    assert row.area_m2 == pytest.approx(SIZE**2)
    assert source.label_of("community", "west") == "西社区"
    assert source.extent_of("cell", ["cell-00"]) == lattice.cell(0, 0).bounds
    assert source.find_row("cell", "nobody") is None
    assert source.extent_of("cell", ["nobody"]) is None
    assert len(source.load("cell", ("code",))) == COLUMNS * ROWS
    assert source.load_rows("cell", ("code",), ["cell-00"]).columns["code"].tolist() == ["00"]
