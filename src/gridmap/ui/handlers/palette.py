"""The command palette's commands: what it lists, and what a choice does."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, QTranslator
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from gridmap.base import paths
from gridmap.base.messages import current_language
from gridmap.model.catalogue import TABLE_BY_NAME
from gridmap.ui.commands import Command, Handlers, Needs, commands, menus
from gridmap.ui.desk import Desk
from gridmap.ui.handlers.bookmarks import BookmarkHandlers
from gridmap.ui.handlers.places import PlaceHandlers
from gridmap.ui.panels.shown import heading
from gridmap.ui.window import MainWindow
from gridmap.ui.words import looked_up_by
from gridmap.ui.workbench import Workbench

if TYPE_CHECKING:
    from gridmap.services.search import Found
    from gridmap.services.spoken import Pinyin
    from gridmap.ui.palette import Palette
    from gridmap.ui.palette_model import Entry, Matcher

_WAIT_MS = 90  # between the letters of fast typing no places are searched
_MOST_ACTIONS, _ACTIONS_BESIDE_PLACES, _MOST_PLACES = 60, 8, 12
_COMMAND_ITSELF = "palette"


@dataclass
class _Answer:
    """What was found for one text; places come later than all else."""

    text: str
    first: "list[Entry]"
    places: "list[Entry]"


class PaletteHandlers(QObject):
    """Gathers what can be done and gone to, and does what is chosen."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        bench: Workbench,
        places: PlaceHandlers,
        bookmarks: BookmarkHandlers,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bench = bench
        self._places = places
        self._bookmarks = bookmarks
        self.palette: Palette | None = None
        self._pinyin: Pinyin | None = None
        self._matcher: Matcher | None = None
        self._others: dict[str, tuple[str, ...]] = {}
        self._answer = _Answer("", [], [])
        window.search.installEventFilter(self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._search)

    def handlers(self) -> Handlers:
        """Return what is done for each command."""
        return {_COMMAND_ITSELF: self.toggle}

    def toggle(self) -> None:
        """Open the palette, or close it where it is open."""
        if self.palette is not None and self.palette.isVisible():
            self.palette.close_again()
            return
        if self.palette is None:
            from gridmap.ui.palette import Palette  # late: nobody waits for it at the start

            self.palette = Palette(self._window)
            self.palette.line.installEventFilter(self)
            self.palette.asked.connect(self._ask)
            self.palette.chosen.connect(self._run)
        self._gather()
        self.palette.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the key of the palette from lines of text, where it would cut to the end."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = self._window.actions_by_id[_COMMAND_ITSELF].shortcut()
            if QKeySequence(event.keyCombination()) == wanted:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    # --- what is offered -------------------------------------------------------------------------

    def _gather(self) -> None:
        """List all that can be done now, ready to be found."""
        from gridmap.services.spoken import Pinyin  # late: nobody waits for it at the start
        from gridmap.ui.palette_model import Matcher

        if not self._others:
            self._others = _other_words()
        entries = [*self._commands(), *self._layers(), *self._kept_places()]
        if self._pinyin is not None:
            self._matcher = Matcher(entries, self._pinyin)
            return
        pinyin = Pinyin()  # its dictionary takes a quarter of a second, the first time

        def then(matcher: Matcher) -> None:
            self._pinyin, self._matcher = pinyin, matcher
            if self.palette is not None and self.palette.isVisible():
                self._ask(self.palette.line.text())

        self._desk.work.query(lambda _progress: Matcher(entries, pinyin), then)

    def _commands(self) -> "list[Entry]":
        from gridmap.ui.palette_model import Entry  # late: as above

        titles = {name: _plain(title) for name, title in menus()}
        entries = []
        for command in commands():
            if command.id in ("-", _COMMAND_ITSELF):
                continue
            action = self._window.actions_by_id[command.id]
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            entries.append(
                Entry(
                    "command",
                    command.id,
                    _plain(action.text()),
                    f"{titles[command.menu]}   {keys}",
                    command.icon,
                    (action.iconText(), command.tip, *self._others.get(command.id, ())),
                    self._why_not(command, action),
                )
            )
        return entries

    def _why_not(self, command: Command, action: QAction) -> str:
        """Return why a command cannot be given now."""
        if action.isEnabled():
            return ""
        if not self._desk.is_open and command.needs is not Needs.NOTHING:
            return self.tr("先打开工作库")
        if command.needs in (Needs.WRITABLE, Needs.NOT_READ_ONLY) and not self._desk.is_writable:
            return self.tr("工作库是只读的")
        if command.needs is Needs.SELECTION:
            return self.tr("先选中要素")
        return self.tr("现在没有可做的")

    def _layers(self) -> "list[Entry]":
        from gridmap.ui.palette_model import Entry  # late: as above

        if self._bench.view is None:
            return []
        entries = []
        for layer in self._window.layers.layers.entries:
            table = TABLE_BY_NAME[layer.table]
            text = (
                self.tr("隐藏图层：{title}") if layer.is_visible else self.tr("显示图层：{title}")
            )
            others = (layer.title, table.zh, table.en, table.name)
            entries.append(
                Entry(
                    "layer",
                    layer.table,
                    text.format(title=layer.title),
                    self.tr("图层"),
                    "layers",
                    others,
                )
            )
        return entries

    def _kept_places(self) -> "list[Entry]":
        from gridmap.ui.palette_model import Entry  # late: as above

        return [
            Entry("bookmark", bookmark.name, bookmark.name, self.tr("书签"), "bookmark")
            for bookmark in self._bookmarks.bookmarks
        ]

    # --- answering -------------------------------------------------------------------------------

    def _ask(self, text: str) -> None:
        """Answer with actions at once; places follow."""
        if self._matcher is None:
            return
        found = self._matcher.find(text, self._desk.memory.settings.used_lately)[:_MOST_ACTIONS]
        kept = self._answer.places if text.strip() else []
        self._answer = _Answer(text, [*self._coordinates(text), *found], kept)
        self._show()
        if text.strip() and self._desk.index is not None:
            self._desk.start_index(self._search)
            self._wait.start()
        else:
            self._wait.stop()

    def _coordinates(self, text: str) -> "list[Entry]":
        from gridmap.ui.palette_model import Entry  # late: as above

        if self._bench.view is None:
            return []
        from gridmap.geo.coordinates import find_place, looks_like_place  # late: seldom needed

        found = find_place(text) if looks_like_place(text) else None
        if found is None:
            return []
        first, second = found.xy
        shown = f"{first:,.1f}, {second:,.1f}" if found.is_metres else f"{first:.6f}, {second:.6f}"
        told = self.tr("转到坐标 {shown}").format(shown=shown)
        return [Entry("coordinates", text, told, self.tr("坐标"), "go_to")]

    def _search(self) -> None:
        """Look for places in the background."""
        index, text = self._desk.index, self._answer.text
        if index is None or self.palette is None or not self.palette.isVisible():
            return
        self._desk.work.query(
            lambda _progress: index.find(text, _MOST_PLACES), partial(self._show_places, text)
        )

    def _show_places(self, text: str, found: "list[Found]") -> None:
        from gridmap.ui.palette_model import Entry  # late: as above

        if text != self._answer.text:
            return  # an answer that comes too late
        self._answer.places = [
            Entry(
                "place",
                f"{each.table}/{each.id}",
                each.label,
                " · ".join(
                    part
                    for part in (
                        each.sublabel,
                        heading(TABLE_BY_NAME[each.table], current_language()),
                    )
                    if part
                ),
                "place",
            )
            for each in found
        ]
        self._show(is_all=True)

    def _show(self, *, is_all: bool = False) -> None:
        """Show what was found; where that is all, and nothing, say so."""
        if self.palette is None:
            return
        answer = self._answer
        first = answer.first[:_ACTIONS_BESIDE_PLACES] if answer.places else answer.first
        entries = [*first, *answer.places]
        if is_all and not entries:
            entries.append(self._nothing(answer.text))
        self.palette.show_entries(entries)

    def _nothing(self, text: str) -> "Entry":
        from gridmap.ui.palette_model import Entry  # late: loaded by now

        told = self.tr("没有找到“{text}”").format(text=text.strip())
        advice = self.tr("换个说法，或少输入几个字")
        return Entry("place", "", told, advice, why_not=advice)

    # --- doing -----------------------------------------------------------------------------------

    def _run(self, entry: "Entry") -> None:
        from gridmap.ui.palette_model import noted  # late: loaded by now

        if entry.kind in ("command", "layer", "bookmark"):
            memory = self._desk.memory
            memory.change(used_lately=noted(memory.settings.used_lately, entry.key))
        if entry.kind == "command":
            self._window.actions_by_id[entry.target].trigger()
        elif entry.kind == "layer":
            self._toggle_layer(entry.target)
        elif entry.kind == "bookmark":
            names = [bookmark.name for bookmark in self._bookmarks.bookmarks]
            self._bookmarks.go(names.index(entry.target))
        elif entry.kind == "coordinates":
            self._places.ask_where(entry.target)
        else:
            table, _, row_id = entry.target.partition("/")
            self._bench.go_to(table, row_id)

    def _toggle_layer(self, table: str) -> None:
        panel = self._window.layers
        place = panel.layers.find(table)
        if place is not None:
            entry = panel.layers.entries[place]
            entry.is_visible = not entry.is_visible
            panel.show_layers(panel.layers)
            panel.visibility_changed.emit(table, entry.is_visible)


def _plain(text: str) -> str:
    """Return a command's text without its mnemonic and its dots."""
    before, _, behind = text.partition("(&")
    rest = behind.partition(")")[2] if behind else ""
    return (before + rest).replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def _other_words() -> dict[str, tuple[str, ...]]:
    """Return what each command is called in the other language, and its id in words."""
    translator = QTranslator()
    is_english = current_language() == "en"
    if not is_english:
        translator.load("gridmap_en", str(paths.resource_dir() / "translations"))

    def look_up(context: str, text: str) -> str:
        if is_english:
            return text  # what stands in the program is Chinese
        return translator.translate(context, text) or QCoreApplication.translate(context, text)

    with looked_up_by(look_up):
        return {
            command.id: (_plain(command.text), command.id.replace("_", " "))
            for command in commands()
        }
