"""The box that is drawn with Shift held, to zoom into."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

_FILL = QColor(0, 134, 168, 36)
_EDGE = QColor("#0086A8")


class RubberBand:
    """A box between where the button went down and where the pointer is, in style pixels."""

    def __init__(self) -> None:
        self._box: QRectF | None = None

    @property
    def is_active(self) -> bool:
        """Return whether a box is being drawn."""
        return self._box is not None

    def start(self, at: QPointF) -> None:
        """Begin a box."""
        self._box = QRectF(at, at)

    def stretch(self, to: QPointF) -> None:
        """Draw the box to the pointer."""
        if self._box is not None:
            self._box.setBottomRight(to)

    def finish(self) -> QRectF:
        """End the box, and return it right way round."""
        box, self._box = self._box or QRectF(), None
        return box.normalized()

    def paint(self, painter: QPainter) -> None:
        """Paint the box, where there is one."""
        if self._box is not None:
            painter.setPen(QPen(_EDGE, 1.4))
            painter.setBrush(_FILL)
            painter.drawRect(self._box.normalized())
