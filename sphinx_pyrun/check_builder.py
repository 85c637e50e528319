"""``sphinx-build -b pyrun-check``: reads all pages, checks their examples, and writes no page."""

from collections.abc import Set as AbstractSet
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder

from sphinx_pyrun.conditions import CHECK_BUILDER

__all__ = ["CheckBuilder", "setup_builder"]


_TAGS_OF_HTML = ("html", "format_html", "builder_html")


class CheckBuilder(Builder):
    """Shows what an HTML page shows. `sphinx_pyrun.check` does the check, once all pages have been read."""

    name = CHECK_BUILDER
    epilog = "The report of the check is in %(outdir)s."
    allow_parallel = True
    supported_image_types: ClassVar[list[str]] = []

    def init(self) -> None:
        """Let directives such as ``only`` show what the HTML builder shows.

        Its format is not that of HTML, because extensions take a builder of that format for Sphinx's own.
        """
        for tag in _TAGS_OF_HTML:
            self.tags.add(tag)

    def get_outdated_docs(self) -> list[str]:
        """None, because none is written."""
        return []

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002 - signature of Sphinx
        """The URI that the page would have."""
        return f"{docname}.html"

    def write(self, *ignored: object) -> None:  # type: ignore[misc]  # final, but only for type checkers
        """Write nothing."""

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Nothing to prepare."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write nothing."""


def setup_builder(app: Sphinx) -> None:
    """Register the builder."""
    app.add_builder(CheckBuilder)
