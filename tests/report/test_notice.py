"""A change notice on paper: A4, both maps at one scale, every row once, codes whole."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import shapely
from PySide6.QtGui import QImage

from gridmap.base.errors import RequestError
from gridmap.report import notice_texts as words
from gridmap.report.notice import Mark, Notice, NoticeMap, NoticeRow, write_notice

WEST, EAST = shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)
WHOLE = shapely.box(0, 0, 200, 100)


def row(number):
    return NoticeRow(
        (f"11999900100{number:04d}", f"网格{number}", "10,000", "120"),
        "合并", "10,000", (f"11999900200{number:04d}", f"新网格{number}", "20,000", "240"),
    )  # fmt: skip


def notice(rows, **more):
    before = NoticeMap([], [Mark(WEST, "ended", "001"), Mark(EAST, "ended", "002")])
    after = NoticeMap([], [Mark(WHOLE, "new", "003")])
    return Notice(
        issuer="测试街道办事处",
        facts=[(words.number(), "街〔2026〕1号"), (words.signatory(), "李明")],
        summary=words.summary(0, 2, 1, 20000, 240),
        before=before,
        after=after,
        extent=(0.0, 0.0, 200.0, 100.0),
        rows=rows,
        epsg=4548,
        day="2026-11-24",
        **more,
    )


def text_of(path: Path) -> list[str]:
    """Return the text of each page."""
    return run("pdftotext", "-layout", str(path), "-").decode("utf-8").split("\f")[:-1]


def run(name: str, *arguments: str) -> bytes:
    tool = shutil.which(name)
    if tool is None:
        pytest.skip(f"{name} (poppler-utils) is not installed")
    return subprocess.run([tool, *arguments], capture_output=True, check=True).stdout


@pytest.mark.parametrize("count", [1, 12, 23, 24, 25, 90, 200])
def test_every_row_stands_once_however_many_pages_that_takes(tmp_path, count):
    target = tmp_path / "通知.pdf"
    pages = write_notice(target, notice([row(n) for n in range(count)]))
    told = text_of(target)
    assert len(told) == pages
    whole = "\n".join(told)
    for n in range(count):
        assert whole.count(f"11999900100{n:04d}") == 1
        assert whole.count(f"11999900200{n:04d}") == 1
    assert "街〔2026〕1号" in told[0]
    assert "签发人：" in told[-1]
    assert f"第 {pages} 页，共 {pages} 页" in told[-1]
    assert all("原网格编码" in page for page in told)


def test_an_old_cell_is_named_again_at_the_top_of_a_page(tmp_path):
    many = [row(1)] + [
        NoticeRow(row(1).old, "拆分", "1", row(n).new, is_same_old=True) for n in range(2, 60)
    ]
    target = tmp_path / "通知.pdf"
    pages = write_notice(target, notice(many))
    assert pages > 1
    assert [page.count("119999001000001") for page in text_of(target)] == [1] * pages


def test_both_maps_have_the_same_scale_and_ground(tmp_path):
    """What lies where on the left map lies there on the right one."""
    target = tmp_path / "通知.pdf"
    write_notice(target, notice([row(1)]))
    run("pdftoppm", "-r", "144", "-png", "-singlefile", str(target), str(tmp_path / "page"))
    image = QImage(str(tmp_path / "page.png")).convertToFormat(QImage.Format.Format_RGB32)
    assert (image.width(), image.height()) == (1190, 1684)  # A4
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(1684, 1190, 4)[..., 2::-1]
    red, green = np.array([213, 94, 0]), np.array([0, 122, 90])
    boxes = []
    for colour, half in ((red, pixels[300:900, :595]), (green, pixels[300:900, 595:])):
        near = (np.abs(half.astype(int) - colour).sum(axis=2) < 60).nonzero()
        boxes.append((near[0].min(), near[0].max(), near[1].max() - near[1].min()))
    assert np.abs(np.subtract(*boxes)).max() <= 3


def test_a_draft_and_an_invented_place_say_so(tmp_path):
    target = tmp_path / "通知.pdf"
    write_notice(target, notice([row(1)], is_draft=True, is_imaginary=True))
    (page,) = text_of(target)
    assert "草案" in page
    assert "内部使用" in page
    assert "虚构示例" in page


def test_english_is_complete(tmp_path):
    target = tmp_path / "notice.pdf"
    write_notice(target, notice([row(1)], language="en"))
    (page,) = text_of(target)
    for word in ("Notice of changed grid cells", "Before", "After", "Old code", "Signed:", "Page"):
        assert word in page


def test_only_pdf_is_written_and_a_failure_leaves_nothing(tmp_path):
    with pytest.raises(RequestError):
        write_notice(tmp_path / "通知.png", notice([row(1)]))
    assert list(tmp_path.iterdir()) == []
