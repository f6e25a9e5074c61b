"""The table of old and new cells of a change notice, divided into pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gridmap.base.messages import Language, Text
from gridmap.report import furniture, notice_texts
from gridmap.report.fonts import map_font, text_width

_HEAD_GROUND = QColor("#F1EFEA")
_HEADING, _TITLE, _ROW = 24.0, 26.0, 19.0
"""Heights in style pixels: of the column headings, of what stands over them, of a row."""
_SIZE = 11.5


@dataclass(frozen=True)
class NoticeRow:
    """Ground of an old cell and in which new one it is; texts ready to be printed.

    ``is_same_old`` is true where the row above has the same old cell: on one page it is said once.
    """

    old: tuple[str, str, str, str]
    """Code, name, area, households."""
    change: str
    moved: str
    new: tuple[str, str, str, str]
    is_same_old: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """Return all texts in the order of the columns."""
        return (*self.old, self.change, self.moved, *self.new)


@dataclass(frozen=True)
class Column:
    """One column: its heading, its share of the width, and whether it holds numbers."""

    heading: Text
    share: float
    is_number: bool = False


def _columns() -> tuple[Column, ...]:
    return (
        Column(notice_texts.old_code(), 16.0),
        Column(notice_texts.old_name(), 13.4),
        Column(notice_texts.area(), 7.6, True),
        Column(notice_texts.households(), 5.0, True),
        Column(notice_texts.change(), 7.4),
        Column(notice_texts.moved(), 7.4, True),
        Column(notice_texts.new_code(), 16.0),
        Column(notice_texts.new_name(), 13.4),
        Column(notice_texts.area(), 7.6, True),
        Column(notice_texts.households(), 5.0, True),
    )


class Table:
    """Rows in columns as wide as the page."""

    def __init__(
        self, rows: Sequence[NoticeRow], language: Language, width: float, ratio: float
    ) -> None:
        self._rows = rows
        self._language = language
        self._width = width
        self._ratio = ratio
        self._columns = _columns()

    def divide(self, first: float, other: float, below: float) -> list[Sequence[NoticeRow]]:
        """Return the rows of each page.

        Args:
            first: the room on the first page, in device pixels.
            other: the room on every other page.
            below: what must fit below the last row.
        """
        parts: list[Sequence[NoticeRow]] = []
        left, room = list(self._rows), first
        while True:
            fits = max(int((room - self.height(0)) / (_ROW * self._ratio)), 0)
            if len(left) <= fits and self.height(len(left)) + below <= room:
                parts.append(left)
                return parts
            taken = min(fits, max(len(left) - 1, 0)) if len(left) <= fits else fits
            parts.append(left[:taken])
            left, room = left[taken:], other

    def height(self, rows: int) -> float:
        """Return how high so many rows are with their headings, in device pixels."""
        return (_TITLE + _HEADING + rows * _ROW + 4) * self._ratio

    def paint(self, painter: QPainter, at: QPointF, rows: Sequence[NoticeRow], title: str) -> float:
        """Paint some rows under their headings; return where they end."""
        ratio = self._ratio
        if not rows:
            return at.y()
        furniture.paint_line_of_text(
            painter, at + QPointF(0, 16 * ratio), title, size=14 * ratio, is_bold=True
        )
        top = at.y() + _TITLE * ratio
        head = QRectF(at.x(), top, self._width, _HEADING * ratio)
        painter.fillRect(head, _HEAD_GROUND)
        headings = [column.heading.render(self._language) for column in self._columns]
        self._paint_row(painter, head, headings, is_bold=True)
        y = head.bottom()
        for number, row in enumerate(rows):
            box = QRectF(at.x(), y, self._width, _ROW * ratio)
            is_same = row.is_same_old and number > 0  # each page says it once
            words = ("",) * len(row.old) + row.cells[len(row.old) :] if is_same else row.cells
            self._paint_row(painter, box, words)
            painter.setPen(QPen(furniture.RULE, 0.7 * ratio))
            from_ = self._width * _share(self._columns, len(row.old)) if is_same else 0.0
            painter.drawLine(QPointF(box.left() + from_, y), box.topRight())
            y = box.bottom()
        self._paint_rules(painter, QRectF(at.x(), top, self._width, y - top))
        return y

    def _paint_rules(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(furniture.RULE, 0.7 * self._ratio))
        for number in range(1, len(self._columns)):
            x = box.left() + self._width * _share(self._columns, number)
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setPen(QPen(furniture.INK, self._ratio))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _paint_row(
        self, painter: QPainter, box: QRectF, words: Sequence[str], *, is_bold: bool = False
    ) -> None:
        ratio = self._ratio
        size = _SIZE * ratio * (0.96 if is_bold else 1.0)
        metrics = QFontMetricsF(map_font(size, is_bold=is_bold))
        base = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
        for number, (column, word) in enumerate(zip(self._columns, words, strict=True)):
            left = box.left() + self._width * _share(self._columns, number) + 3 * ratio
            room = self._width * column.share / _share_sum(self._columns) - 6 * ratio
            if column.is_number and not is_bold:
                furniture.paint_line_ending_at(
                    painter, QPointF(left + room, base), word, size=_fitting(word, size, room)
                )
                continue
            furniture.paint_line_of_text(
                painter, QPointF(left, base), word,
                size=_fitting(word, size, room, is_bold=is_bold), is_bold=is_bold,
                room=room + ratio,
            )  # fmt: skip


def _fitting(word: str, size: float, room: float, *, is_bold: bool = False) -> float:
    """Return the size at which a word fits, down to two thirds of the usual one."""
    least = size * 0.66
    while size > least and text_width(word, map_font(size, is_bold=is_bold)) > room:
        size -= 1.0  # fonts have whole pixels
    return size


def _share_sum(columns: Sequence[Column]) -> float:
    return sum(column.share for column in columns)


def _share(columns: Sequence[Column], number: int) -> float:
    """Return how far from the left a column begins, as a share of the width."""
    return sum(column.share for column in columns[:number]) / _share_sum(columns)
