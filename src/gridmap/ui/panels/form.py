"""The form in which rows are filled in: fields from the schema, checked as they are typed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from gridmap.base.messages import current_language
from gridmap.model.schema import Kind
from gridmap.ui.icons import icon
from gridmap.ui.panels.form_model import Form, FormLine
from gridmap.ui.panels.reference_line import ReferenceLine
from gridmap.ui.panels.shown import heading, is_number
from gridmap.ui.words import translate

_MARGIN = 12


class FormPanel(QWidget):
    """Enter saves, Esc discards. ``form`` is what is being filled in, None where nothing is."""

    save_wanted = Signal()
    discard_wanted = Signal()
    reference_asked = Signal(str, str)
    """The user types into a reference: which table is searched for which text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form: Form | None = None
        self.inputs: dict[str, QWidget] = {}
        self._faults: dict[str, QLabel] = {}
        self._heading = QLabel(self)
        self._heading.setObjectName("heading")
        self._heading.setWordWrap(True)
        self.complaint = QLabel(self)
        self.complaint.setObjectName("complaint")
        self.complaint.setWordWrap(True)
        self.complaint.hide()
        self.save = QPushButton(icon("good"), self.tr("保存(&V)"), self)
        self.save.setToolTip(self.tr("保存（回车）"))
        self.save.clicked.connect(self.save_wanted)
        self.discard = QPushButton(self.tr("放弃(&Q)"), self)
        self.discard.setToolTip(self.tr("放弃修改（Esc）"))
        self.discard.clicked.connect(self.discard_wanted)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(_MARGIN, 4, _MARGIN, 10)
        buttons.addWidget(self.save)
        buttons.addWidget(self.discard)
        buttons.addStretch()
        above = QVBoxLayout()
        above.setContentsMargins(_MARGIN + 2, _MARGIN, _MARGIN, 2)
        above.addWidget(self._heading)
        above.addWidget(self.complaint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(above)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(buttons)

    def show_form(self, form: Form, title: str) -> None:
        """Show a form, the focus in its first field."""
        self.form = form
        self._heading.setText(title)
        self.complain("")
        self.inputs, self._faults = {}, {}
        page = QWidget(self._scroll)
        lines = QVBoxLayout(page)
        lines.setContentsMargins(_MARGIN, 2, _MARGIN, 2)
        lines.setSpacing(3)
        for line in form.lines:
            self._add(lines, line, page)
        lines.addStretch()
        self._scroll.setWidget(page)
        page.setAutoFillBackground(False)  # which Qt has set just now
        for name in self.inputs:
            self._show_fault(name)
        self.show()
        first = next(iter(self.inputs.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Show nothing any more."""
        self.form = None
        self.inputs, self._faults = {}, {}
        page = self._scroll.takeWidget()
        if page is not None:
            page.deleteLater()
        self.hide()

    def complain(self, text: str) -> None:
        """Say why nothing was saved; an empty text takes it back."""
        self.complaint.setText(text)
        self.complaint.setVisible(bool(text))

    def offer(self, table: str, text: str, found: Sequence[tuple[str, str]]) -> None:
        """Show what fits the text that is typed into a reference."""
        for name, made in self.inputs.items():
            if isinstance(made, ReferenceLine) and self._line(name).field.refers_to == table:
                made.offer(text, found)

    def _line(self, name: str) -> FormLine:
        if self.form is None:
            raise RuntimeError("no form is shown")
        return self.form.line(name)

    def _add(self, lines: QVBoxLayout, line: FormLine, page: QWidget) -> None:
        title = QLabel(line.title, page)
        title.setObjectName("muted")
        if line.field.required:
            title.setText(self.tr("{title}（必填）").format(title=line.title))
        above = QHBoxLayout()
        above.setContentsMargins(0, 4, 0, 0)
        above.addWidget(title)
        if line.is_sensitive:
            mark = QLabel(self.tr("敏感"), page)
            mark.setObjectName("note")
            mark.setToolTip(self.tr("敏感内容：不会出现在给居民的地图和导出里"))
            above.addWidget(mark)
        above.addStretch()
        lines.addLayout(above)
        if line.is_kept:
            text = self.tr("（多个值）") if line.is_mixed else line.text or "—"
            kept = QLabel(text, page)
            kept.setToolTip(self.tr("由程序维护，不能直接改"))
            kept.setEnabled(False)
            lines.addWidget(kept)
            return
        made = self._make_input(line, page)
        made.setAccessibleName(line.title)
        title.setBuddy(made)
        made.installEventFilter(self)
        self.inputs[line.field.name] = made
        fault = QLabel(page)
        fault.setObjectName("complaint")
        fault.setWordWrap(True)
        fault.hide()
        self._faults[line.field.name] = fault
        lines.addWidget(made)
        lines.addWidget(fault)

    def _make_input(self, line: FormLine, page: QWidget) -> QWidget:
        if line.field.choices or line.field.kind is Kind.YES_NO:
            return self._make_choice(line, page)
        name = line.field.name
        if line.field.refers_to is not None:
            made = ReferenceLine(line.text, page)
            made.asked.connect(partial(self.reference_asked.emit, line.field.refers_to))
            made.typed.connect(partial(self._on_typed, name))
        else:
            made_line = QLineEdit(line.text, page)
            made_line.textEdited.connect(partial(self._on_typed, name))
            if is_number(line.field):
                made_line.setAlignment(Qt.AlignmentFlag.AlignRight)
            if line.field.kind is Kind.DATE:
                self._add_calendar(made_line, name)
            if line.is_mixed:
                made_line.setPlaceholderText(self.tr("（多个值）"))
            return made_line
        if line.is_placed:
            made.setPlaceholderText(self.tr("（不填时按位置自动填）"))
        elif line.is_mixed:
            made.setPlaceholderText(self.tr("（多个值）"))
        return made

    def _make_choice(self, line: FormLine, page: QWidget) -> QComboBox:
        made = QComboBox(page)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        if line.is_mixed:
            made.addItem(self.tr("（多个值）"), None)
        made.addItem("", "")
        language = current_language()
        words = [heading(choice, language) for choice in line.field.choices]
        for word in words or [translate("Shown", "是"), translate("Shown", "否")]:
            made.addItem(word, word)
        made.setCurrentIndex(0 if line.is_mixed else max(made.findData(line.text), 0))

        def on_activated(row: int) -> None:
            chosen = made.itemData(row)
            if chosen is None and self.form is not None:
                self.form.typed.pop(line.field.name, None)
            else:
                self._on_typed(line.field.name, chosen or "")

        made.activated.connect(on_activated)
        return made

    def _add_calendar(self, made: QLineEdit, name: str) -> None:
        made.setPlaceholderText("2026-11-24")
        action = made.addAction(icon("time"), QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip(self.tr("从日历中选"))

        def choose() -> None:
            menu = QMenu(made)
            calendar = QCalendarWidget(menu)
            day = QDate.fromString(made.text(), Qt.DateFormat.ISODate)
            if day.isValid():
                calendar.setSelectedDate(day)
            held = QWidgetAction(menu)
            held.setDefaultWidget(calendar)
            menu.addAction(held)

            def take(chosen: QDate) -> None:
                made.setText(chosen.toString(Qt.DateFormat.ISODate))
                self._on_typed(name, made.text())
                menu.close()

            calendar.clicked.connect(take)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(made.mapToGlobal(made.rect().bottomLeft()))

        action.triggered.connect(choose)

    def _on_typed(self, name: str, text: str) -> None:
        if self.form is None:
            return
        self.form.type(name, text)
        self.complain("")
        self._show_fault(name)

    def _show_fault(self, name: str) -> None:
        fault = self.form.fault(name) if self.form is not None else ""
        self._faults[name].setText(fault)
        self._faults[name].setVisible(
            bool(fault) and name in (self.form.typed if self.form else {})
        )

    def show_faults(self) -> bool:
        """Show every fault, the focus in its first field; return whether there is one."""
        faults = self.form.faults() if self.form is not None else {}
        for name, label in self._faults.items():
            label.setText(faults.get(name, ""))
            label.setVisible(name in faults)
        for name in faults:
            if name in self.inputs:
                self.inputs[name].setFocus()
                self._scroll.ensureWidgetVisible(self.inputs[name])
                break
        return bool(faults)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save by Enter and discard by Esc, from any field; the wheel turns the page, no choice."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox):
            event.ignore()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if isinstance(watched, ReferenceLine) and watched.is_choosing:
                    return False
                self.save_wanted.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if isinstance(watched, ReferenceLine) and watched.is_choosing:
                    return False
                self.discard_wanted.emit()
                return True
        return super().eventFilter(watched, event)
