"""What pages written for jupyterlite-sphinx say: which examples readers may try.

https://jupyterlite-sphinx.readthedocs.io/en/latest/directives/try_examples.html
"""

from typing import ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, is_directive_registered
from sphinx.util.typing import OptionSpec

from pyrun_core.live.comments import is_try_examples_off
from sphinx_pyrun.live.regions import MADE, Made

__all__ = ["TRY_EXAMPLES", "setup_try_examples", "switched_off"]

TRY_EXAMPLES = "try_examples"
"""The directive around examples that are live, whatever the option ``live`` says."""

_SWITCHED_OFF = "pyrun-switched-off"


def setup_try_examples(app: Sphinx) -> None:
    """Take over what jupyterlite-sphinx does."""
    app.connect("config-inited", setup_beside_others)


def setup_beside_others(app: Sphinx, config: Config) -> None:  # noqa: ARG001 - signature of the event
    """Register the directive, unless the site still has jupyterlite-sphinx, and look at docstrings."""
    if not is_directive_registered(TRY_EXAMPLES):
        app.add_directive(TRY_EXAMPLES, TryExamplesDirective)
    if "sphinx.ext.autodoc" in app.extensions:
        # After napoleon and numpydoc, which do not expect that lines are missing.
        app.connect("autodoc-process-docstring", note_switched_off, priority=900)


def note_switched_off(  # noqa: PLR0913, PLR0917 - signature of the event
    app: Sphinx,
    what: str,  # noqa: ARG001
    name: str,
    obj: object,  # noqa: ARG001
    options: object,  # noqa: ARG001
    lines: list[str],
) -> None:
    """Note the docstring, if it says that its examples stay as they are. Remove the line that says it.

    docutils would take it for text.
    """
    if any(map(is_try_examples_off, lines)):
        switched_off(app.env).add(name)
        lines[:] = [line for line in lines if not is_try_examples_off(line)]


def switched_off(env: BuildEnvironment) -> set[str]:
    """The objects of the current page whose docstrings say that their examples stay as they are."""
    return cast("set[str]", env.temp_data.setdefault(_SWITCHED_OFF, set()))


class TryExamplesDirective(SphinxDirective):
    """Makes the examples in it live. The options are those of jupyterlite-sphinx, and have no effect."""

    has_content = True
    option_spec: ClassVar[OptionSpec] = dict.fromkeys(
        ("button_text", "example_class", "height", "theme", "warning_text"), directives.unchanged
    )

    def run(self) -> list[nodes.Node]:
        """The content."""
        parsed = self.parse_content_to_nodes()
        for node in parsed:
            for block in node.findall(nodes.FixedTextElement):
                block[MADE] = Made(self.name, block.source or "", block.line, unseen=False)
        return parsed
