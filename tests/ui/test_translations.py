"""Every text of the windows has its English, and none is hidden from translation."""

import ast
import importlib.util
import re
import string
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from gridmap.base import paths
from gridmap.base.messages import use_language
from gridmap.ui.app import install_language

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "src" / "gridmap" / "ui"
FOLDER = paths.resource_dir() / "translations"
CHINESE = re.compile(r"[\u3400-\u9fff]")
OWN_NAMES = {"中文"}  # a language is offered in its own words, whichever is spoken now


def update() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update", FOLDER / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def messages(file: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (context, Chinese, English or nothing) of a .ts file."""
    root = ElementTree.parse(file).getroot()
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            is_done = translation is not None and translation.get("type") is None
            english = (translation.text or "") if is_done and translation is not None else ""
            yield context.findtext("name", ""), message.findtext("source", ""), english


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def faults(found: Iterator[tuple[str, str, str]]) -> list[str]:
    result = []
    for context, chinese, english in found:
        if not english:
            result.append(f"{context}: {chinese}: no English")
        elif placeholders(chinese) != placeholders(english):
            result.append(f"{context}: {chinese}: other placeholders")
    return result


def chinese_outside_tr(source: str) -> list[int]:
    """Return the lines of Chinese texts that are neither translated nor a docstring."""
    tree = ast.parse(source)
    excused: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else []:
            if isinstance(statement, ast.Expr):
                excused.add(id(statement.value))
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("tr", "translate"):
                excused |= {id(inner) for argument in node.args for inner in ast.walk(argument)}
    return sorted(
        {
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in excused
            and CHINESE.search(node.value)
            and node.value not in OWN_NAMES
        }
    )


def test_every_text_has_its_english(tmp_path: Path) -> None:
    """Look for texts anew, so that one that was never looked for is found too."""
    found = tmp_path / "gridmap_en.ts"
    found.write_bytes((FOLDER / "gridmap_en.ts").read_bytes())
    update().find_texts(found)
    known = list(messages(found))
    assert len(known) > 200
    assert not faults(iter(known))


def test_compiled_texts_are_those_of_the_source(tmp_path: Path) -> None:
    update().compile_texts(FOLDER / "gridmap_en.ts", tmp_path / "fresh.qm")
    kept, fresh = QTranslator(), QTranslator()
    assert kept.load(str(FOLDER / "gridmap_en.qm"))
    assert fresh.load(str(tmp_path / "fresh.qm"))
    for context, chinese, english in messages(FOLDER / "gridmap_en.ts"):
        assert kept.translate(context, chinese) == english


def test_a_text_without_english_is_noticed() -> None:
    assert faults(iter([("C", "你好", "")]))
    assert faults(iter([("C", "第 {row} 行", "Row {line}")]))
    assert not faults(iter([("C", "第 {row} 行", "Row {row}")]))


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda file: file.stem)
def test_chinese_stands_inside_tr(file: Path) -> None:
    assert not chinese_outside_tr(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('label.setText("你好")', [1]),
        ('x = f"共 {n} 行"', [1]),
        ('"""中文"""\nlabel.setText(self.tr("你好"))', []),
        ('translate("C", "你好" "吗")', []),
    ],
)
def test_a_hidden_text_is_noticed(source: str, lines: list[int]) -> None:
    assert chinese_outside_tr(source) == lines


def test_qt_speaks_the_same_language(qapp: QApplication) -> None:
    translators = install_language(qapp, "zh")
    try:
        assert qapp.translate("QPlatformTheme", "Cancel") == "取消"
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)
        use_language("zh")
