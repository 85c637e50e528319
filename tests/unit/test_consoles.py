"""What a console starts with, and how a page shows it before the reader uses it."""

from __future__ import annotations

import pytest

from pyrun_core.examples.block_kinds import checked_block
from pyrun_core.examples.code_file import Code
from pyrun_core.examples.console import shown_code
from pyrun_core.problems import Location, Problem

HERE = Location("page.md", 3)
SESSION = """\
>>> words = ["a", "b"]
>>> for word in words:
...     print(word)
...
a
...
b
>>>
>>> len(words)
2"""
CODE = 'words = ["a", "b"]\nfor word in words:\n    print(word)\n\n\nlen(words)'


def console(text: str, **options: object) -> tuple[str, dict[str, object], list[tuple[Problem, str]]]:
    """The code and options of a console, and what was reported."""
    problems: list[tuple[Problem, str]] = []
    checked = checked_block(
        Code(text),
        {"console": True, **options},
        lambda problem, message, _: problems.append((problem, message)),
        HERE,
    )
    assert checked is not None
    return checked[0].source, checked[1], problems


@pytest.mark.parametrize(
    ("text", "code"), [("", ""), ("x = 1\nx", "x = 1\nx"), (SESSION, CODE), ("\n>>> x", "x"), (">>>", "")]
)
def test_a_console_starts_with_the_code_of_its_content(text: str, code: str) -> None:
    assert console(text)[0] == code


def test_options_without_a_meaning_for_a_console_are_reported() -> None:
    _, options, problems = console("", session="one", emphasize_lines=(1,))
    assert options == {"console": True, "session": "one"}
    assert problems == [(Problem.OPTION, "emphasize-lines: a console has no such option. Remove it")]


def test_an_empty_block_is_reported_only_if_it_is_no_console() -> None:
    problems: list[Problem] = []
    report = lambda problem, *_: problems.append(problem)  # noqa: E731
    assert checked_block(Code(""), {}, report, HERE) is None
    assert checked_block(Code(""), {"console": True}, report, HERE) == (Code(""), {"console": True})
    assert problems == [Problem.EMPTY]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("", ">>>"),
        ("x = 1\nx", ">>> x = 1\n>>> x"),
        ("@d\ndef f():\n    pass\n\nf()", ">>> @d\n... def f():\n...     pass\n...\n>>> f()"),
        ("# why\nx", ">>> # why\n>>> x"),
        ("x = '''\ny\n'''", ">>> x = '''\n... y\n... '''"),
        ("x = = 1\n  y", ">>> x = = 1\n...   y"),
    ],
)
def test_the_page_shows_prompts_before_the_code(code: str, shown: str) -> None:
    assert shown_code(code) == shown
