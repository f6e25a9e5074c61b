"""Light and dark, three sizes of type: changed at once, kept, and easy to read."""

import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from gridmap.base.settings import Settings, load_settings, save_settings, settings_file
from gridmap.ui import theme
from gridmap.ui.app import Program
from gridmap.ui.dialogs.settings import SettingsDialog
from gridmap.ui.icons import icon
from gridmap.ui.shades import DARK, LIGHT, Shades
from gridmap.ui.startpage import StartPage
from gridmap.ui.theme import Look

UI = Path(theme.__file__).parent


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    theme.dress(qapp, Look("light"))
    yield
    theme.dress(qapp)


def luminance(code: str) -> float:
    parts = (int(code[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


READ = [
    ("text", "paper"), ("text", "ground"), ("text", "alternate"), ("text", "accent_soft"),
    ("heading", "alternate"), ("muted", "paper"), ("muted", "ground"), ("accent", "paper"),
    ("accent_dark", "accent_tint"), ("on_accent", "accent"), ("on_accent", "accent_dark"),
    ("warning_text", "warning_tint"), ("bad", "paper"), ("bad", "ground"), ("ink", "paper"),
    ("tip_text", "tip_ground"),
]  # fmt: skip


@pytest.mark.parametrize("shades", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "below"), READ)
def test_words_stand_out_from_their_ground(shades: Shades, words: str, below: str) -> None:
    assert contrast(getattr(shades, words), getattr(shades, below)) >= 4.5


def test_the_style_sheet_names_its_colours(qapp: QApplication) -> None:
    sheet = (UI / "theme.qss").read_text(encoding="utf-8")
    known = {field.name.replace("_", "-") for field in dataclasses.fields(Shades)} | {"icons"}
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    assert set(re.findall(r"@([a-z-]+)", rules)) <= known
    assert not re.findall(r"(?:background|color|border)[^;{]*#[0-9A-Fa-f]{3,8}\b", rules)
    assert "@" not in qapp.styleSheet().partition("*/")[2]


def test_every_colour_that_is_named_is_there() -> None:
    for file in UI.rglob("*.py"):
        for name in re.findall(r"\btheme\.([A-Z][A-Z_]+)\b", file.read_text(encoding="utf-8")):
            assert hasattr(theme, name), f"{file.name}: theme.{name}"


# --- changing


def test_dark_is_worn_at_once_and_kept(qtbot: QtBot, program: Program) -> None:
    program.window.actions_by_id["settings"].trigger()
    dialog = program.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.appearance.setCurrentIndex(dialog.appearance.findData("dark"))
    dialog.type_size.setCurrentIndex(dialog.type_size.findData("large"))
    assert theme.is_dark()
    assert program.window.palette().window().color() == QColor(DARK.ground)
    assert program.window.font().pointSizeF() == 12.5
    dialog.agree.click()
    assert (load_settings().appearance, load_settings().type_size) == ("dark", "large")
    assert theme.is_dark()


def test_cancelling_takes_the_look_back(qtbot: QtBot, program: Program) -> None:
    program.window.actions_by_id["settings"].trigger()
    dialog = program.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.appearance.setCurrentIndex(dialog.appearance.findData("dark"))
    assert theme.is_dark()
    dialog.reject()
    assert not theme.is_dark()
    assert load_settings().appearance == Settings().appearance


def test_lines_of_trees_follow_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    tree = QTreeWidget()
    qtbot.addWidget(tree)
    changes: list[object] = []
    tree.itemChanged.connect(lambda item, _column: changes.append(item))
    item = QTreeWidgetItem(tree, ["甲"])
    inner = QTreeWidgetItem(item, ["乙"])
    own = QTreeWidgetItem(tree, ["丙"])
    item.setForeground(0, QColor(theme.MUTED))
    inner.setForeground(0, QColor(theme.DISABLED))
    own.setForeground(0, QColor("#123456"))
    changes.clear()
    theme.dress(qapp, Look("dark"))
    assert item.foreground(0).color() == QColor(DARK.muted)
    assert inner.foreground(0).color() == QColor(DARK.disabled)
    assert own.foreground(0).color() == QColor("#123456")  # no colour of the theme
    assert not changes
    theme.dress(qapp, Look("light"))
    assert item.foreground(0).color() == QColor(LIGHT.muted)


def test_cells_of_tables_follow_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    table = QTableWidget(1, 2)
    qtbot.addWidget(table)
    table.setItem(0, 1, QTableWidgetItem("甲"))
    table.item(0, 1).setForeground(QColor(theme.ACCENT))
    theme.dress(qapp, Look("dark"))
    assert table.item(0, 1).foreground().color() == QColor(DARK.accent)


def colours_of(name: str, ratio: float = 1.0) -> set[str]:
    picture = icon(name).pixmap(QSize(24, 24), ratio).toImage()
    assert picture.width() == round(24 * ratio)
    pixels = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(24))
    return {pixel.name().upper() for pixel in pixels if pixel.alpha() > 250}


@pytest.mark.parametrize("ratio", [1.0, 1.25, 3.0])
def test_icons_are_drawn_in_the_colours_of_the_theme(qapp: QApplication, ratio: float) -> None:
    assert LIGHT.ink in colours_of("open", ratio)
    theme.dress(qapp, Look("dark"))
    seen = colours_of("open", ratio)
    assert DARK.ink in seen
    assert LIGHT.ink not in seen


@pytest.mark.parametrize("name", ["close", "float", "up", "down"])
def test_icons_of_the_style_sheet_are_there_in_dark(name: str) -> None:
    folder = UI.parents[2] / "resources" / "icons"
    light = (folder / f"{name}.svg").read_text(encoding="utf-8")
    dark = light.replace(LIGHT.ink, DARK.ink).replace(LIGHT.accent, DARK.accent)
    assert (folder / "dark" / f"{name}.svg").read_text(encoding="utf-8") == dark


def test_the_map_stays_light(qapp: QApplication) -> None:
    before = (theme.MAP_INK, theme.MAP_PAPER)
    theme.dress(qapp, Look("dark"))
    assert before == (theme.MAP_INK, theme.MAP_PAPER)
    assert contrast(*before) > 10


# --- larger type, smaller screens


@pytest.mark.parametrize("size", ["normal", "large", "largest"])
def test_cards_of_the_start_page_hold_their_words(
    qtbot: QtBot, qapp: QApplication, size: theme.TypeSize
) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    page.resize(1700, 900)
    page.show()
    theme.dress(qapp, Look("light", size))
    qapp.processEvents()
    for card in page.cards.values():
        for label in card.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert card.rect().contains(label.geometry()), label.text()


@pytest.mark.parametrize(("width", "columns"), [(1200, 4), (640, 2), (400, 1)])
def test_the_start_page_needs_no_more_width_than_there_is(
    qtbot: QtBot, width: int, columns: int
) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    page.resize(width, 500)
    page.show()
    tops = [card.y() for card in page.cards.values()]
    assert tops.count(min(tops)) == columns


def test_a_window_is_no_larger_than_its_screen(qtbot: QtBot, qapp: QApplication) -> None:
    theme.dress(qapp, Look("light", "largest"))
    label = QLabel()
    qtbot.addWidget(label)
    theme.give_room(label, QSize(5000, 5000))
    screen = label.screen().availableSize()
    assert label.width() < screen.width()
    assert label.height() < screen.height()


@pytest.mark.parametrize("value", ["blue", 7, None, ["dark"]])
def test_a_look_that_is_none_gives_the_usual_one(value: object) -> None:
    save_settings(Settings())
    kept = json.loads(settings_file().read_text(encoding="utf-8"))
    kept |= {"appearance": value, "type_size": value}
    settings_file().write_text(json.dumps(kept), encoding="utf-8")
    assert load_settings() == Settings()
