"""Why code is not Python, where Python's own message does not tell."""

import ast
import re
from collections.abc import Iterator

__all__ = ["explain", "explain_entity", "find_entity"]

_QUOTES = {**dict.fromkeys("“”„‟″〝〞«»", '"'), **dict.fromkeys("‘’‚‛′´", "'")}
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("×·", "*"),
    **dict.fromkeys("÷∕", "/"),
    **dict.fromkeys("،、", ","),
    **dict.fromkeys("「」", '"'),
    "…": "...",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "→": "->",
    "。": ".",
    "【": "[",
    "】": "]",
    "\u037e": ";",  # the question mark of Greek
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # the full-width forms of ASCII
}
_ENTITIES = {"&gt;": ">", "&lt;": "<", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&#x27;": "'"}

_CHARACTER = re.compile(r"invalid (?:non-printable )?character .*?U\+(?P<code>[0-9A-F]+)")
_ENTITY = re.compile("|".join(_ENTITIES))
_FENCE = re.compile(r"[ \t]*(?:```+|~~~+)[^`]*")
_LINE_NUMBER = re.compile(
    r"""
    [ \t]* (?P<number> \d+ ) [ \t]* (?:
    [.:|)] [ \t]+ (?: [A-Za-z_\#@] | \Z )
    | [ \t]+ (?P<plain> [A-Za-z_\#@]\w* ) )
    """,
    re.VERBOSE,
)
_STATEMENTS = frozenset({"class", "def", "for", "from", "if", "import", "print", "return", "while", "with"})
_SHELL = re.compile(r"[ \t]*(?:\$|\w+@[\w.-]+:\S*[$#]|(?:PS )?[A-Z]:\\\S*>)[ \t]+\S")
_DIFF = re.compile(
    r"""
    @@[ ].* | diff[ ]--git[ ].* | (?: \+\+\+ | --- )[ ].*
    | [-+][ \t]* (?:
      (?: async | class | def | for | from | if | import | return | try | while | with )\b | @\w
      | \w[\w.\[\]]* [ \t]* = (?!=) ) .*
    """,
    re.VERBOSE,
)
_PYTHON_2 = re.compile(r"[ \t]*(?P<word>print|exec|raise)\b")
_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")
_CLOSING = " \t)]},:"

_INSTEAD_OF = {"print": "print(...)", "exec": "exec(...)", "raise": "raise Error(...)"}
"""The form of Python 3 for each statement of Python 2."""


def explain(error: SyntaxError) -> str | None:
    """What is wrong, and the cure: two sentences. None if Python's message suffices."""
    line = (error.text or "").rstrip("\n")
    message = str(error.msg)
    sentences = (*_about_character(line, message), *_about_line(line, message, error.lineno))
    return next(iter(sentences), None)


def find_entity(source: str) -> int | None:
    """The line of ``&gt;`` or the like in code that is Python all the same: ``a &gt; b``. From 1."""
    if not any(entity in source for entity in _ENTITIES):
        return None
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.BinOp(op=ast.BitAnd(), right=ast.Name(id=name, lineno=line)) if f"&{name};" in _ENTITIES:
                return line
    return None


def explain_entity(line: str) -> str | None:
    """What to write instead of a character reference of HTML, outside of quotation marks."""
    found = _ENTITY.search(_TEXT.sub("", line))
    if found is None:
        return None
    written = _ENTITIES[found[0]]
    return f"{found[0]} is how HTML writes {written} in a page. Write {written} instead."


def _about_character(line: str, message: str) -> Iterator[str]:
    if found := _CHARACTER.match(message):
        character = chr(int(found["code"], 16))
        code = f"U+{found['code']}"
        if written := _QUOTES.get(character):
            yield f"{character} ({code}) is not a quotation mark of Python. Write {written} instead."
        elif written := _SIGNS.get(character):
            yield f"{character} ({code}) is not a sign of Python. Write {written} instead."
        elif character.isspace():
            yield f"The character {code} only looks like a space. Write a space instead."
        elif not character.isprintable():
            yield f"The character {code} is invisible. Delete it, or type the line again."
    elif message.startswith("unterminated") and (last := line.rstrip(_CLOSING)[-1:]) in _QUOTES:
        yield f"{last} (U+{ord(last):04X}) is not a quotation mark of Python. Write {_QUOTES[last]} instead."


def _about_line(line: str, message: str, number: int | None) -> Iterator[str]:
    if sentence := explain_entity(line):
        yield sentence
    if message.startswith("Missing parentheses in call to") or message == "invalid syntax":
        old = _PYTHON_2.match(line)
        if old and (old["word"] != "raise" or "," in line):
            yield f"The line is Python 2. Write {_INSTEAD_OF[old['word']]} instead."
    if "<>" in line and message == "invalid syntax":
        yield "<> is Python 2. Write != instead."
    if _FENCE.fullmatch(line):
        yield "The line is a fence of Markdown. Remove it."
    if _SHELL.match(line):
        yield "The line is a command for a terminal. Remove it."
    found = _LINE_NUMBER.match(line)
    if found and (not found["plain"] or found["plain"] in _STATEMENTS or int(found["number"]) == number):
        yield "The line begins with its number. Remove the numbers."
    if _DIFF.fullmatch(line):
        yield "The line begins with a mark of a diff. Remove the marks, and the lines with a minus."
