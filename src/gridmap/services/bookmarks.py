"""Places that a person keeps: one small file for each workspace, in the person's own folder.

They stand outside of the workspace: another's looking around is no change of the office's data.
A copy of a workspace, and one that was restored, have the bookmarks of the first.
"""

import base64
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gridmap.base import files, paths
from gridmap.base.errors import EnvironmentProblem
from gridmap.model.changes import Outcome
from gridmap.services import place_texts as texts
from gridmap.store.workspace import Workspace

_log = logging.getLogger(__name__)
Extent = tuple[float, float, float, float]
_MOST = 1_000
_LONGEST_NAME = 120
_LARGEST_PICTURE = 100_000
_FARTHEST_M = 1e8


@dataclass(frozen=True)
class Bookmark:
    """A place with a name: what the window showed there, in metres in the workspace's CRS."""

    name: str
    extent: Extent
    picture: bytes = b""
    """A small PNG of the place; empty where there is none."""


def file_of(workspace: Workspace) -> Path:
    """Return where the bookmarks of a workspace are kept.

    The subdistrict's code and the moment at which the workspace was made name it.
    """
    with workspace.reading() as reader:
        (made_at,) = reader.execute("SELECT min(applied_at) FROM migration").fetchone()
        (code,) = reader.execute(
            "SELECT value FROM workspace_info WHERE key = 'subdistrict'"
        ).fetchone()
    name = "".join(sign for sign in f"{code}-{made_at}" if sign.isalnum() or sign == "-")
    return paths.data_dir() / "bookmarks" / f"{name}.json"


def load(workspace: Workspace) -> Outcome[tuple[Bookmark, ...]]:
    """Return the kept places, in their order; what makes no sense is left out."""
    file = file_of(workspace)
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Outcome(())
    except (OSError, ValueError, RecursionError) as error:
        _log.info("bookmarks not readable, none taken: %s: %s", file, error)
        return Outcome(())
    listed = kept.get("bookmarks") if isinstance(kept, dict) else None
    found = map(_bookmark, listed[:_MOST] if isinstance(listed, list) else ())
    return Outcome(tuple(each for each in found if each is not None))


def save(workspace: Workspace, bookmarks: Sequence[Bookmark]) -> Outcome[Path]:
    """Keep the places in this order, all or nothing.

    Raises:
        EnvironmentProblem: the folder cannot be written, or the disk is full.
    """
    file = file_of(workspace)
    listed = [_kept(each) for each in bookmarks[:_MOST]]
    text = json.dumps({"crs": workspace.epsg, "bookmarks": listed}, ensure_ascii=False, indent=1)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        files.write_text(file, text)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise EnvironmentProblem(
            texts.bookmarks_not_written(file=str(file), reason=reason)
        ) from error
    return Outcome(file)


def clean_name(name: str) -> str:
    """Return a name in one line and of a bearable length."""
    return " ".join(name.split())[:_LONGEST_NAME]


def _bookmark(kept: Any) -> Bookmark | None:
    if not isinstance(kept, dict):
        return None
    name, extent = kept.get("name"), kept.get("extent")
    if not isinstance(name, str) or not clean_name(name):
        return None
    if not isinstance(extent, list) or len(extent) != 4 or not all(map(_is_number, extent)):
        return None
    xmin, ymin, xmax, ymax = map(float, extent)
    is_box = xmin < xmax and ymin < ymax
    if not is_box:
        return None
    return Bookmark(clean_name(name), (xmin, ymin, xmax, ymax), _picture(kept.get("picture")))


def _kept(bookmark: Bookmark) -> dict[str, Any]:
    kept: dict[str, Any] = {"name": bookmark.name, "extent": list(bookmark.extent)}
    if bookmark.picture:
        kept["picture"] = base64.b64encode(bookmark.picture).decode()
    return kept


def _picture(kept: Any) -> bytes:
    if not isinstance(kept, str) or len(kept) > _LARGEST_PICTURE:
        return b""
    try:
        return base64.b64decode(kept, validate=True)
    except ValueError:
        return b""


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and abs(value) < _FARTHEST_M  # not so NaN, nor infinity
