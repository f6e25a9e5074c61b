"""One map page, to PNG or PDF: map, title, legend, bar scale, and what must be said about it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from gridmap.base import files
from gridmap.base.errors import EnvironmentProblem, Place, RequestError
from gridmap.base.messages import Language, Text
from gridmap.base.progress import Progress, quiet
from gridmap.geo.layers import LayerRows
from gridmap.model.style import PIXEL_M, Style
from gridmap.report import furniture, texts
from gridmap.report.fonts import ensure_application, map_family, map_font
from gridmap.report.labels import paint_labels, place_labels
from gridmap.report.legend import legend_entries, paint_legend
from gridmap.report.paint import count_vertices, paint
from gridmap.report.pdftext import mend_text
from gridmap.report.prepared import PreparedLayer, prepare
from gridmap.report.scalebar import paint_north_arrow, paint_scale_bar, rounded_scale
from gridmap.report.view import Extent, PaintView, fit

DEFAULT_SIZE = (1600, 1000)
_LEAST_PX, _MOST_PX = 400, 12000
_PDF_DPI = 300
_PIXELS_PER_INCH = 96
_INCH_MM = 25.4
_PAGE = QColor("#FFFFFF")
_GROUND = QColor("#FBFAF7")
_FRAME = QColor("#3D3A4B")
_MOST_VECTORS = 300_000
"""Vertices from which a PDF's map becomes an image: those of a district made a file of 39 MB, its
image one of 4 MB. Labels, title and legend stay text and lines."""
_RIM = 0.015
_FIRST_ZONE, _LAST_ZONE = 4534, 4554  # CGCS2000, 3 degrees wide, by meridian
_FIRST_MERIDIAN = 75
_ROUND_SCALES = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8, 10)


class Paper(StrEnum):
    """The paper that offices print on, always across."""

    A4 = "A4"
    A3 = "A3"

    @property
    def size_mm(self) -> tuple[int, int]:
        """Return width and height, in millimetres."""
        return (297, 210) if self is Paper.A4 else (420, 297)


@dataclass(frozen=True)
class MapPicture:
    """What is to be seen on a page.

    ``layers`` are painted in their order, undermost first. ``extent`` is in metres in the CRS
    ``epsg``; the page shows at least that. ``day`` is the date of the data, ready to be printed.
    """

    layers: Sequence[tuple[Style, LayerRows]]
    extent: Extent
    title: str
    epsg: int
    language: Language = "zh"
    subtitle: str = ""
    day: str = ""
    notes: Sequence[str] = ()
    is_imaginary: bool = False
    is_internal: bool = True
    has_watermark: bool = True
    ground: Callable[[QPainter, PaintView], object] | None = None
    """Paints a base map below the layers; ``credit`` says whom it is from."""
    credit: str = ""


def write_map(
    target: Path,
    picture: MapPicture,
    size: tuple[int, int] | None = None,
    progress: Progress = quiet,
    *,
    paper: Paper = Paper.A4,
) -> None:
    """Write the page to ``target``, whole or not at all; its suffix says whether PNG or PDF.

    ``size`` is that of a PNG in pixels, ``paper`` that of a PDF.

    Raises:
        RequestError: the suffix or the size makes no sense.
        EnvironmentProblem: the file cannot be written, or no typeface has Chinese characters.
        Cancelled: the user stopped it.
    """
    suffix = target.suffix.lower()
    if suffix not in (".png", ".pdf"):
        raise RequestError(texts.picture_format_unknown(suffix=target.suffix or target.name))
    width, height = size or DEFAULT_SIZE
    if not (_LEAST_PX <= width <= _MOST_PX and _LEAST_PX <= height <= _MOST_PX):
        raise RequestError(texts.picture_size_wrong(width, height, _LEAST_PX, _MOST_PX))
    ensure_application()
    map_family()
    layers = _prepare(picture, progress)
    try:
        with files.replacing(target) as draft:
            if suffix == ".png":
                _write_png(draft, _Page(picture, layers, progress), width, height)
            else:
                _write_pdf(draft, _Page(picture, layers, progress), paper)
    except OSError as error:
        text = texts.picture_not_written(file=str(target), reason=error.strerror or str(error))
        raise EnvironmentProblem(text, place=Place(file=target)) from error


def _prepare(picture: MapPicture, progress: Progress) -> list[PreparedLayer]:
    total = 2 * len(picture.layers) + 1
    layers = []
    for n, (style, rows) in enumerate(picture.layers):
        progress(n, total, texts.drawing_map())
        layers.append(prepare(rows, style))
    return layers


def _write_png(draft: Path, page: "_Page", width: int, height: int) -> None:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(_PAGE)
    ratio = min(width / DEFAULT_SIZE[0], height / DEFAULT_SIZE[1]) * 1.2
    per_metre = round(ratio / PIXEL_M)
    image.setDotsPerMeterX(per_metre)
    image.setDotsPerMeterY(per_metre)
    painter = QPainter(image)
    try:
        page.paint(painter, width, height, ratio, is_true_scale=False)
    finally:
        painter.end()
    if not image.save(str(draft)):
        raise OSError("PNG")


def _write_pdf(draft: Path, page: "_Page", paper: Paper) -> None:
    writer = QPdfWriter(str(draft))
    writer.setCreator("gridmap")
    writer.setTitle(page.picture.title)
    writer.setResolution(_PDF_DPI)
    width_mm, height_mm = paper.size_mm
    size = QPageSize(QSizeF(height_mm, width_mm), QPageSize.Unit.Millimeter, paper.value)
    writer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0))
    )
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError("PDF")
    try:
        width, height = (round(mm / _INCH_MM * _PDF_DPI) for mm in (width_mm, height_mm))
        page.paint(painter, width, height, _PDF_DPI / _PIXELS_PER_INCH, is_true_scale=True)
    finally:
        painter.end()
    mend_text(draft)


class _Page:
    """Lays a picture out on a page and paints it; lengths are device pixels of the page."""

    def __init__(
        self, picture: MapPicture, layers: list[PreparedLayer], progress: Progress
    ) -> None:
        self.picture = picture
        self._layers = layers
        self._progress = progress
        self._is_true_scale = False

    def paint(
        self, painter: QPainter, width: int, height: int, ratio: float, *, is_true_scale: bool
    ) -> None:
        self._is_true_scale = is_true_scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        margin, head, foot, side = (v * ratio for v in (26, 62, 34, 224))
        frame = QRectF(
            margin, head, width - 2 * margin - side - 16 * ratio, height - head - foot - 8 * ratio
        )
        column = QRectF(frame.right() + 16 * ratio, head, side, frame.height())
        view = self._view(frame, ratio)
        self._paint_map(painter, frame, view)
        self._paint_head(painter, QRectF(margin, 0, width - 2 * margin, head), ratio)
        self._paint_column(painter, column, view)
        line = QRectF(margin, frame.bottom(), width - 2 * margin, height - frame.bottom())
        self._paint_foot(painter, line, ratio)

    def _view(self, frame: QRectF, ratio: float) -> PaintView:
        """Return the window for the frame; on paper at a round scale, which can be measured."""
        view = fit(
            _with_rim(self.picture.extent), int(frame.width()), int(frame.height()), ratio=ratio
        )
        if not self._is_true_scale:
            return view
        xmin, ymin, xmax, ymax = view.extent
        resolution = round_scale(view.denominator) * PIXEL_M / ratio
        left = (xmin + xmax - view.width * resolution) / 2
        top = (ymin + ymax + view.height * resolution) / 2
        return replace(view, left=left, top=top, resolution=resolution, is_vector=True)

    def _paint_map(self, painter: QPainter, frame: QRectF, view: PaintView) -> None:
        painter.fillRect(frame, _GROUND)
        total = 2 * len(self._layers) + 1
        self._progress(len(self._layers), total, texts.drawing_map())
        painter.save()
        painter.setClipRect(frame)
        painter.translate(frame.topLeft())
        if self.picture.ground is not None:
            painter.drawImage(0, 0, _raster(view, self.picture.ground))
        if view.is_vector and count_vertices(view, self._layers) > _MOST_VECTORS:
            painter.drawImage(0, 0, _raster(view, self._paint_layers))
        else:
            self._paint_layers(painter, view)
        paint_labels(painter, place_labels(view, self._layers), ratio=view.ratio)
        painter.restore()
        furniture.paint_credit(painter, frame, self.picture.credit, view.ratio)
        if self.picture.is_imaginary and self.picture.has_watermark:
            furniture.paint_watermark(painter, frame, self.picture.language, view.ratio)
        pen = QPen(_FRAME, 1.3 * view.ratio)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        self._progress(total, total, texts.drawing_map())

    def _paint_layers(self, painter: QPainter, view: PaintView) -> None:
        paint(painter, view, self._layers, is_over_ground=self.picture.ground is not None)

    def _paint_head(self, painter: QPainter, box: QRectF, ratio: float) -> None:
        right = box.right()
        if self.picture.is_internal:
            text = texts.internal_use().render(self.picture.language)
            right = furniture.paint_seal(painter, right, box.center().y(), text, ratio)
        at = QPointF(box.left(), box.center().y() + 10 * ratio)
        room = right - box.left() - 20 * ratio
        used = furniture.paint_line_of_text(
            painter, at, self.picture.title, size=26 * ratio, is_bold=True, room=room
        )
        if self.picture.subtitle:
            furniture.paint_line_of_text(
                painter, at + QPointF(used + 14 * ratio, 0), self.picture.subtitle,
                size=14 * ratio, colour=furniture.QUIET, room=room - used - 14 * ratio,
            )  # fmt: skip

    def _paint_column(self, painter: QPainter, box: QRectF, view: PaintView) -> None:
        """North arrow and legend from the top, bar scale and notes from the bottom."""
        ratio, language = view.ratio, self.picture.language
        arrow = QPointF(box.right() - 16 * ratio, box.top() + 36 * ratio)
        paint_north_arrow(painter, arrow, 36 * ratio, ratio=ratio, language=language)
        title = texts.legend().render(language)
        furniture.paint_line_of_text(
            painter, box.topLeft() + QPointF(0, 18 * ratio), title, size=16 * ratio, is_bold=True
        )
        bottom = self._paint_scale(painter, box, view)
        bottom = self._paint_notes(painter, box, bottom, ratio)
        entries = legend_entries(self._layers, view, language)
        top = box.top() + 66 * ratio
        room = QRectF(box.left(), top, box.width(), bottom - top - 8 * ratio)
        paint_legend(painter, room, entries, ratio=ratio, is_vector=self._is_true_scale)

    def _paint_scale(self, painter: QPainter, box: QRectF, view: PaintView) -> float:
        ratio, language = view.ratio, self.picture.language
        paint_scale_bar(
            painter, box.left() + 4 * ratio, box.bottom() - 2 * ratio, resolution=view.resolution,
            ratio=ratio, language=language, longest_px=150,
        )  # fmt: skip
        base = box.bottom() - 34 * ratio
        text = self._scale_text(view).render(language)
        furniture.paint_line_of_text(
            painter, QPointF(box.left(), base), text, size=13 * ratio, is_bold=True
        )
        return base - 20 * ratio

    def _scale_text(self, view: PaintView) -> Text:
        """A PDF is printed at its own size, so its scale is true; a PNG may become any size."""
        if self._is_true_scale:
            return texts.scale(denominator=round(view.denominator))
        return texts.about_scale(denominator=rounded_scale(view.denominator))

    def _paint_notes(self, painter: QPainter, box: QRectF, bottom: float, ratio: float) -> float:
        for note in reversed(self.picture.notes):
            room = QRectF(box.left(), 0, box.width(), box.height())
            flags = Qt.TextFlag.TextWordWrap.value
            painter.setFont(map_font(11.5 * ratio))
            height = painter.boundingRect(room, flags, note).height()
            block = QRectF(box.left(), bottom - height, box.width(), height)
            furniture.paint_block_of_text(painter, block, note, size=11.5 * ratio)
            bottom -= height + 6 * ratio
        return bottom

    def _paint_foot(self, painter: QPainter, box: QRectF, ratio: float) -> None:
        language = self.picture.language
        parts = [texts.data_date(day=self.picture.day).render(language)] if self.picture.day else []
        parts.append(
            texts.crs_name(crs_name(self.picture.epsg, language), self.picture.epsg).render(
                language
            )
        )
        base = box.top() + 26 * ratio
        text = "　·　".join(parts) if language == "zh" else "  ·  ".join(parts)
        used = furniture.paint_line_of_text(
            painter, QPointF(box.left(), base), text, size=11.5 * ratio, colour=furniture.QUIET,
            room=box.width(),
        )  # fmt: skip
        if self.picture.is_imaginary:
            left = box.left() + used + 18 * ratio
            note = QRectF(left, box.top() + 9 * ratio, box.right() - left, 24 * ratio)
            furniture.paint_imaginary_note(painter, note, language, ratio)


def _raster(view: PaintView, draw: Callable[[QPainter, PaintView], object]) -> QImage:
    """Return what is drawn as an image, fine enough for print."""
    image = QImage(view.width, view.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        draw(painter, replace(view, is_vector=False))
    finally:
        painter.end()
    return image


def round_scale(denominator: float) -> float:
    """Return the next rounder denominator that is not below the given one."""
    power = 10.0 ** math.floor(math.log10(denominator))
    return min(step * power for step in _ROUND_SCALES if step * power >= denominator * (1 - 1e-9))


def _with_rim(extent: Extent) -> Extent:
    """Return the extent with a little ground around it, so that borders do not lie on the frame."""
    xmin, ymin, xmax, ymax = extent
    rim = _RIM * max(xmax - xmin, ymax - ymin)
    return xmin - rim, ymin - rim, xmax + rim, ymax + rim


def crs_name(epsg: int, language: Language) -> str:
    """Return the name of a CRS, that of a workspace in the page's own language."""
    if _FIRST_ZONE <= epsg <= _LAST_ZONE:
        meridian = _FIRST_MERIDIAN + 3 * (epsg - _FIRST_ZONE)
        return texts.zone_name(meridian=meridian).render(language)
    from gridmap.geo.crs import get_crs  # late: pyproj takes a tenth of a second to import

    return str(get_crs(epsg).name)
