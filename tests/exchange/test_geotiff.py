"""Raster base maps: where they lie, what colours they have, and files that are none."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from gridmap.base.errors import EnvironmentProblem, GridmapError, InputError
from gridmap.base.progress import Cancelled
from gridmap.exchange.geotiff import RasterFile
from gridmap.exchange.geotiff_library import rasterio
from gridmap.exchange.geotiff_overviews import build_overviews
from gridmap.exchange.quiet import no_warnings
from gridmap.geo.crs import transform_xy

LEFT, TOP, SIDE, STEP = 450_000.0, 4_425_000.0, 600, 0.5
PLACE = rasterio.transform.from_origin(LEFT, TOP, STEP, STEP)


def write(path: Path, bands: np.ndarray, *, crs="EPSG:4548", transform=PLACE, **options) -> Path:
    count, height, width = bands.shape
    colours = options.pop("colours", None)
    table = options.pop("table", None)
    mask = options.pop("mask", None)
    with (
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
        rasterio.open(
            path, "w", driver="GTiff", width=width, height=height, count=count,
            dtype=bands.dtype, crs=crs, transform=transform, **options,
        ) as file,
    ):  # fmt: skip
        if colours:
            file.colorinterp = colours
        if table:
            file.write_colormap(1, table)
        file.write(bands)
        if mask is not None:
            file.write_mask(mask)
    return path


def rgb(side: int = SIDE) -> np.ndarray:
    """Return a picture whose red tells the column and whose green tells the row."""
    row, column = np.mgrid[0:side, 0:side]
    return np.stack([column % 256, row % 256, np.full_like(row, 7)]).astype(np.uint8)


def opened(path: Path, **options) -> RasterFile:
    return RasterFile(path, workspace_epsg=4548, **options)


def first(path: Path, square=(0, 0, 0), **options) -> np.ndarray:
    file = opened(path, **options)
    try:
        return file.read(square)
    finally:
        file.close()


def test_a_pixel_is_read_from_the_square_that_its_ground_belongs_to(tmp_path: Path) -> None:
    file = opened(write(tmp_path / "影像.tif", rgb()))
    ground = np.array([[LEFT + 300.25 * STEP * 2 - 300.25 * STEP, TOP - 100.5 * STEP]])
    column, row = file.pyramid.to_pixels(ground)[0]
    square = (0, int(column // 256), int(row // 256))
    pixels = file.read(square)
    left, top, right, bottom = file.pyramid.window(square)
    assert pixels.shape == (bottom - top, right - left, 4)
    assert tuple(pixels[int(row - top), int(column - left)]) == (300 % 256, 100, 7, 255)
    assert file.facts.crs == 4548
    file.close()
    assert file.read(square) is None


def test_coarser_squares_are_averages_of_the_same_ground(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", rgb(512))
    whole = first(path, (1, 0, 0))
    assert whole.shape == (256, 256, 4)
    assert np.allclose(whole[:100, :100, 0], 2 * np.arange(100)[None, :] + 0.5, atol=1)


def test_grey_is_grey_and_deep_values_are_stretched_between_their_percentiles(tmp_path) -> None:
    values = np.linspace(1000, 3000, 256 * 256).reshape(1, 256, 256).astype(np.uint16)
    values[0, 0, :40] = 65_000  # a few bright pixels must not make all others black
    pixels = first(write(tmp_path / "deep.tif", values))
    assert (pixels[..., 0] == pixels[..., 1]).all()
    assert (pixels[..., 0] == pixels[..., 2]).all()
    middle = pixels[128, 128, 0]
    assert 118 <= middle <= 138
    assert pixels[2, 2, 0] == 0
    assert pixels[255, 255, 0] == 255


def test_what_has_no_value_is_seen_through(tmp_path: Path) -> None:
    bands = rgb(256)
    bands[:, :50] = 0
    assert first(write(tmp_path / "nodata.tif", bands, nodata=0))[10, 10, 3] == 0
    mask = np.full((256, 256), 255, np.uint8)
    mask[:50] = 0
    masked = first(write(tmp_path / "mask.tif", rgb(256), mask=mask))
    assert (masked[10, 10, 3], masked[100, 100, 3]) == (0, 255)
    alpha = np.concatenate([rgb(256), np.full((1, 256, 256), 90, np.uint8)])
    interp = rasterio.enums.ColorInterp
    colours = (interp.red, interp.green, interp.blue, interp.alpha)
    assert first(write(tmp_path / "alpha.tif", alpha, colours=colours))[100, 100, 3] == 90
    values = np.full((1, 256, 256), np.nan, np.float32)
    values[0, 100:] = np.linspace(0, 1, 156)[:, None]
    floats = first(write(tmp_path / "float.tif", values, nodata=np.nan))
    assert (floats[10, 10, 3], floats[200, 10, 3]) == (0, 255)


def test_a_fourth_band_that_is_no_alpha_is_left_out(tmp_path: Path) -> None:
    infrared = np.concatenate([rgb(256), np.zeros((1, 256, 256), np.uint8)])
    interp = rasterio.enums.ColorInterp
    colours = (interp.red, interp.green, interp.blue, interp.undefined)
    pixels = first(write(tmp_path / "nir.tif", infrared, colours=colours))
    assert tuple(pixels[20, 30]) == (30, 20, 7, 255)


def test_a_palette_gives_its_colours(tmp_path: Path) -> None:
    values = np.zeros((1, 256, 256), np.uint8)
    values[0, :, 128:] = 3
    table = {0: (10, 20, 30, 255), 3: (200, 100, 50, 255)}
    pixels = first(write(tmp_path / "palette.tif", values, photometric="palette", table=table))
    assert tuple(pixels[5, 5]) == (10, 20, 30, 255)
    assert tuple(pixels[5, 200]) == (200, 100, 50, 255)


def test_a_world_file_gives_the_place_and_the_crs_is_assumed_and_told(tmp_path: Path) -> None:
    with no_warnings():  # of the writing, not of the reading
        path = write(tmp_path / "plain.tif", rgb(256), crs=None, transform=None)
    with pytest.raises(InputError) as caught:
        opened(path)
    assert caught.value.code == "exchange.geotiff_texts.no_place"
    path.with_suffix(".tfw").write_text(f"0.5\n0\n0\n-0.5\n{LEFT + 0.25}\n{TOP - 0.25}\n")
    file = opened(path)
    assert file.facts.crs == 4548
    assert [note.id for note in file.facts.notes] == ["exchange.geotiff_texts.crs_assumed"]
    assert np.allclose(file.pyramid.to_ground(np.zeros((1, 2))), [[LEFT, TOP]])
    file.close()
    file = opened(path, crs=4547)
    assert (file.facts.crs, file.facts.notes) == (4547, ())
    file.close()


def test_a_place_in_degrees_without_a_crs_is_taken_for_degrees(tmp_path: Path) -> None:
    degrees = rasterio.transform.from_origin(116.4, 39.97, 1e-5, 1e-5)
    file = opened(write(tmp_path / "degrees.tif", rgb(256), crs=None, transform=degrees))
    assert file.facts.crs == 4326
    file.close()


@pytest.mark.skipif(shutil.which("gdalwarp") is None, reason="gdalwarp is not installed here")
def test_a_mark_lies_where_gdalwarp_puts_it(tmp_path: Path) -> None:
    bands = np.zeros((1, 700, 700), np.uint8)
    bands[0, 333, 517] = 255
    x, y = transform_xy(np.array([[LEFT, TOP]]), 4548, 3857)[0]
    place = rasterio.transform.from_origin(x, y, 0.6, 0.6)
    path = write(tmp_path / "mercator.tif", bands, crs="EPSG:3857", transform=place)
    warped = tmp_path / "warped.tif"
    subprocess.run(
        ["gdalwarp", "-q", "-t_srs", "EPSG:4548", "-tr", "0.1", "0.1", path, warped], check=True
    )
    with rasterio.open(warped) as theirs:
        rows, columns = np.nonzero(theirs.read(1))
        east, north = theirs.transform * (columns.mean() + 0.5, rows.mean() + 0.5)
    file = opened(path)
    ours = transform_xy(file.pyramid.to_ground(np.array([[517.5, 333.5]])), 3857, 4548)[0]
    file.close()
    assert np.hypot(ours[0] - east, ours[1] - north) < 0.1


# --- overviews ------------------------------------------------------------------------------------


def test_overviews_are_built_beside_the_file_and_make_far_squares_light(tmp_path: Path) -> None:
    path = write(tmp_path / "large.tif", rgb(4200)[:1])
    before = path.read_bytes()
    file = opened(path)
    far = (file.pyramid.last, 0, 0)
    assert file.facts.needs_overviews
    assert file.is_heavy(far)
    as_was = file.read(far)
    file.close()
    heard: list[int] = []
    built = build_overviews(path, lambda done, total, _what: heard.append(100 * done // total))
    assert built == path.with_name("large.tif.ovr")
    assert heard == sorted(heard)
    assert heard[-1] == 100
    assert path.read_bytes() == before
    file = opened(path)
    assert file.facts.overviews == (2, 4, 8, 16, 32)
    assert not file.facts.needs_overviews
    assert not file.is_heavy(far)
    assert np.abs(file.read(far).astype(int) - as_was).mean() < 12
    file.close()


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    path = write(tmp_path / "large.tif", rgb(2000))

    def stop(done: int, _total: int, _what: object) -> None:
        if done > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        build_overviews(path, stop)
    assert [each.name for each in tmp_path.iterdir()] == ["large.tif"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch) -> None:
    path = write(tmp_path / "a.tif", rgb(300))
    (tmp_path / "a.tif.ovr.part").mkdir()  # also root cannot write a file there
    with pytest.raises(EnvironmentProblem) as caught:
        build_overviews(path)
    assert caught.value.code == "exchange.geotiff_texts.overviews_not_written"


def test_palettes_and_values_without_meaning_survive_in_overviews(tmp_path: Path) -> None:
    values = np.zeros((1, 1200, 1200), np.uint8)
    values[0, :, 600:] = 3
    table = {0: (10, 20, 30, 255), 3: (200, 100, 50, 255)}
    path = write(tmp_path / "palette.tif", values, photometric="palette", table=table)
    build_overviews(path)
    pixels = first(path, (2, 0, 0))
    assert {tuple(each) for each in pixels.reshape(-1, 4)} <= set(table.values())


# --- what is none ---------------------------------------------------------------------------------


def _text(path: Path) -> None:
    path.write_text("no picture at all")


def _cut(path: Path) -> None:
    write(path, rgb(256))
    path.write_bytes(path.read_bytes()[:90])


def _missing(path: Path) -> None:
    """Make nothing."""


def _flat(path: Path) -> None:
    write(path, rgb(256), transform=rasterio.Affine(0, 0, LEFT, 0, 0, TOP))


def _nowhere(path: Path) -> None:
    write(path, rgb(256), crs="EPSG:4326")  # metres that call themselves degrees


def _virtual(path: Path) -> None:
    path.write_text(
        '<VRTDataset rasterXSize="9" rasterYSize="9"><GeoTransform>0,1,0,0,0,-1</GeoTransform>'
        '<VRTRasterBand dataType="Byte" band="1"><SimpleSource><SourceFilename>/etc/passwd'
        "</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>"
    )


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_text, "unreadable"),
        (_cut, "unreadable"),
        (_missing, "not_there"),
        (_flat, "no_place"),
        (_nowhere, "place_impossible"),
        (_virtual, "unreadable"),
    ],
)
def test_what_is_no_base_map_is_refused_in_words(tmp_path: Path, make, code: str) -> None:
    path = tmp_path / "x.tif"
    make(path)
    with pytest.raises(InputError) as caught:
        opened(path)
    assert caught.value.code == f"exchange.geotiff_texts.{code}"
    assert caught.value.place.file == path


def test_a_hole_in_the_file_is_told_when_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "hole.tif", rgb(600), compress="deflate", tiled=True,
                 blockxsize=256, blockysize=256)  # fmt: skip
    whole = bytearray(path.read_bytes())
    whole[300 : len(whole) - 2000] = b"\xff" * (len(whole) - 2300)
    path.write_bytes(whole)
    with pytest.raises(GridmapError):
        first(path, (0, 0, 0))


def test_an_unknown_crs_that_was_given_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", rgb(300))
    with pytest.raises(GridmapError) as caught:
        opened(path, crs=999_999)
    assert caught.value.code == "geo.unknown_crs"


# --- beside SpatiaLite ----------------------------------------------------------------------------

TOGETHER = """
from gridmap.store import engine
connection = engine.sqlite.connect(":memory:")
{order}
import numpy, pyogrio, pyproj, shapely
from rasterio.vrt import WarpedVRT
place = rasterio.transform.from_origin(450000, 4425000, 1, 1)
with rasterio.open("a.tif", "w", driver="GTiff", width=99, height=99, count=1, dtype="uint8",
                   crs="EPSG:4548", transform=place) as file:
    file.write(numpy.full((1, 99, 99), 9, "uint8"))
