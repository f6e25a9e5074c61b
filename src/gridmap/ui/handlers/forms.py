"""Filling in rows by a form, in the table, and deleting them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gridmap.base.errors import GridmapError
from gridmap.base.messages import current_language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Outcome
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.places import PlaceHandlers
from gridmap.ui.panels.shown import heading
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    import shapely

    from gridmap.services.features import Shared
    from gridmap.ui.panels.form import FormPanel

_MAY_BE_FORCED = ("covers_other", "runs_through")
_IS_REFERRED_TO = "is_referred_to"
Done = Callable[[bool], None]
"""Told whether what was drawn became a row."""


class FormHandlers(QObject):
    """Shows the form for the selected rows, or for one that is drawn, and writes what it says."""

    def __init__(
        self, window: MainWindow, desk: Desk, bench: Workbench, places: PlaceHandlers
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._places = places
        self.panel: FormPanel | None = None
        self._drawn: shapely.Geometry | None = None
        self._done: Done | None = None
        window.details.edit_wanted.connect(self.edit)
        window.table.editing.typed.connect(self.write_cells)
        window.table.editing.refused.connect(self._refuse)
        bench.selection.changed.connect(self._on_selection)
        desk.closed.connect(self._forget)
        desk.moment_changed.connect(self._on_moment)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        editing = self._window.table.editing
        return {
            "edit_rows": self.edit,
            "delete_rows": self.delete,
            "copy_down": editing.copy_down,
            "paste": editing.paste,
        }

    @property
    def is_open(self) -> bool:
        """Return whether a form is being filled in."""
        return self.panel is not None and self.panel.form is not None

    # --- the form --------------------------------------------------------------------------------

    def edit(self) -> None:
        """Show the form for the selected rows."""
        selection = self._bench.selection
        table, ids = selection.table, tuple(selection.ids)
        if not ids or not self._desk.may_change:
            return
        from gridmap.services import features  # late: not needed for the first picture

        workspace = self._desk.get_workspace()

        def then(values: "dict[str, Shared]") -> None:
            if (selection.table, tuple(selection.ids)) == (table, ids):
                self._show(table, ids, values)

        self._desk.work.query(
            lambda _progress: features.shared_values(workspace, table, ids).value, then
        )

    def open_new(self, table: str, shape: "shapely.Geometry | None", done: Done) -> None:
        """Show the form for a row that was drawn; it is written when the form is saved."""
        self._drawn, self._done = shape, done
        self._show(table, (), {})

    def _show(self, table: str, ids: tuple[str, ...], values: "Mapping[str, Shared]") -> None:
        from gridmap.ui.panels.form_model import make_form  # late: seldom needed

        title = heading(TABLE_BY_NAME[table], current_language())
        if not ids:
            text = self.tr("新增：{table}").format(table=title)
        elif len(ids) > 1:
            text = self.tr("修改 {count:,} 个：{table}").format(count=len(ids), table=title)
        else:
            label = values.get(TABLE_BY_NAME[table].label or "")
            name = label.value if label is not None and label.value else ""
            text = f"{title} · {name}" if name else title
        self._window.show_dock("details")
        panel = self._ensure_panel()
        self._window.details.show_form(panel)
        panel.show_form(make_form(table, ids, values, current_language()), text)

    def _ensure_panel(self) -> "FormPanel":
        if self.panel is None:
            from gridmap.ui.panels.form import FormPanel  # late: seldom needed

            self.panel = FormPanel(self._window.details)
            self.panel.save_wanted.connect(self.save)
            self.panel.discard_wanted.connect(self.discard)
            self.panel.reference_asked.connect(self._search)
        return self.panel

    def save(self) -> None:
        """Write what was typed, all of it or nothing; a fault is told beside its field."""
        panel = self.panel
        form = panel.form if panel is not None else None
        if panel is None or form is None or panel.show_faults():
            return
        if form.is_new:
            self._add(form.table.name, dict(form.typed), is_forced=False)
        elif form.is_touched:
            rows = {key: dict(form.typed) for key in form.ids}
            self._write(form.table.name, rows, self.close, self._complain)
        else:
            self.close()

    def discard(self) -> None:
        """Let go of what was typed, and of what was drawn for it."""
        done = self._done
        self.close()
        if done is not None:
            done(False)
        if self._bench.view is not None:
            self._bench.view.setFocus()

    def close(self) -> None:
        """Put the form away."""
        self._drawn, self._done = None, None
        if self.panel is not None and self.panel.form is not None:
            self.panel.close_form()
            self._window.details.show_form(None)

    def close_new(self) -> None:
        """Put the form of a row away that was drawn and is not to be."""
        if self.panel is not None and self.panel.form is not None and self.panel.form.is_new:
            self.close()

    def _add(self, table: str, typed: dict[str, Any], *, is_forced: bool) -> None:
        from gridmap.services import features  # late: not needed for the first picture

        workspace, shape, done = self._desk.get_workspace(), self._drawn, self._done
        request = features.AddFeature(table, typed, shape, is_forced=is_forced)

        def then(outcome: Outcome[str]) -> None:
            self._places.unmark()
            self.close()
            if done is not None:
                done(True)
            self._bench.select(table, [outcome.value])
            if self._bench.view is not None:
                self._bench.view.setFocus()

        def failed(error: Exception) -> None:
            if self.may_force(error):
                self._add(table, typed, is_forced=True)
            else:
                self._complain(error)

        self._desk.work.operate(
            self.tr("新增"),
            lambda progress: features.add_feature(workspace, request, progress),
            then,
            failed=failed,
        )

    def may_force(self, error: Exception) -> bool:
        """Show where something drawn covers something else; return whether it shall do so."""
        self.show_place(error)
        return self.is_clash(error) and self._desk.notices.ask(
            str(error), yes=self.tr("仍然这样画(&A)")
        )

    def is_clash(self, error: Exception) -> bool:
        """Return whether an error says that something drawn covers something else."""
        return isinstance(error, GridmapError) and error.code.endswith(_MAY_BE_FORCED)

    def tell(self, error: Exception) -> None:
        """Say what is wrong with what was drawn, and mark the place."""
        self.show_place(error)
        if isinstance(error, GridmapError):
            self._desk.notices.warn(error)
        else:
            self._desk.notices.fault(error)

    def unmark(self) -> None:
        """Take the mark of an error off the map, which is no error any more."""
        self._places.unmark()

    def show_place(self, error: Exception) -> None:
        """Mark the place of an error on the map."""
        if isinstance(error, GridmapError) and error.place.xy is not None:
            self._places.mark(error.place.xy)

    def _complain(self, error: Exception) -> None:
        if self.panel is None or not self.is_open or not isinstance(error, GridmapError):
            self.tell(error)
            return
        self.show_place(error)
        self.panel.complain(str(error))

    def _search(self, table: str, text: str) -> None:
        from gridmap.services import features  # late: not needed for the first picture

        workspace = self._desk.get_workspace()
        form = self.panel.form if self.panel is not None else None
        asking = form.table.name if form is not None else None

        def then(found: list[tuple[str, str]]) -> None:
            if self.panel is not None and self.panel.form is not None:
                self.panel.offer(table, text, found)

        self._desk.work.query(
            lambda _progress: features.find_references(workspace, table, text, asking=asking).value,
            then,
        )

    def _on_selection(self) -> None:
        """Leave the form when other rows are selected, after asking where something was typed."""
        selection, details = self._bench.selection, self._window.details
        may_change = self._desk.may_change
        details.offer_edit(is_offered=bool(selection) and may_change)
        self._window.table.editing.allow(may_edit=may_change)
        form = self.panel.form if self.panel is not None else None
        if not self._desk.is_open:
            self.close()
            return
        if form is None or form.is_new:
            return
        if (form.table.name, form.ids) == (selection.table, tuple(selection.ids)):
            return
        if form.is_touched and self._desk.notices.ask(
            self.tr("刚才的修改还没有保存。要保存吗？"), yes=self.tr("保存(&S)")
        ):
            rows = {key: dict(form.typed) for key in form.ids}
            self._write(form.table.name, rows, lambda: None, self._complain)
        self.close()

    def _on_moment(self) -> None:
        self.close()
        self._on_selection()

    def _forget(self) -> None:
        self.close()

    # --- cells of the table ----------------------------------------------------------------------

    def write_cells(self, table: str, rows: "dict[str, dict[str, Any]]") -> None:
        """Write what was typed, copied down or pasted in the table; all of it or nothing."""
        self._write(table, rows, lambda: None, self._complain)

    def _refuse(self, text: str) -> None:
        """Tell why nothing that was typed into the table is written."""
        self._window.status.note(text)

    def _write(
        self,
        table: str,
        rows: "Mapping[str, Mapping[str, Any]]",
        then: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        from gridmap.services import features  # late: not needed for the first picture

        workspace = self._desk.get_workspace()
        request = features.ChangeValues(table, rows)

        def arrived(outcome: Outcome[int]) -> None:
            then()
            self._window.say(self.tr("已修改 {count:,} 行。").format(count=outcome.value))

        self._desk.work.operate(
            self.tr("修改"),
            lambda progress: features.change_values(workspace, request, progress),
            arrived,
            failed=failed,
        )

    # --- copying and deleting --------------------------------------------------------------------

    def copy(self, source: str, ids: tuple[str, ...], target: str, *, is_forced: bool) -> None:
        """Copy rows into a table, and select the copies."""
        from gridmap.services import feature_copies  # late: not needed for the first picture

        workspace = self._desk.get_workspace()
        request = feature_copies.CopyFeatures(source, ids, target, is_forced=is_forced)
        title = heading(TABLE_BY_NAME[target], current_language())

        def then(outcome: Outcome[list[str]]) -> None:
            text = self.tr("已复制 {count:,} 个到：{table}")
            self._window.say(text.format(count=len(outcome.value), table=title))
            self._bench.select(target, outcome.value)

        def failed(error: Exception) -> None:
            if self.may_force(error):
                self.copy(source, ids, target, is_forced=True)
            elif not self.is_clash(error):
                self.tell(error)

        self._desk.work.operate(
            self.tr("复制到图层"),
            lambda progress: feature_copies.copy_features(workspace, request, progress),
            then,
            failed=failed,
        )

    def delete(self) -> None:
        """Delete the selected rows; where others refer to them, ask first."""
        selection = self._bench.selection
        if selection and self._desk.may_change:
            self._delete(selection.table, tuple(selection.ids), clears_references=False)

    def _delete(self, table: str, ids: tuple[str, ...], *, clears_references: bool) -> None:
        from gridmap.services import features  # late: not needed for the first picture

        workspace = self._desk.get_workspace()
        request = features.DeleteFeatures(table, ids, clears_references)

        def then(outcome: Outcome[int]) -> None:
            self._bench.clear_selection()
            self._window.say(self.tr("已删除 {count:,} 行。").format(count=outcome.value))

        def failed(error: Exception) -> None:
            is_referred_to = isinstance(error, GridmapError) and error.code.endswith(
                _IS_REFERRED_TO
            )
            if is_referred_to and self._desk.notices.ask(
                str(error), yes=self.tr("清除关联并删除(&D)")
            ):
                self._delete(table, ids, clears_references=True)
            elif not is_referred_to:
                self._complain(error)

        self._desk.work.operate(
            self.tr("删除"),
            lambda progress: features.delete_features(workspace, request, progress),
            then,
            failed=failed,
        )
