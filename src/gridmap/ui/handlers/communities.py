"""Commands about communities: draw one, and lay one out, so that it gets its first cells."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.features import FeatureHandlers
from gridmap.ui.handlers.forms import FormHandlers
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    import shapely

    from gridmap.model.changes import Outcome
    from gridmap.services.layout import Candidate
    from gridmap.ui.dialogs.community import LayOutDialog, NewCommunityDialog


class CommunityHandlers(QObject):
    """What the commands about communities do."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        bench: Workbench,
        features: FeatureHandlers,
        forms: FormHandlers,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._features = features
        self._forms = forms
        features.takers["community"] = self._ask_name

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {"draw_community": self.draw, "lay_out": self.lay_out}

    # --- drawing ---------------------------------------------------------------------------------

    def draw(self) -> None:
        """Let the user draw the border of a new community."""
        self._bench.show_layer("community", is_visible=True)
        self._features.draw_into("community")

    def _ask_name(self, shape: "shapely.Geometry", done: Callable[[bool], None]) -> None:
        from gridmap.services import communities  # late: not needed for the first picture

        workspace = self._desk.get_workspace()
        self._desk.work.query(
            lambda _progress: communities.propose_code(workspace).value,
            lambda code: self._open_name(shape, code, done),
        )

    def _open_name(
        self, shape: "shapely.Geometry", code: str, done: Callable[[bool], None]
    ) -> None:
        from gridmap.services.measure import area_text  # late: seldom needed
        from gridmap.ui.dialogs.community import NewCommunityDialog

        dialog = NewCommunityDialog(self._window, code, str(area_text(shape.area)))
        dialog.accepted.connect(lambda: self._make(shape, dialog, done))
        dialog.rejected.connect(lambda: done(False))
        dialog.open()

    def _make(
        self, shape: "shapely.Geometry", dialog: "NewCommunityDialog", done: Callable[[bool], None]
    ) -> None:
        from gridmap.services import communities  # late: loaded by now

        workspace = self._desk.get_workspace()
        name, code = dialog.name.text(), dialog.code.text()
        request = communities.DrawCommunity(communities.ring_of(shape), name, code)

        def then(outcome: "Outcome[str]") -> None:
            done(True)
            self._features.stop()
            self._window.say(self.tr("已建立社区“{name}”。").format(name=name.strip()))
            self._bench.select("community", [outcome.value])

        def failed(error: Exception) -> None:
            done(False)
            self._forms.tell(error)

        self._desk.work.operate(
            self.tr("新画社区"),
            lambda progress: communities.draw_community(workspace, request, progress),
            then,
            initiator=self,
            failed=failed,
        )

    # --- laying out ------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Ask which community is laid out, and how, and do it."""
        from gridmap.services import layout  # late: not needed for the first picture

        workspace = self._desk.get_workspace()
        self._desk.work.query(lambda _progress: layout.find_candidates(workspace).value, self._ask)

    def _ask(self, candidates: "tuple[Candidate, ...]") -> None:
        from gridmap.ui.dialogs.community import LayOutDialog  # late: seldom needed

        if not candidates:
            self._desk.notices.tell(
                self.tr("没有可以划分的社区：社区要有边界，且还没有划分。请先画出或导入社区边界。")
            )
            return
        held = self._bench.selection
        chosen = held.ids[0] if held.table == "community" and held.ids else None
        dialog = LayOutDialog(self._window, candidates, chosen)
        dialog.accepted.connect(lambda: self._do(dialog))
        dialog.open()

    def _do(self, dialog: "LayOutDialog") -> None:
        from gridmap.services import layout  # late: loaded by now

        chosen = dialog.chosen
        if chosen is None:
            return
        workspace = self._desk.get_workspace()
        request = layout.LayOut(chosen.id, dialog.by_lanes.isChecked(), dialog.smallest.value())

        def show(outcome: "Outcome[tuple[str, ...]]") -> None:
            said = self.tr("社区“{name}”划分为 {count} 个单元网格。")
            self._window.say(said.format(name=chosen.name, count=len(outcome.value)))
            self._bench.go_to("community", chosen.id)

        self._desk.work.operate(
            self.tr("划分社区"),
            lambda progress: layout.lay_out(workspace, request, progress),
            show,
            initiator=self,
        )
