"""Which directive has made a block, for the directives that the option ``live`` names.

Some directives return their blocks, others insert text that is parsed after them, such as `plot` and
`ipython`. Marks surround such text. They are removed when the page has been read.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeGuard, cast

from docutils import nodes, utils
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.languages import en
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from pyrun_core.options.existing_blocks import LIVE_KINDS

__all__ = ["MADE", "Made", "region_mark", "remove_marks", "setup_regions"]

_INSERTING = ("ipython", "plot")
"""Directives whose blocks have lost their docstring: they name the file of the page as the source."""

_MARK = "pyrun-region"

MADE = "pyrun-made"
"""The attribute of a block that a watched directive has returned."""

_UNSEEN = {"hide-code", "suppress"}
"""Options of `jupyter-execute` and `ipython` with which the code runs, but is not shown."""

# In a directive, a docinfo field, or the front matter of MyST.
_LIVE_OF_PAGE = re.compile(r"""^[ \t]*:?(?:pyrun-)?live["']?:[ \t]*(.*)$""", re.MULTILINE)
_WORD = re.compile(r"\w[\w.:+-]*")


class Made(NamedTuple):
    """How a directive has made blocks. ``source`` and ``line`` are those of the directive."""

    directive: str
    source: str
    line: int | None
    unseen: bool


class region_mark(nodes.Invisible, nodes.Element):  # noqa: N801 - node classes are named like tags
    """The begin of what a directive has inserted (``made`` is not None), or its end.

    With ``unseen``, it stands for code that the directive does not show.
    """


class RegionDirective(SphinxDirective):
    """A mark in text that a directive inserts."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The mark: the begin of the region whose number is the argument, or an end."""
        return [region_mark("", made=_regions(self)[int(self.arguments[0])] if self.arguments else None)]


class Watched(Directive):
    """Tells of the blocks that the class behind it in the order of bases makes."""

    def run(self) -> list[nodes.Node]:
        """The nodes of that class."""
        unseen = "\n".join(self.content or ()) if _UNSEEN & self.options.keys() else ""
        machine = cast("Any", self.state_machine)
        source, line = machine.get_source_and_line(self.lineno)
        made = Made(self.name, source or "", line, bool(unseen))
        insert: Any = getattr(machine, "insert_input", None)  # MyST's machine has none

        def insert_surrounded(lines: Iterable[str], source: str) -> None:
            regions = _regions(self)
            regions.append(made)
            begin = StringList([f".. {_MARK}:: {len(regions) - 1}", ""], source)
            content = lines if isinstance(lines, StringList) else StringList(list(lines), source)
            insert(begin + content + StringList(["", f".. {_MARK}::", ""], source), source)

        if insert:
            machine.insert_input = insert_surrounded
        try:
            returned = list(super().run())
        finally:
            if insert:
                del machine.insert_input
        for node in returned:
            for block in node.findall(nodes.literal_block):
                block[MADE] = made
        return [*returned, region_mark("", made=made, unseen=unseen)] if unseen else returned


def setup_regions(app: Sphinx) -> None:
    """Watch the directives that conf.py and the pages name."""
    app.add_directive(_MARK, RegionDirective)
    app.connect("builder-inited", watch_named)
    app.connect("source-read", watch_named_in_page)


def watch_named(app: Sphinx) -> None:
    """Watch the directives that conf.py names."""
    if live := app.config.pyrun_live:
        _watch(app, (*live, *_INSERTING))


def watch_named_in_page(app: Sphinx, docname: str, content: list[str]) -> None:  # noqa: ARG001 - of the event
    """Watch the directives that a page names."""
    if "live" in content[0]:
        for line in _LIVE_OF_PAGE.findall(content[0]):
            _watch(app, (*_WORD.findall(line), *_INSERTING))


def remove_marks(env: BuildEnvironment, doctree: nodes.document) -> None:
    """Remove the marks of a page."""
    if _MARK in env.temp_data:
        for mark in list(doctree.findall(region_mark)):
            mark.parent.remove(mark)


def _watch(app: Sphinx, names: Iterable[str]) -> None:
    for name in names:
        if name in LIVE_KINDS and name not in _INSERTING:
            continue
        found, _ = directives.directive(name, cast("Any", en), utils.new_document(""))
        if _is_class(found) and not issubclass(found, Watched):
            app.add_directive(name, type(found.__name__, (Watched, found), {}), override=True)


def _is_class(found: object) -> TypeGuard[type[Directive]]:
    """Whether a directive is a class, as all but those of old extensions are."""
    return isinstance(found, type) and issubclass(found, Directive)


def _regions(directive: Directive) -> list[Made]:
    """How the text was made that directives have inserted into the page."""
    settings = directive.state.document.settings
    regions: list[Made] = settings.env.temp_data.setdefault(_MARK, [])
    return regions
