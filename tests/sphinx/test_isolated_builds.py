"""Builds in separate folders, through `sphinx-testing` and `unittest`."""

from __future__ import annotations

import unittest
from pathlib import Path
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from sphinx_testing import with_app

if TYPE_CHECKING:
    from io import StringIO

    from sphinx.application import Sphinx

TUTORIAL = str(Path(__file__).parent / "roots" / "test-tutorial")


class TheTutorial(unittest.TestCase):
    @with_app(buildername="html", srcdir=TUTORIAL, copy_srcdir_to_tmpdir=True)
    def test_is_live_in_html(self, app: Sphinx, status: StringIO, warning: StringIO) -> None:
        app.build()
        page = BeautifulSoup((Path(app.outdir) / "markdown.html").read_bytes(), "html.parser")
        assert warning.getvalue() == "", status.getvalue()
        assert [cell["data-source"] for cell in page.find_all("pyrun-cell")] == [
            'name = input("Who? ")\nprint(f"Hello, {name}")',
            'print("listed")',
        ]

    @with_app(buildername="text", srcdir=TUTORIAL, copy_srcdir_to_tmpdir=True)
    def test_is_ordinary_in_text(self, app: Sphinx, status: StringIO, warning: StringIO) -> None:
        app.build()
        assert warning.getvalue() == "", status.getvalue()
        assert 'print("Hello, reader")' in (Path(app.outdir) / "index.txt").read_text()
