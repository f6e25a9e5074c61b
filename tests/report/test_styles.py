import itertools
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor

from gridmap.base.errors import InputError
from gridmap.base.messages import LANGUAGES
from gridmap.model.catalogue import MAP_ORDER, TABLE_BY_NAME
from gridmap.model.style import Hatch, Marker
from gridmap.report.styles import class_names, load_style, load_styles, styles_dir

# Linear-light simulation of the two common kinds of colour blindness (Machado and others, 2009).
PROTANOPIA = ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052))
DEUTERANOPIA = ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969))


def test_every_table_with_a_place_has_a_style() -> None:
    styles = load_styles()
    assert tuple(styles) == MAP_ORDER
    files = {file.stem for file in styles_dir().glob("*.toml")}
    assert files == set(MAP_ORDER)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_has_a_name(language) -> None:
    for style in load_styles().values():
        names = class_names(style, language)
        assert all(names)
        assert len(set(names)) == len(names)


def test_styles_ask_for_fields_that_there_are() -> None:
    for table, style in load_styles().items():
        assert set(style.fields) <= set(TABLE_BY_NAME[table].field_names)


def test_cells_are_magenta() -> None:
    colour = QColor(load_styles()["cell"].symbol.outline)
    assert 310 <= colour.hue() <= 335
    assert colour.saturation() > 180


def test_the_classes_are_those_of_the_catalogue() -> None:
    for table, field in (("defect", "kind"), ("case_file", "stage"), ("component", "state")):
        choices = {choice.value for choice in TABLE_BY_NAME[table].get_field(field).choices}
        assert {class_.value for class_ in load_styles()[table].classes} == choices


@pytest.mark.parametrize("matrix", [PROTANOPIA, DEUTERANOPIA])
def test_defects_differ_for_colour_blind_eyes_or_by_lightness(matrix) -> None:
    fills = [class_.symbol.fill for class_ in load_styles()["defect"].classes]
    seen = [simulated(f"#{fill[-6:]}", np.array(matrix)) for fill in fills]
    for one, other in itertools.combinations(seen, 2):
        assert np.abs(one - other).max() > 0.06


