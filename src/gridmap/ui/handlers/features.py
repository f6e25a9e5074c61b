"""Commands that draw and reshape single rows: compounds, buildings, walkways, posts, components."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from gridmap.base.errors import GridmapError
from gridmap.base.messages import current_language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Outcome
from gridmap.model.upkeep import DRAWN
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.forms import FormHandlers
from gridmap.ui.handlers.measuring import MeasureHandlers
from gridmap.ui.panels.shown import heading
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    import shapely

    from gridmap.ui.tools.feature_draw import DrawTool
    from gridmap.ui.tools.feature_drawing import Way
    from gridmap.ui.tools.feature_edit import Deed, EditTool
    from gridmap.ui.tools.number_bar import NumberBar

_HAS_NO_PLACE = "no_place"
_ANY_DRAWN_AS = 2
"""What is drawn for a table that takes any shape: an area."""


class FeatureHandlers(QObject):
    """Lends the map's mouse to a tool, and hands on what was drawn or changed."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        bench: Workbench,
        measuring: MeasureHandlers,
        forms: FormHandlers,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._measuring = measuring
        self._forms = forms
        self.tool: DrawTool | EditTool | None = None
        self.bar: NumberBar | None = None
        self.takers: dict[str, Callable[[shapely.Geometry, Callable[[bool], None]], None]] = {}
        """Who takes what is drawn for a table that has no form, and tells whether it is kept."""
        self._table = ""
        self._row = ""
        desk.closed.connect(self._forget)
        desk.moment_changed.connect(self.stop)
        desk.work.changed.connect(self._on_changed)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {
            "draw": partial(self.draw, "free"),
            "draw_rectangle": partial(self.draw, "rectangle"),
            "draw_arc": partial(self.draw, "arc"),
            "draw_trace": partial(self.draw, "trace"),
            "edit_vertices": partial(self.edit, "vertices"),
            "move_feature": partial(self.edit, "move"),
            "rotate_feature": partial(self.edit, "rotate"),
            "offset_feature": partial(self.edit, "offset"),
            "copy_to_layer": self.copy_to_layer,
        }

    @property
    def is_busy(self) -> bool:
        """Return whether clicks on the map, also right ones, are for a tool."""
        return self.tool is not None

    # --- drawing ---------------------------------------------------------------------------------

    def draw(self, way: "Way") -> None:
        """Draw into the current layer; while something is drawn, go on in another way."""
        table = self._find_table()
        if table is not None:
            self.draw_into(table, way)

    def draw_into(self, table: str, way: "Way" = "free") -> None:
        """Draw into a layer; while that is done already, go on in another way."""
        from gridmap.ui.tools.feature_draw import DrawTool  # late: seldom needed

        view = self._bench.view
        if view is None or not self._desk.may_change:
            return
        held = self.tool
        if isinstance(held, DrawTool) and table == self._table:
            if not held.is_waiting:
                held.choose(way)
            view.setFocus()
            return
        tool = self._make_tool(table, self._on_drawn)
        if tool is not None:
            tool.choose(way)
            self._lend(tool)

    def _make_tool(
        self, table: str, drawn: "Callable[[shapely.Geometry], None]"
    ) -> "DrawTool | None":
        from gridmap.ui.tools.feature_draw import DrawTool  # late: seldom needed

        view = self._bench.view
        if view is None:
            return None
        self.stop()
        self._table = table
        kind = TABLE_BY_NAME[table].geometry
        dimension = kind.dimension if kind is not None else None
        return DrawTool(
            view,
            self._desk.get_workspace().epsg,
            _ANY_DRAWN_AS if dimension is None else dimension,
            changed=self._show,
            drawn=drawn,
            ended=self.stop,
            failed=self._forms.tell,
        )

    def _find_table(self) -> str | None:
        entry = self._window.layers.current
        if entry is None:
            return None
        if entry.table not in DRAWN and entry.table not in self.takers:
            title = heading(TABLE_BY_NAME[entry.table], current_language())
            text = self.tr(
                "{table}要无缝相接，不能逐个画：请用“网格”菜单，或在图层面板里换一个图层。"
            )
            self._window.say(text.format(table=title))
            return None
        return entry.table

    def _on_drawn(self, shape: "shapely.Geometry") -> None:
        from gridmap.ui.tools.feature_draw import DrawTool  # late: loaded by now

        def done(is_kept: bool) -> None:
            tool = self.tool
            if not isinstance(tool, DrawTool):
                return
            if is_kept:
                tool.clear()
            else:
                tool.resume()

        take = self.takers.get(self._table)
        if take is not None:
            take(shape, done)
        else:
            self._forms.open_new(self._table, shape, done)

    def step_back(self) -> bool:
        """Take the last step of what is drawn back; return False where nothing is drawn."""
        from gridmap.ui.tools.feature_draw import DrawTool  # late: seldom needed

        tool = self.tool
        if not isinstance(tool, DrawTool) or tool.is_waiting or tool.drawing.is_empty:
            return False
        tool.step_back()
        return True

    # --- reshaping -------------------------------------------------------------------------------

    def edit(self, deed: "Deed") -> None:
        """Change the shape of the one row that is selected."""
        selection = self._bench.selection
        found = self._find_row() if self._desk.may_change else None
        if found is None:
            text = self.tr("请先选中一个要素（小区、建筑、路网、部件等），再改它的形状。")
            self._window.say(text)
            return
        from gridmap.services import features  # late: not needed for the first picture

        workspace = self._desk.get_workspace()
        table, row_id = found
        self._bench.select(table, [row_id])

        def then(shape: "shapely.Geometry") -> None:
            if selection.is_row(table, row_id):
                self._start_edit(table, row_id, shape, deed)

        def failed(error: Exception) -> None:
            if isinstance(error, GridmapError) and error.code.endswith(_HAS_NO_PLACE):
                self._draw_place(table, row_id)
            else:
                self._forms.tell(error)

        self._desk.work.query(
            lambda _progress: features.read_shape(workspace, table, row_id).value,
            then,
            failed=failed,
        )

    def _draw_place(self, table: str, row_id: str) -> None:
        """Draw where a row is that has no place yet, e.g. one that a ledger brought."""
        tool = self._make_tool(table, self._on_placed)
        if tool is not None:
            self._row = row_id
            self._lend(tool)
            self._window.say(self.tr("这一行还没有位置，请在图上画出来。"))

    def _on_placed(self, shape: "shapely.Geometry") -> None:
        self._reshape(shape_now=shape, is_forced=False)

    def _find_row(self) -> tuple[str, str] | None:
        """Return the row to be reshaped: the selected one, or what is drawn where was clicked.

        A click selects the uppermost, often a cell; then what it hit of the current layer is
        meant, or the next thing below that is drawn by hand.
        """
        selection, entry = self._bench.selection, self._window.layers.current
        if len(selection.ids) != 1:
            return None
        selected = (selection.table, selection.ids[0])
        hits = [hit for hit in selection.hits if hit[0] in DRAWN]
        if selected[0] in DRAWN:
            return selected
        if selected not in selection.hits or not hits:
            return None
        current = [hit for hit in hits if entry is not None and hit[0] == entry.table]
        return (current or hits)[0]

    def _start_edit(self, table: str, row_id: str, shape: "shapely.Geometry", deed: "Deed") -> None:
        from gridmap.ui.tools.feature_edit import EditTool  # late: seldom needed

        view = self._bench.view
        if view is None:
            return
        self.stop()
        self._forms.close()
        self._table, self._row = table, row_id
        self._lend(
            EditTool(
                view,
                self._desk.get_workspace().epsg,
                shape,
                deed,
                changed=self._show,
                reshaped=lambda new: self._reshape(shape_now=new, is_forced=False),
                ended=self.stop,
                failed=self._forms.tell,
            )
        )

    def _reshape(self, *, shape_now: "shapely.Geometry", is_forced: bool) -> None:
        from gridmap.services import features  # late: loaded by now

        workspace, table, row_id = self._desk.get_workspace(), self._table, self._row
        request = features.ChangeGeometry(table, row_id, shape_now, is_forced=is_forced)

        def then(_outcome: Outcome[str]) -> None:
            from gridmap.ui.tools.feature_draw import DrawTool  # late: loaded by now

            self._forms.unmark()
            if isinstance(self.tool, DrawTool):
                self.stop()  # the row has its place
            self._read_again()

        def failed(error: Exception) -> None:
            if self._forms.may_force(error):
                self._reshape(shape_now=shape_now, is_forced=True)
                return
            if not self._forms.is_clash(error):
                self._forms.tell(error)
            self._read_again()

        self._desk.work.operate(
            self.tr("修改形状"),
            lambda progress: features.change_geometry(workspace, request, progress),
            then,
            failed=failed,
        )

    def _read_again(self) -> None:
        """Show the handles of the shape as it is kept; a row that is gone has none."""
        from gridmap.services import features  # late: loaded by now
        from gridmap.ui.tools.feature_edit import EditTool

        tool, table, row_id = self.tool, self._table, self._row
        if not isinstance(tool, EditTool):
            if tool is not None and tool.is_waiting and row_id:
                tool.resume()  # what was drawn is no place for the row
            return
        workspace = self._desk.get_workspace()

        def then(shape: "shapely.Geometry") -> None:
            if tool is self.tool:
                tool.take(shape)

        self._desk.work.query(
            lambda _progress: features.read_shape(workspace, table, row_id).value,
            then,
            failed=lambda _error: self.stop(),
        )

    def _on_changed(self, touched: object, _initiator: object) -> None:
        """Follow an undo, or what else changed the row whose handles are shown."""
        if self._row and self._table in touched:  # type: ignore[operator]
            self._read_again()

    # --- copying ---------------------------------------------------------------------------------

    def copy_to_layer(self) -> None:
        """Copy the selected rows into the current layer, and select the copies."""
        selection, target = self._bench.selection, self._find_table()
        if not selection or target is None or not self._desk.may_change:
            return
        self._forms.copy(selection.table, tuple(selection.ids), target, is_forced=False)

    # --- the tool --------------------------------------------------------------------------------

    def _lend(self, tool: "DrawTool | EditTool") -> None:
        from gridmap.ui.tools.number_bar import NumberBar, WithNumbers  # late: seldom needed

        view = self._bench.view
        if view is None:
            return
        self._measuring.stop()
        self.tool = tool
        self.bar = NumberBar(view, "draw")
        self.bar.entered.connect(self._enter)
        self.bar.left.connect(view.setFocus)
        view.set_tool(WithNumbers(tool, self.bar, self._drop))
        view.setCursor(Qt.CursorShape.CrossCursor)
        view.setFocus()
        self._show()

    def stop(self) -> None:
        """Take the drawing off the map, and give the mouse back."""
        view = self._bench.view
        if self.tool is not None and view is not None:
            view.set_tool(None)

    def _drop(self) -> None:
        """Take the drawing off the map, because the mouse is another tool's now."""
        view, tool, bar = self._bench.view, self.tool, self.bar
        self._forget()
        if tool is not None:
            tool.remove()
        if bar is not None:
            bar.hide()
            bar.deleteLater()
        if view is not None:
            view.unsetCursor()
        self._forms.close_new()

    def _forget(self) -> None:
        self.tool = self.bar = None
        self._row = ""

    def _enter(self, text: str) -> None:
        tool, bar = self.tool, self.bar
        if tool is None or bar is None:
            return
        if tool.enter(text):
            bar.clear_line()
            if self._bench.view is not None and not self._forms.is_open:
                self._bench.view.setFocus()
        else:
            bar.refuse()

    def _show(self) -> None:
        """Tell in the bar what is drawn and what can be done next."""
        from gridmap.ui.tools.feature_draw import DrawTool
        from gridmap.ui.tools.feature_words import draw_words, edit_words

        tool, bar = self.tool, self.bar
        if tool is None or bar is None:
            return
        title = heading(TABLE_BY_NAME[self._table], current_language())
        if isinstance(tool, DrawTool):
            bar.tell(*draw_words(tool, title))
        else:
            bar.tell(*edit_words(tool, title))
