"""Values as they are typed: taken as the schema wants them, or one sentence that says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridmap.model.catalogue import TABLE_BY_NAME, TABLES
from gridmap.model.schema import Kind
from gridmap.services.values import check_value

FIELDS = [(table, field) for table in TABLES for field in table.fields]


def field(name):
    table, _, column = name.partition(".")
    return TABLE_BY_NAME[table].get_field(column)


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("building.floors", " 6 ", 6),
        ("building.floors", "６", 6),
        ("compound.residents", "1,234", 1234),
        ("building.height_m", "18.5", 18.5),
        ("building.use", "住宅", "residential"),
        ("building.use", "Residential", "residential"),
        ("building.use", "residential", "residential"),
        ("compound.is_old", "是", 1),
        ("compound.is_old", "no", 0),
        ("officer.from_on", "2026年3月5日", "2026-03-05"),
        ("officer.from_on", "20260305", "2026-03-05"),
        ("case_file.due_at", "2026-11-24 08:30", "2026-11-24T00:30:00.000Z"),
        ("patrol_post.opens", "08:30", "08:30"),
        ("component.code", "１１０１０５", "110105"),
        ("building.name", "  1号楼 ", "1号楼"),
        ("building.floors", "", None),
        ("sensor.threshold", "-5", -5.0),
    ],
)
def test_what_is_typed_is_taken_as_the_field_wants_it(name, typed, stored):
    checked = check_value(field(name), typed)
    assert checked.fault is None
    assert checked.value == stored


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("building.floors", "6.5", "整数"),
        ("building.floors", "-1", "不能小于零"),
        ("building.height_m", "高", "数字"),
        ("building.built_year", "20", "1840 到 2200"),
        ("defect.severity", "4", "1 到 3"),
        ("building.use", "工厂", "住宅、商业"),
        ("compound.is_old", "也许", "“是”或“否”"),
        ("officer.from_on", "2026-02-30", "完整的日期"),
        ("officer.from_on", "2026年3月", "完整的日期"),
        ("case_file.due_at", "明天", "日期和时间"),
        ("patrol_post.opens", "25:00", "几点几分"),
        ("component.code", "11 01", "不能有空格"),
        ("subdistrict.code", "", "必须填写"),
        ("building.remark", "字" * 10_001, "太长"),
    ],
)
def test_what_cannot_be_taken_is_told_in_a_sentence_that_names_the_field(name, typed, said):
    checked = check_value(field(name), typed)
    assert checked.value is None
    assert checked.fault is not None
    assert said in str(checked.fault)
    assert field(name).zh in str(checked.fault)


@given(st.sampled_from(FIELDS), st.text(max_size=40))
def test_any_text_gives_a_value_of_the_right_kind_or_a_sentence(one, text):
    _, described = one
    checked = check_value(described, text)
    assert checked.value is None or checked.fault is None
    if checked.value is None:
        return
    wanted = {Kind.INTEGER: int, Kind.YES_NO: int, Kind.REAL: float}.get(described.kind, str)
    assert type(checked.value) is wanted
    again = check_value(described, checked.value)
    assert again == checked
