"""The page of the style dialog on one symbol: fill, hatch, line, marker."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gridmap.model.style import Hatch, Marker, Symbol
from gridmap.report.schemes import ink_on
from gridmap.ui.dialogs.style_colours import ColourButton, Opacity
from gridmap.ui.dialogs.style_inputs import Tiles, number_box, show_number
from gridmap.ui.dialogs.style_list import symbol_names
from gridmap.ui.dialogs.style_model import StyleEditor, with_opacity
from gridmap.ui.dialogs.style_pictures import (
    SWATCH,
    dash_picture,
    hatch_picture,
    marker_picture,
    symbol_picture,
)

_HATCH = QSize(27, 22)
_MARKER = QSize(24, 24)
_DASH = QSize(90, 14)
_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (1.0, 1.5),
    (2.0, 2.0),
    (4.0, 2.0),
    (8.0, 3.0),
    (8.0, 2.0, 1.0, 2.0),
    (8.0, 2.0, 1.0, 2.0, 1.0, 2.0),
)
_USUAL_CASING_WIDTH = 1.5


class SymbolPage(QWidget):
    """The chosen symbol; only what the layer's geometry can show is offered."""

    def __init__(self, editor: StyleEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.which = QComboBox(self)
        self.which.setAccessibleName(self.tr("要修改的类别"))
        self.which.setIconSize(SWATCH)
        self.which.activated.connect(editor.choose)
        self.fill = ColourButton(self.tr("填充颜色"), self, is_optional=editor.options.has_areas)
        self.opacity = Opacity(self)
        self.hatch = self._make_hatches()
        self.hatch_colour = ColourButton(self.tr("图案颜色"), self, is_optional=False)
        self.outline = ColourButton(self.tr("线条颜色"), self, is_optional=True)
        self.line_width = number_box(self.tr("线宽"), 0.1, 30.0, self, step=0.5, decimals=1)
        self.dash = self._make_dashes()
        self.casing = ColourButton(self.tr("镶边颜色"), self, is_optional=True)
        self.casing_width = number_box(
            self.tr("镶边每边宽度"), 0.5, 20.0, self, step=0.5, decimals=1
        )
        self.marker = self._make_markers()
        self.marker_size = number_box(self.tr("符号大小"), 2.0, 60.0, self, decimals=1)
        self._form = QFormLayout()
        self._lay_out()
        self._connect()

    def _make_hatches(self) -> Tiles:
        tiles = Tiles(self.tr("图案"), 8, self)
        names = {
            Hatch.NONE: self.tr("没有图案"),
            Hatch.RISING: self.tr("右斜线"),
            Hatch.FALLING: self.tr("左斜线"),
            Hatch.CROSSED: self.tr("交叉斜线"),
            Hatch.LEVEL: self.tr("横线"),
            Hatch.UPRIGHT: self.tr("竖线"),
            Hatch.CHECKED: self.tr("方格"),
            Hatch.DOTTED: self.tr("圆点"),
        }
        for hatch, text in names.items():
            tiles.add(hatch, hatch_picture(hatch, "#33404C", _HATCH), _HATCH, text, is_named=False)
        return tiles

    def _make_dashes(self) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("线型"))
        box.setIconSize(_DASH)
        for place, dash in enumerate(_DASHES):
            box.addItem(dash_picture(dash, _DASH), "")
            name = self.tr("实线") if place == 0 else self.tr("虚线 {number}").format(number=place)
            box.setItemData(place, name, Qt.ItemDataRole.AccessibleTextRole)
            box.setItemData(place, name, Qt.ItemDataRole.ToolTipRole)
        return box

    def _make_markers(self) -> Tiles:
        tiles = Tiles(self.tr("符号形状"), 7, self)
        names = {
            Marker.CIRCLE: self.tr("圆"),
            Marker.SQUARE: self.tr("方块"),
            Marker.DIAMOND: self.tr("菱形"),
            Marker.TRIANGLE: self.tr("三角"),
            Marker.HOUSE: self.tr("房子"),
            Marker.RING: self.tr("圆环"),
            Marker.CROSS: self.tr("叉"),
            Marker.PLUS: self.tr("十字"),
            Marker.HOURGLASS: self.tr("沙漏"),
            Marker.SHIELD: self.tr("盾牌"),
            Marker.DROP: self.tr("水滴"),
            Marker.STAR: self.tr("五角星"),
            Marker.HEXAGON: self.tr("六边形"),
            Marker.FLAG: self.tr("旗子"),
        }
        grey = Symbol(fill="#9FB4C4", outline="#44525F")
        for marker, text in names.items():
            picture = marker_picture(marker, grey, _MARKER)
            tiles.add(marker, picture, _MARKER, text, is_named=False)
        return tiles

    def _lay_out(self) -> None:
        options, form = self._editor.options, self._form
        has_fill = options.has_areas or options.has_points
        has_lines = options.has_areas or options.has_lines
        has_casing = options.has_lines or self._editor.style.is_border
        is_only_points = not has_lines
        form.addRow(self.tr("修改"), self.which)
        if is_only_points:
            self._lay_out_points()
        if has_fill:
            form.addRow(_section(self.tr("填充"), self))
        self._add(self.tr("颜色"), has_fill, self.fill, self.opacity)
        self._add(self.tr("图案"), options.has_areas, self.hatch)
        self._add(self.tr("图案颜色"), options.has_areas, self.hatch_colour)
        outline = self.tr("轮廓") if is_only_points else self.tr("线条")
        form.addRow(_section(outline, self))
        self._add(self.tr("颜色"), True, self.outline)
        self._add(self.tr("宽度"), has_lines, self.line_width)
        self._add(self.tr("线型"), has_lines, self.dash)
        self._add(self.tr("镶边"), has_casing, self.casing, self.casing_width)
        if not is_only_points:
            self._lay_out_points()
        self.opacity.setVisible(options.has_areas)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addStretch()

    def _lay_out_points(self) -> None:
        has_points = self._editor.options.has_points
        if has_points:
            self._form.addRow(_section(self.tr("点"), self))
        self._add(self.tr("形状"), has_points, self.marker)
        self._add(self.tr("大小"), has_points, self.marker_size)

    def _add(self, text: str, is_offered: bool, *widgets: QWidget) -> None:
        """Offer widgets in one line, or hide what the layer's geometry has no use for."""
        if not is_offered:
            for widget in widgets:
                widget.hide()
            return
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget, 1 if isinstance(widget, Opacity | Tiles) else 0)
        if not any(isinstance(widget, Opacity | Tiles) for widget in widgets):
            row.addStretch()
        self._form.addRow(text, row)

    def _connect(self) -> None:
        self.fill.chosen.connect(lambda colour: self._set(fill=colour))
        self.opacity.changed.connect(self._on_opacity)
        self.hatch.chosen.connect(self._on_hatch)
        self.hatch_colour.chosen.connect(lambda colour: self._set(hatch_colour=colour))
        self.outline.chosen.connect(lambda colour: self._set(outline=colour))
        self.line_width.valueChanged.connect(self._on_number("width"))
        self.dash.activated.connect(lambda place: self._set(dash=_DASHES[place]))
        self.casing.chosen.connect(self._on_casing)
        self.casing_width.valueChanged.connect(self._on_number("casing_width"))
        self.marker.chosen.connect(lambda marker: self._set(marker=marker))
        self.marker_size.valueChanged.connect(self._on_number("size"))

    def refresh(self) -> None:
        """Show the chosen symbol as it is now."""
        symbol = self._editor.symbol
        self._show_which()
        self.fill.show_colour(symbol.fill)
        self.opacity.show_colour(symbol.fill)
        self.hatch.choose(symbol.hatch)
        self.hatch_colour.show_colour(symbol.hatch_colour or symbol.outline or "#000000")
        self.hatch_colour.setEnabled(symbol.hatch is not Hatch.NONE)
        self.outline.show_colour(symbol.outline)
        self.casing.show_colour(symbol.casing)
        self.casing_width.setEnabled(symbol.casing is not None)
        for box, value in (
            (self.line_width, symbol.width),
            (self.casing_width, symbol.casing_width),
            (self.marker_size, symbol.size),
        ):
            show_number(box, value)
        self._show_dash(symbol.dash)
        self.marker.choose(symbol.marker or Marker.CIRCLE)

    def _show_which(self) -> None:
        style = self._editor.style
        names = symbol_names(style)
        self.which.setEnabled(len(names) > 1)
        while self.which.count() > len(names):
            self.which.removeItem(self.which.count() - 1)
        for place, (name, symbol) in enumerate(zip(names, style.symbols, strict=True)):
            if place >= self.which.count():
                self.which.addItem("")
            self.which.setItemText(place, name)
            picture = symbol_picture(symbol, self._editor.options.table.geometry)
            self.which.setItemIcon(place, picture)
        self.which.setCurrentIndex(self._editor.place)

    def _show_dash(self, dash: tuple[float, ...]) -> None:
        own = len(_DASHES)
        while self.dash.count() > own:
            self.dash.removeItem(own)
        if dash in _DASHES:
            self.dash.setCurrentIndex(_DASHES.index(dash))
            return
        self.dash.addItem(dash_picture(dash, _DASH), "")
        self.dash.setCurrentIndex(own)

    def _set(self, key: str = "", **values: Any) -> None:
        self._editor.change_symbol(replace(self._editor.symbol, **values), key)

    def _on_number(self, name: str) -> Callable[[float], None]:
        return lambda value: self._set(name, **{name: value})

    def _on_opacity(self, alpha: str) -> None:
        self._editor.change_symbol(with_opacity(self._editor.symbol, alpha), "opacity")

    def _on_hatch(self, hatch: Hatch) -> None:
        held = self._editor.symbol
        ink = held.hatch_colour or ink_on(held.fill or "#FFFFFF")
        self._set(hatch=hatch, hatch_colour=None if hatch is Hatch.NONE else ink)

    def _on_casing(self, colour: str | None) -> None:
        held = self._editor.symbol
        width = held.casing_width or _USUAL_CASING_WIDTH
        self._set(casing=colour, casing_width=width if colour is not None else 0.0)


def _section(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setObjectName("section")
    return label
