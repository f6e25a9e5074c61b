"""What the editing tools make of clicks, drags and keys, without a window."""

import pytest
import shapely
from tests.ui.grounds import areas, at, edits_of, make_ground, spot

from gridmap.base.errors import RequestError
from gridmap.model.cell_edits import (
    AddVertex,
    Carve,
    DeleteVertex,
    Extend,
    HandOver,
    Merge,
    MoveBorder,
    MoveVertex,
    Reshape,
    Split,
    SplitParts,
)
from gridmap.ui.tools.edit_deeds import Adjust, Deed
from gridmap.ui.tools.edit_lines import (
    CarveOut,
    ExtendOutwards,
    HandOverPart,
    ReshapeBorder,
    SplitByLine,
)
from gridmap.ui.tools.edit_picks import EqualParts, MergeCells
from gridmap.ui.tools.edit_picture import ensure_edit, try_wish
from gridmap.ui.tools.edit_site import Site
from gridmap.ui.tools.edit_taking import take_edge


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(make_ground())


def ready(deed: Deed, site: Site) -> Deed:
    deed.use(site)
    return deed


def click(deed: Deed, *places: tuple[float, float]) -> object:
    wish = None
    for place in places:
        wish = deed.click(spot(deed, *place))
    return wish


# --- what is under the pointer -------------------------------------------------------------------


def test_the_pointer_finds_junctions_vertices_edges_and_the_handle_of_a_border(site):
    found = {
        place: site.grip(at(*place), 3.0)
        for place in [(101, 101), (1, 299), (130, 101), (151, 101), (150, 150)]
    }
    junction, corner, edge, handle, nothing = found.values()
    assert (junction.kind, junction.xy, len(junction.cells)) == ("junction", at(100, 100), 4)
    assert (corner.kind, corner.xy, corner.cells) == ("vertex", at(0, 300), ("c02",))
    assert (edge.kind, edge.xy, edge.cells) == ("edge", at(130, 100), ("c10", "c11"))
    assert (handle.kind, handle.xy) == ("border", at(150, 100))
    assert nothing is None


def test_a_border_too_short_to_be_hit_has_no_handle(site):
    assert site.grip(at(130, 101), 3.0).handle == at(150, 100)
    assert site.grip(at(130, 101), 40.0) is not None
    assert site.grip(at(160, 99), 30.0).handle is None


# --- adjusting -----------------------------------------------------------------------------------


def test_a_drag_moves_the_junction_for_all_its_cells(site):
    deed = ready(Adjust(), site)
    assert deed.press(spot(deed, 101, 101))
    wish = deed.drop(spot(deed, 108, 104))
    assert edits_of(wish, site) == [MoveVertex(at(100, 100), at(108, 104))]
    tried = try_wish(site.ground, wish)
    assert sorted(tried.preview.change.changed) == ["c00", "c01", "c10", "c11"]
    assert len(tried.picture.new_lines) > 0
    assert {box.effect.key for box in tried.picture.boxes} == set(tried.preview.change.changed)


def test_a_drag_of_an_edge_adds_a_vertex_and_one_of_the_handle_moves_the_border(site):
    deed = ready(Adjust(), site)
    deed.press(spot(deed, 130, 101))
    assert edits_of(deed.drop(spot(deed, 130, 110)), site) == [
        AddVertex(at(130, 100), at(130, 110))
    ]
    deed.clear()
    deed.press(spot(deed, 151, 100))
    (edit,) = edits_of(deed.drop(spot(deed, 155, 112)), site)
    assert edit == MoveBorder("c10", "c11", (5.0, 12.0))


def test_a_place_without_a_border_is_left_to_the_map(site):
    deed = ready(Adjust(), site)
    assert not deed.press(spot(deed, 150, 170))


def test_a_vertex_taken_by_a_click_follows_until_the_next_click_or_typed_numbers(site):
    deed = ready(Adjust(), site)
    assert click(deed, (100, 100)) is None
    assert deed.last == at(100, 100)
    assert edits_of(deed.type_place(at(103, 98)), site) == [MoveVertex(at(100, 100), at(103, 98))]
    assert edits_of(click(deed, (110, 90)), site) == [MoveVertex(at(100, 100), at(110, 90))]
    assert deed.step_back()
    assert not deed.is_moving
    assert not deed.step_back()


def test_typed_coordinates_take_hold_of_the_vertex_that_is_there(site):
    deed = ready(Adjust(), site)
    assert deed.type_place(at(150, 170)) is None
    assert not deed.is_moving
    deed.type_place(at(100, 200))
    assert deed.last == at(100, 200)


