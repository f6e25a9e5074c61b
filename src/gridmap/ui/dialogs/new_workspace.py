"""Ask what a new workspace needs to know."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gridmap.ui.dialogs.form import FormDialog, PathLine
from gridmap.ui.dialogs.new_workspace_model import guess_meridian, is_division_code, zones
from gridmap.ui.picking import Picker

if TYPE_CHECKING:
    from gridmap.services.workspaces import NewWorkspace

SUFFIX = ".gridmap"


class NewWorkspaceDialog(FormDialog):
    """Name, division code, zone, file."""

    def __init__(self, parent: QWidget | None, picker: Picker, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("新建工作库"))
        self._intro.setText(
            self.tr("一个工作库是一个文件，保存一个街道的全部数据。以后可以随时改名。")
        )
        self.agree.setText(self.tr("新建(&N)"))
        self._picker = picker
        self._folder = folder
        self._is_path_own = False
        self._is_zone_own = False
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("例如：三里屯街道"))
        self.code = QLineEdit(self)
        self.code.setPlaceholderText(self.tr("9 位或 12 位数字，例如 110105013"))
        self.zone = QComboBox(self)
        for zone in zones():
            text = self.tr("中央经线 {meridian}°E（EPSG:{epsg}）")
            self.zone.addItem(text.format(meridian=zone.meridian, epsg=zone.epsg), zone.epsg)
        self.path = PathLine(self)
        self.form.addRow(self.tr("街道名称(&M)"), self.name)
        self.form.addRow(self.tr("区划代码(&D)"), self.code)
        self.form.addRow(self.tr("坐标带(&Z)"), self.zone)
        self.form.addRow(self.tr("保存为(&F)"), self.path)
        self.name.textEdited.connect(self._propose_path)
        self.code.textEdited.connect(self._propose_zone)
        self.zone.activated.connect(self._own_zone)
        self.path.line.textEdited.connect(self._own_path)
        self.path.browse_wanted.connect(self._browse)
        self._propose_zone("")
        self._propose_path("")

    def find_fault(self) -> str:
        """Return what is missing or wrong, nothing where all is well."""
        path = self.path.path
        if not self.name.text().strip():
            return self.tr("请填写街道名称。")
        if not is_division_code(self.code.text()):
            return self.tr("区划代码要 9 位或 12 位数字，例如 110105013。")
        if path is None or not path.parent.is_dir():
            return self.tr("请选择一个存在的文件夹来保存工作库。")
        if path.exists():
            return self.tr("已经有一个同名文件，请换一个文件名。")
        return ""

    def request(self) -> "NewWorkspace":
        """Return what the user wants."""
        from gridmap.services.workspaces import NewWorkspace  # late: late

        path = self.path.path or self._folder
        return NewWorkspace(
            path if path.suffix else path.with_suffix(SUFFIX),
            self.code.text().strip(),
            self.name.text().strip(),
            int(self.zone.currentData()),
        )

    def _propose_path(self, name: str) -> None:
        if not self._is_path_own:
            stem = name.strip() or self.tr("新工作库")
            self.path.set_path(self._folder / f"{stem}{SUFFIX}")

    def _propose_zone(self, code: str) -> None:
        if not self._is_zone_own:
            meridian = guess_meridian(code)
            row = next((n for n, zone in enumerate(zones()) if zone.meridian == meridian), 0)
            self.zone.setCurrentIndex(row)

    def _own_zone(self, _row: int) -> None:
        self._is_zone_own = True

    def _own_path(self, _text: str) -> None:
        self._is_path_own = True

    def _browse(self) -> None:
        kinds = self.tr("工作库 (*.gridmap)")
        proposed = self.path.path or self._folder
        chosen = self._picker.save_file(self, self.tr("保存工作库"), kinds, proposed)
        if chosen is not None:
            self._is_path_own = True
            self.path.set_path(chosen)
