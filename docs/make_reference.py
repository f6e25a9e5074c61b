"""Write docs/reference.md from the program itself: verbs, layers, messages."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

import gridmap
from gridmap.base.messages import declared_sentences
from gridmap.cli.app import app
from gridmap.model.catalogue import TABLES

TARGET = Path(__file__).with_name("reference.md")

HEAD = """# 命令、图层、提示 Verbs, layers, messages

由 `python docs/make_reference.py` 写成，请勿手改。Written by `python docs/make_reference.py`.

退出码 exit codes: `0` 完成 done; `2` 用户或文件有误 the user or a file is wrong;
`3` 完成，但有些事要人决定 done, but a person must decide the rest;
`1` 程序出错 a fault of the program.
"""


def verbs() -> Iterator[str]:
    yield "## 命令 Verbs\n"
    group = typer.main.get_command(app)
    context = typer.Context(group, info_name="gridmap")
    yield from commands(group, context)


def commands(group: Any, context: typer.Context) -> Iterator[str]:
    """Yield the verbs of a group, those of a verb that has verbs of its own right after it."""
    for name, command in sorted(group.commands.items()):
        inner = typer.Context(command, info_name=name, parent=context)
        yield f"### {inner.command_path}\n"
        yield f"{command.help}\n"
        if hasattr(command, "commands"):
            yield from commands(command, inner)
            continue
        yield "| | |\n| --- | --- |"
        for parameter in command.get_params(inner):
            if parameter.name == "help":
                continue
            is_argument = parameter.param_type_name == "argument"
            written = parameter.metavar or parameter.name.upper()
            if not is_argument:
                written = ", ".join(parameter.opts)
            yield f"| `{written}` | {getattr(parameter, 'help', '') or ''} |"
        yield ""


def layers() -> Iterator[str]:
    yield "## 图层与字段 Layers and fields\n"
    yield "“公开 public”的字段才会离开办公室。Only public fields ever reach residents.\n"
    for table in TABLES:
        geometry = f", {table.geometry.value}" if table.geometry else ""
        yield f"### {table.name} {table.zh} {table.en}{geometry}\n"
        yield "| 字段 field | 中文 | English | 类型 kind | 保密 class |"
        yield "| --- | --- | --- | --- | --- |"
        for field in table.fields:
            kind = f"→ {field.refers_to}" if field.refers_to else field.kind.value.lower()
            if field.choices:
                kind = "、".join(f"{choice.value} {choice.zh}" for choice in field.choices)
            yield f"| {field.name} | {field.zh} | {field.en} | {kind} | {field.sensitivity.value} |"
        yield ""


def messages() -> Iterator[str]:
    yield "## 提示 Messages\n"
    for module in pkgutil.walk_packages(gridmap.__path__, "gridmap."):
        if module.name.endswith("texts"):
            importlib.import_module(module.name)
    for sentence in sorted(declared_sentences().values(), key=lambda one: one.id):
        yield f'<a id="{sentence.id}"></a>**{sentence.id}**  \n{sentence.zh}  \n{sentence.en}\n'


def reference() -> str:
    """Return the whole page."""
    parts = [HEAD, *verbs(), *layers(), *messages()]
    return "\n".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(TARGET.read_text(encoding="utf-8") != reference())
    TARGET.write_text(reference(), encoding="utf-8")
