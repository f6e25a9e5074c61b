"""Choosing files: the only file that opens a file dialog."""

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget

from gridmap.ui.words import translate


class Picker(Protocol):
    """Asks for files; None where the user thought better of it."""

    def open_file(
        self, parent: QWidget, title: str, kinds: str, folder: Path | None = None
    ) -> Path | None:
        """Return a file that exists."""

    def save_file(self, parent: QWidget, title: str, kinds: str, proposed: Path) -> Path | None:
        """Return where something is to be written; overwriting was agreed to."""


class BoxPicker:
    """Asks in the system's own dialogs, each time beginning where the last file was."""

    def __init__(self) -> None:
        self._folder = Path.home()

    def open_file(
        self, parent: QWidget, title: str, kinds: str, folder: Path | None = None
    ) -> Path | None:
        """Return a file that exists."""
        dialog = _dialog(parent, title, kinds, folder or self._folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return self._ask(dialog)

    def save_file(self, parent: QWidget, title: str, kinds: str, proposed: Path) -> Path | None:
        """Return where something is to be written; overwriting was agreed to."""
        dialog = _dialog(parent, title, kinds, proposed.parent)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(proposed.suffix.lstrip("."))
        dialog.selectFile(proposed.name)
        return self._ask(dialog)

    def _ask(self, dialog: QFileDialog) -> Path | None:
        is_chosen = dialog.exec() == QFileDialog.DialogCode.Accepted
        chosen = dialog.selectedFiles()
        dialog.deleteLater()
        if not is_chosen or not chosen:
            return None
        self._folder = Path(chosen[0]).parent
        return Path(chosen[0])


def _dialog(parent: QWidget, title: str, kinds: str, folder: Path) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder), kinds)
    label = QFileDialog.DialogLabel
    # Qt's own Chinese lacks these two
    dialog.setLabelText(label.LookIn, translate("Picking", "位置："))
    dialog.setLabelText(label.FileType, translate("Picking", "文件类型："))
    return dialog
