"""The command line: one verb per service, no rules of its own."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command line; ``gridmap [open [FILE]]`` goes straight to the window."""
    given = sys.argv[1:]
    is_window = given in ([], ["open"]) or (
        len(given) == 2 and given[0] == "open" and not given[1].startswith("-")
    )
    completing = "_GRIDMAP_COMPLETE" in os.environ
    if is_window and not completing:
        # the other verbs bring half a second of libraries that the first picture can do without
        from gridmap.cli.window import start

        sys.exit(start(Path(given[1]) if len(given) > 1 else None))
    from gridmap.cli.app import run

    run()
