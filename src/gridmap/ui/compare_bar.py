"""The line above each of two compared maps: what it shows, and what it should show instead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QEnterEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from gridmap.ui.icons import icon


@dataclass(frozen=True)
class ShownDay:
    """A day that a map can be shown as of; without a moment it is as it is now.

    ``division`` is the plan whose cells are shown, None stands for the official division.
    """

    text: str
    moment: datetime | None = None
    division: str | None = None

    @property
    def key(self) -> tuple[datetime | None, str | None]:
        """Return what decides which rows are shown."""
        return self.moment, self.division


@dataclass(frozen=True)
class ShownLayer:
    """One layer of a map: what it is called, and whether it is seen."""

    table: str
    title: str
    is_visible: bool


class StayingMenu(QMenu):
    """A menu whose ticks can be set one after the other, without it closing each time."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick, and stay."""
        if not self._tick():
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by space, and stay."""
        if event.key() != Qt.Key.Key_Space or not self._tick():
            super().keyPressEvent(event)

    def _tick(self) -> bool:
        action = self.activeAction()
        if action is None or not action.isCheckable() or not action.isEnabled():
            return False
        action.trigger()
        return True


class SideBar(QWidget):
    """Day, layers and base map of one of the two maps.

    Args:
        layers: tells the layers of the map, uppermost first, as they are now.
        days: tells which days there are, in the order in which they are offered.
        base_maps: tells which base maps were used before, each with its name.
    """

    day_chosen = Signal(object)
    """The map as of this day is wanted (``ShownDay``)."""
    layer_toggled = Signal(str, bool)
    base_map_wanted = Signal()
    base_map_chosen = Signal(object)
    """One of those that were used before (what ``base_maps`` gave with its name)."""
    base_map_dropped = Signal()
    entered = Signal()
    """The pointer came over it."""

    def __init__(
        self,
        layers: Callable[[], Sequence[ShownLayer]],
        days: Callable[[], Sequence[ShownDay]],
        base_maps: Callable[[], Sequence[tuple[str, object]]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compareBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layers = layers
        self._days = days
        self._base_maps = base_maps
        self.day = ShownDay("")
        self.painted = self.day
        """What the map shows by now; ``day`` may still be on its way."""
        self.name = QLabel(self)
        self.name.setObjectName("muted")
        self.day_button = self._button("history", self.tr("选择这一侧显示哪一天"))
        self.layers_button = self._button("layers", self.tr("选择这一侧显示哪些图层"))
        self.layers_button.setText(self.tr("图层"))
        self.base_button = self._button("basemap", self.tr("选择这一侧的底图"))
        self.base_button.setText(self.tr("底图"))
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(10, 3, 8, 3)
        self._layout.setSpacing(4)
        for widget in (self.name, self.day_button, self.layers_button, self.base_button):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)
        self._make_menus()

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setToolTip(tip)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        return button

    def _make_menus(self) -> None:
        days, layers, base = QMenu(self), StayingMenu(self), QMenu(self)
        days.aboutToShow.connect(self._fill_days)
        layers.aboutToShow.connect(self._fill_layers)
        base.aboutToShow.connect(self._fill_base_maps)
        for button, menu in (
            (self.day_button, days),
            (self.layers_button, layers),
            (self.base_button, base),
        ):
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def add_action(self, action: QAction, *, is_text_shown: bool = False) -> QToolButton:
        """Put a button at the right end."""
        button = QToolButton(self)
        button.setDefaultAction(action)
        style = Qt.ToolButtonStyle
        button.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if is_text_shown else style.ToolButtonIconOnly
        )
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._layout.addWidget(button)
        return button

    # --- what is asked of it ----------------------------------------------------------------------

    def call(self, name: str) -> None:
        """Say which of the two maps this is, e.g. the left one."""
        self.name.setText(name)

    def show_day(self, day: ShownDay) -> None:
        """Say as of which day the map is."""
        self.day = day
        self.day_button.setText(day.text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in words what has room."""
        super().resizeEvent(event)
        self._fit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell that the pointer is over no map."""
        super().enterEvent(event)
        self.entered.emit()

    # --- inside -----------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Leave out words where they have no room; the day is always said."""
        style = Qt.ToolButtonStyle
        worded = (self.layers_button, self.base_button)
        for button in worded:
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon)
        if self._layout.minimumSize().width() > self.width():
            for button in worded:
                button.setToolButtonStyle(style.ToolButtonIconOnly)

    def _fill_days(self) -> None:
        menu = self.day_button.menu()
        menu.clear()
        was_now = True
        for day in self._days():
            if was_now and day.moment is not None:
                menu.addSeparator()
            was_now = day.moment is None
            action = menu.addAction(day.text)
            action.setCheckable(True)
            action.setChecked(day.key == self.day.key)
            action.triggered.connect(partial(self._on_day, day))

    def _on_day(self, day: ShownDay, _is_checked: bool = True) -> None:
        self.day_chosen.emit(day)

    def _fill_layers(self) -> None:
        menu = self.layers_button.menu()
        menu.clear()
        for layer in self._layers():
            action = menu.addAction(layer.title)
            action.setCheckable(True)
            action.setChecked(layer.is_visible)
            action.toggled.connect(partial(self.layer_toggled.emit, layer.table))

    def _fill_base_maps(self) -> None:
        menu = self.base_button.menu()
        menu.clear()
        menu.addAction(self.tr("选择底图…")).triggered.connect(lambda: self.base_map_wanted.emit())
        menu.addAction(self.tr("去掉底图")).triggered.connect(lambda: self.base_map_dropped.emit())
        menu.addSeparator()
        for name, request in self._base_maps():
            action = menu.addAction(name)
            action.triggered.connect(partial(self._on_base_map, request))

    def _on_base_map(self, request: object, _is_checked: bool = False) -> None:
        self.base_map_chosen.emit(request)
