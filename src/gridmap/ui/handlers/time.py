"""Commands about the past: the map as it was on a day, and bringing rows back from there."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu

from gridmap.base.errors import GridmapError
from gridmap.base.messages import current_language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.model.changes import Outcome, Touched
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.compare import CompareHandlers
from gridmap.ui.panels.shown import heading
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gridmap.services.as_of import AsOfSource, Day
    from gridmap.services.bring_back import BringBackPlan, BringBackRequest, Step
    from gridmap.ui.panels.timebar import TimeBar

_WAIT_MS = 60
"""How long the slider rests, or the map still reads, before another day is read."""
_PICK_PX = 6
_MOST_NAMED = 8


class TimeHandlers(QObject):
    """Shows the map as of the day of the time bar, and today's again."""

    def __init__(
        self, window: MainWindow, desk: Desk, bench: Workbench, comparing: CompareHandlers
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._comparing = comparing
        self.bar: TimeBar | None = None
        self._painted: datetime | None = None
        """As of which moment the map is; None is the present."""
        self._painted_name = ""
        self._is_looking = False
        """Whether it is being found out what differs on the wanted day."""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._follow)
        desk.closed.connect(self._drop)
        desk.today_wanted.connect(self.leave)
        desk.work.changed.connect(self._on_changed)
        desk.moment_changed.connect(self._on_moment)
        bench.selection.changed.connect(self._offer)
        window.details.bring_back_wanted.connect(self.bring_back)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {"time_bar": self.toggle, "bring_back": self.bring_back}

    @property
    def is_idle(self) -> bool:
        """Return whether the map shows, or is about to paint, the day that is wanted."""
        return not self._is_looking and not self._wait.isActive()

    # --- the bar ----------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Show the time bar, or put it away and show today."""
        if self.bar is not None:
            self.leave()
            return
        self._comparing.leave()
        self._load_days()

    def leave(self) -> None:
        """Show today, without a time bar."""
        if self.bar is None:
            return
        self._drop()
        self._say_day()
        self._follow()
        if self._bench.view is not None:
            self._bench.view.setFocus()

    def _drop(self) -> None:
        self._wait.stop()
        bar, self.bar = self.bar, None
        if not self._desk.is_open:
            self._painted, self._is_looking = None, False
            self._on_moment()
        if bar is not None:
            bar.stop()
            self._window.show_below_map(None)
            bar.deleteLater()

    def _on_changed(self, *_: object) -> None:
        if self.bar is not None:
            self._desk.work.defer("days", self._load_days)

    def _load_days(self) -> None:
        """Find out on which days something changed, and show them."""
        workspace = self._desk.workspace
        if workspace is None:
            return
        from gridmap.services import as_of  # late: not needed for the first picture

        def then(days: "Sequence[Day]") -> None:
            if self._desk.workspace is workspace:
                self._show_days(days)

        self._desk.work.query(lambda _progress: as_of.days(workspace).value, then)

    def _show_days(self, days: "Sequence[Day]") -> None:
        from gridmap.ui.panels.timebar import TimeBar  # late: not needed for the first picture
        from gridmap.ui.panels.timebar_model import TimeAxis

        axis = TimeAxis(days, date.today())  # noqa: DTZ011 - a day of this place
        if self.bar is not None:
            self.bar.show_axis(axis)
            return
        self.bar = TimeBar(axis, self._window)
        self.bar.moved.connect(self._on_moved)
        self.bar.leave_wanted.connect(self.leave)
        self._window.show_below_map(self.bar)
        self._say_day()
        self.bar.slider.setFocus()

    # --- following the slider ---------------------------------------------------------------------

    def _on_moved(self, _position: int) -> None:
        if not self._wait.isActive():
            self._wait.start()

    def _wanted(self) -> datetime | None:
        bar = self.bar
        return None if bar is None else bar.slider.axis.moment_at(bar.slider.value())

    def _follow(self) -> None:
        """Let the map show the wanted day, once it has read the one before."""
        view, workspace = self._bench.view, self._desk.workspace
        if view is None or workspace is None:
            return
        wanted, before = self._wanted(), self._painted
        if wanted == before:
            return
        is_other = self._desk.moment != before  # a comparison that was left is on its way back
        if is_other or self._is_looking or not view.layers.is_complete:
            self._wait.start()
            return
        from gridmap.services import as_of  # late: not needed for the first picture

        division = self._desk.division
        source = None if wanted is None else as_of.AsOfSource(workspace, wanted, division)
        bar = self.bar
        name = bar.slider.axis.name(bar.slider.value()) if bar is not None else ""

        def then(touched: Touched) -> None:
            self._is_looking = False
            if self._desk.workspace is workspace:
                self._painted_name = name
                self._show(source, touched)

        def failed(error: Exception) -> None:
            self._is_looking = False
            if isinstance(error, GridmapError):
                self._desk.notices.warn(error)
            else:
                self._desk.notices.fault(error)

        self._is_looking = True
        self._desk.work.query(
            lambda _progress: as_of.changed_between(workspace, before, wanted).value,
            then,
            failed=failed,
        )

    def _show(self, source: "AsOfSource | None", touched: Touched) -> None:
        view, today = self._bench.view, self._desk.source
        if view is None or today is None:
            return
        self._painted = None if source is None else source.moment
        self._desk.look_at(source)
        view.set_source(source or today, touched.rows)
        self._say_day()
        self._bench.selection.reload()
        if self._wanted() != self._painted:
            self._wait.start()

    def _say_day(self) -> None:
        workspace = self._desk.get_workspace()
        why = str(workspace.why_read_only) if workspace.is_read_only else ""
        bar, banner = self.bar, self._window.banner
        if bar is None or (self._painted is None and why):
            banner.say(why)
            return
        if self._painted is None:  # a line that comes and goes would move the map
            hint = self.tr("地图显示今天。拖动下面的时间轴，或按 Page Up，看过去某一天的样子。")
            banner.say(hint, "time", is_warning=False)
            return
        text = self.tr("地图显示 {day} 的样子，只能查看。属性表和搜索显示今天的数据。")
        banner.say(text.format(day=self._painted_name), "time")

    def _on_moment(self) -> None:
        is_past = self._desk.is_past
        self._window.table.remark(self.tr("今天的数据") if is_past else "")
        self._window.search.say_today(is_said=is_past)
        self._offer()

    # --- bringing back ----------------------------------------------------------------------------

    def _offer(self) -> None:
        """Offer to bring the selected rows back, where the map shows a past day."""
        is_offered = self._desk.is_past and self._desk.is_writable and bool(self._bench.selection)
        self._window.details.offer_bring_back(is_offered=is_offered)

    def add_to_menu(self, menu: QMenu, xy: tuple[float, float]) -> None:
        """Select what lies at a place of the past, and offer to bring it back."""
        view = self._bench.view
        if not self._desk.is_past or view is None:
            return
        hits = view.pick(xy, _PICK_PX * view.camera.ratio * view.camera.resolution)
        if not hits:
            return
        if not any(self._bench.selection.is_row(hit.table, hit.id) for hit in hits):
            self._bench.note_hits(hits)
            self._bench.select(hits[0].table, [hits[0].id])
        first = menu.actions()[0] if menu.actions() else None
        menu.insertAction(first, self._window.actions_by_id["bring_back"])  # type: ignore[arg-type]
        menu.insertSeparator(first)  # type: ignore[arg-type]

    def bring_back(self) -> None:
        """Ask what shall come back, and what with it, and do that."""
        from gridmap.services import bring_back as service  # late: seldom needed

        moment, selection = self._desk.moment, self._bench.selection
        if moment is None or not selection:
            return
        workspace = self._desk.get_workspace()
        request = service.BringBackRequest(selection.table, tuple(selection.ids), moment)
        self._desk.work.query(
            lambda progress: service.plan_bring_back(workspace, request, progress).value,
            lambda plan: self._ask(request, plan),
            title=self.tr("比较前后的边界"),
        )

    def _ask(self, request: "BringBackRequest", plan: "BringBackPlan") -> None:
        from gridmap.services import as_of  # late: seldom needed
        from gridmap.services import bring_back as service

        day = as_of.say_moment(request.moment)
        asked = next((step for step in plan.steps if step.is_asked), plan.steps[0])
        question = self.tr("把{what}恢复成 {day} 的样子？").format(what=_called(asked), day=day)
        if len(request.ids) > 1:
            question = self.tr("把所选的 {count:,} 行恢复成 {day} 的样子？").format(
                count=len(request.ids), day=day
            )
        if not self._desk.notices.ask(
            question, yes=self.tr("恢复(&R)"), explanation=self._explain(plan)
        ):
            return
        workspace = self._desk.get_workspace()
        self._desk.work.operate(
            self.tr("恢复成这时的样子"),
            lambda progress: service.bring_back(workspace, request, progress),
            lambda outcome: self._show_brought(request, outcome),
        )

    def _explain(self, plan: "BringBackPlan") -> str:
        undo = self.tr("这是一次新的修改，可以撤销。")
        if not plan.along:
            return undo
        lines = [self.tr("为了不留空隙和重叠，相关的这些也一起改：")]
        lines += [f"· {_called(step)}：{self._deed(step)}" for step in plan.along[:_MOST_NAMED]]
        more = len(plan.along) - _MOST_NAMED
        if more > 0:
            lines.append(self.tr("· ……另有 {count:,} 项").format(count=more))
        return "\n".join([*lines, "", undo])

    def _deed(self, step: "Step") -> str:
        return {
            "restore": self.tr("恢复"),
            "reinsert": self.tr("重新加入"),
            "reshape": self.tr("只恢复边界"),
            "end": self.tr("自今天起终止，编码和沿革保留"),
            "remove": self.tr("删除（后来新增的）"),
        }[step.deed]

    def _show_brought(self, request: "BringBackRequest", outcome: "Outcome[BringBackPlan]") -> None:
        """Go back to today, where the rows are as they were."""
        if self.bar is not None:
            self.bar.go_to_today()
        else:  # the past day was one of a comparison's
            self._desk.today_wanted.emit()
        self._bench.zoom_to_rows(request.table, request.ids)
        text = self.tr("已恢复，共改动 {count:,} 项。可以撤销。")
        self._window.say(text.format(count=len(outcome.value.steps)))


def _called(step: "Step") -> str:
    return f"{heading(TABLE_BY_NAME[step.table], current_language())} {step.name}"
