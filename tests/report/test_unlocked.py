import sys
import threading
import time

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QDataStream, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from gridmap.report import unlocked

pytestmark = pytest.mark.usefixtures("qapp")


def picture(paint) -> QImage:
    image = QImage(300, 300, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return image


def rings(count: int) -> QPainterPath:
    path = QPainterPath()
    for x, y in np.random.default_rng(3).random((count, 2)) * 300:
        path.addEllipse(x, y, 40, 30)
    return path


@pytest.fixture(params=["through ctypes", "through PySide6"])
def way(request, monkeypatch):
    if request.param == "through PySide6":
        monkeypatch.setattr(unlocked, "_find_calls", lambda: None)
    return request.param


def test_paths_are_painted_as_qt_paints_them(way: str) -> None:
    path, tint, pen = rings(20), QColor(200, 30, 60, 120), QPen(QColor("#104080"), 1.5)
    expected = picture(lambda p: (p.fillPath(path, tint), p.strokePath(path, pen)))
    painted = picture(
        lambda p: (unlocked.fill_path(p, path, tint), unlocked.stroke_path(p, path, pen))
    )
    assert painted == expected


def test_paths_are_read_as_qt_reads_them(way: str) -> None:
    octets = QByteArray()
    stream = QDataStream(octets, QIODevice.OpenModeFlag.WriteOnly)
    stream << rings(5)
    read = QPainterPath()
    unlocked.read_path(QDataStream(octets), read)
    assert read == rings(5)


@pytest.mark.skipif(sys.platform != "linux", reason="tried on Linux only")
def test_other_threads_go_on_while_a_large_path_is_painted() -> None:
    assert unlocked.is_unlocked()
    large, began = rings(2000), threading.Event()

    def paint(painter: QPainter) -> None:
        began.set()
        unlocked.fill_path(painter, large, QColor("#104080"))

    painting = threading.Thread(target=lambda: picture(paint))
    start = time.perf_counter()
    painting.start()
    began.wait()
    turns = 0
    while painting.is_alive():
        turns += 1
        time.sleep(0.001)
    took = time.perf_counter() - start
    assert took > 0.05, "too small a path to tell anything"
    assert turns > 10
