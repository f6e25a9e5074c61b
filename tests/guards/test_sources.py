"""What no linter says: sentences in one place, one spelling of a transaction, files of a size."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "gridmap"
LONGEST_MODULE = 400

CHINESE = re.compile(r"[\u3400-\u9fff]")

# Chinese words that are data, not sentences: headings and choices of the catalogue, spellings
# that files use, names of the imaginary place, and the journal's wording inside a trigger.
WORDS_ARE_DATA = (
    "model/",
    "sample/",
    "exchange/",
    "store/triggers.py",
    "services/categories.py",
    "services/doctor.py",
    "cli/app.py",  # help texts stand in both languages on one line
    "cli/base_maps.py",
    "cli/cells.py",
    "cli/cell_records.py",
    "cli/cell_painting.py",
    "cli/communities.py",
    "cli/documents.py",
    "cli/office.py",
    "cli/features.py",
    "cli/merging.py",
    "cli/undoing.py",
    "cli/places.py",
    "cli/rules.py",
    "cli/past.py",
    "cli/plans.py",
    "cli/styles.py",
    "geo/coordinates.py",  # spellings that pasted texts use
    "report/",  # words on the map itself are pairs of both languages, see test below
    "ui/",  # its own check reads Qt's tr()
)

Finding = tuple[str, int, str]


def modules() -> Iterator[tuple[str, str]]:
    for file in sorted(SOURCE.rglob("*.py")):
        yield file.relative_to(SOURCE).as_posix(), file.read_text(encoding="utf-8")


def docstrings(tree: ast.AST) -> set[int]:
    """Return the ids of the constants that are docstrings."""
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            found.add(id(body[0].value))
        # a string below an assignment documents the name above it
        for statement in body if isinstance(body, list) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                found.add(id(statement.value))
    return found


def chinese_outside_texts(name: str, source: str) -> Iterator[Finding]:
    if name.endswith("texts.py") or name.startswith(WORDS_ARE_DATA):
        return
    tree = ast.parse(source)
    excused = docstrings(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in excused:
            continue
        if isinstance(node.value, str) and CHINESE.search(node.value):
            yield name, node.lineno, node.value


def sqlite_contexts(name: str, source: str) -> Iterator[Finding]:
    """Find ``with connection:``, which opens no transaction although it looks like one."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.With):
            continue
        for item in node.items:
            text = ast.unparse(item.context_expr)
            if re.fullmatch(r"(\w+\.)*_?(connection|conn|writer|reader|db)", text):
                yield name, node.lineno, text


def too_long(name: str, source: str) -> Iterator[Finding]:
    lines = len(source.splitlines())
    if lines > LONGEST_MODULE and not name.endswith("texts.py"):  # a list has no second purpose
        yield name, lines, f"over {LONGEST_MODULE} lines: is it two files?"


def foreign_words(name: str, source: str) -> Iterator[Finding]:
    """Find names of package registries; versions are pinned, addresses are not."""
    pattern = r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian|debian\.org|files\.python"
    for number, line in enumerate(source.splitlines(), 1):
        if re.search(pattern, line):
            yield name, number, line.strip()


Check = Callable[[str, str], Iterator[Finding]]

SINS: list[tuple[Check, str, str]] = [
    (chinese_outside_texts, "store/rows.py", 'raise ValueError("没有这个文件")'),
    (chinese_outside_texts, "services/history.py", 'x = f"撤销 {1}"'),
    (sqlite_contexts, "store/rows.py", "def f(connection):\n    with connection:\n        pass"),
    (sqlite_contexts, "store/rows.py", "def f(self):\n    with self._writer:\n        pass"),
    (too_long, "geo/crs.py", "x = 1\n" * (LONGEST_MODULE + 1)),
    (foreign_words, "geo/crs.py", "# see py" + "pi.org"),
]


@pytest.mark.parametrize("check", [chinese_outside_texts, sqlite_contexts, too_long, foreign_words])
def test_sources_hold(check: Check) -> None:
    findings = [finding for name, source in modules() for finding in check(name, source)]
    assert not findings, "\n".join(map(str, findings))


@pytest.mark.parametrize(("check", "name", "sin"), SINS)
def test_a_planted_sin_is_found(check: Check, name: str, sin: str) -> None:
    assert list(check(name, sin))


def test_no_lock_file_with_addresses_is_kept() -> None:
    names = ("uv.lock", "poetry.lock", "Pipfile.lock", "pylock.toml", "package-lock.json")
    assert not [name for name in names if (ROOT / name).exists()]
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in pins
