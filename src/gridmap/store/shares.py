"""Recognise network shares, on which SQLite's write-ahead log does not work."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath

import psutil

_NETWORK_SYSTEMS = frozenset(
    [
        "9p",
        "afpfs",
        "afs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "davfs2",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.sshfs",
        "fuse.smbnetfs",
        "gfs2",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "pvfs2",
        "smb3",
        "smbfs",
        "smb2",
        "webdav",
    ]
)

Mount = tuple[str, str, str]
"""Mount point, file system, options."""


def mounts() -> list[Mount]:
    """Return what is mounted where on this machine."""
    return [(m.mountpoint, m.fstype, m.opts) for m in psutil.disk_partitions(all=True)]


def find_network_share(path: Path, mounted: Iterable[Mount] | None = None) -> str | None:
    """Return the kind of network file system that ``path`` lies on, None for a local disk."""
    absolute = os.path.realpath(path)
    if sys.platform == "win32" and absolute.startswith("\\\\"):
        return "SMB"
    candidates = mounts() if mounted is None else list(mounted)
    holding = [mount for mount in candidates if _holds(mount[0], absolute)]
    if not holding:
        return None
    # the longest mount point holds the path; of equal ones the last mounted covers the others
    _, system, options = max(reversed(holding), key=lambda mount: len(mount[0]))
    is_remote = system.lower() in _NETWORK_SYSTEMS or "remote" in options.split(",")
    return (system or "SMB") if is_remote else None


def _holds(mount_point: str, absolute: str) -> bool:
    try:
        return PurePath(absolute).is_relative_to(mount_point)
    except ValueError:
        return False
