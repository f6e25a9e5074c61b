"""Notices and file dialogs that only record, and ways to wait."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gridmap.base.errors import GridmapError


@dataclass
class RecordingNotices:
    """Remembers what was said; answers every question as told."""

    agrees: bool = True
    told: list[str] = field(default_factory=list)
    warnings: list[GridmapError] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    unshown: list[Exception] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def tell(self, text: str) -> None:
        self.told.append(text)

    def warn(self, error: GridmapError) -> None:
        self.warnings.append(error)

    def fault(self, error: Exception, *, is_done: bool = False) -> None:
        (self.unshown if is_done else self.faults).append(error)

    def ask(self, question: str, *, yes: str, explanation: str = "") -> bool:
        self.asked.append(question)
        return self.agrees


@dataclass
class FixedPicker:
    """Gives always the same file."""

    path: Path | None = None

    def open_file(
        self, parent: QWidget, title: str, kinds: str, folder: Path | None = None
    ) -> Path | None:
        return self.path

    def save_file(self, parent: QWidget, title: str, kinds: str, proposed: Path) -> Path | None:
        return self.path
