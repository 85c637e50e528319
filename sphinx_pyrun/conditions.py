"""Content that only some builds show: the directives ``only``, ``ifconfig`` and ``todo``.

Sphinx keeps such content in the doctree, which all builders share, and drops it when it writes a page. So
each example keeps its conditions, and each build asks which of them hold.
"""

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.ext.ifconfig import ifconfig
from sphinx.ext.todo import todo_node

__all__ = ["CHECK_BUILDER", "Condition", "Conditions", "ShownContent", "conditions_of"]

CHECK_BUILDER = "pyrun-check"
"""The builder that checks examples. It shows what the HTML builder shows, and writes no page."""

_ONLY, _IFCONFIG, _TODO = "only", "ifconfig", "todo"


class Condition(NamedTuple):
    """What one directive around some content asks for. ``expression`` is its argument."""

    directive: str
    expression: str


Conditions = tuple[Condition, ...]
"""The conditions of content: all of them hold where it is shown."""


def conditions_of(node: nodes.Node) -> Conditions:
    """The conditions under which a build shows this node."""
    return tuple(_conditions_around(node))


class ShownContent:
    """What one build shows."""

    def __init__(self, app: Sphinx) -> None:
        self._tags = app.tags
        self._config = app.config
        name = app.builder.name
        self._builder = "html" if name == CHECK_BUILDER else name

    def shows(self, conditions: Conditions) -> bool:
        """Whether the build shows content with these conditions."""
        return all(map(self._holds, conditions))

    def _holds(self, condition: Condition) -> bool:
        """What Sphinx decides. If an expression fails, ``only`` is shown and ``ifconfig`` is not."""
        directive, expression = condition
        if directive == _TODO:
            return bool(self._config.todo_include_todos)
        try:
            if directive == _ONLY:
                return bool(self._tags.eval_condition(expression))
            names = {value.name: value.value for value in self._config}
            names |= self._config.__dict__ | {"builder": self._builder}
            return bool(eval(expression, names))  # noqa: S307 - Sphinx evaluates it in the same way
        except Exception:  # noqa: BLE001 - an expression can raise anything
            return directive == _ONLY


def _conditions_around(node: nodes.Node) -> Iterator[Condition]:
    around = node.parent
    while around is not None:
        if isinstance(around, addnodes.only):
            yield Condition(_ONLY, around["expr"])
        elif isinstance(around, ifconfig):
            yield Condition(_IFCONFIG, around["expr"])
        elif isinstance(around, todo_node):
            yield Condition(_TODO, "")
        around = around.parent
