"""The dialog that asks of which change a notice tells, and where it is written."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from gridmap.ui.dialogs.form import FormDialog, PathLine

if TYPE_CHECKING:
    from gridmap.services.notices import NoticeSubject


class NoticeDialog(FormDialog):
    """What to tell of, and the file."""

    def __init__(
        self,
        parent: QWidget | None,
        subjects: "Sequence[tuple[NoticeSubject, str]]",
        chosen: int,
        proposed: Path,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("变更通知"))
        self._intro.setText(
            self.tr("写成 A4 的 PDF：批文、变更前后的地图、新旧网格对照表。一页写不下时续页。")
        )
        self._subjects = [subject for subject, _ in subjects]
        self.choice = QComboBox(self)
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for _, text in subjects:
            self.choice.addItem(text)
        self.choice.setCurrentIndex(chosen)
        self.path = PathLine(self)
        self.path.set_path(proposed)
        self.form.addRow(self.tr("变更(&C)："), self.choice)
        self.form.addRow(self.tr("文件(&F)："), self.path)
        self.agree.setText(self.tr("输出(&P)"))

    @property
    def subject(self) -> "NoticeSubject":
        """Return what to tell of."""
        return self._subjects[self.choice.currentIndex()]

    @property
    def target(self) -> Path:
        """Return the file; ``find_fault`` has found one."""
        return self.path.path or Path()

    def find_fault(self) -> str:
        """Return what is missing."""
        return "" if self.path.path is not None else self.tr("请选择要写的文件。")
