"""Tells which installed packages differ from constraints.txt, or have no line there."""

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

CONSTRAINTS = Path(__file__).resolve().parents[1] / "constraints.txt"
OWN = {"gridmap", "pip"}  # pip comes with the virtual environment, at Python's own version


def plain(name: str) -> str:
    """Return a package's name as registries compare it: lower case, one kind of dash."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    """Return the versions that constraints.txt names; anything but name==version is a fault."""
    versions = {}
    for line in CONSTRAINTS.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        found = re.fullmatch(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!]+)", line)
        if found is None:
            sys.exit(
                f"constraints.txt: 只能写 name==version / only name==version may stand here: {line}"
            )
        versions[plain(found[1])] = found[2]
    return versions


def main() -> int:
    """Print a line for each package that is not as pinned; return 1 if there is one."""
    versions = pinned()
    installed = {plain(one.metadata["Name"]): one.version for one in distributions()}
    wrong = [
        f"{name}=={version}"
        for name, version in sorted(installed.items())
        if name not in OWN and versions.get(name) != version
    ]
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
