"""Another style, another source: the old picture stays until the new one is there."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QColor, QImage
from tests.ui.canvas.helpers import ORIGIN, STEP_M, STYLES, Source, rows_of
from tests.ui.canvas.test_stack import FAR, Reads

from gridmap.geo.layers import LayerRows
from gridmap.model.style import Label, StyleClass, Symbol
from gridmap.ui.canvas.layers import LayerStack
from gridmap.ui.canvas.view import MapView

RED, BLUE = QColor("#FF0000"), QColor("#0000FF")
X, Y = ORIGIN
GREEN_STYLE = replace(STYLES["cell"], symbol=Symbol(fill="#00FF00"))
GREEN = QColor("#00FF00")


def colour_at(view: MapView, east: float, north: float) -> QColor:
    image: QImage = view.grab().toImage()
    x, y = view.camera.to_pixel(east, north)
    return image.pixelColor(QPoint(round(x), round(y)))


@pytest.fixture
def reads() -> Reads:
    return Reads()


@pytest.fixture
def layers(qapp: object, source: Source, reads: Reads) -> Iterator[LayerStack]:
    """Lend a stack of two tables, read."""
    parent = QObject()
    tables = {name: STYLES[name] for name in ("cell", "sensor")}
    made = LayerStack(tables, source, reads, parent)
    made.load_needed(FAR)
    reads.all()
    yield made
    parent.deleteLater()


def test_another_style_is_painted_without_reading_a_row(view, source, settle) -> None:
    asked = dict(source.asked)
    view.set_style(GREEN_STYLE)
    assert colour_at(view, X + 150, Y + 180) == RED, "until the new picture is there"
    settle(view)
    assert colour_at(view, X + 150, Y + 180) == GREEN
    assert source.asked == asked


def test_a_style_by_another_column_reads_that_column(view, source, settle) -> None:
    blue = StyleClass(Symbol(fill="#0000FF"), value="011", zh="蓝", en="blue")
    view.set_style(replace(STYLES["cell"], by="code", classes=(blue,)))
    settle(view)
    assert source.fields["cell"] == ("code",)
    assert colour_at(view, X + 150, Y + 180) == BLUE
    assert colour_at(view, X + 450, Y + 180) == RED


def test_another_label_repaints_no_tile(view, settle) -> None:
    painted = view.painted_tiles
    view.set_style(replace(STYLES["cell"], label=Label("code", max_denominator=9_000)))
    settle(view)
    assert view.painted_tiles == painted


def test_a_style_that_comes_while_rows_are_read_is_the_one_that_stays(layers, reads) -> None:
    layers.invalidate({"cell": ["cell-1"]})
    bring = reads.next()
    layers.set_style(GREEN_STYLE)
    bring()
    reads.all()
    assert layers.get_layer("cell").prepared.style == GREEN_STYLE
    assert layers.is_complete


def test_styles_that_follow_fast_end_with_the_last_one(layers, reads) -> None:
    for colour in ("#111111", "#222222", "#00FF00"):
        layers.set_style(replace(GREEN_STYLE, symbol=Symbol(fill=colour)))
    assert len(reads.waiting) == 1, "a worker is asked for one at a time"
    reads.all()
    assert layers.get_layer("cell").prepared.style == GREEN_STYLE


def test_a_source_that_changes_while_rows_are_read_wins(layers, reads) -> None:
    other = Source()
    other.geometries["cell"] = other.geometries["cell"][:7]
    layers.invalidate({"cell": ["cell-1"]})
    bring = reads.next()
    layers.set_source(other)
    bring()
    assert len(layers.get_layer("cell").prepared.rows) == 100, "the late rows are not taken"
    reads.all()
    assert len(layers.get_layer("cell").prepared.rows) == 7
    assert layers.is_complete
    assert other.asked == {"cell": 1, "sensor": 1}


def test_a_failure_of_the_old_source_is_not_told(layers, reads, source) -> None:
    told: list[str] = []
    layers.failed.connect(lambda table, _error: told.append(table))
    source.broken = {"cell"}
    layers.invalidate({"cell": None})
    bring = reads.next()
    layers.set_source(Source())
    bring()
    reads.all()
    assert told == []
    assert layers.is_complete


def test_known_differences_of_a_source_are_all_that_is_read(layers, reads) -> None:
    other = Source()
    layers.set_source(other, {"cell": ["cell-3"]})
    reads.all()
    assert other.asked == {"cell": 1}


def test_another_source_is_shown_and_what_it_lacks_is_not_selected(view, settle, qtbot) -> None:
    view.select("cell", ["cell-3", "cell-95"])
    settle(view)
    other = Source()
    other.geometries["cell"] = [
        shapely.box(X, Y + n * STEP_M, X + STEP_M, Y + (n + 1) * STEP_M) for n in range(10)
    ]
    with qtbot.waitSignal(view.selected) as caught:
        view.set_source(other)
        assert colour_at(view, X + 450, Y + 480) == RED, "until the new rows are there"
    settle(view)
    assert caught.args == ["cell", ["cell-3"]]
    assert colour_at(view, X + 450, Y + 480) != RED
    assert colour_at(view, X + 50, Y + 850) == RED


def test_a_source_that_has_the_selected_rows_leaves_them_selected(view, settle) -> None:
    view.select("cell", ["cell-3"])
    settle(view)
    told: list[object] = []
    view.selected.connect(lambda *args: told.append(args))
    view.set_source(Source())
    settle(view)
    assert told == []


class RowsToo(Source):
    """A source that gives single rows, too."""

    def __init__(self) -> None:
        super().__init__()
        self.rows_asked: list[frozenset[str]] = []

    def load_rows(self, table: str, fields: tuple[str, ...], ids: Collection[str]) -> LayerRows:
        self.rows_asked.append(frozenset(ids))
        whole = rows_of(
            table, self.geometries[table],
            **{name: [f"{n:03d}" for n in range(len(self.geometries[table]))] for name in fields},
        )  # fmt: skip
        return whole.patched(
            rows_of(table, [], **{name: [] for name in fields}), set(whole.ids) - ids
        )


@pytest.fixture
def patched(qapp: object, reads: Reads) -> Iterator[tuple[LayerStack, RowsToo]]:
    """Lend a stack, read, whose source gives single rows."""
    parent, rows = QObject(), RowsToo()
    made = LayerStack({"cell": STYLES["cell"]}, rows, reads, parent)
    made.load_needed(5_000)
    reads.all()
    yield made, rows
    parent.deleteLater()


def test_a_changed_row_is_all_that_is_read(patched, reads) -> None:
    layers, rows = patched
    rows.geometries["cell"][7] = shapely.box(X - 500, Y, X - 400, Y + 100)
    spoilt: list[list[list[float]]] = []
    layers.spoilt.connect(lambda _table, boxes: spoilt.append(boxes.tolist()))
    layers.invalidate({"cell": ["cell-7"]})
    reads.all()
    assert rows.rows_asked == [{"cell-7"}]
    assert rows.asked["cell"] == 1
    assert spoilt == [[[X + 700, Y, X + 800, Y + 100], [X - 500, Y, X - 400, Y + 100]]]
    prepared = layers.get_layer("cell").prepared
    (shapes,) = prepared.rows.shapes
    boxes = dict(zip(prepared.rows.ids[shapes.rows], shapes.bounds.tolist(), strict=True))
    assert len(boxes) == 100
    assert boxes["cell-7"] == [X - 500, Y, X - 400, Y + 100]
    assert boxes["cell-8"] == [X + 800, Y, X + 900, Y + 100]
    assert set(prepared.rows.columns) == {"code"}


def test_a_moved_corner_spoils_only_the_edges_that_it_moved(patched, reads) -> None:
    layers, rows = patched
    corners = [(X + 700, Y), (X + 800, Y), (X + 790, Y + 95), (X + 700, Y + 100)]
    rows.geometries["cell"][7] = shapely.Polygon(corners)
    spoilt: list[list[list[float]]] = []
    layers.spoilt.connect(lambda _table, boxes: spoilt.append(boxes.tolist()))
    layers.invalidate({"cell": ["cell-7"]})
    reads.all()
    assert spoilt == [[[X + 700, Y, X + 800, Y + 100]]]
    corners.insert(2, (X + 795, Y + 40))
    rows.geometries["cell"][7] = shapely.Polygon(corners)
    layers.invalidate({"cell": ["cell-7"]})
    reads.all()
    assert spoilt[1] == [[X + 790, Y, X + 800, Y + 95]]
    layers.invalidate({"cell": ["cell-7"]})
    reads.all()
    assert spoilt[2] == []  # nothing of it looks different


def test_a_row_that_is_gone_is_painted_no_more(patched, reads) -> None:
    layers, rows = patched
    rows.geometries["cell"] = rows.geometries["cell"][:99]
    layers.invalidate({"cell": ["cell-99"]})
    reads.all()
    assert "cell-99" not in layers.get_layer("cell").prepared.rows.ids
    assert rows.asked["cell"] == 1


def test_a_change_whose_rows_nobody_knows_reads_the_table(patched, reads) -> None:
    layers, rows = patched
    layers.invalidate({"cell": None})
    reads.all()
    assert rows.rows_asked == []
    assert rows.asked["cell"] == 2


def test_a_changed_row_and_another_style_come_together(patched, reads) -> None:
    layers, rows = patched
    layers.invalidate({"cell": ["cell-7"]})
    bring = reads.next()
    layers.invalidate({"cell": ["cell-9"]})
    layers.set_style(GREEN_STYLE)
    bring()
    reads.all()
    assert rows.rows_asked == [{"cell-7"}, {"cell-9"}]
    assert layers.get_layer("cell").prepared.style == GREEN_STYLE


class ColumnsToo(Source):
    """A source that gives columns alone, too, the last row first."""

    def load_columns(
        self, table: str, fields: tuple[str, ...]
    ) -> tuple[NDArray[Any], dict[str, NDArray[Any]]]:
        count = len(self.geometries[table])
        ids = np.array([f"{table}-{n}" for n in range(count)], object)[::-1]
        codes = np.array([f"{n:03d}" for n in range(count)], object)[::-1]
        return ids, dict.fromkeys(fields, codes)


@pytest.mark.parametrize("gone", [0, 1])
def test_names_are_read_without_the_shapes_unless_rows_have_gone(qapp, reads, gone: int) -> None:
    parent, rows = QObject(), ColumnsToo()
    layers = LayerStack({"cell": STYLES["cell"]}, rows, reads, parent)
    layers.load_needed(FAR)
    reads.all()
    shapes = layers.get_layer("cell").prepared.rows.shapes
    rows.geometries["cell"] = rows.geometries["cell"][: 100 - gone]
    spoilt: list[int] = []
    layers.spoilt.connect(lambda _table, boxes: spoilt.append(len(boxes)))
    layers.load_needed(5_000)
    reads.all()
    held = layers.get_layer("cell").prepared.rows
    assert rows.asked["cell"] == 1 + gone
    assert (held.shapes is shapes) == (not gone)
    assert spoilt == [0], "nothing is painted anew"
    assert held.columns["code"][7] == "007"
    assert held.ids[7] == "cell-7"
    parent.deleteLater()
