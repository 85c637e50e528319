"""The directive ``pyrun-source-tree``: the modules of the project, each with its first sentence.

The content lists the folders, one per line, each with its purpose. The build warns about folders that only
the project or only the content contains.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

__all__ = ["SourceTree", "first_sentence", "setup", "sources"]

PROJECT = Path(__file__).resolve().parent.parent.parent
ROOTS = (
    "pyrun_syntax",
    "pyrun_core",
    "markdown_pyrun",
    "mkdocs_pyrun",
    "sphinx_pyrun",
    "zensical_pyrun",
    "assets",
)
SUFFIXES = frozenset({".py", ".pyi", ".js", ".mjs", ".wat"})

_BUILT = PROJECT / "pyrun_core" / "browser"
_HEADER = re.compile(r"/\*\*\s*(?P<text>.*?)\s*\*/", re.DOTALL)
_MARGIN = re.compile(r"\n \* ?")
_SENTENCE = re.compile(r".*?[^\s.]\.(?=\s|$)|[^\n]+", re.DOTALL)

_logger = logging.getLogger(__name__)


class SourceTree(SphinxDirective):
    """A definition list: each folder with its purpose, and its modules below."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        files = list(sources())
        folders = dict(line.split(maxsplit=1) for line in self.content if line.strip())
        existing = {_folder(file) for file in files}
        for folder in sorted(existing ^ set(folders)):
            _logger.warning(
                "the source tree and the project differ: %s", folder, location=self.get_location()
            )
        for file in files:
            self.env.note_dependency(str(file))
        items = [
            _item(folder, purpose, [file for file in files if _folder(file) == folder])
            for folder, purpose in folders.items()
        ]
        return [nodes.definition_list("", *items, classes=["source-tree"])]


def sources() -> Iterator[Path]:
    """The hand-written modules of the project, folder by folder."""
    for root in ROOTS:
        found = (PROJECT / root).rglob("*")
        yield from sorted(
            path for path in found if path.suffix in SUFFIXES and not path.is_relative_to(_BUILT)
        )


def first_sentence(file: Path) -> str:
    """The first sentence of a module's description, or an empty string."""
    text = file.read_text(encoding="utf-8")
    if file.suffix in {".py", ".pyi"}:
        about = ast.get_docstring(ast.parse(text)) or ""
    elif file.suffix == ".wat":
        about = " ".join(
            line.removeprefix(";;").strip() for line in text.splitlines() if line.startswith(";;")
        )
    else:
        header = _HEADER.match(text.strip())
        about = _MARGIN.sub(" ", f"\n {header['text']}") if header else ""
    sentence = _SENTENCE.match(about.strip())
    return " ".join(sentence[0].split()) if sentence else ""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("pyrun-source-tree", SourceTree)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _folder(file: Path) -> str:
    return f"{file.parent.relative_to(PROJECT).as_posix()}/"


def _item(folder: str, purpose: str, files: list[Path]) -> nodes.definition_list_item:
    term = nodes.term("", "", nodes.literal(text=folder), nodes.Text(f" {purpose}"))
    modules = [_module(file) for file in files if file.name != "__init__.py"]
    return nodes.definition_list_item("", term, nodes.definition("", nodes.bullet_list("", *modules)))


def _module(file: Path) -> nodes.list_item:
    about = nodes.Text(f": {first_sentence(file)}")
    return nodes.list_item("", nodes.paragraph("", "", nodes.literal(text=file.name), about))
