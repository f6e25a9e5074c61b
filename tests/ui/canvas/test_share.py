"""What two maps show of the same rows is read once, and never shown when it is old."""

from collections.abc import Callable

import pytest
import shapely
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot
from tests.ui.canvas.helpers import STYLES, Source

from gridmap.model.style import Style, Symbol
from gridmap.report.prepared import prepare
from gridmap.ui.canvas.share import Share
from gridmap.ui.canvas.view import MapView

Settle = Callable[[MapView], None]


@pytest.fixture
def beside(qtbot: QtBot, view: MapView, source: Source, settle: Settle) -> MapView:
    """Return a second map of the small world."""
    made = MapView(source, STYLES, beside=view)
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    made.follow(view.camera)
    made.start()
    settle(made)
    return made


def held(view: MapView, table: str = "cell") -> object:
    return view.layers.get_layer(table).prepared


def test_a_second_map_reads_nothing_that_the_first_one_holds(
    view: MapView, beside: MapView, source: Source
) -> None:
    assert held(beside) is held(view)
    assert source.asked["cell"] == 1
    assert source.boxes_asked["cell"] <= 1


def test_a_change_that_both_are_told_of_is_read_once(
    view: MapView, beside: MapView, source: Source, settle: Settle
) -> None:
    asked = source.asked["cell"]
    source.geometries["cell"].append(shapely.box(500_000, 4_400_000, 500_050, 4_400_050))
    touched = {"cell": None}
    view.invalidate(touched)
    beside.invalidate(touched)
    for each in (view, beside):
        settle(each)
    assert held(beside) is held(view)
    assert source.asked["cell"] == asked + 1


def test_the_same_words_twice_are_two_changes(
    view: MapView, beside: MapView, source: Source, settle: Settle
) -> None:
    touched = {"cell": None}
    view.invalidate(touched)
    settle(view)
    source.geometries["cell"].append(shapely.box(500_000, 4_400_000, 500_050, 4_400_050))
    view.invalidate(touched)
    settle(view)
    prepared = view.layers.get_layer("cell").prepared
    assert prepared is not None
    assert len(prepared.rows) == len(source.geometries["cell"])


def test_another_source_is_not_shared_and_coming_back_is(
    view: MapView, beside: MapView, source: Source, settle: Settle
) -> None:
    past = Source()
    past.geometries["cell"] = past.geometries["cell"][:3]
    beside.set_source(past)
    settle(beside)
    prepared = beside.layers.get_layer("cell").prepared
    assert prepared is not None
    assert len(prepared.rows) == 3
    assert held(view) is not prepared
    asked = source.asked["cell"]
    beside.set_source(source)
    settle(beside)
    assert held(beside) is held(view)
    assert source.asked["cell"] == asked


def test_a_map_in_another_style_shares_the_arrays(source: Source) -> None:
    share = Share()
    plain = Style("cell", Symbol(fill="#FF0000"))
    layer = share.keep(share.key(source, "cell"), prepare(source.load("cell", ("code",)), plain))
    other = share.find(share.key(source, "cell"), Style("cell", Symbol(fill="#00FF00")), ("code",))
    assert other is not None
    assert other.rows is layer.rows
    assert other.parts[0].shapes is layer.parts[0].shapes
    assert other.style.symbol.fill == "#00FF00"


def test_columns_that_nobody_read_are_not_found(source: Source) -> None:
    share = Share()
    style = Style("cell", Symbol())
    layer = prepare(source.load("cell", ("code",)), style)
    key = share.key(source, "cell")
    share.keep(key, layer)
    assert share.find(key, style, ("code", "name")) is None
    assert share.find(key, style, ()) is layer


def test_a_layer_is_gone_with_the_last_map_that_holds_it(source: Source) -> None:
    share = Share()
    style = Style("cell", Symbol())
    key = share.key(source, "cell")
    share.keep(key, prepare(source.load("cell", ()), style))
    assert share.find(key, style, ()) is None


def test_the_first_map_goes_on_when_the_second_is_closed(
    view: MapView, source: Source, settle: Settle
) -> None:
    beside = MapView(source, STYLES, beside=view)
    beside.follow(view.camera)
    beside.start()
    beside.close()
    beside.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    view.invalidate({"cell": None})
    settle(view)
    assert view.is_settled
