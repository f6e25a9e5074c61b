"""The verb for what an office decides for itself."""

from pathlib import Path
from typing import Annotated

import typer

from gridmap.base.errors import RequestError
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.services import office as service
from gridmap.services import workspaces


def office(
    file: Annotated[Path, typer.Argument(help="工作库 · workspace file")],
    key: Annotated[str | None, typer.Argument(help="设置项 · setting")] = None,
    value: Annotated[str | None, typer.Argument(help="新值 · new value")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")] = False,
) -> None:
    """街道设置 · What the office decides: bounds of area, code scheme, documents."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=value is None) as ws:
        if key is not None and value is not None:
            held = service.save_office(
                ws, service.SaveOffice({key: value}), terminal_progress()
            ).value
        else:
            held = service.get_office(ws).value
        told = service.as_texts(held)
        if key is not None and key not in told:
            raise RequestError(service.unknown(key))
        shown = {key: told[key]} if key is not None else told
        show(as_json, shown, lambda: (f"{name} = {held}" for name, held in shown.items()))
