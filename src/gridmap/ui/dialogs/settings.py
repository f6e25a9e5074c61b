"""Ask for the few things that can be set."""

from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from gridmap.base.messages import Language
from gridmap.ui.dialogs.form import FormDialog

_DAY_MINUTES = 24 * 60


class SettingsDialog(FormDialog):
    """Language, and how often a backup is made."""

    def __init__(self, parent: QWidget | None, language: Language, minutes: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("设置"))
        self._intro.hide()
        self.agree.setText(self.tr("确定(&O)"))
        self.language = QComboBox(self)
        self.language.addItem("中文", "zh")  # its own name in each language, as everywhere
        self.language.addItem("English", "en")
        self.language.setCurrentIndex(self.language.findData(language))
        self.minutes = QSpinBox(self)
        self.minutes.setRange(0, _DAY_MINUTES)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(self.tr(" 分钟"))
        self.minutes.setSpecialValueText(self.tr("不自动备份"))
        self.minutes.setValue(minutes)
        self.form.addRow(self.tr("界面语言(&L)"), self.language)
        self.form.addRow(self.tr("有改动时每隔(&B)"), self.minutes)
