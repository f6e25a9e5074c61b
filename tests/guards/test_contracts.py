"""The rooms' contracts hold, and each catches the sin that it is there for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SINS = [
    ("base/clock.py", "import gridmap.model.schema", "Rooms import downwards only"),
    ("model/schema.py", "import gridmap.geo.crs", "Rooms import downwards only"),
    ("geo/crs.py", "import gridmap.store.rows", "Rooms import downwards only"),
    ("store/rows.py", "import gridmap.exchange.read", "Rooms import downwards only"),
    ("exchange/read.py", "import gridmap.report.sheet", "Rooms import downwards only"),
    ("services/history.py", "import gridmap.ui.work", "Rooms import downwards only"),
    ("geo/crs.py", "import PySide6.QtCore", "No Qt below the paper"),
    ("store/rows.py", "def late():\n    import pyqtgraph", "No Qt below the paper"),
    ("sample/generate.py", "import shiboken6", "No Qt below the paper"),
    ("services/history.py", "import PySide6.QtCore", "Services and command line name no Qt"),
    ("cli/app.py", "import pyqtgraph", "Services and command line name no Qt"),
    ("report/sheet.py", "import gridmap.store.rows", "Thinking rooms never see the workspace"),
    ("sample/generate.py", "import gridmap.store.rows", "Thinking rooms never see the workspace"),
    ("ui/work.py", "import sqlite3", "Only store names SQLite"),
    ("services/history.py", "import sqlite3", "Only store names SQLite"),
    ("exchange/read.py", "import pysqlite3", "Only store names SQLite"),
    ("model/schema.py", "import openpyxl", "Models and geometry know no files"),
    ("utils/__init__.py", "", "Rooms import downwards only"),
    ("base/__init__.py", "import gridmap.base.cycle_a.x", "No cycles between siblings"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("tree")
    shutil.copytree(
        ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def _lint(tree: Path) -> subprocess.CompletedProcess[str]:
    lint = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "COLUMNS": "200"}
    return subprocess.run(
        [str(lint), "--no-cache", "--no-logo"],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_contracts_are_kept(tree: Path) -> None:
    run = _lint(tree)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(("file", "sin", "contract"), SINS, ids=[f"{s[0]}←{s[1]}" for s in SINS])
def test_a_planted_sin_is_caught(tree: Path, file: str, sin: str, contract: str) -> None:
    target = tree / "src" / "gridmap" / file
    before = target.read_text(encoding="utf-8") if target.exists() else None
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"{before or ''}\n{sin}\n", encoding="utf-8")
    cycle = _plant_cycle(tree) if "cycle_a" in sin else None
    try:
        run = _lint(tree)
    finally:
        if cycle is not None:
            for folder in cycle:
                shutil.rmtree(folder)
        if before is None:
            shutil.rmtree(target.parent)
        else:
            target.write_text(before, encoding="utf-8")
    assert run.returncode != 0, f"not caught:\n{run.stdout}"
    broken = [line for line in run.stdout.splitlines() if "BROKEN" in line]
    assert any(contract in line for line in broken) or "utils" in run.stdout, run.stdout


def _plant_cycle(tree: Path) -> list[Path]:
    folders = [tree / "src/gridmap/base" / name for name in ("cycle_a", "cycle_b")]
    for folder, other in zip(folders, ("cycle_b", "cycle_a"), strict=True):
        folder.mkdir()
        (folder / "__init__.py").write_text("")
        (folder / "x.py").write_text(f"import gridmap.base.{other}.x\n")
    return folders
