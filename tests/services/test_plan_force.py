"""An approved plan becomes the official division: identity, codes, lineage, all in one step."""

from datetime import timedelta

import numpy as np
import pytest
import shapely
from tests.services import plan_scenes as scenes
from tests.services.plan_scenes import Scene
from tests.store.helpers import content

from gridmap.base.errors import RequestError
from gridmap.model import cell_edits
from gridmap.services import checks, history, plan_force, plans
from gridmap.services.plan_records import today
from gridmap.store import edit


@pytest.fixture
def approved(sample):
    """A plan that is approved; its scene, and what was changed."""
    plan, scene = scenes.new_plan(sample)
    changed = scenes.change(scene)
    scenes.add_document(sample)
    return scenes.approve(sample, plan), scene, changed


def force(sample, plan, on=None):
    return plan_force.put_in_force(sample, plan_force.PutInForce(plan.id, on))


def refused(call, code):
    with pytest.raises(RequestError) as caught:
        call()
    assert caught.value.code.endswith(code), caught.value


def test_the_official_division_is_what_was_approved(sample, approved):
    plan, scene, _ = approved
    force(sample, plan)
    assert checks.check(sample).value == []
    official, draft = Scene(sample).cells(), scene.cells()
    assert len(official) == len(draft)
    one, other = (np.sort(shapely.to_wkb(shapely.normalize(c.geometry))) for c in (official, draft))
    assert (one == other).all()
    assert plans.find_plan(sample, plan.id).value.state == "in_force"


def test_cells_that_go_on_keep_their_rows_and_others_are_not_touched(sample, approved):
    plan, _, ((moved, taker), split, merged) = approved
    before = scenes.cell_rows(sample, "plan_id IS NULL")
    done = force(sample, plan).value
    after = scenes.cell_rows(sample, "plan_id IS NULL")
    code_of = {id_: row["code"] for id_, row in before.items()}
    changed = {id_ for id_ in before if after[id_] != before[id_]}
    assert {moved, taker, split, *merged} <= {code_of[id_] for id_ in changed}
    for id_ in before:
        row, now = before[id_], after[id_]
        assert now["code"] == row["code"]
        if row["code"] in (split, *merged):  # ended, with what it was
            assert now == {**row, "valid_to": str(today())}
        elif row["code"] in (moved, taker):
            assert now["valid_to"] is None
            assert now["document_id"] == plan.document_id
    assert set(done.ended) == {id_ for id_ in before if code_of[id_] in (split, *merged)}


def test_new_cells_get_codes_that_were_never_used_and_lineage(sample, approved):
    plan, _, (_, split, merged) = approved
    before = {row["code"] for row in scenes.cell_rows(sample).values()}
    done = force(sample, plan).value
    rows = scenes.cell_rows(sample, "plan_id IS NULL")
    assert not set(done.new.values()) & before
    for id_, code in done.new.items():
        assert rows[id_]["code"] == code
        assert rows[id_]["valid_from"] == str(today())
        assert rows[id_]["document_id"] == plan.document_id
        assert len(code) == 15
    with sample.reading() as reader:
        lineage = reader.execute(
            "SELECT f.code, t.code, l.kind, l.document_id FROM cell_lineage l"
            " JOIN cell f ON f.id = from_cell_id JOIN cell t ON t.id = to_cell_id"
        ).fetchall()
    by_kind = {"split": {split}, "merge": set(merged)}
    for kind, codes in by_kind.items():
        assert {row[0] for row in lineage if row[2] == kind} == codes
    assert {row[1] for row in lineage} == set(done.new.values())
    assert {row[3] for row in lineage} == {plan.document_id}


def test_households_are_those_that_were_approved_and_grids_follow(sample, approved):
    plan, scene, _ = approved
    told = sum(filter(None, scene.cells().columns["households"]))
    force(sample, plan)
    assert sum(filter(None, Scene(sample).cells().columns["households"])) == told
    with sample.reading() as reader:
        wrong = reader.execute(
            "SELECT g.id FROM grid g WHERE g.households <> (SELECT total(c.households)"
            " FROM cell c WHERE c.grid_id = g.id AND c.plan_id IS NULL AND c.valid_to IS NULL)"
        ).fetchall()
        left = reader.execute(
            "SELECT count(*) FROM component p JOIN cell c ON c.id = p.cell_id"
            " WHERE c.valid_to IS NOT NULL"
        ).fetchone()
    assert wrong == []
    assert left == (0,)


