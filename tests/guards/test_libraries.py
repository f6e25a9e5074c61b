"""Faults of libraries that would end the process, seen before the users do."""

import subprocess
import sys

_COUNT = """
import sys
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPen
app = QGuiApplication([])
image = QImage(8, 8, QImage.Format.Format_ARGB32_Premultiplied)
painter = QPainter(image)
pen = QPen()
before = sys.getrefcount(None)
for _ in range(1000):
    painter.setPen(pen)
after = sys.getrefcount(None)
painter.end()
print(before - after)
"""


def test_qt_gives_none_back_as_often_as_it_takes_it() -> None:
    # PySide6 6.12.0 on Python 3.11 does not: "deallocating None" after some thousand calls
    run = subprocess.run(
        [sys.executable, "-c", _COUNT],
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(run.stdout) < 500
