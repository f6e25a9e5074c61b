"""The verbs for the papers by which a division was changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from gridmap.base.messages import Text
from gridmap.cli import cell_texts as texts
from gridmap.cli.terminal import exit_codes, show, terminal_progress
from gridmap.services import documents, naming, workspaces

app = typer.Typer(
    help="批文 · Documents: enter, add a scan, list",
    rich_markup_mode=None,
    no_args_is_help=True,
)

File = Annotated[Path, typer.Argument(help="工作库 · workspace file")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]


@app.command()
def add(
    file: File,
    number: Annotated[str, typer.Argument(help="文号 · number")],
    title: Annotated[str | None, typer.Option(help="标题 · title")] = None,
    issued_on: Annotated[str | None, typer.Option(help="签发日期 · 2026-11-20")] = None,
    issuer: Annotated[str | None, typer.Option(help="发文机关 · issued by")] = None,
    signatory: Annotated[str | None, typer.Option(help="签发人 · signatory")] = None,
    scan: Annotated[list[Path] | None, typer.Option(help="扫描件 · scan, several times")] = None,
    as_json: Json = False,
) -> None:
    """登记批文 · Enter a document with its scans."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        request = documents.AddDocument(
            number, title, issued_on, issuer, signatory, scans=tuple(scan or ())
        )
        outcome = documents.add_document(ws, request, terminal_progress())
        told = {"id": outcome.value, "number": number, "transaction": outcome.transaction}
        show(as_json, told, lambda: iter([texts.document_added(number=number)]))


@app.command()
def attach(
    file: File,
    number: Annotated[str, typer.Argument(help="文号 · number")],
    scan: Annotated[Path, typer.Argument(help="扫描件 · scan")],
    as_json: Json = False,
) -> None:
    """补扫描件 · Add a scan to a document."""
    with exit_codes(as_json), workspaces.open_existing(file) as ws:
        document = naming.find_document(ws, number)
        outcome = documents.attach_scan(ws, document, scan, terminal_progress())
        told = {"id": outcome.value, "transaction": outcome.transaction}
        show(as_json, told, lambda: iter([texts.scan_added(name=scan.name)]))


@app.command("list")
def list_verb(file: File, as_json: Json = False) -> None:
    """列出批文 · List all documents."""
    with exit_codes(as_json), workspaces.open_existing(file, read_only=True) as ws:
        found = documents.list_documents(ws).value
        told = {
            "documents": [
                {
                    "id": one.id,
                    "number": one.number,
                    "title": one.title,
                    "issued_on": one.issued_on,
                    "signatory": one.signatory,
                    "cells": one.cells,
                    "scans": [
                        {"name": scan.name, "path": str(scan.path), "ok": scan.is_there}
                        for scan in one.scans
                    ],
                }
                for one in found
            ]
        }

        def lines() -> Iterator[Text | str]:
            for one in found:
                yield f"{one.issued_on or '':12}{one.number}  {one.title or ''}  ({one.cells})"
                for scan in one.scans:
                    yield f"    {'✓' if scan.is_there else '✗'} {scan.name}  {scan.path}"

        show(as_json, told, lines)
    if any(not scan.is_there for one in found for scan in one.scans):
        raise typer.Exit(3)