connection.execute("SELECT InitSpatialMetaData(1, 'NONE')").fetchone()
for srid in (4326, 4548):
    connection.execute("SELECT InsertEpsgSrid(?)", (srid,)).fetchone()
for _ in range(3):
    with rasterio.open("a.tif") as file, WarpedVRT(file, crs="EPSG:3857") as warped:
        assert file.crs.to_epsg() == 4548 and warped.read(1)[40, 40] == 9
    point = "SELECT ST_Transform(MakePoint(116.447, 39.968, 4326), 4548) p"
    theirs = connection.execute(f"SELECT ST_X(p) FROM ({{point}})").fetchone()[0]
    ours, _ = pyproj.Transformer.from_crs(4326, 4548, always_xy=True).transform(116.447, 39.968)
    assert abs(theirs - ours) < 0.01
    blob = connection.execute("SELECT GeomFromWKB(?, 4548)", (shapely.box(0, 0, 9, 9).wkb,))
    area = connection.execute("SELECT ST_Area(ST_Buffer(?, 1))", blob.fetchone()).fetchone()[0]
    assert abs(area - shapely.box(0, 0, 9, 9).buffer(1).area) < 0.2
    three = shapely.force_3d(shapely.box(0, 0, 1, 1), 1)
    assert shapely.from_wkb(shapely.to_wkb(three, output_dimension=3)).has_z
print("done")
"""
LOAD = "engine.load_spatialite(connection)"
BRING = "from gridmap.exchange.geotiff_library import rasterio"


@pytest.mark.parametrize("order", [f"{LOAD}; {BRING}", f"{BRING}; {LOAD}"])
def test_rasterio_and_spatialite_both_work_whoever_comes_first(python, order: str) -> None:
    run = python(TOGETHER.format(order=order))
    assert (run.returncode, run.stdout, run.stderr) == (0, "done\n", "")


ASTRAY = """
import os, pathlib, sys
os.environ["PROJ_DATA"] = os.environ["PROJ_LIB"] = os.getcwd()
from gridmap.exchange.geotiff import RasterFile
file = RasterFile(pathlib.Path(sys.argv[1]), workspace_epsg=4548)
print(file.facts.crs)
file.close()
"""


def test_data_of_another_proj_in_the_environment_leads_nobody_astray(python, tmp_path) -> None:
    path = write(tmp_path / "a.tif", rgb(64), crs="EPSG:32650")
    run = python(ASTRAY.replace("sys.argv[1]", repr(str(path))))
    assert (run.returncode, run.stdout) == (0, "32650\n"), run.stderr
