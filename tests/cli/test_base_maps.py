"""The page with a base map, and its overviews, from the command line."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from tests.exchange.test_geotiff import rgb
from tests.exchange.test_geotiff import write as write_tif

from gridmap.exchange.geotiff_library import rasterio
from gridmap.services.layers import LayerSource
from gridmap.services.workspaces import open_existing


@pytest.fixture
def photo(sample_path: Path, tmp_path: Path) -> Path:
    with open_existing(sample_path, read_only=True) as opened:
        xmin, _ymin, _xmax, ymax = LayerSource(opened).load("subdistrict", ()).bounds
    bands = np.zeros((3, 600, 600), np.uint8)
    bands[0], bands[2] = 255, 255
    place = rasterio.transform.from_origin(xmin - 2000, ymax + 2000, 10, 10)
    return write_tif(tmp_path / "航拍.tif", bands, transform=place)


def test_the_page_carries_a_base_map(gridmap, sample_path, photo, tmp_path) -> None:
    target = tmp_path / "a.png"
    said = gridmap(
        "render", str(sample_path), str(target), "--size", "800x500", "--basemap", str(photo)
    )
    assert said.exit_code == 0, said.stderr
    assert QImage(str(target)).pixelColor(40, 60) == QColor("#FF00FF")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--basemap-datum", "xian80", "xian80"),
        ("--basemap-opacity", "7", "7"),
        ("--basemap-crs", "99999", "99999"),
    ],
)
def test_what_makes_no_sense_is_said(
    gridmap, sample_path, photo, tmp_path, option, value, said
) -> None:
    answer = gridmap(
        "render", str(sample_path), str(tmp_path / "a.png"), "--basemap", str(photo), option, value
    )
    assert answer.exit_code == 2
    assert said in answer.stderr


def test_overviews_are_built(gridmap, sample_path, tmp_path) -> None:
    path = write_tif(tmp_path / "大图.tif", rgb(1200))
    said = gridmap("overviews", str(sample_path), str(path), "--json")
    assert said.exit_code == 0, said.stderr
    assert json.loads(said.stdout)["path"] == str(path.with_name("大图.tif.ovr"))
    with rasterio.open(path) as file:
        assert file.overviews(1) == [2, 4, 8]
