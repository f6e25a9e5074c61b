"""Base maps as services: any kind of file, on the right metre, on the page as on the screen."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from tests.exchange.test_geotiff import write as write_tif
from tests.exchange.test_tiles import write as write_mbtiles
from tests.exchange.test_vector_tiles import archive, directory, mvt
from tests.report.test_basemap import png

from gridmap.base.errors import GridmapError
from gridmap.exchange.geotiff_library import rasterio
from gridmap.geo.crs import transform_xy
from gridmap.report.view import PaintView
from gridmap.services import basemaps, pictures
from gridmap.services.basemaps import BaseMapRequest
from gridmap.store.workspace import Workspace

MARK = QColor("#FF00FF")


@pytest.fixture(autouse=True)
def application(qapp: object) -> object:
    return qapp


@pytest.fixture
def place(sample: Workspace) -> tuple[float, float]:
    """Return a place in the workspace."""
    from gridmap.services.layers import LayerSource

    xmin, ymin, xmax, ymax = LayerSource(sample).load("subdistrict", ()).bounds
    return (xmin + xmax) / 2, (ymin + ymax) / 2


def marked(path: Path, place: tuple[float, float], epsg: int, step: float) -> Path:
    """Write a picture that is white but for one block of pixels around a place."""
    x, y = transform_xy(np.array([place]), 4548, epsg)[0]
    bands = np.full((3, 900, 900), 255, np.uint8)
    bands[1, 447:454, 447:454] = 0
    corner = rasterio.transform.from_origin(x - 450.5 * step, y + 450.5 * step, step, step)
    return write_tif(path, bands, crs=f"EPSG:{epsg}", transform=corner)


def centre_of_mark(basemap, place: tuple[float, float], resolution: float) -> np.ndarray:
    view = PaintView(place[0] - 128 * resolution, place[1] + 128 * resolution, resolution, 256, 256)
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    basemap(painter, view)
    painter.end()
    pixels = np.array(image.constBits()).reshape(256, 256, 4)
    weight = 255.0 - pixels[..., 1]
    rows, columns = np.mgrid[0:256, 0:256]
    return np.array([(columns * weight).sum(), (rows * weight).sum()]) / weight.sum() + 0.5


@pytest.mark.parametrize(
    ("epsg", "step"), [(4548, 0.5), (3857, 0.5), (4326, 5e-6), (4547, 0.5), (32650, 0.5)]
)
@pytest.mark.parametrize("resolution", [0.3, 0.5, 0.9])
def test_a_mark_is_painted_on_the_right_metre(
    sample, place, tmp_path: Path, epsg: int, step: float, resolution: float
) -> None:
    request = BaseMapRequest(marked(tmp_path / "mark.tif", place, epsg, step))
    with basemaps.lent_base_map(sample, request) as opened:
        found = centre_of_mark(opened.painter(), place, resolution)
    assert np.hypot(*(found - 128)) < 0.5


def test_a_shifted_base_map_is_put_back(sample, place, tmp_path: Path) -> None:
    path = marked(tmp_path / "mark.tif", place, 4548, 2.0)
    from gridmap.geo.pyramid import moves

    true = moves(4548, 4548, "gcj02")[1](np.array([place]))[0]
    assert 100 < np.hypot(*(true - place)) < 800
    with basemaps.lent_base_map(sample, BaseMapRequest(path, "gcj02")) as opened:
        found = centre_of_mark(opened.painter(), (true[0], true[1]), 1.0)
    assert np.hypot(*(found - 128)) < 0.5


def test_every_kind_of_file_is_told_by_its_content(sample, tmp_path: Path) -> None:
    files = {
        "tiles": write_mbtiles(tmp_path / "a.db", {(0, 0, 0): png("#000000")}, name="甲"),
        "vectors": write_mbtiles(tmp_path / "b.mbtiles", {(0, 0, 0): mvt("roads", [(1, 2)])}),
        "raster": write_tif(tmp_path / "c.tif", np.zeros((1, 64, 64), np.uint8)),
    }
    archived = archive(tmp_path / "d.bin", root=directory([(0, 1, 3, 0)]), data=b"\x89PN")
    for kind, path in [*files.items(), ("tiles", archived)]:
        with basemaps.lent_base_map(sample, BaseMapRequest(path)) as opened:
            assert opened.facts.kind == kind


def test_a_file_that_is_gone_is_one_sentence(sample, tmp_path: Path) -> None:
    for name in ("a.tif", "a.mbtiles", "a.pmtiles"):
        with pytest.raises(GridmapError) as caught:
            basemaps.open_base_map(sample, BaseMapRequest(tmp_path / name))
        assert name in str(caught.value)


def test_the_page_carries_the_base_map_and_says_whom_it_is_from(
    sample, place, tmp_path: Path
) -> None:
    x, y = place
    bands = np.zeros((3, 600, 600), np.uint8)
    bands[0], bands[2] = 255, 255
    corner = rasterio.transform.from_origin(x - 3000, y + 3000, 10, 10)
    path = write_tif(tmp_path / "pink.tif", bands, transform=corner)
    with rasterio.open(path, "r+") as file:
        file.update_tags(TIFFTAG_COPYRIGHT="© 航拍 2026")
    shares = {}
    for name, opacity in (("whole", 1.0), ("half", 0.5)):
        target = tmp_path / f"{name}.png"
        request = BaseMapRequest(path, opacity=opacity)
        extent = (x - 1500, y - 1500, x + 1500, y + 1500)
        pictures.render(
            sample, pictures.RenderRequest(target, (800, 500), extent, base_map=request)
        )
        image = QImage(str(target))
        shares[name] = image.pixelColor(60, 100)
    assert shares["whole"] == MARK
    assert 120 < shares["half"].green() < 135
    pdf = tmp_path / "page.pdf"
    pictures.render(sample, pictures.RenderRequest(pdf, base_map=BaseMapRequest(path)))
    assert pdf.stat().st_size > 20_000


def test_a_datum_is_taken_as_people_write_it() -> None:
    assert [basemaps.parse_datum(text) for text in ("GCJ-02", "bd09", "WGS_84")] == [
        "gcj02", "bd09", "wgs84",
    ]  # fmt: skip
    with pytest.raises(GridmapError):
        basemaps.parse_datum("xian80")
