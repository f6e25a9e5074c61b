"""Bars that show how cells or grids are balanced: area and households within the limits."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridmap.ui import theme

if TYPE_CHECKING:
    from gridmap.services.painting import Balance, State

    _Bar = tuple[float | None, tuple[float, float], State]
    """What is drawn: the value, the limits, and how it is within them."""

_MOST_ROWS = 6
_NAME_SHARE = 0.22
_GAP = 10
_BAR = 8.0
_ROOM = 1.6
"""How much more than the upper limit a bar has room for."""


class BalanceBars(QWidget):
    """A row for each cell or grid: its name, its area, its households; bold who gets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Balance] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> "Sequence[Balance]":
        """Return what is shown."""
        return self._rows

    def show_balances(self, balances: "Sequence[Balance]") -> None:
        """Show these; of many the first ones."""
        has_other_size = len(balances) != len(self._rows)
        self._rows = balances[:_MOST_ROWS]
        self.setAccessibleDescription("\n".join(self._told(one) for one in self._rows))
        if has_other_size:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        width = self.fontMetrics().horizontalAdvance("0") * 64
        return QSize(width, self._line * len(self._rows))

    @property
    def _line(self) -> int:
        return self.fontMetrics().height() + 16

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        name = self.width() * _NAME_SHARE
        half = (self.width() - name - 2 * _GAP) / 2
        for number, one in enumerate(self._rows):
            top = float(number * self._line)
            self._write_name(painter, one, QRectF(0, top, name, self._line))
            for place, (text, bar) in enumerate((self._area(one), self._people(one))):
                left = name + _GAP + place * (half + _GAP)
                self._draw_bar(painter, QRectF(left, top, half, self._line), text, *bar)
        painter.end()

    def _write_name(self, painter: QPainter, one: "Balance", box: QRectF) -> None:
        font = self.font()
        font.setBold(one.is_target)
        painter.setFont(font)
        painter.setPen(QColor(theme.worn().text))
        elided = painter.fontMetrics().elidedText(
            one.name, Qt.TextElideMode.ElideLeft, int(box.width())
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided)

    def _draw_bar(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        value: float | None,
        limits: tuple[float, float],
        state: "State",
    ) -> None:
        shades = theme.worn()
        painter.setFont(self.font())
        painter.setPen(QColor(shades.text))
        painter.drawText(box.adjusted(0, 0, 0, -_BAR - 2), Qt.AlignmentFlag.AlignVCenter, text)
        if limits[1] <= 0:
            return
        groove = QRectF(box.left(), box.bottom() - _BAR - 4, box.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shades.line))
        painter.drawRoundedRect(groove, 3, 3)
        scale = groove.width() / (limits[1] * _ROOM)
        if value is not None:
            filled = QRectF(groove)
            filled.setWidth(min(value * scale, groove.width()))
            colours = {"good": shades.good, "under": shades.caution, "over": shades.bad}
            painter.setBrush(QColor(colours.get(state, shades.faint)))
            painter.drawRoundedRect(filled, 3, 3)
        painter.setPen(QPen(QColor(shades.ink), 1.4))
        for limit in limits:
            x = groove.left() + limit * scale
            if limit > 0:
                painter.drawLine(QPointF(x, groove.top() - 2), QPointF(x, groove.bottom() + 2))

    def _area(self, one: "Balance") -> "tuple[str, _Bar]":
        change = one.area_m2 - one.area_before_m2
        text = self.tr("{area:,.0f} 平方米").format(area=one.area_m2) + _signed(change)
        return text, (one.area_m2, one.area_limits, one.area_state)

    def _people(self, one: "Balance") -> "tuple[str, _Bar]":
        if one.households is None:
            text = self.tr("户数不明")
        else:
            change = one.households - (one.households_before or 0)
            text = self.tr("{count:,} 户").format(count=one.households) + _signed(change)
        return text, (one.households, one.households_limits, one.households_state)

    def _told(self, one: "Balance") -> str:
        return f"{one.name} {self._area(one)[0]} {self._people(one)[0]}"


def _signed(change: float) -> str:
    return f"（{change:+,.0f}）" if abs(change) >= 0.5 else ""
