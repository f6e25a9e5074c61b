"""What the operating system refuses, in one sentence each."""

import errno
from pathlib import Path

from gridmap.base.errors import EnvironmentProblem, GridmapError, InputError, Place
from gridmap.base.messages import Text
from gridmap.exchange import texts

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_GONE = {errno.ENOENT, errno.ESTALE, errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.EHOSTDOWN}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


def cannot_read(path: Path, error: OSError) -> InputError:
    """Return the error for a file that cannot be read."""
    if error.errno in _GONE:
        sentence = texts.file_vanished(file=str(path))
    elif error.errno in _DENIED:
        sentence = texts.reading_denied(file=str(path))
    else:
        sentence = texts.reading_failed(file=str(path), reason=error.strerror or str(error))
    return InputError(sentence, place=Place(file=path))


def cannot_write(path: Path, error: OSError) -> GridmapError:
    """Return the error for a file that cannot be written."""
    return EnvironmentProblem(_why_not_written(path, error), place=Place(file=path))


def _why_not_written(path: Path, error: OSError) -> Text:
    folder = str(path.parent)
    if error.errno in _NO_SPACE:
        return texts.disk_full(folder=folder)
    if error.errno in _DENIED:
        return texts.writing_denied(folder=folder)
    if error.errno in _GONE or not path.parent.is_dir():
        return texts.folder_missing(folder=folder)
    return texts.writing_failed(file=str(path), reason=error.strerror or str(error))
