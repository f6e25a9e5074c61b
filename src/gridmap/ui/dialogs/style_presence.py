"""The page of the style dialog on many rows at once: sizes, clusters, heat, hexagons."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import (
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gridmap.model.style import Gather, Gathering, Proportion, Style
from gridmap.report.schemes import rounded_up
from gridmap.ui.dialogs.style_classes import field_items
from gridmap.ui.dialogs.style_inputs import (
    PaletteBox,
    Tiles,
    choice_box,
    number_box,
    show_choice,
    show_number,
)
from gridmap.ui.dialogs.style_model import (
    Facts,
    Presence,
    StyleEditor,
    presence_of,
    with_presence,
    with_strong_symbols,
)
from gridmap.ui.dialogs.style_pictures import TILE, presence_picture
from gridmap.ui.dialogs.style_scales import ScaleBox

if TYPE_CHECKING:
    from gridmap.report.palettes import PaletteKind

_RAMPS: "tuple[PaletteKind, ...]" = ("sequential",)

_PLAIN_FROM = 100.0
"""Numbers from here on are told without decimals."""


class PresencePage(QWidget):
    """The ways as tiles, and below them what the chosen way asks."""

    def __init__(self, editor: StyleEditor, facts: Facts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._facts = facts
        self._asked: str | None = None
        self._looks: tuple[Style, Style] | None = None
        """A style before its symbols were made fit for circles, and after."""
        self.ways = self._make_ways()
        self.about = QLabel(self)
        self.about.setObjectName("muted")
        self.about.setWordWrap(True)
        self.note = QLabel(self)
        self.note.setObjectName("complaint")
        self.note.setWordWrap(True)
        self.note.hide()
        self.sizes = self._make_sizes()
        self.together = self._make_together()
        layout = QVBoxLayout(self)
        layout.addWidget(self.ways)
        layout.addWidget(self.about)
        layout.addWidget(self.note)
        layout.addWidget(self.sizes)
        layout.addWidget(self.together)
        layout.addStretch()
        self.ways.chosen.connect(self._on_way)

    def _make_ways(self) -> Tiles:
        offered = [(Presence.PLAIN, self.tr("逐个"))]
        if self._editor.options.number_fields:
            offered.append((Presence.PROPORTIONAL, self.tr("按大小")))
        offered += [
            (Presence.CLUSTERS, self.tr("聚合")),
            (Presence.HEAT, self.tr("热力")),
            (Presence.HEXAGONS, self.tr("六边形")),
        ]
        ways = Tiles(self.tr("密集时怎样显示"), len(offered), self)
        for way, text in offered:
            ways.add(way, presence_picture(way), TILE, text, is_named=True)
        return ways

    def _make_sizes(self) -> QGroupBox:
        box = QGroupBox(self.tr("符号的大小"), self)
        fields = field_items(self._editor.options.number_fields)
        self.field = choice_box(self.tr("字段"), fields, self._ask_range, box)
        self.largest = number_box(self.tr("这个数画得最大"), 0.01, 1e12, box)
        self.take = QPushButton(self.tr("取最大值(&X)"), box)
        self.take.setAutoDefault(False)
        self.biggest = number_box(self.tr("最大的符号"), 4.0, 200.0, box)
        self.smallest = number_box(self.tr("最小的符号"), 1.0, 60.0, box)
        row = QHBoxLayout()
        row.addWidget(self.largest, 1)
        row.addWidget(self.take)
        form = QFormLayout(box)
        form.addRow(self.tr("字段"), self.field)
        form.addRow(self.tr("这个数画得最大"), row)
        form.addRow(self.tr("最大的符号"), self.biggest)
        form.addRow(self.tr("最小的符号"), self.smallest)
        self.largest.valueChanged.connect(self._on_proportion("largest"))
        self.biggest.valueChanged.connect(self._on_proportion("size"))
        self.smallest.valueChanged.connect(self._on_proportion("least_size"))
        self.take.clicked.connect(lambda: self._ask_range(str(self.field.currentData())))
        return box

    def _make_together(self) -> QGroupBox:
        box = QGroupBox(self.tr("合在一起显示"), self)
        everything: list[tuple[str, str | None]] = [(self.tr("个数"), None)]
        fields = [*everything, *field_items(self._editor.options.number_fields)]
        self.summed = choice_box(
            self.tr("统计"), fields, lambda name: self._on_gather("field")(name), box
        )
        self.radius = number_box(self.tr("范围（像素）"), 8.0, 200.0, box)
        self.hexagon = number_box(self.tr("六边形宽（米）"), 5.0, 20_000.0, box, step=50.0)
        self.palette_ = PaletteBox(_RAMPS, box)
        self.start = ScaleBox(self.tr("从这个比例尺起"), 0.0, self._facts.denominator, box)
        self._together_form = QFormLayout(box)
        form = self._together_form
        form.addRow(self.tr("统计"), self.summed)
        form.addRow(self.tr("范围（像素）"), self.radius)
        form.addRow(self.tr("六边形宽（米）"), self.hexagon)
        form.addRow(self.tr("配色"), self.palette_)
        form.addRow(self.tr("从这个比例尺起"), self.start)
        self.radius.valueChanged.connect(self._on_gather("radius"))
        self.hexagon.valueChanged.connect(self._on_gather("size_m"))
        self.palette_.picked.connect(self._on_gather("palette"))
        self.start.changed.connect(self._on_gather("min_denominator"))
        return box

    def refresh(self) -> None:
        """Show the style as it is now."""
        style = self._editor.style
        way = presence_of(style)
        if self._asked is None:
            self.ways.choose(way)
        self.about.setText(self._text_about(way))
        self.sizes.setVisible(style.proportion is not None)
        self.together.setVisible(style.gather is not None)
        if style.proportion is not None:
            self._show_proportion(style.proportion)
        if style.gather is not None:
            self._show_gather(style.gather)

    def _show_proportion(self, proportion: Proportion) -> None:
        show_choice(self.field, proportion.field)
        self.largest.blockSignals(True)
        self.largest.setDecimals(0 if proportion.largest >= _PLAIN_FROM else 2)
        self.largest.blockSignals(False)
        show_number(self.largest, proportion.largest)
        show_number(self.biggest, proportion.size)
        show_number(self.smallest, proportion.least_size)

    def _show_gather(self, gather: Gather) -> None:
        form = self._together_form
        form.setRowVisible(self.radius, gather.kind is not Gathering.HEXAGONS)
        form.setRowVisible(self.hexagon, gather.kind is Gathering.HEXAGONS)
        form.setRowVisible(self.palette_, gather.kind is not Gathering.CLUSTERS)
        show_choice(self.summed, gather.field)
        show_number(self.radius, gather.radius)
        show_number(self.hexagon, gather.size_m)
        self.palette_.show_palette(gather.palette)
        self.start.show_value(gather.min_denominator)

    def _text_about(self, way: Presence) -> str:
        return {
            Presence.PLAIN: self.tr("每个要素单独显示。"),
            Presence.PROPORTIONAL: self.tr("数字越大，符号越大。"),
            Presence.CLUSTERS: self.tr("靠得近的合成一个圆，写上个数；放大后分开。"),
            Presence.HEAT: self.tr("越密集的地方颜色越深。"),
            Presence.HEXAGONS: self.tr("按六边形的格子统计，越多颜色越深。"),
        }[way]

    def _on_way(self, way: Presence) -> None:
        self.note.hide()
        self._asked = None
        if way is Presence.PROPORTIONAL and self._editor.style.proportion is None:
            self._ask_range(self._editor.options.number_fields[0].name)
            return
        changed = with_presence(self._editor.style, way)
        is_clustered = way is Presence.CLUSTERS
        self._editor.change(self._strong(changed) if is_clustered else self._as_before(changed))

    def _strong(self, style: Style) -> Style:
        """Return the style with symbols fit for circles; those of before are kept."""
        style = self._as_before(style)
        strong = with_strong_symbols(style)
        self._looks = (style, strong)
        return strong

    def _as_before(self, style: Style) -> Style:
        """Return the style with the symbols of before, if nobody changed those of the circles."""
        before, strong = self._looks or (style, style)
        if (style.symbol, style.classes) != (strong.symbol, strong.classes):
            return style
        return replace(style, symbol=before.symbol, classes=before.classes)

    def _ask_range(self, field: str) -> None:
        self._asked = field
        self._facts.ask_range(field, lambda found: self._on_range(field, found))

    def _on_range(self, field: str, found: tuple[float, float] | None) -> None:
        if self._asked != field:
            return
        self._asked = None
        if found is None or found[1] <= 0:
            self.note.setText(self.tr("这个字段里没有大于零的数字，请换一个字段。"))
            self.note.show()
            self.refresh()
            return
        self.note.hide()
        style = self._editor.style
        held = style.proportion or Proportion(field, 1.0)
        proportion = replace(held, field=field, largest=rounded_up(found[1]))
        sized = replace(style, gather=None, proportion=proportion)
        self._editor.change(self._strong(sized))

    def _on_proportion(self, name: str) -> Callable[[Any], None]:
        def change(value: Any) -> None:
            style = self._editor.style
            if style.proportion is not None:
                changed = replace(style.proportion, **{name: value})
                self._editor.change(replace(style, proportion=changed), f"proportion.{name}")

        return change

    def _on_gather(self, name: str) -> Callable[[Any], None]:
        def change(value: Any) -> None:
            style = self._editor.style
            if style.gather is not None:
                changed = replace(style.gather, **{name: value})
                self._editor.change(replace(style, gather=changed), f"gather.{name}")

        return change
