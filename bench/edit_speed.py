"""The small call: one row of the district changed, acknowledged, and taken back."""

import argparse
import shutil
import sys
from functools import partial

from bench import district, machine, results
from gridmap.services import history, texts
from gridmap.store.workspace import Workspace, open_workspace

_MILLISECONDS = 1000.0


def main() -> bool:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=200)
    times = parser.parse_args().times
    path = machine.work_folder("edit") / "district.gridmap"
    shutil.copyfile(district.district(), path)
    with open_workspace(path) as opened:
        edits, undos = [], []
        for number in range(times):
            edits.append(results.seconds(partial(_edit, opened, number)) * _MILLISECONDS)
            undos.append(results.seconds(lambda: history.undo(opened)) * _MILLISECONDS)
    shutil.rmtree(path.parent)
    return results.record(
        results.Section(
            "edit_speed",
            "One edit in the district sample",
            [
                results.Series("move one building, journaled and on the disk", tuple(edits), "ms"),
                results.Series("undo it", tuple(undos), "ms"),
            ],
        )
    )


def _edit(opened: Workspace, number: int) -> None:
    with opened.transaction(texts.repaired()) as tx:
        tx.connection.execute(
            "UPDATE building SET remark = ?, geom = ShiftCoords(geom, 1, 0)"
            " WHERE id = (SELECT id FROM building LIMIT 1 OFFSET ?)",
            (str(number), number),
        )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
