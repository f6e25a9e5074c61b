"""Commands about how layers look: the style dialog, its answers, what it keeps."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from gridmap.base import paths
from gridmap.base.errors import GridmapError
from gridmap.base.messages import current_language
from gridmap.base.progress import Progress
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.style import Method, Style
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.panels.shown import heading
from gridmap.ui.picking import Picker
from gridmap.ui.window import MainWindow
from gridmap.ui.words import translate
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.report.schemes import Census
    from gridmap.services.style_files import StyleRead
    from gridmap.store.workspace import Workspace
    from gridmap.ui.canvas.camera import Camera
    from gridmap.ui.dialogs.style import StyleDialog

_T = TypeVar("_T")
_MOST_STEPS = 80
_MOST_LOST = 6
_MOST_VALUES = 300_000  # of a district's heights; a worker counts them in 0.2 s


class RowFacts:
    """Answers what the dialog asks about the rows of one table, from worker threads."""

    def __init__(
        self, desk: Desk, bench: Workbench, table: str, failed: Callable[[Exception], None]
    ) -> None:
        self._desk = desk
        self._bench = bench
        self._table = table
        self._failed = failed
        self.is_over = False
        """Whether nobody waits for answers any more."""

    def ask_values(self, field: str, then: "Callable[[Census], None]") -> None:
        """Ask for the values of a field with their counts."""
        from gridmap.report.schemes import census_of  # late: seldom needed
        from gridmap.services import styles

        self._ask(
            lambda workspace, _progress: census_of(
                styles.distinct(workspace, self._table, field, _MOST_VALUES).value
            ),
            then,
        )

    def ask_bounds(
        self, field: str, method: Method, count: int, then: Callable[[tuple[float, ...]], None]
    ) -> None:
        """Ask for the upper bounds of classes of numbers."""
        from gridmap.services import styles  # late: seldom needed

        self._ask(
            lambda workspace, progress: (
                styles.graduate(workspace, self._table, field, method, count, progress).value
            ),
            then,
        )

    def ask_range(self, field: str, then: Callable[[tuple[float, float] | None], None]) -> None:
        """Ask for the least and the largest number of a field."""
        from gridmap.services import styles  # late: seldom needed

        self._ask(
            lambda workspace, _progress: styles.number_range(workspace, self._table, field).value,
            then,
        )

    def _ask(self, call: "Callable[[Workspace, Progress], _T]", then: Callable[[_T], None]) -> None:
        workspace = self._desk.get_workspace()

        def arrived(answer: _T) -> None:
            if not self.is_over:
                then(answer)

        def failed(error: Exception) -> None:
            if not self.is_over:
                self._failed(error)

        self._desk.work.query(lambda progress: call(workspace, progress), arrived, failed=failed)

    def denominator(self) -> float:
        """Return the scale at which the map is seen now."""
        view = self._bench.view
        return 0.0 if view is None else view.camera.denominator


class StyleHandlers(QObject):
    """Opens the dialog for one layer at a time, and brings map, panel and files in line."""

    styled = Signal(object)
    """The map shows this style; a second map is to follow."""

    def __init__(self, window: MainWindow, desk: Desk, bench: Workbench, picker: Picker) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._picker = picker
        self.dialog: StyleDialog | None = None
        self._facts: RowFacts | None = None
        panel = window.layers
        panel.style_wanted.connect(self.open)
        panel.zoom_wanted.connect(bench.zoom_to_table)
        panel.reset_wanted.connect(self.reset)
        panel.visibility_changed.connect(lambda *_: self._note_layer())
        desk.closed.connect(self._on_closed)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {"style": self.open_current}

    def open_current(self) -> None:
        """Open the dialog for the current layer."""
        entry = self._window.layers.current
        if entry is not None:
            self.open(entry.table)

    def open(self, table: str, place: int = -1) -> None:
        """Open the dialog for a layer, at the symbol ``place`` if that is not below zero."""
        view = self._bench.view
        if view is None or not self._make_room(table):
            return
        if self.dialog is None:
            self._make(table, view.layers.get_layer(table).style)
        dialog = self.dialog
        if dialog is not None:
            if place >= 0:
                dialog.show_symbol(place)
            dialog.raise_()
            dialog.activateWindow()

    def reset(self, table: str) -> None:
        """Drop the user's own style of a layer after asking."""
        from gridmap.services import styles  # late: seldom needed

        name = heading(TABLE_BY_NAME[table], current_language())
        if not styles.is_own(table):
            text = self.tr("“{layer}”用的就是默认样式。")
            self._window.status.note(text.format(layer=name))
            return
        question = self.tr("要把“{layer}”恢复成默认样式吗？").format(layer=name)
        if not self._desk.notices.ask(
            question,
            yes=self.tr("恢复默认(&D)"),
            explanation=self.tr("您自己设置的颜色、分类和标注会被去掉。"),
        ):
            return
        if self.dialog is not None and self.dialog.editor.style.table == table:
            self.dialog.finish()
        self._desk.work.query(
            lambda _progress: styles.reset(table).value,
            lambda style: self._after_reset(style, name),
        )

    # --- inside -----------------------------------------------------------------------------------

    def _make(self, table: str, style: Style) -> None:
        from gridmap.report.styles import load_styles  # late: seldom needed
        from gridmap.ui.dialogs.style import StyleDialog

        facts = RowFacts(self._desk, self._bench, table, self._on_failed)
        dialog = StyleDialog(self._window, style, facts, lambda: load_styles()[table])
        dialog.previewed.connect(self._show)
        dialog.wanted.connect(self._keep)
        dialog.import_wanted.connect(self._import)
        dialog.export_wanted.connect(self._export)
        dialog.show_wanted.connect(self._reveal)
        dialog.finished.connect(self._on_finished)
        view = self._bench.view
        if view is not None:
            view.view_changed.connect(self._note_layer)
        self.dialog, self._facts = dialog, facts
        self._note_layer()
        dialog.place_beside(self._window)
        dialog.show()

    def _make_room(self, table: str) -> bool:
        """Close the dialog of another layer; return False where it is to stay."""
        held = self.dialog
        if held is None or held.editor.style.table == table:
            return True
        if held.editor.is_changed:
            name = heading(held.editor.options.table, current_language())
            question = self.tr("“{layer}”的样式改了还没有保存。要放弃这些修改吗？")
            if not self._desk.notices.ask(question.format(layer=name), yes=self.tr("放弃修改(&A)")):
                return False
        held.reject()
        return True

    def _show(self, style: Style) -> None:
        view = self._bench.view
        if view is not None:
            view.set_style(style)
            self._window.layers.show_style(style)
            self.styled.emit(style)
            self._note_layer()

    def _keep(self, style: Style, is_last: bool) -> None:
        from gridmap.report.styles import load_styles  # late: seldom needed
        from gridmap.services import styles

        def call(_progress: object) -> None:
            if style == load_styles()[style.table]:
                styles.reset(style.table)
            else:
                styles.save(style)

        self._desk.work.query(
            call, lambda _nothing: self._after_kept(style, is_last), failed=self._on_failed
        )

    def _after_kept(self, style: Style, is_last: bool) -> None:
        dialog = self.dialog
        if dialog is None or dialog.editor.style.table != style.table:
            return
        dialog.note_kept(style)
        if is_last:
            dialog.finish()
        else:
            dialog.say(self.tr("已保存。"))

    def _after_reset(self, style: Style, name: str) -> None:
        self._show(style)
        text = self.tr("“{layer}”已恢复默认样式。")
        self._window.status.note(text.format(layer=name))

    def _reveal(self) -> None:
        """Show the layer of the dialog: tick it, and go to a scale at which it is drawn."""
        view, dialog = self._bench.view, self.dialog
        if view is None or dialog is None:
            return
        style = dialog.editor.style
        self._bench.show_layer(style.table, is_visible=True)
        view.zoom(_steps_to_show(style, view.camera))
        self._note_layer()

    def _note_layer(self, *_: object) -> None:
        dialog, view = self.dialog, self._bench.view
        if dialog is not None and view is not None:
            layer = view.layers.get_layer(dialog.editor.style.table)
            dialog.note_layer(is_visible=layer.is_visible)

    def _on_failed(self, error: Exception) -> None:
        dialog = self.dialog
        if not isinstance(error, GridmapError):
            self._desk.notices.fault(error)
        elif dialog is None:
            self._desk.notices.warn(error)
        else:
            dialog.kinds.stop_waiting()
            dialog.say(error.render(), is_wrong=True)

    def _on_finished(self, _result: int) -> None:
        view = self._bench.view
        if view is not None:
            view.view_changed.disconnect(self._note_layer)
            view.setFocus()
        if self._facts is not None:
            self._facts.is_over = True
        self.dialog = self._facts = None

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.finish()

    # --- style files ------------------------------------------------------------------------------

    def _kinds(self) -> str:
        return self.tr("样式文件 (*.qml *.sld *.toml);;QGIS (*.qml);;SLD (*.sld);;TOML (*.toml)")

    def _import(self) -> None:
        from gridmap.services import style_files  # late: seldom needed

        dialog = self.dialog
        if dialog is None:
            return
        path = self._picker.open_file(dialog, self.tr("导入样式"), self._kinds())
        if path is None:
            return
        table = dialog.editor.style.table
        self._desk.work.query(
            lambda _progress: style_files.read_style_file(path, table).value,
            partial(self._after_import, path),
            failed=self._on_failed,
        )

    def _after_import(self, path: Path, read: "StyleRead") -> None:
        dialog = self.dialog
        if dialog is None or dialog.editor.style.table != read.style.table:
            return
        dialog.editor.replace_all(read.style)
        done = self.tr("已导入 {file}，点“确定”保存。").format(file=path.name)
        dialog.say(_told(done, [str(text) for text in read.lost], self.tr("有些内容没能带过来：")))

    def _export(self) -> None:
        from gridmap.services import style_files  # late: seldom needed

        dialog = self.dialog
        if dialog is None:
            return
        style = dialog.editor.style
        folder = paths.data_dir()
        proposed = folder / f"{heading(dialog.editor.options.table, current_language())}.qml"
        kinds = self.tr("QGIS 样式 (*.qml);;SLD (*.sld);;TOML (*.toml)")
        path = self._picker.save_file(dialog, self.tr("导出样式"), kinds, proposed)
        if path is None:
            return

        def then(lost: "tuple[object, ...]") -> None:
            if self.dialog is not None:
                done = self.tr("已导出到 {file}。").format(file=path)
                missing = self.tr("这种文件写不下的内容：")
                self.dialog.say(_told(done, [str(text) for text in lost], missing))

        self._desk.work.query(
            lambda _progress: style_files.write_style_file(style, path).value,
            then,
            failed=self._on_failed,
        )


def _steps_to_show(style: Style, camera: "Camera") -> int:
    """Return by how many steps a camera zooms in (out, below zero) to a scale of the style."""
    way = 1 if camera.denominator > style.max_denominator else -1
    for steps in range(_MOST_STEPS):
        if style.is_shown_at(camera.zoomed(way * steps, 0, 0).denominator):
            return way * steps
    return 0


def _told(done: str, lost: list[str], introduction: str) -> str:
    """Return what was done, and below it what was lost on the way."""
    if not lost:
        return done
    shown = [f"· {each}" for each in lost[:_MOST_LOST]]
    if len(lost) > _MOST_LOST:
        more = translate("StyleHandlers", "……另有 {count} 处。")
        shown.append(more.format(count=len(lost) - _MOST_LOST))
    return "\n".join([done, introduction, *shown])
