"""Commands that lay two maps beside or over one another, and that copy the map as a picture."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication

from gridmap.model.changes import Touched
from gridmap.ui.basemaps import BaseMaps
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.looks import LookHandlers
from gridmap.ui.icons import icon
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.model.style import Style
    from gridmap.services.as_of import AsOfSource, Day
    from gridmap.services.basemaps import BaseMapRequest
    from gridmap.services.layers import LayerSource
    from gridmap.ui.canvas.view import MapView
    from gridmap.ui.compare import Compare, Mode
    from gridmap.ui.compare_bar import ShownDay, ShownLayer, SideBar

_LOOK_MS, _PATIENCE = 100, 100
"""How often it is looked whether a map is painted before it is copied, and how many times."""
_CELL = "cell"
_BOTH, _ALONE = 2, 1
"""How many maps share the room for painted tiles."""


class CompareHandlers(QObject):
    """Keeps the second map in step with the first, as long as there is one."""

    def __init__(
        self, window: MainWindow, desk: Desk, bench: Workbench, looks: LookHandlers
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._looks = looks
        self._base_maps = BaseMaps(desk.work)
        self.compare: Compare | None = None
        self._days: Sequence[ShownDay] = ()
        self._plans: Sequence[tuple[str, str]] = ()
        self._sources: dict[tuple[datetime | None, str | None], LayerSource | AsOfSource] = {}
        """By day and division: two maps of the same ones share what is read."""
        self._changes = 0
        desk.closed.connect(self.leave)
        desk.work.changed.connect(self._on_changed)
        desk.today_wanted.connect(self._show_today)
        desk.division_changed.connect(self._on_division)
        window.layers.order_changed.connect(self._on_order)
        window.layers.opacity_changed.connect(self._on_opacity)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {
            "linked_maps": self.toggle_linked,
            "swipe": self.toggle_swipe,
            "copy_picture": self.copy_picture,
        }

    # --- coming and going -------------------------------------------------------------------------

    def toggle_linked(self) -> None:
        """Show two maps side by side, or one again."""
        from gridmap.ui.compare import Mode  # late: seldom needed

        self._toggle(Mode.LINKED)

    def toggle_swipe(self) -> None:
        """Show two maps over one another, or one again."""
        from gridmap.ui.compare import Mode  # late: seldom needed

        self._toggle(Mode.SWIPE)

    def leave(self) -> None:
        """Show one map again."""
        compare, self.compare = self.compare, None
        if compare is None:
            return
        self._base_maps.drop(compare.companion)
        compare.companion.close()
        compare.release()
        self._window.frame_map(None)
        compare.deleteLater()
        main = self._bench.view
        if main is not None:
            main.share_room(_ALONE)
            main.setFocus()
            self._show_day(main, compare.bars[0], self._now(self._desk.division))

    def show_beside(self, division: str | None) -> None:
        """Show a division on the second map, beside the one that the first map shows."""
        if self.compare is None:
            self.toggle_linked()
        if self.compare is not None:
            day = self._now(division)
            self._show_day(self.compare.companion, self.compare.bars[1], day)

    def offer_plans(self, plans: Sequence[tuple[str, str]]) -> None:
        """Note which plans there are, (id, name); the maps can show them."""
        self._plans = plans

    def show_style(self, style: "Style") -> None:
        """Show a table on the second map as on the first."""
        if self.compare is not None:
            self.compare.companion.set_style(style)

    def _toggle(self, mode: "Mode") -> None:
        compare, main = self.compare, self._bench.view
        if compare is not None and compare.mode is mode:
            self.leave()
        elif compare is not None:
            self._lie(compare, mode, compare.orientation)
        elif main is not None:
            self._enter(main, mode)

    def _enter(self, main: "MapView", mode: "Mode") -> None:
        from gridmap.ui.compare import Compare  # late: seldom needed

        self._desk.today_wanted.emit()
        source = self._desk.source
        if source is None:
            return
        self._sources = {(None, source.division): source}
        self._days = ()
        companion = self._make_companion(main, source)
        bars = self._make_bar(main), self._make_bar(companion)
        compare = Compare(main, companion, bars, self._window)
        compare.leave_wanted.connect(self.leave)
        self._add_actions(compare)
        self.compare = compare
        self._window.frame_map(compare)
        self._lie(compare, mode, compare.orientation)
        for view in (main, companion):
            view.share_room(_BOTH)
        companion.start()
        held = self._bench.base_maps.shown
        if held is not None:
            self._show_base_map(companion, held.request)
        main.setFocus()
        self._load_days()

    def _make_companion(self, main: "MapView", source: "LayerSource") -> "MapView":
        """Return a second map that looks like the first one."""
        from gridmap.ui.canvas.view import MapView  # late: the first map has brought it

        info, tables = self._bench.info, main.layers.tables
        is_imaginary = info is not None and info.imaginary
        styles = {table: main.layers.get_layer(table).style for table in tables}
        made = MapView(source, styles, is_imaginary=is_imaginary, beside=main)
        for table in tables:
            held, layer = main.layers.get_layer(table), made.layers.get_layer(table)
            layer.is_visible, layer.opacity = held.is_visible, held.opacity
        made.moved.connect(self._bench.note_pointer)
        made.identified.connect(self._on_identified)
        made.failed.connect(main.failed)
        main.selected.connect(made.select)
        made.select(self._bench.selection.table, self._bench.selection.ids)
        return made

    # --- bars -------------------------------------------------------------------------------------

    def _make_bar(self, view: "MapView") -> "SideBar":
        from gridmap.ui.compare_bar import SideBar  # late: seldom needed

        bar = SideBar(
            partial(self._layers_of, view), self._offered_days, self._base_maps_known, self._window
        )
        bar.painted = self._now(self._desk.division)
        bar.show_day(bar.painted)
        bar.day_chosen.connect(partial(self._show_day, view, bar))
        bar.layer_toggled.connect(partial(self._on_toggled, view))
        bar.base_map_wanted.connect(partial(self._on_base_map_wanted, view))
        bar.base_map_chosen.connect(partial(self._show_base_map, view))
        bar.base_map_dropped.connect(partial(self._on_base_map_dropped, view))
        return bar

    def _add_actions(self, compare: "Compare") -> None:
        bar = compare.bars[1]
        turn = QAction(icon("turn"), self.tr("左右或上下"), bar)
        turn.setToolTip(self.tr("改为上下两图，或左右两图"))
        turn.triggered.connect(self.turn)
        done = QAction(icon("close"), self.tr("回到一幅图"), bar)
        done.setToolTip(self.tr("回到一幅图（Esc）"))
        done.triggered.connect(self.leave)
        for name in ("linked_maps", "swipe"):
            bar.add_action(self._window.actions_by_id[name])
        bar.add_action(turn)
        bar.add_action(done)

    def turn(self) -> None:
        """Lay the maps left and right instead of on top and below, or the other way round."""
        compare, ways = self.compare, Qt.Orientation
        if compare is not None:
            is_upright = compare.orientation == ways.Vertical
            self._lie(compare, compare.mode, ways.Horizontal if is_upright else ways.Vertical)

    def _lie(self, compare: "Compare", mode: "Mode", orientation: Qt.Orientation) -> None:
        compare.lie(mode, orientation)
        names = (self.tr("上图"), self.tr("下图"))
        if orientation == Qt.Orientation.Vertical:
            names = (self.tr("左图"), self.tr("右图"))
        for bar, name in zip(compare.bars, names, strict=True):
            bar.call(name)

    def _layers_of(self, view: "MapView") -> "Sequence[ShownLayer]":
        from gridmap.ui.compare_bar import ShownLayer  # late: seldom needed

        entries = self._window.layers.layers.entries
        return [
            ShownLayer(entry.table, entry.title, view.layers.get_layer(entry.table).is_visible)
            for entry in entries
        ]

    def _on_toggled(self, view: "MapView", table: str, is_visible: bool) -> None:
        if view is self._bench.view:
            self._bench.show_layer(table, is_visible=is_visible)
        else:
            view.layers.set_visible(table, is_visible)

    def _on_base_map_wanted(self, view: "MapView") -> None:
        path = self._looks.ask_base_map()
        if path is not None:
            self._show_base_map(view, path)

    def _show_base_map(self, view: "MapView", chosen: "Path | BaseMapRequest") -> None:
        if view is self._bench.view:
            self._bench.show_base_map(chosen)
            return
        workspace = self._desk.get_workspace()
        self._base_maps.show(view, chosen, lambda: workspace.epsg)

    def _base_maps_known(self) -> "Sequence[tuple[str, BaseMapRequest]]":
        """Return the base maps that were used lately: name and what to ask for."""
        recent = self._bench.base_maps.memory.recent
        return [(request.path.name, request) for request in recent]

    def _on_base_map_dropped(self, view: "MapView") -> None:
        if view is self._bench.view:
            self._bench.drop_base_map()
        else:
            self._base_maps.drop(view)

    # --- days -------------------------------------------------------------------------------------

    def _load_days(self) -> None:
        """Find out on which days something changed."""
        from gridmap.services import as_of  # late: seldom needed
        from gridmap.ui.compare_days import offered

        workspace, compare = self._desk.get_workspace(), self.compare

        def then(days: "Sequence[Day]") -> None:
            if compare is self.compare:
                self._days = offered(days)

        self._desk.work.query(lambda _progress: as_of.days(workspace).value, then)

    def _now(self, division: str | None) -> "ShownDay":
        """Return today as it is in a division."""
        from gridmap.ui.compare_days import now  # late: seldom needed

        return now(division, dict(self._plans))

    def _offered_days(self) -> "Sequence[ShownDay]":
        """Return today in each division, and the days of the past."""
        plans = [self._now(id_) for id_, _ in self._plans]
        return (self._now(None), *plans, *self._days)

    def _show_day(self, view: "MapView", bar: "SideBar", day: "ShownDay") -> None:
        """Show one of the maps as of a day, or another division; only what differs is read."""
        from gridmap.services import as_of  # late: seldom needed

        is_main = view is self._bench.view
        if is_main and day.moment is None and day.division != self._desk.division:
            self._desk.look_at_division(day.division)  # and with it what is edited
            return
        workspace = self._desk.get_workspace()
        bar.show_day(day)
        source, before, changes = self._source(day), bar.painted, self._changes

        def then(touched: Touched) -> None:
            if bar.day != day or self._desk.workspace is not workspace:
                return
            if changes != self._changes:  # something was written while that was looked up
                self._show_day(view, bar, day)
                return
            bar.painted = day
            other = {} if day.division == before.division else {_CELL: None}
            view.set_source(source, {**touched.rows, **other})
            if is_main:  # nothing can be changed on a map of the past
                self._desk.look_at(source if isinstance(source, as_of.AsOfSource) else None)
                self._bench.selection.reload()

        if day.key != before.key:
            moments = before.moment, day.moment
            self._desk.work.query(
                lambda _progress: as_of.changed_between(workspace, *moments).value, then
            )

    def _source(self, day: "ShownDay") -> "LayerSource | AsOfSource":
        """Return what gives the rows of a day in a division."""
        from gridmap.services import as_of, layers  # late: seldom needed

        workspace, today = self._desk.get_workspace(), self._desk.source
        if day.moment is None and today is not None and today.division == day.division:
            return today
        if day.key not in self._sources:
            self._sources[day.key] = (
                layers.LayerSource(workspace, day.division)
                if day.moment is None
                else as_of.AsOfSource(workspace, day.moment, day.division)
            )
        return self._sources[day.key]

    def _show_today(self) -> None:
        """Show the first map as it is now."""
        if self.compare is not None:
            now = self._now(self._desk.division)
            self._show_day(self.compare.main, self.compare.bars[0], now)

    def _on_division(self) -> None:
        """Say what the first map shows: it was told what to show already."""
        if self.compare is None:
            return
        bar, now = self.compare.bars[0], self._now(self._desk.division)
        if bar.painted.moment is not None:  # on its way back from a past day
            self._show_day(self.compare.main, bar, now)
            return
        bar.painted = now
        bar.show_day(now)

    # --- what happens to the first map ------------------------------------------------------------

    def _on_identified(self, xy: tuple[float, float], tolerance_m: float) -> None:
        """Select in the first map, and so everywhere, what was clicked in the second."""
        if self.compare is None:
            return
        hits, selection = self.compare.companion.pick(xy, tolerance_m), self._bench.selection
        self._bench.note_hits(hits)
        selection.source = self._source(self.compare.bars[1].painted)
        if hits and selection.is_row(hits[0].table, hits[0].id):
            selection.reload()  # the same row, but maybe of another day
        else:
            self._bench.select(hits[0].table if hits else "", [hit.id for hit in hits[:1]])
        selection.source = None

    def _on_changed(self, touched: Touched, _initiator: object) -> None:
        compare = self.compare
        self._changes += 1
        if compare is None:
            return
        if compare.bars[1].painted.moment is None:  # what is past stays as it was
            compare.companion.invalidate(touched.rows)
        self._load_days()

    def _on_order(self, tables: tuple[str, ...]) -> None:
        if self.compare is not None:
            self.compare.companion.layers.set_order(tables)

    def _on_opacity(self, table: str, opacity: float) -> None:
        if self.compare is not None:
            self.compare.companion.layers.set_opacity(table, opacity)

    # --- the picture ------------------------------------------------------------------------------

    def copy_picture(self) -> None:
        """Put what the map shows on the clipboard, as soon as all of it is painted."""
        self._copy(_PATIENCE)

    def _copy(self, patience: int) -> None:
        view, compare = self._bench.view, self.compare
        if view is None:
            return
        is_painted = view.is_settled and (compare is None or compare.companion.is_settled)
        if not is_painted and patience > 0:
            self._window.say(self.tr("地图还没有画完，画完就复制。"))
            QTimer.singleShot(_LOOK_MS, self, partial(self._copy, patience - 1))
            return
        pixmap = compare.picture() if compare is not None else view.viewport().grab()
        QGuiApplication.clipboard().setImage(pixmap.toImage())
        text = self.tr("已把地图复制为图片：{width:,} × {height:,} 像素。可以粘贴到文档里。")
        self._window.say(text.format(width=pixmap.width(), height=pixmap.height()))
