"""The canvas shows what QGIS shows of the same data: speed is not bought by leaving things out."""

import json
import os
import subprocess
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from bench.canvas import peer_task, scene
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from tests.report.helpers import pixels_of

from gridmap.services.layers import LayerSource
from gridmap.store.workspace import Workspace
from gridmap.ui.canvas.tiles import PAPER
from gridmap.ui.canvas.view import MapView

BLOCK = 16


@cache
def _qgis() -> str | None:
    return peer_task.find_qgis()


@pytest.fixture(autouse=True)
def _needs_qgis() -> None:
    if _qgis() is None:
        pytest.skip("no Python with QGIS (Debian: python3-qgis)")


def blocks(image: QImage) -> np.ndarray:
    """The mean colour of each block, (rows, columns, 3)."""
    pixels = pixels_of(image.convertToFormat(QImage.Format.Format_RGB32))[..., :3].astype(float)
    rows, columns = pixels.shape[0] // BLOCK, pixels.shape[1] // BLOCK
    whole = pixels[: rows * BLOCK, : columns * BLOCK]
    return whole.reshape(rows, BLOCK, columns, BLOCK, 3).mean(axis=(1, 3))


def wrong(ours: QImage, theirs: QImage) -> float:
    """By how many levels blocks differ, in the mean over those that show anything."""
    mine, other = blocks(ours), blocks(theirs)
    paper = np.array([PAPER.blue(), PAPER.green(), PAPER.red()])
    shows = (np.abs(other - paper).max(axis=2) > 2) | (np.abs(mine - paper).max(axis=2) > 2)
    return float(np.abs(mine - other)[shows].mean())


def canvas_picture(view: MapView) -> QImage:
    image = QImage(QSize(view.camera.width, view.camera.height), QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    view._tiles.paint(painter)
    painter.end()
    return image


@pytest.fixture
def view(qtbot, sample: Workspace, settle: Callable[[MapView], None]) -> Iterator[MapView]:
    """Lend the canvas in the benchmark's styles, painted."""
    made = MapView(LayerSource(sample), scene.styles())
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.start()
    settle(made)
    yield made
    made.close()


@pytest.fixture
def qgis(view: MapView, sample: Workspace, tmp_path: Path) -> Callable[..., QImage]:
    """Return what has QGIS paint what the canvas shows."""

    def paint(*tables: str) -> QImage:
        target = tmp_path / "qgis.png"
        task = peer_task.task(
            sample.path,
            size=(view.camera.width, view.camera.height),
            windows={"whole extent": [view.extent]},
            picture=target,
            paper=PAPER.name(),
        )
        subprocess.run(
            [_qgis(), str(peer_task.PROGRAM)], input=json.dumps({**task, "tables": tables}),
            text=True, check=True, capture_output=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        return QImage(str(target))

    return paint


def look(view: MapView, share: float) -> None:
    """Show so many times the width of everything."""
    xmin, ymin, xmax, ymax = view.layers.bounds()
    width, height = (xmax - xmin) * share / 2, (ymax - ymin) * share / 2
    x, y = (xmin + xmax) / 2, (ymin + ymax) / 2
    view.zoom_to((x - width, y - height, x + width, y + height))


def show(view: MapView, tables: Collection[str]) -> None:
    for table in scene.TABLES:
        view.layers.set_visible(table, table in tables)


@pytest.mark.parametrize(("share", "most"), [(2.0, 5.8), (1.0, 2.6), (0.6, 1.3)])
def test_the_canvas_and_qgis_show_the_same_and_a_missing_layer_is_noticed(
    view, qgis, settle, share: float, most: float
) -> None:
    """``most`` is by how many levels (of 255) blocks may differ in the mean."""
    look(view, share)
    settle(view)
    theirs = qgis(*scene.TABLES)
    assert wrong(canvas_picture(view), theirs) < most
    for left_out in ((scene.BUILDINGS,), (scene.CELLS,), scene.POINTS):
        show(view, set(scene.TABLES) - set(left_out))
        settle(view)
        assert wrong(canvas_picture(view), theirs) > most, left_out


def test_buildings_too_small_to_be_drawn_are_a_tint_as_dense_as_qgis_paints_them(
    view, qgis, settle
) -> None:
    show(view, {scene.BUILDINGS})
    look(view, 16.0)
    settle(view)
    theirs = qgis(scene.BUILDINGS)
    right = wrong(canvas_picture(view), theirs)
    show(view, set())
    settle(view)
    blank = wrong(canvas_picture(view), theirs)
    assert right < 0.75 * blank, "QGIS gives each of them an outline, so its picture is darker"
