"""One harness for all kills of a process."""

from collections.abc import Iterator

import pytest
from bench.kill.harness import Harness

SEED = 20_261_124


@pytest.fixture(scope="session")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    """Lend a harness; the folder of what went wrong stays among pytest's temporary ones."""
    return Harness(tmp_path_factory.mktemp("kill"), SEED)
