"""Python knows no layout item that Qt has freed: it would take what comes to its place for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QLayout, QWidgetItem
from pytestqt.qtbot import QtBot

from gridmap.ui.app import Program

Idle = Callable[[Program], None]


def forgotten() -> Iterator[int]:
    """Yield the addresses of the items that no layout has any more."""
    known = shiboken6.getAllValidWrappers()
    items = {shiboken6.getCppPointer(one)[0] for one in known if isinstance(one, QWidgetItem)}
    for layout in [one for one in known if isinstance(one, QLayout)]:
        held = [layout.itemAt(at) for at in range(layout.count())]
        items -= {shiboken6.getCppPointer(one)[0] for one in held}
    yield from items


def test_no_item_is_known_after_its_end(
    qtbot: QtBot, program: Program, idle: Idle, sample_path: Path
) -> None:
    for width in (700, 1500, 1100):
        program.window.resize(width, 800)
        idle(program)
    program.files.close()
    for width in (700, 1500):
        program.window.resize(width, 800)
        idle(program)
    program.files.open_path(str(sample_path))
    qtbot.waitUntil(lambda: program.bench.has_painted, timeout=20_000)
    for name in ("show_rules", "show_history", "paint", "split_parts"):
        program.window.actions_by_id[name].trigger()
        idle(program)
    assert list(forgotten()) == []  # asked once: asking makes all other items known
