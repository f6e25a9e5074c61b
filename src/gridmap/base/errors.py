"""What can go wrong that is not a fault of the program.

    GridmapError                the user, the file or the machine; exit code 2
    ├── RequestError            what was asked for makes no sense or does not exist
    ├── InputError              a file or value from outside is wrong
    ├── WorkspaceError          the workspace cannot be opened, read or written
    │   ├── WorkspaceBusy       another program holds it
    │   └── WorkspaceDamaged    it is not whole; a backup should be restored
    ├── EnvironmentProblem      something that this machine lacks
    └── DecisionNeeded          done as far as it goes, a person decides the rest; exit code 3

Anything else that is raised is a fault of the program and is logged with its traceback.
Each error has a ``code``: the id of its sentence, which is also its anchor in the handbook.
"""

from dataclasses import dataclass
from pathlib import Path

from gridmap.base.messages import Language, Text


@dataclass(frozen=True)
class Place:
    """Where something is wrong; give what is known.

    ``xy`` is (east, north) in metres in the workspace's CRS.
    """

    file: Path | None = None
    row: int | None = None
    table: str | None = None
    id: str | None = None
    xy: tuple[float, float] | None = None


class GridmapError(Exception):
    """A sentence that says what is wrong, where, and what to do next."""

    exit_code = 2

    def __init__(self, text: Text, *, place: Place | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.place = place or Place()

    @property
    def code(self) -> str:
        """Return the stable name of this error, e.g. ``store.newer_file``."""
        return self.text.id

    def render(self, language: Language | None = None) -> str:
        """Return the sentence in ``language``, by default the current one."""
        return self.text.render(language)

    def __str__(self) -> str:
        return self.render()


class RequestError(GridmapError):
    """What was asked for makes no sense here, or names something that does not exist."""


class InputError(GridmapError):
    """A file or a value from outside is wrong."""


class WorkspaceError(GridmapError):
    """The workspace cannot be opened, read or written."""


class WorkspaceBusy(WorkspaceError):
    """Another program holds the workspace."""


class WorkspaceDamaged(WorkspaceError):
    """The workspace is not whole."""


class EnvironmentProblem(GridmapError):
    """This machine lacks something that is needed."""


class DecisionNeeded(GridmapError):
    """Done as far as it goes; a person must decide the rest."""

    exit_code = 3
