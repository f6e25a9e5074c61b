"""The rules of a division: every fault is found at its place, and nothing else is."""

import time

import pytest
import shapely
from tests.services import rule_scenes as scenes
from tests.services.divisions import code, in_force, inner_vertex, nudge
from tests.services.rule_scenes import found, plant

from gridmap.base.errors import RequestError
from gridmap.geo.features import Features, as_objects
from gridmap.model.cell_edits import Merge
from gridmap.model.changes import Touched
from gridmap.services import history, plans, rules
from gridmap.services.cells import EditCells, edit_cells
from gridmap.services.office import SaveOffice, save_office
from gridmap.services.rule_findings import RULES
from gridmap.services.rule_keeper import RuleKeeper
from gridmap.store import edit as store
from gridmap.store import rows


def only(findings):
    (one,) = findings
    return one


# --- what is found


def test_the_sample_tiles_and_its_codes_are_right(sample):
    told = {one.rule for one in found(sample)}
    assert told <= {"compound", "balance"}


def test_a_strip_that_no_cell_has_is_a_gap_and_can_be_filled(sample):
    scenes.with_gap(sample)
    gap = only(found(sample, "gap"))
    assert (gap.severity, gap.mend) == ("error", "fill")
    assert gap.measure == pytest.approx(2.0, abs=0.3)  # 20 m long, 10 cm wide
    assert gap.shape.covers(shapely.Point(gap.xy))


def test_a_wide_gap_is_for_a_person(sample):
    scenes.with_gap(sample, width_m=12.0)
    assert only(found(sample, "gap")).mend is None


def test_a_cell_that_ends_without_an_heir_leaves_a_gap_of_its_size(sample):
    (_, id_, shape), _, _ = scenes.inner_pair(sample)
    plant(sample, "cell", id_, valid_to="2026-01-01")
    assert only(found(sample, "gap")).measure == pytest.approx(shape.area, abs=0.1)


def test_ground_of_two_cells_is_an_overlap_of_both(sample):
    _, one = scenes.with_overlap(sample)
    finding = only(found(sample, "overlap"))
    cells = in_force(sample)
    assert cells[one][0] in (finding.row_id, finding.other_id)
    assert finding.mend == "give"


def test_a_vertex_that_the_neighbour_lacks_is_told_as_not_matching(sample):
    (_, id_, shape), _, border = scenes.inner_pair(sample)
    middle = shapely.set_precision(border.interpolate(0.5, normalized=True), 0.001)
    more = shapely.snap(shape, middle, 0.01)
    assert shapely.get_num_coordinates(more) == shapely.get_num_coordinates(shape) + 1
    plant(sample, "cell", id_, more)
    finding = only(found(sample, "matching"))
    assert (finding.severity, finding.mend) == ("warning", "match")
    assert not found(sample, "gap")
    assert not found(sample, "overlap")


def test_a_cell_that_reaches_out_of_its_community_is_told(sample):
    (one, id_, shape), edge = scenes.on_the_rim(sample)
    more = shapely.union(shape, scenes.strip_along(edge, 0.4))
    plant(sample, "cell", id_, shapely.set_precision(more, 0.001))
    finding = only(found(sample, "community"))
    assert (finding.row_id, finding.mend) == (id_, "clip")
    assert one[-3:] in str(finding.text)


def test_a_building_on_a_border_is_cut_and_one_beside_it_is_not(sample):
    (_, _, shape), (_, _other, beside), border = scenes.inner_pair(sample)
    x, y = border.interpolate(0.5, normalized=True).coords[0]
    inside = shape.representative_point()
    with sample.transaction(scenes.PLANTED) as tx:
        on = shapely.MultiPolygon([shapely.box(x - 5, y - 5, x + 5, y + 5)])
        off = shapely.MultiPolygon([inside.buffer(2)])
        cut, whole = (store.insert_row(tx, "building", {}, one) for one in (on, off))
    told = {one.row_id: one for one in found(sample, "building")}
    assert cut in told
    assert whole not in told
    assert told[cut].severity == "error"
    assert told[cut].mend is None
    assert beside.intersects(shapely.Point(told[cut].xy)) or shape.intersects(
        shapely.Point(told[cut].xy)
    )


