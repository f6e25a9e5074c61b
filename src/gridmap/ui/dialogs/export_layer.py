"""Ask which layer goes where, and in which coordinates."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from gridmap.base.messages import current_language
from gridmap.model.catalogue import TABLES
from gridmap.ui.dialogs.form import FormDialog, PathLine
from gridmap.ui.panels.shown import heading
from gridmap.ui.picking import Picker

if TYPE_CHECKING:
    from gridmap.services.exports import ExportRequest

WGS84, CGCS2000 = 4326, 4490


class ExportDialog(FormDialog):
    """Layer, file, CRS."""

    def __init__(
        self, parent: QWidget | None, picker: Picker, folder: Path, table: str, epsg: int | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("导出图层"))
        self._intro.setText(self.tr("GeoPackage 适合交给其他地图软件，GeoJSON 适合网页。"))
        self.agree.setText(self.tr("导出(&E)"))
        self._picker = picker
        self._folder = folder
        self._is_path_own = False
        self.table = QComboBox(self)
        for each in TABLES:
            self.table.addItem(heading(each, current_language()), each.name)
        self.table.setCurrentIndex(max(self.table.findData(table), 0))
        self.kind = QComboBox(self)
        self.kind.addItem("GeoPackage (.gpkg)", ".gpkg")
        self.kind.addItem("GeoJSON (.geojson)", ".geojson")
        self.crs = QComboBox(self)
        own = f"EPSG:{epsg}" if epsg else ""
        self.crs.addItem(self.tr("默认：GeoPackage 用工作库的坐标系 {own}").format(own=own), None)
        self.crs.addItem(self.tr("CGCS2000 经纬度（EPSG:4490）"), CGCS2000)
        self.crs.addItem(self.tr("WGS 84 经纬度（EPSG:4326）"), WGS84)
        self.path = PathLine(self)
        self.form.addRow(self.tr("图层(&L)"), self.table)
        self.form.addRow(self.tr("格式(&T)"), self.kind)
        self.form.addRow(self.tr("坐标系(&Z)"), self.crs)
        self.form.addRow(self.tr("保存为(&F)"), self.path)
        for choice in (self.table, self.kind):
            choice.currentIndexChanged.connect(self._propose)
        self.path.line.textEdited.connect(self._own_path)
        self.path.browse_wanted.connect(self._browse)
        self._propose()

    def find_fault(self) -> str:
        """Return what is missing or wrong, nothing where all is well."""
        path = self.path.path
        if path is None or not path.parent.is_dir():
            return self.tr("请选择一个存在的文件夹来保存文件。")
        return ""

    def request(self) -> "ExportRequest":
        """Return what the user wants."""
        from gridmap.services.exports import ExportRequest  # late: late

        path = self.path.path or self._folder
        return ExportRequest(str(self.table.currentData()), path, self.crs.currentData())

    def _propose(self, *_: object) -> None:
        suffix = str(self.kind.currentData())
        held = self.path.path
        if self._is_path_own and held is not None:
            self.path.set_path(held.with_suffix(suffix))
        else:
            self.path.set_path(self._folder / f"{self.table.currentText()}{suffix}")

    def _own_path(self, _text: str) -> None:
        self._is_path_own = True

    def _browse(self) -> None:
        proposed = self.path.path or self._folder
        kinds = "GeoPackage (*.gpkg);;GeoJSON (*.geojson)"
        chosen = self._picker.save_file(self, self.tr("导出图层"), kinds, proposed)
        if chosen is not None:
            self._is_path_own = True
            self.kind.setCurrentIndex(max(self.kind.findData(chosen.suffix), 0))
            self.path.set_path(chosen)
