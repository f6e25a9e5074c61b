"""The examples in the docstrings of geo/ do what they say."""

import doctest
import importlib
import pkgutil

import pytest

from gridmap import geo

MODULES = sorted(module.name for module in pkgutil.iter_modules(geo.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_say(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"gridmap.geo.{name}"))
    assert found.failed == 0


def test_a_wrong_example_is_noticed() -> None:
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, 0)
    runner = doctest.DocTestRunner(verbose=False)
    assert runner.run(wrong, out=lambda _: None).failed == 1
