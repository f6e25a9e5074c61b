"""How the windows look: font, palette and style sheet; light or dark, in three sizes of type.

The colours stand here by name (``theme.MUTED``) and change with the theme: read them when you
paint, never when a module is loaded. The map is not part of it. Its paper stays light, as it will
be printed, so what lies on the map takes ``MAP_INK``.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QTableWidget,
    QTreeWidget,
    QTreeWidgetItemIterator,
    QWidget,
)

from gridmap.base import paths
from gridmap.base.settings import Appearance, TypeSize
from gridmap.ui.shades import DARK, LIGHT, Shades

ACCENT = LIGHT.accent
ACCENT_DARK = LIGHT.accent_dark
ACCENT_TINT = LIGHT.accent_tint
TEXT = LIGHT.text
MUTED = LIGHT.muted
FAINT = LIGHT.faint
DISABLED = LIGHT.disabled
LINE = LIGHT.line
GROUND = LIGHT.ground
PAPER = LIGHT.paper
GOOD = LIGHT.good
BAD = LIGHT.bad
INK = LIGHT.ink

MAP_INK = "#1F2A35"
"""Text and lines over the map, whose paper is light in both themes."""
MAP_PAPER = "#FBFAF7"

FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
_POINT_SIZE = 10
_SCREEN_SHARE = 0.94
"""A window's frame and title bar need some of the screen too."""
_GROWTH: Mapping[TypeSize, float] = MappingProxyType({"normal": 1.0, "large": 1.25, "largest": 1.5})
_POINTS = re.compile(r"\b(\d+(?:\.\d+)?)pt\b")
_SCHEMES = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}


@dataclass(frozen=True)
class Look:
    """What a person chose."""

    appearance: Appearance = "system"
    type_size: TypeSize = "normal"


@dataclass
class _Worn:
    look: Look = dataclasses.field(default_factory=Look)
    shades: Shades = LIGHT
    family: str = ""


_worn = _Worn()


def dress(app: QApplication, look: Look | None = None) -> None:
    """Give the application its font, palette and style sheet; open windows change at once."""
    look = look or Look()
    if not _worn.family:
        app.setStyle("Fusion")
        _worn.family = _find_family()
    app.styleHints().setColorScheme(_SCHEMES[look.appearance])
    before, _worn.look = _worn.shades, look
    _worn.shades = _shades_of(look)
    _name_colours(_worn.shades)
    app.setFont(_font())
    app.setPalette(_palette(_worn.shades))
    app.setStyleSheet(_style_sheet(_worn.shades))
    if before is not _worn.shades:
        _recolour_items(before, _worn.shades)


def follow_system(app: QApplication) -> None:
    """Change with the system between light and dark, where that was chosen."""

    def follow() -> None:
        if _worn.look.appearance == "system" and _shades_of(_worn.look) is not _worn.shades:
            dress(app, _worn.look)

    app.styleHints().colorSchemeChanged.connect(follow)


def worn() -> Shades:
    """Return the colours that are worn now."""
    return _worn.shades


def is_dark() -> bool:
    """Return whether the dark theme is worn."""
    return _worn.shades.is_dark


def sized(pixels: int) -> int:
    """Return a length that grows with the type: for what must hold text."""
    return round(pixels * _GROWTH[_worn.look.type_size])


def give_room(window: QWidget, size: QSize) -> None:
    """Make a window as large as it likes to be, or as its screen can show."""
    window.resize(fitting(window, size))


def fitting(window: QWidget, size: QSize) -> QSize:
    """Return a size that grows with the type, but not beyond the window's screen."""
    screen = window.screen().availableSize()
    frame = QSize(round(screen.width() * _SCREEN_SHARE), round(screen.height() * _SCREEN_SHARE))
    return QSize(sized(size.width()), sized(size.height())).boundedTo(frame)


def _shades_of(look: Look) -> Shades:
    if look.appearance == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    return DARK if look.appearance == "dark" else LIGHT


def _name_colours(shades: Shades) -> None:
    """Let the names of this module stand for the colours that are worn."""
    for name, colour in dataclasses.asdict(shades).items():
        if name.upper() in globals():
            globals()[name.upper()] = colour


