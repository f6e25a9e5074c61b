"""Ask for the few things that can be set."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from gridmap.base.messages import Language
from gridmap.base.settings import Settings
from gridmap.ui.dialogs.form import FormDialog
from gridmap.ui.theme import Look

_DAY_MINUTES = 24 * 60


class SettingsDialog(FormDialog):
    """Theme, size of type, language, and how often a backup is made."""

    look_changed = Signal(object)
    """Another theme or size of type was chosen (``Look``), to be seen at once."""

    def __init__(self, parent: QWidget | None, language: Language, held: Settings) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("设置"))
        self._intro.hide()
        self.agree.setText(self.tr("确定(&O)"))
        self.appearance = QComboBox(self)
        self.appearance.addItem(self.tr("跟随系统"), "system")
        self.appearance.addItem(self.tr("浅色"), "light")
        self.appearance.addItem(self.tr("深色"), "dark")
        self.appearance.setCurrentIndex(self.appearance.findData(held.appearance))
        self.type_size = QComboBox(self)
        self.type_size.addItem(self.tr("标准"), "normal")
        self.type_size.addItem(self.tr("大"), "large")
        self.type_size.addItem(self.tr("特大"), "largest")
        self.type_size.setCurrentIndex(self.type_size.findData(held.type_size))
        self.language = QComboBox(self)
        self.language.addItem("中文", "zh")  # its own name in each language, as everywhere
        self.language.addItem("English", "en")
        self.language.setCurrentIndex(self.language.findData(language))
        self.minutes = QSpinBox(self)
        self.minutes.setRange(0, _DAY_MINUTES)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(self.tr(" 分钟"))
        self.minutes.setSpecialValueText(self.tr("不自动备份"))
        self.minutes.setValue(held.backup_every_minutes)
        self.form.addRow(self.tr("外观(&T)"), self.appearance)
        self.form.addRow(self.tr("字号(&F)"), self.type_size)
        self.form.addRow(self.tr("界面语言(&L)"), self.language)
        self.form.addRow(self.tr("自动备份间隔(&B)"), self.minutes)
        self.appearance.setFocus()
        for box in (self.appearance, self.type_size):
            box.currentIndexChanged.connect(lambda _place: self.look_changed.emit(self.look))

    @property
    def look(self) -> Look:
        """Return the theme and size of type that are chosen."""
        return Look(self.appearance.currentData(), self.type_size.currentData())
