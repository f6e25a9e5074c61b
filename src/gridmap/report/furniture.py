"""What stands around a map on paper: title, marks, notes, and the note that a place is invented."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from gridmap.base.messages import Language
from gridmap.report import texts
from gridmap.report.fonts import map_font, text_width

INK = QColor("#2B2936")
QUIET = QColor("#74717E")
RULE = QColor("#D8D4CB")
_WARNING = QColor("#8A5A00")
_WARNING_GROUND = QColor("#FFF6DF")
_WARNING_RIM = QColor("#E3C27A")
_CREDIT, _CREDIT_GROUND = QColor("#4A4A4A"), QColor(255, 255, 255, 190)
_SEAL = QColor("#B3261E")
_WATERMARK = QColor(60, 56, 80, 15)


def paint_line_of_text(
    painter: QPainter,
    at: QPointF,
    text: str,
    *,
    size: float,
    colour: QColor = INK,
    is_bold: bool = False,
    room: float | None = None,
) -> float:
    """Write one line, its baseline starting at ``at``, cut to ``room``; return its width."""
    font = map_font(size, is_bold=is_bold)
    if room is not None:
        text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(at, text)
    return text_width(text, font)


def paint_line_ending_at(
    painter: QPainter, at: QPointF, text: str, *, size: float, colour: QColor = INK
) -> None:
    """Write one line, its baseline ending at ``at``."""
    left = at - QPointF(text_width(text, map_font(size)), 0)
    paint_line_of_text(painter, left, text, size=size, colour=colour)


def paint_centred(painter: QPainter, at: QPointF, text: str, *, size: float) -> None:
    """Write one bold line, its baseline centred on ``at``."""
    left = at - QPointF(text_width(text, map_font(size, is_bold=True)) / 2, 0)
    paint_line_of_text(painter, left, text, size=size, is_bold=True)


def paint_block_of_text(
    painter: QPainter, box: QRectF, text: str, *, size: float, colour: QColor = QUIET
) -> float:
    """Write a text into a box, over several lines; return how high it is."""
    painter.setFont(map_font(size))
    painter.setPen(colour)
    flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value
    return float(painter.drawText(box, flags, text).height())


def paint_seal(painter: QPainter, right: float, middle: float, text: str, ratio: float) -> float:
    """Paint the mark of internal use, framed, ending at ``right``; return its left edge."""
    font = map_font(13 * ratio, is_bold=True, spacing=1.5 * ratio)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text) + 16 * ratio
    height = 25 * ratio
    box = QRectF(right - width, middle - height / 2, width, height)
    painter.setPen(QPen(_SEAL, 1.6 * ratio))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 3 * ratio, 3 * ratio)
    painter.setFont(font)
    painter.setPen(_SEAL)
    base = middle + (metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(box.left() + 8.7 * ratio, base), text)
    return box.left()


def paint_credit(painter: QPainter, frame: QRectF, text: str, ratio: float) -> None:
    """Write whom a base map is from into the lower right corner of a map; nothing where unsaid."""
    if not text:
        return
    font = map_font(9.5 * ratio)
    room = frame.width() * 0.6
    text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
    width, height = text_width(text, font) + 10 * ratio, 16 * ratio
    box = QRectF(frame.right() - width, frame.bottom() - height, width, height)
    painter.fillRect(box, _CREDIT_GROUND)
    at = QPointF(box.left() + 5 * ratio, box.bottom() - 4.5 * ratio)
    paint_line_of_text(painter, at, text, size=9.5 * ratio, colour=_CREDIT)


def paint_imaginary_note(painter: QPainter, box: QRectF, language: Language, ratio: float) -> None:
    """Write the sentence that the place is invented, on a ground of its own."""
    painter.setPen(QPen(_WARNING_RIM, ratio))
    painter.setBrush(_WARNING_GROUND)
    painter.drawRoundedRect(box, 3 * ratio, 3 * ratio)
    text = texts.imaginary_sentence().render(language)
    size = 11.5 * ratio
    while text_width(text, map_font(size)) > box.width() - 20 * ratio and size > 6 * ratio:
        size -= 0.5 * ratio
    metrics = QFontMetricsF(map_font(size))
    base = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
    at = QPointF(box.left() + 10 * ratio, base)
    paint_line_of_text(painter, at, text, size=size, colour=_WARNING)


def paint_watermark(painter: QPainter, frame: QRectF, language: Language, ratio: float) -> None:
    """Repeat across the map, faintly and aslant, that the place is invented.

    As outlines and not as text, so that who copies the sheet's text gets it once.
    """
    text = texts.imaginary().render(language)
    font = map_font(44 * ratio, is_bold=True, spacing=6 * ratio)
    word = QPainterPath()
    word.addText(QPointF(0, 0), font, text)
    turn = QTransform().rotate(-24)
    step_x = word.boundingRect().width() + 190 * ratio
    step_y = 230 * ratio
    painter.save()
    painter.setClipRect(frame, Qt.ClipOperation.IntersectClip)
    rows = int(frame.height() / step_y) + 2
    for row in range(rows):
        shift = (row % 2) * step_x / 2
        for column in range(-1, int(frame.width() / step_x) + 2):
            x = frame.left() + column * step_x + shift
            y = frame.top() + row * step_y + 120 * ratio
            place = turn * QTransform.fromTranslate(x, y)
            painter.fillPath(place.map(word), _WATERMARK)
    painter.restore()
