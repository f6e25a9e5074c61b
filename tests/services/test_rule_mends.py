"""Mending what the rules find: one transaction, nothing else moves, undo gives the bytes back."""

import pytest
import shapely
from tests.services import rule_scenes as scenes
from tests.services.divisions import bytes_of, code, in_force
from tests.services.rule_scenes import found, plant

from gridmap.base.errors import RequestError
from gridmap.services import checks, history, plans
from gridmap.services.office import SaveOffice, save_office
from gridmap.services.rule_findings import Finding
from gridmap.services.rule_mends import MendFindings, mend
from gridmap.services.rule_texts import rule_gap
from gridmap.store import edit as store

_TILING = ("gap", "overlap", "community", "matching", "building")


def mend_all(opened, rule):
    return mend(opened, MendFindings(tuple(found(opened, rule))))


def torn(opened):
    return [one for one in found(opened) if one.rule in _TILING]


def ground_of(opened):
    return shapely.union_all([shape for _, shape, _ in in_force(opened).values()])


def with_clipped_corner(opened):
    """Stand a building on a border so that a corner of it lies in the neighbour."""
    (_, _, shape), (_, _other, beside), border = scenes.inner_pair(opened)
    x, y = border.interpolate(0.5, normalized=True).coords[0]
    inside = shape.representative_point()
    away = shapely.LineString([(x, y), (inside.x, inside.y)])
    centre = away.interpolate(4.5)
    house = shapely.box(centre.x - 5, centre.y - 5, centre.x + 5, centre.y + 5)
    share = shapely.area(shapely.intersection(house, beside)) / house.area
    assert 0.005 < share < 0.25
    with opened.transaction(scenes.PLANTED) as tx:
        opened_house = shapely.MultiPolygon([shapely.set_precision(house, 0.001)])
        return store.insert_row(tx, "building", {"name": "角楼"}, opened_house)


def cut_rim(opened):
    """Let a cell reach out of its community a little."""
    (_, id_, shape), edge = scenes.on_the_rim(opened)
    more = shapely.union(shape, scenes.strip_along(edge, 0.4))
    return plant(opened, "cell", id_, shapely.set_precision(more, 0.001))


def with_extra_vertex(opened):
    """Put a vertex on a border that the neighbour does not get."""
    (_, id_, shape), _, border = scenes.inner_pair(opened)
    middle = shapely.set_precision(border.interpolate(0.5, normalized=True), 0.001)
    return plant(opened, "cell", id_, shapely.snap(shape, middle, 0.01))


@pytest.mark.parametrize(
    ("plant_it", "rule"),
    [
        (scenes.with_gap, "gap"),
        (scenes.with_overlap, "overlap"),
        (cut_rim, "community"),
        (with_extra_vertex, "matching"),
        (with_clipped_corner, "building"),
    ],
)
def test_what_is_torn_by_a_little_is_mended_for_good_and_one_undo_takes_it_back(
    sample, plant_it, rule
):
    plant_it(sample)
    before = bytes_of(sample)
    cells = in_force(sample)
    outcome = mend_all(sample, rule)
    assert outcome.value.done
    assert not outcome.value.left
    assert not torn(sample)
    assert checks.check(sample).value == []
    assert set(in_force(sample)) == set(cells)  # all codes are kept
    moved = [one for one in cells if not in_force(sample)[one][1].equals(cells[one][1])]
    assert len(moved) <= 3
    assert history.recent(sample, 1).value[0].intention.zh.startswith("修补：")
    sample.undo()
    assert bytes_of(sample) == before
    sample.redo()
    assert not torn(sample)


def test_a_filled_gap_goes_to_the_cell_with_the_longest_border(sample):
    scenes.with_gap(sample)
    whole = ground_of(sample).area
    gap = found(sample, "gap")[0]
    mend_all(sample, "gap")
    assert ground_of(sample).area == pytest.approx(whole + gap.measure, abs=0.05)


def test_a_led_border_leaves_the_building_in_the_cell_that_had_most_of_it(sample):
    house = with_clipped_corner(sample)
    finding = next(one for one in found(sample, "building") if one.row_id == house)
    assert finding.mend == "follow"
    mend(sample, MendFindings((finding,)))
    shapes = [shape for _, shape, _ in in_force(sample).values()]
    with sample.reading() as reader:
        building = store.read_rows(reader, "building", [house], ()).geometry[0]
    parts = [shapely.intersection(building, shape).area for shape in shapes]
    assert sum(part > 0.01 for part in parts) == 1


def test_a_missing_code_gets_the_next_number_of_its_community(sample):
    cells = in_force(sample)
    last = max(int(one[-3:]) for one in cells if one.startswith(code(1)[:12]))
    plant(sample, "cell", cells[code(3)][0], code=None)
    mend_all(sample, "code")
    assert in_force(sample)[code(last + 1)][0] == cells[code(3)][0]


def test_many_findings_are_mended_as_one_step_and_what_cannot_be_is_told(sample):
    scenes.with_gap(sample)
    plant(sample, "cell", in_force(sample)[code(5)][0], code=None)
    stale = Finding(
        "gap",
        "error",
        rule_gap(),
        (0.0, 0.0),
        "community",
        "?",
        mend="fill",
        shape=shapely.box(0, 0, 1, 1),
    )
    every = (*found(sample, "gap"), *found(sample, "code"), stale)
    mended = mend(sample, MendFindings(every)).value
    assert len(mended.done) == 2
    assert [one for one, _ in mended.left] == [stale]
    assert history.recent(sample, 1).value[0].intention.zh == "修补 2 处划分问题"


def test_what_has_no_sure_mend_or_is_over_is_refused_and_nothing_changes(sample):
    scenes.with_gap(sample, width_m=12.0)
    before = bytes_of(sample)
    with pytest.raises(RequestError) as told:
        mend_all(sample, "gap")
    assert told.value.place.xy is not None
    assert bytes_of(sample) == before
    sample.undo()
    scenes.with_gap(sample)
    gap = found(sample, "gap")
    sample.undo()
    with pytest.raises(RequestError, match="不一样"):
        mend(sample, MendFindings(tuple(gap)))


def test_a_locked_cell_is_not_mended_and_the_office_may_want_a_document(sample):
    scenes.with_overlap(sample)
    gap = found(sample, "overlap")
    for id_, _, _ in list(in_force(sample).values()):
        plant(sample, "cell", id_, locked=1)
    with pytest.raises(RequestError):
        mend(sample, MendFindings(tuple(gap)))
    save_office(sample, SaveOffice({"needs_document": "是"}))
    with pytest.raises(RequestError, match="批文"):
        mend(sample, MendFindings(tuple(gap)))


def test_a_plan_is_mended_without_touching_the_official_cells(sample):
    plan = plans.new_plan(sample, plans.NewPlan("草案")).value.id
    official = in_force(sample)
    base = {row["base_cell_id"]: id_ for id_, _, row in in_force(sample, plan).values()}
    (_, id_, shape), _, border = scenes.inner_pair(sample)
    less = shapely.difference(shape, scenes.strip_along(border, 0.2))
    plant(sample, "cell", base[id_], less)
    gaps = found(sample, "gap", division=plan)
    assert gaps
    assert not found(sample, "gap")
    mend(sample, MendFindings(tuple(gaps), plan))
    assert not found(sample, "gap", division=plan)
    assert {one: row[0] for one, row in in_force(sample).items()} == {
        one: row[0] for one, row in official.items()
    }