def test_it_is_one_step_that_can_be_taken_back(sample, approved):
    plan, _, _ = approved
    before = content(sample)
    force(sample, plan)
    after = content(sample)
    history.undo(sample)
    assert content(sample) == before
    history.redo(sample)
    assert content(sample) == after


@pytest.mark.parametrize("whose", ["plan", "official"])
def test_what_changed_since_the_approval_is_not_put_in_force(sample, approved, whose):
    plan, scene, _ = approved
    (scene if whose == "plan" else Scene(sample)).rename("119999001002020")
    before = content(sample)
    refused(lambda: force(sample, plan), "changed_since_approved")
    assert content(sample) == before


def test_a_plan_waits_for_its_day(sample):
    plan, _ = scenes.changed_plan(sample)
    scenes.add_document(sample)
    plan = scenes.approve(sample, plan, in_force_on=today() + timedelta(days=3))
    refused(lambda: force(sample, plan), "not_due")
    refused(lambda: force(sample, plan, today()), "not_due")
    refused(lambda: force(sample, plan, today() + timedelta(days=3)), "not_due")
    assert plans.find_plan(sample, plan.id).value.state == "approved"


def test_a_day_before_the_approval_is_refused(sample, approved):
    plan, _, _ = approved
    refused(lambda: force(sample, plan, today() - timedelta(days=1)), "before_approval")


def test_only_an_approved_plan_is_put_in_force_and_only_once(sample):
    plan, _ = scenes.changed_plan(sample)
    refused(lambda: force(sample, plan), "wrong_state")
    scenes.add_document(sample)
    plan = scenes.approve(sample, plan)
    force(sample, plan)
    refused(lambda: force(sample, plan), "wrong_state")


def test_what_a_plan_says_of_a_cell_is_taken_over(sample):
    plan, scene = scenes.new_plan(sample)
    scene.rename("119999001001015", "新名")
    scenes.add_document(sample)
    plan = scenes.approve(sample, plan)
    force(sample, plan)
    rows = scenes.cell_rows(sample, "plan_id IS NULL AND name = '新名'")
    assert [row["code"] for row in rows.values()] == ["119999001001015"]
    assert [row["document_id"] for row in rows.values()] == [plan.document_id]


def test_cells_beside_a_plan_of_one_community_get_its_vertices_with_their_community(sample):
    official = Scene(sample).cells()
    first, other = dict.fromkeys(official.columns["community_id"])
    plan, scene = scenes.new_plan(sample, communities=(first,))
    line, one = _line_across_the_border(official, first, other)
    scene.do(cell_edits.Split((scene.id_of(one),), line))
    scenes.add_document(sample)
    before = content(sample)
    force(sample, scenes.approve(sample, plan))
    found = Scene(sample).cells()
    assert shapely.coverage_is_valid(found.geometry)
    with sample.reading() as reader:
        communities = edit.read_where(reader, "community", (), "1")
    for id_, shape in zip(communities.columns["id"], communities.geometry, strict=True):
        whole = shapely.coverage_union_all(found.geometry[found.columns["community_id"] == id_])
        (part,) = shapely.get_parts(shape)
        assert shapely.equals_exact(shapely.normalize(whole), shapely.normalize(part), 0.0)
    assert checks.check(sample).value == []
    history.undo(sample)
    history.undo(sample)
    assert content(sample) == before


def _line_across_the_border(official, first, other):
    """Return a line from within one community into another, and the code of the cell it cuts."""
    of = official.columns["community_id"]
    beyond = shapely.union_all(official.geometry[of == other])
    for code, shape in zip(official.columns["code"], official.geometry, strict=True):
        border = shapely.intersection(shape, beyond)
        if of[official.columns["code"].tolist().index(code)] == first and border.length > 20:
            parts = shapely.get_parts(shapely.line_merge(border))
            longest = max(parts, key=shapely.length)
            at = shapely.line_interpolate_point(longest, 0.37, normalized=True)
            way = np.array(shape.centroid.coords[0]) - (at.x, at.y)
            ends = np.round(((at.x, at.y) - 0.2 * way, (at.x, at.y) + 3 * way), 3)
            return tuple(map(tuple, ends.tolist())), code
    raise AssertionError("the communities do not adjoin")
