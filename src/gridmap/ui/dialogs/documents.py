"""The papers by which cells are changed: which there are, a new one, and which one counts now."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridmap.ui import theme
from gridmap.ui.dialogs.form import FormDialog, PathLine

if TYPE_CHECKING:
    from gridmap.services.documents import AddDocument, Document

_ID, _PATH = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class DocumentsDialog(QDialog):
    """All documents with their scans; one of them may be the paper of what is edited now."""

    add_wanted = Signal()
    scan_wanted = Signal(str)
    """A scan shall be added to the document of this id."""
    used = Signal(object)
    """The document (id, number) by which cells are edited from now on, or None."""

    def __init__(self, parent: QWidget | None, *, is_writable: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("批文"))
        self.resize(theme.fitting(self, QSize(720, 420)))
        self._is_writable = is_writable
        self._in_use: str | None = None
        self.said = QLabel(self)
        self.said.setObjectName("muted")
        self.said.setWordWrap(True)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(self.tr("批文"))
        self.tree.setHeaderLabels(
            [self.tr("文号"), self.tr("标题"), self.tr("签发日期"), self.tr("网格数")]
        )
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.tree.currentItemChanged.connect(lambda *_: self._offer())
        self.tree.itemActivated.connect(self._open)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.use = self._button(buttons, self.tr("凭此批文编辑(&U)"))
        self.add = self._button(buttons, self.tr("登记…(&N)"))
        self.scan = self._button(buttons, self.tr("加扫描件…(&A)"))
        buttons.rejected.connect(self.reject)
        self.use.clicked.connect(self._use)
        self.add.clicked.connect(self.add_wanted)
        self.scan.clicked.connect(lambda: self.scan_wanted.emit(self._chosen()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(14)
        for part in (self.said, self.tree, buttons):
            layout.addWidget(part)
        self._offer()

    def _button(self, buttons: QDialogButtonBox, text: str) -> QPushButton:
        button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setAutoDefault(False)
        return button

    def show_documents(self, documents: "Sequence[Document]", in_use: str | None) -> None:
        """List the documents; ``in_use`` is the id of the one that counts now."""
        chosen = self._chosen() or in_use
        self._in_use = in_use
        self.tree.clear()
        self.said.setText(
            self.tr("双击扫描件可以打开。改动现行划分时，可以写明凭哪份批文。")
            if documents
            else self.tr("还没有批文。改动现行划分时，可以写明凭哪份批文：先登记一份。")
        )
        for one in documents:
            columns = [one.number, one.title or "", one.issued_on or "", f"{one.cells:,}"]
            item = QTreeWidgetItem(self.tree, columns)
            item.setData(0, _ID, one.id)
            item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight)
            font = item.font(0)
            font.setBold(one.id == in_use)
            item.setFont(0, font)
            for scan in one.scans:
                lost = "" if scan.is_there else self.tr("（文件丢失或损坏）")
                below = QTreeWidgetItem(item, [scan.name + lost])
                below.setData(0, _PATH, str(scan.path) if scan.is_there else None)
            item.setExpanded(True)
            if one.id == chosen:
                self.tree.setCurrentItem(item)
        self.tree.resizeColumnToContents(0)
        self._offer()

    def _item(self) -> QTreeWidgetItem | None:
        item = self.tree.currentItem()
        return item.parent() or item if item is not None else None

    def _chosen(self) -> str:
        item = self._item()
        return str(item.data(0, _ID)) if item is not None else ""

    def _offer(self) -> None:
        chosen = self._chosen()
        self.add.setEnabled(self._is_writable)
        self.scan.setEnabled(self._is_writable and bool(chosen))
        self.use.setEnabled(self._is_writable and bool(chosen))
        is_used = bool(chosen) and chosen == self._in_use
        self.use.setText(self.tr("不再凭此批文(&U)") if is_used else self.tr("凭此批文编辑(&U)"))

    def _use(self) -> None:
        item = self._item()
        if item is None:
            return
        chosen = str(item.data(0, _ID))
        self.used.emit(None if chosen == self._in_use else (chosen, item.text(0)))

    def _open(self, item: QTreeWidgetItem, _column: int) -> None:
        path = item.data(0, _PATH)
        if path:
            QDesktopServices.openUrl(QUrl.fromLocalFile(path))


class NewDocumentDialog(FormDialog):
    """What is entered of a new document."""

    def __init__(self, parent: QWidget | None, taken: Sequence[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("登记批文"))
        self._intro.setText(self.tr("扫描件会复制到工作库旁边，按内容保存，不会重复。"))
        self._taken = set(taken)
        self.number = QLineEdit(self)
        self.title = QLineEdit(self)
        self.day = QDateEdit(QDate.currentDate(), self)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.issuer = QLineEdit(self)
        self.signatory = QLineEdit(self)
        self.scan = PathLine(self)
        self.form.addRow(self.tr("文号(&N)："), self.number)
        self.form.addRow(self.tr("标题(&T)："), self.title)
        self.form.addRow(self.tr("签发日期(&D)："), self.day)
        self.form.addRow(self.tr("发文机关(&I)："), self.issuer)
        self.form.addRow(self.tr("签发人(&S)："), self.signatory)
        self.form.addRow(self.tr("扫描件(&F)："), self.scan)
        self.agree.setText(self.tr("登记(&E)"))
        self.number.setFocus()

    def request(self) -> "AddDocument":
        """Return what was entered."""
        from gridmap.services.documents import AddDocument  # late: seldom needed

        scan = self.scan.path
        return AddDocument(
            self.number.text().strip(),
            self.title.text().strip() or None,
            self.day.date().toString("yyyy-MM-dd"),
            self.issuer.text().strip() or None,
            self.signatory.text().strip() or None,
            scans=(scan,) if scan is not None else (),
        )

    def find_fault(self) -> str:
        """Return what is missing."""
        number = self.number.text().strip()
        if not number:
            return self.tr("请填写文号。")
        if number in self._taken:
            return self.tr("这个文号已经登记过了。")
        scan = self.scan.path
        if scan is not None and not Path(scan).is_file():
            return self.tr("找不到扫描件。请重新选一个文件。")
        return ""
