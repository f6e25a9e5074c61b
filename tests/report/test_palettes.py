"""Palettes and hatches: told apart by colour-blind eyes, and on a black-and-white copier."""

import itertools
import re

import numpy as np
import pytest
import shapely
from PySide6.QtGui import QImage
from tests.report.helpers import painted, rows_of

from gridmap.base.errors import InputError
from gridmap.model.style import Hatch, Style, StyleClass, Symbol
from gridmap.report import palettes as module
from gridmap.report.palettes import hatches_for, palettes
from gridmap.report.prepared import prepare

# Linear-light simulation at full strength: G. Machado, M. Oliveira, L. Fernandes, "A
# Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009).
NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)  # fmt: skip
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)  # fmt: skip
EYES = {"normal": NORMAL, "protanopia": PROTANOPIA, "deuteranopia": DEUTERANOPIA}
JUST_TOLD_APART = 2.3  # Lab, CIE 1976
SRGB_TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)


def seen(code: str, eye: str) -> np.ndarray:
    """Return Lab (D65) of a colour as an eye sees it."""
    encoded = np.array([int(code[n : n + 2], 16) for n in (1, 3, 5)]) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(EYES[eye]) @ linear, 0, 1)
    xyz = SRGB_TO_XYZ @ linear / (0.9505, 1.0, 1.089)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_there_are_palettes_of_every_kind() -> None:
    kinds = {palette.kind for palette in palettes().values()}
    assert kinds == {"sequential", "diverging", "qualitative"}
    for name in ("okabe-ito", "muted", "bright", "viridis", "cividis", "blues", "greens", "reds",
                 "oranges", "heat", "blue-orange", "purple-green"):  # fmt: skip
        assert name in palettes()


def test_every_palette_has_names_and_colours() -> None:
    for name, palette in palettes().items():
        assert palette.name == name
        assert palette.title("zh") != palette.title("en")
        assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in palette.colours)
        assert len(set(palette.colours)) == len(palette.colours) >= 7


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", palettes())
def test_neighbouring_steps_are_told_apart_by_every_eye(name, eye) -> None:
    palette = palettes()[name]
    count = len(palette.colours) if palette.kind == "qualitative" else 7
    steps = [seen(colour, eye) for colour in palette.sampled(count)]
    for one, other in itertools.pairwise(steps):
        assert np.linalg.norm(one - other) > 3 * JUST_TOLD_APART


@pytest.mark.parametrize("name", [n for n, p in palettes().items() if p.kind == "sequential"])
@pytest.mark.parametrize("eye", EYES)
def test_a_ramp_goes_one_way_in_lightness(name, eye) -> None:
    lightness = np.array([seen(colour, eye)[0] for colour in palettes()[name].sampled(9)])
    steps = np.diff(lightness)
    assert (steps > 0).all() or (steps < 0).all()


def test_ramps_are_taken_from_end_to_end_and_kinds_from_the_first_on() -> None:
    ramp, kinds = palettes()["blues"], palettes()["bright"]
    assert ramp.sampled(2) == (ramp.colours[0], ramp.colours[-1])
    assert ramp.sampled(len(ramp.colours)) == ramp.colours
    assert ramp.sampled(0) == ()
    assert len(ramp.sampled(1)) == 1
    assert kinds.sampled(3) == kinds.colours[:3]
    assert kinds.sampled(9) == (*kinds.colours, *kinds.colours[:2])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[a", "TOML"),
        ("[a]\nzh = '甲'\nen = 'A'\ncolours = []", "a.kind"),
        ("[a]\nzh = '甲'\nen = 'A'\nkind = 'warm'\ncolours = []", "a.kind"),
        (None, "palettes.toml"),
    ],
)
def test_a_wrong_palette_file_is_named(tmp_path, monkeypatch, text, word) -> None:
    if text is not None:
        (tmp_path / "palettes.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module.paths, "maps_dir", lambda: tmp_path)
    with pytest.raises(InputError) as caught:
        palettes.__wrapped__()
    assert word in caught.value.render("en")


def test_eight_hatches_differ_and_then_begin_anew() -> None:
    assert len(set(hatches_for(8))) == 8
    assert hatches_for(1) == (Hatch.NONE,)
    assert hatches_for(9)[8] == hatches_for(9)[0]


def test_hatched_classes_of_one_grey_stay_apart_on_a_copier() -> None:
    """Classes whose colours are one grey to a copier differ by more than a shift of the hatch."""
    fills = ["#E69F00", "#56B4E9", "#CC79A7", "#9FA8B0", "#D9A25A", "#7DB9A0", "#B0A0D0", "#A8B46A"]
    classes = tuple(
        StyleClass(Symbol(fill=fill, hatch=hatch, hatch_colour="#26242E"), value=str(n))
        for n, (fill, hatch) in enumerate(zip(fills, hatches_for(8), strict=True))
    )
    boxes = [shapely.box(40 * n, 0, 40 * n + 40, 40) for n in range(8)]
    rows = rows_of("building", boxes, name=[str(n) for n in range(8)])
    layer = prepare(rows, Style("building", Symbol(), by="name", classes=classes))
    copied = np.array(greys(painted(layer, size=320)))
    patches = [copied[-36:-4, 40 * n + 4 : 40 * n + 36] for n in range(8)]
    for n, one in enumerate(patches):
        for other in patches[n + 1 :]:
            assert not looks_alike(one, other)


def greys(pixels: np.ndarray) -> np.ndarray:
    """Return (row, column) lightness of BGRA pixels, as Qt's own greys."""
    height, width = pixels.shape[:2]
    octets = np.ascontiguousarray(pixels)
    image = QImage(octets.data, width, height, 4 * width, QImage.Format.Format_ARGB32)
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    flat = np.frombuffer(grey.constBits(), np.uint8)
    return flat.reshape(height, grey.bytesPerLine())[:, :width].astype(float)


def looks_alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Return whether two patches have the same pattern of dark and light, wherever it begins."""

    def spectrum(patch: np.ndarray) -> np.ndarray:
        pattern = (patch < patch.max() - 25).astype(float)
        return np.abs(np.fft.fft2(pattern)) / pattern.size

    return bool(np.abs(spectrum(one) - spectrum(other)).max() < 0.04)