def test_a_compound_of_one_unit_must_lie_in_one_cell_and_lifts_the_upper_bound(sample):
    (one, _, shape), (other, _, beside), _ = scenes.inner_pair(sample)
    with sample.transaction(scenes.PLANTED) as tx:
        ground = shapely.MultiPolygon([shapely.union(shape, beside).buffer(-3)])
        values = {"name": "化工厂", "single_owner": 1}
        id_ = store.insert_row(tx, "compound", values, ground)
    assert any(finding.row_id == id_ for finding in found(sample, "compound"))
    cells = in_force(sample)
    merged = edit_cells(sample, EditCells(Merge((cells[one][0], cells[other][0])))).value
    assert not [finding for finding in found(sample, "compound") if finding.row_id == id_]
    area = only([x for x in found(sample, "area") if x.row_id == merged.new[0]])
    assert area.severity == "info"
    assert "化工厂" in str(area.text)


def test_an_area_beyond_the_bounds_is_a_warning_and_never_more(sample):
    save_office(sample, SaveOffice({"area_low_m2": "9950", "area_high_m2": "10050"}))
    areas = found(sample, "area")
    assert areas
    assert {one.severity for one in areas} <= {"warning", "info"}
    cells = {id_: shape for id_, shape, _ in in_force(sample).values()}
    odd = {id_ for id_, shape in cells.items() if not 9950 <= shape.area <= 10050}
    assert {one.row_id for one in areas} == odd


def test_a_cell_without_a_walkway_near_cannot_be_walked_to(sample):
    (_, id_, shape), _, _ = scenes.inner_pair(sample)
    with sample.reading() as reader:
        lanes = rows.read_features(reader, "walkway", [])
    near = shapely.dwithin(lanes.geometry, shape, 5.0)
    with sample.transaction(scenes.PLANTED) as tx:
        tx.connection.execute("DELETE FROM route_stop")
        for lane in lanes.columns["id"][near]:
            store.delete_row(tx, "walkway", lane)
    assert id_ in {one.row_id for one in found(sample, "walkway")}


def test_borders_through_open_ground_are_told_by_their_share(sample):
    with sample.transaction(scenes.PLANTED) as tx:
        tx.connection.execute("DELETE FROM route_stop")
        tx.connection.execute("DELETE FROM walkway")
        lane = shapely.LineString([(0, 0), (1, 1)])
        store.insert_row(tx, "walkway", {}, lane)
    told = found(sample, "border")
    assert told
    assert all(one.measure < 0.5 for one in told)


@pytest.mark.parametrize(
    ("values", "severity", "mend"),
    [
        ({"code": None}, "error", "number"),
        ({"code": code(4)}, "error", None),  # another cell has it
        ({"code": "119999001002003"}, "error", None),  # of another community
        ({"code": "1199990010010"}, "info", None),  # of no scheme
        ({"code": "11999900100103", "code_scheme": "CJT213-14"}, "info", None),
        ({"code": "11999900100103", "code_scheme": "DB11-15"}, "error", None),
    ],
)
def test_codes_that_are_missing_or_given_twice_or_wrong_or_old_are_told(
    sample, values, severity, mend
):
    id_ = in_force(sample)[code(3)][0]
    plant(sample, "cell", id_, **values)
    told = [one for one in found(sample, "code") if one.row_id == id_]
    assert severity in {one.severity for one in told}
    assert mend in {one.mend for one in told}


def test_a_code_of_an_ended_cell_is_not_used_again(sample):
    cells = in_force(sample)
    done = edit_cells(sample, EditCells(Merge(_neighbours(cells)))).value
    plant(sample, "cell", done.new[0], code=done.codes[done.gone[0]])
    assert "不应再用" in str(only(found(sample, "code")).text)


def _neighbours(cells):
    for _, (id_, shape, row) in sorted(cells.items()):
        for _, (other, beside, other_row) in sorted(cells.items()):
            border = shapely.intersection(shape, beside)
            if id_ < other and border.length > 30 and row["grid_id"] == other_row["grid_id"]:
                return id_, other
    raise AssertionError


def test_balance_is_told_once_a_community_with_the_cell_that_differs_most(sample):
    (one, _, shape), _, _ = scenes.inner_pair(sample)
    point = shape.representative_point()
    with sample.transaction(scenes.PLANTED) as tx:
        features = Features({}, as_objects([point] * 50))
        rows.insert(tx, "component", features)
    told = [x for x in found(sample, "balance") if one[-3:] in str(x.text)]
    assert only(told).severity == "info"
    assert "5" in str(told[0].text)


