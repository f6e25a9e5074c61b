"""Write docs/window.png: the window on its sample, as a user sees it after ``./run``."""

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TARGET = Path(__file__).with_name("window.png")
SIZE = 1440, 900
SECONDS = 60


def shoot(folder: Path) -> None:
    """Open the sample, pick a cell, and keep the picture."""
    os.environ["GRIDMAP_DATA"] = str(folder / "data")
    from gridmap.base.settings import Settings
    from gridmap.sample.generate import Scale
    from gridmap.services.workspaces import make_sample
    from gridmap.ui import app as ui

    path = folder / "示例.gridmap"
    make_sample(path, Scale.COMMUNITY, 1).close()
    application = ui.make_application()
    translators = ui.install_language(application, "zh")
    program = ui.Program(ui.Memory(Settings()), ui.BoxNotices(), ui.BoxPicker())
    program.window.resize(*SIZE)
    program.show(path)
    program.window.resize(*SIZE)
    _wait(application, lambda: _is_settled(program))
    with program.desk.workspace.reading() as reader:
        row = reader.execute("SELECT id FROM cell ORDER BY code LIMIT 1 OFFSET 34").fetchone()
    program.bench.select("cell", list(row))
    _wait(application, lambda: _is_settled(program))
    program.window.grab().save(str(TARGET))
    program.close()
    del translators


def _is_settled(program: object) -> bool:
    view = getattr(program.bench, "view", None)  # type: ignore[attr-defined]
    return view is not None and view.is_settled


def _wait(application: object, is_done: object) -> None:
    end = time.monotonic() + SECONDS
    rest = time.monotonic() + 1.0  # panels fill a moment after the map
    while not is_done() or time.monotonic() < rest:  # type: ignore[operator]
        application.processEvents()  # type: ignore[attr-defined]
        if time.monotonic() > end:
            sys.exit("the window never came to rest")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        shoot(Path(folder))
