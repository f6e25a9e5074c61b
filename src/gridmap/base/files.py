"""Writing files that are whole or not there, also after a power cut."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a path beside ``target`` to write to; it takes the target's place when all went well.

    Raises:
        OSError: the folder is not there or not writable, or the disk is full.
    """
    handle, name = tempfile.mkstemp(
        dir=target.parent, prefix=f".{target.stem}-", suffix=target.suffix
    )
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.chmod(_usual_mode())
        sync_file(draft)
        os.replace(draft, target)
        sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _usual_mode() -> int:
    """Return the permissions of a new file; those of a temporary one are narrower."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_text(target: Path, text: str) -> None:
    """Write ``text`` to ``target`` as UTF-8, whole or not at all."""
    with replacing(target) as draft:
        draft.write_text(text, encoding="utf-8")


def sync_file(path: Path) -> None:
    """Wait until the file's content is on the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the folder's entries are on the disk (nothing to do on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