def test_a_plan_of_one_community_says_nothing_of_the_others(sample):
    with sample.reading() as reader:
        communities = rows.read_features(reader, "community", []).columns["id"].tolist()
    plan = plans.new_plan(sample, plans.NewPlan("草案", communities=(communities[0],))).value
    told = found(sample, division=plan.id)
    assert not [one for one in told if one.rule in ("gap", "overlap", "community")]


def test_only_findings_of_the_named_community_are_told_and_another_name_is_refused(sample):
    save_office(sample, SaveOffice({"area_low_m2": "9950", "area_high_m2": "10050"}))
    every = found(sample, "area")
    named = rules.check_rules(sample, rules.CheckRules(community="119999001001")).value
    some = [one for one in named if one.rule == "area"]
    assert 0 < len(some) < len(every)
    with pytest.raises(RequestError):
        rules.check_rules(sample, rules.CheckRules(community="没有的社区"))


# --- accepting


def test_an_accepted_finding_is_marked_with_its_reason_and_comes_back_when_it_changes(sample):
    save_office(sample, SaveOffice({"area_low_m2": "9950", "area_high_m2": "10050"}))
    vertex, codes = inner_vertex(sample)
    ids = {in_force(sample)[one][0] for one in codes}
    finding = next(one for one in found(sample, "area") if one.row_id in ids)
    with pytest.raises(RequestError):
        rules.accept(sample, rules.AcceptFinding(finding, "  "))
    rules.accept(sample, rules.AcceptFinding(finding, "山坡，分不开"))
    assert history.recent(sample, 1).value[0].intention.zh == "认可例外（面积）：山坡，分不开"
    again = next(one for one in found(sample, "area") if one.key == finding.key)
    assert again.accepted == "山坡，分不开"
    assert not again.is_open
    nudge(sample, vertex, 3.0, 2.0)
    changed = next((one for one in found(sample, "area") if one.key == finding.key), None)
    assert changed is None or changed.is_open
    sample.undo()
    assert not next(one for one in found(sample, "area") if one.key == finding.key).is_open
    rules.withdraw(sample, rules.WithdrawAcceptance(again))
    assert next(one for one in found(sample, "area") if one.key == finding.key).is_open


# --- kept up to date


def as_told(findings):
    return {(one.key, one.fingerprint, one.accepted) for one in findings}


def test_after_each_change_the_keeper_tells_the_same_as_a_new_one(sample):
    keeper = RuleKeeper(sample)
    keeper.build()
    steps = [
        lambda: scenes.with_gap(sample)[0],
        lambda: sample.undo()[1],
        lambda: scenes.with_overlap(sample, 3.0)[0],
        lambda: plant(sample, "cell", in_force(sample)[code(3)][0], code=code(4)),
        lambda: sample.undo()[1],
        lambda: sample.undo()[1],
        lambda: nudge(sample, inner_vertex(sample)[0], 2.0, 2.0).touched,
        lambda: save_office(sample, SaveOffice({"area_low_m2": "9990"})).touched,
        lambda: _without_a_building(sample),
    ]
    for step in steps:
        before = as_told(keeper.findings())
        changed = keeper.update(step())
        after = as_told(keeper.findings())
        assert after == as_told(found(sample))
        assert as_told(changed.new) >= after - before
        assert as_told(changed.gone) >= before - after


def _without_a_building(sample):
    with sample.reading() as reader:
        building = rows.read_features(reader, "building", []).columns["id"][0]
    with sample.transaction(scenes.PLANTED) as tx:
        store.delete_row(tx, "building", building)
    return sample.touched_by(tx)


def test_a_change_is_followed_in_less_than_twenty_milliseconds(sample):
    keeper = RuleKeeper(sample)
    keeper.build()
    ids = [id_ for id_, _, _ in in_force(sample).values()]
    spent = []
    for id_ in ids[:15]:
        began = time.process_time()
        keeper.update(Touched({"cell": frozenset([id_])}))
        spent.append(time.process_time() - began)
    assert sorted(spent)[len(spent) // 2] < 0.02


def test_every_rule_has_a_name_in_both_languages():
    for text in RULES.values():
        assert text.render("zh") != text.render("en")
