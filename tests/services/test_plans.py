"""Plans beside the official division: made, compared, approved as seen, kept or given up."""

from datetime import date, timedelta

import pytest
from tests.services import plan_scenes as scenes
from tests.services.plan_scenes import DOCUMENT, Scene

from gridmap.base.errors import RequestError
from gridmap.services import checks, history, plan_diff, plans
from gridmap.services.plan_records import today


def diff(workspace, plan):
    return plan_diff.diff(workspace, plan_diff.DiffPlan(plan.id)).value


def refused(call, code):
    with pytest.raises(RequestError) as caught:
        call()
    assert caught.value.code.endswith(code), caught.value
    return caught.value


def test_a_plan_begins_with_the_bytes_of_the_official_cells(sample):
    before = scenes.cell_rows(sample)
    plan, _ = scenes.new_plan(sample)
    rows = scenes.cell_rows(sample)
    copies = {id_: row for id_, row in rows.items() if id_ not in before}
    assert len(copies) == len(before)
    for row in copies.values():
        base = before[row["base_cell_id"]]
        assert row["plan_id"] == plan.id
        names = row.keys() - {"id", "plan_id", "base_cell_id"}
        assert {name: row[name] for name in names} == {name: base[name] for name in names}
    assert {id_: rows[id_] for id_ in before} == before
    assert diff(sample, plan).is_empty


def test_a_plan_may_divide_some_communities_only(sample):
    with sample.reading() as reader:
        (id_, name, code) = reader.execute("SELECT id, name, code FROM community").fetchone()
    for number, given in enumerate((id_, name, code)):
        plan, _ = scenes.new_plan(sample, f"方案 {number}", communities=(given,))
        assert plan.scope == (id_,)
        rows = scenes.cell_rows(sample, f"plan_id = '{plan.id}'")
        assert {row["community_id"] for row in rows.values()} == {id_}


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (plans.NewPlan(" "), "name_missing"),
        (plans.NewPlan("旧城调整"), "name_taken"),
        (plans.NewPlan("另一个", ("没有的社区",)), "no_such_community"),
    ],
)
def test_a_plan_that_cannot_be_made_leaves_nothing(sample, request_, code):
    scenes.new_plan(sample)
    before = scenes.cell_rows(sample)
    refused(lambda: plans.new_plan(sample, request_), code)
    assert scenes.cell_rows(sample) == before
    assert len(plans.list_plans(sample).value) == 1


def test_a_rehearsal_is_called_by_its_time_and_may_become_a_plan(sample):
    plan, scene = scenes.new_plan(sample, "", kind="rehearsal")
    assert plan.is_rehearsal
    assert str(today()) in plan.name
    scenes.add_document(sample)
    scene.rename(scene.cells().columns["code"][0])
    refused(lambda: scenes.approve(sample, plan), "is_a_rehearsal")
    kept = plans.keep_rehearsal(sample, plans.KeepRehearsal(plan.id, "东片")).value
    assert (kept.kind, kept.name) == ("plan", "东片")
    assert scenes.approve(sample, kept).state == "approved"
    refused(
        lambda: plans.keep_rehearsal(sample, plans.KeepRehearsal("东片", "西片")),
        "is_no_rehearsal",
    )


def test_the_comparison_tells_what_becomes_of_each_cell(sample):
    plan, scene = scenes.new_plan(sample)
    (moved, taker), split, merged = scenes.change(scene)
    found = diff(sample, plan)
    deeds = {one.code: one.deed for one in found.changes if one.official_id}
    ends = dict.fromkeys((split, *merged), "ended")
    assert deeds == {moved: "reshaped", taker: "reshaped", **ends}
    assert found.count("new") == 3
    assert found.unchanged == 50 - 5
    official = Scene(sample).cells().columns
    homes = dict(zip(official["code"], official["households"], strict=True))
    ids = dict(zip(official["id"], official["code"], strict=True))
    ended = sum(homes[code] for code in ends)
    moved_homes = sum(one.households for one in found.flows if ids[one.source] in ends)
    assert moved_homes == ended
    area = sum(one.area_m2_before for one in found.changes if one.deed == "ended")
    from_ended = sum(one.area_m2 for one in found.flows if ids[one.source] in ends)
    assert from_ended == pytest.approx(area, abs=1)


def test_a_vertex_on_a_neighbours_border_is_no_change_to_tell(sample):
    plan, scene = scenes.new_plan(sample)
    moved = scene.try_each(scene.move, scene.pairs())
    assert {one.code for one in diff(sample, plan).changes} == set(moved)


