"""A line in which a row of another table is found by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

_PAUSE_MS = 120


class ReferenceLine(QLineEdit):
    """Asks for rows that fit while one types; what is chosen counts by its id."""

    asked = Signal(str)
    typed = Signal(str)
    """What counts now: an id where a row was chosen, else the text itself."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._found: list[tuple[str, str]] = []
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.activated.connect(self._on_chosen)
        self.setCompleter(self._completer)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.asked.emit(self.text()))
        self.textEdited.connect(self._on_edited)

    @property
    def is_choosing(self) -> bool:
        """Return whether the list of what fits is open."""
        popup = self._completer.popup()
        return popup is not None and popup.isVisible()

    def offer(self, text: str, found: Sequence[tuple[str, str]]) -> None:
        """Show what fits a text, if that is still what stands here."""
        if text != self.text() or not self.hasFocus():
            return
        self._found = list(found)
        self._words.setStringList([words for _, words in found])
        popup = self._completer.popup()
        if found:
            self._completer.complete()
        elif popup is not None:
            popup.hide()

    def _on_edited(self, text: str) -> None:
        self.typed.emit(text)
        self._pause.start()

    def _on_chosen(self, words: str) -> None:
        for row_id, found in self._found:
            if found == words:
                self.typed.emit(row_id)
                return
