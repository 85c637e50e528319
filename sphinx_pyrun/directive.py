"""``.. pyrun::``, an example that a reader can run, and the directives for consoles and playgrounds.

It takes no argument, as docutils sees it, so that code can follow without an empty line. What stands on the
line of the directive is then the first line of the content. `PyrunDirective` takes it for the path of a file.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.directives.code import CodeBlock
from sphinx.util.typing import OptionSpec

from pyrun_core.examples.block_kinds import (
    CONSOLE,
    PLAYGROUND,
    checked_block,
    may_be_empty,
    page_code,
)
from pyrun_core.examples.checks import LINE_OPTIONS, check_line_options, report_taken_name
from pyrun_core.examples.code_file import Code, CodeFiles, take_code, without_excerpt
from pyrun_core.examples.hidden_lines import take_hidden_lines
from pyrun_core.examples.provenance import FileLines, Provenance
from pyrun_core.examples.syntax import check_syntax
from pyrun_core.options.declare import Scope, declared_options, read_options
from pyrun_core.problems import Location, Problem, shorten
from sphinx_pyrun.any_option import AnyOption
from sphinx_pyrun.folds import set_hidden_lines
from sphinx_pyrun.live.code import PageFiles
from sphinx_pyrun.nodes import find_examples, mark_example
from sphinx_pyrun.report import report
from sphinx_pyrun.settings import BlockCode
from sphinx_pyrun.source import as_written

__all__ = ["PyrunConsoleDirective", "PyrunDirective", "PyrunPlaygroundDirective", "setup_directives"]

# Options of `code-block` that affect how Sphinx shows a block, and have no meaning for an example.
_SPHINX_ONLY = {
    name: reader
    for name, reader in (CodeBlock.option_spec or {}).items()
    if name not in {option.name for option in declared_options(Scope.BLOCK)}
}

_LANGUAGES = frozenset({"ipython", "ipython3", "py", "py3", "python", "python3"})
"""What authors leave behind who make a `code-block` live."""

_PATH = re.compile(r"[^()=\"'`]+\.\w+|[^\s()=\"'`]*/[^\s()=\"'`]*")
"""What is rather the path of a file than code."""

# For `code-block`, "3-" means "from line 3 on".
_OPEN_END = re.compile(r"-(?=\s*(?:,|$))")


def setup_directives(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("pyrun", PyrunDirective)
    app.add_directive(CONSOLE, PyrunConsoleDirective)
    app.add_directive(PLAYGROUND, PyrunPlaygroundDirective)


class PyrunDirective(CodeBlock):
    """A code block whose literal block is marked as an example."""

    optional_arguments = 0
    option_spec: ClassVar[OptionSpec] = AnyOption(Scope.BLOCK, _SPHINX_ONLY)

    def run(self) -> list[nodes.Node]:
        """The nodes of a `code-block`. None if there is no code."""
        location = Location(*self.get_source_info())
        if not self._read_argument(location):
            return []
        files = CodeFiles(Path(self.env.srcdir), self.env.note_dependency)
        folder = PurePath(self.env.doc2path(self.env.docname, base=False)).parent.as_posix()
        code = take_code(as_written(self), self.options, files, folder, report, location)
        if code is None:
            return []
        self.options = without_excerpt(self.options)
        shown_by_sphinx = {name: self.options.pop(name) for name in _SPHINX_ONLY if name in self.options}
        values = self._read_values(code.source, location)
        provenance = self._provenance(code, location)
        if not may_be_empty(values):
            code, values, provenance = take_hidden_lines(code, values, provenance, report, location)
        checked = checked_block(code, values, report, location)
        if checked is None:
            return []
        code, values = checked
        source, is_console = code.source, values.get("console", False)
        is_python = check_syntax(code, values.get("raises", ""), report, location)
        shares_name = False
        if taken_by := self._node_with_name(values):
            # Perhaps the page shows only one of the two. That is known when it is written.
            shares_name = next(find_examples(taken_by), None) is not None
            if not shares_name:
                report_taken_name(values.pop("name"), report, location)
        shown = page_code(source, values)
        self.content = StringList(shown.split("\n"), location.file)
        self.arguments = ["pycon" if is_console else "python"]
        # Sphinx would only warn that Pygments cannot read it.
        relaxed = {} if is_python else {"force": None}
        self.options = relaxed | shown_by_sphinx | self._code_block_options(values)
        if shares_name:
            self.options.pop("name", None)
        rendered = super().run()
        for block in _blocks_in(rendered):
            place = Location(block.source or "", block.line)
            mark_example(
                block, values, BlockCode(source, place, (), provenance) if is_console else provenance
            )
            set_hidden_lines(block, values.get("hide_lines", ()))
            if shares_name:
                block["ids"].append(nodes.make_id(values["name"]))
        return rendered

    def _provenance(self, code: Code, location: Location) -> Provenance:
        """Where the lines of the code are: in a file, or below the line of the directive."""
        if code.file:
            return Provenance((FileLines(str(Path(self.env.srcdir, code.file)), code.numbers),))
        first = PageFiles().find(code.source, location, is_below=True)
        return Provenance.of_lines(location.file, first, code.source)

    def _read_argument(self, location: Location) -> bool:
        """Read what follows the name of the directive. Whether there can be an example in spite of it."""
        argument = self._take_argument(location)
        if argument.lower() in _LANGUAGES:  # as for `code-block`
            return True
        if argument and not self.options.get("file") and _PATH.fullmatch(argument):
            self.options["file"] = argument
        elif argument:
            message = (
                f"{shorten(argument)} follows the name of the directive, where only the path of a file with "
                "code may be. Write code below that line, indented"
            )
            report(Problem.OPTION, message, location)
            return bool(self.content or self.options.get("file"))
        return True

    def _take_argument(self, location: Location) -> str:
        """Take the first line out of the content, if it is the end of the line of the directive."""
        first = self.content[0].strip() if self.content else ""
        if any(line.split() == first.split() for line in self._lines(location)):
            return ""
        self.content = self.content[1:]
        while self.content and not self.content[0].strip():
            self.content = self.content[1:]
        return first

    def _lines(self, location: Location) -> list[str]:
        """The lines of the directive, without those that begin with its name."""
        lines = self.block_text.splitlines()
        if self.block_text != "\n".join(self.content):
            return lines
        # Versions of MyST before 5.2 provide only the content, with what follows the name as its first line.
        try:
            first = Path(location.file).read_text(encoding="utf-8-sig").splitlines()[(location.line or 0) - 1]
        except (OSError, ValueError, IndexError):
            return lines
        return lines[1:] if "pyrun}" in first and first.split("pyrun}")[-1].strip() else lines

    def _read_values(self, source: str, location: Location) -> dict[str, Any]:
        last = source.count("\n") + 1
        for name in LINE_OPTIONS:
            if lines := self.options.get(name):
                self.options[name] = _OPEN_END.sub(f"-{last}", lines)
        values = read_options(self.options, Scope.BLOCK, location, report)
        check_line_options(values, source, report, location)
        return values

    def _code_block_options(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values that `code-block` shows, as its options."""
        options: dict[str, Any] = {}
        if lines := values.get("emphasize_lines"):
            options["emphasize-lines"] = ",".join(map(str, lines))
        if values.get("linenos"):
            options["linenos"] = None
        if values.get("hidden"):  # a hidden example has no caption, and nothing links to it
            return options
        if values.get("caption"):
            options["caption"] = values["caption"]
        if values.get("name"):
            options["name"] = values["name"]
        return options

    def _node_with_name(self, values: dict[str, Any]) -> nodes.Element | None:
        """Something else in this page that has the name.

        Nothing links to a hidden example, so its name is compared only with those of other examples.
        """
        name = nodes.fully_normalize_name(values.get("name", ""))
        document = self.state.document
        if values.get("hidden") or not document.nametypes.get(name):
            return None
        return document.ids.get(document.nameids[name] or "", document)


def _blocks_in(rendered: list[nodes.Node]) -> Iterator[nodes.literal_block]:
    for node in rendered:
        yield from node.findall(nodes.literal_block)


class PyrunConsoleDirective(PyrunDirective):
    """``.. pyrun-console::``, a console, whose content is what it starts with."""

    def run(self) -> list[nodes.Node]:
        """The nodes of a block with prompts."""
        self.options.setdefault("console", "true")
        return super().run()


class PyrunPlaygroundDirective(PyrunDirective):
    """``.. pyrun-playground::``, a playground, whose content is what its file ``main.py`` starts with."""

    def run(self) -> list[nodes.Node]:
        """The nodes of a code block."""
        self.options.setdefault("playground", "true")
        return super().run()
