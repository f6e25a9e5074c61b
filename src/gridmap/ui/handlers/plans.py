"""Commands about plans: which division is shown, a plan's way into force, and rehearsals."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gridmap.base.messages import current_language
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.plan_compare import PlanComparison
from gridmap.ui.handlers.plan_decisions import PlanDecisions
from gridmap.ui.panels.plan_bar import DivisionButton, PlanBar, ShownDivision
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from numpy.typing import NDArray

    from gridmap.services.plan_records import Plan
    from gridmap.services.plans import NewPlan

    Columns = tuple[NDArray[Any], dict[str, NDArray[Any]]]

_CELL = "cell"
_LONGEST = 14
"""How many characters of a plan's name stand on the button."""
_OF_PLANS = ("compare_plan", "approve_plan", "put_in_force", "update_plan", "end_plan")


class PlanHandlers(QObject):
    """Knows the plans of the open workspace, and does what is asked of them."""

    def __init__(
        self, window: MainWindow, desk: Desk, bench: Workbench, comparison: PlanComparison
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._comparison = comparison
        self.decisions = PlanDecisions(window, desk, comparison)
        self.plans: tuple[Plan, ...] = ()
        self._has_asked_due = False
        self.bar = PlanBar(window)
        self.button = DivisionButton(self._offered, desk.look_at_division, window)
        window.show_above_map(self.bar)
        desk.described.connect(lambda _info: self._load())
        desk.division_changed.connect(self._show)
        desk.division_changed.connect(self._count)
        desk.moment_changed.connect(self._show)
        desk.closed.connect(self._forget)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        decisions = self.decisions
        return {
            "official": lambda: self._desk.look_at_division(None),
            "new_plan": self.ask_new,
            "rehearse": self.rehearse,
            "compare_plan": partial(self._decide, self._comparison.show),
            "approve_plan": partial(self._decide, decisions.ask_approval),
            "put_in_force": partial(self._decide, decisions.ask_in_force),
            "update_plan": partial(self._decide, decisions.update),
            "end_plan": partial(self._decide, decisions.ask_end),
        }

    def put_on_tool_bar(self) -> None:
        """Put the button that switches the division beside the search."""
        actions = self._window.actions_by_id
        self._window.put_beside_search(self.button)
        self._window.tools.toolButtonStyleChanged.connect(self.button.setToolButtonStyle)
        self.button.add_below(actions["new_plan"], actions["rehearse"])
        for name in _OF_PLANS:
            self.bar.add_action(actions[name])
        self.bar.add_action(actions["official"])
        self._show()

    @property
    def shown(self) -> "Plan | None":
        """Return the plan that the map shows, None for the official division."""
        division = self._desk.division
        return next((one for one in self.plans if one.id == division), None)

    def _decide(self, deed: "Callable[[Plan], None]") -> None:
        """Do something with the plan that the map shows."""
        plan = self.shown
        if plan is not None:
            deed(plan)

    # --- what there is ----------------------------------------------------------------------------

    def _load(self) -> None:
        workspace = self._desk.workspace
        if workspace is None:
            return
        from gridmap.services import plans  # late: not for the first picture

        def then(found: "tuple[Plan, ...]") -> None:
            if self._desk.workspace is workspace:
                self._take(found)

        self._desk.work.query(lambda _progress: plans.list_plans(workspace).value, then)
        self._count()

    def _count(self) -> None:
        """Say of the layer of cells how many this division has, not how many were ever drawn."""
        source = self._desk.source
        if source is None:
            return

        def then(count: int) -> None:
            if source is self._desk.source:
                self._window.layers.note_counts({_CELL: count})

        self._desk.work.query(lambda _progress: source.count(_CELL), then)

    def _take(self, found: "tuple[Plan, ...]") -> None:
        self.plans = found
        self._comparison.note_plans([(one.id, one.name) for one in found if one.is_open])
        shown = self.shown
        if self._desk.division is not None and (shown is None or not shown.is_open):
            self._desk.look_at_division(None)  # it was discarded, put in force, or undone
        self._show()
        if not self._has_asked_due:
            self._has_asked_due = True
            self.decisions.ask_due(found)

    def _forget(self) -> None:
        self.plans, self._has_asked_due = (), False
        self._comparison.note_plans([])
        self._show()

    def _offered(self) -> tuple[list[ShownDivision], str | None]:
        divisions = [ShownDivision(None, self.tr("现行划分"))]
        divisions += [
            ShownDivision(one.id, self._name(one), one.is_rehearsal)
            for one in self.plans
            if one.is_open
        ]
        return divisions, self._desk.division

    def _name(self, plan: "Plan") -> str:
        if plan.is_rehearsal:
            return plan.name
        text = self.tr("{name}（{state}）")
        return text.format(name=plan.name, state=plan.state_name.render(current_language()))

    def _show(self) -> None:
        """Say which division is shown, and offer what can be done with it."""
        plan, division = self.shown, self._desk.division
        name = self.tr("现行划分") if division is None else plan.name if plan else "…"
        short = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
        if self.button.text() != short:
            self.button.setText(short.replace("&", "&&"))
            self.button.setToolTip(name)
            self._window.fit_tool_bar()
        self.bar.say(self._sentence(plan) if plan else "", is_rehearsal=self._is_rehearsed)
        self._window.frame_in_red(is_framed=self._is_rehearsed)
        self.offer()

    @property
    def _is_rehearsed(self) -> bool:
        plan = self.shown
        return plan is not None and plan.is_rehearsal

    def _sentence(self, plan: "Plan") -> str:
        if plan.is_rehearsal:
            return self.tr("演练中：改什么都不影响现行划分，结束时丢弃，或保留为方案。")
        if plan.state == "approved":
            text = self.tr("方案：{name} · {by} 于 {on} 批准（{document}），实施日期 {day}")
            return text.format(
                name=plan.name,
                by=plan.approved_by or "",
                on=plan.approved_on or "",
                document=plan.document,
                day=plan.in_force_on or plan.approved_on or "",
            )
        return self.tr("方案：{name} · 草案，改什么都不影响现行划分").format(name=plan.name)

    def offer(self) -> None:
        """Offer only what can be done with the division that is shown."""
        plan, may = self.shown, self._desk.may_change
        is_plan = plan is not None and not plan.is_rehearsal
        allowed = {
            "official": self._desk.division is not None,
            "compare_plan": plan is not None,
            "approve_plan": may and is_plan,
            "put_in_force": may and plan is not None and plan.state == "approved",
            "update_plan": may and is_plan,
            "end_plan": may and plan is not None,
        }
        for name, is_allowed in allowed.items():
            action = self._window.actions_by_id.get(name)
            if action is not None:
                action.setEnabled(is_allowed)

    # --- a new one --------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """Ask for a name and communities, and make a plan of the official cells there."""
        source = self._desk.source
        if source is None:
            return

        def then(found: "Columns") -> None:
            pairs = zip(found[0].tolist(), found[1]["name"].tolist(), strict=True)
            self._show_new([(id_, str(name or id_)) for id_, name in pairs])

        self._desk.work.query(lambda _progress: source.load_columns("community", ("name",)), then)

    def _show_new(self, communities: list[tuple[str, str]]) -> None:
        from gridmap.services import plans as service  # late: loaded by now
        from gridmap.ui.dialogs.plan import NewPlanDialog

        selection = self._bench.selection
        is_one = selection.table == "community" and len(selection.ids) == 1
        taken = {one.name for one in self.plans if one.is_open}
        numbers = (self.tr("方案 {number}").format(number=n) for n in range(1, len(taken) + 2))
        proposed = next(name for name in numbers if name not in taken)
        dialog = NewPlanDialog(
            self._window, communities, selection.ids[0] if is_one else None, proposed
        )

        def make() -> None:
            self._make(service.NewPlan(dialog.name.text(), dialog.chosen))

        dialog.accepted.connect(make)
        dialog.open()

    def rehearse(self) -> None:
        """Begin a rehearsal with all official cells."""
        from gridmap.services import plans as service  # late: seldom needed

        self._make(service.NewPlan("", kind="rehearsal"))

    def _make(self, request: "NewPlan") -> None:
        from gridmap.services import plans as service  # late: seldom needed

        workspace = self._desk.get_workspace()
        self._desk.work.operate(
            self.tr("复制单元网格"),
            lambda progress: service.new_plan(workspace, request, progress),
            lambda outcome: self._go_to(outcome.value),
        )

    def _go_to(self, plan: "Plan") -> None:
        if all(one.id != plan.id for one in self.plans):
            self.plans = (plan, *self.plans)
        self._desk.look_at_division(plan.id)
        text = self.tr("现在显示和编辑的是“{name}”。") if plan.is_open else ""
        self._window.say(text.format(name=plan.name))
