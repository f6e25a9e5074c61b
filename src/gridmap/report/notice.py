"""A change notice to PDF: the paper, maps before and after, and a table of old and new cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from gridmap.base import files
from gridmap.base.errors import EnvironmentProblem, Place, RequestError
from gridmap.base.messages import Language, Text
from gridmap.base.progress import Progress, quiet
from gridmap.report import furniture, notice_texts, texts
from gridmap.report.fonts import ensure_application, map_family
from gridmap.report.notice_map import Mark, NoticeMap, paint_maps
from gridmap.report.notice_table import NoticeRow, Table
from gridmap.report.pdftext import mend_text
from gridmap.report.sheet import crs_name
from gridmap.report.view import Extent

__all__ = ["Mark", "Notice", "NoticeMap", "NoticeRow", "write_notice"]

_DPI, _PIXELS_PER_INCH, _INCH_MM = 300, 96, 25.4
_WIDTH_MM, _HEIGHT_MM = 210, 297
_SIDE_MM, _TOP_MM, _FOOT_MM = 18.0, 16.0, 15.0
_RED = QColor("#B3261E")
_LEAST_MAP_MM, _MOST_MAP_MM, _GAP_MM = 84.0, 118.0, 6.0
_BESIDE_MAP = 62.0
"""What stands over and under the maps, in style pixels."""
_SIGN_MM = 34.0


@dataclass(frozen=True)
class Notice:
    """What a notice says. ``facts`` are headings and values, in their order.

    ``before`` and ``after`` are painted at one scale; ``extent`` is in metres in the CRS ``epsg``.
    """

    issuer: str
    facts: Sequence[tuple[Text, str]]
    summary: Text
    before: NoticeMap
    after: NoticeMap
    extent: Extent
    rows: Sequence[NoticeRow]
    epsg: int
    day: str
    language: Language = "zh"
    is_draft: bool = False
    is_imaginary: bool = False


def write_notice(target: Path, notice: Notice, progress: Progress = quiet) -> int:
    """Write a notice to ``target``, whole or not at all; return how many pages it has.

    Raises:
        RequestError: the file's suffix is not .pdf.
        EnvironmentProblem: the file cannot be written, or no typeface has Chinese characters.
        Cancelled: the user stopped it.
    """
    if target.suffix.lower() != ".pdf":
        raise RequestError(texts.notice_format_unknown(suffix=target.suffix or target.name))
    ensure_application()
    map_family()
    try:
        with files.replacing(target) as draft:
            return _write(draft, notice, progress)
    except OSError as error:
        text = texts.picture_not_written(file=str(target), reason=error.strerror or str(error))
        raise EnvironmentProblem(text, place=Place(file=target)) from error


def _write(draft: Path, notice: Notice, progress: Progress) -> int:
    writer = QPdfWriter(str(draft))
    writer.setCreator("gridmap")
    writer.setTitle(_title(notice).render(notice.language))
    writer.setResolution(_DPI)
    size = QPageSize(QSizeF(_WIDTH_MM, _HEIGHT_MM), QPageSize.Unit.Millimeter, "A4")
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError("PDF")
    try:
        pages = _Pages(painter, writer, notice, progress).paint()
    finally:
        painter.end()
    mend_text(draft)
    return pages


def _title(notice: Notice) -> Text:
    return notice_texts.title_of_draft() if notice.is_draft else notice_texts.title()


class _Pages:
    """Lays a notice out on pages; lengths are device pixels of the paper."""

    def __init__(
        self, painter: QPainter, writer: QPdfWriter, notice: Notice, progress: Progress
    ) -> None:
        self._painter = painter
        self._writer = writer
        self._notice = notice
        self._progress = progress
        self._ratio = _DPI / _PIXELS_PER_INCH
        side, top, foot = map(_pixels, (_SIDE_MM, _TOP_MM, _FOOT_MM))
        self._room = QRectF(
            side, top, _pixels(_WIDTH_MM) - 2 * side, _pixels(_HEIGHT_MM) - top - foot
        )
        self._table = Table(notice.rows, notice.language, self._room.width(), self._ratio)

    def paint(self) -> int:
        """Paint all pages; return how many there are."""
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        top = self._paint_head()
        top = self._paint_maps(top)
        parts = self._table.divide(
            self._room.bottom() - top, self._room.height(), _pixels(_SIGN_MM)
        )
        for number, part in enumerate(parts, start=1):
            if number > 1:
                self._writer.newPage()
                top = self._room.top()
            self._progress(number, len(parts) + 1, texts.drawing_map())
            heading = notice_texts.table() if number == 1 else notice_texts.table_continued()
            bottom = self._table.paint(
                painter, QPointF(self._room.left(), top), part, heading.render(self._language)
            )
            if number == len(parts):
                self._paint_signature(bottom)
            self._paint_foot(number, len(parts))
        return len(parts)

    @property
    def _language(self) -> Language:
        return self._notice.language

    def _paint_head(self) -> float:
        """Paint issuer, title and the facts; return where they end."""
        painter, ratio, room = self._painter, self._ratio, self._room
        top = room.top()
        if self._notice.is_draft:
            text = texts.internal_use().render(self._language)
            furniture.paint_seal(painter, room.right(), top + 10 * ratio, text, ratio)
        furniture.paint_line_of_text(
            painter, QPointF(room.left(), top + 14 * ratio), self._notice.issuer, size=14 * ratio,
            colour=furniture.QUIET, room=room.width() * 0.7,
        )  # fmt: skip
        title = _title(self._notice).render(self._language)
        furniture.paint_centred(
            painter, QPointF(room.center().x(), top + 50 * ratio), title, size=28 * ratio
        )
        line = top + 64 * ratio
        painter.setPen(QPen(_RED, 2.4 * ratio))
        painter.drawLine(QPointF(room.left(), line), QPointF(room.right(), line))
        return self._paint_facts(line + 10 * ratio)

    def _paint_facts(self, top: float) -> float:
        """Paint the facts in two columns, and the summary below."""
        painter, ratio, room = self._painter, self._ratio, self._room
        step, column = 19 * ratio, room.width() / 2
        for place, (heading, value) in enumerate(self._notice.facts):
            left = room.left() + (place % 2) * column
            base = top + (place // 2) * step + 13 * ratio
            used = 78 * ratio
            furniture.paint_line_of_text(
                painter, QPointF(left, base), heading.render(self._language), size=12.5 * ratio,
                colour=furniture.QUIET, room=used,
            )  # fmt: skip
            furniture.paint_line_of_text(
                painter, QPointF(left + used, base), value, size=13 * ratio,
                room=column - used - 8 * ratio,
            )  # fmt: skip
        top += (len(self._notice.facts) + 1) // 2 * step + 6 * ratio
        box = QRectF(room.left(), top, room.width(), 60 * ratio)
        text = self._notice.summary.render(self._language)
        height = furniture.paint_block_of_text(
            painter, box, text, size=13.5 * ratio, colour=furniture.INK
        )
        return top + height + 8 * ratio

    def _paint_maps(self, top: float) -> float:
        self._progress(0, 1, texts.drawing_map())
        gap = _pixels(_GAP_MM)
        width = (self._room.width() - gap) / 2
        height = self._map_height(top)
        frames = [
            QRectF(self._room.left() + n * (width + gap), top + 20 * self._ratio, width, height)
            for n in range(2)
        ]  # fmt: skip
        sides = (
            (self._notice.before, notice_texts.before()),
            (self._notice.after, notice_texts.after()),
        )
        bottom = paint_maps(
            self._painter,
            [(frame, held, said.render(self._language)) for frame, (held, said)
             in zip(frames, sides, strict=True)],
            self._notice.extent,
            self._ratio,
            self._language,
            is_imaginary=self._notice.is_imaginary,
        )  # fmt: skip
        return bottom + 8 * self._ratio

    def _map_height(self, top: float) -> float:
        """Return how high the maps are: higher where that leaves all else on the page."""
        others = self._table.height(len(self._notice.rows)) + _pixels(_SIGN_MM)
        left = self._room.bottom() - top - others - _BESIDE_MAP * self._ratio
        return min(max(left, _pixels(_LEAST_MAP_MM)), _pixels(_MOST_MAP_MM))

    def _paint_signature(self, top: float) -> None:
        """Paint where it is signed and sealed."""
        painter, ratio, room = self._painter, self._ratio, self._room
        left = room.left() + room.width() * 0.58
        base = top + 34 * ratio
        for said in (notice_texts.sign_here(), notice_texts.date_here()):
            text = said.render(self._language)
            used = furniture.paint_line_of_text(
                painter, QPointF(left, base), text, size=13.5 * ratio
            )
            painter.setPen(QPen(furniture.RULE, ratio))
            rule = base + 3 * ratio
            painter.drawLine(
                QPointF(left + used + 4 * ratio, rule), QPointF(room.right() - 62 * ratio, rule)
            )
            base += 30 * ratio
        furniture.paint_line_of_text(
            painter, QPointF(room.right() - 52 * ratio, base - 30 * ratio),
            notice_texts.seal_here().render(self._language), size=12.5 * ratio,
            colour=furniture.QUIET,
        )  # fmt: skip

    def _paint_foot(self, page: int, pages: int) -> None:
        painter, ratio, room = self._painter, self._ratio, self._room
        base = room.bottom() + 26 * ratio
        parts = [
            texts.data_date(day=self._notice.day).render(self._language),
            texts.crs_name(crs_name(self._notice.epsg, self._language), self._notice.epsg).render(
                self._language
            ),
        ]
        if self._notice.is_imaginary:
            parts.insert(0, texts.imaginary().render(self._language))
        furniture.paint_line_of_text(
            painter, QPointF(room.left(), base), "  ·  ".join(parts), size=10 * ratio,
            colour=furniture.QUIET, room=room.width() * 0.86,
        )  # fmt: skip
        text = notice_texts.page_of(page, pages).render(self._language)
        furniture.paint_line_ending_at(
            painter, QPointF(room.right(), base), text, size=10 * ratio, colour=furniture.QUIET
        )


def _pixels(mm: float) -> float:
    return mm / _INCH_MM * _DPI
