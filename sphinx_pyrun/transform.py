"""From the block in the doctree to what a builder writes."""

from collections import defaultdict

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.transforms.post_transforms.code import HighlightLanguageTransform

from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.page_examples import PageExamples, with_unique_names
from sphinx_pyrun.config import site_values
from sphinx_pyrun.domain import pyrun_domain
from sphinx_pyrun.nodes import (
    LIVE_BUILDERS,
    find_examples,
    location_of,
    pyrun_cell,
    settings_of,
    unmark_example,
)
from sphinx_pyrun.report import report
from sphinx_pyrun.site import example_attributes

__all__ = ["LiveExamples", "OrdinaryExamples", "setup_transforms"]

# Right after Sphinx has chosen the language of blocks, it removes doctest flags and <BLANKLINE> from them.
# Readers get the source with both.
_BEFORE_TRIMMING = HighlightLanguageTransform.default_priority - 1


def setup_transforms(app: Sphinx) -> None:
    """Register one transform for live pages, and one for everything else."""
    app.add_post_transform(LiveExamples)
    app.add_post_transform(OrdinaryExamples)


class LiveExamples(SphinxPostTransform):
    """Puts each example into a `pyrun_cell`. The block inside keeps the look of the theme."""

    builders = LIVE_BUILDERS
    default_priority = _BEFORE_TRIMMING

    def run(self, **kwargs: object) -> None:  # noqa: ARG002 - signature of Sphinx
        """Wrap the examples, and check what matters on live pages only."""
        distribution = pyrun_domain(self.env).site.distribution
        blocks = list(find_examples(self.document))
        pages: dict[str, PageExamples] = defaultdict(lambda: PageExamples(report))
        examples: list[tuple[str, Example]] = []
        for block in blocks:
            docname = settings_of(block)["docname"]
            examples.append((docname, pages[docname].add(self._example(block))))
        for page in pages.values():
            page.check_needs()
        attributes = example_attributes(self.env, blocks)
        for block, example, values in zip(blocks, with_unique_names(examples), attributes, strict=True):
            cell = pyrun_cell("", example=example, distribution=distribution, site_attributes=values)
            _wrap(block, cell)

    def _example(self, block: nodes.literal_block) -> Example:
        settings = settings_of(block)
        return make_example(
            block.astext(),
            site=site_values(self.config),
            page=settings["page"],
            block=settings["block"],
            location=location_of(block),
        )


class OrdinaryExamples(SphinxPostTransform):
    """Gives all other builders what `code-block` would have given them."""

    default_priority = _BEFORE_TRIMMING

    def is_supported(self) -> bool:
        """Whether `LiveExamples` does not run."""
        return not LiveExamples(self.document).is_supported()

    def run(self, **kwargs: object) -> None:  # noqa: ARG002 - signature of Sphinx
        """Remove hidden examples, and the mark from all others."""
        for block in list(find_examples(self.document)):
            if settings_of(block)["block"].get("hidden"):
                block.parent.remove(block)
            else:
                unmark_example(block)


def _wrap(block: nodes.literal_block, cell: pyrun_cell) -> None:
    parent = block.parent
    index = parent.index(block)
    if cell["example"].options.hidden:
        parent[index] = cell
        return
    # In the page, the editor replaces the block. Links to the example must still work.
    anchor = nodes.target("", "", ids=block["ids"])
    block["ids"] = []
    parent[index] = cell
    if anchor["ids"]:
        parent.insert(index, anchor)
    unmark_example(block)
    cell += block
