"""Preferences come back as they were kept, and a foreign file is taken for what makes sense."""

import json

import pytest

from gridmap.base.settings import Settings, load_settings, save_settings, settings_file


def test_what_is_kept_comes_back() -> None:
    kept = Settings("en", ("/a", "/b"), pasted_datum="gcj02", used_lately=("command:import",))
    save_settings(kept)
    assert load_settings() == kept


@pytest.mark.parametrize("text", ["", "[1]", "{", "7"])
def test_a_torn_or_foreign_file_gives_the_defaults(text: str) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text, encoding="utf-8")
    assert load_settings() == Settings()


def test_of_a_list_only_the_texts_are_taken() -> None:
    save_settings(Settings())
    foreign = {"used_lately": ["command:import", 7, None], "recent": "/a", "pasted_datum": 3}
    settings_file().write_text(json.dumps(foreign), encoding="utf-8")
    assert load_settings() == Settings(used_lately=("command:import",))
