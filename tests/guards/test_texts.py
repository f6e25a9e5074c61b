"""Every sentence stands in Chinese and in English, with the same values in both."""

import importlib
import pkgutil
import re
import string
from collections.abc import Iterator

import pytest

import gridmap
from gridmap.base.messages import Sentence, declared_sentences

CHINESE = re.compile(r"[\u3400-\u9fff]")


def _load_all_texts() -> None:
    for module in pkgutil.walk_packages(gridmap.__path__, "gridmap."):
        if module.name.endswith("texts"):
            importlib.import_module(module.name)


def placeholders(wording: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name}


def faults(sentence: Sentence) -> Iterator[str]:
    if not CHINESE.search(sentence.zh):
        yield "no Chinese"
    if CHINESE.search(re.sub(r"[“”「」][^“”「」]*[“”「」]", "", sentence.en)) and not _names_a_sign(
        sentence
    ):
        yield "Chinese in the English"
    if not sentence.en.strip():
        yield "no English"
    if placeholders(sentence.zh) != placeholders(sentence.en):
        yield "placeholders differ"
    if unknown := placeholders(sentence.zh) - set(sentence.parameters):
        yield f"no parameter for {unknown}"


def _names_a_sign(sentence: Sentence) -> bool:
    """English may name a Chinese word of the file or the map as an example."""
    return any(mark in sentence.en for mark in ("example", "such as", "(", "named", "="))


def test_all_sentences_are_whole_in_both_languages() -> None:
    _load_all_texts()
    found = {
        sentence.id: list(faults(sentence))
        for sentence in declared_sentences().values()
        if list(faults(sentence))
    }
    assert len(declared_sentences()) > 100
    assert not found


@pytest.mark.parametrize(
    "sin",
    [
        Sentence("x", "没有 {file}", "", ("file",)),
        Sentence("x", "no {file}", "no {file}", ("file",)),
        Sentence("x", "没有 {file}", "no {path}", ("file", "path")),
        Sentence("x", "没有 {file}", "no {file}", ()),
        Sentence("x", "没有 {file}", "没有 {file}", ("file",)),
    ],
)
def test_a_planted_sin_is_found(sin: Sentence) -> None:
    assert list(faults(sin))
