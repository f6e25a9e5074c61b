"""Every command can be given by the keyboard, and does something."""

import re
from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from gridmap.base.messages import Language, use_language
from gridmap.ui.app import Program, install_language
from gridmap.ui.commands import Command, commands, menus, toolbar

MNEMONIC = re.compile(r"&(\w)")


def real() -> list[Command]:
    return [command for command in commands() if command.id != "-"]


def faults_of(listed: list[Command]) -> list[str]:
    """Return what keeps a command from the keyboard."""
    found = [f"{each.id}: no mnemonic" for each in listed if not MNEMONIC.search(each.text)]
    found += [
        f"{each.id}: key {each.key!r} is none"
        for each in listed
        if each.key and QKeySequence(each.key).isEmpty()
    ]
    keys = Counter(QKeySequence(each.key).toString() for each in listed if each.key)
    found += [f"key {key} is used {count} times" for key, count in keys.items() if count > 1]
    for menu, _ in menus():
        letters = Counter(
            letter.upper()
            for each in listed
            if each.menu == menu
            for letter in MNEMONIC.findall(each.text)[:1]
        )
        found += [f"{menu}: {letter} stands twice" for letter, n in letters.items() if n > 1]
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_a_key_or_a_mnemonic_of_its_own(
    qapp: QApplication, language: Language
) -> None:
    translators = install_language(qapp, language)
    try:
        assert not faults_of(real())
        assert all(each.key for each in real())
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)
        use_language("zh")


def test_a_command_without_mnemonic_is_noticed(qapp: QApplication) -> None:
    sin = Command("sin", "file", "Sin", "Ctrl+O")
    found = faults_of([*real(), sin])
    assert "sin: no mnemonic" in found
    assert "key Ctrl+O is used 2 times" in found


def test_every_command_is_connected_and_in_a_menu(program: Program) -> None:
    known = {menu for menu, _ in menus()}
    assert {each.menu for each in real()} <= known
    assert set(program.window.actions_by_id) == {each.id for each in real()}
    assert set(toolbar()) - {"-"} <= set(program.window.actions_by_id)


def test_only_what_can_be_done_is_offered(program: Program) -> None:
    actions = program.window.actions_by_id
    assert actions["import"].isEnabled()
    assert not actions["zoom_to"].isEnabled()  # nothing is selected
    program.files.close()
    assert not actions["export"].isEnabled()
    assert actions["open"].isEnabled()
    assert actions["import"].isEnabled()  # a workspace is made first