def test_a_plan_is_approved_by_a_person_with_a_document(sample):
    plan, _ = scenes.changed_plan(sample)
    document = scenes.add_document(sample)
    day = today() + timedelta(days=7)
    done = scenes.approve(sample, plan, in_force_on=day)
    assert (done.state, done.approved_by, done.document_id) == ("approved", "王主任", document)
    assert (done.approved_on, done.in_force_on) == (str(today()), str(day))
    assert not done.is_due(today())
    assert done.is_due(day)
    assert str(history.recent(sample, 1).value[0].intention) == (
        f"批准方案“旧城调整”（{DOCUMENT}，王主任）"
    )


def test_a_document_can_be_entered_with_the_approval_as_one_step(sample):
    plan, _ = scenes.changed_plan(sample)
    new = plans.NewDocument("李明", date(2026, 11, 20))
    done = scenes.approve(sample, plan, document="新〔2026〕1号", new_document=new)
    assert done.document == "新〔2026〕1号"
    history.undo(sample)
    with sample.reading() as reader:
        held = reader.execute("SELECT number FROM document WHERE signatory = '李明'").fetchall()
    assert held == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"by": " "}, "approver_missing"),
        ({"document": ""}, "document_missing"),
        ({"document": "没有这个"}, "no_such_document"),
        ({"in_force_on": date(2020, 1, 1)}, "before_approval"),
        ({"fingerprint": "0" * 16}, "changed_since_seen"),
    ],
)
def test_an_approval_that_lacks_something_changes_nothing(sample, more, code):
    plan, _ = scenes.changed_plan(sample)
    scenes.add_document(sample)
    refused(lambda: scenes.approve(sample, plan, **more), code)
    assert plans.find_plan(sample, plan.id).value == plan


@pytest.mark.parametrize("whose", ["plan", "official"])
def test_what_changed_since_it_was_seen_is_not_approved(sample, whose):
    plan, scene = scenes.changed_plan(sample)
    scenes.add_document(sample)
    seen = scenes.seen(sample, plan)
    other = scene if whose == "plan" else Scene(sample)
    other.rename("119999001001015")
    refused(lambda: scenes.approve(sample, plan, fingerprint=seen), "changed_since_seen")
    history.undo(sample)
    assert scenes.approve(sample, plan, fingerprint=seen).state == "approved"


def test_a_plan_that_would_undo_official_changes_is_not_approved(sample):
    plan, _ = scenes.changed_plan(sample)
    scenes.add_document(sample)
    Scene(sample).rename("119999001002020")
    error = refused(lambda: scenes.approve(sample, plan), "official_changed")
    assert "020" in str(error)
    assert diff(sample, plan).official_changed == ("020",)


def test_a_plan_that_changes_nothing_is_not_approved(sample):
    plan, _ = scenes.new_plan(sample)
    scenes.add_document(sample)
    refused(lambda: scenes.approve(sample, plan), "nothing_changes")


def test_a_torn_plan_is_refused_with_the_place(sample):
    plan, scene = scenes.changed_plan(sample)
    scenes.add_document(sample)
    shape = scene.shape("119999001001015")
    with sample.transaction(scenes.STEP) as tx:  # by another program: the editing would refuse
        tx.connection.execute("DELETE FROM cell WHERE id = ?", (scene.id_of("119999001001015"),))
    error = refused(lambda: scenes.approve(sample, plan), "plan_does_not_tile")
    x, y = error.place.xy
    assert shape.bounds[0] <= x <= shape.bounds[2]
    assert shape.bounds[1] <= y <= shape.bounds[3]


def test_a_plan_that_is_given_up_cannot_be_approved_but_brought_back(sample):
    plan, _ = scenes.changed_plan(sample)
    scenes.add_document(sample)
    assert plans.discard(sample, plans.DiscardPlan("旧城调整")).value.state == "discarded"
    refused(lambda: scenes.approve(sample, plan), "wrong_state")
    refused(lambda: plans.discard(sample, plans.DiscardPlan(plan.id)), "wrong_state")
    history.undo(sample)
    assert scenes.approve(sample, plan).state == "approved"
    assert checks.check(sample).value == []


def test_plans_are_found_by_name_or_id_and_doubts_are_told(sample):
    plan, _ = scenes.new_plan(sample)
    plans.discard(sample, plans.DiscardPlan(plan.id))
    again, _ = scenes.new_plan(sample)
    assert diff(sample, again).plan.id == again.id
    found = plan_diff.diff(sample, plan_diff.DiffPlan("旧城调整")).value
    assert found.plan.id == again.id  # the only one that is open
    plans.discard(sample, plans.DiscardPlan(again.id))
    refused(lambda: plan_diff.diff(sample, plan_diff.DiffPlan("旧城调整")), "name_is_shared")
    refused(lambda: plan_diff.diff(sample, plan_diff.DiffPlan("没有")), "no_such_plan")
