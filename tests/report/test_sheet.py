import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import shapely
from PySide6.QtGui import QImage
from tests.report.helpers import Pixels, pixels_of, rows_of

from gridmap.base.errors import EnvironmentProblem, RequestError
from gridmap.base.messages import LANGUAGES
from gridmap.base.progress import Cancelled
from gridmap.model.style import Label, Style, Symbol
from gridmap.report.scalebar import round_length_m, rounded_scale
from gridmap.report.sheet import MapPicture, Paper, round_scale, write_map
from gridmap.report.styles import load_styles

RADICALS = "网格小区户数方面用车辆西里一二人工大力门长风飞马龙页见角贝食胶"
EXTENT = (500_000.0, 4_400_000.0, 500_400.0, 4_400_300.0)


def picture(**values: object) -> MapPicture:
    x, y = EXTENT[:2]
    names = ["北里小区", "东大院"]
    compounds = [
        shapely.box(x + 40, y + 40, x + 180, y + 180),
        shapely.box(x + 220, y, x + 390, y + 90),
    ]
    styles = load_styles()
    layers = [
        (styles["compound"], rows_of("compound", compounds, name=names, is_old=[1, 0])),
        (
            styles["defect"],
            rows_of("defect", [shapely.Point(x + 100, y + 250)], kind=["pollution"], title=[None]),
        ),
    ]
    defaults = {"title": "北里街道网格图", "epsg": 4548, "day": "2026-11-24", "layers": layers}
    return MapPicture(extent=EXTENT, **{**defaults, **values})


