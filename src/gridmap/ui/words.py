"""Words of windows outside of widgets: ``translate("Context", "中文")``, found by lupdate."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate
