"""The directive ``pyrun-warnings``: every kind of build warning, from the enumeration in the code."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from pyrun_core import problems

__all__ = ["WarningReference", "setup"]


class WarningReference(SphinxDirective):
    """A definition list: the name that suppresses a kind of warning, and its meaning."""

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        self.env.note_dependency(problems.__file__)
        about = ModuleAnalyzer.for_module(problems.__name__).find_attr_docs()
        items = [
            _item(problem.value, " ".join(about["Problem", problem.name])) for problem in problems.Problem
        ]
        return [nodes.definition_list("", *items)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("pyrun-warnings", WarningReference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _item(name: str, about: str) -> nodes.definition_list_item:
    term = nodes.term("", "", nodes.literal(text=f"pyrun.{name}"))
    return nodes.definition_list_item("", term, nodes.definition("", nodes.paragraph(text=about.strip())))
