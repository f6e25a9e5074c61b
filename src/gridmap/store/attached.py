"""Scans and photos beside the workspace: each file once, named by the SHA-256 of its content.

A file is whole or not there, and is never changed: what has the same content has the same name.
"""

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from gridmap.base import files
from gridmap.base.errors import InputError, Place
from gridmap.store import texts

_CHUNK = 1 << 20
_NAME = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Kept:
    """A file that is kept: the hexadecimal SHA-256 of its content, and its size."""

    sha256: str
    size_bytes: int


def folder_of(workspace: Path) -> Path:
    """Return the folder beside a workspace where its attached files are."""
    return workspace.with_name(f"{workspace.stem}.files")


def keep(workspace: Path, source: Path) -> Kept:
    """Copy a file beside the workspace, where it is not there yet.

    Raises:
        InputError: the file cannot be read.
        OSError: the folder beside the workspace cannot be written, or the disk is full.
    """
    kept = _measure(source)
    target = path_of(workspace, kept.sha256)
    if is_whole(workspace, kept.sha256):
        return kept
    target.parent.mkdir(exist_ok=True)
    with files.replacing(target) as draft:
        shutil.copyfile(source, draft)
        if _measure(draft) != kept:  # it changed meanwhile
            raise InputError(texts.file_unreadable(path=str(source)), place=Place(file=source))
    return kept


def path_of(workspace: Path, sha256: str | None) -> Path:
    """Return where a file is, if it is there; the folder for what is no name of a file.

    Rows may come from elsewhere: no name leads out of the folder.
    """
    is_name = sha256 is not None and _NAME.fullmatch(sha256)
    return folder_of(workspace) / sha256 if sha256 and is_name else folder_of(workspace)


def is_whole(workspace: Path, sha256: str | None) -> bool:
    """Return whether a file is there with the content that its name promises."""
    path = path_of(workspace, sha256)
    try:
        return path.is_file() and _measure(path).sha256 == sha256
    except InputError:  # there, but nobody can read it
        return False


def _measure(path: Path) -> Kept:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise InputError(texts.file_unreadable(path=str(path)), place=Place(file=path)) from error
    return Kept(digest.hexdigest(), size)