def test_a_double_click_adds_a_vertex_and_the_delete_key_takes_one_out(site):
    deed = ready(Adjust(), site)
    deed.press(spot(deed, 130, 101))
    assert edits_of(deed.double_click(spot(deed, 130, 101)), site) == [AddVertex(at(130, 100))]
    deed.hover(spot(deed, 99, 101))
    assert edits_of(deed.delete(), site) == [DeleteVertex(at(100, 100))]
    deed.hover(spot(deed, 150, 170))
    assert deed.delete() is None


def test_what_is_dragged_does_not_stick_to_the_edges_that_it_belongs_to(site):
    deed = ready(Adjust(), site)
    deed.press(spot(deed, 100, 100))
    beside = spot(deed, 108, 101)
    assert beside.snap is None
    other = spot(deed, 199, 101)
    assert (other.snap.kind, other.xy) == ("vertex", at(200, 100))


# --- lines ---------------------------------------------------------------------------------------


def test_a_line_through_cells_splits_those_that_it_goes_through_and_no_others(site):
    deed = ready(SplitByLine(), site)
    click(deed, (50, 40), (150, 45), (250, 42))
    wish = deed.finish()
    (edit,) = edits_of(wish, site)
    assert isinstance(edit, Split)
    assert edit.cells == ("c10",)
    assert len(try_wish(site.ground, wish).preview.change.new) == 2


def test_a_line_that_ends_in_a_cell_is_refused_at_its_end(site):
    deed = ready(SplitByLine(), site)
    click(deed, (-10, 40), (40, 45))
    tried = try_wish(site.ground, deed.finish())
    assert tried.edit is None
    assert tried.error.place.xy == pytest.approx(at(40, 45))


def test_the_pointer_counts_as_the_last_point_of_the_preview_but_not_of_what_is_done(site):
    deed = ready(SplitByLine(), site)
    click(deed, (-10, 40))
    assert deed.preview() is None
    deed.hover(spot(deed, 120, 40))
    assert deed.finish() is None
    (edit,) = edits_of(deed.preview(), site)
    assert edit.cells == ("c00",)


def test_points_are_taken_back_one_by_one_and_then_there_is_nothing_left(site):
    deed = ready(SplitByLine(), site)
    click(deed, (-10, 40), (50, 45))
    assert [deed.step_back() for _ in range(3)] == [True, True, False]


def test_a_border_follows_a_line_that_begins_and_ends_on_it(site):
    deed = ready(ReshapeBorder(), site)
    click(deed, (100, 20), (120, 50), (100, 80))
    wish = deed.finish()
    assert edits_of(wish, site)[0] == Reshape("c00", "c10", (at(100, 20), at(120, 50), at(100, 80)))
    change = try_wish(site.ground, wish).preview.change
    assert areas(dict(change.after)) == [9400, 10600]


def test_a_line_past_several_neighbours_reshapes_the_outline_of_one_cell(site):
    deed = ready(ReshapeBorder(), site)
    click(deed, (100, 170), (115, 205), (150, 215), (200, 205))
    tried = try_wish(site.ground, deed.finish())
    assert tried.edit is not None
    assert isinstance(tried.edit, Reshape)
    assert not tried.preview.change.new


def test_a_part_is_handed_to_the_cell_that_was_picked_first(site):
    deed = ready(HandOverPart(), site)
    click(deed, (150, 50))
    assert deed.chosen == ("c10",)
    click(deed, (80, 0), (80, 100))
    wish = deed.finish()
    assert edits_of(wish, site)[0] == HandOver("c00", "c10", (at(80, 0), at(80, 100)))
    assert areas(dict(try_wish(site.ground, wish).preview.change.after))[-2:] == [10000, 12000]


def test_a_line_that_comes_back_to_its_beginning_hands_over_what_it_holds(site):
    deed = ready(HandOverPart(), site)
    click(deed, (150, 50))
    wish = click(deed, (100, 30), (90, 30), (90, 70), (100, 70), (100, 30))
    assert edits_of(wish, site)[0].line[0] == edits_of(wish, site)[0].line[-1]
    assert areas(dict(try_wish(site.ground, wish).preview.change.after)) == [9600, 10400]


