"""From the block in the doctree to what a builder writes."""

from collections import defaultdict

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from pyrun_core.examples.block_kinds import may_be_empty
from pyrun_core.examples.example import Example
from pyrun_core.examples.page_examples import PageExamples, with_unique_names
from pyrun_core.options.declare import Values
from pyrun_core.options.languages import spoken_language
from sphinx_pyrun.conditions import ShownContent, conditions_of
from sphinx_pyrun.config import site_values
from sphinx_pyrun.domain import pyrun_domain
from sphinx_pyrun.folds import close_folds, enclose_folds, hidden_lines_of, remove_hidden_lines
from sphinx_pyrun.nodes import (
    LIVE_BUILDERS,
    blocks_of,
    code_of,
    find_examples,
    hidden_example,
    key_of,
    pyrun_cell,
    settings_of,
    unmark_example,
)
from sphinx_pyrun.outputs import live_output, ordinary_output
from sphinx_pyrun.report import report
from sphinx_pyrun.settings import make_shown_example

__all__ = ["EnclosedExamples", "OrdinaryExamples", "example_of", "setup_transforms"]

# Before all others, which change blocks (Sphinx removes doctest flags) or replace them (sphinx-gallery adds
# links). docutils sorts priorities as text of at least three characters, and numbers them from "000".
_FIRST = -1

# After all others, which may remove examples: Sphinx those in `only` and `ifconfig` for other builds.
_LAST = 999


def setup_transforms(app: Sphinx) -> None:
    """Register the transform and the check for live pages, and the transform for everything else."""
    app.add_post_transform(EnclosedExamples)
    app.add_post_transform(OrdinaryExamples)
    app.connect("doctree-resolved", check_page, priority=_LAST)


class EnclosedExamples(SphinxPostTransform):
    """Puts each example into a `pyrun_cell`, which keeps it whatever other transforms do with the block.

    The block inside keeps the look of the theme.
    """

    builders = LIVE_BUILDERS
    default_priority = _FIRST

    def run(self, **kwargs: object) -> None:  # noqa: ARG002 - signature of Sphinx
        """Make the examples and their cells."""
        site, domain = site_values(self.config), pyrun_domain(self.env)
        ordinary = domain.ordinary_examples()
        outputs = domain.outputs_of(domain.builder.name)
        for block in list(find_examples(self.document)):
            key = key_of(block) if ordinary or outputs else ""
            if key in ordinary:
                _unfold(block, site, domain.shown)
                unmark_example(block)
                continue
            example = example_of(block, site, domain.shown)
            cell = pyrun_cell("", example=example)
            _enclose(block, cell)
            if key in outputs:
                language = spoken_language(example.options.language)
                cell += live_output(domain.builder, outputs[key], language)


def example_of(block: nodes.Element, site: Values, shown: ShownContent) -> Example:
    """The example of a block, as a build shows it."""
    settings = settings_of(block)
    settings["block"] = {**settings["block"], **_shown_caption(block)}
    return make_shown_example(settings, site, shown, code_of(block))


def check_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:  # noqa: ARG001 - of the event
    """Check the examples that the page shows, with the others of their page, and make their names unique.

    `singlehtml` shows many pages in one.
    """
    if app.builder.name not in LIVE_BUILDERS:
        return
    shown = pyrun_domain(app.env).shown
    cells = [cell for cell in doctree.findall(pyrun_cell) if shown.shows(conditions_of(cell))]
    pages: dict[str, PageExamples] = defaultdict(lambda: PageExamples(report))
    examples = [pages[cell["example"].page].add(cell["example"]) for cell in cells]
    for page in pages.values():
        page.check_needs()
    for cell, example in zip(cells, with_unique_names(examples), strict=True):
        if not example.options.name:
            _remove_anchor(cell)
        cell["example"] = example
    close_folds(doctree)


class OrdinaryExamples(SphinxPostTransform):
    """Gives all other builders what `code-block` would have given them."""

    default_priority = _FIRST

    def is_supported(self) -> bool:
        """Whether `EnclosedExamples` does not run."""
        return not EnclosedExamples(self.document).is_supported()

    def run(self, **kwargs: object) -> None:  # noqa: ARG002 - signature of Sphinx
        """Remove what only readers of live pages can use, and the mark from all others.

        These may show an output. What goes are hidden examples, and consoles and playgrounds that
        start with no code.
        """
        builder = pyrun_domain(self.env).builder
        outputs = pyrun_domain(self.env).outputs_of(builder.name)
        for block in list(find_examples(self.document)):
            if isinstance(block, hidden_example) or settings_of(block)["block"].get("hidden"):
                block.parent.remove(block)
                continue
            if may_be_empty(settings_of(block)["block"]) and not code_of(block).source.strip():
                _remove_with_caption(block)
                continue
            output = outputs.get(key_of(block)) if outputs else None
            last = blocks_of(block)[-1]
            _unfold(block, site_values(self.config), pyrun_domain(self.env).shown)
            unmark_example(block)
            if output is not None:
                place = last.parent.index(last) + 1
                last.parent[place:place] = list(ordinary_output(builder, output))


def _remove_with_caption(block: nodes.Element) -> None:
    wrapper = block.parent
    has_caption = isinstance(wrapper, nodes.container) and isinstance(wrapper[0], nodes.caption)
    removed = wrapper if has_caption else block
    removed.parent.remove(removed)


def _unfold(block: nodes.Element, site: Values, shown: ShownContent) -> None:
    """Make the blocks of an example ordinary ones, which fold nothing away."""
    folded = [each for each in blocks_of(block) if hidden_lines_of(each)]
    where = example_of(block, site, shown).options.hidden_lines_in if folded else ()
    for each in folded:
        remove_hidden_lines(each, where)


def _shown_caption(block: nodes.Element) -> Values:
    """The caption as the page shows it: translated, and without markup. Messages use the same words."""
    caption = block.parent[0]
    return {"caption": caption.astext()} if isinstance(caption, nodes.caption) else {}


def _remove_anchor(cell: pyrun_cell) -> None:
    """Links lead to the example that keeps the name."""
    index = cell.parent.index(cell)
    anchor = cell.parent[index - 1] if index else None
    if isinstance(anchor, nodes.target) and cell["example"].options.name:
        cell.parent.remove(anchor)


def _enclose(block: nodes.Element, cell: pyrun_cell) -> None:
    parent = block.parent
    index = parent.index(block)
    if cell["example"].options.hidden:
        parent[index] = cell
        return
    blocks = blocks_of(block)
    # In the page, the editor replaces the block. Links to the example must still work.
    ids = [each_id for each in blocks for each_id in each["ids"]]
    unmark_example(block)
    for each in blocks:
        each["ids"] = []
        parent.remove(each)
    anchor = [nodes.target("", "", ids=ids)] if ids else []
    parent[index:index] = [*anchor, cell]
    cell += enclose_folds(blocks, cell["example"].options)
