"""Measured figures, and the section that each benchmark keeps in RESULTS.md."""

import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench import machine

RESULTS = Path(__file__).parent / "RESULTS.md"
_TITLE = "# Results\n\nWritten by the benchmarks themselves; README.md says how to run them.\n"
_SECTION = re.compile(r"<!-- (?P<name>[\w.]+) -->.*?<!-- /(?P=name) -->\n?", re.DOTALL)


@dataclass(frozen=True)
class Series:
    """What was measured, several times over."""

    what: str
    values: tuple[float, ...]
    unit: str = "s"
    digits: int = 2

    @property
    def median(self) -> float:
        """Return the middle value."""
        return statistics.median(self.values)

    def row(self) -> str:
        """Return the series as a row of a table."""
        low, high = min(self.values), max(self.values)
        told = [f"{value:,.{self.digits}f}" for value in (low, self.median, high)]
        return f"| {self.what} | {' | '.join(told)} | {self.unit} | {len(self.values)} |"


@dataclass(frozen=True)
class Target:
    """What was promised, what came out, and whether that is enough."""

    promised: str
    measured: str
    is_met: bool

    def line(self) -> str:
        """Return the target as a line of a list."""
        return f"- {self.promised}: **{self.measured}, {'met' if self.is_met else 'NOT MET'}**"


@dataclass(frozen=True)
class Section:
    """The outcome of one benchmark."""

    name: str
    title: str
    series: Sequence[Series] = ()
    targets: Sequence[Target] = ()
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def all_met(self) -> bool:
        """Return whether every target is met."""
        return all(target.is_met for target in self.targets)


def measure(what: str, act: Callable[[], object], times: int) -> Series:
    """Return how long something took, ``times`` times, in seconds."""
    return Series(what, tuple(seconds(act) for _ in range(times)))


def seconds(act: Callable[[], object]) -> float:
    """Return how long something took."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def record(section: Section, target: Path = RESULTS) -> bool:
    """Print a section, put it in the place of its last one, and return whether all is met."""
    text = _render(section)
    print(text)
    old = target.read_text(encoding="utf-8") if target.exists() else _TITLE
    kept = {found["name"]: found[0].rstrip("\n") for found in _SECTION.finditer(old)}
    marks = f"<!-- {section.name} -->\n{text}<!-- /{section.name} -->"
    kept[section.name] = marks
    body = "\n\n".join(kept[name] for name in sorted(kept))
    target.write_text(f"{_TITLE}\n{body}\n", encoding="utf-8")
    return section.all_met


def _render(section: Section) -> str:
    lines = [f"## {section.title}", ""]
    lines += [f"`python -m bench.{section.name}`, {datetime.now(UTC):%Y-%m-%d}."]
    lines += [f"{machine.describe()}; load of the last minute {machine.load()}.", ""]
    if section.series:
        lines += ["| | min | median | max | | runs |", "| --- | ---: | ---: | ---: | --- | ---: |"]
        lines += [series.row() for series in section.series] + [""]
    lines += [target.line() for target in section.targets]
    lines += ["", *section.notes] if section.notes else []
    return "\n".join(lines).rstrip("\n") + "\n"