def test_a_ring_carves_out_a_cell_when_its_first_point_is_clicked_again(site):
    deed = ready(CarveOut(), site)
    wish = click(deed, (70, 70), (130, 70), (130, 130), (70, 130), (70, 70))
    (edit,) = edits_of(wish, site)
    assert isinstance(edit, Carve)
    assert edit.ring[0] == edit.ring[-1]
    tried = try_wish(site.ground, wish)
    new = tried.preview.change.new
    assert areas({key: tried.preview.change.after[key] for key in new}) == [3600]


def test_ground_is_added_as_a_new_cell_or_to_one_that_the_ring_touches(site):
    deed = ready(ExtendOutwards(), site)
    click(deed, (300, 0), (330, 0), (330, 100), (300, 100))
    (edit,) = edits_of(deed.finish(), site)
    assert isinstance(edit, Extend)
    assert edit.cell is None
    assert deed.letter("n")
    assert deed.chosen == ("c20",)
    tried = try_wish(site.ground, deed.finish())
    assert areas(dict(tried.preview.change.after)) == [13000]


# --- lanes, walls and edges ----------------------------------------------------------------------


def test_a_lane_is_taken_with_what_continues_it_through_the_cell(site):
    line = take_edge(site.ground, xy=at(130, 152), reach_m=2.0)
    assert line is not None
    run = shapely.LineString(line)
    assert shapely.intersects(run, shapely.Point(at(190, 150.5)).buffer(0.5))
    assert not shapely.intersects(run, shapely.Point(at(141, 180)).buffer(0.5))
    deed = ready(SplitByLine(), site)
    assert deed.letter("t")
    wish = deed.click(spot(deed, 130, 152))
    assert [type(edit) for edit in edits_of(wish, site)] == [Split]
    assert edits_of(wish, site)[0].cells == ("c11",)
    assert len(try_wish(site.ground, wish).preview.change.new) == 2


def test_a_lane_that_ends_in_a_cell_goes_on_straight_to_its_border(site):
    line = take_edge(site.ground, xy=at(230, 149.4), reach_m=2.0)
    assert line is not None
    ends = sorted(x - at(0, 0)[0] for x, _ in (line[0], line[-1]))
    assert ends[0] == pytest.approx(200, abs=0.6)
    assert ends[1] == pytest.approx(300, abs=0.6)


def test_the_edge_of_a_building_is_prolonged_to_both_borders(site):
    line = take_edge(site.ground, xy=at(220, 235), reach_m=2.0)
    assert line is not None
    assert {round(x, 3) for x, _ in line} == {at(220, 0)[0]}
    norths = sorted(y - at(0, 0)[1] for _, y in line)
    assert [norths[0], norths[-1]] == pytest.approx([199.5, 300.5])


def test_where_there_is_no_edge_nothing_is_taken(site):
    assert take_edge(site.ground, xy=at(150, 20), reach_m=2.0) is None
    deed = ready(ReshapeBorder(), site)
    deed.letter("t")
    wish = deed.click(spot(deed, 150, 20))
    with pytest.raises(RequestError):
        ensure_edit(site.ground, wish)
    assert try_wish(site.ground, wish).picture is None


# --- picking -------------------------------------------------------------------------------------


def test_picked_cells_are_merged_and_a_second_click_lets_one_go(site):
    deed = ready(MergeCells(("c00",)), site)
    click(deed, (150, 50), (250, 50), (250, 50))
    assert deed.chosen == ("c00", "c10")
    wish = deed.finish()
    assert edits_of(wish, site) == [Merge(("c00", "c10"))]
    tried = try_wish(site.ground, wish)
    assert len(tried.picture.old_lines) == 1
    assert tried.picture.new_lines == ()
    assert deed.step_back()
    assert deed.finish() is None


def test_equal_parts_take_their_number_and_what_is_equal_from_the_keys(site):
    deed = ready(EqualParts(), site)
    assert deed.preview() is None
    click(deed, (50, 50))
    assert deed.type_number(4.0)
    assert not deed.type_number(1.0)
    assert deed.letter("h")
    assert edits_of(deed.finish(), site) == [SplitParts("c00", 4, "households")]
    deed.letter("a")
    tried = try_wish(site.ground, deed.finish())
    new = tried.preview.change.new
    assert areas({key: tried.preview.change.after[key] for key in new}) == [2500] * 4
    assert all(box.effect.is_under for box in tried.picture.boxes)


def test_cells_that_are_no_more_are_not_picked_any_more(site):
    deed = MergeCells(("gone", "c00"))
    deed.use(site)
    assert deed.chosen == ("c00",)
    parts = EqualParts(("gone",))
    parts.use(site)
    assert parts.chosen == ()
