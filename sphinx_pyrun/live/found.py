"""The existing blocks of a page that go live, with their code, their sessions, and their options."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes

from pyrun_core.examples.provenance import OutputPlace
from pyrun_core.live.code import LiveCode
from pyrun_core.live.kinds import foreign_prompts
from pyrun_core.live.left_alone import BY_CONDITION, WITH_MISTAKE
from pyrun_core.problems import Location, Problem
from sphinx_pyrun.live.blocks import Block, Comment, Unseen
from sphinx_pyrun.live.choice import Choice
from sphinx_pyrun.live.code import CodeReader, flags_of, is_session
from sphinx_pyrun.live.docstrings import Docstring, docstring_of
from sphinx_pyrun.live.groups import EVERY_GROUP, Groups
from sphinx_pyrun.nodes import is_marked
from sphinx_pyrun.report import report

__all__ = ["Found", "find_live"]

_SETUP, _OUTPUT = "testsetup", "testoutput"
_OTHER = frozenset({"testcleanup"})


@dataclass
class Found:
    """A block that goes live, or code that is not in the page.

    ``sessions`` are those in which it runs; an empty name is the session of the page. ``begins``: it does not
    continue the block before it. ``is_setup``: it runs before everything else of its sessions.
    """

    node: nodes.Element
    code: LiveCode
    location: Location
    sessions: tuple[str, ...]
    docstring: Docstring | None = None
    values: dict[str, Any] = field(default_factory=dict)
    begins: bool = False
    is_session: bool = False
    is_hidden: bool = False
    is_setup: bool = False

    def values_in(self, session: str) -> dict[str, Any]:
        """The options of the example in one of the sessions."""
        values = dict(self.values)
        if session:
            values["session"] = session
        if self.is_session and not self.is_hidden:
            values["interactive"] = True
        return values


def find_live(
    items: Iterable[Block | Comment | Unseen],
    choice: Choice,
    groups: Groups,
    leave: Callable[[Location, str], object],
) -> list[Found]:
    """What goes live, in the order of the page. ``leave`` is told what stays as it is, and why."""
    items = list(items)
    for item in items:
        if isinstance(item, Comment):
            choice.take_comment(item)
    finder = _Finder(choice, groups, leave)
    for item in items:
        finder.take(item)
    finder.spread()
    return finder.found


class _Finder:
    """Takes the blocks of a page one by one."""

    def __init__(self, choice: Choice, groups: Groups, leave: Callable[[Location, str], object]) -> None:
        self.found: list[Found] = []
        self._choice = choice
        self._groups = groups
        self._note_left = leave
        self._reader = CodeReader()
        self._waiting: dict[str, Found] = {}

    def take(self, item: Block | Comment | Unseen) -> None:
        """Take a block, or code that the page does not show."""
        if isinstance(item, Unseen):
            if self._choice.selects(item.node, item.words):
                location = Location(item.node["made"].source, item.node["made"].line)
                code = LiveCode(item.code)
                found = Found(item.node, code, location, ("",), is_hidden=True, is_setup=True)
                self.found.append(found)
        elif isinstance(item, Block) and not is_marked(item.node) and item.test not in _OTHER:
            self._take_block(item)

    def spread(self) -> None:
        """Let what belongs to every group run in all sessions of the page's text."""
        sessions = {session: None for each in self.found if not each.docstring for session in each.sessions}
        named = [session for session in sessions if session not in {"", EVERY_GROUP}]
        for each in self.found:
            if EVERY_GROUP in each.sessions:
                each.sessions = ("", *named)

    def _take_block(self, block: Block) -> None:
        node = block.node
        groups = self._groups.of(node)
        docstring = docstring_of(node, block.source)
        is_extra = block.test in {_SETUP, _OUTPUT}
        if not is_extra and not self._choice.is_live(block, docstring):
            if why := self._choice.why_not(block):
                self._leave(block, self._reader.location(block, docstring), why)
            self._check_language(block, docstring)
            return
        location = self._reader.location(block, docstring)
        if self._groups.is_skipped(node, location):
            if not is_extra:
                self._leave(block, location, BY_CONDITION)
            return
        if block.test == _OUTPUT:
            self._take_output(node, groups, location)
            return
        code = self._reader.read(block, location)
        if code is None:
            self._leave(block, location, WITH_MISTAKE)
            return
        if self._choice.is_chosen(block):
            code = code.by_choice()
        options = dict(self._choice.options(block))
        found = Found(
            node,
            code,
            location,
            self._sessions(options, groups, docstring),
            docstring,
            options,
            begins=self._choice.begins_example(block),
            is_session=is_session(block),
            is_hidden=isinstance(node, nodes.comment),
            is_setup=block.test == _SETUP,
        )
        self.found.append(found)
        self._waiting.update(dict.fromkeys(groups, found) if block.test == "testcode" else {})

    def _leave(self, block: Block, location: Location, why: str) -> None:
        """Note a block that is not live. For a block with prompts, old versions of docutils know its end."""
        if isinstance(block.node, nodes.doctest_block):
            file, first = self._reader.first_line(block.node, location)
            location = Location(file, first or location.line, location.is_inserted)
        self._note_left(location, why)

    def _check_language(self, block: Block, docstring: Docstring | None) -> None:
        """Report prompts of Python in a block of another language."""
        node = block.node
        message = foreign_prompts(node.get("language"), node.astext()) if ">>>" in node.astext() else ""
        if message and self._choice.selects(node, ("doctest",), docstring):
            report(Problem.LIVE, message, self._reader.location(block, docstring))

    def _sessions(
        self, options: dict[str, Any], groups: tuple[str, ...], docstring: Docstring | None
    ) -> tuple[str, ...]:
        if "session" in options:
            return (options["session"],)
        named = tuple(
            EVERY_GROUP if group == EVERY_GROUP else self._groups.session(group) for group in groups
        )
        if docstring and not any(named):
            return (docstring.name,)
        return tuple(dict.fromkeys(named))

    def _take_output(self, node: nodes.Element, groups: tuple[str, ...], location: Location) -> None:
        """Documented output belongs to the code before it in its group."""
        codes = {id(found): found for group in groups if (found := self._waiting.pop(group, None))}
        file, first = self._reader.first_line(node, location)
        place = OutputPlace(file, first or 0, is_apart=True)
        for found in codes.values():
            found.code = found.code.with_output(node.astext(), place, flags_of(node))
