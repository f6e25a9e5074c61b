"""The encoding of a shapefile or a text is what its bytes say, whatever it claims."""

import pytest
from tests.exchange.helpers import shapefile, values

from gridmap.base.errors import InputError, RequestError
from gridmap.exchange.encoding import find_encoding, get_encoding
from gridmap.exchange.read import list_layers, read_source

NAMES = ("香河园", "㵲水", "西坝河北里")
FIELD = "名称"


def made(folder, encoding, *, ldid=0, cpg=None, names=NAMES, width=40):
    return shapefile(
        folder,
        rows=[[name.encode(encoding)] for name in names],
        fields=[(FIELD.encode(encoding), b"C", width, 0)],
        ldid=ldid,
        cpg=cpg,
    )


@pytest.mark.parametrize(
    ("encoding", "ldid", "cpg"),
    [
        ("gb18030", 0, None),
        ("gb18030", 0x4D, None),
        ("gb18030", 0x4D, "GBK"),
        ("gb18030", 0, "UTF-8"),
        ("gb18030", 0x03, None),
        ("gb18030", 0x57, "ISO-8859-1"),
        ("gb18030", 0, "936"),
        ("utf-8", 0, None),
        ("utf-8", 0x4D, None),
        ("utf-8", 0x4D, "GBK"),
        ("utf-8", 0x57, "ISO-8859-1"),
        ("utf-8", 0, "UTF-8"),
    ],
)
def test_chinese_is_right_whatever_the_file_claims(tmp_path, encoding, ldid, cpg):
    source = read_source(made(tmp_path, encoding, ldid=ldid, cpg=cpg))
    assert values(source, FIELD) == list(NAMES)
    assert source.encoding == {"gb18030": "GB18030", "utf-8": "UTF-8"}[encoding]


def test_a_lying_cpg_is_told(tmp_path):
    source = read_source(made(tmp_path, "gb18030", cpg="UTF-8"))
    assert [note.id for note in source.notes] == ["exchange.encoding_claim_wrong"]


def test_an_encoding_that_is_not_said_is_told(tmp_path):
    source = read_source(made(tmp_path, "gb18030"))
    assert [note.id for note in source.notes] == ["exchange.encoding_found"]


def test_a_true_claim_needs_no_note(tmp_path):
    assert read_source(made(tmp_path, "gb18030", cpg="GBK")).notes == ()


def test_traditional_characters_in_big5_are_told_from_gbk(tmp_path):
    names = ("臺北市萬華區", "青年里", "國光里辦公處", "華江里")
    path = shapefile(
        tmp_path,
        rows=[[name.encode("big5")] for name in names],
        fields=[("名稱".encode("big5"), b"C", 40, 0)],
    )
    source = read_source(path)
    assert source.encoding == "Big5"
    assert values(source, "名稱") == list(names)


def test_latin_names_with_a_latin_claim_stay_latin(tmp_path):
    names = ("Café de la Paix", "Zürich Straße", "Málaga")
    path = shapefile(
        tmp_path,
        rows=[[name.encode("cp1252")] for name in names],
        fields=[(b"name", b"C", 40, 0)],
        ldid=0x03,
    )
    assert values(read_source(path), "name") == list(names)


def test_a_value_cut_inside_a_character_loses_only_that_character(tmp_path):
    source = read_source(made(tmp_path, "utf-8", names=("香河园街道办事处", "㵲水"), width=13))
    assert values(source, FIELD) == ["香河园街", "㵲水"]
    assert source.encoding == "UTF-8"


def test_a_chinese_field_name_cut_at_ten_bytes_is_read(tmp_path):
    path = shapefile(
        tmp_path,
        rows=[["香河园".encode()]],
        fields=[("统计用区划代码".encode()[:10], b"C", 20, 0)],
    )
    assert list(read_source(path).features.columns) == ["统计用"]


def test_one_damaged_value_does_not_spoil_a_thousand(tmp_path):
    rows = [[f"香河园{n}号楼".encode("gb18030")] for n in range(200)]
    rows[150] = [b"\xcf\xe3\xff\xff ok"]
    path = shapefile(tmp_path, rows=rows, fields=[(b"name", b"C", 40, 0)])
    source = read_source(path)
    assert values(source, "name")[0] == "香河园0号楼"
    assert "�" in values(source, "name")[150]
    assert "exchange.some_text_damaged" in [note.id for note in source.notes]


def test_what_the_user_says_is_taken_where_it_decodes(tmp_path):
    source = read_source(made(tmp_path, "gb18030", cpg="UTF-8"), encoding="gbk")
    assert source.encoding == "GB18030"
    assert values(source, FIELD) == list(NAMES)


def test_what_the_user_says_wrongly_is_refused_with_the_right_one(tmp_path):
    with pytest.raises(InputError) as caught:
        read_source(made(tmp_path, "gb18030"), encoding="utf-8")
    assert caught.value.code == "exchange.given_encoding_wrong_but"
    assert "GB18030" in str(caught.value)


def test_an_unknown_encoding_is_refused(tmp_path):
    with pytest.raises(RequestError) as caught:
        read_source(made(tmp_path, "gb18030"), encoding="klingon")
    assert caught.value.code == "exchange.unknown_encoding"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("GBK", "GB18030"),
        ("gb2312", "GB18030"),
        ("ANSI 936", "GB18030"),
        ("cp936", "GB18030"),
        ("utf8", "UTF-8"),
        ("65001", "UTF-8"),
        ("950", "Big5"),
        ("cp1252", "CP1252"),
        ("", None),
        ("???", None),
    ],
)
def test_names_of_encodings_are_understood(name, known):
    assert find_encoding(name) == known
    if known:
        assert get_encoding(name) == known


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_in_every_encoding_that_excel_writes(tmp_path, encoding):
    path = tmp_path / "台账.csv"
    path.write_bytes(
        "名称,经度,纬度\r\n香河园,116.45,39.96\r\n㵲水,116.46,39.97\r\n".encode(encoding)
    )
    source = read_source(path)
    assert values(source, "名称") == ["香河园", "㵲水"]
    assert [layer.fields for layer in list_layers(path)] == [("名称", "经度", "纬度")]


def test_csv_cut_inside_a_character_is_refused(tmp_path):
    path = tmp_path / "cut.csv"
    path.write_bytes(("名称,经度,纬度\n" + "香河园,116.45,39.96\n" * 20 + "香河园").encode()[:-1])
    with pytest.raises(InputError) as caught:
        read_source(path)
    assert caught.value.code == "exchange.text_truncated"
