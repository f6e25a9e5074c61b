"""The typeface of maps and sheets, and a QGuiApplication to write with where there is none."""

import os
import sys
from functools import cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from gridmap.base import paths
from gridmap.base.errors import EnvironmentProblem
from gridmap.report import texts

_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "SimHei",
)


def ensure_application() -> QCoreApplication:
    """Return the running application; without one, start one that needs no screen."""
    return QCoreApplication.instance() or _start_application()


@cache
def _start_application() -> QGuiApplication:
    """Start an application, and hold it until the program ends."""
    if sys.platform == "linux" and not os.environ.get("QT_QPA_PLATFORM"):
        # elsewhere Qt finds a platform by itself, also without a window
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication(["gridmap"])


@cache
def map_family() -> str:
    """Return the name of the typeface; fonts of the bundle are registered first.

    Raises:
        EnvironmentProblem: no typeface of this machine has Chinese characters.
    """
    folder = paths.font_dir()
    for file in sorted(folder.iterdir()) if folder is not None else ():
        if file.suffix.lower() in (".ttf", ".otf", ".ttc"):
            QFontDatabase.addApplicationFont(str(file))
    families = set(QFontDatabase.families())
    for family in _FAMILIES:
        if family in families:
            return family
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if not chinese:
        raise EnvironmentProblem(texts.no_chinese_font())
    return chinese[0]


@cache
def map_font(pixels: float, *, is_bold: bool = False, spacing: float = 0.0) -> QFont:
    """Return the map's typeface in a size, in device pixels."""
    font = QFont(map_family())
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight.Bold if is_bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Local forms swap the digits beside Latin letters for glyphs that no character leads to, and
    # in a PDF they could be seen but neither copied nor found (Noto Sans CJK, Qt 6.11).
    font.setFeature(QFont.Tag("locl"), 0)
    if spacing:  # as a share: Qt multiplies absolute spacing by the resolution of the paper
        share = 100 + 100 * spacing / max(1, round(pixels))
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, share)
    return font


def text_width(text: str, font: QFont) -> float:
    """Return how wide a text is, in device pixels."""
    return QFontMetricsF(font).horizontalAdvance(text)
