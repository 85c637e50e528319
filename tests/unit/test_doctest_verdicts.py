"""What doctest accepts is proven, and nothing else: the docstrings of Python's own library."""

from __future__ import annotations

import doctest
import importlib
from typing import TYPE_CHECKING

import pytest

from pyrun_core.live.code import BlockError
from pyrun_core.proof.compare.judge import judge_example
from pyrun_core.proof.compare.rules import BASE_FLAGS, Rules
from pyrun_core.proof.verdict import Verdict
from tests.proof_examples import run, session

if TYPE_CHECKING:
    from pyrun_core.proof.checked import CheckedExample

MODULES = (
    *("bisect", "cmath", "collections", "dataclasses", "datetime", "decimal", "difflib", "enum", "fractions"),
    *("heapq", "html", "http.cookies", "ipaddress", "json", "math", "pickletools", "random", "shlex"),
    *("statistics", "string", "textwrap", "urllib.parse"),
)


def docstrings_of(module: str) -> list[doctest.DocTest]:
    """The docstrings with examples, in a module and its classes."""
    found = doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(module))
    return [test for test in found if test.examples]


def example_of(test: doctest.DocTest) -> CheckedExample | None:
    """All examples of a docstring as one session; None if it cannot go live."""
    block = ""
    for each in test.examples:
        prompts = each.source.rstrip("\n").replace("\n", "\n... ")
        block += f">>> {prompts}\n{each.want}"
    try:
        return session(block)
    except BlockError:
        return None


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("module", MODULES)
def test_the_verdict_is_that_of_doctest(module: str) -> None:
    differing = []
    for test in docstrings_of(module):
        example = example_of(test)
        if example is None:
            continue
        names = {"__name__": "__main__", **test.globs}
        proof = judge_example(example, run(example, names), Rules(tolerances=frozenset()))
        runner = doctest.DocTestRunner(optionflags=BASE_FLAGS, verbose=False)
        is_accepted = runner.run(test, out=lambda _text: None).failed == 0
        if is_accepted is not (proof.verdict is Verdict.PROVEN):
            differing.append((test.name, proof.findings))
    assert differing == []


def test_there_are_enough_examples() -> None:
    assert sum(len(test.examples) for module in MODULES for test in docstrings_of(module)) > 300