def text_of(pdf: Path) -> str:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return subprocess.run(
        [tool, "-layout", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()


def test_a_png_has_the_asked_size(tmp_path: Path) -> None:
    write_map(tmp_path / "图.png", picture())
    image = QImage(str(tmp_path / "图.png"))
    assert (image.width(), image.height()) == (1600, 1000)
    write_map(tmp_path / "图.png", picture(), (800, 640))
    image = QImage(str(tmp_path / "图.png"))
    assert (image.width(), image.height()) == (800, 640)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_a_pdf_can_be_copied_and_found(tmp_path: Path, language) -> None:
    file = tmp_path / "map.pdf"
    write_map(file, picture(language=language, is_imaginary=True, notes=["网格 2026"]))
    text = text_of(file)
    expected = {
        "zh": ["北里街道网格图", "图例", "老旧小区", "环境污染", "内部使用", "数据日期：2026-11-24",
               "EPSG:4548", "中央经线 117°E", "网格 2026", "北里小区", "虚构示例"],
        "en": ["Legend", "Old compound", "Pollution", "For internal use", "Data as of 2026-11-24",
               "EPSG:4548", "117°E", "Imaginary example"],
    }  # fmt: skip
    for words in expected[language]:
        assert words in text
    assert text.count(expected[language][-1]) == 1  # the watermark is no text


def test_no_radical_stands_for_a_character(tmp_path: Path) -> None:
    write_map(tmp_path / "map.pdf", picture(title=RADICALS))
    text = text_of(tmp_path / "map.pdf")
    assert RADICALS in text
    assert not re.search("[\u2e80-\u2fdf]", text)


def test_a_real_place_is_not_called_imaginary(tmp_path: Path) -> None:
    write_map(tmp_path / "map.pdf", picture(is_internal=False))
    text = text_of(tmp_path / "map.pdf")
    assert "虚构" not in text
    assert "内部使用" not in text


def test_the_watermark_is_faint_and_only_on_the_map(tmp_path: Path) -> None:
    plain, marked = tmp_path / "a.png", tmp_path / "b.png"
    write_map(plain, picture(is_imaginary=True, has_watermark=False))
    write_map(marked, picture(is_imaginary=True))
    change = pixels_at(plain).astype(int) - pixels_at(marked)
    assert (change != 0).any(axis=2).mean() > 0.02
    assert np.abs(change).max() < 30
    assert not change[:, 1350:].any()  # the column of the legend


def pixels_at(file: Path) -> Pixels:
    return pixels_of(QImage(str(file)))


@pytest.mark.parametrize("paper", list(Paper))
def test_a_hundred_metres_measure_true_on_paper(tmp_path: Path, paper: Paper) -> None:
    tool = shutil.which("pdftoppm")
    if tool is None:
        pytest.skip("pdftoppm (poppler-utils) is not installed")
    x, y = EXTENT[:2]
    style = Style("cell", Symbol(fill="#FF0000"))
    square = shapely.box(x + 100, y + 100, x + 200, y + 200)
    write_map(
        tmp_path / "map.pdf",
        picture(layers=[(style, rows_of("cell", [square]))]),
        paper=paper,
    )
    denominator = int(
        re.search(r"比例尺 1:([\d,]+)", text_of(tmp_path / "map.pdf"))[1].replace(",", "")
    )
    command = [
        tool,
        "-r",
        "254",
        "-png",
        "-singlefile",
        str(tmp_path / "map.pdf"),
        str(tmp_path / "page"),
    ]
    subprocess.run(command, check=True)
    page = pixels_at(tmp_path / "page.png")
    assert abs(page.shape[1] - paper.size_mm[0] * 10) < 8
    is_red = (page[..., 2] > 250) & (page[..., :2].max(axis=2) < 5)
    columns = np.nonzero(is_red.sum(axis=0) > 60)[0]
    width_mm = (columns.max() - columns.min() + 1) / 10
    assert abs(width_mm - 100_000 / denominator) < 0.3


@pytest.mark.parametrize(
    ("name", "size"),
    [("map.svg", None), ("map", None), ("map.png", (10, 10)), ("map.png", (99999, 900))],
)
def test_senseless_requests_are_refused(tmp_path: Path, name: str, size) -> None:
    with pytest.raises(RequestError):
        write_map(tmp_path / name, picture(), size)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["map.png", "map.pdf"])
def test_a_folder_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(EnvironmentProblem, match="没有"):
        write_map(tmp_path / "没有" / name, picture())


def test_a_stopped_page_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "map.png"
    file.write_bytes(b"old")

    def stop(done: int, total: int, what: object) -> None:
        if done > 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_map(file, picture(), progress=stop)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_progress_rises_to_its_end(tmp_path: Path) -> None:
    told = []
    write_map(tmp_path / "map.png", picture(), progress=lambda d, t, w: told.append(d / t))
    assert told == sorted(told)
    assert told[-1] == 1


def test_it_works_without_an_application_and_without_widgets(python, tmp_path: Path) -> None:
    code = """if True:
        import sys
        from pathlib import Path
        from gridmap.report.sheet import MapPicture, write_map
        picture = MapPicture((), (0.0, 0.0, 100.0, 100.0), "空图", 4548)
        for name in ("one.png", "two.pdf"):
            write_map(Path(sys.argv[1]) / name, picture)
        print([m for m in sys.modules if "QtWidgets" in m or "pyqtgraph" in m or "pyproj" in m])
    """
    done = python(code, tmp_path, QT_QPA_PLATFORM="")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
    assert (tmp_path / "two.pdf").stat().st_size > 1000


def test_a_legend_longer_than_the_page_does_not_run_over_it(tmp_path: Path) -> None:
    styles = load_styles()
    x, y = EXTENT[:2]
    here = [shapely.Point(x + 5 * n, y + 50) for n in range(9)]
    stages = [class_.value for class_ in styles["case_file"].classes]
    layers = [(styles["case_file"], rows_of("case_file", here, stage=stages, number=[None] * 9))]
    write_map(tmp_path / "map.png", picture(layers=layers * 12), (1200, 500))
    assert QImage(str(tmp_path / "map.png")).width() == 1200


@pytest.mark.parametrize(
    ("longest", "length"),
    [(150.0, 100.0), (200.0, 200.0), (499.9, 200.0), (0.7, 0.5), (9000, 5000)],
)
def test_bars_have_round_lengths(longest: float, length: float) -> None:
    assert round_length_m(longest) == pytest.approx(length)


@pytest.mark.parametrize(("exact", "scale"), [(3858, 4000), (4000, 4000), (61, 75), (1001, 1200)])
def test_paper_has_round_scales(exact: float, scale: float) -> None:
    assert round_scale(exact) == pytest.approx(scale)


@pytest.mark.parametrize(("exact", "shown"), [(3858.2, 3900), (7.4, 7), (123_456, 120_000)])
def test_screens_have_scales_of_two_figures(exact: float, shown: int) -> None:
    assert rounded_scale(exact) == shown


def test_labels_of_a_style_are_written(tmp_path: Path) -> None:
    x, y = EXTENT[:2]
    style = Style("cell", Symbol(outline="#D6177F"), label=Label("code", last=3))
    rows = rows_of("cell", [shapely.box(x, y, x + 300, y + 300)], code=["110105001001017"])
    write_map(tmp_path / "map.pdf", picture(layers=[(style, rows)]))
    assert re.search(r"\b017\b", text_of(tmp_path / "map.pdf"))


def test_a_map_of_very_many_vertices_becomes_an_image_with_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gridmap.report.sheet._MOST_VECTORS", 5)
    write_map(tmp_path / "image.pdf", picture())
    monkeypatch.undo()
    write_map(tmp_path / "lines.pdf", picture())
    assert "北里小区" in text_of(tmp_path / "image.pdf")
    images = [
        (tmp_path / name).read_bytes().count(b"/Subtype /Image")
        for name in ("image.pdf", "lines.pdf")
    ]
    assert images[0] > images[1]
