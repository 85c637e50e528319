"""Stored outputs in the doctree: under their cells in live pages, as ordinary blocks and images elsewhere."""

import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.writers.html5 import HTML5Translator

from pyrun_core.outputs.render import OUTPUT_END, figure_html, output_start, piece_html
from pyrun_core.outputs.stored import StoredFigure, StoredOutput, StoredText, write_figures

__all__ = ["keep_figures", "live_output", "ordinary_output", "pyrun_output", "setup_outputs", "shows_outputs"]

_FORMATS = frozenset({"html", "latex", "text", "man", "texinfo"})
"""The formats of builders that write what people read."""

_FIGURES = "pyrun-figures"
"""The folder of figures among the doctrees. Sphinx copies them from there, like the author's images."""

_CONVERTERS = ("sphinx.ext.imgconverter", "sphinxcontrib.rsvgconverter", "sphinxcontrib.cairosvgconverter")
"""Extensions that turn an image into a form that the builder can use."""


class pyrun_output(nodes.General, nodes.Element):  # noqa: N801 - node classes are named like tags
    """A stored output in a live page. Its children are pieces of HTML, and figures.

    Its attribute ``language`` is that of its cell.
    """


class pyrun_figure(nodes.image):  # noqa: N801 - node classes are named like tags
    """A figure in it. Sphinx copies its file. It has one attribute more, ``figure``."""


def setup_outputs(app: Sphinx) -> None:
    """Register the nodes with the HTML translator."""
    app.add_node(pyrun_output, html=(_visit_output, _depart_output))
    app.add_node(pyrun_figure, html=(_visit_figure, _depart_figure))


def shows_outputs(builder: Builder) -> bool:
    """Whether a builder writes pages in which people read outputs."""
    return builder.format in _FORMATS


def keep_figures(builder: Builder, new: Iterable[StoredOutput], kept: Iterable[StoredOutput]) -> None:
    """Write the figures of new outputs, and remove those of outputs that are no longer kept."""
    folder = Path(builder.doctreedir, _FIGURES)
    for output in new:
        write_figures(output, folder)
    names = {figure.name for output in kept for figure in output.figures()}
    for path in folder.glob("*"):
        if path.name not in names:
            path.unlink()


def live_output(builder: Builder, output: StoredOutput, language: str) -> pyrun_output:
    """The output for a cell of a live page in this language."""
    shown = pyrun_output(language=language)
    for piece in output.pieces:
        if isinstance(piece, StoredFigure):
            shown += _image(builder, piece, pyrun_figure(figure=piece))
        else:
            shown += nodes.raw("", piece_html(piece), format="html")
    return shown


def ordinary_output(builder: Builder, output: StoredOutput) -> Iterator[nodes.Element]:
    """The output for a builder whose pages run nothing."""
    types = builder.supported_image_types
    converts = any(name in builder.config.extensions for name in _CONVERTERS)
    for piece in output.pieces:
        if isinstance(piece, StoredFigure):
            if converts or not types or piece.mime_type in types:
                yield _image(builder, piece, nodes.image())
            else:
                yield _block(piece.alt or piece.text)
        elif isinstance(piece, StoredText) or builder.format != "html":
            yield _block(piece.text)
        else:
            yield nodes.raw("", piece.html, format="html")


def _block(text: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language="text", classes=["pyrun-output"])


def _image(builder: Builder, figure: StoredFigure, node: nodes.image) -> nodes.image:
    """Fill in an image, and have Sphinx copy its file, as for images that it has downloaded."""
    path = Path(builder.doctreedir, _FIGURES, figure.name).as_posix()
    node.update_basic_atts({"classes": ["pyrun-output"]})
    node["uri"] = path
    node["candidates"] = {figure.mime_type: path}
    node["alt"] = figure.alt or figure.text
    if figure.width and not isinstance(node, pyrun_figure):  # there, Sphinx would make it a link to its file
        node["width"] = f"{round(figure.width)}px"
    builder.env.images.add_file(builder.env.docname, path)
    return node


def _visit_output(translator: HTML5Translator, node: pyrun_output) -> None:
    translator.body.append(output_start(node["language"]))


def _depart_output(translator: HTML5Translator, node: pyrun_output) -> None:  # noqa: ARG001 - Sphinx passes it
    translator.body.append(OUTPUT_END)


def _visit_figure(translator: HTML5Translator, node: pyrun_figure) -> None:
    builder = translator.builder
    url = posixpath.join(builder.imgpath, builder.images[node["uri"]])
    translator.body.append(figure_html(node["figure"], url, node.parent["language"]))


def _depart_figure(translator: HTML5Translator, node: pyrun_figure) -> None:
    """Nothing: it has no content."""
