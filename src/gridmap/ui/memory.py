"""What the window remembers between two starts: settings, layout, which layers were shown."""

import base64
import dataclasses
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gridmap.base import settings
from gridmap.base.settings import Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LayerMemory:
    """How the layers were arranged."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    opacity: Mapping[str, float] = field(default_factory=dict)


class Memory:
    """The settings as they are now; each change is kept at once."""

    def __init__(self, kept: Settings) -> None:
        self.settings = kept

    def change(self, **values: Any) -> None:
        """Change settings and keep them; a folder that cannot be written is only logged."""
        self._keep(dataclasses.replace(self.settings, **values))

    def note_opened(self, workspace: Path) -> None:
        """Put a workspace first in the list of recent ones."""
        self._keep(self.settings.with_recent(workspace.resolve()))

    def forget(self, workspace: str) -> None:
        """Take a workspace off the list of recent ones."""
        self.change(recent=tuple(each for each in self.settings.recent if each != workspace))

    def keep_layout(self, geometry: bytes, state: bytes, layers: LayerMemory) -> None:
        """Keep where the window and its panels are, and how the layers are arranged."""
        layout = {
            "state": base64.b64encode(state).decode(),
            "order": list(layers.order),
            "hidden": sorted(layers.hidden),
            "opacity": dict(layers.opacity),
        }
        text = json.dumps(layout, ensure_ascii=False)
        self.change(window_geometry=base64.b64encode(geometry).decode(), window_layout=text)

    @property
    def geometry(self) -> bytes:
        """Return where the window was."""
        return _decoded(self.settings.window_geometry)

    @property
    def state(self) -> bytes:
        """Return where the panels were."""
        return _decoded(self._layout().get("state", ""))

    @property
    def layers(self) -> LayerMemory:
        """Return how the layers were arranged; what makes no sense is left out."""
        layout = self._layout()
        order, hidden, opacity = (layout.get(key) for key in ("order", "hidden", "opacity"))
        strengths = opacity if isinstance(opacity, dict) else {}
        return LayerMemory(
            tuple(_texts(order)),
            frozenset(_texts(hidden)),
            {
                str(table): float(value)
                for table, value in strengths.items()
                if isinstance(value, int | float) and 0 <= value <= 1
            },
        )

    def _layout(self) -> dict[str, Any]:
        try:
            layout = json.loads(self.settings.window_layout or "{}")
        except ValueError:
            return {}
        return layout if isinstance(layout, dict) else {}

    def _keep(self, changed: Settings) -> None:
        self.settings = changed
        try:
            settings.save_settings(changed)
        except OSError as error:
            _log.warning("settings not kept: %s", error)


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _decoded(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except ValueError:
        return b""
