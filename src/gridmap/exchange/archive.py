"""Zip archives: what lies inside is unpacked into a folder of our own and read there."""

import lzma
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from gridmap.base.errors import InputError, Place
from gridmap.exchange import texts
from gridmap.exchange.faults import cannot_read

SIZE_LIMIT = 1 << 30
"""Bytes that an archive may unpack to: a workspace of 200,000 buildings has 0.1 GiB."""
RATIO_LIMIT = 400
"""How far packed data may grow: deflate packs repeated text 100 fold at most in real ledgers."""
_RATIO_FREE = 16 << 20  # below this size a ratio harms nobody
_DAMAGED = (  # what zipfile raises on damage; found by fuzzing
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ValueError,
    EOFError,
    NotImplementedError,
)
_MAIN = (".shp", ".gpkg", ".geojson", ".json", ".csv", ".xlsx")
_WITH_SHP = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def ensure_modest(path: Path) -> None:
    """Refuse an archive that would unpack to an absurd size.

    Raises:
        InputError: it would, or it is damaged.
        OSError: it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except _DAMAGED as error:
        raise InputError(texts.zip_damaged(file=path.name), place=Place(file=path)) from error
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > SIZE_LIMIT or (unpacked > _RATIO_FREE and unpacked > RATIO_LIMIT * packed):
        sentence = texts.zip_bomb(file=path.name, size_mb=unpacked >> 20)
        raise InputError(sentence, place=Place(file=path))


@contextmanager
def unpacked(path: Path) -> Iterator[tuple[Path, ...]]:
    """Yield the files inside that can be read, unpacked; they are gone afterwards.

    Raises:
        InputError: the archive is damaged, absurdly large, locked, or holds nothing to read.
    """
    ensure_modest(path)
    with tempfile.TemporaryDirectory(prefix="gridmap-") as folder:
        try:
            files = _extract(path, Path(folder))
        except _DAMAGED as error:
            raise InputError(texts.zip_damaged(file=path.name), place=Place(file=path)) from error
        except RuntimeError as error:  # zipfile's way to say that a password is needed
            raise InputError(texts.zip_locked(file=path.name), place=Place(file=path)) from error
        except OSError as error:
            raise cannot_read(path, error) from error
        if not files:
            raise InputError(texts.zip_without_layers(file=path.name), place=Place(file=path))
        yield files


def _extract(path: Path, folder: Path) -> tuple[Path, ...]:
    """Unpack what belongs to readable files; members of one folder inside stay together."""
    mains = []
    with _opened(path) as archive:
        for number, member in enumerate(archive.infolist()):
            inside = PurePosixPath(member.filename.replace("\\", "/"))
            suffix = inside.suffix.lower()
            if member.is_dir() or suffix not in {*_MAIN, *_WITH_SHP} or "__MACOSX" in inside.parts:
                continue
            # The name inside decides nothing but the last part: no ".." leads out of the folder.
            beside = folder / f"{hash(inside.parent) & 0xFFFFFFFF:08x}"
            beside.mkdir(exist_ok=True)
            target = beside / (inside.stem[:80] + suffix)
            if target.exists():
                target = beside / f"{inside.stem[:70]}_{number}{suffix}"
            with archive.open(member) as packed, target.open("wb") as stream:
                while chunk := packed.read(1 << 20):
                    stream.write(chunk)
            if suffix in _MAIN:
                mains.append(target)
    return tuple(mains)


def _opened(path: Path) -> zipfile.ZipFile:
    """Open the archive; names that are not marked as UTF-8 are Chinese Windows' GBK."""
    try:
        return zipfile.ZipFile(path, metadata_encoding="gb18030")
    except UnicodeDecodeError:
        return zipfile.ZipFile(path)
