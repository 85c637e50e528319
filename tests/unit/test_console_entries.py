"""The next statement of what a reader has entered in a console."""

from __future__ import annotations
import __future__

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

LOOP = "for i in range(2):\n    print(i)"


@pytest.fixture
def first_entry(runtime_module: Callable[[str], Any]) -> Callable[..., str | None]:
    """The function, with an empty namespace by default."""
    function = runtime_module("run.console_entries").first_entry
    return lambda text, names=None: function(text, names or {})


@pytest.mark.parametrize(
    "text",
    ["", "# a comment", "x = 1", "x = (1,\n     2)", f"{LOOP}\n", "a = 1; b = 2",
     "await f()", "@d\ndef f():\n    pass\n", "'\\d'", "if a:\n    b\nelse:\n    c\n"],
)  # fmt: skip
def test_a_complete_statement_is_an_entry(first_entry: Callable[..., str | None], text: str) -> None:
    assert first_entry(text) == text


def test_white_space_in_the_line_that_ends_a_block_is_no_part_of_it(
    first_entry: Callable[..., str | None],
) -> None:
    assert first_entry(f"{LOOP}\n    ") == f"{LOOP}\n"


@pytest.mark.parametrize(
    "text",
    [
        "x = (1,",
        LOOP,
        "if x: y",
        "for i in x:",
        "'''",
        "@d",
        "x = 1 + \\",
        "if a:\n    b\nelse:",
        "def f():\n    '''a\n",
    ],
)
def test_a_statement_that_goes_on_is_none(first_entry: Callable[..., str | None], text: str) -> None:
    assert first_entry(text) is None


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("a = 1\nb = 2", "a = 1"),
        ("a = 1\n\n\nb = 2", "a = 1\n\n"),
        ("# why\na = 1\n# and\nb = 2", "# why\na = 1"),
        (f"{LOOP}\nb = 2", LOOP),
        (f"{LOOP}\n\n    print(3)\nb = 2", f"{LOOP}\n\n    print(3)"),
        ("a = 1\n@d\ndef f():\n    pass", "a = 1"),
        ("a = 1; b = 2\nc", "a = 1; b = 2"),
        ("a = 1\nfor i in a:", "a = 1"),
    ],
)
def test_the_first_of_several_statements_is_the_entry(
    first_entry: Callable[..., str | None], text: str, entry: str
) -> None:
    assert first_entry(text) == entry


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("a = = 1", "a = = 1"),
        ("  a = 1", "  a = 1"),
        ("a = 1\nb = = 2\nc = 3", "a = 1"),
        ("b = = 2\nc = 3", "b = = 2"),
        (f"{LOOP}\nb = = 2", LOOP),
        ("for i in x:\nprint(i)\nb = 2", "for i in x:\nprint(i)"),
        ("a = '\0'", "a = '\0'"),
        ("%timeit 1\nb", "%timeit 1"),
        (")", ")"),
    ],
)
def test_a_mistake_ends_the_entry_where_it_is_certain(
    first_entry: Callable[..., str | None], text: str, entry: str
) -> None:
    assert first_entry(text) == entry


def test_the_namespace_knows_what_was_imported_from_the_future(
    first_entry: Callable[..., str | None],
) -> None:
    names = {"barry_as_FLUFL": __future__.barry_as_FLUFL}
    assert first_entry("1 <> 2\nb", names) == "1 <> 2"
    assert first_entry("b\n1 <> 2") == "b"


def test_a_large_block_is_read_in_time(first_entry: Callable[..., str | None]) -> None:
    text = "\n".join(f"x{number} = {number}" for number in range(5000))
    assert first_entry(text) == "x0 = 0"
