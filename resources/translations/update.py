# Run by hand; only its test imports it.  # noqa: INP001
"""Bring the English of the windows up to date: find the texts, compile what is translated.

    python resources/translations/update.py

New texts appear in gridmap_en.ts as unfinished; a test fails until each has its English.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
UI = HERE.parents[1] / "src" / "gridmap" / "ui"
SOURCE = HERE / "gridmap_en.ts"
COMPILED = HERE / "gridmap_en.qm"


def tool(name: str) -> str:
    """Return where PySide6 put a tool: beside this interpreter."""
    return str(Path(sys.executable).parent / name)


def find_texts(target: Path) -> None:
    """Write every text of the windows into ``target``, keeping what is translated there."""
    files = [str(file.relative_to(HERE.parents[1])) for file in sorted(UI.rglob("*.py"))]
    options = ["-source-language", "zh_CN", "-target-language", "en_US", "-no-obsolete"]
    subprocess.run(  # noqa: S603 - our own tool and our own files
        [tool("pyside6-lupdate"), *files, "-ts", str(target), "-locations", "none", *options],
        cwd=HERE.parents[1],
        check=True,
    )


def compile_texts(source: Path, target: Path) -> None:
    """Compile the translated texts."""
    command = [tool("pyside6-lrelease"), str(source), "-qm", str(target)]
    subprocess.run(command, check=True)  # noqa: S603 - our own tool and our own files


if __name__ == "__main__":
    find_texts(SOURCE)
    compile_texts(SOURCE, COMPILED)
