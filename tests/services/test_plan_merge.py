"""Official changes come into a plan that was made before them, border by border."""

import pytest
import shapely
from tests.services import plan_scenes as scenes
from tests.services.plan_scenes import Scene
from tests.store.helpers import content

from gridmap.base.errors import DecisionNeeded, RequestError
from gridmap.services import checks, plan_diff, plan_force, plan_merge, plans


def update(workspace, plan):
    return plan_merge.update_plan(workspace, plan_merge.UpdatePlan(plan.id)).value


def diff(workspace, plan):
    return plan_diff.diff(workspace, plan_diff.DiffPlan(plan.id)).value


@pytest.fixture
def both(sample):
    """A plan in which one pair of cells changed, and an official edit of another pair."""
    plan, scene = scenes.new_plan(sample)
    official = Scene(sample)
    pairs = scene.pairs()
    moved = scene.try_each(scene.move, pairs)
    rest = [pair for pair in pairs if not set(pair) & set(moved)]
    (split,) = official.try_each(official.split, [(code,) for pair in rest for code in pair])
    return plan, scene, moved, split


def test_a_plan_has_both_afterwards_and_differs_only_by_its_own_changes(sample, both):
    plan, scene, moved, split = both
    assert diff(sample, plan).official_changed
    done = update(sample, plan)
    assert done.plan.state == "draft"
    found = diff(sample, plan)
    assert found.official_changed == ()
    assert {(one.code, one.deed) for one in found.changes} == {(c, "reshaped") for c in moved}
    assert split not in scene.cells().columns["code"]
    assert shapely.coverage_is_valid(scene.cells().geometry)
    scenes.add_document(sample)
    plan_force.put_in_force(sample, plan_force.PutInForce(scenes.approve(sample, plan).id))
    assert checks.check(sample).value == []


def test_names_follow_where_the_plan_says_as_before(sample):
    plan, scene = scenes.new_plan(sample)
    official = Scene(sample)
    one, other, third = scene.cells().columns["code"][:3]
    official.rename(one, "现行改的")
    scene.rename(other, "方案改的")
    official.rename(third, "现行改的")
    scene.rename(third, "方案改的")
    update(sample, plan)
    rows = scenes.cell_rows(sample, f"plan_id = '{plan.id}'").values()
    names = {row["code"]: row["name"] for row in rows}
    assert [names[code] for code in (one, other, third)] == ["现行改的", "方案改的", "方案改的"]


def test_an_approval_does_not_outlive_the_update(sample, both):
    plan, _, _, _ = both
    done = update(sample, plan)
    assert done.plan.approved_fingerprint is None
    with pytest.raises(RequestError) as caught:
        update(sample, plan)
    assert caught.value.code.endswith("nothing_to_update")
    with pytest.raises(RequestError):
        plan_force.put_in_force(sample, plan_force.PutInForce(plan.id))


def test_the_same_border_changed_by_both_needs_a_person_and_nothing_is_written(sample):
    plan, scene = scenes.new_plan(sample)
    official = Scene(sample)
    pair = scene.try_each(lambda a, b: scene.move(a, b, 3.0), scene.pairs())
    official.move(*pair, 5.0)
    before = content(sample)
    with pytest.raises(DecisionNeeded) as caught:
        update(sample, plan)
    x, y = caught.value.place.xy
    shapes = [official.shape(code) for code in pair]
    assert shapely.distance(shapely.Point(x, y), shapely.intersection(*shapes)) < 10
    assert content(sample) == before
    assert plans.find_plan(sample, plan.id).value == plan
