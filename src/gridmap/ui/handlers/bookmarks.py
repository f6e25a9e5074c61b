"""Commands about bookmarks: places that are kept."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject, QRect, Qt

from gridmap.base.progress import Progress
from gridmap.ui.commands import Handlers
from gridmap.ui.desk import Desk
from gridmap.ui.panels.bookmarks import PICTURE
from gridmap.ui.window import MainWindow
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.services.bookmarks import Bookmark
    from gridmap.ui.canvas.view import MapView

    Kept = tuple[Bookmark, ...]

XY = tuple[float, float]
_DOCK = "bookmarks"
_PICTURE = PICTURE * 2
"""Twice as many pixels as the panel shows, for sharp screens."""
_SHOWN = PICTURE * 5
_SAME_SCALE = 0.9
"""A kept extent a little smaller fits at the very step of scales at which it was kept."""


class BookmarkHandlers(QObject):
    """Holds the places kept for the open workspace, and keeps each change at once."""

    def __init__(self, window: MainWindow, desk: Desk, bench: Workbench) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self.bookmarks: Kept = ()
        panel = window.bookmarks
        panel.add_wanted.connect(self.add)
        panel.wanted.connect(self.go)
        panel.dropped.connect(self.drop)
        panel.moved.connect(self.move)
        panel.renamed.connect(self.rename)
        desk.described.connect(lambda _info: self._load())
        desk.closed.connect(self._forget)
        self._is_asked = False
        self._has_arrived = False

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {"bookmark": self.add}

    def add(self, around: XY | None = None) -> None:
        """Keep what the window shows (or the same scale around a place), and ask for its name."""
        view = self._bench.view
        if view is None:
            return
        from gridmap.services import bookmarks as service  # late: seldom needed
        from gridmap.services import places

        xmin, ymin, xmax, ymax = view.extent
        x, y = around or ((xmin + xmax) / 2, (ymin + ymax) / 2)
        width, height = (xmax - xmin) / 2, (ymax - ymin) / 2
        extent = (x - width, y - height, x + width, y + height)
        workspace = self._desk.get_workspace()

        picture = _picture_of(view) if around is None else b""
        has_arrived = self._has_arrived

        def call(_progress: Progress) -> "tuple[tuple[places.Beside, ...], Kept | None]":
            kept = None if has_arrived else service.load(workspace).value
            return places.beside(workspace, (x, y)).value, kept

        def keep(found: "tuple[tuple[places.Beside, ...], Kept | None]") -> None:
            beside, kept = found
            if kept is not None and not self._has_arrived:
                self._show(kept)  # or the new one would be the only one
            holding = [each.label for each in beside if each.distance_m == 0]
            name = holding[0] if holding else self.tr("书签")
            self._keep_new(service.Bookmark(name, extent, picture))

        self._desk.work.query(call, keep)

    def go(self, row: int) -> None:
        """Show a kept place at the scale at which it was kept."""
        view = self._bench.view
        if view is None or not 0 <= row < len(self.bookmarks):
            return
        xmin, ymin, xmax, ymax = self.bookmarks[row].extent
        x, y = (xmin + xmax) / 2, (ymin + ymax) / 2
        width, height = (xmax - xmin) / 2 * _SAME_SCALE, (ymax - ymin) / 2 * _SAME_SCALE
        view.zoom_to((x - width, y - height, x + width, y + height))
        view.setFocus()

    def drop(self, row: int) -> None:
        """Drop a place, after asking: there is no way back."""
        if not 0 <= row < len(self.bookmarks):
            return
        question = self.tr("要删除书签“{name}”吗？").format(name=self.bookmarks[row].name)
        if self._desk.notices.ask(question, yes=self.tr("删除(&D)")):
            self._change((*self.bookmarks[:row], *self.bookmarks[row + 1 :]), row)

    def move(self, row: int, to: int) -> None:
        """Put a place elsewhere in the list."""
        kept = list(self.bookmarks)
        kept.insert(to, kept.pop(row))
        self._change(tuple(kept), to)

    def rename(self, row: int, name: str) -> None:
        """Give a place another name; an empty one is none."""
        from gridmap.services.bookmarks import clean_name  # late: loaded by now

        kept = list(self.bookmarks)
        kept[row] = replace(kept[row], name=clean_name(name) or kept[row].name)
        self._change(tuple(kept), row)

    def _keep_new(self, bookmark: "Bookmark") -> None:
        taken = {kept.name for kept in self.bookmarks}
        names = (bookmark.name, *(f"{bookmark.name} {n}" for n in range(2, len(taken) + 3)))
        name = next(each for each in names if each not in taken)
        self._change((*self.bookmarks, replace(bookmark, name=name)), len(self.bookmarks))
        self._window.show_dock(_DOCK)
        self._window.bookmarks.edit_name(len(self.bookmarks) - 1)

    def _change(self, bookmarks: "Kept", current: int) -> None:
        from gridmap.services import bookmarks as service  # late: loaded by now

        self.bookmarks = bookmarks
        self._window.bookmarks.show_bookmarks(bookmarks, current)
        workspace = self._desk.get_workspace()
        self._desk.work.operate(
            self.tr("保存书签"), lambda _progress: service.save(workspace, bookmarks), is_quiet=True
        )

    def _load(self) -> None:
        """Read the places once, after the first picture."""
        workspace = self._desk.workspace
        if workspace is None or self._is_asked:
            return
        from gridmap.services import bookmarks as service  # late: not for the first picture

        self._is_asked = True
        self._desk.work.query(lambda _progress: service.load(workspace).value, self._arrive)

    def _arrive(self, bookmarks: "Kept") -> None:
        if not self._has_arrived:
            self._show(bookmarks)

    def _show(self, bookmarks: "Kept") -> None:
        self.bookmarks, self._has_arrived = bookmarks, True
        self._window.bookmarks.show_bookmarks(bookmarks)

    def _forget(self) -> None:
        self.bookmarks, self._is_asked, self._has_arrived = (), False, False
        self._window.bookmarks.show_bookmarks(())


def _picture_of(view: "MapView") -> bytes:
    """Return the middle of a map as a small PNG."""
    viewport = view.viewport()
    middle = QRect(0, 0, *_SHOWN.toTuple())
    middle.moveCenter(viewport.rect().center())
    picture = viewport.grab(middle & viewport.rect())
    smooth = Qt.TransformationMode.SmoothTransformation
    small = picture.scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatioByExpanding, smooth)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small.copy(QRect(0, 0, *_PICTURE.toTuple())).save(buffer, "PNG")
    return bytes(buffer.data().data())