def simulated(code: str, matrix: np.ndarray) -> np.ndarray:
    colour = QColor(code)
    encoded = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return np.clip(matrix @ linear, 0, 1)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[symbol", "TOML"),
        ("a = " + "[" * 100_000, "TOML"),
        ("a = " + "9" * 5000, "TOML"),
        ("[symbol]\nwidth = " + "9" * 400, "symbol.width"),
        ("colour = 1", "colour"),
        ("[symbol]\nfil = '#FFFFFF'", "symbol.fil"),
        ("[symbol]\nfill = 'red'", "symbol.fill"),
        ("[symbol]\nwidth = -1", "symbol.width"),
        ("[symbol]\nwidth = true", "symbol.width"),
        ("[symbol]\nhatch = 'wavy'", "symbol.hatch"),
        ("[symbol]\ndash = [1]", "symbol.dash"),
        ("symbol = 3", "symbol"),
        ("by = 'colour'", "by"),
        ("class = 1", "class"),
        ("[[class]]\nvalue = 'pollution'", "by"),
        ("by = 'kind'\n[[class]]\nvalue = 'noise'", "class[0].value"),
        ("by = 'kind'\n[[class]]\nfill = '#FFFFFF'", "class[0].value | below | where"),
        ("by = 'severity'\n[[class]]\nbelow = 2", "class[0].zh, en"),
        ("[label]\nsize = 3", "label.field"),
        ("[label]\nfield = 'colour'", "label.field"),
        ("[label]\nfield = 'title'\nlast = 1.5", "label.last"),
        ("is_border = 1", "is_border"),
        ("[symbol]\nwidth = false", "symbol.width"),
        ("[symbol]\nwidth = nan", "symbol.width"),
        ("by = 'kind'\n[[class]]\nvalue = 'pollution'\nbelow = 3", "class[0].below"),
        ("by = 'severity'\n[[class]]\nbelow = 'x'\nzh = '甲'\nen = 'A'", "class[0].below"),
        ("[[class]]\nzh = '甲'\nen = 'A'", "class[0].value | below | where"),
        ("[[class]]\nwhere = []\nzh = '甲'\nen = 'A'", "class[0].where"),
        ("[[class]]\nwhere = ['kind']\nzh = '甲'\nen = 'A'", "class[0].where[0]"),
        ("[[class]]\nwhere = [{ is = 'a' }]", "class[0].where[0].field"),
        ("[[class]]\nwhere = [{ field = 'hue', is = 'a' }]", "class[0].where[0].field"),
        ("[[class]]\nwhere = [{ field = 'kind' }]", "class[0].where[0]"),
        ("[[class]]\nwhere = [{ field = 'kind', is = 'a', has = 'b' }]", "class[0].where[0]"),
        ("[[class]]\nwhere = [{ field = 'kind', like = 'a' }]", "class[0].where[0].like"),
        ("[[class]]\nwhere = [{ field = 'kind', missing = 1 }]", "class[0].where[0].missing"),
        ("[[class]]\nwhere = [{ field = 'kind', has = '' }]", "class[0].where[0].has"),
        ("[[class]]\nwhere = [{ field = 'kind', below = true }]", "class[0].where[0].below"),
        ("[[class]]\nwhere = [{ field = 'kind', is = 'a' }]", "class[0].zh, en"),
        ("[graduation]\nmethod = 'jenks'", "graduation.method"),
        ("[graduation]\nmethod = 'equal'\npalette = 'heat'", "graduation.count"),
        ("[graduation]\nmethod = 'equal'\npalette = 'heat'\ncount = 0", "graduation.count"),
        ("[graduation]\nmethod = 'equal'\npalette = 'pink'\ncount = 3", "graduation.palette"),
        ("[proportion]\nfield = 'severity'", "proportion.largest"),
        ("[proportion]\nfield = 'hue'\nlargest = 3", "proportion.field"),
        ("[proportion]\nfield = 'severity'\nlargest = 0", "proportion.largest"),
        ("[gather]\nradius = 3", "gather.kind"),
        ("[gather]\nkind = 'grid'", "gather.kind"),
        ("[gather]\nkind = 'heat'\nradius = 0", "gather.radius"),
        ("gather = 3", "gather"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_file_is_refused_with_the_entry_named(tmp_path, text, word, language) -> None:
    file = tmp_path / "defect.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_style(file, TABLE_BY_NAME["defect"])
    sentence = caught.value.render(language)
    assert word in sentence
    assert "defect.toml" in sentence
    assert caught.value.place.file == file


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "styles"
    shutil.copytree(styles_dir(), folder)
    (folder / "cell.toml").unlink()
    with pytest.raises(InputError, match=r"cell\.toml"):
        load_styles(folder)


def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "cell.toml").mkdir()
    with pytest.raises(InputError) as caught:
        load_style(tmp_path / "cell.toml", TABLE_BY_NAME["cell"])
    assert caught.value.code == "report.style_unreadable"


def test_a_class_takes_the_rest_from_the_symbol(tmp_path: Path) -> None:
    file = tmp_path / "defect.toml"
    file.write_text(
        "by = 'kind'\n[symbol]\nmarker = 'drop'\nsize = 7\n"
        "[[class]]\nvalue = 'pollution'\nhatch = 'dotted'\n",
        encoding="utf-8",
    )
    (class_,) = load_style(file, TABLE_BY_NAME["defect"]).classes
    assert class_.symbol.marker is Marker.DROP
    assert class_.symbol.size == 7
    assert class_.symbol.hatch is Hatch.DOTTED


@pytest.mark.parametrize("radius", ["inf", "1e300", "1e-6", "0", "nan"])
def test_a_radius_that_no_picture_has_is_refused(tmp_path: Path, radius: str) -> None:
    file = tmp_path / "component.toml"
    file.write_text(f'[symbol]\n[gather]\nkind = "heat"\nradius = {radius}\n', encoding="utf-8")
    with pytest.raises(InputError, match="radius"):
        load_style(file, TABLE_BY_NAME["component"])
