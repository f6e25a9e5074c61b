"""What was accepted with a reason stays accepted in a plan, and when that is put in force."""

from tests.services import plan_scenes as scenes
from tests.services.rule_scenes import found

from gridmap.services import plan_force, rules
from gridmap.services.office import SaveOffice, save_office


def accepted(workspace, division=None):
    return {one.accepted: one for one in found(workspace, "area", division) if not one.is_open}


def test_what_was_accepted_officially_is_accepted_in_a_new_plan_and_withdrawn_there_only(sample):
    save_office(sample, SaveOffice({"area_low_m2": "9950", "area_high_m2": "10050"}))
    rules.accept(sample, rules.AcceptFinding(found(sample, "area")[0], "山坡，分不开"))
    plan, _ = scenes.new_plan(sample)
    (finding,) = accepted(sample, plan.id).values()
    assert finding.accepted == "山坡，分不开"
    rules.withdraw(sample, rules.WithdrawAcceptance(finding, plan.id))
    assert accepted(sample, plan.id) == {}
    assert list(accepted(sample)) == ["山坡，分不开"]


def test_what_was_accepted_in_a_plan_holds_when_it_is_put_in_force_and_undo_takes_it_back(sample):
    save_office(sample, SaveOffice({"area_low_m2": "9950", "area_high_m2": "10050"}))
    plan, scene = scenes.new_plan(sample)
    (moved, _), _, _ = scenes.change(scene)
    told = {one.row_id: one for one in found(sample, "area", plan.id)}
    new = next(one for one in told if _is_new(scene, one))
    for id_, reason in ((scene.id_of(moved), "调整过"), (new, "新设的")):
        rules.accept(sample, rules.AcceptFinding(told[id_], reason, plan.id))
    scenes.add_document(sample)
    scenes.approve(sample, plan)
    plan_force.put_in_force(sample, plan_force.PutInForce(plan.id))
    official = accepted(sample)
    assert set(official) == {"调整过", "新设的"}
    assert official["调整过"].row_id == scenes.Scene(sample).id_of(moved)
    sample.undo()
    assert accepted(sample) == {}


def _is_new(scene, id_):
    held = scene.cells().columns
    return dict(zip(held["id"], held["base_cell_id"], strict=True))[id_] is None
