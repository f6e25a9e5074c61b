"""Ask which backup should take the workspace's place."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from gridmap.ui.dialogs.form import FormDialog
from gridmap.ui.icons import icon
from gridmap.ui.panels.shown import local_time

if TYPE_CHECKING:
    from gridmap.store.backup import Backup

_MEBIBYTE = 1024 * 1024


class RestoreDialog(FormDialog):
    """The backups at hand, the newest first."""

    def __init__(self, parent: QWidget | None, backups: Sequence["Backup"]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("恢复备份"))
        self._intro.setText(
            self.tr("工作库将回到所选备份的样子。现在的样子会先另存为一个备份，随时可以再换回来。")
        )
        self.agree.setText(self.tr("恢复(&R)"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("备份"))
        self.list.setMinimumHeight(220)
        for backup in backups:
            size = f"{backup.size_bytes / _MEBIBYTE:,.1f} MB"
            item = QListWidgetItem(icon("backup"), f"{local_time(backup.made_at)}    ·    {size}")
            item.setData(Qt.ItemDataRole.UserRole, backup.path)
            item.setToolTip(str(backup.path))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(lambda _item: self.try_to_accept())
        self.form.addRow(self.list)
        if not backups:
            self.complain(self.tr("还没有备份。请先在“数据”菜单里选择“立即备份”。"))
            self.agree.setEnabled(False)

    @property
    def chosen(self) -> Path:
        """Return the chosen backup."""
        return Path(self.list.currentItem().data(Qt.ItemDataRole.UserRole))
