"""The documents say what the program is."""

import re
import runpy
from pathlib import Path

import pytest
import typer

from gridmap.cli.app import app

ROOT = Path(__file__).resolve().parents[2]


def test_reference_is_as_the_program_is() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))["reference"]()
    kept = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert kept == made, "run: python docs/make_reference.py"


@pytest.mark.parametrize("verb", sorted(typer.main.get_command(app).commands))  # type: ignore[attr-defined]
def test_every_verb_is_in_the_handbook_and_has_help(verb: str) -> None:
    handbook = (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8")
    assert f"gridmap {verb}" in handbook
    command = typer.main.get_command(app).commands[verb]  # type: ignore[attr-defined]
    assert " · " in (command.help or ""), "help stands in both languages"


@pytest.mark.parametrize(
    "page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/handbook.md"]
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)", text)
    missing = [name for name in targets if not ((ROOT / page).parent / name).exists()]
    assert not missing


def test_architecture_names_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [
        folder.name
        for folder in (ROOT / "src" / "gridmap").iterdir()
        if (folder / "__init__.py").exists()
    ]
    assert not [room for room in rooms if f"`{room}/`" not in text]
