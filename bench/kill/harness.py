"""Starts workers, kills them, has the judge look at what is left."""

import multiprocessing
import random
import shutil
import statistics
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bench.kill import templates
from bench.kill.itself import killed_at
from bench.kill.judge import Broken, Script, judge, script_of
from bench.kill.works import KINDS, Kind

_BEGUN, _DONE = "begun", "done"
_CALIBRATIONS = 2
_DURATIONS = 5
_KILLS_BETWEEN_CALIBRATIONS = 100  # other programs make the machine faster and slower
_PATIENCE_SECONDS = 60.0
_ENDS = (0, -9, -15)  # by itself, by SIGKILL, by TerminateProcess on Windows


@dataclass
class Tally:
    """What became of the kills of one kind."""

    kills: int = 0
    too_late: int = 0
    ahead: int = 0
    """Kills between a commit and its acknowledgement: the step is there, whole."""
    leftovers: int = 0
    by_step: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Work:
    """What a worker acknowledged, and how long it took if it came to its end."""

    acknowledged: tuple[str, ...]
    seconds: float | None


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
        self._durations = {name: deque[float](maxlen=_DURATIONS) for name in KINDS}
        methods = multiprocessing.get_all_start_methods()
        method = "forkserver" if "forkserver" in methods else "spawn"
        self._context: Any = multiprocessing.get_context(method)
        if method == "forkserver":
            self._context.set_forkserver_preload([__name__])
        self.tallies = {name: Tally() for name in KINDS}

    def kill(self, name: str) -> None:
        """Kill one worker of a kind while it works, and judge what is left.

        Raises:
            Broken: what is left is not sound; its folder is kept.
        """
        kind, tally = KINDS[name], self.tallies[name]
        self._script(kind)
        while True:
            delay = self._random.uniform(0, self._duration(kind))
            if self._run(kind, delay):
                tally.kills += 1
                return
            tally.too_late += 1

    def kill_at(self, name: str, statement: int) -> bool:
        """Let a worker kill itself before its so-many-th SQL statement; judge what is left.

        Returns whether it got that far.

        Raises:
            Broken: what is left is not sound; its folder is kept.
        """
        return self._run(KINDS[name], None, statement)

    def _run(self, kind: Kind, delay: float | None, statement: int = 0) -> bool:
        """Run a worker that is killed; return whether it was still at work."""
        tally, script = self.tallies[kind.name], self._script(kind)
        with self._copy(kind) as folder:
            work = self._work(kind, folder, delay, statement)
            try:
                verdict = judge(kind, folder, script, work.acknowledged)
            except Exception as error:
                moment = f"at statement {statement}" if delay is None else f"after {delay:.4f} s"
                raise Broken(
                    f"{kind.name}, killed {moment},"
                    f" {len(work.acknowledged)} acknowledged, kept in {folder}: {error}"
                ) from error
        if work.seconds is not None:
            self._durations[kind.name].append(work.seconds)
            return False
        tally.by_step[len(work.acknowledged)] += 1
        tally.ahead += verdict.is_ahead
        tally.leftovers += verdict.leftovers
        return True

    def _work(self, kind: Kind, folder: Path, delay: float | None, statement: int = 0) -> _Work:
        """Let a worker work, for ``delay`` at most."""
        receiver, sender = self._context.Pipe(duplex=False)
        worker = self._context.Process(
            target=_work, args=(kind.name, folder, sender, statement), daemon=True
        )
        worker.start()
        sender.close()
        with receiver:
            if receiver.recv() != _BEGUN:
                raise Broken("the worker did not begin")
            if delay is None:
                worker.join(_PATIENCE_SECONDS)
            else:
                time.sleep(delay)  # join() would round to milliseconds: several edits
            worker.kill()
            worker.join()
            said = list(_received(receiver))
        is_done = bool(said) and said[-1].startswith(_DONE)
        took = float(said.pop().removeprefix(_DONE)) if is_done else None
        if worker.exitcode not in _ENDS or (worker.exitcode == 0 and not is_done):
            raise Broken(f"the worker of {kind.name} failed by itself: {worker.exitcode}")
        worker.close()
        return _Work(tuple(said), took)

    def _script(self, kind: Kind) -> Script:
        """Return the states of the work undisturbed."""
        if kind.name not in self._scripts:
            with self._copy(kind) as folder:
                self._scripts[kind.name] = script_of(kind, folder)
        return self._scripts[kind.name]

    def _duration(self, kind: Kind) -> float:
        """Return how long the work takes undisturbed, measured anew now and then."""
        durations, kills = self._durations[kind.name], self.tallies[kind.name].kills
        if not durations or kills % _KILLS_BETWEEN_CALIBRATIONS == 0:
            for _ in range(_CALIBRATIONS):
                with self._copy(kind) as folder:
                    durations.append(self._work(kind, folder, None).seconds or 0.0)
        return statistics.median(durations)

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


def _work(name: str, folder: Path, sender: Connection, statement: int) -> None:
    """Run in the worker: do the work, and tell each acknowledgement at once."""
    kind = KINDS[name]
    sender.send(_BEGUN)
    start = time.perf_counter()
    with kind.program(), killed_at(statement) if statement else nullcontext():
        kind.act(folder, sender.send)
    sender.send(f"{_DONE} {time.perf_counter() - start}")
