"""What all dialogs share: a heading, a form, buttons that say what they do."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui import theme


class FormDialog(QDialog):
    """A dialog with a form; ``complain`` tells below it what is missing."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.fitting(self, QSize(520, 0)).width())
        self._intro = QLabel(self)
        self._intro.setObjectName("muted")
        self._intro.setWordWrap(True)
        self._complaint = QLabel(self)
        self._complaint.setWordWrap(True)
        self._complaint.setObjectName("complaint")
        self._complaint.hide()
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(12)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.agree = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree.setDefault(True)
        self.buttons.accepted.connect(self.try_to_accept)
        self.buttons.rejected.connect(self.reject)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 20, 24, 18)
        self.body.setSpacing(14)
        self.body.addWidget(self._intro)
        self.body.addLayout(self.form)
        self.body.addWidget(self._complaint)
        self.body.addWidget(self.buttons)

    def complain(self, text: str) -> None:
        """Say what is missing or wrong; an empty text takes it back."""
        self._complaint.setText(text)
        self._complaint.setVisible(bool(text))

    def find_fault(self) -> str:
        """Return what is missing or wrong, nothing where all is well."""
        return ""

    def try_to_accept(self) -> None:
        """Close with "yes" if nothing is missing."""
        fault = self.find_fault()
        self.complain(fault)
        if not fault:
            self.accept()


class PathLine(QWidget):
    """A path that can be typed, and a button that opens a file dialog."""

    browse_wanted = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.button = QPushButton(self.tr("浏览…(&B)"), self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.browse_wanted)
        self.line.textChanged.connect(self.changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        layout.addWidget(self.button)
        self.setFocusProxy(self.line)

    @property
    def path(self) -> Path | None:
        """Return the path, None where nothing is typed."""
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    def set_path(self, path: Path) -> None:
        """Show a path."""
        self.line.setText(str(path))
