"""Which base map lay under which workspace, and which ones were used lately."""

import dataclasses
import json
from pathlib import Path
from typing import Any

from gridmap.geo.offsets import DATUMS
from gridmap.services.basemaps import BaseMapRequest
from gridmap.ui.memory import Memory

_MOST_WORKSPACES = 60
_MOST_RECENT = 9


class BaseMapMemory:
    """Keeps it among the settings; what makes no sense there is left out."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def find(self, workspace: Path) -> BaseMapRequest | None:
        """Return what lay under a workspace, None where nothing did."""
        return _request(self._kept("workspaces").get(str(workspace.resolve())))

    def keep(self, workspace: Path, request: BaseMapRequest) -> None:
        """Note what lies under a workspace, as the latest one."""
        told = _plain(request)
        recent = [each for each in self._recent() if each["path"] != told["path"]]
        name = str(workspace.resolve())
        others = {key: each for key, each in self._kept("workspaces").items() if key != name}
        self._write({**others, name: told}, [told, *recent])

    def drop(self, workspace: Path) -> None:
        """Note that nothing lies under a workspace."""
        name = str(workspace.resolve())
        others = {key: each for key, each in self._kept("workspaces").items() if key != name}
        self._write(others, self._recent())

    @property
    def recent(self) -> tuple[BaseMapRequest, ...]:
        """Return the base maps that were used lately, the latest first."""
        return tuple(request for each in self._recent() if (request := _request(each)))

    def _recent(self) -> list[dict[str, Any]]:
        held = self._all().get("recent")
        listed = held if isinstance(held, list) else []
        return [each for each in listed if _request(each) is not None]

    def _kept(self, name: str) -> dict[str, Any]:
        held = self._all().get(name)
        return held if isinstance(held, dict) else {}

    def _all(self) -> dict[str, Any]:
        try:
            held = json.loads(self._memory.settings.base_maps or "{}")
        except ValueError:
            return {}
        return held if isinstance(held, dict) else {}

    def _write(self, workspaces: dict[str, Any], recent: list[dict[str, Any]]) -> None:
        kept = dict(list(workspaces.items())[-_MOST_WORKSPACES:])
        text = json.dumps({"workspaces": kept, "recent": recent[:_MOST_RECENT]}, ensure_ascii=False)
        self._memory.change(base_maps=text)


def _plain(request: BaseMapRequest) -> dict[str, Any]:
    return {**dataclasses.asdict(request), "path": str(request.path)}


def _request(held: object) -> BaseMapRequest | None:
    if not isinstance(held, dict) or not isinstance(held.get("path"), str) or not held["path"]:
        return None
    datum, crs, opacity = held.get("datum"), held.get("crs"), held.get("opacity")
    is_strength = isinstance(opacity, int | float) and 0 <= opacity <= 1
    return BaseMapRequest(
        Path(held["path"]),
        datum if datum in DATUMS else "wgs84",
        crs if isinstance(crs, int) else None,
        float(opacity) if is_strength else 1.0,  # type: ignore[arg-type] # it is a number then
    )
