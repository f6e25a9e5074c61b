"""The rules of the division as a panel that follows every change, and marks on the map."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget

from gridmap.base.progress import Progress
from gridmap.model.changes import Touched
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.panels.rules import RulesPanel
from gridmap.ui.panels.rules_model import Arranged, arrange
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.services.border_mends import MendedBorders
    from gridmap.services.rule_findings import Finding
    from gridmap.services.rule_keeper import Changed, RuleKeeper
    from gridmap.services.rule_mends import Mended
    from gridmap.ui.tools.rule_marks import RuleMarks

_WAIT_MS = 300
_ROOM_M = 40.0
"""How much ground is seen at least around the place of a finding."""


class RuleHandlers(QObject):
    """Keeps the findings of the division that is shown; nothing is read before the panel is."""

    def __init__(self, window: MainWindow, desk: Desk, bench: Workbench) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._changes = 0
        self._keeper: RuleKeeper | None = None
        self._arranged: Arranged | None = None
        self._marks: RuleMarks | None = None
        self.panel = RulesPanel()
        self.dock = self._make_dock()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._build)
        self._connect()

    def _make_dock(self) -> QDockWidget:
        dock = QDockWidget(self.tr("划分规则"), self._window)
        dock.setObjectName("dock.rules")
        self.panel.setObjectName("panel")
        self.panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        dock.setWidget(self.panel)
        self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        self._window.tabifyDockWidget(self._window.docks["problems"], dock)
        self._window.docks["rules"] = dock
        dock.hide()
        return dock

    def _connect(self) -> None:
        self.dock.visibilityChanged.connect(self._on_visibility)
        desk, panel = self._desk, self.panel
        desk.work.changed.connect(self._on_changed)
        desk.opened.connect(self._start_again)
        desk.division_changed.connect(self._start_again)
        desk.moment_changed.connect(self._allow)
        desk.closed.connect(self._leave)
        panel.place_wanted.connect(self.show_place)
        panel.mend_wanted.connect(self.mend)
        panel.accept_wanted.connect(self.accept)
        panel.withdraw_wanted.connect(self.withdraw)
        panel.borders_wanted.connect(self.mend_borders)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {"show_rules": self.show}

    def show(self) -> None:
        """Show the panel; what it shows is read the first time."""
        self._window.show_dock("rules")

    # --- built once, then followed ---------------------------------------------------------------

    def _on_visibility(self, is_visible: bool) -> None:
        if is_visible:
            self._allow()
            if self._keeper is None:
                self._timer.start()
            self._draw()
        elif self.dock.isHidden():  # closed, not behind another panel
            self._drop_marks()

    def _start_again(self) -> None:
        self._keeper = self._arranged = None
        self._drop_marks()
        self.panel.clear()
        if self.dock.isVisible():
            self._timer.start()

    def _leave(self) -> None:
        self._timer.stop()
        self._keeper = self._arranged = None
        self._drop_marks()
        self.panel.clear()

    def _allow(self) -> None:
        self.panel.allow(may_change=self._desk.may_change)

    def _build(self) -> None:
        workspace = self._desk.workspace
        if workspace is None or self._keeper is not None:
            return
        if not self._bench.has_painted:  # the map comes first
            self._timer.start()
            return
        from gridmap.services.rule_keeper import RuleKeeper  # late: seldom needed

        keeper = RuleKeeper(workspace, self._desk.division)
        self._keeper = keeper
        self.panel.clear(self.tr("正在检查划分规则……"))
        self._allow()

        def call(progress: Progress) -> Arranged:
            keeper.build(progress)
            return _arrange(keeper)

        def arrived(arranged: Arranged) -> None:
            if self._keeper is keeper:
                self._show(arranged)

        def failed(error: Exception) -> None:
            if self._keeper is keeper:
                self._keeper = None
                self.panel.clear(str(error))

        title = self.tr("检查划分规则")
        self._desk.work.query(call, arrived, title=title, failed=failed)

    def _on_changed(self, touched: Touched, _initiator: object) -> None:
        keeper = self._keeper
        if keeper is None:
            return

        def call(_progress: Progress) -> "tuple[Changed, Arranged] | None":
            changed = keeper.update(touched)
            return (changed, _arrange(keeper)) if changed else None

        def arrived(found: "tuple[Changed, Arranged] | None") -> None:
            if self._keeper is keeper and found is not None:
                self._show(found[1])
                self._tell(found[0])

        self._changes += 1  # none of them may be left out
        work = self._desk.work
        work.defer(f"rules {self._changes}", lambda: work.query(call, arrived))

    def _show(self, arranged: Arranged) -> None:
        from gridmap.services.rule_findings import RULES  # late: loaded by now

        self._arranged = arranged
        self.panel.show_findings(arranged, {rule: str(name) for rule, name in RULES.items()})
        self._draw()

    def _tell(self, changed: "Changed") -> None:
        """Say in passing what an edit broke."""
        was = {one.key for one in changed.gone}
        new = [one for one in changed.new if one.is_open and one.severity != "info"]
        new = [one for one in new if one.key not in was]
        if new:
            text = self.tr("规则提示：{text}").format(text=str(new[0].text))
            if len(new) > 1:
                text += self.tr("（共 {count} 处）").format(count=len(new))
            self._window.say(text)

    # --- marks -----------------------------------------------------------------------------------

    def _draw(self) -> None:
        view = self._bench.view
        if self._arranged is None or view is None or self.dock.isHidden():
            return
        if self._marks is None:
            from gridmap.ui.tools.rule_marks import RuleMarks  # late: seldom needed

            self._marks = RuleMarks(view)
        self._marks.show_findings(self._arranged.findings)

    def _drop_marks(self) -> None:
        marks, self._marks = self._marks, None
        if marks is not None and self._bench.view is not None:
            marks.remove()

    def show_place(self, finding: "Finding") -> None:
        """Show where a finding is, with what is around it."""
        view = self._bench.view
        if view is None:
            return
        if self._marks is not None:
            self._marks.choose(finding)
        if finding.shape is None and finding.table == "cell":  # it is about the whole cell
            self._bench.zoom_to_rows("cell", [finding.row_id])
            return
        x, y = finding.xy
        box = (x, y, x, y) if finding.shape is None else finding.shape.bounds
        xmin, ymin, xmax, ymax = box
        room = max(_ROOM_M, xmax - xmin, ymax - ymin)
        view.zoom_to((xmin - room, ymin - room, xmax + room, ymax + room))

    # --- mending and accepting -------------------------------------------------------------------

    def mend(self, findings: "tuple[Finding, ...]") -> None:
        """Mend findings, each by its sure way, as one step."""
        from gridmap.services import rule_mends  # late: seldom needed

        workspace, request = (
            self._desk.get_workspace(),
            rule_mends.MendFindings(findings, self._desk.division),
        )

        def told(mended: "Mended") -> None:
            text = self.tr("修补了 {count} 处。").format(count=len(mended.done))
            if mended.left:
                text += self.tr("{count} 处没有修补：{why}").format(
                    count=len(mended.left), why=str(mended.left[0][1])
                )
            self._window.say(text)

        self._desk.work.operate(
            self.tr("修补划分问题"),
            lambda progress: rule_mends.mend(workspace, request, progress),
            lambda outcome: told(outcome.value),
        )

    def accept(self, finding: "Finding", reason: str) -> None:
        """Let a finding stand, for a reason."""
        from gridmap.services import rules  # late: seldom needed

        workspace = self._desk.get_workspace()
        request = rules.AcceptFinding(finding, reason, self._desk.division)
        self._desk.work.operate(
            self.tr("认可例外"), lambda progress: rules.accept(workspace, request, progress)
        )

    def withdraw(self, finding: "Finding") -> None:
        """Let an accepted finding count again."""
        from gridmap.services import rules  # late: seldom needed

        workspace = self._desk.get_workspace()
        request = rules.WithdrawAcceptance(finding, self._desk.division)
        self._desk.work.operate(
            self.tr("取消认可"), lambda progress: rules.withdraw(workspace, request, progress)
        )

    def mend_borders(self, table: str) -> None:
        """Mend the torn borders of a layer that came in from elsewhere."""
        from gridmap.services import border_mends  # late: seldom needed

        workspace = self._desk.get_workspace()
        request = border_mends.MendBorders(table, division=self._desk.division)
        self._desk.work.operate(
            self.tr("修补图层边界"),
            lambda progress: border_mends.mend_borders(workspace, request, progress),
            lambda outcome: self._tell_borders(outcome.value),
        )

    def _tell_borders(self, done: "MendedBorders") -> None:
        text = self.tr("{before} 个面的边界对不上，改了 {count} 个面。").format(
            before=done.torn_before, count=len(done.mended)
        )
        self._window.say(text)
        if not done.left:
            return
        from gridmap.ui.dialogs.report import Fact, ReportDialog  # late: seldom needed

        facts = [
            Fact(self.tr("、").join(one.names), str(one.why), is_good=False) for one in done.left
        ]
        intro = self.tr("下面这些需要人来改：")
        ReportDialog(self._window, self.tr("修补图层边界"), facts, intro).open()


def _arrange(keeper: "RuleKeeper") -> Arranged:
    """Return what a keeper found, as it is shown; for any thread."""
    from gridmap.services.rule_findings import RULES  # late: loaded by now

    return arrange(keeper.findings(), list(RULES))
