"""The district sample, made once and kept, and a shapefile of its buildings."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray

from bench import machine
from gridmap.services import workspaces
from gridmap.store import rows
from gridmap.store.workspace import open_workspace

BUILDINGS = 200_000
EPSG = 4548
SHAPEFILE_COLUMNS = {
    "name": "NAME",
    "address": "ADDRESS",
    "use": "USE",
    "floors": "FLOORS",
    "height_m": "HEIGHT",
    "built_year": "BUILT_YEAR",
    "households": "HOUSEHOLDS",
    "residents": "RESIDENTS",
}


def run(*arguments: str) -> dict[str, object]:
    """Run a verb of the program in a process of its own; return what it says in JSON."""
    command = [*machine.PROGRAM, *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=machine.ROOT)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}")
    said: dict[str, object] = json.loads(done.stdout)
    return said


def district() -> Path:
    """Return the workspace of the district sample, made anew where the program has changed."""
    path = machine.work_folder() / "district.gridmap"
    if not path.exists() or path.stat().st_mtime < _last_change():
        print("making the district sample …")
        remove(path)
        run("sample", str(path), "--scale", "district")
    return path


def _last_change() -> float:
    """Return when something was changed on which the sample's file depends."""
    rooms = [machine.ROOT / "src" / "gridmap" / room for room in ("model", "sample", "store")]
    return max(path.stat().st_mtime for room in rooms for path in room.rglob("*.*"))


def remove(path: Path) -> None:
    """Remove a workspace, its backups and what the program keeps beside it."""
    for old in (*path.parent.glob(f"*{path.name}*"), path.with_name(f"{path.stem}.backups")):
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)


def new_workspace(path: Path) -> Path:
    """Make an empty workspace in the place of what is there."""
    remove(path)
    request = workspaces.NewWorkspace(path, "110101001", "基准街道", EPSG)
    workspaces.new_workspace(request).close()
    return path


def building_shapefile() -> Path:
    """Return a shapefile of 200,000 buildings with eight attributes, in UTF-8, made once."""
    path = machine.work_folder("shapefile") / "buildings.shp"
    if not path.exists():
        print("making the shapefile …")
        with open_workspace(district(), read_only=True) as opened, opened.reading() as reader:
            found = rows.read_features(reader, "building", tuple(SHAPEFILE_COLUMNS))
        some = found.take(np.arange(len(found)) < BUILDINGS)
        pyogrio.raw.write(
            path,
            geometry=shapely.to_wkb(some.geometry),
            field_data=[_typed(some.columns[name]) for name in SHAPEFILE_COLUMNS],
            fields=list(SHAPEFILE_COLUMNS.values()),
            geometry_type="Polygon",
            crs=f"EPSG:{EPSG}",
            driver="ESRI Shapefile",
            encoding="UTF-8",
        )
    return path


def _typed(column: NDArray[Any]) -> NDArray[Any]:
    """Return a column of numbers as numbers, so that the shapefile's fields are such too."""
    values = column.tolist()
    if all(isinstance(value, int) for value in values):
        return np.array(values, np.int32)
    if all(isinstance(value, int | float) for value in values):
        return np.array(values, np.float64)
    return column
