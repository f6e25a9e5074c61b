"""Ids that look like UUIDv7 and come from the seed, not from the clock."""

import numpy as np

from gridmap.sample.arrays import Texts, generator, texts

_FIRST_MS = 1_793_491_200_000  # 2026-11-01T00:00:00Z, the day of the imaginary survey
_PER_MS = 4096


class Ids:
    """Gives ids in rising order, always the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._rng = generator(seed, 0)
        self._next = _FIRST_MS * _PER_MS

    def take(self, count: int) -> Texts:
        """Return ``count`` new ids as an array of texts."""
        first, self._next = self._next, self._next + count
        variants = self._rng.integers(0, 1 << 62, count, dtype=np.uint64) | np.uint64(1 << 63)
        return texts([_shape(first + n, variant) for n, variant in enumerate(variants.tolist())])


def _shape(stamp: int, variant: int) -> str:
    head = f"{stamp // _PER_MS:012x}"
    tail = f"{variant:016x}"
    return f"{head[:8]}-{head[8:]}-7{stamp % _PER_MS:03x}-{tail[:4]}-{tail[4:]}"
