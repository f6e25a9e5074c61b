"""The layers without a window: reads happen when the test says so."""

from collections import deque
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject
from tests.ui.canvas.helpers import ORIGIN, STYLES, Source

from gridmap.ui.canvas import layers as stack
from gridmap.ui.canvas.layers import LayerStack
from gridmap.ui.workbench import Workbench

FAR = 1e6
X, Y = ORIGIN


class Reads:
    """What is to be read; ``next`` reads it, and what it returns brings it home."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Callable[[], Any], Any, Any]] = deque()

    def read(self, work: Callable[[], Any], then: Any, failed: Any) -> None:
        self.waiting.append((work, then, failed))

    def next(self) -> Callable[[], None]:
        work, then, failed = self.waiting.popleft()
        try:
            result = work()
        except RuntimeError as error:
            caught = error
            return lambda: failed(caught)
        return lambda: then(result)

    def all(self) -> None:
        for _ in range(20):
            if self.waiting:
                self.next()()
        assert not self.waiting, "reads without end"


@pytest.fixture
def reads() -> Reads:
    return Reads()


@pytest.fixture
def layers(qapp: object, source: Source, reads: Reads, monkeypatch) -> Iterator[LayerStack]:
    """Lend a stack of one table whose hundred rows count as many."""
    monkeypatch.setattr(stack, "_MANY_BOXES", 100)
    parent = QObject()
    yield LayerStack({"cell": STYLES["cell"]}, source, reads, parent)
    parent.deleteLater()


@pytest.fixture
def spoilt(layers: LayerStack) -> list[object]:
    told: list[object] = []
    layers.spoilt.connect(lambda _table, boxes: told.append(boxes))
    return told


def test_boxes_that_were_seen_too_near_while_rows_were_read_go(layers, reads, spoilt) -> None:
    layers.load_needed(FAR)
    reads.all()
    cell = layers.get_layer("cell")
    layers.refine()
    layers.load_needed(cell.coarse_from / 2)
    layers.load_needed(FAR)
    reads.all()
    assert cell.coarse_from is None
    assert spoilt[-1] is None, "everywhere"


def test_a_change_while_boxes_are_read_is_not_forgotten(layers, reads, spoilt) -> None:
    layers.load_needed(FAR)
    bring = reads.next()
    layers.invalidate({"cell": ["cell-3"]})
    bring()
    cell = layers.get_layer("cell")
    assert cell.coarse_from is not None
    reads.all()
    assert cell.coarse_from is None
    assert spoilt[-1] is None, "everywhere"


def test_boxes_that_nobody_told_from_rows_stay(layers, reads, spoilt) -> None:
    layers.load_needed(FAR)
    reads.all()
    layers.refine()
    reads.all()
    assert len(spoilt[-1]) == 0


def test_what_could_not_be_read_is_read_with_the_next_change(
    layers, reads, source, spoilt, logged
) -> None:
    layers.load_needed(FAR)
    reads.all()
    layers.refine()
    reads.all()
    told = []
    layers.failed.connect(lambda table, _error: told.append(table))
    source.broken = {"cell"}
    layers.invalidate({"cell": ["cell-3"]})
    reads.all()
    assert layers.is_complete, "what cannot be read is not waited for"
    layers.load_needed(FAR)
    layers.refine()
    assert not reads.waiting, "tried again without a reason"
    layers.load_needed(FAR / 2)
    reads.all()
    assert told == ["cell"], "told once"
    assert len(logged) == 2
    source.broken = set()
    layers.invalidate({"cell": ["cell-4"]})
    reads.all()
    assert spoilt[-1] is None, "where cell-3 was is repainted too"
    assert not layers.get_layer("cell").is_stale


def test_a_failed_layer_that_is_shown_anew_is_read(layers, reads, source, logged) -> None:
    source.broken = {"cell"}
    layers.load_needed(5_000)
    reads.all()
    source.broken = set()
    layers.set_visible("cell", False)
    layers.set_visible("cell", True)
    reads.all()
    assert layers.get_layer("cell").prepared is not None
    assert len(logged) == 1


def test_a_box_selects_nothing_while_rows_have_no_ids(layers, reads) -> None:
    selected, said = [], []
    window = SimpleNamespace(
        status=SimpleNamespace(clearMessage=lambda: None, note=said.append),
        layers=SimpleNamespace(current=SimpleNamespace(table="cell")),
    )
    bench = SimpleNamespace(
        view=SimpleNamespace(layers=layers, set_tool=lambda _tool: None),
        _window=window,
        tr=str,
        select=lambda table, ids: selected.append((table, ids)),
    )
    box = (X - 1, Y - 1, X + 101, Y + 101)
    Workbench._on_box(bench, box)
    layers.load_needed(FAR)
    reads.all()
    Workbench._on_box(bench, box)
    assert selected == []
    assert len(said) == 2, "why nothing is selected"
    layers.refine()
    reads.all()
    Workbench._on_box(bench, box)
    assert selected == [("cell", ["cell-0"])]
