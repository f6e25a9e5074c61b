"""A plan beside the official division: a table, marks on the map, and both maps side by side."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget

from gridmap.model.changes import Touched
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.compare import CompareHandlers
from gridmap.ui.icons import icon
from gridmap.ui.panels.plan_diff import PlanDiffPanel
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.services.plan_diff import CellChange, PlanDiff
    from gridmap.services.plan_records import Plan
    from gridmap.ui.tools.plan_marks import PlanMarks

_AROUND = 1.5
"""How many times the size of a cell is seen on each side of it."""
_REST_MS = 700
"""How long no edit has come before the plan is compared anew: a district takes a second."""
_TABLES = ("cell", "plan", "building")


class PlanComparison(QObject):
    """Shows what a plan changes, and keeps it up to date while it is shown."""

    def __init__(
        self, window: MainWindow, desk: Desk, bench: Workbench, comparing: CompareHandlers
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._comparing = comparing
        self.panel = PlanDiffPanel()
        self.panel.place_wanted.connect(self._show_place)
        self.marks: PlanMarks | None = None
        self._plan: Plan | None = None
        self.dock = self._make_dock()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_REST_MS)
        self._again.timeout.connect(self._compare_again)
        desk.work.changed.connect(self._on_changed)
        desk.division_changed.connect(self._on_division)
        desk.closed.connect(self.leave)

    def _make_dock(self) -> QDockWidget:
        dock = QDockWidget(self.tr("方案比较"), self._window)
        dock.setObjectName("dock.plan_diff")
        self.panel.setObjectName("panel")
        self.panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        dock.setWidget(self.panel)
        self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        self._window.tabifyDockWidget(self._window.docks["table"], dock)
        dock.hide()
        dock.visibilityChanged.connect(self._on_visibility)
        beside = QAction(icon("linked_maps"), self.tr("两图对照"), self)
        beside.setToolTip(self.tr("并排看方案和现行划分"))
        beside.triggered.connect(lambda: self._comparing.show_beside(None))
        self.panel.add_action(beside)
        return dock

    def note_plans(self, plans: Sequence[tuple[str, str]]) -> None:
        """Note which plans can be shown, (id, name)."""
        self._comparing.offer_plans(plans)

    def show(self, plan: "Plan", then: "Callable[[PlanDiff], None] | None" = None) -> None:
        """Compare a plan with the official division, and show that."""
        workspace = self._desk.workspace
        if workspace is None:
            return
        from gridmap.services import plan_diff  # late: seldom needed

        self._plan = plan

        def arrived(found: "PlanDiff") -> None:
            if self._plan is not plan:
                return
            self._take(found)
            if then is not None:
                then(found)

        request = plan_diff.DiffPlan(plan.id)
        self._desk.work.query(
            lambda progress: plan_diff.diff(workspace, request, progress).value,
            arrived,
            title=self.tr("比较方案和现行划分"),
        )

    def leave(self) -> None:
        """Show no comparison any more."""
        self._plan = None
        self._again.stop()
        self._drop_marks()
        self.panel.clear()
        self.dock.hide()

    def _take(self, found: "PlanDiff") -> None:
        self.panel.show_diff(found)
        if not self.dock.isVisible():
            self.dock.show()
            self.dock.raise_()
        self._draw(found.changes)

    def _draw(self, changes: "Sequence[CellChange]") -> None:
        from gridmap.ui.tools.plan_marks import PlanMarks  # late: seldom needed

        self._drop_marks()
        if self._bench.view is not None:
            self.marks = PlanMarks(self._bench.view, changes)

    def _drop_marks(self) -> None:
        marks, self.marks = self.marks, None
        if marks is not None and self._bench.view is not None:
            marks.remove()

    def _show_place(self, change: "CellChange") -> None:
        view = self._bench.view
        if view is None:
            return
        xmin, ymin, xmax, ymax = change.shape.bounds
        room = max(xmax - xmin, ymax - ymin) * _AROUND
        view.zoom_to((xmin - room, ymin - room, xmax + room, ymax + room))
        if self.marks is not None:
            self.marks.choose(change.plan_id or change.official_id or "")

    def _on_changed(self, touched: Touched, _initiator: object) -> None:
        """Compare anew: what is shown is what would be approved."""
        plan = self._plan
        if plan is not None and any(table in touched for table in _TABLES):
            if plan.id == self._desk.division:
                self._again.start()
            else:
                self.leave()

    def _compare_again(self) -> None:
        if self._plan is not None:
            self.show(self._plan)

    def _on_division(self) -> None:
        if self._plan is not None and self._plan.id != self._desk.division:
            self.leave()

    def _on_visibility(self, is_visible: bool) -> None:
        if not is_visible and self.dock.isHidden():  # closed, not behind another panel
            self._plan = None
            self._drop_marks()
