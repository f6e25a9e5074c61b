"""The style dialog without its widgets: steps, ways to tell rows apart, scales."""

from dataclasses import replace

import pytest

from gridmap.model.catalogue import MAP_ORDER, TABLE_BY_NAME
from gridmap.model.style import (
    Comparison,
    Condition,
    Gather,
    Gathering,
    Graduation,
    Method,
    Proportion,
    Style,
    StyleClass,
    Symbol,
)
from gridmap.report.styles import load_styles
from gridmap.ui.dialogs.style_model import (
    EVERYWHERE,
    Display,
    Presence,
    StyleEditor,
    display_of,
    options_of,
    presence_of,
    with_name,
    with_presence,
    with_symbol,
)
from gridmap.ui.dialogs.style_scales import parsed_scale, rounded_scale, scale_text
from gridmap.ui.memory import LayerMemory
from gridmap.ui.panels.layers_model import legend_of, make_layer_list

RED = Symbol(fill="#FF0000")
BLUE = Symbol(fill="#0000FF")


def by_use() -> Style:
    classes = (StyleClass(RED, value="shop"), StyleClass(BLUE, value="school"))
    return Style("building", Symbol(fill="#DDDDDD"), "use", classes)


# --- what a layer allows


@pytest.mark.parametrize("table", MAP_ORDER)
def test_a_layer_offers_fields_that_are_its_own_and_mean_something(table: str) -> None:
    options = options_of(table)
    fields = TABLE_BY_NAME[table].field_names
    for offered in (options.class_fields, options.number_fields, options.rule_fields):
        assert {each.name for each in offered} <= set(fields)
        assert not any(each.refers_to for each in offered)  # ids tell nobody anything
    assert options.has_areas or options.has_lines or options.has_points


def test_points_lines_and_areas_offer_what_they_can_show() -> None:
    def offered(table: str) -> tuple[bool, bool, bool]:
        options = options_of(table)
        return options.has_areas, options.has_lines, options.has_points

    assert offered("building") == (True, False, False)
    assert offered("route") == (False, True, False)
    assert offered("component") == (False, False, True)
    assert offered("defect") == (True, True, True)


@pytest.mark.parametrize("table", MAP_ORDER)
def test_every_shipped_style_is_known_for_what_it_is(table: str) -> None:
    style = load_styles()[table]
    expected = Display.SINGLE
    if style.classes:
        expected = Display.GRADUATED if style.classes[0].below is not None else Display.CLASSES
    assert display_of(style) is expected


def test_classes_with_a_scale_of_their_own_are_rules() -> None:
    style = by_use()
    assert display_of(style) is Display.CLASSES
    near = replace(style.classes[0], max_denominator=5000.0)
    assert display_of(replace(style, classes=(near,))) is Display.RULES


# --- steps


def test_every_change_is_a_step_that_can_be_taken_back_and_made_again() -> None:
    editor = StyleEditor(by_use())
    first = editor.style
    editor.change_symbol(BLUE)
    editor.choose(1)
    editor.change_symbol(RED)
    last = editor.style
    assert editor.undo()
    assert editor.place == 1
    assert editor.undo()
    assert editor.style == first
    assert not editor.can_undo
    assert editor.redo()
    assert editor.redo()
    assert editor.style == last
    assert not editor.redo()


def test_a_slider_moved_in_one_go_is_one_step() -> None:
    editor = StyleEditor(by_use())
    for width in (1.5, 2.0, 2.5):
        editor.change_symbol(replace(editor.symbol, width=width), "width")
    editor.choose(1)
    for width in (1.5, 2.0):
        editor.change_symbol(replace(editor.symbol, width=width), "width")
    editor.undo()
    assert [each.symbol.width for each in editor.style.classes] == [2.5, 1.0]
    editor.undo()
    assert editor.style == by_use()


def test_a_change_that_changes_nothing_is_no_step() -> None:
    told: list[int] = []
    editor = StyleEditor(by_use(), lambda: told.append(1))
    editor.change(by_use())
    editor.change_symbol(editor.symbol)
    assert not editor.can_undo
    assert not told


def test_a_new_step_forgets_what_was_taken_back() -> None:
    editor = StyleEditor(by_use())
    editor.change_symbol(BLUE)
    editor.undo()
    editor.change_symbol(Symbol(fill="#00FF00"))
    assert not editor.can_redo


def test_cancel_leads_back_to_what_was_saved_last() -> None:
    editor = StyleEditor(by_use())
    editor.change_symbol(BLUE)
    assert editor.is_changed
    editor.saved = editor.style
    assert not editor.is_changed


# --- ways


def test_looking_at_another_way_loses_nothing() -> None:
    editor = StyleEditor(by_use())
    assert not editor.choose_display(Display.SINGLE)
    assert editor.style.classes == ()
    assert editor.style.by is None
    assert not editor.choose_display(Display.CLASSES)
    assert editor.style == by_use()


def test_a_way_that_was_never_set_up_asks_for_its_classes() -> None:
    editor = StyleEditor(Style("building", RED))
    assert editor.choose_display(Display.GRADUATED)
    assert editor.choose_display(Display.RULES)
    editor.undo()
    assert editor.display is Display.GRADUATED


