"""Starts workers, kills them, has the judge look at what is left."""

import multiprocessing
import random
import shutil
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from bench.kill import templates
from bench.kill.judge import Broken, Script, judge, script_of
from bench.kill.works import KINDS, Kind

_BEGUN, _DONE = "begun", "done"
_CALIBRATIONS = 3
_PATIENCE_SECONDS = 60.0


@dataclass
class Tally:
    """What became of the kills of one kind."""

    kills: int = 0
    too_late: int = 0
    ahead: int = 0
    """Kills between a commit and its acknowledgement: the step is there, whole."""
    leftovers: int = 0
    by_step: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


class Harness:
    """Kills workers in copies of templates below one folder.

    The workers are forked from a process that has imported everything and opened nothing; where
    the system cannot fork, each is started anew.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._random = random.Random(seed)
        self._templates = templates.make(folder / "templates")
        self._scripts: dict[str, Script] = {}
        self._durations: dict[str, float] = {}
        method = "forkserver" if hasattr(Connection, "fileno") else "spawn"
        if method not in multiprocessing.get_all_start_methods():
            method = "spawn"
        self._context = multiprocessing.get_context(method)
        self._context.set_forkserver_preload([f"{__package__}.harness"])
        self.tallies = {name: Tally() for name in KINDS}

    def kill(self, name: str) -> None:
        """Kill one worker of a kind while it works, and judge what is left.

        Raises:
            Broken: what is left is not sound; its folder is kept.
        """
        kind, tally = KINDS[name], self.tallies[name]
        self._calibrate(kind)
        while True:
            delay = self._random.uniform(0, self._durations[name])
            start = time.perf_counter()
            is_killed = self._run(kind, delay)
            tally.seconds.append(time.perf_counter() - start)
            if is_killed:
                tally.kills += 1
                return
            tally.too_late += 1

    def _run(self, kind: Kind, delay: float) -> bool:
        """Run a worker, kill it after ``delay``; return whether it was still at work."""
        tally = self.tallies[kind.name]
        with self._copy(kind) as folder:
            said = self._work(kind, folder, delay)
            is_killed = said[-1:] != [_DONE]
            acknowledged = said if is_killed else said[:-1]
            try:
                verdict = judge(kind, folder, self._scripts[kind.name], acknowledged)
            except Exception as error:
                raise Broken(
                    f"{kind.name}, killed after {delay * 1000:.1f} ms,"
                    f" {len(acknowledged)} acknowledged, kept in {folder}: {error}"
                ) from error
        if is_killed:
            tally.by_step[len(acknowledged)] += 1
            tally.ahead += verdict.is_ahead
            tally.leftovers += verdict.leftovers
        return is_killed

    def _work(self, kind: Kind, folder: Path, delay: float | None) -> list[str]:
        """Let a worker work, for ``delay`` at most; return what it said after it began."""
        receiver, sender = self._context.Pipe(duplex=False)
        worker = self._context.Process(target=_work, args=(kind.name, folder, sender), daemon=True)
        worker.start()
        sender.close()
        with receiver:
            if receiver.recv() != _BEGUN:
                raise Broken("the worker did not begin")
            worker.join(_PATIENCE_SECONDS if delay is None else delay)
            worker.kill()
            worker.join()
            said = list(_received(receiver))
        if worker.exitcode not in (0, -9) or (worker.exitcode == 0 and said[-1:] != [_DONE]):
            raise Broken(f"the worker of {kind.name} failed by itself: {worker.exitcode}")
        worker.close()
        return said

    def _calibrate(self, kind: Kind) -> None:
        """Note the states and the duration of the work undisturbed."""
        if kind.name in self._scripts:
            return
        with self._copy(kind) as folder:
            self._scripts[kind.name] = script_of(kind, folder)
        took = []
        for _ in range(_CALIBRATIONS):
            with self._copy(kind) as folder:
                start = time.perf_counter()
                self._work(kind, folder, None)
                took.append(time.perf_counter() - start)
        self._durations[kind.name] = statistics.median(took)

    @contextmanager
    def _copy(self, kind: Kind) -> Iterator[Path]:
        """Lend a copy of the kind's template; it stays where something went wrong."""
        folder = self._folder / "run"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._templates[kind.template], folder)
        yield folder
        shutil.rmtree(folder)


def _received(receiver: Connection) -> Iterator[str]:
    try:
        while True:
            yield receiver.recv()
    except EOFError:
        return


def _work(name: str, folder: Path, sender: Connection) -> None:
    """Run in the worker: do the work, and tell each acknowledgement at once."""
    kind = KINDS[name]
    sender.send(_BEGUN)
    with kind.program():
        kind.act(folder, sender.send)
    sender.send(_DONE)
