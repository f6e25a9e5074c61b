"""Ask how large a sample should be."""

from PySide6.QtWidgets import QRadioButton, QWidget

from gridmap.ui.dialogs.form import FormDialog


class SampleDialog(FormDialog):
    """Three sizes of an imaginary place."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("打开示例"))
        self._intro.setText(
            self.tr("示例是一个虚构的街道，可以随意试用，不影响您的数据。请选择大小：")
        )
        self.agree.setText(self.tr("打开(&O)"))
        self._scales: dict[QRadioButton, str] = {}
        described = (
            ("community", self.tr("社区(&C)：约 50 个网格，几秒钟")),
            ("subdistrict", self.tr("街道(&S)：约 1,000 个网格，几秒钟")),
            ("district", self.tr("城区(&D)：约 50,000 个网格、20 万栋建筑，半分钟左右")),
        )
        for number, (scale, text) in enumerate(described):
            button = QRadioButton(text, self)
            button.setChecked(number == 0)
            self._scales[button] = scale
            self.form.addRow(button)

    @property
    def scale(self) -> str:
        """Return the chosen size."""
        return next(scale for button, scale in self._scales.items() if button.isChecked())
