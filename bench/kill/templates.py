"""What the workers start from: made once, copied for each of them."""

import shutil
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely

from bench.kill.edits import edit
from bench.kill.works import FEW, MANY, NAME, UNDOABLE
from gridmap.sample.generate import Scale
from gridmap.services import backups, imports, workspaces

_CRS = "EPSG:4548"
_MANY, _FEW = 3_000, 100  # over and under the number from which rows are loaded in bulk


def make(folder: Path) -> dict[str, Path]:
    """Make all templates in a folder; return them by name."""
    made = {name: folder / name for name in ("sample", "edited", "damaged", "empty")}
    for each in made.values():
        each.mkdir(parents=True)
    _make_sample(made["sample"])
    shutil.copytree(made["sample"], made["edited"], dirs_exist_ok=True)
    _edit(made["edited"])
    shutil.copytree(made["sample"], made["damaged"], dirs_exist_ok=True)
    with (made["damaged"] / NAME).open("rb+") as stream:
        stream.write(b"\xff" * 4096)
    return made


def _make_sample(folder: Path) -> None:
    _write_squares(folder / MANY, _MANY, "ESRI Shapefile", 0)
    _write_squares(folder / FEW, _FEW, "GeoJSON", 5_000)
    with workspaces.make_sample(folder / NAME, Scale.COMMUNITY, 1) as opened:
        backups.back_up(opened)


def _edit(folder: Path) -> None:
    with workspaces.open_existing(folder / NAME) as opened:
        imports.import_file(opened, imports.ImportRequest(folder / MANY, "building"))
        for number in range(UNDOABLE):
            edit(opened, number)


def _write_squares(target: Path, count: int, driver: str, shift_m: float) -> None:
    """Write squares of 10 m, 20 m apart, with four attributes."""
    place = np.arange(count)
    x, y = 500_000 + 20.0 * (place % 60) + shift_m, 4_400_000 + 20.0 * (place // 60)
    squares = shapely.box(x, y, x + 10, y + 10)
    names = np.array([f"临街{n}号楼" for n in range(count)], object)
    pyogrio.raw.write(
        target,
        geometry=shapely.to_wkb(squares),
        field_data=[names, (place % 30 + 1).astype(np.int32), names, place * 0.5],
        fields=["name", "floors", "remark", "unknown"],
        geometry_type="Polygon",
        crs=_CRS,
        driver=driver,
        encoding="UTF-8" if driver == "ESRI Shapefile" else None,
    )
