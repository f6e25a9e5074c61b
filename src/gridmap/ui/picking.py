"""Choosing files: the only file that opens a file dialog."""

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget


class Picker(Protocol):
    """Asks for files; None where the user thought better of it."""

    def open_file(
        self, parent: QWidget, title: str, kinds: str, folder: Path | None = None
    ) -> Path | None:
        """Return a file that exists."""

    def save_file(self, parent: QWidget, title: str, kinds: str, proposed: Path) -> Path | None:
        """Return where something is to be written; overwriting was agreed to."""


class BoxPicker:
    """Asks in the system's own dialogs."""

    def open_file(
        self, parent: QWidget, title: str, kinds: str, folder: Path | None = None
    ) -> Path | None:
        """Return a file that exists."""
        name, _ = QFileDialog.getOpenFileName(parent, title, str(folder or Path.home()), kinds)
        return Path(name) if name else None

    def save_file(self, parent: QWidget, title: str, kinds: str, proposed: Path) -> Path | None:
        """Return where something is to be written; overwriting was agreed to."""
        name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(proposed.suffix)
