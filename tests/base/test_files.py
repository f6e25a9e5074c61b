"""Files and settings are whole or not there, whatever happens in between."""

import dataclasses
import json
import os
import stat
from pathlib import Path

import pytest

from gridmap.base import files, log, paths, settings
from gridmap.base.settings import Settings, load_settings, save_settings, settings_file


def left_in(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", ["a.txt", "中文 'a' #.geojson", "没有后缀", ".hidden", "a.b.c"])
def test_a_file_appears_whole(tmp_path, name):
    target = tmp_path / name
    with files.replacing(target) as draft:
        draft.write_text("new", encoding="utf-8")
        assert draft.parent == tmp_path
        assert draft.name.endswith(target.suffix)
        assert not target.exists()
    assert target.read_text() == "new"
    assert left_in(tmp_path) == [name]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_a_failure_keeps_the_old_content(tmp_path, error):
    target = tmp_path / "a.txt"
    files.write_text(target, "old")
    with pytest.raises(error), files.replacing(target) as draft:  # noqa: PT012
        draft.write_text("half")
        raise error
    assert target.read_text() == "old"
    assert left_in(tmp_path) == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_file_gets_the_usual_permissions(tmp_path):
    old = os.umask(0o027)
    try:
        files.write_text(tmp_path / "a.txt", "x")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_a_missing_folder_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        files.write_text(tmp_path / "none" / "a.txt", "x")


# --- settings


def test_settings_come_back_as_they_were_saved():
    saved = Settings(language="en", recent=("/甲/乙.gridmap", "b"), backup_every_minutes=5)
    save_settings(saved)
    assert load_settings() == saved


def test_without_a_file_there_are_the_defaults():
    assert not settings_file().exists()
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    "torn", ["", "{", "null", "[]", '"a"', "\x00\x01", '{"language": "zh"', "9" * 5000]
)
def test_a_torn_file_gives_the_defaults(torn):
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(torn)
    assert load_settings() == Settings()


def test_bytes_that_are_no_text_give_the_defaults():
    settings_file().write_bytes("语言".encode("gbk"))
    assert load_settings() == Settings()


def test_a_folder_in_the_place_of_the_file_gives_the_defaults():
    settings_file().mkdir(parents=True)
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ({"language": "fr"}, Settings()),
        ({"language": 7}, Settings()),
        ({"language": "en", "unknown": 1}, Settings(language="en")),
        ({"backup_every_minutes": "often"}, Settings()),
        ({"backup_every_minutes": True}, Settings()),
        ({"recent": ["a", 1, None, "b"]}, Settings(recent=("a", "b"))),
        ({"recent": "a"}, Settings()),
        ({"window_geometry": None}, Settings()),
    ],
)
def test_each_value_that_makes_sense_is_taken(kept, expected):
    settings_file().write_text(json.dumps(kept))
    assert load_settings() == expected


def test_recent_workspaces_stand_once_the_latest_first():
    changed = Settings()
    for name in ("a", "b", "a", "c"):
        changed = changed.with_recent(Path(name))
    assert changed.recent == ("c", "a", "b")
    for number in range(30):
        changed = changed.with_recent(Path(str(number)))
    assert len(changed.recent) == 12
    assert changed.recent[0] == "29"


def test_saving_that_fails_keeps_the_old_settings(monkeypatch):
    save_settings(Settings(language="en"))

    def full(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "sync_file", full)
    with pytest.raises(OSError, match="No space"):
        save_settings(dataclasses.replace(Settings(), backup_every_minutes=1))
    assert load_settings() == Settings(language="en")


# --- log and paths


def test_the_log_is_written_to_the_data_folder():
    log.start_log()
    log.start_log()  # once more adds nothing
    settings._log.info("第一行")
    lines = log.log_file().read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert "第一行" in lines[0]


def test_a_name_in_no_known_encoding_does_not_stop_the_log(python, own_place):
    code = (
        "from gridmap.base import log; log.start_log(); log.logging.getLogger('gridmap').info({})"
    )
    run = python(code.format("chr(0xdcff)"))
    assert (run.returncode, run.stderr) == (0, "")
    assert "\\udcff" in (own_place / "log" / "gridmap.log").read_text(encoding="utf-8")


def test_a_home_that_cannot_be_written_does_not_stop_the_program(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GRIDMAP_DATA", str(tmp_path / "file" / "data"))
    log.start_log()
    settings._log.info("told to the terminal")
    assert "told to the terminal" in capsys.readouterr().err


def test_the_data_folder_is_the_one_that_is_named(monkeypatch):
    monkeypatch.setenv("GRIDMAP_DATA", "/somewhere/else")
    assert paths.log_dir() == Path("/somewhere/else/log")
    monkeypatch.delenv("GRIDMAP_DATA")
    assert paths.data_dir().name == "gridmap"


def test_resources_are_where_they_are_looked_for():
    assert (paths.resource_dir() / "tables" / "classes.csv").is_file()
    assert paths.maps_dir().is_dir()
    assert paths.font_dir() is None or paths.font_dir().is_dir()
