"""All builders accept the same sources without a warning, and only HTML pages are live."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from sphinx_pyrun.nodes import find_examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import MakeSite, Site

LIVE = ["html", "dirhtml", "singlehtml"]
ORDINARY = [
    "applehelp",
    "changes",
    "devhelp",
    "dummy",
    "epub",
    "gettext",
    "htmlhelp",
    "json",
    "latex",
    "man",
    "pickle",
    "pseudoxml",
    "qthelp",
    "texinfo",
    "text",
    "xml",
]


@pytest.fixture
def _socket_timeout() -> Iterator[None]:
    """Keep a build from changing the default timeout of sockets, which all tests of this process share.

    Sphinx's builder ``linkcheck`` sets it to 5 seconds and leaves it.
    """
    before = socket.getdefaulttimeout()
    yield
    socket.setdefaulttimeout(before)


@pytest.mark.parametrize("builder", LIVE)
def test_live_builders_are_clean_and_make_cells(tutorial: Site, builder: str) -> None:
    app = tutorial.build(builder)
    pages = [path for path in tutorial.outdir.rglob("*.html") if b"<pyrun-cell" in path.read_bytes()]
    assert len(pages) == (1 if builder == "singlehtml" else 3)
    assert list(tutorial.outdir.glob("_static/pyrun/pyodide-314.0.7-*/pyodide.asm.wasm"))
    assert app.builder.name == builder


# Warnings of these packages themselves, on new versions of Sphinx.
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning:sphinxcontrib")
@pytest.mark.parametrize("builder", ORDINARY)
def test_other_builders_are_clean_and_make_no_cells(tutorial: Site, builder: str) -> None:
    tutorial.build(builder)
    for path in tutorial.outdir.rglob("*"):
        if path.is_file() and path.parent.name != "_sources":
            content = path.read_bytes()
            assert b"pyrun-cell" not in content, path
            assert b"secret_answer = 42" not in content, path
    assert not list(tutorial.outdir.rglob("_static/pyrun"))


# A warning of Sphinx 7.4 itself.
@pytest.mark.filterwarnings("ignore::DeprecationWarning:sphinx.builders.linkcheck")
@pytest.mark.usefixtures("_socket_timeout")
@pytest.mark.parametrize("builder", ["doctest", "linkcheck", "coverage"])
def test_builders_that_check_are_clean(tutorial: Site, builder: str) -> None:
    tutorial.conf["extensions"] = ["sphinx_pyrun", "myst_parser", "sphinx.ext.doctest", "sphinx.ext.coverage"]
    tutorial.build(builder)


@pytest.mark.parametrize("builder", ["text", "pseudoxml", "xml", "man", "latex", "texinfo"])
def test_other_builders_write_the_same_as_for_a_code_block(
    make_site: MakeSite,
    builder: str,
) -> None:
    block = "{}\n   :caption: A title\n   :name: demo\n   :linenos:\n\n   print(1)\n"
    written = []
    for directive in (".. pyrun::", ".. code-block:: python"):
        site = make_site({"index.rst": "Title\n=====\n\n" + block.format(directive)})
        site.build(builder, freshenv=True)
        written.append(site.files())
    assert written[0] == written[1]


def test_a_shared_doctree_works_for_all_builders(tutorial: Site) -> None:
    for builder in ["html", "text", "dirhtml", "singlehtml", "html"]:
        tutorial.build(builder)
    assert len(tutorial.cells()) == 5
    tutorial.build("dirhtml")
    assert len(tutorial.cells()) == 5


def test_the_doctree_contains_ordinary_blocks(tutorial: Site) -> None:
    app = tutorial.build("dummy")
    examples = list(find_examples(app.env.get_doctree("index")))
    assert len(examples) == 5
    assert {type(block) for block in examples} == {nodes.literal_block}
    assert {block["language"] for block in examples} == {"python"}
