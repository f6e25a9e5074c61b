"""A worker that kills itself before a certain SQL statement of its writing connection."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from gridmap.store import workspace
from gridmap.store.connect import Mode, connect
from gridmap.store.engine import sqlite

_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


@contextmanager
def killed_at(statement: int) -> Iterator[None]:
    """Let this process be killed when it comes to its so-many-th statement."""
    count = 0

    def trace(_: str) -> None:
        nonlocal count
        count += 1
        if count == statement:
            os.kill(os.getpid(), _KILL)

    def connect_traced(path: Path, mode: Mode, *, only_reads: bool = False) -> sqlite.Connection:
        connection = connect(path, mode, only_reads=only_reads)
        connection.set_trace_callback(trace)
        return connection

    with mock.patch.object(workspace, "connect", connect_traced):
        yield
