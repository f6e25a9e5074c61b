"""What is decided about a plan: its approval, its day, what it takes over, and its end."""

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from gridmap.base.progress import Progress
from gridmap.model.changes import Outcome
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.plan_compare import PlanComparison
from gridmap.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from numpy.typing import NDArray

    from gridmap.services.plan_diff import PlanDiff
    from gridmap.services.plan_force import InForce
    from gridmap.services.plan_records import Plan
    from gridmap.ui.dialogs.plan import ApproveDialog

    Columns = tuple[NDArray[Any], dict[str, NDArray[Any]]]

_T = TypeVar("_T")


class PlanDecisions(QObject):
    """Asks what is to be decided about a plan, and does it."""

    def __init__(self, window: MainWindow, desk: Desk, comparison: PlanComparison) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._comparison = comparison

    def ask_approval(self, plan: "Plan") -> None:
        """Compare, then ask who approves by which paper."""
        self._comparison.show(plan, self._load_documents)

    def _load_documents(self, found: "PlanDiff") -> None:
        source = self._desk.source
        if source is None:
            return
        columns = ("number", "title")

        def then(read: "Columns") -> None:
            pairs = zip(*(read[1][name].tolist() for name in columns), strict=True)
            listed = [(str(number), str(title or "")) for number, title in pairs if number]
            self._show_approval(found, listed)

        self._desk.work.query(lambda _progress: source.load_columns("document", columns), then)

    def _show_approval(self, found: "PlanDiff", documents: list[tuple[str, str]]) -> None:
        from gridmap.ui.dialogs.plan import ApproveDialog  # late: seldom needed

        summary = self._comparison.panel.summary.text()
        dialog = ApproveDialog(self._window, found, summary, documents)
        dialog.accepted.connect(lambda: self._approve(found, dialog))
        dialog.open()

    def _approve(self, found: "PlanDiff", dialog: "ApproveDialog") -> None:
        from gridmap.services import plans as service  # late: seldom needed
        from gridmap.ui.dialogs.plan import day_of

        new = service.NewDocument(dialog.signatory.text().strip() or None, day_of(dialog.issued_on))
        request = service.ApprovePlan(
            found.plan.id,
            dialog.by.text(),
            dialog.number,
            found.fingerprint,
            day_of(dialog.on),
            day_of(dialog.in_force_on),
            new if dialog.is_new_document else None,
        )
        workspace = self._desk.get_workspace()
        text = self.tr("已批准“{name}”。到实施日期就可以实施。")
        self._operate(
            self.tr("批准方案"),
            lambda progress: service.approve(workspace, request, progress),
            lambda plan: self._window.say(text.format(name=plan.name)),
        )

    # --- into force -------------------------------------------------------------------------------

    def ask_due(self, plans: "tuple[Plan, ...]") -> None:
        """Offer what was approved to be in force by today."""
        from gridmap.services.plan_records import today  # late: loaded by now

        due = [one for one in plans if one.is_due(today()) and one.in_force_on]
        if not due or not self._desk.is_writable:
            return
        plan = due[0]
        question = self.tr("方案“{name}”批准自 {day} 起实施。现在看看并实施吗？")
        if self._desk.notices.ask(
            question.format(name=plan.name, day=plan.in_force_on), yes=self.tr("查看方案(&S)")
        ):
            self._desk.look_at_division(plan.id)
            self.ask_in_force(plan)

    def ask_in_force(self, plan: "Plan") -> None:
        """Compare, then ask since when, and make the plan the official division."""
        self._comparison.show(plan, self._show_in_force)

    def _show_in_force(self, found: "PlanDiff") -> None:
        from gridmap.services.plan_records import parse_day  # late: loaded by now
        from gridmap.ui.dialogs.plan import InForceDialog, day_of

        plan = found.plan
        earliest = parse_day(plan.in_force_on or plan.approved_on or "")
        summary = self._comparison.panel.summary.text()
        dialog = InForceDialog(self._window, plan.name, summary, earliest)
        dialog.accepted.connect(lambda: self._put_in_force(plan, day_of(dialog.on)))
        dialog.open()

    def _put_in_force(self, plan: "Plan", day: "date") -> None:
        from gridmap.services import plan_force as service  # late: seldom needed

        workspace = self._desk.get_workspace()
        request = service.PutInForce(plan.id, day)
        self._operate(
            self.tr("实施方案"),
            lambda progress: service.put_in_force(workspace, request, progress),
            self._tell_in_force,
        )

    def _tell_in_force(self, done: "InForce") -> None:
        self._comparison.leave()
        self._desk.look_at_division(None)
        text = self.tr(
            "“{name}”自 {day} 起实施：调整 {reshaped} 个网格，终止 {ended} 个，新设 {new} 个。"
            "用“变更通知”可以输出对照表。"
        )
        self._window.say(
            text.format(
                name=done.plan.name,
                day=done.plan.in_force_on,
                reshaped=len(done.reshaped),
                ended=len(done.ended),
                new=len(done.new),
            )
        )

    # --- keeping up, and ending -------------------------------------------------------------------

    def update(self, plan: "Plan") -> None:
        """Bring into the plan what changed of the official division since."""
        from gridmap.services import plan_merge as service  # late: seldom needed

        workspace = self._desk.get_workspace()
        request = service.UpdatePlan(plan.id)
        text = self.tr("已把现行划分的改动并入“{name}”，改动 {count} 个网格。")
        self._operate(
            self.tr("并入现行的改动"),
            lambda progress: service.update_plan(workspace, request, progress),
            lambda done: self._window.say(text.format(name=done.plan.name, count=done.changed)),
        )

    def ask_end(self, plan: "Plan") -> None:
        """Give a plan up after asking; of a rehearsal ask whether it leaves a plan behind."""
        if not plan.is_rehearsal:
            question = self.tr("废弃方案“{name}”吗？").format(name=plan.name)
            explanation = self.tr("现行划分不受影响。废弃可以撤销。")
            if self._desk.notices.ask(question, yes=self.tr("废弃(&D)"), explanation=explanation):
                self._discard(plan)
            return
        from gridmap.ui.dialogs.plan import EndRehearsalDialog  # late: seldom needed

        proposed = self.tr("方案 {day}").format(day=plan.made_on or "")
        dialog = EndRehearsalDialog(self._window, plan.name, proposed)

        def end() -> None:
            if dialog.keep.isChecked():
                self._keep(plan, dialog.name.text())
            else:
                self._discard(plan)

        dialog.accepted.connect(end)
        dialog.open()

    def _discard(self, plan: "Plan") -> None:
        from gridmap.services import plans as service  # late: seldom needed

        workspace = self._desk.get_workspace()

        def then(_plan: "Plan") -> None:
            self._comparison.leave()
            self._desk.look_at_division(None)
            self._window.say(
                self.tr("回到现行划分，“{name}”不再出现。可以撤销。").format(name=plan.name)
            )

        request = service.DiscardPlan(plan.id)
        self._operate(
            self.tr("废弃方案"),
            lambda progress: service.discard(workspace, request, progress),
            then,
        )

    def _keep(self, plan: "Plan", name: str) -> None:
        from gridmap.services import plans as service  # late: seldom needed

        workspace = self._desk.get_workspace()
        request = service.KeepRehearsal(plan.id, name)
        self._operate(
            self.tr("保留为方案"),
            lambda progress: service.keep_rehearsal(workspace, request, progress),
            lambda kept: self._window.say(self.tr("已保留为方案“{name}”。").format(name=kept.name)),
        )

    def _operate(
        self, title: str, call: "Callable[[Progress], Outcome[_T]]", then: "Callable[[_T], None]"
    ) -> None:
        """Change something, and then go on with what became of it."""
        self._desk.work.operate(title, call, lambda outcome: then(outcome.value))
