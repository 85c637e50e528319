"""Each line of an example knows its line in the author's files, wherever Sphinx has found it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_pyrun.checked_pages import checked_pages

from .existing_pages import CONF

if TYPE_CHECKING:
    from pyrun_core.proof.checked import CheckedExample, CheckedPage

    from .conftest import MakeSite, Site

PAGE = """\
Title
=====

>>> x = 1  # doctest: +SKIP
>>> y = [1,
...      2]

Text::

    >>> y  # doctest: +ELLIPSIS, -NORMALIZE_WHITESPACE
    [1,
     2]

.. pyrun::
   :skip-check: it takes an hour

   z = 1
   print(z)

.. pyrun:: code.py
   :start-after: skipped

.. include:: part.txt

Last text.

.. testcode:: group

   print("group")

.. testoutput:: group
   :options: +ELLIPSIS

   gr...
"""

PART = """\
Included text.

>>> 40 + 2
42

.. pyrun::

   print("included")
"""

MODULE = '''\
"""A module."""


def half(x):
    """Halve it. What is indented here, and the list below, hide from docutils where the lines come from.

        >>> half(2)
        1.0

    - a list
    """
    return x / 2


def double(x):
    """Double it.

    >>> double(1)
    2

    Or two:

    >>> double(2)  # doctest: +ELLIPSIS
    4
    >>> double(3)
    <BLANKLINE>
    6"""
    return 2 * x
'''


def checked(site: Site) -> list[CheckedPage]:
    app = site.build()
    return [each.page for each in checked_pages(app.env)]


def written(site: Site, example: CheckedExample) -> list[str]:
    """The lines in the author's files that the lines of an example come from, without prompts."""
    texts = []
    for number, line in enumerate(example.source.split("\n"), 1):
        where = example.where(number)
        lines = (site.folder / where.file).read_text(encoding="utf-8").split("\n")
        found = lines[(where.line or 0) - 1].strip()
        if line:  # an empty line between two blocks, or a statement that is skipped
            assert line.strip() in found
        texts.append(str(where))
    return texts


@pytest.fixture
def site(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Site:
    site = make_site(
        {"index.rst": PAGE, "part.txt": PART, "code.py": "# skipped\nimport os\nprint(os.sep)\n"},
        extensions=["sphinx_pyrun", "sphinx.ext.doctest"],
        pyrun_live=["doctest", "testcode"],
        exclude_patterns=["part.txt"],
    )
    monkeypatch.chdir(site.folder)
    return site


def test_every_line_of_a_page_is_found(site: Site) -> None:
    (page,) = checked(site)
    assert [written(site, example) for example in page.examples] == [
        ["index.rst:4", "index.rst:5", "index.rst:6"],
        ["index.rst:10"],
        ["index.rst:17", "index.rst:18"],
        ["code.py:2", "code.py:3"],
        ["part.txt:3"],
        ["part.txt:8"],
        ["index.rst:29"],
    ]


def test_documented_outputs_are_found(site: Site) -> None:
    (page,) = checked(site)
    outputs = [
        (Path(output.location.file).name, output.location.line, output.text, output.is_apart)
        for example in page.examples
        for output in example.outputs
    ]
    assert outputs == [
        ("index.rst", 11, "[1,\n 2]", False),
        ("part.txt", 4, "42", False),
        ("index.rst", 34, "gr...", True),
    ]


def test_flags_of_doctest_stay_with_their_statements(site: Site) -> None:
    (page,) = checked(site)
    flags = [
        [(each.first, each.line, [(flag.name, flag.is_on) for flag in each.flags]) for each in example.flags]
        for example in page.examples
    ]
    assert flags[0] == [(1, 1, [("SKIP", True)])]
    assert flags[1] == [(1, 1, [("ELLIPSIS", True), ("NORMALIZE_WHITESPACE", False)])]
    assert flags[6] == [(1, 1, [("ELLIPSIS", True)])]
    assert [flag.name for flag in page.examples[0].default_flags] == [
        "DONT_ACCEPT_TRUE_FOR_1",
        "ELLIPSIS",
        "IGNORE_EXCEPTION_DETAIL",
    ]


def test_what_is_skipped_does_not_run(site: Site) -> None:
    (page,) = checked(site)
    assert page.job.cells[0]["data-source"] == "\ny = [1,\n     2]"
    assert page.job.skipped == {2}
    assert page.examples[2].skip == "it takes an hour"


def test_the_job_of_a_page_has_the_attributes_of_its_html(site: Site) -> None:
    (page,) = checked(site)
    names = {"class"}
    html = [{name: str(value) for name, value in cell.attrs.items()} for cell in site.cells()]
    jobs = [dict(cell) for cell in page.job.cells]
    html[0].pop("data-source")  # one of its statements is skipped
    jobs[0].pop("data-source")
    assert [{name: value for name, value in cell.items() if name not in names} for cell in html] == jobs


def test_nothing_of_it_is_in_the_html(site: Site) -> None:
    checked(site)
    html = (site.outdir / "index.html").read_text(encoding="utf-8")
    assert "an hour" not in html
    assert "SKIP" not in html


MYST = """\
# Title

```{pyrun}
:setup:

a = 1
a + 1
```

```python
b = 2
```

```{literalinclude} code.py
:language: python
:lines: 2-3
```

```{include} part.md
```
"""


@pytest.mark.filterwarnings("ignore:.*BuildEnvironment.app")  # MyST's include uses it
def test_lines_of_myst_and_of_literalinclude_are_found(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(
        {
            "index.md": MYST,
            "part.md": "Text.\n\n```{pyrun}\nc = 3\nc + 1\n```\n",
            "code.py": "# skipped\nimport os\nprint(os.sep)\n",
        },
        pyrun_live=["python"],
        exclude_patterns=["part.md"],
    )
    monkeypatch.chdir(site.folder)
    (page,) = checked(site)
    assert [written(site, example) for example in page.examples] == [
        ["index.md:6", "index.md:7"],
        ["index.md:11", "index.md:11", "code.py:2", "code.py:3"],
        ["part.md:4", "part.md:5"],
    ]


def test_lines_of_docstrings_are_those_of_their_modules(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(
        {
            "conf.py": CONF,
            "index.rst": "Title\n=====\n\n.. automodule:: proven_module\n   :members:\n",
            "proven_module.py": MODULE,
        },
        extensions=["sphinx_pyrun", "sphinx.ext.autodoc"],
        pyrun_live=["doctest"],
    )
    monkeypatch.chdir(site.folder)
    (page,) = checked(site)
    assert [written(site, example) for example in page.examples] == [
        ["proven_module.py:18"],
        ["proven_module.py:23", "proven_module.py:25"],
        ["proven_module.py:7"],
    ]
    outputs = [output.location.line for example in page.examples for output in example.outputs]
    assert outputs == [19, 24, 26, 8]
    assert [output.text for output in page.examples[1].outputs] == ["4", "\n6"]
    preambles = [cell["data-preamble"] for cell in page.job.cells]
    assert preambles == [f"from proven_module import {name}" for name in ("double", "double", "half")]
