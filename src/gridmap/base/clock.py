"""Time and identity: the one place that tests replace."""

import os
import threading
import time
from datetime import UTC, datetime

_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
_COUNTER_BITS = 12


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def timestamp(moment: datetime | None = None) -> str:
    """Return a moment as text that sorts by time, e.g. ``2026-11-24T08:30:00.123Z``."""
    moment = (moment or now()).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


class _Ids:
    """UUIDs of version 7 (RFC 9562) that rise strictly within a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def take(self, count: int) -> list[str]:
        """Return ``count`` ids: 48 bits of milliseconds, 12 of counter, 62 random."""
        entropy = os.urandom(8 * count).hex()
        with self._lock:
            first = max((time.time_ns() // 1_000_000) << _COUNTER_BITS, self._last + 1)
            self._last = first + count - 1
        return [_format(f"{first + n:015x}", entropy[16 * n : 16 * n + 16]) for n in range(count)]


def _format(stamp: str, entropy: str) -> str:
    variant = _VARIANT[entropy[0]]
    return f"{stamp[:8]}-{stamp[8:12]}-7{stamp[12:]}-{variant}{entropy[1:4]}-{entropy[4:]}"


_ids = _Ids()


def new_id() -> str:
    """Return a new UUIDv7 as text."""
    return _ids.take(1)[0]


def new_ids(count: int) -> list[str]:
    """Return ``count`` new UUIDv7 in rising order, much faster than one by one."""
    return _ids.take(count)
