"""A page of a stranger takes the build neither much time nor much memory, and does not end it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import markdown
import pytest
import yaml

from markdown_pyrun.fences import Fence, find_fences
from markdown_pyrun.header import read_header
from pyrun_core.examples.example import make_example
from pyrun_core.examples.files import ExampleFiles
from pyrun_core.examples.imports import find_imports
from pyrun_core.examples.page_examples import PageExamples
from pyrun_core.finish.built_page import read_page
from pyrun_core.finish.cells import FormerBuildError
from pyrun_core.finish.head_tags import FOLDER, find_tags_of_page, read_navigation, without_tags
from pyrun_core.finish.plain_blocks import PlainBlocks
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.options.front_matter import read_front_matter
from pyrun_core.problems import Location
from pyrun_core.tags import find_tags, split_markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pyrun_core.problems import Problem
    from tests.sphinx.conftest import MakeSite

PAGE = Location("page.md", 1)
LENGTH = 200_000
"""Characters: a text for which a search that is quadratic takes minutes."""

MOST_SECONDS = 4


@contextmanager
def in_no_time() -> Iterator[None]:
    """The block takes little CPU time, on a slow machine too."""
    start = time.process_time()
    yield
    assert time.process_time() - start < MOST_SECONDS


class Reports(list[str]):
    """The messages."""

    def __call__(self, problem: Problem, message: str, location: Location) -> None:
        """Take a message."""
        del problem, location
        self.append(message)


def option(name: str) -> Callable[[str], object]:
    """A function that reads one option as a page writes it."""

    def read(text: str) -> object:
        reports = Reports()
        read_options({name: text, text: "x"}, Scope.PAGE | Scope.BLOCK, PAGE, reports)
        assert all(len(each) < 10_000 and each.isprintable() for each in reports)
        return reports

    return read


def finish(text: str) -> object:
    """Read the HTML of a page."""
    page = f"<html><body><pre><code class=language-pyrun>{text}</code></pre>"
    PlainBlocks({"live": ("doctest", "python"), "live_except": (".x",)}, Reports()).make_live(
        page, "page.html"
    )
    list(find_tags(text, "head", "pyrun-cell"))
    list(split_markup(text))
    find_tags_of_page(text + FOLDER)
    without_tags(text + FOLDER)
    read_navigation(f"{text} __config <base")
    read_navigation(f"<script id=__config>{text}</script>")
    return read_page(f"{text} __config <base", "page.html")


READERS: dict[str, Callable[[str], object]] = {
    "packages": option("packages"),
    "files": option("files"),
    "needs": option("needs"),
    "emphasize-lines": option("emphasize-lines"),
    "timeout": option("timeout"),
    "session": option("session"),
    "fence": lambda text: read_header(f"pyrun {text}"),
    "fences": lambda text: list(find_fences(text.split("\n"))),
    "finish": finish,
    "markdown": lambda text: markdown.markdown(
        f"<div>\n{text}\n</div>\n\n```pyrun\n1\n```\n", extensions=["markdown_pyrun.extension"]
    ),
    "existing blocks": lambda text: markdown.markdown(
        text,
        extensions=["pyrun"],
        extension_configs={"pyrun": {"live": "doctest python", "live_except": ".x"}},
    ),
}
PIECES = {
    "packages": (" ", "[", "a[", "a,", "=", "a;", "(", "a" + " " * 50, "./[", "~="),
    "files": (" ", ",", "a/", "*"),
    "needs": (" ", "a ", ","),
    "emphasize-lines": ("1", "1-", "1-99999999 ", "1-100000,", ","),
    "timeout": ("0", "1", "."),
    "session": ("a", ".", "a "),
    "fence": ("a ", 'a="', "'", '"', ".a", "a=b ", "#", " "),
    "fences": ("```a\n", "~~~~pyrun\n", "> ", "- ", "`", "> ```pyrun\n", "```pyrun\n"),
    "finish": (
        "<!--",
        "<a",
        "<script ",
        "<link =",
        "<link href=",
        "<pre>",
        "<table><pre>",
        "&#10;",
        "<base ",
        "<script>",
        "<script id=__config>",
        f"<script src={FOLDER}pyrun-",
        "[",
        "<div>",
        "<div><ul></div>",
        "<pre>&gt;&gt;&gt; 1</pre>",
        "<!-- pyrun: on --><pre>1</pre>",
    ),
    "markdown": ("<!-- ",),
    "existing blocks": ("    >>> 1\n\n", "<!-- pyrun: on -->\n", ">>> 1\n", "    >>> "),
}


@pytest.mark.parametrize("reader", READERS)
def test_no_text_takes_time_out_of_proportion(reader: str) -> None:
    for piece in PIECES[reader]:
        with in_no_time():
            READERS[reader](piece * (LENGTH // len(piece)))


def test_examples_that_need_each_other_in_a_long_circle_are_reported_once() -> None:
    count = 4000
    fences = "".join(f"```pyrun name=n{i} needs=n{(i + 1) % count}\n1\n```\n\n" for i in range(count))
    reports = Reports()
    page = PageExamples(reports)
    for fence in find_fences(fences.split("\n")):
        assert isinstance(fence, Fence)
        block = read_options(fence.header.options, Scope.BLOCK, PAGE, reports)
        page.add(make_example("1", site={}, page={}, block=block, file="a.md", location=PAGE))
    with in_no_time():
        page.check_needs()
    assert len(reports) == 1


def test_code_that_is_nested_deeply_has_no_imports() -> None:
    sources = (
        "import numpy\nif a: pass\n" + "elif b: pass\n" * 5000,
        "import numpy\nx = " + "-" * LENGTH + "1",
        "import numpy\nx = " + "(" * LENGTH,
        "import numpy\nx = " + "a." * LENGTH + "b; import six",
    )
    for source in sources:
        with in_no_time():
            assert len(find_imports(source)) <= 2


def test_a_nested_value_is_a_short_message() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    value = yaml.safe_load(bomb)["i"]
    reports = Reports()
    with in_no_time():
        read_front_matter({"pyrun": value}, PAGE, reports)
        read_front_matter({"pyrun": {"packages": value, "files": value, "session": value}}, PAGE, reports)
    assert len(reports) == 4
    assert all(len(each) < 1000 for each in reports)


def test_no_pattern_of_files_takes_time_out_of_proportion(tmp_path: Path) -> None:
    for name in ("a/b/c/d/e/f/g", "a/b/h", "i/j", *(f"k/{number}" for number in range(20))):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "a/b/c/found.txt").write_text("")
    problems: list[str] = []
    files = ExampleFiles(tmp_path, lambda _, message, __: problems.append(message))
    with in_no_time():
        assert len(files.find(["**/" * 300 + "*.txt", "**/c/**"], ".", PAGE)) == 1
        for pattern in ("**/*/" * 50, "k" + "/*/.." * 30 + "/x", "*" * LENGTH, "**/?" * 9):
            assert files.find([pattern], ".", PAGE) == ()
    assert len(problems) == 4
    assert all(len(problem) < 1000 for problem in problems)


def test_deep_json_is_not_what_pyrun_writes(make_site: MakeSite) -> None:
    deep = '[["a",' + "[" * 100_000
    for attribute in ("data-packages", "data-files", "data-page-packages"):
        with pytest.raises(FormerBuildError):
            read_page(f"<pyrun-cell data-requirements=0 {attribute}='{deep}'></pyrun-cell>", "a.html")
    with pytest.raises(FormerBuildError):
        read_page("<pyrun-cell data-page='a&#10;::error::b.md'></pyrun-cell>", "a.html")
    read_page(f"<pyrun-cell data-line={'9' * 5000}></pyrun-cell>", "a.html")
    site = make_site({"index.rst": f":pyrun-packages: {deep}\n\nT\n=\n\n.. pyrun::\n\n   1\n"})
    (warning,) = site.warnings()
    assert warning.startswith("index.rst:1: WARNING: pyrun-packages: ")
    assert len(warning) < 1000


def test_markup_in_options_is_text() -> None:
    attack = "\"><script>alert(1)</script><b a='"
    text = (
        f"```pyrun caption='{attack[1:-1]}' .a<script>alert(1)</script>\n1\n```\n\n"
        "```{.python .pyrun .<script>alert(1)</script>}\n1\n```\n\n"
        "```pyrun name=<script>alert(1)</script> session=<script>\n1\n```\n"
    )
    reports = Reports()
    options = {"caption": attack, "name": attack, "stdin": attack, "packages": attack, "session": attack}
    lines = "".join(f"#| {name}: {value}\n" for name, value in options.items())
    block = f"<pre><code class=language-pyrun>{lines.replace('<', '&lt;')}1</code></pre>"
    for html in (
        markdown.markdown(
            text, extensions=["fenced_code", "pymdownx.superfences", "markdown_pyrun.extension"]
        ),
        PlainBlocks({}, reports).make_live(block, "a.html"),
    ):
        assert "<script" not in html
        assert "<b a=" not in html
    assert len(reports) == 2
