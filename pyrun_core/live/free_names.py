"""The names that code uses without defining them, and those that it defines."""

import ast
from collections.abc import Iterable, Iterator

from pyrun_core.examples.imports import parse_code

__all__ = ["find_defined_names", "find_free_names"]

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def find_free_names(sources: Iterable[str], before: str = "") -> list[str]:
    """The names that the sources use, in order, and that neither they nor the code ``before`` define.

    Builtins count too: a module can have a function such as ``sum``. Code that is not Python has no names.
    """
    visitor = _Visitor()
    visitor.run(before)
    visitor.found.clear()
    for source in sources:
        visitor.run(source)
    return list(visitor.found)


def find_defined_names(source: str) -> frozenset[str]:
    """The names that code defines for what runs after it. Code that is not Python defines none."""
    visitor = _Visitor()
    visitor.run(source)
    return frozenset(visitor.defined)


class _Visitor(ast.NodeVisitor):
    """Visits code in the order in which it runs. The body of a function counts when all the code has run."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}
        self.defined: set[str] = set()
        self._bodies: list[tuple[list[ast.AST], set[str]]] = []

    def run(self, source: str) -> None:
        """Visit one example after the other."""
        tree = parse_code(source)
        if tree is None:
            return
        try:
            self.visit(tree)
            while self._bodies:
                body, local = self._bodies.pop()
                self._visit_in(body, local)
        except RecursionError:  # a chain of thousands of operators, for instance
            self._bodies.clear()

    def visit_Name(self, node: ast.Name) -> None:
        """Use or define a name."""
        if not isinstance(node.ctx, ast.Load):
            self.defined.add(node.id)
        elif node.id not in self.defined:
            self.found[node.id] = None

    def visit_Assign(self, node: ast.Assign) -> None:
        """Visit the value before the targets."""
        self._visit_all([node.value, *node.targets])

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """Use the target, too."""
        if isinstance(node.target, ast.Name) and node.target.id not in self.defined:
            self.found[node.target.id] = None
        self._visit_all([node.value, node.target])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Visit the annotation and the value before the target."""
        self._visit_all([node.annotation, *filter(None, [node.value]), node.target])

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        """Visit the value before the target."""
        self._visit_all([node.value, node.target])

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        """Visit what the loop iterates over before the target."""
        self._visit_all([node.iter, node.target, *node.body, *node.orelse])

    visit_AsyncFor = visit_For  # noqa: N815 - the name that `ast.NodeVisitor` looks up

    def visit_ListComp(self, node: _Comprehension) -> None:
        """Visit the loops before the element. Their names are local."""
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        loops = [each for loop in node.generators for each in (loop.iter, loop.target, *loop.ifs)]
        self._visit_in([*loops, *parts], set())

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp  # noqa: N815

    def visit_FunctionDef(self, node: _Function) -> None:
        """Visit what runs where the function is defined, and keep its body for later."""
        arguments = node.args
        annotations = [each.annotation for each in _arguments(arguments) if each.annotation]
        self._visit_all([*arguments.defaults, *filter(None, arguments.kw_defaults), *annotations])
        local = {each.arg for each in _arguments(arguments)}
        if isinstance(node, ast.Lambda):
            self._bodies.append(([node.body], local))
            return
        self._visit_all([*node.decorator_list, *filter(None, [node.returns])])
        self.defined.add(node.name)
        self._bodies.append(([*node.body], local | set(_stored(node.body))))

    visit_AsyncFunctionDef = visit_Lambda = visit_FunctionDef  # noqa: N815

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Visit the body at once. Its names are local."""
        self._visit_all([*node.decorator_list, *node.bases, *node.keywords])
        self._visit_in(node.body, set())
        self.defined.add(node.name)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        """Define the imported names."""
        self.defined |= {each.asname or each.name.partition(".")[0] for each in node.names}

    visit_ImportFrom = visit_Import  # noqa: N815

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Define the name of the exception."""
        self._define(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs | ast.MatchStar) -> None:
        """Define the name of what a pattern matches."""
        self._define(node.name)
        self.generic_visit(node)

    visit_MatchStar = visit_MatchAs  # noqa: N815

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        """Define the name of the rest."""
        self._define(node.rest)
        self.generic_visit(node)

    def _define(self, name: str | None) -> None:
        if name:
            self.defined.add(name)

    def _visit_all(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def _visit_in(self, nodes: Iterable[ast.AST], local: set[str]) -> None:
        """Visit what is in a scope within another one."""
        outer = self.defined
        self.defined = outer | local
        self._visit_all(nodes)
        self.defined = outer


def _arguments(arguments: ast.arguments) -> Iterator[ast.arg]:
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from filter(None, (arguments.vararg, arguments.kwarg))


def _stored(body: Iterable[ast.stmt]) -> Iterator[str]:
    """The names that a function assigns somewhere, and which are therefore local in all of it."""
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                yield node.id
