"""A map on a screen that nobody sees."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.canvas.helpers import STYLES, Source

from gridmap.ui.canvas.view import MapView


@pytest.fixture
def source() -> Source:
    """Return a source of the small world."""
    return Source()


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[MapView], None]:
    """Wait until a map has nothing left to read or paint."""

    def wait(view: MapView) -> None:
        qtbot.waitUntil(lambda: view.is_idle, timeout=20_000)

    return wait


@pytest.fixture
def view(qtbot: QtBot, source: Source, settle: Callable[[MapView], None]) -> Iterator[MapView]:
    """Lend a map of the small world, painted."""
    made = MapView(source, STYLES)
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    made.start()
    settle(made)
    yield made
    made.close()
