"""A person's preferences: one frozen dataclass, one file, written whole or not at all."""

import dataclasses
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from gridmap.base import files, paths
from gridmap.base.messages import LANGUAGES, Language

_log = logging.getLogger(__name__)

Appearance = Literal["system", "light", "dark"]
TypeSize = Literal["normal", "large", "largest"]
APPEARANCES: tuple[Appearance, ...] = get_args(Appearance)
TYPE_SIZES: tuple[TypeSize, ...] = get_args(TypeSize)

_RECENT_LIMIT = 12
_CHOICES = {"language": LANGUAGES, "appearance": APPEARANCES, "type_size": TYPE_SIZES}


@dataclass(frozen=True)
class Settings:
    """What the program remembers between two starts."""

    language: Language = "zh"
    recent: tuple[str, ...] = ()
    window_geometry: str = ""
    window_layout: str = ""
    base_maps: str = ""
    backup_every_minutes: int = 30
    pasted_datum: str = ""
    """Which datum pasted coordinates were last taken to be in."""
    used_lately: tuple[str, ...] = ()
    """What was last run or gone to by the command palette, the latest first."""
    appearance: Appearance = "system"
    type_size: TypeSize = "normal"

    def with_recent(self, workspace: Path) -> "Settings":
        """Return the settings with ``workspace`` first in the list of recent ones."""
        path = str(workspace)
        others = [other for other in self.recent if other != path]
        return dataclasses.replace(self, recent=(path, *others)[:_RECENT_LIMIT])


def settings_file() -> Path:
    """Return where the settings are kept."""
    return paths.data_dir() / "settings.json"


def load_settings() -> Settings:
    """Return the kept settings; a missing, torn or foreign file gives the defaults."""
    try:
        kept = json.loads(settings_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        _log.info("settings not readable, defaults taken: %s", error)
        return Settings()
    return _from_json(kept) if isinstance(kept, dict) else Settings()


def save_settings(settings: Settings) -> None:
    """Keep the settings, whole or not at all.

    Raises:
        OSError: the folder cannot be written.
    """
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dataclasses.asdict(settings), ensure_ascii=False, indent=1)
    files.write_text(settings_file(), text)


def _from_json(kept: dict[str, Any]) -> Settings:
    """Take each known value that has the right type, and the default for all others."""
    defaults = Settings()
    taken: dict[str, Any] = {}
    for field in dataclasses.fields(Settings):
        value = kept.get(field.name)
        if isinstance(getattr(defaults, field.name), tuple) and isinstance(value, list):
            taken[field.name] = tuple(entry for entry in value if isinstance(entry, str))
        elif value not in _CHOICES.get(field.name, (value,)):
            continue
        elif type(value) is type(getattr(defaults, field.name)):
            taken[field.name] = value
    return Settings(**taken)
