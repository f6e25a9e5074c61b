"""The plain models behind panels and dialogs, without any window."""

from pathlib import Path

import pytest

from gridmap.base.messages import Wording
from gridmap.base.settings import Settings, load_settings
from gridmap.exchange.source import SourceLayer
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import RowChange, TransactionRecord
from gridmap.model.schema import Field, Kind
from gridmap.report.styles import load_styles
from gridmap.services.layers import Page, RowDetails
from gridmap.ui.dialogs.import_file_model import ImportChoices, guess_table, importable_tables
from gridmap.ui.dialogs.new_workspace_model import guess_meridian, is_division_code, zones
from gridmap.ui.memory import LayerMemory, Memory
from gridmap.ui.panels.details_model import area, change_lines, length, row_lines
from gridmap.ui.panels.layers_model import LayerList, make_layer_list
from gridmap.ui.panels.shown import shown
from gridmap.ui.panels.table_model import PAGE, as_text, make_rows

# --- the layer list


@pytest.fixture
def layers() -> LayerList:
    return make_layer_list(load_styles().values(), LayerMemory(), "zh")


def test_layers_stand_with_the_uppermost_first(layers: LayerList) -> None:
    assert layers.painting_order == tuple(load_styles())
    assert layers.entries[-1].table == "subdistrict"


def test_layers_move_and_are_remembered(layers: LayerList) -> None:
    assert layers.move(0, 2)
    assert not layers.move(0, -1)
    assert not layers.move(3, 3)
    layers.entries[1].is_visible = False
    layers.entries[2].opacity = 0.4
    again = make_layer_list(load_styles().values(), layers.memory(), "en")
    assert again.painting_order == layers.painting_order
    assert [entry.is_visible for entry in again.entries].count(False) == 1
    assert again.entries[2].opacity == 0.4
    assert again.entries[0].title.isascii()


def test_a_layer_unknown_to_the_memory_comes_where_it_belongs() -> None:
    usual = list(load_styles())
    known = [table for table in usual if table != "building"]
    found = make_layer_list(
        load_styles().values(), LayerMemory(tuple(known), frozenset(), {}), "zh"
    )
    assert found.painting_order == tuple(usual)


# --- values as they are shown


@pytest.mark.parametrize(
    ("table", "field", "value", "zh", "en"),
    [
        ("defect", "kind", "pollution", "环境污染", "Pollution"),
        ("defect", "kind", "unheard_of", "unheard_of", "unheard_of"),
        ("compound", "green_m2", 1234.5, "1,234.5", "1,234.5"),
        ("compound", "green_m2", 1000.0, "1,000", "1,000"),
        ("building", "floors", 6, "6", "6"),
        ("building", "name", None, "", ""),
        ("cell", "code", "000123", "000123", "000123"),
    ],
)
def test_values_in_words(table: str, field: str, value: object, zh: str, en: str) -> None:
    described = TABLE_BY_NAME[table].get_field(field)
    assert shown(described, value, "zh") == zh
    assert shown(described, value, "en") == en


def test_moments_are_told_in_local_time_without_seconds() -> None:
    moment = Field("at", "时间", "At", Kind.MOMENT)
    assert shown(moment, "2026-11-24T08:30:59.123Z", "zh").startswith("2026-11-24 ")
    assert len(shown(moment, "2026-11-24T08:30:59.123Z", "zh")) == 16
    assert shown(moment, "昨天", "zh") == "昨天"


# --- pages of the table


def page(offset: int, count: int) -> Page:
    ids = tuple(f"id{n}" for n in range(offset, offset + count))
    return Page(offset, ids, tuple((f"v{n}",) for n in range(offset, offset + count)))


def test_a_page_is_asked_for_once_and_then_at_hand() -> None:
    rows = make_rows("cell", 1_000)
    assert rows.find(250) is None
    assert rows.ask(250) == PAGE
    assert rows.ask(251) is None
    rows.take(page(PAGE, PAGE))
    assert rows.find(250) == ("v250",)
    assert rows.find_id(250) == "id250"
    assert rows.ask(250) is None


def test_a_page_that_did_not_come_is_asked_for_again() -> None:
    rows = make_rows("cell", 1_000)
    rows.ask(0)
    rows.give_up(0)
    assert rows.ask(0) == 0


def test_few_pages_are_kept() -> None:
    rows = make_rows("cell", 200_000)
    for offset in range(0, 200_000, PAGE):
        rows.take(page(offset, PAGE))
    at_hand = sum(rows.find(row) is not None for row in range(0, 200_000, PAGE))
    assert 0 < at_hand < 100
    assert rows.find(199_999) is not None


def test_forgetting_makes_late_pages_known_as_such() -> None:
    rows = make_rows("cell", 10)
    before = rows.generation
    rows.take(page(0, 10))
    rows.forget()
    assert rows.find(0) is None
    assert rows.generation != before


def test_text_for_the_clipboard_has_headings_and_no_stray_tabs() -> None:
    fields = TABLE_BY_NAME["officer"].fields[:2]
    text = as_text(fields, [("沈\t安\n澜", "leader")], "zh")
    assert text == "姓名\t职务\n沈 安 澜\t网格长"


# --- details


