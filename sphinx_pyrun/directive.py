"""``.. pyrun::``, an example that a reader can run."""

import re
from typing import Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.directives.code import CodeBlock
from sphinx.util.typing import OptionSpec

from pyrun_core.examples.checks import check_lines, check_source, report_taken_name
from pyrun_core.options.declare import Scope, declared_options, read_options
from pyrun_core.problems import Location
from sphinx_pyrun.any_option import AnyOption
from sphinx_pyrun.nodes import mark_example
from sphinx_pyrun.report import report
from sphinx_pyrun.source import as_written

__all__ = ["PyrunDirective", "setup_directive"]

# Options of `code-block` that affect how Sphinx shows a block, and have no meaning for an example.
_SPHINX_ONLY = {
    name: reader
    for name, reader in (CodeBlock.option_spec or {}).items()
    if name not in {option.name for option in declared_options(Scope.BLOCK)}
}

# For `code-block`, "3-" means "from line 3 on".
_OPEN_END = re.compile(r"-(?=\s*(?:,|$))")


def setup_directive(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("pyrun", PyrunDirective)


class PyrunDirective(CodeBlock):
    """A code block whose literal block is marked as an example."""

    optional_arguments = 0
    option_spec: ClassVar[OptionSpec] = AnyOption(Scope.BLOCK, _SPHINX_ONLY)

    def run(self) -> list[nodes.Node]:
        """The nodes of a `code-block`. None if there is no code."""
        location = Location(*self.get_source_info())
        source = as_written(self)
        shown_by_sphinx = {name: self.options.pop(name) for name in _SPHINX_ONLY if name in self.options}
        values = self._read_values(source, location)
        if not check_source(source, report, location):
            return []
        if self._has_taken_name(values, location):
            del values["name"]
        self.content = StringList(source.split("\n"), location.file)
        self.arguments = ["python"]
        self.options = shown_by_sphinx | self._code_block_options(values)
        rendered = super().run()
        for node in rendered:
            for block in node.findall(nodes.literal_block):
                mark_example(block, values)
        return rendered

    def _read_values(self, source: str, location: Location) -> dict[str, Any]:
        if lines := self.options.get("emphasize-lines"):
            last = source.count("\n") + 1
            self.options["emphasize-lines"] = _OPEN_END.sub(f"-{last}", lines)
        values = read_options(self.options, Scope.BLOCK, location, report)
        if lines := values.get("emphasize_lines"):
            values["emphasize_lines"] = check_lines(lines, source, report, location)
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

    def _has_taken_name(self, values: dict[str, Any], location: Location) -> bool:
        """Whether something else in this page has the name. If so, that is reported.

        Nothing links to a hidden example, so its name is compared only with those of other examples.
        """
        name = values.get("name", "")
        if values.get("hidden") or not self.state.document.nametypes.get(nodes.fully_normalize_name(name)):
            return False
        report_taken_name(name, report, location)
        return True
