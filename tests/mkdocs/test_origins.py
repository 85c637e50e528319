"""Each line of an example knows its line in the author's files, in pages of MkDocs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_pyrun.plugin import BuildUse, PyrunPlugin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyrun_core.proof.checked import CheckedExample, CheckedPage

    from .conftest import Site

PAGE = """\
---
title: Page
---
# Page

```pyrun raises="ZeroDivisionError"
a = 1
a / 0
```

!!! note

    ```python
    b = 1
    ```

    ```pycon
    >>> b  # doctest: +SKIP
    1
    >>> b + 1  # doctest: +ELLIPSIS
    2...
    ```

Text.

    >>> c = [1,
    ...      2]
    >>> c
    [1, 2]

```pyrun file="code.py" lines="2-3" skip-check="slow"
```

--8<-- "part.md"
"""

PART = """\
Inserted.

```pyrun
print("part")
```

```python
more = 1
```
"""


@pytest.fixture
def pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> Sequence[CheckedPage]:
    site.page(PAGE)
    site.write("parts/part.md", PART)
    site.write("docs/code.py", "# first\nimport os\nprint(os.sep)\n")
    site.configure(
        plugins=[{"pyrun": {"live": "doctest python", "pyodide": "cdn"}}],
        markdown_extensions=[
            "admonition",
            {"pymdownx.snippets": {"base_path": [str(site.folder / "parts")]}},
            "pymdownx.superfences",
        ],
    )
    monkeypatch.chdir(site.folder)
    taken: list[Sequence[CheckedPage]] = []
    post_build = PyrunPlugin.on_post_build

    def taking(self: PyrunPlugin, **kwargs: object) -> None:
        self.use = BuildUse.EXAMPLES
        post_build(self, **kwargs)  # type: ignore[arg-type]
        taken.append(self.pages)

    monkeypatch.setattr(PyrunPlugin, "on_post_build", taking)
    site.build()
    return taken[0]


def where(example: CheckedExample) -> list[str]:
    return [str(location) for location in example.lines]


def test_every_line_of_a_page_is_found(pages: Sequence[CheckedPage]) -> None:
    (page,) = pages
    assert page.job.page == "index.md"
    assert [where(example) for example in page.examples] == [
        ["docs/index.md:7", "docs/index.md:8"],
        ["docs/index.md:14"],
        ["docs/index.md:18", "docs/index.md:20"],
        ["docs/index.md:26", "docs/index.md:27", "docs/index.md:28"],
        ["docs/code.py:2", "docs/code.py:3"],
        ["parts/part.md:4"],
        ["parts/part.md:8"],
    ]


def test_outputs_flags_and_options_are_known(pages: Sequence[CheckedPage]) -> None:
    (page,) = pages
    outputs = [(str(output.location), output.text) for each in page.examples for output in each.outputs]
    assert outputs == [("docs/index.md:21", "2..."), ("docs/index.md:29", "[1, 2]")]
    assert page.examples[0].raises == "ZeroDivisionError"
    assert [(each.line, each.flags[0].name) for each in page.examples[2].flags] == [
        (1, "SKIP"),
        (2, "ELLIPSIS"),
    ]
    assert page.job.cells[2]["data-source"] == "\nb + 1"
    assert page.job.skipped == {4}
    assert page.examples[4].skip == "slow"


def test_nothing_of_it_is_in_the_html(pages: Sequence[CheckedPage], site: Site) -> None:
    assert pages
    assert "slow" not in site.html()
    assert "docs/code.py" not in site.html()


def test_the_job_of_a_page_has_the_attributes_of_its_html(pages: Sequence[CheckedPage], site: Site) -> None:
    (page,) = pages
    html = [{name: str(value) for name, value in cell.attrs.items()} for cell in site.cells()]
    jobs = [dict(cell) for cell in page.job.cells]
    for cells in (html, jobs):
        for name in ("data-source", "data-expected"):  # without what is skipped
            cells[2].pop(name)
    assert html == jobs
