"""The palette finds commands in every way people type them, and fast."""

import time

import pytest
from PySide6.QtWidgets import QApplication

from gridmap.services.spoken import Pinyin
from gridmap.ui.commands import commands
from gridmap.ui.handlers.palette import _other_words, _plain
from gridmap.ui.palette_model import Entry, Matcher, noted

ENTRIES = (
    Entry("command", "measure_length", "量距", others=("Measure Distance", "measure length")),
    Entry("command", "measure_area", "量面积", others=("Measure Area",)),
    Entry("command", "export", "导出图层", others=("Export Layer",)),
    Entry("command", "import", "导入", others=("Import",)),
    Entry("command", "undo", "撤销", others=("Undo",), why_not="现在没有可做的"),
    Entry("layer", "cell", "隐藏图层：单元网格", others=("单元网格", "Unit grid cell", "cell")),
    Entry("bookmark", "重庆里", "重庆里"),
)


def found(query: str, *lately: str) -> list[str]:
    matcher = Matcher(ENTRIES, Pinyin())
    return [entry.target for entry in matcher.find(query, lately)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("量距", "measure_length"),
        ("liangju", "measure_length"),
        ("liang ju", "measure_length"),
        ("lj", "measure_length"),
        ("dc", "export"),
        ("DCTC", "export"),
        ("tuceng", "export"),
        ("export", "export"),
        ("measure a", "measure_area"),
        ("图层 导", "export"),
        ("layer exp", "export"),
        ("cell", "cell"),
        ("dywg", "cell"),
        ("chongqing", "重庆里"),
        ("cx", "undo"),
    ],
)
def test_an_entry_is_found_by_chinese_pinyin_initials_and_english(query: str, first: str) -> None:
    assert found(query)[0] == first


def test_what_fits_nowhere_finds_nothing() -> None:
    assert found("xyzzy") == []
    assert found("图层 xyzzy") == []
    assert found("\n\t ") == found("")


def test_without_a_query_all_is_listed_what_was_used_lately_first() -> None:
    assert found("", "command:import", "bookmark:重庆里")[:3] == [
        "import",
        "重庆里",
        "measure_length",
    ]
    assert len(found("")) == len(ENTRIES)
    assert found("")[-1] == "undo"  # what cannot be done comes last


def test_of_what_begins_alike_the_one_used_lately_is_first() -> None:
    assert found("dao") == ["export", "import"]
    assert found("dao", "command:import") == ["import", "export"]
    assert found("导入", "command:export")[0] == "import"  # but the whole word wins


def test_uses_are_noted_once_and_not_without_end() -> None:
    assert noted(("a", "b"), "b") == ("b", "a")
    assert len(noted(tuple(map(str, range(100))), "x")) == 30


def test_all_commands_are_answered_within_20_ms(qapp: QApplication) -> None:
    others = _other_words()
    entries = [
        Entry("command", each.id, _plain(each.text), others=others[each.id])
        for each in commands()
        if each.id != "-"
    ]
    matcher = Matcher(entries, Pinyin())
    queries = ("l", "liang", "图", "zoom", "i", "e", "x y z", "")
    began = time.perf_counter()
    for query in queries:
        matcher.find(query)
    assert (time.perf_counter() - began) / len(queries) < 0.02


def test_the_english_of_the_commands_is_known_while_the_windows_speak_chinese(
    qapp: QApplication,
) -> None:
    others = _other_words()
    assert others["zoom_in"] == ("Zoom in", "zoom in")
    assert {_plain(each.text) for each in commands() if each.id == "zoom_in"} == {"放大"}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("打开…(&O)", "打开"),
        ("&Open…", "Open"),
        ("撤销“A && B”(&U)", "撤销“A & B”"),
        ("关于", "关于"),
    ],
)
def test_mnemonics_and_dots_are_not_shown(text: str, plain: str) -> None:
    assert _plain(text) == plain
