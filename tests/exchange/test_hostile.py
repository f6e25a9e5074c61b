"""Files with random damage: read, or refused in a sentence; never a fault of the program."""

import random
import zipfile

import numpy as np
import openpyxl
import pytest
import shapely
from tests.exchange.helpers import column, squares, write

from gridmap.base.errors import GridmapError
from gridmap.exchange.mapping import map_features, suggest_mapping
from gridmap.exchange.read import list_layers, read_source
from gridmap.model.catalogue import TABLE_BY_NAME

ROUNDS = 40


def whole(folder, kind):
    names = column(*(f"香河园{n}号楼" for n in range(30)))
    columns = {"名称": names, "层数": np.arange(30), "高度": np.arange(30) / 3}
    path = folder / f"图.{kind}"
    if kind == "csv":
        rows = (f"{name},{n},116.4{n},39.9" for n, name in enumerate(names))
        path.write_text("\n".join(["名称,层数,lon,lat", *rows]), "gb18030")
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        for row in [["名称", "lon", "lat"], *([name, 116.4, 39.9] for name in names)]:
            book.active.append(row)
        book.save(path)
    elif kind == "zip":
        whole(folder, "shp")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in folder.glob("图.*"):
                if part != path:
                    archive.write(part, part.name)
    else:
        driver = {"shp": "ESRI Shapefile", "gpkg": "GPKG", "geojson": "GeoJSON"}[kind]
        write(path, squares(30), columns, driver=driver)
    return path


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("shp", "shp"),
        ("shp", "shx"),
        ("shp", "dbf"),
        ("shp", "prj"),
        ("shp", "cpg"),
        ("gpkg", "gpkg"),
        ("geojson", "geojson"),
        ("csv", "csv"),
        ("xlsx", "xlsx"),
        ("zip", "zip"),
    ],
)
def test_random_damage_is_read_or_refused_in_a_sentence(tmp_path, capfd, kind, part):
    chance = random.Random(f"{kind}/{part}")
    path = whole(tmp_path, kind)
    victim = path.with_suffix(f".{part}")
    sound = victim.read_bytes()
    table = TABLE_BY_NAME["component" if kind in ("csv", "xlsx") else "building"]
    sentences = set()
    for _ in range(ROUNDS):
        torn = bytearray(sound)
        if chance.random() < 0.3:
            del torn[chance.randrange(len(torn)) :]
        for _ in range(chance.choice([1, 3, 30])):
            if torn:
                torn[chance.randrange(min(len(torn), chance.choice([120, 10**9])))] = (
                    chance.randrange(256)
                )
        victim.write_bytes(torn)
        try:
            list_layers(path)
            source = read_source(path)
            mapping = suggest_mapping(table, list(source.features.columns))
            mapped = map_features(table, source, mapping, 4548)
        except GridmapError as error:
            sentences.add(error.render("zh"))
            continue
        geometry = mapped.features.geometry
        assert shapely.is_valid(geometry[~shapely.is_missing(geometry)]).all()
        assert len(mapped.features) + len(mapped.refused) == len(source.features)
    assert all(sentences)
    assert capfd.readouterr().err == ""
