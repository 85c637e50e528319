"""Where the cursor is in a piece of Python: in a name, after a dot, in a key, in the arguments of a call."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

__all__ = ["Call", "Context", "expression_at", "find_context"]

Kind = Literal["nothing", "names", "attributes", "keys", "paths", "modules", "members"]

_PREFIX = r"[bBfFrRtTuU]{0,2}"
_TOKEN = re.compile(
    rf"""
    (?P<comment>\#[^\n]*)
    |(?P<string>{_PREFIX}(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''
        |\"(?!\"\")(?:\\.|[^\"\\\n])*\"|'(?!'')(?:\\.|[^'\\\n])*'))
    |(?P<open>{_PREFIX}(?:\"\"\"|'''|\"|'))
    |(?P<name>[^\W\d]\w*)
    |(?P<number>\d(?:[\w]|\.(?!\.))*)
    |(?P<newline>\n)
    |(?P<space>(?:[^\S\n]|\\\n)+)
    |(?P<sign>\.\.\.|->|\*\*|//|[-+*/%@&|^=!<>:]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENED = re.compile(rf"{_PREFIX}(\"\"\"|'''|\"|')")
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_RESTARTS = frozenset({"class", "def", "return", "try", "while", "with"})
"""At the beginning of a line, these never continue an expression in brackets that is still open."""

_KEY_METHODS = frozenset({"get", "pop", "setdefault"})


class Token(NamedTuple):
    """A piece of the code that is no space."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def is_operand(self) -> bool:
        """Whether an expression can end here, so that a bracket after it calls or subscripts."""
        if self.kind == "name":
            return not keyword.iskeyword(self.text)
        return self.kind == "string" or self.text in _CLOSERS


@dataclass(frozen=True)
class Call:
    """A call whose arguments the cursor is in.

    ``position`` counts the arguments before that of the cursor; ``keyword`` is its name, if it is given by
    name; ``used`` has the names of all others. ``is_innermost`` says that no other bracket is open.
    """

    function: str
    position: int
    keyword: str
    used: frozenset[str]
    is_innermost: bool


@dataclass(frozen=True)
class Context:
    """What could be written at the cursor.

    ``prefix`` is what is written of it already. ``expression`` is the object of attributes and keys, and the
    module of modules and members. ``quote`` encloses a key; it is empty before the key has begun.
    """

    kind: Kind
    prefix: str = ""
    expression: str = ""
    quote: str = ""
    call: Call | None = None
    function: str = ""
    """The function among whose arguments a path is written."""


@dataclass
class _Scan:
    """What has been read up to the cursor."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    brackets: list[int] = field(default_factory=list)
    """The tokens that are open brackets."""
    statement: int = 0
    """The token with which the statement begins."""
    is_comment: bool = False
    opened: Token | None = None
    """A string that has not ended."""


def find_context(before: str) -> Context:
    """What could be written after this code, which begins with a statement."""
    scan = _scan(before)
    if scan.is_comment:
        return Context("nothing")
    if scan.opened is not None:
        return _in_string(scan, scan.opened)
    return _in_import(scan) or _in_code(scan)


def expression_at(text: str, cursor: int) -> str:
    """The names and dots around the cursor, up to the end of the name it is in: what a reader points at."""
    end = cursor
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    scan = _scan(text[:end])
    if scan.is_comment:
        return ""
    if scan.opened is not None:
        inner = _replacement(scan.opened)
        return "" if inner is None else expression_at(inner, len(inner))
    tokens = scan.tokens
    if not tokens or tokens[-1].kind != "name" or tokens[-1].end != end:
        return ""
    return _expression(scan, len(tokens))


def _scan(text: str) -> _Scan:
    scan = _Scan(text)
    for match in _TOKEN.finditer(text):
        token = Token(match.lastgroup or "", match[0], match.start())
        if token.kind == "open":
            rest = text[token.start :]
            is_long = token.text.endswith(('"""', "'''"))
            if is_long or "\n" not in rest:
                scan.opened = Token("open", rest, token.start)
                break
            continue  # a string that has no end in its line
        if token.kind == "comment":
            scan.is_comment = token.end == len(text)
        elif token.kind == "newline":
            if not scan.brackets:
                scan.statement = len(scan.tokens)
        elif token.kind != "space":
            _take(scan, token)
    return scan


def _take(scan: _Scan, token: Token) -> None:
    at = len(scan.tokens)
    scan.tokens.append(token)
    if token.text in _RESTARTS and scan.text[: token.start].endswith("\n"):
        scan.brackets.clear()
        scan.statement = at
    elif token.text in _CLOSERS.values():
        scan.brackets.append(at)
    elif token.text in _CLOSERS:
        if scan.brackets and scan.tokens[scan.brackets[-1]].text == _CLOSERS[token.text]:
            scan.brackets.pop()
    elif token.text == ";" and not scan.brackets:
        scan.statement = at + 1


def _in_string(scan: _Scan, opened: Token) -> Context:
    inner = _replacement(opened)
    if inner is not None:
        return find_context(inner)
    call = _call(scan)
    nothing = Context("nothing", call=call)
    begun = _OPENED.match(opened.text)
    content = opened.text[begun.end() :] if begun else ""
    if begun is None or "f" in begun[0].lower() or not scan.brackets or {"\n", "\\"} & set(content):
        return nothing
    bracket, last = scan.brackets[-1], len(scan.tokens) - 1
    if scan.tokens[bracket].text == "[" and last == bracket and _has_operand(scan, bracket):
        return Context("keys", content, _expression(scan, bracket), begun[1], call)
    if call is None or not call.is_innermost:
        return nothing
    owner, _, method = call.function.rpartition(".")
    if method in _KEY_METHODS and last == bracket and owner:
        return Context("keys", content, owner, begun[1], call)
    return Context("paths", content, "", begun[1], call, method)


def _replacement(opened: Token) -> str | None:
    """The code of the field that is being written in a format string; None outside of fields."""
    begun = _OPENED.match(opened.text)
    if begun is None or not {"f", "t"} & set(begun[0].lower()):
        return None
    content = opened.text[begun.end() :].replace("{{", "  ").replace("}}", "  ")
    start = content.rfind("{")
    inner = content[start + 1 :]
    if start < 0 or "}" in inner or re.search(r"[:!](?![=])", re.sub(r"\[[^]]*\]?|\([^)]*\)?", "", inner)):
        return None
    return inner


def _in_import(scan: _Scan) -> Context | None:
    tokens = scan.tokens[scan.statement :]
    if not tokens or tokens[0].text not in ("import", "from"):
        return None
    words = [token.text for token in tokens]
    ends_in_space = tokens[-1].end < len(scan.text)
    if words[0] == "from" and "import" in words[1:]:
        at = words.index("import")
        if at == len(words) - 1 and not ends_in_space:
            return Context("nothing")
        return _written(words[at:], "".join(words[1:at]), ends_in_space=ends_in_space)
    if len(words) == 1:
        return Context("modules") if ends_in_space else Context("names", words[0])
    last = len(words) - 1 - words[::-1].index(",") if "," in words and words[0] == "import" else 0
    written = words[last + 1 :]
    if "as" in written or written[:1] == ["."] or (ends_in_space and written):
        return Context("nothing")
    package, _, prefix = "".join(written).rpartition(".")
    return Context("modules", prefix, package)


def _written(words: list[str], module: str, *, ends_in_space: bool) -> Context:
    """In the names that a statement imports from a module."""
    last = words[-1]
    if not module.strip(".") or module.startswith("."):
        return Context("nothing")
    if last in ("import", ",", "("):
        return Context("members", "", module)
    if ends_in_space or "as" in words[-2:]:
        return Context("nothing")
    return Context("members", last, module)


def _in_code(scan: _Scan) -> Context:
    tokens, call = scan.tokens, _call(scan)
    if not tokens:
        return Context("names")
    last = tokens[-1]
    touches = last.end == len(scan.text)
    if touches and last.kind == "number":
        return Context("nothing", call=call)
    prefix = last.text if touches and last.kind == "name" else ""
    at = len(tokens) - 1 if prefix else len(tokens)
    previous = tokens[at - 1].text if at else ""
    if previous == ".":
        return Context("attributes", prefix, _expression(scan, at - 1), "", call)
    if touches and last.text == "[" and _has_operand(scan, len(tokens) - 1):
        return Context("keys", "", _expression(scan, len(tokens) - 1), "", call)
    if previous in ("def", "class", "as", "for", "global", "nonlocal") or _is_parameter(scan, at):
        return Context("nothing", call=call)
    return Context("names", prefix, "", "", call)


def _is_parameter(scan: _Scan, at: int) -> bool:
    """Whether a name at this token is that of a parameter in a definition."""
    if not scan.brackets:
        return False
    bracket = scan.brackets[-1]
    defined = [token.text for token in scan.tokens[max(bracket - 2, 0) : bracket]]
    return defined[:1] == ["def"] and scan.tokens[at - 1].text in ("(", ",", "*", "**")


def _has_operand(scan: _Scan, bracket: int) -> bool:
    return bracket > 0 and scan.tokens[bracket - 1].is_operand


def _call(scan: _Scan) -> Call | None:
    """The innermost call that is open."""
    tokens = scan.tokens
    for bracket in reversed(scan.brackets):
        if tokens[bracket].text != "(" or not _has_operand(scan, bracket):
            continue
        if bracket > 1 and tokens[bracket - 2].text in ("def", "class"):
            return None
        arguments = _arguments(tokens[bracket + 1 :])
        names = [
            part[0].text if len(part) > 1 and part[0].kind == "name" and part[1].text == "=" else ""
            for part in arguments
        ]
        return Call(
            _expression(scan, bracket),
            len(arguments) - 1,
            names[-1],
            frozenset(names[:-1]) - {""},
            bracket == scan.brackets[-1],
        )
    return None


def _arguments(tokens: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.text in _CLOSERS.values():
            depth += 1
        elif token.text in _CLOSERS:
            depth -= 1
        if token.text == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _expression(scan: _Scan, end: int) -> str:
    """The text of the operand that ends before a token: names, dots, calls, subscripts, and literals."""
    tokens, at = scan.tokens, end
    while at > 0:
        start = _operand(tokens, at)
        if start is None:
            break
        at = start
        if at > 0 and tokens[at - 1].text == ".":
            at -= 1
        elif at > 0 and tokens[at].text in ("(", "[") and tokens[at - 1].is_operand:
            continue
        else:
            break
    return scan.text[tokens[at].start : tokens[end - 1].end] if at < end else ""


def _operand(tokens: list[Token], end: int) -> int | None:
    """Where the operand before a token starts: a name, a string, or what is in brackets."""
    token = tokens[end - 1]
    if token.text not in _CLOSERS:
        return end - 1 if token.is_operand or token.kind == "number" else None
    depth = 0
    for at in range(end - 1, -1, -1):
        if tokens[at].text in _CLOSERS:
            depth += 1
        elif tokens[at].text in _CLOSERS.values():
            depth -= 1
        if depth == 0:
            return at
    return None
