"""How the windows look: font, palette and style sheet; light, quiet, with room to breathe."""

from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from gridmap.base import paths

ACCENT = "#1B6CA8"
ACCENT_DARK = "#14527F"
ACCENT_TINT = "#E7F1F9"
TEXT = "#1F2A35"
MUTED = "#687684"
LINE = "#E1E6EB"
GROUND = "#F3F5F7"
PAPER = "#FFFFFF"
WARNING_TINT = "#FFF5DB"
WARNING_LINE = "#E8C667"
GOOD = "#2C8A57"
BAD = "#C2402F"

FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
_POINT_SIZE = 10


def dress(app: QApplication) -> None:
    """Give the application its font, palette and style sheet."""
    app.setStyle("Fusion")
    app.setFont(_font())
    app.setPalette(_palette())
    app.setStyleSheet(_style_sheet())


def _font() -> QFont:
    """Return the first Chinese family that is there; the bundle brings its own."""
    folder = paths.font_dir()
    for file in sorted(folder.glob("*.tt[cf]")) if folder else ():
        QFontDatabase.addApplicationFont(str(file))
    known = set(QFontDatabase.families())
    family = next((name for name in FAMILIES if name in known), QFont().defaultFamily())
    font = QFont(family, _POINT_SIZE)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: GROUND,
        role.Base: PAPER,
        role.AlternateBase: "#F8FAFB",
        role.Text: TEXT,
        role.WindowText: TEXT,
        role.ButtonText: TEXT,
        role.Button: PAPER,
        role.Highlight: ACCENT,
        role.HighlightedText: "#FFFFFF",
        role.PlaceholderText: "#98A4AF",
        role.ToolTipBase: TEXT,
        role.ToolTipText: "#FFFFFF",
        role.Link: ACCENT,
        role.Mid: LINE,
    }
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(disabled, name, QColor("#A6B0B9"))
    return palette


def _style_sheet() -> str:
    file = Path(__file__).with_name("theme.qss")
    sheet = file.read_text(encoding="utf-8")
    icons = (paths.resource_dir() / "icons").as_posix()
    named = {
        "@accent-dark": ACCENT_DARK,
        "@accent-tint": ACCENT_TINT,
        "@accent": ACCENT,
        "@text": TEXT,
        "@muted": MUTED,
        "@line": LINE,
        "@ground": GROUND,
        "@paper": PAPER,
        "@warning-tint": WARNING_TINT,
        "@warning-line": WARNING_LINE,
        "@icons": icons,
    }
    for name, value in named.items():
        sheet = sheet.replace(name, value)
    return sheet
