"""Which fences are for pyrun, and what their headers say."""

from __future__ import annotations

import pytest

from markdown_pyrun.header import Header, read_header


@pytest.mark.parametrize(
    ("info", "options"),
    [
        ("pyrun", {}),
        (" pyrun ", {}),
        (".pyrun", {}),
        ('pyrun packages="numpy pandas"', {"packages": "numpy pandas"}),
        ("pyrun session='a \"b\"' hidden", {"session": 'a "b"', "hidden": None}),
        (
            'pyrun emphasize-lines="1,3-5" emphasize_lines=2',
            {"emphasize-lines": "1,3-5", "emphasize_lines": "2"},
        ),
        ("{.python .pyrun}", {}),
        ("{ .python .pyrun }", {}),
        ("{.pyrun}", {}),
        ("python {.pyrun hidden}", {"hidden": None}),
        ('pyrun {packages="numpy"}', {"packages": "numpy"}),
        ("{.python .pyrun #demo}", {"name": "demo"}),
        ('{.python .pyrun stdin="}"}', {"stdin": "}"}),
        ('pyrun caption=""', {"caption": ""}),
        ('pyrun ../examples/fib.py lines="2-3"', {"file": "../examples/fib.py", "lines": "2-3"}),
        ("{.python .pyrun fib.py}", {"file": "fib.py"}),
    ],
)
def test_a_header_of_ours_is_read(info: str, options: dict[str, str | None]) -> None:
    assert read_header(info) == Header(options)


@pytest.mark.parametrize(
    "info",
    [
        "",
        "python",
        "{.python}",
        'yaml title="a pyrun section"',
        "pyrunner",
        "my-pyrun",
        "python {.pyrun-like}",
    ],
)
def test_a_header_of_another_fence_is_left_alone(info: str) -> None:
    assert read_header(info) is None


@pytest.mark.parametrize(
    ("info", "part"),
    [
        ('pyrun packages="numpy', 'packages="numpy. Write it as name="value"'),
        ('{.python .pyrun packages="numpy}', 'packages="numpy'),
        ("pyrun packages='numpy\"", "packages='numpy\""),
        ("pyrun packages=numpy pandas, six", "pandas, six"),
        ("{.python .pyrun", "no closing brace"),
        ("pyrun .python", "class outside braces"),
        ("{pyrun}", "does not understand the fence '{pyrun}'"),
        ("python pyrun", "Write ```pyrun"),
        ("Pyrun", "Write ```pyrun"),
    ],
)
def test_the_message_for_a_broken_header_says_what_to_write(info: str, part: str) -> None:
    header = read_header(info)
    assert header is not None
    assert header.broken is not None
    assert part in header.broken


def test_options_before_the_broken_part_are_kept() -> None:
    header = read_header('pyrun session="a" packages="numpy')
    assert header is not None
    assert header.options == {"session": "a"}


def test_classes_of_the_author_are_kept_for_the_highlighted_block() -> None:
    header = read_header("{.python .pyrun .no-copy}")
    assert header is not None
    assert header.classes == ("no-copy",)
