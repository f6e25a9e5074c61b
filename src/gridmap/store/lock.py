"""One program writes a workspace; the others are told who."""

import contextlib
import getpass
import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

import filelock

from gridmap.base import clock, files
from gridmap.base.messages import Text
from gridmap.store import texts


@dataclass(frozen=True)
class Holder:
    """Who holds a workspace for writing."""

    user: str
    host: str
    program: str
    pid: int
    since: str

    def text(self) -> Text:
        """Return the holder in words."""
        return texts.holder(**asdict(self))


def user_name() -> str:
    """Return the name of the person at the machine, as the system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without an entry in the system's list of users
        return "?"


class WriterLock:
    """The right to write one workspace; the system takes it back when the process dies."""

    def __init__(self, workspace: Path) -> None:
        real = workspace.resolve()  # one lock for a file, whatever links lead to it
        # opened in one thread, closed in another: the lock belongs to both
        self._lock = filelock.FileLock(real.with_name(f".{real.name}.lock"), thread_local=False)
        self._card = real.with_name(f".{real.name}.holder")

    def take(self, program: str) -> bool:
        """Try to become the writer; leave a card saying who.

        Raises:
            OSError: the folder cannot be written.
        """
        try:
            self._lock.acquire(timeout=0)
        except filelock.Timeout:
            return False
        since = clock.now().astimezone().strftime("%Y-%m-%d %H:%M")
        me = Holder(user_name(), socket.gethostname(), program, os.getpid(), since)
        try:
            files.write_text(self._card, json.dumps(asdict(me), ensure_ascii=False))
        except OSError:
            self._lock.release()
            raise
        return True

    def release(self) -> None:
        """Give the right back."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._card.unlink(missing_ok=True)
            self._lock.release()

    def find_holder(self) -> Holder | None:
        """Return who left a card, None where it cannot be read."""
        try:
            return Holder(**json.loads(self._card.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
