"""The command line, called within the process and as a program of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gridmap.cli.app import app


@dataclass(frozen=True)
class Answer:
    """What a verb said."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def json(self):
        return json.loads(self.stdout)


def _checked(answer):
    for text in (answer.stdout, answer.stderr):
        assert "Traceback" not in text
    return answer


@pytest.fixture
def gridmap():
    """Run a verb within this process: many times faster than a program of its own."""

    def run(*arguments, **environment):
        result = CliRunner().invoke(app, list(map(str, arguments)), env=environment)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return _checked(Answer(result.exit_code, result.stdout, result.stderr))

    return run


@pytest.fixture
def program(tmp_path):
    """Run the real program."""

    def run(*arguments, module=False, **environment):
        script = Path(sys.executable).with_name("gridmap")
        start = [sys.executable, "-m", "gridmap"] if module else [str(script)]
        result = subprocess.run(
            [*start, *map(str, arguments)],
            env={**os.environ, **environment},
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return _checked(Answer(result.returncode, result.stdout, result.stderr))

    return run
