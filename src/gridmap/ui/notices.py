"""Speaking to the user: the only file that opens a message box."""

from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from gridmap.base import log
from gridmap.base.errors import GridmapError
from gridmap.ui.words import translate


class Notices(Protocol):
    """What views say and ask, so that no view opens a dialog to speak."""

    def tell(self, text: str) -> None:
        """Say that something is done."""

    def warn(self, error: GridmapError) -> None:
        """Say what is wrong, where, and what to do."""

    def fault(self, error: Exception, *, is_done: bool = False) -> None:
        """Say that the program failed, and offer the log.

        With ``is_done`` only the result could not be shown; what was asked for is done.
        """

    def ask(self, question: str, *, yes: str, explanation: str = "") -> bool:
        """Return whether the user agrees; ``yes`` is what the agreeing button says."""


class BoxNotices:
    """Notices in message boxes over a window."""

    def __init__(self) -> None:
        self.parent: QWidget | None = None

    def tell(self, text: str) -> None:
        """Say that something is done."""
        self._box(QMessageBox.Icon.Information, text).exec()

    def warn(self, error: GridmapError) -> None:
        """Say what is wrong, where, and what to do."""
        box = self._box(QMessageBox.Icon.Warning, error.render())
        place = _where(error)
        if place:
            box.setInformativeText(place)
        box.exec()

    def fault(self, error: Exception, *, is_done: bool = False) -> None:
        """Say that the program failed, and offer the log."""
        if is_done:
            text = translate("Notices", "操作已完成，但结果没能显示。")
            advice = translate(
                "Notices", "错误：{name}。请关闭工作库再打开；如果再次出现，请把日志发给技术人员。"
            )
        else:
            text = translate("Notices", "程序出了问题，这一步没有完成。工作库没有受影响。")
            advice = translate(
                "Notices", "错误：{name}。请重试；如果再次出现，请把日志发给技术人员。"
            )
        box = self._box(QMessageBox.Icon.Critical, text)
        box.setInformativeText(advice.format(name=type(error).__name__))
        show = box.addButton(
            translate("Notices", "查看日志(&L)"), QMessageBox.ButtonRole.ActionRole
        )
        box.exec()
        if box.clickedButton() is show:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(log.log_file())))

    def ask(self, question: str, *, yes: str, explanation: str = "") -> bool:
        """Return whether the user agrees; ``yes`` is what the agreeing button says."""
        box = self._box(QMessageBox.Icon.Question, question)
        box.setInformativeText(explanation)
        box.setStandardButtons(QMessageBox.StandardButton.Cancel)
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(agree)
        box.exec()
        return box.clickedButton() is agree

    def _box(self, icon: QMessageBox.Icon, text: str) -> QMessageBox:
        box = QMessageBox(self.parent)
        box.setIcon(icon)
        box.setWindowTitle("gridmap")
        box.setText(text)
        return box


def _where(error: GridmapError) -> str:
    """Return the place of an error in words, as far as it is known."""
    place, parts = error.place, []
    if place.file is not None:
        parts.append(translate("Notices", "文件：{path}").format(path=place.file))
    if place.row is not None:
        parts.append(translate("Notices", "第 {row} 行").format(row=place.row))
    return "\n".join(parts)
