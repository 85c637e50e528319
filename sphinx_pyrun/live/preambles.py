"""What runs before the existing examples of a page, besides the preambles that authors set."""

from collections.abc import Sequence

from pyrun_core.live.preamble import ModuleNames, docstring_preamble, join_preambles, module_names
from pyrun_core.options.declare import Values
from sphinx_pyrun.live.docstrings import Docstring, modules_of
from sphinx_pyrun.live.found import Found

__all__ = ["Preambles"]


class Preambles:
    """The preambles of one page. All examples of a session have the same one.

    ``global_setup`` is what `sphinx.ext.doctest` runs before each group.
    """

    def __init__(self, found: Sequence[Found], global_setup: str, site: Values, page: Values) -> None:
        self._found = found
        self._global_setup = global_setup
        self._site = site
        self._page = page
        self._of_docstrings: dict[str, str] = {}

    def of(self, found: Found) -> str:
        """The preamble of a block."""
        docstring = found.docstring
        if docstring is None:
            return self._global_setup
        if docstring.name not in self._of_docstrings:
            self._of_docstrings[docstring.name] = self._of_docstring(docstring)
        return self._of_docstrings[docstring.name]

    def _of_docstring(self, docstring: Docstring) -> str:
        """What the page sets up counts for its docstrings too: for Sphinx, they are of the same group."""
        setups = [
            each.code.source
            for each in self._found
            if each.is_setup and each.docstring is None and "" in each.sessions
        ]
        before = join_preambles([self._global_setup, *setups])
        sources = [
            each.code.source
            for each in self._found
            if each.docstring and each.docstring.name == docstring.name
        ]
        modules = modules_of(docstring)
        known = [module_names(module) for module in modules]
        name = modules[0].__name__ if modules else docstring.name.rpartition(".")[0]
        page = {**self._page, "preamble": join_preambles([self._page.get("preamble", ""), before])}
        unknown = [] if modules or not name else [ModuleNames(name)]
        return join_preambles([before, docstring_preamble(name, sources, known or unknown, self._site, page)])