# --- font, palette, style sheet -----------------------------------------------------------------


def _find_family() -> str:
    """Return the first Chinese family that is there; the bundle brings its own."""
    folder = paths.font_dir()
    for file in sorted(folder.glob("*.tt[cf]")) if folder else ():
        QFontDatabase.addApplicationFont(str(file))
    known = set(QFontDatabase.families())
    return next((name for name in FAMILIES if name in known), QFont().defaultFamily())


def _font() -> QFont:
    font = QFont(_worn.family)
    font.setPointSizeF(_POINT_SIZE * _GROWTH[_worn.look.type_size])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _palette(shades: Shades) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: shades.ground,
        role.Base: shades.paper,
        role.AlternateBase: shades.alternate,
        role.Text: shades.text,
        role.WindowText: shades.text,
        role.ButtonText: shades.text,
        role.BrightText: shades.on_accent,
        role.Button: shades.paper,
        role.Highlight: shades.accent,
        role.HighlightedText: shades.on_accent,
        role.PlaceholderText: shades.faint,
        role.ToolTipBase: shades.tip_ground,
        role.ToolTipText: shades.tip_text,
        role.Link: shades.accent,
        role.LinkVisited: shades.accent,
        role.Light: shades.alternate,
        role.Midlight: shades.grid,
        role.Mid: shades.line,
        role.Dark: shades.edge,
        role.Shadow: shades.edge,
    }
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(disabled, name, QColor(shades.disabled))
    return palette


def _style_sheet(shades: Shades) -> str:
    file = Path(__file__).with_name("theme.qss")
    sheet = file.read_text(encoding="utf-8")
    icons = (paths.resource_dir() / "icons").as_posix()
    named = {f"@{name.replace('_', '-')}": str(value) for name, value in _colours(shades).items()}
    named["@icons"] = f"{icons}/dark" if shades.is_dark else icons
    for name in sorted(named, key=len, reverse=True):
        sheet = sheet.replace(name, named[name])
    growth = _GROWTH[_worn.look.type_size]
    return _POINTS.sub(lambda found: f"{float(found[1]) * growth:g}pt", sheet)


def _colours(shades: Shades) -> dict[str, str]:
    return {key: value for key, value in dataclasses.asdict(shades).items() if key != "is_dark"}


# --- what is there already ----------------------------------------------------------------------


def _recolour_items(before: Shades, after: Shades) -> None:
    """Give the lines of lists and trees the new theme's colours in place of the old one's."""
    old = {QColor(code).rgb(): name for name, code in reversed(_colours(before).items())}
    new = _colours(after)

    def renewed(brush: QBrush) -> QBrush | None:
        if brush.style() is Qt.BrushStyle.NoBrush or brush.color().rgb() not in old:
            return None
        return QBrush(QColor(new[old[brush.color().rgb()]]))

    for widget in QApplication.allWidgets():
        if isinstance(widget, QTreeWidget):
            _recolour_tree(widget, renewed)
        elif isinstance(widget, QTableWidget):
            _recolour_table(widget, renewed)
        elif isinstance(widget, QListWidget):
            for row in range(widget.count()):
                item = widget.item(row)
                if (brush := renewed(item.foreground())) is not None:
                    item.setForeground(brush)


def _recolour_table(table: QTableWidget, renewed: Callable[[QBrush], QBrush | None]) -> None:
    was_blocked = table.blockSignals(True)  # it is no change of what the items say
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            item = table.item(row, column)
            if item is not None and (brush := renewed(item.foreground())) is not None:
                item.setForeground(brush)
    table.blockSignals(was_blocked)
    table.viewport().update()


def _recolour_tree(tree: QTreeWidget, renewed: Callable[[QBrush], QBrush | None]) -> None:
    was_blocked = tree.blockSignals(True)  # it is no change of what the items say
    items = QTreeWidgetItemIterator(tree)
    while (item := items.value()) is not None:
        for column in range(tree.columnCount()):
            if (brush := renewed(item.foreground(column))) is not None:
                item.setForeground(column, brush)
        items += 1
    tree.blockSignals(was_blocked)
    tree.viewport().update()
