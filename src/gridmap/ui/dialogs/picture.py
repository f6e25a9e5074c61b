"""Ask for a picture of the map: which part, how large, where to."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from gridmap.ui.dialogs.form import FormDialog, PathLine
from gridmap.ui.picking import Picker

if TYPE_CHECKING:
    from gridmap.services.basemaps import BaseMapRequest
    from gridmap.services.layers import Extent
    from gridmap.services.pictures import RenderRequest

_SIZES = ((1600, 1000), (2400, 1500), (3600, 2400))


class PictureDialog(FormDialog):
    """Extent, layers, size, file."""

    def __init__(
        self,
        parent: QWidget | None,
        picker: Picker,
        proposed: Path,
        *,
        extent: "Extent",
        visible: tuple[str, ...],
        base_map: "BaseMapRequest | None" = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("输出地图"))
        self._intro.setText(self.tr("地图带标题、图例、比例尺和指北针。PDF 适合打印。"))
        self.agree.setText(self.tr("输出(&P)"))
        self._picker = picker
        self._extent = extent
        self._visible = visible
        self._base_map = base_map
        self.kind = QComboBox(self)
        self.kind.addItem(self.tr("PNG 图片"), ".png")
        self.kind.addItem(self.tr("PDF（A4 横向）"), ".pdf")
        self.area = QComboBox(self)
        self.area.addItem(self.tr("窗口中的范围"), False)
        self.area.addItem(self.tr("全部范围"), True)
        self.pixels = QComboBox(self)
        for width, height in _SIZES:
            self.pixels.addItem(f"{width} × {height}", (width, height))
        self.only_visible = QCheckBox(self.tr("只画现在显示的图层(&V)"), self)
        self.only_visible.setChecked(True)
        self.with_base_map = QCheckBox(self.tr("连同底图(&B)"), self)
        self.with_base_map.setChecked(base_map is not None)
        self.with_base_map.setVisible(base_map is not None)
        self.path = PathLine(self)
        self.path.set_path(proposed)
        self.form.addRow(self.tr("格式(&T)"), self.kind)
        self.form.addRow(self.tr("范围(&A)"), self.area)
        self.form.addRow(self.tr("图片大小(&Z)"), self.pixels)
        self.form.addRow("", self.only_visible)
        if base_map is not None:
            self.form.addRow("", self.with_base_map)
        self.form.addRow(self.tr("保存为(&F)"), self.path)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.path.browse_wanted.connect(self._browse)

    def find_fault(self) -> str:
        """Return what is missing or wrong, nothing where all is well."""
        path = self.path.path
        if path is None or not path.parent.is_dir():
            return self.tr("请选择一个存在的文件夹来保存文件。")
        return ""

    def request(self) -> "RenderRequest":
        """Return what the user wants."""
        from gridmap.services.pictures import RenderRequest  # late: late

        target = self.path.path or Path(f"map{self.kind.currentData()}")
        is_png = target.suffix.lower() == ".png"
        return RenderRequest(
            target,
            self.pixels.currentData() if is_png else None,
            None if self.area.currentData() else self._extent,
            self._visible if self.only_visible.isChecked() else None,
            self._base_map if self.with_base_map.isChecked() else None,
        )

    def _on_kind(self, _row: int) -> None:
        suffix = str(self.kind.currentData())
        self.pixels.setEnabled(suffix == ".png")
        path = self.path.path
        if path is not None:
            self.path.set_path(path.with_suffix(suffix))

    def _browse(self) -> None:
        proposed = self.path.path or Path.home()
        chosen = self._picker.save_file(
            self, self.tr("输出地图"), "PNG (*.png);;PDF (*.pdf)", proposed
        )
        if chosen is not None:
            self.kind.setCurrentIndex(max(self.kind.findData(chosen.suffix.lower()), 0))
            self.path.set_path(chosen)