def test_details_leave_out_what_is_empty_and_name_what_is_referred_to() -> None:
    values = dict.fromkeys(TABLE_BY_NAME["cell"].field_names) | {"code": "C1", "community_id": "x"}
    row = RowDetails(
        "cell", "1", values, {"community_id": "桃涧社区"}, '{"旧编号": 7, "空": null}', 9_876.5,
        None, (0.0, 0.0),
    )  # fmt: skip
    lines = {line.title: line for line in row_lines(row, "zh")}
    assert lines["所属社区"].value == "桃涧社区"
    assert lines["所属社区"].target == ("community", "x")
    assert lines["面积"].value == "9,876.5 m²"
    assert lines["旧编号"].value == "7"
    assert "名称" not in lines
    assert "空" not in lines


@pytest.mark.parametrize("extra", [None, "", "[1, 2]", "{torn", "7"])
def test_odd_extras_do_no_harm(extra: str | None) -> None:
    row = RowDetails("officer", "1", {"name": "沈"}, {}, extra, None, None, None)
    assert [line.value for line in row_lines(row, "zh")] == ["沈"]


def test_measures_have_units_that_fit() -> None:
    assert area(1_234_567) == "123.46 公顷"
    assert length(12.34) == "12.3 m"
    assert length(12_345) == "12.35 km"


def test_history_is_told_the_newest_first_in_words() -> None:
    def change(seq: int, intention: str, before: dict, after: dict) -> RowChange:
        record = TransactionRecord(
            seq, f"t{seq}", "2026-11-24T08:30:00.000Z", "沈", "edit", Wording(intention, "e"), None
        )
        return RowChange(record, "U", before, after)

    lines = change_lines(
        "defect",
        [
            change(1, "导入", {}, {}),
            change(2, "认定", {"state": "suspected", "geom": b"a"}, {"state": "confirmed",
                                                                     "geom": b"b"}),
        ],
        "zh",
    )  # fmt: skip
    assert [line.title for line in lines] == ["认定", "导入"]
    assert lines[0].columns[0] == ("状态", "疑似", "已认定")
    assert lines[0].columns[1] == ("位置和形状", "（图形）", "（图形）")


# --- what is remembered


def test_the_layout_is_remembered() -> None:
    memory = Memory(Settings())
    kept = LayerMemory(("cell", "grid"), frozenset({"grid"}), {"cell": 0.5})
    memory.keep_layout(b"\x00geometry", b"\xffstate", kept)
    again = Memory(load_settings())
    assert again.geometry == b"\x00geometry"
    assert again.state == b"\xffstate"
    assert again.layers == kept


@pytest.mark.parametrize(
    "layout", ["", "{", "[]", "7", '{"order": 3, "hidden": {}, "opacity": [], "state": 1}']
)
def test_a_torn_layout_is_forgotten(layout: str) -> None:
    memory = Memory(Settings(window_geometry="no base64!", window_layout=layout))
    assert memory.geometry == b""
    assert memory.layers == LayerMemory((), frozenset(), {})
    assert isinstance(memory.state, bytes)


def test_settings_that_cannot_be_kept_do_no_harm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, logged: list[object]
) -> None:
    taken = tmp_path / "a file"
    taken.touch()
    monkeypatch.setenv("GRIDMAP_DATA", str(taken))
    memory = Memory(Settings())
    memory.change(language="en")
    assert memory.settings.language == "en"
    assert logged


def test_recent_workspaces(tmp_path: Path) -> None:
    memory = Memory(Settings())
    memory.note_opened(tmp_path / "a")
    memory.note_opened(tmp_path / "b")
    memory.forget(str((tmp_path / "a").resolve()))
    assert load_settings().recent == (str((tmp_path / "b").resolve()),)


# --- new workspace, import


def test_zones_cover_china_and_beijing_lies_in_117() -> None:
    assert [zones()[0].meridian, zones()[-1].meridian] == [75, 135]
    assert {zone.meridian: zone.epsg for zone in zones()}[117] == 4548
    assert guess_meridian("110105013") == 117
    assert guess_meridian("650102001") == 87
    assert guess_meridian("") == 117
    assert all(guess_meridian(f"{n:02}") in {z.meridian for z in zones()} for n in range(100))


@pytest.mark.parametrize(
    ("code", "is_right"),
    [("110105013", True), ("110105013000", True), ("1101050", False), ("11010501x", False)],
)
def test_division_codes(code: str, is_right: bool) -> None:
    assert is_division_code(code) is is_right


def test_the_table_is_guessed_from_the_columns() -> None:
    defects = SourceLayer("台账", 9, None, ("问题类型", "标题", "严重程度", "发现日期", "描述"))
    buildings = SourceLayer("b", 9, "Polygon", ("名称", "门楼牌", "层数", "高度", "建成年份"))
    assert guess_table(defects) == "defect"
    assert guess_table(buildings) == "building"
    assert guess_table(SourceLayer("x", 1, None, ("qqq", "www"))) is None


def test_tables_for_import_have_a_place_or_are_lists() -> None:
    names = {table.name for table in importable_tables()}
    assert {"cell", "building", "defect", "officer"} <= names
    assert "ballot" not in names


def test_choices_become_a_request(tmp_path: Path) -> None:
    choices = ImportChoices(tmp_path / "a.csv", "cell", encoding="gbk", crs=4548)
    choices.fields["code"] = "编号"
    request = choices.request(dry_run=True)
    assert request.dry_run
    assert (request.encoding, request.crs, request.fields) == ("gbk", 4548, {"code": "编号"})
    choices.fields.clear()
    assert request.fields == {"code": "编号"}
