"""Marks the existing blocks of a page that go live, once Sphinx has read it."""

from collections.abc import Callable, Iterator, Sequence

from docutils import nodes
from sphinx.environment import BuildEnvironment

from pyrun_core.live.code import join_code
from pyrun_core.options.declare import Values
from pyrun_core.problems import Location
from sphinx_pyrun.config import site_values
from sphinx_pyrun.folds import take_comments
from sphinx_pyrun.live.blocks import has_request, read_blocks
from sphinx_pyrun.live.choice import Choice
from sphinx_pyrun.live.found import Found, find_live
from sphinx_pyrun.live.groups import Groups
from sphinx_pyrun.live.preambles import Preambles
from sphinx_pyrun.live.regions import region_mark, remove_marks
from sphinx_pyrun.nodes import hidden_example, join_block, mark_example
from sphinx_pyrun.settings import BlockCode, PageSettings, merge_settings

__all__ = ["mark_blocks"]


def mark_blocks(  # noqa: PLR0913 - all is about one page
    env: BuildEnvironment,
    docname: str,
    doctree: nodes.document,
    settings: Sequence[PageSettings],
    *,
    is_ignored: bool,
    leave: Callable[[Location, str], object],
) -> None:
    """Mark the blocks, and put code that the page does not show into hidden examples.

    The doctree is that of all builders, so the settings count whatever their conditions are. ``leave`` is
    told where a block stays as it is, and why.
    """
    page = merge_settings(settings)
    choice = Choice(env, docname, page, is_ignored=is_ignored)
    if not choice.is_empty or has_request(doctree):
        groups = Groups(env.config)
        found = find_live(read_blocks(doctree), choice, groups, leave)
        _mark_all(found, groups, site_values(env.config), page)
    remove_marks(env, doctree)


def _mark_all(found: Sequence[Found], groups: Groups, site: Values, page: Values) -> None:
    shown = [each for each in found if not each.is_hidden]
    sessions = {session for each in shown for session in each.sessions}
    preambles = Preambles(found, groups.global_setup, site, page)
    _order_hidden(found)
    for each in found:
        if each.is_hidden:
            for session in reversed(each.sessions):
                if session in sessions:
                    _hide(each.node, each, session, preambles)
    joins = page.get("join", site["join"])
    for together in _cells(shown, joins=joins):
        first, last = together[0], together[-1]
        values = first.values_in(first.sessions[0])
        if hidden := join_code([each.code for each in together]).hidden:
            values["hide_lines"] = hidden
        for each in together:
            take_comments(each.node, is_session=each.is_session)
        mark_example(first.node, values, _code(together), preambles.of(first))
        for each in together[1:]:
            join_block(each.node)
        for session in reversed(first.sessions[1:]):
            _hide(last.node, first, session, preambles, _code(together))


def _order_hidden(found: Sequence[Found]) -> None:
    """Let hidden code that stands between examples run before the next one, and not before all of them.

    It may use what the examples above it define.
    """
    for index, each in enumerate(found):
        if not each.is_hidden or each.is_setup:
            continue
        before, after = (
            [other for other in part if not other.is_hidden and set(other.sessions) & set(each.sessions)]
            for part in (found[:index], found[index + 1 :])
        )
        if not before:
            continue
        each.values |= {"setup": False, "name": f"hidden-{index}"}
        for following in after[:1]:
            following.begins = True
            following.values["needs"] = (*following.values.get("needs", ()), each.values["name"])
        if not after:
            each.sessions = ()


def _hide(
    place: nodes.Element, found: Found, session: str, preambles: Preambles, code: BlockCode | None = None
) -> None:
    """Put code behind a node that runs before the other examples of a session."""
    hidden = hidden_example("")
    values = {"hidden": True, **found.values_in(session)}
    mark_example(hidden, values, code or _code([found]), preambles.of(found))
    place.parent.insert(place.parent.index(place) + 1, hidden)


def _code(together: Sequence[Found]) -> BlockCode:
    code = join_code([each.code for each in together])
    return BlockCode(code.source, together[0].location, code.expected, code.provenance)


def _cells(shown: Sequence[Found], *, joins: bool) -> Iterator[list[Found]]:
    """The blocks of each example."""
    together: list[Found] = []
    for each in shown:
        if together and not (joins and _continues(together[-1], each)):
            yield together
            together = []
        together.append(each)
    if together:
        yield together


def _continues(before: Found, block: Found) -> bool:
    """Whether a block belongs to the example of the one before it."""
    return (
        not block.begins
        and not (before.code.stands_alone or block.code.stands_alone)
        and block.is_session == before.is_session
        and block.sessions == before.sessions
        and _are_adjacent(before.node, block.node)
    )


def _are_adjacent(first: nodes.Element, second: nodes.Element) -> bool:
    """Whether readers see nothing between two nodes."""
    siblings = first.parent.children
    if second.parent is not first.parent:
        return False
    between = siblings[siblings.index(first) + 1 : siblings.index(second)]
    return all(_is_nothing(each) for each in between)


def _is_nothing(node: nodes.Node) -> bool:
    if isinstance(node, region_mark):
        return not node.get("unseen")
    return isinstance(node, nodes.comment) and "testnodetype" not in node
