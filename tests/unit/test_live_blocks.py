"""Which existing blocks go live: their kinds, the patterns of the site, comments, and try_examples.json."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from pyrun_core.live.comments import BlockComment, is_try_examples_off, read_comment
from pyrun_core.live.kinds import foreign_prompts, kinds_of
from pyrun_core.live.selection import Selection
from pyrun_core.live.try_examples import TryExamples, find_try_examples
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.problems import Location, Problem

if TYPE_CHECKING:
    from pathlib import Path

PAGE = Location("api.rst", 12)
BLOCKS = 5000
MOST_SECONDS = 2.0
"""For the selection of all of them, each on a separate page. It takes a tenth of that."""


def no_problem(problem: Problem, message: str, location: Location) -> None:
    pytest.fail(f"{location}: {message} {problem}")


def selection(
    page: dict[str, object] | None = None, file: str = "api/array.rst", **site: object
) -> Selection:
    return Selection.of_page(
        read_options(site, Scope.SITE, PAGE, no_problem),
        read_options(page or {}, Scope.PAGE, PAGE, no_problem),
        file,
    )


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        (None, ">>> 1\n1", ("doctest",)),
        ("", "\n  >>> 1\n  1", ("doctest",)),
        ("default", ">>> 1\n1", ("doctest",)),
        ("python", ">>> 1\n1", ("doctest", "python")),
        ("pycon", "1", ("doctest", "pycon")),
        ("python", "x = 1", ("python",)),
        ("Python3", "x = 1", ("python", "python3")),
        ("py", "'''\n>>> 1\n'''", ("python", "py")),
        (None, "In [1]: x\nOut[1]: 1", ("ipython",)),
        ("python", "In [1]: x\nOut[1]: 1", ("ipython", "python")),
        ("pycon", "In [1]: x", ("ipython", "pycon")),
        ("ipython", "%timeit x", ("ipython",)),
        ("ipython", ">>> x", ("doctest", "ipython")),
        ("ruby", ">>> x", ("ruby",)),
        (None, "x = 1", ()),
        ("none", "x = 1", ()),
    ],
)
def test_a_block_is_what_its_prompts_and_its_language_say(
    language: str | None, text: str, kinds: tuple[str, ...]
) -> None:
    assert kinds_of(language, text) == kinds


@pytest.mark.parametrize(
    ("language", "text"),
    [("ruby", "puts 1"), ("python", ">>> 1"), (None, ">>> 1"), ("cpp", "a >>> 1"), ("rst", "Text\n\n>>> 1")],
)
def test_a_block_of_another_language_is_left_alone(language: str | None, text: str) -> None:
    assert foreign_prompts(language, text) == ""


def test_a_prompt_at_the_beginning_of_a_block_of_another_language_is_worth_a_warning() -> None:
    assert foreign_prompts("text", "\n>>> 1\n1") == (
        "the block stays as it is, because it has prompts of Python, and its language is text. "
        "Write pycon as its language, or a comment 'pyrun: off' before it"
    )


def test_nothing_is_live_by_default() -> None:
    assert selection().is_empty
    assert not selection().selects(("doctest",))


def test_blocks_of_the_chosen_kinds_are_live() -> None:
    chosen = selection(live=["doctest", "jupyter-execute"])
    assert chosen.selects(("doctest", "pycon"))
    assert chosen.selects(("jupyter-execute",))
    assert not chosen.selects(("python",))


@pytest.mark.parametrize("value", ["none", "[]", "off", "false"])
def test_a_page_switches_off_what_the_site_sets(value: str) -> None:
    page = {"live": [] if value == "[]" else value}
    assert selection(page, live="doctest").is_empty
    assert not selection({"live": "python"}, live="doctest").selects(("doctest",))


@pytest.mark.parametrize("pattern", ["api/*", "api/array", "api/array.rst", "*array*"])
def test_a_pattern_means_a_page_with_or_without_its_suffix(pattern: str) -> None:
    assert selection(live="doctest", live_except=pattern).is_empty
    assert selection(live="doctest", live_only=pattern).selects(("doctest",))
    assert not selection(file="guide.md", live="doctest", live_only=pattern).selects(("doctest",))


@pytest.mark.parametrize(
    "pattern", ["numpy.linalg.norm", "numpy.linalg", "numpy.linalg.*", "numpy.*", "*.norm", "numpy"]
)
def test_a_pattern_means_an_object_and_all_its_members(pattern: str) -> None:
    name = "numpy.linalg.norm.method"
    assert not selection(live="doctest", live_except=pattern).selects(("doctest",), name=name)
    assert selection(live="doctest", live_only=pattern).selects(("doctest",), name=name)
    assert not selection(live="doctest", live_only=pattern).selects(("doctest",), name="numpy2.linalg2")
    assert not selection(live="doctest", live_only=pattern).selects(("doctest",))


def test_a_pattern_with_a_dot_first_means_a_class_around_the_block() -> None:
    chosen = selection(live="doctest", live_only=".live", live_except=".not-*")
    assert chosen.selects(("doctest",), classes=("highlight", "live"))
    assert not chosen.selects(("doctest",), classes=("live", "not-here"))
    assert not chosen.selects(("doctest",), classes=("highlight",), name="live")


def test_an_exception_is_stronger_than_an_inclusion() -> None:
    chosen = selection(live="doctest", live_only="api/*", live_except="pkg.slow")
    assert chosen.selects(("doctest",), name="pkg.fast")
    assert not chosen.selects(("doctest",), name="pkg.slow")


def test_choosing_among_thousands_of_blocks_takes_no_time() -> None:
    patterns = (*(f"pkg.module{number}.*" for number in range(40)), ".slow", "internal/*")
    site = {"live": ("doctest",), "live_except": patterns}
    started = time.perf_counter()
    for number in range(BLOCKS):
        chosen = Selection.of_page(site, {}, f"api/page{number}.rst")
        assert chosen.selects(("doctest",), classes=("highlight",), name="pkg.Class.method")
    assert time.perf_counter() - started < MOST_SECONDS


def comment(text: str) -> BlockComment | None:
    return read_comment(text, PAGE, no_problem)


def test_a_comment_switches_one_block() -> None:
    assert comment("pyrun: off") == BlockComment(is_live=False, options={})
    assert comment("  pyrun:on\n") == BlockComment(is_live=True, options={})


def test_a_comment_sets_options_of_one_block() -> None:
    found = comment("pyrun: packages=\"numpy pandas\" session='a' readonly timeout=5")
    assert found == BlockComment(
        is_live=None,
        options={"packages": ("numpy", "pandas"), "session": "a", "readonly": True, "timeout": 5},
    )
    both = comment("pyrun: on caption=x")
    assert both == BlockComment(is_live=True, options={"caption": "x"})


@pytest.mark.parametrize("text", ["note", "pyrun", "a pyrun: off", "pyrun:: off", "pyrunner: off"])
def test_other_comments_are_left_alone(text: str) -> None:
    assert comment(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "pyrun: offf",
            "there is no option 'offf' here",
        ),
        (
            'pyrun: packages="numpy',
            "'packages=\"numpy' is neither on, off nor an option. Write, for instance, pyrun: off, or ",
        ),
        ("pyrun: on live=doctest", "the option 'live' cannot be set here"),
    ],
)
def test_a_mistake_in_a_comment_is_reported_where_it_is(text: str, message: str) -> None:
    problems: list[tuple[Problem, str, Location]] = []
    read_comment(text, PAGE, lambda *problem: problems.append(problem))
    ((problem, said, location),) = problems
    assert (problem, location) == (Problem.OPTION, PAGE)
    assert said.startswith(message)


@pytest.mark.parametrize(
    "line", ["..! disable_try_examples", "   ..! disable_try_examples::", ".. disable_try_examples"]
)
def test_the_comment_of_jupyterlite_sphinx_is_understood(line: str) -> None:
    assert is_try_examples_off(line)


def test_text_about_that_comment_is_not_the_comment() -> None:
    assert not is_try_examples_off("Write ..! disable_try_examples")
    assert not is_try_examples_off("..! disable_try_examples if")


def test_pages_that_jupyterlite_sphinx_ignores_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "try_examples.json").write_text(
        '{"global_min_height": "400px", "ignore_patterns": ["^/latest/.*slow", "disabled\\\\/demo.html"]}',
        encoding="utf-8",
    )
    found = find_try_examples([tmp_path / "nowhere", tmp_path], no_problem)
    assert found.ignores("disabled/demo.html")
    assert not found.ignores("enabled/demo.html")
    assert not found.ignores("api/slow.html")
    assert found.ignores("api/slow.html", "https://example.org/latest/")
    assert found.file == tmp_path / "try_examples.json"


def test_a_site_without_the_file_ignores_no_page(tmp_path: Path) -> None:
    assert find_try_examples([tmp_path], no_problem) == TryExamples()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "the file is not JSON: Expecting property name"),
        ("[]", "the file has no list 'ignore_patterns'. Correct the file, or remove it"),
        ('{"ignore_patterns": "a"}', "the file has no list 'ignore_patterns'"),
        ('{"ignore_patterns": ["("]}', "'(' is not a regular expression: missing ), unterminated subpattern"),
        ('{"ignore_patterns": [1]}', "1 is not a regular expression"),
    ],
)
def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "try_examples.json").write_text(content, encoding="utf-8")
    messages: list[str] = []
    find_try_examples([tmp_path], lambda _problem, message, _location: messages.append(message))
    (said,) = messages
    assert said.startswith(message)
