"""The page of the style dialog on how rows are told apart: alike, by class, graded, by rule."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gridmap.ui.dialogs.style_classes import ClassesPart, Counting
from gridmap.ui.dialogs.style_graduated import GraduatedPart
from gridmap.ui.dialogs.style_inputs import Tiles
from gridmap.ui.dialogs.style_list import ClassList
from gridmap.ui.dialogs.style_model import Display, Facts, StyleEditor
from gridmap.ui.dialogs.style_pictures import TILE, display_picture
from gridmap.ui.dialogs.style_rules import RulesPart


class SinglePart(QWidget):
    """All rows look alike: the one symbol."""

    def __init__(self, editor: StyleEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self.list = ClassList(editor, self)
        self.list.offer_only_symbol()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        layout.addStretch()

    def begin(self) -> None:
        """Have nothing to make."""

    def refresh(self) -> None:
        """Show the style as it is now."""
        self.list.refresh()


Part = SinglePart | ClassesPart | GraduatedPart | RulesPart


class KindsPage(QWidget):
    """The ways as tiles, and below them what the chosen way asks."""

    symbol_wanted = Signal()

    def __init__(self, editor: StyleEditor, facts: Facts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        counting = Counting(facts, self.refresh)
        self.single = SinglePart(editor, self)
        self.classes = ClassesPart(editor, facts, counting, self)
        self.graduated = GraduatedPart(editor, facts, counting, self)
        self.rules = RulesPart(editor, facts.denominator, self)
        self._parts: dict[Display, Part] = {
            Display.SINGLE: self.single,
            Display.CLASSES: self.classes,
            Display.GRADUATED: self.graduated,
            Display.RULES: self.rules,
        }
        self.ways = self._make_ways()
        self._about = QLabel(self)
        self._about.setObjectName("muted")
        self._about.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.ways)
        layout.addWidget(self._about)
        for part in self._parts.values():
            layout.addWidget(part, 1)
            part.list.symbol_wanted.connect(self.symbol_wanted)
        self.ways.chosen.connect(self._on_way)

    def _make_ways(self) -> Tiles:
        options = self._editor.options
        offered = [(Display.SINGLE, self.tr("统一"))]
        if options.class_fields:
            offered.append((Display.CLASSES, self.tr("分类")))
        if options.number_fields:
            offered.append((Display.GRADUATED, self.tr("分级")))
        offered.append((Display.RULES, self.tr("按规则")))
        ways = Tiles(self.tr("显示方式"), len(offered), self)
        for way, text in offered:
            image = display_picture(way, options.table.geometry)
            ways.add(way, image, TILE, text, is_named=True)
        return ways

    def refresh(self) -> None:
        """Show the style as it is now."""
        way = self._editor.display
        self.ways.choose(way)
        self._about.setText(self._text_about(way))
        for each, part in self._parts.items():
            part.setVisible(each is way)
        self._parts[way].refresh()

    def stop_waiting(self) -> None:
        """Wait for no answer any more: there will be none."""
        self.classes.stop_waiting()
        self.graduated.stop_waiting()

    def _text_about(self, way: Display) -> str:
        return {
            Display.SINGLE: self.tr("所有要素看起来都一样。"),
            Display.CLASSES: self.tr("按一个字段的值分类，每类一种颜色。"),
            Display.GRADUATED: self.tr("按一个数字从少到多分级，颜色由浅到深。"),
            Display.RULES: self.tr("只突出符合条件的要素，也可以随比例尺变化。"),
        }[way]

    def _on_way(self, way: Display) -> None:
        if self._editor.choose_display(way):
            self._parts[way].begin()