def test_classes_become_rules_that_say_the_same() -> None:
    editor = StyleEditor(by_use())
    assert not editor.choose_display(Display.RULES)
    wheres = [each.where for each in editor.style.classes]
    assert wheres == [
        (Condition("use", Comparison.IS, "shop"),),
        (Condition("use", Comparison.IS, "school"),),
    ]
    assert editor.style.by is None


def test_an_imported_style_is_one_step_and_shows_what_it_is() -> None:
    editor = StyleEditor(Style("building", RED))
    graded = replace(
        Style("building", RED, "floors", (StyleClass(BLUE, below=7.0, zh="低", en="Low"),)),
        graduation=Graduation(Method.QUANTILE, 1, "heat"),
    )
    editor.replace_all(graded)
    assert editor.display is Display.GRADUATED
    editor.undo()
    assert editor.display is Display.SINGLE


def test_the_chosen_symbol_stays_among_those_that_are_left() -> None:
    editor = StyleEditor(by_use())
    editor.choose(7)
    assert editor.place == 2  # the rest
    assert editor.class_ is None
    editor.change(replace(editor.style, classes=()))
    assert editor.place == 0


def test_the_rest_has_a_symbol_too() -> None:
    style = with_symbol(by_use(), 2, RED)
    assert style.symbol == RED
    assert with_symbol(style, 0, BLUE).classes[0].symbol == BLUE


def test_renaming_in_one_language_takes_the_other_along_only_where_they_agreed() -> None:
    own = replace(by_use(), classes=(StyleClass(RED, value="A", zh="甲", en="甲"),))
    renamed = with_name(own, 0, "乙", is_english=False).classes[0]
    assert (renamed.zh, renamed.en) == ("乙", "乙")
    both = replace(by_use(), classes=(StyleClass(RED, value="A", zh="甲", en="First"),))
    renamed = with_name(both, 0, "乙", is_english=False).classes[0]
    assert (renamed.zh, renamed.en) == ("乙", "First")


def test_points_are_shown_in_one_way_at_a_time() -> None:
    style = Style("component", RED)
    for presence in (Presence.CLUSTERS, Presence.HEAT, Presence.HEXAGONS):
        style = with_presence(style, presence)
        assert presence_of(style) is presence
        assert style.proportion is None
    plain = with_presence(style, Presence.PLAIN)
    assert (plain.gather, plain.proportion) == (None, None)


def test_the_way_of_gathering_keeps_its_scale_and_its_field() -> None:
    held = Gather(Gathering.HEAT, min_denominator=2000.0, palette="blues")
    style = with_presence(Style("component", RED, gather=held), Presence.HEXAGONS)
    assert style.gather == replace(held, kind=Gathering.HEXAGONS)


# --- scales


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1:5000", 5000.0),
        ("1:5,000", 5000.0),
        ("5000", 5000.0),
        ("1：2，000", 2000.0),
        ("1 / 500", 500.0),
        ("", None),
        ("abc", None),
        ("0", None),
        ("-5", None),
        ("1:9999999999", None),
        ("2:500", None),
    ],
)
def test_a_scale_is_read_as_people_write_it(text: str, expected: float | None) -> None:
    assert parsed_scale(text) == expected


def test_the_scale_of_the_map_is_taken_in_round_numbers() -> None:
    assert rounded_scale(4713.0) == 4700.0
    assert rounded_scale(123_456.0) == 120_000.0
    assert rounded_scale(7.3) == 7.0
    assert scale_text(25_000.0) == "1:25,000"
    assert rounded_scale(1e9) < EVERYWHERE


# --- the legend in the layer tree


def test_the_legend_tells_classes_sizes_and_what_is_gathered() -> None:
    lines = legend_of(by_use(), "zh")
    assert [(line.entry.text, line.place) for line in lines] == [("商业", 0), ("学校", 1)]
    sized = replace(by_use(), proportion=Proportion("floors", 32.0))
    lines = legend_of(sized, "en")
    assert [line.place for line in lines[:2]] == [0, 1]
    sizes = [line.entry.marker_size or 0.0 for line in lines[2:]]
    assert len(sizes) == 3
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 16.0  # no line is higher
    assert len(set(sizes)) == 3  # and yet they differ
    far = replace(by_use(), gather=Gather(Gathering.HEAT, min_denominator=5000.0))
    lines = legend_of(far, "zh")
    assert lines[0].entry.ramp
    assert [line.place for line in lines] == [-1, 0, 1]  # the classes are seen from near
    always = replace(by_use(), gather=Gather(Gathering.CLUSTERS))
    assert [line.place for line in legend_of(always, "zh")] == [-1]
    assert legend_of(Style("building", RED), "zh") == ()


def test_a_layer_out_of_its_scales_is_known_as_not_shown() -> None:
    styles = load_styles()
    layers = make_layer_list(styles.values(), LayerMemory(), "zh")
    near = replace(styles["building"], min_denominator=2000.0, max_denominator=8000.0)
    entry = layers.note_style(near, "zh")
    assert entry is not None
    shown = [layers.is_shown(entry, denominator) for denominator in (1000.0, 5000.0, 9000.0)]
    assert shown == [False, True, False]


def test_what_is_gathered_is_seen_far_out_and_a_single_one_as_before() -> None:
    shipped = load_styles()["patrol_post"]
    assert shipped.max_denominator < float("inf")
    gathered = with_presence(shipped, Presence.CLUSTERS)
    assert gathered.is_shown_at(1e6)
    assert with_presence(gathered, Presence.PLAIN) == shipped
